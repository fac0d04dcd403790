//! What all ways of searching share: the budget, the best plan so far, and the list that is being tried.
//!
//! Comes in: a generator, the default plan, a budget. Goes out: passes, counted, the best of them kept. Not here: what to
//! try next.

use super::order::Sorter;
use super::{Budget, Found, Generator, Network, Plan, Random};

/// The end of the project at which a plan has been pushed together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Pushed {
    Left,
    Right,
}

impl Pushed {
    /// The other end.
    pub(super) fn across(self) -> Self {
        match self {
            Self::Left => Self::Right,
            Self::Right => Self::Left,
        }
    }
}

/// A search under way. Lists are in order of time whichever end a plan is pushed to.
pub(super) struct Trials<'a, G> {
    pub(super) generator: &'a mut G,
    pub(super) random: Random,
    pub(super) sorter: Sorter,
    /// The best plan so far; its count of schedules is brought up to date by [`Trials::done`].
    pub(super) best: Found,
    /// The list being tried, and the plan that came of it.
    pub(super) trial: Vec<u32>,
    pub(super) plan: Plan,
    bound: i64,
    /// Placements, of one activity each, spent and to be had.
    spent: u64,
    limit: u64,
}

impl<'a, G: Generator> Trials<'a, G> {
    pub(super) fn new(generator: &'a mut G, best: Found, budget: Budget) -> Self {
        let n_activities = best.list.len() as u64;
        Self {
            bound: generator.lower_bound(),
            generator,
            random: Random::new(budget.seed),
            sorter: Sorter::default(),
            trial: best.list.clone(),
            plan: best.plan.clone(),
            spent: best.schedules.saturating_mul(n_activities),
            limit: budget.schedules.saturating_mul(n_activities),
            best,
        }
    }

    /// How many activities there are.
    pub(super) fn n_activities(&self) -> usize {
        self.trial.len()
    }

    /// Whether there is reason and budget for placing so many activities.
    pub(super) fn affords(&self, n_placed: usize) -> bool {
        !self.best.proven
            && self.n_activities() > 1
            && self.spent.saturating_add(n_placed as u64) <= self.limit
    }

    /// Whether a whole pass is no longer to be had.
    pub(super) fn is_over(&self) -> bool {
        !self.affords(self.n_activities())
    }

    /// Placements spent, and how many there are in all.
    pub(super) fn progress(&self) -> (u64, u64) {
        (self.spent, self.limit)
    }

    /// The best plan and what was spent, in schedules.
    pub(super) fn done(mut self) -> Found {
        let n_activities = (self.n_activities() as u64).max(1);
        self.best.schedules = self.best.schedules.max(self.spent.div_ceil(n_activities));
        self.best
    }

    /// Where a project that is pushed left begins.
    pub(super) fn origin(&self) -> i64 {
        self.generator.earliest().start()
    }

    /// How much longer than another a plan has to be to count as a notch longer: a slot where plans are short, a part of
    /// the plan where the axis is fine.
    pub(super) fn notch(&self) -> i64 {
        let length = (self.best.length - self.origin()).unsigned_abs();
        i64::try_from(length / 256 + 1).unwrap_or(i64::MAX)
    }

    /// Makes the plan of the trial list from one end; returns its length.
    pub(super) fn generate(&mut self, pushed: Pushed) -> i64 {
        self.spent += self.n_activities() as u64;
        match pushed {
            Pushed::Left => {
                let length = self.generator.forward(&self.trial, &mut self.plan);
                self.note(length);
                length
            }
            Pushed::Right => {
                let finish = self.best.length;
                self.trial.reverse();
                let start = self.generator.backward(&self.trial, finish, &mut self.plan);
                self.trial.reverse();
                finish - start + self.origin()
            }
        }
    }

    /// Makes a plan moment by moment, and puts the trial list in the order of its starts.
    pub(super) fn generate_in_step(&mut self) -> i64 {
        self.spent += self.n_activities() as u64;
        let length = self.generator.forward_in_step(&self.trial, &mut self.plan);
        self.sorter.forward(self.generator, &self.plan, &mut self.trial);
        self.note(length);
        length
    }

    /// Puts the far part of a list for one end in order for being pushed across.
    pub(super) fn order_far(&mut self, pushed: Pushed, n_far: usize) {
        match pushed {
            Pushed::Left => {
                self.trial.reverse();
                self.sorter.backward_part(self.generator, &self.plan, &mut self.trial, 0..n_far);
                self.trial.reverse();
            }
            Pushed::Right => {
                self.sorter.forward_part(self.generator, &self.plan, &mut self.trial, 0..n_far);
            }
        }
    }

