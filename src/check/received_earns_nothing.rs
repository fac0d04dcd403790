//! A purchase of which a part is there, and nothing is earned.

use crate::declare_rule;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::format;
use crate::model::Earning;
use crate::plan::State;
use crate::quantity::{Amount, Fraction};
use crate::report::ProjectReport;

declare_rule! {
    /// A purchase that earns `0/100` is not finished, and a tenth of its budget or more is booked on it: a part was received or paid. Cost
    /// rises, earned value does not, and the cost performance index (CPI) spreads the difference over all work that is left.
    ///
    /// **Why it matters.** Cost and value of what is bought count at the same event. Where they do not, the estimate at completion tells
    /// of an overrun that ends on the day on which the last box arrives.
    ///
    /// **What to do.** Count what comes in parts in units, and report how many were accepted. Once a baseline is frozen its method holds;
    /// until the next one go by the count of the rest (EAC₄), which knows what is on order:
    ///
    /// ```yaml
    /// order-switches: {duration: 40d, cost: 48_000 EUR hardware, earned_value: units 48 switches}
    /// ```
    pub static RECEIVED_EARNS_NOTHING: Rule = (
        "W431",
        "received-earns-nothing",
        Warning,
        "0.1.0",
        "a part of a purchase is paid or received and earns nothing yet"
    );
}

/// So much of the budget may come before the rest, as freight and deposits do.
const LIMIT: (i64, i64) = (1, 10);

/// Looks at every purchase that is not finished.
pub(super) fn look(report: &ProjectReport, found: &mut Diagnostics) {
    // Of a project that ended no box arrives any more.
    if report.control.is_stopped || report.control.is_closed {
        return;
    }
    for (number, task, slot) in report.tasks() {
        let Some(value) = report.control.tasks.get(number.0 as usize) else { continue };
        let is_asked = task.is_purchase()
            && slot.state != State::Finished
            && *report.control.reference.method_of(number) == Earning::AtFinish
            && value.budget > Amount::ZERO
            && value.other_cost >= value.budget.share(Fraction::new(LIMIT.0, LIMIT.1));
        if is_asked {
            let cost = format::money_with_currency(value.other_cost, report.project.currency);
            found.push(
                Diagnostic::new(
                    &RECEIVED_EARNS_NOTHING,
                    task.origin,
                    format!("`{}` has cost {cost} and earns nothing until all of it is there", task.id),
                )
                .hint(if report.control.reference.is_baseline() {
                    "count it in units, as `units 48 switches`, in the next baseline; until then go by EAC₄"
                } else {
                    "count it in units, as `units 48 switches`"
                }),
            );
        }
    }
}
