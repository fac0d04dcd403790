//! The table of all tasks: as promised, as it is now, and how much room each one has.

use std::collections::BTreeSet;

use crate::control::ReferenceTask;
use crate::format;
use crate::model::{Task, TaskKind, TaskNo, Work};
use crate::page::address::{Address, Thing};
use crate::page::desk::{Desk, task_name};
use crate::page::milestones::{settled, slip_cell};
use crate::page::task::has_task_pages;
use crate::page::verdict::promise_word;
use crate::page::view::{Cell, Row, Status, Table};
use crate::page::why_list::why_anchor;
use crate::plan::{Slot, State};

/// Above this number of tasks the table is told in short: a row then costs the reader's machine as little as it can.
const TASKS_IN_FULL: usize = 250;

/// Whether the plan is so large that its table is told in short: where tasks have pages no figure leads to its formula by itself,
/// since all of them stand there, and a column in which nothing stands is left out.
#[must_use]
pub fn is_in_short(desk: &Desk<'_>) -> bool {
    desk.project.project.tasks.len() > TASKS_IN_FULL
}

/// Every task, open ones apart from those that are finished.
#[derive(Debug)]
pub struct TaskTables {
    /// What is still to do.
    pub open: Table,
    /// What is finished, without columns that tell of open work.
    pub finished: Table,
    /// How many those are: `34 finished tasks, 3 milestones or gates`.
    pub finished_words: String,
}

/// Every task in the order of the plan, under the headings of the stages, each row with an anchor; the dates of tasks
/// that are explained lead there.
#[must_use]
pub fn task_tables(desk: &Desk<'_>, explained: &BTreeSet<TaskNo>) -> TaskTables {
    let of = |is_wanted: fn(State) -> bool| {
        let table = whole_table(desk, explained, is_wanted).without_empty_columns();
        if is_in_short(desk) { in_short(table, has_task_pages(desk)) } else { table }
    };
    let is_finished = |state| state == State::Finished;
    TaskTables {
        open: of(|state| state != State::Finished),
        finished: of(is_finished),
        finished_words: finished_words(desk),
    }
}

/// How many tasks, and how many milestones and gates, are finished.
fn finished_words(desk: &Desk<'_>) -> String {
    let finished = || desk.project.tasks().filter(|(_, _, slot)| slot.state == State::Finished);
    let tasks = format::count(finished().filter(|(_, task, _)| task.is_work()).count(), "finished task");
    match finished().filter(|(_, task, _)| task.is_point()).count() {
        0 => tasks,
        n_points => format!(
            "{tasks}, {n_points}\u{a0}{}",
            if n_points == 1 { "milestone or gate" } else { "milestones or gates" }
        ),
    }
}

/// The table without what stands on the pages of its tasks.
fn in_short(mut table: Table, have_pages: bool) -> Table {
    for cell in table.rows.iter_mut().filter(|row| row.cells.len() > 1).flat_map(|row| &mut row.cells) {
        cell.explained = cell.explained.take().filter(|_| !have_pages);
        // What is done says so in a word.
        if let Some(status) = cell.status.take_if(|status| status.class == "blue") {
            cell.text = Some(status.word);
        }
        // The state says whether a date is of record or forecast.
        cell.note = cell.note.take().filter(|note| note != ACTUAL && note != FORECAST);
        // Effort of one who gives whole days is the duration.
        cell.note =
            cell.note.take().filter(|note| *note != of_effort(cell.text.as_deref().unwrap_or_default()));
    }
    table
}

/// Beneath the dates of what is finished.
const ACTUAL: &str = "actual";

/// Beneath the dates of what has not begun.
const FORECAST: &str = "forecast";

/// Beneath a duration that follows from effort.
fn of_effort(effort: &str) -> String {
    format!("{effort} of effort")
}

/// The tasks in a state that is wanted.
fn whole_table(desk: &Desk<'_>, explained: &BTreeSet<TaskNo>, is_wanted: fn(State) -> bool) -> Table {
    let promised = format!("{} finish", format::sentence_start(promise_word(desk)));
    let mut table = Table::new(&[
        "Task",
        "Who",
        "State",
        "Actual and forecast",
        "#Slip",
        "#Float",
        "#To deadline",
        &promised,
        "#Duration",
        "After",
    ]);
    let mut stage = None;
    for (number, task, slot) in desk.project.tasks().filter(|(_, _, slot)| is_wanted(slot.state)) {
        if stage != Some(task.stage) {
            stage = Some(task.stage);
            table.push(Row::group(format::stage(task.stage)));
        }
        table.push(row(desk, (number, task, slot), explained));
    }
    table
}

