//! Who hands whom over: the order of work of each person and role in a levelled plan, as edges between tasks.
//!
//! Comes in: the bookings of a levelled plan. Goes out: for each task the tasks that free the heads it uses. As long as
//! these edges are kept, no slip overbooks anybody, so floats and the longest path of the levelled plan follow them
//! (a partial-order schedule by chaining; Policella, Oddi, Smith, Cesta 2004).

use std::collections::BTreeMap;

use super::Hand;
use super::generator::{Booked, Calendars};
use crate::model::{LinkKind, TaskNo};
use crate::plan::Driver;
use crate::plan::critical_path::{Early, Pass};
use crate::plan::levelling::{Network, list_by_rule};
use crate::plan::network::{Edge, NodeKind, task_of};

/// What a node holds of a resource, from its first to its last minute on it.
#[derive(Clone, Copy, Debug)]
struct Hold {
    node: usize,
    from: i64,
    to: i64,
    demand: i64,
}

/// Heads set free: when, by whom, how many.
#[derive(Clone, Copy, Debug)]
struct Freed {
    node: usize,
    units: i64,
}

/// The edges of all chains, sorted by the node they lead to, the one that is waited for first, and the nodes in an order in
/// which what is waited for, by a link or in a chain, comes first. `pass` is the levelled one, `early` its dates.
pub(super) fn chains(generator: &Calendars<'_>, pass: &Pass<'_>, early: &Early) -> (Vec<usize>, Vec<Edge>) {
    let order = in_time(pass, early);
    let mut places = vec![0; pass.network.nodes.len()];
    for (place, node) in order.iter().enumerate() {
        places[*node] = place;
    }
    let mut edges = Vec::new();
    for (resource, bookings) in generator.booked.iter().enumerate() {
        let hand = generator.supply.resources[resource].hand;
        let total = |at: i64| generator.supply.resources[resource].free.free_at(at);
        let node_of = |booked: &Booked| match booked.piece.checked_sub(1) {
            Some(place) => pass.more_parts(booked.node).start + place,
            None => booked.node,
        };
        for (from, to) in handed_over(bookings, node_of, total) {
            // Who takes part in a task of several may be free before it ends. Where a link leads back in time (a lead, say),
            // what comes first in time may have to wait for what comes later.
            if early.finish[from] <= early.resume[to]
                && places[from] < places[to]
                && generator.may_follow(pass.whole_of(to))
            {
                edges.push(edge(from, to, (hand, task_of(pass.whole_of(from)))));
            }
        }
    }
    edges.sort_by_key(|edge| (edge.to, pass.levelled.awaited(edge.to) != Some(edge.from), edge.from));
    edges.dedup_by_key(|edge| (edge.to, edge.from));
    (order, edges)
}

/// All nodes in order of time as far as links allow, predecessors first in any case.
fn in_time(pass: &Pass<'_>, early: &Early) -> Vec<usize> {
    let network = &pass.network;
    let number = |node: usize| u32::try_from(node).unwrap_or(u32::MAX);
    let links: Vec<(u32, u32)> =
        network.edges.iter().map(|edge| (number(edge.from), number(edge.to))).collect();
    let Ok(links) = Network::new(network.nodes.len(), &links) else { return network.order.clone() };
    let keys: Vec<i64> = early.resume.iter().map(|at| at.0).collect();
    let list = list_by_rule(&links, &keys).into_iter().map(|node| node as usize);
    list.filter(|node| network.nodes[*node].kind != NodeKind::Follower).collect()
}

fn edge(from: usize, to: usize, (hand, with): (Hand, TaskNo)) -> Edge {
    Edge {
        from,
        to,
        kind: LinkKind::FinishStart,
        lag: 0,
        elapsed: false,
        driver: Some(Driver::Busy { hand, with: Some(with) }),
    }
}

/// Pairs of nodes of which the first frees heads that the second uses. Heads that nobody has used yet are taken first,
/// then those that have been free the longest.
fn handed_over(
    bookings: &[Booked],
    node_of: impl Fn(&Booked) -> usize,
    total: impl Fn(i64) -> i64,
) -> Vec<(usize, usize)> {
    let mut holds: BTreeMap<usize, Hold> = BTreeMap::new();
    for booked in bookings {
        let node = node_of(booked);
        let hold = Hold { node, from: booked.from, to: booked.to, demand: booked.demand };
        let known = holds.entry(node).or_insert(hold);
        known.from = known.from.min(booked.from);
        known.to = known.to.max(booked.to);
    }
    let mut holds: Vec<Hold> = holds.into_values().collect();
    holds.sort_by_key(|hold| (hold.from, hold.node));
    let mut pairs = Vec::new();
    // By the minute in which they were set free.
    let mut freed: BTreeMap<(i64, usize), Freed> = BTreeMap::new();
    let mut known = 0;
    for hold in holds {
        let mut wanted = hold.demand;
        let fresh = (total(hold.from) - known).clamp(0, wanted);
        known += fresh;
        wanted -= fresh;
        while wanted > 0 {
            let Some((&key, &first)) = freed.iter().next().filter(|((at, _), _)| *at <= hold.from) else {
                // Overbooked, or more heads than before: new ones.
                known += wanted;
                break;
            };
            pairs.push((first.node, hold.node));
            let taken = first.units.min(wanted);
            wanted -= taken;
            if taken == first.units {
                freed.remove(&key);
            } else {
                freed.insert(key, Freed { units: first.units - taken, ..first });
            }
        }
        freed.insert((hold.to, hold.node), Freed { node: hold.node, units: hold.demand });
    }
    pairs
}
