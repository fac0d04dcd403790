//! Charts of registers, quality and benefits with awkward numbers, for the tests that every chart must pass.

use jiff::civil::Date;

use super::acceptance::{self, AcceptanceInput, AcceptanceRow};
use super::change_steps::{self, ChangeStepsInput};
use super::defects::{self, DefectsInput};
use super::dot_matrix::DotMark;
use super::issue_ages::{self, IssueAge, IssueAgesInput};
use super::kit::reading::Reading;
use super::measured::{self, Mark, MeasuredInput};
use super::outside_margins::{self, MarginRow, OutsideMarginsInput};
use super::requirements::{self, RequirementRow, RequirementsInput};
use super::test_progress::{self, TestPoint, TestProgressInput};
use super::{DataTable, Drawing};
use crate::control::RequirementPosition;

fn day(text: &str) -> Date {
    text.parse().unwrap()
}

fn line(points: &[(&str, f64, &str)]) -> Vec<Reading> {
    let reading = |(date, height, label): &(&str, f64, &str)| Reading {
        date: day(date),
        height: *height,
        label: (*label).to_owned(),
    };
    points.iter().map(reading).collect()
}

fn margins() -> OutsideMarginsInput {
    let row = |name: &str, margin: i64, week_later: &str| MarginRow {
        name: name.to_owned(),
        href: None,
        margin,
        is_overdue: margin == 0,
        needed_by: "26 Nov 2026".to_owned(),
        week_later: week_later.to_owned(),
    };
    OutsideMarginsInput {
        id_prefix: "m".to_owned(),
        title: "Margins".to_owned(),
        rows: vec![
            row(
                "X3 Opening hours and contacts of every branch and of its two deputies",
                -23,
                "19\u{a0}working days later",
            ),
            row("X4 Short", 0, ""),
            row("X2 Firewall rules", 4, "no later"),
            row("X5 Long in hand", 61, "no later"),
        ],
    }
}

fn defects_found() -> DefectsInput {
    DefectsInput {
        id_prefix: "q".to_owned(),
        title: "Defects".to_owned(),
        status_date: day("2026-11-20"),
        found: line(&[("2026-11-17", 1.0, "1"), ("2026-11-18", 3.0, "3"), ("2026-11-20", 3.0, "3")]),
        closed: line(&[("2026-11-17", 0.0, "0"), ("2026-11-19", 1.0, "1"), ("2026-11-20", 1.0, "1")]),
        open: line(&[("2026-11-17", 1.0, "1"), ("2026-11-18", 3.0, "3"), ("2026-11-20", 2.0, "2")]),
    }
}

fn tests_run() -> TestProgressInput {
    let point = |date: &str, run: i64, passed: i64| TestPoint { date: day(date), planned: 126, run, passed };
    TestProgressInput {
        id_prefix: "t".to_owned(),
        title: "Tests".to_owned(),
        status_date: day("2026-11-20"),
        points: vec![point("2026-11-17", 0, 0), point("2026-11-18", 13, 11), point("2026-11-20", 17, 17)],
    }
}

fn benefit(ahead: Vec<Reading>) -> MeasuredInput {
    let mark = |name: &str, height: f64, label: &str| Mark {
        name: name.to_owned(),
        label: label.to_owned(),
        height,
    };
    MeasuredInput {
        id_prefix: "b".to_owned(),
        name: "benefit",
        title: "Fewer complaints".to_owned(),
        unit: "complaints a month".to_owned(),
        status_date: day("2026-11-20"),
        until: day("2027-03-31"),
        readings: line(&[("2026-08-31", 33.0, "33"), ("2026-10-31", 30.0, "30")]),
        ahead,
        levels: vec![mark("Before", 31.0, "31"), mark("Target", 10.0, "10")],
        sentence: "30 on 31 Oct 2026.".to_owned(),
    }
}

fn changes() -> ChangeStepsInput {
    ChangeStepsInput {
        name: "change-cost",
        title: "Cost of changes".to_owned(),
        unit: "EUR".to_owned(),
        status_date: day("2026-11-20"),
        asked: line(&[
            ("2026-08-03", 0.0, "0 EUR"),
            ("2026-11-12", 760.0, "760 EUR"),
            ("2026-11-20", 760.0, "760 EUR"),
        ]),
        approved: line(&[("2026-08-03", 0.0, "0 EUR"), ("2026-11-20", 0.0, "0 EUR")]),
    }
}

fn issues() -> IssueAgesInput {
    let age = |name: &str, days: i64, is_late: bool| IssueAge {
        name: name.to_owned(),
        href: None,
        days,
        target: "24 Nov 2026".to_owned(),
        is_late,
    };
    IssueAgesInput {
        id_prefix: "i".to_owned(),
        title: "Issues".to_owned(),
        rows: vec![
            age("I-07 Carrier has not switched on the uplink of the second pilot branch", 120, true),
            age("I-01 New", 0, false),
        ],
    }
}

