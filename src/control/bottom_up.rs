//! The estimate at completion from below: what is still to be done and bought, piece by piece, at today's rates.
//!
//! Unlike the three estimates of earned value it knows no trend: it is as good as the rests that people report.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::actual_cost::ActualCost;
use super::earned_value::EarnedValue;
use super::settlement::settled;
use super::standing::Standing;
use super::task_budget::TaskBudget;
use super::{Position, ReferenceSource};
use crate::model::{CostEntry, EntryType, Project, TaskKind, TaskNo};
use crate::plan::State;
use crate::quantity::{Amount, Fraction, Instant, Stage, Window};

/// The bottom-up estimate at completion (EAC₄) and its parts.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct BottomUp {
    /// EAC₄ = AC + labour + orders + expected + unordered.
    pub estimate: Amount,
    /// Working time still needed × rates of those assigned: Σ of `tasks`.
    pub labour: Amount,
    /// Orders signed and not yet received.
    pub orders: Amount,
    /// `forecast` lines of the ledger after the status date, less what an open order of the same number already counts.
    pub expected: Amount,
    /// Money of the plan, at open tasks and in budget lines, that is neither spent nor ordered nor expected. Of budget lines no more
    /// than lies ahead in time.
    pub unordered: Amount,
    /// What it is made of: tasks in the order of the plan, then budget lines by category.
    pub unordered_parts: Vec<Unordered>,
    /// Each open task with labour still to come, in the order of the plan.
    pub tasks: Vec<TaskRest>,
    /// Open tasks with people assigned whose time has no rate: their labour is missing from the estimate.
    pub without_rate: Vec<TaskNo>,
}

/// Money of the plan for one purpose that is neither spent nor ordered nor expected; above zero.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unordered {
    /// The task; none for budget lines.
    pub task: Option<TaskNo>,
    /// The categories it was meant for.
    pub categories: Vec<String>,
    /// How much.
    pub amount: Amount,
}

/// Labour still to come on a task.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct TaskRest {
    /// The task.
    pub task: TaskNo,
    /// Working minutes still needed, on the task's calendar.
    pub minutes: i64,
    /// Their price: planned labour × minutes ÷ planned minutes.
    pub labour: Amount,
    /// Who says so.
    pub source: RestSource,
}

/// Where the time that a task still needs comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RestSource {
    /// `remaining` of the newest report: somebody has estimated again.
    Reported,
    /// The plan less the share reported as done.
    Share,
    /// The plan: the task has not begun.
    Plan,
    /// The forecast of the work it accompanies: a hammock lasts as long as that.
    Span,
    /// What was left on the data date of a task that was finished by the status date: cost of the days between is not counted yet.
    Since,
}

impl BottomUp {
    /// Estimate to complete from below: everything but what is spent.
    #[must_use]
    pub fn to_complete(&self) -> Amount {
        self.labour + self.orders + self.expected + self.unordered
    }

    /// The estimate where orders refute what the performance so far leads to: more is spent and on order than that; and where all is earned,
    /// so that it leads to nothing more, and the ledger still expects something. Once everything is done nothing that was ordered comes
    /// any more, but what the ledger expects does. None elsewhere, and of a stopped project.
    ///
    /// EAC₂ of 53 333, 40 000 spent, 20 000 on order and 20 000 of work neither done nor ordered: 80 000. All done for 5 500, and 700
    /// expected: 6 200.
    pub(super) fn instead_of(
        &self,
        total: &EarnedValue,
        (is_finished, is_stopped): (bool, bool),
    ) -> Option<Amount> {
        let by_performance = total.estimate_by_performance();
        if is_stopped {
            return None;
        }
        if is_finished {
            return (self.expected > Amount::ZERO).then(|| self.estimate - self.orders);
        }
        let is_refuted = self.orders > Amount::ZERO && total.actual + self.orders > by_performance;
        let is_all_earned = total.budget > Amount::ZERO && total.left() <= Amount::ZERO;
        (is_refuted || (is_all_earned && self.expected > Amount::ZERO)).then_some(self.estimate)
    }

    /// What closing still costs: labour left of the tasks of the closing stage, and what the ledger expects.
    pub(super) fn closing(&self, project: &Project) -> Amount {
        let is_closing = |rest: &&TaskRest| project.task(rest.task).stage == Stage::Closing;
        self.tasks.iter().filter(is_closing).map(|rest| rest.labour).sum::<Amount>() + self.expected
    }

