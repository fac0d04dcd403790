//! Lines from report to report: what was said on each, joined only where two reports follow each other.
//!
//! The kit behind the charts of exposure, indices and estimates; each of them fills [`ReportLines`].

use jiff::civil::Date;

use crate::chart::baseline_marks::{BaselineMark, draw_marks, marks_words};
use crate::chart::kit::days::end_of;
use crate::chart::kit::frame::{AmountPlot, Plot, stepped};
use crate::chart::kit::ink::Ink;
use crate::chart::kit::notes::{Frame, Note, Notes, Side, write_beside};
use crate::chart::kit::path::Spot;
use crate::chart::kit::reading::{Figure, Reading};
use crate::chart::kit::scale::{AmountAxis, DateAxis};
use crate::chart::kit::svg::{Column, Sheet};
use crate::chart::kit::text_width::{Weight, fitted};
use crate::chart::{DataTable, Drawing};
use crate::control::Said;
use crate::format;

/// What is drawn.
#[derive(Clone, Debug)]
pub struct ReportLines {
    /// The kind of chart; also the beginning of every id in the markup.
    pub name: &'static str,
    /// Heading of the chart.
    pub title: String,
    /// What it shows, in one sentence.
    pub sentence: String,
    /// Name of the unit, beside the highest tick: `EUR`; empty for indices.
    pub unit: String,
    /// The lines, in the order of the table.
    pub lines: Vec<ReportLine>,
    /// Level lines to compare with: 1.00, the budget.
    pub levels: Vec<Figure>,
    /// Where another baseline came into force.
    pub marks: Vec<BaselineMark>,
    /// Whether zero stands on the axis; an index around 1 goes without.
    pub holds_zero: bool,
    /// Reports on which a line might as well lie elsewhere.
    pub ranges: Option<ReportRanges>,
}

/// How far a value reaches on the reports that cannot tell it.
#[derive(Clone, Debug)]
pub struct ReportRanges {
    /// What the other end is: a column of the table.
    pub name: String,
    /// What stands beside the range on the chart.
    pub note: String,
    /// The other end on each such report.
    pub ends: Vec<Reading>,
    /// The values of the line on the same reports.
    pub heights: Vec<f64>,
}

/// What was said of one thing on each report.
#[derive(Clone, Debug)]
pub struct ReportLine {
    /// What it is.
    pub name: String,
    /// How it is drawn.
    pub(crate) ink: Ink,
    /// One reading for each report that said something, in order.
    pub readings: Vec<Reading>,
    /// Whether it is a plan: each reading holds until the next, and nothing is marked.
    pub is_plan: bool,
}

impl ReportLine {
    /// The line through what each report said of one thing; a report that said nothing of it has no reading.
    pub(crate) fn through(
        said: &[Said],
        name: &str,
        ink: Ink,
        read: impl Fn(&Said) -> Option<Reading>,
    ) -> Self {
        Self { name: name.to_owned(), ink, readings: said.iter().filter_map(read).collect(), is_plan: false }
    }
}

/// Draws the lines; `None` for fewer than two reports.
#[must_use]
pub fn draw(input: ReportLines) -> Option<Drawing> {
    let most = input.lines.iter().map(|line| line.readings.len()).max().unwrap_or(0);
    if most < 2 {
        return None;
    }
    let input = ReportLines { sentence: input.sentence.clone() + &marks_words(&input.marks), ..input };
    let svg = [Column::Wide, Column::Narrow]
        .map(|column| paint(&input, column).finish(&input.title, &input.sentence))
        .concat();
    let table = table(&input);
    Some(Drawing { name: input.name, svg, title: input.title, sentence: input.sentence, table })
}

