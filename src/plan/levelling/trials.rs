//! What all ways of searching share: the budget, the best plan so far, and the list that is being tried.
//!
//! Comes in: a generator, the default plan, a budget. Goes out: passes, counted, the best of them kept. Not here: what to
//! try next.

use super::memory::{Memory, Pass};
use super::order::Sorter;
use super::outlook::{Outlooks, Rest};
use super::{Budget, Found, Generator, Network, Plan, Random};

/// The part of a project, out of a thousand activities, in which one step moves: 300 to 400 did best.
const NEAR: usize = 300;

/// The least activities of that part: 12 of 30 did best.
const LEAST_NEAR: usize = 12;

/// The end of the project at which a plan has been pushed together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Pushed {
    Left,
    Right,
}

impl Pushed {
    /// Where the activities of a plan that is pushed there end on the way of the pass.
    fn edges(self, plan: &Plan) -> &[i64] {
        match self {
            Self::Left => &plan.finishes,
            Self::Right => &plan.starts,
        }
    }

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
    /// What is known of passes to either end.
    left: Side,
    right: Side,
}

/// What is known of passes to one end.
#[derive(Default)]
struct Side {
    memory: Memory,
    /// None where they are not looked for.
    outlooks: Option<Outlooks>,
    /// For each activity the least time from its far edge to the other end of the project.
    rests: Vec<i64>,
}

/// Watches a pass: whether it is worth going on.
struct Watch<'a> {
    rests: &'a [i64],
    limit: i64,
    /// What the plan comes to at the least, by what has been placed.
    length: i64,
    n_placed: usize,
    /// A whole pass that differs in places up to `same_from` alone, as long as all lie where they lie there.
    model: Option<&'a Pass>,
    same_from: usize,
    outlooks: Option<&'a mut Outlooks>,
    /// The number of the plan that the outlook is of.
    known: Option<u64>,
}

