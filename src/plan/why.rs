//! Why each task lies where it does, as data.
//!
//! Comes in: an engine, facts and their schedule. Goes out: a [`Step`] for each task: what holds its date, on which other
//! task that stands, and the days without work that it waits for or is interrupted by. Followed from task to task the
//! steps are the whole explanation of a date ([`Reasons::chain`]). Everything carries the place where it was written.
//! Not here: words; floats, drag and levers, which stand in the schedule beside it. Days without work: `gaps`.

mod gaps;

use std::collections::BTreeSet;

use jiff::civil::Date;

use crate::diagnostic::Span;
use crate::model::{
    Calendar, ConstraintKind, ExternalDates, LinkKind, Project, ScheduleFrom, Task, TaskKind, TaskNo,
};
use crate::plan::{Driver, Engine, Facts, Schedule, Slot, State, Wait, WaitStretch};
use crate::quantity::{Instant, Lag, Moment};

pub use gaps::{Gap, GapKind};

/// What holds a date where it is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Reason {
    /// It was reported: the task has begun, or is over.
    Reported {
        /// Where the report, or the decision of a gate, stands.
        origin: Option<Span>,
    },
    /// A link to a predecessor.
    Link {
        /// The task that waits: the task itself, or a summary above it.
        holder: TaskNo,
        /// The predecessor as the plan names it.
        predecessor: TaskNo,
        /// Which ends are tied.
        kind: LinkKind,
        /// Time between them.
        lag: Lag,
        /// Where the link stands.
        origin: Span,
    },
    /// A link to a task of another project.
    External {
        /// The task that waits: the task itself, or a summary above it.
        holder: TaskNo,
        /// The place of the link among its external links.
        place: usize,
        /// When the task waited for lies.
        dates: ExternalDates,
        /// Where the link stands.
        origin: Span,
    },
    /// A date that binds the task, or a summary above it.
    Constraint {
        /// The task that the constraint is written at.
        holder: TaskNo,
        /// Which end, which way.
        kind: ConstraintKind,
        /// The day, or the minute of it; none for as late as possible.
        at: Option<Moment>,
        /// Where it stands. The reason for it is the holder's `because`.
        origin: Span,
    },
    /// What is left is done after the status date.
    StatusDate(Date),
    /// An outside team has promised what the task waits for, and it begins the day after.
    Promised {
        /// The request's place in its register.
        request: usize,
        /// The day on which it comes: as promised, but not before the status date.
        comes: Date,
        /// Where the request stands.
        origin: Span,
    },
    /// The board holds the gate, or sent it back.
    Held {
        /// The first day on which the gate can be reached.
        from: Date,
        /// Where the last of what the board asked for stands; none where the day that is set for the gate is later.
        asked: Option<Span>,
    },
    /// The board has stopped the project.
    GivenUp {
        /// The day of the decision.
        decided: Date,
        /// Where it stands.
        origin: Option<Span>,
    },
    /// Nothing begins before the project does.
    ProjectStart,
    /// It is held as late as the wanted finish of the project allows, from which dates are counted back.
    CountedBack {
        /// The wanted finish.
        finish: Moment,
        /// Where it stands.
        origin: Option<Span>,
    },
    /// A report says that the work pauses, and when it goes on.
    Resumes {
        /// When it goes on.
        at: Moment,
        /// Where the report stands.
        origin: Option<Span>,
    },
    /// Its dates are kept by hand, whatever it waits for.
    ByHand {
        /// Where they stand.
        origin: Span,
    },
    /// A summary or hammock: from the start of one task to the finish of another.
    Spans {
        /// The task whose start it begins with.
        first: TaskNo,
        /// The task whose finish it ends with.
        last: TaskNo,
    },
    /// Somebody is busy until then. Said by levelling alone.
    WaitsFor(Wait),
}

/// What holds one task where it is.
#[derive(Clone, Debug, PartialEq)]
pub struct Step {
    /// The task.
    pub task: TaskNo,
    /// What holds it, binding first. Empty only for tasks of a broken plan.
    pub reasons: Vec<Reason>,
    /// Who it waits for one after another, in order of time, where levelling holds it; else empty.
    pub waits: Vec<WaitStretch>,
    /// The task whose date holds this one: where the chain goes on; none where it ends.
    pub stands_on: Option<TaskNo>,
    /// Days without work between what it waited for and its finish, in order of time; none for what is over.
    pub gaps: Vec<Gap>,
}

