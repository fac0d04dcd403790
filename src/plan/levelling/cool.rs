//! The cooling walk: one plan that is moved and pushed to and fro.
//!
//! Comes in: a search under way. Goes out: the same, its budget spent. Each step moves a few activities in the list and
//! generates from the *other* end of the project, so that every schedule is at once a new try and a justification of the
//! one before. A step is taken where the plan gets no longer, or a little longer while the walk is still warm; it cools to
//! nothing at the end of the budget (simulated annealing; Kirkpatrick, Gelatt and Vecchi 1983, on the double justification
//! of Valls, Ballestín and Quintanilla 2005).

use super::trials::{Pushed, Trials};
use super::{Generator, Rule, Settings, sampled_list};

/// How a walk goes.
#[derive(Clone, Copy)]
pub(super) struct Manner {
    /// How often, out of a thousand, it goes one more notch uphill when it begins.
    pub(super) warmth: u64,
    /// How often, out of a thousand, a step moves one more activity.
    pub(super) more_moves: u64,
}

/// Walks from a list, to be pushed right, and its length until the budget is spent or nothing shorter exists.
pub(super) fn walk<G: Generator>(trials: &mut Trials<'_, G>, manner: Manner, from: (Vec<u32>, i64)) {
    let (mut list, mut length) = from;
    let mut pushed = Pushed::Left;
    let (beginning, end) = trials.progress();
    while !trials.is_over() {
        let target = pushed.across();
        trials.trial.copy_from_slice(&list);
        trials.move_some(target, manner.more_moves.min(900));
        let left = u128::from(end.saturating_sub(trials.progress().0));
        let chance = u128::from(manner.warmth.min(900)) * left / u128::from((end - beginning).max(1));
        let limit = trials.allowed(length, u64::try_from(chance).unwrap_or(0));
        if let Some(found) = trials.generate(target, limit) {
            trials.order_towards(target.across());
            std::mem::swap(&mut list, &mut trials.trial);
            length = found;
            pushed = target;
        }
    }
}

/// The best of the default plan and some samples: its list, to be pushed right, and its length.
pub(super) fn start<G: Generator>(trials: &mut Trials<'_, G>, settings: Settings) -> (Vec<u32>, i64) {
    let (mut list, mut length) = trials.best_to_be_pushed_right();
    let keys = Rule::LatestFinish.keys(trials.generator);
    let samples = settings.samples.min(trials.progress().1 / (30 * trials.n_activities().max(1) as u64));
    for _ in 0..samples {
        if trials.is_over() {
            break;
        }
        trials.trial = sampled_list(trials.generator.network(), &keys, settings.leaning, &mut trials.random);
        let found = trials.generate_in_step();
        if found < length {
            trials.order_towards(Pushed::Right);
            list.copy_from_slice(&trials.trial);
            length = found;
        }
    }
    (list, length)
}