    /// How many open tasks have been estimated again: their newest report says what remains.
    #[must_use]
    pub fn n_estimated_again(&self) -> usize {
        self.tasks.iter().filter(|rest| rest.source == RestSource::Reported).count()
    }
}

/// What the rest is counted from.
pub(super) struct RestToDo<'a> {
    pub position: &'a Position<'a>,
    pub budgets: &'a [TaskBudget],
    /// How far everything was on the data date, the day to which cost is counted: what was to be spent since belongs to the rest.
    pub standing: Standing<'a>,
    pub cost: &'a ActualCost,
    /// Actual cost (AC) of everything.
    pub actual: Amount,
}

impl<'a> RestToDo<'a> {
    /// `cost` with all of actual cost.
    pub fn new(
        position: &'a Position<'a>,
        standing: Standing<'a>,
        budgets: &'a [TaskBudget],
        (cost, actual): (&'a ActualCost, Amount),
    ) -> Self {
        Self { position, budgets, standing, cost, actual }
    }

    /// Whether something of a task came or comes after the data date. A finish that was told later lies between the data date and
    /// the status date: its cost is not among the cost that is counted.
    fn is_open(&self, number: TaskNo) -> bool {
        let slot = self.position.forecast.slot(number);
        slot.state != State::Finished || slot.last_day() > self.standing.day
    }
}

/// Counts what is still to be done and bought.
pub(super) fn bottom_up(rest: &RestToDo) -> BottomUp {
    let project = rest.position.project;
    let tasks: Vec<TaskRest> =
        project.task_numbers().filter_map(|number| labour_left(rest, number)).collect();
    let without_rate = project
        .task_numbers()
        .filter(|number| rest.is_open(*number))
        .filter(|number| {
            let budget = &rest.budgets[number.0 as usize];
            !project.task(*number).is_summary()
                && budget.effort.minutes() > 0
                && budget.labour == Amount::ZERO
        })
        .collect();
    let expected = expected(rest);
    let unordered_parts = unordered(rest, &expected);
    let mut sum = BottomUp {
        labour: tasks.iter().map(|task| task.labour).sum(),
        orders: rest.cost.open_orders.iter().map(|order| order.amount).sum(),
        expected: expected.values().copied().sum(),
        unordered: unordered_parts.iter().map(|part| part.amount).sum(),
        unordered_parts,
        tasks,
        without_rate,
        estimate: Amount::ZERO,
    };
    sum.estimate = rest.actual + sum.to_complete();
    sum
}

fn labour_left(rest: &RestToDo, number: TaskNo) -> Option<TaskRest> {
    let (position, project) = (rest.position, rest.position.project);
    let (slot, planned) = (position.forecast.slot(number), position.planned.slot(number));
    let budget = rest.budgets[number.0 as usize].labour;
    if !rest.is_open(number) || budget == Amount::ZERO || planned.duration <= 0 {
        return None;
    }
    let source = match position.facts.progress[number.0 as usize].remaining {
        None if slot.state == State::Finished => RestSource::Since,
        Some(_) => RestSource::Reported,
        None if matches!(project.task(number).kind, TaskKind::Hammock { .. }) => RestSource::Span,
        None if slot.state == State::InProgress => RestSource::Share,
        None => RestSource::Plan,
    };
    let minutes = match source {
        RestSource::Since => left_on_data_date(rest, number),
        // The rest of a span begins on the status date, cost ends on the data date.
        RestSource::Span if slot.state == State::InProgress => {
            let (from, to) = (Instant::end_of(rest.standing.day), Instant::end_of(position.status_date));
            slot.remaining + position.engine.working_time(number).between(from, to)
        }
        _ => slot.remaining,
    };
    let of = match source {
        RestSource::Reported => priced_length(project, number, planned.duration),
        _ => planned.duration,
    };
    Some(TaskRest { task: number, minutes, labour: budget.share(Fraction::new(minutes, of)), source })
}

/// The minutes that planned labour is the price of, where a report says how many are left: those of the plan; where more effort is typed
/// than those assigned can give in them, the minutes that they need for it, since nobody works more than their share of a day.
///
/// 30 days of effort of two people in a duration of 3 days: 10 days that are left cost 20 person-days and not 100.
fn priced_length(project: &Project, number: TaskNo, planned: i64) -> i64 {
    let task = project.task(number);
    let work_time = project.calendars[task.calendar].work_time;
    task.densest_length(work_time).map_or(planned, |least| planned.max(least))
}

/// Working minutes that a task took after the data date, of one that is finished.
fn left_on_data_date(rest: &RestToDo, number: TaskNo) -> i64 {
    let (position, project) = (rest.position, rest.position.project);
    let task = project.task(number);
    let slot = position.forecast.slot(number);
    if matches!(task.kind, TaskKind::Hammock { .. }) {
        let from = Instant::end_of(rest.standing.day).max(slot.start);
        return position.engine.working_time(number).between(from, slot.finish);
    }
    let told = rest.standing.progress[number.0 as usize].remaining.filter(|told| !told.is_elapsed());
    let planned =
        || rest.standing.physical_share(number).clamped().rest().of(position.planned.slot(number).duration);
    told.map_or_else(planned, |told| told.minutes(project.calendars[task.calendar].work_time))
}

/// What money is meant for: a task or none, and a category.
type Purpose<'a> = (Option<TaskNo>, &'a str);