fn paint(input: &ReportLines, column: Column) -> Sheet {
    let (size, most_room, type_size) = match column {
        Column::Wide => ((800.0, 300.0), 240.0, 12.0),
        Column::Narrow => ((360.0, 280.0), 118.0, 11.0),
    };
    let mut sheet = Sheet::new(input.name, input.name, column, size);
    let readings = || input.lines.iter().flat_map(|line| &line.readings);
    let heights = readings().map(|reading| reading.height);
    let ends = || input.ranges.iter().flat_map(|ranges| &ranges.ends);
    let counted = input.ranges.iter().flat_map(|ranges| &ranges.heights).copied();
    let levels = input.levels.iter().map(|level| level.height);
    let all = heights.chain(levels).chain(ends().map(|end| end.height)).chain(counted);
    let amounts = if input.holds_zero { AmountAxis::around(all, 4) } else { AmountAxis::along(all, 4) };
    let dates = || readings().chain(ends()).map(|reading| reading.date);
    let nothing = Date::constant(1970, 1, 1);
    let axis = DateAxis::new(dates().min().unwrap_or(nothing), dates().max().unwrap_or(nothing));

    let notes = end_notes(input);
    // Room at the edge for all of them: a line that ends before it is named there, too, where its name would be struck out elsewhere.
    let widest = notes.iter().map(|note| note.size(type_size).0).fold(60.0, f64::max);
    let frame = Frame {
        left: AmountPlot::width_of_amounts(&amounts) + 10.0,
        top: 26.0,
        right: size.0 - (widest + 24.0).min(most_room),
        bottom: size.1 - 38.0,
    };
    let plot: AmountPlot = Plot::new(axis, amounts, frame);
    plot.draw_amounts(&mut sheet, &input.unit);
    plot.draw_dates(&mut sheet);
    draw_marks(&mut sheet, &plot, &input.marks, size.0);
    if let Some(ranges) = &input.ranges {
        draw_ranges(&mut sheet, &plot, ranges);
    }
    for level in &input.levels {
        let days = plot.across().days();
        plot.line(&mut sheet, Ink::Ceiling, &[(days.start, level.height), (days.end, level.height)]);
    }
    for line in &input.lines {
        let points: Vec<(f64, f64)> =
            line.readings.iter().map(|reading| (end_of(reading.date), reading.height)).collect();
        if line.is_plan {
            plot.steps(&mut sheet, line.ink, &points);
            continue;
        }
        plot.line(&mut sheet, line.ink, &points);
        for point in &points {
            plot.mark(&mut sheet, line.ink, *point);
        }
    }
    if let Some(ranges) = &input.ranges {
        name_ranges(&mut sheet, &plot, input, ranges, type_size);
    }
    let (mut beside, mut inside) = (Vec::new(), Vec::new());
    for note in notes {
        let at = plot.spot(note.at.0, note.at.1);
        let all = if frame.right - at.0 > FAR_FROM_EDGE { &mut inside } else { &mut beside };
        all.push(Note { at, ..note });
    }
    let room = size.0 - frame.right - 18.0;
    beside.extend(write_inside(&mut sheet, &plot, input, (inside, type_size, room)));
    for note in &mut beside {
        note.name = fitted(&note.name, type_size, Weight::Strong, room);
    }
    write_beside(&mut sheet, &beside, (frame.right + 14.0, type_size), (0.0, frame.bottom + 4.0));
    sheet
}

/// A line that ends this many pixels before the right edge is named where it ends: a leader from there would look like the rest
/// of the line.
const FAR_FROM_EDGE: f64 = 12.0;

/// Names lines that end inside the plot beside their ends, off all that is drawn; gives the names that have no room there.
fn write_inside(
    sheet: &mut Sheet,
    plot: &AmountPlot,
    input: &ReportLines,
    (ends, type_size, room): (Vec<Note>, f64, f64),
) -> Vec<Note> {
    let frame = plot.frame();
    let mut notes = Notes::within(Frame { top: frame.top - 14.0, ..frame }).near_their_points();
    for line in &input.lines {
        let points: Vec<(f64, f64)> =
            line.readings.iter().map(|reading| (end_of(reading.date), reading.height)).collect();
        let points = if line.is_plan { stepped(&points) } else { points };
        notes.avoid(&points.iter().map(|(x, y)| plot.spot(*x, *y)).collect::<Vec<Spot>>());
    }
    for level in &input.levels {
        let days = plot.across().days();
        notes.avoid(&[plot.spot(days.start, level.height), plot.spot(days.end, level.height)]);
    }
    notes.write_ends(sheet, ends, (type_size, room))
}

