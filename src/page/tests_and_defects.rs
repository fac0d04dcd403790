//! Quality in figures: tests planned and passed, defects found and mended.

use serde::Serialize;

use crate::control::{DefectTrend, Escape, escape};
use crate::diagnostic::Span;
use crate::format;
use crate::model::{Defect, TestCount, TestRun};
use crate::page::desk::{Desk, days_of};
use crate::page::explain::slug;
use crate::page::prose::Prose;
use crate::page::view::{Cell, Chart, Fact, Row, Status, Table};
use crate::quantity::Ratio;

/// Tests and defects of a project.
#[derive(Clone, Debug, Serialize)]
pub struct Quality {
    /// How quality is proven, in the author's words, as harmless HTML.
    pub approach: Option<Prose>,
    /// Test runs, and their sum where there are several.
    pub tests: Table,
    /// Defects by severity.
    pub defects: Table,
    /// Every open defect, the most severe and oldest first.
    pub open: Table,
    /// Tests run and passed over time; none where they were counted once.
    pub test_chart: Option<Chart>,
    /// Defects found and closed over time.
    pub defect_chart: Option<Chart>,
    /// Ages and how many came back; empty without a defect.
    pub defect_facts: Vec<Fact>,
}

/// The worst severity and the mildest.
const SEVERITIES: std::ops::RangeInclusive<u8> = 1..=4;

/// Puts tests and defects together; none where nothing is recorded.
#[must_use]
pub fn quality(desk: &Desk<'_>) -> Option<Quality> {
    let project = &desk.project.project;
    if project.quality.is_none() && project.defects.is_empty() {
        return None;
    }
    Some(Quality {
        approach: approach(desk),
        tests: tests(desk),
        defects: defects(desk),
        open: open_defects(desk),
        test_chart: desk.chart("test-progress"),
        defect_chart: desk.chart("defect-trend"),
        defect_facts: defect_facts(desk),
    })
}

fn trend(desk: &Desk<'_>) -> Option<DefectTrend> {
    let project = &desk.project.project;
    DefectTrend::of(&project.defects, &project.working_time(), desk.project.status_date)
}

/// How old the open defects are, and how many came back.
#[must_use]
pub fn defect_facts(desk: &Desk<'_>) -> Vec<Fact> {
    let Some(trend) = trend(desk) else { return Vec::new() };
    let mut facts = Vec::new();
    if let (Some(half), Some(most)) = (trend.age(50), trend.age(90)) {
        facts.push(Fact {
            note: Some(format!("nine of ten at most {}", days_of(most))),
            ..Fact::new("Half of the open defects are at most", format!("{} old", days_of(half)))
                .explained(desk.explained("defects-p50"))
        });
    }
    let came_back = match trend.reopen_rate() {
        Some(rate) => format!(
            "{} of {} once closed, {}",
            trend.n_came_back,
            trend.n_closed_ever,
            format::share(rate.get())
        ),
        None => "none has been closed yet".to_owned(),
    };
    let times = (trend.n_returns > trend.n_came_back)
        .then(|| format!("{} in all", format::count(trend.n_returns, "time")));
    facts.push(Fact {
        note: times,
        ..Fact::new("Came back", came_back).explained(desk.explained("defects-came-back"))
    });
    facts.push(escaped(desk));
    facts
}

/// Defects found after what they belong to had been accepted, or after go-live.
fn escaped(desk: &Desk<'_>) -> Fact {
    let project = &desk.project.project;
    let found = project.defects.iter().filter(|defect| defect.opened <= desk.project.status_date);
    let words: Vec<String> = found
        .filter_map(|defect| {
            let after = match escape(project, defect)? {
                Escape::Acceptance(id, day) => format!("{id} was accepted on {}", format::date(day)),
                Escape::GoLive(day) => format!("G3 was passed on {}", format::date(day)),
            };
            Some(format!("{} ({after})", defect.id))
        })
        .collect();
    let value = if words.is_empty() {
        "none after acceptance or go-live".to_owned()
    } else {
        words.len().to_string()
    };
    Fact {
        note: (!words.is_empty()).then(|| format::listed(&words)),
        ..Fact::new("Escaped", value).explained(desk.explained("defects-all.escaped"))
    }
}

