//! The schedule: when each task can start and finish, how much room it has, and why.
//!
//! Comes in: a resolved project, what was reported as of a status date. Goes out: a [`Schedule`] with a slot
//! for each task. Pure and deterministic. Not here: money, baselines, files, today's date.
//!
//! The way through: `network` compiles the logic once, `standing` reads what happened, `critical_path` goes
//! forward and backward, `slots` and `followers` write down floats and reasons; [`Engine`] holds it together.
//! [`levers()`], [`Drag`], [`Load`], [`PromiseEffect`], [`DecideBy`] and [`risk`] ask further questions of the same engine; [`Reasons`] says of every date why it is so.
//! Where hands are short and the project says so, `hands` holds tasks until their people are free, with the help of
//! [`levelling`].

mod absences;
mod bounds;
mod critical_path;
mod decide_by;
mod drag;
mod engine;
mod external;
mod followers;
mod hands;
mod latest;
pub mod levelling;
mod levers;
mod link_limits;
mod load;
mod network;
mod parts;
mod promises;
pub mod risk;
pub mod shared_load;
mod silent;
mod slots;
mod standing;
mod traceability;
mod why;
mod worked;

#[cfg(test)]
mod cases;
#[cfg(test)]
mod golden;
#[cfg(test)]
mod laws;
#[cfg(test)]
pub(crate) mod sketch;
#[cfg(test)]
mod traps;

use std::collections::BTreeMap;

use jiff::civil::Date;

use crate::model::{Conventions, LateLimits, Project, Task, TaskNo, TaskProgress, WorkingTime};
use crate::quantity::{Instant, Moment};

pub use decide_by::DecideBy;
pub use drag::Drag;
pub use engine::{Compiled, Engine, schedule};
pub use external::ExternalFacts;
pub use hands::{Booking, BusyWith, Elsewhere, Hand, Levelling, Misfit, Side, Wait, WaitStretch};
pub use latest::Whose;
pub use levers::{Cliff, GateLever, Lever, levers};
pub use load::{Load, PersonLoad, RoleLoad, WeekLoad};
pub use promises::PromiseEffect;
pub(crate) use promises::working_day_before;
pub use silent::Silent;
pub use traceability::TEST_DAYS;
pub use why::{Gap, GapKind, Reason, Reasons, Step};

/// What a schedule is computed from besides the project itself.
#[derive(Clone, Debug)]
pub struct Facts {
    /// The day up to which reports count. Nothing unfinished lies before its end. `None` computes the plan
    /// as if nothing had happened yet: every task from the project's start.
    pub status_date: Option<Date>,
    /// What was reported, by task; as long as the project's list of tasks.
    pub progress: Vec<TaskProgress>,
    /// Dates on which gates were passed, or the project was stopped at them, by task.
    pub settled: BTreeMap<TaskNo, Date>,
    /// Working minutes to add to (or take from) the time a task still needs: the question of a lever.
    /// The task becomes so much longer, and what waits for a share of its length waits longer.
    pub changed: BTreeMap<TaskNo, i64>,
    /// Working minutes to take from the time a task still needs because they are done: its length stays. Less than zero adds a delay.
    pub done: BTreeMap<TaskNo, i64>,
    /// What other projects have booked of shared people; a levelled plan works around it.
    pub elsewhere: Vec<Elsewhere>,
    /// What outside teams have promised and not delivered, by the request's place in its register: the day on which it
    /// comes. The task that waits for it, not yet begun, begins no earlier than the day after.
    pub promised: BTreeMap<usize, Date>,
    /// Gates that a board holds or sent back, by their task: the first day on which each can be reached, by what the board asked for
    /// and the day that is set for it.
    pub held: BTreeMap<TaskNo, Date>,
    /// When the board stopped the project. What is open then ends with the decision, done or not, and asks for nobody any more; the closing
    /// stage goes on.
    pub stopped: Option<Date>,
    /// When the tasks of other projects lie that this one waits for.
    pub external: ExternalFacts,
    /// How late tasks may be because other projects that wait for them hold this one in turn.
    pub limits: LateLimits,
}

impl Facts {
    /// The plan as typed, with nothing reported.
    #[must_use]
    pub fn none(project: &Project) -> Self {
        Self {
            status_date: None,
            progress: vec![TaskProgress::default(); project.tasks.len()],
            settled: BTreeMap::new(),
            changed: BTreeMap::new(),
            done: BTreeMap::new(),
            elsewhere: Vec::new(),
            promised: BTreeMap::new(),
            held: BTreeMap::new(),
            stopped: None,
            external: external::planned(project),
            limits: project.external.planned_limits.clone(),
        }
    }

    /// The midnight behind which everything unfinished is done: the end of the status date. None without one, and where
    /// the habits of Microsoft Project decide, which leaves unfinished work where it was until somebody moves it.
    fn status_end(&self, project: &Project) -> Option<Instant> {
        match project.scheduling.conventions {
            Conventions::Milepost => self.status_date.map(Instant::end_of),
            Conventions::MicrosoftProject => None,
        }
    }

