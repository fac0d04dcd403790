//! Single cases of the schedule, each the smallest plan that shows it. 2026-11-02 is a Monday.

use crate::model::{Assignee, ConstraintKind, Conventions, TaskKind, find_cycles};
use crate::plan::sketch::{Sketch, date};
use crate::plan::{Driver, Facts, Schedule, State, schedule};
use crate::quantity::{GateId, Moment, Percent};

fn monday() -> Sketch {
    Sketch::starting("2026-11-02", &[])
}

/// Dates and floats in days, one line a task.
#[track_caller]
fn check(sketch: &Sketch, schedule: &Schedule, expected: &[&str]) {
    let lines: Vec<String> = sketch
        .project
        .tasks
        .iter()
        .zip(&schedule.slots)
        .map(|(task, slot)| {
            let days = sketch.days(schedule, task.id.as_str());
            let margin = slot.deadline_margin.map_or(String::new(), |margin| format!(" DM {}", margin / 480));
            format!("{} {days} TF {} FF {}{margin}", task.id, slot.total_float / 480, slot.free_float / 480)
        })
        .collect();
    assert_eq!(lines, expected);
}

#[track_caller]
fn check_plan(sketch: &Sketch, expected: &[&str]) {
    check(sketch, &sketch.planned(), expected);
}

fn as_of(sketch: &Sketch, day: &str, reports: &[(&str, &str, &str)]) -> Facts {
    let mut facts = Facts::none(&sketch.project);
    facts.status_date = Some(date(day));
    for (name, start, finish) in reports {
        let progress = &mut facts.progress[sketch.number(name).0 as usize];
        progress.actual_start = Some(Moment::on(date(start)));
        progress.actual_finish = (!finish.is_empty()).then(|| Moment::on(date(finish)));
    }
    facts
}

#[test]
fn all_four_links_with_lags() {
    let mut sketch = monday();
    sketch.work("a", "4d", &[]);
    sketch.work("fs", "2d", &["a FS +1d"]);
    sketch.work("ss", "2d", &["a SS +1d"]);
    sketch.work("ff", "2d", &["a FF +1d"]);
    sketch.work("sf", "1d", &["a SF +3d"]);
    sketch.work("lead", "2d", &["a FS -2d"]);
    sketch.work("ed", "1d", &["a FS +2ed"]);
    check_plan(
        &sketch,
        &[
            "a 11-02 → 11-05 TF 0 FF 0",
            "fs 11-09 → 11-10 TF 0 FF 0",
            "ss 11-03 → 11-04 TF 4 FF 4",
            "ff 11-05 → 11-06 TF 2 FF 2",
            "sf 11-04 → 11-04 TF 4 FF 4",
            "lead 11-04 → 11-05 TF 3 FF 3",
            "ed 11-09 → 11-09 TF 1 FF 1",
        ],
    );
}

#[test]
fn a_milestone_lies_at_the_end_of_its_predecessors_day_and_at_the_first_day_of_the_project() {
    let mut sketch = monday();
    sketch.task("begin", TaskKind::Milestone, &[]);
    sketch.work("a", "5d", &["begin"]);
    sketch.task("done", TaskKind::Milestone, &["a"]);
    sketch.work("b", "1d", &["done"]);
    let fair = sketch.task("fair", TaskKind::Milestone, &["a"]);
    fair.bound(ConstraintKind::StartsNotBefore, "2026-11-09");
    check_plan(
        &sketch,
        &[
            "begin 11-02 → 11-02 TF 0 FF 0",
            "a 11-02 → 11-06 TF 0 FF 0",
            "done 11-06 → 11-06 TF 0 FF 0",
            "b 11-09 → 11-09 TF 0 FF 0",
            "fair 11-09 → 11-09 TF 1 FF 1",
        ],
    );
}

