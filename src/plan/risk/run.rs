//! Many runs of a flat network.
//!
//! Comes in: the network, how many runs, the seed's streams inside it. Goes out: finish and cost of each run, and sums over all
//! of them. Runs are computed [`LANES`] at a time; blocks of them in parallel. All sums are of whole numbers, so that no
//! order of adding them changes a bit. Nothing is allocated per run.
//!
//! Within a run the order is that of the engine's forward pass (`critical_path`), with its rules: links and floors, hard
//! constraints that hold a task earlier, and the project's start or the status date above all.

#![allow(clippy::needless_range_loop, reason = "a run is the same place in several lists")]

use rayon::prelude::*;

use crate::plan::risk::lags::later_by;
use crate::plan::risk::network::{
    FlatEdge, FlatKind, FlatNetwork, FlatNode, FlatSplit, NO_CEILING, NO_FLOOR, Pin, Way,
};
use crate::plan::risk::normal::{Deviates, NormalShare};
use crate::plan::risk::random::{Purpose, Stream};
use crate::plan::risk::tally::Tally;

/// Runs computed at a time.
pub(super) const LANES: usize = 8;

/// Runs of one piece of parallel work.
const BLOCK: usize = 128;

/// A number for each run computed at a time.
pub(super) type Lanes = [i64; LANES];

/// One bit for each of them.
type Mask = u8;

/// What came out of one run.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct RunOutcome {
    /// The instant of the project's finish.
    pub(super) finish: i64,
    /// Cost beyond what was certain, in the smallest unit of the currency.
    pub(super) cost: i64,
}

/// How estimates hang together.
#[derive(Clone, Debug)]
pub(super) struct Dependence {
    common: Stream,
    deviates: Deviates,
    shares: NormalShare,
    /// Weights of what is common and of what is the task's own.
    common_weight: f64,
    own_weight: f64,
}

impl Dependence {
    /// One cause common to all tasks such that any two of them have this rank correlation, 0 to 1.
    ///
    /// Normal deviates with correlation 2 sin(π r / 6) have Spearman's rank correlation r (Pearson, 1907), and ranks stay what
    /// they are when each deviate is turned into a length. A weight √ρ on the common deviate gives any two tasks ρ.
    pub(super) fn new(seed: u64, rank_correlation: f64) -> Self {
        let correlation = (2.0 * (std::f64::consts::PI * rank_correlation / 6.0).sin()).clamp(0.0, 1.0);
        Self {
            common: Stream::new(seed, Purpose::Common),
            deviates: Deviates::new(),
            shares: NormalShare::new(),
            common_weight: correlation.sqrt(),
            own_weight: (1.0 - correlation).sqrt(),
        }
    }

    /// Turns a task's own random bits into bits that lean to what is common.
    fn lean(&self, common: f64, own: u64) -> u64 {
        let mixed = self.common_weight * common + self.own_weight * self.deviates.at(own);
        #[allow(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a share of 2⁶⁴; the end saturates"
        )]
        let bits = (self.shares.below(mixed) * 2_f64.powi(64)) as u64;
        bits
    }
}

/// All runs: outcome by run, finish of each watch by run, and sums.
#[derive(Clone, Debug)]
pub(super) struct Runs {
    pub(super) outcomes: Vec<RunOutcome>,
    /// Runs one after the other, in each the watches in their order.
    pub(super) watched: Vec<i64>,
    pub(super) tally: Tally,
}

