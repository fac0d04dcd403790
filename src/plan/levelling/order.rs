//! From a plan back to a list: activities in order of their starts, or backwards in order of their finishes.
//!
//! Comes in: a plan and a list whose order decides ties. Goes out: a list that a generator can use. A counting sort where
//! the axis is short, a stable comparison sort where it is long: both give the same list.

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::ops::Range;

use super::{Generator, Network, Plan};

/// A list for a forward pass: in order of the plan's starts, ties as they are in `list`, which is such a list too. What
/// waits comes behind what it waits for in any case.
#[must_use]
pub fn list_by_starts<G: Generator>(generator: &G, plan: &Plan, list: &[u32]) -> Vec<u32> {
    let mut list = list.to_vec();
    Sorter::default().forward(generator, plan, &mut list);
    list
}

/// Sorts lists; keeps its memory between calls.
#[derive(Clone, Debug, Default)]
pub(super) struct Sorter {
    counts: Vec<u32>,
    sorted: Vec<u32>,
    waits: Vec<u32>,
}

impl Sorter {
    /// A list for a forward pass: in order of the plan's starts, ties as they are in `list`, which is such a list too.
    pub(super) fn forward<G: Generator>(&mut self, generator: &G, plan: &Plan, list: &mut [u32]) {
        self.forward_part(generator, plan, list, 0..list.len());
    }

    /// The same for a part of the list; the rest stays as it is.
    pub(super) fn forward_part<G: Generator>(
        &mut self,
        generator: &G,
        plan: &Plan,
        list: &mut [u32],
        part: Range<usize>,
    ) {
        let starts = || list[part.clone()].iter().map(|&activity| plan.starts[activity as usize]);
        let first = starts().min().unwrap_or(0);
        let span = starts().max().unwrap_or(0) - first;
        self.sort(&mut list[part], span, |activity| plan.starts[activity as usize] - first);
        if !generator.time_order_is_link_order() {
            self.put_right(generator.network(), Direction::Forward, list);
        }
    }

    /// A list for a backward pass: in order of the plan's finishes, the last first, ties as they are in `list`, which is
    /// such a list too.
    pub(super) fn backward<G: Generator>(&mut self, generator: &G, plan: &Plan, list: &mut [u32]) {
        self.backward_part(generator, plan, list, 0..list.len());
    }

    /// The same for a part of the list; the rest stays as it is.
    pub(super) fn backward_part<G: Generator>(
        &mut self,
        generator: &G,
        plan: &Plan,
        list: &mut [u32],
        part: Range<usize>,
    ) {
        let finishes = || list[part.clone()].iter().map(|&activity| plan.finishes[activity as usize]);
        let end = finishes().max().unwrap_or(0);
        let span = end - finishes().min().unwrap_or(0);
        self.sort(&mut list[part], span, |activity| end - plan.finishes[activity as usize]);
        if !generator.time_order_is_link_order() {
            self.put_right(generator.network(), Direction::Backward, list);
        }
    }

    fn sort(&mut self, list: &mut [u32], span: i64, key: impl Fn(u32) -> i64) {
        match usize::try_from(span) {
            Ok(span) if span <= 8 * list.len() + 64 => {
                // Keys lie between zero and the span.
                let slot = |activity: u32| usize::try_from(key(activity)).unwrap_or(0);
                self.counts.clear();
                self.counts.resize(span + 2, 0);
                for &activity in &*list {
                    self.counts[slot(activity) + 1] += 1;
                }
                let mut sum = 0;
                for count in &mut self.counts {
                    sum += *count;
                    *count = sum;
                }
                self.sorted.resize(list.len(), 0);
                for &activity in &*list {
                    let place = &mut self.counts[slot(activity)];
                    self.sorted[*place as usize] = activity;
                    *place += 1;
                }
                list.copy_from_slice(&self.sorted);
            }
            _ => list.sort_by_key(|&activity| key(activity)),
        }
    }

    /// Puts a list right that holds an activity before one it waits for: each is held back just long enough.
    fn put_right(&mut self, network: &Network, direction: Direction, list: &mut [u32]) {
        let before: Linked = match direction {
            Direction::Forward => Network::predecessors,
            Direction::Backward => Network::successors,
        };
        let after: Linked = match direction {
            Direction::Forward => Network::successors,
            Direction::Backward => Network::predecessors,
        };
        self.waits.clear();
        self.waits.resize(list.len(), 0);
        for &activity in &*list {
            self.waits[activity as usize] =
                u32::try_from(before(network, activity).len()).expect("links are numbered with 32 bits");
        }
        // Place in the list of each activity, so that those set free come in the order of the list.
        self.counts.clear();
        self.counts.resize(list.len(), 0);
        for (place, &activity) in (0..).zip(&*list) {
            self.counts[activity as usize] = place;
        }
        let mut ready = BinaryHeap::new();
        for &activity in &*list {
            if self.waits[activity as usize] == 0 {
                ready.push(Reverse((self.counts[activity as usize], activity)));
            }
        }
        self.sorted.clear();
        while let Some(Reverse((_, activity))) = ready.pop() {
            self.sorted.push(activity);
            for &next in after(network, activity) {
                let left = &mut self.waits[next as usize];
                *left -= 1;
                if *left == 0 {
                    ready.push(Reverse((self.counts[next as usize], next)));
                }
            }
        }
        list.copy_from_slice(&self.sorted);
    }
}

/// One side of the links of an activity.
type Linked = fn(&Network, u32) -> &[u32];

/// Which end of the project a list begins at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Direction {
    /// Predecessors first.
    Forward,
    /// Successors first.
    Backward,
}
