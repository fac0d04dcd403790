//! Costs and benefits of an option over time: what all figures of a business case are computed from.

use jiff::civil::Date;

use super::cash_flow::{Flow, present_value, years_between};
use crate::model::{AmountRange, CaseLine, CaseOption};
use crate::quantity::Amount;

/// Which end of each typed range is looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Course {
    /// Costs at their highest, benefits at their lowest.
    Worst,
    /// Everything as it is most likely.
    Likely,
    /// Costs at their lowest, benefits at their highest.
    Best,
}

/// What all options of a case have in common.
#[derive(Clone, Copy, Debug)]
pub(super) struct Terms<'a> {
    /// Discount rate a year; 0.08 is 8 %.
    pub rate: f64,
    /// Years after year 0.
    pub horizon: usize,
    /// The first day of year 0.
    pub first_day: Date,
    /// The option against which the others are computed; none where flows are typed as differences already.
    pub nothing: Option<&'a CaseOption>,
}

/// A flow with the year of the case in which it is listed.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Timed {
    /// The year of the case; the last one where it lies behind the horizon.
    pub year: usize,
    /// When it is discounted from, and how much, in minor units.
    pub flow: Flow,
}

/// Costs and benefits over time, all of them positive.
#[derive(Clone, Debug, Default)]
pub(super) struct Series {
    pub costs: Vec<Timed>,
    pub benefits: Vec<Timed>,
    /// Of the benefits, those that bring in money.
    pub cashable: Vec<Timed>,
    /// Years after year 0.
    pub horizon: usize,
}

impl Series {
    /// The flows of an option against doing nothing.
    pub fn of(option: &CaseOption, terms: Terms<'_>, course: Course) -> Self {
        let against = terms.nothing.map(|nothing| against(option, nothing));
        let option = against.as_ref().unwrap_or(option);
        let cost = |range: AmountRange| match course {
            Course::Worst => range.high,
            Course::Likely => range.likely,
            Course::Best => range.low,
        };
        let benefit = |range: AmountRange| match course {
            Course::Worst => range.low,
            Course::Likely => range.likely,
            Course::Best => range.high,
        };
        let cashable = option.benefits.iter().filter(|line| line.cashable);
        Self {
            costs: timed(option.costs.iter(), terms, cost),
            benefits: timed(option.benefits.iter(), terms, benefit),
            cashable: timed(cashable, terms, benefit),
            horizon: terms.horizon,
        }
    }

    /// Plain amounts by year.
    pub fn by_year(costs: &[Amount], benefits: &[Amount], cashable: &[Amount], horizon: usize) -> Self {
        let timed = |amounts: &[Amount]| -> Vec<Timed> {
            amounts.iter().enumerate().map(|(year, amount)| at_end(year, amount.as_f64())).collect()
        };
        Self { costs: timed(costs), benefits: timed(benefits), cashable: timed(cashable), horizon }
    }

    /// Benefits less costs, in no order.
    pub fn net(&self) -> Vec<Flow> {
        let costs = self.costs.iter().map(|cost| Flow { amount: -cost.flow.amount, ..cost.flow });
        self.benefits.iter().map(|benefit| benefit.flow).chain(costs).collect()
    }

    /// Net present value.
    pub fn npv(&self, rate: f64) -> f64 {
        present_value(rate, &self.net())
    }

    /// The sums of a list by year, year 0 first.
    pub fn sums(&self, list: &[Timed], weigh: impl Fn(Flow) -> f64) -> Vec<f64> {
        let mut sums = vec![0.0; self.horizon + 1];
        for timed in list {
            if let Some(sum) = sums.get_mut(timed.year) {
                *sum += weigh(timed.flow);
            }
        }
        sums
    }

