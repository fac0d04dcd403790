//! Money taken from a reserve, or moved in the budget, without anybody's decision.

use crate::control::{DrawSource, LedgerEffect, LedgerSource};
use crate::declare_rule;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::format;
use crate::report::ProjectReport;

declare_rule! {
    /// Contingency or management reserve is drawn on, and the change or decision does not say who decided or when; or a
    /// `change` row of `costs.csv` moves the budget and its `reference` names no change that was approved and no decision that
    /// was taken.
    ///
    /// **Why it matters.** A reserve is held in trust. Each use needs an id, a day, a sum and somebody who answers for it, or the
    /// reserve is simply more budget.
    ///
    /// **What to do.** Write `decided_by` and `decided`, or the id of the change into the row:
    ///
    /// ```yaml
    /// C1:
    ///   change: Fibre converters in two branches
    ///   impact: {cost: 760 EUR}
    ///   pay_from: contingency
    ///   status: approved
    ///   decided: 2026-11-23
    ///   decided_by: anna
    /// ```
    pub static DRAW_WITHOUT_DECISION: Rule = (
        "W510",
        "draw-without-decision",
        Warning,
        "0.1.0",
        "money is taken from a reserve or moved without a decision"
    );
}

/// Looks at draws and at rows that move the budget.
pub(super) fn look(report: &ProjectReport, found: &mut Diagnostics) {
    let currency = report.project.currency;
    for draw in &report.control.spending.draws {
        let lacks = match (draw.date, draw.decided_by) {
            (None, None) => "and says neither who decided nor when",
            (None, Some(_)) => "and does not say when that was decided",
            (Some(_), None) => "and does not say who decided",
            (Some(_), Some(_)) => continue,
        };
        let kind = match draw.by {
            DrawSource::Change(_) => "change",
            DrawSource::Decision(_) => "decision",
        };
        found.push(
            Diagnostic::new(
                &DRAW_WITHOUT_DECISION,
                draw.origin,
                format!(
                    "{kind} `{}` takes {} from the {} {lacks}",
                    draw.by.id(),
                    format::money_with_currency(draw.amount, currency),
                    draw.from.word()
                ),
            )
            .hint("write `decided_by` and `decided`"),
        );
    }
    for row in &report.control.ledger.rows {
        let (LedgerEffect::Moved, LedgerSource::Entry(place)) = (row.effect, row.source) else { continue };
        let Some(entry) = report.project.costs.get(place) else { continue };
        let reference = entry.reference.as_deref();
        if reference.is_some_and(|id| is_decided(report, id)) {
            continue;
        }
        let named = match reference {
            Some(id) => format!("`{id}`, which is no approved change and no decision taken"),
            None => "no change and no decision".to_owned(),
        };
        found.push(
            Diagnostic::new(
                &DRAW_WITHOUT_DECISION,
                entry.origin,
                format!(
                    "this row moves the budget of `{}` by {} and names {named}",
                    entry.category,
                    format::money_with_currency(entry.amount, currency)
                ),
            )
            .hint("write the id of the change or decision into `reference`"),
        );
    }
}

fn is_decided(report: &ProjectReport, id: &str) -> bool {
    let (registers, day) = (&report.project.registers, report.status_date);
    registers.changes.iter().any(|change| change.id.as_str() == id && change.is_approved(day))
        || registers.decisions.iter().any(|decision| decision.id.as_str() == id && decision.is_taken(day))
}
