//! One delivery under two numbers: received under one and invoiced under another, or ordered under a third.

use std::collections::BTreeSet;

use crate::control::{LedgerEffect, LedgerSource};
use crate::declare_rule;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::format;
use crate::model::{CostEntry, EntryType};
use crate::quantity::{Amount, days_between};
use crate::report::ProjectReport;

declare_rule! {
    /// A receipt without its invoice stands beside an invoice of the same amount, category and task under another number, or without
    /// one, within sixty days; or an order that nothing was received of stands beside a receipt or invoice of the same amount that
    /// came after it and has no order of its own. Numbers are what rows are settled by: under two numbers the same delivery
    /// counts twice.
    ///
    /// **Why it matters.** The receipt stays open beside its invoice, or the order beside what it brought: money is counted as spent
    /// twice, or as still to come although it has come.
    ///
    /// **What to do.** Write the number of the order as `reference` in all rows of a delivery, and the numbers of receipt and invoice
    /// into `note`. Where they truly are two deliveries, waive the finding. Wrong:
    ///
    /// ```csv
    /// date,type,category,task,amount,reference
    /// 2026-11-06,accrual,hardware,order-hw,41_300 EUR,GR-1
    /// 2026-11-13,actual,hardware,order-hw,41_300 EUR,INV-0988
    /// ```
    pub static DELIVERY_COUNTED_TWICE: Rule =
        ("W520", "delivery-counted-twice", Warning, "0.1.0", "one delivery stands under two numbers and counts twice");
}

/// How many days a receipt and its invoice lie apart at most: two months, the longest usual term of payment.
const DAYS: i64 = 60;

/// Looks at receipts, then at orders, that are still open on the status date; a row is told as the other half of one of them only.
pub(super) fn look(report: &ProjectReport, found: &mut Diagnostics) {
    let rows = Rows::of(report);
    let mut invoices: Vec<&CostEntry> =
        rows.of_type(EntryType::Actual).filter(|entry| !rows.has(EntryType::Accrual, entry)).collect();
    for (receipt, open) in open_rows(report, EntryType::Accrual) {
        let is_its_own = |invoice: &&&CostEntry| {
            let both_ordered =
                rows.has(EntryType::Commitment, receipt) && rows.has(EntryType::Commitment, invoice);
            !both_ordered
                && is_alike(receipt, invoice, open)
                && days_between(receipt.date, invoice.date).abs() <= DAYS
        };
        if let Some(place) = invoices.iter().position(|invoice| is_its_own(&invoice)) {
            push(report, (receipt, invoices.remove(place)), found);
        }
    }
    let mut deliveries: Vec<&CostEntry> = [EntryType::Accrual, EntryType::Actual]
        .into_iter()
        .flat_map(|kind| rows.of_type(kind))
        .filter(|entry| !rows.has(EntryType::Commitment, entry))
        .collect();
    for (order, open) in
        open_rows(report, EntryType::Commitment).filter(|(order, open)| order.amount == *open)
    {
        let is_its_own =
            |entry: &&CostEntry| is_alike(order, entry, open) && days_between(order.date, entry.date) >= 0;
        if let Some(place) = deliveries.iter().position(is_its_own) {
            push(report, (order, deliveries.remove(place)), found);
        }
    }
}

/// The rows up to the status date that add to their sum.
struct Rows<'a> {
    entries: Vec<&'a CostEntry>,
    /// The numbers that rows of each type carry.
    numbers: BTreeSet<(EntryType, &'a str)>,
}

impl<'a> Rows<'a> {
    fn of(report: &'a ProjectReport) -> Self {
        let counts = |entry: &&CostEntry| entry.date <= report.status_date && entry.amount > Amount::ZERO;
        let entries: Vec<&CostEntry> = report.project.costs.iter().filter(counts).collect();
        let numbered =
            entries.iter().filter_map(|entry| Some((entry.entry_type, entry.reference.as_deref()?)));
        Self { numbers: numbered.collect(), entries }
    }

    fn of_type(&self, kind: EntryType) -> impl Iterator<Item = &'a CostEntry> {
        self.entries.iter().copied().filter(move |entry| entry.entry_type == kind)
    }

    /// Says whether a row of a type carries the same number.
    fn has(&self, kind: EntryType, entry: &CostEntry) -> bool {
        entry.reference.as_deref().is_some_and(|number| self.numbers.contains(&(kind, number)))
    }
}

/// Receipts or orders that are open on the status date, with what is open of each.
fn open_rows(report: &ProjectReport, kind: EntryType) -> impl Iterator<Item = (&CostEntry, Amount)> {
    report.control.ledger.rows.iter().filter_map(move |row| {
        let (
            LedgerSource::Entry(place),
            LedgerEffect::Received { open } | LedgerEffect::Ordered { open, .. },
        ) = (row.source, row.effect)
        else {
            return None;
        };
        let entry = report.project.costs.get(place)?;
        (entry.entry_type == kind && open > Amount::ZERO).then_some((entry, open))
    })
}

/// Says whether two rows look like one delivery: under different numbers, of one category, of one task where both name one, and
/// of one amount, as typed or in the project's currency.
fn is_alike(open: &CostEntry, other: &CostEntry, sum: Amount) -> bool {
    let is_one_number = open.reference.is_some() && open.reference == other.reference;
    let is_one_task = open.task.is_none() || other.task.is_none() || open.task == other.task;
    let typed = |entry: &CostEntry| entry.converted.map(|conversion| conversion.original);
    let is_one_amount = other.amount == sum || (typed(open).is_some() && typed(open) == typed(other));
    !is_one_number && is_one_task && is_one_amount && open.category == other.category
}

fn push(report: &ProjectReport, (open, other): (&CostEntry, &CostEntry), found: &mut Diagnostics) {
    let number = |entry: &CostEntry, noun: &str| match entry.reference.as_deref() {
        Some(number) => format!("the {noun} `{number}`"),
        None => format!("a {noun} without a number"),
    };
    let noun = |entry: &CostEntry| match entry.entry_type {
        EntryType::Accrual => "receipt",
        EntryType::Commitment => "order",
        _ => "invoice",
    };
    found.push(
        Diagnostic::new(
            &DELIVERY_COUNTED_TWICE,
            other.origin,
            format!(
                "{} of {} looks like the same delivery as {}, which is still open: it counts twice",
                number(other, noun(other)),
                format::money_with_currency(other.amount, report.project.currency),
                number(open, noun(open)),
            ),
        )
        .also(open.origin, format!("this {} is still open", noun(open)))
        .hint("write the number of the order as `reference` in all rows of a delivery, other numbers into `note`"),
    );
}
