//! What a board allows, what risks and orders are worth, and what a change costs: numbers that were worked by hand.

use milepost::diagnostic::Diagnostics;
use milepost::page::what_if::words;
use milepost::pipeline::{Options, compute};
use milepost::quantity::Amount;
use milepost::record::what_if::Wish;
use milepost::report::Report;
use milepost::source::disk::Folder;

use crate::sample::{computed_of, page};

const PROJECT: &str = "project: Demo\nstart: 2026-03-02\ncurrency: EUR\nsponsor: sue\n";
const TEAM: &str =
    "roles: {eng: {rate: 800 EUR/d}}\npeople:\n  ann: {name: Ann, role: eng}\n  sue: {name: Sue}\n";
const PLAN: &str = "execution:\n  build: {name: Build, duration: 10d, assign: ann}\n";
const REPORT: &str = "status_date,task,actual_start,percent_complete\n2026-03-13,build,2026-03-02,50%\n";

/// A small project with some files more, or in place of its own.
fn computed(more: &[(&str, &str)]) -> Report {
    let own =
        [("project.yaml", PROJECT), ("resources.yaml", TEAM), ("plan.yaml", PLAN), ("progress.csv", REPORT)];
    computed_of(&own, more)
}

fn messages(report: &Report, code: &str) -> Vec<String> {
    let found = report.findings.iter().filter(|found| found.rule.code == code);
    found.map(|found| found.message.replace('\u{a0}', " ")).collect()
}

const CHANGE: &str = "C1: {change: Two days more, submitted: 2026-03-03, status: approved, decided: 2026-03-10, decided_by: sue, \
                      allows: {time: 7d}}\n";
const FIRST: &str = "baseline: B1\napproved: 2026-03-02\nallowed: {time: 5d}\ntasks:\n  build: {start: 2026-03-02, finish: 2026-03-13, budget: 8_000 EUR}\n";

/// Five days were frozen and still stand in `project.yaml`; the change of 10 March allows seven.
#[test]
fn what_a_change_allows_is_in_force_from_the_day_of_its_approval() {
    let project = PROJECT.to_owned() + "tolerance: {time: 5d}\n";
    let on = |day: &str| {
        let progress = REPORT.replace("2026-03-13", day);
        let report = computed(&[
            ("project.yaml", project.as_str()),
            ("progress.csv", progress.as_str()),
            ("changes.yaml", CHANGE),
            ("baselines/B1.yaml", FIRST),
        ]);
        assert_eq!(messages(&report, "W634"), Vec::<String>::new(), "{day}");
        report.projects[0].project.tolerance.time.unwrap()
    };
    assert_eq!((on("2026-03-09"), on("2026-03-10")), (5 * 480, 7 * 480));
}

#[test]
fn a_new_baseline_freezes_what_its_change_allows() {
    let folder = tempfile::tempdir().unwrap();
    let project = PROJECT.to_owned() + "tolerance: {time: 5d}\n";
    std::fs::create_dir(folder.path().join("baselines")).unwrap();
    for (path, text) in [
        ("project.yaml", project.as_str()),
        ("resources.yaml", TEAM),
        ("plan.yaml", PLAN),
        ("progress.csv", REPORT),
        ("changes.yaml", CHANGE),
        ("baselines/B1.yaml", FIRST),
    ] {
        std::fs::write(folder.path().join(path), text).unwrap();
    }
    crate::frozen_records::done(&["baseline", "freeze", "B2", "--authorised-by", "C1"], folder.path());
    let text = std::fs::read_to_string(folder.path().join("baselines/B2.yaml")).unwrap();
    assert!(text.contains("time: 7d"), "{text}");
    // The five of `project.yaml` are those of the first baseline: they take nothing of the seven back.
    for (typed, holds) in [("5d", 7 * 480), ("4d", 4 * 480)] {
        let project = PROJECT.to_owned() + &format!("tolerance: {{time: {typed}}}\n");
        let report = computed(&[
            ("project.yaml", project.as_str()),
            ("changes.yaml", CHANGE),
            ("baselines/B1.yaml", FIRST),
            ("baselines/B2.yaml", text.as_str()),
        ]);
        assert_eq!(report.projects[0].project.tolerance.time, Some(holds), "{typed}");
    }
}

