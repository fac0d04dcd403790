//! Calendars: what `based_on` takes over, days off in their order.
//!
//! Comes in: calendar records. Goes out: drafts of calendars, each with its own week, closures and differing days.

use std::collections::BTreeMap;

use crate::declare_rule;
use crate::diagnostic::spelling::did_you_mean;
use crate::diagnostic::{Diagnostic, Diagnostics, Span, Spanned};
use crate::model::{Calendar, Closure, ClosureKind, OtherDays};
use crate::quantity::{Id, Window};
use crate::record::BAD_SCALAR;
use crate::record::calendar::{CalendarRecord, ExtraDay, WorkingWeekRecord};
use crate::record::decode::Dated;
use crate::resolve::calendar_days::Draft;
use crate::resolve::calendar_week::{WeekPlan, WeekWords, day_length, in_order, work_time};
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

/// The id of the calendar of a project that names none.
pub(super) const STANDARD: &str = "standard";

/// Days that one line of `extra_days` may cover: a year is a slip, not a plan.
const MOST_EXTRA_DAYS: usize = 366;

/// Days that one line of `weeks` may cover.
const MOST_DAYS_OF_WEEKS: usize = 3_653;

/// Resolves calendars in the order of their records, followed by those of `base` that none of them replaces.
pub(super) fn resolve_calendars(
    records: &[&(Spanned<Id>, CalendarRecord)],
    base: &[Draft],
    found: &mut Diagnostics,
) -> Vec<Draft> {
    let mut maker = Maker { records, base, made: BTreeMap::new(), open: Vec::new() };
    for (id, _) in records {
        maker.make(&id.value, found);
    }
    let mut drafts: Vec<Draft> = Vec::new();
    for (id, _) in records {
        drafts.extend(maker.made.remove(&id.value));
    }
    for draft in base {
        if !drafts.iter().any(|own| own.calendar.id == draft.calendar.id) {
            drafts.push(draft.clone());
        }
    }
    drafts
}

struct Maker<'a> {
    records: &'a [&'a (Spanned<Id>, CalendarRecord)],
    base: &'a [Draft],
    made: BTreeMap<Id, Draft>,
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
    fn parent(&mut self, parent: &'a Spanned<Id>, found: &mut Diagnostics) -> Option<Draft> {
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
        if let Some(draft) = self.base.iter().find(|draft| draft.calendar.id == parent.value) {
            return Some(draft.clone());
        }
        if parent.as_str() == STANDARD {
            return Some(Draft::of(Calendar::standard(parent.value.clone()), Span::default()));
        }
        let message = format!("unknown calendar `{}`", parent.value);
        let diagnostic = Diagnostic::new(&UNKNOWN_REFERENCE, parent.span, message);
        let own = self.records.iter().map(|(key, _)| (key.as_str(), key.span));
        let shared = self.base.iter().map(|draft| (draft.calendar.id.as_str(), draft.calendar.origin));
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
    parent: Option<Draft>,
    found: &mut Diagnostics,
) -> Draft {
    let based_on = parent.as_ref().map(|parent| parent.calendar.id.clone());
    let mut draft =
        parent.unwrap_or_else(|| Draft::of(Calendar::standard(id.value.clone()), Span::default()));
    draft.calendar.id = id.value.clone();
    draft.calendar.based_on = based_on;
    draft.calendar.origin = id.span;
    let length = record.hours_per_day.as_ref().and_then(|length| day_length(length, found));
    let words =
        WeekWords { week: record.week.as_ref(), hours: record.hours.as_ref(), length, origin: id.span };
    draft.week = words.applied_to(draft.week, found);
    let taken_over = draft.calendar.work_time.minutes_per_day;
    let minutes_per_day = length.map(i64::from).or_else(|| record.hours.is_none().then_some(taken_over));
    draft.calendar.work_time = work_time(&draft.week, minutes_per_day);
    let closures_written =
        closures(&record.holidays, ClosureKind::Holiday).chain(closures(&record.closed, ClosureKind::Closed));
    draft.calendar.closures.extend(closures_written);
    draft.calendar.closures.sort_by_key(|closure| (closure.window, closure.origin));
    for (window, week) in &record.weeks {
        let plan = other_week(&draft, (window.span, week), found);
        if let Some(plan) = plan.filter(|_| is_short(window, MOST_DAYS_OF_WEEKS, found)) {
            draft.weeks.push((window.value, plan));
            draft.calendar.other_days.push(other_days(window, true, None));
        }
    }
    for (window, written) in &record.extra_days {
        let hours = match written {
            ExtraDay::Reason(_) => None,
            ExtraDay::Hours(hours) => match in_order(hours, found) {
                Some(hours) => Some(hours),
                None => continue,
            },
        };
        if is_short(window, MOST_EXTRA_DAYS, found) {
            draft.extra.push((window.value, hours));
            let reason = match written {
                ExtraDay::Reason(reason) => Some(reason.to_string()),
                ExtraDay::Hours(_) => None,
            };
            draft.calendar.other_days.push(other_days(window, false, reason));
        }
    }
    draft
}

