//! The plain resource-constrained problem of textbooks, checked.
//!
//! Comes in: activities with integer durations and demands, finish-to-start links with lags, capacities. Goes out: a
//! [`Problem`] that can be solved, with its critical path and a lower bound. Not here: any decision.

use std::fmt;

use super::{Cycle, Network, Plan};

/// One activity: how long, and what it holds while it runs. It is never interrupted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Activity {
    /// Length in slots; zero for a milestone.
    pub duration: u32,
    /// Units of each resource held from start to finish, in the order of the capacities.
    pub demands: Vec<u32>,
}

/// The successor starts no earlier than the predecessor's finish plus the lag.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Link {
    /// The activity waited for.
    pub predecessor: u32,
    /// The activity that waits.
    pub successor: u32,
    /// Slots between the two; zero is the plain link.
    pub lag: u32,
}

/// Why there is no problem to solve.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ProblemError {
    /// An activity names more or fewer demands than there are capacities.
    Lengths {
        /// The activity.
        activity: u32,
        /// How many demands it has.
        demands: usize,
        /// How many capacities there are.
        capacities: usize,
    },
    /// An activity needs more of a resource than there is.
    TooFew {
        /// The activity.
        activity: u32,
        /// The resource, counted from zero.
        resource: usize,
        /// Units it needs.
        demand: u32,
        /// Units there are.
        capacity: u32,
    },
    /// A link names an activity that does not exist.
    NoSuchActivity(Link),
    /// Activities wait for each other.
    Cycle(Cycle),
    /// All durations and lags together do not fit 31 bits of slots.
    TooLong,
}

impl fmt::Display for ProblemError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Lengths { activity, demands, capacities } => {
                write!(out, "activity {activity} has {demands} demands for {capacities} capacities")
            }
            Self::TooFew { activity, resource, demand, capacity } => {
                write!(out, "activity {activity} needs {demand} of resource {resource}, there are {capacity}")
            }
            Self::NoSuchActivity(link) => {
                write!(out, "link {} to {} names an unknown activity", link.predecessor, link.successor)
            }
            Self::Cycle(cycle) => write!(out, "activities wait for each other: {:?}", cycle.activities),
            Self::TooLong => write!(out, "all durations and lags together are too long"),
        }
    }
}

impl std::error::Error for ProblemError {}

/// Activities, links and capacities that fit together: no cycle, no demand above its capacity.
#[derive(Clone, Debug)]
pub struct Problem {
    activities: Vec<Activity>,
    capacities: Vec<u32>,
    links: Vec<Link>,
    network: Network,
    horizon: u32,
    earliest: Plan,
    latest: Plan,
}

impl Problem {
    /// Puts a problem together.
    ///
    /// # Errors
    /// [`ProblemError`] names the first thing that does not fit.
    pub fn new(
        activities: Vec<Activity>,
        links: Vec<Link>,
        capacities: Vec<u32>,
    ) -> Result<Self, ProblemError> {
        for (activity, wanted) in (0..).zip(&activities) {
            if wanted.demands.len() != capacities.len() {
                return Err(ProblemError::Lengths {
                    activity,
                    demands: wanted.demands.len(),
                    capacities: capacities.len(),
                });
            }
            for (resource, (&demand, &capacity)) in wanted.demands.iter().zip(&capacities).enumerate() {
                if demand > capacity {
                    return Err(ProblemError::TooFew { activity, resource, demand, capacity });
                }
            }
        }
        let known = |activity: u32| (activity as usize) < activities.len();
        if let Some(&link) = links.iter().find(|link| !known(link.predecessor) || !known(link.successor)) {
            return Err(ProblemError::NoSuchActivity(link));
        }
        let durations = activities.iter().map(|activity| u64::from(activity.duration));
        let lags = links.iter().map(|link| u64::from(link.lag));
        let horizon = u32::try_from(durations.chain(lags).sum::<u64>())
            .ok()
            .filter(|&horizon| horizon < 1 << 31)
            .ok_or(ProblemError::TooLong)?;
        let pairs: Vec<(u32, u32)> = links.iter().map(|link| (link.predecessor, link.successor)).collect();
        let network = Network::new(activities.len(), &pairs).map_err(ProblemError::Cycle)?;
        let blank = Plan::blank(activities.len());
        let mut problem =
            Self { activities, capacities, links, network, horizon, earliest: blank.clone(), latest: blank };
        problem.pass_forward();
        problem.pass_backward();
        Ok(problem)
    }

