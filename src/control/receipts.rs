//! Which receipts wait for their invoice.
//!
//! Comes in: receipts, invoices and orders. Goes out: what is open of each receipt. An invoice takes off receipts of its number that
//! came before it, not one that comes later: after the first half is invoiced, the second half may be received. Not here: what an
//! order still has to bring.

use std::collections::BTreeMap;

use super::settlement::{Open, draw, own_key};
use crate::model::{CostEntry, SettlementKey};
use crate::quantity::Amount;

/// What is open of receipts.
///
/// An invoice, and a receipt below zero, takes off the receipts of its day and before: first those of its own task and category, then
/// others of its number. What of an invoice is left waits for no receipt but where both together go beyond the order: that much was paid in
/// advance. A credit note over a whole invoice takes it back, and the receipts that it took off wait for another; any other takes off what
/// was paid and makes no receipt wait again.
///
/// 10 000 received, invoiced and credited: 10 000 wait for an invoice. 6 000 of them credited: 4 000 are spent, and nothing waits.
pub(super) fn open_receipts<'a>(receipts: &Open<'a>, invoices: &Open<'a>, orders: &Open<'a>) -> Open<'a> {
    let mut open: Open = receipts.iter().filter(|(_, amount)| *amount > Amount::ZERO).copied().collect();
    let mut groups: BTreeMap<SettlementKey, Vec<usize>> = BTreeMap::new();
    for (place, (entry, _)) in open.iter().enumerate() {
        groups.entry(entry.settles_with()).or_default().push(place);
    }
    let standing = standing(invoices);
    let paid = standing.iter().filter(|(entry, _)| entry.reference.is_some()).copied();
    let taken_back = receipts.iter().map(|(entry, amount)| (*entry, Amount::ZERO - *amount));
    let takes_off = |(entry, amount): &(&CostEntry, Amount)| {
        *amount > Amount::ZERO && groups.contains_key(&entry.settles_with())
    };
    let mut takers: Open = paid.filter(takes_off).collect();
    let n_invoices = takers.len();
    takers.extend(taken_back.filter(takes_off));
    let mut in_time: Vec<usize> = (0..takers.len()).collect();
    in_time.sort_by_key(|taker| takers[*taker].0.date);
    for is_own in [true, false] {
        for taker in &in_time {
            let (entry, rest) = &mut takers[*taker];
            for place in groups.get(&entry.settles_with()).into_iter().flatten() {
                let (receipt, left) = &mut open[*place];
                let is_its = !is_own || own_key(receipt) == own_key(entry);
                if is_its && receipt.date <= entry.date {
                    draw(rest, left);
                }
            }
        }
    }
    takers.truncate(n_invoices);
    take_off_advances(&mut open, &groups, takers, (invoices, orders));
    open.retain(|(_, left)| *left > Amount::ZERO);
    open
}

/// Takes off receipts what was paid for them in advance: what invoices and open receipts of an order come to beyond it.
fn take_off_advances<'a>(
    open: &mut Open<'a>,
    groups: &BTreeMap<SettlementKey<'a>, Vec<usize>>,
    paid: Open<'a>,
    (invoices, orders): (&Open<'a>, &Open<'a>),
) {
    let sums = |entries: &Open<'a>| {
        let mut sums: BTreeMap<SettlementKey, Amount> = BTreeMap::new();
        for (entry, amount) in entries.iter().filter(|(entry, _)| entry.reference.is_some()) {
            *sums.entry(entry.settles_with()).or_default() += *amount;
        }
        sums
    };
    let (ordered, came, waiting) = (sums(orders), sums(invoices), sums(open));
    let mut beyond: BTreeMap<SettlementKey, Amount> = ordered
        .into_iter()
        .map(|(number, ordered)| {
            let of = |sums: &BTreeMap<SettlementKey, Amount>| sums.get(&number).copied().unwrap_or_default();
            (number, of(&came) + of(&waiting) - ordered)
        })
        .collect();
    for (entry, mut rest) in paid {
        let Some(beyond) = beyond.get_mut(&entry.settles_with()) else { continue };
        for place in groups.get(&entry.settles_with()).into_iter().flatten() {
            let mut advance = rest.min(*beyond);
            let before = advance;
            draw(&mut advance, &mut open[*place].1);
            rest -= before - advance;
            *beyond -= before - advance;
        }
    }
}

