//! Resource-constrained scheduling: who waits for whom when hands are short.
//!
//! Comes in: activities with links, and something that turns a list of them into a plan (a [`Generator`]). Goes out:
//! the shortest [`Plan`] found, by one pass of a priority rule, by double justification, or by a search with a budget
//! of schedules. Not here: calendars, people, files; they stand behind the trait. What stands behind it to measure and test all of it
//! is [`textbook`].

mod breed;
mod cool;
mod generations;
mod justify;
mod memory;
mod network;
mod order;
mod outlook;
mod priority;
pub(crate) mod random;
mod search;
pub mod textbook;
mod trials;

#[cfg(test)]
mod laws;

pub use justify::{Found, justify, pass_by_rule, pass_in_step, plan_by_rule};
pub use network::{Cycle, Network};
pub use order::list_by_starts;
pub use priority::{MOST_DRAWN, Rule, list_by_rule, sampled_list};
pub use random::Random;
pub use search::{Budget, Settings, sample, search, search_with};

/// When each activity starts and finishes, by activity number.
///
/// The axis is any that grows with time: slots of a textbook problem, minutes of working time, minutes of the clock.
/// A finish is exclusive: an activity of no length starts and finishes at the same place.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Plan {
    /// Where each activity starts.
    pub starts: Vec<i64>,
    /// Where each activity finishes; never before its start.
    pub finishes: Vec<i64>,
}

impl Plan {
    /// A plan of `n_activities` activities that all lie at zero, to be written over by a generator.
    #[must_use]
    pub fn blank(n_activities: usize) -> Self {
        Self { starts: vec![0; n_activities], finishes: vec![0; n_activities] }
    }

    /// The last finish; zero for a plan of nothing.
    #[must_use]
    pub fn finish(&self) -> i64 {
        self.finishes.iter().copied().max().unwrap_or(0)
    }

    /// The first start; zero for a plan of nothing.
    #[must_use]
    pub fn start(&self) -> i64 {
        self.starts.iter().copied().min().unwrap_or(0)
    }
}

/// Turns lists of activities into plans: the one thing that the search and the justification know of a project.
///
/// An implementation owns its scratch memory, so a pass allocates nothing. The same list gives the same plan, always.
/// Placing each activity once is one *schedule* of a budget: a call of [`Generator::forward`] or [`Generator::backward`].
/// A pass over a part of the activities counts for its part.
pub trait Generator {
    /// Which activity has to wait for which, whatever the type of the link: the order in which they can be placed.
    fn network(&self) -> &Network;

    /// The plan with every activity as early as its links allow, as if nobody were ever short: the base of priority rules.
    fn earliest(&self) -> &Plan;

    /// The plan with every activity as late as its links allow without moving the finish of [`Generator::earliest`].
    fn latest(&self) -> &Plan;

    /// Nothing shorter than this exists (as returned by [`Generator::forward`]); the search stops when it gets there.
    /// By default the finish of [`Generator::earliest`], which is right wherever `forward` returns the last finish.
    fn lower_bound(&self) -> i64 {
        self.earliest().finish()
    }

    /// How heavily an activity uses what is scarce while it runs, on any scale: the search keeps together what lies in
    /// the busiest part of a plan. Zero for one that uses nothing. By default everything weighs the same.
    fn intensity(&self, _activity: u32) -> u64 {
        1
    }

    /// Whether an activity never starts before one it waits for has started, nor finishes before that has finished.
    /// True of finish-to-start links without leads. Where a plan may break it (leads, finish-to-finish and
    /// start-to-finish links), return `false`: lists taken from plans are then put right before they are used.
    fn time_order_is_link_order(&self) -> bool {
        true
    }

    /// Places the activities one after another, each as early as its links and what is left of the capacities allow,
    /// writes all of `plan`, and returns what is to be made small: the last finish.
    ///
    /// `list` holds every activity once, none before one that it waits for.
    fn forward(&mut self, list: &[u32], plan: &mut Plan) -> i64;

    /// Another way to use a list: goes through time and starts, at each moment, whatever can start, those first in the list
    /// first, so that nothing waits that could go on (parallel generation; Kolisch 1996). Its plans are fewer and often
    /// shorter, but the shortest need not be among them. By default as [`Generator::forward`].
    ///
    /// `list` is as for `forward`; the order of the starts in `plan`, ties as in `list`, is a list that gives the same
    /// plan or one no longer by `forward`.
    fn forward_in_step(&mut self, list: &[u32], plan: &mut Plan) -> i64 {
        self.forward(list, plan)
    }

    /// The mirror image: places the activities one after another, each as late as its links and capacities allow, none
    /// finishing after `finish`; writes all of `plan` and returns the first start.
    ///
    /// `list` holds every activity once, none before one that waits for it. A start before the project's own is no fault:
    /// only the order of the plan is used afterwards, by a forward pass. An activity that cannot move (because it has
    /// begun, say) keeps its place.
    fn backward(&mut self, list: &[u32], finish: i64, plan: &mut Plan) -> i64;

    /// The least time from the finish of an activity to what `forward` returns, whatever the plan: a pass is given up once
    /// it is bound to come to more than is allowed. Zero, which is always right, by default.
    fn tail(&self, _activity: u32) -> i64 {
        0
    }

    /// The mirror image: the least time from what `backward` returns to the start of an activity.
    fn head(&self, _activity: u32) -> i64 {
        0
    }

    /// A pass over the rest: as `forward`, but the first `n_kept` of the list stay where `plan` has them, which is where a
    /// forward pass of this list has put them. After each of the rest `go_on` is asked with the activity and its finish; where
    /// it says no, the pass ends there and returns nothing, and `plan` holds for those placed so far alone.
    ///
    /// Whoever asks places an activity by where those before it lie, not by the order in which they came to lie there: where
    /// the same lie at the same places as in a pass before, and the same come in the same order, the pass is ended too.
    ///
    /// By default all are placed anew and nobody is asked, which costs time and nothing else.
    fn forward_rest(
        &mut self,
        list: &[u32],
        _n_kept: usize,
        plan: &mut Plan,
        _go_on: impl FnMut(u32, i64) -> bool,
    ) -> Option<i64> {
        Some(self.forward(list, plan))
    }

    /// The mirror image; `finish` is the one of the pass that made `plan`, and `go_on` is asked with starts.
    fn backward_rest(
        &mut self,
        list: &[u32],
        _n_kept: usize,
        finish: i64,
        plan: &mut Plan,
        _go_on: impl FnMut(u32, i64) -> bool,
    ) -> Option<i64> {
        Some(self.backward(list, finish, plan))
    }
}
