//! An estimate below what is spent and signed.

use crate::control::ForecastBasis;
use crate::declare_rule;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::format;
use crate::report::ProjectReport;

declare_rule! {
    /// The performance so far leads to a cost at completion (EAC₂, EAC₁ while it is too early for a trend) that is less than what is spent
    /// and what is signed and still to come together: actual cost and open orders. The headline estimate is then the rest
    /// counted piece by piece (EAC₄), which holds every open order, and this warning says that earned value no longer carries it.
    ///
    /// **Why it matters.** A signed order has its price, however cheap the work was so far: an estimate at completion holds commitments
    /// (ANSI/EIA-748, guideline 27). It comes about where purchases earn before all of them is received, or where much of the rest is bought
    /// at a fixed price.
    ///
    /// **What to do.** Take back what will not come by a `commitment` below zero of the same number; report a purchase as finished once all
    /// of it is there, or count it in units.
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
        "0.1.0",
        "the cost trend leads to less than what is spent and on order"
    );
}

/// Sets the headline against actual cost and open orders, and points at the largest of these.
pub(super) fn look(report: &ProjectReport, found: &mut Diagnostics) {
    let control = &report.control;
    let Some(beyond) = control.orders_beyond_trend() else { return };
    let Some(largest) = control.spending.open_orders.iter().max_by_key(|order| order.amount) else { return };
    let money = |amount| format::money_with_currency(amount, report.project.currency);
    found.push(
        Diagnostic::new(
            &ESTIMATE_BELOW_ORDERS,
            largest.origin,
            format!(
                "{} it would cost {}, and {} are spent and {} on order: {} more, so the headline is the rest counted piece by piece (EAC₄), {}",
                ForecastBasis::by_performance(&control.total).words(),
                money(control.total.estimate_by_performance()),
                money(control.total.actual),
                money(control.bottom_up.orders),
                money(beyond),
                money(control.total.estimate())
            ),
        )
        .hint("correct orders that will not come, and let purchases earn what is received"),
    );
}