#[test]
fn constraints_push_and_those_that_the_logic_misses_show_as_negative_float() {
    let mut sketch = monday();
    sketch.work("a", "5d", &[]);
    sketch.work("soft", "2d", &["a"]).bound(ConstraintKind::StartsNotBefore, "2026-11-11");
    sketch.work("late", "2d", &["a"]).bound(ConstraintKind::FinishesNotBefore, "2026-11-13");
    sketch.work("held", "2d", &["a"]).bound(ConstraintKind::StartsNotAfter, "2026-11-05");
    sketch.work("ends", "2d", &[]).bound(ConstraintKind::FinishesNotAfter, "2026-11-04");
    sketch.work("must", "2d", &["a"]).bound(ConstraintKind::MustStart, "2026-11-12");
    sketch.work("must-end", "2d", &["a"]).bound(ConstraintKind::MustFinish, "2026-11-06");
    let planned = sketch.planned();
    check(
        &sketch,
        &planned,
        &[
            "a 11-02 → 11-06 TF -2 FF 0",
            "soft 11-11 → 11-12 TF 1 FF 1",
            "late 11-12 → 11-13 TF 0 FF 0",
            "held 11-09 → 11-10 TF -2 FF 0",
            "ends 11-02 → 11-03 TF 1 FF 1",
            "must 11-12 → 11-13 TF 0 FF 0",
            "must-end 11-09 → 11-10 TF -2 FF 0",
        ],
    );
    assert_eq!(sketch.slot(&planned, "soft").drivers, [Driver::Constraint(0)]);
    assert!(matches!(sketch.slot(&planned, "held").drivers[..], [Driver::Link { .. }]));
    assert!(sketch.slot(&planned, "a").critical);
}

/// From Monday 2 November: 15 + 5 + 2 days end on Friday 20, Friday 27 and Tuesday 1 December; Tuesday the 10th is 15 days before.
#[test]
fn a_date_that_must_be_kept_hides_none_behind_it() {
    let mut sketch = monday();
    sketch.work("p", "15d", &[]);
    sketch.work("m", "5d", &["p"]).bound(ConstraintKind::MustFinish, "2026-11-13");
    sketch.work("s", "2d", &["m"]).bound(ConstraintKind::FinishesNotAfter, "2026-11-10");
    check_plan(
        &sketch,
        &["p 11-02 → 11-20 TF -15 FF 0", "m 11-23 → 11-27 TF -15 FF 0", "s 11-30 → 12-01 TF -15 FF 0"],
    );
}

/// Friday the 20th asks for Monday the 16th as the start, eight days behind Wednesday the 4th.
#[test]
fn two_dates_of_one_task_that_contradict_each_other_show_as_float() {
    let mut sketch = monday();
    let task = sketch.work("m", "5d", &[]).bound(ConstraintKind::StartsNotAfter, "2026-11-04");
    task.bound(ConstraintKind::MustFinish, "2026-11-20");
    sketch.work("z", "20d", &[]);
    check_plan(&sketch, &["m 11-16 → 11-20 TF -8 FF 0", "z 11-02 → 11-27 TF 0 FF 0"]);
}

#[test]
fn a_milestone_that_must_start_on_a_day_has_until_the_end_of_it() {
    let mut sketch = monday();
    sketch.work("a", "3d", &[]);
    sketch.task("m", TaskKind::Milestone, &["a"]).bound(ConstraintKind::MustStart, "2026-11-04");
    sketch.work("z", "20d", &[]);
    check_plan(
        &sketch,
        &["a 11-02 → 11-04 TF 0 FF 0", "m 11-04 → 11-04 TF 0 FF 0", "z 11-02 → 11-27 TF 0 FF 0"],
    );
}

