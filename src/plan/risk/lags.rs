//! What the lags of links come to in a run.
//!
//! Comes in: the end of a predecessor, and a lag of fixed minutes or as a share of a length that was drawn. Goes out: the
//! earliest place of the successor.

use crate::plan::risk::axis::Axis;
use crate::plan::risk::network::{FlatNetwork, FlatShare, Way};
use crate::plan::risk::run::Lanes;
use crate::quantity::Fraction;

impl FlatShare {
    /// The lag in each run, from the minutes that each node needs there.
    pub(super) fn lags(&self, needs: &[Lanes]) -> Lanes {
        let share = Fraction::new(self.hundredths, 10_000);
        std::array::from_fn(|lane| {
            let left: i64 = self.parts.iter().map(|part| needs[*part][lane]).sum();
            share.of((self.done + left).max(0))
        })
    }
}

/// The end of a predecessor with its lag: a count of the successor's axis for work, an instant for a point. One place of an axis
/// is more than one instant, so that no lag at all leaves the instant as it is.
pub(super) fn later_by(network: &FlatNetwork, axis: &Axis, way: Way, (end, lag): (i64, i64)) -> i64 {
    match way {
        Way::Same | Way::Count => axis.count(end) + lag,
        Way::Elapsed => axis.count(end + lag),
        Way::Through(_) if lag == 0 => axis.count(end),
        Way::Through(measure) => {
            let measure = &network.axes[measure];
            let count = measure.count(end) + lag;
            axis.count(if lag > 0 { measure.finish(count) } else { measure.start(count) })
        }
        Way::Point => end,
        Way::PointWorking(measure) if lag != 0 => {
            let measure = &network.axes[measure];
            measure.finish(measure.count(end) + lag)
        }
        Way::PointElapsed(measure) | Way::PointWorking(measure) => {
            let measure = &network.axes[measure];
            let at = end + lag;
            let count = measure.count(at);
            if measure.finish(count) == at { at } else { measure.start(count) }
        }
    }
}
