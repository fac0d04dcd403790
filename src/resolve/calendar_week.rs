//! Working weeks: which days are worked, and their hours.
//!
//! Comes in: what a calendar record says about its week and hours. Goes out: the stretches that begin on each weekday,
//! and the lengths of a day and a week. Not here: single days.

use std::collections::BTreeSet;

use crate::declare_rule;
use crate::diagnostic::{Diagnostic, Diagnostics, Span, Spanned};
use crate::model::Shift;
use crate::quantity::{Duration, WorkTime};
use crate::record::BAD_SCALAR;
use crate::record::calendar::{DayHours, Hours, Week, Weekdays};

declare_rule! {
    /// Working hours overlap, so that a minute would count twice.
    ///
    /// Wrong:
    /// ```yaml
    /// hours: [08:00 .. 13:00, 12:00 .. 17:00]
    /// ```
    /// Right:
    /// ```yaml
    /// hours: [08:00 .. 12:00, 13:00 .. 17:00]
    /// ```
    pub static OVERLAPPING_HOURS: Rule =
        ("E147", "overlapping-hours", Error, "0.1.0", "working hours that overlap");
}

/// The stretches that begin on each weekday, Monday first, in their order; those over midnight end beyond 1 440.
pub(super) type WeekPlan = [Vec<Spanned<Hours>>; 7];

/// Minutes of a calendar day.
const DAY: u32 = 1_440;

/// What a record says about a week.
pub(super) struct WeekWords<'a> {
    pub(super) week: Option<&'a Week>,
    pub(super) hours: Option<&'a DayHours>,
    /// The length of a day in minutes, for days whose hours are not written.
    pub(super) length: Option<u32>,
    /// Where the record stands.
    pub(super) origin: Span,
}

impl WeekWords<'_> {
    /// Changes a week by what is written; days of which nothing is said stay as they are.
    pub(super) fn applied_to(&self, mut plan: WeekPlan, found: &mut Diagnostics) -> WeekPlan {
        let written = match self.hours {
            Some(DayHours::Every(hours)) => in_order(hours, found),
            _ => None,
        };
        let is_rewritten = written.is_some() || self.length.is_some();
        let usual = written
            .or_else(|| self.length.map(|minutes| hours_of_length(minutes, self.origin)))
            .unwrap_or_else(|| usual_hours(&plan, self.origin));
        let mut days = plan.each_ref().map(|hours| !hours.is_empty());
        if let Some(week) = self.week {
            days = [false; 7];
            for words in &week.0 {
                for (day, is_worked) in days.iter_mut().zip(words.value.0) {
                    *day |= is_worked;
                }
            }
        }
        for (weekday, is_worked) in plan.iter_mut().zip(days) {
            if !is_worked {
                weekday.clear();
            } else if is_rewritten || weekday.is_empty() {
                weekday.clone_from(&usual);
            }
        }
        if let Some(DayHours::ByWeekday(named)) = self.hours {
            for (key, hours) in named {
                self.set_days(&mut plan, (*key, days), hours, found);
            }
        }
        if self.week.is_some() || self.hours.is_some() || self.length.is_some() {
            report_nights(&plan, found);
        }
        plan
    }

    /// Sets the hours of the days that are named together.
    fn set_days(
        &self,
        plan: &mut WeekPlan,
        (key, worked): (Spanned<Weekdays>, [bool; 7]),
        hours: &[Spanned<Hours>],
        found: &mut Diagnostics,
    ) {
        let Some(hours) = in_order(hours, found) else { return };
        for (place, weekday) in plan.iter_mut().enumerate().filter(|(place, _)| key.value.0[*place]) {
            if self.week.is_some() && !worked[place] {
                let only = Weekdays(std::array::from_fn(|day| day == place));
                let name = only.names().next().unwrap_or_default();
                found.push(
                    Diagnostic::new(&BAD_SCALAR, key.span, format!("`{name}` has hours but is not worked"))
                        .hint(format!("add `{name}` to `week:`, or remove its hours")),
                );
                continue;
            }
            weekday.clone_from(&hours);
        }
    }
}

/// Puts hours in their order; hours that overlap are reported.
pub(super) fn in_order(hours: &[Spanned<Hours>], found: &mut Diagnostics) -> Option<Vec<Spanned<Hours>>> {
    let mut hours = hours.to_vec();
    hours.sort_by_key(|hours| hours.start);
    for pair in hours.windows(2) {
        if pair[1].start < pair[0].end {
            found.push(overlap(pair[1].span, pair[0].span));
            return None;
        }
    }
    (!hours.is_empty()).then_some(hours)
}

/// Reports hours over midnight that reach into those of the next day.
fn report_nights(plan: &WeekPlan, found: &mut Diagnostics) {
    let mut seen: BTreeSet<(Span, Span)> = BTreeSet::new();
    for (place, hours) in plan.iter().enumerate() {
        let (Some(last), Some(next)) = (hours.last(), plan[(place + 1) % 7].first()) else { continue };
        if last.end > DAY + next.start && seen.insert((last.span, next.span)) {
            found.push(overlap(last.span, next.span).label("these run into the next day"));
        }
    }
}

