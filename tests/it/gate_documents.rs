//! What a gate document asks, and what a gate gone by knew: by small projects.

use std::collections::BTreeMap;

use milepost::diagnostic::Diagnostics;
use milepost::pipeline::{self, Options};
use milepost::source::disk::Folder;

use crate::said::words_of;

const MANDATE: &str =
    "project: Demo\nstart: 2026-08-03\ncurrency: EUR\nreporting: every 2w\nsponsor: helena\n";
const PEOPLE: &str = "people:\n  helena: {name: Helena Ruiz}\n";
const PLAN: &str = "initiation:\n  study: {duration: 5d}\n  G1: {gate: Mandate, after: study}\n\
    planning:\n  design: {duration: 5d, after: G1}\n  G2: {gate: Plan, after: design}\n\
    execution:\n  build: {duration: 10d, after: G2}\n  G3: {gate: Readiness, after: build}\n";

fn gate(gate: &str, day: &str, decision: &str, more: &str) -> String {
    format!(
        "---\ngate: {gate}\ndecision: {decision}\ndecided: {day}\n{more}signatures:\n  \
         - {{role: sponsor, person: helena, decision: {decision}, date: {day}}}\n---\n"
    )
}

/// The words of a page of a project made of some files.
fn words(files: &[(&str, &str)], page: &str) -> String {
    let mut all: BTreeMap<String, String> =
        [("project.yaml", MANDATE), ("resources.yaml", PEOPLE), ("plan.yaml", PLAN)]
            .into_iter()
            .chain(files.iter().copied())
            .map(|(path, text)| (format!("projects/demo/{path}"), text.to_owned()))
            .collect();
    all.insert("portfolio.yaml".to_owned(), "portfolio: Two\n".to_owned());
    let folder = Folder::from_memory(all.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect());
    let report = pipeline::compute(&folder, Diagnostics::default(), &Options::default());
    let site = pipeline::render(&report, &BTreeMap::new()).unwrap();
    let path = format!("demo/{page}");
    let html = site.get(&path).unwrap_or_else(|| panic!("no page {path}"));
    words_of(std::str::from_utf8(html).unwrap())
}

#[track_caller]
pub fn has(text: &str, part: &str) {
    assert!(text.contains(part), "no {part:?} in {text}");
}

#[track_caller]
pub fn has_not(text: &str, part: &str) {
    assert!(!text.contains(part), "{part:?} in {text}");
}

#[test]
fn what_is_not_ready_is_not_asked_to_be_approved() {
    let page = words(&[("gates/G1.md", "---\ngate: G1\nplanned: 2026-08-10\n---\n")], "gates/G1.html");
    has(
        &page,
        "criteria are not met. Once they are met, or covered by conditions with an owner and a day, the board is asked to approve the planning of Demo",
    );
}

#[test]
fn what_the_manager_advises_to_hold_is_asked_to_be_held() {
    let draft = "---\ngate: G1\nrecommendation: Hold. The numbers are not in\n---\n";
    let page = words(&[("gates/G1.md", draft)], "gates/G1.html");
    has(&page, "Hold Demo at G1, as the project manager recommends:");
    has(
        &page,
        "Approval is not asked for yet; once it is, the board will be asked to approve the planning of Demo",
    );
    has(&page, "Amounts without a currency are in EUR; d are working days, pd are person-days.");
}

#[test]
fn a_gate_that_was_held_is_forecast_and_its_slip_is_that_of_the_forecast() {
    let one = gate("G1", "2026-08-07", "approve", "");
    let held = gate("G2", "2026-08-14", "hold", "");
    let progress = "status_date,task,actual_start,actual_finish,remaining\n\
        2026-08-28,study,2026-08-03,2026-08-07,\n2026-08-28,design,2026-08-10,,5d\n";
    let files: &[(&str, &str)] = &[("gates/G1.md", &one), ("gates/G2.md", &held), ("progress.csv", progress)];
    has(
        &words(files, "gates/G3.html"),
        "Not yet. G2 was held on 14 Aug 2026, forecast for 4 Sep 2026. Gates are passed in their order.",
    );
    let register = words(files, "gates.html");
    has(&register, "4 Sep 2026 forecast; held on 14 Aug 2026 +15 d A On hold");
    // Of a plan without a baseline the board reads what it leads to.
    let files: &[(&str, &str)] = &[("gates/G1.md", &one), ("progress.csv", progress)];
    has(&words(files, "gates/G2.html"), "finish 28 Aug 2026, though 18 Sep 2026 is forecast");
}

