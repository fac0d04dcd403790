//! Changes that were made before anybody approved them.

use crate::declare_rule;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::format;
use crate::model::ChangeStatus;
use crate::report::ProjectReport;

declare_rule! {
    /// A change in `changes.yaml` is implemented, by its `status:` or its `implemented:` day, but has no day of decision, was
    /// decided only afterwards, or was not approved at all.
    ///
    /// **Why it matters.** The baseline is the board's promise; who changes the work first and asks later spends money that was
    /// given for something else. Until a change is decided its money is not in the budget.
    ///
    /// **What to do.** Have it decided and write `decided:` and `decided_by:`, or undo it.
    ///
    /// ```yaml
    /// C3: {change: Second uplink for branch 9, status: implemented, decided: 2026-10-30, decided_by: helena, implemented: 2026-11-04}
    /// ```
    pub static CHANGE_NOT_APPROVED: Rule =
        ("W603", "change-not-approved", Warning, "0.1.0", "a change is made that nobody approved");
}

/// Looks at changes that are made by the status date.
pub(super) fn look(report: &ProjectReport, found: &mut Diagnostics) {
    let changes = report.project.registers.changes.iter();
    for change in changes.filter(|change| change.is_made_without_approval(report.status_date)) {
        let is_approved = matches!(change.status, ChangeStatus::Approved | ChangeStatus::Implemented);
        let what = match (change.decided, change.implemented) {
            _ if !is_approved => format!("its state is “{}”", change.status.key()),
            (None, _) => "nobody has decided on it".to_owned(),
            (Some(decided), _) => format!("it was decided only on {}", format::iso(decided)),
        };
        found.push(
            Diagnostic::new(
                &CHANGE_NOT_APPROVED,
                change.origin,
                format!("change `{}` is made, but {what}", change.id),
            )
            .hint("have it decided and write `decided:` and `decided_by:`, or undo it"),
        );
    }
}
