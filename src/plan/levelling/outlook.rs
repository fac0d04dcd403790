//! What becomes of a list once its first activities lie where they lie: known from earlier passes, whatever led there.
//!
//! Comes in: passes as they are made, placement by placement. Goes out: for what has been placed and what is still to come,
//! the length and the plan. Serial generation places an activity by where those before it lie, not by the order in which
//! they came to lie there: two lists that end alike give plans that end alike from the moment at which the same activities
//! lie at the same places. Not here: lists that begin alike ([`super::memory`]).

use super::Plan;

/// So many bits of a state tell its slot; of two states for one slot the newer is remembered.
const SLOT_BITS: u32 = 15;

/// A pass is looked at 32 to 63 times, a short one at each placement: more looks cost time and gain no more.
const LOOKS: usize = 32;

/// The most plans remembered, and the most activities in all of them, so that projects of thousands fit the memory.
const MOST_PLANS: usize = 1000;
const MOST_IN_PLANS: usize = 1 << 18;

/// What is known of a state.
#[derive(Clone, Copy, Debug, Default)]
struct Outlook {
    state: u64,
    /// The length; of a pass that was given up, what it would have come to at the least.
    length: i64,
    /// The number of the plan, counted from one; zero for a pass that was given up.
    plan: u64,
}

/// What the rest of a pass comes to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Rest {
    /// A length, and the number of the plan that has it.
    Plan(i64, u64),
    /// At least this, which is more than is allowed.
    TooLong(i64),
}

/// The states that passes from one end of the project went through.
///
/// A state is told by 64 mixed bits. A long search looks up some millions among some thousands, so that two are taken for
/// one with a chance of one in 10⁸; the outcome is a sound plan even then, of another list.
#[derive(Clone, Debug, Default)]
pub(super) struct Outlooks {
    slots: Vec<Outlook>,
    plans: Vec<Plan>,
    /// How many plans have been remembered so far.
    n_plans: u64,
    /// Of the pass under way: what comes from each place of the list on, what lies so far, and how much that is.
    to_come: Vec<u64>,
    lies: u64,
    n_placed: usize,
    /// It is looked at after each so many placements, a power of two.
    stride: usize,
    /// The states it went through.
    trail: Vec<u64>,
}

impl Outlooks {
    /// A pass begins: a list before a finish, some of it placed already; `kept` are these and where each ends.
    pub(super) fn begin(&mut self, list: &[u32], finish: i64, kept: impl Iterator<Item = (u32, i64)>) {
        self.stride = (list.len() / LOOKS).max(1).next_power_of_two();
        self.to_come.resize(list.len() + 1, 0);
        let mut rest = mixed(finish.cast_unsigned());
        self.to_come[list.len()] = rest;
        for (to_come, &activity) in self.to_come.iter_mut().zip(list).rev() {
            rest = (rest ^ u64::from(activity)).wrapping_mul(0xBF58_476D_1CE4_E5B9).rotate_left(29);
            *to_come = rest;
        }
        self.trail.clear();
        (self.lies, self.n_placed) = (0, 0);
        for (activity, edge) in kept {
            self.place(activity, edge);
        }
    }

    #[inline]
    fn place(&mut self, activity: u32, edge: i64) {
        let lies = mixed(edge.cast_unsigned() ^ (u64::from(activity) << 32));
        // A sum does not know the order of placing.
        self.lies = self.lies.wrapping_add(lies);
        self.n_placed += 1;
    }

    /// An activity has been placed, and ends at an edge: the rest of the pass, where enough is known of it for a limit.
    #[inline]
    pub(super) fn step(&mut self, activity: u32, edge: i64, limit: i64) -> Option<Rest> {
        self.place(activity, edge);
        if self.n_placed & (self.stride - 1) != 0 {
            return None;
        }
        let state = mixed(self.lies ^ self.to_come[self.n_placed]);
        self.trail.push(state);
        let known = self.slots.get(slot(state)).filter(|known| known.state == state)?;
        if known.length > limit {
            return Some(Rest::TooLong(known.length));
        }
        let is_remembered = known.plan > 0 && self.n_plans - known.plan < self.plans.len() as u64;
        is_remembered.then_some(Rest::Plan(known.length, known.plan))
    }

    /// The plan with a number that [`Outlooks::step`] gave.
    pub(super) fn plan(&self, number: u64) -> &Plan {
        &self.plans[self.place_of(number)]
    }

    /// Where a plan lies: each new one takes the place of the oldest once there are as many as may be.
    fn place_of(&self, number: u64) -> usize {
        let most = (MOST_IN_PLANS / self.to_come.len().max(1)).clamp(1, MOST_PLANS);
        usize::try_from((number - 1) % most as u64).unwrap_or(0)
    }

