//! More time booked for a week than a week has.

use std::collections::BTreeMap;

use jiff::ToSpan;
use jiff::civil::Date;

use crate::declare_rule;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::format;
use crate::model::{PersonNo, Project, TimeEntry};
use crate::quantity::{Effort, MINUTES_OF_DAY};
use crate::report::ProjectReport;

declare_rule! {
    /// Somebody's rows of one week in `timesheets.csv`, on all tasks of the project, add up to more than one and a half times
    /// the working time of an ordinary week of their calendar; or those of one day to more than the 24 hours that it has.
    ///
    /// **Why it matters.** Long weeks happen, weeks of this length are slips of the keyboard, or the hours of a month in one row:
    /// cost and pace jump in a week in which nothing jumped.
    ///
    /// **What to do.** Correct the row, or book the time in the weeks in which it was worked. Wrong:
    ///
    /// ```csv
    /// week,person,task,time
    /// 2026-W47,tom,pilot,30d
    /// ```
    pub static MORE_THAN_A_WEEK: Rule =
        ("W519", "more-than-a-week", Warning, "0.1.0", "more time is booked for a week than a week has");
}

/// Looks at each person's days, then at their weeks: the largest row of a week stands for all of it.
pub(super) fn look(report: &ProjectReport, found: &mut Diagnostics) {
    look_at_days(report, found);
    look_at_weeks(report, found);
}

fn look_at_days(report: &ProjectReport, found: &mut Diagnostics) {
    let mut days: BTreeMap<(Date, PersonNo), Vec<&TimeEntry>> = BTreeMap::new();
    for (entry, person) in hours_of_people(report) {
        if entry.period.first() == entry.period.last_day() {
            days.entry((entry.period.first(), person)).or_default().push(entry);
        }
    }
    for ((day, person), rows) in days {
        let booked: Effort = rows.iter().map(|entry| entry.effort).sum();
        let Some(largest) = rows.iter().rev().max_by_key(|entry| entry.effort) else { continue };
        if booked.minutes() > MINUTES_OF_DAY {
            let person = &report.project.team.people[person.0 as usize].id;
            let (hours, day) = (booked.minutes().div_euclid(60), format::iso(day));
            found.push(
                Diagnostic::new(
                    &MORE_THAN_A_WEEK,
                    largest.origin,
                    format!("{hours} hours are booked by `{person}` for {day}, where a day has 24"),
                )
                .hint("correct the row, or book the time on the days on which it was worked"),
            );
        }
    }
}

fn look_at_weeks(report: &ProjectReport, found: &mut Diagnostics) {
    let project = &report.project;
    let mut weeks: BTreeMap<(Date, PersonNo), Vec<&TimeEntry>> = BTreeMap::new();
    for (entry, person) in hours_of_people(report) {
        weeks.entry((monday_of(entry.period.first()), person)).or_default().push(entry);
    }
    for ((monday, person), rows) in weeks {
        let booked: Effort = rows.iter().map(|entry| entry.effort).sum();
        let ordinary = ordinary_week(project, person);
        let is_too_much = 2 * booked.minutes() > 3 * ordinary.minutes() && ordinary > Effort::ZERO;
        let Some(largest) = rows.iter().rev().max_by_key(|entry| entry.effort) else { continue };
        if !is_too_much {
            continue;
        }
        let [booked, ordinary] =
            [booked, ordinary].map(|effort| format::effort(effort, report.minutes_per_day()));
        found.push(
            Diagnostic::new(
                &MORE_THAN_A_WEEK,
                largest.origin,
                format!(
                    "{booked} are booked by `{}` for the week of {}, where a week has {ordinary}",
                    project.team.people[person.0 as usize].id,
                    format::iso(monday)
                ),
            )
            .hint("correct the row, or book the time in the weeks in which it was worked"),
        );
    }
}

/// The rows of people: a role has as many weeks in one as heads, and nobody says how many worked.
fn hours_of_people(report: &ProjectReport) -> impl Iterator<Item = (&TimeEntry, PersonNo)> {
    report.known_hours().filter_map(|entry| Some((entry, entry.worker.person()?)))
}

fn monday_of(day: Date) -> Date {
    let back = i64::from(day.weekday().to_monday_zero_offset());
    day.checked_sub(back.days()).unwrap_or(day)
}

/// Working time of a week without exceptions, by the person's own calendar or the project's.
fn ordinary_week(project: &Project, person: PersonNo) -> Effort {
    let own = project.team.people[person.0 as usize].calendar;
    let shifts = project.calendars[own.unwrap_or(project.calendar)].week.iter().flatten();
    Effort::from_minutes(shifts.map(|shift| i64::from(shift.end) - i64::from(shift.start)).sum())
}
