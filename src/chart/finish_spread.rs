//! The spread of the finish: in how many runs of the schedule the project ends in which days.
//!
//! Answers: how sure is the finish? Bars are shares of all runs; upright lines are the dates that half and eight of ten
//! runs keep, beside those promised and forecast and the deadline.

use jiff::civil::Date;

use crate::chart::kit::days::{date_of, end_of, number_of, start_of};
use crate::chart::kit::frame::{AmountPlot, Plot};
use crate::chart::kit::ink::Ink;
use crate::chart::kit::notes::Frame;
use crate::chart::kit::path::PathData;
use crate::chart::kit::scale::{AmountAxis, DateAxis};
use crate::chart::kit::svg::{Anchor, Column, SMALL_SIZE, Sheet, Words};
use crate::chart::kit::text_width::{Weight, text_width};
use crate::chart::{Chart, DataTable, Drawing, LinkTo};
use crate::format;
use crate::quantity::Instant;
use crate::report::ProjectReport;

/// Bars at most; more days than that share one.
const MOST_BARS: i32 = 70;

/// What the spread of the finish is drawn from.
#[derive(Clone, Debug)]
pub struct FinishSpreadInput {
    /// Begins every id in the markup; unique on the page.
    pub id_prefix: String,
    /// Heading of the chart.
    pub title: String,
    /// The last day of each run, in rising order.
    pub finishes: Vec<Date>,
    /// The day that half of the runs keep.
    pub even: Date,
    /// The day that eight of ten runs keep.
    pub safe: Date,
    /// What the promised day is called, and the day.
    pub promise: Option<(String, Date)>,
    /// The day forecast.
    pub forecast: Option<Date>,
    /// The day by which the finish must be, where one is set on what ends last.
    pub deadline: Option<Date>,
}

/// The spread of a project's finish.
#[derive(Debug)]
pub struct FinishSpread;

impl Chart for FinishSpread {
    fn name(&self) -> &'static str {
        "finish-spread"
    }

    fn title(&self) -> &'static str {
        "Spread of the finish"
    }

    fn question(&self) -> &'static str {
        "How sure is the finish?"
    }

    /// Draws the runs of the schedule; `None` where nothing varies.
    fn draw(&self, report: &ProjectReport, _link_to: LinkTo<'_>) -> Option<Drawing> {
        let finish = &report.risk.as_ref()?.finish;
        let reference = &report.control.reference;
        let name = match reference.source {
            crate::control::ReferenceSource::Baseline { .. } => "Baseline",
            crate::control::ReferenceSource::Plan => "Plan",
        };
        Some(draw(&FinishSpreadInput {
            id_prefix: self.name().to_owned(),
            title: self.title().to_owned(),
            finishes: finish.outcomes().map(Instant::last_day).collect(),
            even: finish.day(50)?,
            safe: finish.day(80)?,
            promise: Some((name.to_owned(), reference.finish)),
            forecast: Some(report.forecast.finish_day()),
            deadline: deadline(report),
        }))
    }
}

/// The earliest deadline of the tasks and points that end with the project by the forecast.
fn deadline(report: &ProjectReport) -> Option<Date> {
    let finish = report.forecast.finish_day();
    let last = report.tasks().filter(|(_, _, slot)| slot.last_day() == finish);
    last.filter_map(|(_, task, _)| task.deadline).map(|(at, _)| at.day).min()
}

/// Days that share a bar, and how many runs end in them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Bar {
    first: Date,
    last: Date,
    n_runs: usize,
}

/// Draws the spread of the finish.
#[must_use]
pub fn draw(input: &FinishSpreadInput) -> Drawing {
    let sentence = sentence(input);
    let svg = [Column::Wide, Column::Narrow]
        .map(|column| paint(input, column).finish(&input.title, &sentence))
        .concat();
    Drawing { name: "finish-spread", svg, title: input.title.clone(), sentence, table: table(input) }
}

