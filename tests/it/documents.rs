//! The documents between the gates: exceptions that the program raises, sheets of changes, the review of the benefits.

use std::collections::BTreeMap;

use milepost::diagnostic::Diagnostics;
use milepost::output::Bundle;
use milepost::pipeline::{self, Options};
use milepost::source::disk::Folder;

const EXCEPTION: &str = "branch-network/exceptions/time.html";

/// The site of the sample after a change to a file of the branch network; an empty text takes the file away.
fn site_with(file: &str, change: impl Fn(&str) -> String) -> Bundle {
    site_where(|name, text| if name == file { change(text) } else { text.to_owned() })
}

/// The site of the branch network with its files as a change makes them of their names and texts.
fn site_where(change: impl Fn(&str, &str) -> String) -> Bundle {
    let folder = crate::sample::branch_network();
    let files: BTreeMap<String, String> = folder
        .files()
        .iter()
        .map(|one| match one.path.strip_prefix("projects/branch-network/") {
            Some(name) => (one.path.clone(), change(name, &one.text)),
            None => (one.path.clone(), one.text.clone()),
        })
        .filter(|(_, text)| !text.is_empty())
        .collect();
    let folder =
        Folder::from_memory(files.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect());
    let report = pipeline::compute(&folder, Diagnostics::default(), &Options::default());
    pipeline::render(&report, &BTreeMap::new()).unwrap()
}

fn page(bundle: &Bundle, path: &str) -> String {
    let bytes = bundle.get(path).unwrap_or_else(|| panic!("no page {path}"));
    String::from_utf8(bytes.to_vec()).unwrap()
}

#[track_caller]
fn holds(html: &str, wanted: &[&str]) {
    for words in wanted {
        assert!(html.contains(words), "no {words:?}");
    }
}

#[test]
fn an_exception_tells_cause_options_and_the_day_of_the_answer() {
    let site = crate::sample::site();
    let html = page(site, EXCEPTION);
    holds(
        &html,
        &[
            "34\u{a0}working days late",
            "9\u{a0}Oct\u{a0}2026",
            "The switches came on 6 November",
            "23\u{a0}Dec\u{a0}2026",
            "25\u{a0}Nov\u{a0}2026",
            ">Unanswered<",
        ],
    );
    for from in ["branch-network/index.html", "branch-network/raid.html"] {
        holds(&page(site, from), &["href=\"exceptions/time.html\""]);
    }
    holds(&page(site, "branch-network/reports/2026-11-20.html"), &["href=\"../exceptions/time.html\""]);
}

#[test]
fn an_exception_without_a_recommendation_of_its_own_tells_that_of_its_decision() {
    let site = site_with("exceptions/time.md", |text| {
        text.lines().filter(|line| !line.starts_with("recommendation:")).fold(
            String::new(),
            |mut all, line| {
                all.push_str(line);
                all.push('\n');
                all
            },
        )
    });
    let html = page(&site, EXCEPTION);
    holds(&html, &["“crew”, as recommended at D-03"]);
    assert!(!html.contains("No recommendation is recorded"), "it is recorded");
}

#[test]
fn an_exception_is_raised_though_nobody_has_written_about_it() {
    let site = site_with("exceptions/time.md", |_| String::new());
    let html = page(&site, EXCEPTION);
    holds(
        &html,
        &[
            "The cause is not recorded",
            "No recommendation is recorded",
            "Which decision answers the exception is not recorded",
            // The open decision is offered all the same.
            "D-03 “crew”",
        ],
    );
    holds(&page(&site, "branch-network/index.html"), &["the board has not been told"]);
    holds(&page(&site, "branch-network/quality.html"), &["rule-W618"]);
}

#[test]
fn a_forecast_inside_its_tolerance_raises_no_exception() {
    // The board allowed more with a change; the file alone would not do.
    let site = site_where(|name, text| match name {
        "project.yaml" => text.replace("  time: 10d\n", "  time: 60d\n"),
        "changes.yaml" => text.replacen(
            "  status: waiting for approval\n",
            "  status: approved\n  decided: 2026-11-19\n  decided_by: helena\n  allows: {time: 60d}\n",
            1,
        ),
        _ => text.to_owned(),
    });
    // What was told to the board stays to be read.
    holds(&page(&site, EXCEPTION), &["Back inside", "back inside the tolerance"]);
    assert!(!page(&site, "branch-network/index.html").contains("outside the board"));
    let cost = "branch-network/exceptions/cost.html";
    assert!(site.get(cost).is_none());
}

#[test]
fn the_decision_answers_the_exception() {
    let site = site_with("decisions.yaml", |text| {
        text.replace(
            "  asked: 2026-11-16\n",
            "  asked: 2026-11-16\n  decision: crew\n  decided: 2026-11-20\n  decided_by: helena\n",
        )
    });
    holds(&page(&site, EXCEPTION), &[">Answered<", "Decided on"]);
}

#[test]
fn a_change_is_assessed_computed_and_traced() {
    let site = crate::sample::site();
    holds(
        &page(site, "branch-network/changes/C1.html"),
        &["Two branches keep their old switches", "tasks.rollout.cost=760 EUR hardware", ">Waiting<"],
    );
    holds(&page(site, "ward-workstations/changes/C1.html"), &["INV-7352", ">Built<", "Taken from a reserve"]);
    holds(&page(site, "branch-network/raid.html"), &["href=\"changes/C1.html\""]);
}

#[test]
fn benefits_are_reviewed_once_something_is_measured() {
    let review = "branch-network/benefits-review.html";
    holds(&page(crate::sample::site(), review), &["What was measured", "The business case then and now"]);
    let unmeasured = |text: &str| {
        let lines = text.split_inclusive('\n');
        lines.filter(|line| !line.contains("readings:") && !line.contains("value:")).collect()
    };
    let site = site_with("benefits.yaml", unmeasured);
    assert!(site.get(review).is_none() && site.get("branch-network/benefits.html").is_some());
}