/// Why every task of a project lies where it does.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Reasons {
    /// In the order of the project's tasks.
    pub steps: Vec<Step>,
}

impl Reasons {
    /// What holds a task.
    #[must_use]
    pub fn step(&self, task: TaskNo) -> &Step {
        &self.steps[task.0 as usize]
    }

    /// The explanation of a date: the step of the task, of what it stands on, and so back to what stands by itself:
    /// a report, a constraint, the status date or the project's start.
    pub fn chain(&self, task: TaskNo) -> impl Iterator<Item = &Step> {
        let mut seen = BTreeSet::from([task]);
        std::iter::successors(Some(self.step(task)), move |step| {
            // Only a loop of links, which has been reported, comes back to where it was; a plan counted back from its finish may stand
            // on what comes after as well as on what comes before.
            step.stands_on.filter(|next| seen.insert(*next)).map(|next| self.step(next))
        })
    }
}

impl Engine<'_> {
    /// Says of every task why it lies where it does. `schedule` is what [`Engine::run`] gives for the same facts.
    #[must_use]
    pub fn reasons(&self, facts: &Facts, schedule: &Schedule) -> Reasons {
        let project = self.project();
        let mut children = vec![Vec::new(); project.tasks.len()];
        for number in project.task_numbers() {
            if let Some(parent) = project.task(number).parent {
                children[parent.0 as usize].push(number);
            }
        }
        let inquiry = Inquiry { engine: self, project, facts, schedule, children: &children };
        Reasons { steps: project.task_numbers().map(|task| inquiry.step(task)).collect() }
    }
}

struct Inquiry<'a> {
    engine: &'a Engine<'a>,
    project: &'a Project,
    facts: &'a Facts,
    schedule: &'a Schedule,
    children: &'a [Vec<TaskNo>],
}

