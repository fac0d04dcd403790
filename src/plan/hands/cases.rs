//! Hand-worked cases: a week of five days of eight hours, from Monday 2026-11-02 on.

use crate::model::{Assignee, ConstraintKind, LevellingOptions};
use crate::plan::sketch::{Sketch, date};
use crate::plan::{BusyWith, Driver, Engine, Facts, Hand, Schedule};
use crate::quantity::{Moment, Percent, parse_window};

pub(super) fn levelled(closures: &[&str]) -> Sketch {
    let mut sketch = Sketch::starting("2026-11-02", closures);
    sketch.project.scheduling.levelling = Some(LevellingOptions::default());
    sketch
}

pub(super) fn check(sketch: &Sketch, schedule: &Schedule, expected: &[(&str, &str)]) {
    for (task, days) in expected {
        assert_eq!(sketch.days(schedule, task), *days, "{task}");
    }
    let facts = Facts::none(&sketch.project);
    assert_eq!(super::checker::breaches(&sketch.project, &facts, schedule, &[]), Vec::<String>::new());
}

#[test]
fn two_tasks_of_one_person_follow_each_other() {
    let mut sketch = levelled(&[]);
    let tom = sketch.person("tom", &[]);
    sketch.work("staging", "3d", &[]).assign(Assignee::Person(tom), 100);
    sketch.work("pilot", "2d", &[]).assign(Assignee::Person(tom), 100);
    sketch.work("report", "2d", &["pilot"]);
    let schedule = sketch.planned();
    // The pilot comes first: the report waits for it.
    check(
        &sketch,
        &schedule,
        &[("pilot", "11-02 → 11-03"), ("staging", "11-04 → 11-06"), ("report", "11-04 → 11-05")],
    );
    let staging = sketch.slot(&schedule, "staging");
    let wait = staging.waits.unwrap();
    let pilot = sketch.number("pilot");
    assert_eq!((wait.hand, wait.busy_with, wait.minutes), (Hand::Person(tom), BusyWith::Task(pilot), 960));
    assert_eq!(staging.drivers[0], Driver::Busy { hand: Hand::Person(tom), with: Some(pilot) });
    assert_eq!(schedule.longest_path, [pilot, sketch.number("staging")]);
    // Who holds Tom has no float although the links leave the pilot a day; the logic alone is kept beside it.
    let pilot = sketch.slot(&schedule, "pilot");
    assert_eq!((pilot.total_float, pilot.logic.unwrap().total_float), (0, 0));
    assert_eq!((sketch.slot(&schedule, "report").total_float, staging.total_float), (480, 0));
    assert_eq!(staging.logic.unwrap().total_float, 480);
    assert_eq!(pilot.free_float, 0);
}

#[test]
fn a_role_of_two_heads_does_two_of_three_tasks_at_once() {
    let mut sketch = levelled(&[]);
    let tester = sketch.role("tester", Some(2));
    let one = Assignee::Role { role: tester, heads: 1 };
    sketch.work("a", "3d", &[]).assign(one, 100);
    sketch.work("b", "2d", &[]).assign(one, 100);
    sketch.work("c", "2d", &[]).assign(one, 100);
    let schedule = sketch.planned();
    check(&sketch, &schedule, &[("a", "11-02 → 11-04"), ("b", "11-02 → 11-03"), ("c", "11-04 → 11-05")]);
    let wait = sketch.slot(&schedule, "c").waits.unwrap();
    assert_eq!((wait.hand, wait.task()), (Hand::Role(tester), Some(sketch.number("b"))));
}

#[test]
fn heads_without_a_limit_wait_for_nobody() {
    let mut sketch = levelled(&[]);
    let role = sketch.role("tester", None);
    for name in ["a", "b", "c"] {
        sketch.work(name, "3d", &[]).assign(Assignee::Role { role, heads: 5 }, 100);
    }
    let schedule = sketch.planned();
    assert_eq!(schedule.levelling, None);
    check(&sketch, &schedule, &[("c", "11-02 → 11-04")]);
}