/// An upright line from each value to its other end, and the surface between them.
fn draw_ranges(sheet: &mut Sheet, plot: &AmountPlot, ranges: &ReportRanges) {
    let ends = ranges.ends.iter().map(|end| (end_of(end.date), end.height));
    let pairs: Vec<((f64, f64), (f64, f64))> =
        ends.zip(&ranges.heights).map(|(end, height)| (end, (end.0, *height))).collect();
    let surface: Vec<(f64, f64)> =
        pairs.iter().map(|(_, value)| *value).chain(pairs.iter().rev().map(|(end, _)| *end)).collect();
    plot.area(sheet, Ink::Fan, &surface);
    for (end, value) in pairs {
        plot.line(sheet, Ink::Muted, &[value, end]);
    }
}

/// Says beside the ranges what they are, off the lines.
fn name_ranges(
    sheet: &mut Sheet,
    plot: &AmountPlot,
    input: &ReportLines,
    ranges: &ReportRanges,
    type_size: f64,
) {
    // Beside the longest of them there is the most room.
    let length = |(end, height): &(&Reading, &f64)| (end.height - **height).abs();
    let all = ranges.ends.iter().zip(&ranges.heights);
    let Some((end, height)) = all.max_by(|one, other| length(one).total_cmp(&length(other))) else { return };
    let mut notes = Notes::within(plot.frame());
    for line in &input.lines {
        let spots: Vec<Spot> =
            line.readings.iter().map(|reading| plot.spot(end_of(reading.date), reading.height)).collect();
        notes.avoid(&spots);
    }
    let days = plot.across().days();
    for level in &input.levels {
        notes.avoid(&[plot.spot(days.start, level.height), plot.spot(days.end, level.height)]);
    }
    let note = Note {
        at: plot.spot(end_of(end.date), f64::midpoint(end.height, *height)),
        name: String::new(),
        value: ranges.note.clone(),
        ink: Ink::Muted,
        side: Side::Right,
    };
    notes.write(sheet, &note, type_size);
}

/// The newest value of each line and the level lines, without their places.
fn end_notes(input: &ReportLines) -> Vec<Note> {
    let lines = input.lines.iter().filter_map(|line| {
        let newest = line.readings.last()?;
        let at = (end_of(newest.date), newest.height);
        Some(Note {
            at,
            name: line.name.clone(),
            value: newest.label.clone(),
            ink: line.ink,
            side: Side::Right,
        })
    });
    let newest = input.lines.iter().flat_map(|line| &line.readings).map(|reading| reading.date).max();
    let end = newest.map_or(0.0, end_of);
    let levels = input.levels.iter().map(|level| Note {
        at: (end, level.height),
        name: level.name.clone(),
        value: level.label.clone(),
        ink: Ink::Ceiling,
        side: Side::Right,
    });
    let mut notes: Vec<Note> = lines.chain(levels).filter(|note| note.at.1.is_finite()).collect();
    notes.sort_by(|first, second| second.at.1.total_cmp(&first.at.1));
    notes
}