#[test]
fn as_late_as_possible_takes_the_float_and_pushes_what_follows() {
    let mut sketch = monday();
    sketch.work("long", "5d", &[]);
    sketch.work("late", "1d", &[]).bound(ConstraintKind::AsLateAsPossible, "");
    sketch.work("next", "2d", &["late"]);
    sketch.work("end", "1d", &["long", "next"]);
    let planned = sketch.planned();
    check(
        &sketch,
        &planned,
        &[
            "long 11-02 → 11-06 TF 0 FF 0",
            "late 11-04 → 11-04 TF 0 FF 0",
            "next 11-05 → 11-06 TF 0 FF 0",
            "end 11-09 → 11-09 TF 0 FF 0",
        ],
    );
    assert_eq!(sketch.slot(&planned, "late").drivers, [Driver::Constraint(0)]);
}

#[test]
fn deadlines_move_nothing_and_bind_what_lies_before_them() {
    let mut sketch = monday();
    sketch.work("a", "5d", &[]);
    sketch.work("b", "3d", &["a"]).due("2026-11-10");
    sketch.work("c", "9d", &[]);
    check_plan(
        &sketch,
        &["a 11-02 → 11-06 TF 1 FF 0 DM -1", "b 11-09 → 11-11 TF 1 FF 1 DM -1", "c 11-02 → 11-12 TF 0 FF 0"],
    );
}

#[test]
fn begun_work_goes_on_after_the_status_date_and_waits_for_its_predecessors() {
    let mut sketch = monday();
    sketch.work("a", "5d", &[]);
    sketch.work("b", "4d", &["a"]);
    sketch.work("c", "2d", &[]);
    let mut facts = as_of(&sketch, "2026-11-04", &[("a", "2026-11-03", ""), ("b", "2026-11-04", "")]);
    facts.progress[0].percent_complete = Some("40%".parse().unwrap());
    facts.progress[1].remaining = Some("2d".parse().unwrap());
    let forecast = schedule(&sketch.project, &facts);
    check(
        &sketch,
        &forecast,
        &["a 11-03 → 11-09 TF 0 FF 0", "b 11-04 → 11-11 TF 0 FF 0", "c 11-05 → 11-06 TF 3 FF 3"],
    );
    let (a, b, c) = (&forecast.slots[0], &forecast.slots[1], &forecast.slots[2]);
    assert_eq!((a.state, a.remaining, a.out_of_sequence), (State::InProgress, 3 * 480, false));
    assert_eq!((b.remaining, b.out_of_sequence), (2 * 480, true));
    assert_eq!((a.overtook, b.overtook), (None, Some(sketch.number("a"))));
    assert_eq!(a.drivers, [Driver::Actual, Driver::StatusDate]);
    assert_eq!(b.drivers, [Driver::Actual, Driver::Link { holder: sketch.number("b"), place: 0 }]);
    assert_eq!(c.drivers, [Driver::StatusDate]);
}

/// 20 days apportioned to work of which 9 of 12 are done: a quarter is left, five days. Before it begins, all of it.
#[test]
fn apportioned_work_is_as_far_as_what_it_follows() {
    let mut sketch = monday();
    sketch.work("wave", "12d", &[]);
    sketch.work("care", "20d", &[]);
    sketch.project.tasks[1].earning = crate::model::Earning::Apportioned(sketch.number("wave"));
    let mut facts = as_of(&sketch, "2026-11-13", &[("wave", "2026-11-02", ""), ("care", "2026-11-02", "")]);
    facts.progress[0].percent_complete = Some("75%".parse().unwrap());
    let left = |facts: &Facts| schedule(&sketch.project, facts).slots[1].remaining;
    assert_eq!(left(&facts), 5 * 480);
    facts.progress[1].remaining = Some("8d".parse().unwrap());
    assert_eq!(left(&facts), 8 * 480, "who says what is left is believed");
    facts.progress[1].remaining = None;
    facts.progress[1].actual_start = None;
    assert_eq!(left(&facts), 20 * 480);
}

