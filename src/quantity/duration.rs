//! Lengths of work: durations as written, working time in minutes, effort in person-minutes.

use std::fmt;
use std::ops::{Add, Sub};
use std::str::FromStr;

use super::lag::has_two_signs;
use super::{MINUTES_OF_DAY, Malformed, Percent, decimal, saturated};

/// The unit a duration was written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Unit {
    /// Minutes, `m`.
    Minute,
    /// Hours, `h`.
    Hour,
    /// Days, `d`: working days of the calendar, or calendar days when elapsed.
    Day,
    /// Weeks, `w`: the calendar's working days per week, or seven days when elapsed.
    Week,
}

/// How long a working day and a working week are, for turning days and weeks into minutes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct WorkTime {
    /// Working minutes of a day; 480 for eight hours.
    pub minutes_per_day: i64,
    /// Working minutes of a week; 2 400 for five days of eight hours.
    pub minutes_per_week: i64,
}

/// The days in which room of a task is counted, its float and its margin to a deadline.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RoomDays {
    /// Working days of its own calendar, of so many minutes.
    Working(i64),
    /// Days by the clock, of what runs by it.
    ByClock,
}

impl RoomDays {
    /// The minutes of one day.
    #[must_use]
    pub fn minutes(self) -> i64 {
        match self {
            Self::Working(minutes) => minutes,
            Self::ByClock => MINUTES_OF_DAY,
        }
    }
}

impl Default for WorkTime {
    fn default() -> Self {
        Self { minutes_per_day: 480, minutes_per_week: 2_400 }
    }
}

/// The longest elapsed time, in minutes: 7 300 days, about twenty years.
const LONGEST_ELAPSED: i64 = 7_300 * 1_440;

/// A length of time as written: `30m`, `12h`, `5d`, `2w`, `1.5d`; `10ed` and `3ew` run through nights and weekends.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Duration {
    thousandths: i64,
    unit: Unit,
    elapsed: bool,
}

impl Duration {
    /// The longest working time, in minutes: 5 200 days of eight hours, about twenty years. No plan is longer, and a slip
    /// of a digit would have the calendar counted day by day for centuries.
    pub const LONGEST: i64 = 5_200 * 480;

    /// No time at all.
    pub const ZERO: Self = Self { thousandths: 0, unit: Unit::Day, elapsed: false };

    /// Makes a duration of whole working days.
    #[must_use]
    pub fn days(days: i64) -> Self {
        Self { thousandths: days * 1_000, unit: Unit::Day, elapsed: false }
    }

    /// Makes a duration of working minutes.
    #[must_use]
    pub fn of_minutes(minutes: i64) -> Self {
        Self { thousandths: minutes * 1_000, unit: Unit::Minute, elapsed: false }
    }

    /// Makes a duration of minutes of the clock, through nights and weekends.
    #[must_use]
    pub fn of_clock_minutes(minutes: i64) -> Self {
        Self { thousandths: minutes * 1_000, unit: Unit::Minute, elapsed: true }
    }

    /// Says whether the time runs through nights and weekends.
    #[must_use]
    pub fn is_elapsed(self) -> bool {
        self.elapsed
    }

    /// Says whether it is below zero; only lags may be.
    #[must_use]
    pub fn is_negative(self) -> bool {
        self.thousandths < 0
    }

    /// The months that may be meant where it is written in whole minutes, up to twelve: `2m` is read as two minutes.
    #[must_use]
    pub fn perhaps_months(self) -> Option<i64> {
        let months = self.thousandths / 1_000;
        let is_whole = self.thousandths % 1_000 == 0 && !self.elapsed;
        (self.unit == Unit::Minute && is_whole && (1..=12).contains(&months)).then_some(months)
    }

    /// Says whether it is no time at all.
    #[must_use]
    pub fn is_zero(self) -> bool {
        self.thousandths == 0
    }

    /// Gives the length in minutes: working minutes, or minutes of the clock when elapsed.
    ///
    /// `1.5d` is 720 minutes of eight-hour days; `1ed` is 1 440.
    #[must_use]
    pub fn minutes(self, work: WorkTime) -> i64 {
        saturated(self.exact_minutes(work))
    }

    /// The same in a wider number, for lengths that have not been held against the longest yet.
    fn exact_minutes(self, work: WorkTime) -> i128 {
        let per_unit = match (self.unit, self.elapsed) {
            (Unit::Minute, _) => 1,
            (Unit::Hour, _) => 60,
            (Unit::Day, false) => work.minutes_per_day,
            (Unit::Week, false) => work.minutes_per_week,
            (Unit::Day, true) => 1_440,
            (Unit::Week, true) => 7 * 1_440,
        };
        i128::from(self.thousandths) * i128::from(per_unit) / 1_000
    }
}

impl FromStr for Duration {
    type Err = Malformed;