fn row(desk: &Desk<'_>, (number, task, slot): (TaskNo, &Task, &Slot), explained: &BTreeSet<TaskNo>) -> Row {
    let promised = desk.project.control.reference.tasks[number.0 as usize];
    let is_open = desk.project.is_left(number) && desk.project.are_days_known;
    let room = |minutes: i64, key: &str| {
        if !is_open || task.is_summary() {
            return Cell::nothing();
        }
        let cell = Cell::text(desk.room_of(number, minutes)).explained(desk.explained_of(number, key));
        if minutes < 0 { cell.class("bad") } else { cell }
    };
    // What of the total float is free, where that is less; in a levelled plan who is busy takes room away, and what the links alone
    // leave stands beside it.
    let more_of_float = || {
        let is_shown = is_open && !task.is_summary();
        let free = (slot.free_float != slot.total_float).then_some((slot.free_float, "free"));
        let logic = slot.logic.map(|logic| logic.total_float).filter(|logic| *logic != slot.total_float);
        let parts = free.into_iter().chain(logic.map(|logic| (logic, "by links alone")));
        let words: Vec<String> =
            parts.map(|(minutes, what)| format!("{} {what}", desk.room_of(number, minutes))).collect();
        (is_shown && !words.is_empty()).then(|| words.join(", "))
    };
    let cells = vec![
        name(desk, task),
        Cell::text(desk.assigned(task)).class("wrap-short"),
        state(desk, number, slot),
        match explained.contains(&number).then(|| format!("#{}", why_anchor(desk, number))) {
            None => dates(desk, number).explained(desk.explained_of(number, "finish")),
            why => dates(desk, number).href(why),
        },
        slip_cell(desk.slip_of(number)).explained(desk.explained_of(number, "slip")),
        room(slot.total_float, "float").note_if(more_of_float()),
        match slot.deadline_margin {
            Some(margin) if is_open => room(margin, "margin"),
            _ => Cell::nothing(),
        },
        baseline(task, promised).explained(desk.explained_of(number, "promised")),
        with_calendar(desk, task, duration(desk, (number, task, slot)))
            .explained(desk.explained_of(number, "duration")),
        after(desk, task),
    ];
    let row = Row::new(cells).id(Thing::Task(&task.id).anchor());
    if task.is_summary() {
        row.class("summary")
    } else if slot.critical && is_open {
        row.class("critical")
    } else {
        row
    }
}

fn name(desk: &Desk<'_>, task: &Task) -> Cell {
    let mut cell = Cell::text(task_name(task))
        .note(task.id.to_string())
        .href(desk.href(&Address::task(desk.folder(), &task.id)));
    if let TaskKind::Gate(gate) = task.kind {
        cell = cell.href(desk.href_to(&Thing::Gate(gate)));
    }
    match task.depth {
        0 => cell,
        1 => cell.class("indent-1"),
        2 => cell.class("indent-2"),
        3 => cell.class("indent-3"),
        _ => cell.class("indent-4"),
    }
}

/// A length with the calendar in which it counts, where that is not the project's own.
fn with_calendar(desk: &Desk<'_>, task: &Task, mut cell: Cell) -> Cell {
    let project = &desk.project.project;
    if task.is_work() && task.calendar != project.calendar {
        let calendar = project.calendars[task.calendar].id.to_string();
        cell.note = Some(cell.note.map_or_else(|| calendar.clone(), |note| format!("{note}; {calendar}")));
    }
    cell
}

fn duration(desk: &Desk<'_>, (number, task, slot): (TaskNo, &Task, &Slot)) -> Cell {
    let days = |minutes: i64| desk.days_of_task(number, minutes);
    match &task.kind {
        TaskKind::Milestone => Cell::text("milestone").class("muted"),
        TaskKind::Gate(_) => Cell::text("gate").class("muted"),
        TaskKind::Summary => Cell::text(days(slot.duration)).class("muted"),
        TaskKind::Hammock { .. } => Cell::text(days(slot.duration)).note("span"),
        TaskKind::Work(work) => {
            let work_time = desk.project.project.calendars[task.calendar].work_time;
            // Elapsed time runs through nights and weekends; as working days it would read three times as long.
            let words = |length: crate::quantity::Duration| {
                if length.is_elapsed() { typed(length) } else { days(length.minutes(work_time)) }
            };
            let estimate = match work {
                Work::Duration(estimate) => estimate,
                Work::Effort(estimate) => {
                    let effort = days(estimate.likely().minutes(work_time));
                    let planned = desk.project.planned.slot(number);
                    return Cell::text(days(planned.duration)).note(of_effort(&effort));
                }
                Work::Both { duration, .. } => duration,
            };
            let cell = Cell::text(words(estimate.likely()));
            cell.note_if(
                estimate.has_range().then(|| {
                    format!("{} to {}", words(estimate.optimistic()), words(estimate.pessimistic()))
                }),
            )
        }
    }
}

/// A length as it is typed, its unit set apart: `10 ed`.
pub(super) fn typed(length: crate::quantity::Duration) -> String {
    let text = length.to_string();
    match text.find(|c: char| c.is_ascii_alphabetic()) {
        Some(place) => format!("{}\u{a0}{}", &text[..place], &text[place..]),
        None => text,
    }
}