/// Reads a week that holds for a time; one that says nothing is reported.
fn other_week(
    draft: &Draft,
    (place, record): (Span, &WorkingWeekRecord),
    found: &mut Diagnostics,
) -> Option<WeekPlan> {
    let (week, hours) = (record.week.as_ref(), record.hours.as_ref());
    if week.is_none() && hours.is_none() {
        if record.unreadable.is_empty() {
            found.push(
                Diagnostic::new(&BAD_SCALAR, place, "these weeks do not differ from the others".to_owned())
                    .hint("add `week:` with the working days, `hours:`, or both"),
            );
        }
        return None;
    }
    Some(WeekWords { week, hours, length: None, origin: place }.applied_to(draft.week.clone(), found))
}

/// Reports a range that is longer than anybody means.
fn is_short(window: &Spanned<Window>, most: usize, found: &mut Diagnostics) -> bool {
    let is_short = window.days().take(most + 1).count() <= most;
    if !is_short {
        let years = if most > MOST_EXTRA_DAYS { "ten years" } else { "a year" };
        found.push(
            Diagnostic::new(&BAD_SCALAR, window.span, format!("days that differ for more than {years}"))
                .hint("change `week:` or `hours:` for a rule that holds always"),
        );
    }
    is_short
}

fn other_days(window: &Spanned<Window>, is_week: bool, reason: Option<String>) -> OtherDays {
    OtherDays { window: window.value, is_week, reason, origin: window.span }
}

