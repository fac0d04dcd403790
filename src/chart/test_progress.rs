//! Tests run and passed over time, against those planned.
//!
//! Answers: will all be tested, and does it pass? Coverage and pass rate stand in the table; a high rate of few tests says
//! little.

use jiff::civil::Date;

use crate::chart::defects::count_on;
use crate::chart::kit::ink::Ink;
use crate::chart::kit::reading::Reading;
use crate::chart::kit::svg::Column;
use crate::chart::time_lines::{Shape, TimeLine, TimeLines, paint, table};
use crate::chart::{Chart, Drawing, LinkTo};
use crate::format;
use crate::model::TestCount;
use crate::quantity::Ratio;
use crate::report::ProjectReport;

/// What the lines are drawn from.
#[derive(Clone, Debug)]
pub struct TestProgressInput {
    /// Begins every id in the markup; unique on the page.
    pub id_prefix: String,
    /// Heading of the chart.
    pub title: String,
    /// The lines end here.
    pub status_date: Date,
    /// Cases planned, run and passed as of the end of each day on which somebody counted.
    pub points: Vec<TestPoint>,
}

/// All tests together on a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TestPoint {
    /// The day.
    pub date: Date,
    /// Cases planned.
    pub planned: i64,
    /// Cases run.
    pub run: i64,
    /// Cases passed.
    pub passed: i64,
}

/// The tests of a project.
#[derive(Debug)]
pub struct TestProgress;

impl Chart for TestProgress {
    fn name(&self) -> &'static str {
        "test-progress"
    }

    fn title(&self) -> &'static str {
        "Tests run and passed"
    }

    fn question(&self) -> &'static str {
        "Will all be tested, and does it pass?"
    }

    /// `None` where tests were counted on fewer than two days.
    fn draw(&self, report: &ProjectReport, _link_to: LinkTo<'_>) -> Option<Drawing> {
        let tests = &report.project.quality.as_ref()?.tests;
        let mut days: Vec<Date> =
            tests.iter().flat_map(|test| test.counts().filter_map(|count| count.date)).collect();
        days.retain(|day| *day <= report.status_date);
        days.sort_unstable();
        days.dedup();
        let point = |date: Date| {
            let counts: Vec<TestCount> = tests.iter().map(|test| test.position_on(date)).collect();
            TestPoint {
                date,
                planned: counts.iter().map(|count| count.planned).sum(),
                run: counts.iter().map(|count| count.run).sum(),
                passed: counts.iter().map(|count| count.passed).sum(),
            }
        };
        (days.len() > 1).then(|| {
            draw(&TestProgressInput {
                id_prefix: self.name().to_owned(),
                title: self.title().to_owned(),
                status_date: report.status_date,
                points: days.into_iter().map(point).collect(),
            })
        })
    }
}

/// Draws the tests.
#[must_use]
pub fn draw(input: &TestProgressInput) -> Drawing {
    let counts = |count: fn(&TestPoint) -> i64| -> Vec<Reading> {
        let whole = |number: i64| usize::try_from(number).unwrap_or(0);
        input.points.iter().map(|point| count_on(point.date, whole(count(point)))).collect()
    };
    let (planned, run, passed) =
        (counts(|point| point.planned), counts(|point| point.run), counts(|point| point.passed));
    let line = |name, ink, readings| TimeLine { name, ink, shape: Shape::Steps, readings };
    let drawn = [
        line("Planned", Ink::Planned, planned.as_slice()),
        line("Run", Ink::Scope, run.as_slice()),
        line("Passed", Ink::Done, passed.as_slice()),
    ];
    let lines = TimeLines {
        name: "test-progress",
        id_prefix: &input.id_prefix,
        unit: "cases",
        status_date: input.status_date,
        until: input.status_date,
        lines: drawn.to_vec(),
        levels: Vec::new(),
    };
    let sentence = sentence(input);
    let svg = [Column::Wide, Column::Narrow]
        .map(|column| paint(&lines, column).finish(&input.title, &sentence))
        .concat();
    let mut table = table(format!("{}: at the end of the day", input.title), &drawn);
    for (head, part, base) in [
        (
            "Coverage",
            (|point| point.run) as fn(&TestPoint) -> i64,
            (|point| point.planned) as fn(&TestPoint) -> i64,
        ),
        ("Pass rate", |point| point.passed, |point| point.run),
    ] {
        table.head.push(head.to_owned());
        table.numeric.push(true);
        for (row, point) in table.rows.iter_mut().zip(&input.points) {
            row.push(rate(part(point), base(point)));
        }
    }
    Drawing { name: "test-progress", svg, title: input.title.clone(), sentence, table }
}

fn rate(part: i64, base: i64) -> String {
    Ratio::of(part as f64, base as f64)
        .map_or_else(|| format::NOTHING.to_owned(), |rate| format::share(rate.get()))
}

fn sentence(input: &TestProgressInput) -> String {
    match input.points.last() {
        Some(last) => format!(
            "{} of {} cases are run, {}; {} of those passed, {}.",
            format::whole(last.run),
            format::whole(last.planned),
            rate(last.run, last.planned),
            format::whole(last.passed),
            rate(last.passed, last.run)
        ),
        None => "No test has been counted.".to_owned(),
    }
}
