//! A purchase that is finished, and was never received.

use crate::declare_rule;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::format;
use crate::quantity::Amount;
use crate::report::ProjectReport;

declare_rule! {
    /// A task is finished and has earned more than is booked on it, and something of its order is neither received nor invoiced: actual cost
    /// is told to be complete to a later day, or the finish is a reporting period ago. Once all work is done, `W530` tells of the order.
    ///
    /// **Why it matters.** What is bought earns its budget when it is received and accepted, and its cost counts from the same day. Earned
    /// without cost it looks like a saving: CPI gets better, and the trend makes all work that is left cheaper.
    ///
    /// **What to do.** Book the receipt as `accrual` under the number of the order. Where nothing has come, the purchase is not finished:
    /// take its `actual_finish` back. Right, for an order of 12 000 EUR:
    ///
    /// ```csv
    /// date,type,category,task,amount,reference
    /// 2026-03-16,commitment,cloud,tenant,12_000 EUR,PO-3
    /// 2026-03-20,accrual,cloud,tenant,12_000 EUR,PO-3
    /// ```
    pub static FINISHED_NOT_RECEIVED: Rule = (
        "W534",
        "finished-not-received",
        Warning,
        "0.1.0",
        "a purchase is finished and its order neither received nor invoiced"
    );
}

/// Looks at finished work that has something on order.
pub(super) fn look(report: &ProjectReport, found: &mut Diagnostics) {
    let (project, control) = (&report.project, &report.control);
    if control.has_ended() {
        return;
    }
    let money = |amount| format::money_with_currency(amount, project.currency);
    for (number, task, _) in report.tasks().filter(|(_, task, _)| task.is_work()) {
        let place = number.0 as usize;
        let (Some(value), Some(known)) = (control.tasks.get(place), report.facts.progress.get(place)) else {
            continue;
        };
        let Some(finish) = known.actual_finish.map(|finish| finish.day) else { continue };
        let is_complete = control.spending.actuals_to.is_some_and(|day| finish <= day);
        let is_period_over = project.reporting.after(finish, 1).is_some_and(|due| due <= control.data_date);
        let orders = control.spending.open_orders.iter().filter(|order| order.task == Some(number));
        let open: Amount = orders.clone().map(|order| order.amount).sum();
        if finish > control.data_date
            || !(is_complete || is_period_over)
            || open <= Amount::ZERO
            || value.earned_value <= value.actual_cost
        {
            continue;
        }
        let mut finding = Diagnostic::new(
            &FINISHED_NOT_RECEIVED,
            task.origin,
            format!(
                "`{}` was finished on {} and {} of its order are neither received nor invoiced: {} are earned for {}",
                task.id,
                format::iso(finish),
                money(open),
                money(value.earned_value),
                money(value.actual_cost)
            ),
        );
        for order in orders {
            finding = finding.also(order.origin, "ordered here");
        }
        found.push(finding.hint("book the receipt as `accrual` of the same number, or take the finish back"));
    }
}
