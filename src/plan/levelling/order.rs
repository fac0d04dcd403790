//! From a plan back to a list: activities in order of their starts, or backwards in order of their finishes.
//!
//! Comes in: a plan and a list whose order decides ties. Goes out: a list that a generator can use. A counting sort where
//! the axis is short, a stable comparison sort where it is long: both give the same list.

use super::{Network, Plan};

/// Sorts lists; keeps its memory between calls.
#[derive(Clone, Debug, Default)]
pub(super) struct Sorter {
    counts: Vec<u32>,
    sorted: Vec<u32>,
    waits: Vec<u32>,
}

impl Sorter {
    /// In order of starts; ties stay as they are.
    pub(super) fn by_start(&mut self, plan: &Plan, list: &mut [u32]) {
        let first = plan.start();
        let last = plan.starts.iter().copied().max().unwrap_or(0);
        self.sort(list, last - first, |activity| plan.starts[activity as usize] - first);
    }

    /// In order of finishes, the last first; ties stay as they are.
    pub(super) fn by_finish_from_the_end(&mut self, plan: &Plan, list: &mut [u32]) {
        let last = plan.finish();
        let first = plan.finishes.iter().copied().min().unwrap_or(0);
        self.sort(list, last - first, |activity| last - plan.finishes[activity as usize]);
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
    /// `backwards` lists hold successors first.
    pub(super) fn put_right(&mut self, network: &Network, direction: Direction, list: &mut [u32]) {
        let (before, after): (fn(&Network, u32) -> &[u32], fn(&Network, u32) -> &[u32]) = match direction {
            Direction::Forward => (Network::predecessors, Network::successors),
            Direction::Backward => (Network::successors, Network::predecessors),
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
        let mut ready = std::collections::BinaryHeap::new();
        for &activity in &*list {
            if self.waits[activity as usize] == 0 {
                ready.push(std::cmp::Reverse((self.counts[activity as usize], activity)));
            }
        }
        self.sorted.clear();
        while let Some(std::cmp::Reverse((_, activity))) = ready.pop() {
            self.sorted.push(activity);
            for &next in after(network, activity) {
                let left = &mut self.waits[next as usize];
                *left -= 1;
                if *left == 0 {
                    ready.push(std::cmp::Reverse((self.counts[next as usize], next)));
                }
            }
        }
        list.copy_from_slice(&self.sorted);
    }
}

/// Which end of the project a list begins at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Direction {
    /// Predecessors first.
    Forward,
    /// Successors first.
    Backward,
}