#[test]
fn a_passed_gate_is_over_and_an_open_one_lies_at_the_status_date() {
    let mut sketch = monday();
    sketch.work("a", "2d", &[]);
    sketch.task("G1", TaskKind::Gate(GateId::G1), &["a"]);
    sketch.work("b", "2d", &["G1"]);
    let reports = [("a", "2026-11-02", "2026-11-03"), ("b", "2026-11-04", "2026-11-05")];
    let mut facts = as_of(&sketch, "2026-11-06", &reports);
    let open = schedule(&sketch.project, &facts);
    assert_eq!(sketch.days(&open, "G1"), "11-06 → 11-06");
    assert!(sketch.slot(&open, "b").out_of_sequence);
    facts.settled.insert(sketch.number("G1"), date("2026-11-04"));
    let passed = schedule(&sketch.project, &facts);
    assert_eq!(sketch.days(&passed, "G1"), "11-04 → 11-04");
    assert_eq!(sketch.slot(&passed, "G1").state, State::Finished);
    // Decided and begun on one day: reports know days only.
    assert!(!sketch.slot(&passed, "b").out_of_sequence);
}

/// The fixed expectation: `a` needs two days from 9 November, the gate lies at its end although it was decided on the 4th, and `b`
/// waits for it; without the decision every day is the same.
#[test]
fn a_gate_passed_over_open_work_releases_nothing() {
    let mut sketch = monday();
    sketch.work("a", "2d", &[]);
    sketch.task("G1", TaskKind::Gate(GateId::G1), &["a"]);
    sketch.work("b", "2d", &["G1"]);
    let mut facts = as_of(&sketch, "2026-11-06", &[]);
    facts.settled.insert(sketch.number("G1"), date("2026-11-04"));
    let unreported = schedule(&sketch.project, &facts);
    assert_eq!(sketch.days(&unreported, "G1"), "11-04 → 11-04");
    facts.settled.clear();
    facts.progress[0].reported = Some(date("2026-11-06"));
    let undecided = schedule(&sketch.project, &facts);
    facts.settled.insert(sketch.number("G1"), date("2026-11-04"));
    let passed = schedule(&sketch.project, &facts);
    check(
        &sketch,
        &passed,
        &["a 11-09 → 11-10 TF 0 FF 0", "G1 11-10 → 11-10 TF 0 FF 0", "b 11-11 → 11-12 TF 0 FF 0"],
    );
    assert_eq!(sketch.slot(&passed, "G1").state, State::NotStarted);
    assert_eq!(sketch.days(&undecided, "b"), sketch.days(&passed, "b"));
    // What waits only for the start of a task may be decided while that task goes on.
    let mut sketch = monday();
    sketch.work("a", "9d", &[]);
    sketch.task("G1", TaskKind::Gate(GateId::G1), &["a SS"]);
    let mut facts = as_of(&sketch, "2026-11-06", &[("a", "2026-11-02", "")]);
    facts.progress[0].reported = Some(date("2026-11-06"));
    facts.settled.insert(sketch.number("G1"), date("2026-11-04"));
    let passed = schedule(&sketch.project, &facts);
    assert_eq!(sketch.days(&passed, "G1"), "11-04 → 11-04");
}

#[test]
fn the_driving_path_begins_at_a_gate_that_waits_only_for_its_decision() {
    let mut sketch = monday();
    sketch.work("a", "2d", &[]);
    sketch.task("G2", TaskKind::Gate(GateId::G2), &["a"]);
    sketch.work("b", "2d", &["G2"]);
    let facts = as_of(&sketch, "2026-11-06", &[("a", "2026-11-02", "2026-11-04")]);
    let forecast = schedule(&sketch.project, &facts);
    assert_eq!(sketch.slot(&forecast, "G2").drivers, [Driver::StatusDate]);
    assert_eq!(forecast.longest_path, [sketch.number("G2"), sketch.number("b")]);
}

