//! From XML to calendars: weekdays, exceptions and their rhythms, weeks that differ.

use std::collections::BTreeSet;

use jiff::civil::Date;

use crate::diagnostic::{Diagnostic, Diagnostics, Span};
use crate::exchange::mspdi::unplaced::{listed, note};
use crate::exchange::mspdi::xml::Element;
use crate::exchange::plan::{
    Calendar, Exception, Plan, Position, Rhythm, Shift, USUAL_SHIFTS, Uid, Week, WorkWeek,
};
use crate::exchange::rule::BAD_FOREIGN_VALUE;

/// Midnight at the end of a day.
const MIDNIGHT: u32 = 1_440;

/// Reads the calendars.
pub(super) fn calendars(root: Element<'_>, found: &mut Diagnostics) -> Vec<Calendar> {
    let calendars = root.inside("Calendars", "Calendar").filter_map(|element| {
        let uid = Uid(element.number("UID", found)?);
        let base = element.number("BaseCalendarUID", found).filter(|base| *base >= 0).map(Uid);
        let mut exceptions: Vec<Exception> =
            element.inside("Exceptions", "Exception").filter_map(|day| exception_of(day, found)).collect();
        if exceptions.is_empty() {
            // Before 2007, exceptions stood among the weekdays; newer files hold both for older readers.
            let old = element.inside("WeekDays", "WeekDay").filter(|day| day.text("DayType") == "0");
            exceptions = old.filter_map(|day| exception_of(day, found)).collect();
        }
        Some(Calendar {
            uid,
            name: element.line("Name"),
            base: base.filter(|base| *base != uid),
            week: week_of(element, found),
            exceptions,
            work_weeks: element
                .inside("WorkWeeks", "WorkWeek")
                .filter_map(|week| work_week_of(week, found))
                .collect(),
            span: element.span(),
        })
    });
    calendars.collect()
}

/// Calendars of resources that say nothing and name no calendar that is there follow the project's.
pub(super) fn base_on_projects(root: Element<'_>, plan: &mut Plan) {
    let known: BTreeSet<Uid> = plan.calendars.iter().map(|calendar| calendar.uid).collect();
    let bases = root.inside("Calendars", "Calendar").filter(|element| element.flag("IsBaseCalendar"));
    let bases: Vec<Span> = bases.map(Element::span).collect();
    let project = plan.calendar.filter(|uid| known.contains(uid));
    for calendar in &mut plan.calendars {
        let has_base = calendar.base.is_some_and(|base| known.contains(&base));
        let stands_alone = bases.contains(&calendar.span) || calendar.says_something();
        if !has_base && !stands_alone && project != Some(calendar.uid) {
            calendar.base = project;
        }
    }
}

fn week_of(holder: Element<'_>, found: &mut Diagnostics) -> Week {
    let mut week = Week::default();
    for day in holder.inside("WeekDays", "WeekDay") {
        // 1 is Sunday, 7 is Saturday.
        let Some(place @ 1..=7) = day.number("DayType", found) else { continue };
        let place = usize::try_from((place + 5) % 7).unwrap_or(0);
        week[place] = Some(shifts_of(day, found));
    }
    week
}

/// The working time of a day, in order; none when it is off.
fn shifts_of(day: Element<'_>, found: &mut Diagnostics) -> Vec<Shift> {
    if !day.flag("DayWorking") {
        return Vec::new();
    }
    let mut shifts: Vec<Shift> = Vec::new();
    for time in day.inside("WorkingTimes", "WorkingTime") {
        let (Some(start), Some(end)) = (time.clock("FromTime", found), time.clock("ToTime", found)) else {
            continue;
        };
        let end = if end == 0 { MIDNIGHT } else { end };
        if start >= end {
            let message = "working time that ends before it begins";
            found.push(
                Diagnostic::new(&BAD_FOREIGN_VALUE, time.span(), message)
                    .hint("write the hours of this day into `calendar.yaml`"),
            );
            continue;
        }
        shifts.push(Shift { start, end });
    }
    if shifts.is_empty() {
        return USUAL_SHIFTS.to_vec();
    }
    shifts.sort();
    // Stretches that touch or overlap are one.
    let mut joined: Vec<Shift> = Vec::new();
    for shift in shifts {
        match joined.last_mut() {
            Some(last) if shift.start <= last.end => last.end = last.end.max(shift.end),
            _ => joined.push(shift),
        }
    }
    joined
}

