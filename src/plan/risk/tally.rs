//! What is summed up over runs of a flat network.
//!
//! Comes in: the network that is run. Goes out: whole numbers to which each run adds. Not here: what follows from them.

use crate::plan::risk::network::FlatNetwork;

/// Sums over runs. Deviations are from the most likely value, so that squares stay small.
#[derive(Clone, Debug, Default)]
pub(super) struct Tally {
    /// By node: runs in which it lay on a path that decided the finish.
    pub(super) critical: Vec<u32>,
    /// By uncertain length: sums of its deviation, of the square, and of the product with that of the finish.
    pub(super) lengths: Vec<Sums>,
    /// By risk: the same of whether it struck.
    pub(super) risks: Vec<Sums>,
    /// Sums of the deviation of the finish, in working minutes of the project, and of its square.
    pub(super) finish: i128,
    pub(super) finish_square: i128,
}

/// Sums of a quantity that may move the finish.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Sums {
    pub(super) own: i128,
    pub(super) square: i128,
    pub(super) product: i128,
}

impl Tally {
    pub(super) fn new(network: &FlatNetwork) -> Self {
        Self {
            critical: vec![0; network.nodes.len()],
            lengths: vec![Sums::default(); network.lengths.len()],
            risks: vec![Sums::default(); network.risks.len()],
            finish: 0,
            finish_square: 0,
        }
    }

    pub(super) fn plus(mut self, other: &Self) -> Self {
        for (sum, more) in self.critical.iter_mut().zip(&other.critical) {
            *sum += more;
        }
        let sums = self.lengths.iter_mut().chain(&mut self.risks);
        for (sum, more) in sums.zip(other.lengths.iter().chain(&other.risks)) {
            sum.own += more.own;
            sum.square += more.square;
            sum.product += more.product;
        }
        self.finish += other.finish;
        self.finish_square += other.finish_square;
        self
    }
}
