//! The section about the risk of the schedule appears where something varies, and nowhere else.

use std::collections::BTreeMap;

use milepost::diagnostic::Diagnostics;
use milepost::pipeline::{self, Options};
use milepost::source::disk::Folder;

const TITLE: &str = "How sure is the finish?";

fn schedule_page(plan: &str, risks: &str) -> String {
    let mut files =
        vec![("project.yaml", "project: Demo\nstart: 2026-08-03\ncurrency: EUR\n"), ("plan.yaml", plan)];
    if !risks.is_empty() {
        files.push(("risks.yaml", risks));
    }
    let report = pipeline::compute(&Folder::from_memory(files), Diagnostics::default(), &Options::default());
    let bundle = pipeline::render(&report, &BTreeMap::new()).unwrap();
    let page = bundle.iter().find(|(path, _)| path.ends_with("schedule.html")).unwrap();
    String::from_utf8(page.1.to_vec()).unwrap()
}

#[test]
fn a_plan_of_single_values_says_nothing_about_its_risk() {
    let page = schedule_page("execution:\n  work: {duration: 5d}\n", "");
    assert!(!page.contains(TITLE));
    // A risk that names no task moves nothing either.
    let risk = "R1: {risk: Late kit, probability: 30%, impact: {time: 5d}}\n";
    assert!(!schedule_page("execution:\n  work: {duration: 5d}\n", risk).contains(TITLE));
}

#[test]
fn a_range_or_a_risk_with_time_is_enough() {
    let page = schedule_page("execution:\n  work: {duration: 4d / 5d / 9d}\n", "");
    assert!(page.contains(TITLE) && page.contains("P80"));
    let risk = "R1: {risk: Late kit, probability: 30%, impact: {time: 5d}, links: [work]}\n";
    let page = schedule_page("execution:\n  work: {duration: 5d}\n", risk);
    assert!(page.contains(TITLE) && page.contains("Risk R1"));
}
