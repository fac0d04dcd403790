//! How a Gantt chart of many rows is divided: into sheets that fit on paper, each with its head, and, in a large plan,
//! into a folded chart with one part for each stage beneath it.

use std::ops::Range;

use jiff::civil::Date;

use crate::chart::gantt::{GanttInput, GanttRow, Part, RowKind, input, sentence, sheets, table};
use crate::chart::svg::Column;
use crate::chart::{Drawing, LinkTo};
use crate::format;
use crate::report::ProjectReport;

/// Rows on a sheet, so that it fills a page of paper on which its letters can still be read.
const ROWS_ON_SHEET: usize = 34;

/// A last sheet may hold this many rows more rather than leave them alone.
const ROWS_TO_SPARE: usize = 5;

/// Above this number of rows a plan is folded.
const ROWS_UNFOLDED: usize = 80;

/// Rows of a folded plan at most, if leaving out milestones and then summaries makes it so.
const ROWS_FOLDED: usize = 60;

/// A part of a folded plan: the rows of a stage.
#[derive(Clone, Debug, PartialEq)]
pub struct GanttPart {
    /// Name of the stage: "3 Execution".
    pub title: String,
    /// How many rows it has, and when: "412 rows, 1 Feb to 3 Mar 2027".
    pub words: String,
    /// Markup to place into a page: one `<svg>` for each sheet.
    pub svg: String,
}

/// The rows of each sheet. A sheet rather ends before the heading of a stage or a summary than within its rows; no rows
/// make one empty sheet.
///
/// Example: 100 rows without headings stand on sheets of 34, 33 and 33 rows, not of 34, 34 and 32.
pub(super) fn of(rows: &[GanttRow]) -> Vec<Range<usize>> {
    let mut sheets = Vec::new();
    let mut start = 0;
    while rows.len() - start > ROWS_ON_SHEET + ROWS_TO_SPARE {
        let left = rows.len() - start;
        // Sheets of one plan are about as long as each other: a last one of few rows would leave a page empty.
        let even = left.div_ceil(left.div_ceil(ROWS_ON_SHEET));
        let most = start + even;
        let least = start + even * 2 / 3;
        let is_heading = |index: &usize| {
            rows.get(*index).is_some_and(|row| matches!(row.kind, RowKind::Stage | RowKind::Summary))
        };
        let end = (least..=most).rev().find(is_heading).unwrap_or(most);
        sheets.push(start..end);
        start = end;
    }
    sheets.push(start..rows.len());
    sheets
}

/// Whether a plan has so many rows that it is drawn folded.
pub(super) fn is_folded(rows: &[GanttRow]) -> bool {
    rows.len() > ROWS_UNFOLDED
}

/// The folded plan: stages, the summaries directly beneath them, milestones and gates.
pub(super) fn folded(input: &GanttInput) -> Drawing {
    folded_to(input, kept(&input.rows, ROWS_FOLDED), "each stage opens beneath")
}

/// The plan on one page: every row where it has few, else folded as far as it takes, with the schedule for the rest.
pub(super) fn on_a_page(input: &GanttInput, most: usize) -> Drawing {
    if input.rows.iter().filter(|row| row.kind != RowKind::Stage).count() <= most {
        return super::gantt::draw(input);
    }
    let n_stages = input.rows.iter().filter(|row| row.kind == RowKind::Stage).count();
    folded_to(input, kept(&input.rows, most + n_stages), "the schedule has all")
}

fn folded_to(input: &GanttInput, headings: Vec<GanttRow>, rest: &str) -> Drawing {
    let said =
        format!("{} Folded to {} of {} rows; {rest}.", sentence(input), headings.len(), input.rows.len());
    let own = GanttInput { rows: headings, ..input.clone() };
    let svg = sheets(&own, &[Column::Wide, Column::Narrow], &said);
    Drawing { name: "gantt", svg, title: own.title.clone(), sentence: said, table: table(&own) }
}

