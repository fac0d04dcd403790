//! What one person has to do, as iCalendar: open tasks from their first to their last day, actions, decisions and changes on the
//! day they are due.
//!
//! The same lists as on the page of my work, and only where that page is: a public site gives none away. The names of others
//! are not in it.

use super::icalendar::{Event, calendar, decision, uid};
use super::value::words;
use super::{Export, named};
use crate::format;
use crate::model::{Person, PersonNo};
use crate::page::Address;
use crate::page::desk::Desk;
use crate::page::downloads::DownloadKind;

/// A calendar for everybody who has a page of work in the project and a day in it.
pub(super) fn of_people(desk: &Desk<'_>) -> Vec<Export> {
    let people = desk.project.project.team.people.iter();
    let numbers = (0..u32::MAX).map(PersonNo);
    numbers.zip(people).filter_map(|(number, person)| of_person(desk, number, person)).collect()
}

fn of_person(desk: &Desk<'_>, number: PersonNo, person: &Person) -> Option<Export> {
    desk.href(&Address::person(desk.folder(), &person.id))?;
    let events = events(desk, number);
    let name = format!("{}, {}", person.name, desk.project.project.name);
    let of_project = events.iter().map(|event| (desk.project, event, None));
    let bytes = calendar(&named(desk.report, &name), of_project)?;
    let kind = DownloadKind::Work(person.name.clone());
    let address = Address::work_calendar(desk.folder(), &person.id);
    Some(Export::new(kind, address, Some(desk.folder()), bytes).rows(events.len()))
}

/// Open tasks in the order of the plan, as far as their days are known, then actions, decisions and changes.
fn events(desk: &Desk<'_>, person: PersonNo) -> Vec<Event> {
    let day = desk.project.status_date;
    let folder = desk.folder();
    let registers = &desk.project.project.registers;
    let who = Some(person);
    let tasks = desk.project.open_work_of(person);
    let mut events: Vec<Event> = tasks
        .filter(|_| desk.project.are_days_known)
        .map(|(number, task, slot)| Event {
            // A calendar keeps apart what the same task is to its project and to a person.
            uid: uid(folder, "work", task.id.as_str()),
            first_day: slot.first_day(),
            last_day: slot.last_day(),
            summary: task.name.clone(),
            description: format!(
                "Forecast as of {}.\nTotal float {}.",
                format::date(day),
                desk.room_of(number, slot.total_float)
            )
            .replace(['\u{a0}', '\u{202f}'], " "),
            category: "Task",
            status: "TENTATIVE",
        })
        .collect();
    for action in registers.actions.iter().filter(|action| action.owner == who && action.is_open(day)) {
        let Some(due) = action.due else { continue };
        events.push(Event {
            uid: uid(folder, "action", &action.id),
            first_day: due,
            last_day: due,
            summary: format!("{}: {}", action.id, words(&action.action)),
            description: "To be done by the end of this day.".to_owned(),
            category: "Action",
            status: "CONFIRMED",
        });
    }
    let asked = registers.decisions.iter().filter(|entry| entry.asked_of == who && entry.is_open(day));
    events.extend(asked.filter_map(|entry| decision(folder, entry)));
    let project = &desk.project.project;
    for change in desk.project.control.changes_waiting_for(project, person) {
        let Some(needed_by) = change.needed_by else { continue };
        events.push(Event {
            uid: uid(folder, "change", change.id.as_str()),
            first_day: needed_by,
            last_day: needed_by,
            summary: format!("{}: {}", change.id, words(&change.change)),
            description: "To be decided by the end of this day.".to_owned(),
            category: "Change",
            status: "CONFIRMED",
        });
    }
    events
}
