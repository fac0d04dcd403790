//! What a board is told on the first screen and on the sheets that it decides by: nothing that makes a good answer look bad, and nothing
//! that matters left out.

use milepost::diagnostic::Diagnostics;
use milepost::pipeline::{self, Options};
use milepost::source::disk::Folder;

use crate::said::{says, says_not, words_of};

const PROJECT: &str = "project: Demo\ncode: DM-1\nstart: 2026-08-03\ncurrency: EUR\nsponsor: ada\n\
                       tolerance: {time: 5d, unapproved: 10 points}\n";
const PEOPLE: &str = "people:\n  ada: {name: Ada King, rate: 400 EUR/d}\n";

/// The words of a page of a portfolio of these files, whatever is wrong with them.
fn words(files: &[(&str, &str)], name: &str) -> String {
    let folder = Folder::from_memory(files.to_vec());
    let report = pipeline::compute(&folder, Diagnostics::default(), &Options::default());
    let site = pipeline::render(&report, &pipeline::theme_files(&folder)).unwrap();
    let (_, bytes) = site.iter().find(|(path, _)| path.ends_with(name)).unwrap();
    words_of(std::str::from_utf8(bytes).unwrap())
}

/// 20 points more than the 40 of the baseline, where 10 may come in without approval: approving them is the approval.
#[test]
fn what_is_approved_is_not_without_approval() {
    let files = [
        ("project.yaml", PROJECT),
        ("resources.yaml", PEOPLE),
        ("plan.yaml", "execution:\n  reports: {duration: 10d, assign: ada, earned_value: units 40 points}\n"),
        (
            "baselines/B1.yaml",
            "baseline: B1\napproved: 2026-08-03\ntasks:\n  reports: {start: 2026-08-03, finish: 2026-08-14, budget: 4_000 EUR, \
             earned_value: units 40 points}\n",
        ),
        (
            "changes.yaml",
            "C1:\n  change: Twenty points more\n  submitted: 2026-08-05\n  tasks: [reports]\n  impact: {scope: 20 points}\n  set: \
             [tasks.reports.earned_value=units 60 points, tasks.reports.duration=15d]\n  status: waiting for approval\n",
        ),
        ("updates/2026-08-07.md", "---\nstatus_date: 2026-08-07\n---\n"),
    ];
    for name in ["project/index.html", "project/changes/C1.html"] {
        let words = words(&files, name);
        says(&words, "21 Aug 2026");
        says_not(&words, "without an approved change");
    }
}

/// 10 days at 400 are 4 000, against 10 000 saved: 6 000. With 15 days they are 6 000, and the case is worth 2 000 less; the sheet says so on
/// the basis on which it says the cost.
#[test]
fn a_change_says_what_it_takes_from_the_case() {
    let files = [
        ("project.yaml", PROJECT),
        ("resources.yaml", PEOPLE),
        ("plan.yaml", "execution:\n  reports: {duration: 10d, assign: ada}\n"),
        (
            "business-case.yaml",
            "rate: 0%\nrate_reason: None\nhorizon: 1\nprice_base: nominal\noptions:\n  do:\n    name: Do it\n    costs: {labour: [4_000 EUR]}\n    benefits: {saved: [0 EUR, 10_000 EUR]}\n  nothing: {name: Do nothing}\npreferred: do\ndo_nothing: nothing\ncarried_by_project: [labour]\n",
        ),
        (
            "changes.yaml",
            "C1:\n  change: Five days more\n  submitted: 2026-08-05\n  tasks: [reports]\n  set: [tasks.reports.duration=15d]\n  status: \
             waiting for approval\n",
        ),
        ("updates/2026-08-07.md", "---\nstatus_date: 2026-08-07\n---\n"),
    ];
    let words = words(&files, "project/changes/C1.html");
    says(&words, "+2 000 by what is left to do (EAC₄) Business case — NPV 4 000 EUR −2 000");
}

