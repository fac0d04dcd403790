//! What levelling adds to the logic of a network.
//!
//! Comes in: the recorded plan of a generator. Goes out: a [`Levelled`]: tasks in parts, where each is held and why, the
//! order of work as edges between tasks. Passes, floats and paths ask here.

use super::chains::{Chains, chains};
use super::generator::Calendars;
use super::{Elsewhere, Wait};
use crate::plan::network::{Edge, starts};
use crate::plan::parts::Split;
use crate::quantity::Instant;

/// What levelling adds to the logic of a network; empty where nothing is levelled.
#[derive(Clone, Debug, Default, PartialEq)]
pub(in crate::plan) struct Levelled {
    /// Nodes in an order in which what is waited for comes first; empty for that of the network.
    pub(in crate::plan) order: Vec<usize>,
    /// Before when a node does not start; by node.
    pub(in crate::plan) held: Vec<Option<Instant>>,
    /// Why; by node.
    pub(in crate::plan) waits: Vec<Option<Wait>>,
    /// The node whose end it waits for, if that is one of the project; by node.
    awaited: Vec<Option<usize>>,
    /// Tasks in parts, by node; the other lists hold the further parts as well.
    pub(in crate::plan) splits: Vec<Split>,
    /// Where tasks go that are to be done as late as possible, all of them where dates are counted back from the finish; by
    /// node, empty where there are none.
    pub(in crate::plan) delayed: Vec<Option<Instant>>,
    /// When a project counted back from its finish begins.
    pub(in crate::plan) project_start: Option<Instant>,
    /// When a node goes on at the latest, because somebody takes its people over whom no edge binds; by node.
    latest: Vec<Option<Instant>>,
    /// Who hands whom over, sorted by successor.
    ties: Vec<Edge>,
    entering: Vec<usize>,
    leaving: Vec<usize>,
    leaving_from: Vec<usize>,
}

impl Levelled {
    /// Reads off the recorded plan what it adds to the logic.
    pub(super) fn of(generator: &Calendars<'_>, elsewhere: &[Elsewhere]) -> Self {
        let (splits, waits_of_parts) = generator.splits(elsewhere);
        let mut found = Self { held: generator.held(), splits, ..Self::default() };
        found.delayed.clone_from(&generator.pass.delayed);
        found.project_start = generator.counts_back.then_some(generator.pass.project_start);
        for split in &found.splits {
            found.held.extend(generator.pieces[split.node].iter().skip(1).map(|piece| Some(piece.from)));
        }
        let waits: Vec<_> = generator.waits(elsewhere).into_iter().chain(waits_of_parts).collect();
        let node_of = |(node, piece): (usize, usize)| match (found.split(node), piece.checked_sub(1)) {
            (Some(split), Some(place)) => split.more.start + place,
            _ => node,
        };
        let awaited = waits.iter().map(|awaited| awaited.and_then(|awaited| awaited.piece).map(node_of));
        found.awaited = awaited.collect();
        found.waits = waits.into_iter().map(|awaited| awaited.map(|awaited| awaited.wait)).collect();
        let mut pass = generator.pass.clone();
        pass.level(found.clone());
        let early = pass.forward();
        let Chains { edges, latest, order } = chains(generator, &pass, &early);
        let n_nodes = pass.network.nodes.len();
        found.order = order;
        found.latest = latest;
        found.entering = starts(n_nodes, edges.iter().map(|tie| tie.to));
        found.leaving = (0..edges.len()).collect();
        found.leaving.sort_by_key(|place| edges[*place].from);
        found.leaving_from = starts(n_nodes, found.leaving.iter().map(|place| edges[*place].from));
        found.ties = edges;
        found
    }

    /// Before when a node does not start.
    pub(in crate::plan) fn held(&self, node: usize) -> Option<Instant> {
        self.held.get(node).copied().flatten()
    }

    /// When a node goes on at the latest, because of who takes its people over.
    pub(in crate::plan) fn latest(&self, node: usize) -> Option<Instant> {
        self.latest.get(node).copied().flatten()
    }

    /// Why a node does not start earlier.
    pub(in crate::plan) fn wait(&self, node: usize) -> Option<Wait> {
        self.waits.get(node).copied().flatten()
    }

    /// How a task is cut into parts; none where it is done in one piece.
    pub(in crate::plan) fn split(&self, node: usize) -> Option<&Split> {
        let place = self.splits.binary_search_by_key(&node, |split| split.node).ok()?;
        self.splits.get(place)
    }

    /// The node, be it a part of a task, that has the people of a node before it.
    pub(in crate::plan) fn awaited(&self, node: usize) -> Option<usize> {
        self.awaited.get(node).copied().flatten()
    }

    /// The tasks that free the people of a node, as edges.
    pub(in crate::plan) fn entering(&self, node: usize) -> &[Edge] {
        match self.entering.get(node..node + 2) {
            Some(range) => &self.ties[range[0]..range[1]],
            None => &[],
        }
    }

    /// The tasks that wait for the people of a node, as edges.
    pub(in crate::plan) fn leaving(&self, node: usize) -> impl Iterator<Item = &Edge> {
        let range = self.leaving_from.get(node..node + 2).map_or(0..0, |range| range[0]..range[1]);
        self.leaving[range].iter().map(|place| &self.ties[*place])
    }

    /// The edge from the task of the same project that a node waits for.
    pub(in crate::plan) fn binding_tie(&self, node: usize) -> Option<&Edge> {
        let awaited = self.awaited(node)?;
        self.entering(node).iter().find(|tie| tie.from == awaited)
    }

    /// The same order of work, but tasks follow when what they wait for moves: for the question what a day is worth.
    pub(in crate::plan) fn loosened(&self) -> Self {
        let mut loose = self.clone();
        for (node, held) in loose.held.iter_mut().enumerate() {
            if self.binding_tie(node).is_some() {
                *held = None;
            }
        }
        loose
    }
}