/// Forecast lines after the status date by purpose. What an open order of the same number still holds is the same money.
fn expected<'a>(rest: &RestToDo<'a>) -> BTreeMap<Purpose<'a>, Amount> {
    let mut ordered: BTreeMap<&str, Amount> = BTreeMap::new();
    for order in &rest.cost.open_orders {
        if let Some(reference) = &order.reference {
            *ordered.entry(reference).or_default() += order.amount;
        }
    }
    let mut sums: BTreeMap<Purpose, Amount> = BTreeMap::new();
    for entry in &rest.position.project.costs {
        if entry.entry_type != EntryType::Forecast || entry.date <= rest.standing.day {
            continue;
        }
        let mut amount = entry.amount;
        if let Some(pool) = entry.reference.as_deref().and_then(|reference| ordered.get_mut(reference)) {
            let same = (*pool).min(amount).max(Amount::ZERO);
            *pool -= same;
            amount -= same;
        }
        *sums.entry((entry.task, &entry.category)).or_default() += amount;
    }
    sums
}

/// Money of the plan that nobody has spent, ordered or forecast. A forecast for the same task and category, or for the same
/// category where the money belongs to no task, takes the place of the plan.
fn unordered(rest: &RestToDo, expected: &BTreeMap<Purpose, Amount>) -> Vec<Unordered> {
    let project = rest.position.project;
    let mut parts = Vec::new();
    for number in project.task_numbers() {
        if !rest.is_open(number) {
            continue;
        }
        let is_expected = |category: &str| expected.contains_key(&(Some(number), category));
        let other = rest.budgets[number.0 as usize].other.iter();
        let lines: Vec<_> = other.filter(|(category, _)| !is_expected(category)).collect();
        let meant: Amount = lines.iter().map(|(_, amount)| *amount).sum();
        let bought = if expected.keys().any(|(task, _)| *task == Some(number)) {
            bought_of(rest, Some(number), |entry| !is_expected(&entry.category))
        } else {
            rest.cost.tasks[number.0 as usize].other
        };
        let ordered = ordered(rest, |task, category| task == Some(number) && !is_expected(category));
        let cheaper = became_cheaper(rest, Some(number), |entry| !is_expected(&entry.category));
        let amount = meant - bought - ordered - cheaper;
        if amount > Amount::ZERO {
            let categories = lines.into_iter().map(|(category, _)| category.clone()).collect();
            parts.push(Unordered { task: Some(number), categories, amount });
        }
    }
    parts.extend(unordered_lines(rest, expected));
    parts
}

/// What is left of the budget lines, category by category: the part of them that lies ahead in time, and no more than what has not been
/// bought yet, less what is on order.
///
/// A line of 8 000 for the whole project that is invoiced at once has nothing left, however much of its time lies ahead. Of 6 000 over three
/// months 4 400 lie ahead; with 4 000 invoiced, 2 000 are left.
fn unordered_lines(rest: &RestToDo, expected: &BTreeMap<Purpose, Amount>) -> Vec<Unordered> {
    let mut lines: BTreeMap<&str, [Amount; 2]> = BTreeMap::new();
    for line in &rest.position.project.budget.lines {
        if !expected.contains_key(&(None, line.category.as_str())) {
            let [ahead, all] = lines.entry(&line.category).or_default();
            *ahead += line_ahead(rest, line.window, line.amount);
            *all += line.amount;
        }
    }
    let left = lines.into_iter().map(|(category, [ahead, all])| {
        let bought =
            bought_of(rest, None, |entry| entry.category == category && !is_granted_beside(rest, entry));
        let ordered = ordered(rest, |task, of| task.is_none() && of == category);
        let cheaper =
            became_cheaper(rest, None, |entry| entry.category == category && !is_granted_beside(rest, entry));
        let amount = ahead.min(all - bought - cheaper) - ordered;
        Unordered { task: None, categories: vec![category.to_owned()], amount }
    });
    left.filter(|part| part.amount > Amount::ZERO).collect()
}

