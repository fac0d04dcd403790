//! What a gate asks of a project and of its board: criteria, sums, windows. By small projects.

use std::collections::BTreeMap;

use milepost::diagnostic::Diagnostics;
use milepost::document::check;
use milepost::document::checklist::CheckRow;
use milepost::page::{Address, Here, SiteMap};
use milepost::pipeline::{self, Options};
use milepost::quantity::{Audience, GateId};
use milepost::report::Report;
use milepost::source::disk::Folder;

use crate::said::{plain, words_of};

const MANDATE: &str = "project: Demo\nstart: 2026-08-03\ncurrency: EUR\nreporting: every 2w\nsponsor: helena\n\
    tolerance: {time: 5d}\n";
const PEOPLE: &str = "people:\n  helena: {name: Helena Ruiz}\n  bo: {name: Bo Stern}\n";
const PLAN: &str = "initiation:\n  study: {duration: 5d, assign: bo}\n  G1: {gate: Mandate, after: study}\n\
    planning:\n  design: {duration: 5d, after: G1, cost: 4_000 EUR}\n  G2: {gate: Plan, after: design}\n\
    execution:\n  build: {duration: 10d, after: G2, cost: 30_000 EUR}\n  G3: {gate: Readiness, after: build}\n\
    closing:\n  G5: {gate: Closure, after: G3}\n";

fn report(files: &[(&str, &str)]) -> Report {
    report_for(files, Audience::Restricted)
}

fn report_for(files: &[(&str, &str)], audience: Audience) -> Report {
    let usual = [("project.yaml", MANDATE), ("resources.yaml", PEOPLE), ("plan.yaml", PLAN)];
    computed((&usual, files), &Options { audience: Some(audience), ..Options::default() })
}

/// Files by their names.
type Files<'a> = &'a [(&'a str, &'a str)];

/// A project of some usual files, and of others more or in place of them.
pub fn computed((usual, files): (Files<'_>, Files<'_>), options: &Options) -> Report {
    let all: BTreeMap<&str, &str> = usual.iter().chain(files).copied().collect();
    let folder = Folder::from_memory(all.into_iter().collect());
    pipeline::compute(&folder, Diagnostics::default(), options)
}

/// The words of a page, tags left out.
pub fn words(report: &Report, page: &str) -> String {
    let site = pipeline::render(report, &BTreeMap::new()).unwrap();
    words_of(std::str::from_utf8(site.get(&format!("project/{page}")).unwrap()).unwrap())
}

fn rows(report: &Report, gate: GateId) -> Vec<CheckRow> {
    let (map, address) = (SiteMap::default(), Address::portfolio());
    let desk = Here { report, map: &map, address: &address }.desk(&report.projects[0]);
    check(gate, &desk).unwrap().checklist.rows
}

/// The answer to a criterion and the figures behind it.
#[track_caller]
fn answer(report: &Report, gate: GateId, criterion: &str) -> (&'static str, String) {
    let rows = rows(report, gate);
    let row = rows.iter().find(|row| row.criterion.starts_with(criterion));
    let row = row.unwrap_or_else(|| panic!("{criterion} is not asked"));
    (row.answer, plain(row.comment.as_deref().unwrap_or_default()))
}

#[track_caller]
fn answers(files: &[(&str, &str)], gate: GateId, criterion: &str, expected: (&str, &str)) {
    let (word, comment) = answer(&report(files), gate, criterion);
    assert_eq!((word, comment.as_str()), expected, "{criterion}");
}

fn case(options: usize, more: &str) -> String {
    let mut text = "rate: 5%\nrate_reason: That of the house\nhorizon: 2\noptions:\n".to_owned();
    for option in 1..=options {
        text += &format!(
            "  o{option}:\n    name: Option {option}\n    costs: {{work: [9_000 EUR], upkeep: [0 EUR, 500 EUR, 500 EUR]}}\n"
        );
    }
    text + "preferred: o1\n" + more
}