#[test]
fn a_gate_gone_by_knows_nothing_that_was_raised_later() {
    let one = gate("G1", "2026-08-07", "approve", "authorised: 10_000 EUR until G2\n");
    let two = gate("G2", "2026-08-14", "approve", "authorised: 50_000 EUR until G3\n");
    let issues = "I-1: {issue: Fibre is short, raised: 2026-08-20}\nI-2: {issue: No day, owner: helena}\n";
    let risks = "R1: {risk: The frost comes, probability: 50%, impact: {cost: 900 EUR}, raised: 2026-08-26}\n\
        R2: {risk: The rain comes, probability: 50%, impact: {cost: 500 EUR}, raised: 2026-08-04}\n";
    let progress = "status_date,task,actual_start,actual_finish\n2026-08-07,study,2026-08-03,2026-08-07\n\
        2026-10-02,design,2026-08-10,2026-08-14\n";
    let files: &[(&str, &str)] = &[
        ("gates/G1.md", &one),
        ("gates/G2.md", &two),
        ("issues.yaml", issues),
        ("risks.yaml", risks),
        ("progress.csv", progress),
    ];
    let page = words(files, "gates/G2.html");
    has(&page, "The rain comes");
    has_not(&page, "The frost comes");
    has(&page, "Decided, reconstructed later");
    has(&page, "as decided on 14 Aug 2026, reconstructed later from the folder of 2 Oct 2026: not frozen");
    has(&page, "Entries without a day are as their files say today: 1 issue (I-2).");
    // The line about the design was written weeks later: the newest report then was that of 7 August.
    has(&page, "The newest report is of 7 Aug 2026, 7 days old");
    // What the board released later is no part of what it was asked for.
    has(&page, "and begin the work until G3 on 28 Aug 2026, within the 10 000 EUR that G1 has released");
    has(&page, "Amount released 50 000 EUR");
}

#[test]
fn a_stopped_project_is_asked_for_nothing_more() {
    let stop =
        gate("G1", "2026-08-10", "stop", "delivery_confidence: G\nrecommendation: Stop. It does not pay\n");
    let benefits = "calls:\n  benefit: Fewer calls\n  unit: \"%\"\n  baseline: 40\n  target: 20\n  due: 2027-03-31\n  \
        owner: helena\n  readings:\n    - {date: 2026-08-10, value: 39}\n";
    let plan = PLAN.replacen("duration: 5d", "duration: 5d, assign: helena", 2);
    let stage = "---\nstage: initiation\nexit:\n  - The need is counted\n---\n";
    let files: &[(&str, &str)] = &[
        ("gates/G1.md", &stop),
        ("plan.yaml", &plan),
        ("benefits.yaml", benefits),
        ("stages/1-initiation.md", stage),
        (
            "progress.csv",
            "status_date,task,actual_start,actual_finish\n2026-08-10,study,2026-08-03,2026-08-07\n",
        ),
    ];
    let page = words(files, "gates/G1.html");
    has(&page, "Stop Demo at G1, as the project manager recommends");
    for left in ["Until G2", "The plan has no task"] {
        has_not(&page, left);
    }
    // What the board saw before it decided stays on its document.
    has(&page, "Delivery confidence is green: highly likely");
    has(&words(files, "gates/G2.html"), "Nothing is asked any more: the board has stopped Demo.");
    has(&words(files, "stages/1-initiation.html"), "1 not asked any more: the project is stopped");
    let benefits = words(files, "benefits.html");
    has(&benefits, "the board has stopped the project: none is expected of it");
    has(&benefits, "Given up");
    has_not(&benefits, "write next_reading");
    let burn = words(files, "burn.html");
    has(&burn, "no forecast is made: the project is stopped");
}

