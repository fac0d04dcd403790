//! Calendars: the week, and the days that differ from it as exceptions.
//!
//! Every calendar is written out whole, so that none depends on another. Days with hours of their own stand apart from days off,
//! because two exceptions of MS Project may not share a day.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::xml::Xml;
use crate::model::{Calendar, Person, Project, Shift};
use crate::quantity::Window;

/// The number that stands for no calendar.
pub(super) const NONE: i64 = -1;

/// Which calendars are written, under which numbers.
pub(super) struct Calendars {
    /// The number of each calendar of the project, by its place; none for one that nobody uses.
    of_project: Vec<Option<i64>>,
    /// The number of the calendar that is always open; none where nothing runs by the clock.
    clock: Option<i64>,
    /// The number of the calendar of each person, by place; none where calendars of people are not shown.
    of_people: Vec<Option<i64>>,
}

/// What calendars are made of.
pub(super) struct Wanted<'a> {
    pub(super) project: &'a Project,
    /// Whether the time of people is shown.
    pub(super) has_people: bool,
    /// People who have work.
    pub(super) workers: &'a [bool],
}

impl Calendars {
    /// Numbers the calendars that are used.
    pub(super) fn of(wanted: &Wanted<'_>) -> Self {
        let project = wanted.project;
        let mut used = vec![false; project.calendars.len()];
        used[project.calendar] = true;
        let of_people = project.team.people.iter().zip(wanted.workers);
        let theirs = of_people.filter(|(_, works)| **works && wanted.has_people);
        let theirs = theirs.filter_map(|(person, _)| person.calendar);
        for place in project.tasks.iter().map(|task| task.calendar).chain(theirs) {
            used[place] = true;
        }
        let mut last = 0;
        let mut next = || {
            last += 1;
            last
        };
        let of_project = used.iter().map(|is_used| is_used.then(&mut next)).collect();
        let clock = project.tasks.iter().any(crate::model::Task::runs_by_the_clock).then(&mut next);
        let is_shown = |is_worker: &bool| (*is_worker && wanted.has_people).then(&mut next);
        let of_people = wanted.workers.iter().map(is_shown).collect();
        Self { of_project, clock, of_people }
    }

    /// The number of a calendar of the project.
    pub(super) fn number(&self, place: usize) -> i64 {
        self.of_project.get(place).copied().flatten().unwrap_or(NONE)
    }

    /// The number of the calendar that is always open.
    pub(super) fn clock(&self) -> i64 {
        self.clock.unwrap_or(NONE)
    }

    /// The number of a person's calendar.
    pub(super) fn of_person(&self, place: usize) -> i64 {
        self.of_people.get(place).copied().flatten().unwrap_or(NONE)
    }

    /// Writes all of them.
    pub(super) fn write(&self, xml: &mut Xml, project: &Project) {
        xml.within("Calendars", |xml| {
            for (calendar, number) in project.calendars.iter().zip(&self.of_project) {
                if let Some(number) = number {
                    one(xml, (*number, calendar.id.as_str(), None), |xml| body(xml, calendar));
                }
            }
            if let Some(number) = self.clock {
                let always = std::array::from_fn(|_| vec![Shift { start: 0, end: 1_440 }]);
                one(xml, (number, "24 Hours", None), |xml| week(xml, &always));
            }
            for (person, number) in project.team.people.iter().zip(&self.of_people) {
                if let Some(number) = number {
                    self.person(xml, project, (person, *number));
                }
            }
        });
    }

    /// The calendar of a person: their own or the project's, without the days on which they are away.
    fn person(&self, xml: &mut Xml, project: &Project, (person, number): (&Person, i64)) {
        let base = person.calendar.unwrap_or(project.calendar);
        one(xml, (number, &person.name, Some(self.number(base))), |xml| {
            if person.absences.is_empty() {
                return;
            }
            xml.within("Exceptions", |xml| {
                for window in apart(person.absences.iter().map(|absence| absence.window)) {
                    exception(xml, (window.first(), window.last_day()), "Absent", &[]);
                }
            });
        });
    }
}