    fn from_str(text: &str) -> Result<Self, Malformed> {
        let form = || Malformed::expected("a duration such as 30m, 12h, 5d, 2w or, through weekends, 10ed");
        let text = text.trim();
        if has_two_signs(text) {
            return Err(form().hint("write one sign: `+` for a lag, `-` for a lead"));
        }
        let text = text.strip_prefix('+').unwrap_or(text);
        let split = text.find(|c: char| c.is_ascii_alphabetic()).unwrap_or(text.len());
        let (number, unit) = text.split_at(split);
        let Some(thousandths) = decimal(number.trim_end(), 3) else {
            return Err(not_a_number(number.trim_end(), unit, form()));
        };
        let (elapsed, unit) = match unit.strip_prefix('e') {
            Some(unit) => (true, unit),
            None => (false, unit),
        };
        let unit = match unit {
            "m" => Unit::Minute,
            "h" => Unit::Hour,
            "d" => Unit::Day,
            "w" => Unit::Week,
            "" if !elapsed => {
                return Err(
                    form().hint(format!("add the unit: `{number}d` for working days, `{number}h` for hours"))
                );
            }
            "day" | "days" => return Err(form().hint(format!("write `{}d`", number.trim_end()))),
            "week" | "weeks" => return Err(form().hint(format!("write `{}w`", number.trim_end()))),
            "mo" | "month" | "months" | "y" | "year" | "years" => {
                return Err(form().hint("count in weeks: months and years have no fixed length"));
            }
            other => {
                let lower = other.to_ascii_lowercase();
                let is_known = lower != other && matches!(lower.as_str(), "m" | "h" | "d" | "w");
                let mark = if elapsed { "e" } else { "" };
                let fault = form();
                return Err(if is_known {
                    fault.hint(format!("write `{}{mark}{lower}`", number.trim_end()))
                } else {
                    fault
                });
            }
        };
        let duration = Self { thousandths, unit, elapsed };
        let longest = if elapsed { LONGEST_ELAPSED } else { Self::LONGEST };
        if duration.exact_minutes(WorkTime::default()).abs() > i128::from(longest) {
            let most = if elapsed { "7300ed" } else { "5200d" };
            return Err(Malformed::expected(format!(
                "a duration of at most {most}, which is about twenty years"
            ))
            .hint("check the number and its unit"));
        }
        Ok(duration)
    }
}

/// What to write where the number of a duration cannot be read.
fn not_a_number(number: &str, unit: &str, form: Malformed) -> Malformed {
    let with_point = number.replace(',', ".");
    if number.contains(',') && decimal(&with_point, 3).is_some() {
        return form.hint(format!("write `{with_point}{unit}`, with a point"));
    }
    if !number.is_empty() && number.chars().all(|letter| letter.is_ascii_digit()) {
        return Malformed::expected("a duration of at most 5200d, which is about twenty years")
            .hint("check the number and its unit");
    }
    form
}

impl fmt::Display for Duration {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.thousandths < 0 { "-" } else { "" };
        let whole = self.thousandths.abs() / 1_000;
        let part = self.thousandths.abs() % 1_000;
        write!(f, "{sign}{whole}")?;
        if part != 0 {
            write!(f, ".{}", format!("{part:03}").trim_end_matches('0'))?;
        }
        let unit = match self.unit {
            Unit::Minute => "m",
            Unit::Hour => "h",
            Unit::Day => "d",
            Unit::Week => "w",
        };
        write!(f, "{}{unit}", if self.elapsed { "e" } else { "" })
    }
}

/// An estimate in one or three points: `5d` or `8d / 10d / 14d` (optimistic / most likely / pessimistic).
///
/// Invariant: optimistic ≤ most likely ≤ pessimistic when measured in eight-hour days.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Estimate {
    optimistic: Duration,
    likely: Duration,
    pessimistic: Duration,
}

impl Estimate {
    /// Makes an estimate of a single value.
    #[must_use]
    pub fn single(likely: Duration) -> Self {
        Self { optimistic: likely, likely, pessimistic: likely }
    }

    /// The shortest that is credible.
    #[must_use]
    pub fn optimistic(self) -> Duration {
        self.optimistic
    }

    /// The value the schedule is computed with.
    #[must_use]
    pub fn likely(self) -> Duration {
        self.likely
    }

    /// The longest that is credible.
    #[must_use]
    pub fn pessimistic(self) -> Duration {
        self.pessimistic
    }

    /// Says whether three different points were given.
    #[must_use]
    pub fn has_range(self) -> bool {
        self.optimistic != self.likely || self.likely != self.pessimistic
    }
}

impl FromStr for Estimate {
    type Err = Malformed;

