//! Which activity comes first when several could.
//!
//! Comes in: a generator's network and its plans without shortage. Goes out: lists, by a rule or drawn at random with a
//! leaning towards it.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use super::{Generator, Network, Random};

/// A rule of priority. Names and definitions: Kolisch and Hartmann, "Heuristic algorithms for the resource-constrained
/// project scheduling problem" (1999).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rule {
    /// Latest finish first: the least latest finish of the critical-path calculation. Also the longest tail behind.
    LatestFinish,
    /// The least latest start: the longest tail, the activity itself included.
    LatestStart,
    /// The least room between earliest and latest start.
    LeastSlack,
    /// Most total successors: direct and indirect.
    MostSuccessors,
    /// Greatest rank positional weight: the own duration and those of all direct successors.
    GreatestWeight,
    /// The greatest work still to come: duration × intensity of the activity and all its direct and indirect successors.
    MostWork,
}

impl Rule {
    /// All rules, the default first.
    pub const ALL: [Self; 6] = [
        Self::LatestFinish,
        Self::LatestStart,
        Self::LeastSlack,
        Self::MostSuccessors,
        Self::GreatestWeight,
        Self::MostWork,
    ];

    /// A key for each activity: the smaller comes first.
    #[must_use]
    pub fn keys<G: Generator>(self, generator: &G) -> Vec<i64> {
        let (earliest, latest) = (generator.earliest(), generator.latest());
        let network = generator.network();
        let duration = |activity: u32| {
            let at = activity as usize;
            earliest.finishes[at] - earliest.starts[at]
        };
        match self {
            Self::LatestFinish => latest.finishes.clone(),
            Self::LatestStart => latest.starts.clone(),
            Self::LeastSlack => {
                latest.starts.iter().zip(&earliest.starts).map(|(late, early)| late - early).collect()
            }
            Self::MostSuccessors => sums_behind(network, |_| -1),
            Self::GreatestWeight => (0..)
                .take(network.n_activities())
                .map(|activity| {
                    -duration(activity)
                        - network.successors(activity).iter().map(|&next| duration(next)).sum::<i64>()
                })
                .collect(),
            Self::MostWork => sums_behind(network, |activity| {
                let intensity = i64::try_from(generator.intensity(activity)).unwrap_or(i64::MAX);
                -duration(activity).saturating_mul(intensity)
            }),
        }
    }
}

/// For each activity the sum over itself and all that directly or indirectly wait for it, each counted once.
fn sums_behind(network: &Network, own: impl Fn(u32) -> i64) -> Vec<i64> {
    let n_activities = network.n_activities();
    let mut seen_by = vec![u32::MAX; n_activities];
    let mut open = Vec::new();
    (0..)
        .take(n_activities)
        .map(|activity| {
            let mut sum = 0_i64;
            open.push(activity);
            seen_by[activity as usize] = activity;
            while let Some(next) = open.pop() {
                sum = sum.saturating_add(own(next));
                for &successor in network.successors(next) {
                    if seen_by[successor as usize] != activity {
                        seen_by[successor as usize] = activity;
                        open.push(successor);
                    }
                }
            }
            sum
        })
        .collect()
}

/// A list by keys: of the activities whose predecessors are all listed, always the one with the least key next; of equal
/// ones the first in number.
#[must_use]
pub fn list_by_rule(network: &Network, keys: &[i64]) -> Vec<u32> {
    let mut waits = waits(network);
    let mut ready: BinaryHeap<Reverse<(i64, u32)>> = (network.order().iter())
        .filter(|&&activity| waits[activity as usize] == 0)
        .map(|&activity| Reverse((keys[activity as usize], activity)))
        .collect();
    let mut list = Vec::with_capacity(keys.len());
    while let Some(Reverse((_, activity))) = ready.pop() {
        list.push(activity);
        for &next in network.successors(activity) {
            waits[next as usize] -= 1;
            if waits[next as usize] == 0 {
                ready.push(Reverse((keys[next as usize], next)));
            }
        }
    }
    list
}

/// The most activities that a place in a sampled list is drawn among.
pub const MOST_DRAWN: usize = 64;

