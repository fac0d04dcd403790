//! Calendars of a plan of another program in plain values: when work is possible, by weekday, week and day.

use jiff::civil::Date;

use crate::diagnostic::Span;
use crate::exchange::plan::Uid;

/// A stretch of working time of a day in minutes from midnight, half-open.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Shift {
    /// First minute.
    pub start: u32,
    /// Minute after the last; at most 1 440.
    pub end: u32,
}

/// What the calendar says about the days of a week, Monday first; nothing where it says nothing of its own.
pub type Week = [Option<Vec<Shift>>; 7];

/// When work is possible.
#[derive(Clone, Debug)]
pub struct Calendar {
    /// Its identity.
    pub uid: Uid,
    /// Its name.
    pub name: String,
    /// The calendar it is based on.
    pub base: Option<Uid>,
    /// Its own weekdays.
    pub week: Week,
    /// Days that differ from the week.
    pub exceptions: Vec<Exception>,
    /// Weeks that differ from the usual one.
    pub work_weeks: Vec<WorkWeek>,
    /// Where it stands.
    pub span: Span,
}

impl Calendar {
    /// Says whether it differs from the calendar it is based on.
    #[must_use]
    pub fn says_something(&self) -> bool {
        self.week.iter().any(Option::is_some) || !self.exceptions.is_empty() || !self.work_weeks.is_empty()
    }
}

/// Weeks that differ from the usual one, such as summer hours.
#[derive(Clone, Debug)]
pub struct WorkWeek {
    /// Its name; may be empty.
    pub name: String,
    /// First day.
    pub from: Date,
    /// Last day.
    pub to: Date,
    /// What it says about each weekday.
    pub week: Week,
}

/// Days that differ from the week.
#[derive(Clone, Debug)]
pub struct Exception {
    /// Its name; may be empty.
    pub name: String,
    /// First day.
    pub from: Date,
    /// Last day.
    pub to: Date,
    /// The working time of such a day; none when it is off.
    pub shifts: Vec<Shift>,
    /// On which days of the range it falls.
    pub rhythm: Rhythm,
    /// How often it falls, where it ends after a number of times.
    pub occurrences: Option<u32>,
}

/// On which days of its range an exception falls.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rhythm {
    /// On every day.
    Throughout,
    /// Every so many days.
    Daily(i64),
    /// On every so many of the days from Monday to Friday.
    Weekdays(i64),
    /// Every so many weeks, on these days, Monday first.
    Weekly(i64, [bool; 7]),
    /// Every so many months, on this day of the month.
    MonthlyByDay(i64, i8),
    /// Every so many months, on a day of a kind.
    MonthlyByPosition(i64, Position),
    /// Every year, in this month on this day.
    YearlyByDay(i8, i8),
    /// Every year, in this month on a day of a kind.
    YearlyByPosition(i8, Position),
}

/// The first, second, third, fourth or last day of a kind in a month.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Position {
    /// 0 to 3 for the first to the fourth, 4 for the last.
    pub place: u8,
    /// Which days count, Monday first.
    pub days: [bool; 7],
}
