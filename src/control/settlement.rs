//! What is open of receipts and orders: later entries of a number are taken off earlier ones.
//!
//! Comes in: lines of `costs.csv`. Goes out: receipts not yet invoiced and orders not yet received, each with what is open of it.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::receipts::{invoiced_of_orders, open_receipts};
use crate::model::{CostEntry, EntryType, Project, SettlementKey, TaskNo};
use crate::quantity::{Amount, Currency, Fraction};

/// Entries with what is open of them.
pub(super) type Open<'a> = Vec<(&'a CostEntry, Amount)>;

/// Settles receipts by invoices, and orders by what was received or invoiced.
///
/// Where all entries of a number are in one other currency, they are settled in it: what is open is that part of the order at the rate of
/// the order. 20 000 USD ordered at 0.92 and invoiced in full at 0.90 leave nothing; with 15 000 USD invoiced, whatever at, 5 000 USD are
/// open, 4 600 EUR. Where a number mixes currencies, all of it counts as taken over into the project's.
pub(super) fn settled<'a>(entries: &[&'a CostEntry]) -> (Open<'a>, Open<'a>) {
    let units = Units::of(entries);
    let of_type = |wanted: EntryType| -> Open<'a> {
        let wanted = entries.iter().filter(|entry| entry.entry_type == wanted);
        wanted.map(|entry| (*entry, units.sum_of(entry))).collect()
    };
    let (actuals, receipts) = (of_type(EntryType::Actual), of_type(EntryType::Accrual));
    let ordered = of_type(EntryType::Commitment);
    let accruals = open_receipts(&receipts, &actuals, &ordered);
    let invoiced = invoiced_of_orders(actuals, &receipts, &accruals);
    let received: Open = invoiced.into_iter().chain(accruals.iter().copied()).collect();
    let orders = settle(&ordered, &received);
    (units.worth(accruals), units.worth(orders))
}

/// The currency that the entries of each group share; none where it is the project's own, or several.
struct Units<'a>(BTreeMap<SettlementKey<'a>, Option<Currency>>);

impl<'a> Units<'a> {
    fn of(entries: &[&'a CostEntry]) -> Self {
        let mut groups: BTreeMap<SettlementKey<'a>, Vec<&CostEntry>> = BTreeMap::new();
        for entry in entries {
            groups.entry(entry.settles_with()).or_default().push(entry);
        }
        Self(groups.into_iter().map(|(key, group)| (key, shared_currency(group))).collect())
    }

    /// The sum of an entry in the currency of its group.
    fn sum_of(&self, entry: &CostEntry) -> Amount {
        typed_in(entry, self.0.get(&entry.settles_with()).copied().flatten())
    }

    /// What is open of entries, taken over into the project's currency as the entry itself was.
    fn worth(&self, open: Open<'a>) -> Open<'a> {
        let worth = |(entry, left): (&'a CostEntry, Amount)| {
            (entry, entry.amount.share(Fraction::new(left.0, self.sum_of(entry).0)))
        };
        open.into_iter().map(worth).collect()
    }
}

/// The one other currency in which all orders, receipts and invoices among some rows were typed; none where they are in the project's
/// own, or in several. What was granted or is expected settles nothing.
///
/// 20 000 USD ordered and 5 000 USD invoiced share USD, whatever a `forecast` row of the same number is in.
#[must_use]
pub fn shared_currency<'a>(entries: impl IntoIterator<Item = &'a CostEntry>) -> Option<Currency> {
    let booked = [EntryType::Commitment, EntryType::Accrual, EntryType::Actual];
    let rows = entries.into_iter().filter(|entry| booked.contains(&entry.entry_type));
    let mut currencies = rows.map(|entry| entry.converted.map(|conversion| conversion.original.currency));
    let first = currencies.next()??;
    currencies.all(|other| other == Some(first)).then_some(first)
}

/// The amount of a row as typed, where that was in the currency; else as taken over into the project's.
#[must_use]
pub fn typed_in(entry: &CostEntry, shared: Option<Currency>) -> Amount {
    let typed = entry.converted.filter(|conversion| Some(conversion.original.currency) == shared);
    typed.map_or(entry.amount, |conversion| conversion.original.amount)
}

/// Rows of a project's ledger up to the end of a day that carry a number, by it, in the order of the file.
#[must_use]
pub fn rows_by_number(project: &Project, day: Date) -> BTreeMap<&str, Vec<&CostEntry>> {
    let mut by_number: BTreeMap<&str, Vec<&CostEntry>> = BTreeMap::new();
    for entry in project.costs.iter().filter(|entry| entry.date <= day) {
        if let Some(number) = entry.reference.as_deref() {
            by_number.entry(number).or_default().push(entry);
        }
    }
    by_number
}

/// What an entry is settled against first of all: same number, same task, same category.
pub(super) type OwnKey<'a> = (Option<&'a str>, Option<TaskNo>, &'a str);

pub(super) fn own_key(entry: &CostEntry) -> OwnKey<'_> {
    (entry.reference.as_deref(), entry.task, &entry.category)
}