/// A list drawn at random: of the activities that could come next, each is taken with a probability proportional to
/// (1 + regret) to the power of `leaning`, regret being how much worse the worst of them is (Drexl 1991). Leaning zero is
/// pure chance, large ones approach [`list_by_rule`]. Where more than [`MOST_DRAWN`] could come next, only those with the
/// least keys are drawn from, so that a list of thousands costs no more than its length.
#[must_use]
pub fn sampled_list(network: &Network, keys: &[i64], leaning: u32, random: &mut Random) -> Vec<u32> {
    let mut waits = waits(network);
    let mut ready: Vec<u32> = Vec::with_capacity(MOST_DRAWN);
    // Those that could come next but stand back; none has a smaller key than one of the ready.
    let mut behind: BinaryHeap<Reverse<(i64, u32)>> = BinaryHeap::new();
    let admit = |activity: u32, ready: &mut Vec<u32>, behind: &mut BinaryHeap<Reverse<(i64, u32)>>| {
        let key = |activity: u32| keys[activity as usize];
        let mut last = activity;
        if ready.len() < MOST_DRAWN {
            ready.push(activity);
            return;
        }
        if let Some(worst) =
            ready.iter_mut().max_by_key(|other| key(**other)).filter(|worst| key(**worst) > key(activity))
        {
            std::mem::swap(worst, &mut last);
        }
        behind.push(Reverse((key(last), last)));
    };
    for &activity in network.order().iter().filter(|&&activity| waits[activity as usize] == 0) {
        admit(activity, &mut ready, &mut behind);
    }
    let mut list = Vec::with_capacity(keys.len());
    let mut shares: Vec<u64> = Vec::new();
    while !ready.is_empty() {
        let worst = ready.iter().map(|&activity| keys[activity as usize]).max().unwrap_or(0);
        let best = ready.iter().map(|&activity| keys[activity as usize]).min().unwrap_or(0);
        // Regrets are cut to ten bits, so that powers of up to four and their sums fit.
        let shift = (i64::BITS - (worst - best).leading_zeros()).saturating_sub(10);
        shares.clear();
        shares.extend(ready.iter().map(|&activity| {
            let regret = (worst - keys[activity as usize]) >> shift;
            u64::try_from(1 + regret).unwrap_or(1).saturating_pow(leaning.min(4))
        }));
        let mut drawn = random.below(shares.iter().sum());
        let mut place = 0;
        while drawn >= shares[place] {
            drawn -= shares[place];
            place += 1;
        }
        let activity = ready.swap_remove(place);
        list.push(activity);
        for &next in network.successors(activity) {
            waits[next as usize] -= 1;
            if waits[next as usize] == 0 {
                admit(next, &mut ready, &mut behind);
            }
        }
        if ready.len() < MOST_DRAWN {
            ready.extend(behind.pop().map(|Reverse((_, next))| next));
        }
    }
    list
}

fn waits(network: &Network) -> Vec<u32> {
    let mut waits = vec![0; network.n_activities()];
    for &activity in network.order() {
        for &next in network.successors(activity) {
            waits[next as usize] += 1;
        }
    }
    waits
}

#[cfg(test)]
mod tests {
    use super::*;

    /// 300 activities, each of the second half behind one of the first: more than can be drawn among.
    #[test]
    fn samples_of_many_hold_each_once_and_begin_among_the_least() {
        let links: Vec<(u32, u32)> = (0..150).map(|first| (first, first + 150)).collect();
        let network = Network::new(300, &links).unwrap();
        let keys: Vec<i64> = (0..300).map(|activity| 1_000 - activity).collect();
        for seed in 0..20 {
            let list = sampled_list(&network, &keys, 0, &mut Random::new(seed));
            // Of the 150 that wait for nothing, the last 64 have the least keys.
            assert!((86..150).contains(&list[0]), "{}", list[0]);
            let place = |activity: u32| list.iter().position(|other| *other == activity).unwrap();
            assert!(links.iter().all(|&(first, second)| place(first) < place(second)));
            let mut sorted = list.clone();
            sorted.sort_unstable();
            assert_eq!(sorted, (0..300).collect::<Vec<u32>>());
        }
    }
}
