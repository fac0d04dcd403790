//! Serial generation for the plain problem: each activity in turn at the first place where links and capacities allow.
//!
//! Comes in: a problem, then lists. Goes out: plans. One loop serves both directions: backwards the axis is mirrored, so
//! that "as late as possible" becomes "as early as possible" from the other end.
//!
//! What is free in a slot of time is one word: each resource has a lane just wide enough for its capacity, with a guard
//! bit above that is always set. Taking a demand away in all lanes is one subtraction, and where a lane has too little
//! its guard bit is borrowed: one `and` tells whether all resources fit. What needs more than 128 bits is kept in a lane
//! for each resource ([`super::sparse`]), a very long axis as a list of steps ([`super::steps`]).

use std::ops::{BitAnd, Sub};

use super::sparse::Sparse;
use super::steps::Steps;
use super::{Generator, Network, Plan, Problem};

/// The most slots that are kept one by one.
const MOST_SLOTS: u32 = 1 << 20;

/// The generator of a [`Problem`].
#[derive(Clone, Debug)]
pub struct Serial<'a> {
    problem: &'a Problem,
    lower_bound: i64,
    intensities: Vec<u64>,
    uses: Vec<u64>,
    durations: Vec<u32>,
    waits: Waits,
    mirrored_waits: Waits,
    ends: Vec<u32>,
    profile: Profile,
}

/// For each activity those that must be placed before it, with the lag between.
#[derive(Clone, Debug)]
struct Waits {
    from: Vec<u32>,
    links: Vec<(u32, u32)>,
}

impl Waits {
    fn new(n_activities: usize, triples: impl Iterator<Item = (u32, u32, u32)>) -> Self {
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

    #[inline]
    fn ready(&self, activity: usize, ends: &[u32]) -> u32 {
        let links = &self.links[self.from[activity] as usize..self.from[activity + 1] as usize];
        links.iter().fold(0, |ready, &(other, lag)| ready.max(ends[other as usize] + lag))
    }
}

/// What is free, in the cheapest form that holds the problem.
#[derive(Clone, Debug)]
enum Profile {
    Narrow(Lanes<u32>),
    Middle(Lanes<u64>),
    Broad(Lanes<u128>),
    Sparse(Sparse),
    Steps(Steps),
}

/// A packed profile: one word for each slot of time.
#[derive(Clone, Debug)]
struct Lanes<W> {
    guards: W,
    full: W,
    demands: Vec<W>,
    free: Vec<W>,
}

impl<'a> Serial<'a> {
    /// A generator with scratch memory of its own.
    #[must_use]
    pub fn new(problem: &'a Problem) -> Self {
        let n_activities = problem.activities().len();
        let links = problem.links();
        Self {
            problem,
            lower_bound: problem.lower_bound(),
            intensities: intensities(problem),
            uses: problem.activities().iter().map(uses).collect(),
            durations: problem.activities().iter().map(|activity| activity.duration).collect(),
            waits: Waits::new(
                n_activities,
                links.iter().map(|link| (link.successor, link.predecessor, link.lag)),
            ),
            mirrored_waits: Waits::new(
                n_activities,
                links.iter().map(|link| (link.predecessor, link.successor, link.lag)),
            ),
            ends: vec![0; n_activities],
            profile: Profile::new(problem),
        }
    }

    /// The problem it works on.
    #[must_use]
    pub fn problem(&self) -> &'a Problem {
        self.problem
    }

    fn pass(&mut self, list: &[u32], side: Side) -> u32 {
        let waits = match side {
            Side::Start => &self.waits,
            Side::Finish => &self.mirrored_waits,
        };
        let ends = self.ends.as_mut_slice();
        match &mut self.profile {
            Profile::Narrow(lanes) => lanes.pass(list, waits, &self.durations, ends),
            Profile::Middle(lanes) => lanes.pass(list, waits, &self.durations, ends),
            Profile::Broad(lanes) => lanes.pass(list, waits, &self.durations, ends),
            Profile::Sparse(sparse) => {
                sparse.clear();
                let mut length = 0;
                for &activity in list {
                    let at = activity as usize;
                    let ready = waits.ready(at, ends);
                    ends[at] = sparse.place(ready, self.durations[at], at) + self.durations[at];
                    length = length.max(ends[at]);
                }
                length
            }
            Profile::Steps(steps) => {
                steps.clear();
                let mut length = 0;
                for &activity in list {
                    let at = activity as usize;
                    let ready = waits.ready(at, ends);
                    let demands = &self.problem.activities()[at].demands;
                    ends[at] = steps.place(ready, self.durations[at], demands) + self.durations[at];
                    length = length.max(ends[at]);
                }
                length
            }
        }
    }
}