#[test]
fn what_binds_a_summary_binds_everything_below_it() {
    let mut sketch = monday();
    sketch.work("before", "2d", &[]);
    sketch.task("phase", TaskKind::Summary, &["before"]).due("2026-11-06");
    let phase = sketch.number("phase");
    sketch.work("x", "2d", &[]).below(phase);
    sketch.work("y", "3d", &["x SS +1d"]).below(phase);
    sketch.work("after", "1d", &["phase"]);
    sketch.work("with", "1d", &["phase SS"]);
    let planned = sketch.planned();
    check(
        &sketch,
        &planned,
        &[
            "before 11-02 → 11-03 TF 0 FF 0 DM -1",
            "phase 11-04 → 11-09 TF 0 FF 0 DM -1",
            "x 11-04 → 11-05 TF 0 FF 0 DM -1",
            "y 11-05 → 11-09 TF 0 FF 0 DM -1",
            "after 11-10 → 11-10 TF 0 FF 0",
            "with 11-04 → 11-04 TF 4 FF 4",
        ],
    );
    assert_eq!(sketch.slot(&planned, "x").drivers, [Driver::Link { holder: phase, place: 0 }]);
    assert_eq!(sketch.slot(&planned, "phase").drivers, [Driver::Follows(sketch.number("x"))]);
    let path: Vec<&str> =
        planned.longest_path.iter().map(|task| sketch.project.task(*task).id.as_str()).collect();
    assert_eq!(path, ["before", "x", "y", "after"]);
}

#[test]
fn a_hammock_spans_and_what_follows_it_follows_its_span() {
    let mut sketch = monday();
    sketch.work("a", "2d", &[]);
    sketch.work("b", "3d", &["a"]);
    let kind = TaskKind::Hammock { from: vec![sketch.number("a")], to: vec![sketch.number("b")] };
    sketch.task("lead", kind, &[]);
    sketch.work("c", "1d", &["lead"]);
    check_plan(
        &sketch,
        &[
            "a 11-02 → 11-03 TF 0 FF 0",
            "b 11-04 → 11-06 TF 0 FF 0",
            "lead 11-02 → 11-06 TF 0 FF 0",
            "c 11-09 → 11-09 TF 0 FF 0",
        ],
    );
}

#[test]
fn elapsed_durations_run_through_the_weekend() {
    let mut sketch = monday();
    sketch.work("a", "4d", &[]);
    sketch.work("cure", "4ed", &["a"]);
    sketch.work("b", "1d", &["cure"]);
    let planned = sketch.planned();
    // It may end in the night before Tuesday, 15 hours later, and what comes before it may not.
    let cure = sketch.slot(&planned, "cure");
    assert_eq!((cure.total_float, cure.free_float, cure.remaining, cure.critical), (900, 900, 2 * 480, true));
    assert_eq!(sketch.days(&planned, "cure"), "11-05 → 11-09");
    assert_eq!(
        (sketch.days(&planned, "a"), sketch.days(&planned, "b")),
        ("11-02 → 11-05".into(), "11-10 → 11-10".into())
    );
    assert_eq!((sketch.slot(&planned, "a").total_float, sketch.slot(&planned, "b").total_float), (0, 0));
}

#[test]
fn room_before_a_lead_into_work_by_the_clock_ends_before_the_lead_jumps_over_the_night() {
    let mut sketch = monday();
    sketch.work("a", "1d", &[]);
    sketch.work("b", "1ed", &["a FS -4h"]);
    sketch.work("other", "77eh", &[]);
    let planned = sketch.planned();
    // All is over on Thursday at 05:00, so that `b` may begin on Wednesday at 05:00. Four working hours before Wednesday noon are eight
    // o'clock, too late; a minute earlier they are Tuesday 16:59.
    assert_eq!(sketch.slot(&planned, "b").total_float, 40 * 60);
    assert_eq!(sketch.slot(&planned, "a").total_float, 480 + 239);
}

