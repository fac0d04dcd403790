//! What is free, resource by resource: for many resources of which each activity holds few.
//!
//! Comes in: lists. Goes out: where each activity ends. A lane of slots for each resource is as
//! long as what it was last used for, so that a project with hundreds of people costs what its tasks touch, not
//! people × time. Not here: an axis too long to keep slot by slot ([`super::steps`]).

use std::collections::{BTreeMap, BTreeSet};

use super::lanes::Waits;
use super::{Activity, Network};

/// Units taken in each slot of each resource, and what each activity needs.
#[derive(Clone, Debug)]
pub(super) struct Sparse {
    capacities: Vec<u32>,
    /// By resource; slots behind the end of a lane are free.
    taken: Vec<Vec<u32>>,
    /// For each activity where its needs begin in `needs`; one more for the end.
    from: Vec<usize>,
    /// Resource and units, for all activities one after another.
    needs: Vec<(u32, u32)>,
}

impl Sparse {
    /// Everything free for ever.
    pub(super) fn new(activities: &[Activity], capacities: &[u32]) -> Self {
        let mut needs = Vec::new();
        let mut from = vec![0];
        for activity in activities {
            needs.extend((0..).zip(activity.demands.iter().copied()).filter(|&(_, units)| units > 0));
            from.push(needs.len());
        }
        Self { capacities: capacities.to_vec(), taken: vec![Vec::new(); capacities.len()], from, needs }
    }

    /// Serial generation: the first `n_kept` of the list stay where they are, each of the rest goes to its first place;
    /// returns the last end, none where `go_on` said no.
    pub(super) fn pass(
        &mut self,
        list: &[u32],
        n_kept: usize,
        waits: &Waits,
        durations: &[u32],
        ends: &mut [u32],
        mut go_on: impl FnMut(u32, u32) -> bool,
    ) -> Option<u32> {
        self.clear();
        let mut length = 0;
        for (place, &activity) in list.iter().enumerate() {
            let at = activity as usize;
            // What is kept finds its place free.
            let ready = if place < n_kept { ends[at] - durations[at] } else { waits.ready(at, ends) };
            ends[at] = self.place(ready, durations[at], at) + durations[at];
            length = length.max(ends[at]);
            if place >= n_kept && !go_on(activity, ends[at]) {
                return None;
            }
        }
        Some(length)
    }

    /// Parallel generation: at each moment whatever can start, in the order of the list; returns the last end.
    ///
    /// What has started never gives back before it ends, so that what fits in the slot of the moment fits to its end.
    pub(super) fn pass_in_step(
        &mut self,
        list: &[u32],
        network: &Network,
        waits: &Waits,
        durations: &[u32],
        ends: &mut [u32],
    ) -> u32 {
        self.clear();
        let mut places = vec![0_u32; list.len()];
        let mut left: Vec<u32> = vec![0; list.len()];
        for (place, &activity) in (0..).zip(list) {
            places[activity as usize] = place;
            network.successors(activity).iter().for_each(|&next| left[next as usize] += 1);
        }
        // What could start, by place in the list; what will become free, and when.
        let mut open: BTreeSet<u32> = BTreeSet::new();
        let mut coming: BTreeMap<u32, Vec<u32>> = BTreeMap::new();
        let free = (0..).zip(list).filter(|&(_, &activity)| left[activity as usize] == 0);
        coming.insert(0, free.map(|(place, _)| place).collect());
        let mut length = 0;
        while let Some((now, places_now)) = coming.pop_first() {
            open.extend(places_now);
            let mut from = 0;
            while let Some(&place) = open.range(from..).next() {
                from = place + 1;
                let activity = list[place as usize];
                let at = activity as usize;
                if durations[at] > 0 && !self.fits(at, now as usize) {
                    continue;
                }
                open.remove(&place);
                ends[at] = self.place(now, durations[at], at) + durations[at];
                length = length.max(ends[at]);
                // A moment at which hands become free.
                coming.entry(ends[at]).or_default();
                for &next in network.successors(activity) {
                    let open_links = &mut left[next as usize];
                    *open_links -= 1;
                    if *open_links == 0 {
                        coming
                            .entry(waits.ready(next as usize, ends))
                            .or_default()
                            .push(places[next as usize]);
                    }
                }
            }
        }
        length
    }

    fn fits(&self, activity: usize, slot: usize) -> bool {
        self.last_conflict(&self.needs[self.from[activity]..self.from[activity + 1]], slot, slot + 1)
            .is_none()
    }

    /// Gives everything back.
    fn clear(&mut self) {
        self.taken.iter_mut().for_each(Vec::clear);
    }

    /// Takes what an activity needs for `duration` slots at the first start from `ready` on; returns that start.
    fn place(&mut self, ready: u32, duration: u32, activity: usize) -> u32 {
        let needs = &self.needs[self.from[activity]..self.from[activity + 1]];
        if duration == 0 {
            return ready;
        }
        let mut start = ready as usize;
        let mut end = start + duration as usize;
        // All slots from `start` to below `unseen` fit; the last conflict behind them is where the next window begins.
        let mut unseen = start;
        while let Some(conflict) = self.last_conflict(needs, unseen, end) {
            start = conflict + 1;
            unseen = end;
            end = start + duration as usize;
        }
        for &(resource, units) in needs {
            let lane = &mut self.taken[resource as usize];
            if lane.len() < end {
                lane.resize(end, 0);
            }
            lane[start..end].iter_mut().for_each(|taken| *taken += units);
        }
        u32::try_from(start).expect("no start lies behind the horizon, which is a u32")
    }

    fn last_conflict(&self, needs: &[(u32, u32)], from: usize, to: usize) -> Option<usize> {
        let of_one = |&(resource, units): &(u32, u32)| {
            let lane = &self.taken[resource as usize];
            let most = self.capacities[resource as usize] - units;
            let window = lane.get(from..to.min(lane.len()))?;
            window.iter().rposition(|&taken| taken > most).map(|place| from + place)
        };
        needs.iter().filter_map(of_one).max()
    }
}

#[cfg(test)]
mod tests {
    use super::super::steps::Steps;
    use super::*;

    /// The same demands placed one after another lie at the same starts as in a list of steps.
    #[test]
    fn lanes_and_steps_agree() {
        let capacities = [1, 2, 1];
        let mut state = 7_u32;
        let mut draw = |below: u32| {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (state >> 16) % below
        };
        let activities: Vec<Activity> = (0..200)
            .map(|_| Activity { duration: draw(6), demands: vec![draw(2), draw(3), draw(2)] })
            .collect();
        let mut sparse = Sparse::new(&activities, &capacities);
        let mut steps = Steps::new(&capacities);
        for _ in 0..2 {
            for (place, activity) in activities.iter().enumerate() {
                let ready = draw(300);
                let expected = steps.place(ready, activity.duration, &activity.demands);
                assert_eq!(sparse.place(ready, activity.duration, place), expected, "activity {place}");
            }
            sparse.clear();
            steps.clear();
        }
    }
}
