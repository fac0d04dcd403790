//! Axes: a date axis whose ticks lie on Mondays and month starts, an amount axis with round steps, and a row axis.
//!
//! They implement `plotters`' [`Ranged`], so positions are computed by `plotters`; ticks and their texts are ours,
//! since `plotters` knows neither calendars nor colliding labels.

use std::ops::Range;

use jiff::ToSpan;
use jiff::civil::{Date, Weekday};
use plotters::coord::ranged1d::{KeyPointHint, NoDefaultFormatting, Ranged};

use crate::chart::kit::days::{date_of, end_of, number_of, start_of};
use crate::chart::kit::svg::SMALL_SIZE;
use crate::chart::kit::text_width::{Weight, text_width};
use crate::format;

/// No axis carries more ticks than this, whatever its length.
const MOST_TICKS: usize = 400;

/// Room between two neighbouring tick labels, in pixels.
const LABEL_GAP: f64 = 8.0;

/// Maps a position within `from` linearly to a pixel within `to`; an axis without length maps to its middle.
#[allow(clippy::cast_possible_truncation)]
fn mapped(position: f64, from: &Range<f64>, to: (i32, i32)) -> i32 {
    let length = from.end - from.start;
    let share = if length > 0.0 { (position - from.start) / length } else { 0.5 };
    let share = if share.is_finite() { share.clamp(-10.0, 11.0) } else { 0.0 };
    // Saturates; the share is clamped to a few lengths of the axis.
    (f64::from(to.0) + f64::from(to.1 - to.0) * share).round() as i32
}

/// A horizontal axis of days; positions are days since 1970-01-01, fractions are parts of a day.
#[derive(Clone, Debug)]
pub struct DateAxis {
    days: Range<f64>,
}

/// A mark on a date axis and what stands beside it.
#[derive(Clone, Debug, PartialEq)]
pub struct DateTick {
    /// Where the period begins, as a position on the axis.
    pub start: f64,
    /// Where the next period begins.
    pub end: f64,
    /// "Aug", "3 Aug", "Q3", "2026".
    pub label: String,
    /// The year, where it changes and [`DateTick::label`] does not say it; else empty.
    pub year: String,
}

/// The length of calendar that one tick stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Period {
    /// A day.
    Day,
    /// A week from Monday.
    Week,
    /// Two weeks from a Monday; which Monday does not depend on the axis.
    Fortnight,
    /// A calendar month.
    Month,
    /// A calendar quarter.
    Quarter,
    /// So many calendar years.
    Years(i16),
}

impl Period {
    /// From the finest to the coarsest.
    const ALL: [Self; 10] = [
        Self::Day,
        Self::Week,
        Self::Fortnight,
        Self::Month,
        Self::Quarter,
        Self::Years(1),
        Self::Years(2),
        Self::Years(5),
        Self::Years(20),
        Self::Years(100),
    ];

    /// The longest axis, in days, on which this period is still what a reader counts in.
    fn longest_axis(self) -> f64 {
        match self {
            Self::Day => 16.0,
            Self::Week | Self::Fortnight => 84.0,
            Self::Month => 800.0,
            Self::Quarter => 1_900.0,
            Self::Years(_) => f64::INFINITY,
        }
    }

    /// Typical length in days.
    fn days(self) -> f64 {
        match self {
            Self::Day => 1.0,
            Self::Week => 7.0,
            Self::Fortnight => 14.0,
            Self::Month => 30.4,
            Self::Quarter => 91.3,
            Self::Years(count) => 365.25 * f64::from(count),
        }
    }

