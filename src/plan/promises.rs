//! What outside teams promised, and what a board that holds its gate waits for: which start it holds, and what a week more would
//! do to the finish.
//!
//! Comes in: an engine, facts and their schedule. Goes out: a [`PromiseEffect`] for each request that is open. A promise is
//! a soft "starts not before": it holds the start of a task that has not begun, as a link to work of another plan
//! would, and moves with each new promise. What has begun goes on without it, and a plan without reports knows of none.
//! Not here: margins and how long somebody waits (`control`).

use std::collections::BTreeMap;

use jiff::ToSpan;
use jiff::civil::Date;

use crate::model::{Decision, Project, TaskKind, TaskNo, WorkingTime};
use crate::plan::critical_path::Early;
use crate::plan::{Driver, Engine, Facts, Schedule, State};
use crate::quantity::Instant;

/// Calendar days of a week: teams promise by the calendar.
const WEEK: i32 = 7;

/// What one promise does to the plan.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PromiseEffect {
    /// The request's place in its register.
    pub request: usize,
    /// The day on which the task would start if nothing from outside held it: what the plan needs.
    pub start_without: Date,
    /// The last working day of the project's calendar before that start.
    pub needed_by: Date,
    /// The day by which the forecast takes it to be here: as promised. Where nothing is promised, or the promise is broken, when it is
    /// needed, as nothing else is known, but not before the status date.
    pub comes: Date,
    /// The project's last day if it comes seven calendar days later than that.
    pub finish_a_week_later: Date,
}

/// When a task has in hand what was promised.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Promised {
    /// The midnight before the day on which it may begin; of a gate that is held the last minute of the first day on which it can be
    /// reached.
    pub(super) from: Instant,
    /// The request, or the hold of a gate.
    pub(super) driver: Driver,
}

impl Promised {
    /// When a milestone or gate can be reached.
    pub(super) fn reaches(self, calendar: &WorkingTime) -> Instant {
        let is_worked_until = calendar.previous_working_end(self.from) == self.from;
        if self.driver == Driver::Held && is_worked_until {
            self.from
        } else {
            calendar.next_working(self.from)
        }
    }
}

/// Gates that a board holds or sent back on a day, by their task, each with the first day on which it can be reached: that by which the
/// last of what the board asked for is promised, the day itself where that has passed, and no earlier than the day that is set for the
/// gate. One with neither is left out.
pub(super) fn held(project: &Project, day: Date) -> BTreeMap<TaskNo, Date> {
    let gates = project.task_numbers().filter_map(|number| match project.task(number).kind {
        TaskKind::Gate(gate) => Some((number, project.gates.get(&gate)?)),
        _ => None,
    });
    let waiting = gates.filter(|(_, record)| {
        let waits = matches!(record.decision_on(day), Some(Decision::Hold | Decision::Rework));
        waits && !record.is_asked_again
    });
    let until = waiting.filter_map(|(number, record)| {
        let asked = record.last_asked_on(day).map(|(_, due)| due.max(day));
        let set = record.planned.filter(|set| day < *set);
        Some((number, asked.max(set)?))
    });
    until.collect()
}

/// The requests that are open on a day and promised, by their place in the register, with the day on which they come.
pub(super) fn promised(project: &Project, day: Date) -> BTreeMap<usize, Date> {
    let open = project.registers.requests.iter().enumerate().filter(|(_, request)| request.is_open(day));
    open.filter_map(|(place, request)| Some((place, request.promised?.max(day)))).collect()
}

