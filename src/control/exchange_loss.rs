//! What exchange rates made of cost: by how much cost in another currency is dearer than at the rate by which it was planned.

use crate::model::{CostEntry, Project};
use crate::quantity::Amount;

/// By how much what counts of an entry in another currency is dearer than at the rate of the plan, which is the oldest of its currency.
/// Below zero where the currency fell; nothing for an entry in the project's own.
///
/// 24 000 USD paid at 0.95 and planned at 0.90: 1 200. Of a receipt of 20 000 USD of which 5 000 are invoiced, 15 000 count.
pub(super) fn exchange_loss(project: &Project, entry: &CostEntry, counted: Amount) -> Amount {
    let planned = entry.rates_of(project).min_by_key(|rate| rate.date);
    let cheaper = planned.and_then(|planned| entry.dearer_at(planned, counted, project));
    Amount::ZERO - cheaper.unwrap_or_default()
}
