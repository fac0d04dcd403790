//! What the work has cost so far: booked hours × rates, invoices, and receipts not yet invoiced.
//!
//! Comes in: the ledgers up to a day. Goes out: cost by task and by category, and what is ordered but not received.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::OpenOrder;
use super::bookings::Bookings;
use super::cost_walk::CostWalk;
use super::exchange_loss::exchange_loss;
use super::settlement::settled;
use super::task_budget::{LABOUR, worker_rate};
use crate::model::{Assignee, CostEntry, EntryType, Project, TimeEntry, Worker};
use crate::quantity::{Amount, Effort};

/// All cost up to the end of a day.
#[derive(Clone, Debug)]
pub(super) struct ActualCost {
    /// By task, in the order of the project's list.
    pub tasks: Vec<TaskCostToDate>,
    /// Invoices and open accruals that name no task.
    pub without_task: Amount,
    /// By how much they are dearer than at the rates of the plan ([`exchange_loss`]).
    pub exchange_without_task: Amount,
    /// By category.
    pub categories: BTreeMap<String, CategoryCost>,
    /// Orders not yet received in full, in the order of the ledger.
    pub open_orders: Vec<OpenOrder>,
}

/// Cost of a task.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct TaskCostToDate {
    /// Hours booked.
    pub effort: Effort,
    /// Hours × rates.
    pub labour: Amount,
    /// Of the hours those of whom the plan names for the task.
    pub named_effort: Effort,
    /// Of the labour that of the same: it is priced as it was planned.
    pub named_labour: Amount,
    /// Invoices and open accruals.
    pub other: Amount,
    /// By how much `other` is dearer than at the rates of the plan ([`exchange_loss`]).
    pub exchange: Amount,
}

impl TaskCostToDate {
    /// Labour and other cost.
    pub fn total(self) -> Amount {
        self.labour + self.other
    }
}

/// Cost of a category.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct CategoryCost {
    /// Invoiced, paid, or worked.
    pub actual: Amount,
    /// Received, not invoiced.
    pub accrual: Amount,
    /// Ordered, not received.
    pub open_commitment: Amount,
    /// Expected after the day; none where no line says so.
    pub expected: Option<Amount>,
    /// Granted by the day; none where no line says so.
    pub granted: Option<Amount>,
    /// Moved by changes by the day.
    pub moved: Amount,
}

impl ActualCost {
    fn nothing(project: &Project) -> Self {
        Self {
            tasks: vec![TaskCostToDate::default(); project.tasks.len()],
            without_task: Amount::ZERO,
            exchange_without_task: Amount::ZERO,
            categories: BTreeMap::new(),
            open_orders: Vec::new(),
        }
    }
}

/// Gathers all cost up to the end of a day.
///
/// Hours of a week that goes beyond the day count as far as they lie before its end ([`Bookings`]), as earned value counts to the day. Of each accrual only what its order number has not seen invoiced since counts beside the invoices.
pub(super) fn actual_cost(project: &Project, day: Date) -> ActualCost {
    let mut cost = ActualCost::nothing(project);
    book_hours(project, day, &mut cost);
    book_ledger(project, day, &mut cost);
    cost
}

/// The category that hours are booked on: `labour`, or the first of the budget that begins so (`labour internal`).
#[must_use]
pub fn labour_category(project: &Project) -> &str {
    let categories = &project.budget.categories;
    if categories.iter().any(|name| name == LABOUR) {
        return LABOUR;
    }
    categories.iter().find(|name| name.starts_with(LABOUR)).map_or(LABOUR, String::as_str)
}

/// Actual cost (AC) of everything at the end of each of some days, in order.
///
/// Each booking is looked at once, and again only for days within its week, or with what came under its number since.
pub(super) fn totals_by_day(project: &Project, days: &[Date]) -> Vec<Amount> {
    let mut walk = CostWalk::over(project, days);
    let mut totals = Vec::with_capacity(days.len());
    while walk.go_on().is_some() {
        totals.push(walk.total());
    }
    totals
}

/// What hours cost whose week is under way on each of some days, in order: as far as they count by then, and after it.
///
/// 4 d for a week at 500, of which 3.2 d count by its Thursday: 1 600 and 400.
pub(super) fn weeks_under_way(project: &Project, days: &[Date]) -> Vec<(Amount, Amount)> {
    let mut bookings = Bookings::new(project);
    let mut parts = vec![(Amount::ZERO, Amount::ZERO); days.len()];
    for entry in &project.timesheets {
        let within = days.partition_point(|day| *day < entry.period.first())
            ..days.partition_point(|day| *day < entry.period.last_day());
        for place in within {
            let counted = bookings.until(entry, days[place]).1;
            let rest = price(project, entry) - counted;
            // By Friday a week is worked, though it ends on Sunday.
            if rest != Amount::ZERO {
                parts[place].0 += counted;
                parts[place].1 += rest;
            }
        }
    }
    parts
}

