//! An order for more than the budget had left.

use crate::control::{LedgerEffect, LedgerSource};
use crate::declare_rule;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::format;
use crate::quantity::Amount;
use crate::report::ProjectReport;

declare_rule! {
    /// An order was signed for more than the budget of its task had left on that day: budget, with what approved changes and
    /// decisions have granted for the task, less its actual cost and its other open orders. An order that names no task is
    /// held against the budget of its category.
    ///
    /// **Why it matters.** A signed order is money gone, months before the invoice shows it.
    ///
    /// **What to do.** Have a change decided that names the task and says what pays; or correct the task, category or amount
    /// of the order. Wrong, where `servers` has a budget of `8_000 EUR`:
    ///
    /// ```csv
    /// date,type,category,task,amount,reference
    /// 2026-09-21,commitment,hardware,servers,50_000 EUR,PO-17
    /// ```
    pub static ORDER_OVER_BUDGET: Rule =
        ("W507", "order-over-budget", Warning, "0.1.0", "an order is larger than what the budget had left");
}

/// Looks at every order up to the status date.
pub(super) fn look(report: &ProjectReport, found: &mut Diagnostics) {
    let currency = report.project.currency;
    for row in &report.control.ledger.rows {
        let (LedgerEffect::Ordered { left_before, .. }, LedgerSource::Entry(place)) =
            (row.effect, row.source)
        else {
            continue;
        };
        let Some(entry) = report.project.costs.get(place) else { continue };
        if row.amount <= left_before.max(Amount::ZERO) {
            continue;
        }
        let of = match entry.task {
            Some(task) => format!("`{}`", report.project.task(task).id),
            None => format!("category `{}`", entry.category),
        };
        found.push(
            Diagnostic::new(
                &ORDER_OVER_BUDGET,
                entry.origin,
                format!(
                    "an order of {}, where the budget of {of} had {} left",
                    format::money_with_currency(row.amount, currency),
                    format::money_with_currency(left_before, currency)
                ),
            )
            .hint("have a change decided that grants the money, or correct task, category or amount"),
        );
    }
}