#[test]
fn two_percentages_differ_by_percentage_points() {
    let benefits = "calls:\n  benefit: Fewer calls\n  unit: \"%\"\n  baseline: 40\n  target: 20\n  due: 2027-03-31\n  \
        owner: helena\n  readings:\n    - {date: 2026-08-10, value: 39}\n";
    let mandate = format!(
        "{MANDATE}success_criteria:\n  - {{measure: Calls, baseline: 40 %, target: 20 %, by: 2027-03-31}}\n"
    );
    let files: &[(&str, &str)] = &[
        ("project.yaml", &mandate),
        ("benefits.yaml", benefits),
        (
            "progress.csv",
            "status_date,task,actual_start,actual_finish\n2026-08-10,study,2026-08-03,2026-08-07\n",
        ),
    ];
    has(&words(files, "benefits-review.html"), "+19 percentage points");
    // The measure of success is that of the benefit: it is read where the benefit is.
    has(&words(files, "benefits.html"), "39 % 10 Aug 2026, as benefit calls");
}

/// A board that holds a gate used to be told until when it held, and that it had released money that was not recorded.
#[test]
fn what_is_held_releases_nothing_and_lasts_until_nothing() {
    let one = gate("G1", "2026-08-07", "approve", "");
    let held = gate("G2", "2026-08-14", "hold", "");
    let page = words(&[("gates/G1.md", &one), ("gates/G2.md", &held)], "gates/G2.html");
    let decision = page.split("Decided by").nth(1).unwrap().split("Signatures").next().unwrap();
    has_not(decision, "Amount released");
    has_not(decision, "Until G3");
    let approved = gate("G2", "2026-08-14", "approve", "");
    let page = words(&[("gates/G1.md", &one), ("gates/G2.md", &approved)], "gates/G2.html");
    has(&page, "Amount released not recorded Until G3");
}

/// A project that agreed on reports half a year after its start used to owe those of the half-year.
#[test]
fn reports_are_due_from_the_first_that_was_agreed_on() {
    let report = |day: &str| format!("---\nstatus_date: {day}\n---\nAll is well.\n");
    let (first, second) = (report("2026-09-11"), report("2026-09-25"));
    let plan =
        format!("{PLAN}control:\n  watch: {{duration: 5d}}\n  G4: {{gate: Control, after: [watch, G3]}}\n");
    let files = |mandate| {
        words(
            &[
                ("project.yaml", mandate),
                ("plan.yaml", &plan),
                ("updates/2026-09-11.md", &first),
                ("updates/2026-09-25.md", &second),
            ],
            "gates/G4.html",
        )
    };
    let agreed = format!("{MANDATE}first_report: 2026-09-11\n");
    has(&files(&agreed), "Reports due since 11 Sep 2026 2 Reports issued 2");
    has(&files(MANDATE), "Reports due since the start 3 Reports issued 2");
}

/// What was built used to be signed as implemented, which nobody decides.
#[test]
fn a_signature_under_a_change_that_is_built_approves_it() {
    let change = "C1: {change: One branch more, requested_by: helena, submitted: 2026-08-04, status: implemented, \
        decided: 2026-08-05, decided_by: helena, implemented: 2026-08-12, impact: {cost: 900 EUR, time: 1d}}\n";
    let report = "---\nstatus_date: 2026-09-11\n---\nAll is well.\n";
    let page = words(&[("changes.yaml", change), ("updates/2026-09-11.md", report)], "changes/C1.html");
    has(&page, "Decides Helena Ruiz Approved, 5 Aug 2026");
    has_not(&page, "not computed");
    has(&page, "Time +1 d Cost +900 Not assessed: scope, quality and risk.");
    has(&page, "its effect is no longer computed apart");
}