/// Ten days up to G2, ten days of building; two prices of 4 000 EUR and 30 000 EUR.
#[test]
fn a_plan_that_is_to_be_the_baseline_is_asked_for_with_its_finish_and_its_budget() {
    let page = words(&report(&[]), "gates/G2.html");
    let asked = "approve the plan as baseline (finish 28 Aug 2026; budget 34 000 EUR) and to release 34 000 EUR until G3 \
        on 28 Aug 2026.";
    assert!(page.contains(asked), "{page}");
}

#[test]
fn a_mandate_compares_four_options() {
    let four = "At least four options are compared";
    for (options, expected) in [
        (1, ("no", "1 option of 4 that are asked for")),
        (3, ("partly", "3 options of 4 that are asked for")),
        (4, ("yes", "4 options of 4 that are asked for")),
        (6, ("yes", "6 options of 4 that are asked for")),
    ] {
        answers(&[("business-case.yaml", &case(options, ""))], GateId::G1, four, expected);
    }
    answers(&[], GateId::G1, four, ("no", "no business case is recorded"));
    answers(&[], GateId::G1, "Doing nothing", ("no", "no business case is recorded"));
}

#[test]
fn total_cost_of_ownership_has_two_sides() {
    let both = "Total cost of ownership counts both sides";
    let typed = case(4, "carried_by_project: [work]\n");
    let told = ("yes", "9 000 EUR for the project, 1 000 EUR for who runs what it makes");
    answers(&[("business-case.yaml", &typed)], GateId::G1, both, told);
    let untold = case(4, "");
    let told = ("yes", "9 000 EUR for year 0, 1 000 EUR for the years after it");
    answers(&[("business-case.yaml", &untold)], GateId::G1, both, told);
    let alone = typed.replace(", upkeep: [0 EUR, 500 EUR, 500 EUR]", "");
    let told = ("no", "9 000 EUR for the project, 0 EUR for who runs what it makes");
    answers(&[("business-case.yaml", &alone)], GateId::G1, both, told);
}

#[test]
fn a_mandate_asks_for_logs_people_time_and_money() {
    let logs = "Logs of risks, issues and decisions are open";
    let missing = "1 of 3: none of issues (`issues.yaml`) and decisions (`decisions.yaml`)";
    answers(&[("risks.yaml", "{}\n")], GateId::G1, logs, ("partly", missing));
    let all = [("risks.yaml", "{}\n"), ("issues.yaml", "{}\n"), ("decisions.yaml", "{}\n")];
    answers(&all, GateId::G1, logs, ("yes", "3 of 3"));

    let people = "Every task of the planning stage has somebody assigned";
    answers(&[], GateId::G1, people, ("no", "0 of 1"));
    let assigned = PLAN.replace("after: G1, cost", "after: G1, assign: bo, cost");
    answers(&[("plan.yaml", &assigned)], GateId::G1, people, ("yes", "1 of 1"));

    let time = "The forecast finish is inside the tolerance for time";
    let planned = "planned 28 Aug 2026, tolerance 5 d";
    answers(&[], GateId::G1, time, ("yes", &format!("forecast 28 Aug 2026, {planned}")));
    let late = "status_date,task,actual_start,actual_finish\n2026-08-21,study,2026-08-17,2026-08-21\n";
    let said = ("no", format!("forecast 11 Sep 2026, {planned}"));
    answers(&[("progress.csv", late)], GateId::G1, time, (said.0, &said.1));

    let money = "Money granted is enough for budget and reserves";
    answers(&[], GateId::G1, money, ("no", "0 EUR for 34 000 EUR"));
    let granted = "contingency: 1_000 EUR\nfunding: [{source: Fund, amount: 35_000 EUR}]\n";
    answers(&[("budget.yaml", granted)], GateId::G1, money, ("yes", "35 000 EUR for 35 000 EUR"));

    for asked in ["The approach is chosen", "Synergies with other projects"] {
        answers(&[], GateId::G1, asked, ("open", ""));
    }
}

