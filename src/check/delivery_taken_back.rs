//! A purchase that stays earned although its delivery was taken back.

use crate::declare_rule;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::format;
use crate::model::{CostEntry, EntryType, TaskNo};
use crate::plan::State;
use crate::quantity::Amount;
use crate::report::ProjectReport;

declare_rule! {
    /// A finished purchase (a cost and nobody assigned) has earned its value, and rows below zero have taken its receipts and invoices
    /// back: what is left of them is less than half of what had come, and less than half of what is earned. What was received and waits for
    /// an invoice, or waits again since a credit note took the invoice back, is left.
    ///
    /// **Why it matters.** Cost falls, and earned value stays as it was reported. The cost index then shows a project that got something
    /// for nothing, while the goods are on their way back.
    ///
    /// **What to do.** Report the task anew in `progress.csv`, without its finish and with what is left of it, or write `rejected` at
    /// the deliverable. Where the replacement has come, book its receipt. Where the goods stay and an invoice was credited that is to
    /// come again, book what was received as `accrual`: it is cost until then. Where the price fell by so much, waive the finding. Wrong, where `order-hw` is reported as finished:
    ///
    /// ```csv
    /// date,type,category,task,amount,reference
    /// 2026-11-06,accrual,hardware,order-hw,41_300 EUR,PO-4471
    /// 2026-11-18,accrual,hardware,order-hw,-41_300 EUR,PO-4471
    /// ```
    pub static DELIVERY_TAKEN_BACK: Rule =
        ("W525", "delivery-taken-back", Warning, "0.1.0", "a purchase is earned, and its delivery was taken back");
}

/// Looks at finished purchases.
pub(super) fn look(report: &ProjectReport, found: &mut Diagnostics) {
    let currency = report.project.currency;
    for (number, task, slot) in report.tasks() {
        let Some(value) = report.control.tasks.get(number.0 as usize) else { continue };
        let (earned, left) = (value.earned_value, value.other_cost);
        let is_asked = task.is_purchase() && slot.state == State::Finished && earned > Amount::ZERO;
        if !is_asked || left + left >= earned || left + left >= received(report, number) {
            continue;
        }
        let back: Vec<&CostEntry> =
            rows(report, number).filter(|entry| entry.amount < Amount::ZERO).collect();
        let are_goods_back = back.iter().any(|entry| entry.entry_type == EntryType::Accrual);
        let (what, hint) = if are_goods_back {
            (
                "its delivery was taken back",
                "report in `progress.csv` what is left of it, or write `rejected` at its deliverable",
            )
        } else {
            (
                "its invoices were credited",
                "where the goods are there, book them as `accrual`; where they went back, report in `progress.csv` what is left",
            )
        };
        let message = format!(
            "`{}` has earned {}, but {what}: {} of receipts and invoices are left",
            task.id,
            format::money_with_currency(earned, currency),
            format::money_with_currency(left, currency)
        );
        let place = back.last().map_or(task.origin, |entry| entry.origin);
        found.push(
            Diagnostic::new(&DELIVERY_TAKEN_BACK, place, message)
                .also(task.origin, "the purchase")
                .hint(hint),
        );
    }
}

/// What had come of a purchase before anything was taken back, as receipts or as invoices: the same delivery may stand as both.
fn received(report: &ProjectReport, purchase: TaskNo) -> Amount {
    let came = |kind: EntryType| -> Amount {
        rows(report, purchase)
            .filter(|entry| entry.entry_type == kind && entry.amount > Amount::ZERO)
            .map(|entry| entry.amount)
            .sum()
    };
    came(EntryType::Accrual).max(came(EntryType::Actual))
}

/// Receipts and invoices of a purchase up to the status date, in the order of their days.
fn rows(report: &ProjectReport, purchase: TaskNo) -> impl Iterator<Item = &CostEntry> {
    report.project.costs.iter().filter(move |entry| {
        entry.task == Some(purchase) && entry.date <= report.status_date && entry.entry_type.is_cost()
    })
}
