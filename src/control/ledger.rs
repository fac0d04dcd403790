//! The ledger of money: every booking with what it does, and what it all had come to by then.
//!
//! Comes in: `costs.csv`, hours × rates, the budget of the reference. Goes out: rows with running balances, and months.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use super::actual_cost::{self, open_after};
use super::bridge::Bridge;
use super::cost_walk::CostWalk;
use super::ledger_hours::{self, MonthHours};
use super::ledger_months;
use super::planned_months::{PlannedMonths, planned_months};
use super::planned_value::Yardstick;
use super::spending::CategorySpending;
use super::standing::TaskValue;
use super::task_budget::TaskBudget;
use crate::model::{CostEntry, EntryType, Project, SettlementKey, TaskNo};
use crate::quantity::{Amount, Effort};

/// Every booking of money in order of time.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Ledger {
    /// Rows up to the status date, then those that lie ahead. Hours stand as one row a month, on the first day of its last
    /// booking. The last row up to the status date has spent what actual cost (AC) is.
    pub rows: Vec<LedgerRow>,
    /// The lines of `timesheets.csv` behind the rows of hours, with what of each falls into which month.
    pub hours: Vec<MonthHours>,
    /// Month by month, from the first booking or planned day to the status date, without gaps.
    pub months: Vec<LedgerMonth>,
    /// What the reference plans to spend, by month and category, to the end.
    pub planned: PlannedMonths,
}

impl Ledger {
    /// What of the hours falls into the month that begins on a day, in the order of the lines; none in a month without.
    pub fn hours_of_month(&self, first: Date) -> impl Iterator<Item = &MonthHours> {
        self.hours.iter().filter(move |part| part.date.first_of_month() == first)
    }
}

/// A booking, with what it did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LedgerRow {
    /// The day it is booked on.
    pub date: Date,
    /// What it is.
    pub source: LedgerSource,
    /// How much, as booked.
    pub amount: Amount,
    /// What it does.
    pub effect: LedgerEffect,
    /// Spent by then: invoices, receipts not yet invoiced, hours.
    pub spent: Amount,
    /// Ordered by then and not yet received.
    pub on_order: Amount,
    /// The budget by then: that of the reference, granted anew and moved by the rows so far.
    pub budget: Amount,
}

/// Where a row comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LedgerSource {
    /// A line of `costs.csv`, by its place in the project's `costs`.
    Entry(usize),
    /// All hours of a month.
    Hours(Effort),
}

/// What a booking does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LedgerEffect {
    /// The budget of its category is what rows of this type grant, instead of the plan's.
    Granted,
    /// The budget of its category moves by it.
    Moved,
    /// An order.
    Ordered {
        /// What is still to come of it on the status date.
        open: Amount,
        /// What the budget had left for it before: of its task with what was granted for it, else of its category.
        left_before: Amount,
    },
    /// A receipt; counts as spent until its invoice comes.
    Received {
        /// What is not yet invoiced of it on the status date.
        open: Amount,
    },
    /// An invoice or a payment: spent.
    Paid,
    /// Hours × rates: spent.
    Worked,
    /// Expected after the status date: part of the estimate from below (EAC₄).
    Expected,
    /// Was expected by the status date; what came of it is booked, so it counts for nothing.
    ExpectationPast,
    /// Lies after the status date and does not count yet.
    Ahead,
}

/// The money of a month.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LedgerMonth {
    /// Its first day.
    pub first: Date,
    /// Hours booked; those of a week in two months are divided by the days on which the task ran ([`MonthHours`]).
    pub effort: Effort,
    /// Hours × rates.
    pub labour: Amount,
    /// What hours were to cost in the month: planned value of the tasks, as far as their budget is labour.
    pub planned_labour: Amount,
    /// Orders signed.
    pub ordered: Amount,
    /// Invoiced or paid.
    pub paid: Amount,
    /// By how much receipts without invoice rose; negative where invoices came for earlier receipts.
    pub received: Amount,
    /// Spent in the month: labour + paid + received.
    pub spent: Amount,
    /// Spent by its end, or by the status date.
    pub spent_so_far: Amount,
    /// Planned value (PV) at its end, or on the status date.
    pub planned_so_far: Amount,
}

/// What the ledger is made from.
pub(super) struct LedgerInput<'a> {
    pub yardstick: Yardstick<'a>,
    pub budgets: &'a [TaskBudget],
    pub values: &'a [TaskValue],
    pub categories: &'a [CategorySpending],
    pub bridge: &'a Bridge,
    pub day: Date,
}

/// Books everything again in order of time.
pub(super) fn ledger(input: &LedgerInput) -> Ledger {
    let hours = ledger_hours::hours_by_month(input.yardstick.project, input.day);
    let mut rows = rows_by_day(input.yardstick.project, &hours, input.day);
    let mut running = Running::new(input);
    for row in &mut rows {
        running.book(row);
    }
    settle_open(input, &mut rows);
    let months = ledger_months::months(input, &rows);
    Ledger { rows, hours, months, planned: planned_months(input) }
}