/// C1 allowed seven days before B2 was approved for another change, with five.
#[test]
fn a_tolerance_that_was_allowed_once_is_not_said_to_be_allowed_by_nobody() {
    let project = PROJECT.to_owned() + "tolerance: {time: 7d}\n";
    let changes = CHANGE.replace("2026-03-10", "2026-03-04")
        + "C2: {change: Another plan, submitted: 2026-03-05, status: approved, decided: 2026-03-06, decided_by: sue}\n";
    let second =
        FIRST.replace("B1", "B2").replace("approved: 2026-03-02", "approved: 2026-03-06\nauthorised_by: C2");
    let report = computed(&[
        ("project.yaml", project.as_str()),
        ("changes.yaml", changes.as_str()),
        ("baselines/B1.yaml", FIRST),
        ("baselines/B2.yaml", second.as_str()),
    ]);
    assert_eq!(
        messages(&report, "W634"),
        [
            "the tolerance of time is 7 d in `project.yaml`, baseline `B2` froze 5 d, and `C1` had allowed it before"
        ]
    );
}

/// Half of 2 000 may be lost and half of 800 gained: threats 1 000, exposure 600.
#[test]
fn exposure_is_threats_less_opportunities_wherever_it_is_a_figure() {
    let risks = "R1: {risk: Late, probability: 50%, impact: {cost: 2_000 EUR}, raised: 2026-03-02, owner: ann}\n\
                 R2: {risk: Discount, probability: 50%, impact: {cost: -800 EUR}, raised: 2026-03-02, owner: ann}\n";
    let checks = "checks:\n  the exposure is small: exposure <= 700 EUR\n  the threats are small: threats <= 700 EUR\n";
    let project = PROJECT.to_owned() + checks;
    let report = computed(&[("project.yaml", project.as_str()), ("risks.yaml", risks)]);
    let broken = messages(&report, "E690");
    assert_eq!(broken.len(), 1, "{broken:?}");
    assert!(broken[0].contains("the threats are small"), "{broken:?}");
    let said = report.projects[0].said();
    assert_eq!((said.figures.exposure, said.figures.threats), (Some(Amount(60_000)), Some(Amount(100_000))));
    // A page that speaks of what contingency must cover calls it threats.
    assert!(page(&report, "project/index.html").contains("Threats"));
}

/// Ordered at 0.92 and invoiced in full at 0.90: nothing is to come.
#[test]
fn an_order_in_another_currency_that_is_invoiced_in_full_is_closed() {
    let project = PROJECT.to_owned()
        + "rates:\n  - {currency: USD, rate: 0.92, date: 2026-03-01}\n  - {currency: USD, rate: 0.90, date: 2026-03-09}\n";
    let plan = "execution:\n  buy: {duration: 5d, cost: 20_000 EUR hardware}\n";
    let of = |amount: &str| {
        let costs = format!(
            "date,type,category,task,amount,reference\n2026-03-02,commitment,hardware,buy,20_000 USD,PO-7\n2026-03-10,actual,hardware,buy,{amount},PO-7\n"
        );
        let progress = "status_date,task,actual_start\n2026-03-13,buy,2026-03-02\n";
        let files = [
            ("project.yaml", project.as_str()),
            ("plan.yaml", plan),
            ("costs.csv", costs.as_str()),
            ("progress.csv", progress),
        ];
        let report = computed(&files);
        let orders = &report.projects[0].control.spending.open_orders;
        orders.iter().map(|order| order.amount).collect::<Vec<_>>()
    };
    assert_eq!(of("20_000 USD"), []);
    assert_eq!(of("15_000 USD"), [Amount(460_000)]);
}

