//! Breeding by generations: a population that gives way to its children as a whole.
//!
//! Comes in: a search under way. Goes out: the same, up to a share of its budget spent. Each plan in turn is crossed with
//! another, both ways round, and the shorter of the two children takes its place in the next generation, longer or not: so no
//! early find drives out the others, and the population draws together slowly (after the two populations of Debels and
//! Vanhoucke 2005; crossing as in [`super::breed`]). Partners are short plans that are unlike. Once the population no longer
//! gets shorter it is all of one kind, and breeding ends.

use std::cmp::Reverse;

use super::breed::{Crossing, Manner, Member, populate};
use super::search::MANY;
use super::trials::Trials;
use super::{Generator, Settings};

/// So many schedules of the budget for each plan of the population. With 50 000 one of 380 has mostly drawn together when
/// nine tenths are spent; one of 100 has after 10 000, and finds less. A smaller budget makes better use of small ones.
fn schedules_a_member(schedules: u64) -> u64 {
    if schedules < MANY { 90 } else { 130 }
}

/// The most plans of a population, so that it fits the memory for projects of thousands.
const MOST: u64 = 500;

/// Of so many drawn at random, one becomes the other parent.
const CANDIDATES: usize = 2;

/// A large population needs little chance. Windows that lie in the busiest part alone cross the same activities time and
/// again.
const MANNER: Manner = Manner { changed: 50, busiest: 500 };

/// Breeding ends after so many generations in a row that are no shorter on average than the shortest before them.
const PATIENCE: usize = 5;

/// Breeds until so many placements are spent, the population has drawn together, or nothing shorter exists.
pub(super) fn breed<G: Generator>(trials: &mut Trials<'_, G>, settings: Settings, until: u64) {
    let schedules = trials.schedules();
    let size = (schedules / schedules_a_member(schedules)).clamp(2, MOST);
    let mut parents = populate(trials, settings, size);
    // The children of a plan begin as it does, up to their windows: each generation remembers all of its passes.
    trials.hold(2 * parents.len());
    let mut crossing = Crossing::new(trials.generator);
    let mut least = i64::MAX;
    let mut n_stale = 0;
    while n_stale < PATIENCE && parents.len() > 1 {
        let mut children = Vec::with_capacity(parents.len());
        for turn in 0..parents.len() {
            if !trials.affords(2 * trials.n_activities()) || trials.progress().0 >= until {
                return;
            }
            let partner = partner(trials, &parents, turn);
            let target = parents[turn].pushed.across();
            let mut shorter: Option<Member> = None;
            for (mother, father) in [(turn, partner), (partner, turn)] {
                crossing.bear(trials, &parents[mother], &parents[father], target, MANNER);
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

/// The shortest of the plans drawn from two or more, never the one whose turn it is; of those as short the one most unlike it.
fn partner<G: Generator>(trials: &mut Trials<'_, G>, parents: &[Member], turn: usize) -> usize {
    let mut places = vec![0; trials.n_activities()];
    for (place, &activity) in parents[turn].list.iter().enumerate() {
        places[activity as usize] = place;
    }
    let mut best = None;
    for _ in 0..CANDIDATES {
        let drawn = trials.random.index(parents.len() - 1);
        let candidate = drawn + usize::from(drawn >= turn);
        let rank = (parents[candidate].length, Reverse(unlikeness(&parents[candidate].list, &places)));
        if best.is_none_or(|(least, _)| rank < least) {
            best = Some((rank, candidate));
        }
    }
    best.map_or(turn, |(_, candidate)| candidate)
}

/// How many places further to the front or the back activities lie in a list than in another, in all; `places` are theirs in
/// the other.
fn unlikeness(list: &[u32], places: &[usize]) -> usize {
    list.iter().enumerate().map(|(place, &activity)| place.abs_diff(places[activity as usize])).sum()
}

#[cfg(test)]
mod tests {
    use super::unlikeness;

    #[test]
    fn lists_are_the_more_unlike_the_further_activities_lie_apart() {
        let places = [0, 1, 2, 3];
        let of = |list: [u32; 4]| unlikeness(&list, &places);
        assert_eq!([of([0, 1, 2, 3]), of([1, 0, 2, 3]), of([3, 0, 1, 2]), of([3, 2, 1, 0])], [0, 2, 6, 8]);
    }
}
