//! What a task hangs together with: what it waits for, what waits for it, and the chain that leads to its date.

use crate::diagnostic::Span;
use crate::format;
use crate::model::{Lag, Link, LinkKind, TaskNo};
use crate::page::desk::Desk;
use crate::page::external;
use crate::page::view::{Cell, Row, Table};
use crate::plan::{Slot, State, Step};

/// What a task waits for, as the plan names it.
#[must_use]
pub fn before(desk: &Desk<'_>, number: TaskNo) -> Table {
    let mut table = Table::new(&["Waits for", "Link", "Who", "Finish", "State", "Holds it"]);
    for link in &desk.project.project.task(number).links {
        let other = link.predecessor;
        table.push(Row::new(vec![
            desk.task(other),
            link_cell(desk, (link.kind, link.lag, link.origin)),
            desk.workers(desk.project.project.task(other)),
            finish(desk, other),
            Cell::text(state_word(desk.project.forecast.slot(other))),
            holds(desk, number, other),
        ]));
    }
    table.extend(external::rows_before(desk, number));
    table
}

/// What waits for a task, and how far the task can slip before each of them moves.
#[must_use]
pub fn after(desk: &Desk<'_>, number: TaskNo) -> Table {
    let mut table = Table::new(&["Waits for this", "Link", "Who", "Start", "State", "Is held by it"]);
    for (other, link) in followers(desk, number) {
        let slot = desk.project.forecast.slot(other);
        let end = if desk.project.project.task(other).is_point() { "finish" } else { "start" };
        table.push(Row::new(vec![
            desk.task(other),
            link_cell(desk, (link.kind, link.lag, link.origin)),
            desk.workers(desk.project.project.task(other)),
            desk.day_cell(other, end, format::date(slot.first_day())),
            Cell::text(state_word(slot)),
            holds(desk, other, number),
        ]));
    }
    table.extend(external::rows_after(desk, number));
    table
}

/// Those who wait for a task, in the order of the plan.
pub fn followers<'a>(
    desk: &'a Desk<'_>,
    number: TaskNo,
) -> impl Iterator<Item = (TaskNo, &'a Link)> + use<'a> {
    desk.project.project.followers(number)
}

/// Whether a task lies where it does because of another one; the dash once it has begun.
fn holds(desk: &Desk<'_>, number: TaskNo, by: TaskNo) -> Cell {
    if desk.project.forecast.slot(number).state != State::NotStarted {
        return Cell::nothing();
    }
    yes_or_no(is_held_by(desk, number, by))
}

pub(super) fn yes_or_no(is_so: bool) -> Cell {
    if is_so { Cell::text("yes").class("strong") } else { Cell::text("no").class("muted") }
}

/// Whether a task that has not begun lies where it does because of another one.
#[must_use]
pub fn is_held_by(desk: &Desk<'_>, number: TaskNo, by: TaskNo) -> bool {
    desk.project.forecast.slot(number).state == State::NotStarted
        && desk.project.reasons.step(number).stands_on == Some(by)
}

/// Steps of a chain that are shown; one that is longer goes on at the page of its last.
const STEPS_AT_MOST: usize = 12;

/// The chain from a task back to what stands by itself, through other projects where they hold it, each step with what holds it.
#[must_use]
pub fn chain(desk: &Desk<'_>, number: TaskNo) -> Table {
    let mut table = Table::new(&["Task", "Start", "Finish", "What holds it"]);
    let elsewhere = desk.teller().held_elsewhere(number);
    let elsewhere = elsewhere.iter().map(|(teller, task)| (desk.here.desk(teller.project), *task));
    let desks: Vec<(Desk<'_>, TaskNo)> = std::iter::once((desk.clone(), number)).chain(elsewhere).collect();
    let steps = desks
        .iter()
        .flat_map(|(desk, number)| desk.project.reasons.chain(*number).map(move |step| (desk, step)));
    let steps: Vec<(&Desk<'_>, &Step)> = steps.take(STEPS_AT_MOST).collect();
    if steps.len() < 2 {
        return table;
    }
    for (of, step) in steps {
        let slot = of.project.forecast.slot(step.task);
        let teller = of.teller();
        let held = step.reasons.first().map(|reason| teller.reason(step.task, reason).text);
        let is_elsewhere = of.project.project.folder != desk.project.project.folder;
        table.push(Row::new(vec![
            of.task(step.task).note_if(is_elsewhere.then(|| format!("of {}", of.project.project.name))),
            of.day_cell(step.task, "start", format::date(slot.first_day())),
            finish(of, step.task),
            Cell::maybe(held).note_if(teller.gaps(step)),
        ]));
    }
    table
}

fn finish(desk: &Desk<'_>, number: TaskNo) -> Cell {
    desk.day_cell(number, "finish", format::date(desk.project.forecast.slot(number).last_day()))
}

pub(super) fn state_word(slot: &Slot) -> &'static str {
    match slot.state {
        State::Finished => "finished",
        State::InProgress => "under way",
        State::NotStarted => "to come",
    }
}

/// A link in words: `finish to start, 2 d later`.
pub(super) fn link_cell(desk: &Desk<'_>, (kind, lag, origin): (LinkKind, Lag, Span)) -> Cell {
    let words = match kind {
        LinkKind::FinishStart => "finish to start",
        LinkKind::StartStart => "start to start",
        LinkKind::FinishFinish => "finish to finish",
        LinkKind::StartFinish => "start to finish",
    };
    let lag = (!lag.is_zero()).then(|| {
        let sign = if lag.is_negative() { "" } else { "+" };
        format!("lag {sign}{lag}")
    });
    Cell::text(words).note_if(lag).explained(desk.href_place(origin))
}
