//! A start and a finish that are both set, with more time between them than the work takes.

use crate::declare_rule;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::format;
use crate::model::{Constraint, ConstraintKind};
use crate::plan::State;
use crate::report::ProjectReport;

declare_rule! {
    /// A task must start on one day and finish on another, and its length does not fill the time between them. The finish holds, and
    /// the task begins later than it must. Too little time between the two is an error of its own (`E302`).
    ///
    /// **Why it matters.** Both dates were typed as facts, and only one of them can be true. Whoever waits for the start waits for
    /// nothing.
    ///
    /// **What to do.** Correct one of the dates or the duration; let `starts_not_before:` or `deadline:` say what is no appointment. Work that
    /// is spread thinly over a long time has a longer duration and `assign:` with a percentage. Wrong:
    ///
    /// ```yaml
    /// pilot: {duration: 3d, must_start: 2027-02-01, must_finish: 2027-06-01, because: the fair}
    /// ```
    pub static DATES_LONGER_THAN_WORK: Rule = (
        "W215",
        "dates-longer-than-work",
        Warning,
        "0.1.0",
        "a start and a finish are set, and the work does not fill the time between them"
    );
}

/// Looks at each task that has not begun; one that is scheduled by hand stands where both of its dates put it.
pub(super) fn look(report: &ProjectReport, found: &mut Diagnostics) {
    for (_, task, slot) in report.tasks() {
        if !task.is_work() || task.is_manual || slot.state != State::NotStarted {
            continue;
        }
        let set = |kind| task.constraints.iter().find(|bound: &&Constraint| bound.kind == kind);
        let Some((start, finish)) = set(ConstraintKind::MustStart).zip(set(ConstraintKind::MustFinish))
        else {
            continue;
        };
        let (Some(from), Some(to)) = (start.at, finish.at) else { continue };
        let calendar = report.project.calendars[task.calendar].compile();
        let is_late = calendar.between(from.first_instant(), slot.start.max(from.first_instant())) > 0;
        if !is_late || slot.last_day() > to.day {
            continue;
        }
        found.push(
            Diagnostic::new(
                &DATES_LONGER_THAN_WORK,
                start.origin,
                format!(
                    "`{}` must start on {} and finish on {}: as long as it is, it begins on {}",
                    task.id,
                    format::iso(from.day),
                    format::iso(to.day),
                    format::iso(slot.first_day())
                ),
            )
            .also(finish.origin, "this date holds")
            .hint("change one of the two dates, or the duration"),
        );
    }
}
