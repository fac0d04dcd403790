//! Links that begin work before its predecessor is done.

use crate::check::fourteen_points::lead_links;
use crate::declare_rule;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::report::ProjectReport;

declare_rule! {
    /// A link has a negative lag: work begins some days before its predecessor ends. It is point 2 of plan quality, which
    /// allows none.
    ///
    /// **Why it matters.** A lead is a guess about the future: nobody knows on the day that the predecessor will end in three
    /// days. It also hides which part of the predecessor is really needed.
    ///
    /// **What to do.** Split the predecessor where the needed part is done, and let the task wait for that part.
    ///
    /// ```yaml
    /// draft:  {duration: 5d}
    /// review: {duration: 3d, after: draft}
    /// print:  {duration: 2d, after: draft}     # not: after: review -3d
    /// ```
    pub static LEAD: Rule =
        ("W204", "lead", Warning, "0.1.0", "a link has a negative lag");
}

/// Names each link that point 2 counts.
pub(super) fn look(report: &ProjectReport, found: &mut Diagnostics) {
    for (task, link) in lead_links(report) {
        let before = link.before(report);
        found.push(
            Diagnostic::new(&LEAD, link.origin, format!("`{}` begins before `{before}` is done", task.id))
                .hint("split what it waits for where the needed part is done, and wait for that part"),
        );
    }
}
