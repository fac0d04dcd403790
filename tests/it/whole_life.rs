//! What is told of a project through its life: held and asked again, late and caught up, closed, reported otherwise. By small projects
//! whose dates and sums were worked by hand.

use std::collections::BTreeMap;

use milepost::control::{Colour, DimensionKind};
use milepost::diagnostic::Diagnostics;
use milepost::pipeline::{self, Options};
use milepost::report::Report;
use milepost::source::disk::Folder;

use crate::said::{plain, says, words_of};

const PROJECT: &str = "project: Demo\nstart: 2026-08-03\ncurrency: EUR\nreporting: every 2w\nsponsor: sue\n";
const TEAM: &str = "people:\n  sue: {name: Sue Hart}\n  ann: {name: Ann Lee}\n";
const PLAN: &str = "execution:\n  build: {name: Build, duration: 5d, assign: ann, cost: 1_000 EUR services}\n  \
                    G3: {gate: Readiness, after: build}\nclosing:\n  hand: {name: Hand over, duration: 5d, after: G3, assign: ann}\n  \
                    G5: {gate: Closure, after: hand}\n";
const BUILT: &str = "status_date,task,actual_start,actual_finish\n2026-08-14,build,2026-08-03,2026-08-07\n";

/// The project as of a day, with some files more or in place of its own.
fn computed(day: &str, more: &[(&str, &str)]) -> Report {
    let own =
        [("project.yaml", PROJECT), ("resources.yaml", TEAM), ("plan.yaml", PLAN), ("progress.csv", BUILT)];
    let all: BTreeMap<&str, &str> = own.into_iter().chain(more.iter().copied()).collect();
    let options = Options { as_of: Some(day.parse().unwrap()), ..Options::default() };
    pipeline::compute(&Folder::from_memory(all.into_iter().collect()), Diagnostics::default(), &options)
}

/// The words of a page, tags left out.
fn words(report: &Report, page: &str) -> String {
    let site = pipeline::render(report, &BTreeMap::new()).unwrap();
    words_of(std::str::from_utf8(site.get(page).unwrap()).unwrap())
}

fn messages(report: &Report, code: &str) -> Vec<String> {
    let found = report.findings.iter().filter(|found| found.rule.code == code);
    found.map(|found| plain(&found.message)).collect()
}

fn hints(report: &Report, code: &str) -> Vec<String> {
    let found = report.findings.iter().filter(|found| found.rule.code == code);
    found.flat_map(|found| found.hints.clone()).collect()
}

const SIGNED: &str = "{role: sponsor, person: sue, decision: hold, date: 2026-08-12}";

/// The first screen said a forecast and nothing of the hold; once the decision had been moved away it still said `G3 held`.
#[test]
fn a_hold_is_told_first_until_the_gate_lies_before_the_board_again() {
    let held =
        format!("---\ngate: G3\ndecision: hold\ndecided: 2026-08-12\nsignatures:\n  - {SIGNED}\n---\n");
    let report = computed("2026-08-14", &[("gates/G3.md", held.as_str())]);
    let first = words(&report, "project/index.html");
    says(&first, "On hold by the board at G3 since 12 Aug 2026. Forecast ");
    says(&first, "G3 held 12 Aug 2026");
    says(&words(&report, "index.html"), "On hold by the board at G3 since 12 Aug 2026. Forecast ");

    let again = format!(
        "---\ngate: G3\nplanned: 2026-08-28\nearlier:\n  - decision: hold\n    decided: 2026-08-12\n    signatures:\n      - {SIGNED}\n---\n"
    );
    let report = computed("2026-08-14", &[("gates/G3.md", again.as_str())]);
    let first = words(&report, "project/index.html");
    assert!(!first.contains("On hold by") && !first.contains("G3 held"), "{first}");
    says(&first, "G3 forecast ");
    says(&words(&report, "project/gates.html"), "held on 12 Aug 2026");
    says(&words(&report, "project/gates.html"), "Before the board again");
    // On the day of that decision it was on hold.
    let then = computed("2026-08-12", &[("gates/G3.md", again.as_str())]);
    says(&words(&then, "project/index.html"), "On hold by the board at G3 since 12 Aug 2026.");
}

