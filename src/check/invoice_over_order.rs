//! More received or invoiced than was ordered.

use crate::control::{rows_by_number, shared_currency, typed_in};
use crate::declare_rule;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::format;
use crate::model::{CostEntry, EntryType};
use crate::quantity::{Amount, Currency, Money};
use crate::report::ProjectReport;

declare_rule! {
    /// The invoices of an order, all those that carry its number, come to more than was ordered; or its receipts do. Orders of one
    /// number add up, and rows below zero take back. Where all rows of a number are in one other currency, they are compared in
    /// that currency: a difference of exchange is no overcharge.
    ///
    /// **Why it matters.** Nobody agreed to the part above the order, yet it counts as spent; it may be a mistake of the supplier, an
    /// invoice of something else, or work that went on without an order.
    ///
    /// **What to do.** Have the invoice corrected, book it under the number of its own order, or add a `commitment` row for what was
    /// ordered later. Wrong:
    ///
    /// ```csv
    /// date,type,category,task,amount,reference
    /// 2026-09-21,commitment,hardware,order-hw,41_300 EUR,PO-4471
    /// 2026-11-10,actual,hardware,order-hw,43_100 EUR,PO-4471
    /// ```
    pub static INVOICE_OVER_ORDER: Rule =
        ("W516", "invoice-over-order", Warning, "0.1.0", "an order is invoiced or received for more than was ordered");
}

/// Looks at orders signed by the status date.
pub(super) fn look(report: &ProjectReport, found: &mut Diagnostics) {
    let own = report.project.currency;
    for (number, entries) in rows_by_number(&report.project, report.status_date) {
        let of_type = |kind: EntryType| entries.iter().filter(move |entry| entry.entry_type == kind).copied();
        let Some(order) = of_type(EntryType::Commitment).next() else { continue };
        let currency = shared_currency(entries.iter().copied()).unwrap_or(own);
        let sum =
            |kind: EntryType| of_type(kind).map(|entry| typed_in(entry, Some(currency))).sum::<Amount>();
        let ordered = sum(EntryType::Commitment);
        // Receipts that were invoiced since are the same money: each of the two is held against the order.
        for (kind, verb) in [(EntryType::Actual, "invoiced"), (EntryType::Accrual, "received")] {
            let booked = sum(kind);
            let Some(at) = first_beyond(of_type(kind), ordered, currency) else { continue };
            if booked <= ordered {
                continue;
            }
            let words = |amount: Amount| format::money_with_currency(amount, currency);
            let foreign = ordered_in(of_type(EntryType::Commitment), currency);
            let converted =
                foreign.map(|sum| converted_words(sum, (ordered, booked), currency)).unwrap_or_default();
            let finding = Diagnostic::new(
                &INVOICE_OVER_ORDER,
                at.origin,
                format!(
                    "{} are {verb} of order `{number}` over {}{converted}, {} too much",
                    words(booked),
                    words(ordered),
                    words(booked - ordered)
                ),
            );
            let hint = match foreign {
                Some(sum) => format!(
                    "type the row in {}, as it is {verb}, where the exchange rate alone is another; else have it corrected",
                    sum.currency
                ),
                None => {
                    "have it corrected, book it under the number of its own order, or add the later order"
                        .to_owned()
                }
            };
            found.push(finding.also(order.origin, "ordered here").hint(hint));
            break;
        }
    }
}

/// What was ordered, in the one other currency in which all of it was; none where it was ordered in that which is compared, or in several.
fn ordered_in<'a>(orders: impl Iterator<Item = &'a CostEntry>, compared: Currency) -> Option<Money> {
    let sums = orders.map(original).collect::<Option<Vec<Money>>>()?;
    let currency = sums.first()?.currency;
    let is_one = currency != compared && sums.iter().all(|sum| sum.currency == currency);
    let amount: Amount = sums.iter().map(|sum| sum.amount).sum();
    (is_one && amount > Amount::ZERO).then_some(Money { amount, currency })
}

/// What an order is in the currency it was signed in, at which rate, and at which rate the rows would fit:
/// ` (24 000 USD at 0.92; at 0.95 it would fit)`.
fn converted_words(sum: Money, (ordered, booked): (Amount, Amount), own: Currency) -> String {
    let digits = f64::from(sum.currency.digits()) - f64::from(own.digits());
    let rate = |amount: Amount| amount.as_f64() / sum.amount.as_f64() * 10_f64.powf(digits);
    let words = |rate: f64| format::number(rate, 4).trim_end_matches('0').trim_end_matches('.').to_owned();
    // At a rate that is cut off it would not fit; a hair below the last digit is a sum in binary, no amount.
    let up = |rate: f64| (rate * 10_000.0 - 1e-6).ceil() / 10_000.0;
    format!(
        " ({} at {}; at {} it would fit)",
        format::money_with_currency(sum.amount, sum.currency),
        words(rate(ordered)),
        words(up(rate(booked)))
    )
}

/// The row with which the running sum goes beyond what was ordered.
fn first_beyond<'a>(
    rows: impl Iterator<Item = &'a CostEntry>,
    ordered: Amount,
    currency: Currency,
) -> Option<&'a CostEntry> {
    let mut running = Amount::ZERO;
    let mut rows = rows;
    rows.find(|entry| {
        running += typed_in(entry, Some(currency));
        running > ordered
    })
}

fn original(entry: &CostEntry) -> Option<Money> {
    entry.converted.map(|conversion| conversion.original)
}
