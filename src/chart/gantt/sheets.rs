//! The sheets of a Gantt chart: which rows each has, and what lies on it, in the order in which that lies upon each other.

use std::ops::Range;

use jiff::civil::Date;

use crate::chart::Drawing;
use crate::chart::gantt::bars::{Bars, label_end};
use crate::chart::gantt::canvas::{Canvas, NAME_ABOVE, ROW};
use crate::chart::gantt::head::Stretch;
use crate::chart::gantt::input::{BandKind, GanttInput, GanttRow, RowKind};
use crate::chart::gantt::links::Ties;
use crate::chart::gantt::words::{sentence, table};
use crate::chart::gantt::{head, key, links};
use crate::chart::kit::frame::Plot;
use crate::chart::kit::notes::Frame;
use crate::chart::kit::scale::{DateAxis, RowAxis};
use crate::chart::kit::svg::{Column, Group, Sheet};

/// Rows on a sheet, so that it fills a page of paper on which its letters can still be read.
const ROWS_ON_SHEET: usize = 34;

/// A last sheet may hold this many rows more rather than leave them alone.
const ROWS_TO_SPARE: usize = 5;

/// Above this number of rows no second drawing for narrow columns is made.
const ROWS_WHEN_NARROW: usize = 80;

/// Draws the Gantt chart with every row, on as many sheets as they need.
#[must_use]
pub fn draw(input: &GanttInput) -> Drawing {
    let sentence = sentence(input);
    let columns: &[Column] =
        if input.rows.len() > ROWS_WHEN_NARROW { &[Column::Wide] } else { &[Column::Wide, Column::Narrow] };
    let svg = sheets(input, columns, &sentence);
    Drawing { name: "gantt", svg, title: input.title.clone(), sentence, table: table(input) }
}

/// The sheets of all columns, one after the other.
pub(super) fn sheets(input: &GanttInput, columns: &[Column], sentence: &str) -> String {
    columns
        .iter()
        .flat_map(|column| sheets_of(input, *column).into_iter().enumerate())
        .map(|(place, sheet)| {
            // What the whole shows is said once.
            let sentence = if place == 0 { sentence } else { "The rows that follow." };
            sheet.finish(&input.title, sentence)
        })
        .collect()
}

/// The rows of each sheet. A sheet rather ends before the heading of a stage or a summary than within its rows; no rows
/// make one empty sheet.
///
/// Example: 100 rows without headings stand on sheets of 34, 33 and 33 rows, not of 34, 34 and 32.
fn of(rows: &[GanttRow]) -> Vec<Range<usize>> {
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

/// What all sheets of a chart share.
struct Whole<'a> {
    axis: DateAxis,
    /// Where the longest name ends.
    label_end: f64,
    ties: Ties<'a>,
}

/// Draws the rows of a column on as many sheets as they need, each with its own head, the last with the key.
fn sheets_of(input: &GanttInput, column: Column) -> Vec<Sheet> {
    let whole = Whole {
        axis: axis_of(input),
        label_end: input.rows.iter().map(label_end).fold(60.0, f64::max),
        ties: Ties::of(input),
    };
    of(&input.rows).into_iter().map(|rows| paint(input, &whole, column, rows)).collect()
}

/// The axis over everything that has a date.
fn axis_of(input: &GanttInput) -> DateAxis {
    if let Some(part) = input.part {
        return DateAxis::new(part.first, part.last);
    }
    let mut dates: Vec<Date> = Vec::new();
    for row in &input.rows {
        dates.extend([row.start, row.finish]);
        dates.extend(row.baseline.iter().flat_map(|(first, last)| [*first, *last]));
        dates.extend(row.float_until.iter().chain(&row.deadline));
    }
    dates.extend(input.status_date);
    let nothing = Date::constant(1970, 1, 1);
    let first = dates.iter().min().copied().unwrap_or(nothing);
    let last = dates.iter().max().copied().unwrap_or(first);
    DateAxis::new(first, last)
}