/// Bars of one day, of whole weeks from Monday where days would be too many, and of several weeks beyond.
fn bars(finishes: &[Date]) -> Vec<Bar> {
    let (Some(first), Some(last)) = (finishes.first(), finishes.last()) else { return Vec::new() };
    let n_days = number_of(*last) - number_of(*first) + 1;
    let width = if n_days <= MOST_BARS { 1 } else { 7 * (n_days / 7 / MOST_BARS + 1) };
    let to_monday = if width == 1 { 0 } else { i32::from(first.weekday().to_monday_zero_offset()) };
    let begin = number_of(*first) - to_monday;
    let mut bars: Vec<Bar> = Vec::new();
    for finish in finishes {
        let start = begin + (number_of(*finish) - begin) / width * width;
        match bars.last_mut() {
            Some(bar) if bar.first == date_of(start) => bar.n_runs += 1,
            _ => bars.push(Bar { first: date_of(start), last: date_of(start + width - 1), n_runs: 1 }),
        }
    }
    bars
}

/// A share of all runs in percent.
fn percent(n_runs: usize, of: usize) -> f64 {
    100.0 * n_runs as f64 / of.max(1) as f64
}

fn paint(input: &FinishSpreadInput, column: Column) -> Sheet {
    let size = match column {
        Column::Wide => (800.0, 260.0),
        Column::Narrow => (360.0, 240.0),
    };
    let mut sheet = Sheet::new("finish-spread", &input.id_prefix, column, size);
    let bars = bars(&input.finishes);
    let n_runs = input.finishes.len();
    let amounts = AmountAxis::around(bars.iter().map(|bar| percent(bar.n_runs, n_runs)), 4);
    let marks = marks(input);
    let promised = marks.iter().map(|mark| mark.date);
    let days =
        bars.iter().flat_map(|bar| [bar.first, bar.last]).chain(promised).chain([input.even, input.safe]);
    let (first, last) = (days.clone().min().unwrap_or(input.even), days.max().unwrap_or(input.even));
    // The name of the upright axis stands on the left, and beside it the label of the first date.
    let length = number_of(last) - number_of(first);
    let label_room = marks.first().map_or(0.0, |mark| text_width(&label(mark), SMALL_SIZE, Weight::Strong));
    let share = ((label_room + NAME_ROOM - 30.0) / (size.0 - 60.0)).clamp(0.0, 0.7);
    #[allow(clippy::cast_possible_truncation, reason = "days of a chart")]
    let for_label = (f64::from(length) * share / (1.0 - share)).ceil() as i32;
    let (before, after) = ((length / 6).max(for_label) + 2, length / 40 + 1);
    let axis =
        DateAxis::new(date_of(number_of(first) - before), date_of(number_of(last).saturating_add(after)));
    let frame = Frame {
        left: AmountPlot::width_of_amounts(&amounts) + 12.0,
        top: 12.0 + LEVEL * marks.len().max(2) as f64,
        right: size.0 - 12.0,
        bottom: size.1 - 38.0,
    };
    let plot: AmountPlot = Plot::new(axis, amounts, frame);
    plot.draw_amounts(&mut sheet, "% of runs");
    plot.draw_dates(&mut sheet);
    for bar in &bars {
        let (left, right) = (plot.x(start_of(bar.first)), plot.x(start_of(bar.last) + 1.0));
        let top = plot.y(percent(bar.n_runs, n_runs));
        let gap = if right - left > 4.0 { 1.0 } else { 0.0 };
        sheet.rect(Ink::Forecast, (left, top), ((right - left - gap).max(0.5), frame.bottom - top));
    }
    draw_marks(&mut sheet, &plot, &marks);
    sheet
}

/// Room at the left edge for the name of the upright axis, in pixels.
const NAME_ROOM: f64 = 64.0;

/// Height of a line of labels, in pixels.
const LEVEL: f64 = 14.0;

/// A date with its name, as an upright line.
#[derive(Clone, Debug)]
struct Mark {
    name: String,
    date: Date,
    ink: Ink,
}