fn deliverables() -> AcceptanceInput {
    let row = |name: &str, criteria: &[(&str, Option<(i64, i64)>)], acceptance: DotMark| AcceptanceRow {
        name: name.to_owned(),
        href: None,
        criteria: criteria.iter().map(|(name, met)| ((*name).to_owned(), *met)).collect(),
        acceptance,
        acceptance_words: "submitted, not accepted".to_owned(),
    };
    AcceptanceInput {
        id_prefix: "a".to_owned(),
        title: "Acceptance".to_owned(),
        rows: vec![
            row("D1 Design", &[], DotMark::Met),
            row(
                "D2 Fourteen branches on new equipment, each with a certificate and a fail-over line",
                &[("Certified", Some((2, 14))), ("Tested", Some((14, 14))), ("No hour lost", Some((0, 14)))],
                DotMark::Open,
            ),
            row("D3 Manual", &[("Read once", None)], DotMark::Unseen),
        ],
    }
}

fn asked_for() -> RequirementsInput {
    let row = |name: &str, deliverables: (i64, i64), n_tests: i64, passed: (i64, i64)| RequirementRow {
        name: name.to_owned(),
        position: RequirementPosition { deliverables, n_tests, passed },
    };
    RequirementsInput {
        id_prefix: "w".to_owned(),
        title: "Requirements".to_owned(),
        rows: vec![
            row("REQ-1 Wi-Fi in every room in which customers are served", (1, 2), 1, (16, 112)),
            row("REQ-2 Works on", (1, 1), 1, (14, 14)),
            row("REQ-3 Can be restarted", (0, 0), 0, (0, 0)),
        ],
    }
}

/// A drawing of each of these charts.
pub(super) fn samples() -> Vec<Drawing> {
    vec![
        outside_margins::draw(&margins()),
        issue_ages::draw(&issues()),
        acceptance::draw(&deliverables()),
        requirements::draw(&asked_for()),
        change_steps::draw(&changes()),
        defects::draw(&defects_found()),
        test_progress::draw(&tests_run()),
        measured::draw(&benefit(Vec::new())),
        measured::draw(&benefit(line(&[("2026-10-31", 30.0, "30"), ("2027-03-31", 22.4, "22.4")]))),
    ]
}

/// The cells of a table, with the spaces that one can type.
fn cells(table: &DataTable) -> Vec<Vec<String>> {
    table.rows.iter().map(|row| row.iter().map(|cell| plain(cell)).collect()).collect()
}

fn plain(text: &str) -> String {
    text.replace('\u{a0}', " ")
}

#[test]
fn margins_speak_of_the_latest_first() {
    let drawing = outside_margins::draw(&margins());
    assert!(plain(&drawing.sentence).starts_with("1 of 4 open requests"), "{}", drawing.sentence);
    assert_eq!(cells(&drawing.table)[0][2..], ["−23", "finish 19 working days later"]);
}

#[test]
fn acceptance_counts_criteria_met_and_not_looked_at() {
    let drawing = acceptance::draw(&deliverables());
    assert_eq!(
        plain(&drawing.sentence),
        "1 of 3 deliverables accepted; of 4 criteria, 1 met in full, 1 not looked at."
    );
    let rows = cells(&drawing.table);
    assert_eq!(rows[1][1..], ["Certified", "2 of 14", "in part"]);
    assert_eq!(rows[3][2..], ["0 of 14", "not met"]);
}

#[test]
fn requirements_are_counted_in_each_regard() {
    let drawing = requirements::draw(&asked_for());
    assert_eq!(
        plain(&drawing.sentence),
        "Of 3 requirements, 2 are met by a deliverable, 2 are proven by a test; 1 passed in full, 1 accepted."
    );
    assert_eq!(cells(&drawing.table)[0][1..], ["1 of 2", "1", "16 of 112"]);
}

#[test]
fn coverage_and_pass_rate_stand_beside_the_counts() {
    let drawing = test_progress::draw(&tests_run());
    assert_eq!(drawing.table.head, ["Date", "Planned", "Run", "Passed", "Coverage", "Pass rate"]);
    assert_eq!(cells(&drawing.table)[1][1..4], ["126", "13", "11"]);
    assert_eq!(cells(&drawing.table)[0][5], "—");
}

#[test]
fn the_gap_between_found_and_closed_is_told() {
    let drawing = defects::draw(&defects_found());
    assert_eq!(
        plain(&drawing.sentence),
        "3 found, 1 closed; the gap between the lines, 2, is what is open; at most 3 were, on 18 Nov 2026."
    );
    assert_eq!(cells(&drawing.table)[1], ["18 Nov 2026", "3", "0", "3"]);
}

#[test]
fn a_measurement_has_no_value_between_its_readings() {
    let drawing = measured::draw(&benefit(line(&[("2026-10-31", 30.0, "30"), ("2027-03-31", 22.4, "22.4")])));
    let rows = cells(&drawing.table);
    assert_eq!(rows[0], ["31 Aug 2026", "33", "—"]);
    assert_eq!(rows[2], ["31 Mar 2027", "—", "22.4"]);
    assert_eq!(rows[4][..2], ["Target", "10"]);
}
