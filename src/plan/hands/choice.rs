//! Which of the plans that are found is taken.
//!
//! Comes in: a generator. Goes out: the best plan of the rules, and of a search that goes on from there. What is best says
//! a [`Priced`] generator.

use crate::model::LevellingOptions;
use crate::plan::levelling::{Budget, Found, Generator, Rule, plan_by_rule, search};

/// A generator that says what is to be made small.
pub(super) trait Priced: Generator {
    /// First the dates that a plan misses, then its length.
    fn price(&mut self, found: &Found) -> (usize, i64);
}

/// The rules that are tried, each cheap to compute.
const RULES: [Rule; 3] = [Rule::LatestFinish, Rule::LatestStart, Rule::LeastSlack];

/// The best plan of all rules.
pub(super) fn by_rules<G: Priced>(generator: &mut G) -> Found {
    let mut best = plan_by_rule(generator, RULES[0]);
    for rule in &RULES[1..] {
        let price = generator.price(&best);
        if best.proven && price.0 == 0 {
            break;
        }
        let other = plan_by_rule(generator, *rule);
        let schedules = best.schedules + other.schedules;
        if generator.price(&other) < price {
            best = other;
        }
        best.schedules = schedules;
    }
    best
}

/// The best plan of one that is known and of a search, if more schedules are wanted than have been tried.
pub(super) fn searched<G: Priced>(generator: &mut G, options: LevellingOptions, known: Found) -> Found {
    let wanted = u64::from(options.schedules);
    if known.proven || wanted <= known.schedules {
        return known;
    }
    let mut best = known;
    let budget = Budget { schedules: wanted - best.schedules, seed: options.seed };
    let found = search(generator, budget);
    let schedules = best.schedules + found.schedules;
    if generator.price(&found) < generator.price(&best) {
        best = found;
    }
    best.schedules = schedules;
    best
}