    /// What had been reported up to and including a day, gates that had been settled among it.
    #[must_use]
    pub fn as_of(project: &Project, day: Date) -> Self {
        let mut settled = BTreeMap::new();
        for number in project.task_numbers() {
            if let crate::model::TaskKind::Gate(gate) = project.task(number).kind
                && let Some(record) = project.gates.get(&gate)
                && let Some(decided) = record.settled_on(day)
            {
                settled.insert(number, decided);
            }
        }
        Self {
            status_date: Some(day),
            progress: project.progress_as_of(day),
            settled,
            changed: BTreeMap::new(),
            done: BTreeMap::new(),
            elsewhere: Vec::new(),
            promised: promises::promised(project, day),
            held: promises::held(project, day),
            stopped: project.stopped_on(day).map(|(_, decided)| decided),
            external: external::as_of(project, day),
            limits: project.external.limits_as_of(day).clone(),
        }
    }
}

/// How far a task has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum State {
    /// Nothing has been reported as started.
    NotStarted,
    /// Started, not finished.
    InProgress,
    /// Finished.
    Finished,
}

/// What holds a date where it is; the first in a slot's list is the one that binds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Driver {
    /// It really happened on that day.
    Actual,
    /// A link, of the task itself or of a summary above it.
    Link {
        /// The task whose `links` holds it.
        holder: TaskNo,
        /// Its place in that list.
        place: u32,
    },
    /// A link to a task of another project, of the task itself or of a summary above it.
    External {
        /// The task whose `external_links` holds it.
        holder: TaskNo,
        /// Its place in that list.
        place: u32,
    },
    /// The constraint at this place of the task's list.
    Constraint(u32),
    /// A constraint of a summary above it.
    ConstraintAbove {
        /// The summary whose `constraints` holds it.
        holder: TaskNo,
        /// Its place in that list.
        place: u32,
    },
    /// Work left over is done after the status date.
    StatusDate,
    /// What an outside team promised comes the day before; the request at this place of its register.
    Promise(u32),
    /// The board held the gate or sent it back, and what it asked for, or the day that is set for it, is not there before.
    Held,
    /// The board has stopped the project.
    GivenUp,
    /// Nothing earlier than the project's start.
    ProjectStart,
    /// Somebody is not free earlier; the slot's `waits` says more.
    Busy {
        /// The person or role.
        hand: Hand,
        /// What they are busy with, if it is a task of the same project.
        with: Option<TaskNo>,
    },
    /// It follows other tasks: a summary its children, a hammock its span.
    Follows(TaskNo),
}

/// Where a task lies in time, and how much room it has.
#[derive(Clone, Debug, PartialEq)]
pub struct Slot {
    /// Start: actual where it has started, else the earliest.
    pub start: Instant,
    /// Finish: actual where it has finished, else the earliest.
    pub finish: Instant,
    /// When the work that is left goes on: the start of what has not begun, the finish of what is over.
    pub resume: Instant,
    /// Latest start that keeps the project's finish.
    pub late_start: Instant,
    /// Latest finish that keeps the project's finish.
    pub late_finish: Instant,
    /// Working minutes, on the task's calendar, that it can slip without moving the project's finish
    /// (hard constraints count, deadlines do not). Minutes of the clock, as all room of a task, where its length runs by the clock. Zero for finished tasks; negative where constraints contradict.
    ///
    /// In a levelled plan its order of work counts, so that whoever takes its people over within the project ends the float, and
    /// so do days on which they are away. It does not know when its people give less of their day or work for other
    /// projects ([`Facts::elsewhere`]): a slip into such a time has to wait for the end of it, which can be behind the float.
    /// What moves tasks knows: levers, drag, the options of a decision.
    pub total_float: i64,
    /// Start slack: working minutes from the early to the late start. Zero once the task has begun.
    pub start_float: i64,
    /// Finish slack: working minutes from the early to the late finish. Total float is the smaller of the two, except where
    /// a hard constraint holds the task before its predecessors: the dates hide that, total float shows it.
    pub finish_float: i64,
    /// Working minutes that it can slip without moving any successor; never above `total_float` unless that is negative.
    pub free_float: i64,
    /// Working minutes of room to the tightest deadline at or behind it: negative when missed, none without a deadline.
    pub deadline_margin: Option<i64>,
    /// Working minutes from start to finish on its calendar (zero for points).
    pub duration: i64,
    /// Working minutes still needed.
    pub remaining: i64,
    /// How far it has come.
    pub state: State,
    /// What holds its start, binding first.
    pub drivers: Vec<Driver>,
    /// Unfinished, and without float or on the longest path: before a closure a task has float on its own calendar and
    /// drives the finish all the same. By the conventions of Microsoft Project float alone counts, and
    /// work that is scheduled by hand, linked with nothing and done by nobody is not critical. A summary is critical
    /// when something below it is, a hammock never, since it gives way.
    pub critical: bool,
    /// Unfinished, on the longest (driving) path to the project's finish by what is left of it; a summary when something below it is.
    /// Work under way that others follow by its start alone is not: that start has happened.
    pub on_longest_path: bool,
    /// Reported as started, and perhaps as finished since, although a predecessor's link did not allow it yet.
    pub out_of_sequence: bool,
    /// The first predecessor, as the plan names it, that it did not wait for; none where it began in sequence.
    pub overtook: Option<TaskNo>,
    /// Who levelling lets it wait for, or end early for; none where nobody moves it, or nothing is levelled.
    pub waits: Option<Wait>,
    /// Where levelling interrupts it, in order of time; none where it is done in one piece.
    pub pauses: Vec<Pause>,
    /// The same task by logic alone, as if everybody were always free; none where nothing is levelled. Float in a levelled
    /// plan is another number than float of the logic: the one counts who is busy, the other does not.
    pub logic: Option<LogicSlot>,
}

