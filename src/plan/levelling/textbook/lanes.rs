//! What is free in each slot of time, packed into one word: the inner loop of everything that levels.
//!
//! Comes in: lists. Goes out: where each activity ends. Each resource has a lane of the word just wide enough for its
//! capacity, with a guard bit above that is always set. Taking a demand away in all lanes is one subtraction, and where a
//! lane has too little its guard bit is borrowed: one `and` tells whether all resources fit.

use std::ops::{BitAnd, Sub};

use super::{Network, Problem};

/// For each activity those that must be placed before it, with the lag between.
#[derive(Clone, Debug)]
pub(super) struct Waits {
    from: Vec<u32>,
    links: Vec<(u32, u32)>,
}

impl Waits {
    /// From triples of an activity, one that it waits for, and the lag.
    pub(super) fn new(n_activities: usize, triples: impl Iterator<Item = (u32, u32, u32)>) -> Self {
        let mut lists: Vec<Vec<(u32, u32)>> = vec![Vec::new(); n_activities];
        for (owner, other, lag) in triples {
            lists[owner as usize].push((other, lag));
        }
        let mut waits = Self { from: vec![0], links: Vec::new() };
        for list in lists {
            waits.links.extend(list);
            waits.from.push(u32::try_from(waits.links.len()).expect("links are numbered with 32 bits"));
        }
        waits
    }

    /// The first moment at which the links of an activity let it start.
    #[inline]
    pub(super) fn ready(&self, activity: usize, ends: &[u32]) -> u32 {
        let links = &self.links[self.from[activity] as usize..self.from[activity + 1] as usize];
        links.iter().fold(0, |ready, &(other, lag)| ready.max(ends[other as usize] + lag))
    }
}

/// Bits of a capacity, and the guard.
pub(super) fn lane_width(capacity: u32) -> u32 {
    u32::BITS - capacity.leading_zeros() + 1
}

/// A packed profile: one word for each slot of time.
#[derive(Clone, Debug)]
pub(super) struct Lanes<W> {
    guards: W,
    full: W,
    demands: Vec<W>,
    free: Vec<W>,
    /// Scratch of the parallel pass: the place of each activity in the list, how many it still waits for, and what could
    /// start as (place, ready).
    places: Vec<u32>,
    left: Vec<u32>,
    open: Vec<(u32, u32)>,
}

impl<W: Copy + Default + PartialEq + Sub<Output = W> + BitAnd<Output = W>> Lanes<W> {
    /// All free; `narrow` cuts a word down to the width chosen by the caller.
    pub(super) fn new(problem: &Problem, narrow: impl Fn(u128) -> Option<W>) -> Self {
        let narrow = |word| narrow(word).expect("the word was chosen to hold all lanes");
        let pack = |units: &[u32]| {
            let mut shift = 0;
            units.iter().zip(problem.capacities()).fold(0_u128, |word, (&own, &capacity)| {
                let lane = u128::from(own) << shift;
                shift += lane_width(capacity);
                word | lane
            })
        };
        let mut guards = 0_u128;
        let mut shift = 0;
        for &capacity in problem.capacities() {
            shift += lane_width(capacity);
            guards |= 1 << (shift - 1);
        }
        let full = narrow(guards | pack(problem.capacities()));
        let n_activities = problem.activities().len();
        Self {
            guards: narrow(guards),
            full,
            demands: problem.activities().iter().map(|activity| narrow(pack(&activity.demands))).collect(),
            free: vec![full; problem.horizon() as usize + 1],
            places: vec![0; n_activities],
            left: vec![0; n_activities],
            open: Vec::with_capacity(n_activities),
        }
    }