/// The range of days of an exception or a week: its first and last day.
fn range_of(element: Element<'_>, found: &mut Diagnostics) -> Option<(Date, Date)> {
    let period = element.first("TimePeriod")?;
    let from = period.moment("FromDate", found)?;
    let to = period.moment("ToDate", found)?;
    let (from, mut to_day) = (from.date(), to.date());
    // Some programs write the midnight behind the last day.
    if to_day > from && to.hour() == 0 && to.minute() == 0 {
        to_day = to_day.yesterday().unwrap_or(to_day);
    }
    if to_day < from {
        let message = format!("a time that ends on {to_day}, before it begins on {from}");
        found.push(
            Diagnostic::new(&BAD_FOREIGN_VALUE, period.span(), message)
                .hint("write the days into `calendar.yaml` under `holidays:` or `extra_days:`"),
        );
        return None;
    }
    Some((from, to_day))
}

fn work_week_of(element: Element<'_>, found: &mut Diagnostics) -> Option<WorkWeek> {
    let (from, to) = range_of(element, found)?;
    let week = week_of(element, found);
    Some(WorkWeek { name: element.line("Name"), from, to, week })
}

fn exception_of(element: Element<'_>, found: &mut Diagnostics) -> Option<Exception> {
    let (from, to) = range_of(element, found)?;
    let occurrences = element
        .flag("EnteredByOccurrences")
        .then(|| element.number("Occurrences", found))
        .flatten()
        .and_then(|times| u32::try_from(times).ok())
        .filter(|times| *times > 0);
    Some(Exception {
        name: element.line("Name"),
        from,
        to,
        shifts: shifts_of(element, found),
        rhythm: rhythm_of(element, found),
        occurrences,
    })
}

/// Lists exceptions of calendars that say no rhythm that is known, so that each day of their range was taken, and those that name no
/// days at all.
pub(super) fn odd_exceptions(root: Element<'_>, plan: &mut Plan) {
    let (mut untyped, mut without_days) = (Vec::new(), Vec::new());
    for calendar in root.inside("Calendars", "Calendar") {
        for exception in calendar.inside("Exceptions", "Exception") {
            let about = format!("\"{}\" of \"{}\"", exception.line("Name"), calendar.line("Name"));
            let day = |name| {
                exception
                    .first("TimePeriod")
                    .map_or("", |period| period.text(name))
                    .split('T')
                    .next()
                    .unwrap_or("")
            };
            let (from, to) = (day("FromDate"), day("ToDate"));
            if from.is_empty() || to.is_empty() {
                without_days.push(about);
            } else if !matches!(exception.text("Type"), "" | "1" | "2" | "3" | "4" | "5" | "6" | "7" | "8") {
                untyped.push(format!("{about} from {from} to {to}"));
            }
        }
    }
    for (told, what, advice) in [
        (
            untyped,
            "exceptions of calendars that say no rhythm (type 9) were taken for every day of their range",
            "check these days in `calendar.yaml`",
        ),
        (
            without_days,
            "exceptions of calendars that name no days were left out",
            "write the days into `calendar.yaml` under `holidays:` or `extra_days:`, where it matters",
        ),
    ] {
        if !told.is_empty() {
            note(plan, format!("{what}: {}", listed(told.into_iter())), advice);
        }
    }
}

fn rhythm_of(element: Element<'_>, found: &mut Diagnostics) -> Rhythm {
    let mut small = |name, most: i64| {
        let number = element.number(name, found).unwrap_or(0).clamp(0, most);
        i8::try_from(number).unwrap_or(0)
    };
    let month = small("Month", 11) + 1;
    let day = small("MonthDay", 31).max(1);
    let (item, place) = (small("MonthItem", 9), small("MonthPosition", 4));
    let every = element.number("Period", found).unwrap_or(1).max(1);
    let place = u8::try_from(place).unwrap_or(0);
    let position = Position { place, days: days_of_item(item) };
    match element.number("Type", found) {
        // 1 is every day, 7 every so many days, 8 every so many weekdays.
        Some(1 | 7) if every > 1 => Rhythm::Daily(every),
        Some(8) => Rhythm::Weekdays(every),
        Some(2) => Rhythm::YearlyByDay(month, day),
        Some(3) => Rhythm::YearlyByPosition(month, position),
        Some(4) => Rhythm::MonthlyByDay(every, day),
        Some(5) => Rhythm::MonthlyByPosition(every, position),
        Some(6) => {
            let bits = element.number("DaysOfWeek", found).unwrap_or(0);
            // Bit 0 is Sunday.
            Rhythm::Weekly(every, std::array::from_fn(|day| bits >> ((day + 1) % 7) & 1 == 1))
        }
        _ => Rhythm::Throughout,
    }
}

/// Which days count for "the first … of the month": 0 any, 1 weekdays, 2 weekends, 3 Sunday to 9 Saturday.
fn days_of_item(item: i8) -> [bool; 7] {
    std::array::from_fn(|day| match item {
        0 => true,
        1 => day < 5,
        2 => day >= 5,
        _ => i8::try_from(day).is_ok_and(|day| (item - 3 + 6) % 7 == day),
    })
}