/// A condition of the rework of G1 was due on 7 August and is open; that of the approval is done. G2 counted the newest decision alone.
#[test]
fn conditions_of_a_replaced_decision_are_followed_up_at_later_gates() {
    let signed = |decision: &str, day: &str| {
        format!("signatures: [{{role: sponsor, person: helena, decision: {decision}, date: {day}}}]")
    };
    let page = format!(
        "---\ngate: G1\ndecision: approve with conditions\ndecided: 2026-08-07\n\
         conditions: [{{condition: A second price, owner: bo, due: 2026-08-07, done: 2026-08-07}}]\n{}\nearlier:\n  \
         - decision: rework\n    decided: 2026-08-05\n    \
         conditions: [{{condition: A list of sites, owner: bo, due: 2026-08-07}}]\n    {}\n---\n",
        signed("approve with conditions", "2026-08-07"),
        signed("rework", "2026-08-05")
    );
    let progress = "status_date,task,actual_start,actual_finish\n2026-08-07,study,2026-08-03,2026-08-07\n";
    let of = |page: &str| {
        let report = report(&[("gates/G1.md", page), ("progress.csv", progress)]);
        answer(&report, GateId::G2, "Every condition of earlier gates")
    };
    assert_eq!(of(&page), ("partly", "1 of 2".to_owned()));
    let done = page
        .replace("sites, owner: bo, due: 2026-08-07", "sites, owner: bo, due: 2026-08-07, done: 2026-08-07");
    assert_eq!(of(&done), ("yes", "2 of 2".to_owned()));
}

#[test]
fn what_a_waiver_lets_pass_is_no_flag_at_g2() {
    let criterion = "None of the fourteen points";
    let long = PLAN.replace("build: {duration: 10d", "build: {duration: 60d");
    let flagged = answer(&report(&[("plan.yaml", &long)]), GateId::G2, criterion);
    assert_eq!((flagged.0, flagged.1.as_str()), ("no", "flags at point 8"));
    let waived = format!(
        "{MANDATE}waive:\n  long-task: {{reason: It is counted by the week, by: helena, until: 2026-12-31}}\n"
    );
    let (word, comment) =
        answer(&report(&[("plan.yaml", &long), ("project.yaml", &waived)]), GateId::G2, criterion);
    assert_eq!((word, comment.as_str()), ("yes", "no flag; let pass by waiver: point 8"));
    let over = waived.replace("2026-12-31", "2026-08-01");
    let (word, _) = answer(&report(&[("plan.yaml", &long), ("project.yaml", &over)]), GateId::G2, criterion);
    assert_eq!(word, "no", "the waiver is over");
}

#[test]
fn the_team_is_released_once_no_work_is_left_to_anybody() {
    let team = "Everybody of the team is released";
    answers(&[], GateId::G5, team, ("no", "0 of 1"));
    let done = "status_date,task,actual_start,actual_finish\n2026-08-07,study,2026-08-03,2026-08-07\n";
    answers(&[("progress.csv", done)], GateId::G5, team, ("yes", "1 of 1"));
}

#[test]
fn a_draft_asks_for_what_the_plan_costs_and_the_decided_document_says_what_was_granted() {
    let budget = ("budget.yaml", "contingency: 2_000 EUR\n");
    let drafts = report(&[budget]);
    let first = words(&drafts, "gates/G1.html");
    assert!(
        first.contains("approve the planning of Demo up to 4 000 EUR until G2 on 14 Aug 2026."),
        "{first}"
    );
    assert!(first.contains("Amount asked for 4 000 EUR"), "{first}");
    assert!(!first.contains("Amount released"), "nobody has released anything: {first}");

    let signed =
        "signatures:\n  - {role: sponsor, person: helena, decision: approve, date: 2026-08-07}\n---\n";
    let page = format!(
        "---\ngate: G1\ndecision: approve\ndecided: 2026-08-07\nauthorised: 3_500 EUR until G2\n{signed}"
    );
    let update = ("updates/2026-08-07.md", "---\nstatus_date: 2026-08-07\n---\n");
    let decided = report(&[budget, update, ("gates/G1.md", &page)]);
    let first = words(&decided, "gates/G1.html");
    assert!(first.contains("up to 4 000 EUR until G2"), "what was asked stays: {first}");
    assert!(first.contains("Amount released 3 500 EUR 500 EUR less than was asked for"), "{first}");
    let second = words(&decided, "gates/G2.html");
    let asked = "release 36 000 EUR (budget and contingency) until G3 on 28 Aug 2026, 32 500 EUR more than G1 has released.";
    assert!(second.contains(asked), "{second}");
}