/// Paints a sheet with the rows `rows` for a column.
fn paint(input: &GanttInput, whole: &Whole<'_>, column: Column, rows: Range<usize>) -> Sheet {
    let (width, most_label, slip_room) = match column {
        Column::Wide => (836.0, 300.0, 92.0),
        Column::Narrow => (328.0, 0.0, 8.0),
    };
    let above = if column == Column::Narrow { NAME_ABOVE } else { 0.0 };
    let label_width = whole.label_end.min(most_label);
    let axis = whole.axis.clone();
    let per_day = (width - label_width - slip_room) / axis.length();
    // In a large plan the head repeats so often that coarser periods have to do.
    let fineness = if input.is_brief() { 0.5 } else { 1.0 };
    let head =
        if input.bands.iter().any(|band| matches!(band.kind, BandKind::Closure(_))) { 66.0 } else { 52.0 };
    let n_rows = rows.len().max(1);
    let frame = Frame {
        left: label_width,
        top: head,
        right: width - slip_room,
        bottom: head + (ROW + above) * n_rows as f64,
    };
    let is_last = rows.end == input.rows.len();
    let key_height = if is_last { key::height(input, width) } else { 4.0 };
    let prefix =
        if rows.start == 0 { input.id_prefix.clone() } else { format!("{}-{}", input.id_prefix, rows.start) };
    let mut sheet = Sheet::new("gantt", &prefix, column, (width, frame.bottom + key_height));
    sheet.count_rows_from(rows.start);
    if column == Column::Wide {
        let days = axis.days();
        sheet.run_time(
            (frame.left, frame.right),
            (days.start, days.end - days.start),
            (frame.top, frame.bottom),
        );
    }
    let plot = Plot::downwards(axis, RowAxis::new(n_rows), frame);
    let period = head::period(per_day * fineness);
    let mut canvas = Canvas { input, plot, label_width, above, period, rows, strokes: Vec::new() };
    canvas.draw_ground(&mut sheet);
    canvas.draw_status(&mut sheet, Stretch::Head);
    canvas.draw_head(&mut sheet);
    canvas.draw_ghosts(&mut sheet);
    if column == Column::Wide {
        // In a narrow column the links would run through the names.
        links::draw(&canvas, &whole.ties, &mut sheet);
        if !canvas.is_brief() {
            canvas.strokes = links::strokes(&canvas, &whole.ties);
        }
    } else {
        // Names stand above the bars there, and the line must not run through them.
        canvas.draw_status(&mut sheet, Stretch::Rows);
    }
    if canvas.is_brief() {
        let tasks = canvas.own_rows().filter(|(_, row)| row.kind == RowKind::Task);
        tasks.fold(Bars::default(), |all, (index, row)| all.and(&canvas.bar(index, row))).draw(&mut sheet);
    }
    // In a large plan the class stands once, around all rows.
    let all = Group { class: "d-rows", id: None, href: None, title: "" };
    if canvas.is_brief() {
        sheet.open(&all);
    }
    for (index, row) in canvas.own_rows() {
        canvas.draw_row(&mut sheet, index, row);
    }
    if canvas.is_brief() {
        sheet.close(&all);
    }
    if column == Column::Wide {
        canvas.draw_status(&mut sheet, Stretch::Rows);
    }
    if is_last {
        key::draw(&mut sheet, input, frame.bottom + 20.0);
    }
    sheet
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chart::tests::samples::gantt_rows;

    #[test]
    fn sheets_end_before_headings_where_they_can() {
        let task = RowKind::Task;
        assert_eq!((of(&[]).len(), of(&[])[0].len()), (1, 0));
        assert_eq!(of(&gantt_rows(&[(39, task)])).len(), 1);
        assert_eq!(of(&gantt_rows(&[(40, task)])), [0..20, 20..40]);
        assert_eq!(of(&gantt_rows(&[(100, task)])), [0..34, 34..67, 67..100]);
        assert_eq!(of(&gantt_rows(&[(30, task), (1, RowKind::Stage), (30, task)])), [0..30, 30..61]);
        assert_eq!(of(&gantt_rows(&[(10, task), (1, RowKind::Stage), (53, task)])), [0..32, 32..64]);
    }
}
