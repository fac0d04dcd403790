//! Cost carried on from day to day: what was spent and is on order by each of some days, each booking looked at as it comes.
//!
//! Comes in: the ledgers, and the days that are asked for. Goes out: cost by task and by category at the end of each day. The same
//! figures as [`actual_cost`](super::actual_cost), which looks at one day alone.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use super::actual_cost::labour_category;
use super::bookings::Bookings;
use super::settlement::settled;
use crate::model::{CostEntry, EntryType, Project, SettlementKey, TaskNo};
use crate::quantity::Amount;

/// What was spent and is on order.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Bound {
    /// Invoices, receipts not yet invoiced, and hours.
    pub spent: Amount,
    /// Ordered, not received.
    pub on_order: Amount,
}

/// A category so far.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct CategorySoFar {
    /// What was spent on it and is on order.
    pub bound: Bound,
    /// Granted by rows; none where no row has.
    pub granted: Option<Amount>,
    /// Moved by rows.
    pub moved: Amount,
}

/// All cost up to the end of the day that was reached.
pub(super) struct CostWalk<'a> {
    days: &'a [Date],
    /// The place of the day that comes next.
    next_day: usize,
    /// Entries in order of days, and the place of the next.
    entries: Vec<&'a CostEntry>,
    next_entry: usize,
    /// Hours × rates that each day adds.
    hours: Vec<Vec<(TaskNo, Amount)>>,
    labour: &'a str,
    groups: BTreeMap<SettlementKey<'a>, Group<'a>>,
    tasks: Vec<Bound>,
    categories: BTreeMap<&'a str, CategorySoFar>,
    total: Amount,
}

/// The rows of one number so far, with what is open of each.
#[derive(Default)]
struct Group<'a> {
    entries: Vec<&'a CostEntry>,
    open: Vec<(&'a CostEntry, Amount)>,
}

impl<'a> CostWalk<'a> {
    /// Stands before the first of some days, which are in order.
    pub fn over(project: &'a Project, days: &'a [Date]) -> Self {
        let mut entries: Vec<&CostEntry> = project.costs.iter().collect();
        entries.sort_by_key(|entry| entry.date);
        Self {
            days,
            next_day: 0,
            entries,
            next_entry: 0,
            hours: hours_by_day(project, days),
            labour: labour_category(project),
            groups: BTreeMap::new(),
            tasks: vec![Bound::default(); project.tasks.len()],
            categories: BTreeMap::new(),
            total: Amount::ZERO,
        }
    }

    /// Goes on to the end of the next day, and gives it; none behind the last.
    pub fn go_on(&mut self) -> Option<Date> {
        let day = *self.days.get(self.next_day)?;
        for (task, amount) in std::mem::take(&mut self.hours[self.next_day]) {
            self.spend((Some(task), self.labour), amount);
        }
        self.next_day += 1;
        let mut touched = BTreeSet::new();
        while let Some(entry) = self.entries.get(self.next_entry).copied().filter(|entry| entry.date <= day) {
            self.next_entry += 1;
            let category = self.categories.entry(&entry.category).or_default();
            match entry.entry_type {
                EntryType::Budget => {
                    category.granted = Some(category.granted.unwrap_or_default() + entry.amount);
                }
                EntryType::Change => category.moved += entry.amount,
                EntryType::Forecast => {}
                EntryType::Actual | EntryType::Accrual | EntryType::Commitment => {
                    if entry.entry_type == EntryType::Actual {
                        self.spend((entry.task, &entry.category), entry.amount);
                    }
                    self.groups.entry(entry.settles_with()).or_default().entries.push(entry);
                    touched.insert(entry.settles_with());
                }
            }
        }
        for key in touched {
            self.settle(key);
        }
        Some(day)
    }

    /// Actual cost (AC) of everything.
    pub fn total(&self) -> Amount {
        self.total
    }

    /// What a task has cost and what is on order for it.
    pub fn of_task(&self, task: TaskNo) -> Bound {
        self.tasks[task.0 as usize]
    }

    /// A category so far.
    pub fn of_category(&self, name: &str) -> CategorySoFar {
        self.categories.get(name).copied().unwrap_or_default()
    }

    /// What is open of a receipt or an order.
    pub fn open_of(&self, entry: &CostEntry) -> Amount {
        let open = self.groups.get(&entry.settles_with()).into_iter().flat_map(|group| &group.open);
        // Two may be alike in every field: an entry is known again by where it lies.
        open.filter(|(known, _)| std::ptr::eq(*known, entry)).map(|(_, open)| *open).sum()
    }