    /// The activities, by number.
    #[must_use]
    pub fn activities(&self) -> &[Activity] {
        &self.activities
    }

    /// Units of each resource, the same at all times.
    #[must_use]
    pub fn capacities(&self) -> &[u32] {
        &self.capacities
    }

    /// The links as given.
    #[must_use]
    pub fn links(&self) -> &[Link] {
        &self.links
    }

    /// Who waits for whom.
    #[must_use]
    pub fn network(&self) -> &Network {
        &self.network
    }

    /// All durations and lags one after another: no plan worth having is longer.
    #[must_use]
    pub fn horizon(&self) -> u32 {
        self.horizon
    }

    /// Every activity as early as the links allow.
    #[must_use]
    pub fn earliest(&self) -> &Plan {
        &self.earliest
    }

    /// Every activity as late as the links allow within the critical path's length.
    #[must_use]
    pub fn latest(&self) -> &Plan {
        &self.latest
    }

    /// The length of the longest chain of durations and lags: the project's length if nothing were scarce.
    #[must_use]
    pub fn critical_path_length(&self) -> i64 {
        self.earliest.finish()
    }

    /// No plan is shorter than this: the greatest of the critical path and, for each resource and each pair of a head
    /// `h` and a tail `t`, `h + ⌈work ÷ capacity⌉ + t`, where work is duration × demand of all activities that start no
    /// earlier than `h` and have at least `t` after their finish (the energy bound; Klein and Scholl 1999).
    ///
    /// Example: three activities of 2 slots that each need 1 of 1 unit, no links: critical path 2, bound 6.
    #[must_use]
    pub fn lower_bound(&self) -> i64 {
        let length = self.critical_path_length();
        let tail = |at: usize| length - self.latest.finishes[at];
        let mut bound = length;
        for (resource, &capacity) in self.capacities.iter().enumerate() {
            let mut users: Vec<(i64, i64, i64)> = (self.activities.iter().enumerate())
                .map(|(at, activity)| {
                    let work = i64::from(activity.duration) * i64::from(activity.demands[resource]);
                    (tail(at), self.earliest.starts[at], work)
                })
                .filter(|&(_, _, work)| work > 0)
                .collect();
            users.sort_unstable_by_key(|&(tail, ..)| std::cmp::Reverse(tail));
            let mut heads: Vec<i64> = users.iter().map(|&(_, head, _)| head).collect();
            heads.sort_unstable();
            heads.dedup();
            for least in heads {
                let mut work = 0;
                for &(tail, head, own) in &users {
                    if head >= least {
                        work += own;
                        let whole = (work + i64::from(capacity) - 1) / i64::from(capacity);
                        bound = bound.max(least + whole + tail);
                    }
                }
            }
        }
        bound
    }

    fn pass_forward(&mut self) {
        let lags = self.lags_by_successor();
        for &activity in self.network.order() {
            let at = activity as usize;
            let start = (lags[at].iter())
                .map(|link| self.earliest.finishes[link.predecessor as usize] + i64::from(link.lag))
                .max()
                .unwrap_or(0);
            self.earliest.starts[at] = start;
            self.earliest.finishes[at] = start + i64::from(self.activities[at].duration);
        }
    }

    fn pass_backward(&mut self) {
        let length = self.earliest.finish();
        self.latest.finishes.fill(length);
        let lags = self.lags_by_successor();
        for &activity in self.network.order().iter().rev() {
            let at = activity as usize;
            let start = self.latest.finishes[at] - i64::from(self.activities[at].duration);
            self.latest.starts[at] = start;
            for link in &lags[at] {
                let finish = &mut self.latest.finishes[link.predecessor as usize];
                *finish = (*finish).min(start - i64::from(link.lag));
            }
        }
    }

    fn lags_by_successor(&self) -> Vec<Vec<Link>> {
        let mut lags = vec![Vec::new(); self.activities.len()];
        for &link in &self.links {
            lags[link.successor as usize].push(link);
        }
        lags
    }
}
