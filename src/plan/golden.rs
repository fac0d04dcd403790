//! The branch network: a worked schedule on two calendars, checked to the day.

use crate::model::{Assignee, TaskKind, TaskNo};
use crate::plan::sketch::{Sketch, date};
use crate::plan::{Driver, Facts, Schedule, State, schedule};
use crate::quantity::{GateId, Moment};

const TASKS: [&str; 12] = [
    "business-case",
    "survey",
    "design",
    "security-review",
    "rfq",
    "order-hw",
    "staging",
    "pilot",
    "rollout",
    "training",
    "acceptance",
    "handover",
];

/// The plan; the change window is closed from 2026-12-14 to 2027-01-08.
pub(crate) fn branch_network() -> Sketch {
    let mut sketch = Sketch::starting("2026-08-03", &["2026-12-25", "2027-01-01"]);
    let window = sketch.calendar("change-window", &["2026-12-14 .. 2027-01-08"]);
    let anna = Assignee::Person(sketch.person("anna", &[]));
    let tom = Assignee::Person(sketch.person("tom", &["2026-12-28 .. 2026-12-31"]));
    let sam = Assignee::Person(sketch.person("sam", &[]));
    let priya = Assignee::Person(sketch.person("priya", &[]));
    let lea = Assignee::Person(sketch.person("lea", &[]));
    sketch.work("business-case", "8d", &[]).assign(anna, 50);
    sketch.work("survey", "8d / 10d / 12d", &["business-case"]).assign(tom, 100);
    sketch.work("design", "8d", &["survey"]).assign(tom, 100);
    sketch.work("security-review", "5d", &["design"]).assign(priya, 50);
    sketch.work("rfq", "8d", &["design"]).assign(anna, 25);
    sketch.work("order-hw", "25d", &["security-review", "rfq"]);
    sketch.work("staging", "4d", &["order-hw"]).assign(tom, 100);
    sketch.work("pilot", "5d", &["staging"]).on(window).assign(tom, 100).assign(sam, 100);
    sketch.work("rollout", "12d", &["pilot"]).on(window).assign(tom, 100).assign(sam, 100);
    sketch.work("training", "4d", &["pilot"]).assign(lea, 100);
    sketch.work("acceptance", "3d", &["rollout", "training"]).assign(tom, 100);
    sketch.work("handover", "5d", &["acceptance"]).assign(tom, 100);
    let closure = TaskKind::Gate(GateId::G5);
    sketch.task("G5", closure, &["handover"]).due("2026-12-18");
    let span =
        TaskKind::Hammock { from: vec![sketch.number("business-case")], to: vec![sketch.number("handover")] };
    sketch.task("project-management", span, &[]).assign(anna, 20);
    sketch
}

/// What had been reported by 2026-11-20.
pub(crate) fn reported(sketch: &Sketch) -> Facts {
    let mut facts = Facts::none(&sketch.project);
    facts.status_date = Some(date("2026-11-20"));
    for (name, start, finish) in [
        ("business-case", "2026-08-03", "2026-08-12"),
        ("survey", "2026-08-13", "2026-08-27"),
        ("design", "2026-08-28", "2026-09-09"),
        ("security-review", "2026-09-10", "2026-09-17"),
        ("rfq", "2026-09-10", "2026-09-21"),
        ("order-hw", "2026-09-22", "2026-11-06"),
        ("staging", "2026-11-09", "2026-11-13"),
    ] {
        let progress = &mut facts.progress[sketch.number(name).0 as usize];
        progress.actual_start = Some(Moment::on(date(start)));
        progress.actual_finish = Some(Moment::on(date(finish)));
    }
    let pilot = &mut facts.progress[sketch.number("pilot").0 as usize];
    pilot.actual_start = Some(Moment::on(date("2026-11-16")));
    pilot.percent_complete = Some("40%".parse().unwrap());
    pilot.remaining = Some("4d".parse().unwrap());
    facts
}

fn table(sketch: &Sketch, schedule: &Schedule) -> String {
    let row = |name: &&str| {
        let slot = sketch.slot(schedule, name);
        assert_eq!(slot.total_float % 480, 0, "{name}");
        format!(
            "{name:15} {} TF {} {}",
            sketch.days(schedule, name),
            slot.total_float / 480,
            if slot.critical { "critical" } else { "-" }
        )
    };
    TASKS.iter().map(row).collect::<Vec<_>>().join("\n")
}