    /// The widest label this period can have.
    fn widest_label(self) -> &'static str {
        match self {
            Self::Day => "30",
            Self::Week | Self::Fortnight => "30 Nov",
            Self::Month => "May",
            Self::Quarter => "Q4",
            Self::Years(_) => "2026",
        }
    }

    /// Beginning of the period that `date` lies in.
    fn floor(self, date: Date) -> Date {
        match self {
            Self::Day => date,
            Self::Week => back(date, days_since_monday(date)),
            Self::Fortnight => {
                let monday = number_of(date) - days_since_monday(date);
                // 1970-01-05 is the first Monday of the count.
                back(date, days_since_monday(date) + (monday - 4).rem_euclid(14))
            }
            Self::Month => date.first_of_month(),
            Self::Quarter => first_of(date.year(), (date.month() - 1) / 3 * 3 + 1, date),
            Self::Years(count) => first_of(date.year() - date.year().rem_euclid(count), 1, date),
        }
    }

    /// Beginning of the period after the one that begins with `start`; `None` at the end of the calendar.
    fn next(self, start: Date) -> Option<Date> {
        let step = match self {
            Self::Day => 1.day(),
            Self::Week => 7.days(),
            Self::Fortnight => 14.days(),
            Self::Month => 1.month(),
            Self::Quarter => 3.months(),
            Self::Years(count) => i64::from(count).years(),
        };
        start.checked_add(step).ok()
    }

    /// Text of the period that begins with `start`.
    fn label(self, start: Date) -> String {
        match self {
            Self::Day => start.day().to_string(),
            Self::Week | Self::Fortnight => format::short_date(start),
            Self::Month => format::month_name(start).to_owned(),
            Self::Quarter => format!("Q{}", (start.month() - 1) / 3 + 1),
            Self::Years(_) => start.year().to_string(),
        }
    }

    /// What stands below the label where it changes.
    fn heading(self, start: Date) -> String {
        match self {
            Self::Day => format!("{} {}", format::month_name(start), start.year()),
            Self::Years(_) => String::new(),
            _ => start.year().to_string(),
        }
    }
}

/// `date` moved back by `days`; the first date there is, if that lies before the calendar.
fn back(date: Date, days: i32) -> Date {
    date.checked_sub(days.days()).unwrap_or(Date::MIN)
}

/// First day of a month; `fallback` outside the calendar.
fn first_of(year: i16, month: i8, fallback: Date) -> Date {
    Date::new(year, month, 1).unwrap_or(fallback)
}

/// 0 on a Monday, 6 on a Sunday.
fn days_since_monday(date: Date) -> i32 {
    i32::from(date.weekday().since(Weekday::Monday))
}

impl DateAxis {
    /// An axis from the beginning of `first` to the end of `last`; at least one day long.
    pub fn new(first: Date, last: Date) -> Self {
        let start = start_of(first);
        Self { days: start..end_of(last).max(start + 1.0) }
    }

    /// Where the axis begins and ends, in days since 1970-01-01.
    pub fn days(&self) -> Range<f64> {
        self.days.clone()
    }

    /// Length in days; at least one.
    pub fn length(&self) -> f64 {
        self.days.end - self.days.start
    }

    /// The period whose labels stand side by side on `pixels` pixels without touching.
    pub fn period(&self, pixels: f64) -> Period {
        let per_day = pixels / self.length();
        Period::ALL
            .into_iter()
            .filter(|period| self.length() <= period.longest_axis())
            .find(|period| {
                let label = text_width(period.widest_label(), SMALL_SIZE, Weight::Regular);
                period.days() * per_day >= label + LABEL_GAP
            })
            .unwrap_or(Period::Years(100))
    }

    /// The periods that touch the axis, in order; the first may begin before it and the last may end after it.
    pub fn ticks(&self, period: Period) -> Vec<DateTick> {
        let mut ticks: Vec<DateTick> = Vec::new();
        let mut heading = String::new();
        let mut start = Some(period.floor(self.first()));
        while let Some(date) = start {
            if start_of(date) >= self.days.end || ticks.len() >= MOST_TICKS {
                break;
            }
            let next = period.next(date);
            let below = period.heading(date);
            let year = if below == heading { String::new() } else { below.clone() };
            heading = below;
            ticks.push(DateTick {
                start: start_of(date),
                end: next.map_or(self.days.end, start_of),
                label: period.label(date),
                year,
            });
            start = next;
        }
        ticks
    }

    /// The first day of the axis.
    #[allow(clippy::cast_possible_truncation)]
    fn first(&self) -> Date {
        date_of(self.days.start.floor() as i32)
    }
}

impl Ranged for DateAxis {
    type FormatOption = NoDefaultFormatting;
    type ValueType = f64;

    fn map(&self, day: &f64, limit: (i32, i32)) -> i32 {
        mapped(*day, &self.days, limit)
    }

