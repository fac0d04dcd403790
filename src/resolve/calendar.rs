//! Calendars: what `based_on` takes over, working hours from lengths of days, days off in their order.
//!
//! Comes in: calendar records. Goes out: complete calendars, each with its own week and closures.

use std::collections::BTreeMap;

use crate::declare_rule;
use crate::diagnostic::spelling::did_you_mean;
use crate::diagnostic::{Diagnostic, Diagnostics, Span, Spanned};
use crate::model::{Calendar, Closure, ClosureKind, Shift};
use crate::quantity::{Duration, Id, WorkTime};
use crate::record::BAD_SCALAR;
use crate::record::calendar::{CalendarRecord, Hours};
use crate::record::decode::{Dated, Scalar};
use crate::resolve::rule::UNKNOWN_REFERENCE;

declare_rule! {
    /// Calendars are based on each other in a ring, so none of them has a week to begin with.
    ///
    /// Wrong:
    /// ```yaml
    /// standard: {based_on: change-window}
    /// change-window: {based_on: standard}
    /// ```
    /// Right:
    /// ```yaml
    /// standard: {week: mon tue wed thu fri}
    /// change-window: {based_on: standard}
    /// ```
    pub static CALENDAR_LOOP: Rule = ("E146", "calendar-loop", Error, "0.1.0", "calendars based on each other");
}

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

/// The id of the calendar of a project that names none.
pub(super) const STANDARD: &str = "standard";

/// Days that one line of `extra_days` may cover: a year is a slip, not a plan.
const MOST_EXTRA_DAYS: usize = 366;

/// Resolves calendars in the order of their records, followed by those of `base` that none of them replaces.
pub(super) fn resolve_calendars(
    records: &[&(Spanned<Id>, CalendarRecord)],
    base: &[Calendar],
    found: &mut Diagnostics,
) -> Vec<Calendar> {
    let mut maker = Maker { records, base, made: BTreeMap::new(), open: Vec::new() };
    for (id, _) in records {
        maker.make(&id.value, found);
    }
    let mut calendars: Vec<Calendar> = Vec::new();
    for (id, _) in records {
        calendars.extend(maker.made.remove(&id.value));
    }
    for calendar in base {
        if !calendars.iter().any(|own| own.id == calendar.id) {
            calendars.push(calendar.clone());
        }
    }
    calendars
}

struct Maker<'a> {
    records: &'a [&'a (Spanned<Id>, CalendarRecord)],
    base: &'a [Calendar],
    made: BTreeMap<Id, Calendar>,
    /// Calendars that are being made, each because the one before it is based on it.
    open: Vec<&'a Spanned<Id>>,
}

impl<'a> Maker<'a> {
    fn make(&mut self, id: &Id, found: &mut Diagnostics) {
        if self.made.contains_key(id) {
            return;
        }
        let Some((key, record)) = self.records.iter().find(|(key, _)| key.value == *id) else { return };
        self.open.push(key);
        let parent = record.based_on.as_ref().and_then(|parent| self.parent(parent, found));
        self.open.pop();
        self.made.insert(id.clone(), derive(key, record, parent, found));
    }

    /// Finds the calendar that another is based on, and makes it first where it is one of ours.
    fn parent(&mut self, parent: &'a Spanned<Id>, found: &mut Diagnostics) -> Option<Calendar> {
        if let Some(at) = self.open.iter().position(|open| open.value == parent.value) {
            let ring: Vec<&str> = self.open[at..].iter().map(|open| open.as_str()).collect();
            let message =
                format!("calendars are based on each other: {} → {}", ring.join(" → "), parent.value);
            let mut diagnostic = Diagnostic::new(&CALENDAR_LOOP, parent.span, message)
                .hint("base one of them on nothing, and write its week out");
            for open in &self.open[at..] {
                diagnostic = diagnostic.also(open.span, "");
            }
            found.push(diagnostic);
            return None;
        }
        if self.records.iter().any(|(key, _)| key.value == parent.value) {
            self.make(&parent.value, found);
            return self.made.get(&parent.value).cloned();
        }
        if let Some(calendar) = self.base.iter().find(|calendar| calendar.id == parent.value) {
            return Some(calendar.clone());
        }
        if parent.as_str() == STANDARD {
            return Some(Calendar::standard(parent.value.clone()));
        }
        let message = format!("unknown calendar `{}`", parent.value);
        let diagnostic = Diagnostic::new(&UNKNOWN_REFERENCE, parent.span, message);
        let own = self.records.iter().map(|(key, _)| (key.as_str(), key.span));
        let shared = self.base.iter().map(|calendar| (calendar.id.as_str(), calendar.origin));
        let places: BTreeMap<&str, Span> = shared.chain(own).collect();
        found.push(match did_you_mean(parent.as_str(), places.keys().copied().chain([STANDARD])) {
            Some(near) => {
                let diagnostic = diagnostic.hint(format!("write `{near}`"));
                match places.get(near) {
                    Some(place) => diagnostic.also(*place, format!("`{near}` is defined here")),
                    None => diagnostic,
                }
            }
            None => diagnostic.hint("name a calendar of `calendar.yaml` or `calendars/`, or `standard`"),
        });
        None
    }
}

