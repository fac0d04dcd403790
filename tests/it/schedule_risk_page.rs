//! The section about the risk of the schedule appears where something varies, and nowhere else.

use std::collections::BTreeMap;

use milepost::control::{Colour, DimensionKind};
use milepost::diagnostic::Diagnostics;
use milepost::pipeline::{self, Options};
use milepost::source::disk::Folder;

const TITLE: &str = "How sure is the finish?";

fn schedule_page(plan: &str, risks: &str) -> String {
    page_of("", plan, risks)
}

fn page_of(more: &str, plan: &str, risks: &str) -> String {
    let project = format!("project: Demo\nstart: 2026-08-03\ncurrency: EUR\n{more}");
    let mut files = vec![("project.yaml", project.as_str()), ("plan.yaml", plan)];
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

#[test]
fn a_hoped_for_response_is_told_but_does_not_count_until_it_is_done() {
    let plan = "execution:\n  work: {duration: 5d}\n";
    let risk = |done: &str| {
        format!(
            "R1:\n  risk: Late kit\n  probability: 70%\n  impact: {{time: 5d}}\n  residual: {{probability: 30%, impact: {{time: 5d}}}}\n  \
             actions:\n    - {{do: Second supplier, due: 2026-08-25{done}}}\n  links: [work]\n"
        )
    };
    let page = schedule_page(plan, &risk("")).replace('\u{a0}', " ");
    assert!(page.contains("5 d in 70 % of runs; if its response works: 30 %"));
    // Five days from Monday the 3rd, ten where the risk strikes.
    assert!(page.contains("eight of ten by 14 Aug 2026 (P80)"));
    assert!(page.contains("If all planned responses work, P50 is 7 Aug 2026 and P80 is 14 Aug 2026."));
    let page = schedule_page(plan, &risk(", done: 2026-08-01")).replace('\u{a0}', " ");
    assert!(page.contains("5 d in 30 % of runs") && !page.contains("If all planned responses work"));
}

#[test]
fn a_plan_counted_back_says_how_much_earlier_work_has_to_begin() {
    let plan = "execution:\n  work: {duration: 4d / 5d / 9d}\n";
    let back = "schedule: {from: finish, finish: 2026-08-28}\n";
    let page = page_of(back, plan, "").replace('\u{a0}', " ");
    assert!(page.contains("Dates are counted back from 28 Aug 2026"));
    // Beta-PERT of 4, 5 and 9 days: four fifths need between six and seven days, and so end on the seventh.
    assert!(page.contains("work has to begin about 2 working days earlier"));
    assert!(!schedule_page(plan, "").contains("counted back"));
}

#[test]
fn correlated_lengths_do_not_claim_parts_of_a_whole() {
    let plan = "execution:\n  a: {duration: 4d / 5d / 9d}\n  b: {duration: 4d / 5d / 9d, after: a}\n  c: {duration: 3d, after: b}\n";
    let alone = schedule_page(plan, "");
    assert!(alone.contains("Each varies by itself") && !alone.contains("Part of the spread"));
    // The last task decides in every run, but it never varies.
    assert!(!alone.contains("one value"));
    let together = page_of("schedule: {risk: {correlation: 100%}}\n", plan, "");
    assert!(together.contains("overlap and do not add up"));
}

#[test]
fn one_run_is_one_run() {
    let page = page_of("schedule: {risk: {runs: 1}}\n", "execution:\n  a: {duration: 4d / 5d / 9d}\n", "")
        .replace('\u{a0}', " ");
    assert!(
        page.contains("The one run finishes on")
            && page.contains("1 run with seed 1")
            && !page.contains("1 runs")
    );
}

#[test]
fn the_chart_of_milestones_gives_the_dates_that_runs_keep() {
    let plan = "execution:\n  a: {duration: 4d / 5d / 9d}\n  live: {milestone: Live, after: a}\n";
    let page = schedule_page(plan, "").replace('\u{a0}', " ");
    let table = page.split("Milestones and gates: promised and forecast: dates</caption>").nth(1).unwrap();
    let row = table.split("<tbody").nth(1).unwrap().split("</tr>").next().unwrap();
    // Beta-PERT of 4, 5 and 9 days: between five and seven days from Monday the 3rd.
    assert_eq!(row.matches("Aug 2026").count(), 4, "{row}");
}

/// Colour of time and the dashboard of a plan of one task of 4, 5 or 12 days, promised for the fifth.
fn a_promise(thresholds: &str) -> (Colour, String) {
    let project = format!("project: Demo\nstart: 2026-08-03\ncurrency: EUR\n{thresholds}");
    let baseline = "baseline: B1\napproved: 2026-07-31\ntasks:\n  work: {start: 2026-08-03, finish: 2026-08-07, budget: 9 EUR}\n";
    let files = vec![
        ("project.yaml", project.as_str()),
        ("plan.yaml", "execution:\n  work: {duration: 4d / 5d / 12d}\n"),
        ("baselines/B1.yaml", baseline),
    ];
    let report = pipeline::compute(&Folder::from_memory(files), Diagnostics::default(), &Options::default());
    let colour = report.projects[0].control.health.dimension(DimensionKind::Time).colour;
    let bundle = pipeline::render(&report, &BTreeMap::new()).unwrap();
    let page = bundle.iter().find(|(_, bytes)| String::from_utf8_lossy(bytes).contains("Scorecard")).unwrap();
    (colour, String::from_utf8(page.1.to_vec()).unwrap().replace('\u{a0}', " "))
}

#[test]
fn a_promise_that_most_runs_break_is_not_green_though_the_likely_finish_keeps_it() {
    let (colour, page) = a_promise("");
    assert_eq!(colour, Colour::Amber);
    for told in [
        "on time in 26 % of the runs",
        "P50 10 Aug 2026, P80 12 Aug 2026, the promised day kept in 26 % of the runs",
    ] {
        assert!(page.contains(told), "{page}");
    }
    assert!(page.contains("chance of the promised finish from 50 %"), "the rule stands beside its colour");
    let (colour, page) = a_promise("thresholds: {chance_green: 20%}\n");
    assert!(page.contains("chance of the promised finish from 20 %"));
    assert_ne!(colour, Colour::Amber);
}