fn closures(dated: &Dated<Spanned<String>>, kind: ClosureKind) -> impl Iterator<Item = Closure> + '_ {
    dated.iter().map(move |(window, reason)| Closure {
        window: window.value,
        reason: reason.value.clone(),
        kind,
        origin: window.span,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::FileId;
    use crate::model::Shift;
    use crate::quantity::WorkTime;
    use crate::record::calendar::CalendarsRecord;
    use crate::record::decode::Decode;
    use crate::source::yaml;

    fn resolve(text: &str) -> (Vec<Calendar>, Vec<String>) {
        let mut found = Diagnostics::default();
        let node = yaml::parse(FileId(0), text, &mut found).unwrap();
        let records = CalendarsRecord::decode(&node, &mut found).unwrap();
        let drafts = resolve_calendars(&records.iter().collect::<Vec<_>>(), &[], &mut found);
        let calendars = drafts.into_iter().map(Draft::finished).collect();
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
            "a:\n  extra_days:\n    2026-11-28: 09:00 .. 13:00\n    2026-11-29: Move of the data centre\n    2026-11-30: 12:00 .. 12:00\n",
        );
        let lengths: Vec<u32> = calendars[0]
            .extra_days
            .values()
            .map(|shifts| shifts.iter().map(|shift| shift.end - shift.start).sum())
            .collect();
        assert_eq!(lengths, [240, 480]);
        assert_eq!(found, ["E105: `12:00 .. 12:00` is not hours such as 08:00 .. 12:00"]);
    }

    #[track_caller]
    fn hours_on(calendar: &Calendar, day: &str) -> String {
        let clock = |minute: u32| format!("{:02}:{:02}", minute / 60, minute % 60);
        let shifts = calendar.shifts(day.parse().unwrap());
        let words: Vec<String> =
            shifts.iter().map(|s| format!("{}-{}", clock(s.start), clock(s.end))).collect();
        words.join(" ")
    }

    #[test]
    fn hours_over_midnight_belong_to_two_days() {
        let (calendars, found) = resolve(
            "night:\n  hours: 22:00 .. 06:00\n  holidays:\n    2026-11-25: Day off\n  extra_days:\n    2026-11-28: Move\n\
             weekend:\n  based_on: night\n  week: sun\n",
        );
        assert!(found.is_empty(), "{found:?}");
        let night = &calendars[0];
        assert_eq!(night.work_time, WorkTime { minutes_per_day: 480, minutes_per_week: 2_400 });
        assert_eq!(hours_on(night, "2026-11-23"), "22:00-24:00");
        assert_eq!(hours_on(night, "2026-11-24"), "00:00-06:00 22:00-24:00");
        assert_eq!(hours_on(night, "2026-11-25"), "");
        // Saturday begins with Friday's night; the extra night goes on into Sunday.
        assert_eq!(hours_on(night, "2026-11-28"), "00:00-06:00 22:00-24:00");
        assert_eq!(hours_on(night, "2026-11-29"), "00:00-06:00");
        assert_eq!(hours_on(night, "2026-12-05"), "00:00-06:00");
        let weekend = &calendars[1];
        assert_eq!(hours_on(weekend, "2026-12-06"), "22:00-24:00");
        assert_eq!(hours_on(weekend, "2026-12-07"), "00:00-06:00");
        assert_eq!(weekend.work_time, WorkTime { minutes_per_day: 480, minutes_per_week: 480 });
    }

    #[test]
    fn a_night_belongs_to_the_day_on_which_it_begins() {
        let (calendars, found) = resolve(
            "night:\n  hours: 22:00 .. 06:00\n\
             shorter:\n  based_on: night\n  weeks: {2026-03-10: {hours: 20:00 .. 02:00}}\n\
             extra:\n  based_on: night\n  extra_days: {2026-03-10: 20:00 .. 02:00}\n\
             evening:\n  based_on: night\n  weeks: {2026-03-10: {hours: 20:00 .. 23:00}}\n",
        );
        assert!(found.is_empty(), "{found:?}");
        for calendar in &calendars[1..3] {
            // Monday's night goes on to six; Tuesday's ends at two, and the next begins as ever.
            assert_eq!(hours_on(calendar, "2026-03-09"), "22:00-24:00");
            assert_eq!(hours_on(calendar, "2026-03-10"), "00:00-06:00 20:00-24:00");
            assert_eq!(hours_on(calendar, "2026-03-11"), "00:00-02:00 22:00-24:00");
            assert_eq!(hours_on(calendar, "2026-03-12"), "00:00-06:00 22:00-24:00");
        }
        assert_eq!(hours_on(&calendars[3], "2026-03-10"), "00:00-06:00 20:00-23:00");
        assert_eq!(hours_on(&calendars[3], "2026-03-11"), "22:00-24:00");
    }

    #[test]
    fn weekdays_have_hours_of_their_own() {
        let (calendars, found) = resolve(
            "a:\n  hours: {mon tue wed thu: [08:00 .. 17:00], fri: [08:00 .. 12:00]}\n\
             b:\n  based_on: a\n  hours_per_day: 8h\n  hours: {sat: 10:00 .. 12:00}\n",
        );
        assert!(found.is_empty(), "{found:?}");
        assert_eq!(hours_on(&calendars[0], "2026-11-26"), "08:00-17:00");
        assert_eq!(hours_on(&calendars[0], "2026-11-27"), "08:00-12:00");
        assert_eq!(calendars[0].work_time, WorkTime { minutes_per_day: 540, minutes_per_week: 2_400 });
        assert_eq!(hours_on(&calendars[1], "2026-11-27"), "08:00-12:00 13:00-17:00");
        assert_eq!(hours_on(&calendars[1], "2026-11-28"), "10:00-12:00");
        assert_eq!(calendars[1].work_time, WorkTime { minutes_per_day: 480, minutes_per_week: 2_520 });
    }

    #[test]
    fn the_narrower_word_about_a_day_wins() {
        let (calendars, found) = resolve(
            "a:\n  weeks:\n    2026-07-06 .. 2026-07-31: {week: mon tue wed thu, hours: 07:00 .. 13:00}\n\
             \x20   2026-07-13 .. 2026-07-19: {hours: 10:00 .. 12:00}\n\
             \x20 closed:\n    2026-07-20 .. 2026-07-24: Holidays\n    2026-07-15: Feast\n\
             \x20 extra_days:\n    2026-07-22: Move\n    2026-07-13 .. 2026-07-15: 08:00 .. 09:00\n\
             \x20   2026-07-14: 08:00 .. 10:00, 11:00 .. 12:00\n    2026-07-18 .. 2026-07-26: Longer than the holidays\n",
        );
        assert!(found.is_empty(), "{found:?}");
        let hours = |day: &str| hours_on(&calendars[0], day);
        assert_eq!(hours("2026-07-03"), "08:00-12:00 13:00-17:00");
        assert_eq!((hours("2026-07-09").as_str(), hours("2026-07-10").as_str()), ("07:00-13:00", ""));
        assert_eq!(hours("2026-07-13"), "08:00-09:00");
        assert_eq!(hours("2026-07-14"), "08:00-10:00 11:00-12:00");
        assert_eq!(hours("2026-07-15"), "", "a single day off inside a range of extra days");
        assert_eq!(hours("2026-07-17"), "10:00-12:00");
        assert_eq!(hours("2026-07-18"), "10:00-12:00", "an extra Saturday in the short week");
        assert_eq!(hours("2026-07-21"), "", "the shorter range of days off wins over the extra days");
        assert_eq!(hours("2026-07-22"), "07:00-13:00", "a single extra day wins over days off");
        assert_eq!(hours("2026-07-25"), "07:00-13:00");
        assert_eq!(hours("2026-08-03"), "08:00-12:00 13:00-17:00");
    }
}
