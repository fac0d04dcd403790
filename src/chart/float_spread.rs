//! How the float of open tasks is spread, as bars over classes.
//!
//! Answers: is there room, and is it where it helps? Much float beside little often means missing links.

use crate::chart::kit::ink::Ink;
use crate::chart::kit::svg::Column;
use crate::chart::row_bars::{RowBar, RowBars, paint};
use crate::chart::{Chart, DataTable, Drawing, LinkTo};
use crate::format;
use crate::plan::State;
use crate::report::ProjectReport;

/// Upper ends of the classes of float, in working days; 44 is two months, where tools begin to doubt the logic.
const CLASSES: [(&str, i64); 6] = [
    ("below 0", -1),
    ("0", 0),
    ("up to 5 days", 5),
    ("6 to 20 days", 20),
    ("21 to 44 days", 44),
    ("over 44 days", i64::MAX),
];

/// A class of total float and how many open tasks lie in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FloatClass {
    /// Its bounds in words: "6 to 20 days".
    pub name: &'static str,
    /// Open tasks in it; zero or above.
    pub n_tasks: i64,
}

/// The classes of float with the open tasks in each, tightest first; empty where no task is open. A part of a day counts
/// as the day it belongs to.
#[must_use]
pub fn classes(report: &ProjectReport) -> Vec<FloatClass> {
    let mut counts = [0_i64; CLASSES.len()];
    for (number, task, slot) in report.tasks() {
        if task.is_work() && slot.state != State::Finished {
            let per_day = report.project.room_days_of(number).minutes().max(1);
            // A part of a day is room, if little: it counts as the day it belongs to.
            let days =
                slot.total_float.div_euclid(per_day) + i64::from(slot.total_float.rem_euclid(per_day) > 0);
            let class = CLASSES.iter().position(|(_, end)| days <= *end).unwrap_or(CLASSES.len() - 1);
            counts[class] += 1;
        }
    }
    if counts.iter().all(|count| *count == 0) {
        return Vec::new();
    }
    CLASSES.iter().zip(counts).map(|((name, _), n_tasks)| FloatClass { name, n_tasks }).collect()
}

/// The float of the open tasks of a project.
#[derive(Debug)]
pub struct FloatSpread;

impl Chart for FloatSpread {
    fn name(&self) -> &'static str {
        "float-spread"
    }

    fn title(&self) -> &'static str {
        "Open tasks by their float"
    }

    fn question(&self) -> &'static str {
        "Is there room, and is it where it helps?"
    }

    /// `None` where no task is open.
    fn draw(&self, report: &ProjectReport, _link_to: LinkTo<'_>) -> Option<Drawing> {
        let classes = classes(report);
        (!classes.is_empty()).then(|| draw(&classes, self.title()))
    }
}

/// Draws the classes under the heading `title`.
#[must_use]
pub fn draw(classes: &[FloatClass], title: &str) -> Drawing {
    let rows: Vec<RowBar> = classes
        .iter()
        .map(|class| RowBar {
            name: class.name.to_owned(),
            href: None,
            length: class.n_tasks as f64,
            label: format::whole(class.n_tasks),
            title: format!("{}: {}", class.name, tasks(class.n_tasks)),
            ink: if class.name == CLASSES[0].0 { Ink::Worse } else { Ink::Done },
        })
        .collect();
    let sentence = sentence(classes);
    let bars = RowBars {
        name: "float-spread",
        id_prefix: "float-spread",
        unit: "open tasks",
        zero: None,
        rows: &rows,
    };
    let svg =
        [Column::Wide, Column::Narrow].map(|column| paint(&bars, column).finish(title, &sentence)).concat();
    Drawing { name: "float-spread", svg, title: title.to_owned(), sentence, table: table(classes, title) }
}

fn tasks(number: i64) -> String {
    format::count(usize::try_from(number).unwrap_or(0), "task")
}

fn sentence(classes: &[FloatClass]) -> String {
    let of = |place: usize| classes.get(place).map_or(0, |class| class.n_tasks);
    let all: i64 = classes.iter().map(|class| class.n_tasks).sum();
    if all == 0 {
        return "No task is open.".to_owned();
    }
    let have = |number: i64| if number == 1 { "has" } else { "have" };
    let late =
        if of(0) > 0 { format!("; {} must be finished sooner than they are", of(0)) } else { String::new() };
    format!(
        "{} of {} {} no float, {} {} up to five days, {} more than two months{late}.",
        of(0) + of(1),
        format::count(usize::try_from(all).unwrap_or(0), "open task"),
        have(of(0) + of(1)),
        of(2),
        have(of(2)),
        of(5)
    )
}

fn table(classes: &[FloatClass], title: &str) -> DataTable {
    use crate::chart::Column::{Number, Word};
    let mut table =
        DataTable::with_columns(title.to_owned(), &[("Total float", Word), ("Open tasks", Number)]);
    table.rows =
        classes.iter().map(|class| vec![class.name.to_owned(), format::whole(class.n_tasks)]).collect();
    table
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sentence_counts_what_has_no_room() {
        let counts = [0, 4, 2, 0, 1, 3];
        let classes: Vec<FloatClass> =
            CLASSES.iter().zip(counts).map(|((name, _), n_tasks)| FloatClass { name, n_tasks }).collect();
        let drawing = draw(&classes, "Float");
        assert_eq!(
            drawing.sentence,
            "4 of 10\u{a0}open tasks have no float, 2 have up to five days, 3 more than two months."
        );
        assert_eq!(drawing.table.rows.len(), 6);
        assert_eq!(draw(&[], "Float").sentence, "No task is open.");
    }
}