    /// Places those that a plan pushed to `pushed` places last, so many of them, from the other end, in the trial list's
    /// order; then puts them in order for being placed after the others again.
    pub(super) fn push_far_across(&mut self, pushed: Pushed, n_far: usize, across: &mut Plan) {
        self.spent += n_far as u64;
        let n_kept = self.n_activities() - n_far;
        match pushed {
            Pushed::Left => {
                self.trial.reverse();
                self.generator.backward_first(&self.trial, n_far, self.best.length, across);
                self.trial.reverse();
                self.sorter.forward_part(self.generator, across, &mut self.trial, n_kept..n_kept + n_far);
            }
            Pushed::Right => {
                self.generator.forward_first(&self.trial, n_far, across);
                self.trial.reverse();
                self.sorter.backward_part(self.generator, across, &mut self.trial, n_kept..n_kept + n_far);
                self.trial.reverse();
            }
        }
    }

    /// Makes a plan in which all but the far part stay where they are in the plan, which was pushed to `pushed`, right
    /// before `finish`; returns its length.
    pub(super) fn generate_far(&mut self, pushed: Pushed, n_far: usize, finish: i64) -> i64 {
        self.spent += n_far as u64;
        let n_kept = self.n_activities() - n_far;
        match pushed {
            Pushed::Left => {
                let length = self.generator.forward_rest(&self.trial, n_kept, &mut self.plan);
                self.note(length);
                length
            }
            Pushed::Right => {
                self.trial.reverse();
                let start = self.generator.backward_rest(&self.trial, n_kept, finish, &mut self.plan);
                self.trial.reverse();
                finish - start + self.origin()
            }
        }
    }

    /// Keeps a plan pushed left where it is the best.
    fn note(&mut self, length: i64) {
        if length < self.best.length {
            self.best.length = length;
            self.best.list.copy_from_slice(&self.trial);
            self.best.plan.clone_from(&self.plan);
            self.best.proven = length <= self.bound;
        }
    }

    /// Puts the trial list in the order in which its plan would be pushed to an end.
    pub(super) fn order_towards(&mut self, pushed: Pushed) {
        match pushed {
            Pushed::Left => self.sorter.forward(self.generator, &self.plan, &mut self.trial),
            Pushed::Right => {
                self.trial.reverse();
                self.sorter.backward(self.generator, &self.plan, &mut self.trial);
                self.trial.reverse();
            }
        }
    }

    /// Moves one activity of the trial list to any place between the last it waits for and the first that waits for it.
    /// Those that are placed early are moved more often: what comes after them has time to fall into place.
    pub(super) fn move_one(&mut self, target: Pushed) {
        let n_activities = self.n_activities();
        let (one, other) = (self.random.index(n_activities), self.random.index(n_activities));
        let from = match target {
            Pushed::Left => one.min(other),
            Pushed::Right => one.max(other),
        };
        self.move_from(from, 0, n_activities);
    }

    /// Moves one activity and, so many times out of a thousand, one more.
    pub(super) fn move_some(&mut self, target: Pushed, more: u64) {
        self.move_one(target);
        while self.random.chance(more, 1000) {
            self.move_one(target);
        }
    }

    /// Moves the activity at a place to any other that its links allow, from `first` to below `end`.
    pub(super) fn move_from(&mut self, from: usize, first: usize, end: usize) {
        let (low, high) = room(self.generator.network(), &self.trial, from);
        let (low, high) = (low.max(first), high.min(end));
        let to = low + self.random.index(high - low);
        if to < from {
            self.trial[to..=from].rotate_right(1);
        } else {
            self.trial[from..=to].rotate_left(1);
        }
    }

    /// A length that may be taken in place of another: a notch more for each time in a row that chance has it.
    pub(super) fn allowed(&mut self, length: i64, chance: u64) -> i64 {
        let notch = self.notch();
        let mut allowed = length;
        while self.random.chance(chance.min(900), 1000) {
            allowed += notch;
        }
        allowed
    }
}

/// The places, from the first to below the last, to which the activity at a place of the list can go.
fn room(network: &Network, list: &[u32], from: usize) -> (usize, usize) {
    let activity = list[from];
    let before = network.predecessors(activity);
    let after = network.successors(activity);
    let low = list[..from].iter().rposition(|other| before.contains(other)).map_or(0, |place| place + 1);
    let high = list[from + 1..].iter().position(|other| after.contains(other));
    (low, high.map_or(list.len(), |place| from + 1 + place))
}