/// The trend knows nothing of 10 000 EUR more for work that has not begun, so the net present value of pages stays. With the rest counted
/// piece by piece they are paid over the 62 days from 20 November to 21 January, 41 of them in the year of the decision and 21 in the
/// next, at 6 %: 10 000 × 41 ÷ 62 + 10 000 × 21 ÷ 62 ÷ 1.06 = 9 808.28.
#[test]
fn a_what_if_holds_a_net_present_value_against_the_same_one() {
    let folder = crate::frozen_records::branch_network();
    let mut found = Diagnostics::default();
    let files = Folder::read(folder.path(), &mut found).unwrap();
    let dearer = Wish::set("tasks.rollout.cost=10_000 EUR services");
    let report = compute(&files, found, &Options { what_if: vec![dearer], ..Options::default() });
    let what_if = report.what_if.as_ref().unwrap();
    let difference = &what_if.projects[0].difference;
    assert!(!difference.net_present_value.is_change(), "{:?}", difference.net_present_value);
    let now = report.projects[0].control.case.as_ref().unwrap().preferred_now().unwrap().npv;
    assert_eq!(difference.net_present_value.after, Some(now), "what build and why say");
    let counted = difference.net_present_value_counted;
    assert_eq!(counted.after.unwrap() - counted.before.unwrap(), Amount(-980_828));
    let rows = words(&report).unwrap().projects.remove(0).rows;
    let kinds: Vec<&str> = rows.iter().map(|row| row.kind).collect();
    assert!(
        kinds.contains(&"net-present-value-counted") && !kinds.contains(&"net-present-value"),
        "{kinds:?}"
    );
}

/// Half of 8 000 is earned for 8 000: 16 000 in the end, 7 000 more than budget and contingency; what is left costs 4 000 more as planned,
/// 3 000 beyond.
#[test]
fn a_trend_beyond_contingency_needs_more_than_all_of_it() {
    let report = computed(&[
        ("budget.yaml", "contingency: 1_000 EUR\nmanagement_reserve: 5_000 EUR\n"),
        ("timesheets.csv", "week,person,task,time\n2026-W10,ann,build,5d\n2026-W11,ann,build,5d\n"),
    ]);
    let index = page(&report, "project/index.html");
    assert!(index.contains("more than all of it needed by the cost trend"), "{index}");
    assert!(!index.contains("100 % needed"), "{index}");
}

/// The finish holds, so the three days end with it.
#[test]
fn of_a_start_and_a_finish_that_are_both_set_the_finish_is_named() {
    let plan = "execution:\n  pilot: {duration: 3d, must_start: 2026-03-09, must_finish: 2026-06-05, because: the fair}\n";
    let report = computed(&[("plan.yaml", plan), ("progress.csv", "status_date,task\n")]);
    assert_eq!(
        messages(&report, "W215"),
        [
            "`pilot` must start on 2026-03-09 and finish on 2026-06-05: as long as it is, it begins on 2026-06-03"
        ]
    );
    let room = milepost::page::why::Teller::new(&report, &report.projects[0]);
    let said = room.room(milepost::model::TaskNo(0));
    assert_eq!(
        said[0].text.replace('\u{a0}', " "),
        "has no float: its date is fixed, must finish 5 Jun 2026"
    );
}

#[test]
fn the_ledger_says_how_hours_of_a_week_in_two_months_are_divided() {
    let report = computed(&[("timesheets.csv", "week,person,task,time\n2026-W10,ann,build,5d\n")]);
    let ledger = page(&report, "ledger.html");
    assert!(ledger.contains("by the working days of the person on which the task ran"), "{ledger}");
}

