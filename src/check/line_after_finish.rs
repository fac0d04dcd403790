//! A budget line that goes on after the project.

use crate::declare_rule;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::format;
use crate::quantity::Amount;
use crate::report::ProjectReport;

declare_rule! {
    /// A line of `budget.yaml` goes on after the month of the planned finish of the project.
    ///
    /// **Why it matters.** The budget at completion is what the work is planned to have cost when it is done: on the planned finish,
    /// planned value has to be all of it. What is paid after that is cost of running what was built; it belongs to the business case,
    /// and in the budget it makes the project look as if it never ends.
    ///
    /// **What to do.** End the `window:` of the line with the project, and write the cost of running into `business-case.yaml`.
    ///
    /// ```yaml
    /// lines:
    ///   - {name: Licences, amount: 14_400 EUR, category: licences, window: 2027-01-01 .. 2027-08-31}
    /// ```
    pub static LINE_AFTER_FINISH: Rule =
        ("W666", "line-after-finish", Warning, "0.1.0", "a budget line goes on after the planned finish");
}

/// Holds the last day of each budget line of the reference against the planned finish.
pub(super) fn look(report: &ProjectReport, found: &mut Diagnostics) {
    let reference = &report.control.reference;
    let by_finish = report.control.curve.days.iter().rev().find(|point| point.date <= reference.finish);
    let planned = by_finish.map_or(Amount::ZERO, |point| point.planned);
    let money = |amount| format::money_with_currency(amount, report.project.currency);
    // What is paid by the month is paid to the end of the last one.
    let end = reference.finish.last_of_month();
    for line in reference.lines.iter().filter(|line| line.finish > end) {
        found.push(
            Diagnostic::new(
                &LINE_AFTER_FINISH,
                line.origin,
                format!(
                    "“{}” goes on to {}, but the project is planned to finish on {}: planned value is {} of {} then",
                    line.name,
                    format::iso(line.finish),
                    format::iso(reference.finish),
                    money(planned),
                    money(reference.budget)
                ),
            )
            .hint("end its `window:` with the project, and write what running costs into `business-case.yaml`"),
        );
    }
}
