//! What charts are given: numbers for their place, and the same numbers as readers see them.

use jiff::civil::Date;

use crate::chart::kit::days::{end_of, start_of};
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

/// The readings as points, at the ends of their days.
pub(crate) fn points(readings: &[&Reading]) -> Vec<(f64, f64)> {
    readings.iter().map(|reading| (end_of(reading.date), reading.height)).collect()
}

/// Readings of working days as points, level over the days between them on which nobody works: a plan does nothing on
/// a weekend or a holiday, so its line must not slope there.
pub(crate) fn level_when_idle(readings: &[&Reading]) -> Vec<(f64, f64)> {
    let mut corners: Vec<(f64, f64)> = Vec::with_capacity(readings.len() * 6 / 5);
    for reading in readings {
        if let Some((last, height)) = corners.last().copied()
            && start_of(reading.date) > last
        {
            corners.push((start_of(reading.date), height));
        }
        corners.push((end_of(reading.date), reading.height));
    }
    corners
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn the_line_of_an_iteration_is_level_on_its_weekend_and_on_its_holiday() {
        // 40 points from Monday 2 to Friday 13 November 2026 with a holiday on Wednesday 11: nine working days.
        let worked = [2, 3, 4, 5, 6, 9, 10, 12, 13].map(|day| date(2026, 11, day));
        let left = [35.56, 31.11, 26.67, 22.22, 17.78, 13.33, 8.89, 4.44, 0.0];
        let readings: Vec<Reading> = worked
            .into_iter()
            .zip(left)
            .map(|(date, height)| Reading { date, height, label: String::new() })
            .collect();
        let corners = level_when_idle(&readings.iter().collect::<Vec<_>>());
        let at = |day: i8| {
            let end = end_of(date(2026, 11, day));
            let after = corners.iter().position(|corner| corner.0 >= end).unwrap();
            let (before, next) = (corners[after.saturating_sub(1)], corners[after]);
            let slope = if next.0 > before.0 { (next.1 - before.1) / (next.0 - before.0) } else { 0.0 };
            next.1 - slope * (next.0 - end)
        };
        let every_day = [2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13].map(|day| format!("{:.2}", at(day)));
        assert_eq!(
            every_day.join(" "),
            "35.56 31.11 26.67 22.22 17.78 17.78 17.78 13.33 8.89 8.89 4.44 0.00"
        );
    }
}
