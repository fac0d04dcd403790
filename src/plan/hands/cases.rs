//! Hand-worked cases: a week of five days of eight hours, from Monday 2026-11-02 on.

use crate::model::{Assignee, ConstraintKind, LevellingOptions, TaskKind};
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

/// Tom could begin with `other`, which `tail` waits for; then `prep` would end on Tuesday the 10th.
#[test]
fn a_date_that_must_be_kept_is_kept_because_others_wait() {
    let plan = || {
        let mut sketch = levelled(&[]);
        let tom = Assignee::Person(sketch.person("tom", &[]));
        sketch.work("other", "5d", &[]).assign(tom, 100);
        sketch.work("tail", "20d", &["other"]);
        sketch.work("prep", "2d", &[]).assign(tom, 100);
        sketch
    };
    let days = [("prep", "11-02 → 11-03"), ("other", "11-04 → 11-10"), ("tail", "11-11 → 12-08")];
    let mut starts = plan();
    starts.work("fair", "1d", &["prep"]).bound(ConstraintKind::MustStart, "2026-11-04");
    check(&starts, &starts.planned(), &days);
    let mut ends = plan();
    ends.task("fair", TaskKind::Milestone, &["prep"]).bound(ConstraintKind::MustFinish, "2026-11-03");
    check(&ends, &ends.planned(), &days);
}

/// Who a task waits for in turn, each with days and what they are busy with.
fn waits(sketch: &Sketch, task: &str) -> Vec<(Hand, BusyWith, i64)> {
    let facts = Facts::none(&sketch.project);
    let reasons = Engine::new(&sketch.project).reasons(&facts, &sketch.planned());
    let waits = &reasons.step(sketch.number(task)).waits;
    waits.iter().map(|part| (part.hand, part.busy_with, part.minutes / 480)).collect()
}

#[test]
fn a_wait_for_two_tasks_of_one_person_names_both() {
    let mut sketch = levelled(&[]);
    let tom = sketch.person("tom", &[]);
    sketch.work("first", "3d", &[]).assign(Assignee::Person(tom), 100).priority = 900;
    sketch.work("aside", "4d", &[]);
    sketch.work("second", "5d", &["aside"]).assign(Assignee::Person(tom), 100).priority = 900;
    sketch.work("third", "2d", &[]).assign(Assignee::Person(tom), 100);
    check(&sketch, &sketch.planned(), &[("second", "11-06 → 11-12"), ("third", "11-13 → 11-16")]);
    // Thursday is free, which is too short.
    let busy = |name: &str| BusyWith::Task(sketch.number(name));
    let expected = [(Hand::Person(tom), busy("first"), 3), (Hand::Person(tom), busy("second"), 6)];
    assert_eq!(waits(&sketch, "third"), expected);
}