/// Makes a calendar from its record and the one it is based on.
fn derive(
    id: &Spanned<Id>,
    record: &CalendarRecord,
    parent: Option<Calendar>,
    found: &mut Diagnostics,
) -> Calendar {
    let based_on = parent.as_ref().map(|parent| parent.id.clone());
    let mut calendar = parent.unwrap_or_else(|| Calendar::standard(id.value.clone()));
    calendar.id = id.value.clone();
    calendar.based_on = based_on;
    calendar.origin = id.span;
    set_week(&mut calendar, record, found);
    calendar.closures.extend(closures(&record.holidays, ClosureKind::Holiday));
    calendar.closures.extend(closures(&record.closed, ClosureKind::Closed));
    calendar.closures.sort_by_key(|closure| (closure.window, closure.origin));
    let usual = usual_shifts(&calendar);
    for (window, written) in &record.extra_days {
        let Some(shifts) = extra_shifts(written, &usual, found) else { continue };
        if window.days().take(MOST_EXTRA_DAYS + 1).count() > MOST_EXTRA_DAYS {
            found.push(
                Diagnostic::new(
                    &BAD_SCALAR,
                    window.span,
                    "extra working days of more than a year".to_owned(),
                )
                .hint("change `week:` for a rule that holds always"),
            );
            continue;
        }
        for day in window.days() {
            calendar.extra_days.insert(day, shifts.clone());
        }
    }
    calendar
}

fn closures(dated: &Dated<Spanned<String>>, kind: ClosureKind) -> impl Iterator<Item = Closure> + '_ {
    dated.iter().map(move |(window, reason)| Closure {
        window: window.value,
        reason: reason.value.clone(),
        kind,
        origin: window.span,
    })
}

/// Sets the shifts of each weekday and the lengths of a day and a week.
fn set_week(calendar: &mut Calendar, record: &CalendarRecord, found: &mut Diagnostics) {
    let length = record.hours_per_day.as_ref().and_then(|length| day_length(length, found));
    let hours = shifts_of(&record.hours, found);
    let shifts =
        hours.clone().or_else(|| length.map(shifts_of_length)).unwrap_or_else(|| usual_shifts(calendar));
    let is_rewritten = hours.is_some() || length.is_some();
    let mut days = calendar.week.each_ref().map(|shifts| !shifts.is_empty());
    if let Some(week) = &record.week {
        days = [false; 7];
        for words in &week.0 {
            for (day, is_worked) in days.iter_mut().zip(words.value.0) {
                *day |= is_worked;
            }
        }
    }
    for (weekday, is_worked) in calendar.week.iter_mut().zip(days) {
        if !is_worked {
            weekday.clear();
        } else if is_rewritten || weekday.is_empty() {
            weekday.clone_from(&shifts);
        }
    }
    let minutes_per_day = match (length, hours) {
        (Some(length), _) => i64::from(length),
        (None, Some(hours)) => hours.iter().map(|shift| i64::from(shift.end - shift.start)).sum(),
        (None, None) => calendar.work_time.minutes_per_day,
    };
    let n_days = days.iter().filter(|is_worked| **is_worked).count();
    let n_days = i64::try_from(n_days).unwrap_or(7).max(1);
    calendar.work_time = WorkTime { minutes_per_day, minutes_per_week: minutes_per_day * n_days };
}

/// The shifts of the first weekday that is worked; those of the built-in calendar when none is.
fn usual_shifts(calendar: &Calendar) -> Vec<Shift> {
    match calendar.week.iter().find(|shifts| !shifts.is_empty()) {
        Some(shifts) => shifts.clone(),
        None => shifts_of_length(480),
    }
}

/// Spreads a length over a day: from 08:00, with an hour's break at noon; long days fill the day from midnight.
fn shifts_of_length(minutes: u32) -> Vec<Shift> {
    match minutes {
        0..=240 => vec![Shift { start: 480, end: 480 + minutes }],
        241..=900 => vec![Shift { start: 480, end: 720 }, Shift { start: 780, end: 540 + minutes }],
        _ => vec![Shift { start: 0, end: minutes }],
    }
}

