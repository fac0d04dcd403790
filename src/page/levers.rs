//! Levers: what a working day more or less on each open task that drives the finish, or nearly, does to it.

use serde::Serialize;

use crate::format;
use crate::model::TaskNo;
use crate::page::desk::Desk;
use crate::page::view::{Cell, Row, Status, Table};
use crate::plan::Cliff;

/// The levers of a project.
#[derive(Clone, Debug, Serialize)]
pub struct Levers {
    /// One row for each open task without much float.
    pub table: Table,
    /// How many cliffs there are, in words; none without one.
    pub cliffs: Option<String>,
    /// What the answers take for granted in a levelled plan.
    pub order: Option<String>,
}

/// Puts the levers together; none without open critical work.
#[must_use]
pub fn levers(desk: &Desk<'_>) -> Option<Levers> {
    if desk.project.levers.is_empty() {
        return None;
    }
    let mut table = Table::new(&["Task", "One day less", "#Gain", "One day more", "#Loss", "What it is"]);
    for lever in &desk.project.levers {
        let state = if lever.cliff.is_some() {
            Status::amber("Cliff")
        } else if lever.calendar_days_gained > 0 || lever.calendar_days_lost > 0 {
            Status::unknown("Moves the finish")
        } else if is_on_path_or_critical(desk, lever.task) {
            Status::unknown("Critical; a day does not move the finish")
        } else {
            Status::green("Has room")
        };
        table.push(Row::new(vec![
            desk.task(lever.task),
            desk.date(lever.one_day_less),
            days(lever.calendar_days_gained, "sooner"),
            desk.date(Some(lever.one_day_more)),
            days(lever.calendar_days_lost, "later"),
            Cell::status(state).note_if(lever.cliff.map(|cliff| edge(desk, cliff))),
        ]));
    }
    let heights = desk.project.levers.iter().filter_map(|lever| Some(lever.cliff?.calendar_days.abs()));
    let n_cliffs = heights.clone().count();
    let cliffs = heights.max().map(|highest| {
        format!(
            "{} where a day or a few move the finish at least five times as far, {} {}; they stand first.",
            format::count(n_cliffs, "cliff"),
            if n_cliffs == 1 { "by" } else { "the highest by" },
            format::count(usize::try_from(highest).unwrap_or(0), "calendar day"),
        )
    });
    let order = desk.project.forecast.levelling.as_ref().map(|_| {
        "People keep the order of work that levelling found; a what-if levels again and may answer otherwise."
            .to_owned()
    });
    Some(Levers { table, cliffs, order })
}

fn is_on_path_or_critical(desk: &Desk<'_>, task: TaskNo) -> bool {
    let slot = desk.project.forecast.slot(task);
    slot.critical || slot.on_longest_path
}

/// Where a cliff stands and where the finish lies beyond it: `at +2 d: finish 14 Sep 2026, 29 days later`.
fn edge(desk: &Desk<'_>, cliff: Cliff) -> String {
    let finish = desk.project.forecast.finish_day();
    let then = finish.saturating_add(jiff::Span::new().days(cliff.calendar_days));
    let side = if cliff.calendar_days < 0 { "sooner" } else { "later" };
    let moved = format::count(usize::try_from(cliff.calendar_days.abs()).unwrap_or(0), "day");
    format!(
        "at {}: finish {}, {moved} {side}",
        crate::page::desk::slip_words(cliff.working_days),
        format::date(then)
    )
}

fn days(count: i64, side: &str) -> Cell {
    if count == 0 {
        return Cell::nothing();
    }
    Cell::text(format!("{}\u{a0}{} {side}", format::whole(count), if count == 1 { "day" } else { "days" }))
}