/// The dates that are marked; of those on the same day as the promised one only that.
fn marks(input: &FinishSpreadInput) -> Vec<Mark> {
    let mark = |name: &str, date: Date, ink: Ink| Mark { name: name.to_owned(), date, ink };
    let promise = input.promise.as_ref().map(|(name, day)| mark(name, *day, Ink::Planned));
    let forecast = input.forecast.map(|day| mark("Forecast", day, Ink::Forecast));
    let deadline = input.deadline.map(|day| mark("Deadline", day, Ink::Deadline));
    let runs = [mark("P50", input.even, Ink::Text), mark("P80", input.safe, Ink::Text)];
    let mut marks: Vec<Mark> = promise.into_iter().chain(forecast).chain(deadline).chain(runs).collect();
    marks.sort_by_key(|mark| mark.date);
    // What falls on one day shares a line.
    marks.dedup_by(|later, first| {
        let is_same = later.date == first.date;
        if is_same {
            first.name = format!("{}, {}", first.name, later.name);
        }
        is_same
    });
    marks
}

/// "P80 17 Feb".
fn label(mark: &Mark) -> String {
    format!("{} {}", mark.name, format::short_date(mark.date))
}

/// Draws the marks as flags to the left of their lines, the earliest lowest and each later one above it: so no line runs
/// through a label, however near the dates are.
fn draw_marks(sheet: &mut Sheet, plot: &AmountPlot, marks: &[Mark]) {
    let frame = plot.frame();
    for (place, mark) in marks.iter().enumerate() {
        let (x, level) = (plot.x(end_of(mark.date)), frame.top - 10.0 - LEVEL * place as f64);
        sheet.path("line", mark.ink, &PathData::default().crisp((x, level - 6.0), (x, frame.bottom)));
        let text = label(mark);
        let right = (x - 4.0).max(NAME_ROOM + text_width(&text, SMALL_SIZE, Weight::Strong));
        let words = Words::new(&text, (right, level), mark.ink).small().strong();
        sheet.words(&words.anchored(Anchor::End));
    }
}

fn sentence(input: &FinishSpreadInput) -> String {
    let n_runs = input.finishes.len();
    let (Some(first), Some(last)) = (input.finishes.first(), input.finishes.last()) else {
        return "No run has been made.".to_owned();
    };
    if n_runs == 1 {
        return format!("The one run finishes on {}.", format::date(*first));
    }
    format!(
        "{} finish between {} and {}: half of them by {}, eight of ten by {}.",
        format::count_of_runs(n_runs),
        format::date(*first),
        format::date(*last),
        format::date(input.even),
        format::date(input.safe),
    )
}

fn table(input: &FinishSpreadInput) -> DataTable {
    use crate::chart::Column::{Number, Word};
    let columns = [("Finish", Word), ("Runs", Number), ("Share of runs", Number), ("Up to then", Number)];
    let mut table = DataTable::with_columns(format!("{}: runs by finish", input.title), &columns);
    let n_runs = input.finishes.len();
    let mut so_far = 0;
    for bar in bars(&input.finishes) {
        so_far += bar.n_runs;
        table.rows.push(vec![
            format::span_of_days(bar.first, bar.last),
            format::whole(i64::try_from(bar.n_runs).unwrap_or(i64::MAX)),
            format::share(percent(bar.n_runs, n_runs) / 100.0),
            format::share(percent(so_far, n_runs) / 100.0),
        ]);
    }
    table
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Date {
        text.parse().unwrap()
    }

    #[test]
    fn few_days_have_a_bar_each_and_many_share_weeks() {
        let short = bars(&[day("2026-11-06"), day("2026-11-06"), day("2026-11-09")]);
        assert_eq!(short.iter().map(|bar| bar.n_runs).collect::<Vec<_>>(), [2, 1]);
        assert_eq!(short[1], Bar { first: day("2026-11-09"), last: day("2026-11-09"), n_runs: 1 });
        let long = bars(&[day("2026-11-06"), day("2026-11-09"), day("2027-02-08")]);
        assert_eq!(long[0], Bar { first: day("2026-11-02"), last: day("2026-11-08"), n_runs: 1 });
        assert_eq!(long[2].first, day("2027-02-08"), "{long:?}");
        let decades = bars(&[day("2026-11-06"), day("2066-11-09")]);
        assert!(bars(&[]).is_empty() && decades.len() == 2);
    }
}