/// Done ten working days late, of which five are tolerated, and closed: no page asks for a decision that nobody takes any more.
#[test]
fn a_closed_project_is_outside_no_tolerance() {
    let project = PROJECT.to_owned() + "project_manager: ann\noperations_owner: ann\ntolerance: {time: 5d}\n";
    let plan =
        "closing:\n  build: {name: Build, duration: 10d, assign: ann}\n  G5: {gate: Closed, after: build}\n";
    let progress = |g5: &str| {
        format!(
            "status_date,task,actual_start,actual_finish,percent_complete\n2026-04-01,build,2026-03-02,2026-03-27,100%\n{g5}"
        )
    };
    let gate = "---\ngate: G5\ndecision: approve\ndecided: 2026-03-30\nsignatures:\n  - {role: sponsor, person: sue, decision: approve, date: 2026-03-30}\n---\n";
    let (open, closed) = (progress(""), progress("2026-04-01,G5,,2026-03-30,\n"));
    let of = |progress: &str, gate: &[(&str, &str)]| {
        let files = [("project.yaml", project.as_str()), ("plan.yaml", plan), ("progress.csv", progress)];
        let report = computed(&[&files, gate].concat());
        (messages(&report, "W608").len(), page(&report, "project/index.html"))
    };
    let (found, shown) = of(&open, &[]);
    assert!(found == 1 && shown.contains("Outside the board’s tolerance"), "{shown}");
    let (found, shown) = of(&closed, &[("gates/G5.md", gate)]);
    assert!(found == 0 && !shown.contains("Outside the board’s tolerance"), "{shown}");
}

/// 20 days by the clock that began on Monday, 9 March, with 14 left at the end of Friday, the 13th: to the end of the 27th, 19 days. Frozen
/// were the 15 working days among them, which are read back as three weeks of work.
#[test]
fn work_by_the_clock_that_has_begun_is_frozen_in_days_of_the_clock() {
    let folder = tempfile::tempdir().unwrap();
    for (path, text) in [
        ("project.yaml", PROJECT),
        ("resources.yaml", TEAM),
        (
            "plan.yaml",
            "execution:\n  build: {duration: 5d, assign: ann}\n  order: {duration: 20ed, after: build, cost: 1_000 EUR, owner: ann}\n  \
             later: {duration: 20ed, after: order, cost: 1_000 EUR, owner: ann}\n",
        ),
        (
            "progress.csv",
            "status_date,task,actual_start,actual_finish,remaining\n2026-03-13,build,2026-03-02,2026-03-06,\n\
             2026-03-13,order,2026-03-09,,14ed\n",
        ),
    ] {
        std::fs::write(folder.path().join(path), text).unwrap();
    }
    crate::frozen_records::done(&["baseline", "freeze", "B1"], folder.path());
    let text = std::fs::read_to_string(folder.path().join("baselines/B1.yaml")).unwrap();
    let order = "order: {start: 2026-03-09, finish: 2026-03-27, duration: 19ed, ";
    assert!(text.contains(order), "{text}");
    assert!(text.contains(", duration: 20ed, "), "{text}");
    // It is read back as it was, and no estimate has moved.
    let report = computed(&[
        ("plan.yaml", &std::fs::read_to_string(folder.path().join("plan.yaml")).unwrap()),
        ("progress.csv", &std::fs::read_to_string(folder.path().join("progress.csv")).unwrap()),
        ("baselines/B1.yaml", &text),
    ]);
    let frozen = &report.projects[0].project.baselines[0];
    let order = report.projects[0]
        .project
        .task_numbers()
        .find(|number| report.projects[0].project.task(*number).id.as_str() == "order");
    let length = frozen.tasks[&order.unwrap()].duration.unwrap();
    assert_eq!((length.minutes, length.is_elapsed), (19 * 1_440, true));
    assert_eq!(messages(&report, "W604"), Vec::<String>::new());
    assert_eq!(report.projects[0].control.finish_slip_calendar_days, 0);
}
