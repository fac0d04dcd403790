//! The key beneath a Gantt chart: its signs in words, but only those that the chart uses.

use crate::chart::gantt::input::{Criticality, GanttInput, RowKind};
use crate::chart::kit::ink::Ink;
use crate::chart::kit::path::PathData;
use crate::chart::kit::svg::{SMALL_SIZE, Sheet, Words};
use crate::chart::kit::text_width::{Weight, text_width};

/// Room for a sign, in pixels.
const SIGN: f64 = 22.0;

/// How a sign of the key is drawn at its left edge and middle.
type Sign = fn(&mut Sheet, f64, f64);

/// Height of a row of the key, in pixels.
const ROW: f64 = 18.0;

/// Room that the key of a chart takes beneath it, in pixels.
pub fn height(input: &GanttInput, width: f64) -> f64 {
    let n_rows = places(&used(input), width).last().map_or(1.0, |(_, row)| row + 1.0);
    ROW * n_rows + 16.0
}

/// Writes the key in rows, the first of which has its middle at `level`.
pub fn draw(sheet: &mut Sheet, input: &GanttInput, level: f64) {
    let used = used(input);
    for ((name, sign), (x, row)) in used.iter().zip(places(&used, sheet.size().0)) {
        let level = level + ROW * row;
        sign(sheet, x, level);
        sheet.words(&Words::new(name, (x + SIGN, level), Ink::Muted).small());
    }
}

/// Where each entry begins, and in which row.
fn places(used: &[(&'static str, Sign)], width: f64) -> Vec<(f64, f64)> {
    let (mut x, mut row) = (4.0, 0.0);
    let place = |(name, _): &(&str, Sign)| {
        let length = SIGN + text_width(name, SMALL_SIZE, Weight::Regular);
        if x + length > width && x > 4.0 {
            (x, row) = (4.0, row + 1.0);
        }
        let at = (x, row);
        x += length + 18.0;
        at
    };
    used.iter().map(place).collect()
}

/// The signs that a chart uses, with their names.
fn used(input: &GanttInput) -> Vec<(&'static str, Sign)> {
    let rows = &input.rows;
    let is_task = |kind: RowKind| kind == RowKind::Task;
    let entries: [(bool, &'static str, Sign); 10] = [
        (rows.iter().any(|row| is_task(row.kind) && row.done > 0.0), "done", |sheet, x, y| {
            sheet.path("bar", Ink::Done, &bar(x, y));
        }),
        (rows.iter().any(|row| is_task(row.kind) && row.done < 1.0), "to do", |sheet, x, y| {
            sheet.path("bar", Ink::Rest, &bar(x, y));
        }),
        (
            rows.iter().any(|row| is_task(row.kind) && row.criticality == Criticality::Critical),
            "to do, critical",
            |sheet, x, y| {
                sheet.hatched(Ink::Critical, &bar(x, y));
            },
        ),
        (
            rows.iter().any(|row| matches!(row.kind, RowKind::Stage | RowKind::Summary)),
            "stage or group",
            |sheet, x, y| {
                let bracket = PathData::default()
                    .to((x, y - 4.0))
                    .to((x + 18.0, y - 4.0))
                    .to((x + 18.0, y + 4.0))
                    .to((x + 14.0, y))
                    .to((x + 4.0, y))
                    .to((x, y + 4.0))
                    .close();
                sheet.path("area", Ink::Summary, &bracket);
            },
        ),
        (rows.iter().any(|row| row.baseline.is_some()), "baseline", |sheet, x, y| {
            sheet.path("area", Ink::Planned, &PathData::default().rect((x, y - 1.5), (18.0, 3.0)));
        }),
        (rows.iter().any(|row| row.float_until.is_some()), "float", |sheet, x, y| {
            let tail = PathData::default()
                .crisp((x, y - 2.0), (x, y + 2.0))
                .crisp((x, y + 2.0), (x + 17.0, y + 2.0))
                .crisp((x + 17.0, y + 2.0), (x + 17.0, y - 3.0));
            sheet.path("line", Ink::Float, &tail);
        }),
        (rows.iter().any(|row| !row.pauses.is_empty()), "interrupted", |sheet, x, y| {
            sheet.path("line", Ink::Pause, &PathData::default().crisp((x, y), (x + 18.0, y)));
        }),
        (rows.iter().any(|row| row.kind == RowKind::Milestone), "milestone", |sheet, x, y| {
            sheet.path("shape", Ink::Milestone, &PathData::default().diamond((x + 9.0, y), 6.0));
        }),
        (rows.iter().any(|row| row.kind == RowKind::Gate), "gate", |sheet, x, y| {
            sheet.path("shape", Ink::Gate, &flag(x + 9.0, y));
        }),
        (rows.iter().any(|row| row.deadline.is_some()), "deadline", |sheet, x, y| {
            let mark = PathData::default()
                .to((x + 4.0, y - 4.0))
                .to((x + 14.0, y - 4.0))
                .to((x + 9.0, y + 4.0))
                .close();
            sheet.path("area", Ink::Deadline, &mark);
        }),
    ];
    entries.into_iter().filter(|(is_used, ..)| *is_used).map(|(_, name, sign)| (name, sign)).collect()
}

/// A bar of the key.
fn bar(x: f64, y: f64) -> PathData {
    PathData::default().rect((x, y - 5.5), (18.0, 11.0))
}

/// The flag of a gate around a point.
pub fn flag(x: f64, y: f64) -> PathData {
    PathData::default()
        .to((x - 6.0, y - 7.0))
        .to((x + 6.0, y - 7.0))
        .to((x + 6.0, y + 2.0))
        .to((x, y + 7.0))
        .to((x - 6.0, y + 2.0))
        .close()
}
