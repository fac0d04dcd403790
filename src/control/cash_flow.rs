//! Discounted cash flow on plain series: present value, internal rates, payback.
//!
//! Flows are numbers in any one unit; the first belongs to year 0 and is not discounted. A rate of 0.08 is 8 % a year.

/// The rates at which a series is worth nothing.
#[derive(Clone, Debug, PartialEq)]
pub enum InternalRates {
    /// No rate: all flows have one sign, or the curve never touches zero.
    None,
    /// Exactly one; 0.2809 is 28.09 %. It may be negative.
    One(f64),
    /// Several, in rising order: none of them is an answer, use NPV.
    Several(Vec<f64>),
    /// Above 1000 %.
    TooHigh,
}

/// When a cumulated series turns positive for good.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum CrossingYear {
    /// Not within the horizon.
    Never,
    /// In that year, counted from year 0 with its fraction: 2.96. Zero for a series that never was negative.
    Year(f64),
    /// It turned positive before and fell again; this is the last crossing.
    LastOfSeveral(f64),
}
