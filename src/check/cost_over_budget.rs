//! A task that cost a tenth more than it was budgeted at.

use crate::declare_rule;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::format;
use crate::model::TaskNo;
use crate::quantity::{Amount, Fraction};
use crate::report::ProjectReport;

declare_rule! {
    /// The actual cost of a task is more than 110 % of its budget. The budget is that of the reference, with what approved
    /// changes and decisions have granted for the task since.
    ///
    /// **Why it matters.** Cost that nobody granted is seen first where it arises. At the end it is a sum without a cause.
    ///
    /// **What to do.** Correct bookings that belong elsewhere; else say in the report why it costs more, and have a change
    /// decided where scope grew:
    ///
    /// ```yaml
    /// C4:
    ///   change: Second survey of branch 9
    ///   tasks: [survey]
    ///   impact: {cost: 1_200 EUR}
    ///   pay_from: contingency
    /// ```
    pub static COST_OVER_BUDGET: Rule =
        ("W506", "cost-over-budget", Warning, "0.1.0", "a task cost more than a tenth above its budget");
}

/// A task may cost so much of its budget.
const LIMIT: (i64, i64) = (110, 100);

/// Looks at every task that has a budget.
pub(super) fn look(report: &ProjectReport, found: &mut Diagnostics) {
    let currency = report.project.currency;
    // A budget that could not be read has been reported.
    for (number, task, _) in report.tasks().filter(|(_, task, _)| !task.has_unread_means) {
        let Some(value) = report.control.tasks.get(number.0 as usize) else { continue };
        let over = |other: TaskNo| {
            let other = &report.control.tasks[other.0 as usize];
            other.actual_cost - other.budget
        };
        let granted = report.control.bridge.granted(number, report.status_date, over);
        let budget = value.budget + granted;
        if value.budget <= Amount::ZERO || value.actual_cost <= budget.share(Fraction::new(LIMIT.0, LIMIT.1))
        {
            continue;
        }
        let with_grants = match granted {
            Amount::ZERO => String::new(),
            granted => format!(", {} of it granted since", format::money_with_currency(granted, currency)),
        };
        found.push(
            Diagnostic::new(
                &COST_OVER_BUDGET,
                task.origin,
                format!(
                    "`{}` has cost {}, its budget is {}{with_grants}",
                    task.id,
                    format::money_with_currency(value.actual_cost, currency),
                    format::money_with_currency(budget, currency)
                ),
            )
            .hint("correct what is booked wrongly, or have a change decided that grants the money"),
        );
    }
}