#[test]
fn the_baseline_is_as_worked_by_hand() {
    let sketch = branch_network();
    let schedule = sketch.planned();
    expect_test::expect![[r"
        business-case   08-03 → 08-12 TF 0 critical
        survey          08-13 → 08-26 TF 0 critical
        design          08-27 → 09-07 TF 0 critical
        security-review 09-08 → 09-14 TF 3 -
        rfq             09-08 → 09-17 TF 0 critical
        order-hw        09-18 → 10-22 TF 0 critical
        staging         10-23 → 10-28 TF 0 critical
        pilot           10-29 → 11-04 TF 0 critical
        rollout         11-05 → 11-20 TF 0 critical
        training        11-05 → 11-10 TF 8 -
        acceptance      11-23 → 11-25 TF 0 critical
        handover        11-26 → 12-02 TF 0 critical"]]
    .assert_eq(&table(&sketch, &schedule));
    assert_eq!(schedule.finish_day(), date("2026-12-02"));
    let working_time = sketch.project.working_time();
    assert_eq!(working_time.working_days_between(date("2026-08-03"), date("2026-12-03")), 88);
    assert_eq!(sketch.days(&schedule, "project-management"), "08-03 → 12-02");
    assert_eq!(sketch.days(&schedule, "G5"), "12-02 → 12-02");
}

#[test]
fn the_forecast_is_as_worked_by_hand() {
    let sketch = branch_network();
    let schedule = schedule(&sketch.project, &reported(&sketch));
    expect_test::expect![[r"
        business-case   08-03 → 08-12 TF 0 -
        survey          08-13 → 08-27 TF 0 -
        design          08-28 → 09-09 TF 0 -
        security-review 09-10 → 09-17 TF 0 -
        rfq             09-10 → 09-21 TF 0 -
        order-hw        09-22 → 11-06 TF 0 -
        staging         11-09 → 11-13 TF 0 -
        pilot           11-16 → 11-26 TF 0 critical
        rollout         11-27 → 01-11 TF 0 critical
        training        11-27 → 12-02 TF 26 -
        acceptance      01-12 → 01-14 TF 0 critical
        handover        01-15 → 01-21 TF 0 critical"]]
    .assert_eq(&table(&sketch, &schedule));
    assert_eq!(schedule.finish_day(), date("2027-01-21"));

    // The gate's deadline moves nothing, but shows what is missing: 22 working days from 2026-12-18.
    let gate = sketch.slot(&schedule, "G5");
    assert_eq!((gate.total_float, gate.deadline_margin), (0, Some(-22 * 480)));
    let training = sketch.slot(&schedule, "training");
    assert_eq!((training.total_float, training.deadline_margin), (26 * 480, Some(4 * 480)));
    assert_eq!(training.free_float, 26 * 480);
    // On the change window's own days the pilot is only four days late: the rest is the freeze.
    assert_eq!(sketch.slot(&schedule, "pilot").deadline_margin, Some(-4 * 480));

    let path: Vec<&str> =
        schedule.longest_path.iter().map(|task| sketch.project.task(*task).id.as_str()).collect();
    let expected: Vec<&str> = TASKS
        .into_iter()
        .filter(|name| !["security-review", "training"].contains(name))
        .chain(["G5"])
        .collect();
    assert_eq!(path, expected);
    let span = sketch.slot(&schedule, "project-management");
    assert_eq!(span.state, State::InProgress);
    assert_eq!(span.drivers, [Driver::Follows(TaskNo(0))]);
    assert!(!span.critical);
}

#[test]
fn one_working_day_less_of_the_pilot_gains_29_calendar_days() {
    let sketch = branch_network();
    let mut facts = reported(&sketch);
    facts.changed.insert(sketch.number("pilot"), -480);
    let schedule = schedule(&sketch.project, &facts);
    assert_eq!(schedule.finish_day(), date("2026-12-23"));
    assert_eq!(sketch.slot(&schedule, "rollout").last_day(), date("2026-12-11"));
}
