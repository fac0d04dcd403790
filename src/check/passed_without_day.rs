//! A rehearsal that passed on no day.

use crate::declare_rule;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::report::ProjectReport;

declare_rule! {
    /// A rehearsal is said to have passed, and nothing says on which day it was held.
    ///
    /// **Why it matters.** Without its day a rehearsal lies ahead: pages show it as not yet held, and the gate before going into service
    /// does not count it.
    ///
    /// **What to do.** Write `held:` with its day, or take `passed:` out until it was held.
    ///
    /// Wrong: `{rehearsal: Restore from the copy, passed: true}`
    ///
    /// Right: `{rehearsal: Restore from the copy, held: 2026-10-20, passed: true}`
    pub static PASSED_WITHOUT_DAY: Rule =
        ("W621", "passed-without-day", Warning, "0.1.0", "a rehearsal passed on no day");
}

/// Looks at the rehearsals of the handover.
pub(super) fn look(report: &ProjectReport, found: &mut Diagnostics) {
    let all = report.project.handover.iter().flat_map(|handover| &handover.rehearsals);
    for rehearsal in all.filter(|one| one.held.is_none() && one.passed == Some(true)) {
        let message =
            "this rehearsal has passed, and nothing says when it was held: it counts as not yet held";
        found.push(
            Diagnostic::new(&PASSED_WITHOUT_DAY, rehearsal.origin, message)
                .hint("write `held:` with its day, or take `passed:` out until then"),
        );
    }
}
