//! Days over which planned value stands still, on which earned schedule cannot be told.
//!
//! Earned schedule reads off the day by which so much was planned to be earned. Where nothing is planned to be earned for
//! weeks, all of them fit, and the standard takes the last. The index then leaps without anybody having worked faster.

use jiff::civil::Date;

use super::{Curve, CurvePoint, Reference, Said};
use crate::quantity::{Amount, Id, Measure, Ratio};

/// Working days on which as much is planned to be earned as on the day before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FlatStretch {
    /// The day by whose end it was to be earned.
    pub first: Date,
    /// The last day before more was to be earned.
    pub last: Date,
    /// How many working days the second lies after the first.
    pub n_days: usize,
}

/// What some reports said of SPI(t) on the same flat stretch.
#[derive(Clone, Debug, PartialEq)]
pub struct Unresolved {
    /// The stretch.
    pub stretch: FlatStretch,
    /// Each report with the index as the standard has it and as it is when the first day is counted instead.
    pub reports: Vec<(Date, Ratio, Ratio)>,
}

impl FlatStretch {
    /// Below this an index that could be another is still the same in the hundredths that colours are told by.
    pub const WORTH_A_WORD: f64 = 0.05;

    /// The flat stretch on which an earned value lies, planned value being `planned` at the end of each of `days`; none where
    /// it lies on a day that nothing stands still after, before the first value, and once all is earned.
    #[must_use]
    pub fn of(days: &[Date], planned: &[Amount], earned: Amount) -> Option<Self> {
        let budget = *planned.last()?;
        if earned >= budget {
            return None;
        }
        let whole = planned.partition_point(|value| *value <= earned);
        let level = *planned.get(whole.checked_sub(1)?)?;
        let first = planned.partition_point(|value| *value < level);
        let n_days = whole - 1 - first;
        (level > Amount::ZERO && n_days > 0).then_some(Self {
            first: *days.get(first)?,
            last: *days.get(whole - 1)?,
            n_days,
        })
    }

    /// The days of a plan on which nothing is to be earned yet, where nothing is earned: no pace can be told on them, and nobody is late.
    /// None where something is earned, and where the first day is to earn something.
    ///
    /// A task of 15 days that earns when it is finished: the first 14.
    #[must_use]
    pub(super) fn before_the_first(days: &[Date], planned: &[Amount], earned: Amount) -> Option<Self> {
        let n_days = planned.partition_point(|value| *value <= Amount::ZERO);
        if earned > Amount::ZERO || n_days == planned.len() {
            return None;
        }
        let last = n_days.checked_sub(1)?;
        Some(Self { first: *days.first()?, last: *days.get(last)?, n_days: last })
    }

    /// Whether days before anything is to be earned last until today, so many working days having passed.
    pub(super) fn is_not_over(&self, actual_time: f64) -> bool {
        actual_time > 0.0 && actual_time <= self.n_days as f64 + 1.0
    }

    /// Whether it reaches beyond today and makes at least 0.05 of the index, in working days of earned schedule and passed.
    ///
    /// 36 days have passed, and from day 35 to 58 nothing more is planned to be earned: what was earned fits each of them, and
    /// 58 ÷ 36 = 1.611 tells nothing. A stretch that lies behind today makes a late project look no earlier than it is.
    pub(super) fn hides_pace(&self, earned_time: f64, actual_time: f64) -> bool {
        earned_time > actual_time && self.n_days as f64 >= Self::WORTH_A_WORD * actual_time
    }
}

/// The reports whose SPI(t) lies on a flat stretch of the plan that they were measured by, stretch by stretch; those in which it
/// makes less than 0.05 are left out, and those that were measured by a baseline that was never in force.
#[must_use]
pub fn unresolved(said: &[Said], reference: &Reference, curve: &Curve) -> Vec<Unresolved> {
    let plans = Plans::of(reference, curve);
    let mut found: Vec<Unresolved> = Vec::new();
    for report in said {
        let by = plans.of_report(report);
        let figures = report.figures.headline();
        let Some((stretch, counted, first)) = by.zip(figures.earned).and_then(|(by, earned)| {
            let planned = if report.figures.is_headline_discrete() { &by.discrete } else { &by.all };
            let stretch = FlatStretch::of(&by.days, planned, earned)?;
            let passed = figures.actual_time.as_ref()?.thousandths as f64 / 1_000.0;
            let counted = figures.time_index_on_plateau()?;
            let first = Ratio::new(counted.get() - stretch.n_days as f64 / passed)?;
            Some((stretch, counted, first))
        }) else {
            continue;
        };
        if counted.get() - first.get() < FlatStretch::WORTH_A_WORD {
            continue;
        }
        let said = (report.status_date, counted, first);
        match found.last_mut() {
            Some(last) if last.stretch == stretch => last.reports.push(said),
            _ => found.push(Unresolved { stretch, reports: vec![said] }),
        }
    }
    found
}

