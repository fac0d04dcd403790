//! Calendars: when work is possible.

use std::collections::BTreeMap;

use jiff::civil::Date;

use crate::diagnostic::Span;
use crate::quantity::{Id, Window, WorkTime};

/// A stretch of working minutes of a day, half-open: 480..720 is 08:00 to 12:00.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Shift {
    /// First minute, counted from midnight.
    pub start: u32,
    /// Minute after the last; at most 1 440.
    pub end: u32,
}

/// Why no work is possible.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ClosureKind {
    /// A public holiday.
    Holiday,
    /// A closure for the project's own reasons, such as a change freeze.
    Closed,
}

/// Days without work, with the reason.
#[derive(Clone, Debug, PartialEq)]
pub struct Closure {
    /// The days.
    pub window: Window,
    /// The reason, such as `Year-end change freeze`.
    pub reason: String,
    /// Holiday or closure.
    pub kind: ClosureKind,
    /// Where it stands.
    pub origin: Span,
}

/// Days that are worked otherwise than their week says, as one line of the file.
#[derive(Clone, Debug, PartialEq)]
pub struct OtherDays {
    /// The days.
    pub window: Window,
    /// Whether a whole week is another (`weeks`), or single days are worked beside it (`extra_days`).
    pub is_week: bool,
    /// The reason, where one is written.
    pub reason: Option<String>,
    /// Where it stands.
    pub origin: Span,
}

/// When work is possible: a week, and the days that differ from it.
#[derive(Clone, Debug)]
pub struct Calendar {
    /// Its id; `standard` where the project names none.
    pub id: Id,
    /// Shifts by weekday, Monday first; sorted and apart.
    pub week: [Vec<Shift>; 7],
    /// Days without work, those of `based_on` included, in order of their first day.
    pub closures: Vec<Closure>,
    /// Days that have other shifts than their weekday (`extra_days`, `weeks`); they win over closures. No shifts: not
    /// worked.
    pub extra_days: BTreeMap<Date, Vec<Shift>>,
    /// The lines that `extra_days` comes from, those of `based_on` before its own.
    pub other_days: Vec<OtherDays>,
    /// How long a day and a week are for durations.
    pub work_time: WorkTime,
    /// The calendar it was derived from.
    pub based_on: Option<Id>,
    /// Where it stands; an empty span for the built-in one.
    pub origin: Span,
}

impl Calendar {
    /// The calendar of a project that brings none: Monday to Friday, 08:00–12:00 and 13:00–17:00.
    #[must_use]
    pub fn standard(id: Id) -> Self {
        let day = vec![Shift { start: 480, end: 720 }, Shift { start: 780, end: 1_020 }];
        let week = [day.clone(), day.clone(), day.clone(), day.clone(), day, Vec::new(), Vec::new()];
        Self {
            id,
            week,
            closures: Vec::new(),
            extra_days: BTreeMap::new(),
            other_days: Vec::new(),
            work_time: WorkTime::default(),
            based_on: None,
            origin: Span::default(),
        }
    }

    /// The shifts of a day: its own where it has any, none on closed days, else those of its weekday.
    #[must_use]
    pub fn shifts(&self, day: Date) -> &[Shift] {
        if let Some(shifts) = self.extra_days.get(&day) {
            return shifts;
        }
        if self.closures.iter().any(|closure| closure.window.contains(day)) {
            return &[];
        }
        &self.week[usize::from(day.weekday().to_monday_zero_offset().unsigned_abs())]
    }
}
