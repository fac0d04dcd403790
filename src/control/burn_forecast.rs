//! When a burn ends, from its own pace: three dates instead of one.

use jiff::civil::Date;

use crate::model::Rhythm;
use crate::plan::levelling::random::Random;

/// When remaining work ends if the pace of the last periods goes on.
///
/// A period is the project's reporting rhythm. Throughput is what was done in a period; scope growth is set against it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct BurnForecast {
    /// At the mean throughput.
    pub likely: BurnFinish,
    /// At the mean of the best three periods.
    pub optimistic: BurnFinish,
    /// At the mean of the worst three periods; none when that pace never gets there.
    pub pessimistic: Option<BurnFinish>,
    /// The end that half of the runs keep to, if each coming period does as much as one of the past, drawn at random (P50);
    /// none where they do not get there.
    pub half_of_runs: Option<BurnFinish>,
    /// The end that 85 of 100 runs keep to (P85).
    pub most_of_runs: Option<BurnFinish>,
    /// Mean throughput per period.
    pub mean: f64,
    /// Mean of the best three periods.
    pub best_three: f64,
    /// Mean of the worst three periods.
    pub worst_three: f64,
    /// Mean growth of scope per period; zero where scope stood still or shrank. The ends above take the scope as it is.
    pub growth: f64,
    /// The end at the mean throughput if scope goes on growing like this; none where it is not growing.
    pub growing: Option<GrowingFinish>,
    /// How many periods were looked at.
    pub n_periods: usize,
    /// How long a period is.
    pub rhythm: Rhythm,
}

/// When remaining work ends if scope goes on growing as it did.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum GrowingFinish {
    /// It ends all the same, later.
    At(BurnFinish),
    /// Never: scope grows at least as fast as work is done.
    Never,
}

/// An end, counted in periods from the status date.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct BurnFinish {
    /// What remains ÷ the pace, unrounded; of [`BurnForecast::growing`] the pace less the growth of scope.
    pub exact_periods: f64,
    /// The same, rounded up to whole periods.
    pub periods: i64,
    /// The last day of the last period; none further ahead than the pace can tell ([`SIGHT`]), and beyond the calendar.
    pub date: Option<Date>,
}

/// Why there is no forecast.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoForecast {
    /// Fewer than five whole periods have passed since work began; so many have.
    FewerThanFivePeriods(usize),
    /// Nothing is left.
    Finished,
    /// Nothing has been done in the periods looked at.
    NoProgress,
    /// At the mean pace the rest takes more than [`SIGHT`] times as many periods as were looked at.
    OutOfSight {
        /// So many it would take.
        periods: i64,
        /// So many were looked at.
        looked_at: usize,
    },
    /// The board has stopped the project.
    Stopped,
}

/// A pace is told no further ahead than so many times as far as it was looked back on: what eight periods did says nothing about the
/// fortieth to come, in which other people do other work. A convention, no standard: it says so in place of a date.
pub const SIGHT: i64 = 4;

/// Fewer periods than this say nothing about the next ones.
const FEWEST_PERIODS: usize = 5;

/// Forecasts from plain numbers: what is left, what each period did, and how much came in per period.
///
/// Finish when remaining ≤ throughput × n: whoever decides on the scope must know when the present one is done. If it goes on
/// growing, finish when remaining + growth × n ≤ throughput × n. Velocities 22 18 25 20 16 24 21 19 with 120 left give 5.07,
/// 5.82 and 6.79 periods: 6, 6 and 7; with a growth of 8.625 a period, 10.
pub(super) fn forecast(
    remaining: f64,
    done_by_period: &[f64],
    growth: f64,
    (status_date, rhythm): (Date, Rhythm),
) -> Result<BurnForecast, NoForecast> {
    if remaining <= 0.0 {
        return Err(NoForecast::Finished);
    }
    if done_by_period.len() < FEWEST_PERIODS {
        return Err(NoForecast::FewerThanFivePeriods(done_by_period.len()));
    }
    let mut sorted = done_by_period.to_vec();
    sorted.sort_by(f64::total_cmp);
    let mean = mean_of(&sorted);
    let worst_three = mean_of(&sorted[..3]);
    let best_three = mean_of(&sorted[sorted.len() - 3..]);
    if mean <= 0.0 {
        return Err(NoForecast::NoProgress);
    }
    let growth = growth.max(0.0);
    let [half_of_runs, most_of_runs] = of_runs(remaining, done_by_period);
    let likely = finish(remaining, mean).ok_or(NoForecast::NoProgress)?;
    let looked_at = done_by_period.len();
    if !is_in_sight(likely.periods, looked_at) {
        return Err(NoForecast::OutOfSight { periods: likely.periods, looked_at });
    }
    // The best pace is at least the mean one, so it gets there too.
    let optimistic = finish(remaining, best_three).unwrap_or(likely);
    let grown = || finish(remaining, mean - growth).map_or(GrowingFinish::Never, GrowingFinish::At);
    Ok(BurnForecast {
        likely,
        optimistic,
        pessimistic: finish(remaining, worst_three),
        half_of_runs,
        most_of_runs,
        mean,
        best_three,
        worst_three,
        growth,
        growing: (growth > 0.0).then(grown),
        n_periods: done_by_period.len(),
        rhythm,
    }
    .dated(status_date))
}

