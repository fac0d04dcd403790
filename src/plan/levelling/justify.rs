//! Forward-backward improvement: push everything to the right, then everything back to the left, until nothing is gained.
//!
//! Comes in: a generator and a plan. Goes out: a plan that is no longer than before (Li and Willis 1992; Valls, Ballestín
//! and Quintanilla 2005, "Justification and RCPSP: a technique that pays").

use super::order::{Direction, Sorter};
use super::{Found, Generator, Plan, Rule, list_by_rule};

/// A list, its plan and what that is worth.
#[derive(Clone, Debug)]
pub(super) struct Candidate {
    pub(super) list: Vec<u32>,
    pub(super) plan: Plan,
    pub(super) length: i64,
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

    /// Two passes: right, then left. The candidate takes the outcome where it is not longer; returns what was gained.
    pub(super) fn once<G: Generator>(&mut self, generator: &mut G, candidate: &mut Candidate) -> i64 {
        self.list.copy_from_slice(&candidate.list);
        self.list.reverse();
        self.sorter.by_finish_from_the_end(&candidate.plan, &mut self.list);
        if !generator.time_order_is_link_order() {
            self.sorter.put_right(generator.network(), Direction::Backward, &mut self.list);
        }
        let finish = candidate.plan.finish();
        generator.backward(&self.list, finish, &mut self.plan);
        self.list.reverse();
        self.sorter.by_start(&self.plan, &mut self.list);
        if !generator.time_order_is_link_order() {
            self.sorter.put_right(generator.network(), Direction::Forward, &mut self.list);
        }
        let length = generator.forward(&self.list, &mut self.plan);
        let gain = candidate.length - length;
        if gain >= 0 {
            candidate.list.copy_from_slice(&self.list);
            std::mem::swap(&mut candidate.plan, &mut self.plan);
            candidate.length = length;
        }
        gain
    }
}

/// Justifies a plan until a double pass gains nothing, or the lower bound is reached; the result is never longer.
///
/// `list` is the list that gave the plan, `length` what the generator returned for it.
#[must_use]
pub fn justify<G: Generator>(generator: &mut G, list: &[u32], plan: &Plan, length: i64) -> Found {
    let mut candidate = Candidate { list: list.to_vec(), plan: plan.clone(), length };
    let mut justifier = Justifier::new(list.len());
    let bound = generator.lower_bound();
    let mut schedules = 0;
    while candidate.length > bound {
        schedules += 2;
        if justifier.once(generator, &mut candidate) <= 0 {
            break;
        }
    }
    Found { plan: candidate.plan, list: candidate.list, length: candidate.length, schedules, proven: candidate.length <= bound }
}

/// The deterministic default: one pass by a rule, then justified until nothing is gained.
#[must_use]
pub fn plan_by_rule<G: Generator>(generator: &mut G, rule: Rule) -> Found {
    let list = list_by_rule(generator.network(), &rule.keys(generator));
    let mut plan = Plan::blank(list.len());
    let length = generator.forward(&list, &mut plan);
    let found = justify(generator, &list, &plan, length);
    Found { schedules: found.schedules + 1, ..found }
}
