//! The search: short plans for a budget of schedules.
//!
//! Comes in: a generator, a budget, a seed. Goes out: the best plan met. The same everywhere: it counts schedules, not
//! seconds, and its chance comes from the seed.
//!
//! It begins with the default plan and a share of samples, and then walks from the best of them: each step moves a few
//! activities in the list and generates from the *other* end of the project, so that every schedule is at once a new
//! try and a justification of the one before. A step is taken where the plan gets no longer, or a little longer while
//! the walk is still warm; it cools to nothing at the end of the budget (simulated annealing; Kirkpatrick, Gelatt and
//! Vecchi 1983, on the double justification of Valls, Ballestín and Quintanilla 2005).

use super::justify::Justifier;
use super::order::Sorter;
use super::{Found, Generator, Network, Plan, Random, Rule, plan_by_rule, sampled_list};

/// What a search may spend.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Budget {
    /// Passes of the generator, forward or backward; each is one schedule. The default plan is made in any case.
    pub schedules: u64,
    /// The seed of all chance: same seed, same plan, on every machine.
    pub seed: u64,
}

/// How a search goes about it. The default is what did best on the library of test problems (`examples/psplib`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Settings {
    /// The most samples drawn before the walk; never more than a sixth of the budget.
    pub samples: u64,
    /// How strongly samples lean towards the rule, see [`sampled_list`].
    pub leaning: u32,
    /// How often, out of a thousand, the walk goes one more notch of length uphill when it begins; it falls in a straight
    /// line to zero. `None` chooses by the size of the project.
    pub warmth: Option<u64>,
    /// How often, out of a thousand, a step moves one more activity. `None` chooses by the size of the project.
    pub more_moves: Option<u64>,
}

impl Default for Settings {
    fn default() -> Self {
        Self { samples: 150, leaning: 3, warmth: None, more_moves: None }
    }
}

/// Draws lists at random that lean towards a rule, uses them moment by moment, justifies each once, and keeps the best
/// (after Tormos and Lova 2003): the simple method that the search is measured against.
#[must_use]
pub fn sample<G: Generator>(generator: &mut G, rule: Rule, budget: Budget) -> Found {
    let mut best = plan_by_rule(generator, rule);
    let keys = rule.keys(generator);
    let mut random = Random::new(budget.seed);
    let mut justifier = Justifier::new(best.list.len());
    let mut candidate = best.clone();
    while !best.proven && best.schedules + 3 <= budget.schedules {
        candidate.list = sampled_list(generator.network(), &keys, Settings::default().leaning, &mut random);
        candidate.length = generator.forward_in_step(&candidate.list, &mut candidate.plan);
        justifier.settle(generator, &mut candidate);
        justifier.once(generator, &mut candidate);
        best.schedules += 3;
        if candidate.length < best.length {
            best.take(&candidate);
            best.proven = best.length <= generator.lower_bound();
        }
    }
    best
}

/// Searches with the settings that did best.
#[must_use]
pub fn search<G: Generator>(generator: &mut G, budget: Budget) -> Found {
    search_with(generator, budget, Settings::default())
}

/// Searches with settings of one's own. Never worse than [`plan_by_rule`], of which it makes the plan first; stops early
/// where the generator's lower bound is reached.
#[must_use]
pub fn search_with<G: Generator>(generator: &mut G, budget: Budget, settings: Settings) -> Found {
    let best = plan_by_rule(generator, Rule::LatestFinish);
    let mut walk = Walk::new(generator, best, budget);
    if walk.is_over() {
        return walk.best;
    }
    walk.sample(settings);
    walk.wander(settings);
    walk.best
}

/// The end of the project at which a plan has been pushed together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Pushed {
    Left,
    Right,
}

struct Walk<'a, G> {
    generator: &'a mut G,
    random: Random,
    sorter: Sorter,
    limit: u64,
    bound: i64,
    /// The best plan so far, and the schedules spent.
    best: Found,
    /// Where the walk stands: a list in order of time, what its plan is worth, and from which end.
    list: Vec<u32>,
    length: i64,
    pushed: Pushed,
    /// The step being tried.
    trial: Vec<u32>,
    plan: Plan,
}

impl<'a, G: Generator> Walk<'a, G> {
    fn new(generator: &'a mut G, best: Found, budget: Budget) -> Self {
        let bound = generator.lower_bound();
        let list = best.list.clone();
        Self {
            generator,
            random: Random::new(budget.seed),
            sorter: Sorter::default(),
            limit: budget.schedules,
            bound,
            length: best.length,
            pushed: Pushed::Left,
            trial: list.clone(),
            plan: best.plan.clone(),
            list,
            best,
        }
    }

    fn is_over(&self) -> bool {
        self.best.proven || self.best.schedules >= self.limit || self.list.len() < 2
    }

