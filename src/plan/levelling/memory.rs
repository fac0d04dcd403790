//! What passes have made of lists: nothing that is known already is placed a second time.
//!
//! Comes in: passes as they are made. Goes out: for a list, the pass that begins as it does for longest. Serial generation
//! places an activity by what lies before it in the list alone, so two lists that begin alike give plans that begin alike,
//! and the second costs only the placements of its rest. Not here: passes moment by moment, which know no order of places.

use super::Plan;

/// How many passes are remembered for each end of the project unless more are asked for: the walk needs one, breeding one
/// by one some more; 256 gave no more than 32.
const FEW: usize = 32;

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

    /// What is known of it: the finish it began from and the part of the list that was placed.
    fn known(&self) -> (i64, &[u32]) {
        (self.finish, &self.list[..self.n_placed])
    }

    /// How long the beginning is that its placed part has in common with a list.
    fn n_common(&self, list: &[u32]) -> usize {
        self.known().1.iter().zip(list).take_while(|(known, own)| known == own).count()
    }

    /// Where the part of another list that differs from this one ends.
    pub(super) fn same_from(&self, list: &[u32]) -> usize {
        let n_same =
            self.list.iter().rev().zip(list.iter().rev()).take_while(|(own, other)| own == other).count();
        list.len() - n_same
    }
}

/// The last passes from one end of the project.
#[derive(Clone, Debug)]
pub(super) struct Memory {
    passes: Vec<Pass>,
    /// The most passes remembered.
    most: usize,
    /// The one to be forgotten next.
    oldest: usize,
    /// The numbers of the passes in order of what is known of them, so that those that begin alike lie beside each other.
    in_order: Vec<usize>,
}

impl Default for Memory {
    fn default() -> Self {
        Self { passes: Vec::new(), most: FEW, oldest: 0, in_order: Vec::new() }
    }
}

impl Memory {
    /// From now on remembers at least so many passes.
    pub(super) fn hold(&mut self, n_passes: usize) {
        self.most = self.most.max(n_passes);
    }

    /// The pass before the same finish whose placed part has the longest beginning in common with a list, and how long
    /// that is; none where no pass begins as the list does. Of several it is the one with the lowest number.
    pub(super) fn longest_common(&self, list: &[u32], finish: i64) -> Option<(usize, &Pass)> {
        let n_common = |number: usize| {
            let pass = &self.passes[number];
            if pass.finish == finish { pass.n_common(list) } else { 0 }
        };
        // What has most in common lies on either side of where the list itself would stand.
        let (before, behind) = self.in_order.split_at(self.place_of((finish, list)));
        let sides = [before.last(), behind.first()];
        let most =
            sides.into_iter().flatten().map(|&number| n_common(number)).max().filter(|&most| most > 0)?;
        let is_as_long = |number: &&usize| n_common(**number) == most;
        let found =
            before.iter().rev().take_while(is_as_long).chain(behind.iter().take_while(is_as_long)).min()?;
        Some((most, &self.passes[*found]))
    }

    /// Remembers a pass; the oldest is forgotten where there are too many.
    pub(super) fn remember(&mut self, list: &[u32], plan: &Plan, finish: i64, length: i64, n_placed: usize) {
        let number = if self.passes.len() < self.most {
            self.passes.push(Pass { list: list.to_vec(), plan: plan.clone(), finish, length, n_placed });
            self.passes.len() - 1
        } else {
            let oldest = self.oldest;
            self.in_order.retain(|&number| number != oldest);
            let pass = &mut self.passes[oldest];
            pass.list.copy_from_slice(list);
            pass.plan.clone_from(plan);
            (pass.finish, pass.length, pass.n_placed) = (finish, length, n_placed);
            self.oldest = (oldest + 1) % self.most;
            oldest
        };
        let place = self.place_of(self.passes[number].known());
        self.in_order.insert(place, number);
    }

    /// Where something known stands in the order, or would stand.
    fn place_of(&self, known: (i64, &[u32])) -> usize {
        self.in_order.partition_point(|&number| self.passes[number].known() < known)
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
        for number in 0..u32::try_from(FEW).unwrap() + 2 {
            memory.remember(&[number], &plan, 0, 0, 1);
        }
        assert!(memory.longest_common(&[0], 0).is_none() && memory.longest_common(&[1], 0).is_none());
        assert!(memory.longest_common(&[2], 0).is_some());
    }

    #[test]
    fn more_are_remembered_where_asked_for() {
        let mut memory = Memory::default();
        memory.hold(2 * FEW);
        let plan = Plan::blank(2);
        for number in 0..u32::try_from(2 * FEW).unwrap() {
            memory.remember(&[number, 0], &plan, 0, i64::from(number), 2);
        }
        assert_eq!(
            memory.longest_common(&[0, 1], 0).map(|(n_common, pass)| (n_common, pass.length)),
            Some((1, 0))
        );
        memory.remember(&[0, 2], &plan, 0, 7, 2);
        assert_eq!(memory.longest_common(&[0, 1], 0).map(|(_, pass)| pass.length), Some(7));
        assert!(memory.longest_common(&[9, 1], 0).is_some());
    }
}