impl Inquiry<'_> {
    fn step(&self, number: TaskNo) -> Step {
        let slot = self.schedule.slot(number);
        let mut reasons: Vec<Reason> =
            slot.drivers.iter().filter_map(|driver| self.reason(number, *driver)).collect();
        self.add_what_the_slot_does_not_say(number, slot, &mut reasons);
        let stands_on = self.stands_on(slot, &reasons);
        let gaps = if slot.state == State::Finished || matches!(reasons.first(), Some(Reason::Spans { .. })) {
            Vec::new()
        } else {
            self.gaps(number, slot, &reasons)
        };
        let is_held = reasons.iter().any(|reason| matches!(reason, Reason::WaitsFor(_)));
        let levelling = self.schedule.levelling.as_ref().filter(|_| is_held);
        let waits = levelling.map_or(&[][..], |known| known.stretches(number)).to_vec();
        Step { task: number, reasons, waits, stands_on, gaps }
    }

    fn reason(&self, number: TaskNo, driver: Driver) -> Option<Reason> {
        let task = self.project.task(number);
        match driver {
            Driver::Actual => Some(Reason::Reported { origin: self.report_of(number, task) }),
            Driver::Link { holder, place } => {
                let link = self.project.task(holder).links.get(place as usize)?;
                Some(Reason::Link {
                    holder,
                    predecessor: link.predecessor,
                    kind: link.kind,
                    lag: link.lag,
                    origin: link.origin,
                })
            }
            Driver::External { holder, place } => {
                let link = self.project.task(holder).external_links.get(place as usize)?;
                let dates = *self.facts.external.get(&(holder, place))?;
                Some(Reason::External { holder, place: place as usize, dates, origin: link.origin })
            }
            Driver::Constraint(place) => self.constraint(number, place as usize),
            Driver::ConstraintAbove { holder, place } => self.constraint(holder, place as usize),
            // Before the first report the status date is the eve of the start, which nobody would call the reason.
            Driver::Busy { .. } => self.schedule.slot(number).waits.map(Reason::WaitsFor),
            Driver::StatusDate => self.facts.status_date.map(|day| {
                if day < self.project.start.day { Reason::ProjectStart } else { Reason::StatusDate(day) }
            }),
            Driver::Promise(place) => {
                let request = self.project.registers.requests.get(place as usize)?;
                let comes = *self.facts.promised.get(&(place as usize))?;
                Some(Reason::Promised { request: place as usize, comes, origin: request.origin })
            }
            Driver::Held => {
                let TaskKind::Gate(gate) = task.kind else { return None };
                let day = self.facts.status_date?;
                let record = self.project.gates.get(&gate)?;
                let from = *self.facts.held.get(&number)?;
                let asked = record.last_asked_on(day).filter(|_| record.planned != Some(from));
                Some(Reason::Held { from, asked: asked.map(|(asked, _)| asked.origin) })
            }
            Driver::GivenUp => {
                let (gate, decided) = self.project.stopped_on(self.facts.status_date?)?;
                let origin = self.project.gates.get(&gate).and_then(|record| record.decision_origin);
                Some(Reason::GivenUp { decided, origin })
            }
            Driver::ProjectStart => Some(Reason::ProjectStart),
            Driver::Follows(first) => {
                let last = match &task.kind {
                    TaskKind::Hammock { to, .. } => self.last_to_finish(to),
                    _ => self.last_to_finish(&self.children[number.0 as usize]),
                };
                Some(Reason::Spans { first, last: last? })
            }
        }
    }

    /// Holds beside the drivers of the schedule: dates by hand, a pause, and the finish that dates are counted back from.
    fn add_what_the_slot_does_not_say(&self, number: TaskNo, slot: &Slot, reasons: &mut Vec<Reason>) {
        let task = self.project.task(number);
        if task.is_manual && slot.state == State::NotStarted && (task.is_work() || task.is_point()) {
            let origin = task.constraints.first().map_or(task.origin, |constraint| constraint.origin);
            *reasons = vec![Reason::ByHand { origin }];
            return;
        }
        let progress = self.facts.progress.get(number.0 as usize);
        if let Some(at) = progress.and_then(|known| known.resume)
            && slot.state == State::InProgress
            && reasons.len() < 2
        {
            let origin = progress.and_then(|known| known.lines.resume);
            reasons.push(Reason::Resumes { at, origin });
        }
        if let ScheduleFrom::Finish(finish) = self.project.scheduling.from {
            let origin = self.project.field_origins.get("schedule.finish").copied();
            let counted = Reason::CountedBack { finish, origin };
            if let Some(start) = reasons.iter_mut().find(|reason| matches!(reason, Reason::ProjectStart)) {
                *start = counted;
            } else if reasons.is_empty() && slot.state == State::NotStarted {
                reasons.push(counted);
            }
        }
    }

    fn constraint(&self, holder: TaskNo, place: usize) -> Option<Reason> {
        let constraint = self.project.task(holder).constraints.get(place)?;
        Some(Reason::Constraint {
            holder,
            kind: constraint.kind,
            at: constraint.at,
            origin: constraint.origin,
        })
    }

    fn report_of(&self, number: TaskNo, task: &Task) -> Option<Span> {
        if let TaskKind::Gate(gate) = task.kind
            && self.facts.settled.contains_key(&number)
        {
            let gate = self.project.gates.get(&gate)?;
            return Some(gate.decision_origin.unwrap_or(gate.origin));
        }
        let progress = self.facts.progress.get(number.0 as usize)?;
        if progress.actual_finish.is_some() { progress.finish_line() } else { progress.start_line() }
    }

    /// Where the chain goes on: what is over stands by itself, what has begun on what holds the rest of it.
    fn stands_on(&self, slot: &Slot, reasons: &[Reason]) -> Option<TaskNo> {
        if slot.state == State::Finished {
            return None;
        }
        let binding = reasons.iter().find(|reason| !matches!(reason, Reason::Reported { .. }))?;
        match *binding {
            Reason::Link { predecessor, kind, .. } => {
                let is_start = matches!(kind, LinkKind::StartStart | LinkKind::StartFinish);
                Some(self.end_of(predecessor, is_start))
            }
            Reason::Spans { last, .. } => Some(last),
            Reason::WaitsFor(wait) => wait.task(),
            _ => None,
        }
    }

    /// The task that a summary or hammock begins or ends with; any other task itself.
    fn end_of(&self, task: TaskNo, is_start: bool) -> TaskNo {
        let mut at = task;
        // As deep as a plan can nest; a loop has been reported.
        for _ in 0..self.project.tasks.len() {
            let below = &self.children[at.0 as usize];
            let next = match &self.project.task(at).kind {
                TaskKind::Hammock { from, .. } if is_start => self.first_to_start(from),
                TaskKind::Hammock { to, .. } => self.last_to_finish(to),
                _ if is_start => self.first_to_start(below),
                _ => self.last_to_finish(below),
            };
            match next {
                Some(next) => at = next,
                None => break,
            }
        }
        at
    }

    fn first_to_start(&self, tasks: &[TaskNo]) -> Option<TaskNo> {
        tasks.iter().copied().min_by_key(|task| self.schedule.slot(*task).start)
    }

    fn last_to_finish(&self, tasks: &[TaskNo]) -> Option<TaskNo> {
        tasks.iter().copied().rev().max_by_key(|task| self.schedule.slot(*task).finish)
    }

    /// The day from which it could have been worked on, if every day were worked.
    fn free_from(&self, slot: &Slot, reasons: &[Reason], calendar: &Calendar) -> Date {
        let binding = reasons.iter().find(|reason| !matches!(reason, Reason::Reported { .. }));
        let status = self.facts.status_date.map_or(self.project.start.day, tomorrow);
        let day = match binding {
            Some(Reason::Link { predecessor, kind, .. }) => {
                let before = self.schedule.slot(*predecessor);
                match kind {
                    LinkKind::StartStart | LinkKind::StartFinish => before.first_day(),
                    LinkKind::FinishStart | LinkKind::FinishFinish => {
                        Self::day_behind(calendar, before.finish)
                    }
                }
            }
            Some(
                Reason::Constraint {
                    kind: ConstraintKind::StartsNotBefore | ConstraintKind::MustStart,
                    at: Some(at),
                    ..
                }
                | Reason::Resumes { at, .. },
            ) => at.day,
            Some(Reason::Promised { comes, .. }) => tomorrow(*comes),
            Some(Reason::Held { from, .. }) => *from,
            Some(Reason::External { holder, place, dates, .. }) => {
                match self.project.task(*holder).external_links.get(*place) {
                    Some(link) if link.leaves_start() => dates.start.day(),
                    _ => Self::day_behind(calendar, dates.finish),
                }
            }
            Some(Reason::ProjectStart) => self.project.start.day,
            Some(Reason::StatusDate(_)) => status,
            Some(Reason::WaitsFor(wait)) => wait.until.last_day(),
            _ => slot.first_day(),
        };
        day.max(status.min(slot.last_day()))
    }

    /// The first day on which work could go on after an instant: the same day, unless its last shift is over.
    fn day_behind(calendar: &Calendar, at: Instant) -> Date {
        let day = at.last_day();
        let midnight = Instant::start_of(day);
        let is_over = |end: u32| at >= midnight.plus(i64::from(end));
        let last = calendar.shifts(day).last();
        if last.is_none_or(|shift| is_over(shift.end)) { tomorrow(day) } else { day }
    }
}