/// The price of a booking: its day is that of the task's calendar, as in the budget, so that hours booked as planned
/// cost what was planned.
pub(super) fn price(project: &Project, entry: &TimeEntry) -> Amount {
    let minutes_per_day = project.minutes_per_day_of(entry.task);
    worker_rate(project, entry.worker)
        .map_or(Amount::ZERO, |rate| rate.cost_of(entry.effort, minutes_per_day))
}

fn book_hours(project: &Project, day: Date, cost: &mut ActualCost) {
    let mut labour = Amount::ZERO;
    let mut bookings = Bookings::new(project);
    for entry in &project.timesheets {
        let (effort, price) = bookings.until(entry, day);
        let task = &mut cost.tasks[entry.task.0 as usize];
        task.effort = task.effort + effort;
        task.labour += price;
        labour += price;
        if project
            .task(entry.task)
            .assignments
            .iter()
            .any(|assignment| is_by(entry.worker, assignment.assignee))
        {
            task.named_effort = task.named_effort + effort;
            task.named_labour += price;
        }
    }
    if labour != Amount::ZERO {
        cost.categories.entry(labour_category(project).to_owned()).or_default().actual += labour;
    }
}

/// Whether hours are those of somebody whom a plan names: the person, or the role where hours are booked by role.
fn is_by(worker: Worker, assignee: Assignee) -> bool {
    match (worker, assignee) {
        (Worker::Person(booked), Assignee::Person(planned)) => booked == planned,
        (Worker::Role(booked), Assignee::Role { role, .. }) => booked == role,
        _ => false,
    }
}

fn book_ledger(project: &Project, day: Date, cost: &mut ActualCost) {
    let entries: Vec<&CostEntry> = project.costs.iter().filter(|entry| entry.date <= day).collect();
    for entry in entries.iter().filter(|entry| entry.entry_type == EntryType::Actual) {
        cost.categories.entry(entry.category.clone()).or_default().actual += entry.amount;
        book_other(cost, (project, entry), entry.amount);
    }
    let (accruals, orders) = settled(&entries);
    for (entry, open) in accruals {
        cost.categories.entry(entry.category.clone()).or_default().accrual += open;
        book_other(cost, (project, entry), open);
    }
    for (entry, open) in orders {
        cost.categories.entry(entry.category.clone()).or_default().open_commitment += open;
        cost.open_orders.push(OpenOrder {
            date: entry.date,
            reference: entry.reference.clone(),
            category: entry.category.clone(),
            task: entry.task,
            amount: open,
            origin: entry.origin,
        });
    }
    for entry in &project.costs {
        let is_ahead = entry.date > day;
        let sum = |so_far: Option<Amount>| Some(so_far.unwrap_or_default() + entry.amount);
        match entry.entry_type {
            EntryType::Forecast if is_ahead => {
                let category = cost.categories.entry(entry.category.clone()).or_default();
                category.expected = sum(category.expected);
            }
            EntryType::Budget if !is_ahead => {
                let category = cost.categories.entry(entry.category.clone()).or_default();
                category.granted = sum(category.granted);
            }
            EntryType::Change if !is_ahead => {
                cost.categories.entry(entry.category.clone()).or_default().moved += entry.amount;
            }
            _ => {}
        }
    }
}

/// What is open of receipts and of orders after some rows, all of them: not yet invoiced, not yet received.
pub(super) fn open_after(entries: &[&CostEntry]) -> (Amount, Amount) {
    let (accruals, orders) = settled(entries);
    let sum = |open: &[(&CostEntry, Amount)]| open.iter().map(|(_, amount)| *amount).sum();
    (sum(&accruals), sum(&orders))
}

/// What is open of each receipt and order by a day, by the place of the entry in the project's `costs`; those of which nothing
/// is open are absent.
pub(super) fn open_entries(project: &Project, day: Date) -> BTreeMap<usize, Amount> {
    let entries: Vec<&CostEntry> = project.costs.iter().filter(|entry| entry.date <= day).collect();
    let (accruals, orders) = settled(&entries);
    // An entry is known again by where it lies in memory: two may be alike in every field.
    let mut open: Vec<(*const CostEntry, Amount)> =
        accruals.into_iter().chain(orders).map(|(entry, open)| (std::ptr::from_ref(entry), open)).collect();
    open.sort_unstable();
    let of = |entry: &CostEntry| {
        let place = open.binary_search_by_key(&std::ptr::from_ref(entry), |(known, _)| *known).ok()?;
        open.get(place).map(|(_, amount)| *amount)
    };
    project.costs.iter().enumerate().filter_map(|(place, entry)| Some((place, of(entry)?))).collect()
}

/// Books what counts of an invoice or receipt.
fn book_other(cost: &mut ActualCost, (project, entry): (&Project, &CostEntry), amount: Amount) {
    let exchange = exchange_loss(project, entry, amount);
    if let Some(task) = entry.task {
        let of_task = &mut cost.tasks[task.0 as usize];
        of_task.other += amount;
        of_task.exchange += exchange;
    } else {
        cost.without_task += amount;
        cost.exchange_without_task += exchange;
    }
}
