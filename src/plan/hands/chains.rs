//! Who hands whom over: the order of work of each person and role in a levelled plan, as edges between tasks.
//!
//! Comes in: the bookings of a levelled plan. Goes out: for each task the tasks that free the heads it uses, and how late
//! it may be where no edge can say so. As long as
//! these edges are kept, no slip overbooks anybody, so floats and the longest path of the levelled plan follow them
//! (a partial-order schedule by chaining; Policella, Oddi, Smith, Cesta 2004).

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use super::Hand;
use super::generator::{Booked, Calendars};
use super::handing::{Handing, Stretch, handed_over};
use crate::model::{LinkKind, TaskNo};
use crate::plan::Driver;
use crate::plan::critical_path::{Early, Pass};
use crate::plan::levelling::{Network as Links, list_by_rule};
use crate::plan::network::{Edge, NodeKind, task_of};
use crate::quantity::Instant;

/// The order of work of a levelled plan.
#[derive(Clone, Debug, Default)]
pub(super) struct Chains {
    /// The edges of all chains, sorted by the node they lead to, the one that is waited for first.
    pub(super) edges: Vec<Edge>,
    /// When a node goes on at the latest so that its people are free for what takes them over, where no edge can say so:
    /// what takes them over has begun before, or begins before all of the node is done. By node.
    pub(super) latest: Vec<Option<Instant>>,
    /// Nodes with all before them that they wait for by links and edges, otherwise in order of time.
    pub(super) order: Vec<usize>,
}

/// Reads the chains off the bookings of the last recorded pass. `pass` is the levelled one, in which each part of an
/// interrupted task is a node, `early` its dates.
pub(super) fn chains(generator: &Calendars<'_>, pass: &Pass<'_>, early: &Early) -> Chains {
    let Some(mut logic) = Logic::of(pass, early) else { return Chains::default() };
    let network = &pass.network;
    let needs = |node: usize| pass.standings[node].needs();
    let mut edges = Vec::new();
    let mut latest: Vec<Option<Instant>> = vec![None; network.nodes.len()];
    for (resource, bookings) in generator.booked.iter().enumerate() {
        let of_resource = &generator.supply.resources[resource];
        let node_of = |booked: &Booked| match booked.piece.checked_sub(1) {
            Some(place) => pass.more_parts(booked.node).start + place,
            None => booked.node,
        };
        let mut is_free_until = |node: usize, until: Instant| {
            let task = pass.whole_of(node);
            let parts = generator.supply.parts[task].iter().filter(|part| part.resource == resource);
            let begins = parts.map(|part| generator.begin_of(task, *part, until, needs(node)));
            latest[node] =
                latest[node].into_iter().chain(begins.map(|begin| begin.max(early.resume[node]))).min();
        };
        let stretch = |booked: &Booked| Stretch {
            node: node_of(booked),
            from: booked.from,
            to: booked.to,
            demand: booked.demand,
        };
        let stretches = bookings.iter().map(stretch).collect();
        for Handing { from, to, minute } in handed_over(stretches, |at| of_resource.free.free_at(at)) {
            // One part of a task follows the other in any case.
            if !generator.may_follow(pass.whole_of(to)) || pass.whole_of(from) == pass.whole_of(to) {
                continue;
            }
            // Who takes part in a task of several may be free before it ends.
            if early.finish[from] <= early.resume[to] {
                edges.push(edge(from, to, (of_resource.hand, task_of(pass.whole_of(from)))));
            } else {
                is_free_until(from, of_resource.axis.start_at(minute));
            }
        }
    }
    // Links follow the order of time, so edges that do as well never close a circle.
    edges.sort_by_key(|edge| logic.place[edge.from] > logic.place[edge.to]);
    edges.retain(|edge| {
        let is_kept = logic.add(edge);
        if !is_kept {
            let resume = network.begin_for(edge.from, early.resume[edge.to], needs(edge.from));
            let resume = resume.max(early.resume[edge.from]);
            latest[edge.from] = latest[edge.from].into_iter().chain([resume]).min();
        }
        is_kept
    });
    edges.sort_by_key(|edge| (edge.to, pass.levelled.awaited(edge.to) != Some(edge.from), edge.from));
    edges.dedup_by_key(|edge| (edge.to, edge.from));
    Chains { edges, latest, order: logic.order() }
}