const CASE: &str = "rate: 6%\nrate_reason: Of the treasury\nhorizon: 2\noptimism: A tenth\npreferred: cheap\noptions:\n  \
    cheap: {name: Cheap, costs: {all: [90 EUR]}, benefits: {less: [0 EUR, 60 EUR, 60 EUR]}}\n  \
    grand: {name: Grand, exposure: 7 EUR, costs: {all: [100 EUR]}, benefits: {less: [0 EUR, 80 EUR, 80 EUR]}}\n";

#[test]
fn options_say_which_gains_most_and_what_their_risks_may_cost() {
    let risks = "R1: {risk: The frost comes, probability: 50%, impact: {cost: 900 EUR}, owner: helena}\n";
    let page = words(&[("business-case.yaml", CASE), ("risks.yaml", risks)], "gates/G1.html");
    has(&page, "Net present value (NPV) +20 preferred +47 highest");
    has(&page, "Exposure: expected cost of its risks 450 open risks of the register, after response 7");
    let best = CASE.replace("preferred: cheap", "preferred: grand");
    has(&words(&[("business-case.yaml", &best)], "gates/G1.html"), "+20 +47 highest, and preferred");
}

#[test]
fn what_the_files_cannot_tell_people_answer() {
    let unanswered = words(&[("gates/G1.md", "---\ngate: G1\n---\n")], "gates/G1.html");
    has(&unanswered, "Sunk cost is left out Open");
    has(&unanswered, "Operations was consulted Open");
    let answered = "---\ngate: G1\nchecklist:\n  sunk cost is left out: {answer: yes, comment: The study is paid}\n  \
        Operations was consulted: partly\n---\n";
    let page = words(&[("gates/G1.md", answered)], "gates/G1.html");
    has(&page, "Sunk cost is left out The study is paid Yes");
    has(&page, "Operations was consulted Partly");
    // Who worked on the mandate was consulted: the plan says so.
    let mandate = format!("{MANDATE}operations_owner: bo\n");
    let people = "people:\n  helena: {name: Helena Ruiz}\n  bo: {name: Bo Stern}\n";
    let plan = PLAN.replacen("{duration: 5d}", "{duration: 5d, consulted: [bo]}", 1);
    let files: &[(&str, &str)] =
        &[("project.yaml", &mandate), ("resources.yaml", people), ("plan.yaml", &plan)];
    has(&words(files, "gates/G1.html"), "Operations was consulted Open");
    let over = "status_date,task,actual_start,actual_finish\n2026-08-07,study,2026-08-03,2026-08-07\n";
    let files: Vec<_> = files.iter().copied().chain([("progress.csv", over)]).collect();
    has(&words(&files, "gates/G1.html"), "Operations was consulted takes part in study Yes computed People");
    // Who says that it was not is not overruled by what was planned.
    let denied =
        "---\ngate: G1\nchecklist:\n  operations was consulted: {answer: no, comment: Bo was ill}\n---\n";
    let files: Vec<_> = files.into_iter().chain([("gates/G1.md", denied)]).collect();
    has(&words(&files, "gates/G1.html"), "Operations was consulted Bo was ill No");
}

#[test]
fn a_planning_cycle_says_how_many_tasks_and_how_much_effort() {
    let report = |day: &str, tasks: u8, effort: u8, bac: u8| {
        format!(
            "status_date: {day}\nfinish: {{forecast: 2026-08-28}}\nevm: {{bac: {bac} EUR}}\neffort: {{done: 0, scope: {effort}.5}}\n\
             counts: {{tasks: {tasks}}}\n"
        )
    };
    let (first, second) = (report("2026-08-07", 3, 20, 90), report("2026-08-14", 5, 31, 120));
    let files: &[(&str, &str)] = &[
        ("snapshots/2026-08-07.yaml", &first),
        ("snapshots/2026-08-14.yaml", &second),
        ("updates/2026-08-14.md", "---\nstatus_date: 2026-08-14\n---\n"),
    ];
    let page = words(files, "gates/G2.html");
    has(&page, "Cycle Report or record Finish Moved by Budget Work packages Effort Baseline Trigger");
    has(&page, "1 7 Aug 2026 28 Aug 2026 — 90 3 20.5 pd");
    has(&page, "120 5 31.5 pd — 2 work packages more");
}

