//! Projects made at random, for the laws of levelled plans.
//!
//! They mix three calendars, people with absences, calendars and availabilities of their own, roles of few heads, shares,
//! priorities, work that may be interrupted, all link types with working and elapsed lags and leads, points, and work
//! that has begun.

use proptest::prelude::{Just, Strategy, any, prop_oneof};

use super::checker::breaches;
use crate::diagnostic::Span;
use crate::model::{
    Assignee, ConstraintKind, LevellingOptions, Link, LinkKind, PersonNo, ScheduleFrom, Shift, TaskKind,
    TaskNo,
};
use crate::plan::sketch::{Sketch, date};
use crate::plan::{Elsewhere, Engine, Facts, Hand, Schedule, Side};
use crate::quantity::{Instant, Lag, Moment, Percent, parse_window};

/// A task as drawn.
#[derive(Clone, Debug)]
pub(super) struct Draw {
    pub(super) half_days: i64,
    pub(super) calendar: usize,
    pub(super) links: Vec<(usize, LinkKind, &'static str)>,
    /// Who and how much of a day, counted round.
    pub(super) people: Vec<(usize, i64)>,
    pub(super) priority: u32,
    pub(super) not_before: Option<i8>,
    /// Whether it goes on whether its people are there or not.
    pub(super) ignores_people: bool,
    /// How much happened: 0 nothing, 1 begun, 2 over.
    pub(super) stage: u8,
    pub(super) may_split: bool,
}

const KINDS: [LinkKind; 4] =
    [LinkKind::FinishStart, LinkKind::StartStart, LinkKind::FinishFinish, LinkKind::StartFinish];

const LAGS: [&str; 6] = ["0d", "0d", "0d", "1.5d", "-1d", "1ed"];

fn draw() -> impl Strategy<Value = Draw> {
    let link = (any::<usize>(), 0..KINDS.len(), 0..LAGS.len())
        .prop_map(|(pick, kind, lag)| (pick, KINDS[kind], LAGS[lag]));
    (
        prop_oneof![1 => Just(0), 9 => 1..14_i64],
        0..3_usize,
        proptest::collection::vec(link, 0..3),
        proptest::collection::vec(
            (0..6_usize, prop_oneof![3 => Just(100), 1 => Just(50), 1 => Just(30)]),
            1..3,
        ),
        prop_oneof![4 => Just(500), 1 => Just(300), 1 => Just(700)],
        proptest::option::weighted(0.2, 0..30_i8),
        proptest::bool::weighted(0.1),
        0..3_u8,
        proptest::bool::weighted(0.4),
    )
        .prop_map(
            |(half_days, calendar, links, people, priority, not_before, ignores_people, stage, may_split)| {
                Draw {
                    half_days,
                    calendar,
                    links,
                    people,
                    priority,
                    not_before,
                    ignores_people,
                    stage,
                    may_split,
                }
            },
        )
}

pub(super) fn draws() -> impl Strategy<Value = Vec<Draw>> {
    proptest::collection::vec(draw(), 2..16)
}

pub(super) fn sketch(draws: &[Draw], schedules: u32) -> Sketch {
    let mut sketch = Sketch::starting("2026-11-02", &["2026-11-18", "2026-12-25"]);
    sketch.project.scheduling.levelling = Some(LevellingOptions { schedules, ..LevellingOptions::default() });
    sketch.calendar("change-window", &["2026-11-16 .. 2026-11-24"]);
    let six_days = sketch.calendar("six-days", &[]);
    sketch.project.calendars[six_days].week[5] = vec![Shift { start: 360, end: 840 }];
    sketch.project.calendars[six_days].week[2] = vec![Shift { start: 600, end: 1_440 }];
    let mornings = sketch.calendar("mornings", &[]);
    sketch.project.calendars[mornings].week =
        std::array::from_fn(|day| if day < 5 { vec![Shift { start: 480, end: 720 }] } else { Vec::new() });
    let tom = sketch.person("tom", &["2026-11-10 .. 2026-11-12"]);
    let anna = sketch.person("anna", &[]);
    let sam = sketch.person("sam", &["2026-11-05"]);
    let lea = sketch.person("lea", &[]);
    let people = &mut sketch.project.team.people;
    people[1].availability =
        vec![(parse_window("2026-11-09 .. 2026-11-20").unwrap(), Percent::from_hundredths(5_000))];
    people[2].calendar = Some(mornings);
    people[3].available = Percent::from_hundredths(6_000);
    let tester = sketch.role("tester", Some(2));
    let writer = sketch.role("writer", Some(1));
    sketch.project.team.roles[1].heads_by_time = vec![(parse_window("2026-11-12 .. 2026-11-13").unwrap(), 3)];
    let all = [
        Assignee::Person(tom),
        Assignee::Person(anna),
        Assignee::Person(sam),
        Assignee::Person(lea),
        Assignee::Role { role: tester, heads: 1 },
        Assignee::Role { role: writer, heads: 1 },
    ];
    for (number, one) in draws.iter().enumerate() {
        let length = format!("{}.{}d", one.half_days / 2, if one.half_days % 2 == 0 { 0 } else { 5 });
        let name = format!("t{number}");
        let task = if one.half_days == 0 {
            sketch.task(&name, TaskKind::Milestone, &[])
        } else {
            sketch.work(&name, &length, &[])
        };
        if one.calendar > 0 {
            task.on(one.calendar);
        }
        task.priority = one.priority;
        task.ignores_people = one.ignores_people;
        task.may_split = one.may_split;
        if one.half_days > 0 {
            // To the engine work of several people is done at an instant when one of them would be done; the checker is
            // stricter, so what is tied by its finish has one.
            let ends_with = |(_, kind, _): &(usize, LinkKind, &str)| {
                matches!(kind, LinkKind::FinishFinish | LinkKind::StartFinish)
            };
            let has_one = has_begun(draws, number) || one.links.iter().any(ends_with);
            let n_people = if has_one { 1 } else { one.people.len() };
            for (place, (who, share)) in one.people[..n_people].iter().enumerate() {
                if !one.people[..place].iter().any(|(other, _)| other == who) {
                    task.assign(all[*who], *share);
                }
            }
        }
        if let Some(day) = one.not_before {
            let day = date("2026-11-02").checked_add(jiff::Span::new().days(i64::from(day))).unwrap();
            task.bound(ConstraintKind::StartsNotBefore, &day.to_string());
        }
        if number > 0 {
            task.links.extend(one.links.iter().map(|(pick, kind, lag)| Link {
                predecessor: TaskNo(u32::try_from(pick % number).unwrap()),
                kind: *kind,
                lag: lag.parse::<Lag>().unwrap(),
                origin: Span::default(),
            }));
        }
    }
    sketch
}

/// Counts a project back from its finish. Links leave finishes then and have no lags by the clock: a start that need only
/// be before an evening is as late as the last minute of it, which lies between the steps of the checker.
pub(super) fn count_back(sketch: &mut Sketch, finish: &str) {
    sketch.project.scheduling.from = ScheduleFrom::Finish(finish.parse().unwrap());
    for link in sketch.project.tasks.iter_mut().flat_map(|task| &mut task.links) {
        link.kind = match link.kind {
            LinkKind::StartStart => LinkKind::FinishStart,
            LinkKind::StartFinish => LinkKind::FinishFinish,
            kind => kind,
        };
        if matches!(link.lag, Lag::Time(lag) if lag.is_elapsed()) {
            link.lag = "1d".parse().unwrap();
        }
    }
}

pub(super) fn has_begun(draws: &[Draw], number: usize) -> bool {
    number < draws.len() / 3 && draws[number].stage > 0
}

pub(super) fn facts(sketch: &Sketch, draws: &[Draw]) -> Facts {
    let mut facts = Facts::none(&sketch.project);
    facts.status_date = Some(date("2026-11-06"));
    for (number, one) in draws.iter().enumerate().filter(|(number, _)| has_begun(draws, *number)) {
        let progress = &mut facts.progress[number];
        progress.actual_start = Some(Moment::on(date("2026-11-03")));
        progress.remaining = Some("1.5d".parse().unwrap());
        if one.stage > 1 {
            progress.actual_finish = Some(Moment::on(date("2026-11-06")));
        }
    }
    facts
}

/// Another project has a person for some days from a day of the plan on.
pub(super) fn book_elsewhere(who: u32, first: i64, length: i64) -> Elsewhere {
    let day = |days: i64| date("2026-11-02").checked_add(jiff::Span::new().days(days)).unwrap();
    Elsewhere {
        hand: Hand::Person(PersonNo(who)),
        demand: 10_000,
        spans: vec![(Instant::start_of(day(first)), Instant::start_of(day(first + length)))],
        project: "other".to_owned(),
        task: "Other".to_owned(),
    }
}

pub(super) fn found(sketch: &Sketch, facts: &Facts, schedule: &Schedule) -> Vec<String> {
    let misfits = schedule.levelling.iter().flat_map(|levelling| &levelling.misfits);
    let misfits: Vec<TaskNo> = misfits.map(|misfit| misfit.task).collect();
    breaches(&sketch.project, facts, schedule, &misfits)
}

/// The stretches of a wait or pause are the whole of it, one after another, and the one beside the task is whom it names.
pub(super) fn wrong_stretches(sketch: &Sketch, facts: &Facts, schedule: &Schedule) -> Vec<String> {
    let reasons = Engine::new(&sketch.project).reasons(facts, schedule);
    let Some(levelling) = &schedule.levelling else { return Vec::new() };
    let mut wrong = Vec::new();
    for (step, slot) in reasons.steps.iter().zip(&schedule.slots) {
        let waits = slot.waits.iter().filter(|_| !step.waits.is_empty());
        for wait in waits.chain(slot.pauses.iter().map(|pause| &pause.wait)) {
            let stretches = levelling.stretches_of(step.task, wait);
            let (Some(first), Some(last)) = (stretches.first(), stretches.last()) else {
                wrong.push(format!("{:?} has no stretches of {wait:?}", step.task));
                continue;
            };
            let is_whole = stretches.iter().map(|part| part.minutes).sum::<i64>() == wait.minutes;
            let is_in_order = stretches.windows(2).all(|pair| pair[0].until <= pair[1].from);
            let (nearest, is_beside) = match wait.side {
                Side::Before => (last, last.until <= wait.until),
                Side::After => (first, first.from >= wait.until),
            };
            let is_named = (nearest.hand, nearest.busy_with) == (wait.hand, wait.busy_with);
            let has_minutes = stretches.iter().all(|part| part.minutes >= 0);
            if !(is_whole && is_in_order && is_beside && is_named && has_minutes) {
                wrong.push(format!("{:?} waits {wait:?} in {stretches:?}", step.task));
            }
        }
    }
    wrong
}
