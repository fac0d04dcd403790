//! How a Gantt chart of many rows is divided: into sheets that fit on paper, each with its head, and, in a large plan,
//! into a folded chart with one part for each stage beneath it.

use jiff::civil::Date;

use crate::chart::gantt::input::{Criticality, GanttInput, GanttRow, Part, RowKind};
use crate::chart::gantt::rows::input;
use crate::chart::gantt::sheets::{draw, sheets};
use crate::chart::gantt::words::{sentence, table};
use crate::chart::kit::days::number_of;
use crate::chart::kit::svg::Column;
use crate::chart::{Drawing, LinkTo};
use crate::format;
use crate::report::ProjectReport;

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

/// Whether a plan has so many rows that it is drawn folded.
pub(super) fn is_folded(rows: &[GanttRow]) -> bool {
    rows.len() > ROWS_UNFOLDED
}

/// The folded plan: stages, the summaries directly beneath them, milestones and gates.
pub(in crate::chart) fn folded(input: &GanttInput) -> Drawing {
    folded_to(input, kept(&input.rows, ROWS_FOLDED), "each stage opens beneath")
}

/// The plan on one page: every row where it has few, else those that matter most, in the order of the plan, with the schedule for the
/// rest.
pub(super) fn on_a_page(input: &GanttInput, most: usize) -> Drawing {
    if input.rows.len() <= most {
        return draw(input);
    }
    let is_kept = weightiest(&input.rows, most);
    let rows: Vec<GanttRow> = input
        .rows
        .iter()
        .zip(&is_kept)
        .filter(|(_, is_kept)| **is_kept)
        .map(|(row, _)| row.clone())
        .collect();
    let left = input.rows.iter().zip(&is_kept).filter(|(_, is_kept)| !**is_kept).map(|(row, _)| row);
    let said = format!(
        "{} Drawn are {} of {} rows: stages, gates, critical work, then what lasts longest; {}.",
        sentence(input),
        rows.len(),
        input.rows.len(),
        left_out(left)
    );
    drawn(input, rows, said)
}

/// Which rows of a plan are drawn where there is room for so many: stages and gates, then what is critical, then the other
/// tasks, milestones, summaries; of a kind the longest first, and of equals the first.
///
/// One stage, three tasks of 10, 8 and 2 days of which the shortest is critical, and room for three: the stage, the critical task and
/// the one of 10 days.
fn weightiest(rows: &[GanttRow], most: usize) -> Vec<bool> {
    let weight = |row: &GanttRow| match (row.kind, row.criticality) {
        (RowKind::Stage | RowKind::Gate, _) => 0,
        (RowKind::Task | RowKind::Milestone, Criticality::Critical) => 1,
        (RowKind::Task, Criticality::Free) => 2,
        (RowKind::Milestone, Criticality::Free) => 3,
        (RowKind::Summary, _) => 4,
    };
    let length = |row: &GanttRow| number_of(row.finish) - number_of(row.start);
    let mut order: Vec<usize> = (0..rows.len()).collect();
    order.sort_by_key(|place| (weight(&rows[*place]), std::cmp::Reverse(length(&rows[*place])), *place));
    let mut is_kept = vec![false; rows.len()];
    for place in order.into_iter().take(most) {
        is_kept[place] = true;
    }
    is_kept
}

/// What is not drawn, in words: `31 tasks (3 of them critical) and 2 milestones are folded, the schedule has all`.
fn left_out<'a>(rows: impl Iterator<Item = &'a GanttRow>) -> String {
    let mut counts = [("task", 0), ("milestone", 0), ("gate", 0), ("summary row", 0), ("stage", 0)];
    let mut n_critical = 0;
    for row in rows {
        let place = match row.kind {
            RowKind::Task => 0,
            RowKind::Milestone => 1,
            RowKind::Gate => 2,
            RowKind::Summary => 3,
            RowKind::Stage => 4,
        };
        counts[place].1 += 1;
        n_critical += usize::from(row.kind == RowKind::Task && row.criticality == Criticality::Critical);
    }
    let told = || counts.iter().filter(|(_, count)| *count > 0);
    let mut words: Vec<String> = told().map(|(name, count)| format::count(*count, name)).collect();
    if let (Some(tasks), true) = (words.first_mut(), n_critical > 0) {
        tasks.push_str(&format!(" ({n_critical} of them critical)"));
    }
    let are = if told().map(|(_, count)| count).sum::<usize>() == 1 { "is" } else { "are" };
    format!("{} {are} folded, the schedule has all", format::listed(&words))
}

fn folded_to(input: &GanttInput, headings: Vec<GanttRow>, rest: &str) -> Drawing {
    let said =
        format!("{} Folded to {} of {} rows; {rest}.", sentence(input), headings.len(), input.rows.len());
    drawn(input, headings, said)
}

/// Some rows of a plan, with what is said of the whole.
fn drawn(input: &GanttInput, rows: Vec<GanttRow>, said: String) -> Drawing {
    let own = GanttInput { rows, ..input.clone() };
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
pub(in crate::chart) fn parts(input: &GanttInput) -> Vec<GanttPart> {
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
    use crate::chart::tests::samples::{gantt_row, gantt_rows};

    #[test]
    fn a_folded_plan_keeps_what_leads_and_leaves_milestones_out_when_they_are_too_many() {
        let plan = gantt_rows(&[
            (1, RowKind::Stage),
            (200, RowKind::Task),
            (9, RowKind::Milestone),
            (1, RowKind::Gate),
        ]);
        assert_eq!(kept(&plan, ROWS_FOLDED).len(), 11);
        let plan = gantt_rows(&[(1, RowKind::Stage), (200, RowKind::Milestone), (1, RowKind::Gate)]);
        assert_eq!(kept(&plan, ROWS_FOLDED).len(), 2);
    }

    /// Four in five plans used to be folded to stages and gates, without a task: critical work comes first now.
    #[test]
    fn a_page_has_the_longest_path_first_and_uses_its_room() {
        let day = |day: i8| jiff::civil::Date::constant(2026, 1, day);
        let task = |name: &str, finish: i8, criticality: Criticality| GanttRow {
            name: name.to_owned(),
            start: day(5),
            finish: day(finish),
            criticality,
            ..gantt_row(name, RowKind::Task, ["2026-01-05"; 4])
        };
        let (free, critical) = (Criticality::Free, Criticality::Critical);
        let mut plan = gantt_rows(&[(1, RowKind::Stage), (1, RowKind::Milestone), (1, RowKind::Summary)]);
        plan.extend([task("ten", 15, free), task("two", 7, critical), task("eight", 13, free)]);
        plan.extend(gantt_rows(&[(1, RowKind::Gate)]));
        for row in plan.iter_mut().filter(|row| row.kind != RowKind::Task) {
            row.criticality = free;
        }
        let named = |most: usize| -> Vec<usize> {
            let kept = weightiest(&plan, most).into_iter().enumerate();
            kept.filter(|(_, is_kept)| *is_kept).map(|(place, _)| place).collect()
        };
        assert_eq!(named(2), [0, 6]);
        assert_eq!(named(4), [0, 3, 4, 6]);
        assert_eq!(named(5), [0, 3, 4, 5, 6]);
        assert_eq!(named(6), [0, 1, 3, 4, 5, 6]);
        let left = left_out(plan[1..4].iter()).replace('\u{a0}', " ");
        assert_eq!(left, "1 task, 1 milestone and 1 summary row are folded, the schedule has all");
        let left = left_out(plan[3..6].iter()).replace('\u{a0}', " ");
        assert_eq!(left, "3 tasks (1 of them critical) are folded, the schedule has all");
    }
}