    /// The same with all benefits so many years later; what falls behind the horizon is lost, and never earlier.
    ///
    /// A part δ of a year moves that part of each yearly benefit into the next year: (1 − δ) · Bₜ + δ · Bₜ₋₁.
    pub fn delayed(&self, years: f64) -> Self {
        let years = years.max(0.0);
        let (whole, part) = (years.floor(), years.fract());
        let later = |list: &[Timed]| -> Vec<Timed> {
            let mut moved = Vec::with_capacity(list.len() * 2);
            for timed in list {
                let is_yearly = (timed.flow.years - timed.year as f64).abs() < 1e-9;
                let halves = if is_yearly {
                    [(whole, 1.0 - part), (whole + 1.0, part)]
                } else {
                    [(years, 1.0), (years, 0.0)]
                };
                for (by, share) in halves {
                    let at = timed.flow.years + by;
                    if share > 0.0 && at < self.horizon as f64 + 1.0 {
                        let flow = Flow { years: at, amount: timed.flow.amount * share };
                        moved.push(Timed { year: year_of(at), flow });
                    }
                }
            }
            moved
        };
        Self { benefits: later(&self.benefits), cashable: later(&self.cashable), ..self.clone() }
    }
}

/// The whole years of a time after year 0.
fn year_of(years: f64) -> usize {
    #[allow(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a handful of years, never negative"
    )]
    let year = (years + 1e-9).floor().max(0.0) as usize;
    year
}

fn at_end(year: usize, amount: f64) -> Timed {
    Timed { year, flow: Flow { years: year as f64, amount } }
}

fn timed<'a>(
    lines: impl Iterator<Item = &'a CaseLine>,
    terms: Terms<'_>,
    pick: impl Fn(AmountRange) -> Amount,
) -> Vec<Timed> {
    let mut flows = Vec::new();
    for line in lines {
        let yearly = line.years.iter().enumerate();
        flows.extend(yearly.map(|(year, range)| at_end(year, pick(*range).as_f64())));
        flows.extend(line.dated.iter().map(|dated| {
            let years = years_between(terms.first_day, dated.day);
            let year = case_year(terms.first_day, dated.day).min(terms.horizon);
            Timed { year, flow: Flow { years, amount: pick(dated.amount).as_f64() } }
        }));
    }
    flows.retain(|timed| timed.flow.amount != 0.0);
    flows
}

/// The year of a case in which a day lies: so many whole years after the first day of year 0; 0 for days before it.
///
/// From 1 Jan 2026, 31 Dec 2026 lies in year 0 and 1 Jan 2027 in year 1.
#[must_use]
pub fn case_year(first_day: Date, day: Date) -> usize {
    let whole = i32::from(day.year()) - i32::from(first_day.year());
    let is_before = (day.month(), day.day()) < (first_day.month(), first_day.day());
    usize::try_from(whole - i32::from(is_before)).unwrap_or(0)
}

/// An option as it differs from doing nothing: cost lines of one name are set off against each other, and what doing
/// nothing would cost beyond that is a benefit that brings in money. What doing nothing would bring is a cost.
fn against(option: &CaseOption, nothing: &CaseOption) -> CaseOption {
    let mut changed = option.clone();
    let (costs, saved) = set_off(&option.costs, &nothing.costs);
    let (benefits, missed) = set_off(&option.benefits, &nothing.benefits);
    changed.costs = costs.into_iter().chain(missed).collect();
    changed.benefits = benefits.into_iter().chain(saved).collect();
    changed
}

/// Takes the lines of doing nothing off those of one name; gives what is left of each side.
fn set_off(ours: &[CaseLine], theirs: &[CaseLine]) -> (Vec<CaseLine>, Vec<CaseLine>) {
    let mut left = ours.to_vec();
    let mut rest = Vec::new();
    for line in theirs {
        let mut over = CaseLine { cashable: line.cashable, ..line.clone() };
        if let Some(same) = left.iter_mut().find(|ours| ours.name == line.name) {
            for (our, their) in same.years.iter_mut().zip(&mut over.years) {
                let both = AmountRange {
                    low: our.low.min(their.low),
                    likely: our.likely.min(their.likely),
                    high: our.high.min(their.high),
                };
                *our = less(*our, both);
                *their = less(*their, both);
            }
        }
        rest.push(over);
    }
    (left, rest)
}

/// Point by point, put in rising order again.
fn less(from: AmountRange, take: AmountRange) -> AmountRange {
    let mut points = [from.low - take.low, from.likely - take.likely, from.high - take.high];
    points.sort_unstable();
    let [low, likely, high] = points;
    AmountRange { low, likely, high }
}
