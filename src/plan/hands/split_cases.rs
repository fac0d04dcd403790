//! Hand-worked cases of work that levelling interrupts: a week of five days of eight hours, from Monday 2026-11-02 on.

use super::cases::{check, levelled};
use crate::model::{Assignee, ConstraintKind, LateLimit, LevellingOptions, TaskKind, TaskNo};
use crate::plan::sketch::{Sketch, date};
use crate::plan::{BusyWith, Engine, Facts, Hand, Schedule};
use crate::quantity::{Instant, Moment};

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
fn a_limit_of_another_project_holds_the_last_part_of_interrupted_work() {
    let mut sketch = levelled(&[]);
    let tom = Assignee::Person(sketch.person("tom", &[]));
    let anna = Assignee::Person(sketch.person("anna", &[]));
    sketch.work("manual", "4d", &[]).assign(tom, 100).may_split = true;
    sketch.work("order", "2d", &[]).assign(anna, 100);
    sketch.work("install", "2d", &["order"]).assign(tom, 100);
    sketch.work("trial", "4d", &["install"]).assign(anna, 100);
    let mut facts = Facts::none(&sketch.project);
    let finish = Some(Instant::end_of(date("2026-11-10")));
    facts.limits = [(sketch.number("manual"), LateLimit { start: None, finish })].into();
    let limited = Engine::new(&sketch.project).run(&facts);
    assert_eq!(parts(&sketch, &limited, "manual"), "11-02 → 11-03, 11-06 → 11-09");
    // Over on Monday and wanted by Tuesday; the project ends on Wednesday.
    assert_eq!(sketch.slot(&limited, "manual").finish_float, 480);
}

#[test]
fn a_limit_to_the_start_of_a_summary_holds_what_levelling_lets_begin_first() {
    let mut sketch = levelled(&[]);
    let tom = Assignee::Person(sketch.person("tom", &[]));
    sketch.task("all", TaskKind::Summary, &[]);
    let all = TaskNo(0);
    sketch.work("small", "1d", &[]).assign(tom, 100).below(all);
    sketch.work("urgent", "1d", &[]).assign(tom, 100).below(all).priority = 800;
    sketch.work("other", "10d", &[]);
    let mut facts = Facts::none(&sketch.project);
    let start = Some(Instant::end_of(date("2026-11-01")).plus(480));
    facts.limits = [(all, LateLimit { start, finish: None })].into();
    let limited = Engine::new(&sketch.project).run(&facts);
    let float = |task: &str| sketch.slot(&limited, task).total_float;
    // On Monday the urgent one, on Tuesday the small one, which may wait until Friday of the second week.
    check(&sketch, &limited, &[("urgent", "11-02 → 11-02"), ("small", "11-03 → 11-03")]);
    assert_eq!((float("urgent"), float("small")), (0, 8 * 480));
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
    let load = engine.load(&schedule, &Facts::none(&sketch.project));
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
