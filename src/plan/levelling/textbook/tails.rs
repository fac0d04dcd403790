//! What must still come after an activity, by its links and by the work that waits for it.
//!
//! Comes in: a problem. Goes out: for each activity a time that no plan has less of between its finish and the end, or, in
//! the mirror image, between the start of the plan and its start.

use super::Problem;

/// For each activity the greatest of the longest chain behind it and, for each resource and each tail `t`,
/// `⌈work ÷ capacity⌉ + t`, where work is duration × demand of all that wait for it, directly or not, and have a tail of at
/// least `t` (the energy bound of [`Problem::lower_bound`], activity by activity).
///
/// Example: `a` of 1 slot, behind it three activities of 2 slots that each need 1 of 1 unit: the chain is 2, the tail 6.
pub(super) fn tails(problem: &Problem) -> Vec<i64> {
    let chains = problem.links().iter().map(|link| (link.predecessor, link.successor, link.lag));
    let order: Vec<u32> = problem.network().order().iter().rev().copied().collect();
    rests(problem, chains, &order)
}

/// The mirror image of [`tails`]: what must come before an activity.
pub(super) fn heads(problem: &Problem) -> Vec<i64> {
    let chains = problem.links().iter().map(|link| (link.successor, link.predecessor, link.lag));
    rests(problem, chains, problem.network().order())
}

/// `chains` lead from an activity to one behind it; `order` has what lies behind first.
fn rests(problem: &Problem, chains: impl Iterator<Item = (u32, u32, u32)>, order: &[u32]) -> Vec<i64> {
    let n_activities = problem.activities().len();
    let mut next: Vec<Vec<(u32, u32)>> = vec![Vec::new(); n_activities];
    for (activity, behind, lag) in chains {
        next[activity as usize].push((behind, lag));
    }
    let mut rests = vec![0_i64; n_activities];
    let mut is_behind = vec![false; n_activities];
    let mut work = vec![0_i64; problem.capacities().len()];
    // All that lies behind, those with the longest rest first.
    let mut behind: Vec<u32> = Vec::new();
    for &activity in order {
        let mut rest = 0;
        behind.clear();
        is_behind.fill(false);
        let mut open = vec![activity];
        for &(other, lag) in &next[activity as usize] {
            let own = i64::from(problem.activities()[other as usize].duration);
            rest = rest.max(rests[other as usize] + own + i64::from(lag));
        }
        while let Some(from) = open.pop() {
            for &(other, _) in &next[from as usize] {
                if !std::mem::replace(&mut is_behind[other as usize], true) {
                    behind.push(other);
                    open.push(other);
                }
            }
        }
        behind.sort_unstable_by_key(|&other| std::cmp::Reverse((rests[other as usize], other)));
        work.fill(0);
        for &other in &behind {
            let own = &problem.activities()[other as usize];
            for ((work, &demand), &capacity) in work.iter_mut().zip(&own.demands).zip(problem.capacities()) {
                *work += i64::from(own.duration) * i64::from(demand);
                let least = (*work + i64::from(capacity) - 1) / i64::from(capacity).max(1);
                rest = rest.max(least + rests[other as usize]);
            }
        }
        rests[activity as usize] = rest;
    }
    rests
}

#[cfg(test)]
mod tests {
    use super::super::{Activity, Link};
    use super::*;

    /// The example of [`tails`], with another activity behind one of the three.
    #[test]
    fn work_behind_an_activity_makes_its_tail() {
        let activity = |duration| Activity { duration, demands: vec![1] };
        let link = |predecessor, successor, lag| Link { predecessor, successor, lag };
        let links = vec![link(0, 1, 0), link(0, 2, 0), link(0, 3, 0)];
        let problem = Problem::new([1, 2, 2, 2].map(activity).to_vec(), links.clone(), vec![1]).unwrap();
        assert_eq!(tails(&problem), [6, 0, 0, 0]);
        assert_eq!(heads(&problem), [0, 1, 1, 1]);
        // Behind the second lie a lag of 4 and 3 slots: its tail is 7, and 2 slots of its own come before. All work is 9.
        let links = [links, vec![link(1, 4, 4)]].concat();
        let problem = Problem::new([1, 2, 2, 2, 3].map(activity).to_vec(), links, vec![1]).unwrap();
        assert_eq!(tails(&problem), [9, 7, 0, 0, 0]);
        assert_eq!(heads(&problem), [0, 1, 1, 1, 7]);
    }
}