#[test]
fn a_wait_for_two_people_names_each_until_they_are_free() {
    let mut sketch = levelled(&[]);
    let (tom, sam) = (sketch.person("tom", &[]), sketch.person("sam", &[]));
    sketch.work("toms", "3d", &[]).assign(Assignee::Person(tom), 100).priority = 900;
    sketch.work("aside", "2d", &[]);
    sketch.work("sams", "5d", &["aside"]).assign(Assignee::Person(sam), 100).priority = 900;
    sketch.work("both", "3d", &[]).assign(Assignee::Person(tom), 100).assign(Assignee::Person(sam), 100);
    check(&sketch, &sketch.planned(), &[("sams", "11-04 → 11-10"), ("both", "11-11 → 11-13")]);
    let busy = |name: &str| BusyWith::Task(sketch.number(name));
    let expected = [(Hand::Person(tom), busy("toms"), 3), (Hand::Person(sam), busy("sams"), 4)];
    assert_eq!(waits(&sketch, "both"), expected);
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
fn what_follows_work_that_did_not_wait_may_come_before_what_should_have_been_waited_for() {
    let mut sketch = levelled(&[]);
    let tom = sketch.person("tom", &[]);
    sketch.work("survey", "1d", &[]).assign(Assignee::Person(tom), 100).priority = 300;
    sketch.task("permit", TaskKind::Milestone, &["survey"]);
    sketch.work("build", "1d", &["permit"]).assign(Assignee::Person(tom), 100);
    let mut facts = Facts::none(&sketch.project);
    facts.status_date = Some(date("2026-11-03"));
    facts.progress[1].actual_start = Some(Moment::on(date("2026-11-02")));
    facts.progress[1].actual_finish = Some(Moment::on(date("2026-11-02")));
    let schedule = Engine::new(&sketch.project).run(&facts);
    // The permit is there; so the link from the survey, which is less important, holds nothing any more.
    assert_eq!(sketch.days(&schedule, "build"), "11-04 → 11-04");
    assert_eq!(sketch.days(&schedule, "survey"), "11-05 → 11-05");
    assert_eq!(sketch.slot(&schedule, "survey").waits.unwrap().task(), Some(sketch.number("build")));
    assert_eq!((schedule.finish_day(), schedule.slots[0].total_float), (date("2026-11-05"), 0));
    let levers = Engine::new(&sketch.project).levers(&facts, &schedule);
    assert!(levers.iter().all(|lever| lever.one_day_more == date("2026-11-06")), "{levers:?}");
    assert_eq!(levers.len(), 2);
    assert_eq!(super::checker::breaches(&sketch.project, &facts, &schedule, &[]), Vec::<String>::new());
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
    let crate::plan::Booking { hand, demand, spans, .. } = bookings[0].clone();

    let mut sketch = levelled(&[]);
    let lea = sketch.person("lea", &[]);
    sketch.work("review", "1d", &[]).assign(Assignee::Person(lea), 100);
    let mut facts = Facts::none(&sketch.project);
    facts.elsewhere.push(crate::plan::Elsewhere {
        hand,
        demand,
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

#[test]
fn what_comes_earlier_but_matters_less_has_room_until_its_person_goes_on() {
    let mut sketch = levelled(&[]);
    let tom = Assignee::Person(sketch.person("tom", &[]));
    sketch.work("before", "3d", &[]);
    sketch.work("next", "2d", &["before"]).assign(tom, 100);
    sketch.work("small", "1d", &[]).assign(tom, 100).priority = 300;
    let schedule = sketch.planned();
    check(&sketch, &schedule, &[("small", "11-02 → 11-02"), ("next", "11-05 → 11-06")]);
    // From Monday to Wednesday, not to the end of the project.
    assert_eq!(sketch.slot(&schedule, "small").total_float, 2 * 480);
}

#[test]
fn work_that_goes_on_during_an_absence_has_room_until_the_person_is_back() {
    let mut sketch = levelled(&[]);
    let tom = Assignee::Person(sketch.person("tom", &["2026-11-03 .. 2026-11-05"]));
    sketch.work("build", "2d", &[]).assign(tom, 100);
    sketch.work("test", "1d", &["build"]).assign(tom, 100);
    sketch.work("soak", "1d", &[]).assign(tom, 100).ignores_people = true;
    sketch.work("report", "1d", &[]).assign(tom, 100);
    let schedule = sketch.planned();
    // Tom builds on Monday and Friday; on Tuesday the soak goes on without him.
    check(
        &sketch,
        &schedule,
        &[
            ("build", "11-02 → 11-06"),
            ("soak", "11-03 → 11-03"),
            ("test", "11-09 → 11-09"),
            ("report", "11-10 → 11-10"),
        ],
    );
    let float = |task: &str| sketch.slot(&schedule, task).total_float;
    // Until Thursday; on Friday Tom goes on with what he began.
    assert_eq!((float("soak"), float("build"), float("test")), (2 * 480, 0, 0));
    // A second one follows the first, and they share what room there is.
    sketch.work("burn-in", "1d", &[]).assign(tom, 100).ignores_people = true;
    let schedule = sketch.planned();
    assert_eq!(sketch.days(&schedule, "burn-in"), "11-04 → 11-04");
    let float = |task: &str| sketch.slot(&schedule, task).total_float;
    assert_eq!((float("soak"), float("burn-in")), (480, 480));
}

#[test]
fn work_has_room_until_its_person_joins_others_who_have_begun() {
    let mut sketch = levelled(&[]);
    let tom = Assignee::Person(sketch.person("tom", &["2026-11-02 .. 2026-11-04"]));
    let sam = Assignee::Person(sketch.person("sam", &[]));
    sketch.work("build", "2d", &[]).assign(tom, 100).assign(sam, 100);
    sketch.work("soak", "1d", &[]).assign(tom, 100).ignores_people = true;
    sketch.work("long", "10d", &[]);
    let schedule = sketch.planned();
    // Sam builds from Monday on, Tom on Thursday and Friday; the soak may lie on any day before.
    check(&sketch, &schedule, &[("build", "11-02 → 11-06"), ("soak", "11-02 → 11-02")]);
    assert_eq!(sketch.slot(&schedule, "soak").total_float, 2 * 480);
}

#[test]
fn what_may_not_finish_later_goes_before_longer_work() {
    let mut sketch = levelled(&[]);
    let tom = Assignee::Person(sketch.person("tom", &[]));
    sketch.work("build", "4d", &[]).assign(tom, 100);
    sketch.work("behind", "10d", &["build"]);
    sketch.work("permit", "2d", &[]).assign(tom, 100).bound(ConstraintKind::FinishesNotAfter, "2026-11-06");
    let schedule = sketch.planned();
    // By every rule the build comes first, and the permit would need Tom on Friday and Monday.
    check(
        &sketch,
        &schedule,
        &[("permit", "11-02 → 11-03"), ("build", "11-04 → 11-09"), ("behind", "11-10 → 11-23")],
    );
    let wait = sketch.slot(&schedule, "build").waits.unwrap();
    assert_eq!(wait.task(), Some(sketch.number("permit")));
}

#[test]
fn what_a_bound_task_waits_for_goes_first_too_and_priorities_stand_back() {
    let mut sketch = levelled(&[]);
    let tom = Assignee::Person(sketch.person("tom", &[]));
    sketch.work("build", "4d", &[]).assign(tom, 100).priority = 800;
    sketch.work("ask", "1d", &[]).assign(tom, 100);
    sketch.work("permit", "2d", &["ask"]).bound(ConstraintKind::StartsNotAfter, "2026-11-03");
    let schedule = sketch.planned();
    check(
        &sketch,
        &schedule,
        &[("ask", "11-02 → 11-02"), ("permit", "11-03 → 11-04"), ("build", "11-03 → 11-06")],
    );
}

#[test]
fn all_dates_are_kept_before_longer_work_goes_on() {
    let mut sketch = levelled(&[]);
    let tom = Assignee::Person(sketch.person("tom", &[]));
    sketch.work("build", "4d", &[]).assign(tom, 100);
    sketch.work("behind", "10d", &["build"]);
    for name in ["permit", "notice"] {
        sketch.work(name, "2d", &[]).assign(tom, 100).bound(ConstraintKind::FinishesNotAfter, "2026-11-05");
    }
    let schedule = sketch.planned();
    // Until Thursday there is time for both and nothing else: the build, on which the finish hangs, waits.
    let days = |task: &str| sketch.days(&schedule, task);
    assert_eq!((days("permit").as_str(), days("notice").as_str()), ("11-02 → 11-03", "11-04 → 11-05"));
    assert_eq!((days("build").as_str(), days("behind").as_str()), ("11-06 → 11-11", "11-12 → 11-25"));
}

fn lift(sketch: &mut Sketch, tom: Assignee) {
    sketch.work("lift", "2d", &[]).assign(tom, 100).bound(ConstraintKind::AsLateAsPossible, "");
}

#[test]
fn what_shall_wait_goes_behind_other_work_of_its_person() {
    let mut sketch = levelled(&[]);
    let tom = Assignee::Person(sketch.person("tom", &[]));
    lift(&mut sketch, tom);
    sketch.work("build", "5d", &[]).assign(tom, 100);
    let schedule = sketch.planned();
    check(&sketch, &schedule, &[("build", "11-02 → 11-06"), ("lift", "11-09 → 11-10")]);
    assert_eq!(sketch.slot(&schedule, "lift").drivers.last(), Some(&Driver::Constraint(0)));
}

#[test]
fn what_shall_wait_waits_for_the_finish_that_levelling_makes() {
    let mut sketch = levelled(&[]);
    let tom = Assignee::Person(sketch.person("tom", &[]));
    let lea = Assignee::Person(sketch.person("lea", &[]));
    lift(&mut sketch, lea);
    sketch.work("inspect", "1d", &["lift"]);
    sketch.work("build", "4d", &[]).assign(tom, 100);
    sketch.work("test", "4d", &[]).assign(tom, 100);
    sketch.task("open", TaskKind::Milestone, &["lift"]).bound(ConstraintKind::AsLateAsPossible, "");
    let schedule = sketch.planned();
    // By links alone all would be over on Thursday; Tom needs eight days, so the lift comes two days before the last.
    check(
        &sketch,
        &schedule,
        &[
            ("build", "11-02 → 11-05"),
            ("test", "11-06 → 11-11"),
            ("lift", "11-09 → 11-10"),
            ("inspect", "11-11 → 11-11"),
        ],
    );
    assert_eq!(sketch.slot(&schedule, "open").last_day(), date("2026-11-11"));
}

#[test]
fn what_shall_wait_makes_room_for_the_last_work_of_its_person() {
    let mut sketch = levelled(&[]);
    let tom = Assignee::Person(sketch.person("tom", &[]));
    lift(&mut sketch, tom);
    sketch.work("order", "9d", &[]);
    sketch.work("accept", "1d", &["order"]).assign(tom, 100);
    let schedule = sketch.planned();
    check(
        &sketch,
        &schedule,
        &[("order", "11-02 → 11-12"), ("lift", "11-11 → 11-12"), ("accept", "11-13 → 11-13")],
    );
}

/// Found by the law of late work: where the lift makes room, what is more important would fall into it, take Tom away from
/// less important work that others wait for, and the plan would get longer.
#[test]
fn what_shall_wait_leaves_its_room_to_nobody_who_would_make_the_plan_longer() {
    let mut sketch = levelled(&[]);
    let tom = Assignee::Person(sketch.person("tom", &[]));
    let lea = Assignee::Person(sketch.person("lea", &[]));
    lift(&mut sketch, lea);
    sketch.work("order", "1d", &[]);
    sketch.work("explain", "1d", &["order"]).assign(lea, 100).assign(tom, 100);
    sketch.work("prepare", "2d", &[]).assign(tom, 100).priority = 300;
    sketch.work("test", "3d", &["prepare"]);
    let schedule = sketch.planned();
    // Lea could explain on Tuesday once the lift is gone, but Tom then not prepare before Wednesday.
    check(
        &sketch,
        &schedule,
        &[
            ("prepare", "11-02 → 11-03"),
            ("explain", "11-04 → 11-04"),
            ("test", "11-04 → 11-06"),
            ("lift", "11-05 → 11-06"),
        ],
    );
}
