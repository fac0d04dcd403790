//! Days that differ from their week: days off, extra days, weeks that hold for a time.
//!
//! Comes in: a calendar's week and every range that differs from it. Goes out: the calendar, each differing day listed.
//! Where ranges meet, a shorter one wins over a longer one; of two of the same length extra days win over days off;
//! both win over weeks that hold for a time, and those over the week. Hours over midnight belong to the day on which they
//! begin: what is said of a day leaves the night before as it is, and holds for its own night to the end. Days off alone are
//! off from midnight to midnight.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

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

    /// The hours that begin on a day by the week that holds on it.
    fn begun_on(&self, day: Date) -> &[Spanned<Hours>] {
        &self.week_on(day)[weekday(day)]
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
        for (window, _) in &self.draft.weeks {
            // Hours over midnight go on into the day behind the range.
            let days = window.days().chain([window.end()]);
            for day in days.filter(|day| self.draft.closed_for(*day).is_none()) {
                self.listed.insert(day, self.of_weeks(day));
            }
        }
        self.listed.retain(|day, shifts| *shifts != self.week[weekday(*day)]);
    }

    /// The shifts of a day by the weeks that hold on it and on its eve.
    fn of_weeks(&self, day: Date) -> Vec<Shift> {
        let eve = day.yesterday().ok().map(|eve| self.draft.begun_on(eve));
        with_night(eve.unwrap_or_default(), self.draft.begun_on(day))
    }

    fn list_extra_days(&mut self) {
        let mut extra: Vec<_> = self.draft.extra.iter().collect();
        extra.sort_by_key(|(window, _)| Reverse(length(*window)));
        let mut winners = BTreeMap::new();
        for (window, hours) in extra {
            winners.extend(window.days().map(|day| (day, (length(*window), hours))));
        }
        winners.retain(|day, (length, _)| {
            self.draft.closed_for(*day).is_none_or(|closed_for| closed_for >= *length)
        });
        let extra: BTreeMap<Date, Vec<Spanned<Hours>>> = winners
            .into_iter()
            .map(|(day, (_, hours))| (day, hours.clone().unwrap_or_else(|| self.usual(day))))
            .collect();
        let days: BTreeSet<Date> =
            extra.keys().flat_map(|day| [Some(*day), day.tomorrow().ok()]).flatten().collect();
        for day in days {
            let is_open = self.draft.closed_for(day).is_none();
            let of_week = |day: Date| if is_open { self.draft.begun_on(day) } else { &[] };
            let begun_on = |day: Date| extra.get(&day).map_or_else(|| of_week(day), Vec::as_slice);
            // The night that began the day before goes on, unless the day is off from midnight and that night is no extra one.
            let eve = day.yesterday().ok().map(begun_on).unwrap_or_default();
            let shifts = with_night(eve, begun_on(day));
            let listed = self.listed.get(&day);
            let usual = if is_open { self.week[weekday(day)].as_slice() } else { &[] };
            if extra.contains_key(&day) || shifts != listed.map_or(usual, Vec::as_slice) {
                self.listed.insert(day, shifts);
            }
        }
    }

    /// The hours that a day would have if it were worked.
    fn usual(&self, day: Date) -> Vec<Spanned<Hours>> {
        let week = self.draft.week_on(day);
        let own = &week[weekday(day)];
        if own.is_empty() { usual_hours(week, self.draft.calendar.origin) } else { own.clone() }
    }
}

/// The shifts of a day: what goes on of the hours that began the day before, and what begins on it.
fn with_night(eve: &[Spanned<Hours>], own: &[Spanned<Hours>]) -> Vec<Shift> {
    apart(eve.iter().filter_map(|hours| after_midnight(hours.value)).chain(until_midnight(own)))
}

/// Days of a range.
fn length(window: Window) -> i64 {
    Instant::start_of(window.end()).0 - Instant::start_of(window.first()).0
}

fn weekday(day: Date) -> usize {
    usize::from(day.weekday().to_monday_zero_offset().unsigned_abs())
}