    /// What was received or invoiced of an order, by its number and where it belongs: no more than the order itself.
    ///
    /// 4 600 ordered and received on one day: 4 600. Nothing of an order without a number.
    pub fn received_of(&self, order: &CostEntry) -> Amount {
        let group = self.groups.get(&order.settles_with()).filter(|_| order.reference.is_some());
        let Some(group) = group else { return Amount::ZERO };
        let is_same = |entry: &CostEntry| match order.task {
            Some(task) => entry.task == Some(task),
            None => entry.category == order.category,
        };
        let paid = group.entries.iter().filter(|entry| entry.entry_type == EntryType::Actual);
        let paid: Amount = paid.filter(|entry| is_same(entry)).map(|entry| entry.amount).sum();
        let receipts = group.open.iter().filter(|(entry, _)| entry.entry_type == EntryType::Accrual);
        let receipts: Amount = receipts.filter(|(entry, _)| is_same(entry)).map(|(_, open)| *open).sum();
        (order.amount - self.open_of(order)).min(paid + receipts).max(Amount::ZERO)
    }

    /// Settles the rows of a number once more, with those that came.
    fn settle(&mut self, key: SettlementKey<'a>) {
        let Some(mut group) = self.groups.remove(&key) else { return };
        for (entry, open) in std::mem::take(&mut group.open) {
            self.bind(entry, -open);
        }
        let (receipts, orders) = settled(&group.entries);
        group.open = receipts.into_iter().chain(orders).collect();
        for (entry, open) in &group.open {
            self.bind(entry, *open);
        }
        self.groups.insert(key, group);
    }

    fn bind(&mut self, entry: &'a CostEntry, amount: Amount) {
        if entry.entry_type != EntryType::Commitment {
            self.spend((entry.task, &entry.category), amount);
            return;
        }
        self.categories.entry(&entry.category).or_default().bound.on_order += amount;
        if let Some(task) = entry.task {
            self.tasks[task.0 as usize].on_order += amount;
        }
    }

    fn spend(&mut self, (task, category): (Option<TaskNo>, &'a str), amount: Amount) {
        self.total += amount;
        self.categories.entry(category).or_default().bound.spent += amount;
        if let Some(task) = task {
            self.tasks[task.0 as usize].spent += amount;
        }
    }
}

/// Hours × rates that each of some days adds to those before it, by task: each line is looked at once, and again only for days within
/// its week.
fn hours_by_day(project: &Project, days: &[Date]) -> Vec<Vec<(TaskNo, Amount)>> {
    let mut bookings = Bookings::new(project);
    let mut added = vec![Vec::new(); days.len()];
    for entry in &project.timesheets {
        let mut before = Amount::ZERO;
        for place in days.partition_point(|day| *day < entry.period.first())..days.len() {
            let (_, counted) = bookings.until(entry, days[place]);
            added[place].push((entry.task, counted - before));
            before = counted;
            if days[place] >= entry.period.last_day() {
                break;
            }
        }
    }
    added
}

#[cfg(test)]
mod tests {
    use super::super::actual_cost::actual_cost;
    use super::super::golden::{branch_network, euros};
    use super::*;
    use crate::plan::sketch::date;

    #[test]
    fn every_day_costs_what_it_costs_alone() {
        let mut project = branch_network().project;
        let row =
            |day: &str, entry_type: EntryType, task: u32, amount: i64, reference: Option<&str>| CostEntry {
                date: date(day),
                entry_type,
                category: "hardware".to_owned(),
                task: Some(TaskNo(task)),
                amount: euros(amount),
                converted: None,
                reference: reference.map(str::to_owned),
                note: None,
                origin: crate::diagnostic::Span::default(),
            };
        project.costs.extend([
            row("2026-11-18", EntryType::Actual, 1, 300, Some("PO-9")),
            row("2026-10-02", EntryType::Commitment, 1, 900, Some("PO-9")),
            row("2026-10-02", EntryType::Commitment, 2, 500, Some("PO-9")),
            row("2026-10-20", EntryType::Accrual, 2, 400, Some("PO-9")),
            row("2026-10-20", EntryType::Accrual, 2, 100, None),
            row("2026-11-02", EntryType::Accrual, 2, -100, None),
        ]);
        let days = ["2026-08-31", "2026-10-02", "2026-10-21", "2026-11-02", "2026-11-20"].map(date);
        let mut walk = CostWalk::over(&project, &days);
        while let Some(day) = walk.go_on() {
            let alone = actual_cost(&project, day);
            let of_tasks: Amount = alone.tasks.iter().map(|task| task.total()).sum();
            assert_eq!(walk.total(), of_tasks + alone.without_task, "{day}");
            for (task, cost) in project.task_numbers().zip(&alone.tasks) {
                let of_task = alone.open_orders.iter().filter(|order| order.task == Some(task));
                let on_order = of_task.map(|order| order.amount).sum();
                assert_eq!(walk.of_task(task), Bound { spent: cost.total(), on_order }, "{day} {task:?}");
            }
            for (name, cost) in &alone.categories {
                let bound = Bound { spent: cost.actual + cost.accrual, on_order: cost.open_commitment };
                assert_eq!(walk.of_category(name).bound, bound, "{day} {name}");
            }
        }
    }
}
