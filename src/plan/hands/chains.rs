//! Who hands whom over: the order of work of each person and role in a levelled plan, as edges between tasks.
//!
//! Comes in: the bookings of a levelled plan. Goes out: for each task the tasks that free the heads it uses, and how late
//! it may be where no edge can say so. As long as
//! these edges are kept, no slip overbooks anybody, so floats and the longest path of the levelled plan follow them
//! (a partial-order schedule by chaining; Policella, Oddi, Smith, Cesta 2004).

use std::cmp::Reverse;
use std::collections::{BTreeMap, BinaryHeap};

use super::generator::{Booked, Calendars};
use super::supply::task_of;
use super::{Hand, Wait};
use crate::model::LinkKind;
use crate::plan::Driver;
use crate::plan::critical_path::Early;
use crate::plan::levelling::{Network as Links, list_by_rule};
use crate::plan::network::{Edge, Network, NodeKind};
use crate::plan::standing::Standing;
use crate::quantity::Instant;

/// What a node holds of a resource, from its first to its last minute on it.
#[derive(Clone, Copy, Debug)]
struct Hold {
    node: usize,
    from: i64,
    to: i64,
    demand: i64,
}

/// Heads set free: when, by whom (by several where one lent them to others meanwhile), how many.
#[derive(Clone, Debug)]
struct Freed {
    at: i64,
    nodes: Vec<usize>,
    units: i64,
}

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

/// Reads the chains off the bookings of the last recorded pass.
pub(super) fn chains(generator: &Calendars<'_>, waits: &[Option<Wait>]) -> Chains {
    let early = &generator.early;
    let mut edges = Vec::new();
    let mut latest: Vec<Option<Instant>> = vec![None; waits.len()];
    for (resource, bookings) in generator.booked.iter().enumerate() {
        let of_resource = &generator.supply.resources[resource];
        let mut is_free_until = |node: usize, until: Instant| {
            let parts = generator.supply.parts[node].iter().filter(|part| part.resource == resource);
            let resumes = parts.map(|part| generator.begin_of(node, *part, until).max(early.resume[node]));
            latest[node] = latest[node].into_iter().chain(resumes).min();
        };
        let handed = handed_over(bookings, |at| of_resource.free.free_at(at));
        for (from, to) in handed.pairs {
            if !generator.may_follow(to) {
                continue;
            }
            // Who takes part in a task of several may be free before it ends.
            if early.finish[from] <= early.resume[to] {
                edges.push(edge(from, to, of_resource.hand));
            } else if early.resume[from] < early.resume[to] {
                is_free_until(from, early.resume[to]);
            }
        }
        for (node, minute) in handed.lent {
            is_free_until(node, of_resource.axis.start_at(minute));
        }
    }
    let Some(mut logic) = Logic::of(generator.pass.network, &generator.pass.standings, early) else {
        return Chains::default();
    };
    // Links follow the order of time, so edges that do as well never close a circle.
    edges.sort_by_key(|edge| logic.place[edge.from] > logic.place[edge.to]);
    edges.retain(|edge| {
        let is_kept = logic.add(edge);
        if !is_kept {
            let until = early.resume[edge.to];
            let needs = generator.pass.standings[edge.from].needs();
            let resume =
                generator.pass.network.begin_for(edge.from, until, needs).max(early.resume[edge.from]);
            latest[edge.from] = latest[edge.from].into_iter().chain([resume]).min();
        }
        is_kept
    });
    edges.sort_by_key(|edge| {
        let waited_for = waits[edge.to].as_ref().and_then(Wait::task).map(|task| task.0 as usize);
        (edge.to, waited_for != Some(edge.from), edge.from)
    });
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
    fn of(network: &Network, standings: &[Standing], early: &Early) -> Option<Self> {
        let n_nodes = network.nodes.len();
        let number = |node: usize| u32::try_from(node).unwrap_or(u32::MAX);
        let binds = |edge: &&Edge| !standings[edge.to].is_over();
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

/// Who uses heads after whom.
#[derive(Clone, Debug, Default)]
struct HandedOver {
    /// Pairs of nodes of which the first frees heads that the second uses.
    pairs: Vec<(usize, usize)>,
    /// Nodes that use heads while those who hold them pause, and the minute in which the first of those goes on.
    lent: Vec<(usize, i64)>,
}

/// Heads that nobody has used yet are taken first, then those that have been free the longest, then those of a task that
/// pauses meanwhile: somebody is away, and the other task goes on without them.
fn handed_over(bookings: &[Booked], total: impl Fn(i64) -> i64) -> HandedOver {
    let mut holds: BTreeMap<usize, Hold> = BTreeMap::new();
    for booked in bookings {
        let hold = Hold { node: booked.node, from: booked.from, to: booked.to, demand: booked.demand };
        let known = holds.entry(booked.node).or_insert(hold);
        known.from = known.from.min(booked.from);
        known.to = known.to.max(booked.to);
    }
    let mut holds: Vec<Hold> = holds.into_values().collect();
    holds.sort_by_key(|hold| (hold.from, hold.node));
    let mut handed = HandedOver::default();
    let mut pool: Vec<Freed> = Vec::new();
    let mut known = 0;
    for hold in holds {
        let mut wanted = hold.demand;
        let fresh = (total(hold.from) - known).clamp(0, wanted);
        known += fresh;
        wanted -= fresh;
        let mut own = fresh;
        while wanted > 0 {
            let free = (0..pool.len()).filter(|place| pool[*place].at <= hold.from);
            let Some(place) = free.min_by_key(|place| (pool[*place].at, pool[*place].nodes.clone())) else {
                break;
            };
            let taken = take(&mut pool, place, wanted);
            handed.pairs.extend(taken.nodes.iter().map(|node| (*node, hold.node)));
            wanted -= taken.units;
            own += taken.units;
        }
        while wanted > 0 {
            let pauses = |freed: &Freed| {
                let resumed = freed.nodes.iter().map(|node| resumes_behind(bookings, *node, hold));
                resumed.collect::<Option<Vec<i64>>>()?.into_iter().min()
            };
            let lender = (0..pool.len()).find_map(|place| Some((place, pauses(&pool[place])?)));
            let Some((place, resumed)) = lender else {
                // Overbooked, or more heads than before: new ones.
                known += wanted;
                own += wanted;
                break;
            };
            let mut lent = take(&mut pool, place, wanted);
            handed.lent.push((hold.node, resumed));
            wanted -= lent.units;
            // What uses them next waits for both.
            lent.nodes.push(hold.node);
            pool.push(Freed { at: lent.at.max(hold.to), ..lent });
        }
        if own > 0 {
            pool.push(Freed { at: hold.to, nodes: vec![hold.node], units: own });
        }
    }
    handed
}

/// Takes at most so many heads from a place of the pool.
fn take(pool: &mut Vec<Freed>, place: usize, wanted: i64) -> Freed {
    if pool[place].units <= wanted {
        return pool.remove(place);
    }
    pool[place].units -= wanted;
    Freed { units: wanted, ..pool[place].clone() }
}

/// The minute in which a node goes on that pauses as long as another holds its heads; none where it does not pause.
fn resumes_behind(bookings: &[Booked], node: usize, hold: Hold) -> Option<i64> {
    let behind = bookings.iter().filter(|booked| booked.node == node && booked.to > hold.from);
    let resumed = behind.map(|booked| booked.from).min()?;
    (resumed >= hold.to).then_some(resumed)
}
