//! The tasks that follow others: summaries what they hold, hammocks their span.
//!
//! Comes in: slots of everything that is part of the network. Goes out: the slots of the rest.

use crate::model::{TaskKind, TaskNo, WorkingTime};
use crate::plan::network::{NodeKind, task_of};
use crate::plan::slots::Assembly;
use crate::plan::{Driver, Slot, State};
use crate::quantity::Instant;

impl Assembly<'_> {
    /// Fills the slots of summaries and hammocks, inner ones first.
    pub(super) fn follow(&self, slots: &mut [Slot]) {
        let tasks = &self.project.tasks;
        let mut children = vec![Vec::new(); tasks.len()];
        for (number, task) in tasks.iter().enumerate() {
            if let Some(parent) = task.parent {
                children[parent.0 as usize].push(number);
            }
        }
        let mut is_known: Vec<bool> =
            (0..tasks.len()).map(|node| self.kind(node) != NodeKind::Follower).collect();
        // Each round settles at least one follower, or the rest is a loop that `resolve` has reported.
        loop {
            let mut settled = false;
            for node in (0..tasks.len()).rev() {
                if is_known[node] {
                    continue;
                }
                let follows: Vec<usize> = match &tasks[node].kind {
                    TaskKind::Hammock { from, to } => {
                        from.iter().chain(to).map(|task| task.0 as usize).collect()
                    }
                    _ => children[node].clone(),
                };
                if follows.iter().any(|followed| !is_known[*followed]) {
                    continue;
                }
                slots[node] = match &tasks[node].kind {
                    TaskKind::Hammock { from, to } => self.hammock(node, (from, to), slots),
                    _ => self.summary(node, &follows, slots),
                };
                is_known[node] = true;
                settled = true;
            }
            if !settled {
                return;
            }
        }
    }

    /// Lasts from the start of one task to the finish of another, of several from the first to the last; never critical
    /// itself, since it gives way.
    fn hammock(&self, node: usize, (from, to): (&[TaskNo], &[TaskNo]), slots: &[Slot]) -> Slot {
        let slot = |task: &TaskNo| &slots[task.0 as usize];
        let measure = self.measure(node);
        let state = if to.iter().all(|task| slot(task).state == State::Finished) {
            State::Finished
        } else if from.iter().all(|task| slot(task).state == State::NotStarted) {
            State::NotStarted
        } else {
            State::InProgress
        };
        let own = TaskNo(u32::try_from(node).unwrap_or(u32::MAX));
        let first = from.iter().copied().min_by_key(|task| slot(task).start).unwrap_or(own);
        let last = to.iter().copied().rev().max_by_key(|task| slot(task).finish).unwrap_or(own);
        let (from, to) = (slot(&first), slot(&last));
        let finish = to.finish.max(from.start);
        Slot {
            start: from.start,
            finish,
            resume: self.rest_begins((from.start, finish), state),
            late_start: from.late_start,
            late_finish: to.late_finish,
            total_float: self.room_of(last, to, to.total_float, measure),
            start_float: measure.between(from.start, from.late_start),
            finish_float: measure.between(to.finish, to.late_finish),
            free_float: self.room_of(last, to, to.free_float, measure),
            deadline_margin: self.own_margin(node, finish),
            duration: measure.between(from.start, finish).max(0),
            remaining: self.rest_of_span(node, (from.start, finish), state),
            state,
            drivers: vec![Driver::Follows(first)],
            ..self.empty_slot()
        }
    }

    /// Lasts from the first start to the last finish below it. Its float is that of the whole: how far its first start
    /// and its last finish may slip; a single task below it may have less.
    fn summary(&self, node: usize, children: &[usize], slots: &[Slot]) -> Slot {
        let below = || children.iter().map(|child| &slots[*child]);
        let open = || below().filter(|slot| slot.state != State::Finished);
        let empty = self.empty_slot();
        let start = below().map(|slot| slot.start).min().unwrap_or(empty.start);
        let finish = below().map(|slot| slot.finish).max().unwrap_or(empty.finish);
        let state = if open().next().is_none() {
            State::Finished
        } else if below().all(|slot| slot.state == State::NotStarted) {
            State::NotStarted
        } else {
            State::InProgress
        };
        let first = children
            .iter()
            .min_by_key(|child| (slots[**child].start, &self.project.tasks[**child].id))
            .map(|child| TaskNo(u32::try_from(*child).unwrap_or(u32::MAX)));
        let late_start = below().map(|slot| slot.late_start).min().unwrap_or(start);
        let late_finish = below().map(|slot| slot.late_finish).max().unwrap_or(finish);
        let measure = self.measure(node);
        let margins = children.iter().filter_map(|child| {
            let slot = &slots[*child];
            let margin = slot.deadline_margin.filter(|_| slot.state != State::Finished)?;
            Some(self.room_of(task_of(*child), slot, margin, measure))
        });
        let margin = margins.min();
        let (start_float, finish_float) =
            (measure.between(start, late_start), measure.between(finish, late_finish));
        let total_float = match state {
            State::NotStarted => start_float.min(finish_float),
            State::InProgress => finish_float,
            State::Finished => 0,
        };
        Slot {
            start,
            finish,
            resume: self.rest_begins((start, finish), state),
            late_start,
            late_finish,
            total_float,
            start_float,
            finish_float,
            free_float: total_float.max(0),
            deadline_margin: margin.into_iter().chain(self.own_margin(node, finish)).min(),
            duration: self.measure(node).between(start, finish).max(0),
            remaining: self.rest_of_span(node, (start, finish), state),
            state,
            drivers: first.map(Driver::Follows).into_iter().collect(),
            critical: open().any(|slot| slot.critical),
            on_longest_path: open().any(|slot| slot.on_longest_path),
            out_of_sequence: false,
            overtook: None,
            waits: None,
            pauses: Vec::new(),
            logic: None,
        }
    }

    /// Room of a task behind its finish in working time of what follows it: of one that runs by the clock it is counted anew.
    fn room_of(&self, task: TaskNo, slot: &Slot, minutes: i64, measure: &WorkingTime) -> i64 {
        if self.pass.network.nodes[task.0 as usize].elapsed {
            return measure.between(slot.finish, slot.finish.plus(minutes));
        }
        minutes
    }

    fn own_margin(&self, node: usize, finish: Instant) -> Option<i64> {
        let deadline = self.pass.network.nodes[node].deadline;
        deadline.map(|deadline| self.measure(node).between(finish, deadline))
    }

    /// Where the part of a span that lies after the status date begins; its end where all is over.
    fn rest_begins(&self, (start, finish): (Instant, Instant), state: State) -> Instant {
        if state == State::Finished {
            return finish;
        }
        self.pass.status_end.map_or(start, |status| status.max(start))
    }

    /// Working minutes of a span that lie after the status date.
    fn rest_of_span(&self, node: usize, span: (Instant, Instant), state: State) -> i64 {
        self.measure(node).between(self.rest_begins(span, state), span.1).max(0)
    }
}
