//! What charts are given: numbers for their place, and the same numbers as readers see them.

use jiff::civil::Date;

/// A value as of the end of a date.
#[derive(Clone, Debug, PartialEq)]
pub struct Reading {
    /// The date; the value counts all that happened on it.
    pub date: Date,
    /// Height on the chart. A value that is not finite breaks the line: nothing was reported on that date.
    pub height: f64,
    /// The value as the page prints it, with its unit.
    pub label: String,
}

/// A named amount.
#[derive(Clone, Debug, PartialEq)]
pub struct Figure {
    /// What it is: "Budget", "If the cost trend continues".
    pub name: String,
    /// Length or height on the chart.
    pub height: f64,
    /// The amount as the page prints it, with its unit.
    pub label: String,
}

/// The readings that have a value, up to and including `last`, in the order of their dates.
pub(crate) fn reported_until(readings: &[Reading], last: Date) -> Vec<&Reading> {
    let mut reported: Vec<&Reading> =
        readings.iter().filter(|reading| reading.height.is_finite() && reading.date <= last).collect();
    reported.sort_by_key(|reading| reading.date);
    reported
}