fn is_in_sight(periods: i64, looked_at: usize) -> bool {
    i64::try_from(looked_at).is_ok_and(|looked_at| periods <= looked_at.saturating_mul(SIGHT))
}

/// Runs of the bootstrap: the ends are whole periods, and so many settle them.
const RUNS: usize = 2_000;

/// The seed of the bootstrap: the same files give the same figures.
const SEED: u64 = 1;

/// A run that is not done after so many periods never is.
const LONGEST_RUN: i64 = 520;

/// P50 and P85 of the periods until nothing is left, each period doing what one of the past did, drawn at random.
fn of_runs(remaining: f64, done_by_period: &[f64]) -> [Option<BurnFinish>; 2] {
    let mut random = Random::new(SEED);
    let mut run = || {
        let mut left = remaining;
        let mut periods = 0;
        while left > 1e-9 && periods < LONGEST_RUN {
            let drawn = done_by_period.get(random.index(done_by_period.len())).copied().unwrap_or(0.0);
            left -= drawn;
            periods += 1;
        }
        periods
    };
    let mut ends: Vec<i64> = (0..RUNS).map(|_| run()).collect();
    ends.sort_unstable();
    [50, 85].map(|percent| {
        let end = ends.get((RUNS * percent).div_ceil(100).saturating_sub(1)).copied()?;
        (end < LONGEST_RUN).then_some(BurnFinish { exact_periods: end as f64, periods: end, date: None })
    })
}

fn mean_of(numbers: &[f64]) -> f64 {
    numbers.iter().sum::<f64>() / numbers.len() as f64
}

fn finish(remaining: f64, net_pace: f64) -> Option<BurnFinish> {
    let exact_periods = remaining / net_pace;
    // More periods than a lifetime has weeks are never.
    (net_pace > 0.0 && exact_periods < 5_000.0).then(|| BurnFinish {
        exact_periods,
        periods: whole_periods(exact_periods),
        date: None,
    })
}

#[allow(clippy::cast_possible_truncation, reason = "below 5 000")]
fn whole_periods(exact: f64) -> i64 {
    // Ten tenths of a period are one period, not two: a float's last digits do not open another.
    (exact - 1e-9).ceil() as i64
}

