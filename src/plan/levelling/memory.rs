//! What passes have made of lists: nothing that is known already is placed a second time.
//!
//! Comes in: passes as they are made. Goes out: for a list, the pass that begins as it does for longest. Serial generation
//! places an activity by what lies before it in the list alone, so two lists that begin alike give plans that begin alike,
//! and the second costs only the placements of its rest. Not here: passes moment by moment, which know no order of places.

use super::Plan;

/// How many passes are remembered for each end of the project: the walk needs one, breeding more; 256 gave no more than 32.
const MOST: usize = 32;

/// A pass that was made.
#[derive(Clone, Debug)]
pub(super) struct Pass {
    /// The list, in the order of placing.
    pub(super) list: Vec<u32>,
    pub(super) plan: Plan,
    /// The finish that a backward pass began from.
    finish: i64,
    /// The length of the plan; of a pass that was given up, what it would have come to at the least.
    pub(super) length: i64,
    /// How many of the list were placed: all, or those before the pass was given up.
    pub(super) n_placed: usize,
}

impl Pass {
    /// Whether all activities were placed.
    pub(super) fn is_whole(&self) -> bool {
        self.n_placed == self.list.len()
    }

    /// Where the part of another list that differs from this one ends.
    pub(super) fn same_from(&self, list: &[u32]) -> usize {
        let n_same =
            self.list.iter().rev().zip(list.iter().rev()).take_while(|(own, other)| own == other).count();
        list.len() - n_same
    }
}

/// The last passes from one end of the project.
#[derive(Clone, Debug, Default)]
pub(super) struct Memory {
    passes: Vec<Pass>,
    /// The one to be forgotten next.
    oldest: usize,
}

impl Memory {
    /// The pass before the same finish whose placed part has the longest beginning in common with a list, and how long
    /// that is; none where no pass begins as the list does.
    pub(super) fn longest_common(&self, list: &[u32], finish: i64) -> Option<(usize, &Pass)> {
        let mut found: Option<(usize, &Pass)> = None;
        for pass in self.passes.iter().filter(|pass| pass.finish == finish) {
            let most = found.map_or(0, |(n_common, _)| n_common);
            // The first that is not yet in common tells cheaply of most that they are no better.
            if pass.n_placed <= most || pass.list.get(most) != list.get(most) {
                continue;
            }
            let alike = pass.list.iter().zip(list).take_while(|(known, own)| known == own).count();
            let n_common = alike.min(pass.n_placed);
            if n_common > most {
                found = Some((n_common, pass));
            }
        }
        found
    }

    /// Remembers a pass; the oldest is forgotten where there are too many.
    pub(super) fn remember(&mut self, list: &[u32], plan: &Plan, finish: i64, length: i64, n_placed: usize) {
        if self.passes.len() < MOST {
            self.passes.push(Pass { list: list.to_vec(), plan: plan.clone(), finish, length, n_placed });
        } else if let Some(pass) = self.passes.get_mut(self.oldest) {
            pass.list.copy_from_slice(list);
            pass.plan.clone_from(plan);
            (pass.finish, pass.length, pass.n_placed) = (finish, length, n_placed);
            self.oldest = (self.oldest + 1) % MOST;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_pass_that_begins_alike_for_longest_is_found() {
        let mut memory = Memory::default();
        let plan = Plan::blank(4);
        assert!(memory.longest_common(&[0, 1, 2, 3], 0).is_none());
        memory.remember(&[0, 1, 3, 2], &plan, 0, 10, 4);
        memory.remember(&[0, 2, 1, 3], &plan, 0, 11, 4);
        // Given up after two, so that nothing is known of the third; and one from another finish.
        memory.remember(&[1, 0, 2, 3], &plan, 0, 12, 2);
        memory.remember(&[0, 1, 2, 3], &plan, 7, 13, 4);
        let known =
            |list: [u32; 4]| memory.longest_common(&list, 0).map(|(n_common, pass)| (n_common, pass.length));
        assert_eq!(known([0, 1, 2, 3]), Some((2, 10)));
        assert_eq!(known([0, 1, 3, 2]), Some((4, 10)));
        assert_eq!(known([0, 2, 3, 1]), Some((2, 11)));
        assert_eq!(known([1, 0, 2, 3]), Some((2, 12)));
        assert_eq!(known([2, 0, 1, 3]), None);
        let (_, pass) = memory.longest_common(&[0, 1, 3, 2], 0).unwrap();
        assert_eq!((pass.same_from(&[1, 0, 3, 2]), pass.same_from(&[0, 1, 3, 2])), (2, 0));
    }

    #[test]
    fn the_oldest_is_forgotten_first() {
        let mut memory = Memory::default();
        let plan = Plan::blank(1);
        for number in 0..u32::try_from(MOST).unwrap() + 2 {
            memory.remember(&[number], &plan, 0, 0, 1);
        }
        assert!(memory.longest_common(&[0], 0).is_none() && memory.longest_common(&[1], 0).is_none());
        assert!(memory.longest_common(&[2], 0).is_some());
    }
}
