//! What charts are given: numbers for their place, and the same numbers as readers see them.

use jiff::civil::Date;

use crate::format;
use crate::quantity::{Amount, Currency};

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

impl Reading {
    /// An amount as of a date, printed with its currency.
    pub(crate) fn money(date: Date, amount: Amount, currency: Currency) -> Self {
        Self {
            date,
            height: whole_units(amount, currency),
            label: format::money_with_currency(amount, currency),
        }
    }
}

impl Figure {
    /// A named amount, printed with its currency.
    pub(crate) fn money(name: &str, amount: Amount, currency: Currency) -> Self {
        Self {
            name: name.to_owned(),
            height: whole_units(amount, currency),
            label: format::money_with_currency(amount, currency),
        }
    }
}

/// An amount in whole units of its currency, for its place on a chart: 104 958.76 for 10 495 876 cents.
pub(crate) fn whole_units(amount: Amount, currency: Currency) -> f64 {
    amount.as_f64() / f64::from(10_u32.pow(currency.digits()))
}

/// The last of `readings` (in the order of their dates) on or before `date` that has a value.
pub(crate) fn reading_on(readings: &[Reading], date: Date) -> Option<&Reading> {
    readings.iter().rfind(|reading| reading.date <= date && reading.height.is_finite())
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
