//! What stands behind a float: the project's finish, a hard date, or, by the habits of Microsoft Project, a deadline.
//!
//! Comes in: a task and the schedule. Goes out: the first thing that breaks when the task slips beyond its float.

use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostic::Span;
use crate::format;
use crate::model::{
    Constraint, ConstraintKind, Conventions, ScheduleFrom, Task, TaskKind, TaskNo, WorkingTime,
};
use crate::page::desk::{days_of, task_name};
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
        // Each calendar is read once, however many tasks are looked at.
        let mut times = BTreeMap::new();
        let total = self.working_room(number, &mut times);
        let mut open = vec![number];
        let mut seen = BTreeSet::new();
        let mut found = Limit::Finish;
        while let Some(at) = open.pop() {
            let slot = self.slot(at);
            let has_room = self.working_room(at, &mut times) > total || slot.state == State::Finished;
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
                && slot.deadline_margin.is_some_and(|room| room <= self.slot(number).total_float)
            {
                found = Limit::Deadline(at);
                continue;
            }
            // Where room is missing already a hard date takes it: the finish moves only where dates are counted back from it.
            let counts = total >= 0 || matches!(project.scheduling.from, ScheduleFrom::Finish(_));
            let is_plain = task.is_work() || task.is_point();
            if is_plain && counts && slot.finish >= self.project.forecast.finish {
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

    /// The total float of a task in working time, so that it can be held against that of others.
    fn working_room(&self, number: TaskNo, times: &mut BTreeMap<usize, WorkingTime>) -> i64 {
        let (project, slot) = (&self.project.project, self.slot(number));
        if !project.task(number).runs_by_the_clock() {
            return slot.total_float;
        }
        let calendar = project.task(number).calendar;
        let time = times.entry(calendar).or_insert_with(|| project.calendars[calendar].compile());
        time.between(slot.finish, slot.finish.plus(slot.total_float))
    }

    /// Whether the room of a task to its tightest deadline is that to this one: of itself, or of a summary that it is part of.
    pub(super) fn is_tightest(&self, number: TaskNo, deadline: Moment) -> bool {
        let time = self.time_of(number);
        let slot = self.slot(number);
        let end = time.previous_working_end(deadline.last_instant());
        // Who works in a time of their own counts other days: without a deadline further behind it is this one all the same.
        slot.deadline_margin == Some(time.between(slot.finish, end))
            || self.waiting(number).iter().all(|next| self.slot(*next).deadline_margin.is_none())
    }

    /// The deadline that a task's room is counted to where it is not its own: of a summary that it is part of, of what waits for it or
    /// for such a summary, of what is below a summary that waits, and so on, with its place and whose it is. Several where any of them
    /// might give the room, in the order of the plan; empty for none.
    ///
    /// A deadline counts that is the tightest of its own task, since room to one further behind is room to another. Those are looked
    /// for first where every step on the way takes exactly the room that is left, of equal ones the first; then anywhere behind.
    pub(super) fn deadlines_behind(&self, number: TaskNo) -> Vec<(Moment, Span, TaskNo)> {
        let on_the_way = self.deadlines_reached(number, |at, next| self.takes_all_room(at, next));
        if let Some(first) = on_the_way.first() {
            return vec![*first];
        }
        self.deadlines_reached(number, |_, _| true)
    }

    /// Deadlines that are the tightest of their tasks, in the order of the plan: of open work that is reached by steps that hold.
    fn deadlines_reached(
        &self,
        number: TaskNo,
        holds: impl Fn(TaskNo, TaskNo) -> bool,
    ) -> Vec<(Moment, Span, TaskNo)> {
        let project = &self.project.project;
        let mut found = BTreeMap::new();
        let mut open: Vec<TaskNo> =
            self.leaves(number).into_iter().filter(|at| *at == number || holds(number, *at)).collect();
        let mut seen = BTreeSet::new();
        while let Some(at) = open.pop() {
            if !seen.insert(at) {
                continue;
            }
            for dated in self.with_summaries(at).into_iter().filter(|dated| *dated != number) {
                if let Some((moment, origin)) = project.task(dated).deadline
                    && self.is_tightest(at, moment)
                {
                    found.insert(dated, (moment, origin, dated));
                }
            }
            open.extend(self.waiting(at).into_iter().filter(|next| holds(at, *next)));
        }
        found.into_values().collect()
    }

    /// A task and the summaries that it is part of, from below.
    fn with_summaries(&self, number: TaskNo) -> Vec<TaskNo> {
        let above = |at: &TaskNo| self.project.project.task(*at).parent;
        std::iter::successors(Some(number), above).collect()
    }

    /// Open work that waits for a task or for a summary that it is part of: what waits for a summary waits for all of it, and what is
    /// below one waits with it.
    fn waiting(&self, number: TaskNo) -> Vec<TaskNo> {
        let project = &self.project.project;
        let all = self.with_summaries(number).into_iter().flat_map(|task| project.followers(task));
        all.flat_map(|(next, _)| self.leaves(next)).collect()
    }

    /// Open work below a summary; the task itself where there is nothing below it.
    fn leaves(&self, number: TaskNo) -> Vec<TaskNo> {
        let (mut leaves, mut open) = (Vec::new(), vec![number]);
        while let Some(at) = open.pop() {
            match self.project.project.children(at) {
                [] => leaves.push(at),
                below => open.extend(below),
            }
        }
        leaves.retain(|at| self.slot(*at).state != State::Finished);
        leaves
    }

    /// Whether a task may finish exactly so much later as what follows it may begin later, as to their deadlines; of a summary whether
    /// it has the room of what is below it.
    fn takes_all_room(&self, at: TaskNo, next: TaskNo) -> bool {
        let (from, to) = (self.slot(at), self.slot(next));
        if self.with_summaries(next).contains(&at) {
            return from.deadline_margin == to.deadline_margin;
        }
        let Some(room) = to.deadline_margin else { return false };
        let time = self.time_of(next);
        let begins = time.start_at(time.minutes_before(to.resume) + room);
        from.deadline_margin == Some(self.time_of(at).between(from.finish, begins))
    }

    /// What the room of a task is counted in.
    fn time_of(&self, number: TaskNo) -> WorkingTime {
        let project = &self.project.project;
        if project.task(number).runs_by_the_clock() {
            return WorkingTime::clock();
        }
        project.calendars[project.task(number).calendar].compile()
    }

    /// Whose deadline it is, seen from a task, in words: `the deadline of “Closure” behind it, 18 Dec 2026`.
    pub(super) fn behind_words(&self, number: TaskNo, behind: TaskNo, at: Moment) -> String {
        let name = task_name(self.project.project.task(behind));
        let place = if self.with_summaries(number).contains(&behind) {
            "above"
        } else if self.with_summaries(behind).contains(&number) {
            "below"
        } else {
            "behind"
        };
        format!("the deadline of “{name}” {place} it, {}", format::moment(at))
    }

    /// In which calendar its days are counted, where that is not the project's: the same stretch has fewer days in a calendar
    /// with a long closure.
    pub(super) fn calendar_words(&self, number: TaskNo) -> String {
        let project = &self.project.project;
        let calendar = project.task(number).calendar;
        let is_own = project.calendars[calendar].id != project.calendars[project.calendar].id
            && !project.task(number).runs_by_the_clock();
        if is_own { format!(" of its calendar `{}`", project.calendars[calendar].id) } else { String::new() }
    }

    /// By how much the deadline behind a task is missed in days of the project, where the task counts other days; none where it counts
    /// the same ones, or several deadlines might be meant.
    pub(super) fn missed_behind(&self, number: TaskNo) -> Option<String> {
        let project = &self.project.project;
        if self.calendar_words(number).is_empty() {
            return None;
        }
        let [(at, _, behind)] = self.deadlines_behind(number)[..] else { return None };
        let late = project.working_time().working_days_after(at.day, self.slot(behind).last_day());
        let name = task_name(project.task(behind));
        (behind != number && late > 0).then(|| format!("; “{name}” itself is {} late", days_of(late)))
    }

    /// What becomes of the start that a summary which has not begun should have: by how much it is missed, or that any slip misses it;
    /// nothing where there is room to it.
    pub(super) fn start_of_summary(&self, number: TaskNo) -> Option<String> {
        let (task, slot) = (self.project.project.task(number), self.slot(number));
        if !task.is_summary() || slot.state != State::NotStarted {
            return None;
        }
        let constraint = task.constraints.iter().find(|constraint| is_start(constraint.kind))?;
        let at = constraint.at?;
        let time = self.time_of(number);
        let date = at.instant().unwrap_or_else(|| time.first_minute(at.day));
        let (which, late) = (in_words(constraint), time.between(date, slot.start));
        match late {
            1.. => Some(format!("misses its date, {which}, by {}", self.room_words(number, late))),
            0 => Some(format!("begins on its date, {which}, so that any slip misses it")),
            _ => None,
        }
    }

    /// What is passed already, in words: `the date of “Launch”, must finish 7 Aug 2026,`.
    pub(super) fn hard_limit(&self, limit: &Limit) -> String {
        match limit {
            Limit::Own(which) => format!("its date, {which},"),
            Limit::HardDate(task) => {
                let held = self.project.project.task(*task);
                let which = hard_date(held, self.slot(*task)).unwrap_or_default();
                format!("the date of “{}”, {which},", task_name(held))
            }
            _ => "a hard constraint".to_owned(),
        }
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
    // The start of a summary holds nothing below it earlier: it ends nobody's room.
    let ends_room = |constraint: &&Constraint| !(task.is_summary() && is_start(constraint.kind));
    // Of a start and a finish that are both set the finish holds.
    let is_finish = |constraint: &&Constraint| constraint.kind == ConstraintKind::MustFinish;
    let constraint = task
        .constraints
        .iter()
        .find(is_finish)
        .or_else(|| task.constraints.iter().filter(ends_room).find(binds))?;
    Some(in_words(constraint))
}

fn is_start(kind: ConstraintKind) -> bool {
    matches!(kind, ConstraintKind::MustStart | ConstraintKind::StartsNotAfter)
}

/// A constraint in words: `must start 5 Aug 2026`.
fn in_words(constraint: &Constraint) -> String {
    let word = constraint.kind.key().replace('_', " ");
    constraint.at.map_or(word.clone(), |at| format!("{word} {}", format::moment(at)))
}