#[test]
fn free_float_before_a_start_ends_with_the_last_minute_in_which_work_may_begin() {
    let mut sketch = monday();
    sketch.work("a", "1d", &[]);
    sketch.work("b", "1ed", &["a SS"]).constraints.push(crate::model::Constraint {
        kind: ConstraintKind::StartsNotBefore,
        at: Some(Moment { day: date("2026-11-02"), minute: Some(20 * 60) }),
        origin: crate::diagnostic::Span::default(),
    });
    sketch.work("other", "5d", &[]);
    let planned = sketch.planned();
    // At eight in the evening nobody begins to work, the next morning is too late: 16:59 is the last minute.
    assert_eq!(sketch.slot(&planned, "a").free_float, 479);
}

#[test]
fn everybody_works_the_whole_length_in_their_own_time() {
    let mut sketch = monday();
    let anna = Assignee::Person(sketch.person("anna", &["2026-11-03 .. 2026-11-04"]));
    let tom = Assignee::Person(sketch.person("tom", &["2026-11-04 .. 2026-11-05"]));
    let role = sketch.role("tester", None);
    sketch.work("alone", "2d", &[]).assign(anna, 100);
    sketch.work("together", "3d", &[]).assign(anna, 100).assign(tom, 100);
    sketch.work("with-others", "3d", &[]).assign(anna, 100).assign(Assignee::Role { role, heads: 1 }, 50);
    check_plan(
        &sketch,
        &[
            "alone 11-02 → 11-05 TF 1 FF 1",
            "together 11-02 → 11-06 TF 0 FF 0",
            "with-others 11-02 → 11-06 TF 0 FF 0",
        ],
    );
}

#[test]
fn effort_is_divided_by_shares_and_heads() {
    use crate::model::Work;
    let mut sketch = monday();
    let role = sketch.role("tester", None);
    let effort = |text: &str| TaskKind::Work(Work::Effort(text.parse().unwrap()));
    sketch.task("three", effort("6d"), &[]).assign(Assignee::Role { role, heads: 3 }, 50);
    sketch.task("nobody", effort("2d"), &[]);
    check_plan(&sketch, &["three 11-02 → 11-05 TF 0 FF 0", "nobody 11-02 → 11-03 TF 2 FF 2"]);
}

#[test]
fn an_empty_project_and_a_lonely_task_have_a_schedule() {
    let mut sketch = monday();
    assert_eq!(sketch.planned().finish_day(), date("2026-11-02"));
    sketch.task("nothing", TaskKind::Summary, &[]);
    check_plan(&sketch, &["nothing 11-02 → 11-02 TF 0 FF 0"]);
}

#[test]
fn a_loop_is_named_whole_and_scheduling_ends_all_the_same() {
    let mut sketch = monday();
    sketch.work("a", "1d", &[]);
    sketch.work("b", "1d", &["a"]);
    sketch.work("c", "1d", &["b"]);
    sketch.task("phase", TaskKind::Summary, &[]);
    let phase = sketch.number("phase");
    sketch.work("d", "1d", &["phase"]).below(phase);
    sketch.work("e", "1d", &["a"]);
    for (task, after) in [("a", "c"), ("e", "e"), ("a", "b")] {
        let link = sketch.link(after);
        let number = sketch.number(task);
        sketch.project.tasks[number.0 as usize].links.push(link);
    }
    let loops: Vec<String> = find_cycles(&sketch.project.tasks)
        .iter()
        .map(|found| {
            let names: Vec<&str> =
                found.tasks.iter().map(|task| sketch.project.task(*task).id.as_str()).collect();
            format!("{} ({} links)", names.join(" → "), found.links.len())
        })
        .collect();
    assert_eq!(loops, ["a → b (2 links)", "phase → d (1 links)", "e (1 links)"]);
    sketch.planned();
}

