//! Holds a plan against its problem, knowing nothing of how it was made.
//!
//! Comes in: a problem and a plan. Goes out: every broken promise. Written apart from the generators on purpose: it
//! shares no code with them, and adds up demands by sweeping over starts and finishes.

use super::{Link, Plan, Problem};

/// One promise that a plan breaks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Breach {
    /// The plan is of another number of activities.
    Length(usize),
    /// An activity does not last as long as it should.
    Duration(u32),
    /// A successor starts too early.
    Link(Link),
    /// More of a resource is held at a time than there is.
    Capacity {
        /// The resource, counted from zero.
        resource: usize,
        /// When.
        time: i64,
        /// Units held.
        held: i64,
    },
}

/// All that a plan breaks; empty for a sound one.
#[must_use]
pub fn breaches(problem: &Problem, plan: &Plan) -> Vec<Breach> {
    let n_activities = problem.activities().len();
    if plan.starts.len() != n_activities || plan.finishes.len() != n_activities {
        return vec![Breach::Length(plan.starts.len().min(plan.finishes.len()))];
    }
    let mut found = Vec::new();
    for (number, activity) in (0_u32..).zip(problem.activities()) {
        let at = number as usize;
        if plan.finishes[at] - plan.starts[at] != i64::from(activity.duration) {
            found.push(Breach::Duration(number));
        }
    }
    for &link in problem.links() {
        let ready = plan.finishes[link.predecessor as usize] + i64::from(link.lag);
        if plan.starts[link.successor as usize] < ready {
            found.push(Breach::Link(link));
        }
    }
    for (resource, &capacity) in problem.capacities().iter().enumerate() {
        let mut changes: Vec<(i64, i64)> = Vec::with_capacity(2 * n_activities);
        for (at, activity) in problem.activities().iter().enumerate() {
            let demand = i64::from(activity.demands[resource]);
            if demand > 0 && plan.starts[at] < plan.finishes[at] {
                changes.push((plan.starts[at], demand));
                changes.push((plan.finishes[at], -demand));
            }
        }
        // At one instant what is given back comes before what is taken.
        changes.sort_unstable();
        let mut held = 0;
        for (time, change) in changes {
            held += change;
            if held > i64::from(capacity) {
                found.push(Breach::Capacity { resource, time, held });
            }
        }
    }
    found
}
