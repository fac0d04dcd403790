//! A value that grows over days, as a few points of a broken line.

use jiff::civil::Date;

use crate::quantity::{Amount, Fraction};

/// How much had grown by the end of each day: points in the order of their days, with straight lines between them.
///
/// Before the first point it is nothing, after the last it stays. Between two points it grows by calendar days, rounded half
/// to even to whole minor units.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ValueSeries {
    points: Vec<(Date, Amount)>,
}

impl ValueSeries {
    /// Takes points in any order; of two on a day the later counts.
    #[must_use]
    pub fn new(points: impl IntoIterator<Item = (Date, Amount)>) -> Self {
        let by_day: std::collections::BTreeMap<Date, Amount> = points.into_iter().collect();
        Self { points: by_day.into_iter().collect() }
    }

    /// Finds few points that give exactly the values of a run of days without a gap, the first of them the eve.
    ///
    /// 0, 600, 1 200, 1 200, 1 200, 1 800 become the points 0, 1 200, 1 200 and 1 800; idle days before the first rise are
    /// left out.
    #[must_use]
    pub fn through(days: &[(Date, Amount)]) -> Self {
        let mut points: Vec<(Date, Amount)> = days.first().copied().into_iter().collect();
        let mut from = 0;
        while from + 1 < days.len() {
            let reaches = |to: &usize| {
                let line = Self { points: vec![days[from], days[*to]] };
                days[from..=*to].iter().all(|(day, value)| line.on(*day) == *value)
            };
            // The next day is always reached; from there on as far as the line holds.
            let to = (from + 2..days.len()).take_while(reaches).last().unwrap_or(from + 1);
            points.push(days[to]);
            from = to;
        }
        // Before its first point a series is nothing anyway.
        let is_idle =
            |points: &[(Date, Amount)]| matches!(points, [(_, Amount::ZERO), (_, Amount::ZERO), ..]);
        while is_idle(&points) {
            points.remove(0);
        }
        Self { points }
    }

    /// The value at the end of a day.
    #[must_use]
    pub fn on(&self, day: Date) -> Amount {
        let after = self.points.partition_point(|(point, _)| *point <= day);
        let before = after.checked_sub(1).and_then(|place| self.points.get(place));
        match (before, self.points.get(after)) {
            (None, _) => Amount::ZERO,
            (Some((_, value)), None) => *value,
            (Some((from, low)), Some((to, high))) => {
                let days = |until: Date| i64::from((until - *from).get_days());
                *low + (*high - *low).share(Fraction::new(days(day), days(*to)))
            }
        }
    }

    /// The points, in the order of their days.
    #[must_use]
    pub fn points(&self) -> &[(Date, Amount)] {
        &self.points
    }

    /// The value in the end; nothing without points.
    #[must_use]
    pub fn last(&self) -> Amount {
        self.points.last().map_or(Amount::ZERO, |(_, value)| *value)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn run(values: &[i64]) -> Vec<(Date, Amount)> {
        let first = Date::constant(2026, 8, 12);
        let days = std::iter::successors(Some(first), |day| day.tomorrow().ok());
        days.zip(values.iter().map(|value| Amount(*value))).collect()
    }

    #[test]
    fn a_straight_stretch_is_two_points() {
        let days = run(&[0, 600, 1_200, 1_200, 1_200, 1_800]);
        let series = ValueSeries::through(&days);
        assert_eq!(series.points(), [days[0], days[2], days[4], days[5]]);
        assert_eq!(series.on(Date::constant(2026, 8, 13)), Amount(600));
        assert_eq!(series.on(Date::constant(2026, 8, 1)), Amount::ZERO);
        assert_eq!(series.on(Date::constant(2027, 1, 1)), Amount(1_800));
        assert_eq!(ValueSeries::through(&[]).last(), Amount::ZERO);
    }

    proptest! {
        #[test]
        fn no_day_is_lost(values in prop::collection::vec(0i64..50, 0..60)) {
            let mut sum = 0;
            let rising: Vec<i64> = values.iter().map(|step| { sum += step / 7; sum }).collect();
            let days = run(&rising);
            let series = ValueSeries::through(&days);
            for (day, value) in days {
                prop_assert_eq!(series.on(day), value);
            }
        }
    }
}
