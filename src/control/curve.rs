//! Planned, earned and actual value over time: the S-curve.

use jiff::civil::Date;

use crate::quantity::Amount;

/// The three lines of the S-curve.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Curve {
    /// Planned value at the end of each working day of the project's calendar, from the reference's first day to
    /// its last; empty without dated work. Rises to the budget at completion.
    pub days: Vec<CurvePoint>,
    /// Earned value at each report date up to the status date, in order.
    pub earned: Vec<(Date, Amount)>,
    /// Earned value without level of effort, at the same dates.
    pub earned_discrete: Vec<(Date, Amount)>,
    /// Actual cost at the same dates.
    pub actual: Vec<(Date, Amount)>,
}

/// Planned value at the end of a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CurvePoint {
    /// The day.
    pub date: Date,
    /// What was to be earned by its end.
    pub planned: Amount,
    /// The same without level of effort.
    pub planned_discrete: Amount,
}