/// Invoices and credit notes as an order sees them: a credit note over a whole invoice takes it back, and what it was for is still to
/// come, as far as it was not received. Any other lowers the price of what was bought: nothing more is to come for it.
///
/// 40 000 ordered and invoiced, 2 000 credited: nothing is to come. 40 000 credited: 40 000 are to come.
pub(super) fn invoiced_of_orders<'a>(
    invoices: Open<'a>,
    receipts: &Open<'a>,
    open_receipts: &Open<'a>,
) -> Open<'a> {
    let mut without_receipt: BTreeMap<SettlementKey, Amount> = BTreeMap::new();
    for (entry, amount) in invoices.iter().filter(|(_, amount)| *amount > Amount::ZERO).chain(open_receipts) {
        *without_receipt.entry(entry.settles_with()).or_default() += *amount;
    }
    for (entry, amount) in receipts {
        *without_receipt.entry(entry.settles_with()).or_default() -= *amount;
    }
    let mut standing: BTreeMap<SettlementKey, Open> = BTreeMap::new();
    for (entry, amount) in invoices.iter().filter(|(_, amount)| *amount > Amount::ZERO) {
        standing.entry(entry.settles_with()).or_default().push((*entry, *amount));
    }
    let as_seen = |(entry, amount): (&'a CostEntry, Amount)| {
        if amount >= Amount::ZERO {
            return (entry, amount);
        }
        let mut back = Amount::ZERO - amount;
        let before = back;
        let takes_back =
            standing.get_mut(&entry.settles_with()).is_some_and(|known| is_taken_back(known, entry, back));
        match without_receipt.get_mut(&entry.settles_with()) {
            Some(left) if takes_back => draw(&mut back, left),
            _ => back = before,
        }
        (entry, back - before)
    };
    invoices.into_iter().map(as_seen).collect()
}

/// The invoices that no credit note has taken back.
fn standing<'a>(invoices: &Open<'a>) -> Open<'a> {
    let mut standing: BTreeMap<SettlementKey, Open> = BTreeMap::new();
    for (entry, amount) in invoices.iter().filter(|(_, amount)| *amount > Amount::ZERO) {
        standing.entry(entry.settles_with()).or_default().push((*entry, *amount));
    }
    for (credit, amount) in invoices.iter().filter(|(_, amount)| *amount < Amount::ZERO) {
        if let Some(known) = standing.get_mut(&credit.settles_with()) {
            is_taken_back(known, credit, Amount::ZERO - *amount);
        }
    }
    let left: Vec<(&CostEntry, Amount)> = standing.into_values().flatten().collect();
    let is_left = |(entry, _): &&(&CostEntry, Amount)| left.iter().any(|(one, _)| std::ptr::eq(*one, *entry));
    invoices.iter().filter(is_left).copied().collect()
}

/// Whether a credit note is over one whole invoice of its number, or over all of them; those are then gone.
fn is_taken_back(standing: &mut Open, credit: &CostEntry, amount: Amount) -> bool {
    let is_before = |invoice: &CostEntry| invoice.date <= credit.date;
    if let Some(place) = standing.iter().position(|(invoice, sum)| *sum == amount && is_before(invoice)) {
        standing.remove(place);
        return true;
    }
    let before = standing.iter().filter(|(invoice, _)| is_before(invoice));
    let is_all = before.map(|(_, sum)| *sum).sum::<Amount>() == amount;
    if is_all {
        standing.retain(|(invoice, _)| !is_before(invoice));
    }
    is_all
}