#[test]
fn a_window_before_the_gate_and_steps_done_before_it_are_told() {
    let handover = "cut_over:\n  - {step: The bell rings, at: 2026-08-20, done: 2026-08-20}\n  \
        - {step: The door opens, at: 2026-08-26}\n";
    let update = ("updates/2026-08-21.md", "---\nstatus_date: 2026-08-21\n---\n");
    let files = [("handover.yaml", handover), update];
    let third = words(&report(&files), "gates/G3.html");
    assert!(
        third.contains("the cut-over begins on 26 Aug 2026; before the gate, which is forecast for"),
        "{third}"
    );

    let window = "---\ngate: G3\nplanned: 2026-08-25\ngo_live: 2026-08-24 .. 2026-08-27\n---\n";
    let third = words(&report(&[files[0], files[1], ("gates/G3.md", window)]), "gates/G3.html");
    let confirmed = "confirm 1 step of the cut-over done before, on 20 Aug 2026, let it go live in the window of 24 Aug – 27 Aug 2026";
    assert!(third.contains(confirmed), "{third}");
    assert!(third.contains("done outside it: “The bell rings” on 20 Aug 2026"), "{third}");
    let early = "before the gate, which is set for 25 Aug 2026 and is forecast for";
    assert!(third.contains(early), "{third}");
}

#[test]
fn boards_are_asked_what_their_gate_can_decide() {
    let report = report(&[]);
    let third = words(&report, "gates/G3.html");
    assert!(
        third.contains("do not accept") && third.contains("“do not accept” as rework or hold or stop"),
        "{third}"
    );
}

#[test]
fn the_exposure_of_an_option_and_that_of_the_register_do_not_differ_without_a_word() {
    let typed =
        case(2, "").replacen("    name: Option 1\n", "    name: Option 1\n    exposure: 700 EUR\n", 1);
    let risks = "R1: {risk: Rain, probability: 50%, impact: {cost: 1_000 EUR}}\n";
    let said = "The exposure of an option, 700 EUR of the preferred one, is what was typed when the options were compared. \
        The risks of the register come to 500 EUR.";
    let files = [("business-case.yaml", typed.as_str()), ("risks.yaml", risks)];
    assert!(words(&report(&files), "gates/G1.html").contains(said));
    let same = risks.replace("1_000", "1_400");
    assert!(
        !words(&report(&[files[0], ("risks.yaml", &same)]), "gates/G1.html")
            .contains("The exposure of an option")
    );
}

#[test]
fn of_a_condition_that_is_not_for_an_audience_neither_owner_nor_day_is_told() {
    let page = "---\ngate: G1\naudience: internal\ndecision: approve with conditions\ndecided: 2026-08-07\nconditions:\n  \
        - {condition: The door is painted, urgency: critical, owner: bo, due: 2026-09-17}\n  \
        - {condition: The roof is tight, owner: bo, due: 2026-09-18}\nsignatures:\n  \
        - {role: sponsor, person: helena, decision: approve with conditions, date: 2026-08-07}\n---\n";
    let update = ("updates/2026-08-07.md", "---\nstatus_date: 2026-08-07\n---\n");
    let shown = |audience| {
        let report = report_for(&[update, ("gates/G1.md", page)], audience);
        [words(&report, "gates/G1.html"), words(&report, "gates.html")]
    };
    for page in shown(Audience::Restricted) {
        assert!(page.contains("The door is painted") && page.contains("17 Sep 2026"), "{page}");
    }
    let [document, register] = shown(Audience::Public);
    assert!(document.contains("To be done: 2 conditions not for this audience."), "{document}");
    for page in [document, register] {
        for gone in ["17 Sep 2026", "18 Sep 2026", "Critical", "The roof is tight"] {
            assert!(!page.contains(gone), "{gone} in {page}");
        }
        assert!(page.contains("not for this audience"), "{page}");
    }
}