fn table(input: &ReportLines) -> DataTable {
    use crate::chart::Column::{Number, Word};
    let is_any_plan = input.lines.iter().any(|line| line.is_plan);
    let mut columns = vec![(if is_any_plan { "Day" } else { "Report" }, Word)];
    columns.extend(input.lines.iter().map(|line| (line.name.as_str(), Number)));
    columns.extend(input.ranges.iter().map(|ranges| (ranges.name.as_str(), Number)));
    let mut table = DataTable::with_columns(format!("{} by report", input.title), &columns);
    let ends = input.ranges.iter().flat_map(|ranges| &ranges.ends);
    let readings = input.lines.iter().flat_map(|line| &line.readings).chain(ends);
    let mut reports: Vec<Date> = readings.map(|reading| reading.date).collect();
    reports.sort_unstable();
    reports.dedup();
    for report in reports {
        let cells = input.lines.iter().map(|line| {
            let said = line.readings.iter().find(|reading| reading.date == report);
            said.map_or_else(|| format::NOTHING.to_owned(), |reading| reading.label.clone())
        });
        let ends = input.ranges.iter().map(|ranges| {
            let end = ranges.ends.iter().find(|end| end.date == report);
            end.map_or_else(|| format::NOTHING.to_owned(), |end| end.label.clone())
        });
        table.rows.push(std::iter::once(format::date(report)).chain(cells).chain(ends).collect());
    }
    table
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chart::tests::text_boxes;

    fn threats(lines: Vec<ReportLine>) -> ReportLines {
        ReportLines {
            name: "exposure-trend",
            title: "Threats".to_owned(),
            sentence: "Threats.".to_owned(),
            unit: "EUR".to_owned(),
            lines,
            levels: Vec::new(),
            marks: Vec::new(),
            holds_zero: true,
            ranges: None,
        }
    }

    #[test]
    fn a_line_that_ends_before_the_plan_does_is_named_at_its_end_and_above_zero() {
        let day = |text: &str| text.parse::<Date>().unwrap();
        let line = |name: &str, is_plan, points: &[(&str, f64)]| ReportLine {
            name: name.to_owned(),
            ink: Ink::Actual,
            readings: points
                .iter()
                .map(|(date, height)| Reading {
                    date: day(date),
                    height: *height,
                    label: format!("{height}"),
                })
                .collect(),
            is_plan,
        };
        let input = threats(vec![
            line("Contingency", false, &[("2026-08-28", 75.0), ("2026-11-20", 40.0)]),
            line("As they stand", false, &[("2026-08-28", 5.0), ("2026-11-20", 13.0)]),
            line("After response", false, &[("2026-08-28", 4.0), ("2026-11-20", 6.0)]),
            line("As planned", true, &[("2026-11-20", 13.0), ("2026-11-27", 8.0), ("2026-12-18", 7.0)]),
        ]);
        let svg = draw(input).unwrap().svg;
        let boxes = text_boxes::of(svg.split("<svg").nth(1).unwrap());
        let of = |words: &str| boxes.iter().find(|(_, text)| text.starts_with(words)).unwrap().0;
        let zero = of("0").bottom;
        for name in ["Contingency 40", "As they stand 13", "After response 6"] {
            assert!(of(name).bottom < zero, "{name}: {:?} {zero}", of(name));
        }
        // Only the plan runs to the edge and is named beside it.
        assert!(of("As planned").left > of("After response").right);
    }

    #[test]
    fn a_name_that_a_line_would_strike_out_stands_at_the_edge() {
        let days = ["2026-08-28", "2026-10-09", "2026-10-23", "2026-11-06", "2026-11-20"];
        let line = |name: &str, heights: [f64; 5]| ReportLine {
            name: name.to_owned(),
            ink: Ink::Actual,
            readings: reading_of(&days, &heights),
            is_plan: false,
        };
        let plan = ReportLine {
            is_plan: true,
            readings: reading_of(&["2026-11-20", "2026-11-25"], &[5_550.0, 1_720.0]),
            ..line("As planned", [0.0; 5])
        };
        let input = threats(vec![
            line("Contingency", [9_000.0; 5]),
            line("As they stand", [0.0, 1_000.0, 6_850.0, 6_850.0, 5_550.0]),
            line("After response", [0.0, 1_000.0, 6_850.0, 6_850.0, 1_720.0]),
            plan,
        ]);
        for svg in draw(input).unwrap().svg.split("<svg").skip(1) {
            let boxes = text_boxes::of(svg);
            let of = |words: &str| boxes.iter().find(|(_, text)| text.starts_with(words)).unwrap().0;
            let edge = of("As planned").left - 1.0;
            assert!(of("As they stand").left > edge || of("As they stand").bottom < 120.0, "{boxes:?}");
        }
    }

    fn reading_of(days: &[&str], heights: &[f64]) -> Vec<Reading> {
        let label = |height: &f64| format!("{height} EUR");
        let all = days.iter().zip(heights);
        all.map(|(day, height)| Reading { date: day.parse().unwrap(), height: *height, label: label(height) })
            .collect()
    }
}