#[test]
fn halves_fit_side_by_side() {
    let mut sketch = levelled(&[]);
    let tom = Assignee::Person(sketch.person("tom", &[]));
    sketch.work("a", "2d", &[]).assign(tom, 50);
    sketch.work("b", "2d", &[]).assign(tom, 50);
    sketch.work("c", "2d", &[]).assign(tom, 50);
    let schedule = sketch.planned();
    check(&sketch, &schedule, &[("a", "11-02 → 11-03"), ("b", "11-02 → 11-03"), ("c", "11-04 → 11-05")]);
}

#[test]
fn a_short_task_slips_in_before_an_absence() {
    let mut sketch = levelled(&[]);
    let tom = Assignee::Person(sketch.person("tom", &["2026-11-05 .. 2026-11-06"]));
    sketch.work("long", "4d", &[]).assign(tom, 100);
    sketch.work("next", "1d", &["long"]);
    sketch.work("short", "1d", &[]).assign(tom, 100);
    let schedule = sketch.planned();
    // Three days, two days off, one day.
    check(
        &sketch,
        &schedule,
        &[("long", "11-02 → 11-09"), ("short", "11-10 → 11-10"), ("next", "11-10 → 11-10")],
    );
}

#[test]
fn a_task_waits_until_somebody_gives_more_of_the_day() {
    let mut sketch = levelled(&[]);
    let tom = sketch.person("tom", &[]);
    sketch.project.team.people[0].availability =
        vec![(parse_window("2026-11-02 .. 2026-11-04").unwrap(), Percent::from_hundredths(5_000))];
    sketch.work("whole", "2d", &[]).assign(Assignee::Person(tom), 100);
    sketch.work("half", "2d", &[]).assign(Assignee::Person(tom), 50);
    let schedule = sketch.planned();
    check(&sketch, &schedule, &[("half", "11-02 → 11-03"), ("whole", "11-05 → 11-06")]);
    let wait = sketch.slot(&schedule, "whole").waits.unwrap();
    assert_eq!((wait.busy_with, wait.minutes), (BusyWith::Nothing, 3 * 480));
}

#[test]
fn more_important_work_goes_first_and_the_most_important_never_waits() {
    let mut sketch = levelled(&[]);
    let tom = Assignee::Person(sketch.person("tom", &[]));
    sketch.work("usual", "2d", &[]).assign(tom, 100);
    sketch.work("behind", "9d", &["usual"]);
    sketch.work("first", "3d", &[]).assign(tom, 100).priority = 700;
    let schedule = sketch.planned();
    check(&sketch, &schedule, &[("first", "11-02 → 11-04"), ("usual", "11-05 → 11-06")]);
    sketch.work("now", "1d", &[]).assign(tom, 100).priority = 1_000;
    sketch.work("now-too", "1d", &[]).assign(tom, 100).priority = 1_000;
    let schedule = sketch.planned();
    check(
        &sketch,
        &schedule,
        &[("now", "11-02 → 11-02"), ("now-too", "11-02 → 11-02"), ("first", "11-03 → 11-05")],
    );
}

#[test]
fn what_must_start_on_a_day_is_worked_around() {
    let mut sketch = levelled(&[]);
    let tom = Assignee::Person(sketch.person("tom", &[]));
    sketch.work("visit", "1d", &[]).assign(tom, 100).bound(ConstraintKind::MustStart, "2026-11-03");
    sketch.work("build", "2d", &[]).assign(tom, 100);
    let schedule = sketch.planned();
    check(&sketch, &schedule, &[("visit", "11-03 → 11-03"), ("build", "11-04 → 11-05")]);
}

#[test]
fn begun_work_stays_and_the_rest_waits_for_it() {
    let mut sketch = levelled(&[]);
    let tom = sketch.person("tom", &[]);
    sketch.work("new", "2d", &[]).assign(Assignee::Person(tom), 100);
    sketch.work("after", "5d", &["new"]);
    sketch.work("begun", "4d", &[]).assign(Assignee::Person(tom), 100);
    let mut facts = Facts::none(&sketch.project);
    facts.status_date = Some(date("2026-11-03"));
    let report = &mut facts.progress[2];
    report.actual_start = Some(Moment::on(date("2026-11-02")));
    report.remaining = Some("2d".parse().unwrap());
    let schedule = Engine::new(&sketch.project).run(&facts);
    assert_eq!(sketch.days(&schedule, "begun"), "11-02 → 11-05");
    assert_eq!(sketch.days(&schedule, "new"), "11-06 → 11-09");
    assert_eq!(sketch.slot(&schedule, "new").waits.as_ref().unwrap().task(), Some(sketch.number("begun")));
}