/// From when each task may begin; empty where nothing is promised. What is promised to a summary holds all below it.
pub(super) fn promised_starts(
    project: &Project,
    promised: &BTreeMap<usize, Date>,
    held: &BTreeMap<TaskNo, Date>,
) -> Vec<Option<Promised>> {
    let working_time = project.working_time();
    let of_gate = |(gate, reached): (&TaskNo, &Date)| {
        (*gate, Promised { from: working_time.last_minute(*reached), driver: Driver::Held })
    };
    let mut by_task: BTreeMap<TaskNo, Promised> = held.iter().map(of_gate).collect();
    for (place, comes) in promised {
        let Some(task) = project.registers.requests.get(*place).and_then(|request| request.needed_for) else {
            continue;
        };
        let request = u32::try_from(*place).unwrap_or(u32::MAX);
        let next = Promised { from: Instant::end_of(*comes), driver: Driver::Promise(request) };
        let known = by_task.entry(task).or_insert(next);
        if known.from < next.from {
            *known = next;
        }
    }
    if by_task.is_empty() {
        return Vec::new();
    }
    let latest = |task: TaskNo| {
        let above = std::iter::successors(Some(task), |at| project.task(*at).parent);
        // As deep as a plan can nest; a loop has been reported.
        let own = above.take(project.tasks.len()).filter_map(|at| by_task.get(&at).copied());
        own.max_by_key(|promised| (promised.from, std::cmp::Reverse(promised.driver)))
    };
    project.task_numbers().map(latest).collect()
}

impl Engine<'_> {
    /// Says of each open request with a task that has not begun what the plan needs, and what a week more would do.
    ///
    /// `schedule` is what [`Engine::run`] gives for the same facts. Example: the roll-out starts on 27 November and the
    /// rules of the firewall are promised for the 24th; if they come on 1 December, it starts on the 2nd, and the project
    /// ends that much later.
    #[must_use]
    pub fn promise_effects(&self, facts: &Facts, schedule: &Schedule) -> Vec<PromiseEffect> {
        let Some(status_date) = facts.status_date else { return Vec::new() };
        let project = self.project();
        let open = project.registers.requests.iter().enumerate().filter_map(|(place, request)| {
            let task = request.needed_for.filter(|_| request.is_open(status_date))?;
            (schedule.slot(task).state == State::NotStarted).then_some((place, task))
        });
        let open: Vec<(usize, TaskNo)> = open.collect();
        if open.is_empty() {
            return Vec::new();
        }
        let working_time = project.working_time();
        let mut pass = self.order_of_work(facts, schedule);
        pass.forward_by_capacity();
        let mut asked = |promised: &BTreeMap<usize, Date>| {
            pass.promised = promised_starts(project, promised, &facts.held);
            let early = pass.forward();
            let finish = pass.project_finish(&early).last_day();
            (early, finish)
        };
        let effect = |(place, task): (usize, TaskNo)| {
            let mut without = facts.promised.clone();
            without.retain(|other, _| {
                project.registers.requests.get(*other).and_then(|request| request.needed_for) != Some(task)
            });
            let (early, _) = asked(&without);
            let start_without =
                first_start(project, task, &early).unwrap_or_else(|| schedule.slot(task).first_day());
            let needed_by = working_day_before(&working_time, start_without);
            let promised = project.registers.requests[place].promised.filter(|day| *day >= status_date);
            let comes = promised.unwrap_or(needed_by.max(status_date));
            let mut later = facts.promised.clone();
            later.insert(place, comes.checked_add(WEEK.days()).unwrap_or(comes));
            let (_, finish) = asked(&later);
            PromiseEffect { request: place, start_without, needed_by, comes, finish_a_week_later: finish }
        };
        open.into_iter().map(effect).collect()
    }
}

/// The last working day before a day; the day before where there is none within a year.
pub(crate) fn working_day_before(working_time: &WorkingTime, day: Date) -> Date {
    let eve = day.yesterday().unwrap_or(day);
    std::iter::successors(Some(eve), |day| day.yesterday().ok())
        .take(366)
        .find(|day| working_time.is_working_day(*day))
        .unwrap_or(eve)
}