/// Whether a row is money of a change or a decision that came after the reference, so that no budget line was meant for it.
fn is_granted_beside(rest: &RestToDo, entry: &CostEntry) -> bool {
    let Some(reference) = entry.reference.as_deref() else { return false };
    let since = match &rest.standing.yardstick.reference.source {
        ReferenceSource::Baseline { since, .. } => *since,
        ReferenceSource::Plan => return false,
    };
    let day = rest.standing.day;
    let registers = &rest.position.project.registers;
    let mut changes = registers.changes.iter().filter(|change| change.id.as_str() == reference);
    let mut decisions = registers.decisions.iter().filter(|decision| decision.id.as_str() == reference);
    changes.any(|change| change.is_approved_between(since, day))
        || decisions
            .any(|decision| decision.is_taken(day) && since.is_none_or(|since| !decision.is_taken(since)))
}

/// What has been bought for a task, or for none, of the rows that count: of each category, invoices with the receipts that wait for
/// one, or all receipts where they are more.
fn bought_of(rest: &RestToDo, task: Option<TaskNo>, counts: impl Fn(&CostEntry) -> bool) -> Amount {
    let mut by_category: BTreeMap<&str, [Amount; 2]> = BTreeMap::new();
    let until = rest.standing.day;
    let booked = rest.position.project.costs.iter().filter(|entry| entry.date <= until);
    let entries: Vec<&CostEntry> = booked.filter(|entry| entry.task == task).collect();
    let counted = || entries.iter().filter(|entry| counts(entry));
    for entry in counted() {
        let place = match entry.entry_type {
            EntryType::Actual => 0,
            EntryType::Accrual => 1,
            _ => continue,
        };
        by_category.entry(&entry.category).or_default()[place] += entry.amount;
    }
    let (waiting, _) = settled(&entries);
    let waiting = waiting.into_iter().filter(|(entry, _)| entry.reference.is_some() && counts(entry));
    for (entry, open) in waiting {
        if let Some([invoiced, _]) = by_category.get_mut(entry.category.as_str()) {
            *invoiced += open;
        }
    }
    by_category.into_values().map(|[invoiced, received]| invoiced.max(received)).sum()
}

/// By how much orders of a task, or of none, have become cheaper than they were signed: by a credit note, or by an exchange rate. Nothing
/// else is bought for it.
///
/// 3 000 ordered, 2 000 invoiced and 500 credited with 1 000 still on order: 500.
fn became_cheaper(rest: &RestToDo, task: Option<TaskNo>, counts: impl Fn(&CostEntry) -> bool) -> Amount {
    let until = rest.standing.day;
    let booked = rest.position.project.costs.iter().filter(|entry| entry.date <= until);
    let entries: Vec<&CostEntry> = booked.filter(|entry| entry.task == task).collect();
    let (waiting, open) = settled(&entries);
    let signed = entries.iter().filter_map(|entry| match entry.entry_type {
        EntryType::Commitment => Some((*entry, 0, entry.amount)),
        EntryType::Actual => Some((*entry, 1, entry.amount)),
        _ => None,
    });
    let still_open = waiting.into_iter().chain(open).map(|(entry, amount)| (entry, 1, amount));
    // What was ordered, what of it for the purpose asked for, and what of it was bought or is on order, for whatever purpose.
    let mut by_number: BTreeMap<&str, [Amount; 3]> = BTreeMap::new();
    for (entry, place, amount) in signed.chain(still_open) {
        if let Some(number) = entry.reference.as_deref() {
            let sums = by_number.entry(number).or_default();
            sums[place] += amount;
            if place == 0 && counts(entry) {
                sums[2] += amount;
            }
        }
    }
    let cheaper = by_number.into_values().map(|[ordered, has_become, own]| {
        (ordered - has_become).max(Amount::ZERO).share(Fraction::new(own.0, ordered.0).clamped())
    });
    cheaper.sum()
}

