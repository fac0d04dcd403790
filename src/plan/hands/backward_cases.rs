//! Hand-worked cases of plans that are counted back from their finish, Friday 2026-11-20.

use super::cases::{check, levelled};
use super::split_cases::parts;
use crate::model::{Assignee, ConstraintKind, ScheduleFrom};
use crate::plan::sketch::{Sketch, date};
use crate::plan::{BusyWith, Driver, Engine, Facts, Hand, Reason, Side};
use crate::quantity::Moment;

fn counted_back() -> Sketch {
    let mut sketch = levelled(&[]);
    sketch.project.scheduling.from = ScheduleFrom::Finish("2026-11-20".parse().unwrap());
    sketch
}

#[test]
fn of_two_tasks_of_one_person_the_first_is_done_earlier() {
    let mut sketch = counted_back();
    let tom = sketch.person("tom", &[]);
    sketch.work("staging", "3d", &[]).assign(Assignee::Person(tom), 100);
    sketch.work("order", "2d", &[]);
    sketch.work("pilot", "2d", &["order"]).assign(Assignee::Person(tom), 100);
    let schedule = sketch.planned();
    // The other way round the order would have to begin on Thursday the week before.
    check(
        &sketch,
        &schedule,
        &[("pilot", "11-19 → 11-20"), ("order", "11-17 → 11-18"), ("staging", "11-16 → 11-18")],
    );
    assert_eq!((schedule.start.day(), schedule.finish_day()), (date("2026-11-16"), date("2026-11-20")));
    let staging = sketch.slot(&schedule, "staging");
    let wait = staging.waits.unwrap();
    let pilot = sketch.number("pilot");
    assert_eq!(
        (wait.hand, wait.busy_with, wait.side),
        (Hand::Person(tom), BusyWith::Task(pilot), Side::After)
    );
    assert_eq!((wait.minutes, wait.until.last_day()), (2 * 480, date("2026-11-18")));
    assert_eq!(staging.drivers[0], Driver::Busy { hand: Hand::Person(tom), with: Some(pilot) });
    assert_eq!((staging.total_float, sketch.slot(&schedule, "pilot").waits), (0, None));
    let facts = Facts::none(&sketch.project);
    let reasons = Engine::new(&sketch.project).reasons(&facts, &schedule);
    assert_eq!(reasons.step(sketch.number("staging")).reasons[0], Reason::WaitsFor(wait));
    assert!(reasons.chain(sketch.number("staging")).count() < 4, "the chain ends");
}

#[test]
fn interrupted_work_fills_the_days_that_are_left_before_the_finish() {
    let mut sketch = counted_back();
    let tom = sketch.person("tom", &[]);
    let anna = Assignee::Person(sketch.person("anna", &[]));
    sketch.work("manual", "4d", &[]).assign(Assignee::Person(tom), 100).may_split = true;
    sketch.work("order", "2d", &[]).assign(anna, 100);
    sketch.work("install", "2d", &["order"]).assign(Assignee::Person(tom), 100);
    sketch.work("trial", "2d", &["install"]).assign(anna, 100);
    let schedule = sketch.planned();
    check(
        &sketch,
        &schedule,
        &[("trial", "11-19 → 11-20"), ("install", "11-17 → 11-18"), ("order", "11-13 → 11-16")],
    );
    assert_eq!(parts(&sketch, &schedule, "manual"), "11-13 → 11-16, 11-19 → 11-20");
    let pause = sketch.slot(&schedule, "manual").pauses[0];
    assert_eq!((pause.wait.busy_with, pause.wait.minutes), (BusyWith::Task(sketch.number("install")), 960));
    // As a whole it takes four days before the installation, or the installation moves before it: two days more.
    sketch.project.tasks[0].may_split = false;
    assert_eq!(sketch.planned().start.day(), date("2026-11-11"));
}

#[test]
fn less_important_work_is_done_earlier() {
    let mut sketch = counted_back();
    let tom = Assignee::Person(sketch.person("tom", &["2026-11-18"]));
    sketch.work("usual", "2d", &[]).assign(tom, 100);
    sketch.work("first", "3d", &[]).assign(tom, 100).priority = 700;
    let schedule = sketch.planned();
    // Tom is away on Wednesday.
    check(&sketch, &schedule, &[("first", "11-17 → 11-20"), ("usual", "11-13 → 11-16")]);
    sketch.project.tasks[0].priority = 900;
    check(&sketch, &sketch.planned(), &[("usual", "11-19 → 11-20"), ("first", "11-13 → 11-17")]);
}

#[test]
fn what_must_start_on_a_day_is_worked_around_backward() {
    let mut sketch = counted_back();
    let tom = Assignee::Person(sketch.person("tom", &[]));
    sketch.work("visit", "1d", &[]).assign(tom, 100).bound(ConstraintKind::MustStart, "2026-11-19");
    sketch.work("build", "2d", &[]).assign(tom, 100);
    sketch.work("pack", "1d", &[]).assign(tom, 100);
    let schedule = sketch.planned();
    check(
        &sketch,
        &schedule,
        &[("visit", "11-19 → 11-19"), ("pack", "11-20 → 11-20"), ("build", "11-17 → 11-18")],
    );
}

#[test]
fn what_would_have_to_begin_before_the_status_date_ends_behind_the_wanted_finish() {
    let mut sketch = counted_back();
    let tom = Assignee::Person(sketch.person("tom", &[]));
    sketch.work("a", "3d", &[]).assign(tom, 100);
    sketch.work("b", "2d", &[]).assign(tom, 100);
    sketch.work("begun", "3d", &[]).assign(tom, 100);
    let mut facts = Facts::none(&sketch.project);
    facts.status_date = Some(date("2026-11-17"));
    facts.progress[2].actual_start = Some(Moment::on(date("2026-11-17")));
    facts.progress[2].remaining = Some("2d".parse().unwrap());
    let schedule = Engine::new(&sketch.project).run(&facts);
    // What has begun is done by Thursday; five days of Tom are left, of which one lies before the wanted finish.
    assert_eq!(sketch.days(&schedule, "begun"), "11-17 → 11-19");
    assert_eq!(schedule.finish_day(), date("2026-11-26"));
    assert_eq!(super::checker::breaches(&sketch.project, &facts, &schedule, &[]), Vec::<String>::new());
    assert_eq!(schedule.slots.iter().map(|slot| slot.total_float).min(), Some(-4 * 480));
}

#[test]
fn too_much_for_anybody_stays_as_late_as_links_allow() {
    let mut sketch = counted_back();
    let tom = sketch.person("tom", &[]);
    sketch.project.team.people[0].available = crate::quantity::Percent::from_hundredths(5_000);
    sketch.work("all", "2d", &[]).assign(Assignee::Person(tom), 100);
    sketch.work("half", "2d", &[]).assign(Assignee::Person(tom), 50);
    let schedule = sketch.planned();
    assert_eq!(sketch.days(&schedule, "all"), "11-19 → 11-20");
    let misfits = &schedule.levelling.as_ref().unwrap().misfits;
    assert_eq!((misfits.len(), misfits[0].task), (1, sketch.number("all")));
}