/// Makes so many runs. `likely_finish` is the count, on the project's axis, from which deviations are counted.
pub(super) fn run_all(
    network: &FlatNetwork,
    n_runs: usize,
    dependence: Option<&Dependence>,
    likely_finish: i64,
) -> Runs {
    let n_watches = network.watches.len();
    let mut outcomes = vec![RunOutcome::default(); n_runs];
    let mut watched = vec![0; n_runs * n_watches];
    // Chunks of nothing are none: one more number a run keeps the two lists in step.
    let mut nothing = vec![0; if n_watches == 0 { n_runs } else { 0 }];
    let watch_chunks = if n_watches == 0 {
        nothing.par_chunks_mut(BLOCK)
    } else {
        watched.par_chunks_mut(BLOCK * n_watches)
    };
    let tally = outcomes
        .par_chunks_mut(BLOCK)
        .zip(watch_chunks)
        .enumerate()
        .fold(
            || (Lane::new(network), Tally::new(network)),
            |(mut lane, mut tally), (block, (outcomes, watched))| {
                for (place, group) in outcomes.chunks_mut(LANES).enumerate() {
                    let first_run = block * BLOCK + place * LANES;
                    lane.run(network, dependence, first_run as u64, group.len());
                    let rows = watched.chunks_mut(n_watches.max(1)).skip(place * LANES);
                    lane.write(network, group, rows);
                    lane.count(network, likely_finish, &mut tally, group.len());
                }
                (lane, tally)
            },
        )
        .map(|(_, tally)| tally)
        .reduce_with(|sum, more| sum.plus(&more))
        .unwrap_or_else(|| Tally::new(network));
    Runs { outcomes, watched, tally }
}

/// The state of [`LANES`] runs.
#[derive(Clone, Debug)]
struct Lane {
    /// Counts by node; only of work.
    start: Vec<Lanes>,
    finish: Vec<Lanes>,
    /// Instants by node; of work only where somebody wants them.
    start_at: Vec<Lanes>,
    finish_at: Vec<Lanes>,
    /// By node: minutes needed, of work.
    needs: Vec<Lanes>,
    /// By uncertain length: how much longer than most likely it was drawn, risks left out.
    longer: Vec<Lanes>,
    /// By node: runs in which it decides the finish.
    critical: Vec<Mask>,
    /// By risk: runs in which it strikes.
    struck: Vec<Mask>,
    /// By axis: the last count reached, and in which runs it is the project's finish.
    last: Vec<Lanes>,
    is_last: Vec<Mask>,
    project_finish: Lanes,
    cost: Lanes,
    /// Cost of time, in 2¹⁶ths, before it is rounded once.
    cost_of_time: Lanes,
}

impl Lane {
    fn new(network: &FlatNetwork) -> Self {
        let of_nodes = || vec![[0; LANES]; network.nodes.len()];
        let mut lane = Self {
            start: of_nodes(),
            finish: of_nodes(),
            start_at: of_nodes(),
            finish_at: of_nodes(),
            needs: of_nodes(),
            longer: vec![[0; LANES]; network.lengths.len()],
            critical: vec![0; network.nodes.len()],
            struck: vec![0; network.risks.len()],
            last: vec![[0; LANES]; network.axes.len()],
            is_last: vec![0; network.axes.len()],
            project_finish: [0; LANES],
            cost: [0; LANES],
            cost_of_time: [0; LANES],
        };
        for (needs, node) in lane.needs.iter_mut().zip(&network.nodes) {
            *needs = [node.needs; LANES];
        }
        lane
    }

    fn run(&mut self, network: &FlatNetwork, dependence: Option<&Dependence>, first_run: u64, n_runs: usize) {
        self.draw(network, dependence, first_run);
        self.forward(network);
        self.backward(network, n_runs);
    }

