//! A purchase that has arrived and that nobody has accepted.

use crate::declare_rule;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::format;
use crate::model::Earning;
use crate::plan::State;
use crate::report::ProjectReport;

declare_rule! {
    /// A purchase (a cost and nobody assigned) that earns `0/100` is finished, and a deliverable it produces is not accepted.
    ///
    /// **Why it matters.** What has arrived may be wrong, broken or incomplete; its value is earned when somebody has accepted
    /// it. Until then its cost counts and its value does not, so that the cost index falls.
    ///
    /// **What to do.** Look at it, and write `accepted` and `accepted_by` at the deliverable, or `rejected` when it goes back.
    ///
    /// Wrong: `order: {cost: 41_300 EUR hardware, earned_value: 0/100, produces: kits}` finished, `kits` without `accepted`
    pub static RECEIVED_NOT_ACCEPTED: Rule = (
        "W424",
        "received-not-accepted",
        Warning,
        "0.1.0",
        "a purchase has arrived, and what it delivers is not accepted"
    );
}

/// Looks at finished purchases.
pub(super) fn look(report: &ProjectReport, found: &mut Diagnostics) {
    for (number, task, slot) in report.tasks() {
        let method = report.control.reference.method_of(number);
        if slot.state != State::Finished || *method != Earning::AtFinish {
            continue;
        }
        for made in report.project.not_accepted_of(number, report.status_date) {
            let budget = report.control.reference.budget_of(number);
            let message = format!(
                "`{}` is received, but `{}` is not accepted: its {} are not earned yet",
                task.id,
                made.id,
                format::money_with_currency(budget, report.project.currency)
            );
            found.push(
                Diagnostic::new(&RECEIVED_NOT_ACCEPTED, made.origin, message)
                    .hint("write `accepted` with the day, or `rejected` when it goes back"),
            );
        }
    }
}