fn tomorrow(day: Date) -> Date {
    day.tomorrow().unwrap_or(day)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Assignee, PersonNo};
    use crate::plan::golden::{branch_network, reported};
    use crate::plan::schedule;
    use crate::plan::sketch::{Sketch, date};

    fn reasons_of(sketch: &Sketch, facts: &Facts) -> Reasons {
        Engine::new(&sketch.project).reasons(facts, &schedule(&sketch.project, facts))
    }

    #[test]
    fn the_finish_of_the_branch_network_stands_on_the_status_date() {
        let sketch = branch_network();
        let reasons = reasons_of(&sketch, &reported(&sketch));
        let chain = reasons.chain(sketch.number("G5"));
        let chain: Vec<&Step> = chain.collect();
        let names: Vec<&str> = chain.iter().map(|step| sketch.project.task(step.task).id.as_str()).collect();
        assert_eq!(names, ["G5", "handover", "acceptance", "rollout", "pilot"]);
        let pilot = chain.last().unwrap();
        assert_eq!(pilot.reasons[0], Reason::Reported { origin: None });
        assert_eq!(pilot.reasons[1], Reason::StatusDate(date("2026-11-20")));
        assert_eq!(pilot.stands_on, None);
    }

    #[test]
    fn the_freeze_interrupts_the_roll_out_and_costs_twenty_days_of_its_week() {
        let sketch = branch_network();
        let reasons = reasons_of(&sketch, &reported(&sketch));
        let gaps = &reasons.step(sketch.number("rollout")).gaps;
        let said: Vec<_> =
            gaps.iter().map(|gap| (gap.window.first(), gap.working_days, gap.before_start)).collect();
        // Four weeks of five days: 14 December to 8 January.
        assert_eq!(said, [(date("2026-12-14"), 20, false)]);
        assert!(reasons.step(sketch.number("training")).gaps.is_empty(), "a weekend is no gap");
    }

    #[test]
    fn an_absence_counts_only_where_nobody_else_is_there() {
        let mut sketch = Sketch::starting("2026-11-02", &["2026-11-05"]);
        let tom = Assignee::Person(sketch.person("tom", &["2026-11-03 .. 2026-11-08"]));
        let sam = Assignee::Person(sketch.person("sam", &[]));
        sketch.work("alone", "3d", &[]).assign(tom, 100);
        sketch.work("both", "4d", &[]).assign(tom, 100).assign(sam, 100);
        let reasons = reasons_of(&sketch, &Facts::none(&sketch.project));
        let said = |name: &str| -> Vec<(GapKind, i64)> {
            reasons.step(sketch.number(name)).gaps.iter().map(|gap| (gap.kind, gap.working_days)).collect()
        };
        // Tuesday, Wednesday and Friday; Thursday is a holiday inside the absence.
        assert_eq!(said("alone"), [(GapKind::Absence(PersonNo(0)), 3)]);
        assert_eq!(said("both"), [(GapKind::Closure { calendar: 0, place: 0 }, 1)]);
    }

    #[test]
    fn a_summary_stands_on_the_task_that_ends_last() {
        let mut sketch = Sketch::starting("2026-11-02", &[]);
        sketch.task("phase", TaskKind::Summary, &[]);
        let phase = sketch.number("phase");
        sketch.work("long", "5d", &[]).below(phase);
        sketch.work("short", "3d", &[]).below(phase);
        sketch.work("next", "1d", &["phase"]);
        let reasons = reasons_of(&sketch, &Facts::none(&sketch.project));
        let names = |task: &str| -> Vec<String> {
            let chain = reasons.chain(sketch.number(task));
            chain.map(|step| sketch.project.task(step.task).id.to_string()).collect()
        };
        assert_eq!(names("next"), ["next", "long"]);
        assert_eq!(names("phase"), ["phase", "long"]);
        assert_eq!(reasons.step(sketch.number("long")).reasons, [Reason::ProjectStart]);
    }

    #[test]
    fn of_the_dates_of_a_summary_the_one_that_binds_is_told() {
        let mut sketch = Sketch::starting("2026-11-02", &[]);
        let phase = sketch.task("phase", TaskKind::Summary, &[]);
        phase.bound(ConstraintKind::FinishesNotBefore, "2026-11-20");
        phase.bound(ConstraintKind::StartsNotBefore, "2026-11-09");
        let phase = sketch.number("phase");
        sketch.work("first", "2d", &[]).below(phase);
        let reasons = reasons_of(&sketch, &Facts::none(&sketch.project));
        let told = &reasons.step(sketch.number("first")).reasons;
        let [Reason::Constraint { holder, kind, at, .. }] = told.as_slice() else { panic!("{told:?}") };
        assert_eq!((*holder, *kind), (phase, ConstraintKind::StartsNotBefore));
        assert_eq!(at.map(|at| at.day), Some(date("2026-11-09")));
    }
}
