//! What changes add up to over time: asked for and approved, in money and, in a drawing of its own, in working days.
//!
//! Answers: how far have changes carried the project from what was agreed? Each change is a step on its day.

use jiff::civil::Date;

use crate::chart::kit::ink::Ink;
use crate::chart::kit::reading::Reading;
use crate::chart::kit::svg::Column;
use crate::chart::time_lines::{Shape, TimeLine, TimeLines, paint, table};
use crate::chart::{Chart, Drawing, LinkTo};
use crate::format;
use crate::model::Change;
use crate::quantity::Amount;
use crate::report::ProjectReport;

/// What the steps are drawn from.
#[derive(Clone, Debug)]
pub struct ChangeStepsInput {
    /// Name of the chart; begins every id in the markup too.
    pub name: &'static str,
    /// Heading of the chart.
    pub title: String,
    /// Unit of the axis.
    pub unit: String,
    /// The lines end here.
    pub status_date: Date,
    /// The sum of all that was asked for, by the day on which it was handed in.
    pub asked: Vec<Reading>,
    /// The sum of what was approved, by the day of the decision.
    pub approved: Vec<Reading>,
}

/// What changes cost.
#[derive(Debug)]
pub struct ChangeCost;

/// What changes take in time.
#[derive(Debug)]
pub struct ChangeDays;

impl Chart for ChangeCost {
    fn name(&self) -> &'static str {
        "change-cost"
    }

    fn title(&self) -> &'static str {
        "Cost of changes, added up"
    }

    fn question(&self) -> &'static str {
        "What have changes come to in money?"
    }

    /// `None` where no dated change costs anything.
    fn draw(&self, report: &ProjectReport, _link_to: LinkTo<'_>) -> Option<Drawing> {
        let currency = report.project.currency;
        let cost = |change: &Change| change.cost.map_or(0, |cost| cost.0);
        let reading = |day: Date, sum: i64| Reading::money(day, Amount(sum), currency);
        of(report, self, currency.to_string(), &Quantity { size: &cost, reading: &reading })
    }
}

impl Chart for ChangeDays {
    fn name(&self) -> &'static str {
        "change-days"
    }

    fn title(&self) -> &'static str {
        "Time of changes, added up"
    }

    fn question(&self) -> &'static str {
        "What have changes come to in time?"
    }

    /// `None` where no dated change takes any time.
    fn draw(&self, report: &ProjectReport, _link_to: LinkTo<'_>) -> Option<Drawing> {
        let per_day = report.minutes_per_day();
        let time = |change: &Change| change.time.unwrap_or(0);
        let reading = |date: Date, sum: i64| Reading {
            date,
            height: sum as f64 / per_day.max(1) as f64,
            label: format::working_days(sum, per_day),
        };
        of(report, self, "working days".to_owned(), &Quantity { size: &time, reading: &reading })
    }
}

/// What is added up: how much of it a change takes, and a sum as it is read.
struct Quantity<'a> {
    size: &'a dyn Fn(&Change) -> i64,
    reading: &'a dyn Fn(Date, i64) -> Reading,
}

/// The steps of one quantity; none where every change leaves it alone.
fn of(report: &ProjectReport, chart: &dyn Chart, unit: String, quantity: &Quantity<'_>) -> Option<Drawing> {
    let day = report.status_date;
    let changes = &report.project.registers.changes;
    let steps = |when: &dyn Fn(&Change) -> Option<Date>| {
        let dated = changes.iter().filter_map(|change| Some((when(change)?, (quantity.size)(change))));
        let mut dated: Vec<(Date, i64)> = dated.filter(|(date, by)| *date <= day && *by != 0).collect();
        dated.sort_unstable();
        dated
    };
    let asked = steps(&|change| change.submitted.or(change.decided));
    let approved = steps(&|change| change.decided.filter(|_| change.is_approved(day)));
    if asked.is_empty() {
        return None;
    }
    let first = asked.iter().chain(&approved).map(|(date, _)| *date).min().unwrap_or(day);
    let start = report.project.start.day.min(first);
    let sums = |steps: Vec<(Date, i64)>| {
        let mut sum = 0;
        let mut readings = vec![(quantity.reading)(start, 0)];
        for (date, by) in steps {
            sum += by;
            readings.retain(|known: &Reading| known.date != date);
            readings.push((quantity.reading)(date, sum));
        }
        if readings.last().is_some_and(|last| last.date < day) {
            readings.push((quantity.reading)(day, sum));
        }
        readings
    };
    Some(draw(&ChangeStepsInput {
        name: chart.name(),
        title: chart.title().to_owned(),
        unit,
        status_date: day,
        asked: sums(asked),
        approved: sums(approved),
    }))
}

/// Draws the steps.
#[must_use]
pub fn draw(input: &ChangeStepsInput) -> Drawing {
    let line = |name, ink, readings| TimeLine { name, ink, shape: Shape::Steps, readings };
    let drawn = [
        line("Asked for", Ink::Planned, input.asked.as_slice()),
        line("Approved", Ink::Done, input.approved.as_slice()),
    ];
    let lines = TimeLines {
        name: input.name,
        id_prefix: input.name,
        unit: &input.unit,
        status_date: input.status_date,
        until: input.status_date,
        lines: drawn.to_vec(),
        levels: Vec::new(),
    };
    let last =
        |readings: &[Reading]| readings.last().map(|reading| reading.label.clone()).unwrap_or_default();
    let sentence = format!(
        "Changes worth {} have been asked for, {} of it approved.",
        last(&input.asked),
        last(&input.approved)
    );
    let svg = [Column::Wide, Column::Narrow]
        .map(|column| paint(&lines, column).finish(&input.title, &sentence))
        .concat();
    let table = table(format!("{}: at the end of the day ({})", input.title, input.unit), &drawn);
    Drawing { name: input.name, svg, title: input.title.clone(), sentence, table }
}
