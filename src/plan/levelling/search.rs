//! The search: short plans for a budget of schedules.
//!
//! Comes in: a generator, a budget, a seed. Goes out: the best plan met. The same everywhere: it counts schedules, not
//! seconds, and its chance comes from the seed.
//!
//! It begins with the default plan. Larger projects then breed a population ([`super::breed`], large ones mostly
//! [`super::generations`]) for a share of the budget, small ones draw samples; from the best of it one plan takes a cooling
//! walk ([`super::cool`]). What is known is not placed again ([`super::trials`]), so a budget goes further.
//!
//! What each part gave on the test problems of `examples/psplib`, and all that was tried and left out: `docs/dev/levelling-search.md`.

use super::cool::Manner;
use super::justify::Justifier;
use super::trials::Trials;
use super::{Found, Generator, Random, Rule, breed, cool, generations, plan_by_rule, sampled_list};

/// What a search may spend.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Budget {
    /// Schedules. One is as many placements as there are activities (the definition of Kolisch and Hartmann 1999, at most one
    /// start for each activity): a pass, forward or backward, or as many passes over parts as make up one. Of a pass that
    /// is given up what was placed counts, and of one that begins as an earlier one what comes after. The default plan is
    /// made in any case.
    pub schedules: u64,
    /// The seed of all chance: same seed, same plan, on every machine.
    pub seed: u64,
}

/// How a search goes about it. The default is what did best on the library of test problems (`examples/psplib`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Settings {
    /// The most samples drawn in the beginning; never more than a thirtieth of the budget before a walk, a tenth before
    /// breeding.
    pub samples: u64,
    /// How strongly samples lean towards the rule, see [`sampled_list`].
    pub leaning: u32,
    /// How often, out of a thousand, the walk goes one more notch of length uphill when it begins; it falls in a straight
    /// line to zero. `None` chooses by the size of the project and the budget.
    pub warmth: Option<u64>,
    /// How often, out of a thousand, a step moves one more activity. `None` chooses by the size of the project and the budget.
    pub more_moves: Option<u64>,
    /// With so many activities or more, breeding goes before the walk.
    pub breeds_from: usize,
    /// Whether it goes by generations, slowly. `None` chooses by the size of the project and the budget.
    pub by_generations: Option<bool>,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            samples: 150,
            leaning: 3,
            warmth: None,
            more_moves: None,
            breeds_from: 45,
            by_generations: None,
        }
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
    if looks_out(n_activities, budget.schedules) {
        trials.look_out();
    }
    let from = if n_activities < settings.breeds_from {
        cool::start(&mut trials, settings)
    } else {
        let by_generations =
            settings.by_generations.unwrap_or_else(|| by_generations(n_activities, budget.schedules));
        let share = if by_generations { GENERATIONS_SHARE } else { breeding_share(n_activities) };
        let until = trials.progress().1 / 1000 * share;
        if by_generations {
            generations::breed(&mut trials, settings, until);
        } else {
            breed::breed(&mut trials, settings, until);
        }
        trials.best_to_be_pushed_right()
    };
    let manner = Manner {
        warmth: settings.warmth.unwrap_or_else(|| warmth(n_activities, budget.schedules)),
        more_moves: settings.more_moves.unwrap_or_else(|| more_moves(n_activities, budget.schedules)),
    };
    cool::walk(&mut trials, manner, from);
    trials.done()
}

/// With so many schedules a search has time: it pays to take detours.
pub(super) const MANY: u64 = 20_000;

/// With so many schedules generations gain at large projects; with 1 000 there is no difference.
pub(super) const ENOUGH_FOR_GENERATIONS: u64 = 3_000;

/// Whether breeding goes by generations: large projects gain by it.
fn by_generations(n_activities: usize, schedules: u64) -> bool {
    n_activities >= 90 && schedules >= ENOUGH_FOR_GENERATIONS
}

/// Whether passes are looked at for what lies as in one before: a fifth of all placements is saved at 60 activities, one in
/// 25 at 120, where it takes generations to gain by it. With 30 the saving is as large, and gains nothing.
fn looks_out(n_activities: usize, schedules: u64) -> bool {
    n_activities >= 45 && (n_activities < 90 || by_generations(n_activities, schedules))
}

/// How much of the budget, out of a thousand, generations may spend; most populations draw together sooner.
const GENERATIONS_SHARE: u64 = 900;

/// How much of it is spent on breeding otherwise: a quarter did best at 60 activities, half at 120.
fn breeding_share(n_activities: usize) -> u64 {
    if n_activities < 90 { 250 } else { 500 }
}

/// How warm a walk begins. Small projects need it to leave a hollow; in large ones the many small steps do it, and warmth
/// pays where there is time alone.
fn warmth(n_activities: usize, schedules: u64) -> u64 {
    match (n_activities, schedules < MANY) {
        (..45, _) => 450,
        (45..90, true) => 100,
        (45..90, false) => 300,
        (90.., true) => 0,
        (90.., false) => 60,
    }
}

/// How often one more activity is moved in a step, out of a thousand.
fn more_moves(n_activities: usize, schedules: u64) -> u64 {
    match n_activities {
        ..45 => 900,
        _ if schedules < MANY => 700,
        _ => 600,
    }
}
