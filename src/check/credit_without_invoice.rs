//! Money taken back that was never booked.

use std::collections::BTreeMap;

use crate::declare_rule;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::format;
use crate::model::{CostEntry, EntryType, SettlementKey};
use crate::quantity::Amount;
use crate::report::ProjectReport;

declare_rule! {
    /// A row below zero takes back more than was booked before it under its number; without a number, under its task and
    /// category. An `actual` row takes back invoices and receipts, an `accrual` row receipts, a `commitment` row orders.
    ///
    /// **Why it matters.** A credit note without its invoice makes the project look cheaper than it is, and a receipt or an order that
    /// was never booked cannot be taken back: the row then changes nothing, while its author believes it did.
    ///
    /// **What to do.** Write the number of the invoice or order that it belongs to as `reference`, and the number of the credit
    /// note itself into `note`; or book what is missing. Wrong:
    ///
    /// ```csv
    /// date,type,category,task,amount,reference
    /// 2026-10-14,actual,hardware,order-hw,1_680 EUR,INV-0912
    /// 2026-10-28,actual,hardware,order-hw,-1_680 EUR,CN-0034
    /// ```
    pub static CREDIT_WITHOUT_INVOICE: Rule =
        ("W517", "credit-without-invoice", Warning, "0.1.0", "a row takes back money that was never booked");
}

/// Looks at rows up to the status date, in the order of their days; on one day what is booked comes before what is taken back.
pub(super) fn look(report: &ProjectReport, found: &mut Diagnostics) {
    let currency = report.project.currency;
    let mut rows: Vec<&CostEntry> =
        report.project.costs.iter().filter(|entry| entry.date <= report.status_date).collect();
    rows.sort_by_key(|entry| (entry.date, entry.amount < Amount::ZERO));
    let mut booked: BTreeMap<(EntryType, SettlementKey), Amount> = BTreeMap::new();
    for entry in rows {
        let place = (entry.entry_type, entry.settles_with());
        if entry.amount < Amount::ZERO {
            let Some((takes_from, noun)) = taken_from(entry.entry_type) else { continue };
            let held: Amount = takes_from
                .iter()
                .map(|kind| {
                    booked.get(&(*kind, entry.settles_with())).copied().unwrap_or_default().max(Amount::ZERO)
                })
                .sum();
            let back = Amount::ZERO - entry.amount;
            if back > held {
                found.push(finding(
                    entry,
                    noun,
                    [back, held].map(|sum| format::money_with_currency(sum, currency)),
                ));
            }
        }
        *booked.entry(place).or_default() += entry.amount;
    }
}

/// What rows of a type take back, with its name in sentences; none for types that may well be below zero.
fn taken_from(kind: EntryType) -> Option<(&'static [EntryType], &'static str)> {
    match kind {
        EntryType::Actual => Some((&[EntryType::Actual, EntryType::Accrual], "invoice or receipt")),
        EntryType::Accrual => Some((&[EntryType::Accrual], "receipt")),
        EntryType::Commitment => Some((&[EntryType::Commitment], "order")),
        EntryType::Budget | EntryType::Change | EntryType::Forecast => None,
    }
}

fn finding(entry: &CostEntry, noun: &str, [back, held]: [String; 2]) -> Diagnostic {
    let of = match entry.reference.as_deref() {
        Some(number) => format!("under `{number}`"),
        None => "without a number for its task and category".to_owned(),
    };
    Diagnostic::new(
        &CREDIT_WITHOUT_INVOICE,
        entry.origin,
        format!("{back} are taken back, where {held} of {noun} are booked {of}"),
    )
    .hint(format!("write the number of the {noun} that it takes back as `reference`, its own into `note`"))
}
