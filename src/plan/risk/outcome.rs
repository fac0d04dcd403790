//! What thousands of runs say: percentiles, chances, and what decides them.

use crate::model::{Exposure, TaskNo};
use crate::plan::risk::known::RunKey;
use crate::plan::risk::network::FlatNetwork;
use crate::plan::risk::run::Runs;
use crate::plan::risk::spread::{Spread, share};
use crate::plan::risk::tally::Sums;
use crate::plan::risk::{Promise, RiskOptions};
use crate::quantity::{Amount, Fraction, Instant};

/// How sure a schedule and its cost are: the outcome of all runs.
#[derive(Clone, Debug, PartialEq)]
pub struct ScheduleRisk {
    /// How the runs were made.
    pub options: RiskOptions,
    /// The finish when everything takes as long as is most likely and no risk strikes: the forecast.
    pub likely_finish: Instant,
    /// The cost then.
    pub likely_cost: Amount,
    /// The finish of the project.
    pub finish: Spread<Instant>,
    /// What the project costs in the end: what is certain, the cost of the time that people take, and risks that struck.
    pub cost: Spread<Amount>,
    /// Open tasks that vary or that lay on a deciding path in some run, in the order of the plan.
    pub tasks: Vec<TaskRisk>,
    /// Open risks that cost time or money, in the order of the register.
    pub risks: Vec<RiskEffect>,
    /// What was watched, in the order asked for; what is over already is left out.
    pub watched: Vec<WatchedFinish>,
    /// The same if all responses to risks work as planned; none where no response is open whose outcome is recorded.
    pub if_answered: Option<IfAnswered>,
    /// Which cost came with which finish.
    together: Together,
    /// All that the runs depend on.
    pub(super) key: RunKey,
}

/// How sure finish and cost were if every risk were down to what its response shall leave of it.
#[derive(Clone, Debug, PartialEq)]
pub struct IfAnswered {
    /// The finish of the project.
    pub finish: Spread<Instant>,
    /// What the project costs in the end.
    pub cost: Spread<Amount>,
}

impl IfAnswered {
    pub(super) fn new(runs: &Runs, likely_cost: Amount) -> Self {
        Self {
            finish: Spread::new(runs.outcomes.iter().map(|run| Instant(run.finish)).collect()),
            cost: Spread::new(runs.outcomes.iter().map(|run| Amount(likely_cost.0 + run.cost)).collect()),
        }
    }
}

/// What a task does to the finish.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct TaskRisk {
    /// The task.
    pub task: TaskNo,
    /// Criticality index: the share of runs in which it lay on a path that decided the finish.
    pub criticality: Fraction,
    /// How the finish moves with it.
    pub sensitivity: Sensitivity,
}

/// How closely the finish follows a quantity. Zero where one of the two never varies.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Sensitivity {
    /// Pearson's coefficient of correlation with the finish in working time, −1 to 1.
    pub correlation: f64,
    /// The share of the variance of the finish that follows it in a straight line: the square of the correlation, 0 to 1.
    /// Things that vary independently have shares that add up to 1 on a single path, and to less where paths merge or
    /// calendars have gaps. Things that vary together share what they explain: their shares overlap and are not to be added.
    pub share: f64,
}

impl Sensitivity {
    /// From whether something happens to the minutes that it takes when it does: time won moves the other way.
    fn of_impact(self, minutes: i64) -> Self {
        if minutes < 0 { Self { correlation: -self.correlation, ..self } } else { self }
    }
}

/// What a risk does to the finish.
#[derive(Clone, Debug, PartialEq)]
pub struct RiskEffect {
    /// Its place in the register.
    pub risk: usize,
    /// The tasks that it strikes; none where it names no open task, and its time is left out.
    pub tasks: Vec<TaskNo>,
    /// What it does as things stand: how often it strikes, and the working minutes and the money that it takes then.
    pub exposure: Exposure,
    /// What it comes to if its response works, where that is recorded and the response is not done yet.
    pub hoped_for: Option<Exposure>,
    /// The share of runs in which it struck.
    pub struck: Fraction,
    /// How the finish moves with it.
    pub sensitivity: Sensitivity,
}

