//! Days without work, or with less of it, between what a task waited for and its finish.
//!
//! Comes in: a task with what holds it. Goes out: closures, weeks that work on other days or for fewer hours, absences:
//! those that cost the task working time, each with the place where it was written. Not here: weekends.

use std::cmp::Reverse;

use jiff::civil::Date;

use super::{Inquiry, Reason};
use crate::diagnostic::Span;
use crate::model::{Assignee, Calendar, ClosureKind, OtherDays, PersonNo, Shift, TaskNo, WorkingTime};
use crate::plan::{Slot, State};
use crate::quantity::{Instant, Window};

/// Why there is no work, or less of it, on days that the week would work.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum GapKind {
    /// A holiday or closure: the places of the calendar and of the closure in it.
    Closure {
        /// The calendar's place in the project's list.
        calendar: usize,
        /// The closure's place in its list.
        place: usize,
    },
    /// Weeks that work on other days: the places of the calendar and of the line in its list of other days.
    OtherWeeks {
        /// The calendar's place in the project's list.
        calendar: usize,
        /// The line's place in its list.
        place: usize,
    },
    /// Weeks or days that work for fewer hours: the places of the calendar and of the line in its list of other days.
    ShorterHours {
        /// The calendar's place in the project's list.
        calendar: usize,
        /// The line's place in its list.
        place: usize,
        /// Working minutes lost to it that the week would work; at least one.
        minutes: i64,
    },
    /// Somebody is away, and nobody else is assigned who is there.
    Absence(PersonNo),
}

/// Days without work, or with less of it, that a date has to do with. Weekends are none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Gap {
    /// Why nobody works.
    pub kind: GapKind,
    /// The days, weekends among them.
    pub window: Window,
    /// Whole days lost to it that the week would work; at least one, but none for shorter hours.
    pub working_days: i64,
    /// Whether the task lies behind it: it waits for the end. Otherwise it is interrupted.
    pub before_start: bool,
    /// Where it was written.
    pub origin: Span,
}

impl Inquiry<'_> {
    pub(super) fn gaps(&self, number: TaskNo, slot: &Slot, reasons: &[Reason]) -> Vec<Gap> {
        let task = self.project.task(number);
        let base = &self.project.calendars[task.calendar];
        let (first, last) = (self.free_from(slot, reasons, base), slot.last_day());
        // What runs by the clock is not interrupted; it may still have waited for its first day.
        let last = if task.runs_by_the_clock() { slot.first_day() } else { last };
        let Some(span) = Window::inclusive(first, last) else { return Vec::new() };
        let starts = if slot.state == State::NotStarted { slot.first_day() } else { first };
        // Shorter hours hold nobody up who has not begun.
        let worked = if task.runs_by_the_clock() { None } else { Window::inclusive(starts, last) };
        let mut gaps: Vec<Gap> = closures_in(base, task.calendar, span, None);
        gaps.extend(worked.into_iter().flat_map(|worked| shorter_hours(base, task.calendar, worked, None)));
        let time = self.engine.working_time(number);
        let people = task.assignments.iter().filter_map(|part| match part.assignee {
            Assignee::Person(person) if task.is_work() => Some(person),
            _ => None,
        });
        for person in people {
            let of_person = &self.project.team.people[person.0 as usize];
            if let Some(own) = of_person.calendar.filter(|_| !task.has_own_calendar) {
                let calendar = &self.project.calendars[own];
                let beyond = Some((base, time));
                gaps.extend(closures_in(calendar, own, span, beyond));
                gaps.extend(
                    worked.into_iter().flat_map(|worked| shorter_hours(calendar, own, worked, beyond)),
                );
            }
            for absence in &of_person.absences {
                let Some(window) = overlap(absence.window, span) else { continue };
                let is_lost = |day: &Date| !base.shifts(*day).is_empty() && !time.is_working_day(*day);
                let kind = GapKind::Absence(person);
                let n_lost = window.days().filter(is_lost).count();
                gaps.extend(gap(kind, (absence.window, absence.origin), n_lost));
            }
        }
        for gap in &mut gaps {
            gap.before_start = gap.window.end() <= starts;
        }
        gaps.sort_by_key(|gap| (gap.window.first(), gap.window.end(), gap.kind));
        let is_shorter = |gap: &Gap| matches!(gap.kind, GapKind::ShorterHours { .. });
        gaps.dedup_by_key(|gap| (gap.window, gap.origin, is_shorter(gap)));
        let covers =
            |gap: &&Gap| !matches!(gap.kind, GapKind::OtherWeeks { .. } | GapKind::ShorterHours { .. });
        let covered: Vec<Window> = gaps.iter().filter(covers).map(|gap| gap.window).collect();
        // A holiday inside a freeze is not worth a word; one inside weeks that work on other days is.
        gaps.retain(|gap| !covered.iter().any(|other| is_inside(gap.window, *other)));
        gaps
    }
}

