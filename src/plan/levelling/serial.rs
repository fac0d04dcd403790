//! Serial generation for the plain problem: each activity in turn at the first place where links and capacities allow.
//!
//! Comes in: a problem, then lists. Goes out: plans. One loop serves both directions: backwards the axis is mirrored, so
//! that "as late as possible" becomes "as early as possible" from the other end.
//!
//! What is free is kept slot by slot in packed words ([`super::lanes`]), or as a list of steps ([`super::steps`]) where
//! that does not fit 128 bits, or the axis is long.

use super::lanes::{Lanes, Waits, lane_width};
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

/// What is free, in the cheapest form that holds the problem.
#[derive(Clone, Debug)]
enum Profile {
    Narrow(Lanes<u32>),
    Middle(Lanes<u64>),
    Broad(Lanes<u128>),
    Steps(Steps),
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

    fn write_from_start(&self, plan: &mut Plan) {
        let slots = plan.starts.iter_mut().zip(&mut plan.finishes);
        for ((start, finish), (&end, &duration)) in slots.zip(self.ends.iter().zip(&self.durations)) {
            *finish = i64::from(end);
            *start = i64::from(end - duration);
        }
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
            _ => Self::Steps(Steps::new(problem.capacities())),
        }
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
        self.write_from_start(plan);
        i64::from(length)
    }

    fn forward_in_step(&mut self, list: &[u32], plan: &mut Plan) -> i64 {
        let (network, waits, durations) = (self.problem.network(), &self.waits, &self.durations);
        let length = match &mut self.profile {
            Profile::Narrow(lanes) => lanes.pass_in_step(list, network, waits, durations, &mut self.ends),
            Profile::Middle(lanes) => lanes.pass_in_step(list, network, waits, durations, &mut self.ends),
            Profile::Broad(lanes) => lanes.pass_in_step(list, network, waits, durations, &mut self.ends),
            Profile::Steps(_) => return self.forward(list, plan),
        };
        self.write_from_start(plan);
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
    let held =
        activity.demands.iter().enumerate().filter(|&(_, &demand)| demand > 0 && activity.duration > 0);
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
