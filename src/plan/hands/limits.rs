//! Tasks that may not start or finish after a date, or must do so on it: levelling keeps the date if it can, by letting others wait.
//!
//! Comes in: a generator. Goes out: how many such dates a list of nodes misses, and a generator that places those tasks, and
//! what they wait for, before all others. Not here: what a task does whose date is missed; it lies where the passes put it.

use super::choice::Priced;
use super::generator::Calendars;
use crate::model::{ConstraintKind, Task};
use crate::plan::bounds::Bound;
use crate::plan::critical_path::Pass;
use crate::plan::levelling::{Found, Generator as _, Plan};
use crate::plan::standing::Standing;

/// Open nodes that may not start or finish after a date, or must do so on one that does not hold them itself.
pub(super) fn limited(pass: &Pass<'_>) -> Vec<usize> {
    let yields = !pass.scheduling.honors_constraints();
    let is_limit = |kind: ConstraintKind| match kind {
        ConstraintKind::StartsNotAfter | ConstraintKind::FinishesNotAfter => true,
        ConstraintKind::MustStart | ConstraintKind::MustFinish => yields,
        _ => false,
    };
    let nodes = pass.network.nodes.iter().enumerate();
    nodes
        .filter(|(node, of_node)| {
            of_node.kind.is_placed()
                && of_node.fixed.is_none()
                && of_node.bounds.iter().any(|bound| is_limit(bound.kind))
                && matches!(pass.standings[*node], Standing::Open { .. })
        })
        .map(|(node, _)| node)
        .collect()
}

impl Priced for Calendars<'_> {
    /// Dates that are missed by a task that is asked to keep them, then the finish.
    fn price(&mut self, found: &Found) -> (usize, i64) {
        if self.limited.is_empty() {
            return (0, found.length);
        }
        let mut plan = Plan::blank(found.list.len());
        self.forward(&found.list, &mut plan);
        (self.misses(), found.length)
    }
}

impl Calendars<'_> {
    /// How many such dates the last forward pass misses.
    pub(super) fn misses(&self) -> usize {
        let yields = !self.pass.scheduling.honors_constraints();
        let misses = |node: &&usize| {
            let node = **node;
            let (start, finish) = (self.early.resume[node], self.early.finish[node]);
            let is_behind = |bound: &Bound| match bound.kind {
                ConstraintKind::StartsNotAfter => start > bound.at,
                ConstraintKind::FinishesNotAfter => finish > bound.at,
                ConstraintKind::MustStart => yields && start > bound.latest,
                ConstraintKind::MustFinish => yields && finish > bound.latest,
                _ => false,
            };
            self.is_pushed[node]
                || self.early.wanted[node] > start
                || self.pass.network.nodes[node].bounds.iter().any(is_behind)
        };
        self.limited.iter().filter(misses).count()
    }

    /// The same generator, but tasks with such a date, and what they wait for, come before all others, whatever the
    /// priorities say.
    pub(super) fn with_limits_first(&self) -> Self {
        let mut first = self.clone();
        for node in &self.limited {
            first.urgency[*node] = Task::HIGHEST_PRIORITY;
        }
        for &node in self.network.order().iter().rev() {
            let behind = self.network.successors(node).iter().map(|next| first.urgency[*next as usize]).max();
            let own = &mut first.urgency[node as usize];
            *own = (*own).max(behind.unwrap_or(0));
        }
        first.has_urgencies = true;
        first
    }
}