    /// Serial generation: each activity of the list at its first place, but the first `n_kept`, which stay where their
    /// ends are; returns the last end. None where `go_on`, asked with each activity placed and its end, said no.
    pub(super) fn pass(
        &mut self,
        list: &[u32],
        n_kept: usize,
        waits: &Waits,
        durations: &[u32],
        ends: &mut [u32],
        mut go_on: impl FnMut(u32, u32) -> bool,
    ) -> Option<u32> {
        let guards = self.guards;
        let nothing = W::default();
        let free = self.free.as_mut_slice();
        let mut length = 0;
        let mut is_whole = true;
        for &activity in &list[..n_kept] {
            let at = activity as usize;
            for slot in &mut free[(ends[at] - durations[at]) as usize..ends[at] as usize] {
                *slot = *slot - self.demands[at];
            }
            length = length.max(ends[at]);
        }
        for &activity in &list[n_kept..] {
            let at = activity as usize;
            let duration = durations[at];
            let demand = self.demands[at];
            let mut start = waits.ready(at, ends) as usize;
            let mut end = start + duration as usize;
            if demand != nothing {
                // All slots from `start` to below `unseen` fit. The window is looked through from its end, because the
                // last conflict in it is where the next window begins.
                let mut unseen = start;
                while let Some(conflict) =
                    free[unseen..end].iter().rposition(|&slot| (slot - demand) & guards != guards)
                {
                    start = unseen + conflict + 1;
                    unseen = end;
                    end = start + duration as usize;
                }
                for slot in &mut free[start..end] {
                    *slot = *slot - demand;
                }
            }
            #[expect(
                clippy::cast_possible_truncation,
                reason = "no end lies behind the horizon, which is a u32"
            )]
            let end = end as u32;
            ends[at] = end;
            length = length.max(end);
            if !go_on(activity, end) {
                is_whole = false;
                break;
            }
        }
        free[..length as usize].fill(self.full);
        is_whole.then_some(length)
    }

    /// Parallel generation: at each moment whatever can start, in the order of the list; returns the last end.
    ///
    /// What starts now and holds something is subtracted before the next is looked at; what takes no time may set others
    /// free at the same moment, so the open ones are gone through again from the first of these.
    pub(super) fn pass_in_step(
        &mut self,
        list: &[u32],
        network: &Network,
        waits: &Waits,
        durations: &[u32],
        ends: &mut [u32],
    ) -> u32 {
        self.open.clear();
        for (place, &activity) in (0..).zip(list) {
            self.places[activity as usize] = place;
            self.left[activity as usize] = 0;
        }
        for &activity in list {
            for &next in network.successors(activity) {
                self.left[next as usize] += 1;
            }
        }
        for (place, &activity) in (0..).zip(list) {
            if self.left[activity as usize] == 0 {
                self.open.push((place, 0));
            }
        }
        let mut now = 0;
        let mut length = 0;
        while !self.open.is_empty() {
            // The next moment at which anything can change: an activity becomes ready, or a slot has other words.
            let mut next_ready = u32::MAX;
            let mut at_open = 0;
            let mut free = self.free[now as usize];
            while let Some(&(place, ready)) = self.open.get(at_open) {
                let activity = list[place as usize];
                let at = activity as usize;
                let demand = self.demands[at];
                if ready > now || (free - demand) & self.guards != self.guards {
                    next_ready = next_ready.min(ready.max(now + 1));
                    at_open += 1;
                    continue;
                }
                self.open.remove(at_open);
                let end = now + durations[at];
                for slot in &mut self.free[now as usize..end as usize] {
                    *slot = *slot - demand;
                }
                free = self.free[now as usize];
                ends[at] = end;
                length = length.max(end);
                for &next in network.successors(activity) {
                    let left = &mut self.left[next as usize];
                    *left -= 1;
                    if *left == 0 {
                        let entry = (self.places[next as usize], waits.ready(next as usize, ends));
                        let to = self.open.partition_point(|known| *known < entry);
                        self.open.insert(to, entry);
                        at_open = at_open.min(to);
                    }
                }
            }
            now = next_ready;
        }
        self.free[..length as usize].fill(self.full);
        length
    }
}