    /// Draws samples and stands on the best one, or on the default plan where that is better.
    fn sample(&mut self, settings: Settings) {
        self.trial.copy_from_slice(&self.best.list);
        self.plan.clone_from(&self.best.plan);
        self.order_by_plan(Pushed::Left);
        self.list.copy_from_slice(&self.trial);
        let keys = Rule::LatestFinish.keys(self.generator);
        let samples = settings.samples.min(self.limit / 6);
        for _ in 0..samples {
            if self.is_over() {
                return;
            }
            let list = sampled_list(self.generator.network(), &keys, settings.leaning, &mut self.random);
            self.trial.copy_from_slice(&list);
            let length = self.generator.forward_in_step(&self.trial, &mut self.plan);
            self.sorter.forward(self.generator, &self.plan, &mut self.trial);
            self.note(length);
            if length < self.length {
                self.order_by_plan(Pushed::Left);
                self.length = length;
                self.list.copy_from_slice(&self.trial);
            }
        }
    }

    /// Walks until the budget is spent or nothing shorter exists.
    fn wander(&mut self, settings: Settings) {
        let warmth = settings.warmth.unwrap_or_else(|| warmth(self.list.len())).min(900);
        let more_moves = settings.more_moves.unwrap_or_else(|| more_moves(self.list.len())).min(900);
        // Lengths are counted in notches: slots where the plan is short, a part of the plan where the axis is fine.
        let notch = (self.best.length - self.generator.earliest().start()).unsigned_abs() / 256 + 1;
        let notch = i64::try_from(notch).unwrap_or(i64::MAX);
        let beginning = self.best.schedules.min(self.limit);
        while !self.is_over() {
            let target = match self.pushed {
                Pushed::Left => Pushed::Right,
                Pushed::Right => Pushed::Left,
            };
            self.trial.copy_from_slice(&self.list);
            self.move_one(target);
            while self.random.chance(more_moves, 1000) {
                self.move_one(target);
            }
            let length = self.generate(target);
            let left = self.limit.saturating_sub(self.best.schedules);
            let chance = u128::from(warmth) * u128::from(left) / u128::from(self.limit - beginning);
            let chance = u64::try_from(chance).unwrap_or(0);
            let mut allowed = self.length;
            while self.random.chance(chance, 1000) {
                allowed += notch;
            }
            if length <= allowed {
                self.order_by_plan(target);
                std::mem::swap(&mut self.list, &mut self.trial);
                self.length = length;
                self.pushed = target;
            }
        }
    }

    /// Makes the plan of the trial list from one end; returns its length.
    fn generate(&mut self, target: Pushed) -> i64 {
        match target {
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
                self.best.schedules += 1;
                self.best.length - start + self.origin()
            }
        }
    }

    /// Where a project that is pushed left begins.
    fn origin(&self) -> i64 {
        self.generator.earliest().start()
    }

    /// Counts a schedule pushed left, and keeps it where it is the best.
    fn note(&mut self, length: i64) {
        self.best.schedules += 1;
        if length < self.best.length {
            self.best.length = length;
            self.best.list.copy_from_slice(&self.trial);
            self.best.plan.clone_from(&self.plan);
            self.best.proven = length <= self.bound;
        }
    }

    /// Puts the trial list in the order in which the plan is to be pushed to the other end.
    fn order_by_plan(&mut self, pushed: Pushed) {
        match pushed {
            Pushed::Left => {
                self.trial.reverse();
                self.sorter.backward(self.generator, &self.plan, &mut self.trial);
                self.trial.reverse();
            }
            Pushed::Right => self.sorter.forward(self.generator, &self.plan, &mut self.trial),
        }
    }

    /// Moves one activity of the trial list to any place between the last it waits for and the first that waits for it.
    /// Those that are placed early are moved more often: what comes after them has time to fall into place.
    fn move_one(&mut self, target: Pushed) {
        let (one, other) = (self.random.index(self.trial.len()), self.random.index(self.trial.len()));
        let from = match target {
            Pushed::Left => one.min(other),
            Pushed::Right => one.max(other),
        };
        let (low, high) = room(self.generator.network(), &self.trial, from);
        let to = low + self.random.index(high - low);
        if to < from {
            self.trial[to..=from].rotate_right(1);
        } else {
            self.trial[from..=to].rotate_left(1);
        }
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

/// How warm a walk begins: small projects need more to leave a hollow, in large ones the many small steps do it.
/// 300 to 500 did best at 30 activities, about 200 at 60 and 100 at 120.
fn warmth(n_activities: usize) -> u64 {
    (12_000 / (n_activities as u64).max(1)).clamp(50, 450)
}

/// How often one more activity is moved in a step, out of a thousand: 700 did best at 30 activities, 200 at 120.
fn more_moves(n_activities: usize) -> u64 {
    (25_000 / (n_activities as u64).max(1)).clamp(200, 700)
}
