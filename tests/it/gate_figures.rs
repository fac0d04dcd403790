//! Figures of gate documents, worked by hand on small projects: what was to be tested, what leads nowhere, what all comes to.

use milepost::document::check;
use milepost::page::{Address, Here, SiteMap};
use milepost::pipeline::Options;
use milepost::quantity::{Audience, GateId};
use milepost::report::Report;

use crate::gate_asks::{computed, words};
use crate::gate_documents::{has, has_not};
use crate::said::plain;

const MANDATE: &str = "project: Demo\nstart: 2026-08-03\ncurrency: EUR\nreporting: every 2w\nfirst_report: 2026-08-14\n\
    sponsor: helena\ntolerance: {time: 5d}\n";
const PEOPLE: &str = "people:\n  helena: {name: Helena Ruiz}\n  bo: {name: Bo Stern}\n";
const PLAN: &str = "initiation:\n  study: {duration: 5d, assign: bo}\n  G1: {gate: Mandate, after: study}\n\
    planning:\n  design: {duration: 5d, after: G1, cost: 4_000 EUR}\n  G2: {gate: Plan, after: design}\n\
    execution:\n  build: {duration: 10d, after: G2, cost: 30_000 EUR}\n  G3: {gate: Readiness, after: build}\n\
    control:\n  G4: {gate: Control, after: G3}\nclosing:\n  archive: {duration: 5d, after: G4}\n  \
    G5: {gate: Closure, after: archive}\n";

fn report_on(day: &str, files: &[(&str, &str)]) -> Report {
    let usual = [("project.yaml", MANDATE), ("resources.yaml", PEOPLE), ("plan.yaml", PLAN)];
    let (audience, as_of) = (Some(Audience::Restricted), Some(day.parse().unwrap()));
    computed((&usual, files), &Options { audience, as_of, ..Options::default() })
}

#[track_caller]
fn answers(report: &Report, gate: GateId, criterion: &str, expected: (&str, &str)) {
    let (map, address) = (SiteMap::default(), Address::portfolio());
    let desk = Here { report, map: &map, address: &address }.desk(&report.projects[0]);
    let rows = check(gate, &desk).unwrap().checklist.rows;
    let row = rows.iter().find(|row| row.criterion.starts_with(criterion));
    let row = row.unwrap_or_else(|| panic!("{criterion} is not asked"));
    let comment = plain(row.comment.as_deref().unwrap_or_default());
    assert_eq!((row.answer, comment.as_str()), expected, "{criterion}");
}

/// 400 and 240 cases were run; the 24 of a test that nobody had begun were left out, and 640 of 640 were all.
#[test]
fn a_test_that_nobody_has_begun_is_planned_all_the_same() {
    let quality = "tests:\n  T1: {name: Acceptance, date: 2026-10-20, planned: 24, run: 24, passed: 24, failed: 0, blocked: 0}\n  \
        T2: {name: Moved tickets, date: 2026-09-25, planned: 400, run: 400, passed: 397, failed: 3, blocked: 0}\n  \
        T3: {name: Articles, date: 2026-06-29, planned: 240, run: 240, passed: 240, failed: 0, blocked: 0}\n";
    let report = report_on("2026-10-09", &[("quality.yaml", quality)]);
    answers(&report, GateId::G3, "Every planned test case", ("no", "640 of 664"));
    let page = words(&report, "gates/G3.html");
    has(&page, "Acceptance not begun 24 0 0 0 0 0 % —");
    has(&page, "All tests 664 640 637 3 0 96.4 %");
    let later = report_on("2026-10-23", &[("quality.yaml", quality)]);
    answers(&later, GateId::G3, "Every planned test case", ("yes", "664 of 664"));
}

/// Of five pieces of work two lead nowhere, none of them the last: one was let off as the last of all.
#[test]
fn what_leads_nowhere_is_counted_alike_by_checklist_and_points() {
    let plan = PLAN
        .replace(
            "  G3:",
            "  guide: {duration: 2d, after: G2}\n  stock: {name: Old stock, duration: 2d, after: G2}\n  G3:",
        )
        .replace("design: {", "design: {name: Design of it, ");
    let report = report_on("2026-08-03", &[("plan.yaml", &plan)]);
    answers(
        &report,
        GateId::G2,
        "Every task of work but the last",
        ("partly", "4 of 6, not: guide and Old stock"),
    );
    answers(&report, GateId::G2, "Every task of work but the first", ("yes", "5 of 5"));
    has(&words(&report, "quality.html"), "Raised · 2 of 6");
}

/// Tasks of 34 000, a budget line of 6 000: the stages came to 34 000 beside a budget of 40 000, without a word.
#[test]
fn the_work_breakdown_adds_up_to_the_budget() {
    let budget = "lines:\n  - {name: Licences, category: licences, amount: 6_000 EUR, date: 2026-08-20}\n";
    let page = words(&report_on("2026-08-03", &[("budget.yaml", budget)]), "gates/G2.html");
    has(&page, "No task budget lines 6 000 Σ Budget at completion (BAC) 40 000");
    let page = words(&report_on("2026-08-03", &[]), "gates/G2.html");
    has(&page, "Budget at completion (BAC) 34 000");
    has_not(&page, "No task budget lines");
}