    /// Draws which risks strike and how long everything uncertain takes.
    fn draw(&mut self, network: &FlatNetwork, dependence: Option<&Dependence>, first_run: u64) {
        self.cost = [0; LANES];
        self.cost_of_time = [0; LANES];
        for (risk, struck) in network.risks.iter().zip(&mut self.struck) {
            *struck = 0;
            for lane in 0..LANES {
                if risk.always || risk.stream.draw(first_run + lane as u64) < risk.threshold {
                    *struck |= 1 << lane;
                    self.cost[lane] += risk.cost;
                }
            }
        }
        let common: Option<(&Dependence, [f64; LANES])> = dependence.map(|dependence| {
            let of_run = |lane| dependence.deviates.at(dependence.common.draw(first_run + lane as u64));
            (dependence, std::array::from_fn(of_run))
        });
        for (length, longer) in network.lengths.iter().zip(&mut self.longer) {
            let needs = &mut self.needs[length.node];
            if let Some(table) = length.table {
                let table = &network.tables[table];
                let mut bits: [u64; LANES] =
                    std::array::from_fn(|lane| length.stream.draw(first_run + lane as u64));
                if let Some((dependence, common)) = &common {
                    bits = std::array::from_fn(|lane| dependence.lean(common[lane], bits[lane]));
                }
                let likely = network.nodes[length.node].needs;
                for lane in 0..LANES {
                    let share = table.at(bits[lane]).cast_signed();
                    let drawn = length.low + ((share * length.span + (1 << 31)) >> 32);
                    needs[lane] = drawn;
                    longer[lane] = drawn - likely;
                    let money = longer[lane].saturating_mul(length.rate);
                    self.cost_of_time[lane] = self.cost_of_time[lane].saturating_add(money);
                }
            } else {
                *needs = [network.nodes[length.node].needs; LANES];
            }
            for (risk, minutes) in &length.strikes {
                let struck = self.struck[*risk];
                for (lane, needs) in needs.iter_mut().enumerate() {
                    if struck >> lane & 1 == 1 {
                        *needs += minutes;
                    }
                }
            }
            for needs in needs {
                *needs = (*needs).max(0);
            }
        }
        for FlatSplit { parts, split, needs } in &network.splits {
            let is_drawn = network.nodes[parts[0]].length.is_some();
            let whole = if is_drawn { self.needs[parts[0]] } else { [*needs; LANES] };
            for lane in 0..LANES {
                for (part, needs) in parts.iter().zip(split.needs(whole[lane])) {
                    self.needs[*part][lane] = needs;
                }
            }
        }
        for lane in 0..LANES {
            self.cost[lane] += self.cost_of_time[lane].saturating_add(1 << 15) >> 16;
        }
    }

    fn forward(&mut self, network: &FlatNetwork) {
        self.last.fill([i64::MIN; LANES]);
        self.project_finish = [network.finish_floor; LANES];
        for (number, node) in network.nodes.iter().enumerate() {
            match node.kind {
                FlatKind::Work => {
                    let before = self.project_finish;
                    if node.works.is_empty() {
                        self.place_work(network, number, node);
                    } else {
                        self.place_people(network, number, node);
                    }
                    if let Some(after) = node.after {
                        self.leave_out(number, after, before);
                    }
                }
                FlatKind::Point => self.place_point(network, number, node),
                FlatKind::Latest | FlatKind::Earliest => self.place_end(network, number, node),
            }
        }
        for (axis, last) in network.axes.iter().zip(&self.last) {
            for lane in 0..LANES {
                if last[lane] != i64::MIN {
                    self.project_finish[lane] = self.project_finish[lane].max(axis.finish(last[lane]));
                }
            }
        }
    }