impl<'a, G: Generator> Trials<'a, G> {
    pub(super) fn new(generator: &'a mut G, best: Found, budget: Budget) -> Self {
        let n_activities = best.list.len() as u64;
        let rests = |rest: &dyn Fn(u32) -> i64| (0..).map(rest).take(best.list.len()).collect();
        let left = Side { rests: rests(&|activity| generator.tail(activity)), ..Side::default() };
        let right = Side { rests: rests(&|activity| generator.head(activity)), ..Side::default() };
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
            left,
            right,
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

    /// Remembers at least so many passes to each end from now on.
    pub(super) fn hold(&mut self, n_passes: usize) {
        self.left.memory.hold(n_passes);
        self.right.memory.hold(n_passes);
    }

    /// From now on also looks whether what lies, and what is still to come, is as in a pass before, whatever its list began
    /// with.
    pub(super) fn look_out(&mut self) {
        self.left.outlooks = Some(Outlooks::default());
        self.right.outlooks = Some(Outlooks::default());
    }

    /// How many schedules are to be had in all.
    pub(super) fn schedules(&self) -> u64 {
        self.limit / (self.n_activities() as u64).max(1)
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

    /// Makes the plan of the trial list from one end; its length, or none where it is longer than `limit`, whereupon the plan
    /// means nothing.
    ///
    /// Only what is not known is placed, and only that counts: what begins as a list before lies where it lay; a pass ends
    /// once it is bound to come to more than the limit; and where all that was moved in a list lies where it lay before
    /// the move, so does all the rest, or, where that is looked for, wherever it is as in any pass before ([`Outlooks`]).
    /// A list that was tried counts as one placement.
    pub(super) fn generate(&mut self, pushed: Pushed, limit: i64) -> Option<i64> {
        if pushed == Pushed::Right {
            self.trial.reverse();
        }
        let length = self.pass(pushed, limit);
        if pushed == Pushed::Right {
            self.trial.reverse();
        }
        if length > limit {
            return None;
        }
        if pushed == Pushed::Left {
            self.note(length);
        }
        Some(length)
    }

    /// The length of the plan of a list in the order of placing; where it is over the limit, only that it is.
    fn pass(&mut self, pushed: Pushed, limit: i64) -> i64 {
        let origin = self.origin();
        let Self { generator, trial, plan, .. } = self;
        // A pass from the left knows no finish to begin from.
        let (finish, side) = match pushed {
            Pushed::Left => (0, &mut self.left),
            Pushed::Right => (self.best.length, &mut self.right),
        };
        let known = side.memory.longest_common(trial, finish);
        let n_kept = known.map_or(0, |(n_kept, _)| n_kept);
        if let Some((_, pass)) = known {
            plan.clone_from(&pass.plan);
            let is_told = pass.is_whole() || pass.length > limit;
            if n_kept == pass.n_placed && is_told {
                self.spent += 1;
                return pass.length;
            }
        }
        // Outlooks tell the same and more.
        let model = known.map(|(_, pass)| pass).filter(|pass| pass.is_whole() && side.outlooks.is_none());
        if let Some(outlooks) = &mut side.outlooks {
            let edges = pushed.edges(plan);
            let kept = trial[..n_kept].iter().map(|&activity| (activity, edges[activity as usize]));
            outlooks.begin(trial, finish, kept);
        }
        let mut watch = Watch {
            rests: &side.rests,
            limit,
            length: origin,
            n_placed: n_kept,
            same_from: model.map_or(0, |pass| pass.same_from(trial)),
            model,
            outlooks: side.outlooks.as_mut(),
            known: None,
        };
        let length = match pushed {
            Pushed::Left => generator.forward_rest(trial, n_kept, plan, |activity, finish| {
                watch.goes_on(activity, finish, pushed, finish)
            }),
            Pushed::Right => generator
                .backward_rest(trial, n_kept, finish, plan, |activity, start| {
                    watch.goes_on(activity, start, pushed, finish - start + origin)
                })
                .map(|start| finish - start + origin),
        };
        let (n_placed, least, known) = (watch.n_placed, watch.length, watch.known);
        if length.is_none()
            && least <= limit
            && let Some(model) = watch.model
        {
            plan.clone_from(&model.plan);
            self.spent += (n_placed - n_kept) as u64;
            return model.length;
        }
        // A generator that does not ask places all.
        let n_placed = if length.is_some() { trial.len() } else { n_placed };
        self.spent += (n_placed - n_kept) as u64;
        if let Some(outlooks) = &mut side.outlooks {
            match (length, known) {
                (Some(length), _) => outlooks.end(length, plan),
                (None, Some(number)) => {
                    outlooks.end_as(least, number);
                    plan.clone_from(outlooks.plan(number));
                }
                (None, None) => outlooks.give_up(least),
            }
        }
        let length = length.unwrap_or(least);
        let n_known = if known.is_some() { trial.len() } else { n_placed };
        side.memory.remember(trial, plan, finish, length, n_known);
        length
    }

    /// Makes a plan moment by moment, and puts the trial list in the order of its starts.
    pub(super) fn generate_in_step(&mut self) -> i64 {
        self.spent += self.n_activities() as u64;
        let length = self.generator.forward_in_step(&self.trial, &mut self.plan);
        self.sorter.forward(self.generator, &self.plan, &mut self.trial);
        self.note(length);
        length
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

    /// Moves activities of the trial list, each to any place between the last it waits for and the first that waits for it:
    /// one, and so many times out of a thousand one more. All are near each other; those that are placed early are moved
    /// more often, for what comes after them has time to fall into place.
    pub(super) fn move_some(&mut self, target: Pushed, more: u64) {
        let n_activities = self.n_activities();
        let reach = (n_activities * NEAR / 1000).max(LEAST_NEAR);
        let (one, other) = (self.random.index(n_activities), self.random.index(n_activities));
        let near = match target {
            Pushed::Left => one.min(other)..(one.min(other) + reach).min(n_activities),
            Pushed::Right => (one.max(other) + 1).saturating_sub(reach)..one.max(other) + 1,
        };
        loop {
            let from = near.start + self.random.index(near.len());
            self.move_from(from);
            if !self.random.chance(more, 1000) {
                break;
            }
        }
    }

    /// Moves the activity at a place to any other that its links allow.
    fn move_from(&mut self, from: usize) {
        let (low, high) = room(self.generator.network(), &self.trial, from);
        let to = low + self.random.index(high - low);
        if to < from {
            self.trial[to..=from].rotate_right(1);
        } else {
            self.trial[from..=to].rotate_left(1);
        }
    }

    /// The list of the best plan, to be pushed right, and its length.
    pub(super) fn best_to_be_pushed_right(&mut self) -> (Vec<u32>, i64) {
        self.trial.copy_from_slice(&self.best.list);
        self.plan.clone_from(&self.best.plan);
        self.order_towards(Pushed::Right);
        (self.trial.clone(), self.best.length)
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

impl Watch<'_> {
    /// Whether an activity just placed leaves reason to go on; `edge` is where it ends on the way of the pass, `reached` the
    /// length that the plan has by then.
    fn goes_on(&mut self, activity: u32, edge: i64, pushed: Pushed, reached: i64) -> bool {
        let at = activity as usize;
        self.n_placed += 1;
        self.length = self.length.max(reached + self.rests[at]);
        if self.length > self.limit {
            return false;
        }
        if self.model.is_some_and(|model| pushed.edges(&model.plan)[at] != edge) {
            self.model = None;
        }
        if self.model.is_some() && self.n_placed >= self.same_from {
            return false;
        }
        let limit = self.limit;
        match self.outlooks.as_mut().and_then(|outlooks| outlooks.step(activity, edge, limit)) {
            None => return true,
            Some(Rest::TooLong(least)) => self.length = least,
            Some(Rest::Plan(length, number)) => (self.length, self.known) = (length, Some(number)),
        }
        false
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::levelling::textbook::{Activity, Problem, Serial};
    use crate::plan::levelling::{Rule, plan_by_rule};

    #[test]
    fn a_pass_ends_where_the_rest_is_known() {
        let activities = [2, 2, 3, 3].map(|duration| Activity { duration, demands: vec![1] }).to_vec();
        let problem = Problem::new(activities, vec![], vec![2]).unwrap();
        let mut generator = Serial::new(&problem);
        let best = plan_by_rule(&mut generator, Rule::LatestFinish);
        let mut trials = Trials::new(&mut generator, best, Budget { schedules: 100, seed: 1 });
        trials.look_out();
        for pushed in [Pushed::Left, Pushed::Right] {
            let mut placed = |list: [u32; 4]| {
                trials.trial = list.to_vec();
                let before = trials.spent;
                assert_eq!(trials.generate(pushed, 9), Some(5));
                let mut lying = trials.plan.starts.clone();
                lying.sort_unstable();
                (trials.spent - before, lying)
            };
            let (first, other) = match pushed {
                Pushed::Left => ([0, 1, 2, 3], [1, 0, 2, 3]),
                Pushed::Right => ([3, 2, 1, 0], [3, 2, 0, 1]),
            };
            let (n_first, lying) = placed(first);
            // The two that come first change their order, not their places.
            assert_eq!((n_first, placed(other)), (4, (2, lying)));
        }
    }
}