#[test]
fn the_board_decides_within_which_days_the_service_goes_live() {
    let cut_over = "cut_over:\n  - {step: Old one out, at: 2026-08-26}\n  - {step: Open, at: 2026-08-30}\n";
    let draft = "---\ngate: G3\n---\n";
    let page = words(&[("gates/G3.md", draft), ("handover.yaml", cut_over)], "gates/G3.html");
    has(&page, "Go-live window not set yet: the board sets it here the cut-over begins on 26 Aug 2026");
    has(&page, "the go-live window as go_live:");
    let draft = "---\ngate: G3\ngo_live: 2026-08-28 .. 2026-08-31\n---\n";
    let page = words(&[("gates/G3.md", draft), ("handover.yaml", cut_over)], "gates/G3.html");
    has(&page, "declare it ready for service, let it go live in the window of 28");
    has(&page, "outside it: “Old one out” on 26 Aug 2026");
    has_not(&page, "“Open”");
    // Other gates have none.
    has_not(&words(&[], "gates/G2.html"), "Go-live");
}

#[test]
fn a_service_is_ready_when_everybody_who_has_to_be_trained_is() {
    let asked = "Everybody who has to be trained is trained";
    let draft = ("gates/G3.md", "---\ngate: G3\n---\n");
    let page = |training: &str| words(&[draft, ("handover.yaml", training)], "gates/G3.html");
    let none = page("criteria:\n  - {criterion: Rota signed}\n");
    has(&none, &format!("{asked} no training is recorded No computed"));
    has(&none, "No training is recorded. Write training: in handover.yaml .");
    // Of two trainings one is complete; 20 of 34 is not, and what was counted after the day of the page is not known yet.
    let some = "training:\n  - {training: Agents, people: 34, trained: 20, counted: 2026-08-02, owner: helena, result: One call each}\n  \
                - {training: Writers, people: 3, trained: 3}\n  - {training: Fitters, people: 5, trained: 5, counted: 2026-08-28}\n";
    let part = page(some);
    has(&part, &format!("{asked} 1 of 3 Partly computed"));
    has(&part, "Agents 34 20 In part 2 Aug 2026 — Helena Ruiz One call each");
    has(&part, "Writers 3 3 All trained — — —");
    has(&part, "Fitters 5 0 To come");
    // That nobody needs one is said, and is enough.
    let nobody = page("training:\n  - {training: The screens stay as they are, people: 0}\n");
    has(&nobody, &format!("{asked} 1 of 1 Yes computed"));
    has(&nobody, "Nobody needs it");
}

/// The board of 3 August had them all trained before it; who counts again, or writes down nothing, does not answer for it anew.
#[test]
fn what_a_board_decided_is_not_asked_anew_by_a_training_that_was_counted_later() {
    let asked = "Everybody who has to be trained is trained";
    let decided = gate("G3", "2026-08-03", "approve", "");
    let report = "---\nstatus_date: 2026-08-17\n---\nGoes on.\n";
    let page = |training: &str| {
        let files = [
            ("gates/G3.md", decided.as_str()),
            ("updates/2026-08-17.md", report),
            ("handover.yaml", training),
        ];
        words(&files, "gates/G3.html")
    };
    let counted = |day: &str, trained: u8| {
        page(&format!(
            "training:\n  - {{training: Agents, people: 34, trained: {trained}, counted: {day}}}\n"
        ))
    };
    has(&counted("2026-08-03", 34), &format!("{asked} 1 of 1 Yes computed"));
    has(&counted("2026-08-03", 20), &format!("{asked} 0 of 1 No computed"));
    let later = counted("2026-08-17", 34);
    has(&later, &format!("{asked} 1 of 1 counted again since, not known for that day"));
    has_not(&later, &format!("{asked} 0 of 1"));
    has(&later, "Agents 34 — Counted again since");
    let none = page("criteria:\n  - {criterion: Rota signed}\n");
    has(
        &none,
        &format!("{asked} no training is recorded; the gate is decided, and it is not asked for any more"),
    );
    has_not(&none, &format!("{asked} no training is recorded No computed"));
}