    fn place_work(&mut self, network: &FlatNetwork, number: usize, node: &FlatNode) {
        let needs = self.needs[number];
        let mut wanted: Lanes =
            std::array::from_fn(|lane| node.start_from.max(node.finish_from - needs[lane]));
        for edge in &network.edges[node.edges.clone()] {
            let allowed = self.allowed(network, edge, node, &needs);
            for lane in 0..LANES {
                wanted[lane] = wanted[lane].max(allowed[lane]);
            }
        }
        let mut placed: Lanes = std::array::from_fn(|lane| match node.pin {
            Pin::Start(at) => at,
            Pin::Finish(at) => at - needs[lane],
            Pin::None => wanted[lane].min(node.start_to).min(node.finish_to - needs[lane]),
        });
        for placed in &mut placed {
            *placed = (*placed).max(node.floor);
            if let Some(axis) = node.waits_for.map(|axis| &network.axes[axis]) {
                *placed = axis.start(axis.count(*placed));
            }
        }
        let mut finish: Lanes = std::array::from_fn(|lane| placed[lane] + needs[lane]);
        let axis = &network.axes[node.axis];
        if node.wants_start {
            self.start_at[number] = match node.began {
                Some(began) => [began; LANES],
                None => placed.map(|count| axis.start(count)),
            };
        }
        if node.wants_finish {
            self.finish_at[number] = finish.map(|count| axis.finish(count));
        }
        if node.by_instant {
            for lane in 0..LANES {
                let start = node.began.unwrap_or_else(|| axis.start(placed[lane]));
                let at = self.finish_at[number][lane].max(start);
                self.finish_at[number][lane] = at;
                self.project_finish[lane] = self.project_finish[lane].max(at);
                finish[lane] = axis.count(at);
            }
        } else {
            let last = &mut self.last[node.axis];
            for lane in 0..LANES {
                last[lane] = last[lane].max(finish[lane]);
            }
        }
        self.start[number] = placed;
        self.finish[number] = finish;
    }

    /// A part of a task of which nothing is left is over with the part before it, whoever is busy then.
    fn leave_out(&mut self, number: usize, after: usize, finish_before: Lanes) {
        for lane in (0..LANES).filter(|lane| self.needs[number][*lane] <= 0) {
            self.start[number][lane] = self.finish[after][lane];
            self.finish[number][lane] = self.finish[after][lane];
            self.start_at[number][lane] = self.finish_at[after][lane];
            self.finish_at[number][lane] = self.finish_at[after][lane];
            self.project_finish[lane] = finish_before[lane];
        }
    }

    /// Work of several people, each in their own time: it begins with the first and ends with the last of them.
    fn place_people(&mut self, network: &FlatNetwork, number: usize, node: &FlatNode) {
        let needs = self.needs[number];
        let begin_for = |at: i64, lane: usize| match at {
            NO_FLOOR | NO_CEILING => at,
            _ => begin_for(network, node, at, needs[lane]),
        };
        let mut wanted: Lanes =
            std::array::from_fn(|lane| node.start_from.max(begin_for(node.finish_from, lane)));
        for edge in &network.edges[node.edges.clone()] {
            let allowed = self.allowed(network, edge, node, &needs);
            for lane in 0..LANES {
                wanted[lane] = wanted[lane].max(allowed[lane]);
            }
        }
        for lane in 0..LANES {
            let placed = match node.pin {
                Pin::None => wanted[lane].min(node.start_to).min(begin_for(node.finish_to, lane)),
                Pin::Start(at) => at,
                Pin::Finish(at) => begin_for(at, lane),
            };
            let placed = placed.max(node.floor);
            let axes = node.works.iter().map(|axis| &network.axes[*axis]);
            let start = axes.clone().map(|axis| axis.start(axis.count(placed))).min().unwrap_or(placed);
            let finish = axes.map(|axis| axis.finish(axis.count(placed) + needs[lane])).max();
            let finish = finish.unwrap_or(placed).max(node.began.unwrap_or(start));
            self.start[number][lane] = placed;
            self.finish[number][lane] = finish;
            self.start_at[number][lane] = node.began.unwrap_or(start);
            self.finish_at[number][lane] = finish;
            self.project_finish[lane] = self.project_finish[lane].max(finish);
        }
    }