    /// The pass has ended with a new plan of a length.
    pub(super) fn end(&mut self, length: i64, plan: &Plan) {
        if self.trail.is_empty() {
            return;
        }
        self.n_plans += 1;
        let place = self.place_of(self.n_plans);
        if let Some(oldest) = self.plans.get_mut(place) {
            oldest.clone_from(plan);
        } else {
            self.plans.push(plan.clone());
        }
        self.keep(length, self.n_plans);
    }

    /// The pass was ended early because its rest is known.
    pub(super) fn end_as(&mut self, length: i64, number: u64) {
        self.keep(length, number);
    }

    /// The pass was given up: it would have come to a length at the least.
    pub(super) fn give_up(&mut self, least: i64) {
        self.keep(least, 0);
    }

    fn keep(&mut self, length: i64, plan: u64) {
        if !self.trail.is_empty() {
            self.slots.resize(1 << SLOT_BITS, Outlook::default());
        }
        for &state in &self.trail {
            self.slots[slot(state)] = Outlook { state, length, plan };
        }
    }
}

/// Where a state is kept.
#[inline]
fn slot(state: u64) -> usize {
    usize::try_from(state >> (u64::BITS - SLOT_BITS)).unwrap_or(0)
}

/// All bits of a number mixed (Steele, Lea and Flood 2014).
#[inline]
fn mixed(number: u64) -> u64 {
    let mut mixed = number.wrapping_add(0x9E37_79B9_7F4A_7C15);
    mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    mixed ^ (mixed >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Where the activities of these tests end.
    const EDGES: [i64; 4] = [3, 2, 5, 9];

    /// Places the first two of a list; what is known of the rest after each.
    fn two(outlooks: &mut Outlooks, list: [u32; 4], finish: i64, limit: i64) -> [Option<Rest>; 2] {
        outlooks.begin(&list, finish, std::iter::empty());
        [0, 1].map(|place| outlooks.step(list[place], EDGES[list[place] as usize], limit))
    }

    #[test]
    fn what_lies_and_comes_as_in_another_pass_is_known() {
        let mut outlooks = Outlooks::default();
        let plan = Plan { starts: vec![0; 4], finishes: EDGES.to_vec() };
        assert_eq!(two(&mut outlooks, [0, 1, 2, 3], 0, 9), [None, None]);
        outlooks.end(9, &plan);
        assert_eq!(two(&mut outlooks, [1, 0, 2, 3], 0, 9), [None, Some(Rest::Plan(9, 1))]);
        assert_eq!(outlooks.plan(1), &plan);
        assert_eq!(two(&mut outlooks, [1, 0, 2, 3], 0, 8), [None, Some(Rest::TooLong(9))]);
        // The rest in another order; another finish; and one that is kept, but lies elsewhere.
        assert_eq!(two(&mut outlooks, [1, 0, 3, 2], 0, 9), [None, None]);
        assert_eq!(two(&mut outlooks, [1, 0, 2, 3], 7, 9), [None, None]);
        outlooks.begin(&[1, 0, 2, 3], 0, [(1, 1)].into_iter());
        assert_eq!(outlooks.step(0, EDGES[0], 9), None);
    }

    #[test]
    fn of_a_pass_given_up_only_the_least_length_is_known() {
        let mut outlooks = Outlooks::default();
        two(&mut outlooks, [0, 1, 2, 3], 0, 9);
        outlooks.give_up(11);
        assert_eq!(two(&mut outlooks, [1, 0, 2, 3], 0, 10), [None, Some(Rest::TooLong(11))]);
        assert_eq!(two(&mut outlooks, [1, 0, 2, 3], 0, 11), [None, None]);
    }

    #[test]
    fn a_plan_forgotten_is_not_given() {
        let mut outlooks = Outlooks::default();
        let plan = Plan::blank(4);
        two(&mut outlooks, [0, 1, 2, 3], 0, 9);
        outlooks.end(9, &plan);
        let most = i64::try_from(MOST_PLANS).unwrap();
        for finish in 1..=most {
            two(&mut outlooks, [0, 1, 2, 3], finish, 9);
            outlooks.end(9, &plan);
        }
        // The state is remembered, and that it comes to 9; its plan has given its place to the last.
        assert_eq!(two(&mut outlooks, [1, 0, 2, 3], 0, 8), [None, Some(Rest::TooLong(9))]);
        assert_eq!(two(&mut outlooks, [1, 0, 2, 3], 0, 9), [None, None]);
        let last = u64::try_from(most).unwrap() + 1;
        assert_eq!(two(&mut outlooks, [1, 0, 2, 3], most, 9), [None, Some(Rest::Plan(9, last))]);
    }
}
