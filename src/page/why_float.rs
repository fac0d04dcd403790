//! What stands behind a float: the project's finish, a hard date, or, by the habits of Microsoft Project, a deadline.
//!
//! Comes in: a task and the schedule. Goes out: the first thing that breaks when the task slips beyond its float.

use std::collections::BTreeSet;

use crate::diagnostic::Span;
use crate::format;
use crate::model::{Constraint, ConstraintKind, Conventions, ScheduleFrom, Task, TaskKind, TaskNo};
use crate::page::desk::task_name;
use crate::page::why::Teller;
use crate::plan::{Slot, State};
use crate::quantity::Moment;

/// What takes the room of a task.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Limit {
    /// A hard constraint of its own, as `must start 5 Aug 2026`.
    Own(String),
    /// A hard constraint of a task behind it.
    HardDate(TaskNo),
    /// The deadline of the task itself or of one behind it.
    Deadline(TaskNo),
    /// The finish of the project.
    Finish,
}

impl Teller<'_> {
    /// What a task's float is counted to: the nearest hard date or deadline behind it with no more float than its own,
    /// unless the finish itself is reached without one.
    pub(super) fn limit(&self, number: TaskNo) -> Limit {
        let project = &self.project.project;
        let total = self.slot(number).total_float;
        let mut open = vec![number];
        let mut seen = BTreeSet::new();
        let mut found = Limit::Finish;
        while let Some(at) = open.pop() {
            let slot = self.slot(at);
            let has_room = slot.total_float > total || slot.state == State::Finished;
            if !seen.insert(at) || (has_room && at != number) {
                continue;
            }
            let task = project.task(at);
            if let Some(which) = hard_date(task, slot) {
                if at == number {
                    return Limit::Own(which);
                }
                found = Limit::HardDate(at);
                continue;
            }
            let takes_float = project.scheduling.conventions == Conventions::MicrosoftProject;
            if takes_float
                && task.deadline.is_some()
                && slot.deadline_margin.is_some_and(|room| room <= total)
            {
                found = Limit::Deadline(at);
                continue;
            }
            let is_plain = task.is_work() || task.is_point();
            if is_plain && slot.finish >= self.project.forecast.finish {
                return Limit::Finish;
            }
            // What waits for a summary waits for all of it; what is below one waits with it.
            let below = if at == number { &[] } else { project.children(at) };
            let waiting = project.followers(at).map(|(next, _)| next);
            // In the order of the plan, so that of two limits the same one is found wherever one begins.
            let next: BTreeSet<TaskNo> = waiting.chain(task.parent).chain(below.iter().copied()).collect();
            open.extend(next);
        }
        found
    }

    /// The tightest deadline of open work behind a task, with its place and whose it is; of equal ones the first in the plan.
    pub(super) fn deadline_behind(&self, number: TaskNo) -> Option<(Moment, Span, TaskNo)> {
        let project = &self.project.project;
        let mut open = vec![number];
        let mut seen = BTreeSet::new();
        while let Some(at) = open.pop() {
            if seen.insert(at) {
                open.extend(project.followers(at).map(|(next, _)| next));
                open.extend(project.task(at).parent);
                open.extend(if at == number { &[][..] } else { project.children(at) });
            }
        }
        let behind = seen.into_iter().filter(|at| *at != number && self.slot(*at).state != State::Finished);
        let dated = behind.filter_map(|at| {
            let (moment, origin) = project.task(at).deadline?;
            Some((moment, origin, at))
        });
        dated.min_by_key(|(_, _, at)| self.slot(*at).deadline_margin)
    }

    /// Whose deadline it is, in words: `the deadline of “Closure” behind it, 18 Dec 2026`.
    pub(super) fn behind_words(&self, behind: TaskNo, at: Moment) -> String {
        let name = task_name(self.project.project.task(behind));
        format!("the deadline of “{name}” behind it, {}", format::moment(at))
    }

    /// In which calendar its days are counted, where that is not the project's: the same stretch has fewer days in a calendar
    /// with a long closure.
    pub(super) fn calendar_words(&self, number: TaskNo) -> String {
        let project = &self.project.project;
        let calendar = project.task(number).calendar;
        let is_own = project.calendars[calendar].id != project.calendars[project.calendar].id;
        if is_own { format!(" of its calendar `{}`", project.calendars[calendar].id) } else { String::new() }
    }

    /// What happens when it is passed: `the project ends later`.
    pub(super) fn broken(&self, limit: &Limit) -> String {
        let name = |task: TaskNo| task_name(self.project.project.task(task));
        match limit {
            Limit::Own(which) => format!("its date is missed, {which}"),
            Limit::HardDate(task) => {
                let held = self.project.project.task(*task);
                let which = hard_date(held, self.slot(*task)).unwrap_or_default();
                format!("“{}” misses its date, {which}", name(*task))
            }
            Limit::Deadline(task) => match self.project.project.task(*task).deadline {
                Some((at, _)) => format!("“{}” misses its deadline, {}", name(*task), format::moment(at)),
                None => "a deadline is missed".to_owned(),
            },
            Limit::Finish => match self.project.project.scheduling.from {
                ScheduleFrom::Start => "the project ends later".to_owned(),
                ScheduleFrom::Finish(at) => {
                    format!("the project misses its finish, {}", format::moment(at))
                }
            },
        }
    }
}

/// The hard constraint that ends a task's room, in words; none for hammocks, which only hold others.
fn hard_date(task: &Task, slot: &Slot) -> Option<String> {
    if matches!(task.kind, TaskKind::Hammock { .. }) {
        return None;
    }
    let binds = |constraint: &&Constraint| match (constraint.kind, constraint.at) {
        (ConstraintKind::MustStart | ConstraintKind::MustFinish, _) => true,
        (ConstraintKind::StartsNotAfter, Some(at)) => slot.late_start.day() >= at.day,
        (ConstraintKind::FinishesNotAfter, Some(at)) => slot.late_finish.last_day() >= at.day,
        _ => false,
    };
    let constraint = task.constraints.iter().find(binds)?;
    let word = constraint.kind.key().replace('_', " ");
    Some(constraint.at.map_or(word.clone(), |at| format!("{word} {}", format::moment(at))))
}
