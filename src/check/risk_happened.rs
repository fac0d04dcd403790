//! A risk that is no risk any more: it is certain, or it has become an issue.

use crate::declare_rule;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::report::ProjectReport;

declare_rule! {
    /// An open risk has a probability of 100 %, or says which issue it became.
    ///
    /// **Why it matters.** A risk is what may happen. What has happened is an issue: it has an owner who solves it, a day by which,
    /// and a cost that belongs into the estimate and not into an expected value.
    ///
    /// **What to do.** Write an issue, name it in `became`, and close the risk with `closed`. Wrong:
    ///
    /// ```yaml
    /// R2:
    ///   risk: The supplier delivers late
    ///   probability: 100%
    ///   impact: {time: 5d}
    /// ```
    pub static RISK_HAPPENED: Rule =
        ("W662", "risk-happened", Warning, "0.1.0", "an open risk has happened: this is an issue");
}

/// Looks at open risks.
pub(super) fn look(report: &ProjectReport, found: &mut Diagnostics) {
    for risk in report.project.registers.risks.iter().filter(|risk| risk.is_open(report.status_date)) {
        let why = match &risk.became {
            Some(issue) => format!("`{}` is open although it became `{issue}`", risk.id),
            None if risk.current.probability.hundredths() >= 10_000 => {
                format!("`{}` has a probability of 100 %: this is an issue", risk.id)
            }
            None => continue,
        };
        found.push(
            Diagnostic::new(&RISK_HAPPENED, risk.origin, why)
                .hint("write it as an issue, name that in `became:`, and close the risk"),
        );
    }
}
