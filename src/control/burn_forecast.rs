//! When a burn ends, from its own pace: three dates instead of one.

use jiff::civil::Date;

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
    /// Mean throughput per period.
    pub mean: f64,
    /// Mean of the best three periods.
    pub best_three: f64,
    /// Mean of the worst three periods.
    pub worst_three: f64,
    /// Mean growth of scope per period; zero where scope stood still or shrank.
    pub growth: f64,
    /// How many periods were looked at.
    pub n_periods: usize,
    /// Calendar days of a period.
    pub period_days: i64,
}

/// An end, counted in periods from the status date.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct BurnFinish {
    /// Remaining ÷ (throughput − growth), unrounded.
    pub exact_periods: f64,
    /// The same, rounded up to whole periods.
    pub periods: i64,
    /// The last day of the last period; none beyond the calendar.
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
    /// Scope grows at least as fast as work is done.
    NeverAtThisRate,
}
