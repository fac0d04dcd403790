//! A minute on the calendar, without a time zone.

use std::fmt;

use jiff::Span;
use jiff::civil::{Date, DateTime, date};

/// A point in time to the minute, counted from 1970-01-01 00:00 local time.
///
/// A finish is the minute after the last worked one: work until Friday 17:00 finishes at Friday 17:00.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Instant(pub i64);

/// Minutes of a calendar day.
pub const MINUTES_OF_DAY: i64 = 1_440;

/// Calendar days from one day to another; negative when `to` is the earlier one.
#[must_use]
pub fn days_between(from: Date, to: Date) -> i64 {
    i64::from((to - from).get_days())
}

impl Instant {
    /// Midnight at which a day begins.
    #[must_use]
    pub fn start_of(day: Date) -> Self {
        let days = i64::from(date(1970, 1, 1).until(day).map_or(0, |span| span.get_days()));
        Self(days * MINUTES_OF_DAY)
    }

    /// Midnight at which a day ends.
    #[must_use]
    pub fn end_of(day: Date) -> Self {
        Self(Self::start_of(day).0 + MINUTES_OF_DAY)
    }

    /// The day that this minute belongs to; midnight belongs to the day it begins.
    #[must_use]
    pub fn day(self) -> Date {
        // A span of more days than the calendar has is refused by both; then the calendar's last day stands for it.
        let days = Span::new().try_days(self.0.div_euclid(MINUTES_OF_DAY));
        days.and_then(|days| date(1970, 1, 1).checked_add(days)).unwrap_or(Date::MAX)
    }

    /// The last day of something that finishes here; midnight belongs to the day it ends.
    #[must_use]
    pub fn last_day(self) -> Date {
        Self(self.0 - 1).day()
    }

    /// Minutes since midnight, 0 to 1 439.
    #[must_use]
    pub fn minute_of_day(self) -> i64 {
        self.0.rem_euclid(MINUTES_OF_DAY)
    }

    /// Takes over a civil date and time; seconds are cut.
    #[must_use]
    pub fn from_civil(at: DateTime) -> Self {
        Self(Self::start_of(at.date()).0 + i64::from(at.hour()) * 60 + i64::from(at.minute()))
    }

    /// The minute so many minutes of the clock later (or earlier).
    #[must_use]
    pub fn plus(self, minutes: i64) -> Self {
        Self(self.0 + minutes)
    }
}

impl fmt::Display for Instant {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {:02}:{:02}", self.day(), self.minute_of_day() / 60, self.minute_of_day() % 60)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_and_instants_agree() {
        let day = date(2026, 11, 20);
        assert_eq!(Instant::start_of(day).day(), day);
        assert_eq!(Instant::end_of(day).last_day(), day);
        assert_eq!(Instant::start_of(day).plus(17 * 60).to_string(), "2026-11-20 17:00");
        assert_eq!(Instant::start_of(date(1969, 12, 31)).0, -1_440);
    }
}