    fn place_point(&mut self, network: &FlatNetwork, number: usize, node: &FlatNode) {
        let mut wanted = [node.start_from; LANES];
        for edge in &network.edges[node.edges.clone()] {
            let allowed = self.allowed(network, edge, node, &[0; LANES]);
            for lane in 0..LANES {
                wanted[lane] = wanted[lane].max(allowed[lane]);
            }
        }
        for lane in 0..LANES {
            let placed = match node.pin {
                Pin::None => wanted[lane].min(node.start_to),
                Pin::Start(at) | Pin::Finish(at) => at,
            };
            let placed = placed.max(node.floor);
            self.start_at[number][lane] = placed;
            self.finish_at[number][lane] = placed;
            self.project_finish[lane] = self.project_finish[lane].max(placed);
        }
    }

    fn place_end(&mut self, network: &FlatNetwork, number: usize, node: &FlatNode) {
        let mut placed = [node.start_from; LANES];
        for edge in &network.edges[node.edges.clone()] {
            let end = self.end_at(edge);
            for lane in 0..LANES {
                placed[lane] = if node.kind == FlatKind::Earliest {
                    placed[lane].min(end[lane])
                } else {
                    placed[lane].max(end[lane])
                };
            }
        }
        self.start_at[number] = placed;
        self.finish_at[number] = placed;
    }

    fn end_at(&self, edge: &FlatEdge) -> Lanes {
        if edge.leaves_start { self.start_at[edge.from] } else { self.finish_at[edge.from] }
    }

    /// The earliest place that a link allows: a count for work, an instant for a point.
    fn allowed(&self, network: &FlatNetwork, edge: &FlatEdge, node: &FlatNode, needs: &Lanes) -> Lanes {
        let axis = &network.axes[node.axis];
        let lags = edge.share.map(|share| network.shares[share].lags(&self.needs));
        let mut allowed = match (edge.way, lags) {
            (Way::Same, lags) => {
                let end = if edge.leaves_start { &self.start[edge.from] } else { &self.finish[edge.from] };
                match lags {
                    None => std::array::from_fn(|lane| end[lane] + edge.lag),
                    Some(lags) => std::array::from_fn(|lane| end[lane] + lags[lane]),
                }
            }
            (way, None) => self.end_at(edge).map(|end| later_by(network, axis, way, (end, edge.lag))),
            (way, Some(lags)) => {
                let end = self.end_at(edge);
                std::array::from_fn(|lane| later_by(network, axis, way, (end[lane], lags[lane])))
            }
        };
        if edge.enters_finish && node.works.is_empty() {
            for lane in 0..LANES {
                allowed[lane] -= needs[lane];
            }
        } else if edge.enters_finish {
            for lane in 0..LANES {
                allowed[lane] = begin_for(network, node, allowed[lane], needs[lane]);
            }
        }
        allowed
    }

    /// Follows what binds back from the finish: a node decides the finish where it ends with it, or where a link that
    /// leaves it holds a deciding node exactly where it is.
    fn backward(&mut self, network: &FlatNetwork, n_runs: usize) {
        let counted = Mask::MAX >> (LANES - n_runs);
        for (axis, (last, is_last)) in network.axes.iter().zip(self.last.iter().zip(&mut self.is_last)) {
            *is_last = 0;
            for lane in 0..LANES {
                if last[lane] != i64::MIN && axis.finish(last[lane]) == self.project_finish[lane] {
                    *is_last |= 1 << lane;
                }
            }
        }
        self.critical.fill(0);
        for (number, node) in network.nodes.iter().enumerate().rev() {
            let ends_last = match node.kind {
                FlatKind::Work if !node.by_instant => {
                    let is_last = self.is_last[node.axis];
                    if is_last == 0 {
                        0
                    } else {
                        is_last & equal(&self.finish[number], &self.last[node.axis])
                    }
                }
                FlatKind::Work | FlatKind::Point => equal(&self.finish_at[number], &self.project_finish),
                FlatKind::Latest | FlatKind::Earliest => 0,
            };
            let critical = (self.critical[number] | ends_last) & counted;
            self.critical[number] = critical;
            if critical == 0 {
                continue;
            }
            for edge in &network.edges[node.edges.clone()] {
                let binds = match node.kind {
                    FlatKind::Work => {
                        equal(&self.allowed(network, edge, node, &self.needs[number]), &self.start[number])
                    }
                    FlatKind::Point => {
                        equal(&self.allowed(network, edge, node, &[0; LANES]), &self.start_at[number])
                    }
                    FlatKind::Latest | FlatKind::Earliest => {
                        equal(&self.end_at(edge), &self.start_at[number])
                    }
                };
                self.critical[edge.from] |= critical & binds;
            }
        }
        // A task decides the finish where any part of it does.
        for split in &network.splits {
            let any = split.parts.iter().fold(0, |any, part| any | self.critical[*part]);
            self.critical[split.parts[0]] = any;
        }
    }