/// What waits for what, by links and by the edges that have been added.
struct Logic {
    links: Links,
    behind: Vec<Vec<usize>>,
    /// All nodes in order of time as far as links allow.
    in_time: Vec<usize>,
    /// Where each node stands in that order.
    place: Vec<usize>,
}

impl Logic {
    /// Links into work that is over bind nobody any more: what follows it may come before what it did not wait for. None
    /// where links run in a circle.
    fn of(pass: &Pass<'_>, early: &Early) -> Option<Self> {
        let network = &pass.network;
        let n_nodes = network.nodes.len();
        let number = |node: usize| u32::try_from(node).unwrap_or(u32::MAX);
        let binds = |edge: &&Edge| !pass.standings[edge.to].is_over();
        let links: Vec<(u32, u32)> =
            network.edges.iter().filter(binds).map(|edge| (number(edge.from), number(edge.to))).collect();
        let links = Links::new(n_nodes, &links).ok()?;
        let keys: Vec<i64> = early.resume.iter().map(|at| at.0).collect();
        let in_time = list_by_rule(&links, &keys).into_iter().map(|node| node as usize);
        let in_time: Vec<usize> =
            in_time.filter(|node| network.nodes[*node].kind != NodeKind::Follower).collect();
        let mut place = vec![0; n_nodes];
        for (at, node) in in_time.iter().enumerate() {
            place[*node] = at;
        }
        Some(Self { links, behind: vec![Vec::new(); n_nodes], in_time, place })
    }

    fn successors(&self, node: usize) -> impl Iterator<Item = usize> {
        let links = self.links.successors(u32::try_from(node).unwrap_or(u32::MAX));
        links.iter().map(|next| *next as usize).chain(self.behind[node].iter().copied())
    }

    /// Adds an edge unless it closes a circle: a link with a lead may let work begin before what it waits for.
    fn add(&mut self, edge: &Edge) -> bool {
        if self.place[edge.from] > self.place[edge.to] && self.leads_to(edge.to, edge.from) {
            return false;
        }
        self.behind[edge.from].push(edge.to);
        true
    }

    fn leads_to(&self, from: usize, to: usize) -> bool {
        let mut seen = vec![false; self.behind.len()];
        let mut open = vec![from];
        while let Some(node) = open.pop() {
            if node == to {
                return true;
            }
            if !std::mem::replace(&mut seen[node], true) {
                open.extend(self.successors(node));
            }
        }
        false
    }

    /// Of what waits for nothing more, always what is first in time.
    fn order(&self) -> Vec<usize> {
        let mut waits = vec![0_usize; self.behind.len()];
        for node in &self.in_time {
            self.successors(*node).for_each(|next| waits[next] += 1);
        }
        let mut order = Vec::with_capacity(self.in_time.len());
        let mut open: BinaryHeap<Reverse<(usize, usize)>> = (self.in_time.iter())
            .filter(|node| waits[**node] == 0)
            .map(|node| Reverse((self.place[*node], *node)))
            .collect();
        while let Some(Reverse((_, node))) = open.pop() {
            order.push(node);
            for next in self.successors(node) {
                waits[next] -= 1;
                if waits[next] == 0 {
                    open.push(Reverse((self.place[next], next)));
                }
            }
        }
        order
    }
}

fn edge(from: usize, to: usize, (hand, with): (Hand, TaskNo)) -> Edge {
    Edge {
        from,
        to,
        kind: LinkKind::FinishStart,
        lag: 0,
        share: None,
        elapsed: false,
        driver: Some(Driver::Busy { hand, with: Some(with) }),
    }
}
