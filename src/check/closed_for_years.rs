//! A calendar on which nobody works for years.

use std::collections::BTreeSet;

use jiff::ToSpan as _;

use crate::declare_rule;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::format;
use crate::quantity::Window;
use crate::report::ProjectReport;

declare_rule! {
    /// A calendar of the project has a closure in which nobody works for two years or more.
    ///
    /// **Why it matters.** No holiday lasts that long: mostly a year of its last day is mistyped. Whatever is not done by its first day
    /// is forecast for years ahead.
    ///
    /// **What to do.** Look at both days of the closure. Where it is meant, give the work a calendar of its own.
    ///
    /// Wrong: `closed: {2026-12-24 .. 2036-12-31: Year-end freeze}`
    ///
    /// Right: `closed: {2026-12-24 .. 2026-12-31: Year-end freeze}`
    pub static CLOSED_FOR_YEARS: Rule =
        ("W312", "closed-for-years", Warning, "0.1.0", "a calendar is closed for years");
}

/// Looks at the closures of each calendar that the project or one of its tasks works by.
pub(super) fn look(report: &ProjectReport, found: &mut Diagnostics) {
    let project = &report.project;
    let mut told = BTreeSet::new();
    for (place, calendar) in project.calendars.iter().enumerate() {
        let is_used = place == project.calendar
            || project.tasks.iter().any(|task| task.calendar == place)
            || project.team.people.iter().any(|person| person.calendar == Some(place));
        if !is_used {
            continue;
        }
        let is_worked = |window: Window| window.days().any(|day| !calendar.shifts(day).is_empty());
        let too_long = calendar.closures.iter().filter(|closure| {
            let years = closure.window.first().checked_add(2.years());
            years.is_ok_and(|end| end <= closure.window.end()) && !is_worked(closure.window)
        });
        // A calendar that is based on another closes with it.
        for closure in too_long.filter(|closure| told.insert(closure.origin)) {
            let message = format!(
                "on `{}` nobody works from {} to {}",
                calendar.id,
                format::iso(closure.window.first()),
                format::iso(closure.window.last_day())
            );
            found.push(
                Diagnostic::new(&CLOSED_FOR_YEARS, closure.origin, message)
                    .hint("mend the year of one of its days, or give the work a calendar of its own"),
            );
        }
    }
}
