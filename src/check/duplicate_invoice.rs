//! The same invoice booked twice.

use crate::control::{rows_by_number, shared_currency, typed_in};
use crate::declare_rule;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::model::{CostEntry, EntryType};
use crate::quantity::Currency;
use crate::report::ProjectReport;

declare_rule! {
    /// Two `actual` rows carry the same number and look like one invoice that was booked twice. For the number of an invoice that
    /// is so on different days, or on the same task and category; for the number of an order, which may have several invoices,
    /// where task, category and amount are the same too and more is invoiced than was ordered or received: equal payments of an order that
    /// is not exceeded are its instalments. Rows that are alike in every cell are told by `repeated-row`.
    ///
    /// **Why it matters.** The money was paid once and counts twice: cost, forecast and reserves are wrong by a whole invoice.
    ///
    /// **What to do.** Take one of them back with a row of the negative amount, or give each its own number. Wrong:
    ///
    /// ```csv
    /// date,type,category,task,amount,reference
    /// 2026-10-14,actual,hardware,order-hw,1_680 EUR,INV-0912
    /// 2026-10-28,actual,hardware,order-hw,1_680 EUR,INV-0912
    /// ```
    pub static DUPLICATE_INVOICE: Rule =
        ("W508", "duplicate-invoice", Warning, "0.1.0", "an invoice number is booked twice");
}

/// Looks at invoices up to the status date; what has been taken back in full is settled.
pub(super) fn look(report: &ProjectReport, found: &mut Diagnostics) {
    for (number, entries) in rows_by_number(&report.project, report.status_date) {
        // An order paid in full is not exceeded because the rate has moved.
        let shared = shared_currency(entries.iter().copied());
        let is_order = entries.iter().any(|entry| entry.entry_type != EntryType::Actual);
        let actual = || entries.iter().filter(|entry| entry.entry_type == EntryType::Actual);
        let mut taken_back: Vec<_> =
            actual().filter(|entry| entry.amount.0 < 0).map(|entry| -entry.amount).collect();
        let mut seen: Vec<&CostEntry> = Vec::new();
        let ordered = ordered(&entries, shared);
        let mut invoiced: i64 = actual().map(|entry| typed_in(entry, shared).0).filter(|sum| *sum < 0).sum();
        for entry in actual().filter(|entry| entry.amount.0 > 0) {
            invoiced = invoiced.saturating_add(typed_in(entry, shared).0);
            if is_order && invoiced <= ordered {
                seen.push(entry);
                continue;
            }
            let Some(first) = seen.iter().find(|first| is_twice(first, entry, is_order)) else {
                seen.push(entry);
                continue;
            };
            if let Some(place) = taken_back.iter().position(|amount| *amount == entry.amount) {
                taken_back.remove(place);
                continue;
            }
            found.push(
                Diagnostic::new(
                    &DUPLICATE_INVOICE,
                    entry.origin,
                    format!("`{number}` is booked a second time"),
                )
                .also(first.origin, "first here")
                .hint("take one back with a row of the negative amount, or give each its own number"),
            );
        }
    }
}

/// What was ordered under a number, or received where that is more.
fn ordered(entries: &[&CostEntry], shared: Option<Currency>) -> i64 {
    let of = |wanted: EntryType| -> i64 {
        let own = entries.iter().filter(|entry| entry.entry_type == wanted);
        own.map(|entry| typed_in(entry, shared).0).sum()
    };
    of(EntryType::Commitment).max(of(EntryType::Accrual))
}

fn is_twice(first: &CostEntry, second: &CostEntry, is_order: bool) -> bool {
    let is_same_place = (first.task, &first.category) == (second.task, &second.category);
    let is_same_day = first.date == second.date;
    if is_same_day && is_same_place && (first.amount, &first.note) == (second.amount, &second.note) {
        return false;
    }
    if is_order { is_same_place && first.amount == second.amount } else { is_same_place || !is_same_day }
}
