//! Lines over time with their names at the end: a few quantities of one unit, and levels they are held against.
//!
//! A kit for charts, not a chart: who uses it brings the lines, the words and the sentence. Points stand where something
//! was reported; nothing is smoothed.

use jiff::civil::Date;

use crate::chart::DataTable;
use crate::chart::kit::days::{date_of, end_of, number_of};
use crate::chart::kit::frame::{AmountPlot, DateLine, Plot};
use crate::chart::kit::ink::Ink;
use crate::chart::kit::notes::{Frame, Note, Notes, Side, write_beside};
use crate::chart::kit::reading::{Reading, reading_on};
use crate::chart::kit::scale::{AmountAxis, DateAxis};
use crate::chart::kit::svg::{Column, Sheet};
use crate::format;

/// A line that ends this many pixels before the right edge is named where it ends.
const FAR_FROM_EDGE: f64 = 12.0;

/// What is drawn.
#[derive(Clone, Debug)]
pub(crate) struct TimeLines<'a> {
    /// Name of the chart.
    pub(crate) name: &'static str,
    /// Begins every id in the markup; unique on the page.
    pub(crate) id_prefix: &'a str,
    /// Unit of the axis.
    pub(crate) unit: &'a str,
    /// The status line stands at the end of this date.
    pub(crate) status_date: Date,
    /// The axis reaches at least to this date.
    pub(crate) until: Date,
    /// The lines; the last lies on top.
    pub(crate) lines: Vec<TimeLine<'a>>,
    /// Heights that hold for all time: a target, a limit, a value before.
    pub(crate) levels: Vec<Level>,
}

/// A line.
#[derive(Clone, Debug)]
pub(crate) struct TimeLine<'a> {
    /// Its name, at its end and over its column of the table.
    pub(crate) name: &'a str,
    /// Its meaning.
    pub(crate) ink: Ink,
    /// How its readings are joined.
    pub(crate) shape: Shape,
    /// What was read, in order of time.
    pub(crate) readings: &'a [Reading],
}

/// How readings become a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Shape {
    /// Each holds until the next: counts and sums.
    Steps,
    /// Joined from mark to mark: measurements, between which nobody looked.
    Marks,
    /// Joined without marks: a line that is computed.
    Plain,
}

/// A height that holds for all time.
#[derive(Clone, Debug)]
pub(crate) struct Level {
    /// Its name.
    pub(crate) name: String,
    /// Its value in words.
    pub(crate) label: String,
    /// Where it lies.
    pub(crate) height: f64,
    /// Its meaning.
    pub(crate) ink: Ink,
}

/// Whether an axis that holds zero would press the lines flat: everything was measured, nothing counted up, and all of it lies above
/// the middle of such an axis.
fn is_far_from_zero(input: &TimeLines<'_>, heights: &[f64]) -> bool {
    let low = heights.iter().copied().fold(f64::INFINITY, f64::min);
    let high = heights.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    input.lines.iter().all(|line| line.shape != Shape::Steps) && low > high / 2.0
}

