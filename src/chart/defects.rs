//! Defects found and closed over time: the gap between the two lines is what is open.
//!
//! Answers: do we mend as fast as we find?

use jiff::civil::Date;

use crate::chart::kit::ink::Ink;
use crate::chart::kit::reading::Reading;
use crate::chart::kit::svg::Column;
use crate::chart::time_lines::{Shape, TimeLine, TimeLines, paint, table};
use crate::chart::{Chart, Drawing, LinkTo};
use crate::control::DefectTrend;
use crate::format;
use crate::report::ProjectReport;

/// What the lines are drawn from.
#[derive(Clone, Debug)]
pub struct DefectsInput {
    /// Begins every id in the markup; unique on the page.
    pub id_prefix: String,
    /// Heading of the chart.
    pub title: String,
    /// The lines end here.
    pub status_date: Date,
    /// How many had been found by the end of each day.
    pub found: Vec<Reading>,
    /// How many of those were closed.
    pub closed: Vec<Reading>,
    /// How many were open.
    pub open: Vec<Reading>,
}

/// The defects of a project.
#[derive(Debug)]
pub struct Defects;

impl Chart for Defects {
    fn name(&self) -> &'static str {
        "defect-trend"
    }

    fn title(&self) -> &'static str {
        "Defects found and closed"
    }

    fn question(&self) -> &'static str {
        "Do we mend as fast as we find?"
    }

    /// `None` where no defect has been found.
    fn draw(&self, report: &ProjectReport, _link_to: LinkTo<'_>) -> Option<Drawing> {
        let working_time = report.project.working_time();
        let trend = DefectTrend::of(&report.project.defects, &working_time, report.status_date)?;
        let readings = |count: fn(&crate::control::DefectPoint) -> usize| {
            trend.points.iter().map(|point| count_on(point.date, count(point))).collect()
        };
        Some(draw(&DefectsInput {
            id_prefix: self.name().to_owned(),
            title: self.title().to_owned(),
            status_date: report.status_date,
            found: readings(|point| point.found),
            closed: readings(|point| point.closed),
            open: readings(|point| point.open()),
        }))
    }
}

/// A count as of a day.
pub(crate) fn count_on(date: Date, count: usize) -> Reading {
    Reading { date, height: count as f64, label: count.to_string() }
}

/// Draws the defects.
#[must_use]
pub fn draw(input: &DefectsInput) -> Drawing {
    let line = |name, ink, readings| TimeLine { name, ink, shape: Shape::Steps, readings };
    let found = line("Found", Ink::Worse, input.found.as_slice());
    let closed = line("Closed", Ink::Done, input.closed.as_slice());
    let open = line("Open", Ink::Rest, input.open.as_slice());
    let lines = TimeLines {
        name: "defect-trend",
        id_prefix: &input.id_prefix,
        unit: "defects",
        status_date: input.status_date,
        until: input.status_date,
        lines: vec![found.clone(), closed.clone()],
        levels: Vec::new(),
    };
    let sentence = sentence(input);
    let svg = [Column::Wide, Column::Narrow]
        .map(|column| paint(&lines, column).finish(&input.title, &sentence))
        .concat();
    let table = table(format!("{}: at the end of the day", input.title), &[found, closed, open]);
    Drawing { name: "defect-trend", svg, title: input.title.clone(), sentence, table }
}

fn sentence(input: &DefectsInput) -> String {
    let last =
        |readings: &[Reading]| readings.last().map_or("0", |reading| reading.label.as_str()).to_owned();
    let most = input.open.iter().max_by(|first, second| first.height.total_cmp(&second.height));
    let peak = most.map(|most| format!("; at most {} were, on {}", most.label, format::date(most.date)));
    format!(
        "{} found, {} closed; the gap between the lines, {}, is what is open{}.",
        last(&input.found),
        last(&input.closed),
        last(&input.open),
        peak.unwrap_or_default()
    )
}
