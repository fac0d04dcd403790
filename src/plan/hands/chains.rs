//! Who hands whom over: the order of work of each person and role in a levelled plan, as edges between tasks.
//!
//! Comes in: the bookings of a levelled plan. Goes out: for each task the tasks that free the heads it uses. As long as
//! these edges are kept, no slip overbooks anybody, so floats and the longest path of the levelled plan follow them
//! (a partial-order schedule by chaining; Policella, Oddi, Smith, Cesta 2004).

use std::collections::BTreeMap;

use super::generator::{Booked, Calendars};
use super::supply::task_of;
use super::{Hand, Wait};
use crate::model::LinkKind;
use crate::plan::Driver;
use crate::plan::network::Edge;

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

/// The edges of all chains, sorted by the node they lead to, the one that is waited for first.
pub(super) fn chains(generator: &Calendars<'_>, waits: &[Option<Wait>]) -> Vec<Edge> {
    let mut edges = Vec::new();
    for (resource, bookings) in generator.booked.iter().enumerate() {
        let hand = generator.supply.resources[resource].hand;
        let total = |at: i64| generator.supply.resources[resource].free.free_at(at);
        for (from, to) in handed_over(bookings, total) {
            let early = &generator.early;
            // Who takes part in a task of several may be free before it ends.
            if early.finish[from] <= early.resume[to] && generator.is_open(to) {
                edges.push(edge(from, to, hand));
            }
        }
    }
    edges.sort_by_key(|edge| {
        let waited_for = waits[edge.to].as_ref().and_then(Wait::task).map(|task| task.0 as usize);
        (edge.to, waited_for != Some(edge.from), edge.from)
    });
    edges.dedup_by_key(|edge| (edge.to, edge.from));
    edges
}

fn edge(from: usize, to: usize, hand: Hand) -> Edge {
    Edge {
        from,
        to,
        kind: LinkKind::FinishStart,
        lag: 0,
        elapsed: false,
        driver: Some(Driver::Busy { hand, with: Some(task_of(from)) }),
    }
}

/// Pairs of nodes of which the first frees heads that the second uses. Heads that nobody has used yet are taken first,
/// then those that have been free the longest.
fn handed_over(bookings: &[Booked], total: impl Fn(i64) -> i64) -> Vec<(usize, usize)> {
    let mut holds: BTreeMap<usize, Hold> = BTreeMap::new();
    for booked in bookings {
        let hold = Hold { node: booked.node, from: booked.from, to: booked.to, demand: booked.demand };
        let known = holds.entry(booked.node).or_insert(hold);
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