/// Draws the lines for a column.
pub(crate) fn paint(input: &TimeLines<'_>, column: Column) -> Sheet {
    let (size, type_size, right_room) = match column {
        Column::Wide => ((800.0, 280.0), 12.0, 190.0),
        Column::Narrow => ((360.0, 260.0), 11.0, 152.0),
    };
    let mut sheet = Sheet::new(input.name, input.id_prefix, column, size);
    let all = || input.lines.iter().flat_map(|line| line.readings);
    let heights = all().map(|reading| reading.height).chain(input.levels.iter().map(|level| level.height));
    let heights: Vec<f64> = heights.collect();
    let amounts = if is_far_from_zero(input, &heights) {
        AmountAxis::along(heights, 4)
    } else {
        AmountAxis::of_counts_or_amounts(heights, 4)
    };
    let last = input.until.max(input.status_date);
    let first = all().map(|reading| reading.date).min().unwrap_or(input.status_date);
    // What was counted on one day only still has an axis.
    let first = first.min(date_of(number_of(last).saturating_sub(7)));
    let frame = Frame {
        // Room for the year beneath the first tick.
        left: (AmountPlot::width_of_amounts(&amounts) + 10.0).max(36.0),
        // Room for the unit of the axis beneath the name of the status date.
        top: 42.0,
        right: size.0 - right_room,
        bottom: size.1 - 38.0,
    };
    let plot: AmountPlot = Plot::new(DateAxis::new(first, last), amounts, frame);
    plot.draw_amounts(&mut sheet, input.unit);
    plot.draw_dates(&mut sheet);
    let status = DateLine {
        date: input.status_date,
        name: "Status",
        ink: Ink::Status,
        level: 10.0,
        right_edge: size.0,
        keeps_off: None,
    };
    plot.draw_date_line(&mut sheet, &status);
    let mut labels = Vec::new();
    for level in &input.levels {
        let days = plot.across().days();
        plot.line(&mut sheet, level.ink, &[(days.start, level.height), (days.end, level.height)]);
        let at = plot.spot(days.end, level.height);
        labels.push(Note {
            at,
            name: level.name.clone(),
            value: level.label.clone(),
            ink: level.ink,
            side: Side::Right,
        });
    }
    let ends: Vec<Note> = input.lines.iter().filter_map(|line| draw_line(&mut sheet, &plot, line)).collect();
    // A leader from a line that ends long before the edge would look like the rest of the line.
    let (inside, at_edge): (Vec<Note>, Vec<Note>) =
        ends.into_iter().partition(|end| frame.right - end.at.0 > FAR_FROM_EDGE);
    if !inside.is_empty() {
        let room = size.0 - frame.right - 18.0;
        labels.extend(write_inside(&mut sheet, (&plot, frame), input, (inside, type_size, room)));
    }
    labels.extend(at_edge);
    write_beside(&mut sheet, &labels, (frame.right + 14.0, type_size), (18.0, frame.bottom + 10.0));
    sheet
}

/// Writes names of lines that end inside the plot beside their ends, off all that is drawn; gives those that have no room there.
fn write_inside(
    sheet: &mut Sheet,
    (plot, frame): (&AmountPlot, Frame),
    input: &TimeLines<'_>,
    (ends, type_size, room): (Vec<Note>, f64, f64),
) -> Vec<Note> {
    let mut notes = Notes::within(Frame { top: frame.top - 14.0, ..frame }).near_their_points();
    for line in &input.lines {
        let finite = line.readings.iter().filter(|reading| reading.height.is_finite());
        let spots = finite.map(|reading| plot.spot(end_of(reading.date), reading.height));
        notes.avoid(&spots.collect::<Vec<_>>());
    }
    let days = plot.across().days();
    for level in &input.levels {
        notes.avoid(&[plot.spot(days.start, level.height), plot.spot(days.end, level.height)]);
    }
    let status = plot.x(end_of(input.status_date));
    notes.keep_free(Frame { left: status - 3.0, right: status + 3.0, ..frame });
    notes.write_ends(sheet, ends, (type_size, room))
}

/// Draws a line; gives the note at its end.
fn draw_line(sheet: &mut Sheet, plot: &AmountPlot, line: &TimeLine<'_>) -> Option<Note> {
    let readings: Vec<&Reading> = line.readings.iter().filter(|reading| reading.height.is_finite()).collect();
    let points: Vec<(f64, f64)> =
        readings.iter().map(|reading| (end_of(reading.date), reading.height)).collect();
    match line.shape {
        Shape::Steps => plot.steps(sheet, line.ink, &points),
        Shape::Plain => plot.line(sheet, line.ink, &points),
        Shape::Marks => {
            plot.line(sheet, line.ink, &points);
            for point in &points {
                plot.mark(sheet, line.ink, *point);
            }
        }
    }
    let (point, reading) = (points.last()?, readings.last()?);
    Some(Note {
        at: plot.spot(point.0, point.1),
        name: line.name.to_owned(),
        value: reading.label.clone(),
        ink: line.ink,
        side: Side::Right,
    })
}