/// All rows with their kind of effect, in order of time, those that do not count yet at the end.
fn rows_by_day(project: &Project, hours: &[MonthHours], day: Date) -> Vec<LedgerRow> {
    let row = |date: Date, source: LedgerSource, amount: Amount, effect: LedgerEffect| LedgerRow {
        date,
        source,
        amount,
        effect,
        spent: Amount::ZERO,
        on_order: Amount::ZERO,
        budget: Amount::ZERO,
    };
    let mut months: BTreeMap<Date, (Date, Effort, Amount)> = BTreeMap::new();
    for part in hours {
        let month =
            months.entry(part.date.first_of_month()).or_insert((part.date, Effort::ZERO, Amount::ZERO));
        *month = (month.0.max(part.date), month.1 + part.effort, month.2 + part.amount);
    }
    let entries = project.costs.iter().enumerate().map(|(place, entry)| {
        row(entry.date, LedgerSource::Entry(place), entry.amount, effect_of(entry, day))
    });
    let hours = months
        .into_values()
        .map(|(date, effort, amount)| row(date, LedgerSource::Hours(effort), amount, LedgerEffect::Worked));
    let mut rows: Vec<LedgerRow> = entries.chain(hours).collect();
    rows.sort_by_key(|row| (row.date > day, row.date));
    rows
}

fn effect_of(entry: &CostEntry, day: Date) -> LedgerEffect {
    let is_ahead = entry.date > day;
    match entry.entry_type {
        EntryType::Forecast if is_ahead => LedgerEffect::Expected,
        EntryType::Forecast => LedgerEffect::ExpectationPast,
        _ if is_ahead => LedgerEffect::Ahead,
        EntryType::Budget => LedgerEffect::Granted,
        EntryType::Change => LedgerEffect::Moved,
        EntryType::Commitment => LedgerEffect::Ordered { open: Amount::ZERO, left_before: Amount::ZERO },
        EntryType::Accrual => LedgerEffect::Received { open: Amount::ZERO },
        EntryType::Actual => LedgerEffect::Paid,
    }
}

/// Balances while rows are booked one after the other.
struct Running<'a> {
    project: &'a Project,
    /// Budget of the reference by category.
    reference: BTreeMap<&'a str, Amount>,
    /// Categories for which a row has granted a budget.
    granted: BTreeSet<&'a str>,
    /// Receipts and orders are settled by number: only the rows of the number at hand are looked at again.
    groups: BTreeMap<SettlementKey<'a>, Group<'a>>,
    invoiced: Amount,
    worked: Amount,
    accrued: Amount,
    on_order: Amount,
    budget: Amount,
}

/// Rows of one number so far.
#[derive(Default)]
struct Group<'a> {
    entries: Vec<&'a CostEntry>,
    /// Whether one of them is below zero.
    takes_back: bool,
    accrued: Amount,
    on_order: Amount,
}

impl<'a> Running<'a> {
    fn new(input: &LedgerInput<'a>) -> Self {
        Self {
            project: input.yardstick.project,
            reference: input.categories.iter().map(|row| (row.name.as_str(), row.budget)).collect(),
            granted: BTreeSet::new(),
            groups: BTreeMap::new(),
            invoiced: Amount::ZERO,
            worked: Amount::ZERO,
            accrued: Amount::ZERO,
            on_order: Amount::ZERO,
            budget: input.yardstick.reference.budget,
        }
    }

    fn book(&mut self, row: &mut LedgerRow) {
        match row.source {
            LedgerSource::Hours(_) => self.worked += row.amount,
            LedgerSource::Entry(place) => {
                if let Some(entry) = self.project.costs.get(place) {
                    self.book_entry(entry, row.effect);
                }
            }
        }
        row.spent = self.worked + self.invoiced + self.accrued;
        row.on_order = self.on_order;
        row.budget = self.budget;
    }

