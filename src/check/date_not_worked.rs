//! Work that must start or finish on a day on which nobody works.

use crate::declare_rule;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::format;
use crate::model::ConstraintKind;
use crate::plan::State;
use crate::report::ProjectReport;

declare_rule! {
    /// `must_start` or `must_finish` of work names a day that its calendar does not work on: a weekend, a holiday, a change freeze. The
    /// work begins on the next working day, or ends on the one before.
    ///
    /// **Why it matters.** The day was typed as a fact and is not kept: either the date is wrong, or somebody shall work on a day of
    /// which the calendar knows nothing.
    ///
    /// **What to do.** Correct the date, or let the calendar say that the day is worked: `extra_days:`, or a calendar of its own for
    /// the task. Wrong, as 7 March 2026 is a Saturday:
    ///
    /// ```yaml
    /// move: {duration: 2d, must_start: 2026-03-07, because: the building is empty}
    /// ```
    pub static DATE_NOT_WORKED: Rule =
        ("W216", "date-not-worked", Warning, "0.1.0", "work must start or finish on a day that is not worked");
}

/// Looks at dates of work that lie ahead; one that is scheduled by hand stands where it was put.
pub(super) fn look(report: &ProjectReport, found: &mut Diagnostics) {
    for (_, task, slot) in report.tasks() {
        if !task.is_work() || task.is_manual || slot.state == State::Finished {
            continue;
        }
        for bound in &task.constraints {
            let (verb, does, stands) = match bound.kind {
                ConstraintKind::MustStart if slot.state == State::NotStarted => {
                    ("start", "begins", slot.first_day())
                }
                ConstraintKind::MustFinish => ("finish", "ends", slot.last_day()),
                _ => continue,
            };
            let Some(at) = bound.at else { continue };
            let calendar = &report.project.calendars[task.calendar];
            if stands == at.day || calendar.compile().is_working_day(at.day) {
                continue;
            }
            found.push(
                Diagnostic::new(
                    &DATE_NOT_WORKED,
                    bound.origin,
                    format!(
                        "`{}` must {verb} on {}, a day that is not worked: it {does} on {}",
                        task.id,
                        format::iso(at.day),
                        format::iso(stands)
                    ),
                )
                .also(calendar.origin, "its calendar")
                .hint("correct the date, or let the calendar say that the day is worked"),
            );
        }
    }
}
