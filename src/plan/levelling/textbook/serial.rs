//! Serial generation for the plain problem: each activity in turn at the first place where links and capacities allow.
//!
//! Comes in: a problem, then lists. Goes out: plans. One loop serves both directions: backwards the axis is mirrored, so
//! that "as late as possible" becomes "as early as possible" from the other end.
//!
//! What is free is kept slot by slot in packed words ([`super::lanes`]); where that does not fit 128 bits, in a lane for
//! each resource ([`super::sparse`]); where the axis is long, as a list of steps ([`super::steps`]).

use super::lanes::{Lanes, Waits, lane_width};
use super::sparse::Sparse;
use super::steps::Steps;
use super::tails::{heads, tails};
use super::{Generator, Network, Plan, Problem};

/// The most slots that are kept one by one.
const MOST_SLOTS: u32 = 1 << 20;

/// The generator of a [`Problem`].
#[derive(Clone, Debug)]
pub struct Serial<'a> {
    problem: &'a Problem,
    lower_bound: i64,
    intensities: Vec<u64>,
    tails: Vec<i64>,
    heads: Vec<i64>,
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
    Sparse(Sparse),
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
            tails: tails(problem),
            heads: heads(problem),
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
            *start = i64::from(end) - i64::from(duration);
        }
    }

    fn write_from_finish(&self, finish: i64, plan: &mut Plan) {
        let slots = plan.starts.iter_mut().zip(&mut plan.finishes);
        for ((start, own_finish), (&end, &duration)) in slots.zip(self.ends.iter().zip(&self.durations)) {
            *start = finish - i64::from(end);
            *own_finish = finish - i64::from(end) + i64::from(duration);
        }
    }

    /// A pass from one side over all but the first `n_kept`, which stay; ends count from that side. None where `go_on` said
    /// no to an activity just placed and its end.
    fn pass(
        &mut self,
        list: &[u32],
        n_kept: usize,
        side: Side,
        mut go_on: impl FnMut(u32, u32) -> bool,
    ) -> Option<u32> {
        let waits = match side {
            Side::Start => &self.waits,
            Side::Finish => &self.mirrored_waits,
        };
        let (durations, ends) = (self.durations.as_slice(), self.ends.as_mut_slice());
        match &mut self.profile {
            Profile::Narrow(lanes) => lanes.pass(list, n_kept, waits, durations, ends, go_on),
            Profile::Middle(lanes) => lanes.pass(list, n_kept, waits, durations, ends, go_on),
            Profile::Broad(lanes) => lanes.pass(list, n_kept, waits, durations, ends, go_on),
            Profile::Sparse(sparse) => sparse.pass(list, n_kept, waits, durations, ends, go_on),
            Profile::Steps(steps) => {
                steps.clear();
                let mut length = 0;
                for (place, &activity) in list.iter().enumerate() {
                    let at = activity as usize;
                    // What is kept finds its place free.
                    let ready = if place < n_kept { ends[at] - durations[at] } else { waits.ready(at, ends) };
                    let demands = &self.problem.activities()[at].demands;
                    ends[at] = steps.place(ready, durations[at], demands) + durations[at];
                    length = length.max(ends[at]);
                    if place >= n_kept && !go_on(activity, ends[at]) {
                        return None;
                    }
                }
                Some(length)
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

    fn tail(&self, activity: u32) -> i64 {
        self.tails[activity as usize]
    }

    fn head(&self, activity: u32) -> i64 {
        self.heads[activity as usize]
    }

    fn forward(&mut self, list: &[u32], plan: &mut Plan) -> i64 {
        self.forward_rest(list, 0, plan, |_, _| true).expect("a pass that nobody ends places all")
    }

    fn forward_rest(
        &mut self,
        list: &[u32],
        n_kept: usize,
        plan: &mut Plan,
        mut go_on: impl FnMut(u32, i64) -> bool,
    ) -> Option<i64> {
        for &activity in &list[..n_kept] {
            self.ends[activity as usize] = end(plan.finishes[activity as usize]);
        }
        let length = self.pass(list, n_kept, Side::Start, |activity, end| go_on(activity, i64::from(end)));
        self.write_from_start(plan);
        length.map(i64::from)
    }

    fn forward_in_step(&mut self, list: &[u32], plan: &mut Plan) -> i64 {
        let (network, waits, durations) = (self.problem.network(), &self.waits, &self.durations);
        let length = match &mut self.profile {
            Profile::Narrow(lanes) => lanes.pass_in_step(list, network, waits, durations, &mut self.ends),
            Profile::Middle(lanes) => lanes.pass_in_step(list, network, waits, durations, &mut self.ends),
            Profile::Broad(lanes) => lanes.pass_in_step(list, network, waits, durations, &mut self.ends),
            Profile::Sparse(sparse) => sparse.pass_in_step(list, network, waits, durations, &mut self.ends),
            Profile::Steps(_) => return self.forward(list, plan),
        };
        self.write_from_start(plan);
        i64::from(length)
    }

    fn backward(&mut self, list: &[u32], finish: i64, plan: &mut Plan) -> i64 {
        self.backward_rest(list, 0, finish, plan, |_, _| true).expect("a pass that nobody ends places all")
    }

    fn backward_rest(
        &mut self,
        list: &[u32],
        n_kept: usize,
        finish: i64,
        plan: &mut Plan,
        mut go_on: impl FnMut(u32, i64) -> bool,
    ) -> Option<i64> {
        for &activity in &list[..n_kept] {
            self.ends[activity as usize] = end(finish - plan.starts[activity as usize]);
        }
        let length =
            self.pass(list, n_kept, Side::Finish, |activity, end| go_on(activity, finish - i64::from(end)));
        self.write_from_finish(finish, plan);
        length.map(|length| finish - i64::from(length))
    }
}

/// An end as slots from the side of a pass; a plan of a pass has no other.
fn end(place: i64) -> u32 {
    u32::try_from(place).expect("a place of a pass lies within the horizon")
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
