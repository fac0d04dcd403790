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

    /// What is worked of the shifts over midnight at the edges of a closure: of the night before its first day the part until midnight, and of
    /// the night of its last day the part from midnight on, each with its day. Hours behind midnight belong to the next day, so that a closed
    /// day takes parts of two nights. Empty where no shift runs over midnight there.
    ///
    /// 22:00 to 06:00 and a holiday on 3 April: 22:00 to 24:00 on the 2nd, 00:00 to 06:00 on the 4th.
    #[must_use]
    pub fn parts_of_nights(&self, closed: Window) -> Vec<(Date, Shift)> {
        const MIDNIGHT: u32 = 1_440;
        let usual = |day: Date| &self.week[usize::from(day.weekday().to_monday_zero_offset().unsigned_abs())];
        let (first, last) = (closed.first(), closed.last_day());
        let before = first.yesterday().ok().and_then(|day| {
            let worked = self.shifts(day).last().filter(|shift| shift.end == MIDNIGHT)?;
            usual(first).first().filter(|shift| shift.start == 0)?;
            Some((day, *worked))
        });
        let after = last.tomorrow().ok().and_then(|day| {
            let worked = self.shifts(day).first().filter(|shift| shift.start == 0)?;
            usual(last).last().filter(|shift| shift.end == MIDNIGHT)?;
            Some((day, *worked))
        });
        let is_part = |(_, shift): &(Date, Shift)| shift.end - shift.start < MIDNIGHT;
        before.into_iter().chain(after).filter(is_part).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn date(text: &str) -> Date {
        text.parse().expect("a date")
    }

    #[test]
    fn a_closed_day_takes_parts_of_two_nights() {
        let mut nights = Calendar::standard("nights".parse().expect("an id"));
        let (late, early) = (Shift { start: 1_320, end: 1_440 }, Shift { start: 0, end: 360 });
        nights.week = std::array::from_fn(|day| match day {
            0 => vec![late],
            1..=4 => vec![early, late],
            5 => vec![early],
            _ => Vec::new(),
        });
        let good_friday = Window::inclusive(date("2026-04-03"), date("2026-04-03")).expect("a day");
        let expected = [(date("2026-04-02"), late), (date("2026-04-04"), early)];
        assert_eq!(nights.parts_of_nights(good_friday), expected);
        // Easter Monday: no night comes before it, and its own goes on behind midnight.
        let easter_monday = Window::inclusive(date("2026-04-06"), date("2026-04-06")).expect("a day");
        assert_eq!(nights.parts_of_nights(easter_monday), [(date("2026-04-07"), early)]);
        assert!(Calendar::standard("days".parse().expect("an id")).parts_of_nights(good_friday).is_empty());
    }
}