fn ordered(rest: &RestToDo, counts: impl Fn(Option<TaskNo>, &str) -> bool) -> Amount {
    let orders = rest.cost.open_orders.iter();
    orders.filter(|order| counts(order.task, &order.category)).map(|order| order.amount).sum()
}

/// The part of a budget line after the status date, by working days of the project's calendar; a line without a window of
/// its own lasts as long as the forecast.
fn line_ahead(rest: &RestToDo, window: Option<Window>, amount: Amount) -> Amount {
    let (position, working_time) = (rest.position, rest.position.project.working_time());
    let first = window.map_or_else(|| position.project.start.day, Window::first);
    let end = window.map_or_else(|| next(position.forecast.finish_day()), Window::end);
    let now = next(rest.standing.day).max(first).min(end);
    let (all, left) =
        (working_time.working_days_between(first, end), working_time.working_days_between(now, end));
    if all > 0 {
        amount.share(Fraction::new(left, all).clamped())
    } else if now < end {
        amount
    } else {
        Amount::ZERO
    }
}

fn next(day: Date) -> Date {
    day.tomorrow().unwrap_or(day)
}

#[cfg(test)]
mod tests {
    use super::super::golden::{euros, measured_on, text};
    use super::*;
    use crate::diagnostic::Span;
    use crate::model::{Assignee, BudgetLine, CostEntry, ProgressEntry, TaskCost};
    use crate::plan::sketch::{Sketch, date};
    use crate::quantity::{Moment, Percent};

    fn entry(entry_type: EntryType, day: &str, task: Option<TaskNo>, amount: i64, number: &str) -> CostEntry {
        CostEntry {
            date: date(day),
            entry_type,
            category: "hardware".to_owned(),
            task,
            amount: euros(amount),
            converted: None,
            reference: Some(number.to_owned()),
            note: None,
            origin: Span::default(),
        }
    }

    /// A board of 17 August is told of a finish of 13 August afterwards; hours are counted to the report of 7 August.
    #[test]
    fn work_finished_since_the_data_date_is_still_to_be_paid() {
        let mut sketch = Sketch::starting("2026-08-03", &[]);
        let tom = sketch.person("tom", &[]);
        sketch.project.team.people[tom.0 as usize].rate = Some("600 EUR/d".parse().unwrap());
        sketch.work("told", "8d", &[]).assign(Assignee::Person(tom), 100).costs.push(TaskCost {
            amount: euros(500),
            category: "hardware".to_owned(),
            origin: Span::default(),
        });
        sketch.work("open", "10d", &[]).assign(Assignee::Person(tom), 100);
        let (told, open) = (sketch.number("told"), sketch.number("open"));
        let began = Some(Moment::on(date("2026-08-03")));
        for task in [told, open] {
            sketch.project.progress.push(ProgressEntry {
                actual_start: began,
                percent_complete: Some(Percent::from_hundredths(5_000)),
                ..ProgressEntry::silent(date("2026-08-07"), task)
            });
        }
        let before = measured_on(&sketch.project, "2026-08-17");
        sketch.project.progress.push(ProgressEntry {
            actual_finish: Some(Moment::on(date("2026-08-13"))),
            is_told_later: true,
            ..ProgressEntry::silent(date("2026-08-17"), told)
        });
        let after = measured_on(&sketch.project, "2026-08-17");
        assert_eq!((before.data_date, after.data_date), (date("2026-08-07"), date("2026-08-07")));
        // Half of eight days and half of ten at 600, and the hardware; nothing is booked.
        assert_eq!(before.bottom_up.estimate, euros(2_400 + 3_000 + 500));
        assert_eq!(after.bottom_up.estimate, before.bottom_up.estimate);
        let rest = after.bottom_up.tasks.first().unwrap();
        assert_eq!((rest.task, rest.minutes, rest.source), (told, 4 * 480, RestSource::Since));
    }

    /// Two weeks from Monday 3 August 2026: racks for 9 000, and a line of 1 500 for travel.
    fn racks() -> Sketch {
        let mut sketch = Sketch::starting("2026-08-03", &[]);
        let hardware = |amount| TaskCost {
            amount: euros(amount),
            category: "hardware".to_owned(),
            origin: Span::default(),
        };
        sketch.work("racks", "10d", &[]).costs.push(hardware(9_000));
        sketch.project.budget.lines.push(BudgetLine {
            name: text("Travel"),
            amount: euros(1_500),
            category: "travel".to_owned(),
            window: None,
            origin: Span::default(),
        });
        sketch
    }

