//! Laws that hold for every plan, tried on plans made at random.
//!
//! The plans mix three calendars, all link types with working and elapsed lags and leads, points, absences, and
//! tasks begun or over by a status date. Hard constraints are left out where a law speaks of logic: they break it
//! on purpose.

use proptest::prelude::{
    Just, ProptestConfig, Strategy, any, prop_assert, prop_assert_eq, prop_oneof, proptest,
};

use crate::diagnostic::Span;
use crate::model::{Assignee, Constraint, ConstraintKind, Link, LinkKind, Shift, TaskKind, TaskNo};
use crate::plan::sketch::{Sketch, date};
use crate::plan::{Engine, Facts, Reason, Schedule, Slot, State, schedule};
use crate::quantity::{Duration, Instant, Lag, Moment};

/// A task as drawn.
#[derive(Clone, Debug)]
pub(super) struct Draw {
    half_days: i64,
    calendar: usize,
    links: Vec<DrawnLink>,
    not_before: Option<i8>,
    absent: bool,
    /// Whether it goes on whether its people are there or not.
    ignores_people: bool,
    /// How much happened: 0 nothing, 1 begun, 2 over.
    stage: u8,
}

impl Draw {
    /// Takes the other calendars and the clock away.
    pub(super) fn on_one_calendar(&mut self) {
        self.calendar = 0;
        self.absent = false;
        self.links.iter_mut().for_each(|link| link.elapsed = false);
    }
}

#[derive(Clone, Debug)]
struct DrawnLink {
    /// Which earlier task, counted round.
    pick: usize,
    kind: LinkKind,
    half_days: i64,
    elapsed: bool,
}

pub(super) const ALL_KINDS: [LinkKind; 4] =
    [LinkKind::FinishStart, LinkKind::StartStart, LinkKind::FinishFinish, LinkKind::StartFinish];

fn link(kinds: &'static [LinkKind]) -> impl Strategy<Value = DrawnLink> {
    (any::<usize>(), 0..kinds.len(), prop_oneof![3 => Just(0), 1 => -6..8_i64], any::<bool>()).prop_map(
        |(pick, kind, half_days, elapsed)| DrawnLink { pick, kind: kinds[kind], half_days, elapsed },
    )
}

fn draw(kinds: &'static [LinkKind]) -> impl Strategy<Value = Draw> {
    (
        prop_oneof![1 => Just(0), 6 => 1..20_i64],
        0..3_usize,
        proptest::collection::vec(link(kinds), 0..4),
        proptest::option::weighted(0.2, 0..40_i8),
        proptest::bool::weighted(0.2),
        proptest::bool::weighted(0.2),
        0..3_u8,
    )
        .prop_map(|(half_days, calendar, links, not_before, absent, ignores_people, stage)| Draw {
            half_days,
            calendar,
            links,
            not_before,
            absent,
            ignores_people,
            stage,
        })
}

pub(super) fn draws(kinds: &'static [LinkKind]) -> impl Strategy<Value = Vec<Draw>> {
    proptest::collection::vec(draw(kinds), 1..14)
}

fn half_days(count: i64, elapsed: bool) -> Duration {
    let unit = if elapsed { "ed" } else { "d" };
    format!("{}.{}{unit}", count.abs() / 2, if count % 2 == 0 { 0 } else { 5 })
        .parse::<Duration>()
        .map(|length| if count < 0 { format!("-{length}").parse().unwrap() } else { length })
        .unwrap()
}

/// Writes drawn tasks down in the given order; links follow the drawn tasks wherever they stand.
fn sketch(draws: &[Draw], order: &[usize]) -> Sketch {
    let mut sketch = Sketch::starting("2026-11-02", &["2026-12-25", "2027-01-01"]);
    sketch.calendar("change-window", &["2026-11-16 .. 2026-11-24", "2026-12-14 .. 2027-01-08"]);
    let six_days = sketch.calendar("six-days", &[]);
    sketch.project.calendars[six_days].week[5] = vec![Shift { start: 360, end: 840 }];
    sketch.project.calendars[six_days].week[2] = vec![Shift { start: 600, end: 1_440 }];
    let away = Assignee::Person(sketch.person("anna", &["2026-11-10 .. 2026-11-12"]));
    let place_of = |drawn: usize| order.iter().position(|other| *other == drawn).unwrap();
    for drawn in order {
        let one = &draws[*drawn];
        let length = half_days(one.half_days, false).to_string();
        let name = format!("t{drawn}");
        let task = if one.half_days == 0 {
            sketch.task(&name, TaskKind::Milestone, &[])
        } else {
            sketch.work(&name, &length, &[])
        };
        task.on(one.calendar);
        if one.absent {
            task.assign(away, 100);
        }
        task.ignores_people = one.ignores_people;
        if let Some(day) = one.not_before {
            let day = date("2026-11-02").checked_add(jiff::Span::new().days(i64::from(day))).unwrap();
            task.bound(ConstraintKind::StartsNotBefore, &day.to_string());
        }
        for link in &one.links {
            if *drawn > 0 {
                task.links.push(Link {
                    predecessor: TaskNo(u32::try_from(place_of(link.pick % drawn)).unwrap()),
                    kind: link.kind,
                    lag: Lag::Time(half_days(link.half_days, link.elapsed)),
                    origin: crate::diagnostic::Span::default(),
                });
            }
        }
    }
    sketch
}