impl BurnForecast {
    /// Puts periods on the calendar, counted from the status date.
    fn dated(mut self, status_date: Date) -> Self {
        let (looked_at, rhythm) = (self.n_periods, self.rhythm);
        let date = |finish: BurnFinish| BurnFinish {
            date: Some(finish.periods)
                .filter(|periods| is_in_sight(*periods, looked_at))
                .and_then(|periods| rhythm.after(status_date, periods)),
            ..finish
        };
        self.likely = date(self.likely);
        self.optimistic = date(self.optimistic);
        self.pessimistic = self.pessimistic.map(date);
        self.half_of_runs = self.half_of_runs.map(date);
        self.most_of_runs = self.most_of_runs.map(date);
        self.growing = self.growing.map(|growing| match growing {
            GrowingFinish::At(finish) => GrowingFinish::At(date(finish)),
            GrowingFinish::Never => GrowingFinish::Never,
        });
        self
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    /// Counted from a Friday in periods of two weeks.
    fn ahead(remaining: f64, done: &[f64], growth: f64) -> Result<BurnForecast, NoForecast> {
        forecast(remaining, done, growth, (date(2026, 11, 20), Rhythm::Weeks(2)))
    }

    const VELOCITIES: [f64; 8] = [22.0, 18.0, 25.0, 20.0, 16.0, 24.0, 21.0, 19.0];

    #[test]
    fn three_paces_give_three_ends() {
        let found = ahead(120.0, &VELOCITIES, 0.0).unwrap();
        let rounded = |number: f64| format!("{number:.3}");
        assert_eq!(
            [found.best_three, found.mean, found.worst_three].map(rounded),
            ["23.667", "20.625", "17.667"]
        );
        let pessimistic = found.pessimistic.unwrap();
        let ends = [found.optimistic, found.likely, pessimistic];
        assert_eq!(ends.map(|end| rounded(end.exact_periods)), ["5.070", "5.818", "6.792"]);
        assert_eq!(ends.map(|end| end.periods), [6, 6, 7]);
        assert_eq!(pessimistic.date, Some(date(2027, 2, 26)));
    }

    #[test]
    fn runs_end_where_every_combination_of_periods_would() {
        // Exact: of all 8^k combinations of k periods, those that do 120 or more.
        let found = ahead(120.0, &VELOCITIES, 0.0).unwrap();
        let mut ways = std::collections::BTreeMap::from([(0_i64, 1.0_f64)]);
        let mut exact = Vec::new();
        for periods in 1..=8 {
            let mut next = std::collections::BTreeMap::new();
            for (sum, share) in &ways {
                for velocity in [22, 18, 25, 20, 16, 24, 21, 19] {
                    *next.entry(sum + velocity).or_insert(0.0) += share / 8.0;
                }
            }
            ways = next;
            let done: f64 = ways.iter().filter(|(sum, _)| **sum >= 120).map(|(_, share)| share).sum();
            exact.push((periods, done));
        }
        let quantile = |share: f64| exact.iter().find(|(_, done)| *done >= share).unwrap().0;
        assert_eq!((quantile(0.5), quantile(0.85)), (6, 7));
        assert_eq!(found.half_of_runs.unwrap().periods, quantile(0.5));
        assert_eq!(found.most_of_runs.unwrap().periods, quantile(0.85));
    }

    #[test]
    fn growing_scope_is_run_after() {
        let found = ahead(120.0, &VELOCITIES, 8.625).unwrap();
        assert_eq!(found.likely, ahead(120.0, &VELOCITIES, 0.0).unwrap().likely, "the scope as it is");
        let Some(GrowingFinish::At(growing)) = found.growing else { panic!("{:?}", found.growing) };
        assert_eq!(growing.periods, 10);
        assert_eq!(ahead(120.0, &VELOCITIES, 21.0).unwrap().growing, Some(GrowingFinish::Never));
        assert_eq!(ahead(120.0, &VELOCITIES, -3.0).unwrap().growing, None);
        assert_eq!(ahead(60.0, &[0.0, 0.0, 0.0, 9.0, 9.0], 0.0).unwrap().pessimistic, None);
    }

    #[test]
    fn an_end_out_of_sight_has_no_day() {
        // 30 left: at a mean of 3 ten periods, at the worst three 30, more than four times the five looked at.
        let found = ahead(30.0, &[1.0, 1.0, 1.0, 6.0, 6.0], 0.0).unwrap();
        assert_eq!(found.likely.date, Some(date(2027, 4, 9)));
        let pessimistic = found.pessimistic.unwrap();
        assert_eq!((pessimistic.periods, pessimistic.date), (30, None));
    }

    #[test]
    fn no_forecast_is_made_from_too_little() {
        assert_eq!(ahead(9.0, &[1.0; 4], 0.0), Err(NoForecast::FewerThanFivePeriods(4)));
        assert_eq!(ahead(9.0, &[0.0; 6], 0.0), Err(NoForecast::NoProgress));
        assert_eq!(ahead(0.0, &[1.0; 6], 0.0), Err(NoForecast::Finished));
        // Five periods of 1 are looked at: 20 are in sight, 21 are not.
        assert!(ahead(20.0, &[1.0; 5], 0.0).is_ok());
        assert_eq!(ahead(21.0, &[1.0; 5], 0.0), Err(NoForecast::OutOfSight { periods: 21, looked_at: 5 }));
    }
}
