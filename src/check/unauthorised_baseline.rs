//! A baseline in force that nobody has allowed.

use crate::declare_rule;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::report::ProjectReport;

declare_rule! {
    /// The project is measured against a frozen baseline that no passed gate, approved change or decision allows.
    ///
    /// **Why it matters.** A plan that is frozen anew whenever it slips is always on time. Re-baselining is rare, and
    /// somebody with the authority has said yes to it (GAO Schedule Assessment Guide, practice 10).
    ///
    /// **What to do.** Have the baseline decided: name it in the page of the gate that approves it (`baseline: B2`), or freeze it
    /// with `--authorised-by` and the id of the gate or change. Baselines that no command froze are not
    /// looked at unless they name an authority.
    ///
    /// ```yaml
    /// baseline: B2
    /// frozen: 2026-10-12
    /// authorised_by: C7          # still waits for its decision
    /// tasks: {}
    /// ```
    pub static UNAUTHORISED_BASELINE: Rule =
        ("W614", "unauthorised-baseline", Warning, "0.1.0", "nobody has allowed the baseline in force");
}

/// Looks at the baseline in force.
pub(super) fn look(report: &ProjectReport, found: &mut Diagnostics) {
    let (project, day) = (&report.project, report.status_date);
    let Some(baseline) = project.baseline_as_of(day) else { return };
    let by = baseline.authorised_by.as_ref().and_then(|id| id.as_str().parse().ok());
    let is_unread = by.map_or(project.faults.may_hide_gates(), |gate| project.faults.may_hide_gate(gate));
    if is_unread || project.is_allowed(baseline, day) {
        return;
    }
    let message = match &baseline.authorised_by {
        Some(id) => {
            format!("baseline `{}` is allowed by `{id}`, which is not approved as of {day}", baseline.id)
        }
        None => format!("no gate, change or decision allows baseline `{}`", baseline.id),
    };
    let gate = format!("have it decided, and write `baseline: {}` into the page of the gate", baseline.id);
    found.push(Diagnostic::new(&UNAUTHORISED_BASELINE, baseline.origin, message).hint(gate));
}
