//! Tasks in parts: the network of a plan in which levelling interrupts tasks.
//!
//! Comes in: where levelling cuts tasks. Goes out: a network in which each further part is a node of its own, behind the
//! part before it, so that the passes, floats and paths need to know nothing of interruptions. What ties the start of a
//! task ties its first part, what ties its finish the last. Not here: where to cut (`hands`).

use std::borrow::Cow;
use std::ops::Range;

use crate::model::{ConstraintKind, LinkKind};
use crate::plan::critical_path::Pass;
use crate::plan::hands::Levelled;
use crate::plan::network::{Continues, Edge, Network};
use crate::plan::standing::Standing;
use crate::quantity::Fraction;

/// A task that levelling cuts into parts.
#[derive(Clone, Debug, PartialEq, Hash)]
pub(super) struct Split {
    /// The node of the task, and of its first part.
    pub(super) node: usize,
    /// Minutes of each part but the last, which takes the rest.
    pub(super) sizes: Vec<i64>,
    /// The nodes of the further parts.
    pub(super) more: Range<usize>,
}

impl Split {
    /// What each part needs where the whole needs so many minutes: longer or shorter is the last part; what is too little
    /// for it is taken from the parts before.
    ///
    /// Example: parts of 2 days, 1 day and the rest are of 2, 1 and 3 for 6 days, of 2, 0 and 0 for 2 days.
    pub(super) fn needs(&self, whole: i64) -> impl Iterator<Item = i64> {
        let mut left = whole;
        self.sizes.iter().map(Some).chain([None]).map(move |size| {
            let own = size.map_or(left, |size| left.min(*size));
            left -= own;
            own
        })
    }
}

impl Network {
    /// The network with each further part as a node of its own.
    pub(super) fn in_parts(&self, splits: &[Split]) -> Self {
        let (mut nodes, mut edges) = (self.nodes.clone(), self.edges.clone());
        for split in splits {
            let last = split.more.end - 1;
            let mut after = split.node;
            for part in split.more.clone() {
                let mut node = self.nodes[split.node].clone();
                node.continues = Some(Continues { task: split.node, after });
                node.bounds.retain(|bound| part == last && ties_finish(bound.kind));
                node.deadline = node.deadline.filter(|_| part == last);
                nodes.push(node);
                let kind = LinkKind::FinishStart;
                edges.push(Edge {
                    from: after,
                    to: part,
                    kind,
                    lag: 0,
                    share: None,
                    elapsed: false,
                    driver: None,
                });
                after = part;
            }
            let first = &mut nodes[split.node];
            first.bounds.retain(|bound| !ties_finish(bound.kind));
            first.deadline = None;
            for edge in &mut edges[..self.edges.len()] {
                if edge.from == split.node && !edge.leaves_start() {
                    edge.from = last;
                }
                if edge.to == split.node && edge.enters_finish() {
                    edge.to = last;
                }
            }
        }
        Self::connected(nodes, edges, self.times.clone())
    }

    /// Lets a node take so many minutes more, and with it the lags that are a share of its length.
    fn lengthen(&mut self, node: usize, ends: &[usize], minutes: i64) {
        self.nodes[node].duration += minutes;
        let length = self.nodes[node].duration.max(0);
        for end in ends {
            for place in self.places_leaving(*end).to_vec() {
                let edge = &mut self.edges[place];
                if let Some(hundredths) = edge.share {
                    edge.lag = Fraction::new(hundredths, 10_000).of(length);
                }
            }
        }
    }
}

/// Says whether a constraint ties the finish of a task, so its last part.
pub(super) fn ties_finish(kind: ConstraintKind) -> bool {
    matches!(
        kind,
        ConstraintKind::FinishesNotBefore | ConstraintKind::FinishesNotAfter | ConstraintKind::MustFinish
    )
}

impl Pass<'_> {
    /// Takes over what levelling found: parts, where tasks are held, the order of work.
    pub(super) fn level(&mut self, levelled: Levelled) {
        if !levelled.splits.is_empty() {
            self.network = Cow::Owned(self.network.in_parts(&levelled.splits));
            for split in &levelled.splits {
                let whole = self.standings[split.node].needs();
                self.standings.extend(split.more.clone().map(|_| Standing::Open { needs: 0 }));
                self.set_needs_of_parts(split, whole);
            }
        }
        if !levelled.delayed.is_empty() {
            self.delayed.clone_from(&levelled.delayed);
        }
        if let Some(start) = levelled.project_start {
            self.project_start = start;
        }
        self.levelled = levelled;
    }

    /// The nodes of the further parts of a task; none where it is done in one piece.
    pub(super) fn more_parts(&self, node: usize) -> Range<usize> {
        self.levelled.split(node).map_or(0..0, |split| split.more.clone())
    }

    /// The last part of a node: itself where it is done in one piece.
    pub(super) fn last_part(&self, node: usize) -> usize {
        self.more_parts(node).next_back().unwrap_or(node)
    }

    /// The node of the task that a node is a part of: mostly itself.
    pub(super) fn whole_of(&self, node: usize) -> usize {
        self.network.nodes[node].continues.map_or(node, |of| of.task)
    }

    /// Minutes that all parts of a task still need.
    pub(super) fn needs_of_whole(&self, node: usize) -> i64 {
        let more = self.more_parts(node).map(|part| self.standings[part].needs());
        self.standings[node].needs() + more.sum::<i64>()
    }

    /// Lets lags that are a share of a task's length follow it where that takes so many minutes more; of a task that is over it
    /// is what it was.
    pub(super) fn lengthen(&mut self, node: usize, minutes: i64) {
        let ends = [node, self.last_part(node)];
        let is_followed = ends.iter().any(|end| self.network.leaving(*end).any(|edge| edge.share.is_some()));
        if is_followed && !self.standings[node].is_over() {
            self.network.to_mut().lengthen(node, &ends, minutes);
        }
    }

    /// Says how many minutes a task still needs, all its parts together. Lags that are a share of its length follow.
    pub(super) fn set_needs(&mut self, node: usize, needs: i64) {
        self.lengthen(node, needs - self.needs_of_whole(node));
        match self.levelled.split(node).cloned() {
            Some(split) => self.set_needs_of_parts(&split, needs),
            None => self.standings[node] = self.standings[node].with_needs(needs),
        }
    }

    fn set_needs_of_parts(&mut self, split: &Split, whole: i64) {
        for (part, needs) in [split.node].into_iter().chain(split.more.clone()).zip(split.needs(whole)) {
            self.standings[part] = self.standings[part].with_needs(needs);
        }
    }
}
