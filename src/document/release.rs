//! The release of the team: who has work left in the plan, what they still owe, and when they are free.

use crate::document::criterion::Count;
use crate::document::part::Part;
use crate::model::{Action, Assignee, PersonNo, Task};
use crate::page::Desk;
use crate::page::address;
use crate::page::view::{Cell, Row, Table};
use crate::plan::State;

/// Who has work in the plan, and to whom none of it is left; actions that follow on are no work of the project.
#[must_use]
pub(super) fn released(desk: &Desk<'_>) -> Count {
    let people = &desk.project.project.team.people;
    let work = |place: usize| {
        let is_on = move |task: &Task| {
            let mut assigned = task.assignments.iter();
            assigned.any(|one| matches!(one.assignee, Assignee::Person(person) if person.0 as usize == place))
        };
        desk.project.tasks().filter(move |(_, task, _)| is_on(task))
    };
    let team = (0..people.len()).filter(|place| work(*place).next().is_some());
    Count::of(team, |place| work(*place).all(|(_, _, slot)| slot.state == State::Finished))
}

/// The last day on which each person has work in the plan or owes an action.
#[must_use]
pub(super) fn people(desk: &Desk<'_>) -> Part {
    let project = &desk.project.project;
    let today = desk.project.status_date;
    let mut table = Table::new(&["Person", "Last task", "Open action", "Free after"]);
    for (place, person) in project.team.people.iter().enumerate() {
        let is_person = |number: PersonNo| number.0 as usize == place;
        let is_on = |task: &Task| {
            let mut assigned = task.assignments.iter();
            assigned.any(|one| matches!(one.assignee, Assignee::Person(number) if is_person(number)))
        };
        let own = desk.project.tasks().filter(|(_, task, _)| is_on(task));
        let last = own.map(|(number, _, slot)| (slot.last_day(), number)).max();
        let actions = project.registers.actions.iter().filter(|action| action.is_open(today));
        let owed: Vec<&Action> = actions.filter(|action| action.owner.is_some_and(is_person)).collect();
        if last.is_none() && owed.is_empty() {
            continue;
        }
        let latest = owed.iter().copied().max_by_key(|action| (action.due.is_none(), action.due));
        let free = match (last, latest) {
            (_, Some(Action { due: None, .. })) => {
                Cell::text("not known").note("an action has no day").class("bad")
            }
            (Some((day, number)), latest) if latest.is_none_or(|action| action.due <= Some(day)) => {
                desk.last_day(number)
            }
            (_, latest) => desk
                .date(latest.and_then(|action| action.due))
                .explained(latest.and_then(|action| desk.href_of_field(action.origin, "due"))),
        };
        let ids: Vec<&str> = owed.iter().map(|action| action.id.as_str()).collect();
        table.push(Row::new(vec![
            Cell::text(&*person.name).href(desk.href_to(&address::Thing::Person(&person.id))),
            last.map_or_else(Cell::nothing, |(_, number)| desk.task(number)),
            Cell::maybe((!ids.is_empty()).then(|| ids.join(", "))),
            free,
        ]));
    }
    Part::new("people", "Release of people").table_or(
        None,
        table,
        "Nobody by name works in the plan or owes an action.",
    )
}