#[test]
fn too_much_for_anybody_is_told_and_lies_where_links_put_it() {
    let mut sketch = levelled(&[]);
    let tom = sketch.person("tom", &[]);
    sketch.project.team.people[0].available = Percent::from_hundredths(5_000);
    sketch.work("before", "1d", &[]);
    sketch.work("all", "2d", &["before"]).assign(Assignee::Person(tom), 100);
    sketch.work("half", "2d", &["before"]).assign(Assignee::Person(tom), 50);
    let schedule = sketch.planned();
    assert_eq!(sketch.days(&schedule, "all"), "11-03 → 11-04");
    let misfits = &schedule.levelling.as_ref().unwrap().misfits;
    assert_eq!(
        (misfits.len(), misfits[0].task, misfits[0].hand),
        (1, sketch.number("all"), Hand::Person(tom))
    );
}

#[test]
fn a_shared_person_is_not_taken_from_another_project() {
    let mut other = Sketch::starting("2026-11-02", &[]);
    let lea = other.person("lea", &[]);
    other.work("cut-over", "3d", &[]).assign(Assignee::Person(lea), 100);
    let engine = Engine::new(&other.project);
    let bookings = engine.bookings(&other.planned());
    assert_eq!(bookings.len(), 1);
    let crate::plan::Booking { person, share, spans, .. } = bookings[0].clone();

    let mut sketch = levelled(&[]);
    let lea = sketch.person("lea", &[]);
    sketch.work("review", "1d", &[]).assign(Assignee::Person(lea), 100);
    let mut facts = Facts::none(&sketch.project);
    facts.elsewhere.push(crate::plan::Elsewhere {
        person,
        share,
        spans,
        project: "move".to_owned(),
        task: "Cut-over".to_owned(),
    });
    let schedule = Engine::new(&sketch.project).run(&facts);
    assert_eq!(sketch.days(&schedule, "review"), "11-05 → 11-05");
    assert_eq!(sketch.slot(&schedule, "review").waits.as_ref().unwrap().busy_with, BusyWith::Elsewhere(0));
}

#[test]
fn level_of_effort_work_keeps_nobody_busy() {
    let mut sketch = levelled(&[]);
    let tom = Assignee::Person(sketch.person("tom", &[]));
    sketch.work("lead", "9d", &[]).assign(tom, 100).earning = crate::model::Earning::LevelOfEffort;
    sketch.work("build", "2d", &[]).assign(tom, 100);
    let schedule = sketch.planned();
    check(&sketch, &schedule, &[("lead", "11-02 → 11-12"), ("build", "11-02 → 11-03")]);
}

#[test]
fn a_day_less_of_whoever_holds_a_person_brings_what_waits_forward() {
    let mut sketch = levelled(&[]);
    let tom = Assignee::Person(sketch.person("tom", &[]));
    sketch.work("a", "3d", &[]).assign(tom, 100);
    sketch.work("b", "2d", &[]).assign(tom, 100);
    let facts = Facts::none(&sketch.project);
    let engine = Engine::new(&sketch.project);
    let schedule = engine.run(&facts);
    assert_eq!(schedule.finish_day(), date("2026-11-06"));
    for lever in engine.levers(&facts, &schedule) {
        assert_eq!(lever.one_day_less, Some(date("2026-11-05")));
        assert_eq!(lever.one_day_more, date("2026-11-09"));
    }
}