/// Tells of closed reports whether what was earned lay on a plateau of the plan that they were measured by, as today's figures do; those
/// that were measured by a baseline that was never in force stay as they are.
pub fn find_plateaus(said: &mut [Said], reference: &Reference, curve: &Curve) {
    let plans = Plans::of(reference, curve);
    for report in said {
        let Some(by) = plans.of_report(report) else { continue };
        let figures = &mut report.figures;
        for (value, planned) in [(&mut figures.total, &by.all), (&mut figures.discrete, &by.discrete)] {
            let days = |measure: Option<&Measure>| Some(measure?.thousandths as f64 / 1_000.0);
            let times = days(value.earned_time.as_ref()).zip(days(value.actual_time.as_ref()));
            let Some((earned, (earned_time, actual_time))) = value.earned.zip(times) else { continue };
            let before = FlatStretch::before_the_first(&by.days, planned, earned)
                .is_some_and(|stretch| stretch.is_not_over(actual_time));
            let later = FlatStretch::of(&by.days, planned, earned)
                .is_some_and(|stretch| stretch.hides_pace(earned_time, actual_time));
            value.is_on_plateau = before || later;
        }
    }
}

/// The plans that reports were measured by.
struct Plans<'a> {
    now: (Option<&'a Id>, Planned),
    before: Vec<(&'a Id, Planned)>,
}

impl<'a> Plans<'a> {
    fn of(reference: &'a Reference, curve: &'a Curve) -> Self {
        let before = curve.before.iter().map(|(id, days)| (id, Planned::of(days)));
        Self { now: (reference.baseline_id(), Planned::of(&curve.days)), before: before.collect() }
    }

    /// The one that a report was measured by; none where that was never in force.
    fn of_report(&self, report: &Said) -> Option<&Planned> {
        let baseline = report.figures.baseline.as_ref();
        if baseline == self.now.0 {
            return Some(&self.now.1);
        }
        self.before.iter().find(|(id, _)| Some(*id) == baseline).map(|(_, planned)| planned)
    }
}

/// Planned value day by day, with and without level of effort.
struct Planned {
    days: Vec<Date>,
    all: Vec<Amount>,
    discrete: Vec<Amount>,
}

impl Planned {
    fn of(points: &[CurvePoint]) -> Self {
        Self {
            days: points.iter().map(|point| point.date).collect(),
            all: points.iter().map(|point| point.planned).collect(),
            discrete: points.iter().map(|point| point.planned_discrete).collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    fn stretch(earned: i64) -> Option<(i8, i8, usize)> {
        let days: Vec<Date> = (3..=9).map(|day| date(2026, 8, day)).collect();
        let planned = [0, 20, 50, 50, 50, 80, 100].map(Amount);
        FlatStretch::of(&days, &planned, Amount(earned))
            .map(|found| (found.first.day(), found.last.day(), found.n_days))
    }

    #[test]
    fn what_was_earned_by_a_plateau_fits_each_of_its_days() {
        assert_eq!(stretch(50), Some((5, 7, 2)));
        // A little more lies on the way to the next lump, but over the same plateau.
        assert_eq!(stretch(52), Some((5, 7, 2)));
        assert_eq!([0, 10, 20, 49, 80, 100, 120].map(stretch), [None; 7]);
    }

    #[test]
    fn before_anything_is_to_be_earned_no_pace_is_told() {
        let days: Vec<Date> = (3..=7).map(|day| date(2026, 8, day)).collect();
        let of = |planned: [i64; 5], earned: i64| {
            FlatStretch::before_the_first(&days, &planned.map(Amount), Amount(earned))
                .map(|found| (found.first.day(), found.last.day(), found.n_days))
        };
        assert_eq!(of([0, 0, 0, 0, 100], 0), Some((3, 6, 3)));
        assert_eq!(of([0, 50, 50, 50, 100], 0), Some((3, 3, 0)));
        assert_eq!([of([20, 50, 50, 50, 100], 0), of([0, 0, 0, 0, 100], 10), of([0; 5], 0)], [None; 3]);
    }
}