    fn key_points<Hint: KeyPointHint>(&self, hint: Hint) -> Vec<f64> {
        let most = hint.max_num_points() as f64;
        let period = Period::ALL
            .into_iter()
            .find(|period| self.length() <= period.longest_axis() && self.length() / period.days() <= most)
            .unwrap_or(Period::Years(100));
        self.ticks(period).into_iter().map(|tick| tick.start).filter(|day| self.days.contains(day)).collect()
    }

    fn range(&self) -> Range<f64> {
        self.days.clone()
    }
}

/// Whether an axis takes notice of an amount.
fn is_drawn(amount: f64) -> bool {
    amount.is_finite() && amount.abs() < 1e15
}

/// An axis of amounts: money, person-days, counts.
#[derive(Clone, Debug)]
pub struct AmountAxis {
    amounts: Range<f64>,
    step: f64,
}

impl AmountAxis {
    /// An axis that holds zero and every finite amount of `amounts`, with about `n_steps` round steps.
    ///
    /// Zero is always on the axis, because a bar or an area above a cut axis misleads. Without any amount, or with
    /// nothing but zero, the axis runs from 0 to 1.
    pub fn around(amounts: impl IntoIterator<Item = f64>, n_steps: u32) -> Self {
        let finite = amounts.into_iter().filter(|amount| is_drawn(*amount));
        let (low, high) =
            finite.fold((0.0_f64, 0.0_f64), |(low, high), amount| (low.min(amount), high.max(amount)));
        if high - low <= f64::EPSILON {
            return Self { amounts: 0.0..1.0, step: 1.0 };
        }
        let step = round_step((high - low) / f64::from(n_steps.max(1)));
        let below = (low / step).floor() * step;
        let above = (high / step).ceil() * step;
        Self { amounts: below..above, step }
    }

    /// An axis that need not hold zero: for lines alone, of which the course counts and not the height.
    pub fn along(amounts: impl IntoIterator<Item = f64>, n_steps: u32) -> Self {
        let finite: Vec<f64> = amounts.into_iter().filter(|amount| amount.is_finite()).collect();
        let low = finite.iter().copied().fold(f64::INFINITY, f64::min);
        let high = finite.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        if high - low <= f64::EPSILON || high - low > 1e15 {
            return Self::around(finite, n_steps);
        }
        let step = round_step((high - low) / f64::from(n_steps.max(1)));
        Self { amounts: (low / step).floor() * step..(high / step).ceil() * step, step }
    }

    /// An axis around zero with whole steps where all amounts are whole: nobody counts half a defect, and twelve branches are read in
    /// steps of 3, not of 2.5.
    pub fn of_counts_or_amounts(amounts: impl IntoIterator<Item = f64>, n_steps: u32) -> Self {
        let amounts: Vec<f64> = amounts.into_iter().collect();
        Self::stepping_as(&amounts, &amounts, n_steps)
    }

    /// The same where only some amounts tell whether they are counted: what was done, beside a plan that runs between whole ones.
    pub fn stepping_as(amounts: &[f64], counted: &[f64], n_steps: u32) -> Self {
        let axis = Self::around(amounts.iter().copied(), n_steps);
        let is_whole = |amount: &f64| !amount.is_finite() || (amount - amount.round()).abs() < 1e-9;
        let step = axis.step.ceil();
        if step <= axis.step || !counted.iter().all(is_whole) {
            return axis;
        }
        let steps = amounts.iter().filter(|amount| is_drawn(**amount)).map(|amount| amount / step);
        let (low, high) = steps.fold((0.0_f64, 0.0_f64), |(low, high), at| (low.min(at), high.max(at)));
        Self { amounts: low.floor() * step..(high.ceil().max(low.floor() + 1.0)) * step, step }
    }

    /// The round amounts on the axis, from the lowest.
    #[allow(clippy::cast_possible_truncation)]
    pub fn ticks(&self) -> Vec<f64> {
        let first = (self.amounts.start / self.step).ceil() as i64;
        let last = (self.amounts.end / self.step + 1e-6).floor() as i64;
        (first..=last).take(MOST_TICKS).map(|index| index as f64 * self.step).collect()
    }