/// How quality is proven; none where it is not written.
#[must_use]
pub fn approach(desk: &Desk<'_>) -> Option<Prose> {
    let options = crate::prose::MarkdownOptions { heading_level_offset: 2, ..Default::default() };
    let written = desk.project.project.quality.as_ref()?.approach.as_ref()?;
    Prose::text(&written.markdown, &options)
}

/// Test runs: how many were run of those planned, and how many passed of those run.
#[must_use]
pub fn tests(desk: &Desk<'_>) -> Table {
    let mut table = Table::new(&[
        "Test",
        "As of",
        "#Planned",
        "#Run",
        "#Passed",
        "#Failed",
        "#Blocked",
        "#Coverage",
        "#Pass rate",
    ]);
    let all = tests_until(desk);
    for (place, (test, count)) in all.iter().enumerate() {
        table.push(test_row(desk, test, count, place));
    }
    if all.len() > 1 {
        let sum = |count: fn(&TestCount) -> i64| all.iter().map(|(_, test)| count(test)).sum::<i64>();
        let (planned, run, passed) = (sum(|t| t.planned), sum(|t| t.run), sum(|t| t.passed));
        let mut cells = vec![Cell::text("All tests"), Cell::default()];
        let shown = |text: String, key: &str| Cell::text(text).explained(desk.explained(key));
        let counts = [
            (planned, "tests-planned"),
            (run, "tests-run"),
            (passed, "tests-passed"),
            (sum(|t| t.failed), "tests-failed"),
            (sum(|t| t.blocked), "tests-blocked"),
        ];
        cells.extend(counts.map(|(count, key)| shown(format::whole(count), key)));
        cells.push(shown(share(run, planned), "tests-coverage"));
        cells.push(shown(share(passed, run), "tests-pass-rate"));
        table.push(Row::new(cells).class("total"));
    }
    table
}

/// Every test with the cases it plans, whenever they are run.
#[must_use]
pub fn tests_planned(desk: &Desk<'_>) -> Table {
    let mut table = Table::new(&["Test", "#Cases planned"]);
    for test in desk.project.project.quality.iter().flat_map(|quality| &quality.tests) {
        let planned = whole(test.planned).explained(desk.href_of_field(test.origin, "planned"));
        table.push(Row::new(vec![desk.line(&test.name), planned]));
    }
    table
}

/// Every test that is planned, as of its newest count by the status date; one that nobody had counted yet has none of its cases run.
#[must_use]
pub fn tests_until<'a>(desk: &Desk<'a>) -> Vec<(&'a TestRun, TestCount)> {
    let day = desk.project.status_date;
    let plan = desk.project.project.quality.iter();
    plan.flat_map(|quality| &quality.tests).map(|test| (test, test.position_on(day))).collect()
}

/// Whether nobody had counted a test by the status date.
#[must_use]
pub fn is_before_first_count(desk: &Desk<'_>, test: &TestRun) -> bool {
    test.count_on(desk.project.status_date).is_none()
}

fn test_row(desk: &Desk<'_>, test: &TestRun, count: &TestCount, place: usize) -> Row {
    let as_of = if is_before_first_count(desk, test) {
        Cell::text("not begun").class("muted")
    } else {
        desk.date(count.date)
    };
    let mut cells = vec![desk.line(&test.name), as_of];
    let typed = |(field, number): (&str, i64)| {
        whole(number).explained(desk.href_place(place_of_count(desk, test, count, field)))
    };
    let counts = [
        ("planned", count.planned),
        ("run", count.run),
        ("passed", count.passed),
        ("failed", count.failed),
        ("blocked", count.blocked),
    ];
    cells.extend(counts.map(typed));
    let shown = |text: String, key: &str| {
        Cell::text(text).explained(desk.explained(&format!("test-{}.{key}", place + 1)))
    };
    cells.push(shown(share(count.run, count.planned), "coverage"));
    cells.push(shown(share(count.passed, count.run), "pass-rate"));
    Row::new(cells)
}

