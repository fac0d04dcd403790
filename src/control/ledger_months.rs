//! The ledger month by month: what was spent, and what was planned meanwhile.

use jiff::civil::Date;

use super::ledger::{LedgerEffect, LedgerInput, LedgerMonth, LedgerRow, LedgerSource};
use super::task_budget::apportion;
use crate::quantity::{Amount, Effort};

/// Adds up the rows month by month, and what was planned meanwhile.
pub(super) fn months(input: &LedgerInput, rows: &[LedgerRow]) -> Vec<LedgerMonth> {
    let booked = rows.iter().filter(|row| row.date <= input.day);
    let first = booked.clone().map(|row| row.date).min();
    let start = input.yardstick.reference.start;
    let first = first.map_or(start, |first| first.min(start)).first_of_month();
    let mut months = Vec::new();
    let (mut spent_before, mut labour_before) = (Amount::ZERO, Amount::ZERO);
    let mut month = first;
    while month <= input.day {
        let end = month.last_of_month().min(input.day);
        let planned_labour = planned_labour(input, end);
        let mut sums = LedgerMonth {
            first: month,
            effort: Effort::ZERO,
            labour: Amount::ZERO,
            planned_labour: planned_labour - labour_before,
            ordered: Amount::ZERO,
            paid: Amount::ZERO,
            received: Amount::ZERO,
            spent: Amount::ZERO,
            spent_so_far: spent_before,
            planned_so_far: planned_by(input, end),
        };
        for row in booked.clone().filter(|row| row.date.first_of_month() == month) {
            match (row.effect, row.source) {
                (LedgerEffect::Worked, LedgerSource::Hours(effort)) => {
                    sums.labour += row.amount;
                    sums.effort = sums.effort + effort;
                }
                (LedgerEffect::Paid, _) => sums.paid += row.amount,
                (LedgerEffect::Ordered { .. }, _) => sums.ordered += row.amount,
                _ => {}
            }
            sums.spent_so_far = row.spent;
        }
        sums.spent = sums.spent_so_far - spent_before;
        sums.received = sums.spent - sums.labour - sums.paid;
        (spent_before, labour_before) = (sums.spent_so_far, planned_labour);
        months.push(sums);
        let Ok(next) = month.last_of_month().tomorrow() else { break };
        month = next;
    }
    months
}

/// Planned value of tasks and lines at the end of a day.
fn planned_by(input: &LedgerInput, day: Date) -> Amount {
    let yardstick = input.yardstick;
    let tasks = yardstick.project.task_numbers().map(|number| yardstick.planned_value(number, day));
    let lines = yardstick.reference.lines.iter().map(|line| yardstick.planned_line(line, day));
    tasks.chain(lines).sum()
}

/// The part of planned value that is labour: each task's in the proportion of its plan.
fn planned_labour(input: &LedgerInput, day: Date) -> Amount {
    let yardstick = input.yardstick;
    let tasks = yardstick.project.task_numbers().zip(input.budgets);
    tasks
        .map(|(number, budget)| {
            let other: Amount = budget.other.iter().map(|(_, amount)| *amount).sum();
            let planned = yardstick.planned_value(number, day);
            let parts = apportion(planned.0, &[budget.labour.0.max(0), other.0.max(0)]);
            parts.first().map_or(Amount::ZERO, |labour| Amount(*labour))
        })
        .sum()
}
