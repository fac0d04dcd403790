//! Levelling of a project that is counted back from its finish: the same search in a mirror.
//!
//! Comes in: the generator of a project. Goes out: plans in which each task lies as late as its links and its people allow
//! before the wanted finish, the shorter the later they begin. In the mirror time runs backward, so that the search, which
//! makes the last finish early, makes the first start late. Not here: what has to give way where such a plan would begin
//! before the status date; a forward pass over what was found sees to that ([`Calendars::settle_late`]).

use std::cmp::Reverse;

use super::choice::Priced;
use super::generator::Calendars;
use crate::plan::critical_path::{Late, Target, UNBOUNDED};
use crate::plan::levelling::{Found, Generator, Network, Plan};
use crate::plan::network::NodeKind;
use crate::quantity::Instant;

/// A generator seen in a mirror.
pub(super) struct Mirrored<'c, 'a> {
    calendars: &'c mut Calendars<'a>,
    network: Network,
    earliest: Plan,
    latest: Plan,
    finish: Instant,
    list: Vec<u32>,
}

impl<'c, 'a> Mirrored<'c, 'a> {
    /// None where the logic runs in a circle.
    pub(super) fn new(calendars: &'c mut Calendars<'a>, finish: Instant) -> Option<Self> {
        calendars.pass.delayed.clear();
        let pass = &calendars.pass;
        let n_nodes = pass.network.nodes.len();
        let number = |node: usize| u32::try_from(node).unwrap_or(u32::MAX);
        let links: Vec<(u32, u32)> =
            pass.network.edges.iter().map(|edge| (number(edge.to), number(edge.from))).collect();
        let network = Network::new(n_nodes, &links).ok()?;
        let early = pass.forward();
        let Late { resume, finish: finishes } = pass.backward(&early, Target::ProjectFinish(finish));
        let mirror = |starts: &[Instant], finishes: &[Instant]| {
            let minute = |node: usize, at: Instant| {
                let is_known = pass.network.nodes[node].kind != NodeKind::Follower && at != UNBOUNDED;
                if is_known { -at.0 } else { -finish.0 }
            };
            let mirrored =
                |at: &[Instant]| at.iter().enumerate().map(|(node, at)| minute(node, *at)).collect();
            Plan { starts: mirrored(finishes), finishes: mirrored(starts) }
        };
        let (earliest, latest) = (mirror(&resume, &finishes), mirror(&early.resume, &early.finish));
        Some(Self { calendars, network, earliest, latest, finish, list: Vec::new() })
    }

    /// The order in which the last pass of [`Generator::forward`] placed the nodes.
    pub(super) fn placed(self) -> Vec<u32> {
        self.list
    }
}

impl Priced for Mirrored<'_, '_> {
    /// On the way back dates after which a task may not start or finish are kept in any case.
    fn price(&mut self, found: &Found) -> (usize, i64) {
        (0, found.length)
    }
}

impl Generator for Mirrored<'_, '_> {
    fn network(&self) -> &Network {
        &self.network
    }

    fn earliest(&self) -> &Plan {
        &self.earliest
    }

    fn latest(&self) -> &Plan {
        &self.latest
    }

    fn intensity(&self, activity: u32) -> u64 {
        self.calendars.intensity(activity)
    }

    fn time_order_is_link_order(&self) -> bool {
        false
    }

    fn forward(&mut self, list: &[u32], plan: &mut Plan) -> i64 {
        self.list.clear();
        self.list.extend_from_slice(list);
        // Stable, and never against a link: what waits is as urgent as what is waited for.
        let urgency = &self.calendars.urgency_back;
        self.list.sort_by_key(|node| Reverse(urgency[*node as usize]));
        let first = self.calendars.backward(&self.list, self.finish.0, plan);
        turn(plan);
        -first
    }

    fn backward(&mut self, list: &[u32], finish: i64, plan: &mut Plan) -> i64 {
        let project_start = std::mem::replace(&mut self.calendars.pass.project_start, Instant(-finish));
        let end = self.calendars.forward(list, plan);
        self.calendars.pass.project_start = project_start;
        turn(plan);
        -end
    }
}

/// Turns a plan round in time.
fn turn(plan: &mut Plan) {
    std::mem::swap(&mut plan.starts, &mut plan.finishes);
    for at in plan.starts.iter_mut().chain(&mut plan.finishes) {
        *at = -*at;
    }
}
