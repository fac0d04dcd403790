//! The far part: what a plan places last is searched by itself, the rest stays where it is.
//!
//! Comes in: a search under way. Goes out: the same, its budget spent. From the best plan, so many activities at the end
//! away from which it was pushed are moved in the list, pushed across, and placed again after the others; a change is kept
//! where the plan gets no longer. After some tries the whole plan is pushed to the other end, so that both ends of the
//! project have their turn. A pass over a part costs its part of a schedule: more tries, each in a smaller space
//! (decomposition; after Debels and Vanhoucke 2007, Palpant, Artigues and Michelon 2004).

use super::trials::{Pushed, Trials};
use super::{Generator, Plan};

/// Tries with one part before the plan is pushed across.
const TRIES: usize = 20;

/// How often, out of a thousand, one more activity is moved.
const MORE_MOVES: u64 = 600;

/// What depends on the size of the project.
#[derive(Clone, Copy)]
struct Manner {
    /// The least and the most activities of a part, out of a thousand of all.
    least: usize,
    most: usize,
    /// How often, out of a thousand, the part is placed again without having been pushed across.
    straight: u64,
    /// How often, out of a thousand, one more notch of length is taken in the beginning; it falls to zero in a straight line.
    warmth: u64,
}

impl Manner {
    /// Parts of 20 to 50 activities did best at 60 activities as well as 120; smaller projects also need some warmth.
    fn of(n_activities: usize) -> Self {
        if n_activities < 90 {
            Self { least: 300, most: 900, straight: 250, warmth: 100 }
        } else {
            Self { least: 200, most: 600, straight: 500, warmth: 0 }
        }
    }
}

/// Searches far parts until the budget is spent or nothing shorter exists.
pub(super) fn search_far<G: Generator>(trials: &mut Trials<'_, G>) {
    let n_activities = trials.n_activities();
    let manner = Manner::of(n_activities);
    let (beginning, end) = trials.progress();
    let mut pushed = Pushed::Right;
    trials.trial.copy_from_slice(&trials.best.list);
    let mut list = trials.trial.clone();
    let mut across = trials.plan.clone();
    let mut kept = trials.plan.clone();
    while !trials.is_over() {
        pushed = pushed.across();
        let finish = trials.best.length;
        let mut length = trials.generate(pushed);
        trials.order_towards(pushed);
        list.copy_from_slice(&trials.trial);
        kept.clone_from(&trials.plan);
        let share = manner.least + trials.random.index(manner.most - manner.least);
        let n_far = n_activities * share / 1000;
        let n_far = n_far.clamp(2, n_activities);
        for _ in 0..TRIES {
            if !trials.affords(2 * n_far) {
                break;
            }
            trials.trial.copy_from_slice(&list);
            trials.plan.clone_from(&kept);
            vary(trials, pushed, n_far, manner.straight, &mut across);
            let found = trials.generate_far(pushed, n_far, finish);
            let left = u128::from(end.saturating_sub(trials.progress().0));
            let chance = u128::from(manner.warmth) * left / u128::from((end - beginning).max(1));
            if found <= trials.allowed(length, u64::try_from(chance).unwrap_or(0)) {
                let is_shorter = found < length;
                trials.order_towards(pushed);
                std::mem::swap(&mut list, &mut trials.trial);
                std::mem::swap(&mut kept, &mut trials.plan);
                length = found;
                // Only plans pushed left count in the end.
                if is_shorter && pushed == Pushed::Right {
                    break;
                }
            }
        }
        trials.trial.copy_from_slice(&list);
        trials.plan.clone_from(&kept);
        trials.order_towards(pushed.across());
    }
}

/// Moves activities of the far part, and mostly pushes them across first.
fn vary<G: Generator>(
    trials: &mut Trials<'_, G>,
    pushed: Pushed,
    n_far: usize,
    straight: u64,
    across: &mut Plan,
) {
    let n_activities = trials.n_activities();
    let part = match pushed {
        Pushed::Left => n_activities - n_far..n_activities,
        Pushed::Right => 0..n_far,
    };
    let straight = trials.random.chance(straight, 1000);
    if !straight {
        trials.order_far(pushed, n_far);
    }
    loop {
        let from = part.start + trials.random.index(n_far);
        trials.move_from(from, part.start, part.end);
        if !trials.random.chance(MORE_MOVES, 1000) {
            break;
        }
    }
    if !straight {
        trials.push_far_across(pushed, n_far, across);
    }
}