/// The numbers behind the lines: a row for each day on which one of them has a reading. A line of steps holds its value
/// between readings, any other has none there.
pub(crate) fn table(caption: String, lines: &[TimeLine<'_>]) -> DataTable {
    use crate::chart::Column::{Number, Word};
    let heads = lines.iter().map(|line| (line.name, Number));
    let columns: Vec<(&str, crate::chart::Column)> = std::iter::once(("Date", Word)).chain(heads).collect();
    let mut table = DataTable::with_columns(caption, &columns);
    let mut days: Vec<Date> =
        lines.iter().flat_map(|line| line.readings.iter().map(|reading| reading.date)).collect();
    days.sort_unstable();
    days.dedup();
    for day in days {
        let cells = lines.iter().map(|line| {
            let reading = reading_on(line.readings, day);
            let reading = reading.filter(|reading| line.shape == Shape::Steps || reading.date == day);
            reading.map_or_else(|| format::NOTHING.to_owned(), |reading| reading.label.clone())
        });
        table.rows.push(std::iter::once(format::date(day)).chain(cells).collect());
    }
    table
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chart::tests::text_boxes;

    /// 54 to 61 between 52 and 70: an axis from 0 to 80 would show a flat line. What is counted up keeps its zero, and so does what
    /// begins low.
    #[test]
    fn a_measure_far_from_zero_is_drawn_where_it_moves() {
        let reading = |day: i8, height: f64| Reading {
            date: Date::constant(2026, 11, day),
            height,
            label: format!("{height}"),
        };
        let ticks = |heights: [f64; 2], shape: Shape| {
            let readings = [reading(6, heights[0]), reading(20, heights[1])];
            let level = |height: f64| Level {
                name: "Target".to_owned(),
                label: String::new(),
                height,
                ink: Ink::Ceiling,
            };
            let input = TimeLines {
                name: "measured",
                id_prefix: "m",
                unit: "%",
                status_date: Date::constant(2026, 11, 20),
                until: Date::constant(2026, 12, 31),
                lines: vec![TimeLine { name: "Measured", ink: Ink::Done, shape, readings: &readings }],
                levels: vec![level(52.0), level(70.0)],
            };
            let boxes = text_boxes::of(&paint(&input, Column::Wide).finish("First contact", "Two readings."));
            boxes.into_iter().map(|(_, text)| text).collect::<Vec<String>>()
        };
        let is_zero = |texts: &[String]| texts.iter().any(|text| text == "0");
        let near = ticks([54.0, 61.0], Shape::Marks);
        assert!(!is_zero(&near) && near.iter().any(|text| text == "50"), "{near:?}");
        assert!(is_zero(&ticks([54.0, 61.0], Shape::Steps)));
        assert!(is_zero(&ticks([12.0, 61.0], Shape::Marks)));
    }

    #[test]
    fn the_status_date_is_not_written_over_the_unit_of_the_axis() {
        let day = Date::constant(2026, 11, 20);
        let readings = [Reading { date: day, height: 41.0, label: "41 min".to_owned() }];
        let input = TimeLines {
            name: "measured",
            id_prefix: "m",
            unit: "min",
            status_date: day,
            until: Date::constant(2027, 8, 1),
            lines: vec![TimeLine {
                name: "Before",
                ink: Ink::Planned,
                shape: Shape::Marks,
                readings: &readings,
            }],
            levels: vec![Level {
                name: "Target".to_owned(),
                label: "60 min".to_owned(),
                height: 60.0,
                ink: Ink::Ceiling,
            }],
        };
        for column in [Column::Wide, Column::Narrow] {
            let boxes = text_boxes::of(&paint(&input, column).finish("Minutes", "One reading."));
            let named = |words: &str| boxes.iter().find(|(_, text)| text.starts_with(words)).unwrap().0;
            let (status, unit) = (named("Status"), named("min"));
            assert!(unit.top - status.bottom > 4.0, "{status:?} {unit:?}");
        }
    }
}
