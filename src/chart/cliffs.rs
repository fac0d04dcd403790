//! What a day more or less of open work does to the finish, as bars: the cliffs stand out by their length.
//!
//! Answers: how near is the next cliff? A bar to the right is time lost, to the left time won.

use crate::chart::kit::days::slip_text;
use crate::chart::kit::ink::Ink;
use crate::chart::kit::svg::Column;
use crate::chart::row_bars::{RowBar, RowBars, paint};
use crate::chart::{Chart, DataTable, Drawing, LinkTo};
use crate::format;
use crate::plan::Lever;
use crate::report::ProjectReport;

/// Bars at most: the cliffs come first, so that none of weight is left out.
const MOST_BARS: usize = 6;

/// What the bars are drawn from.
#[derive(Clone, Debug, Default)]
pub struct CliffsInput {
    /// Heading of the chart.
    pub title: String,
    /// Bars from the top.
    pub rows: Vec<CliffRow>,
}

/// What some working days of a task do to the finish.
#[derive(Clone, Debug)]
pub struct CliffRow {
    /// Name of the task.
    pub name: String,
    /// Where the row leads; no link if `None`.
    pub href: Option<String>,
    /// Working days that the task lasts longer; negative if shorter.
    pub working_days: i64,
    /// Working days by which the finish moves; negative if it comes sooner.
    pub finish_moves: i64,
    /// Whether few days move the finish by many.
    pub is_cliff: bool,
}

/// The cliffs before a project.
#[derive(Debug)]
pub struct Cliffs;

impl Chart for Cliffs {
    fn name(&self) -> &'static str {
        "cliffs"
    }

    fn title(&self) -> &'static str {
        "What a few days more or less do to the finish"
    }

    fn question(&self) -> &'static str {
        "How near is the next cliff?"
    }

    /// `None` where no open work moves the finish, and for a stopped project.
    fn draw(&self, report: &ProjectReport, link_to: LinkTo<'_>) -> Option<Drawing> {
        let (finish, time) = (report.forecast.finish_day(), report.project.working_time());
        let row = |lever: &Lever| {
            let task = report.project.task(lever.task);
            let (working_days, then) = match lever.cliff {
                Some(cliff) => (cliff.working_days, cliff.finish_beyond(finish)),
                None => (1, lever.one_day_more),
            };
            CliffRow {
                name: task.name.clone(),
                href: link_to(&task.id),
                working_days,
                finish_moves: time.working_days_after(finish, then),
                is_cliff: lever.cliff.is_some(),
            }
        };
        let rows: Vec<CliffRow> =
            report.levers.iter().map(row).filter(|row| row.finish_moves != 0).take(MOST_BARS).collect();
        (!rows.is_empty() && !report.control.is_stopped)
            .then(|| draw(&CliffsInput { title: self.title().to_owned(), rows }))
    }
}

/// Draws the bars.
#[must_use]
pub fn draw(input: &CliffsInput) -> Drawing {
    let rows: Vec<RowBar> = input
        .rows
        .iter()
        .map(|row| RowBar {
            name: row.name.clone(),
            href: row.href.clone(),
            length: row.finish_moves as f64,
            label: format!("{}: {}", slip_text(row.working_days), moved(row.finish_moves)),
            title: format!(
                "{}: {} move the finish {}",
                row.name,
                slip_text(row.working_days),
                moved(row.finish_moves)
            ),
            ink: match row.finish_moves {
                sooner if sooner < 0 => Ink::Better,
                _ if row.is_cliff => Ink::Worse,
                _ => Ink::Forecast,
            },
        })
        .collect();
    let sentence = sentence(input);
    let bars = RowBars {
        name: "cliffs",
        id_prefix: "cliffs",
        unit: "working days by which the finish moves",
        zero: None,
        rows: &rows,
    };
    let svg = [Column::Wide, Column::Narrow]
        .map(|column| paint(&bars, column).finish(&input.title, &sentence))
        .concat();
    Drawing { name: "cliffs", svg, title: input.title.clone(), sentence, table: table(input) }
}

/// "19 working days later".
fn moved(days: i64) -> String {
    let count = format::count(usize::try_from(days.abs()).unwrap_or(0), "working day");
    format!("{count} {}", if days < 0 { "sooner" } else { "later" })
}

fn sentence(input: &CliffsInput) -> String {
    let Some(first) = input.rows.first() else { return "No day of open work moves the finish.".to_owned() };
    let days = format::count(usize::try_from(first.working_days.abs()).unwrap_or(0), "working day");
    let side = if first.working_days < 0 { "less" } else { "more" };
    let moved = moved(first.finish_moves);
    let count = input.rows.iter().filter(|row| row.is_cliff).count();
    let cliffs = match count {
        0 => "no cliff is near".to_owned(),
        1 => "that is the one cliff".to_owned(),
        many => format!("it is the highest of {many} cliffs"),
    };
    format!("{days} {side} on “{}” moves the finish {moved}; {cliffs}.", first.name)
}

fn table(input: &CliffsInput) -> DataTable {
    use crate::chart::Column::{Number, Word};
    let columns = [("Task", Word), ("Working days", Number), ("Finish", Word), ("Cliff", Word)];
    let mut table = DataTable::with_columns(input.title.clone(), &columns);
    for row in &input.rows {
        table.rows.push(vec![
            row.name.clone(),
            slip_text(row.working_days),
            moved(row.finish_moves),
            if row.is_cliff { "yes" } else { "no" }.to_owned(),
        ]);
    }
    table
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sentence_names_the_highest_cliff() {
        let row = |working_days, finish_moves, is_cliff| CliffRow {
            name: "Pilot".to_owned(),
            href: None,
            working_days,
            finish_moves,
            is_cliff,
        };
        let said = |rows| sentence(&CliffsInput { title: String::new(), rows }).replace('\u{a0}', " ");
        assert_eq!(
            said(vec![row(-1, -19, true), row(1, 1, false)]),
            "1 working day less on “Pilot” moves the finish 19 working days sooner; that is the one cliff."
        );
        assert_eq!(
            said(vec![row(1, 1, false)]),
            "1 working day more on “Pilot” moves the finish 1 working day later; no cliff is near."
        );
        assert_eq!(said(Vec::new()), "No day of open work moves the finish.");
    }
}
