//! More taken from a reserve than there was.

use crate::declare_rule;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::format;
use crate::model::ReserveKind;
use crate::quantity::Amount;
use crate::report::ProjectReport;

declare_rule! {
    /// Approved changes and decisions have taken more from the contingency or the management reserve than `budget.yaml` grants.
    /// The finding stands at the draw that went beyond it.
    ///
    /// **Why it matters.** The money is promised and does not exist. What was meant to cover the risks that are still open is gone
    /// too.
    ///
    /// **What to do.** Have the sponsor raise the reserve, pay the change from elsewhere, or take it back. Wrong:
    ///
    /// ```yaml
    /// contingency: 4_000 EUR     # and two approved changes of 3_000 EUR with `pay_from: contingency`
    /// ```
    pub static OVERDRAWN_RESERVE: Rule =
        ("W514", "overdrawn-reserve", Warning, "0.1.0", "more is taken from a reserve than was granted");
}

/// Follows each reserve draw by draw.
pub(super) fn look(report: &ProjectReport, found: &mut Diagnostics) {
    let (budget, currency) = (&report.project.budget, report.project.currency);
    for kind in ReserveKind::ALL.into_iter().filter(|kind| !budget.unread_reserves.contains(kind)) {
        let (granted, origin) = budget.reserve(kind);
        let mut left = granted;
        for draw in report.control.spending.draws.iter().filter(|draw| draw.from == kind) {
            let before = left;
            left -= draw.amount;
            if left >= Amount::ZERO || before < Amount::ZERO {
                continue;
            }
            let finding = Diagnostic::new(
                &OVERDRAWN_RESERVE,
                draw.origin,
                format!(
                    "`{}` takes {} from the {}, which had {} left",
                    draw.by.id(),
                    format::money_with_currency(draw.amount, currency),
                    kind.word(),
                    format::money_with_currency(before, currency)
                ),
            )
            .hint("have the sponsor raise the reserve, or pay from elsewhere");
            found.push(match origin {
                Some(origin) => finding.also(origin, "granted here"),
                None => finding,
            });
        }
    }
}
