//! A forecast that rests on a broken promise.

use crate::declare_rule;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::format;
use crate::report::ProjectReport;

declare_rule! {
    /// An outside request is overdue, no new day is promised, and the finish of the project moves with it.
    ///
    /// **Why it matters.** Nobody knows when it comes. The plan goes on as if it came by the day on which work needs it, or today where that
    /// day has passed: the forecast is the best that can still happen, and slips by a day with every day of waiting.
    ///
    /// **What to do.** Have the team promise a new day and write it as `promised:`; if it does not answer, escalate.
    pub static OVERDUE_PROMISE: Rule =
        ("W667", "overdue-promise", Warning, "0.1.0", "the forecast rests on a request that is overdue");
}

/// Looks at overdue requests that the finish moves with.
pub(super) fn look(report: &ProjectReport, found: &mut Diagnostics) {
    for (place, request) in report.control.overdue_and_needed() {
        let (Some(assumed), Some(days), Some(entry)) =
            (request.assumed, request.overdue, report.project.registers.requests.get(place))
        else {
            continue;
        };
        found.push(
            Diagnostic::new(
                &OVERDUE_PROMISE,
                entry.origin,
                format!(
                    "the forecast assumes that `{}` is here by {}, though it is {} overdue and no new day is promised",
                    request.id,
                    format::iso(assumed),
                    format::count(usize::try_from(days).unwrap_or(0), "working day")
                ),
            )
            .hint(format!("have {} promise a new day, and write it as `promised:`", entry.team)),
        );
    }
}
