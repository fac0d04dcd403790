//! Breeding by generations: a large population that gives way to its children as a whole.
//!
//! Comes in: a search under way. Goes out: the same, up to a share of its budget spent. Each plan in turn is crossed with
//! another, both ways round, and the shorter of the two children takes its place in the next generation, longer or not: so no
//! early find drives out the others, and the population draws together slowly (after the two populations of Debels and
//! Vanhoucke 2005; crossing as in [`super::breed`]). Once it no longer gets shorter it is all of one kind, and breeding ends.

use super::breed::{Crossing, Member, partner, populate};
use super::trials::Trials;
use super::{Generator, Settings};

/// So many schedules of the budget for each plan of the population: with 50 000 one of 380 has mostly drawn together when
/// nine tenths are spent; one of 100 has after 10 000, and finds less.
const SCHEDULES_A_MEMBER: u64 = 130;

/// The most plans of a population, so that it fits the memory for projects of thousands.
const MOST: u64 = 500;

/// Of so many drawn at random, the shortest becomes the other parent.
const CANDIDATES: usize = 2;

/// How often, out of a thousand, a child is changed by chance besides.
const CHANGED: u64 = 50;

/// Breeding ends after so many generations in a row that are no shorter on average than the shortest before them.
const PATIENCE: usize = 5;

/// Breeds until so many placements are spent, the population has drawn together, or nothing shorter exists.
pub(super) fn breed<G: Generator>(trials: &mut Trials<'_, G>, settings: Settings, until: u64) {
    let size = (trials.schedules() / SCHEDULES_A_MEMBER).clamp(2, MOST);
    let mut parents = populate(trials, settings, size);
    let mut crossing = Crossing::new(trials.generator);
    let mut least = i64::MAX;
    let mut n_stale = 0;
    while n_stale < PATIENCE && parents.len() > 1 {
        let mut children = Vec::with_capacity(parents.len());
        for turn in 0..parents.len() {
            if !trials.affords(2 * trials.n_activities()) || trials.progress().0 >= until {
                return;
            }
            let partner = partner(trials, &parents, turn, CANDIDATES);
            let target = parents[turn].pushed.across();
            let mut shorter: Option<Member> = None;
            for (mother, father) in [(turn, partner), (partner, turn)] {
                crossing.bear(trials, &parents[mother], &parents[father], target, CHANGED);
                let limit = shorter.as_ref().map_or(i64::MAX, |child| child.length - 1);
                if let Some(length) = trials.generate(target, limit) {
                    shorter = Some(Member::of(trials, length, target));
                }
            }
            children.extend(shorter);
        }
        let sum = children.iter().map(|child| child.length).fold(0, i64::saturating_add);
        n_stale = if sum < least { 0 } else { n_stale + 1 };
        least = least.min(sum);
        parents = children;
    }
}