#[test]
fn a_baseline_that_a_held_plan_has_not_got_is_told_without_how_to_get_one() {
    let (first, held) = (gate("G1", "2026-08-03", "approve", ""), gate("G2", "2026-08-03", "hold", ""));
    let page = words(&[("gates/G1.md", &first), ("gates/G2.md", &held)], "gates/G2.html");
    has(&page, "No baseline is frozen yet.");
    has_not(&page, "the gate and freeze one");
    let draft = words(&[("gates/G1.md", &first), ("gates/G2.md", "---\ngate: G2\n---\n")], "gates/G2.html");
    has(&draft, "No baseline is frozen yet. Approve the gate and freeze one.");
}

#[test]
fn a_report_of_an_earlier_day_says_why_its_colours_were_given() {
    let report =
        |day: &str, more: &str| format!("status_date: {day}\ncolour: {{computed: red, time: red}}\n{more}");
    let kept = report("2026-08-07", "because:\n  time: the forecast finish slips by 12 working days\n");
    let silent = report("2026-08-05", "");
    let files: &[(&str, &str)] = &[
        ("snapshots/2026-08-05.yaml", &silent),
        ("snapshots/2026-08-07.yaml", &kept),
        ("updates/2026-08-14.md", "---\nstatus_date: 2026-08-14\n---\n"),
    ];
    let page = words(files, "reports/2026-08-07.html");
    has(&page, "The forecast finish slips by 12 working days");
    has_not(&page, "frozen without the reasons");
    let page = words(files, "reports/2026-08-05.html");
    has(&page, "The record of this day was frozen without the reasons behind its colours.");
}

/// A decided document used to read as its draft.
#[test]
fn a_decided_gate_says_what_was_asked_what_was_decided_and_what_follows() {
    let one = gate("G1", "2026-08-07", "approve", "");
    let decided = |decision: &str, more: &str| {
        let two = gate("G2", "2026-08-14", decision, more);
        words(&[("gates/G1.md", &one), ("gates/G2.md", &two)], "gates/G2.html")
    };
    let asked = "conditions:\n  - {condition: Count the losses., owner: helena, due: 2026-08-20}\n";
    let page = decided("hold", asked);
    has(&page, "What the board had to decide:");
    has(&page, "Decided on 14 Aug 2026 by Helena Ruiz: hold.");
    has(&page, "The project waits at G2, which comes back before the board");
    has(&page, "Until then: Count the losses (Helena Ruiz, by 20 Aug 2026).");
    let page = decided("rework", "planned: 2026-08-28\n");
    has(&page, "G2 is worked on again and comes back before the board on 28 Aug 2026.");
    has(&page, "by whom and by when, is not recorded.");
    has(
        &page,
        "criteria are not met. Once they are met, or covered by conditions with an owner and a day, the board is asked to approve the plan",
    );
    has(&page, "Decided with ");
    has(&decided("stop", ""), "The project ends here; what is left is to close it.");
    has(
        &decided("approve", ""),
        "The project goes on to G3 Deliverables and readiness for service, forecast for",
    );
    let page = words(&[("gates/G1.md", &one)], "gates/G2.html");
    has_not(&page, "What the board had to decide:");
    has_not(&page, "Decided on");
}

