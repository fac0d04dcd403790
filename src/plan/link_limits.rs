//! How far a link lets the task before it slip: the backward side of the table in `critical_path`.
//!
//! Comes in: a link and how late its successor may be. Goes out: how late the end that it ties may be.

use crate::model::{LinkKind, WorkingTime};
use crate::plan::critical_path::{Early, Pass, UNBOUNDED};
use crate::plan::network::{CLOCK, Edge, Network, NodeKind};
use crate::plan::standing::Standing;
use crate::quantity::Instant;

impl Network {
    /// What the floats of a node are counted in: its calendar, the clock where its length runs by it.
    pub(super) fn measure(&self, node: usize) -> &WorkingTime {
        &self.times[if self.nodes[node].elapsed { CLOCK } else { self.nodes[node].calendar }]
    }
}

impl Pass<'_> {
    /// The latest instant to which a link lets the tied end of its predecessor slip, when the successor resumes
    /// and finishes at the given instants: late dates give total float, early ones free float.
    pub(super) fn limit(&self, edge: &Edge, early: &Early, successor: (Instant, Instant)) -> Instant {
        let end = if edge.enters_finish() { successor.1 } else { successor.0 };
        if end == UNBOUNDED {
            return UNBOUNDED;
        }
        match self.network.nodes[edge.to].kind {
            NodeKind::Latest | NodeKind::Follower => end,
            // Only the task that begins first holds the start of its summary.
            NodeKind::Earliest if early.start[edge.from] == early.start[edge.to] => end,
            NodeKind::Earliest => UNBOUNDED,
            NodeKind::Point if edge.lag == 0 => end,
            NodeKind::Point if edge.elapsed => self.latest_point(edge.to, end).plus(-edge.lag),
            NodeKind::Point => self.without_lag(edge, end),
            // The place at the end of a Friday is the same to the successor as Monday morning.
            NodeKind::Work => {
                let limit = self.without_lag(edge, self.network.begin(edge.to, end));
                if self.leads_beyond(edge, limit, end) {
                    self.network.calendar(edge.to).add_to_start(limit, -1)
                } else {
                    limit
                }
            }
        }
    }

    /// Says whether a lead goes from an instant to a later place than it came from: to the morning, where the night before it, of the
    /// same working time, is not the same to work that runs by the clock.
    fn leads_beyond(&self, edge: &Edge, from: Instant, end: Instant) -> bool {
        let is_lead = edge.lag < 0 && !edge.elapsed && !self.is_microsofts();
        is_lead && self.network.nodes[edge.to].elapsed && self.with_lag(edge, from) > end
    }

    /// The latest finish that Microsoft Project leaves to the work before a link. From the start of a successor it goes
    /// to the next working minute of the predecessor before it takes the lag away; to the finish of an SF successor it
    /// adds the length of the predecessor first. On one calendar both come to the same as [`Pass::limit`].
    pub(super) fn microsofts_limit(
        &self,
        edge: &Edge,
        early: &Early,
        successor: (Instant, Instant),
    ) -> Instant {
        let limit = self.limit(edge, early, successor);
        if limit == UNBOUNDED
            || (edge.leaves_start() && !matches!(self.standings[edge.from], Standing::Open { .. }))
        {
            return UNBOUNDED;
        }
        let needs = self.standings[edge.from].needs();
        let is_tied_to_task = self.network.nodes[edge.to].kind.is_placed();
        match edge.kind {
            LinkKind::FinishFinish if is_tied_to_task => self.without_lag(edge, successor.1),
            LinkKind::FinishStart | LinkKind::FinishFinish => limit,
            LinkKind::StartStart if is_tied_to_task => {
                let start = self.network.calendar(edge.from).next_working(successor.0);
                self.network.end(edge.from, self.without_lag(edge, start), needs)
            }
            LinkKind::StartFinish if is_tied_to_task => {
                self.without_lag(edge, self.network.end(edge.from, successor.1, needs))
            }
            LinkKind::StartStart | LinkKind::StartFinish => self.network.end(edge.from, limit, needs),
        }
    }

    /// Takes the lag of a link away, along the successor's calendar or by the clock.
    fn without_lag(&self, edge: &Edge, from: Instant) -> Instant {
        match (edge.lag, edge.elapsed) {
            (0, _) => from,
            (lag, true) => from.plus(-lag),
            // Along a lead one comes to the end of a working period, along a lag to the beginning.
            (lag, false) if lag < 0 && self.is_microsofts() => {
                self.network.calendar(edge.to).add_to_finish(from, -lag)
            }
            (lag, false) => self.network.calendar(edge.to).add_to_start(from, -lag),
        }
    }
}