/// Where a count of a test stands: at the entry of its day. The cases planned of an earlier day may stand at the test alone, and that
/// none was run before the first count stands nowhere but there.
#[must_use]
pub fn place_of_count(desk: &Desk<'_>, test: &TestRun, count: &TestCount, field: &str) -> Span {
    if field != "planned" && is_before_first_count(desk, test) {
        return test.origin;
    }
    let places = &desk.project.project.places;
    let of_test = || places.of(test.origin, field).filter(|_| field == "planned");
    places.of(count.origin, field).or_else(of_test).unwrap_or(count.origin)
}

fn whole(number: i64) -> Cell {
    Cell::text(format::whole(number))
}

/// A share as a percentage; the dash where there is nothing to divide by.
#[must_use]
pub fn share(part: i64, base: i64) -> String {
    Ratio::of(part as f64, base as f64)
        .map_or_else(|| format::NOTHING.to_owned(), |ratio| format::share(ratio.get()))
}

/// Defects found, closed and open, by severity; empty where none was recorded.
#[must_use]
pub fn defects(desk: &Desk<'_>) -> Table {
    let mut table =
        Table::new(&["Severity", "#Found", "#Closed", "#Open", "#Came back", "#Escaped", "Oldest open"]);
    let day = desk.project.status_date;
    let all: Vec<&Defect> =
        desk.project.project.defects.iter().filter(|defect| defect.opened <= day).collect();
    if all.is_empty() {
        return table;
    }
    for severity in SEVERITIES {
        let own: Vec<&Defect> = all.iter().copied().filter(|defect| defect.severity == severity).collect();
        if !own.is_empty() || severity <= 2 {
            table.push(defect_row(desk, (severity_words(severity), &severity.to_string()), &own));
        }
    }
    table.push(defect_row(desk, ("All defects".to_owned(), "all"), &all).class("total"));
    table
}

fn severity_words(severity: u8) -> String {
    match severity {
        1 => "1, worst".to_owned(),
        4 => "4, mildest".to_owned(),
        other => other.to_string(),
    }
}

fn defect_row(desk: &Desk<'_>, (label, key): (String, &str), own: &[&Defect]) -> Row {
    let day = desk.project.status_date;
    let open: Vec<&&Defect> = own.iter().filter(|defect| defect.is_open(day)).collect();
    let n_back = own.iter().filter(|defect| defect.n_returns(day) > 0).count();
    let n_escaped = own.iter().filter(|defect| escape(&desk.project.project, defect).is_some()).count();
    let oldest = open.iter().map(|defect| defect.opened).min();
    let count = |number: usize, part: &str| {
        Cell::text(number.to_string()).explained(desk.explained(&format!("defects-{key}.{part}")))
    };
    Row::new(vec![
        Cell::text(label),
        count(own.len(), "found"),
        count(own.len() - open.len(), "closed"),
        count(open.len(), "open"),
        count(n_back, "back"),
        count(n_escaped, "escaped"),
        Cell::maybe(oldest.map(|opened| days_of(desk.working_days_from(opened, day)))),
    ])
}

/// Every open defect, the most severe and oldest first.
#[must_use]
pub fn open_defects(desk: &Desk<'_>) -> Table {
    let day = desk.project.status_date;
    let mut table = Table::new(&["Defect", "", "Severity", "#Age", "Owner", "Workaround"]);
    let mut open: Vec<&Defect> =
        desk.project.project.defects.iter().filter(|defect| defect.is_open(day)).collect();
    open.sort_by_key(|defect| (defect.severity, defect.opened));
    for defect in open {
        let severity = match defect.severity {
            1 => Status::red("1"),
            2 => Status::amber("2"),
            other => Status::unknown(other.to_string()),
        };
        table.push(Row::new(vec![
            Cell::text(&*defect.id).class("nowrap"),
            Cell::text(&*defect.title)
                .note_if(defect.belongs_to.as_ref().map(|to| format!("belongs to {to}"))),
            Cell::status(severity),
            Cell::text(format!("{}\u{a0}d", desk.working_days_from(defect.opened, day)))
                .explained(desk.explained(&format!("defect-{}.age", slug(&defect.id)))),
            desk.person(defect.owner),
            Cell::maybe(defect.workaround.clone()),
        ]));
    }
    table
}