    /// Writes down what the runs came to.
    fn write<'a>(
        &self,
        network: &FlatNetwork,
        outcomes: &mut [RunOutcome],
        watches: impl Iterator<Item = &'a mut [i64]>,
    ) {
        for (lane, outcome) in outcomes.iter_mut().enumerate() {
            *outcome = RunOutcome { finish: self.project_finish[lane], cost: self.cost[lane] };
        }
        if network.watches.is_empty() {
            return;
        }
        for (lane, row) in watches.take(outcomes.len()).enumerate() {
            for (watch, finish) in network.watches.iter().zip(row) {
                let finishes = watch.nodes.iter().map(|node| self.finish_at[*node][lane]);
                *finish = finishes.fold(watch.floor, i64::max);
            }
        }
    }

    /// Adds the runs to the sums.
    fn count(&self, network: &FlatNetwork, likely_finish: i64, tally: &mut Tally, n_runs: usize) {
        for (sum, critical) in tally.critical.iter_mut().zip(&self.critical) {
            *sum += critical.count_ones();
        }
        let axis = &network.axes[network.project_axis];
        let mut late: Lanes = self.project_finish.map(|finish| axis.count(finish) - likely_finish);
        late[n_runs..].fill(0);
        for late in &late {
            tally.finish += i128::from(*late);
            tally.finish_square += i128::from(late * late);
        }
        for (sums, longer) in tally.lengths.iter_mut().zip(&self.longer) {
            let (mut own, mut square, mut product) = (0, 0, 0);
            for lane in 0..n_runs {
                own += longer[lane];
                square += longer[lane] * longer[lane];
                product += longer[lane] * late[lane];
            }
            sums.own += i128::from(own);
            sums.square += i128::from(square);
            sums.product += i128::from(product);
        }
        for (sums, struck) in tally.risks.iter_mut().zip(&self.struck) {
            for lane in (0..n_runs).filter(|lane| struck >> lane & 1 == 1) {
                sums.own += 1;
                sums.square += 1;
                sums.product += i128::from(late[lane]);
            }
        }
    }
}

/// When work of several people must begin to be over at an instant.
fn begin_for(network: &FlatNetwork, node: &FlatNode, finish: i64, needs: i64) -> i64 {
    let axes = node.works.iter().map(|axis| &network.axes[*axis]);
    axes.map(|axis| axis.start(axis.count(finish) - needs)).min().unwrap_or(finish)
}

/// The runs in which two numbers are the same.
fn equal(left: &Lanes, right: &Lanes) -> Mask {
    let mut mask = 0;
    for lane in 0..LANES {
        mask |= Mask::from(left[lane] == right[lane]) << lane;
    }
    mask
}

/// The minutes that each task needs in a run, for tests that schedule them again in another way.
#[cfg(test)]
pub(super) fn drawn(
    network: &FlatNetwork,
    dependence: Option<&Dependence>,
    run: u64,
) -> Vec<(crate::model::TaskNo, i64)> {
    let mut lane = Lane::new(network);
    lane.draw(network, dependence, run);
    let lengths = network.lengths.iter();
    lengths.map(|length| (network.nodes[length.node].task.unwrap(), lane.needs[length.node][0])).collect()
}
