//! Days that differ from their week: days off, extra days, weeks that hold for a time.
//!
//! Comes in: a calendar's week and every range that differs from it. Goes out: the calendar, each differing day listed.
//! Where ranges meet, a shorter one wins over a longer one; of two of the same length extra days win over days off;
//! both win over weeks that hold for a time, and those over the week.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use jiff::civil::Date;

use crate::diagnostic::{Span, Spanned};
use crate::model::{Calendar, Shift};
use crate::quantity::{Instant, Window};
use crate::record::calendar::Hours;
use crate::resolve::calendar_week::{
    WeekPlan, after_midnight, apart, shifts_of, until_midnight, usual_hours,
};

/// A calendar whose days are not laid out yet, so that others can be based on it.
#[derive(Clone, Debug)]
pub(super) struct Draft {
    /// The calendar; its `week` and `extra_days` are filled at the end.
    pub(super) calendar: Calendar,
    pub(super) week: WeekPlan,
    /// Weeks that hold for a time, in the order of the file.
    pub(super) weeks: Vec<(Window, WeekPlan)>,
    /// Extra days in the order of the file: their hours, or none for the usual ones.
    pub(super) extra: Vec<(Window, Option<Vec<Spanned<Hours>>>)>,
}

impl Draft {
    /// Takes a finished calendar with nothing but a week, such as the built-in one.
    pub(super) fn of(calendar: Calendar, origin: Span) -> Self {
        let week = calendar.week.each_ref().map(|shifts| {
            let hours = shifts.iter().map(|shift| Hours { start: shift.start, end: shift.end });
            hours.map(|hours| Spanned::new(hours, origin)).collect()
        });
        Self { calendar, week, weeks: Vec::new(), extra: Vec::new() }
    }

    /// Lays out the days.
    pub(super) fn finished(self) -> Calendar {
        let mut days = Days { listed: BTreeMap::new(), draft: &self, week: shifts_of(&self.week) };
        days.list_weeks();
        days.list_extra_days();
        let Days { listed, week, .. } = days;
        Calendar { week, extra_days: listed, ..self.calendar }
    }

    /// The week that holds on a day.
    fn week_on(&self, day: Date) -> &WeekPlan {
        let holding = self.weeks.iter().filter(|(window, _)| window.contains(day));
        // Of two ranges of the same length the later one wins.
        holding.rev().min_by_key(|(window, _)| length(*window)).map_or(&self.week, |(_, week)| week)
    }

    /// The length of the shortest range of days off that holds on a day.
    fn closed_for(&self, day: Date) -> Option<i64> {
        let closures = self.calendar.closures.iter().filter(|closure| closure.window.contains(day));
        closures.map(|closure| length(closure.window)).min()
    }
}

struct Days<'a> {
    draft: &'a Draft,
    week: [Vec<Shift>; 7],
    listed: BTreeMap<Date, Vec<Shift>>,
}

impl Days<'_> {
    fn list_weeks(&mut self) {
        let mut weeks: Vec<&(Window, WeekPlan)> = self.draft.weeks.iter().collect();
        weeks.sort_by_key(|(window, _)| Reverse(length(*window)));
        for (window, week) in weeks {
            let shifts = shifts_of(week);
            for day in window.days().filter(|day| self.draft.closed_for(*day).is_none()) {
                self.listed.insert(day, shifts[weekday(day)].clone());
            }
        }
        self.listed.retain(|day, shifts| *shifts != self.week[weekday(*day)]);
    }

    fn list_extra_days(&mut self) {
        let mut extra: Vec<_> = self.draft.extra.iter().collect();
        extra.sort_by_key(|(window, _)| Reverse(length(*window)));
        let mut winners = BTreeMap::new();
        for (window, hours) in extra {
            winners.extend(window.days().map(|day| (day, (length(*window), hours))));
        }
        let mut nights = Vec::new();
        for (day, (length, hours)) in winners {
            let closed_for = self.draft.closed_for(day);
            if closed_for.is_some_and(|closed_for| closed_for < length) {
                continue;
            }
            let hours = hours.clone().unwrap_or_else(|| self.usual(day));
            // The night that began the day before goes on, unless the day would be off from midnight.
            let eve = day.yesterday().ok().filter(|_| closed_for.is_none());
            let going_on =
                eve.map(|eve| self.draft.week_on(eve)[weekday(eve)].as_slice()).unwrap_or_default();
            let going_on = going_on.iter().filter_map(|hours| after_midnight(hours.value));
            self.listed.insert(day, apart(going_on.chain(until_midnight(&hours))));
            let next = hours.iter().filter_map(|hours| after_midnight(hours.value));
            nights.extend(next.filter_map(|shift| Some((day.tomorrow().ok()?, shift))));
        }
        for (day, night) in nights {
            let others = match self.listed.get(&day) {
                Some(shifts) => shifts.as_slice(),
                None if self.draft.closed_for(day).is_some() => &[],
                None => &self.week[weekday(day)],
            };
            let shifts = apart(others.iter().copied().chain([night]));
            self.listed.insert(day, shifts);
        }
    }

    /// The hours that a day would have if it were worked.
    fn usual(&self, day: Date) -> Vec<Spanned<Hours>> {
        let week = self.draft.week_on(day);
        let own = &week[weekday(day)];
        if own.is_empty() { usual_hours(week, self.draft.calendar.origin) } else { own.clone() }
    }
}

/// Days of a range.
fn length(window: Window) -> i64 {
    Instant::start_of(window.end()).0 - Instant::start_of(window.first()).0
}

fn weekday(day: Date) -> usize {
    usize::from(day.weekday().to_monday_zero_offset().unsigned_abs())
}