/// Work of five days is done in time on 7 August, and the gate is not decided by the 14th: five working days are lost before the gate,
/// which no sentence and no row of the table told.
#[test]
fn the_wait_before_a_gate_is_where_time_is_lost() {
    let baseline = "baseline: B1\napproved: 2026-08-03\ntasks:\n  build: {start: 2026-08-03, finish: 2026-08-07}\n  \
                    G3: {start: 2026-08-07, finish: 2026-08-07}\n  hand: {start: 2026-08-10, finish: 2026-08-14}\n  \
                    G5: {start: 2026-08-14, finish: 2026-08-14}\n";
    let passed = "---\ngate: G3\ndecision: approve\ndecided: 2026-08-14\nsignatures:\n  \
                  - {role: sponsor, person: sue, decision: approve, date: 2026-08-14}\n---\n";
    let report = computed("2026-08-14", &[("baselines/B1.yaml", baseline), ("gates/G3.md", passed)]);
    says(
        &words(&report, "project/index.html"),
        "Most time is lost in the wait before “Readiness” (5 working days).",
    );
}

/// The plan ends with the gate; the study was to end on 7 August and ended on the 11th, two working days late, and the gate is not decided
/// on the 19th: eight days behind, two of them by the study. The wait alone was named, with all eight.
#[test]
fn a_gate_that_waits_for_its_board_does_not_answer_for_the_work_before_it() {
    let plan = "initiation:\n  study: {name: Study, duration: 5d, assign: ann}\n  G1: {gate: Mandate, after: study}\n";
    let progress = "status_date,task,actual_start,actual_finish\n2026-08-14,study,2026-08-03,2026-08-11\n";
    let report = computed("2026-08-19", &[("plan.yaml", plan), ("progress.csv", progress)]);
    says(
        &words(&report, "project/index.html"),
        "Most time is lost in the wait before “Mandate” (6 working days) and Study (2 working days).",
    );
}

/// Closed on 14 August, built in December.
#[test]
fn of_a_closed_project_no_report_is_missing() {
    let progress = "status_date,task,actual_start,actual_finish\n2026-08-14,build,2026-08-03,2026-08-07\n2026-08-14,hand,2026-08-10,2026-08-14\n";
    let gate = |gate: &str, day: &str| {
        format!(
            "---\ngate: {gate}\ndecision: approve\ndecided: {day}\nsignatures:\n  - {{role: sponsor, person: sue, decision: approve, date: {day}}}\n---\n"
        )
    };
    let (third, fifth) = (gate("G3", "2026-08-07"), gate("G5", "2026-08-14"));
    let update = "---\nstatus_date: 2026-08-14\n---\nAll is done.\n";
    let mut files = vec![
        ("progress.csv", progress),
        ("gates/G3.md", third.as_str()),
        ("gates/G5.md", fifth.as_str()),
        ("updates/2026-08-14.md", update),
    ];
    let report = computed("2026-12-04", &files);
    assert_eq!(messages(&report, "W601"), Vec::<String>::new());
    let health = &report.projects[0].control.health;
    assert_eq!(health.dimension(DimensionKind::Data).colour, Colour::Green);
    says(
        &health.dimension(DimensionKind::Data).reason,
        "the last report is of 14 Aug 2026, the project is closed",
    );
    says(&health.dimension(DimensionKind::Time).reason, "it was finished as planned");
    let first = words(&report, "project/index.html");
    says(&first, "Finished 14 Aug 2026");
    says(&first, "Cost at completion");
    // Before it is closed the report is missing.
    files.retain(|(path, _)| *path != "gates/G5.md");
    assert_eq!(messages(&computed("2026-12-04", &files), "W601").len(), 1);
}

/// A tenth of the leading is bought early, so that 16 % of all is earned but 2 % of the work the pace is read of: 200 of 10 000. After five
/// days two of them are earned, 0.4. The tile said that it is too early and the colour was red for it.
#[test]
fn pace_is_too_early_for_colour_and_tile_alike() {
    let plan = "execution:\n  dig: {name: Dig, duration: 10d, cost: 1_000 EUR}\n  build: {name: Build, duration: 10d, cost: 9_000 EUR, after: dig}\n  \
                lead: {name: Lead, duration: 20d, cost: 16_000 EUR, earned_value: loe}\n";
    let progress = "status_date,task,actual_start,percent_complete,remaining\n2026-08-07,dig,2026-08-03,20%,5d\n2026-08-07,lead,2026-08-03,,15d\n";
    let report = computed("2026-08-07", &[("plan.yaml", plan), ("progress.csv", progress)]);
    let control = &report.projects[0].control;
    assert!(control.discrete.is_too_early() && !control.total.is_too_early());
    let time = control.health.dimension(DimensionKind::Time);
    assert_eq!(time.colour, Colour::Amber, "{}", time.reason);
    says(&time.reason, "SPI(t) without level of effort 0.400, too early to count");
    says(&words(&report, "project/index.html"), "too early to count: less than 15 % is earned");
}

