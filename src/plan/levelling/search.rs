//! The search: short plans for a budget of schedules.
//!
//! Comes in: a generator, a budget, a seed. Goes out: the best plan met. The same everywhere: it counts schedules, not
//! seconds, and its chance comes from the seed.
//!
//! It begins with the default plan. Larger projects then breed a population ([`super::breed`], with a large budget
//! [`super::generations`]) for a share of the budget, small ones draw samples; from the best of it one plan takes a cooling
//! walk ([`super::cool`]). What is known is not placed again ([`super::trials`]), so a budget goes further.
//!
//! What each part gave, on the test problems of `examples/psplib` (30 activities: percent above the optimum; 60 and 120:
//! above the critical path; two to four seeds, which differ by 0.02, 0.03 and 0.05). A walk of whole passes at 30 activities
//! with 1 000 schedules, and breeding with a search of far parts at 60: 0.179 and 11.470. Lists that begin alike share
//! their passes: 0.147, 11.415. A move that changes no place ends the pass where the moved part ends: 0.133, 11.412. A pass
//! bound to come to more than is allowed is given up: 0.118, 11.407. Then more moves a step, all near each other: 0.09;
//! far from each other with the same count: 0.108. The walk in place of far parts, after breeding: 11.33; with tails that
//! know of the work behind an activity ([`super::tails`]): 11.30. With 5 000 schedules at 60 activities: far parts 11.02,
//! walk alone 10.90 to 10.97, after breeding 10.90 to 10.96. With 50 000 there (every tenth instance, one seed): far parts
//! 12.29, walk from cold 12.23, warmer 12.09 to 12.14.
//!
//! At 120 activities little was gained, and most differences are those of chance: with 5 000 schedules (every third instance,
//! two seeds) far parts 33.00, walk 32.98 to 33.08; with a shorter or longer breeding before it 33.06 to 33.13; with
//! twins kept out of the population 33.06. With 50 000 (every tenth instance, one seed) far parts 32.44 to 32.48, walk from
//! cold 32.55, from warm 32.31 to 32.57, in three cycles from the best 32.52; the walk alone 32.70 to 32.78; a population
//! of 140 in place of 100 32.41, of 60 32.40.
//!
//! Tried earlier and left out, at 120 activities with 5 000 schedules: breeding with a cooling acceptance; a finer goal
//! than the length (work or activities near the end, mean finish), for steps on level ground are worth more; children
//! made moment by moment; passes given up once they fall behind the mother's plan, though not yet bound to be longer; a
//! small pool of walked plans, crossed and walked again. No different: more passes remembered than 32.
//!
//! No different either, with 50 000 schedules at 120 activities (every fifth instance, two seeds; the walk as it is 29.70
//! and 29.79): no breeding 29.74, breeding for six tenths 29.76, breeding alone 30.34; moves near each other in a tenth
//! or six tenths of the list 29.65, 29.66; moves of ten places at most 29.85, of 25 at most 29.56, but on two other fifths
//! with other seeds 31.86 and 30.92 against 31.69 and 30.78 as it is: chance. With these 25: steps on level ground by
//! how many activities keep the plan from being a slot shorter 29.64 to 29.68; four walks of which the better half goes
//! on 29.68; four or twelve of which the best replaces the last now and then 29.72, 29.81; activities moved sooner that
//! lie where they lay whichever end they are pushed to 29.73; children of 6 to 20 plans, each walked for 400 to 40
//! schedules, 29.83 to 29.94 (one seed). With 5 000 schedules (60 activities, three seeds; 120, every third instance, two
//! seeds; as it is 10.92, 31.82): moves of 25 places at most 10.94, 31.83; a walk that turns to the other end in one, four
//! or seven of ten steps taken 10.93 to 10.96, 31.87 to 31.90. In the walks of 120 a step that is taken places 71 to 88
//! activities, one that is not 40 to 77.
//!
//! Windows were no gain: 25 activities beside each other in the list of a walked plan placed anew, those before them as they
//! are pushed left, those behind them pushed right before a finish one slot earlier, in up to 20 orders of which each
//! moves what came too late, or what it waits for, to an earlier place. With 50 000 schedules at 120 activities (one instance
//! of each of the 60 parameters, one seed; as it is 30.35) for a quarter of the walk 30.48; on 24 instances of the scarcest
//! resources (two seeds; as it is 97.50, 97.62) for a quarter 98.16, 97.89, for half with 40 orders 97.57, 97.89, for half of
//! the second half of the walk 97.56, 97.64. Of 380 000 windows 49 were shorter; in plans just bred, with 1 000 schedules, one
//! in 150. With 5 000 schedules at 60 activities (two seeds; as it is 10.90, 10.95) for a quarter 10.93, 10.94.
//!
//! Nor was following an elite: in some steps a part of the list of up to 43 activities is put in the order of one of the ten
//! best plans bred, in place of moves. On the same 24 instances, in a tenth of the steps, with plans of the walk taken into the
//! ten now and then, 98.28, 97.98; in three tenths, of up to 23, 98.00, 97.93; in three hundredths, of the plans bred alone,
//! 97.93, 97.78, and with 5 000 schedules at 60 activities 10.94, 10.98.
//!
//! Generations, with 50 000 schedules at 120 activities (all 300): breeding for three tenths, then the walk 31.169;
//! generations of 380 plans for nine tenths, then the walk 31.027; ended after two generations that gain nothing, 30.998;
//! after five 30.980 (two more seeds: 31.192 and 31.167 before, 31.011 and 31.006 since). By how many of the four resources an
//! activity needs on average (two seeds): one -0.02, -0.05; two +0.10, +0.10; three -0.34, -0.34; four -0.50, -0.44. What makes
//! them, on the 45 instances of the scarcest resources (breeding alone, one seed, differences of 0.3 are chance; breeding one by
//! one 120.0, of 300 plans 118.8; with the walk 117.5): 400 plans that give way to the better of two children 117.4, and with
//! 100 000 schedules and 800 plans 117.05. With one child 118.9, of 100 plans 120.1; with three 118.1; both of one mother 119.1;
//! 250 plans that give way to none longer 118.6; fathers drawn without a choice of two 119.5, from neighbours on a ring 118.0;
//! windows of a tenth to a half 117.9, of a third to nine tenths 117.9; ties given to the plan whose work lies nearer to its
//! end 117.6; no child, or one in five, changed by chance 117.7, 117.6; 350 or 300 plans and the walk after them 117.4, 117.5.
//! At 60 activities no gain (the 133 instances whose shortest plan is 5 % above the critical path or more; as it is 37.35): 380
//! plans for nine tenths 37.45, 200 for half 37.39.
//!
//! No gain for the walk on these 45 either (as it is 117.5): a pass given up where an activity comes 0, 1, 2, 4, 8 or 16 slots
//! later than in the plan it was taken from 120.2, 119.7, 119.5, 118.6, 118.1, 117.8, though it leaves up to three times as
//! many steps; a limit a slot above the best, falling, in place of one above the last 118.7; steps on level ground by where
//! work lies, cooling too, 118.9, 117.8; tries moment by moment in a tenth or half, of which one in 10 000 is taken, 117.7 to
//! 118.0, 118.8; warmth 0, 30, 120, 240 118.1, 117.9, 117.8, 118.5; moves within a tenth, six tenths or all of the list
//! 117.8, 118.0, 117.7; no breeding 118.0. With twice and four times the budget the walk came to 30.33 and 30.29 (every
//! third instance; with 50 000 30.68).

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
const MANY: u64 = 20_000;

/// Whether breeding goes by generations: large projects gain by it where there is time.
fn by_generations(n_activities: usize, schedules: u64) -> bool {
    n_activities >= 90 && schedules >= MANY
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
