//! Will a benefit reach its target: the newest reading once it is due, before that the line through its readings.

use jiff::civil::Date;

use super::straight_line::StraightLine;
use crate::model::{Benefit, BenefitReading};
use crate::quantity::{Ratio, days_between};

/// Fewer readings than this have no slope worth a forecast.
pub const FEWEST_READINGS: usize = 4;

/// What is to be expected of a benefit on the day on which it is due.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum BenefitForecast {
    /// The straight line through all readings (least squares), on the day it is due; no finer than the readings, and not beyond
    /// what the measure can be.
    Along {
        /// In thousandths of the unit, rounded half away from zero to the decimals of the readings.
        thousandths: i64,
        /// Whether the line runs beyond what the measure can be, so that its end stands here.
        is_held: bool,
        /// The share of the way from the value before to the target; none where there is no way between them.
        attained: Option<Ratio>,
    },
    /// It is due, or never was due on a day: the newest reading counts.
    Read {
        /// In thousandths of the unit.
        thousandths: i64,
        /// The share of the way from the value before to the target; none where there is no way between them.
        attained: Option<Ratio>,
    },
    /// There are so many readings, fewer than [`FEWEST_READINGS`].
    TooFew(usize),
    /// All readings are of one day, so no line goes through them.
    OneDay,
    /// There is no target.
    NoTarget,
}

impl BenefitForecast {
    /// Looks ahead from a day with the readings that were there by then.
    ///
    /// 25, 21, 17 and 13 complaints at the ends of four months fall by four a month, so 9 are expected a month later; of the
    /// way from 31 to 10 that is 105 %. Half a year later they would be −15: 0 is told, since what was never below zero
    /// will not be. A share, with the unit `%`, does not go above 100 either unless it has been there. A value before that is
    /// not known counts as zero.
    #[must_use]
    pub fn of(benefit: &Benefit, day: Date) -> Self {
        let Some(target) = benefit.target else { return Self::NoTarget };
        let readings: Vec<_> = benefit.readings.iter().filter(|reading| reading.date <= day).collect();
        let Some(newest) = readings.last() else { return Self::TooFew(0) };
        let (from, to) = (benefit.baseline.unwrap_or(0) as f64, target as f64);
        let attained = |reached: f64| Ratio::of(reached - from, to - from);
        let due = match benefit.due {
            Some(due) if due > day => due,
            _ => {
                let thousandths = newest.thousandths;
                return Self::Read { thousandths, attained: attained(thousandths as f64) };
            }
        };
        if readings.len() < FEWEST_READINGS {
            return Self::TooFew(readings.len());
        }
        let place = |date: Date| days_between(newest.date, date) as f64;
        let points: Vec<(f64, f64)> =
            readings.iter().map(|reading| (place(reading.date), reading.thousandths as f64)).collect();
        match StraightLine::through(&points).map(|line| line.at(place(due))) {
            Some(reached) => {
                let thousandths = to_step(reached, step(benefit, &readings));
                let held = held(benefit, thousandths);
                Self::Along {
                    thousandths: held,
                    is_held: held != thousandths,
                    attained: attained(held as f64),
                }
            }
            None => Self::OneDay,
        }
    }

    /// The share of the way from the value before to the target that is reached; none where nobody can say.
    #[must_use]
    pub fn attained(self) -> Option<f64> {
        match self {
            Self::Along { attained, .. } | Self::Read { attained, .. } => attained.map(Ratio::get),
            Self::TooFew(_) | Self::OneDay | Self::NoTarget => None,
        }
    }
}

/// What can be told apart, in thousandths: 1 000 where all that was measured is whole, 100 where one has a decimal.
fn step(benefit: &Benefit, readings: &[&BenefitReading]) -> i64 {
    let measured = readings.iter().map(|reading| reading.thousandths);
    let all: Vec<i64> = measured.chain(benefit.baseline).chain(benefit.target).collect();
    let fits = |step: &i64| all.iter().all(|value| value % step == 0);
    [1_000, 100, 10].into_iter().find(fits).unwrap_or(1)
}

#[allow(clippy::cast_possible_truncation)]
fn to_step(thousandths: f64, step: i64) -> i64 {
    // Saturates; no reading comes near.
    ((thousandths / step as f64).round() as i64).saturating_mul(step)
}

