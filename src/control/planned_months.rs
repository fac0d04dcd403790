//! What the reference plans to spend, month by month and category by category.

use std::collections::BTreeSet;

use jiff::civil::Date;

use super::actual_cost::labour_category;
use super::ledger::LedgerInput;
use super::task_budget::apportion;
use crate::quantity::Amount;

/// The planned cost of the whole project by month and category.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PlannedMonths {
    /// The categories that have money in some month: those of the budget in their order, then the others by name.
    pub categories: Vec<String>,
    /// Months from the first to the last with planned money, without gaps; empty for a project that costs nothing.
    pub months: Vec<PlannedMonth>,
}

/// The planned cost of a month.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlannedMonth {
    /// Its first day.
    pub first: Date,
    /// By category, in the order of [`PlannedMonths::categories`].
    pub by_category: Vec<Amount>,
    /// All of it: the planned value (PV) at its end less that at its beginning.
    pub total: Amount,
}

/// Divides the planned value of each month among the categories: that of a task in the proportion of what its plan costs in
/// each, that of a budget line to its own.
///
/// A task of 800 labour and 200 hardware that is to earn 500 in a month plans 400 and 100 of them.
pub(super) fn planned_months(input: &LedgerInput) -> PlannedMonths {
    let days = input.yardstick.days();
    let (Some(first), Some(last)) = (days.first(), days.last()) else { return PlannedMonths::default() };
    let categories = categories(input);
    let mut before = vec![Amount::ZERO; categories.len()];
    let mut months = Vec::new();
    let mut month = first.first_of_month();
    while month <= *last {
        let so_far = planned_by(input, &categories, month.last_of_month());
        let by_category: Vec<Amount> =
            so_far.iter().zip(&before).map(|(now, before)| *now - *before).collect();
        months.push(PlannedMonth { first: month, total: by_category.iter().copied().sum(), by_category });
        before = so_far;
        let Ok(next) = month.last_of_month().tomorrow() else { break };
        month = next;
    }
    without_empty(&PlannedMonths { categories, months })
}

/// Those of the budget in their order, then the others by name.
fn categories(input: &LedgerInput) -> Vec<String> {
    let project = input.yardstick.project;
    let mut names: Vec<String> = project.budget.categories.clone();
    let labour = [labour_category(project).to_owned()];
    let of_tasks = input.budgets.iter().flat_map(|budget| budget.other.iter().map(|(name, _)| name.clone()));
    let of_lines = input.yardstick.reference.lines.iter().map(|line| line.category.clone());
    let others: BTreeSet<String> = labour.into_iter().chain(of_tasks).chain(of_lines).collect();
    names.extend(others.into_iter().filter(|name| !project.budget.categories.contains(name)));
    names
}

/// The planned value by category at the end of a day.
fn planned_by(input: &LedgerInput, categories: &[String], day: Date) -> Vec<Amount> {
    let yardstick = input.yardstick;
    let place = |name: &str| categories.iter().position(|known| known == name);
    let labour = place(labour_category(yardstick.project));
    let mut sums = vec![Amount::ZERO; categories.len()];
    for (number, budget) in yardstick.project.task_numbers().zip(input.budgets) {
        let planned = yardstick.planned_value(number, day);
        if planned == Amount::ZERO {
            continue;
        }
        let mut weights = vec![0; categories.len()];
        if let Some(labour) = labour {
            weights[labour] += budget.labour.0.max(0);
        }
        for (name, amount) in &budget.other {
            if let Some(place) = place(name) {
                weights[place] += amount.0.max(0);
            }
        }
        // What only the baseline prices counts as labour.
        if weights.iter().all(|weight| *weight == 0)
            && let Some(labour) = labour
        {
            weights[labour] = 1;
        }
        for (sum, part) in sums.iter_mut().zip(apportion(planned.0, &weights)) {
            *sum += Amount(part);
        }
    }
    for line in &yardstick.reference.lines {
        if let Some(place) = place(&line.category) {
            sums[place] += yardstick.planned_line(line, day);
        }
    }
    sums
}

/// Leaves categories without money out, and months without money at the ends.
fn without_empty(planned: &PlannedMonths) -> PlannedMonths {
    let has_money =
        |place: &usize| planned.months.iter().any(|month| month.by_category[*place] != Amount::ZERO);
    let kept: Vec<usize> = (0..planned.categories.len()).filter(has_money).collect();
    let months = planned.months.iter().map(|month| PlannedMonth {
        by_category: kept.iter().map(|place| month.by_category[*place]).collect(),
        ..month.clone()
    });
    let mut months: Vec<PlannedMonth> = months.collect();
    let is_spent = |month: &PlannedMonth| month.by_category.iter().any(|amount| *amount != Amount::ZERO);
    let last = months.iter().rposition(is_spent).map_or(0, |place| place + 1);
    months.truncate(last);
    let first = months.iter().position(is_spent).unwrap_or(0);
    months.drain(..first);
    PlannedMonths {
        categories: kept.iter().map(|place| planned.categories[*place].clone()).collect(),
        months,
    }
}

#[cfg(test)]
mod tests {
    use super::super::golden::{STATUS_DATE, branch_network, measured_on};
    use super::*;

    #[test]
    fn months_and_categories_add_up_to_the_budget() {
        let control = measured_on(&branch_network().project, STATUS_DATE);
        let planned = &control.ledger.planned;
        let all: Amount = planned.months.iter().map(|month| month.total).sum();
        assert_eq!(all, control.total.budget);
        let first = planned.months.first().map(|month| month.first);
        assert_eq!(first, Some(Date::constant(2026, 8, 1)));
        for month in &planned.months {
            assert_eq!(month.total, month.by_category.iter().copied().sum());
            assert_eq!(month.by_category.len(), planned.categories.len());
        }
        // The switches are hardware, and fall into the months of their delivery.
        assert!(planned.categories.iter().any(|name| name == "hardware"), "{:?}", planned.categories);
    }
}
