//! Open orders in another currency that would cost more at today's rate.

use crate::declare_rule;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::format;
use crate::quantity::Amount;
use crate::report::ProjectReport;

declare_rule! {
    /// An order in another currency is not yet received in full, and at the newest rate that is written by the status date what is open of
    /// it costs more than at the rate of the day on which it was signed.
    ///
    /// An order counts at the rate of its own day, and what is received or invoiced of it at that of its day. What the forecasts hold of
    /// it is therefore too little by the difference until then. Of 720 000 USD signed at 0.90 and open at 0.94: 720 000 × (0.94 − 0.90) =
    /// 28 800.
    ///
    /// **Why it matters.** The loss has happened and no forecast tells it: whoever freezes a baseline or draws on contingency decides
    /// by a sum that is too low.
    ///
    /// **What to do.** Hedge or pay what is open, or write what it will cost more as a line of type `forecast`. Waive it where the
    /// currency was bought ahead.
    pub static ORDER_DEARER: Rule =
        ("W536", "order-dearer", Warning, "0.1.0", "an open order costs more at the rate of today");
}

/// Looks at open orders, each by itself. An order that is cheaper by now is no fault and does not pay for another.
pub(super) fn look(report: &ProjectReport, found: &mut Diagnostics) {
    let project = &report.project;
    if !report.control.expects_orders() {
        return;
    }
    let money = |amount| format::money_with_currency(amount, project.currency);
    for order in &report.control.spending.open_orders {
        let signed = project.costs.iter().find(|entry| entry.origin == order.origin);
        let Some((entry, typed)) = signed.and_then(|entry| Some((entry, entry.converted?))) else { continue };
        let rates = entry.rates_of(project).filter(|rate| rate.date <= report.status_date);
        let newest = rates.max_by_key(|rate| rate.date);
        let (Some(newest), Some(then)) = (newest, project.rates.get(typed.rate)) else { continue };
        let dearer = entry.dearer_at(newest, order.amount, project);
        let Some(dearer) = dearer.filter(|dearer| *dearer > Amount::ZERO) else { continue };
        let name = order.called();
        let message = format!(
            "what is open of {name}, {} by the rate of {}, costs {} more by that of {}",
            money(order.amount),
            format::iso(then.date),
            money(dearer),
            format::iso(newest.date)
        );
        found.push(
            Diagnostic::new(&ORDER_DEARER, order.origin, message)
                .also(newest.origin, "the newest rate")
                .hint("write what it will cost more as a line of type `forecast`, or waive it where the currency was bought ahead"),
        );
    }
}
