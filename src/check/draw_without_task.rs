//! Money drawn by a decision, of which nobody can say whether it is spent.

use crate::control::DrawSource;
use crate::declare_rule;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::format;
use crate::quantity::Amount;
use crate::report::ProjectReport;

declare_rule! {
    /// A decision draws on a reserve and names no task in `links`, no cost names the decision, and work is left. So nothing says whether the
    /// money is spent: it counts as still to come, until all work is done.
    ///
    /// **Why it matters.** Once it is spent, the task that it paid for is dearer than its budget. Where nobody says that the draw paid for that,
    /// the money counts twice: as drawn, and in the overrun that the reserves will have to pay.
    ///
    /// **What to do.** Name the task in `links`; or, for cost of no task, write the id of the decision as `reference` of its rows in
    /// `costs.csv`:
    ///
    /// ```yaml
    /// D-1:
    ///   question: Express freight?
    ///   decided: 2026-03-04
    ///   decided_by: tom
    ///   draws: {from: contingency, amount: 500 EUR}
    ///   links: [build]
    /// ```
    pub static DRAW_WITHOUT_TASK: Rule =
        ("W533", "draw-without-task", Warning, "0.1.0", "a decision draws on a reserve and names no task");
}

/// Looks at what decisions have drawn since the baseline and no cost has been found for.
pub(super) fn look(report: &ProjectReport, found: &mut Diagnostics) {
    let is_asked = |by: &DrawSource| matches!(by, DrawSource::Decision(_));
    let unspent = report.control.bridge.unspent.iter();
    for grant in unspent.filter(|grant| is_asked(&grant.by) && grant.tasks.is_empty() && !grant.is_work_done)
    {
        if grant.amount <= Amount::ZERO {
            continue;
        }
        let money = format::money_with_currency(grant.amount, report.project.currency);
        let message = format!(
            "decision `{}` draws {money} for no task: they count as still to come, and in an overrun once more",
            grant.by.id()
        );
        let hint = "name the task in `links`, or write the id of the decision as `reference` of its cost";
        found.push(Diagnostic::new(&DRAW_WITHOUT_TASK, grant.origin, message).hint(hint));
    }
}
