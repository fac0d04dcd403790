//! A deliverable that nobody could accept: no criterion, or nobody to judge it.

use crate::declare_rule;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::report::ProjectReport;

declare_rule! {
    /// A deliverable that has not been accepted has no acceptance criterion, or nobody named to accept it.
    ///
    /// **Why it matters.** Without a criterion, acceptance is a matter of mood; without an approver, of nobody.
    ///
    /// **What to do.** Say in `criteria:` what must hold, and in `approver:` who judges it.
    ///
    /// ```yaml
    /// D4:
    ///   deliverable: Operations manual
    ///   approver: marek
    ///   criteria:
    ///     - {criterion: Night shift has worked by it once}
    /// ```
    pub static DELIVERABLE_WITHOUT_CRITERION: Rule = (
        "W108", "deliverable-without-criterion", Warning, "0.1.0", "a deliverable has no criterion or no approver"
    );
}

/// Looks at deliverables that are not accepted yet.
pub(super) fn look(report: &ProjectReport, found: &mut Diagnostics) {
    for deliverable in report.project.deliverables.iter().filter(|item| !item.is_accepted(report.status_date))
    {
        // An approver whom nobody knows has been reported.
        let has_no_approver =
            deliverable.approver.is_none() && !report.project.is_written(deliverable.origin, "approver");
        let missing = match (deliverable.criteria.is_empty(), has_no_approver) {
            (true, true) => "no criterion and no approver",
            (true, false) => "no criterion",
            (false, true) => "no approver",
            (false, false) => continue,
        };
        found.push(
            Diagnostic::new(
                &DELIVERABLE_WITHOUT_CRITERION,
                deliverable.origin,
                format!("deliverable `{}` has {missing}", deliverable.id),
            )
            .hint("say in `criteria:` what must hold, and in `approver:` who judges it"),
        );
    }
}
