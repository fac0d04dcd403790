//! A requirement that nothing meets or nothing proves.

use crate::declare_rule;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::report::ProjectReport;

declare_rule! {
    /// A requirement names no deliverable that is to meet it, or no test that is to prove it.
    ///
    /// **Why it matters.** What nobody delivers is missed at the end, and what nothing proves is argued about then.
    ///
    /// **What to do.** Name the deliverables in `delivered_by:` and the tests in `tested_by:`, or take the requirement out by
    /// a change.
    ///
    /// ```yaml
    /// REQ-4:
    ///   requirement: Each branch works on through the loss of its line
    ///   delivered_by: [D2]
    /// ```
    pub static REQUIREMENT_UNCOVERED: Rule = (
        "W617", "requirement-uncovered", Warning, "0.1.0", "a requirement that no deliverable meets or no test proves"
    );
}

/// Looks at all requirements.
pub(super) fn look(report: &ProjectReport, found: &mut Diagnostics) {
    for requirement in &report.project.requirements {
        // What is named and unknown has been reported.
        let names = |field| report.project.is_written(requirement.origin, field);
        let is_met_by_none = requirement.delivered_by.is_empty() && !names("delivered_by");
        let is_tested_by_none = requirement.tested_by.is_empty() && !names("tested_by");
        let (missing, hint) = match (is_met_by_none, is_tested_by_none) {
            (true, true) => (
                "is met by no deliverable and proven by no test",
                "name deliverables in `delivered_by:` and tests in `tested_by:`",
            ),
            (true, false) => ("is met by no deliverable", "name in `delivered_by:` what is to meet it"),
            (false, true) => ("is proven by no test", "name in `tested_by:` what is to prove it"),
            (false, false) => continue,
        };
        let message = format!("requirement `{}` {missing}", requirement.id);
        found.push(Diagnostic::new(&REQUIREMENT_UNCOVERED, requirement.origin, message).hint(hint));
    }
}