    fn book_entry(&mut self, entry: &'a CostEntry, effect: LedgerEffect) {
        match effect {
            LedgerEffect::Granted => {
                // The first grant of a category takes the place of what the plan has for it.
                if self.granted.insert(&entry.category) {
                    self.budget -= self.reference.get(entry.category.as_str()).copied().unwrap_or_default();
                }
                self.budget += entry.amount;
            }
            LedgerEffect::Moved => self.budget += entry.amount,
            LedgerEffect::Paid | LedgerEffect::Received { .. } | LedgerEffect::Ordered { .. } => {
                if effect == LedgerEffect::Paid {
                    self.invoiced += entry.amount;
                }
                // An invoice without a number settles nothing.
                if effect == LedgerEffect::Paid && entry.reference.is_none() {
                    return;
                }
                let group = self.groups.entry(entry.settles_with()).or_default();
                group.entries.push(entry);
                group.takes_back |= entry.amount < Amount::ZERO;
                // Without a number only a row below zero settles anything: what comes stays open, and needs no look at what came before.
                let is_alone = entry.reference.is_none() && !group.takes_back;
                let (accrued, on_order) = match effect {
                    LedgerEffect::Received { .. } if is_alone => {
                        (group.accrued + entry.amount, group.on_order)
                    }
                    LedgerEffect::Ordered { .. } if is_alone => {
                        (group.accrued, group.on_order + entry.amount)
                    }
                    _ => open_after(&group.entries),
                };
                self.accrued += accrued - group.accrued;
                self.on_order += on_order - group.on_order;
                (group.accrued, group.on_order) = (accrued, on_order);
            }
            _ => {}
        }
    }
}

/// Writes into orders and receipts what is still open of them, and into orders what the budget had left before them.
fn settle_open(input: &LedgerInput, rows: &mut [LedgerRow]) {
    let open = actual_cost::open_entries(input.yardstick.project, input.day);
    let left = left_by_order(input, rows);
    for row in rows {
        let LedgerSource::Entry(place) = row.source else { continue };
        let still = open.get(&place).copied().unwrap_or_default();
        match &mut row.effect {
            LedgerEffect::Received { open } => *open = still,
            LedgerEffect::Ordered { open, left_before } => {
                *open = still;
                *left_before = left.get(&place).copied().unwrap_or_default();
            }
            _ => {}
        }
    }
}

/// What the budget had left for each order on the day it was signed, without the order itself, by the place of the order in the
/// project's `costs`.
fn left_by_order(input: &LedgerInput, rows: &[LedgerRow]) -> BTreeMap<usize, Amount> {
    let costs = &input.yardstick.project.costs;
    let mut orders: BTreeMap<Date, Vec<usize>> = BTreeMap::new();
    for row in rows {
        if let (LedgerEffect::Ordered { .. }, LedgerSource::Entry(place)) = (row.effect, row.source) {
            orders.entry(row.date).or_default().push(place);
        }
    }
    let days: Vec<Date> = orders.keys().copied().collect();
    let mut walk = CostWalk::over(input.yardstick.project, &days);
    let mut left = BTreeMap::new();
    while let Some(day) = walk.go_on() {
        let of_day = orders.get(&day).into_iter().flatten();
        left.extend(of_day.map(|place| (*place, left_for(input, (&walk, day), &costs[*place]))));
    }
    left
}

/// What the budget had left for an order on the day it was signed: of its task with what had been granted for it by then, else of its
/// category as granted and moved by then.
fn left_for(input: &LedgerInput, (walk, day): (&CostWalk, Date), order: &CostEntry) -> Amount {
    let (budget, bound) = if let Some(task) = order.task {
        let budget = |task: TaskNo| input.values[task.0 as usize].budget;
        let needed = |other: TaskNo| {
            let bound = walk.of_task(other);
            bound.spent + bound.on_order - budget(other)
        };
        (budget(task) + input.bridge.granted(task, day, needed), walk.of_task(task))
    } else {
        let so_far = walk.of_category(&order.category);
        let category = input.categories.iter().find(|row| row.name == order.category);
        let planned = category.map_or(Amount::ZERO, |row| row.budget);
        (so_far.granted.unwrap_or(planned) + so_far.moved, so_far.bound)
    };
    // What came in on the very day is the order's own.
    budget - (bound.spent - walk.received_of(order)) - (bound.on_order - walk.open_of(order))
}

#[cfg(test)]
mod tests {
    use super::super::golden::{STATUS_DATE, branch_network, euros, measured_on};
    use super::*;
    use crate::plan::sketch::date;

    fn entry(day: &str, entry_type: EntryType, category: &str, amount: i64) -> CostEntry {
        CostEntry {
            date: date(day),
            entry_type,
            category: category.to_owned(),
            task: None,
            amount: euros(amount),
            converted: None,
            reference: None,
            note: None,
            origin: crate::diagnostic::Span::default(),
        }
    }