fn after(desk: &Desk<'_>, task: &Task) -> Cell {
    let project = &desk.project.project;
    if let TaskKind::Hammock { from, to } = &task.kind {
        let ids = |tasks: &[TaskNo]| -> Vec<String> {
            tasks.iter().map(|task| project.task(*task).id.to_string()).collect()
        };
        return Cell::text(format!("{} .. {}", ids(from).join(", "), ids(to).join(", "))).class("wrap-short");
    }
    let words = task.links_as_written(project);
    if words.is_empty() { Cell::nothing() } else { Cell::text(words.join(", ")).class("wrap-short") }
}

/// The promised finish.
fn baseline(task: &Task, promised: Option<ReferenceTask>) -> Cell {
    match promised {
        None if task.is_summary() => Cell::nothing(),
        None => Cell::text("not in it").class("muted"),
        Some(promised) => Cell::text(format::date(promised.finish)).class("nowrap"),
    }
}

/// From when to when; a dash where that is not known.
fn dates(desk: &Desk<'_>, number: TaskNo) -> Cell {
    let (task, slot) = (desk.project.project.task(number), desk.project.forecast.slot(number));
    if !desk.project.is_last_day_known(number) {
        return Cell::nothing();
    }
    let text = if task.is_point() {
        format::date(slot.last_day())
    } else {
        format::span_of_days(slot.first_day(), slot.last_day())
    };
    let cell = Cell::text(text).class("nowrap");
    match slot.state {
        State::Finished => cell.note(ACTUAL),
        State::InProgress => cell.note("start actual, finish forecast"),
        State::NotStarted => cell.note(FORECAST),
    }
}

fn state(desk: &Desk<'_>, number: TaskNo, slot: &Slot) -> Cell {
    let task = desk.project.project.task(number);
    match slot.state {
        State::NotStarted if desk.project.is_given_up(number) => Cell::status(Status::unknown("Given up")),
        State::Finished => Cell::status(match task.kind {
            TaskKind::Gate(gate) => settled(desk, gate),
            TaskKind::Milestone => Status::done("Reached"),
            _ => Status::done("Finished"),
        }),
        State::InProgress => {
            let physical = desk.project.control.tasks[number.0 as usize].physical;
            let word = if task.is_work() {
                format!("{} done", format::share(physical.as_f64()))
            } else {
                "Running".to_owned()
            };
            let cell =
                Cell::text(word).note_if(slot.out_of_sequence.then(|| "started out of sequence".to_owned()));
            waiting(desk, cell, (number, slot), "wrap-short")
        }
        State::NotStarted if slot.critical && desk.project.are_days_known => {
            waiting(desk, Cell::text("Critical").class("strong"), (number, slot), "strong wrap-short")
        }
        State::NotStarted => {
            waiting(desk, Cell::text("Not started").class("muted"), (number, slot), "muted wrap-short")
        }
    }
}

/// Says beneath the state whom a task of a levelled plan waits for, and in how many parts it is done; `class` lets that run
/// over several lines.
fn waiting(desk: &Desk<'_>, cell: Cell, (number, slot): (TaskNo, &Slot), class: &'static str) -> Cell {
    let teller = desk.teller();
    let wait = slot.waits.map(|wait| teller.wait_in_short(number, wait));
    // Who is busy in between is told where the dates are explained; here there is no room for it.
    let n_pauses = slot.pauses.iter().filter(|pause| teller.pause(number, pause).is_some()).count();
    let parts = (n_pauses > 0).then(|| format!("done in {}", format::count(n_pauses + 1, "part")));
    let words: Vec<String> = wait.into_iter().chain(parts).collect();
    if words.is_empty() { cell } else { cell.note(words.join("; ")).class(class) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_in_short_keeps_what_no_other_column_says() {
        let mut table = Table::new(&["Task", "State", "Actual and forecast", "#To deadline"]);
        table.push(Row::group("Planning"));
        let figure = |text: &str| Cell::text(text).explained(Some("explain/tasks.html".to_owned()));
        table.push(Row::new(vec![
            Cell::text("Survey"),
            Cell::status(Status::done("Finished")),
            figure("3 Aug 2026").note(ACTUAL),
            Cell::nothing(),
        ]));
        table.push(Row::new(vec![
            Cell::text("Design"),
            Cell::text("40 % done"),
            figure("4 Aug 2026").note("start actual, finish forecast"),
            Cell::nothing(),
        ]));
        let table = table.without_empty_columns();
        let short = in_short(table.clone(), true);
        assert_eq!(short.head, ["Task", "State", "Actual and forecast"]);
        assert_eq!(short.numeric.len(), 3);
        let date = Cell::text("4 Aug 2026").note("start actual, finish forecast");
        assert_eq!(
            short.rows[1..].iter().map(|row| row.cells.clone()).collect::<Vec<_>>(),
            [
                vec![Cell::text("Survey"), Cell::text("Finished"), Cell::text("3 Aug 2026")],
                vec![Cell::text("Design"), Cell::text("40 % done"), date],
            ]
        );
        // Where tasks have no pages, figures keep their way to the formula.
        assert!(in_short(table, false).rows[1].cells[2].explained.is_some());
    }
}
