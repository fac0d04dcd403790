//! An estimate below what is spent and signed.

use crate::declare_rule;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::format;
use crate::report::ProjectReport;

declare_rule! {
    /// The headline estimate at completion is less than what is spent and what is signed and still to come together: actual cost and open
    /// orders. The headline carries the trend of the work so far over the rest; it knows no orders.
    ///
    /// **Why it matters.** A signed order has its price, however cheap the work was so far. The headline then tells of money left over that
    /// is promised to a supplier already. It comes about where purchases earn before all of them is received, or where much of the
    /// rest is bought at a fixed price.
    ///
    /// **What to do.** Go by the rest counted piece by piece (EAC₄), which holds every open order. Take back what will not come by a
    /// `commitment` below zero of the same number; report a purchase as finished once all of it is there, or count it in units.
    /// Wrong, where `racks` has a budget of `60_000 EUR` and is reported as finished:
    ///
    /// ```csv
    /// date,type,category,task,amount,reference
    /// 2026-09-01,commitment,hardware,racks,60_000 EUR,PO-1
    /// 2026-09-21,accrual,hardware,racks,40_000 EUR,PO-1
    /// ```
    pub static ESTIMATE_BELOW_ORDERS: Rule = (
        "W528",
        "estimate-below-orders",
        Warning,
        "0.2.0",
        "the estimate at completion is less than what is spent and on order"
    );
}

/// Sets the headline against actual cost and open orders, and points at the largest of these.
pub(super) fn look(report: &ProjectReport, found: &mut Diagnostics) {
    let control = &report.control;
    let Some(beyond) = control.orders_beyond_estimate() else { return };
    let Some(largest) = control.spending.open_orders.iter().max_by_key(|order| order.amount) else { return };
    let money = |amount| format::money_with_currency(amount, report.project.currency);
    found.push(
        Diagnostic::new(
            &ESTIMATE_BELOW_ORDERS,
            largest.origin,
            format!(
                "the estimate at completion ({}) is {}, and {} are spent and {} on order: {} more",
                control.total.headline().letters(),
                money(control.total.estimate()),
                money(control.total.actual),
                money(control.spending.on_order()),
                money(beyond)
            ),
        )
        .hint("go by the rest counted piece by piece (EAC₄), or correct orders that will not come"),
    );
}