/// Where a task of a levelled plan would lie if everybody were always free, and how much room it would have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LogicSlot {
    /// Start.
    pub start: Instant,
    /// Finish.
    pub finish: Instant,
    /// As [`Slot::total_float`].
    pub total_float: i64,
    /// As [`Slot::free_float`].
    pub free_float: i64,
}

/// A stretch of time in which a task that may be interrupted lets other work through.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pause {
    /// When the part before it ends.
    pub from: Instant,
    /// When the part after it begins. The same instant where only those of several people pause who are done earlier with
    /// the part before than the others.
    pub to: Instant,
    /// Who is not free in between; its minutes are those of the pause, on the task's calendar.
    pub wait: Wait,
}

/// The last instant at which a task still meets a deadline. A point in time is behind only where working time of its calendar lies
/// between the two: a milestone on Monday at eight meets the Saturday before. Work ends in time that somebody worked, be it on a day
/// off of the calendar, and has to end by the deadline itself.
#[must_use]
pub fn met_until(deadline: Moment, calendar: &WorkingTime, task: &Task) -> Instant {
    let by = deadline.last_instant();
    if task.is_point() { calendar.next_working(by) } else { by }
}

impl Slot {
    /// Says whether the task ends after a deadline ([`met_until`]).
    #[must_use]
    pub fn is_behind(&self, deadline: Moment, calendar: &WorkingTime, task: &Task) -> bool {
        self.finish > met_until(deadline, calendar, task)
    }

    /// Minutes of the clock from its start to its finish: the length of what runs by the clock.
    #[must_use]
    pub fn duration_by_clock(&self) -> i64 {
        self.finish.0 - self.start.0
    }

    /// Minutes of the clock that are left of what runs by the clock.
    #[must_use]
    pub fn remaining_by_clock(&self) -> i64 {
        if self.state == State::Finished { 0 } else { self.finish.0 - self.resume.0 }
    }

    /// What lies between two instants less the pauses: from the start to the finish for all parts of the task. In order
    /// of time; never of no length.
    #[must_use]
    pub fn parts(&self, from: Instant, to: Instant) -> Vec<(Instant, Instant)> {
        let mut parts = Vec::new();
        let mut at = from;
        for pause in &self.pauses {
            parts.push((at, pause.from.min(to)));
            at = at.max(pause.to);
        }
        parts.push((at, to));
        parts.retain(|(from, to)| from < to);
        parts
    }

    /// First day.
    #[must_use]
    pub fn first_day(&self) -> Date {
        self.start.day()
    }

    /// Last day: the day of the last worked minute; a point lies on the day its predecessor ends.
    #[must_use]
    pub fn last_day(&self) -> Date {
        self.finish.last_day()
    }
}

/// When everything happens.
#[derive(Clone, Debug, PartialEq)]
pub struct Schedule {
    /// Slots in the order of the project's tasks.
    pub slots: Vec<Slot>,
    /// When the first task starts.
    pub start: Instant,
    /// When the last task finishes.
    pub finish: Instant,
    /// The longest path to the finish: driving links followed back from the last task to finish, in order of time;
    /// finished tasks included, and those under way of which the past start alone led on ([`Slot::on_longest_path`] is then false), summaries and hammocks left out. Where a task of a levelled plan waits for somebody who works
    /// for another project the path begins with it: what holds the other project is not followed. [`Slot::waits`] names it.
    pub longest_path: Vec<TaskNo>,
    /// What levelling did; none where it was not asked for or nobody can be short.
    pub levelling: Option<Levelling>,
}

impl Schedule {
    /// The slot of a task.
    #[must_use]
    pub fn slot(&self, task: TaskNo) -> &Slot {
        &self.slots[task.0 as usize]
    }

    /// The last day of the project.
    #[must_use]
    pub fn finish_day(&self) -> Date {
        self.finish.last_day()
    }
}
