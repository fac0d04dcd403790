//! What exchange rates made of cost: by how much cost in other currencies is dearer than at the rates by which it was planned.

use jiff::civil::Date;

use crate::model::{CostEntry, EntryType, Project, TaskNo};
use crate::quantity::Amount;

/// What cost of a task in other currencies, or of no task, came to by a day beyond what it was at the rates of the plan: those are the oldest
/// of each currency. Below zero where the other currencies fell; a receipt counts until its invoice is there.
///
/// 24 000 USD paid at 0.95, planned at 0.90: 1 200.
#[must_use]
pub fn exchange_loss(project: &Project, task: Option<TaskNo>, day: Date) -> Amount {
    let known = || {
        let rows = project.costs.iter();
        rows.filter(|entry| entry.task == task && entry.date <= day && entry.entry_type.is_cost())
    };
    let is_invoiced = |receipt: &CostEntry| {
        receipt.reference.is_some()
            && known()
                .any(|entry| entry.entry_type == EntryType::Actual && entry.reference == receipt.reference)
    };
    let counted = known().filter(|entry| entry.entry_type == EntryType::Actual || !is_invoiced(entry));
    let losses = counted.filter_map(|entry| {
        let original = entry.converted?.original;
        let rates = project.rates.iter().filter(|rate| rate.currency == original.currency);
        let planned = rates.min_by_key(|rate| rate.date)?;
        Some(entry.amount - planned.rate.convert(original, project.currency)?)
    });
    losses.sum()
}
