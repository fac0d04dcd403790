//! The fourteen points against answers from outside.

use std::fmt::Write as _;

use milepost::check::{Measured, Point, fourteen_points};
use milepost::diagnostic::Diagnostics;
use milepost::pipeline::{self, Options};
use milepost::source::disk::Folder;

/// 200 tasks, 80 of them due by the status date; 68 of those done, and 3 done early.
fn two_hundred_tasks() -> Vec<Point> {
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
    let folder = Folder::from_memory(vec![
        ("project.yaml", "project: Demo\nstart: 2026-08-03\ncurrency: EUR\n"),
        ("plan.yaml", &plan),
        ("baselines/B1.yaml", &baseline),
        ("progress.csv", &progress),
    ]);
    let as_of = Some("2026-08-07".parse().unwrap());
    let report = pipeline::compute(&folder, Diagnostics::default(), &Options { as_of, ..Options::default() });
    fourteen_points(&report.projects[0])
}

#[test]
fn of_80_tasks_due_68_are_hit_and_71_are_done() {
    let points = two_hundred_tasks();
    let point = |label: &str| points.iter().find(|point| point.label == label).unwrap();
    assert_eq!(point("14b").measured, Measured::Share { count: 68, of: 80 });
    assert_eq!(point("14b").inputs.as_deref(), Some("85\u{a0}%"));
    let Measured::Index(index) = point("14").measured else { panic!("no index") };
    assert!((index - 0.8875).abs() < 1e-12, "{index}");
    assert_eq!(point("14").flagged, Some(true));
    assert_eq!(point("11").measured, Measured::Share { count: 12, of: 80 });
}

/// The tasks of which a long delay does not reach the end of the plan.
fn untraced(plan: &str) -> Vec<String> {
    let folder = Folder::from_memory(vec![
        ("project.yaml", "project: Demo\nstart: 2026-08-03\ncurrency: EUR\n"),
        ("plan.yaml", plan),
    ]);
    let report = pipeline::compute(&folder, Diagnostics::default(), &Options::default());
    let project = &report.projects[0];
    let practices = milepost::check::good_practices(project);
    let practice = practices.iter().find(|practice| practice.name == "Horizontal traceability").unwrap();
    let names: Vec<String> =
        practice.offenders.iter().map(|number| project.project.task(*number).id.to_string()).collect();
    assert_eq!(practice.flagged, Some(!names.is_empty()));
    names
}

#[test]
fn a_delay_that_does_not_reach_the_end_is_named() {
    let tied =
        "execution:\n  a: {duration: 5d}\n  b: {duration: 3d, after: a}\n  note: {duration: 2d, after: a}\n";
    assert_eq!(untraced(&format!("{tied}  G5: {{gate: End, after: [b, note]}}\n")), Vec::<String>::new());
    // Nothing waits for the note, so its delay stays its own.
    assert_eq!(untraced(&format!("{tied}  G5: {{gate: End, after: b}}\n")), ["note"]);
    // Dates set by hand swallow every delay before them, and their own.
    let held = "  fair: {duration: 1d, after: b, manual: true, must_start: 2026-08-17, because: the fair}\n";
    assert_eq!(untraced(&format!("{tied}{held}  G5: {{gate: End, after: [fair, note]}}\n")), ["b", "fair"]);
}
