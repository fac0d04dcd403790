//! Sums that are typed twice and differ.

use crate::control::{CategorySpending, LedgerEffect, LedgerSource};
use crate::declare_rule;
use crate::diagnostic::{Diagnostic, Diagnostics, Span};
use crate::format;
use crate::model::{CostEntry, EntryType, ReserveKind};
use crate::quantity::Amount;
use crate::report::ProjectReport;

declare_rule! {
    /// Two totals that must be equal are not. Three are held against each other:
    ///
    /// - what `budget` rows of `costs.csv` grant for a category, and the budget of that category: tasks and budget lines of the
    ///   baseline, or of the plan where there is none;
    /// - what `change` rows move with the id of a change as `reference`, and what that change costs: its `impact.cost` where a
    ///   reserve pays, nothing in sum where the budget pays;
    /// - what `change` rows move with the id of a decision as `reference`, and what that decision draws.
    ///
    /// **Why it matters.** The budget of the ledger and the budget of the plan are the same money. Where they differ, every
    /// figure that follows from either is doubted.
    ///
    /// **What to do.** Correct the one that is wrong; rows of the ledger by a further row. Wrong:
    ///
    /// ```csv
    /// date,type,category,task,amount,reference
    /// 2026-11-13,change,hardware,staging,670 EUR,C1
    /// ```
    ///
    /// where C1 has `impact: {cost: 760 EUR}` and `pay_from: contingency`.
    pub static TOTALS_DO_NOT_RECONCILE: Rule =
        ("E509", "totals-do-not-reconcile", Error, "0.1.0", "two totals that must be equal differ");
}

/// Holds the totals against each other.
pub(super) fn look(report: &ProjectReport, found: &mut Diagnostics) {
    for category in &report.control.spending.categories {
        grants(report, category, found);
    }
    let registers = &report.project.registers;
    for change in registers.changes.iter().filter(|change| change.is_approved(report.status_date)) {
        let (Some(cost), Some(from)) = (change.cost, change.pay_from.as_deref()) else { continue };
        let (due, why) = match ReserveKind::from_key(from) {
            Some(kind) => (cost, format!("costs, paid from the {}", kind.word())),
            None => (Amount::ZERO, "may move, as the budget pays".to_owned()),
        };
        moves(report, (change.id.as_str(), change.origin), (due, &why), found);
    }
    for decision in registers.decisions.iter().filter(|entry| entry.is_taken(report.status_date)) {
        let drawn: Amount = decision.draws.iter().map(|draw| draw.amount).sum();
        moves(report, (decision.id.as_str(), decision.origin), (drawn, "draws"), found);
    }
}

/// Rows of a type up to the status date.
fn rows(report: &ProjectReport, effect: LedgerEffect) -> impl Iterator<Item = &CostEntry> {
    let rows = report.control.ledger.rows.iter().filter(move |row| row.effect == effect);
    rows.filter_map(|row| match row.source {
        LedgerSource::Entry(place) => report.project.costs.get(place),
        LedgerSource::Hours(_) => None,
    })
}

/// What was granted for a category against what its plan comes to.
fn grants(report: &ProjectReport, category: &CategorySpending, found: &mut Diagnostics) {
    let Some(granted) = category.granted.filter(|granted| *granted != category.budget) else { return };
    let of_category = || rows(report, LedgerEffect::Granted).filter(|entry| entry.category == category.name);
    let Some(last) = of_category().last() else { return };
    let from = if report.control.reference.is_baseline() { "baseline" } else { "plan" };
    found.push(
        Diagnostic::new(
            &TOTALS_DO_NOT_RECONCILE,
            last.origin,
            format!(
                "{} of type `budget` grant {} for `{}`, the {from} comes to {}",
                format::count(of_category().count(), "row").replace('\u{a0}', " "),
                exact(report, granted),
                category.name,
                exact(report, category.budget)
            ),
        )
        .hint("correct the grant by a further row, or the costs and assignments of the plan"),
    );
}

/// What rows move in the name of a change or decision against what it says itself.
fn moves(
    report: &ProjectReport,
    (id, origin): (&str, Span),
    (due, why): (Amount, &str),
    found: &mut Diagnostics,
) {
    let own = || rows(report, LedgerEffect::Moved).filter(|entry| entry.reference.as_deref() == Some(id));
    debug_assert!(own().all(|entry| entry.entry_type == EntryType::Change), "only such rows move the budget");
    let moved: Amount = own().map(|entry| entry.amount).sum();
    let Some(last) = own().last().filter(|_| moved != due) else { return };
    found.push(
        Diagnostic::new(
            &TOTALS_DO_NOT_RECONCILE,
            last.origin,
            format!(
                "{} of type `change` move {} for `{id}`; {} is what it {why}",
                format::count(own().count(), "row").replace('\u{a0}', " "),
                exact(report, moved),
                exact(report, due)
            ),
        )
        .also(origin, format!("`{id}` stands here"))
        .hint("correct the rows by a further row, or what the entry says"),
    );
}

/// Money to the minor unit: a difference may be one of cents.
fn exact(report: &ProjectReport, amount: Amount) -> String {
    let currency = report.project.currency;
    format!("{} {currency}", format::money_exact(amount, currency))
}
