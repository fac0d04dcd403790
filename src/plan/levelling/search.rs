//! The search: short plans for a budget of schedules.
//!
//! Comes in: a generator, a budget, a seed. Goes out: the best plan met. The same everywhere: it counts schedules, not
//! seconds, and its chance comes from the seed.
//!
//! It begins with the default plan. Small projects then take a cooling walk ([`super::cool`]), which nothing beat there.
//! Larger ones breed a population for half of the budget ([`super::breed`]); from the best of it, parts of the plan are
//! searched by themselves ([`super::far`]).
//!
//! Tried and left out, on J120 with 5 000 schedules (percent above the critical path, every second instance; two seeds
//! differ by up to 0.1). The cooling walk alone has 33.42, what stands here 32.74 to 32.93. Breeding alone 33.15; with all
//! children taken 33.21; with a cooling acceptance 33.26; with a finer goal than the length (work or activities near the
//! end, mean finish) 33.4 to 33.5, for steps on level ground are worth more; with children made moment by moment 33.3 to
//! 35.7; with passes given up once they fall behind the mother's plan 33.1 to 34.2. After breeding: walks over whole plans
//! 32.96; a small pool of walked plans, crossed and walked again, 32.9; smaller parts 33.0. No different: far parts
//! without straight tries 32.79, windows at random in place of the busiest 32.81 to 32.87.

use super::cool::Manner;
use super::justify::Justifier;
use super::trials::Trials;
use super::{Found, Generator, Random, Rule, breed, cool, plan_by_rule, sampled_list};

/// What a search may spend.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Budget {
    /// Schedules. One is as many placements as there are activities (the definition of Kolisch and Hartmann 1999, at most one
    /// start for each activity): a pass, forward or backward, or as many passes over parts as make up one. The default
    /// plan is made in any case.
    pub schedules: u64,
    /// The seed of all chance: same seed, same plan, on every machine.
    pub seed: u64,
}

/// How a search goes about it. The default is what did best on the library of test problems (`examples/psplib`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Settings {
    /// The most samples drawn in the beginning; never more than a sixteenth of the budget before a walk, a tenth before
    /// breeding.
    pub samples: u64,
    /// How strongly samples lean towards the rule, see [`sampled_list`].
    pub leaning: u32,
    /// How often, out of a thousand, the walk goes one more notch of length uphill when it begins; it falls in a straight
    /// line to zero. `None` chooses by the size of the project.
    pub warmth: Option<u64>,
    /// How often, out of a thousand, a step moves one more activity. `None` chooses by the size of the project.
    pub more_moves: Option<u64>,
    /// With so many activities or more, breeding goes before the walk.
    pub breeds_from: usize,
}

impl Default for Settings {
    fn default() -> Self {
        Self { samples: 150, leaning: 3, warmth: None, more_moves: None, breeds_from: 45 }
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
    let mut trials = Trials::new(generator, best, budget);
    let n_activities = trials.n_activities();
    let from = if n_activities < settings.breeds_from {
        cool::start(&mut trials, settings)
    } else {
        let until = trials.progress().1 / 1000 * breeding_share(n_activities);
        breed::breed(&mut trials, settings, until);
        trials.best_to_be_pushed_right()
    };
    let manner = Manner {
        warmth: settings.warmth.unwrap_or_else(|| warmth(n_activities, budget.schedules)),
        more_moves: settings.more_moves.unwrap_or_else(|| more_moves(n_activities)),
    };
    cool::walk(&mut trials, manner, from);
    trials.done()
}

/// How much of the budget, out of a thousand, is spent on breeding: a quarter did best at 60 activities, half at 120.
fn breeding_share(n_activities: usize) -> u64 {
    if n_activities < 90 { 250 } else { 500 }
}

/// How warm a walk begins. Small projects need more to leave a hollow; in large ones the many small steps do it, and warmth
/// pays with many schedules alone: 300 did best at 60 activities with 50 000, 50 to 100 with 5 000.
fn warmth(n_activities: usize, schedules: u64) -> u64 {
    let n_activities = (n_activities as u64).max(1);
    if n_activities < 45 {
        return 450;
    }
    // A root of the budget, in hundredths of that of 20 000 schedules.
    let budget = (schedules.saturating_mul(10_000) / 20_000).isqrt().clamp(25, 150);
    (720_000 / (n_activities * n_activities)).clamp(10, 300) * budget / 100
}

/// How often one more activity is moved in a step, out of a thousand: 900 did best at 30 activities, 800 at 60.
fn more_moves(n_activities: usize) -> u64 {
    if n_activities < 45 { 900 } else { 800 }
}