    fn from_str(text: &str) -> Result<Self, Malformed> {
        let parts: Vec<&str> = text.split('/').map(str::trim).collect();
        match parts.as_slice() {
            [single] => match ends_of_range(single) {
                Some((low, high)) => Err(one_or_three().hint(between(low, high))),
                None => Ok(Self::single(single.parse()?)),
            },
            [low, likely, high] => {
                let estimate =
                    Self { optimistic: low.parse()?, likely: likely.parse()?, pessimistic: high.parse()? };
                let work = WorkTime::default();
                let points = [estimate.optimistic, estimate.likely, estimate.pessimistic];
                if points.iter().any(|point| point.elapsed != points[0].elapsed) {
                    return Err(Malformed::expected("three points of one kind of time").hint(
                        "write all three in working time, as in `8d / 10d / 14d`, or all three by the clock, as in \
                         `8ed / 10ed / 14ed`",
                    ));
                }
                let minutes =
                    [low, likely, high].map(|part| part.parse().map_or(0, |d: Duration| d.minutes(work)));
                if minutes.is_sorted() {
                    Ok(estimate)
                } else {
                    Err(Malformed::expected("optimistic / most likely / pessimistic in rising order")
                        .hint("put the shortest first and the longest last, as in `8d / 10d / 14d`"))
                }
            }
            [low, high] if low.parse::<Duration>().is_ok() && high.parse::<Duration>().is_ok() => {
                Err(one_or_three().hint(between(low, high)))
            }
            _ => Err(one_or_three().hint("write one, or three with a `/` between each two")),
        }
    }
}

fn one_or_three() -> Malformed {
    Malformed::expected("one duration such as 5d, or three such as 8d / 10d / 14d")
}

/// What to write for an estimate of which only the ends are given.
fn between(low: &str, high: &str) -> String {
    format!("write what is most likely between them: `{low} / … / {high}`")
}

/// The ends of a range as people write it: `8d – 10d`, `8d..10d`, `8d to 10d`; none for anything else.
fn ends_of_range(text: &str) -> Option<(&str, &str)> {
    let ends = ["..", "–", "—", " - ", " to "].iter().find_map(|sign| text.split_once(sign))?;
    let (low, high) = (ends.0.trim(), ends.1.trim());
    (low.parse::<Duration>().is_ok() && high.parse::<Duration>().is_ok()).then_some((low, high))
}

/// Work of people, in person-minutes. Two people for one day are two days of effort.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Effort(i64);

impl Effort {
    /// No work.
    pub const ZERO: Self = Self(0);

    /// Makes an effort from person-minutes.
    #[must_use]
    pub fn from_minutes(minutes: i64) -> Self {
        Self(minutes)
    }

    /// Person-minutes.
    #[must_use]
    pub fn minutes(self) -> i64 {
        self.0
    }

    /// The effort of somebody who gives `share` of the day for `minutes` of working time.
    #[must_use]
    pub fn of_share(minutes: i64, share: Percent) -> Self {
        Self(share.fraction().of(minutes))
    }

    /// Person-days of the given length.
    #[must_use]
    pub fn days(self, minutes_per_day: i64) -> f64 {
        self.0 as f64 / minutes_per_day.max(1) as f64
    }
}

impl Add for Effort {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self(self.0 + other.0)
    }
}
impl Sub for Effort {
    type Output = Self;
    fn sub(self, other: Self) -> Self {
        Self(self.0 - other.0)
    }
}
impl std::iter::Sum for Effort {
    fn sum<I: Iterator<Item = Self>>(efforts: I) -> Self {
        efforts.fold(Self::ZERO, Add::add)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, minutes: Option<i64>) {
        let read = text.parse::<Duration>().ok().map(|duration| duration.minutes(WorkTime::default()));
        assert_eq!(read, minutes, "{text}");
    }

    #[test]
    fn what_is_nearly_a_duration_says_how_it_is_written() {
        let hint = |text: &str| text.parse::<Estimate>().unwrap_err().hint;
        assert_eq!(hint("1,5d"), "write `1.5d`, with a point");
        assert_eq!(hint("8d – 10d"), "write what is most likely between them: `8d / … / 10d`");
        assert_eq!(hint("8d / 10d"), "write what is most likely between them: `8d / … / 10d`");
        assert_eq!(hint("999999999999999999999d"), "check the number and its unit");
    }

    #[test]
    fn durations_are_read_in_working_or_elapsed_time() {
        check("30m", Some(30));
        check("12h", Some(720));
        check("5d", Some(2_400));
        check("2w", Some(4_800));
        check("1.5d", Some(720));
        check("10ed", Some(14_400));
        check("3ew", Some(30_240));
        check("+2d", Some(960));
        check("-2d", Some(-960));
        check("5", None);
        check("5 months", None);
        check("d", None);
        check("5200d", Some(5_200 * 480));
        check("5201d", None);
        check("-5201d", None);
        check("1041w", None);
        check("7300ed", Some(7_300 * 1_440));
        check("7301ed", None);
        check("9999999m", None);
        check("9_000_000_000_000_000d", None);
    }

    #[test]
    fn a_duration_prints_as_it_was_written() {
        for text in ["30m", "1.5d", "10ed", "-2d", "0d"] {
            assert_eq!(text.parse::<Duration>().unwrap().to_string(), text);
        }
    }

    #[test]
    fn three_points_rise() {
        let estimate: Estimate = "8d / 10d / 14d".parse().unwrap();
        assert_eq!(estimate.likely(), Duration::days(10));
        assert!(estimate.has_range());
        assert!("10d / 8d / 14d".parse::<Estimate>().is_err());
        assert!(!"5d".parse::<Estimate>().unwrap().has_range());
    }
}
