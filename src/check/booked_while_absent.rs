//! Time booked by somebody who was away.

use crate::declare_rule;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::format;
use crate::report::ProjectReport;

declare_rule! {
    /// A line of `timesheets.csv` books time for a day or week of which the person was away on every working day, or more time
    /// than the days on which they were there.
    ///
    /// **Why it matters.** Either the absence or the booking is wrong: cost and progress rest on the one, the forecast of what is
    /// left on the other.
    ///
    /// **What to do.** Correct the line, or the absence in `resources.yaml`.
    pub static BOOKED_WHILE_ABSENT: Rule =
        ("W503", "booked-while-absent", Warning, "0.1.0", "time is booked on days of absence");
}

/// Looks at bookings that touch an absence.
pub(super) fn look(report: &ProjectReport, found: &mut Diagnostics) {
    for entry in report.known_hours() {
        // Nobody says who of a role was there.
        let Some(number) = entry.worker.person() else { continue };
        let person = &report.project.team.people[number.0 as usize];
        let touched = person.absences.iter().find(|absence| {
            absence.window.first() < entry.period.end() && entry.period.first() < absence.window.end()
        });
        let Some(absence) = touched else { continue };
        let minutes_there = report.project.minutes_there(number);
        let there: i64 = entry.period.days().map(minutes_there).sum();
        if entry.effort.minutes() <= there {
            continue;
        }
        let when = if there == 0 { "was away".to_owned() } else { "was there for less".to_owned() };
        let booked = format::effort(entry.effort, report.minutes_per_day());
        let message = format!("{booked} booked in {} by `{}`, who {when}", entry.written, person.id);
        found.push(
            Diagnostic::new(&BOOKED_WHILE_ABSENT, entry.origin, message)
                .also(absence.origin, "the absence")
                .hint("correct the line, or the absence in `resources.yaml`"),
        );
    }
}
