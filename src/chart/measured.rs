//! What was measured over time against what it is to be: a benefit against its target, an indicator of early life against
//! its limit.
//!
//! Answers: does it get there, does it stay inside? Each benefit and each indicator has a drawing of its own.

use jiff::civil::Date;

use crate::chart::Drawing;
use crate::chart::kit::ink::Ink;
use crate::chart::kit::reading::Reading;
use crate::chart::kit::svg::Column;
use crate::chart::time_lines::{Level, Shape, TimeLine, TimeLines, paint, table};
use crate::control::{BenefitForecast, FEWEST_READINGS};
use crate::format;
use crate::model::{Benefit, BenefitReading, Bound, Indicator};
use crate::report::ProjectReport;

/// What a measurement is drawn from.
#[derive(Clone, Debug)]
pub struct MeasuredInput {
    /// Begins every id in the markup; unique on the page.
    pub id_prefix: String,
    /// Name of the kind of chart: `benefit` or `indicator`.
    pub name: &'static str,
    /// Heading of the chart.
    pub title: String,
    /// Unit of the axis; empty where none is written.
    pub unit: String,
    /// The status line stands at the end of this date.
    pub status_date: Date,
    /// The axis reaches to this date.
    pub until: Date,
    /// What was measured.
    pub readings: Vec<Reading>,
    /// The computed line ahead; empty where there is none.
    pub ahead: Vec<Reading>,
    /// The value before, the target or the limit.
    pub levels: Vec<Mark>,
    /// What it shows, in one sentence.
    pub sentence: String,
}

/// A value that is held against.
#[derive(Clone, Debug, PartialEq)]
pub struct Mark {
    /// `Before`, `Target`, `Limit`.
    pub name: String,
    /// The value in words.
    pub label: String,
    /// Where it lies.
    pub height: f64,
}

/// Draws a measurement.
#[must_use]
pub fn draw(input: &MeasuredInput) -> Drawing {
    let mut lines = vec![TimeLine {
        name: "Measured",
        ink: Ink::Done,
        shape: Shape::Marks,
        readings: input.readings.as_slice(),
    }];
    if !input.ahead.is_empty() {
        let readings = input.ahead.as_slice();
        lines.push(TimeLine { name: "Forecast", ink: Ink::Forecast, shape: Shape::Plain, readings });
    }
    let levels = input.levels.iter().map(|mark| Level {
        name: mark.name.clone(),
        label: mark.label.clone(),
        height: mark.height,
        ink: if mark.name == "Before" { Ink::Planned } else { Ink::Ceiling },
    });
    let drawn = TimeLines {
        name: input.name,
        id_prefix: &input.id_prefix,
        unit: &input.unit,
        status_date: input.status_date,
        until: input.until,
        lines: lines.clone(),
        levels: levels.collect(),
    };
    let svg = [Column::Wide, Column::Narrow]
        .map(|column| paint(&drawn, column).finish(&input.title, &input.sentence))
        .concat();
    let mut table = table(input.title.clone(), &lines);
    for mark in &input.levels {
        let mut row = vec![mark.name.clone(), mark.label.clone()];
        row.resize(table.head.len(), format::NOTHING.to_owned());
        table.rows.push(row);
    }
    Drawing { name: input.name, svg, title: input.title.clone(), sentence: input.sentence.clone(), table }
}

/// The chart of the benefit with this id; `None` where nothing has been measured by the status date.
#[must_use]
pub fn of_benefit(report: &ProjectReport, id: &str) -> Option<Drawing> {
    let benefit = report.project.benefits.iter().find(|benefit| benefit.id.as_str() == id)?;
    let (day, unit) = (report.status_date, benefit.unit.as_deref());
    let readings = readings(&benefit.readings, day, unit);
    let newest = readings.last()?.clone();
    let mark = |name: &str, thousandths: i64| Mark {
        name: name.to_owned(),
        label: format::measure(thousandths, unit),
        height: height(thousandths),
    };
    let before = benefit.baseline.map(|value| mark("Before", value));
    let target = benefit.target.map(|value| mark("Target", value));
    let forecast = BenefitForecast::of(benefit, day);
    let ahead = match (forecast, benefit.due) {
        (BenefitForecast::Along { thousandths, .. }, Some(due)) => {
            let label = format::measure(thousandths, unit);
            vec![newest.clone(), Reading { label, ..reading(due, thousandths, unit) }]
        }
        _ => Vec::new(),
    };
    Some(draw(&MeasuredInput {
        id_prefix: format!("chart-benefit-{id}"),
        name: "benefit",
        title: crate::prose::inline_text(&benefit.benefit.markdown),
        unit: unit.unwrap_or_default().to_owned(),
        status_date: day,
        until: benefit.due.unwrap_or(day),
        sentence: benefit_sentence(benefit, &newest, forecast),
        readings,
        ahead,
        levels: before.into_iter().chain(target).collect(),
    }))
}