    #[track_caller]
    fn check(costs: &[CostEntry], expected: [i64; 4]) {
        let mut sketch = racks();
        sketch.project.costs = costs.to_vec();
        let control = measured_on(&sketch.project, "2026-08-07");
        let below = control.bottom_up;
        assert_eq!(
            [below.orders, below.expected, below.unordered, below.estimate],
            expected.map(euros),
            "{below:?}"
        );
    }

    #[test]
    fn money_left_is_counted_once_whoever_speaks_of_it() {
        use EntryType::{Actual, Commitment, Forecast};
        let racks = Some(racks().number("racks"));
        // Nothing has begun by 7 August, so the forecast ends a week late; the line lasts as long as the forecast, and 10
        // of its 15 days lie ahead.
        check(&[], [0, 0, 10_000, 10_000]);
        check(&[entry(Actual, "2026-08-04", racks, 2_000, "INV-1")], [0, 0, 8_000, 10_000]);
        let order = entry(Commitment, "2026-08-04", racks, 4_000, "PO-1");
        check(std::slice::from_ref(&order), [4_000, 0, 6_000, 10_000]);
        // The forecast of the order is the same money as far as the order goes, and takes the place of the plan.
        check(
            &[order.clone(), entry(Forecast, "2026-08-20", racks, 4_500, "PO-1")],
            [4_000, 500, 1_000, 5_500],
        );
        check(&[order, entry(Forecast, "2026-08-20", racks, 1_000, "X")], [4_000, 1_000, 1_000, 6_000]);
        // The price of an order fell by 500: nothing is bought for that.
        let cheaper = [
            entry(Commitment, "2026-08-03", racks, 3_000, "PO-2"),
            entry(Actual, "2026-08-04", racks, 2_000, "PO-2"),
            entry(Actual, "2026-08-05", racks, -500, "PO-2"),
        ];
        check(&cheaper, [1_000, 0, 6_000 + 1_000, 9_500]);
        // Invoiced under another category it was bought all the same, and is no cheaper.
        let elsewhere = CostEntry {
            category: "services".to_owned(),
            ..entry(Actual, "2026-08-04", racks, 3_000, "PO-3")
        };
        check(&[entry(Commitment, "2026-08-03", racks, 3_000, "PO-3"), elsewhere], [0, 0, 7_000, 10_000]);
        // What was expected by now and has not come is no forecast any more.
        check(&[entry(Forecast, "2026-08-07", racks, 5_000, "X")], [0, 0, 10_000, 10_000]);
    }

    /// The line of 1 500 is invoiced in part, in full, and beyond; 1 000 of it lie ahead in time, and 9 000 of the racks.
    #[test]
    fn a_budget_line_that_is_invoiced_is_not_to_come_again() {
        use EntryType::{Accrual, Actual, Commitment};
        let travel = |kind, amount, number: &str| CostEntry {
            category: "travel".to_owned(),
            ..entry(kind, "2026-08-04", None, amount, number)
        };
        check(&[travel(Actual, 300, "INV-1")], [0, 0, 9_000 + 1_000, 10_300]);
        check(&[travel(Actual, 900, "INV-1")], [0, 0, 9_000 + 600, 10_500]);
        check(&[travel(Actual, 1_500, "INV-1")], [0, 0, 9_000, 10_500]);
        check(&[travel(Actual, 2_000, "INV-1")], [0, 0, 9_000, 11_000]);
        // What was received is bought, and its invoice is the same money.
        let received = [travel(Accrual, 900, "PO-1"), travel(Actual, 900, "PO-1")];
        check(&received[..1], [0, 0, 9_000 + 600, 10_500]);
        check(&received, [0, 0, 9_000 + 600, 10_500]);
        // Ordered 600, of which 300 are invoiced: 300 on order are part of the 1 000 that lie ahead.
        let ordered = [travel(Commitment, 600, "PO-1"), travel(Actual, 300, "PO-1")];
        check(&ordered, [300, 0, 9_000 + 700, 10_300]);
        // An invoice of the same category for a task is money of the task.
        let racks = Some(racks().number("racks"));
        let of_task =
            CostEntry { category: "travel".to_owned(), ..entry(Actual, "2026-08-04", racks, 900, "X") };
        check(&[of_task], [0, 0, 8_100 + 1_000, 10_000]);
    }
}