#[test]
fn a_table_of_a_document_is_in_whole_units_and_says_where_that_shows() {
    let plan = |cost: &str| {
        PLAN.replacen(
            "build: {duration: 10d",
            &format!("build: {{duration: 10d, cost: [{cost} hardware, {cost} other]"),
            1,
        )
    };
    let of = |cost: &str| words(&[("plan.yaml", &plan(cost))], "gates/G2.html");
    let page = of("100.50 EUR");
    has(&page, "In whole EUR, each amount rounded by itself: a sum may differ a little from its parts.");
    let by_month = page.split("By month").nth(1).unwrap().split("Funding").next().unwrap();
    has_not(by_month, "100.50");
    has_not(&of("100 EUR"), "rounded by itself");
}

/// A sheet used to go on to a second page for rows that say nothing.
#[test]
fn the_sheet_of_a_waiting_change_says_nothing_of_what_has_not_come_of_it() {
    let change = "C1: {change: One branch more, requested_by: helena, submitted: 2026-08-04, status: submitted, \
        pay_from: contingency, impact: {cost: 900 EUR}}\n";
    let report = "---\nstatus_date: 2026-08-14\n---\nAll is well.\n";
    let page = words(&[("changes.yaml", change), ("updates/2026-08-14.md", report)], "changes/C1.html");
    has(&page, "Paid from Contingency");
    has_not(&page, "What became of it");
    has_not(&page, "No line of");
}

#[test]
fn a_plan_says_who_decides_on_reserves_and_who_decides_when_a_tolerance_is_exceeded() {
    let budget = "contingency: 900 EUR\nmanagement_reserve: 500 EUR\nmanager_limit: 200 EUR\n";
    let mandate = format!("{MANDATE}project_manager: bo\n");
    let people = "people:\n  helena: {name: Helena Ruiz}\n  bo: {name: Bo Stern}\n";
    let files: &[(&str, &str)] =
        &[("project.yaml", &mandate), ("resources.yaml", people), ("budget.yaml", budget)];
    let page = words(files, "gates/G2.html");
    has(
        &page,
        "Bo Stern (project manager) up to 200 EUR by one change or decision; what is more, takes time or moves a limit, Helena Ruiz (sponsor) decides",
    );
    has(&page, "Management reserve is drawn by Helena Ruiz (sponsor)");
    has(&page, "When a tolerance is exceeded Helena Ruiz (sponsor) decides on an exception report");
    has_not(&words(&[], "gates/G2.html"), "Contingency is drawn by");
    // Who may draw, the sheet of a change says, too: never what moves the finish.
    let without = budget.replace("manager_limit: 200 EUR\n", "");
    let files: &[(&str, &str)] =
        &[("project.yaml", &mandate), ("resources.yaml", people), ("budget.yaml", &without)];
    has(
        &words(files, "gates/G2.html"),
        "Bo Stern (project manager) as far as it reaches, no limit is set; what takes time or moves a limit, Helena Ruiz (sponsor) decides",
    );
}

/// A project that is about to be closed, on its newest report.
const CLOSING: &[(&str, &str)] = &[
    (
        "plan.yaml",
        "initiation:\n  study: {duration: 5d, assign: helena}\nclosing:\n  G5: {gate: Closure, after: study}\n",
    ),
    ("progress.csv", "status_date,task,actual_start,actual_finish\n2026-08-14,study,2026-08-03,2026-08-07\n"),
    ("handover.yaml", "early_life: 2026-08-10 .. 2026-08-14\n"),
    ("actions.yaml", "A1: {do: Hand over the keys, owner: helena, raised: 2026-08-05, due: 2026-12-02}\n"),
    (
        "benefits.yaml",
        "calls:\n  benefit: Fewer calls\n  unit: calls\n  baseline: 40\n  target: 20\n  due: 2026-12-31\n  owner: \
         helena\n  readings:\n    - {date: 2026-08-10, value: 39}\n",
    ),
];

