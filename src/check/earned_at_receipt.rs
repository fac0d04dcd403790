//! A purchase that was earned when it arrived, because nothing says who accepts it.

use crate::declare_rule;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::format;
use crate::model::Earning;
use crate::plan::State;
use crate::report::ProjectReport;

declare_rule! {
    /// A finished purchase (a cost and nobody assigned) that earns `0/100` produces no deliverable: its value was earned at its
    /// finish, and nothing says that anybody looked at what was bought.
    ///
    /// **Why it matters.** A purchase is earned when what was received is accepted. Where no deliverable stands behind it, there is
    /// no place for that word, and the day of delivery has to do.
    ///
    /// **What to do.** Name the deliverable in `produces:`, with an `approver:`, and write `accepted` when it was looked at. For small
    /// things that nobody needs to accept, leave it.
    ///
    /// Worth a thought: `licences: {cost: 53_820 EUR software, earned_value: 0/100}` without `produces:`
    pub static EARNED_AT_RECEIPT: Rule = (
        "I429",
        "earned-at-receipt",
        Info,
        "0.1.0",
        "a purchase was earned at its finish, and nothing says that it was accepted"
    );
}

/// Looks at finished purchases.
pub(super) fn look(report: &ProjectReport, found: &mut Diagnostics) {
    for (number, task, slot) in report.tasks() {
        let is_asked = task.is_purchase()
            && slot.state == State::Finished
            && *report.control.reference.method_of(number) == Earning::AtFinish
            && !report.project.deliverables.iter().any(|made| made.produced_by.contains(&number));
        let budget = report.control.reference.budget_of(number);
        if is_asked && budget > crate::quantity::Amount::ZERO {
            let message = format!(
                "`{}` earned its {} when it was received: no deliverable says that it was accepted",
                task.id,
                format::money_with_currency(budget, report.project.currency)
            );
            found.push(
                Diagnostic::new(&EARNED_AT_RECEIPT, task.origin, message)
                    .hint("name the deliverable in `produces:`, with an `approver:`"),
            );
        }
    }
}
