//! The spread of the finish: in how many runs of the schedule the project ends in which days.
//!
//! Answers: how sure is the finish? Bars are shares of all runs; upright lines are the dates that half and eight of ten
//! runs keep, beside the one promised.

use jiff::civil::Date;

use crate::chart::days::{date_of, number_of, start_of};
use crate::chart::frame::{AmountPlot, DateLine, Plot};
use crate::chart::ink::Ink;
use crate::chart::notes::Frame;
use crate::chart::scale::{AmountAxis, DateAxis};
use crate::chart::svg::{Column, Sheet};
use crate::chart::{Chart, DataTable, Drawing, LinkTo};
use crate::format;
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
            finishes: finish.outcomes().iter().map(|finish| finish.last_day()).collect(),
            even: finish.percentile(50)?.last_day(),
            safe: finish.percentile(80)?.last_day(),
            promise: Some((name.to_owned(), reference.finish)),
        }))
    }
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
    let promised = input.promise.iter().map(|(_, day)| *day);
    let days =
        bars.iter().flat_map(|bar| [bar.first, bar.last]).chain(promised).chain([input.even, input.safe]);
    let (first, last) = (days.clone().min().unwrap_or(input.even), days.max().unwrap_or(input.even));
    // The name of the upright axis stands inside, on the left.
    let length = number_of(last) - number_of(first);
    let (before, after) = (length / 6 + 2, length / 40 + 1);
    let axis =
        DateAxis::new(date_of(number_of(first) - before), date_of(number_of(last).saturating_add(after)));
    let frame = Frame {
        left: AmountPlot::width_of_amounts(&amounts) + 12.0,
        top: 64.0,
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
    let lines = [
        (Some(("P80", input.safe)), Ink::Text, 36.0),
        (Some(("P50", input.even)), Ink::Text, 22.0),
        (input.promise.as_ref().map(|(name, day)| (name.as_str(), *day)), Ink::Deadline, 8.0),
    ];
    for (line, ink, level) in lines {
        if let Some((name, date)) = line {
            let line = DateLine { date, name, ink, level, right_edge: size.0 - 4.0, keeps_off: None };
            plot.draw_date_line(&mut sheet, &line);
        }
    }
    sheet
}

fn sentence(input: &FinishSpreadInput) -> String {
    let n_runs = input.finishes.len();
    let (Some(first), Some(last)) = (input.finishes.first(), input.finishes.last()) else {
        return "No run has been made.".to_owned();
    };
    format!(
        "{} runs finish between {} and {}: half of them by {}, eight of ten by {}.",
        format::whole(i64::try_from(n_runs).unwrap_or(i64::MAX)),
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