    /// Text of a tick of this axis: thousands apart, as many decimals as the step needs, millions as "1.5 M" once all
    /// steps are large.
    pub fn text(&self, amount: f64) -> String {
        let (amount, step, suffix) = if self.step >= 500_000.0 {
            (amount / 1e6, self.step / 1e6, "\u{a0}M")
        } else {
            (amount, self.step, "")
        };
        let is_exact = |decimals: &usize| {
            let shown = step * 10_f64.powi(i32::try_from(*decimals).unwrap_or(0));
            (shown - shown.round()).abs() < 1e-6 * shown
        };
        let decimals = (0..3).find(is_exact).unwrap_or(3);
        format!("{}{suffix}", grouped(amount, decimals))
    }
}

impl Ranged for AmountAxis {
    type FormatOption = NoDefaultFormatting;
    type ValueType = f64;

    fn map(&self, amount: &f64, limit: (i32, i32)) -> i32 {
        mapped(*amount, &self.amounts, limit)
    }

    fn key_points<Hint: KeyPointHint>(&self, hint: Hint) -> Vec<f64> {
        let ticks = self.ticks();
        let every = ticks.len().div_ceil(hint.max_num_points().max(1)).max(1);
        ticks.into_iter().step_by(every).collect()
    }

    fn range(&self) -> Range<f64> {
        self.amounts.clone()
    }
}

/// An axis of rows from the top: row `k` runs from `k` to `k + 1`.
#[derive(Clone, Debug)]
pub struct RowAxis {
    n_rows: f64,
}

impl RowAxis {
    /// An axis of `n_rows` rows; at least one.
    pub fn new(n_rows: usize) -> Self {
        Self { n_rows: n_rows.max(1) as f64 }
    }
}

impl Ranged for RowAxis {
    type FormatOption = NoDefaultFormatting;
    type ValueType = f64;

    fn map(&self, row: &f64, limit: (i32, i32)) -> i32 {
        mapped(*row, &self.range(), limit)
    }

    fn key_points<Hint: KeyPointHint>(&self, _hint: Hint) -> Vec<f64> {
        Vec::new()
    }

    fn range(&self) -> Range<f64> {
        0.0..self.n_rows
    }
}

/// The smallest of 1, 2, 2.5, 5 and 10 times a power of ten that is not below `least`.
fn round_step(least: f64) -> f64 {
    let power = 10_f64.powf(least.log10().floor());
    [1.0, 2.0, 2.5, 5.0]
        .into_iter()
        .map(|factor| factor * power)
        .find(|step| *step >= least * 0.999)
        .unwrap_or(10.0 * power)
}