/// The end of the project at which a pass begins.
#[derive(Clone, Copy)]
enum Side {
    Start,
    Finish,
}

impl Profile {
    fn new(problem: &Problem) -> Self {
        let widths = problem.capacities().iter().map(|&capacity| lane_width(capacity));
        match widths.sum::<u32>() {
            _ if problem.horizon() > MOST_SLOTS => Self::Steps(Steps::new(problem.capacities())),
            ..=32 => Self::Narrow(Lanes::new(problem, |word| u32::try_from(word).ok())),
            33..=64 => Self::Middle(Lanes::new(problem, |word| u64::try_from(word).ok())),
            65..=128 => Self::Broad(Lanes::new(problem, Some)),
            _ => Self::Sparse(Sparse::new(problem.activities(), problem.capacities())),
        }
    }
}

/// Bits of a capacity, and the guard.
fn lane_width(capacity: u32) -> u32 {
    u32::BITS - capacity.leading_zeros() + 1
}

impl<W: Copy + Default + PartialEq + Sub<Output = W> + BitAnd<Output = W>> Lanes<W> {
    fn new(problem: &Problem, narrow: impl Fn(u128) -> Option<W>) -> Self {
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
        Self {
            guards: narrow(guards),
            full,
            demands: problem.activities().iter().map(|activity| narrow(pack(&activity.demands))).collect(),
            free: vec![full; problem.horizon() as usize + 1],
        }
    }

    fn pass(&mut self, list: &[u32], waits: &Waits, durations: &[u32], ends: &mut [u32]) -> u32 {
        let guards = self.guards;
        let nothing = W::default();
        let free = self.free.as_mut_slice();
        let mut length = 0;
        for &activity in list {
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
            #[expect(clippy::cast_possible_truncation, reason = "no end lies behind the horizon, which is a u32")]
            let end = end as u32;
            ends[at] = end;
            length = length.max(end);
        }
        free[..length as usize].fill(self.full);
        length
    }

    fn in_step(&mut self, list: &[u32], network: &Network, waits: &Waits, durations: &[u32], ends: &mut [u32]) -> u32 {
        // open: (activity, ready) in order of list
        let mut open: Vec<(u32, u32)> = list.iter().map(|&a| (a, if network.predecessors(a).is_empty() { 0 } else { u32::MAX })).collect();
        let mut left: Vec<u32> = (0..durations.len()).map(|a| network.predecessors(a as u32).len() as u32).collect();
        let mut place = vec![0_u32; durations.len()];
        for (p, &a) in list.iter().enumerate() { place[a as usize] = p as u32; }
        let mut ready = vec![u32::MAX; durations.len()];
        for (a, r) in &open { ready[*a as usize] = *r; }
        let mut now = 0_u32;
        let mut length = 0;
        let guards = self.guards;
        while !open.is_empty() {
            let free = self.free[now as usize];
            let mut free = free;
            let mut again = true;
            while again {
                again = false;
                let mut k = 0;
                while k < open.len() {
                    let at = open[k].0 as usize;
                    let demand = self.demands[at];
                    if ready[at] <= now && (free - demand) & guards == guards {
                        let end = now + durations[at];
                        for slot in &mut self.free[now as usize..end as usize] { *slot = *slot - demand; }
                        free = self.free[now as usize];
                        ends[at] = end;
                        length = length.max(end);
                        open.remove(k);
                        for &next in network.successors(at as u32) {
                            left[next as usize] -= 1;
                            if left[next as usize] == 0 { ready[next as usize] = waits.ready(next as usize, ends); if ready[next as usize] <= now { again = true; } }
                        }
                    } else { k += 1; }
                }
            }
            now += 1;
        }
        self.free[..length as usize].fill(self.full);
        length
    }
}

