//! Costs and benefits of an option over time: what all figures of a business case are computed from.

use jiff::civil::Date;

use super::cash_flow::{CrossingYear, Flow, present_value, years_between};
use super::payback::payback_over_time;
use crate::model::{AmountRange, CaseLine, CaseOption, DatedAmount};
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
    /// Whether it lies on a day; else it stands for its whole year.
    pub is_dated: bool,
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
    /// The first day of year 0; none where no flow lies on a day.
    pub first_day: Option<Date>,
}

impl Series {
    /// The flows of an option against doing nothing, as long as the option lasts: once it is over, what doing nothing costs has to be
    /// paid again.
    ///
    /// 15 000 for one year in which the 20 000 of doing nothing are saved, at 8 %: 20 000 ÷ 1.08 − 15 000 = 3 519, however long the horizon.
    pub fn of(option: &CaseOption, terms: Terms<'_>, course: Course) -> Self {
        let against = terms.nothing.map(|nothing| against(option, &lasting(nothing, option.life, terms)));
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
            first_day: Some(terms.first_day),
        }
    }

    /// Plain amounts by year.
    pub fn by_year(costs: &[Amount], benefits: &[Amount], cashable: &[Amount], horizon: usize) -> Self {
        let timed = |amounts: &[Amount]| -> Vec<Timed> {
            amounts.iter().enumerate().map(|(year, amount)| at_end(year, amount.as_f64())).collect()
        };
        let (costs, benefits, cashable) = (timed(costs), timed(benefits), timed(cashable));
        Self { costs, benefits, cashable, horizon, first_day: None }
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

    /// When the weighed flows come to nothing for good.
    pub fn payback(&self, weigh: impl Fn(Flow) -> f64) -> CrossingYear {
        let mut by_year = vec![0.0; self.horizon + 1];
        let mut dated = Vec::new();
        let costs = self.costs.iter().map(|cost| (cost, -1.0));
        for (timed, sign) in costs.chain(self.benefits.iter().map(|benefit| (benefit, 1.0))) {
            let amount = sign * weigh(timed.flow);
            if timed.is_dated {
                dated.push(Flow { amount, ..timed.flow });
            } else if let Some(sum) = by_year.get_mut(timed.year) {
                *sum += amount;
            }
        }
        payback_over_time(&by_year, &dated)
    }

    /// The end of the last year in which whole years are counted: of a series that lies on days alone, its first day.
    pub fn last_year(&self) -> f64 {
        let is_by_year = self.costs.iter().chain(&self.benefits).any(|timed| !timed.is_dated);
        if is_by_year { self.horizon as f64 } else { 0.0 }
    }

    /// For each year whether some of it lies on a day.
    pub fn has_days(&self) -> Vec<bool> {
        let mut years = vec![false; self.horizon + 1];
        for timed in self.costs.iter().chain(&self.benefits).filter(|timed| timed.is_dated) {
            if let Some(year) = years.get_mut(timed.year) {
                *year = true;
            }
        }
        years
    }

    /// The same with all benefits so many years later; what falls behind the horizon is lost, and never earlier.
    ///
    /// A part δ of a year moves that part of each yearly benefit into the next year: (1 − δ) · Bₜ + δ · Bₜ₋₁. A year later is 365 days
    /// later for what lies on a day.
    pub fn delayed(&self, years: f64) -> Self {
        if years <= 0.0 {
            return self.clone();
        }
        let (years_whole, part) = (years.floor(), years.fract());
        let later = |list: &[Timed]| -> Vec<Timed> {
            let mut moved = Vec::with_capacity(list.len() * 2);
            for timed in list {
                let shares: &[(f64, f64)] = if timed.is_dated {
                    &[(years, 1.0)]
                } else {
                    &[(years_whole, 1.0 - part), (years_whole + 1.0, part)]
                };
                for (by, share) in shares.iter().filter(|(_, share)| *share > 0.0) {
                    let flow = Flow { years: timed.flow.years + by, amount: timed.flow.amount * share };
                    let year = if timed.is_dated { self.year_of(flow.years) } else { whole(flow.years) };
                    if year <= self.horizon {
                        moved.push(Timed { year, flow, ..*timed });
                    }
                }
            }
            moved
        };
        Self { benefits: later(&self.benefits), cashable: later(&self.cashable), ..self.clone() }
    }

    /// The year of the case in which a time lies that is counted in years of 365 days: that of its day in the calendar.
    fn year_of(&self, years: f64) -> usize {
        let days = jiff::Span::new().try_days(i64::try_from(whole(years * 365.0)).unwrap_or(i64::MAX));
        let day = self.first_day.and_then(|first| Some((first, first.checked_add(days.ok()?).ok()?)));
        day.map_or(usize::MAX, |(first, day)| case_year(first, day))
    }
}

/// The whole part of a time after year 0, which a hair of rounding does not end.
fn whole(time: f64) -> usize {
    #[allow(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a handful of years, never negative"
    )]
    let whole = (time + 1e-9).floor().max(0.0) as usize;
    whole
}