/// Reports due on 14 and 28 August, 11 and 25 September: the second came on Monday 31 August, the third not at all.
#[test]
fn a_control_statement_says_which_reports_came_late() {
    let update = |day: &str| format!("---\nstatus_date: {day}\n---\nAll well.\n");
    let (one, two, four) = (update("2026-08-14"), update("2026-08-31"), update("2026-09-25"));
    let files: &[(&str, &str)] =
        &[("updates/2026-08-14.md", &one), ("updates/2026-08-31.md", &two), ("updates/2026-09-25.md", &four)];
    let page = words(&report_on("2026-09-25", files), "gates/G4.html");
    has(&page, "Reports on time 2 of 4 due 28 Aug 2026: 1 working day late; due 11 Sep 2026: not issued");
}

/// D1 holds and its action is done; of D2 an action is open and a change is not built; D3 holds from October; D4 is not taken.
#[test]
fn a_control_statement_says_how_many_decisions_are_implemented() {
    let decisions = "D1: {question: One, decision: Yes, asked: 2026-08-05, decided: 2026-08-10}\n\
        D2: {question: Two, decision: Yes, asked: 2026-08-05, decided: 2026-08-10, links: [C1]}\n\
        D3: {question: Three, decision: Yes, asked: 2026-08-05, decided: 2026-08-10, applies_from: 2026-10-01}\n\
        D4: {question: Four, asked: 2026-08-05}\n";
    let actions = "A1: {do: Sort it, owner: bo, raised: 2026-08-11, due: 2026-08-14, done: 2026-08-14, from: D1}\n\
        A2: {do: Mend it, owner: bo, raised: 2026-08-11, due: 2026-09-30, from: D2}\n";
    let changes = "C1: {change: More, requested_by: bo, submitted: 2026-08-05, decision: approved, decided: 2026-08-10, \
        status: approved, impact: {cost: 0 EUR, time: 0d}}\n";
    let files: &[(&str, &str)] =
        &[("decisions.yaml", decisions), ("actions.yaml", actions), ("changes.yaml", changes)];
    let page = words(&report_on("2026-09-11", files), "gates/G4.html");
    has(&page, "Decisions taken 3 of 4");
    has(&page, "Decisions implemented 1 of 3, 33.3 % D2: A2 and C1 open; D3: holds from 1 Oct 2026");
}

/// 1 000 paid, 500 received and not invoiced: 1 500 by ledger, category and work. The archive ends on 4 September, so does G5.
#[test]
fn a_closure_holds_its_totals_against_each_other() {
    let costs = "date,type,category,task,amount,reference\n2026-08-12,actual,services,design,1_000 EUR,I-1\n\
        2026-08-20,accrual,services,build,500 EUR,R-1\n";
    let budget = "contingency: 2_000 EUR\n";
    let report = report_on("2026-08-28", &[("costs.csv", costs), ("budget.yaml", budget)]);
    answers(
        &report,
        GateId::G5,
        "Ledger, categories and work",
        ("yes", "1 500 EUR in 2 rows, the same by category and by work package"),
    );
    let page = words(&report, "gates/G5.html");
    has(&page, "Ledger 1 500 EUR 2 rows, the same by category and by work package");
    has(&page, "From the last task to the closing 0 working days by the forecast, from");
    has(&page, "Contingency, for known risks 2 000 0 2 000");
}

/// Not begun by 3 August, the study ends on the 10th and the design begins on the 11th: needed by Monday 10 August, and promised for
/// Thursday before, which leaves Friday and Monday.
#[test]
fn a_request_to_another_team_stands_with_its_margin() {
    let requests =
        "X1: {team: security, request: Review, for: design, asked: 2026-08-03, promised: 2026-08-06}\n";
    let page = words(&report_on("2026-08-03", &[("dependencies.yaml", requests)]), "gates/G2.html");
    has(
        &page,
        "Needed by Promised Margin State Security and compliance X1 Review design 10 Aug 2026 6 Aug 2026 +2 d",
    );
}

/// Forecasts of 1, 3 and 12 September with a tolerance of five days: the second is the plan that was, the third another.
#[test]
fn a_forecast_inside_the_tolerance_is_no_planning_cycle() {
    let frozen = |day: &str, finish: &str| {
        format!(
            "status_date: {day}\nfinish: {{forecast: {finish}}}\nevm: {{bac: 34_000 EUR}}\ncounts: {{tasks: 4}}\n"
        )
    };
    let (one, two, three) = (
        frozen("2026-08-05", "2026-09-01"),
        frozen("2026-08-12", "2026-09-03"),
        frozen("2026-08-19", "2026-09-11"),
    );
    let requests = "X1: {team: security, request: Review, for: design, asked: 2026-08-17}\n";
    let own = "---\nstage: planning\n---\n| Cycle | Trigger |\n| --- | --- |\n| 1 | first plan |\n";
    let usual: &[(&str, &str)] = &[
        ("snapshots/2026-08-05.yaml", &one),
        ("snapshots/2026-08-12.yaml", &two),
        ("snapshots/2026-08-19.yaml", &three),
        ("dependencies.yaml", requests),
    ];
    let page = words(&report_on("2026-08-21", usual), "gates/G2.html");
    has(&page, "Planning cycles");
    has(&page, "2 19 Aug 2026 11 Sep 2026 +8 d 34 000 4 — — New dependency: X1");
    has_not(&page, "3 Sep 2026 +");
    has(&page, "a finish more than the tolerance of 5 working days away");
    let told = [usual, &[("stages/2-planning.md", own)]].concat();
    let page = words(&report_on("2026-08-21", &told), "gates/G2.html");
    has(&page, "The plan on record");
    has_not(&page, "Planning cycles Cycle");
}
