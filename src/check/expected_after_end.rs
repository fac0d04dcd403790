//! Money that is expected although everything is done.

use crate::declare_rule;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::format;
use crate::model::EntryType;
use crate::quantity::Amount;
use crate::report::ProjectReport;

declare_rule! {
    /// All work is finished, or G5 is passed, and a `forecast` row of `costs.csv` expects money on a day that is still to come. The cost at
    /// completion holds it.
    ///
    /// **Why it matters.** What is given back at closure is what is left once everything is paid. Money that is still expected is no part of
    /// it, and somebody has to pay it when nobody of the project is there any more.
    ///
    /// **What to do.** Book it when it comes, as `actual` or `accrual`, or hand it over to those who will pay it. What will not come is taken
    /// back by a row below zero:
    ///
    /// ```csv
    /// date,type,category,task,amount
    /// 2026-04-15,forecast,travel,handover,700 EUR
    /// 2026-04-15,forecast,travel,handover,-700 EUR
    /// ```
    pub static EXPECTED_AFTER_END: Rule =
        ("W535", "expected-after-end", Warning, "0.1.0", "money is still expected although everything is done");
}

/// Looks at the expected money of a project whose work is done.
pub(super) fn look(report: &ProjectReport, found: &mut Diagnostics) {
    let control = &report.control;
    if control.expects_orders() || control.bottom_up.expected <= Amount::ZERO {
        return;
    }
    let money = |amount| format::money_with_currency(amount, report.project.currency);
    let done = if control.is_closed { "the project is closed" } else { "all work is finished" };
    let costs = report.project.costs.iter();
    for entry in costs.filter(|entry| {
        entry.entry_type == EntryType::Forecast
            && entry.date > control.data_date
            && entry.amount > Amount::ZERO
    }) {
        found.push(
            Diagnostic::new(
                &EXPECTED_AFTER_END,
                entry.origin,
                format!(
                    "{} are expected on {} although {done}: with {} of it everything will have cost {}",
                    money(entry.amount),
                    format::iso(entry.date),
                    money(control.bottom_up.expected),
                    money(control.cost_in_the_end())
                ),
            )
            .hint("book it when it comes, or take back what will not come by a `forecast` row below zero"),
        );
    }
}
