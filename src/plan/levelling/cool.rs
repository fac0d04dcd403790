//! The cooling walk: one plan that is moved and pushed to and fro.
//!
//! Comes in: a search under way. Goes out: the same, its budget spent. Each step moves a few activities in the list and
//! generates from the *other* end of the project, so that every schedule is at once a new try and a justification of the
//! one before. A step is taken where the plan gets no longer, or a little longer while the walk is still warm; it cools to
//! nothing at the end of the budget (simulated annealing; Kirkpatrick, Gelatt and Vecchi 1983, on the double justification
//! of Valls, Ballestín and Quintanilla 2005).

use super::trials::{Pushed, Trials};
use super::{Generator, Rule, Settings, sampled_list};

/// Draws samples, and walks from the best of them until the budget is spent or nothing shorter exists.
pub(super) fn walk<G: Generator>(trials: &mut Trials<'_, G>, settings: Settings) {
    let n_activities = trials.n_activities();
    let warmth = settings.warmth.unwrap_or_else(|| warmth(n_activities)).min(900);
    let more_moves = settings.more_moves.unwrap_or_else(|| more_moves(n_activities)).min(900);
    let (mut list, mut length) = start(trials, settings);
    let mut pushed = Pushed::Left;
    let (beginning, end) = trials.progress();
    while !trials.is_over() {
        let target = pushed.across();
        trials.trial.copy_from_slice(&list);
        trials.move_some(target, more_moves);
        let found = trials.generate(target);
        let left = u128::from(end.saturating_sub(trials.progress().0));
        let chance = u128::from(warmth) * left / u128::from((end - beginning).max(1));
        if found <= trials.allowed(length, u64::try_from(chance).unwrap_or(0)) {
            trials.order_towards(target.across());
            std::mem::swap(&mut list, &mut trials.trial);
            length = found;
            pushed = target;
        }
    }
}

/// The best of the default plan and some samples: its list, to be pushed right, and its length.
fn start<G: Generator>(trials: &mut Trials<'_, G>, settings: Settings) -> (Vec<u32>, i64) {
    trials.order_towards(Pushed::Right);
    let (mut list, mut length) = (trials.trial.clone(), trials.best.length);
    let keys = Rule::LatestFinish.keys(trials.generator);
    let samples = settings.samples.min(trials.progress().1 / (6 * trials.n_activities().max(1) as u64));
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

/// How warm a walk begins: small projects need more to leave a hollow, in large ones the many small steps do it.
/// 300 to 500 did best at 30 activities, about 200 at 60 and 100 at 120.
fn warmth(n_activities: usize) -> u64 {
    (12_000 / (n_activities as u64).max(1)).clamp(50, 450)
}

/// How often one more activity is moved in a step, out of a thousand: 700 did best at 30 activities, 200 at 120.
fn more_moves(n_activities: usize) -> u64 {
    (25_000 / (n_activities as u64).max(1)).clamp(200, 700)
}