pub(super) fn in_order(draws: &[Draw]) -> Sketch {
    sketch(draws, &(0..draws.len()).collect::<Vec<_>>())
}

/// Facts in which early tasks are over and later ones begun.
pub(super) fn facts(sketch: &Sketch, draws: &[Draw]) -> Facts {
    let mut facts = Facts::none(&sketch.project);
    facts.status_date = Some(date("2026-11-11"));
    for (number, task) in sketch.project.tasks.iter().enumerate() {
        let place: usize = task.id.as_str()[1..].parse().unwrap();
        let stage = if place < draws.len() / 2 { draws[place].stage } else { 0 };
        let progress = &mut facts.progress[number];
        if stage > 0 {
            progress.actual_start = Some(Moment::on(date("2026-11-03")));
        }
        if stage > 1 {
            progress.actual_finish = Some(Moment::on(date("2026-11-09")));
        }
    }
    facts
}

/// Whether a link of an open task is kept, in the working time in which the engine counts.
fn is_kept(engine: &Engine, schedule: &Schedule, successor: TaskNo, link: &Link) -> bool {
    let (from, to) = (schedule.slot(link.predecessor), schedule.slot(successor));
    let end = match link.kind {
        LinkKind::FinishStart | LinkKind::FinishFinish => from.finish,
        LinkKind::StartStart | LinkKind::StartFinish => from.start,
    };
    let tied = match link.kind {
        LinkKind::FinishStart | LinkKind::StartStart => to.start,
        LinkKind::FinishFinish | LinkKind::StartFinish => to.finish,
    };
    // The lag runs along the calendar; whether the bound is kept is a matter of the time in which somebody works.
    let calendar = engine.calendar_of(successor);
    let lag = link.lag.minutes(engine.project().work_time(), from.duration);
    let bound = if link.lag.is_elapsed() { end.plus(lag) } else { calendar.add_to_start(end, lag) };
    engine.working_time(successor).between(bound, tied) >= 0
}

/// The schedule when a task starts so many minutes of its calendar later.
fn slipped(engine: &Engine, planned: &Schedule, task: TaskNo, float: i64) -> Schedule {
    let start = engine.calendar_of(task).add_to_start(planned.slot(task).start, float);
    let minute = u32::try_from(start.minute_of_day()).unwrap();
    let mut project = engine.project().clone();
    project.tasks[task.0 as usize].constraints.push(Constraint {
        kind: ConstraintKind::StartsNotBefore,
        at: Some(Moment::at(start.day(), minute)),
        origin: Span::default(),
    });
    schedule(&project, &Facts::none(&project))
}

fn is_work(engine: &Engine, task: TaskNo) -> bool {
    engine.project().task(task).is_work()
}