/// A calendar by its number, its name and the number of the one it is based on.
fn one(xml: &mut Xml, (number, name, base): (i64, &str, Option<i64>), inside: impl FnOnce(&mut Xml)) {
    xml.within("Calendar", |xml| {
        xml.field("UID", number);
        xml.words("Name", name);
        xml.flag("IsBaseCalendar", base.is_none());
        xml.flag("IsBaselineCalendar", false);
        xml.field("BaseCalendarUID", base.unwrap_or(NONE));
        inside(xml);
    });
}

/// Week and exceptions.
fn body(xml: &mut Xml, calendar: &Calendar) {
    week(xml, &calendar.week);
    let exceptions = exceptions(calendar);
    if exceptions.is_empty() {
        return;
    }
    xml.within("Exceptions", |xml| {
        for (days, name, shifts) in exceptions {
            exception(xml, days, &name, &shifts);
        }
    });
}

/// The weekdays, Sunday first.
fn week(xml: &mut Xml, week: &[Vec<Shift>; 7]) {
    xml.within("WeekDays", |xml| {
        for (number, place) in (1..).zip([6, 0, 1, 2, 3, 4, 5]) {
            xml.within("WeekDay", |xml| {
                xml.field("DayType", number);
                xml.flag("DayWorking", !week[place].is_empty());
                times(xml, &week[place]);
            });
        }
    });
}

fn times(xml: &mut Xml, shifts: &[Shift]) {
    if shifts.is_empty() {
        return;
    }
    let clock = |minute: u32| format!("{:02}:{:02}:00", minute / 60 % 24, minute % 60);
    xml.within("WorkingTimes", |xml| {
        for shift in shifts {
            xml.within("WorkingTime", |xml| {
                xml.field("FromTime", clock(shift.start));
                xml.field("ToTime", clock(shift.end));
            });
        }
    });
}

fn exception(xml: &mut Xml, (first, last): (Date, Date), name: &str, shifts: &[Shift]) {
    let n_days = first.until(last).map_or(1, |span| i64::from(span.get_days()) + 1);
    xml.within("Exception", |xml| {
        xml.flag("EnteredByOccurrences", false);
        xml.within("TimePeriod", |xml| {
            xml.field("FromDate", format!("{first}T00:00:00"));
            xml.field("ToDate", format!("{last}T23:59:00"));
        });
        xml.field("Occurrences", n_days);
        xml.words("Name", name);
        xml.field("Type", 1);
        xml.flag("DayWorking", !shifts.is_empty());
        times(xml, shifts);
    });
}

/// Days, what they are called, and their hours.
type Exception = ((Date, Date), String, Vec<Shift>);

/// The days that differ from the week, in order and apart from each other: days off are cut where a day has hours of its own.
fn exceptions(calendar: &Calendar) -> Vec<Exception> {
    let mut days: BTreeMap<Date, (String, Vec<Shift>)> = BTreeMap::new();
    for closure in &calendar.closures {
        for day in closure.window.days() {
            days.entry(day).or_insert_with(|| (closure.reason.clone(), Vec::new()));
        }
    }
    for (day, shifts) in &calendar.extra_days {
        let other = calendar.other_days.iter().rev().find(|other| other.window.contains(*day));
        let reason = other.and_then(|other| other.reason.clone()).unwrap_or_else(|| "Other hours".to_owned());
        days.insert(*day, (reason, shifts.clone()));
    }
    let mut runs: Vec<Exception> = Vec::new();
    for (day, (name, shifts)) in days {
        match runs.last_mut() {
            Some(((_, last), own, hours))
                if last.tomorrow().is_ok_and(|next| next == day) && *own == name && *hours == shifts =>
            {
                *last = day;
            }
            _ => runs.push(((day, day), name, shifts)),
        }
    }
    runs
}

/// Ranges in order, those that meet or overlap as one.
fn apart(windows: impl Iterator<Item = Window>) -> Vec<Window> {
    let mut windows: Vec<Window> = windows.collect();
    windows.sort_by_key(|window| (window.first(), window.end()));
    let mut apart: Vec<Window> = Vec::new();
    for window in windows {
        match apart.last().copied().filter(|before| window.first() <= before.end()) {
            Some(before) => {
                apart.pop();
                apart.extend(Window::inclusive(before.first(), before.last_day().max(window.last_day())));
            }
            None => apart.push(window),
        }
    }
    apart
}