impl RiskEffect {
    /// Says whether it costs time that no open task takes up, because it names none.
    #[must_use]
    pub fn is_left_out(&self) -> bool {
        self.exposure.time != 0 && self.tasks.is_empty()
    }
}

/// When a task finishes that somebody waits for.
#[derive(Clone, Debug, PartialEq)]
pub struct WatchedFinish {
    /// The task, and what it is held against.
    pub promise: Promise,
    /// The share of runs that keep it.
    pub chance: Fraction,
    /// Its finish in all runs.
    pub finish: Spread<Instant>,
}

/// Where an open risk strikes.
#[derive(Clone, Debug, Hash)]
pub(super) struct StrikePlace {
    pub(super) risk: usize,
    pub(super) tasks: Vec<TaskNo>,
    pub(super) exposure: Exposure,
    pub(super) hoped_for: Option<Exposure>,
}

/// What the runs are held against.
#[derive(Clone, Copy, Debug, Hash)]
pub(super) struct Likely {
    pub(super) finish: Instant,
    pub(super) cost: Amount,
}

impl ScheduleRisk {
    pub(super) fn new(
        options: RiskOptions,
        network: &FlatNetwork,
        strikes: Vec<StrikePlace>,
        runs: &Runs,
        (likely, key): (Likely, RunKey),
    ) -> Self {
        let n_runs = runs.outcomes.len();
        let tally = &runs.tally;
        let of_finish = Sums { own: tally.finish, square: tally.finish_square, product: 0 };
        let sensitivity = |sums: &Sums| sensitivity(n_runs, sums, &of_finish);
        let mut tasks: Vec<TaskRisk> = network
            .nodes
            .iter()
            .zip(&tally.critical)
            .filter(|(node, critical)| node.length.is_some() || **critical > 0)
            .filter_map(|(node, critical)| {
                Some(TaskRisk {
                    task: node.task?,
                    criticality: share(*critical as usize, n_runs),
                    sensitivity: node
                        .length
                        .map_or_else(Sensitivity::default, |length| sensitivity(&tally.lengths[length])),
                })
            })
            .collect();
        tasks.sort_unstable_by_key(|task| task.task);
        let risks = strikes
            .into_iter()
            .zip(&tally.risks)
            .map(|(strike, sums)| RiskEffect {
                risk: strike.risk,
                tasks: strike.tasks,
                exposure: strike.exposure,
                hoped_for: strike.hoped_for,
                struck: share(usize::try_from(sums.own).unwrap_or(0), n_runs),
                // What varies is its time: as much as it takes where it strikes, nothing elsewhere.
                sensitivity: sensitivity(sums).of_impact(strike.exposure.time),
            })
            .collect();
        let n_watches = network.watches.len();
        let watched = network.watches.iter().enumerate().map(|(place, watch)| {
            let finishes = runs.watched.iter().skip(place).step_by(n_watches).map(|at| Instant(*at));
            let finish = Spread::new(finishes.collect());
            WatchedFinish {
                promise: watch.promise,
                chance: finish.chance_of(watch.promise.kept_until),
                finish,
            }
        });
        let (finish, cost, together) = joint(runs, likely.cost);
        Self {
            options,
            likely_finish: likely.finish,
            likely_cost: likely.cost,
            finish,
            cost,
            tasks,
            risks,
            watched: watched.collect(),
            if_answered: None,
            together,
            key,
        }
    }

    /// How many runs were made.
    #[must_use]
    pub fn n_runs(&self) -> usize {
        self.together.ranks().count()
    }

    /// The share of runs that finish by an instant and cost no more than an amount: meeting both at once.
    #[must_use]
    pub fn chance_of_both(&self, finish: Instant, cost: Amount) -> Fraction {
        let (in_time, cheap) = (self.finish.n_up_to(finish), self.cost.n_up_to(cost));
        let both = self.together.ranks().take(in_time).filter(|rank| *rank < cheap).count();
        share(both, self.n_runs())
    }

