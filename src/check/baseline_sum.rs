//! A baseline whose budget is not the sum of what it promises.

use crate::declare_rule;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::format::money_with_currency;
use crate::quantity::Amount;
use crate::report::ProjectReport;

declare_rule! {
    /// The budget at completion that a baseline states is not the sum of its tasks and budget lines.
    ///
    /// **Why it matters.** Planned and earned value can only be computed from tasks and lines. Money that belongs to none of
    /// them is never earned, so it cannot be in the budget that everything is measured against.
    ///
    /// **What to do.** Put the difference on the tasks or lines that it belongs to, or correct `bac:`. Reserves are not part of
    /// it. `milepost baseline freeze` writes both so that they agree.
    ///
    /// ```yaml
    /// baseline: B1
    /// bac: 90_000 EUR            # the tasks come to 70 000 EUR, and there are no budget lines
    /// tasks:
    ///   build: {start: 2026-08-03, finish: 2026-09-30, budget: 70_000 EUR}
    /// ```
    pub static BASELINE_SUM: Rule =
        ("W615", "baseline-sum", Warning, "0.1.0", "the budget of a baseline is not the sum of its tasks and lines");
}

/// Looks at the baseline in force.
pub(super) fn look(report: &ProjectReport, found: &mut Diagnostics) {
    let project = &report.project;
    let Some(baseline) = project.baseline_as_of(report.status_date) else { return };
    let Some(stated) = baseline.budget else { return };
    let sum = report.control.reference.budget;
    if stated == sum {
        return;
    }
    let money = |amount: Amount| money_with_currency(amount, project.currency);
    let hint = format!(
        "put {} on tasks or lines, or correct `bac:`; measured is against the sum",
        money(stated - sum)
    );
    found.push(
        Diagnostic::new(
            &BASELINE_SUM,
            baseline.origin,
            format!(
                "baseline `{}` states {}, but its tasks and budget lines come to {}",
                baseline.id,
                money(stated),
                money(sum)
            ),
        )
        .hint(hint),
    );
}