/// Start and finish lie inside working periods or at their edges, and the length between them is as needed.
fn lies_in_working_time(engine: &Engine, task: TaskNo, slot: &Slot) -> bool {
    let time = engine.working_time(task);
    time.next_working(slot.start) == slot.start && time.previous_working_end(slot.finish) == slot.finish
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_link_is_kept_by_open_tasks(draws in draws(&ALL_KINDS), has_begun in any::<bool>()) {
        let sketch = in_order(&draws);
        let engine = Engine::new(&sketch.project);
        let facts = if has_begun { facts(&sketch, &draws) } else { Facts::none(&sketch.project) };
        let schedule = engine.run(&facts);
        for task in sketch.project.task_numbers() {
            if schedule.slot(task).state == State::NotStarted {
                for link in &sketch.project.task(task).links {
                    prop_assert!(is_kept(&engine, &schedule, task, link), "{task:?} {link:?}");
                }
            }
        }
    }

    /// What must be, or may not be later, lays nothing before what it waits for, and nothing earlier than without the date.
    #[test]
    fn a_hard_date_breaks_no_link(
        draws in draws(&ALL_KINDS), has_begun in any::<bool>(), dates in proptest::collection::vec((0..5_usize, 0..40_i64), 12),
    ) {
        let mut sketch = in_order(&draws);
        let facts = if has_begun { facts(&sketch, &draws) } else { Facts::none(&sketch.project) };
        let free = Engine::new(&sketch.project).run(&facts);
        let first = date("2026-11-02");
        for (task, (kind, day)) in sketch.project.tasks.iter_mut().zip(&dates) {
            let kind = [
                ConstraintKind::MustStart,
                ConstraintKind::MustFinish,
                ConstraintKind::StartsNotAfter,
                ConstraintKind::FinishesNotAfter,
            ].get(*kind);
            if let Some(kind) = kind {
                task.bound(*kind, &first.checked_add(jiff::Span::new().days(*day)).unwrap().to_string());
            }
        }
        let engine = Engine::new(&sketch.project);
        let schedule = engine.run(&facts);
        for task in sketch.project.task_numbers() {
            if schedule.slot(task).state == State::NotStarted {
                for link in &sketch.project.task(task).links {
                    prop_assert!(is_kept(&engine, &schedule, task, link), "{task:?} {link:?}");
                }
            }
        }
        // Where starts and finishes drive each other a later start may let another task begin earlier, which no date has asked for.
        let is_plain = sketch.project.tasks.iter().flat_map(|task| &task.links).all(|link| link.kind == LinkKind::FinishStart && link.lag.is_zero());
        if is_plain {
            for task in sketch.project.task_numbers() {
                prop_assert!(schedule.slot(task).start >= free.slot(task).start, "{task:?}");
            }
        }
    }

    #[test]
    fn work_lies_in_working_time_and_has_its_length(draws in draws(&ALL_KINDS)) {
        let sketch = in_order(&draws);
        let engine = Engine::new(&sketch.project);
        let schedule = engine.run(&Facts::none(&sketch.project));
        for (task, one) in sketch.project.task_numbers().zip(&draws) {
            let slot = schedule.slot(task);
            prop_assert_eq!(slot.duration, one.half_days * 240);
            prop_assert!(slot.start >= sketch.project.start.first_instant());
            if is_work(&engine, task) {
                prop_assert!(lies_in_working_time(&engine, task, slot), "{task:?} {slot:?}");
            }
        }
    }

    #[test]
    fn what_is_left_lies_after_the_status_date(draws in draws(&ALL_KINDS)) {
        let sketch = in_order(&draws);
        let engine = Engine::new(&sketch.project);
        let facts = facts(&sketch, &draws);
        let schedule = engine.run(&facts);
        let status_end = Instant::end_of(date("2026-11-11"));
        for task in sketch.project.task_numbers() {
            let slot = schedule.slot(task);
            let time = engine.working_time(task);
            if slot.state != State::Finished {
                let done_after = time.between(status_end, slot.finish);
                prop_assert!(done_after >= slot.remaining, "{task:?} {slot:?}");
            }
        }
    }

    #[test]
    fn free_float_never_exceeds_total_float(draws in draws(&ALL_KINDS), has_begun in any::<bool>()) {
        let sketch = in_order(&draws);
        let facts = if has_begun { facts(&sketch, &draws) } else { Facts::none(&sketch.project) };
        for slot in Engine::new(&sketch.project).run(&facts).slots {
            prop_assert!(slot.total_float >= 0, "nothing contradicts: {slot:?}");
            prop_assert!((0..=slot.total_float).contains(&slot.free_float), "{slot:?}");
        }
    }

    #[test]
    fn the_longest_path_has_no_float_at_its_end(draws in draws(&ALL_KINDS)) {
        let sketch = in_order(&draws);
        let schedule = Engine::new(&sketch.project).run(&Facts::none(&sketch.project));
        let least = schedule.longest_path.iter().map(|task| schedule.slot(*task).total_float).min();
        prop_assert_eq!(least, Some(0));
        let last = *schedule.longest_path.last().unwrap();
        prop_assert_eq!(schedule.slot(last).finish, schedule.finish);
    }

    #[test]
    fn one_calendar_makes_the_whole_longest_path_critical(draws in draws(&[LinkKind::FinishStart])) {
        let mut draws = draws;
        for one in &mut draws {
            one.on_one_calendar();
        }
        let sketch = in_order(&draws);
        let schedule = Engine::new(&sketch.project).run(&Facts::none(&sketch.project));
        for task in &schedule.longest_path {
            prop_assert!(schedule.slot(*task).critical, "{task:?}");
        }
    }

    #[test]
    fn a_further_link_makes_nothing_earlier(draws in draws(&ALL_KINDS), further in link(&ALL_KINDS)) {
        let before = in_order(&draws).planned();
        let mut draws = draws;
        draws.last_mut().unwrap().links.push(further.clone());
        let middle = draws.len() / 2;
        draws[middle].links.push(further);
        let after = in_order(&draws).planned();
        for (before, after) in before.slots.iter().zip(&after.slots) {
            prop_assert!(after.start >= before.start && after.finish >= before.finish);
        }
        prop_assert!(after.finish >= before.finish);
    }

    #[test]
    fn slipping_by_the_total_float_keeps_the_finish(draws in draws(&ALL_KINDS)) {
        let sketch = in_order(&draws);
        let engine = Engine::new(&sketch.project);
        let planned = engine.run(&Facts::none(&sketch.project));
        for task in sketch.project.task_numbers().filter(|task| is_work(&engine, *task)) {
            let slipped = slipped(&engine, &planned, task, planned.slot(task).total_float);
            prop_assert_eq!(slipped.finish, planned.finish, "{:?}", task);
        }
    }

    #[test]
    fn as_late_as_possible_never_moves_the_finish(draws in draws(&ALL_KINDS), late in any::<u16>()) {
        let before = in_order(&draws).planned();
        let mut sketch = in_order(&draws);
        for (place, task) in sketch.project.tasks.iter_mut().enumerate() {
            if late & (1 << (place % 16)) != 0 {
                task.bound(ConstraintKind::AsLateAsPossible, "");
            }
        }
        prop_assert_eq!(sketch.planned().finish, before.finish);
    }

    #[test]
    fn a_longer_task_never_ends_the_project_earlier(
        draws in draws(&[LinkKind::FinishStart]), pick in any::<usize>()
    ) {
        let before = in_order(&draws).planned();
        let mut draws = draws;
        let pick = pick % draws.len();
        draws[pick].half_days += 2;
        prop_assert!(in_order(&draws).planned().finish >= before.finish);
    }

    #[test]
    fn every_open_date_has_a_reason_and_every_chain_ends(draws in draws(&ALL_KINDS), has_begun in any::<bool>()) {
        let sketch = in_order(&draws);
        let facts = if has_begun { facts(&sketch, &draws) } else { Facts::none(&sketch.project) };
        let engine = Engine::new(&sketch.project);
        let schedule = engine.run(&facts);
        let reasons = engine.reasons(&facts, &schedule);
        for step in &reasons.steps {
            prop_assert!(!step.reasons.is_empty(), "{:?}", step.task);
            let chain: Vec<_> = reasons.chain(step.task).collect();
            prop_assert!(chain.len() <= reasons.steps.len());
            let last = chain.last().unwrap();
            prop_assert!(last.stands_on.is_none());
            let binding = last.reasons.iter().find(|reason| !matches!(reason, Reason::Reported { .. }));
            let is_over = schedule.slot(last.task).state == State::Finished;
            prop_assert!(is_over || !matches!(binding, Some(Reason::Link { .. })), "{last:?}");
        }
    }

    #[test]
    fn without_its_drag_a_task_gains_no_more_than_a_full_computation_says(draws in draws(&[LinkKind::FinishStart])) {
        let sketch = in_order(&draws);
        let facts = facts(&sketch, &draws);
        let engine = Engine::new(&sketch.project);
        let schedule = engine.run(&facts);
        for drag in engine.drags(&facts, &schedule) {
            let mut changed = facts.clone();
            changed.changed.insert(drag.task, -schedule.slot(drag.task).remaining);
            let full = engine.run(&changed).finish_day();
            // Work of no length may be put on the morning after it could have ended; a drag knows better.
            prop_assert!(drag.finish <= full, "{} {full}", drag.finish);
            prop_assert!(drag.finish <= schedule.finish_day());
            prop_assert_eq!(drag.calendar_days >= drag.working_days, true);
        }
    }

    #[test]
    fn the_order_of_the_file_does_not_matter(draws in draws(&ALL_KINDS), turn in any::<usize>()) {
        let one = in_order(&draws);
        let mut order: Vec<usize> = (0..draws.len()).rev().collect();
        order.rotate_left(turn % draws.len());
        let other = sketch(&draws, &order);
        let (planned, replanned) = (one.planned(), other.planned());
        prop_assert_eq!(planned.finish, replanned.finish);
        for number in 0..draws.len() {
            let name = format!("t{number}");
            let (left, right) = (one.slot(&planned, &name), other.slot(&replanned, &name));
            let text = |slot: &Slot| {
                let floats = (slot.total_float, slot.free_float, slot.critical, slot.on_longest_path);
                format!("{} {} {} {} {floats:?}", slot.start, slot.finish, slot.late_start, slot.late_finish)
            };
            prop_assert_eq!(text(left), text(right));
        }
    }

    #[test]
    fn slipping_by_the_free_float_moves_no_successor(draws in draws(&[LinkKind::FinishStart])) {
        let sketch = in_order(&draws);
        let engine = Engine::new(&sketch.project);
        let planned = engine.run(&Facts::none(&sketch.project));
        for task in sketch.project.task_numbers().filter(|task| is_work(&engine, *task)) {
            let slipped = slipped(&engine, &planned, task, planned.slot(task).free_float);
            for other in sketch.project.task_numbers().filter(|other| *other != task) {
                prop_assert_eq!(planned.slot(other).start, slipped.slot(other).start);
            }
        }
    }
}