/// What a page says behind some words.
#[track_caller]
fn behind<'a>(page: &'a str, words: &str) -> &'a str {
    let at = page.find(words).unwrap_or_else(|| panic!("no {words:?} in {page}"));
    let mut end = (at + 220).min(page.len());
    while !page.is_char_boundary(end) {
        end += 1;
    }
    &page[at..end]
}

#[test]
fn early_life_is_over_at_the_end_of_its_last_day() {
    let page = words(CLOSING, "gates/G5.html");
    has(&behind(&page, "Early-life support is over").to_lowercase()[..120], "yes");
}

#[test]
fn closing_and_benefits_say_alike_whether_a_reading_is_planned() {
    has(&words(CLOSING, "benefits.html"), "to be measured then, no other reading is planned");
    let page = words(CLOSING, "gates/G5.html");
    has(&page, "due on 31 Dec 2026, to be measured then, no other reading is planned");
    has_not(&page, "next measured by");
}

#[test]
fn nobody_is_free_before_the_last_of_their_actions() {
    let page = words(CLOSING, "gates/G5.html");
    let people = behind(&page, "Person Last task Open action Free after");
    has(people, "A1 2 Dec 2026");
}

#[test]
fn how_to_mend_what_is_missing_is_told_on_drafts_alone() {
    has(&words(CLOSING, "gates/G5.html"), "Missing. No item changes hands. Write items: in handover.yaml");
    let closed = gate("G5", "2026-08-14", "hold", "");
    let files: Vec<_> = CLOSING.iter().copied().chain([("gates/G5.md", closed.as_str())]).collect();
    let page = words(&files, "gates/G5.html");
    has(&page, "Missing. No item changes hands.");
    let document = &page[page.find("Objectives and results").unwrap()..page.find("Annex").unwrap()];
    has_not(document, "Write ");
    has_not(document, ": write");
}

#[test]
fn the_annex_names_what_was_open() {
    let files: Vec<_> = CLOSING.iter().copied().chain([("actions.yaml", "A1: {owner: helena}\n")]).collect();
    let page = words(&files, "gates/G5.html");
    let annex = &page[page.rfind("Annex: where this comes from").unwrap()..];
    has(annex, "1 error, 0 warnings and 1 remark about the files and the plan of this project are open");
    let findings = &annex[annex.find("Findings").unwrap()..annex.find("Files read").unwrap()];
    has(findings, "error E119");
    has(findings, "projects/demo/actions.yaml:1");
}

#[test]
fn a_status_report_shows_benefits_that_nobody_can_rate_and_only_the_issues_of_its_period() {
    let issues = "I-1: {issue: An old one, owner: helena, raised: 2026-08-03, resolved: 2026-08-06}\n\
        I-2: {issue: A late one, owner: helena, raised: 2026-08-03, resolved: 2026-08-12}\n\
        I-3: {issue: An open one, owner: helena, raised: 2026-08-03}\n";
    let report = "---\nstatus_date: 2026-08-07\n---\nWe began.\n";
    let next = "---\nstatus_date: 2026-08-14\n---\nWe went on.\n";
    let files: &[(&str, &str)] =
        &[("issues.yaml", issues), ("updates/2026-08-07.md", report), ("updates/2026-08-14.md", next)];
    let page = words(files, "reports/2026-08-14.html");
    has(behind(&page, "Benefits"), "Not rated");
    let told = behind(&page, "Issue Urgency Owner To be solved by State");
    has(told, "An open one");
    has(told, "A late one");
    has_not(&page, "An old one");
}

#[test]
fn the_register_tells_what_was_frozen_from_what_was_put_together_later() {
    let scratch = crate::frozen_records::branch_network();
    let report = crate::frozen_records::read(scratch.path());
    let site = pipeline::render(&report, &BTreeMap::new()).unwrap();
    let html = String::from_utf8(site.get("project/gates.html").unwrap().to_vec()).unwrap();
    has(&html.replace('\u{a0}', " "), "reconstructed on 20 Nov 2026");
}
