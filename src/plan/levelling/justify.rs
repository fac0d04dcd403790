//! Forward-backward improvement: push everything to the right, then everything back to the left, until nothing is gained.
//!
//! Comes in: a generator and a plan. Goes out: a plan that is no longer than before (Li and Willis 1992; Valls, Ballestín
//! and Quintanilla 2005, "Justification and RCPSP: a technique that pays").

use super::order::Sorter;
use super::{Generator, Plan, Rule, list_by_rule};

/// A plan, how it came about, and what it cost.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// The plan, always of a forward pass.
    pub plan: Plan,
    /// A list that gives it, or one no longer, by [`Generator::forward`].
    pub list: Vec<u32>,
    /// What the generator returned for it.
    pub length: i64,
    /// Schedules spent.
    pub schedules: u64,
    /// Whether the lower bound was reached, so that nothing shorter exists.
    pub proven: bool,
}

impl Found {
    /// Takes plan, list and length of another, not what it cost.
    pub(super) fn take(&mut self, other: &Self) {
        self.plan.clone_from(&other.plan);
        self.list.clone_from(&other.list);
        self.length = other.length;
    }
}

/// Scratch memory of the justification.
#[derive(Clone, Debug)]
pub(super) struct Justifier {
    sorter: Sorter,
    list: Vec<u32>,
    plan: Plan,
}

impl Justifier {
    pub(super) fn new(n_activities: usize) -> Self {
        Self { sorter: Sorter::default(), list: vec![0; n_activities], plan: Plan::blank(n_activities) }
    }

    /// Puts the list in the order of the plan's starts.
    pub(super) fn settle<G: Generator>(&mut self, generator: &G, found: &mut Found) {
        self.sorter.forward(generator, &found.plan, &mut found.list);
    }

    /// Two passes: right, then left. The plan gives way to the outcome where that is not longer; returns what was gained.
    pub(super) fn once<G: Generator>(&mut self, generator: &mut G, found: &mut Found) -> i64 {
        self.list.copy_from_slice(&found.list);
        self.list.reverse();
        self.sorter.backward(generator, &found.plan, &mut self.list);
        generator.backward(&self.list, found.plan.finish(), &mut self.plan);
        self.list.reverse();
        self.sorter.forward(generator, &self.plan, &mut self.list);
        let length = generator.forward(&self.list, &mut self.plan);
        let gain = found.length - length;
        if gain >= 0 {
            found.list.copy_from_slice(&self.list);
            std::mem::swap(&mut found.plan, &mut self.plan);
            found.length = length;
        }
        gain
    }
}

/// Justifies a plan until a double pass gains nothing, or the lower bound is reached; the result is never longer. What it
/// costs is added to the schedules spent.
#[must_use]
pub fn justify<G: Generator>(generator: &mut G, mut found: Found) -> Found {
    let mut justifier = Justifier::new(found.list.len());
    let bound = generator.lower_bound();
    found.proven = found.length <= bound;
    while !found.proven {
        found.schedules += 2;
        let gain = justifier.once(generator, &mut found);
        found.proven = found.length <= bound;
        if gain <= 0 {
            break;
        }
    }
    found
}

/// One pass by a rule: [`Generator::forward`] on its list.
#[must_use]
pub fn pass_by_rule<G: Generator>(generator: &mut G, rule: Rule) -> Found {
    let list = list_by_rule(generator.network(), &rule.keys(generator));
    let mut plan = Plan::blank(list.len());
    let length = generator.forward(&list, &mut plan);
    Found { plan, list, length, schedules: 1, proven: length <= generator.lower_bound() }
}

/// One pass by a rule, moment by moment: [`Generator::forward_in_step`] on its list.
#[must_use]
pub fn pass_in_step<G: Generator>(generator: &mut G, rule: Rule) -> Found {
    let mut list = list_by_rule(generator.network(), &rule.keys(generator));
    let mut plan = Plan::blank(list.len());
    let length = generator.forward_in_step(&list, &mut plan);
    Sorter::default().forward(generator, &plan, &mut list);
    Found { plan, list, length, schedules: 1, proven: length <= generator.lower_bound() }
}

/// The deterministic default: one pass by a rule, moment by moment, then justified until nothing is gained.
#[must_use]
pub fn plan_by_rule<G: Generator>(generator: &mut G, rule: Rule) -> Found {
    let first = pass_in_step(generator, rule);
    justify(generator, first)
}