#[test]
fn the_checker_sees_what_is_broken() {
    let mut sketch = Sketch::starting("2026-11-02", &["2026-11-03"]);
    let tom = Assignee::Person(sketch.person("tom", &[]));
    sketch.work("a", "1d", &[]).assign(tom, 100);
    sketch.work("b", "1d", &[]).assign(tom, 100);
    sketch.work("c", "1d", &["a"]);
    let facts = Facts::none(&sketch.project);
    let found = |schedule: &Schedule| super::checker::breaches(&sketch.project, &facts, schedule, &[]);
    let mut schedule = sketch.planned();
    assert_eq!(found(&schedule), ["(true, 0) has 20000 of 10000 at 2026-11-02 08:00 for [\"a\", \"b\"]"]);
    schedule.slots[1] = schedule.slots[2].clone();
    assert_eq!(found(&schedule), Vec::<String>::new());
    let slot = &mut schedule.slots[2];
    slot.start = slot.start.plus(-crate::quantity::MINUTES_OF_DAY);
    slot.finish = slot.finish.plus(-crate::quantity::MINUTES_OF_DAY);
    assert_eq!(found(&schedule), ["c begins or ends in time off"]);
    schedule.slots[1].finish = schedule.slots[1].finish.plus(-60);
    assert_eq!(found(&schedule)[0], "b is too short");
    schedule.slots[2] = schedule.slots[0].clone();
    assert_eq!(found(&schedule).last().unwrap().as_str(), "c breaks FS from a");
}

/// Days of the parts of a task: `11-02 → 11-03, 11-06 → 11-06`.
pub(super) fn parts(sketch: &Sketch, schedule: &Schedule, task: &str) -> String {
    let slot = sketch.slot(schedule, task);
    let short = |day: jiff::civil::Date| day.to_string()[5..].to_owned();
    let parts = slot.parts(slot.start, slot.finish).into_iter();
    let parts = parts.map(|(from, to)| format!("{} → {}", short(from.day()), short(to.last_day())));
    parts.collect::<Vec<_>>().join(", ")
}

#[test]
fn work_that_may_be_interrupted_lets_other_work_through() {
    let mut sketch = levelled(&[]);
    let tom = sketch.person("tom", &[]);
    let anna = Assignee::Person(sketch.person("anna", &[]));
    sketch.work("manual", "4d", &[]).assign(Assignee::Person(tom), 100).may_split = true;
    sketch.work("order", "2d", &[]).assign(anna, 100);
    sketch.work("install", "2d", &["order"]).assign(Assignee::Person(tom), 100);
    sketch.work("trial", "4d", &["install"]).assign(anna, 100);
    let schedule = sketch.planned();
    // Tom has Monday and Tuesday; the installation takes Wednesday and Thursday; the rest is Friday and Monday.
    check(
        &sketch,
        &schedule,
        &[("manual", "11-02 → 11-09"), ("install", "11-04 → 11-05"), ("trial", "11-06 → 11-11")],
    );
    assert_eq!(parts(&sketch, &schedule, "manual"), "11-02 → 11-03, 11-06 → 11-09");
    let manual = sketch.slot(&schedule, "manual");
    assert_eq!((manual.duration, manual.remaining, manual.waits), (4 * 480, 4 * 480, None));
    let pause = manual.pauses[0];
    let install = sketch.number("install");
    assert_eq!(pause.wait.busy_with, BusyWith::Task(install));
    assert_eq!((pause.wait.hand, pause.wait.minutes), (Hand::Person(tom), 960));
    // The first part can slip no day before the installation does, the second two to the finish on Wednesday.
    assert_eq!((manual.total_float, manual.finish_float), (0, 960));
    assert_eq!(schedule.finish_day(), date("2026-11-11"));
    // As a whole it waits until the installation is over.
    sketch.project.tasks[0].may_split = false;
    let whole = sketch.planned();
    check(&sketch, &whole, &[("manual", "11-06 → 11-11"), ("install", "11-04 → 11-05")]);
    // The project may say so of all work.
    sketch.project.scheduling.levelling =
        Some(LevellingOptions { split: true, ..LevellingOptions::default() });
    assert_eq!(parts(&sketch, &sketch.planned(), "manual"), "11-02 → 11-03, 11-06 → 11-09");
}