fn overlap(place: Span, others: Span) -> Diagnostic {
    Diagnostic::new(&OVERLAPPING_HOURS, place, "these hours overlap others".to_owned())
        .also(others, "the others")
        .hint("write hours that follow each other")
}

/// The hours of the first weekday that is worked; those of the built-in calendar when none is.
pub(super) fn usual_hours(plan: &WeekPlan, origin: Span) -> Vec<Spanned<Hours>> {
    match plan.iter().find(|hours| !hours.is_empty()) {
        Some(hours) => hours.clone(),
        None => hours_of_length(480, origin),
    }
}

/// Spreads a length over a day: from 08:00, with an hour's break at noon; long days fill the day from midnight.
fn hours_of_length(minutes: u32, origin: Span) -> Vec<Spanned<Hours>> {
    let hours = match minutes {
        0..=240 => vec![Hours { start: 480, end: 480 + minutes }],
        241..=900 => vec![Hours { start: 480, end: 720 }, Hours { start: 780, end: 540 + minutes }],
        _ => vec![Hours { start: 0, end: minutes }],
    };
    hours.into_iter().map(|hours| Spanned::new(hours, origin)).collect()
}

/// Reads the length of a working day: between a minute and a whole day, in hours or minutes.
pub(super) fn day_length(length: &Spanned<Duration>, found: &mut Diagnostics) -> Option<u32> {
    let written = length.value.to_string();
    let is_clock_time = !length.is_elapsed() && written.ends_with(['h', 'm']);
    let minutes = u32::try_from(length.minutes(WorkTime::default())).unwrap_or(0);
    if is_clock_time && (1..=1_440).contains(&minutes) {
        return Some(minutes);
    }
    if is_clock_time && minutes > 1_440 {
        found.push(
            Diagnostic::new(&BAD_SCALAR, length.span, format!("`{written}` is more than a day has"))
                .hint("write at most `24h`"),
        );
        return None;
    }
    found.push(
        Diagnostic::new(&BAD_SCALAR, length.span, format!("`{written}` is not the length of a working day"))
            .hint("write it in hours, such as `8h` or `7.5h`"),
    );
    None
}

/// The lengths of a day and a week. `minutes_per_day` is the length that `1d` has by other rules; without it most days
/// decide, the longer length where two are as frequent. Where days differ, a week is the sum of its days.
///
/// Four days of nine hours and one of four: a day is 540 minutes, a week 2 400.
pub(super) fn work_time(plan: &WeekPlan, minutes_per_day: Option<i64>) -> WorkTime {
    let lengths: Vec<i64> = plan
        .iter()
        .filter(|hours| !hours.is_empty())
        .map(|hours| hours.iter().map(|hours| i64::from(hours.end - hours.start)).sum())
        .collect();
    let frequency = |length: i64| lengths.iter().filter(|other| **other == length).count();
    let most = lengths.iter().copied().max_by_key(|length| (frequency(*length), *length));
    let minutes_per_day = minutes_per_day.or(most).unwrap_or(WorkTime::default().minutes_per_day);
    let is_even = lengths.windows(2).all(|pair| pair[0] == pair[1]);
    let n_days = i64::try_from(lengths.len()).unwrap_or(7).max(1);
    let minutes_per_week = if is_even { minutes_per_day * n_days } else { lengths.iter().sum() };
    WorkTime { minutes_per_day, minutes_per_week }
}

/// The shifts of each weekday: hours over midnight are parted there, and what follows belongs to the next day.
pub(super) fn shifts_of(plan: &WeekPlan) -> [Vec<Shift>; 7] {
    std::array::from_fn(|place| {
        let before = &plan[(place + 6) % 7];
        apart(
            before.iter().filter_map(|hours| after_midnight(hours.value)).chain(until_midnight(&plan[place])),
        )
    })
}

/// The part of each stretch that lies on the day on which it begins.
pub(super) fn until_midnight(hours: &[Spanned<Hours>]) -> impl Iterator<Item = Shift> + '_ {
    hours.iter().map(|hours| Shift { start: hours.start, end: hours.end.min(DAY) })
}

/// The part of a stretch that lies on the next day.
pub(super) fn after_midnight(hours: Hours) -> Option<Shift> {
    (hours.end > DAY).then(|| Shift { start: 0, end: hours.end - DAY })
}

/// Puts shifts in their order and joins those that overlap.
pub(super) fn apart(shifts: impl IntoIterator<Item = Shift>) -> Vec<Shift> {
    let mut shifts: Vec<Shift> = shifts.into_iter().collect();
    shifts.sort_unstable();
    let mut apart: Vec<Shift> = Vec::with_capacity(shifts.len());
    for shift in shifts {
        match apart.last_mut() {
            Some(last) if shift.start < last.end => last.end = last.end.max(shift.end),
            _ => apart.push(shift),
        }
    }
    apart
}
