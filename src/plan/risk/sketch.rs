//! What is compiled once for many runs: a flat network without the tables that are drawn from and without its working times laid out.
//!
//! Comes in: what the adapter compiled. Goes out: the network ready to be run. Two plans of one sketch have the same runs.

use rayon::prelude::*;

use crate::model::WorkingTime;
use crate::plan::risk::Distribution;
use crate::plan::risk::axis::Axis;
use crate::plan::risk::distribution::QuantileMaker;
use crate::plan::risk::known::KnownRuns;
use crate::plan::risk::network::{FlatNetwork, Length};
use crate::plan::risk::outcome::StrikePlace;

/// A flat network before its tables are laid out: all that runs depend on, in little room.
#[derive(Clone, Debug, Hash)]
pub(super) struct Sketched<'a> {
    /// Without axes and without tables.
    pub(super) flat: FlatNetwork,
    /// Where each open risk strikes.
    pub(super) strikes: Vec<StrikePlace>,
    /// By table, the shape that it holds.
    pub(super) shapes: Vec<(i64, i64)>,
    /// By axis, its working time.
    pub(super) times: Vec<&'a WorkingTime>,
    /// The days over which they are laid out.
    pub(super) days: (i64, i64),
}

impl Sketched<'_> {
    /// Says whether anything varies: some length has a range, or some risk strikes some task.
    pub(super) fn is_uncertain(&self) -> bool {
        let varies = |length: &Length| length.table.is_some() || !length.strikes.is_empty();
        self.flat.lengths.iter().any(varies)
    }

    /// The same ready to be run, with the tables that lengths are drawn from, and the working times laid out.
    pub(super) fn laid_out(&self, distribution: Distribution, known: &KnownRuns) -> FlatNetwork {
        let maker = QuantileMaker::new(distribution);
        let (from, to) = self.days;
        let mut flat = self.flat.clone();
        flat.tables = self.shapes.par_iter().map(|shape| known.quantiles(&maker, *shape)).collect();
        flat.axes = self.times.par_iter().map(|time| Axis::new(time, from, to)).collect();
        flat
    }
}
