//! A benefit that is to stay where it is.

use crate::declare_rule;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::report::ProjectReport;

declare_rule! {
    /// The target of a benefit is the value that it has already.
    ///
    /// **Why it matters.** There is no way to go: nobody can say how much of it has come, and a benefit that changes nothing is no
    /// reason for a project.
    ///
    /// **What to do.** Write the value before as `baseline:` and the value to reach as `target:`. Where something is only to stay as it
    /// is, make it a requirement or a risk.
    ///
    /// Wrong: `B1: {benefit: Faster answers, unit: min, baseline: 45, target: 45}`
    ///
    /// Right: `B1: {benefit: Faster answers, unit: min, baseline: 180, target: 45}`
    pub static TARGET_IS_BASELINE: Rule =
        ("W622", "target-is-baseline", Warning, "0.1.0", "a benefit is to reach what it is already");
}

/// Looks at the benefits of the project.
pub(super) fn look(report: &ProjectReport, found: &mut Diagnostics) {
    let still = |before: Option<i64>, target: Option<i64>| before.is_some() && before == target;
    for benefit in report.project.benefits.iter().filter(|one| still(one.baseline, one.target)) {
        let message = format!("the target of `{}` is its baseline: there is nothing to gain", benefit.id);
        found.push(
            Diagnostic::new(&TARGET_IS_BASELINE, benefit.origin, message)
                .hint("write the value before as `baseline:` and the value to reach as `target:`"),
        );
    }
}