#[test]
fn the_longest_path_begins_where_the_status_date_holds_it() {
    // Three days are left of `a`, and what waits for its end finishes four days before `d`, which the status date holds.
    let mut sketch = monday();
    sketch.work("a", "5d", &[]);
    sketch.work("b", "3d", &["a"]);
    sketch.work("d", "10d", &["a SS"]);
    let mut facts = as_of(&sketch, "2026-11-06", &[("a", "2026-11-02", "")]);
    facts.progress[0].percent_complete = Some(Percent::from_hundredths(4_000));
    let forecast = schedule(&sketch.project, &facts);
    check(
        &sketch,
        &forecast,
        &["a 11-02 → 11-11 TF 4 FF 0", "b 11-12 → 11-16 TF 4 FF 4", "d 11-09 → 11-20 TF 0 FF 0"],
    );
    assert_eq!(forecast.longest_path, [sketch.number("d")]);
    assert!(!sketch.slot(&forecast, "a").critical);
    // What has begun itself is no other: `a` is behind it, but does not hold what is left of it.
    let mut facts = as_of(&sketch, "2026-11-06", &[("a", "2026-11-02", ""), ("d", "2026-11-02", "")]);
    facts.progress[0].percent_complete = Some(Percent::from_hundredths(4_000));
    let forecast = schedule(&sketch.project, &facts);
    assert_eq!(forecast.longest_path, [sketch.number("d")]);
    // Once it is over it is how the project came here.
    let facts = as_of(&sketch, "2026-11-06", &[("a", "2026-11-02", "2026-11-06")]);
    let forecast = schedule(&sketch.project, &facts);
    assert_eq!(forecast.longest_path, [sketch.number("a"), sketch.number("d")]);
}

#[test]
fn as_late_as_possible_keeps_a_deadline_that_limits_floats() {
    let mut sketch = monday();
    sketch.work("g", "2d", &[]).bound(ConstraintKind::AsLateAsPossible, "").due("2026-11-10");
    sketch.work("e", "10d", &[]);
    // Without the habits of Microsoft Project a deadline moves nothing: it waits for the finish.
    assert_eq!(sketch.days(&sketch.planned(), "g"), "11-12 → 11-13");
    sketch.project.scheduling.conventions = Conventions::MicrosoftProject;
    let planned = sketch.planned();
    assert_eq!(sketch.days(&planned, "g"), "11-09 → 11-10");
    assert_eq!(sketch.slot(&planned, "g").total_float, 0);
}

/// Anna is away on the first two days, Tom is there: work of both may begin with him, whoever the plan names first.
#[test]
fn dates_of_work_of_several_are_bound_by_whoever_is_there() {
    let mut sketch = monday();
    let anna =
        Assignee::Person(sketch.person("anna", &["2026-11-09 .. 2026-11-10", "2026-11-19 .. 2026-11-20"]));
    let tom = Assignee::Person(sketch.person("tom", &[]));
    let bound = sketch.work("bound", "2d", &[]).bound(ConstraintKind::StartsNotBefore, "2026-11-09");
    bound.assign(anna, 100).assign(tom, 100);
    let by_hand = sketch.work("by-hand", "2d", &[]).bound(ConstraintKind::MustStart, "2026-11-09");
    by_hand.assign(anna, 100).assign(tom, 100).is_manual = true;
    let ends = sketch.work("ends", "8d", &[]).bound(ConstraintKind::MustFinish, "2026-11-20");
    ends.assign(anna, 100).assign(tom, 100).is_manual = true;
    // Of the Friday it is due on only Tom sees anything.
    sketch.work("due", "2d", &[]).due("2026-11-20").assign(anna, 100).assign(tom, 100);
    let planned = sketch.planned();
    assert_eq!(sketch.days(&planned, "bound"), "11-09 → 11-12");
    assert_eq!(sketch.days(&planned, "by-hand"), "11-09 → 11-12");
    assert_eq!(sketch.days(&planned, "ends"), "11-05 → 11-20");
    assert_eq!(sketch.slot(&planned, "due").deadline_margin, Some(13 * 480));
}
