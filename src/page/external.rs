//! Links between projects: what a task waits for in another project, and who waits for it there.
//!
//! Comes in: a desk and a task. Goes out: rows of the tables of [`super::task_network`], and the table of the portfolio.

use crate::format;
use crate::model::{ExternalFollower, ExternalLink, TaskNo};
use crate::page::address::Address;
use crate::page::desk::{Desk, task_name};
use crate::page::task_network::{link_cell, state_word, yes_or_no};
use crate::page::view::{Cell, Row, Table};
use crate::page::why_elsewhere::room_of_link;
use crate::plan::{Reason, State};
use crate::quantity::Id;
use crate::report::ProjectReport;

/// What a task waits for in other projects, as rows of [`super::task_network::before`].
pub(super) fn rows_before(desk: &Desk<'_>, number: TaskNo) -> Vec<Row> {
    let links = desk.project.project.task(number).external_links.iter().enumerate();
    links.map(|(place, link)| row_before(desk, number, (place, link))).collect()
}

fn row_before(desk: &Desk<'_>, number: TaskNo, (place, link): (usize, &ExternalLink)) -> Row {
    let key = (number, u32::try_from(place).unwrap_or(u32::MAX));
    let dates = desk.project.facts.external.get(&key);
    let day = Cell::maybe(dates.map(|dates| format::date(dates.tied_day(link))));
    let other = other(desk, &link.project, &link.task);
    let names = desk.project.project.external.of(link);
    let names = names.map_or(("", ""), |task| (task.name.as_str(), task.project_name.as_str()));
    Row::new(vec![
        task_cell(desk, (&link.project, &link.task), names),
        link_cell(desk, (link.kind, link.lag, link.origin)),
        other
            .as_ref()
            .map_or_else(Cell::nothing, |(desk, other)| desk.workers(desk.project.project.task(*other))),
        if link.leaves_start() { day.note("its start") } else { day },
        other.map_or_else(Cell::nothing, |(desk, other)| {
            Cell::text(state_word(desk.project.forecast.slot(other)))
        }),
        if desk.project.forecast.slot(number).state == State::NotStarted {
            yes_or_no(is_held_by(desk.project, number, place))
        } else {
            Cell::nothing()
        },
    ])
}

/// The unfinished tasks of other projects that a task waits for, as rows of what somebody waits for ([`super::my_work`]).
pub(super) fn rows_waited_for(desk: &Desk<'_>, number: TaskNo) -> Vec<Row> {
    let links = desk.project.project.task(number).external_links.iter().enumerate();
    let row = |(place, link): (usize, &ExternalLink)| {
        let (other, task) = other(desk, &link.project, &link.task)?;
        let slot = other.project.forecast.slot(task);
        (slot.state != State::Finished).then(|| {
            let name = task_name(other.project.project.task(task));
            let names = (name.as_str(), other.project.project.name.as_str());
            Row::new(vec![
                desk.task(number),
                task_cell(desk, (&link.project, &link.task), names),
                other.workers(other.project.project.task(task)),
                other.date(other.project.last_day(task)),
                yes_or_no(is_held_by(desk.project, number, place)),
            ])
        })
    };
    links.filter_map(row).collect()
}

/// Whether a task lies where it does because of a task of another project, by the place of the link; of a summary, whether one of the
/// tasks in it does.
#[must_use]
pub fn is_held_by(report: &ProjectReport, number: TaskNo, link: usize) -> bool {
    let is_this = |reason: &Reason| matches!(reason, Reason::External { holder, place, .. } if (*holder, *place) == (number, link));
    let mut open = vec![number];
    while let Some(task) = open.pop() {
        if report.reasons.step(task).reasons.iter().any(is_this) {
            return true;
        }
        open.extend(report.project.children(task));
    }
    false
}

/// Who waits for a task in other projects, as rows of [`super::task_network::after`].
pub(super) fn rows_after(desk: &Desk<'_>, number: TaskNo) -> Vec<Row> {
    let project = &desk.project.project;
    let followers = project.external.followers(&project.task(number).id).iter();
    followers.map(|follower| row_after(desk, follower)).collect()
}

fn row_after(desk: &Desk<'_>, follower: &ExternalFollower) -> Row {
    let names = (follower.name.as_str(), follower.project_name.as_str());
    let name = task_cell(desk, (&follower.project, &follower.task), names);
    let link = link_cell(desk, (follower.kind, follower.lag, follower.origin));
    let Some((other, task)) = other(desk, &follower.project, &follower.task) else {
        return Row::new(vec![
            name,
            link,
            Cell::nothing(),
            Cell::nothing(),
            Cell::nothing(),
            Cell::nothing(),
        ]);
    };
    let slot = other.project.forecast.slot(task);
    let links = &other.project.project.task(task).external_links;
    let place = links.iter().position(|link| link.origin == follower.origin);
    let holds = place.is_some_and(|place| is_held_by(other.project, task, place));
    let room = room_of_link(other.project, task, follower).filter(|room| *room > 0 && !holds);
    let room = room.map(|room| format!("{} of room", other.teller().days_words(task, room)));
    Row::new(vec![
        name,
        link,
        other.workers(other.project.project.task(task)),
        other.date(other.project.first_day(task)),
        Cell::text(state_word(slot)),
        if slot.state == State::NotStarted { yes_or_no(holds).note_if(room) } else { Cell::nothing() },
    ])
}

/// The desk of another project with a task of it; none where the report does not have it.
fn other<'a>(desk: &Desk<'a>, folder: &str, task: &Id) -> Option<(Desk<'a>, TaskNo)> {
    let report = desk.report.project(folder)?;
    Some((desk.here.desk(report), report.project.task_by_id(task)?))
}

/// A task of another project, with that below it.
fn task_cell(desk: &Desk<'_>, (folder, task): (&str, &Id), (name, project): (&str, &str)) -> Cell {
    let name = if name.is_empty() { task.as_str() } else { name };
    let project = if project.is_empty() { folder } else { project };
    Cell::text(name).href(desk.href(&Address::task(folder, task))).note(format!("of {project}"))
}

/// What projects wait for in each other, in the order of the portfolio: work that is not finished on either side.
#[must_use]
pub fn between_projects(desks: &[Desk<'_>]) -> Table {
    let mut table = Table::new(&["Waits", "For", "Date there", "Starts", "Holds it"]);
    for desk in desks {
        let project = &desk.project.project;
        for number in project.task_numbers() {
            let slot = desk.project.forecast.slot(number);
            let links = project.task(number).external_links.iter().enumerate();
            for (place, link) in links.filter(|_| slot.state == State::NotStarted) {
                let key = (number, u32::try_from(place).unwrap_or(u32::MAX));
                let Some(dates) = desk.project.facts.external.get(&key) else { continue };
                let names = project.external.of(link);
                let names = names.map_or(("", ""), |task| (task.name.as_str(), task.project_name.as_str()));
                let day = format::date(dates.tied_day(link));
                let word = if dates.is_reported(link) { "reported" } else { "forecast" };
                table.push(Row::new(vec![
                    desk.task(number).note(format!("of {}", project.name)),
                    task_cell(desk, (&link.project, &link.task), names),
                    Cell::text(day).note(word),
                    desk.day_cell(number, "start", format::date(slot.first_day())),
                    yes_or_no(is_held_by(desk.project, number, place)),
                ]));
            }
        }
    }
    table
}