    /// August: 4.5 d at 720 and 11 d at 600 = 9 840, and of 9 d of design booked for the week of 31 August, at 600 = 5 400, the
    /// Monday: 1 080. The other four days are September's: 4 320, with 2.5 d and 2 d of others = 3 140.
    #[test]
    fn balances_run_and_end_in_actual_cost() {
        let control = measured_on(&branch_network().project, STATUS_DATE);
        let rows = &control.ledger.rows;
        let told: Vec<(String, i64, i64, i64)> = rows
            .iter()
            .map(|row| (row.date.to_string(), row.amount.0 / 100, row.spent.0 / 100, row.on_order.0 / 100))
            .collect();
        assert_eq!(
            told,
            [
                ("2026-08-31", 10_920, 10_920, 0),
                ("2026-09-14", 7_460, 18_380, 0),
                ("2026-09-21", 41_300, 18_380, 41_300),
                ("2026-10-05", 11_520, 29_900, 41_300),
                ("2026-10-14", 1_680, 31_580, 41_300),
                ("2026-11-06", 41_300, 72_880, 0),
                ("2026-11-16", 6_240, 79_120, 0),
            ]
            .map(|(day, amount, spent, order)| (day.to_owned(), amount, spent, order))
        );
        assert_eq!(rows.last().map(|row| row.spent), Some(control.total.actual));
        let LedgerEffect::Ordered { open, left_before } = rows[2].effect else { panic!("the order") };
        assert_eq!((open, left_before), (Amount::ZERO, euros(41_300)));
    }

    /// All 41 300 of hardware are on order since September. 2 000 are moved to it in November: an order of October had none of them, and that
    /// of November comes after 1 680 of freight and 1 000 of October: 680 too little.
    #[test]
    fn an_order_knows_the_budget_of_its_day_alone() {
        let mut project = branch_network().project;
        project.costs.extend([
            entry("2026-10-01", EntryType::Commitment, "hardware", 1_000),
            entry("2026-11-10", EntryType::Change, "hardware", 2_000),
            entry("2026-11-12", EntryType::Commitment, "hardware", 500),
        ]);
        let control = measured_on(&project, STATUS_DATE);
        let orders = control.ledger.rows.iter().filter_map(|row| match row.effect {
            LedgerEffect::Ordered { left_before, .. } => Some(left_before),
            _ => None,
        });
        assert_eq!(orders.collect::<Vec<_>>(), [euros(41_300), Amount::ZERO, euros(-680)]);
    }

    #[test]
    fn months_add_up_to_what_was_spent() {
        let control = measured_on(&branch_network().project, STATUS_DATE);
        let months = &control.ledger.months;
        let told: Vec<(i64, i64, i64, i64)> = months
            .iter()
            .map(|month| {
                (
                    month.labour.0 / 100,
                    month.paid.0 / 100,
                    month.received.0 / 100,
                    month.planned_so_far.0 / 100,
                )
            })
            .collect();
        // Planned value at the ends of August, September, October and on 20 November: the known checkpoints.
        assert_eq!(
            told,
            [
                (10_920, 0, 0, 14_304),
                (7_460, 0, 0, 23_012),
                (11_520, 1_680, 0, 72_040),
                (6_240, 0, 41_300, 92_480)
            ]
        );
        assert_eq!(months.iter().map(|month| month.spent).sum::<Amount>(), control.total.actual);
        // All planned value but the order of 41 300 is labour.
        assert_eq!(months.iter().map(|month| month.planned_labour).sum::<Amount>(), euros(92_480 - 41_300));
    }

    #[test]
    fn budget_rows_take_the_plans_place_and_change_rows_move_it() {
        let mut project = branch_network().project;
        project.costs.insert(0, entry("2026-08-03", EntryType::Budget, "hardware", 40_000));
        project.costs.insert(1, entry("2026-08-04", EntryType::Budget, "hardware", 2_000));
        project.costs.push(entry("2026-11-13", EntryType::Change, "hardware", 760));
        project.costs.push(entry("2026-12-01", EntryType::Forecast, "services", 2_500));
        project.costs.push(entry("2026-11-30", EntryType::Actual, "services", 70));
        let control = measured_on(&project, STATUS_DATE);
        let rows = &control.ledger.rows;
        let budgets: Vec<i64> = rows.iter().map(|row| row.budget.0 / 100).collect();
        // 98 432 − 41 300 + 40 000, + 2 000, at the end + 760.
        assert_eq!(budgets[..2], [97_132, 99_132]);
        let moved = rows.iter().position(|row| row.effect == LedgerEffect::Moved).unwrap();
        assert_eq!(budgets[moved - 1..=moved], [99_132, 99_892]);
        let ahead: Vec<LedgerEffect> = rows.iter().rev().take(2).map(|row| row.effect).collect();
        assert_eq!(ahead, [LedgerEffect::Expected, LedgerEffect::Ahead]);
        let hardware = &control.spending.categories[1];
        assert_eq!(
            (hardware.budget, hardware.granted, hardware.moved),
            (euros(41_300), Some(euros(42_000)), euros(760))
        );
        assert_eq!(hardware.budget_now(), euros(42_760));
        assert_eq!(control.spending.total.budget_now(), euros(99_892));
        // What the ledger expects counts in the estimate from below, and what is past or booked ahead does not.
        assert_eq!(control.spending.total.expected, Some(euros(2_500)));
        assert_eq!(control.bottom_up.expected, euros(2_500));
    }
}