/// `amount` with `decimals` decimals, thousands set apart, a true minus sign.
pub fn grouped(amount: f64, decimals: usize) -> String {
    let text = format::number(amount, decimals);
    let end = text.find('.').unwrap_or(text.len());
    let (whole, fraction) = text.split_at(end);
    let digits = whole.trim_start_matches('−');
    match digits.parse::<i64>() {
        Ok(number) => format!("{}{}{fraction}", &whole[..whole.len() - digits.len()], format::whole(number)),
        Err(_) => text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn check_dates(axis: &DateAxis, pixels: f64, period: Period, expected: &str) {
        assert_eq!(axis.period(pixels), period);
        let labels: Vec<String> = axis
            .ticks(period)
            .into_iter()
            .map(|tick| format!("{} {}", tick.label, tick.year).trim_end().replace('\u{a0}', " "))
            .collect();
        assert_eq!(labels.join(", "), expected);
    }

    #[test]
    fn date_ticks_lie_on_the_calendar() {
        let sprint = DateAxis::new(date(2026, 11, 2), date(2026, 11, 6));
        check_dates(&sprint, 600.0, Period::Day, "2 Nov 2026, 3, 4, 5, 6");
        let weeks = DateAxis::new(date(2026, 11, 4), date(2026, 12, 1));
        check_dates(&weeks, 600.0, Period::Week, "2 Nov 2026, 9 Nov, 16 Nov, 23 Nov, 30 Nov");
        let project = DateAxis::new(date(2026, 8, 3), date(2027, 1, 21));
        check_dates(&project, 600.0, Period::Month, "Aug 2026, Sep, Oct, Nov, Dec, Jan 2027");
        check_dates(&project, 90.0, Period::Quarter, "Q3 2026, Q4, Q1 2027");
        let programme = DateAxis::new(date(2026, 8, 3), date(2032, 1, 21));
        check_dates(&programme, 600.0, Period::Years(1), "2026, 2027, 2028, 2029, 2030, 2031, 2032");
    }

    #[test]
    fn fortnights_do_not_depend_on_the_axis() {
        let early = DateAxis::new(date(2026, 11, 4), date(2026, 12, 1)).ticks(Period::Fortnight);
        let late = DateAxis::new(date(2026, 11, 12), date(2026, 12, 1)).ticks(Period::Fortnight);
        assert_eq!(early.last(), late.last());
    }

    #[test]
    fn the_longest_axis_there_is_still_has_few_ticks() {
        let axis = DateAxis::new(Date::MIN, Date::MAX);
        assert!(axis.ticks(axis.period(600.0)).len() <= MOST_TICKS);
        assert!((DateAxis::new(date(2026, 8, 3), date(2026, 8, 1)).length() - 1.0).abs() < 1e-9);
    }

    fn check_amounts(amounts: &[f64], expected: &str) {
        let axis = AmountAxis::around(amounts.iter().copied(), 5);
        let texts: Vec<String> = axis.ticks().into_iter().map(|tick| axis.text(tick)).collect();
        assert_eq!(texts.join(", ").replace(['\u{202f}', '\u{a0}'], " "), expected);
    }

    #[test]
    fn amount_ticks_are_round() {
        check_amounts(&[], "0, 1");
        check_amounts(&[f64::NAN, f64::INFINITY, 0.0], "0, 1");
        check_amounts(&[76.5], "0, 20, 40, 60, 80");
        check_amounts(&[1.2], "0.00, 0.25, 0.50, 0.75, 1.00, 1.25");
        check_amounts(&[0.9], "0.0, 0.2, 0.4, 0.6, 0.8, 1.0");
        check_amounts(&[111_324.43], "0, 25 000, 50 000, 75 000, 100 000, 125 000");
        check_amounts(&[-6_500.0, 12_000.0], "−10 000, −5 000, 0, 5 000, 10 000, 15 000");
        check_amounts(&[7_300_000.0], "0 M, 2 M, 4 M, 6 M, 8 M");
    }

    #[test]
    fn what_is_counted_has_whole_steps() {
        let texts = |amounts: &[f64]| {
            let axis = AmountAxis::of_counts_or_amounts(amounts.iter().copied(), 5);
            axis.ticks().into_iter().map(|tick| axis.text(tick)).collect::<Vec<_>>().join(", ")
        };
        assert_eq!(texts(&[12.0, 4.0]), "0, 3, 6, 9, 12");
        assert_eq!(texts(&[11.5, 4.0]), "0.0, 2.5, 5.0, 7.5, 10.0, 12.5");
        assert_eq!(texts(&[1.0]), "0, 1");
        assert_eq!(texts(&[-10.0, 2.0]), "−12, −9, −6, −3, 0, 3");
        assert_eq!(texts(&[14.0]), "0, 5, 10, 15");
    }

    #[test]
    fn a_line_that_never_nears_zero_has_its_own_axis() {
        let texts = |amounts: &[f64]| {
            let axis = AmountAxis::along(amounts.iter().copied(), 4);
            axis.ticks().into_iter().map(|tick| axis.text(tick)).collect::<Vec<_>>().join(", ")
        };
        assert_eq!(texts(&[0.81, 1.45, 0.6]), "0.50, 0.75, 1.00, 1.25, 1.50");
        assert_eq!(texts(&[0.95, 1.0]), "0.94, 0.96, 0.98, 1.00");
        assert_eq!(texts(&[1.0]), "0.00, 0.25, 0.50, 0.75, 1.00");
        assert_eq!(texts(&[]), "0, 1");
    }

    #[test]
    fn positions_stay_within_reach() {
        let axis = AmountAxis::around([100.0], 5);
        assert_eq!(axis.map(&50.0, (0, 1000)), 500);
        assert_eq!(axis.map(&f64::NAN, (0, 1000)), 0);
        assert_eq!(axis.map(&1e300, (0, 1000)), 11_000);
    }
}