/// The rows that stay when a plan is folded to so many rows at most, if leaving out milestones and then summaries makes it so.
fn kept(rows: &[GanttRow], most: usize) -> Vec<GanttRow> {
    let is_kept: [fn(&GanttRow) -> bool; 3] = [
        |row| match row.kind {
            RowKind::Summary => row.depth <= 1,
            RowKind::Task => false,
            RowKind::Stage | RowKind::Milestone | RowKind::Gate => true,
        },
        |row| match row.kind {
            RowKind::Summary => row.depth <= 1,
            RowKind::Task | RowKind::Milestone => false,
            RowKind::Stage | RowKind::Gate => true,
        },
        |row| matches!(row.kind, RowKind::Stage | RowKind::Gate),
    ];
    let mut few = Vec::new();
    for keeps in is_kept {
        few = rows.iter().filter(|row| keeps(row)).cloned().collect();
        if few.len() <= most {
            break;
        }
    }
    few
}

/// The time in which the rows of a part of `n_rows` lie. Their float may reach beyond: shown in full it would leave no
/// room for the bars.
fn part_of(rows: &[GanttRow], n_rows: usize) -> Part {
    let dates = || {
        rows.iter().flat_map(|row| {
            let baseline = row.baseline.into_iter().flat_map(|(first, last)| [first, last]);
            [row.start, row.finish].into_iter().chain(baseline).chain(row.deadline)
        })
    };
    let first = dates().min().unwrap_or(Date::MIN);
    Part { first, last: dates().max().unwrap_or(first), n_rows }
}

/// The parts of a folded plan, one for each stage in order; none for a plan that is drawn whole.
#[must_use]
pub fn unfolded(report: &ProjectReport, link_to: LinkTo<'_>) -> Vec<GanttPart> {
    input(report, link_to).map_or_else(Vec::new, |input| parts(&input))
}

/// The parts of what a Gantt chart is drawn from, if that is folded.
pub(super) fn parts(input: &GanttInput) -> Vec<GanttPart> {
    if !is_folded(&input.rows) {
        return Vec::new();
    }
    let n_rows = input.rows.len();
    let stages = input.rows.chunk_by(|_, next| next.kind != RowKind::Stage);
    stages
        .enumerate()
        .map(|(place, rows)| {
            let heading = &rows[0];
            let title = heading.name.clone();
            let words = format!(
                "{}, {}",
                format::count(rows.len(), "row"),
                format::span_of_days(heading.start, heading.finish)
            );
            let own = GanttInput {
                id_prefix: format!("{}-part-{}", input.id_prefix, place + 1),
                title: title.clone(),
                rows: rows.to_vec(),
                part: Some(part_of(rows, n_rows)),
                ..input.clone()
            };
            let svg = sheets(&own, &[Column::Wide], &sentence(&own));
            GanttPart { title, words, svg }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chart::tests::samples::gantt_row;

    fn rows(kinds: &[(usize, RowKind)]) -> Vec<GanttRow> {
        let row = |kind| gantt_row("x", kind, ["2026-01-05"; 4]);
        kinds.iter().flat_map(|(n, kind)| std::iter::repeat_with(|| row(*kind)).take(*n)).collect()
    }

    #[test]
    fn sheets_end_before_headings_where_they_can() {
        let task = RowKind::Task;
        assert_eq!((of(&[]).len(), of(&[])[0].len()), (1, 0));
        assert_eq!(of(&rows(&[(39, task)])).len(), 1);
        assert_eq!(of(&rows(&[(40, task)])), [0..20, 20..40]);
        assert_eq!(of(&rows(&[(100, task)])), [0..34, 34..67, 67..100]);
        assert_eq!(of(&rows(&[(30, task), (1, RowKind::Stage), (30, task)])), [0..30, 30..61]);
        assert_eq!(of(&rows(&[(10, task), (1, RowKind::Stage), (53, task)])), [0..32, 32..64]);
    }

    #[test]
    fn a_folded_plan_keeps_what_leads_and_leaves_milestones_out_when_they_are_too_many() {
        let plan =
            rows(&[(1, RowKind::Stage), (200, RowKind::Task), (9, RowKind::Milestone), (1, RowKind::Gate)]);
        assert_eq!(kept(&plan, ROWS_FOLDED).len(), 11);
        let plan = rows(&[(1, RowKind::Stage), (200, RowKind::Milestone), (1, RowKind::Gate)]);
        assert_eq!(kept(&plan, ROWS_FOLDED).len(), 2);
    }
}
