//! The page of the business case as readers see it: every figure that has no number says so in words.

use std::fmt::Write as _;

use milepost::pipeline::{self, Options};
use milepost::source::disk::Folder;

use crate::said::words_of;

const PROJECT: &str = "project: Demo\ncode: DM-1\nstart: 2026-08-03\ncurrency: EUR\n";

/// The words of a page of a project with this case.
fn page(case: &str, name: &str) -> String {
    let files = [
        ("project.yaml", PROJECT),
        ("plan.yaml", "execution:\n  work: {duration: 5d}\n"),
        ("business-case.yaml", case),
    ];
    let folder = Folder::from_memory(files.to_vec());
    let report =
        pipeline::compute(&folder, milepost::diagnostic::Diagnostics::default(), &Options::default());
    let faults: Vec<&str> = report
        .findings
        .iter()
        .filter(|found| found.severity == milepost::diagnostic::Severity::Error)
        .map(|found| found.message.as_str())
        .collect();
    assert!(faults.is_empty(), "{faults:?}");
    let site = pipeline::render(&report, &pipeline::theme_files(&folder)).unwrap();
    let (_, bytes) = site.iter().find(|(path, _)| path.ends_with(name)).unwrap();
    words_of(std::str::from_utf8(bytes).unwrap()).replace("&#x27;", "'")
}

/// A case of one option whose net flows are these, as costs where below zero.
fn case(flows: &[i64]) -> String {
    let row = |sign: i64| {
        let amounts: Vec<String> = flows.iter().map(|flow| format!("{} EUR", (flow * sign).max(0))).collect();
        amounts.join(", ")
    };
    let mut text = String::from("rate: 10%\nrate_reason: Ours\n");
    writeln!(text, "horizon: {}\noptions:\n  only:\n    name: Only", flows.len() - 1).unwrap();
    writeln!(text, "    costs: {{all: [{}]}}\n    benefits: {{all: [{}]}}\npreferred: only", row(-1), row(1))
        .unwrap();
    text
}

#[track_caller]
fn says(flows: &[i64], expected: &str) {
    let page = page(&case(flows), "business-case.html");
    assert!(page.contains(expected), "{expected:?} is not in: {page}");
}

#[test]
fn what_has_no_single_rate_says_so() {
    says(&[-4_000, 25_000, -25_000], "25 %; 400 % several IRRs: use NPV");
    says(&[-100, 2_210, -2_310], "10 %; over 1 000 % several IRRs: use NPV");
    says(&[-1, 20], "Internal rate of return (IRR) over 1 000 %");
    says(&[1_000, -3_000, 2_500], "Internal rate of return (IRR) none");
    says(&[-70_000, 12_000, 15_000, 18_000, 21_000], "Internal rate of return (IRR) −2.1 %");
}

#[test]
fn what_never_pays_back_says_so() {
    let never = [-10_000, 1_000, 1_000];
    says(&never, "discounted, it does not pay back within the horizon");
    says(&never, "Payback not within the horizon");
    says(&[-10_000, 20_000, -15_000, 10_000], "Payback 2.50 years the last of several crossings");
    says(&[5_000, 5_000], "discounted, it is never below zero");
}

#[test]
fn what_is_not_defined_says_so() {
    says(&[5_000, 5_000], "Benefit–cost ratio (BCR) undefined");
    says(&[-5_000, 0], "Profitability index (PI) undefined");
    says(&[-5_000, 0], "Modified internal rate (MIRR) undefined");
    says(&[-5_000, 20_000, -1_000], "Profitability index (PI) undefined");
}

#[test]
fn taxes_are_printed_or_missed() {
    says(&[-5_000, 6_000], "Taxes not stated Value added tax not stated");
    let stated = format!("{}tax: before tax\nvat: without VAT\n", case(&[-5_000, 6_000]));
    assert!(page(&stated, "business-case.html").contains("Taxes before tax Value added tax without VAT"));
}

#[test]
fn a_case_that_lives_says_what_has_become_of_it() {
    let waits = "benefits_wait_for: work\nbenefits_expected: 2025-08-07\n";
    let late = page(&format!("{}{waits}", case(&[-100, 60, 60])), "business-case.html");
    // −100 + 60 ÷ 1.21 = −50.41 against 4.13; the difference is that of the printed figures.
    assert!(
        late.contains(
            "Net present value now −50 EUR: 54 EUR less than approved. It was worth doing and no longer is."
        ),
        "{late}"
    );
    assert!(late.contains("is not frozen"), "{late}");
    assert!(late.contains("365 days later"), "{late}");
    let still = page(&case(&[-100, 60, 60]), "business-case.html");
    assert!(still.contains("The case stands still: write carried_by_project:"), "{still}");
}

#[test]
fn the_dashboard_shows_the_value_of_now_beside_the_approved_one() {
    let waits = "benefits_wait_for: work\nbenefits_expected: 2025-08-07\n";
    let files = format!("{}{waits}", case(&[-100, 60, 60]));
    let text = page(&files, "/index.html");
    assert!(text.contains("Net present value −50 EUR with cost and date of now planned +4"), "{text}");
}
