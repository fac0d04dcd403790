//! The way back: each node in turn as late as its links and its people allow before a finish.
//!
//! Comes in: a list of nodes, successors first. Goes out: late dates. Where dates are counted from the start only their order
//! counts; where they are counted back from the finish, a forward pass keeps each node there.

use super::Calendars;
use crate::plan::critical_path::{Target, UNBOUNDED};
use crate::plan::levelling::{Plan, list_by_rule};
use crate::plan::network::NodeKind;
use crate::plan::standing::Standing;
use crate::quantity::Instant;

/// Before this nothing is looked for: the year 1600.
const FAR_BACK: Instant = Instant(-194_500_000);

impl Calendars<'_> {
    /// Takes over the late dates of the last backward pass, which placed the nodes in this order: from now on a forward pass
    /// keeps each node there, unless the status date or a date of its own pushes it behind. Gives a list for such a pass.
    pub(in crate::plan::hands) fn settle_late(&mut self, placed: &[u32]) -> Vec<u32> {
        for (place, node) in (1..).zip(placed) {
            let is_settled = self.is_settled_back[*node as usize];
            self.placing_back[*node as usize] = if is_settled { 0 } else { place };
        }
        let nodes = &self.pass.network.nodes;
        let late = |node: usize| {
            let is_open = matches!(self.pass.standings[node], Standing::Open { .. });
            let is_delayed = is_open && nodes[node].kind.is_placed() && self.late.resume[node] != UNBOUNDED;
            is_delayed.then_some(self.late.resume[node])
        };
        self.pass.delayed = (0..nodes.len()).map(late).collect();
        if let Some(first) = self.pass.delayed.iter().flatten().min() {
            self.pass.project_start = *first;
        }
        self.late_pieces = std::mem::replace(&mut self.pieces, vec![Vec::new(); nodes.len()]);
        for node in self.pass.network.order.clone() {
            if self.is_settled[node] {
                self.pass.place(node, &mut self.early);
            }
        }
        self.base = self.booked_beside(|generator, node| generator.is_settled[node]);
        self.has_urgencies = false;
        let keys: Vec<i64> = self.late.resume.iter().map(|at| at.0).collect();
        list_by_rule(&self.network, &keys)
    }

    /// Places all by a list as late as they can before a finish; returns the first start.
    pub(super) fn pass_backward(&mut self, list: &[u32], finish: i64, plan: &mut Plan) -> i64 {
        self.start_over_backward();
        self.late.resume.fill(UNBOUNDED);
        self.late.finish.fill(UNBOUNDED);
        let mut first = finish;
        for node in list {
            let node = *node as usize;
            if self.pass.network.nodes[node].kind == NodeKind::Follower {
                (plan.starts[node], plan.finishes[node]) = (finish, finish);
                continue;
            }
            if self.is_settled_back[node] {
                self.late.resume[node] = self.settled.resume[node];
                self.late.finish[node] = self.settled.finish[node];
            } else {
                self.place_backward(node, Instant(finish));
            }
            let or_end = |at: Instant| if at == UNBOUNDED { finish } else { at.0 };
            first = first.min(or_end(self.late.resume[node]));
            let ends = self.ends_in_lists(node, (self.late.resume[node], self.late.finish[node]));
            plan.starts[node] = or_end(ends.0);
            plan.finishes[node] = or_end(ends.1);
        }
        first
    }

    fn place_backward(&mut self, node: usize, finish: Instant) {
        self.pass.place_late(node, &self.early, Target::ProjectFinish(finish), &mut self.late);
        self.late_logic[node] = self.late.finish[node];
        if self.pass.network.nodes[node].kind == NodeKind::Work && self.late.resume[node] != UNBOUNDED {
            // The latest end of several people may be that of one who is done before the others.
            let needs = self.pass.standings[node].needs();
            self.late_logic[node] = self.pass.network.end(node, self.late.resume[node], needs);
        }
        self.late_shortages[node] = None;
        self.pieces[node].clear();
        if self.supply.parts[node].is_empty() || self.late.finish[node] == UNBOUNDED {
            return;
        }
        // Far before the project nothing is gained any more where only the order counts.
        let far = if self.counts_back { FAR_BACK } else { Instant(2 * self.pass.project_start.0 - finish.0) };
        if let Some(least) = self.least_piece[node] {
            self.cut_backward(node, least, far);
            self.book_pieces(node);
            return;
        }
        if let Some(part) = self.only_part(node) {
            self.book_backward_on_axis(node, part, far);
            return;
        }
        let needs = self.pass.standings[node].needs();
        let mut at = self.late.finish[node];
        let mut from = self.pass.network.begin_for(node, at, needs);
        // Where somebody never suffices it stays where it would be if they did.
        if self.may_wait[node]
            && let Some(fit) = self.last_fit(node, (at, needs), far)
        {
            (from, at, self.late_shortages[node]) = fit;
        }
        self.late.finish[node] = at;
        self.late.resume[node] = from;
        for place in 0..self.supply.parts[node].len() {
            let part = self.supply.parts[node][place];
            let from = self.late.resume[node];
            let window = (from, self.end_of(node, part, from, needs));
            self.supply.stretches(&self.pass.network, part, window, &mut self.stretches);
            for (from, to) in &self.stretches {
                self.profiles[part.resource].take(*from, *to, part.demand);
            }
        }
    }

    fn start_over_backward(&mut self) {
        for (profile, base) in self.profiles.iter_mut().zip(&self.base_back) {
            profile.copy_from(base);
        }
    }
}