/// Keeps an expected value where the measure can be: not below zero, a share not above the whole, unless it has been there.
fn held(benefit: &Benefit, thousandths: i64) -> i64 {
    const WHOLE: i64 = 100_000;
    let measured = benefit.readings.iter().map(|reading| reading.thousandths);
    let known: Vec<i64> = measured.chain(benefit.baseline).chain(benefit.target).collect();
    let mut held = thousandths;
    if known.iter().all(|value| *value >= 0) {
        held = held.max(0);
    }
    if benefit.unit.as_deref() == Some("%") && known.iter().all(|value| *value <= WHOLE) {
        held = held.min(WHOLE);
    }
    held
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Span;
    use crate::model::{BenefitReading, Text};
    use crate::plan::sketch::date;

    fn benefit(readings: &[(&str, i64)], due: Option<&str>) -> Benefit {
        let readings = readings.iter();
        Benefit {
            id: "B1".parse().unwrap(),
            benefit: Text { markdown: "Fewer".to_owned(), origin: Span::default() },
            measure: None,
            unit: None,
            baseline: Some(31_000),
            target: Some(10_000),
            due: due.map(date),
            owner: None,
            readings: readings
                .map(|(day, value)| BenefitReading {
                    date: date(day),
                    thousandths: value * 1_000,
                    origin: Span::default(),
                })
                .collect(),
            checkpoints: Vec::new(),
            next_reading: None,
            origin: Span::default(),
        }
    }

    /// Readings on a line are continued exactly: four less every ten days.
    #[test]
    fn a_line_goes_on_as_a_line() {
        let readings = [("2026-08-01", 25), ("2026-08-11", 21), ("2026-08-21", 17), ("2026-08-31", 13)];
        let ahead = BenefitForecast::of(&benefit(&readings, Some("2026-09-10")), date("2026-08-31"));
        let BenefitForecast::Along { thousandths, .. } = ahead else { panic!("{ahead:?}") };
        assert_eq!(thousandths, 9_000);
        assert!((ahead.attained().unwrap() - 22.0 / 21.0).abs() < 1e-12);
    }

    #[test]
    fn a_count_is_not_forecast_below_zero_nor_finer_than_it_is_read() {
        let readings = [("2026-08-01", 25), ("2026-08-11", 21), ("2026-08-21", 17), ("2026-08-31", 13)];
        let far = BenefitForecast::of(&benefit(&readings, Some("2027-03-01")), date("2026-08-31"));
        let BenefitForecast::Along { thousandths, is_held, .. } = far else { panic!("{far:?}") };
        assert_eq!((thousandths, is_held), (0, true));
        assert!((far.attained().unwrap() - 31.0 / 21.0).abs() < 1e-12);
        // A week on the line is at 10.2.
        let near = BenefitForecast::of(&benefit(&readings, Some("2026-09-07")), date("2026-08-31"));
        let BenefitForecast::Along { thousandths, is_held, .. } = near else { panic!("{near:?}") };
        assert_eq!((thousandths, is_held), (10_000, false));
    }

    #[test]
    fn a_share_is_not_forecast_above_the_whole() {
        let readings = [("2026-08-01", 60), ("2026-08-11", 75), ("2026-08-21", 85), ("2026-08-31", 95)];
        let share = Benefit {
            unit: Some("%".to_owned()),
            target: Some(90_000),
            ..benefit(&readings, Some("2026-12-01"))
        };
        let told = BenefitForecast::of(&share, date("2026-08-31"));
        assert!(
            matches!(told, BenefitForecast::Along { thousandths: 100_000, is_held: true, .. }),
            "{told:?}"
        );
    }

    #[test]
    fn too_few_readings_are_no_forecast() {
        let readings = [("2026-08-01", 25), ("2026-08-11", 21), ("2026-08-21", 17), ("2026-08-31", 13)];
        let benefit = benefit(&readings, Some("2026-09-10"));
        assert_eq!(BenefitForecast::of(&benefit, date("2026-08-30")), BenefitForecast::TooFew(3));
        assert_eq!(BenefitForecast::of(&benefit, date("2026-07-30")), BenefitForecast::TooFew(0));
    }

    #[test]
    fn a_checkpoint_is_missed_by_the_newest_reading_up_to_its_day() {
        let checkpoint = |by: &str, value: i64| crate::model::Checkpoint {
            by: date(by),
            thousandths: value * 1_000,
            origin: Span::default(),
        };
        // From 31 down to 10: less is better.
        let readings = [("2026-08-01", 25), ("2026-08-11", 21)];
        let benefit = Benefit {
            checkpoints: vec![
                checkpoint("2026-07-20", 30),
                checkpoint("2026-08-05", 26),
                checkpoint("2026-08-10", 24),
                checkpoint("2026-09-30", 5),
            ],
            ..benefit(&readings, Some("2026-12-31"))
        };
        let missed = |day: &str| -> Vec<(String, Option<i64>)> {
            let missed = benefit.checkpoints_missed(date(day));
            missed.map(|(one, read)| (one.by.to_string(), read.map(|read| read.thousandths))).collect()
        };
        assert_eq!(missed("2026-07-19"), []);
        // Nothing was read by the first day; 25 keeps 26 and misses 24; the last day has not come.
        assert_eq!(
            missed("2026-08-20"),
            [("2026-07-20".to_owned(), None), ("2026-08-10".to_owned(), Some(25_000))]
        );
    }

    #[test]
    fn what_is_due_is_read() {
        let benefit = benefit(&[("2026-08-01", 25)], Some("2026-08-15"));
        let read = BenefitForecast::of(&benefit, date("2026-08-20"));
        assert!(matches!(read, BenefitForecast::Read { thousandths: 25_000, .. }));
        assert!((read.attained().unwrap() - 6.0 / 21.0).abs() < 1e-12);
        let aimless = Benefit { target: None, ..benefit };
        assert_eq!(BenefitForecast::of(&aimless, date("2026-08-20")), BenefitForecast::NoTarget);
    }
}