/// Takes later entries off earlier ones of the same reference and gives what stays open, entry by entry.
///
/// By reference the open sum is earlier − later, never below zero. Where one reference covers several tasks, an
/// entry is settled first by later ones of its own task and category. A negative entry takes back earlier ones;
/// entries without a reference are settled only so.
fn settle<'a>(earlier: &[(&'a CostEntry, Amount)], later: &[(&'a CostEntry, Amount)]) -> Open<'a> {
    let mut own: BTreeMap<OwnKey, Amount> = BTreeMap::new();
    for (entry, amount) in later.iter().filter(|(entry, _)| entry.reference.is_some()) {
        *own.entry(own_key(entry)).or_default() += *amount;
    }
    for (entry, amount) in earlier.iter().filter(|(_, amount)| *amount < Amount::ZERO) {
        *own.entry(own_key(entry)).or_default() -= *amount;
    }
    let mut open: Open = earlier.iter().filter(|(_, amount)| *amount > Amount::ZERO).copied().collect();
    for (entry, left) in &mut open {
        if let Some(pool) = own.get_mut(&own_key(entry)) {
            draw(pool, left);
        }
    }
    let mut shared: BTreeMap<&str, Amount> = BTreeMap::new();
    for ((reference, _, _), rest) in &own {
        if let Some(reference) = reference {
            *shared.entry(reference).or_default() += *rest;
        }
    }
    for (entry, left) in &mut open {
        if let Some(pool) = entry.reference.as_deref().and_then(|reference| shared.get_mut(reference)) {
            draw(pool, left);
        }
    }
    open.retain(|(_, left)| *left > Amount::ZERO);
    open
}

/// Draws from a sum what is left of another, as far as it goes.
pub(super) fn draw(pool: &mut Amount, left: &mut Amount) {
    let taken = (*pool).min(*left).max(Amount::ZERO);
    *pool -= taken;
    *left -= taken;
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::diagnostic::Span;
    use crate::model::Conversion;
    use crate::quantity::Money;

    fn entry(entry_type: EntryType, task: u32, amount: i64, reference: Option<&str>) -> CostEntry {
        CostEntry {
            date: date(2026, 11, 6),
            entry_type,
            category: "hardware".to_owned(),
            task: Some(TaskNo(task)),
            amount: Amount(amount),
            converted: None,
            reference: reference.map(str::to_owned),
            note: None,
            origin: Span::default(),
        }
    }

    #[track_caller]
    fn check(accruals: &[CostEntry], actuals: &[CostEntry], open: &[i64]) {
        let entries: Vec<&CostEntry> = accruals.iter().chain(actuals).collect();
        let left: Vec<i64> = settled(&entries).0.iter().map(|(_, left)| left.0).collect();
        assert_eq!(left, open);
    }

    #[test]
    fn an_invoice_replaces_the_accrual_of_its_order() {
        let (accrual, actual) = (EntryType::Accrual, EntryType::Actual);
        let po = Some("PO-1");
        check(&[entry(accrual, 1, 100, po)], &[], &[100]);
        check(&[entry(accrual, 1, 100, po)], &[entry(actual, 1, 60, po)], &[40]);
        check(&[entry(accrual, 1, 100, po)], &[entry(actual, 1, 130, po)], &[]);
        check(&[entry(accrual, 1, 100, po)], &[entry(actual, 1, 100, Some("PO-2"))], &[100]);
        check(&[entry(accrual, 1, 100, None)], &[entry(actual, 1, 100, None)], &[100]);
        check(&[entry(accrual, 1, 100, None), entry(accrual, 1, -100, None)], &[], &[]);
    }

    #[test]
    fn an_order_for_two_tasks_is_settled_on_its_own_task_first() {
        let (accrual, actual) = (EntryType::Accrual, EntryType::Actual);
        let po = Some("PO-1");
        let received = [entry(accrual, 1, 100, po), entry(accrual, 2, 100, po)];
        check(&received, &[entry(actual, 2, 100, po)], &[100]);
        check(&received, &[entry(actual, 2, 150, po)], &[50]);
        check(&received, &[entry(actual, 3, 150, po)], &[50]);
    }

    fn on(day: i8, entry_type: EntryType, amount: i64) -> CostEntry {
        CostEntry { date: date(2026, 10, day), ..entry(entry_type, 1, amount, Some("PO-1")) }
    }

    /// What was spent, what of it waits for an invoice, and what is still to come.
    #[track_caller]
    fn check_money(entries: &[CostEntry], expected: [i64; 3]) {
        let entries: Vec<&CostEntry> = entries.iter().collect();
        let (receipts, orders) = settled(&entries);
        let sum = |open: &Open| open.iter().map(|(_, left)| left.0).sum::<i64>();
        let paid: i64 = entries
            .iter()
            .filter(|entry| entry.entry_type == EntryType::Actual)
            .map(|entry| entry.amount.0)
            .sum();
        assert_eq!([paid + sum(&receipts), sum(&receipts), sum(&orders)], expected);
    }

    /// Half invoiced at once, the other half received three weeks later: both are spent, and nothing is to come.
    #[test]
    fn a_receipt_is_settled_by_the_invoice_that_follows_it_alone() {
        let (order, invoice, receipt) = (EntryType::Commitment, EntryType::Actual, EntryType::Accrual);
        let half = [on(1, order, 48), on(2, invoice, 24), on(20, receipt, 24)];
        check_money(&half, [48, 24, 0]);
        check_money(&[&half[..], &[on(25, invoice, 24)]].concat(), [48, 0, 0]);
        let parts = [on(1, receipt, 24), on(2, invoice, 24), on(20, receipt, 24)];
        check_money(&parts, [48, 24, 0]);
        // Without an order nothing says that the invoice was paid in advance.
        check_money(&half[1..], [48, 24, 0]);
        // A receipt that is taken back and comes again waits again.
        let again = [on(1, receipt, 24), on(2, invoice, 24), on(3, receipt, -24), on(4, invoice, -24)];
        check_money(&again, [0, 0, 0]);
        check_money(&[&again[..], &[on(9, receipt, 24)]].concat(), [24, 24, 0]);
    }

    /// Ordered 48 and paid in advance, all of it or half of it: what is received later is no more than was ordered.
    #[test]
    fn what_was_paid_in_advance_is_not_spent_again_when_it_comes() {
        let (order, invoice, receipt) = (EntryType::Commitment, EntryType::Actual, EntryType::Accrual);
        check_money(&[on(1, order, 48), on(2, invoice, 48), on(20, receipt, 48)], [48, 0, 0]);
        check_money(&[on(1, order, 48), on(2, invoice, 24), on(20, receipt, 48)], [48, 24, 0]);
        check_money(&[on(1, order, 48), on(2, invoice, 48), on(20, receipt, 20)], [48, 0, 0]);
    }

    /// Ordered, received and invoiced 80, 5 of them credited: 75, of which nothing waits, and nothing is to come.
    #[test]
    fn a_credit_note_lowers_what_was_spent() {
        let (order, invoice, receipt) = (EntryType::Commitment, EntryType::Actual, EntryType::Accrual);
        let (bought, credit) = (on(1, order, 80), on(9, invoice, -5));
        check_money(&[bought.clone(), on(2, receipt, 80), on(3, invoice, 80), credit.clone()], [75, 0, 0]);
        check_money(&[bought.clone(), on(2, receipt, 80), credit.clone()], [75, 80, 0]);
        check_money(&[bought.clone(), on(2, receipt, 80), credit.clone(), on(20, invoice, 80)], [75, 0, 0]);
        // An invoice that came before the goods, and is taken back: they are still to come.
        check_money(&[bought.clone(), on(3, invoice, 80), on(9, invoice, -80)], [0, 0, 80]);
        check_money(&[bought.clone(), on(3, invoice, 80), credit.clone()], [75, 0, 0]);
        // One of two invoices is taken back, or both at once; 5 off the price of the first leave the second half to come.
        let halves = [bought, on(3, invoice, 40), on(4, invoice, 40)];
        check_money(&[&halves[..], &[on(9, invoice, -40)]].concat(), [40, 0, 40]);
        check_money(&[&halves[..], &[on(9, invoice, -80)]].concat(), [0, 0, 80]);
        check_money(&[&halves[..2], &[credit]].concat(), [35, 0, 40]);
        // The invoice for what is there is taken back: it is cost as before, and waits for another. What goes back then does not.
        let (receipt_all, invoice_all) = (on(2, receipt, 80), on(3, invoice, 80));
        let taken = [on(1, order, 80), receipt_all, invoice_all, on(9, invoice, -80)];
        check_money(&taken, [80, 80, 0]);
        check_money(&[&taken[..], &[on(12, invoice, 80)]].concat(), [80, 0, 0]);
        check_money(&[&taken[..], &[on(12, receipt, -80)]].concat(), [0, 0, 80]);
        check_money(&[&taken[..3], &[on(9, invoice, -60)]].concat(), [20, 0, 0]);
        // Goods that were sent back and come again: taken back below zero, on order until they are received anew.
        let again = [on(1, order, 80), on(2, receipt, 80), on(3, receipt, -30)];
        check_money(&again, [50, 50, 30]);
        check_money(&[&again[..], &[on(9, receipt, 30)]].concat(), [80, 80, 0]);
    }

    /// 40 000 dollars ordered, half of them received, all invoiced, 2 000 credited for a day out of service: 1 900 EUR were said to come.
    #[test]
    fn a_credit_note_does_not_open_an_order_again() {
        let (order, invoice, receipt) = (EntryType::Commitment, EntryType::Actual, EntryType::Accrual);
        let bought = [
            dollars(order, 40_000, 38_000),
            dollars(receipt, 20_000, 19_000),
            dollars(invoice, 40_000, 34_000),
            dollars(invoice, -2_000, -1_700),
        ];
        check_order(&bought, &[]);
    }

    /// `amount` USD of PO-1, worth `worth` in the project's currency.
    fn dollars(entry_type: EntryType, amount: i64, worth: i64) -> CostEntry {
        let original = Money { amount: Amount(amount), currency: "USD".parse().unwrap() };
        let converted = Conversion { original, amount: Amount(worth), rate: 0, origin: Span::default() };
        CostEntry { converted: Some(converted), ..entry(entry_type, 1, worth, Some("PO-1")) }
    }

    #[track_caller]
    fn check_order(entries: &[CostEntry], open: &[i64]) {
        let entries: Vec<&CostEntry> = entries.iter().collect();
        let left: Vec<i64> = settled(&entries).1.iter().map(|(_, left)| left.0).collect();
        assert_eq!(left, open);
    }

    /// Ordered at 0.92. Invoiced at 0.90 or 0.95: what is open are dollars, each 0.92.
    #[test]
    fn an_order_in_another_currency_is_settled_in_that_currency() {
        let order = || dollars(EntryType::Commitment, 20_000, 18_400);
        check_order(&[order(), dollars(EntryType::Actual, 20_000, 18_000)], &[]);
        check_order(&[order(), dollars(EntryType::Actual, 20_000, 19_000)], &[]);
        check_order(&[order(), dollars(EntryType::Actual, 15_000, 14_250)], &[4_600]);
        check_order(&[order(), dollars(EntryType::Accrual, 15_000, 14_250)], &[4_600]);
        // The receipt is part of what was invoiced: 8 000 dollars are to come.
        let (invoice, receipt) = (EntryType::Actual, EntryType::Accrual);
        check_order(&[order(), dollars(invoice, 12_000, 10_800), dollars(receipt, 8_000, 7_600)], &[7_360]);
        // An invoice in the project's currency settles what the order is worth in it.
        check_order(&[order(), entry(EntryType::Actual, 1, 18_000, Some("PO-1"))], &[400]);
    }
}