impl Generator for Serial<'_> {
    fn network(&self) -> &Network {
        self.problem.network()
    }

    fn earliest(&self) -> &Plan {
        self.problem.earliest()
    }

    fn latest(&self) -> &Plan {
        self.problem.latest()
    }

    fn lower_bound(&self) -> i64 {
        self.lower_bound
    }

    fn intensity(&self, activity: u32) -> u64 {
        self.intensities[activity as usize]
    }

    fn competes(&self, one: u32, other: u32) -> bool {
        self.uses[one as usize] & self.uses[other as usize] != 0
    }

    fn forward(&mut self, list: &[u32], plan: &mut Plan) -> i64 {
        let length = self.pass(list, Side::Start);
        let slots = plan.starts.iter_mut().zip(&mut plan.finishes);
        for ((start, finish), (&end, &duration)) in slots.zip(self.ends.iter().zip(&self.durations)) {
            *finish = i64::from(end);
            *start = i64::from(end - duration);
        }
        i64::from(length)
    }

    fn forward_in_step(&mut self, list: &[u32], plan: &mut Plan) -> i64 {
        let length = match &mut self.profile {
            Profile::Narrow(lanes) => lanes.in_step(list, self.problem.network(), &self.waits, &self.durations, &mut self.ends),
            Profile::Middle(lanes) => lanes.in_step(list, self.problem.network(), &self.waits, &self.durations, &mut self.ends),
            Profile::Broad(lanes) => lanes.in_step(list, self.problem.network(), &self.waits, &self.durations, &mut self.ends),
            Profile::Sparse(_) | Profile::Steps(_) => return self.forward(list, plan),
        };
        let slots = plan.starts.iter_mut().zip(&mut plan.finishes);
        for ((start, finish), (&end, &duration)) in slots.zip(self.ends.iter().zip(&self.durations)) {
            *finish = i64::from(end);
            *start = i64::from(end - duration);
        }
        i64::from(length)
    }

    fn backward(&mut self, list: &[u32], finish: i64, plan: &mut Plan) -> i64 {
        let length = self.pass(list, Side::Finish);
        let slots = plan.starts.iter_mut().zip(&mut plan.finishes);
        for ((own_start, own_finish), (&end, &duration)) in slots.zip(self.ends.iter().zip(&self.durations)) {
            *own_start = finish - i64::from(end);
            *own_finish = finish - i64::from(end - duration);
        }
        finish - i64::from(length)
    }
}

/// One bit for each resource that an activity holds; beyond 64 resources several share a bit.
fn uses(activity: &super::Activity) -> u64 {
    let held = activity.demands.iter().enumerate().filter(|&(_, &demand)| demand > 0 && activity.duration > 0);
    held.fold(0, |bits, (resource, _)| bits | 1 << (resource % 64))
}

/// Demand ÷ capacity, summed over resources weighted by how much of each the whole work asks for, in thousandths.
fn intensities(problem: &Problem) -> Vec<u64> {
    let length = u64::try_from(problem.critical_path_length().max(1)).expect("a length is not negative");
    let weights: Vec<u64> = (problem.capacities().iter().enumerate())
        .map(|(resource, &capacity)| {
            let work = |activity: &super::Activity| {
                u64::from(activity.duration) * u64::from(activity.demands[resource])
            };
            let total: u64 = problem.activities().iter().map(work).sum();
            (1000 * total / (u64::from(capacity).max(1) * length)).min(10_000)
        })
        .collect();
    (problem.activities().iter())
        .map(|activity| {
            (activity.demands.iter().zip(problem.capacities()).zip(&weights))
                .map(|((&demand, &capacity), &weight)| {
                    u64::from(demand) * weight / u64::from(capacity).max(1)
                })
                .sum()
        })
        .collect()
}