/// 24 000 USD ordered at 0.92 are 22 080 EUR; 22 800 EUR by the bank are 0.95 each.
#[test]
fn an_invoice_in_another_currency_than_its_order_names_both_rates() {
    let project = PROJECT.to_owned() + "rates:\n  - {currency: USD, rate: 0.92, date: 2026-08-01}\n";
    let plan = "execution:\n  buy: {duration: 5d, cost: 30_000 EUR hardware}\n";
    let costs = "date,type,category,task,amount,reference\n2026-08-03,commitment,hardware,buy,24_000 USD,PO-1\n\
                 2026-08-07,actual,hardware,buy,22_800 EUR,PO-1\n";
    let progress = "status_date,task,actual_start\n2026-08-07,buy,2026-08-03\n";
    let files = [
        ("project.yaml", project.as_str()),
        ("plan.yaml", plan),
        ("costs.csv", costs),
        ("progress.csv", progress),
    ];
    let report = computed("2026-08-07", &files);
    assert_eq!(
        messages(&report, "W516"),
        [
            "22 800 EUR are invoiced of order `PO-1` over 22 080 EUR (24 000 USD at 0.92; at 0.95 it would fit), 720 EUR too much"
        ]
    );
    assert_eq!(
        hints(&report, "W516"),
        [
            "type the row in USD, as it is invoiced, where the exchange rate alone is another; else have it corrected"
        ]
    );
}

/// It went on to ask for an exception that was raised and decided.
#[test]
fn a_tolerance_that_is_left_asks_for_what_is_still_to_be_done() {
    let project = PROJECT.to_owned() + "tolerance: {time: 1d}\n";
    let baseline =
        "baseline: B1\napproved: 2026-08-03\ntasks:\n  build: {start: 2026-08-03, finish: 2026-08-04}\n";
    let plan = "execution:\n  build: {name: Build, duration: 10d, assign: ann}\n";
    let progress = "status_date,task,actual_start\n2026-08-07,build,2026-08-03\n";
    let raised = "---\ntolerance: time\nraised: 2026-08-05\ndecision: D-1\n---\n";
    let asked = "D-1: {question: Go on, asked: 2026-08-05, needed_by: 2026-08-14}\n";
    let decided =
        "D-1: {question: Go on, asked: 2026-08-05, decision: Go on, decided: 2026-08-06, decided_by: sue}\n";
    let hint = |more: &[(&'static str, &'static str)]| {
        let mut files = vec![
            ("project.yaml", project.as_str()),
            ("plan.yaml", plan),
            ("progress.csv", progress),
            ("baselines/B1.yaml", baseline),
        ];
        files.extend(more);
        hints(&computed("2026-08-07", &files), "W608")
    };
    assert_eq!(hint(&[]), ["raise an exception with options, and have the board decide"]);
    let page = ("exceptions/time.md", raised);
    assert_eq!(hint(&[page, ("decisions.yaml", asked)]), ["have the board decide `D-1`"]);
    assert_eq!(
        hint(&[page, ("decisions.yaml", decided)]),
        ["carry out what `D-1` decided; where the forecast has gone further since, raise it again"]
    );
}

/// An issue was to be solved *for* a day, and somebody who left had to be defined.
#[test]
fn days_and_leavers_are_told_in_words_that_fit() {
    let issues = "I1: {issue: No key, owner: sue, target: 2026-08-12, raised: 2026-08-03}\nI2: {issue: No door, owner: bea, target: 2026-08-28, raised: 2026-08-03}\n";
    let report = computed("2026-08-14", &[("issues.yaml", issues)]);
    assert_eq!(messages(&report, "W602"), ["issue `I1` was to be solved by 2026-08-12, 2 working days ago"]);
    let said = hints(&report, "E102");
    assert!(
        said.contains(&"keep who has left in `resources.yaml`, with `absent:` from that day on".to_owned()),
        "{said:?}"
    );
}
