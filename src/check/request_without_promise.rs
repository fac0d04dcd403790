//! An outside request that nobody has promised a day for.

use crate::declare_rule;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::report::ProjectReport;

declare_rule! {
    /// A request to an outside team is open and has no `promised:` day.
    ///
    /// **Why it matters.** The plan relies on something that nobody has agreed to.
    ///
    /// **What to do.** Ask for a day, and record it; if there is no answer, record whom it was escalated to.
    pub static REQUEST_WITHOUT_PROMISE: Rule =
        ("W213", "request-without-promise", Warning, "0.1.0", "an outside request has no promised day");
}

/// Looks at open requests.
pub(super) fn look(report: &ProjectReport, found: &mut Diagnostics) {
    for request in &report.project.registers.requests {
        if request.is_open(report.status_date) && request.promised.is_none() {
            found.push(
                Diagnostic::new(
                    &REQUEST_WITHOUT_PROMISE,
                    request.origin,
                    format!("request `{}` to {} has no promised day", request.id, request.team),
                )
                .hint("ask for a day and record it as `promised:`"),
            );
        }
    }
}