fn at_end(year: usize, amount: f64) -> Timed {
    Timed { year, flow: Flow { years: year as f64, amount }, is_dated: false }
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
            let flow = Flow { years, amount: pick(dated.amount).as_f64() };
            Timed { year, flow, is_dated: true }
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

/// What doing nothing costs and brings in the years in which an option lasts.
fn lasting(nothing: &CaseOption, life: u32, terms: Terms<'_>) -> CaseOption {
    let mut nothing = nothing.clone();
    if life as usize >= terms.horizon {
        return nothing;
    }
    for line in nothing.costs.iter_mut().chain(&mut nothing.benefits) {
        line.years.truncate(life as usize + 1);
        line.dated.retain(|dated| years_between(terms.first_day, dated.day) <= f64::from(life));
    }
    nothing
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
                take_common(our, their);
            }
            // One amount of a day is set off once, by place.
            let mut is_open = vec![true; same.dated.len()];
            for their in &mut over.dated {
                let of_day =
                    |(our, is_open): &(&mut DatedAmount, &mut bool)| **is_open && our.day == their.day;
                if let Some((our, is_open)) = same.dated.iter_mut().zip(&mut is_open).find(of_day) {
                    *is_open = false;
                    take_common(&mut our.amount, &mut their.amount);
                }
            }
        }
        rest.push(over);
    }
    (left, rest)
}

/// Takes off both what they have in common.
fn take_common(our: &mut AmountRange, their: &mut AmountRange) {
    let both = AmountRange {
        low: our.low.min(their.low),
        likely: our.likely.min(their.likely),
        high: our.high.min(their.high),
    };
    *our = less(*our, both);
    *their = less(*their, both);
}

/// Point by point, put in rising order again.
fn less(from: AmountRange, take: AmountRange) -> AmountRange {
    let mut points = [from.low - take.low, from.likely - take.likely, from.high - take.high];
    points.sort_unstable();
    let [low, likely, high] = points;
    AmountRange { low, likely, high }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// From 1 Jan 2026 over two further years, one of them a leap year: what is brought on a day, and 3 000 a year.
    fn series(day: &str) -> Series {
        let amount = |euros: i64| AmountRange::from(Amount(euros * 100));
        let dated = vec![DatedAmount { day: day.parse().unwrap(), amount: amount(1_000) }];
        let years = vec![amount(0), amount(3_000), amount(3_000)];
        let line = CaseLine { years, dated, ..CaseLine::default() };
        let option = CaseOption {
            id: "new".to_owned(),
            name: "new".to_owned(),
            costs: Vec::new(),
            benefits: vec![line],
            life: 2,
            exposure: None,
            fit: None,
            origin: crate::diagnostic::Span::default(),
        };
        let first_day = "2026-01-01".parse().unwrap();
        Series::of(&option, Terms { rate: 0.0, horizon: 2, first_day, nothing: None }, Course::Likely)
    }

    fn euros(amounts: [i64; 3]) -> Vec<Amount> {
        amounts.map(|euros| Amount(euros * 100)).to_vec()
    }

    fn by_year(series: &Series) -> Vec<Amount> {
        series.sums(&series.benefits, |flow| flow.amount).into_iter().map(Amount::from_f64).collect()
    }

    #[test]
    fn what_comes_as_late_as_expected_is_worth_what_it_was() {
        let last = series("2028-12-31");
        assert_eq!(last.delayed(0.0).benefits, last.benefits);
        assert_eq!(by_year(&last.delayed(0.0)), euros([0, 3_000, 4_000]));
    }

    /// The same licences with the option and without it: 5 000 on the same day, and 1 000 more with the option.
    #[test]
    fn what_lies_on_one_day_is_set_off_as_well() {
        let dated = |amount: i64, day: &str| {
            let amount = AmountRange::from(Amount(amount * 100));
            DatedAmount { day: day.parse().unwrap(), amount }
        };
        let line = |dated| CaseLine { name: "licences".to_owned(), dated, ..CaseLine::default() };
        let ours = line(vec![dated(6_000, "2026-03-01"), dated(700, "2027-03-01")]);
        let theirs = line(vec![dated(5_000, "2026-03-01"), dated(300, "2026-09-01")]);
        let (left, rest) = set_off(&[ours], &[theirs]);
        let sums = |line: &CaseLine| -> Vec<i64> {
            line.dated.iter().map(|dated| dated.amount.likely.0 / 100).collect()
        };
        assert_eq!((sums(&left[0]), sums(&rest[0])), (vec![1_000, 700], vec![0, 300]));
    }

    #[test]
    fn what_lies_on_a_day_moves_by_the_calendar() {
        // The 30th becomes the 31st of a leap year, and is still within the last year of the case; the day after is not.
        assert_eq!(by_year(&series("2028-12-30").delayed(1.0 / 365.0))[2], euros([0, 3_000, 4_000])[2]);
        assert_eq!(by_year(&series("2028-12-31").delayed(1.0 / 365.0))[2], euros([0, 3_000, 3_000])[2]);
        // The first day of a year is a day, too: it does not become a part of two years.
        assert_eq!(by_year(&series("2026-01-01").delayed(0.5)), euros([1_000, 1_500, 3_000]));
    }
}