/// The closures of a calendar that cost working days of a span. For a person's calendar only days count on which the
/// task's own calendar works and the task does not.
fn closures_in(
    calendar: &Calendar,
    number: usize,
    span: Window,
    beyond: Option<(&Calendar, &WorkingTime)>,
) -> Vec<Gap> {
    let week_works = |day: Date| !usual_shifts(calendar, day).is_empty();
    let is_lost = |day: &Date| match beyond {
        None => week_works(*day) && calendar.shifts(*day).is_empty(),
        Some((base, time)) => !base.shifts(*day).is_empty() && !time.is_working_day(*day),
    };
    let closures = calendar.closures.iter().enumerate().filter_map(|(place, closure)| {
        let window = overlap(closure.window, span)?;
        let kind = GapKind::Closure { calendar: number, place };
        // A holiday inside a freeze would not be worked without the freeze either.
        let is_holiday = |day: &Date| {
            let mut others = calendar.closures.iter().filter(|other| other.kind == ClosureKind::Holiday);
            closure.kind != ClosureKind::Holiday && others.any(|holiday| holiday.window.contains(*day))
        };
        let n_lost = window.days().filter(|day| is_lost(day) && !is_holiday(day)).count();
        gap(kind, (closure.window, closure.origin), n_lost)
    });
    // A day that is closed for a reason of its own is counted there.
    let is_closed = |day: &Date| calendar.closures.iter().any(|closure| closure.window.contains(*day));
    let other = calendar.other_days.iter().enumerate().filter_map(|(place, other)| {
        let window = overlap(other.window, span)?;
        let kind = GapKind::OtherWeeks { calendar: number, place };
        let n_lost = window.days().filter(|day| is_lost(day) && !is_closed(day)).count();
        gap(kind, (other.window, other.origin), n_lost)
    });
    closures.chain(other).collect()
}

/// The lines of a calendar that make days of a span shorter than those of its week. For a person's calendar only what the
/// task loses by it counts.
fn shorter_hours(
    calendar: &Calendar,
    number: usize,
    span: Window,
    beyond: Option<(&Calendar, &WorkingTime)>,
) -> Vec<Gap> {
    let lost = |day: Date| {
        let (usual, own) = (minutes(usual_shifts(calendar, day)), minutes(calendar.shifts(day)));
        let is_shorter = 0 < own && own < usual;
        let lost = match beyond {
            None => usual - own,
            Some((base, time)) => match time.minutes_of_day(day) {
                0 => 0,
                left => usual.min(minutes(base.shifts(day))) - left,
            },
        };
        if is_shorter { lost.max(0) } else { 0 }
    };
    let gap = |(place, other): (usize, &OtherDays)| {
        // Of lines about the same day the narrowest counts, the later one of equals.
        let counts = |day: &Date| {
            let of_day =
                calendar.other_days.iter().enumerate().filter(|(_, line)| line.window.contains(*day));
            let length = |days: Window| Instant::start_of(days.end()).0 - Instant::start_of(days.first()).0;
            let narrowest =
                of_day.min_by_key(|(place, line)| (line.is_week, length(line.window), Reverse(*place)));
            narrowest.is_some_and(|(narrowest, _)| narrowest == place)
        };
        let minutes: i64 = overlap(other.window, span)?.days().filter(counts).map(lost).sum();
        let kind = GapKind::ShorterHours { calendar: number, place, minutes };
        (minutes > 0).then_some(Gap {
            kind,
            window: other.window,
            working_days: 0,
            before_start: false,
            origin: other.origin,
        })
    };
    calendar.other_days.iter().enumerate().filter_map(gap).collect()
}

/// The shifts of a day as its weekday has them.
fn usual_shifts(calendar: &Calendar, day: Date) -> &[Shift] {
    &calendar.week[usize::from(day.weekday().to_monday_zero_offset().unsigned_abs())]
}

fn minutes(shifts: &[Shift]) -> i64 {
    shifts.iter().map(|shift| i64::from(shift.end - shift.start)).sum()
}

fn gap(kind: GapKind, (window, origin): (Window, Span), n_lost: usize) -> Option<Gap> {
    let working_days = i64::try_from(n_lost).unwrap_or(i64::MAX);
    (working_days > 0).then_some(Gap { kind, window, working_days, before_start: false, origin })
}

fn overlap(one: Window, other: Window) -> Option<Window> {
    Window::inclusive(one.first().max(other.first()), one.last_day().min(other.last_day()))
}

fn is_inside(one: Window, other: Window) -> bool {
    one != other && other.first() <= one.first() && one.end() <= other.end()
}