    /// How often each pair of classes came up: rows by finish, columns by cost, each class ending with the percentile
    /// named. The counts of all cells are the number of runs when the last percentile is 100.
    #[must_use]
    pub fn joint_counts(&self, percentiles: &[usize]) -> Vec<Vec<usize>> {
        let ends = percentiles.iter();
        let finishes: Vec<usize> = ends
            .clone()
            .filter_map(|percent| self.finish.percentile(*percent))
            .map(|end| self.finish.n_up_to(end))
            .collect();
        let costs: Vec<usize> = ends
            .filter_map(|percent| self.cost.percentile(*percent))
            .map(|end| self.cost.n_up_to(end))
            .collect();
        let mut counts = vec![vec![0; costs.len()]; finishes.len()];
        for (place, rank) in self.together.ranks().enumerate() {
            let row = finishes.partition_point(|end| *end <= place);
            let column = costs.partition_point(|end| *end <= rank);
            if let Some(count) = counts.get_mut(row).and_then(|row| row.get_mut(column)) {
                *count += 1;
            }
        }
        counts
    }
}

/// Which cost came with which finish: for each run, in the order of their finishes, the place of its cost among all costs.
#[derive(Clone, Debug, PartialEq)]
enum Together {
    /// Of so few runs that two bytes hold a place.
    Few(Box<[u16]>),
    Many(Box<[u32]>),
}

impl Together {
    fn ranks(&self) -> impl ExactSizeIterator<Item = usize> {
        let (few, many): (&[u16], &[u32]) = match self {
            Self::Few(ranks) => (ranks, &[]),
            Self::Many(ranks) => (&[], ranks),
        };
        (0..few.len() + many.len()).map(|place| match few.get(place) {
            Some(rank) => usize::from(*rank),
            None => many[place] as usize,
        })
    }
}

/// Finishes and costs of runs, each by themselves, and which came together.
fn joint(runs: &Runs, likely_cost: Amount) -> (Spread<Instant>, Spread<Amount>, Together) {
    let mut pairs: Vec<(i64, i64)> =
        runs.outcomes.iter().map(|run| (run.finish, likely_cost.0 + run.cost)).collect();
    pairs.sort_unstable();
    // A run is found again by its place: there are fewer than 2³² of them.
    let mut costs: Vec<(i64, u32)> = pairs.iter().zip(0..).map(|((_, cost), place)| (*cost, place)).collect();
    costs.sort_unstable();
    let mut ranks = vec![0; costs.len()];
    for ((_, place), rank) in costs.iter().zip(0_u32..) {
        ranks[*place as usize] = rank;
    }
    let short: Result<Vec<u16>, _> = ranks.iter().map(|rank| u16::try_from(*rank)).collect();
    let together = short.map_or_else(|_| Together::Many(ranks.into()), |ranks| Together::Few(ranks.into()));
    let finish = Spread::of_sorted(pairs.iter().map(|(finish, _)| *finish));
    (finish, Spread::of_sorted(costs.iter().map(|(cost, _)| *cost)), together)
}

/// Correlation and share of variance from sums of whole numbers: n Σxy − Σx Σy, over the same of x and x or y and y.
fn sensitivity(n_runs: usize, sums: &Sums, finish: &Sums) -> Sensitivity {
    let n = i128::try_from(n_runs).unwrap_or(0);
    let covariance = n * sums.product - sums.own * finish.own;
    let variance = n * sums.square - sums.own * sums.own;
    let of_finish = n * finish.square - finish.own * finish.own;
    if variance <= 0 || of_finish <= 0 {
        return Sensitivity::default();
    }
    let (covariance, variance, of_finish) = (covariance as f64, variance as f64, of_finish as f64);
    let correlation = (covariance / (variance.sqrt() * of_finish.sqrt())).clamp(-1.0, 1.0);
    Sensitivity { correlation, share: correlation * correlation }
}