/// The day on which a task, or the first of the work below a summary, starts; none where nothing is placed.
fn first_start(project: &Project, task: TaskNo, early: &Early) -> Option<Date> {
    let is_below = |at: TaskNo| {
        let above = std::iter::successors(Some(at), |at| project.task(*at).parent);
        above.take(project.tasks.len()).any(|at| at == task)
    };
    let placed = project.task_numbers().filter(|at| {
        let task = project.task(*at);
        (task.is_work() || task.is_point()) && is_below(*at)
    });
    placed.filter_map(|at| early.start.get(at.0 as usize)).min().map(|start| start.day())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Span;
    use crate::model::{OutsideRequest, Text};
    use crate::plan::golden::{branch_network, reported};
    use crate::plan::schedule;
    use crate::plan::sketch::{Sketch, date};

    fn request(sketch: &Sketch, task: &str, promised: Option<&str>) -> OutsideRequest {
        OutsideRequest {
            id: "X1".parse().unwrap(),
            team: "security".to_owned(),
            request: Text { markdown: "Rules".to_owned(), origin: Span::default() },
            needed_for: Some(sketch.number(task)),
            asked: None,
            promised: promised.map(date),
            received: None,
            escalated_to: None,
            origin: Span::default(),
        }
    }

    fn with_request(task: &str, promised: Option<&str>) -> (Sketch, Facts) {
        let mut sketch = branch_network();
        let request = request(&sketch, task, promised);
        sketch.project.registers.requests.push(request);
        let mut facts = reported(&sketch);
        facts.promised = super::promised(&sketch.project, facts.status_date.unwrap());
        (sketch, facts)
    }

    /// The roll-out starts on 27 November and ends before the freeze with one branch left; a promise for the 24th is in time.
    #[test]
    fn a_promise_in_time_changes_nothing() {
        let (sketch, facts) = with_request("rollout", Some("2026-11-24"));
        let plain = schedule(&sketch.project, &Facts { promised: BTreeMap::new(), ..facts.clone() });
        assert_eq!(schedule(&sketch.project, &facts), plain);
    }

    #[test]
    fn a_promise_behind_the_need_holds_the_start() {
        let (sketch, facts) = with_request("rollout", Some("2026-12-01"));
        let held = schedule(&sketch.project, &facts);
        let slot = sketch.slot(&held, "rollout");
        assert_eq!(slot.first_day(), date("2026-12-02"));
        assert_eq!(slot.drivers, [Driver::Promise(0)]);
        let engine = Engine::new(&sketch.project);
        let effects = engine.promise_effects(&facts, &held);
        assert_eq!((effects[0].start_without, effects[0].comes), (date("2026-11-27"), date("2026-12-01")));
        let mut later = facts.clone();
        later.promised.insert(0, date("2026-12-08"));
        assert_eq!(effects[0].finish_a_week_later, schedule(&sketch.project, &later).finish_day());
        assert!(effects[0].finish_a_week_later > held.finish_day());
    }

    #[test]
    fn without_a_promise_nothing_is_held_and_a_week_counts_from_the_need() {
        let (sketch, facts) = with_request("rollout", None);
        let plain = schedule(&sketch.project, &facts);
        let effects = Engine::new(&sketch.project).promise_effects(&facts, &plain);
        assert_eq!((effects[0].start_without, effects[0].comes), (date("2026-11-27"), date("2026-11-26")));
        assert!(effects[0].finish_a_week_later > plain.finish_day());
    }

    /// The status date is 20 November. What was promised for the 2nd and has not come is not there on that day either: the forecast lets
    /// the roll-out start on the 27th, and a week more is a week from there.
    #[test]
    fn of_a_broken_promise_a_week_counts_from_the_need() {
        let (sketch, facts) = with_request("rollout", Some("2026-11-02"));
        let held = schedule(&sketch.project, &facts);
        let effect = Engine::new(&sketch.project).promise_effects(&facts, &held)[0];
        assert_eq!((effect.needed_by, effect.comes), (date("2026-11-26"), date("2026-11-26")));
        let mut later = facts.clone();
        later.promised.insert(0, date("2026-12-03"));
        assert_eq!(effect.finish_a_week_later, schedule(&sketch.project, &later).finish_day());
    }

    #[test]
    fn what_has_begun_goes_on_without_it() {
        let (sketch, facts) = with_request("pilot", Some("2026-12-24"));
        let plain = schedule(&sketch.project, &Facts { promised: BTreeMap::new(), ..facts.clone() });
        let forecast = schedule(&sketch.project, &facts);
        assert_eq!(forecast.finish_day(), plain.finish_day());
        assert_eq!(Engine::new(&sketch.project).promise_effects(&facts, &forecast), []);
    }
}
