//! A change that asks more of a reserve than the reserve holds.

use crate::control::Shortfall;
use crate::declare_rule;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::report::ProjectReport;

declare_rule! {
    /// A change that waits for approval names a reserve in `pay_from` that holds less than the change costs.
    ///
    /// **Why it matters.** Whoever approves it believes that its money is there. What is missing must come from the management
    /// reserve, which only the sponsor or the steering board may release, or from new money.
    ///
    /// **What to do.** Say who gives the rest: cut the change, have the sponsor release the missing part, or pay it from another
    /// source. Wrong, where the contingency holds 1 000 EUR:
    ///
    /// ```yaml
    /// C3:
    ///   change: A second data line
    ///   impact: {cost: 3_000 EUR}
    ///   pay_from: contingency
    ///   status: waiting for approval
    /// ```
    pub static CHANGE_OVER_RESERVE: Rule =
        ("W661", "change-over-reserve", Warning, "0.1.0", "a change asks more of a reserve than it holds");
}

/// Looks at each change that waits, by itself.
pub(super) fn look(report: &ProjectReport, found: &mut Diagnostics) {
    let project = &report.project;
    if !project.budget.unread_reserves.is_empty() {
        return;
    }
    for change in &project.registers.changes {
        let Some(shortfall) = Shortfall::of(change, &report.control.spending, report.status_date) else {
            continue;
        };
        let message = format!("`{}`: {}", change.id, shortfall.words(project.currency));
        found.push(
            Diagnostic::new(&CHANGE_OVER_RESERVE, change.origin, message)
                .hint("say who gives the rest, or ask for less"),
        );
    }
}