fn benefit_sentence(benefit: &Benefit, newest: &Reading, forecast: BenefitForecast) -> String {
    let unit = benefit.unit.as_deref();
    let target = benefit.target.map(|target| format::measure(target, unit));
    let due = benefit.due.map(|due| format!(" on {}", format::date(due))).unwrap_or_default();
    let read = format!("{} on {}", newest.label, format::date(newest.date));
    let aim = target.map(|target| format!(", the target is {target}")).unwrap_or_default();
    match forecast {
        BenefitForecast::Along { thousandths, is_held, .. } => {
            let held = if is_held { ", where the measure ends: the line runs further" } else { "" };
            format!(
                "{read}; on the straight line through the readings {} is to be expected{due}{held}{aim}.",
                format::measure(thousandths, unit)
            )
        }
        BenefitForecast::TooFew(number) => {
            format!("{read}{aim}; too few readings for a forecast: {number} of {FEWEST_READINGS}.")
        }
        _ => format!("{read}{aim}."),
    }
}

/// The chart of the indicator at this place of `handover.yaml`, counted from 1; `None` where nothing has been measured by
/// the status date.
#[must_use]
pub fn of_indicator(report: &ProjectReport, number: usize) -> Option<Drawing> {
    let indicator = report.project.handover.as_ref()?.indicators.get(number.checked_sub(1)?)?;
    let (day, unit) = (report.status_date, indicator.unit.as_deref());
    let readings = readings(&indicator.readings, day, unit);
    let newest = readings.last()?.clone();
    let limit = indicator.bound.map(|bound| Mark {
        name: "Limit".to_owned(),
        // The axis names the unit; a long one would leave the sheet.
        label: bound_words(bound, unit.filter(|unit| unit.chars().count() <= 12)),
        height: height(bound.thousandths()),
    });
    Some(draw(&MeasuredInput {
        id_prefix: format!("chart-indicator-{number}"),
        name: "indicator",
        title: crate::prose::inline_text(&indicator.indicator.markdown),
        unit: unit.unwrap_or_default().to_owned(),
        status_date: day,
        until: day,
        sentence: indicator_sentence(indicator, &newest, day),
        readings,
        ahead: Vec::new(),
        levels: limit.into_iter().collect(),
    }))
}

/// A limit in words: `at most 2 incidents a week`.
#[must_use]
pub fn bound_words(bound: Bound, unit: Option<&str>) -> String {
    let side = match bound {
        Bound::AtMost(_) => "at most",
        Bound::AtLeast(_) => "at least",
    };
    format!("{side} {}", format::measure(bound.thousandths(), unit))
}

fn indicator_sentence(indicator: &Indicator, newest: &Reading, day: Date) -> String {
    let read = format!("{} on {}", newest.label, format::date(newest.date));
    let Some(bound) = indicator.bound else { return format!("{read}; there is no limit in numbers.") };
    let known: Vec<&BenefitReading> =
        indicator.readings.iter().filter(|reading| reading.date <= day).collect();
    let n_kept = known.iter().filter(|reading| bound.is_kept_by(reading.thousandths)).count();
    let state = if indicator.is_within(day) == Some(true) { "inside" } else { "outside" };
    format!(
        "{read}, {state} the limit of {}; {n_kept} of {} kept it.",
        bound_words(bound, indicator.unit.as_deref()),
        format::count(known.len(), "reading")
    )
}

/// Whether there is more than one reading by a day: a single one is told by the table, and a drawing of it shows nothing else.
#[must_use]
pub fn is_a_course(all: &[BenefitReading], day: Date) -> bool {
    all.iter().filter(|known| known.date <= day).count() > 1
}

fn readings(all: &[BenefitReading], day: Date, unit: Option<&str>) -> Vec<Reading> {
    let known = all.iter().filter(|known| known.date <= day);
    known.map(|known| reading(known.date, known.thousandths, unit)).collect()
}

fn reading(date: Date, thousandths: i64, unit: Option<&str>) -> Reading {
    Reading { date, height: height(thousandths), label: format::measure(thousandths, unit) }
}

fn height(thousandths: i64) -> f64 {
    thousandths as f64 / 1_000.0
}
