//! An order that is still open once everything is done.

use crate::declare_rule;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::format;
use crate::report::ProjectReport;

declare_rule! {
    /// All work is finished, or G5 is passed, and of an order something is neither received nor invoiced. Nothing is forecast any more then,
    /// so that cost at completion holds what was spent and not what is open of orders. A project that the board has stopped is left out: its
    /// open orders count.
    ///
    /// **Why it matters.** Either the order will never be delivered, and its money can go back; or it comes after all, and the final account
    /// is too low by it.
    ///
    /// **What to do.** Take back what will not come by a `commitment` below zero of the same number. Where it will be paid, book it: as
    /// `accrual` what has been received or will be, as `actual` what is invoiced. Right, of an order of 900 EUR that nobody needs any more:
    ///
    /// ```csv
    /// date,type,category,task,amount,reference
    /// 2026-05-20,commitment,hardware,handover,900 EUR,PO-2
    /// 2026-06-04,commitment,hardware,handover,-900 EUR,PO-2
    /// ```
    pub static ORDER_OPEN_AT_END: Rule =
        ("W530", "order-open-at-end", Warning, "0.1.0", "an order is open although everything is done");
}

/// Looks at the open orders of a project whose work is done.
pub(super) fn look(report: &ProjectReport, found: &mut Diagnostics) {
    let control = &report.control;
    if control.expects_orders() {
        return;
    }
    let money = |amount| format::money_with_currency(amount, report.project.currency);
    let done = if control.is_closed { "the project is closed" } else { "all work is finished" };
    for order in &control.spending.open_orders {
        let name = order.called();
        found.push(
            Diagnostic::new(
                &ORDER_OPEN_AT_END,
                order.origin,
                format!(
                    "{} of {name} are open although {done}: the cost of {} does not hold them",
                    money(order.amount),
                    money(control.cost_in_the_end())
                ),
            )
            .hint("take back what will not come by a `commitment` below zero of the same number, or book what will be paid"),
        );
    }
}
