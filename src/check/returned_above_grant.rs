//! More given back to a reserve than was taken from it.

use crate::control::Draw;
use crate::declare_rule;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::format;
use crate::model::ReserveKind;
use crate::quantity::Amount;
use crate::report::ProjectReport;

declare_rule! {
    /// Changes and decisions have given more back to the contingency or the management reserve than had been drawn from it: it holds
    /// more than `budget.yaml` grants. The finding stands at what went beyond it. Of one day, and of draws without a day, what is taken
    /// counts before what is given back.
    ///
    /// **Why it matters.** A reserve is what the sponsor granted. Money that a draw below zero adds to it was granted by nobody, and
    /// whoever draws on it spends it.
    ///
    /// **What to do.** Give back no more than was drawn. Where the sponsor grants more, raise the reserve in `budget.yaml`. Wrong, where
    /// nothing was drawn:
    ///
    /// ```yaml
    /// draws: {from: contingency, amount: -3_000 EUR}
    /// ```
    pub static RETURNED_ABOVE_GRANT: Rule =
        ("W524", "returned-above-grant", Warning, "0.1.0", "more is given back to a reserve than was drawn from it");
}

/// Follows each reserve draw by draw.
pub(super) fn look(report: &ProjectReport, found: &mut Diagnostics) {
    let (budget, currency) = (&report.project.budget, report.project.currency);
    for kind in ReserveKind::ALL {
        let (_, origin) = budget.reserve(kind);
        let mut draws: Vec<&Draw> =
            report.control.spending.draws.iter().filter(|draw| draw.from == kind).collect();
        draws.sort_by_key(|draw| {
            let gives_back = draw.amount < Amount::ZERO;
            (draw.date.is_none() && gives_back, draw.date, gives_back)
        });
        let mut taken = Amount::ZERO;
        for draw in draws {
            let before = taken;
            taken += draw.amount;
            if taken >= Amount::ZERO || draw.amount >= Amount::ZERO {
                continue;
            }
            let message = format!(
                "`{}` gives {} back to the {}, from which {} were drawn",
                draw.by.id(),
                format::money_with_currency(-draw.amount, currency),
                kind.word(),
                format::money_with_currency(before.max(Amount::ZERO), currency)
            );
            let finding = Diagnostic::new(&RETURNED_ABOVE_GRANT, draw.origin, message).hint(
                "give back no more than was drawn, or have the sponsor raise the reserve in `budget.yaml`",
            );
            found.push(match origin {
                Some(origin) => finding.also(origin, "granted here"),
                None => finding,
            });
        }
    }
}