#[test]
fn a_part_lasts_a_working_day_at_least_or_is_the_rest() {
    let mut sketch = levelled(&[]);
    let tom = Assignee::Person(sketch.person("tom", &[]));
    sketch.work("write", "2.5d", &[]).assign(tom, 100).may_split = true;
    // Leaves Tom half of Monday, then Wednesday whole, then the afternoon of Thursday, then all days.
    sketch.work("a", "0.5d", &[]).assign(tom, 100).priority = 1_000;
    sketch.work("b", "1d", &[]).assign(tom, 100).bound(ConstraintKind::MustStart, "2026-11-03");
    sketch.work("c", "0.5d", &[]).assign(tom, 100).bound(ConstraintKind::MustStart, "2026-11-05");
    let schedule = sketch.planned();
    check(&sketch, &schedule, &[]);
    // Not the half day of Monday, nor from Thursday noon less than a day; there are a day and a half, though.
    assert_eq!(parts(&sketch, &schedule, "write"), "11-04 → 11-04, 11-05 → 11-06");
    let slot = sketch.slot(&schedule, "write");
    assert_eq!(slot.pauses[0].to.to_string(), "2026-11-05 13:00");
    assert_eq!(slot.pauses[0].wait.minutes, 240);
}

#[test]
fn what_is_left_of_interrupted_work_waits_as_well() {
    let mut sketch = levelled(&[]);
    let tom = sketch.person("tom", &[]);
    sketch.work("manual", "4d", &[]).assign(Assignee::Person(tom), 100).may_split = true;
    sketch.work("install", "2d", &[]).assign(Assignee::Person(tom), 100).priority = 700;
    let mut facts = Facts::none(&sketch.project);
    facts.status_date = Some(date("2026-11-03"));
    facts.progress[0].actual_start = Some(Moment::on(date("2026-11-02")));
    facts.progress[0].remaining = Some("2d".parse().unwrap());
    let schedule = Engine::new(&sketch.project).run(&facts);
    assert_eq!(sketch.days(&schedule, "install"), "11-04 → 11-05");
    assert_eq!(parts(&sketch, &schedule, "manual"), "11-02 → 11-03, 11-06 → 11-09");
    let pauses = &sketch.slot(&schedule, "manual").pauses;
    assert_eq!((pauses.len(), pauses[0].wait.busy_with), (1, BusyWith::Task(sketch.number("install"))));
    let bookings = Engine::new(&sketch.project).bookings(&schedule);
    assert_eq!(bookings[0].spans[0].0.to_string(), "2026-11-06 08:00");
    assert_eq!(super::checker::breaches(&sketch.project, &facts, &schedule, &[]), Vec::<String>::new());
}

#[test]
fn interrupted_work_asks_for_its_people_in_its_parts_alone() {
    let mut sketch = levelled(&[]);
    let tom = Assignee::Person(sketch.person("tom", &[]));
    sketch.work("manual", "6d", &[]).assign(tom, 100).may_split = true;
    sketch.work("visit", "5d", &[]).assign(tom, 100).bound(ConstraintKind::MustStart, "2026-11-06");
    let engine = Engine::new(&sketch.project);
    let schedule = sketch.planned();
    // Four days, the visit from Friday to Thursday, two days.
    assert_eq!(parts(&sketch, &schedule, "manual"), "11-02 → 11-05, 11-13 → 11-16");
    let load = engine.load(&schedule);
    let days: Vec<f64> = load.people[0].weeks.iter().map(|week| week.booked.days(480)).collect();
    assert_eq!(days, [5.0, 5.0, 1.0]);
    let spans = &engine.bookings(&schedule)[0].spans;
    let days: Vec<String> = spans.iter().map(|(from, _)| from.to_string()[5..10].to_owned()).collect();
    // Each day has a morning and an afternoon.
    assert_eq!(days[6..9], ["11-05", "11-05", "11-13"]);
    assert_eq!(spans.len(), 12);
    // A day less or more is a day of the last part.
    let facts = Facts::none(&sketch.project);
    let lever = engine.levers(&facts, &schedule).into_iter().find(|lever| lever.task.0 == 0).unwrap();
    assert_eq!((lever.one_day_less, lever.one_day_more), (Some(date("2026-11-13")), date("2026-11-17")));
}