/// Ready for service a week after its deadline of 7 August, and everything else as promised.
#[test]
fn a_missed_deadline_is_on_the_first_screen() {
    let files = [
        ("project.yaml", PROJECT),
        ("resources.yaml", PEOPLE),
        (
            "plan.yaml",
            "execution:\n  build: {duration: 10d}\n  G3: {gate: Readiness, after: build, deadline: 2026-08-07}\ncontrol:\n  use: {duration: \
             5d, after: G3}\n",
        ),
        ("updates/2026-07-31.md", "---\nstatus_date: 2026-07-31\n---\n"),
    ];
    for name in ["project/index.html", "index.html"] {
        let words = words(&files, name);
        says(&words, "G3 misses its deadline by 5 working days");
    }
}

/// The board has held G3 until a condition is met: that is what is wanted of somebody, and the gates say that it is held.
#[test]
fn a_hold_says_what_it_waits_for() {
    let files = [
        ("project.yaml", PROJECT),
        ("resources.yaml", PEOPLE),
        (
            "plan.yaml",
            "execution:\n  build: {duration: 5d}\n  G3: {gate: Readiness, after: build}\ncontrol:\n  use: {duration: 5d, after: G3}\n",
        ),
        (
            "gates/G3.md",
            "---\ngate: G3\ndecision: hold\ndecided: 2026-08-05\nsignatures: [{role: sponsor, person: ada, decision: hold, date: 2026-08-05}]\nconditions:\n  - {condition: Fire brigade has seen it, owner: ada, due: \
             2026-08-19}\n---\nWe wait.\n",
        ),
        ("updates/2026-08-07.md", "---\nstatus_date: 2026-08-07\n---\n"),
    ];
    let words = words(&files, "index.html");
    says(&words, "Condition of G3: Fire brigade has seen it");
    says(&words, "the project goes on waiting at G3");
    says(&words, "held on 5 Aug 2026");
    says_not(&words, "No decision is outstanding");
}

/// B1 was frozen for a G2 that was sent back: nobody has promised its finish.
#[test]
fn a_baseline_that_nobody_allowed_promises_nothing() {
    let gate = |decision: &str| {
        format!(
            "---\ngate: G2\ndecision: {decision}\ndecided: 2026-08-05\nbaseline: B1\nsignatures: [{{role: sponsor, person: ada, decision: {decision}, date: 2026-08-05}}]\n---\nBack.\n"
        )
    };
    let files = |gate: &'static str| {
        [
            ("project.yaml", PROJECT),
            ("resources.yaml", PEOPLE),
            ("plan.yaml", "planning:\n  G2: {gate: Plan}\nexecution:\n  build: {duration: 10d, after: G2}\n"),
            (
                "baselines/B1.yaml",
                "baseline: B1\napproved: 2026-08-04\nfrozen: 2026-08-04\nauthorised_by: G2\ntasks:\n  build: {start: 2026-08-03, finish: \
                 2026-08-14, duration: 10d}\n",
            ),
            ("gates/G2.md", gate),
            ("updates/2026-08-07.md", "---\nstatus_date: 2026-08-07\n---\n"),
        ]
    };
    let sent_back = words(&files(gate("rework").leak()), "project/index.html");
    says_not(&sent_back, "promised 14 Aug 2026");
    says(&sent_back, "planned 14 Aug 2026");
    let passed = words(&files(gate("approve").leak()), "project/index.html");
    says(&passed, "promised 14 Aug 2026");
}

/// Two hours that the first task takes longer carry the finish of the last one over midnight, though that one keeps its three days; the
/// work before it is what took longer.
#[test]
fn the_task_that_took_longer_is_named_and_not_the_one_that_ends_on_another_day() {
    let files = [
        ("project.yaml", PROJECT),
        ("resources.yaml", PEOPLE),
        (
            "plan.yaml",
            "execution:\n  cable: {name: Cabling, duration: 5d}\n  hand: {name: Handover, duration: 3d, after: cable}\n",
        ),
        (
            "baselines/B1.yaml",
            "baseline: B1\napproved: 2026-08-03\ntasks:\n  cable: {start: 2026-08-03, finish: 2026-08-07}\n  hand: {start: 2026-08-10, \
             finish: 2026-08-12}\n",
        ),
        ("progress.csv", "status_date,task,actual_start,remaining\n2026-08-06,cable,2026-08-03,1.75d\n"),
        ("updates/2026-08-06.md", "---\nstatus_date: 2026-08-06\n---\n"),
    ];
    let words = words(&files, "project/index.html");
    says(&words, "Most time is lost in Cabling (1 working day).");
}
