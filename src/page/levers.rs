//! Levers: what a working day more or less on each open critical task does to the finish.

use serde::Serialize;

use crate::format;
use crate::page::desk::Desk;
use crate::page::view::{Cell, Row, Status, Table};

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
        let state = if let Some(cliff) = lever.cliff {
            Status::amber(format!("Cliff at {}", crate::page::desk::slip_words(cliff.working_days)))
        } else if lever.calendar_days_gained > 0 || lever.calendar_days_lost > 0 {
            Status::unknown("Moves the finish")
        } else if desk.project.forecast.slot(lever.task).critical {
            Status::unknown("Critical; a day does not move the finish")
        } else {
            Status::green("Has room")
        };
        table.push(Row::new(vec![
            desk.task(lever.task),
            desk.date(lever.one_day_less).explained(desk.explained_of(lever.task, "less")),
            days(lever.calendar_days_gained, "sooner").explained(desk.explained_of(lever.task, "less")),
            desk.date(Some(lever.one_day_more)).explained(desk.explained_of(lever.task, "more")),
            days(lever.calendar_days_lost, "later").explained(desk.explained_of(lever.task, "more")),
            Cell::status(state),
        ]));
    }
    let n_cliffs = desk.project.levers.iter().filter(|lever| lever.cliff.is_some()).count();
    let cliffs = (n_cliffs > 0).then(|| {
        format!(
            "{} where a day or a few move the finish at least five times as far.",
            format::count(n_cliffs, "cliff")
        )
    });
    let order = desk.project.forecast.levelling.as_ref().map(|_| {
        "People keep the order of work that levelling found; a what-if levels again and may answer otherwise."
            .to_owned()
    });
    Some(Levers { table, cliffs, order })
}

fn days(count: i64, side: &str) -> Cell {
    if count == 0 {
        return Cell::nothing();
    }
    Cell::text(format!("{}\u{a0}{} {side}", format::whole(count), if count == 1 { "day" } else { "days" }))
}
