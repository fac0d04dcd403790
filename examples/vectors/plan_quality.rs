//! Sections 3.9 and 4.1: expected value of risks, and the indices of the fourteen points.

use std::fmt::Write as _;

use milepost::check::{Measured, Point, fourteen_points};
use milepost::control::RiskOutlook;
use milepost::report::ProjectReport;

use super::earned_value::euros;
use super::table::{Place, Table};
use super::{branch_network, folder};

fn at(vector: &'static str) -> Place {
    Place { section: "4.1", vector }
}

/// Adds the vectors of both sections.
pub fn add(table: &mut Table) {
    expected_value(table);
    path_length(table);
    two_hundred_tasks(table);
    golden(table);
}

const PROJECT: &str = "project: Demo\nstart: 2026-08-03\ncurrency: EUR\n";

fn expected_value(table: &mut Table) {
    let risks = "R1: {risk: One, probability: 40%, impact: {cost: 30_000 EUR}}
R2: {risk: Two, probability: 20%, impact: {cost: 55_000 EUR}}
R3: {risk: Three, probability: 10%, impact: {cost: 80_000 EUR}}
R4: {risk: A gain, probability: 30%, impact: {cost: -12_000 EUR}}
";
    let plan = "execution:\n  work: {duration: 5d}\n";
    let files = vec![("project.yaml", PROJECT), ("plan.yaml", plan), ("risks.yaml", risks)];
    let report = folder::report(files, "2026-08-03");
    let outlook = RiskOutlook::today(&report.project.registers, report.status_date);
    let place = Place { section: "3.9", vector: "expected value" };
    table.number(place, "EMV of three threats and a gain", euros(outlook.expected_value()), "27400");
}

fn point(report: &ProjectReport, label: &str) -> Point {
    let points = fourteen_points(report);
    points.into_iter().find(|point| point.label == label).unwrap()
}

fn index(point: &Point) -> Option<f64> {
    match point.measured {
        Measured::Index(index) => Some(index),
        _ => None,
    }
}

fn share(point: &Point) -> String {
    match point.measured {
        Measured::Share { count, of } => format!("{count}/{of}"),
        _ => String::new(),
    }
}

/// One task of 250 working days ahead, promised 10 and 20 working days earlier than it ends.
fn path_length(table: &mut Table) {
    let plan = "execution:\n  work: {duration: 250d}\n";
    for (promised, float, reference) in [("2027-07-02", -10, "0.96"), ("2027-06-18", -20, "0.92")] {
        let baseline = format!(
            "baseline: B1\napproved: 2026-07-30\ntasks:\n  \
             work: {{start: 2026-08-03, finish: {promised}, duration: 240d, budget: 0 EUR}}\n"
        );
        let files =
            vec![("project.yaml", PROJECT), ("plan.yaml", plan), ("baselines/B1.yaml", baseline.as_str())];
        let found = point(&folder::report(files, "2026-07-31"), "13");
        table.maybe(at("13 CPLI"), &format!("CPL 250, TF {float}"), index(&found), reference);
    }
}

/// 200 tasks, 80 of them due; 68 of those done, and 3 done early.
fn two_hundred_tasks(table: &mut Table) {
    let mut plan = String::from("execution:\n");
    let mut baseline = String::from("baseline: B1\napproved: 2026-08-03\ntasks:\n");
    let mut progress = String::from("status_date,task,actual_start,actual_finish,percent_complete\n");
    for number in 1..=200 {
        writeln!(plan, "  t{number}: {{duration: 1d}}").unwrap();
        let day = if number <= 80 { "2026-08-04" } else { "2026-08-20" };
        writeln!(baseline, "  t{number}: {{start: {day}, finish: {day}, duration: 1d, budget: 0 EUR}}")
            .unwrap();
        if number <= 68 || (81..=83).contains(&number) {
            writeln!(progress, "2026-08-07,t{number},2026-08-04,2026-08-04,100%").unwrap();
        }
    }
    let files = vec![
        ("project.yaml", PROJECT),
        ("plan.yaml", plan.as_str()),
        ("baselines/B1.yaml", baseline.as_str()),
        ("progress.csv", progress.as_str()),
    ];
    let report = folder::report(files, "2026-08-07");
    let place = at("14 BEI, 200 tasks");
    table.words(place, "hit tasks of those due", share(&point(&report, "14b")), "68/80");
    table.words(place, "the same as an index", hit_index(&point(&report, "14b")), "0.85");
    table.maybe(place, "BEI, all done ÷ due", index(&point(&report, "14")), "0.8875");
}

fn hit_index(point: &Point) -> String {
    match point.measured {
        Measured::Share { count, of } => format!("{:.2}", count as f64 / of as f64),
        _ => String::new(),
    }
}

fn golden(table: &mut Table) {
    let report = branch_network::report();
    let place = at("branch network");
    table.maybe(place, "BEI", index(&point(&report, "14")), "0.70");
    table.words(place, "missed tasks", share(&point(&report, "11")), "9/10");
    let finish = report.forecast.finish_day();
    let length = report.project.working_time().working_days_between(report.status_date, finish);
    let float = -report.control.finish_slip / report.minutes_per_day();
    table.number(place, "CPL", length as f64, "42");
    table.number(place, "TF", float as f64, "-34");
    table.maybe(place, "CPLI", index(&point(&report, "13")), "0.19");
}