/// Reads the length of a working day: between a minute and a whole day, in hours or minutes.
fn day_length(length: &Spanned<Duration>, found: &mut Diagnostics) -> Option<u32> {
    let written = length.value.to_string();
    let is_clock_time = !length.is_elapsed() && written.ends_with(['h', 'm']);
    let minutes = u32::try_from(length.minutes(WorkTime::default())).unwrap_or(0);
    if is_clock_time && (1..=1_440).contains(&minutes) {
        return Some(minutes);
    }
    found.push(
        Diagnostic::new(&BAD_SCALAR, length.span, format!("`{written}` is not the length of a working day"))
            .hint("write it in hours, such as `8h` or `7.5h`"),
    );
    None
}

/// Puts hours in their order; hours that overlap are reported.
fn shifts_of(hours: &[Spanned<Hours>], found: &mut Diagnostics) -> Option<Vec<Shift>> {
    let mut hours = hours.to_vec();
    hours.sort_by_key(|hours| hours.start);
    for pair in hours.windows(2) {
        if pair[1].start < pair[0].end {
            found.push(
                Diagnostic::new(&OVERLAPPING_HOURS, pair[1].span, "these hours overlap others".to_owned())
                    .also(pair[0].span, "the others")
                    .hint("write hours that follow each other"),
            );
            return None;
        }
    }
    (!hours.is_empty())
        .then(|| hours.iter().map(|hours| Shift { start: hours.start, end: hours.end }).collect())
}

/// Reads what stands at an extra day: hours, or a reason, and then the usual hours hold.
fn extra_shifts(written: &Spanned<String>, usual: &[Shift], found: &mut Diagnostics) -> Option<Vec<Shift>> {
    let is_reason = !(written.starts_with(|c: char| c.is_ascii_digit()) && written.contains(':'));
    if is_reason {
        return Some(usual.to_vec());
    }
    let mut hours = Vec::new();
    for part in written.split(',') {
        match Hours::read(part.trim()) {
            Ok(part) => hours.push(Spanned::new(part, written.span)),
            Err(fault) => {
                found.push(crate::record::decode::bad_scalar(written.span, part, fault));
                return None;
            }
        }
    }
    shifts_of(&hours, found)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::FileId;
    use crate::record::calendar::CalendarsRecord;
    use crate::record::decode::Decode;
    use crate::source::yaml;

    fn resolve(text: &str) -> (Vec<Calendar>, Vec<String>) {
        let mut found = Diagnostics::default();
        let node = yaml::parse(FileId(0), text, &mut found).unwrap();
        let records = CalendarsRecord::decode(&node, &mut found).unwrap();
        let calendars = resolve_calendars(&records.iter().collect::<Vec<_>>(), &[], &mut found);
        (calendars, found.iter().map(|d| format!("{}: {}", d.rule.code, d.message)).collect())
    }

    #[test]
    fn a_calendar_takes_over_what_it_is_based_on_and_adds_to_it() {
        let (calendars, found) = resolve(
            "window:\n  based_on: standard\n  closed:\n    2026-12-14 .. 2027-01-08: Freeze\n\
             standard:\n  week: mon tue wed thu\n  hours_per_day: 6h\n  holidays:\n    2026-12-25: Christmas Day\n",
        );
        assert!(found.is_empty(), "{found:?}");
        let window = &calendars[0];
        assert_eq!(window.closures.len(), 2);
        assert_eq!(window.closures[0].reason, "Freeze");
        assert_eq!(window.work_time, WorkTime { minutes_per_day: 360, minutes_per_week: 1_440 });
        assert!(window.week[4].is_empty());
        assert_eq!(window.week[0], [Shift { start: 480, end: 720 }, Shift { start: 780, end: 900 }]);
    }

    #[test]
    fn calendars_based_on_each_other_are_reported_and_stand_alone() {
        let (calendars, found) = resolve("a:\n  based_on: b\nb:\n  based_on: a\nc:\n  based_on: d\n");
        assert_eq!(calendars.len(), 3);
        assert_eq!(
            found,
            ["E146: calendars are based on each other: a → b → a", "E102: unknown calendar `d`"]
        );
    }

    #[test]
    fn extra_days_have_hours_or_the_usual_ones() {
        let (calendars, found) = resolve(
            "a:\n  extra_days:\n    2026-11-28: 09:00 .. 13:00\n    2026-11-29: Move of the data centre\n    2026-11-30: 12:00 .. 09:00\n",
        );
        let lengths: Vec<u32> = calendars[0]
            .extra_days
            .values()
            .map(|shifts| shifts.iter().map(|shift| shift.end - shift.start).sum())
            .collect();
        assert_eq!(lengths, [240, 480]);
        assert_eq!(found, ["E105: `12:00 .. 09:00` is not hours such as 08:00 .. 12:00"]);
    }
}
