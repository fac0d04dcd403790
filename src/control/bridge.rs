//! The bridge from the budget to the estimate at completion: which cause moved it by how much.
//!
//! EAC − BAC is taken apart without a rest: what the work so far cost beyond its earned value, task by task and by cause, and
//! what the same trend adds to the work that is left.

use std::collections::BTreeSet;

use jiff::civil::Date;

use super::actual_cost::ActualCost;
use super::bridge_items::{of_task, without_task};
use super::earned_value::EarnedValue;
use super::grant_use::GrantUse;
use super::grants;
use super::history::History;
use super::overrun::taken;
use super::reserve::DrawSource;
use super::standing::{Standing, TaskValue};
use super::task_budget::TaskBudget;
use crate::diagnostic::Span;
use crate::model::TaskNo;
use crate::quantity::{Amount, Id};

/// How the estimate at completion comes out of the budget.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Bridge {
    /// Budget at completion (BAC).
    pub budget: Amount,
    /// The headline estimate at completion ([`EarnedValue::estimate`]).
    pub estimate: Amount,
    /// The causes in a fixed order, each once, those alone that have an item. `budget` + Σ amounts = `estimate` to the
    /// minor unit.
    pub parts: Vec<BridgePart>,
    /// Approved money that no cost has been found for yet: the estimate does not know it.
    pub unspent: Vec<Grant>,
    /// Everything that was approved since the reference, spent or not, and what was approved before it and is not in its budget.
    pub grants: Vec<Grant>,
}

/// One cause.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BridgePart {
    /// Which.
    pub cause: BridgeCause,
    /// Σ of its items; negative where it saved money.
    pub amount: Amount,
    /// What it is made of, in the order of the plan.
    pub items: Vec<BridgeItem>,
}

/// Why the estimate differs from the budget.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum BridgeCause {
    /// Overrun that approved changes, or decisions that drew on a reserve, granted for the task.
    ApprovedChanges,
    /// Cost of tasks that are neither in the reference nor in an approved change.
    UnapprovedScope,
    /// Finished work: invoices and receipts against the money budgeted for it, booked hours at their own rate against the
    /// rate planned.
    Price,
    /// Finished work: booked hours at the planned rate against the hours budgeted.
    Usage,
    /// Finished work that cost less than it earned: what of its orders is neither received nor invoiced, so that it is no saving.
    OnOrder,
    /// Work under way: cost before, or beyond, the value it has earned so far; and of purchases that are finished and not accepted,
    /// so that nothing is earned, cost up to their budget.
    UnderWay,
    /// Cost and budget lines that belong to no task.
    WithoutTask,
    /// The trend continued on the work that is left; nothing while it is too early for one.
    Trend,
    /// What the rest counted piece by piece is more than the trend, where orders refute that, or more is expected once all is done.
    Counted,
}

impl BridgeCause {
    /// Whether it is one sum about all that is left, not a list of things.
    #[must_use]
    pub fn is_one_sum(self) -> bool {
        matches!(self, Self::Trend | Self::Counted)
    }

    /// All causes in the order of the bridge.
    pub const ALL: [Self; 9] = [
        Self::ApprovedChanges,
        Self::UnapprovedScope,
        Self::Price,
        Self::Usage,
        Self::OnOrder,
        Self::UnderWay,
        Self::WithoutTask,
        Self::Trend,
        Self::Counted,
    ];
}

/// What a cause did at one place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BridgeItem {
    /// The task; none for money that belongs to no task, for the trend, and for what is counted beyond it.
    pub task: Option<TaskNo>,
    /// By how much it moves the estimate.
    pub amount: Amount,
    /// What the item cost.
    pub cost: Amount,
    /// What it was to cost: earned value, or the hours booked at the planned rate. `cost` − `worth` = `amount`, less what was
    /// granted.
    pub worth: Amount,
    /// How much of it exchange rates made: money in other currencies at its own rates against the rates of the plan; below zero
    /// where those currencies fell.
    pub exchange: Amount,
    /// Changes, decisions, issues and risks that became one, where they name the task; for granted money the change or decision alone, and
    /// nothing where exchange rates made all of it.
    pub because: Vec<Id>,
    /// Where it was typed: bookings first, else the task or the change.
    pub places: Vec<Span>,
}

/// Money that was approved after the reference, or before it and not taken up in its budget.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Grant {
    /// The change or decision.
    pub by: DrawSource,
    /// How much; in [`Bridge::unspent`] what is left of it.
    pub amount: Amount,
    /// The tasks it names, and those on which cost that names it is booked.
    pub tasks: Vec<TaskNo>,
    /// How many units of scope it pays for, below zero where it gives some up; none where it is for none, or a baseline has taken them up.
    pub units: Option<i64>,
    /// When it was granted; none where nobody says.
    pub decided: Option<Date>,
    /// Whether its work is done: every task it names is finished and none has anything on order; of one that names none, whether the
    /// change is implemented, or all work of the project is done. What is left of it then is not to come any more.
    pub is_work_done: bool,
    /// Where it stands.
    pub origin: Span,
}

impl Bridge {
    /// The estimate, and the budget and causes that add up to it.
    #[must_use]
    pub fn sum(&self) -> (Amount, Vec<Amount>) {
        (
            self.estimate,
            std::iter::once(self.budget).chain(self.parts.iter().map(|part| part.amount)).collect(),
        )
    }

    /// What was granted for a task by a day: of each grant that names it, what no other task that the grant names too needed of it.
    ///
    /// 1 000 for two tasks, of which the other cost 300 more than its budget, are 700 for this one. `needed` is by how much another
    /// task had gone over its budget by then.
    #[must_use]
    pub fn granted(&self, task: TaskNo, day: Date, needed: impl Fn(TaskNo) -> Amount) -> Amount {
        let is_granted = |grant: &&Grant| grant.decided.is_none_or(|decided| decided <= day);
        let granted: Vec<&Grant> = self.grants.iter().filter(is_granted).collect();
        let own = granted.iter().filter(|grant| grant.tasks.contains(&task));
        let others: BTreeSet<TaskNo> = own.flat_map(|grant| &grant.tasks).copied().collect();
        let mut left: Vec<Amount> = granted.iter().map(|grant| grant.amount).collect();
        for other in others.into_iter().filter(|other| *other != task) {
            let mut rest = needed(other).max(Amount::ZERO);
            for (_, left) in granted.iter().zip(&mut left).filter(|(grant, _)| grant.tasks.contains(&other)) {
                let part = taken(rest, *left);
                *left -= part;
                rest -= part;
            }
        }
        let own = granted.iter().zip(&left).filter(|(grant, _)| grant.tasks.contains(&task));
        own.map(|(_, left)| *left).sum()
    }
}

/// What the bridge is built from.
pub(super) struct BridgeSource<'a> {
    pub standing: Standing<'a>,
    pub budgets: &'a [TaskBudget],
    pub values: &'a [TaskValue],
    pub cost: &'a ActualCost,
    pub total: EarnedValue,
    /// What was known on past days.
    pub history: &'a History,
    /// Whether the project has ended, done or stopped: nothing of its orders is still to come.
    pub has_ended: bool,
    /// The day by which money counts as approved; cost counts to the day of `standing`.
    pub status_date: Date,
}

/// Builds the bridge.
pub(super) fn bridge(source: &BridgeSource) -> Bridge {
    let project = source.standing.yardstick.project;
    let grants = grants::grants(source);
    let mut left = grants.clone();
    let mut since = GrantUse::new(source);
    let mut items: Vec<(BridgeCause, BridgeItem)> = Vec::new();
    for number in project.task_numbers() {
        of_task(&mut since, number, &mut left, &mut items);
    }
    without_task(source, &mut left, &mut items);
    let total = &source.total;
    let trend = (total.estimate_by_performance() - total.actual, total.left());
    let counted = (total.estimate(), total.estimate_by_performance());
    for (cause, (cost, worth)) in [(BridgeCause::Trend, trend), (BridgeCause::Counted, counted)] {
        if cost != worth {
            let amount = cost - worth;
            let (because, places) = (Vec::new(), Vec::new());
            items.push((
                cause,
                BridgeItem { task: None, amount, cost, worth, exchange: Amount::ZERO, because, places },
            ));
        }
    }
    let part = |cause: BridgeCause| {
        let items: Vec<BridgeItem> =
            items.iter().filter(|(of, _)| *of == cause).map(|(_, item)| item.clone()).collect();
        let amount = items.iter().map(|item| item.amount).sum();
        (!items.is_empty()).then_some(BridgePart { cause, amount, items })
    };
    left.retain(|grant| grant.amount != Amount::ZERO);
    Bridge {
        budget: source.total.budget,
        estimate: source.total.estimate(),
        parts: BridgeCause::ALL.into_iter().filter_map(part).collect(),
        unspent: left,
        grants,
    }
}

#[cfg(test)]
mod tests {
    use super::super::golden::{STATUS_DATE, branch_network, change, euros, measured_on};
    use super::*;
    use crate::model::{ChangeStatus, EntryType};
    use crate::plan::sketch::{date, id};

    fn parts(bridge: &Bridge) -> Vec<(BridgeCause, Amount)> {
        bridge.parts.iter().map(|part| (part.cause, part.amount)).collect()
    }

    /// 1 000 for survey and design, 500 more for survey in November: the design went 300 over, and once 1 200.
    #[test]
    fn what_is_granted_for_several_tasks_is_granted_once() {
        let project = branch_network().project;
        let [survey, design] = ["survey", "design"].map(|name| project.task_by_id(&id(name)).unwrap());
        let grant = |amount: i64, tasks: &[TaskNo], day: &str| Grant {
            by: DrawSource::Change(id("cr-1")),
            amount: euros(amount),
            tasks: tasks.to_vec(),
            units: None,
            decided: Some(date(day)),
            is_work_done: false,
            origin: Span::default(),
        };
        let grants = vec![grant(1_000, &[survey, design], "2026-10-01"), grant(500, &[survey], "2026-11-16")];
        let bridge = Bridge { grants, ..Bridge::default() };
        let granted = |task: TaskNo, day: &str, over: i64| bridge.granted(task, date(day), |_| euros(over));
        assert_eq!(granted(survey, "2026-09-30", 300), Amount::ZERO);
        assert_eq!(granted(survey, "2026-10-01", -200), euros(1_000));
        assert_eq!(granted(survey, "2026-11-15", 300), euros(700));
        assert_eq!(granted(survey, "2026-11-16", 1_200), euros(500));
        assert_eq!(granted(design, "2026-11-16", 300), euros(700));
    }

    /// Worked by hand: business case 4.5 d for 4 (+360), survey 11 d for 10 (+600), design 9 for 8 (+600), staging 5 for 4
    /// (+600); express freight +1 680; pilot 3 240 spent for 2 160 earned (+1 080); the 24 232 left at 79 120 ÷ 74 200.
    #[test]
    fn the_branch_network_goes_from_98_432_to_104_959_by_four_causes() {
        let bridge = measured_on(&branch_network().project, STATUS_DATE).bridge;
        assert_eq!((bridge.budget, bridge.estimate), (euros(98_432), Amount(10_495_876)));
        assert_eq!(
            parts(&bridge),
            [
                (BridgeCause::Price, euros(1_680)),
                (BridgeCause::Usage, euros(2_160)),
                (BridgeCause::UnderWay, euros(1_080)),
                (BridgeCause::Trend, Amount(160_676)),
            ]
        );
        let price = &bridge.parts[0].items[0];
        assert_eq!((price.cost, price.worth), (euros(42_980), euros(41_300)));
        let usage: Vec<Amount> = bridge.parts[1].items.iter().map(|item| item.amount).collect();
        assert_eq!(usage, [euros(360), euros(600), euros(600), euros(600)]);
    }

    /// A change of 1 000 for the freight pays 1 000 of its 1 680; one of 900 for staging pays 600 of its overrun, and 300 are
    /// not spent; one decided before the baseline is in the budget already.
    #[test]
    fn approved_money_pays_for_its_own_tasks_first() {
        let mut sketch = branch_network();
        let (order, staging, pilot) =
            (sketch.number("order-hw"), sketch.number("staging"), sketch.number("pilot"));
        sketch.project.registers.changes.clear();
        for (name, cost, task, day) in [
            ("C1", 1_000, order, "2026-10-13"),
            ("C2", 900, staging, "2026-11-10"),
            ("C3", 5_000, pilot, "2026-08-10"),
        ] {
            let mut change = change(name, cost, ChangeStatus::Approved);
            change.decided = Some(date(day));
            change.tasks = vec![task];
            sketch.project.registers.changes.push(change);
        }
        let bridge = measured_on(&sketch.project, STATUS_DATE).bridge;
        assert_eq!(
            parts(&bridge),
            [
                (BridgeCause::ApprovedChanges, euros(1_600)),
                (BridgeCause::Price, euros(680)),
                (BridgeCause::Usage, euros(1_560)),
                (BridgeCause::UnderWay, euros(1_080)),
                (BridgeCause::Trend, Amount(160_676)),
            ]
        );
        // 6 900 drawn, 1 600 of them in the estimate and 300 left over by work that is done: 9 000 − 6 900 are left for the other
        // 4 626.76.
        let spending = measured_on(&sketch.project, STATUS_DATE).spending;
        assert_eq!(spending.contingency.remaining, euros(2_100));
        let needed = (spending.contingency.forecast_use, spending.management_reserve.forecast_use);
        assert_eq!(needed, (euros(2_100), Amount(252_676)));
        // Where no reserve pays, the contingency would have to pay the whole overrun.
        for change in &mut sketch.project.registers.changes {
            change.pay_from = None;
        }
        let spending = measured_on(&sketch.project, STATUS_DATE).spending;
        assert_eq!(spending.contingency.forecast_use, Amount(652_676));
        // What goes beyond it is the management reserve's to pay, and missing once.
        let needed = |contingency: i64, reserve: i64| {
            let mut project = sketch.project.clone();
            (project.budget.contingency, project.budget.management_reserve) =
                (euros(contingency), euros(reserve));
            let spending = measured_on(&project, STATUS_DATE).spending;
            (spending.contingency.forecast_use, spending.management_reserve.forecast_use)
        };
        assert_eq!(needed(3_000, 5_000), (euros(3_000), Amount(352_676)));
        assert_eq!(needed(3_000, 0), (Amount(652_676), Amount::ZERO));
        assert_eq!(bridge.unspent.len(), 1);
        assert_eq!((bridge.unspent[0].by.id().as_str(), bridge.unspent[0].amount), ("C2", euros(300)));
    }

    /// Switches for 41 300 are finished, 30 000 invoiced and 11 000 on order: they are 300 cheaper, and not 11 300.
    #[test]
    fn what_is_ordered_and_not_received_is_no_lower_price() {
        let mut sketch = branch_network();
        let order = sketch.number("order-hw");
        sketch.project.costs.retain(|entry| entry.task != Some(order));
        let mut book = |day: &str, entry_type: EntryType, amount: i64, reference: &str| {
            sketch.project.costs.push(crate::model::CostEntry {
                date: date(day),
                entry_type,
                category: "hardware".to_owned(),
                task: Some(order),
                amount: euros(amount),
                converted: None,
                reference: Some(reference.to_owned()),
                note: None,
                origin: Span::default(),
            });
        };
        book("2026-10-12", EntryType::Commitment, 11_000, "PO-2");
        book("2026-10-13", EntryType::Actual, 30_000, "PO-1");
        let of_order = |bridge: &Bridge, cause: BridgeCause| -> Option<[Amount; 3]> {
            let part = bridge.parts.iter().find(|part| part.cause == cause)?;
            let item = part.items.iter().find(|item| item.task == Some(order))?;
            Some([item.amount, item.cost, item.worth])
        };
        let bridge = measured_on(&sketch.project, STATUS_DATE).bridge;
        assert_eq!(of_order(&bridge, BridgeCause::Price), Some([-300, 30_000, 30_300].map(euros)));
        assert_eq!(of_order(&bridge, BridgeCause::OnOrder), Some([-11_000, 0, 11_000].map(euros)));
        let (estimate, causes) = bridge.sum();
        assert_eq!(estimate, causes.into_iter().sum());
    }

    /// Staging is finished and 300 of its 900 were not needed; the pilot goes on and its 2 000 less 1 080 are to come.
    #[test]
    fn money_granted_for_work_that_is_done_is_not_to_come() {
        let mut sketch = branch_network();
        let (staging, pilot) = (sketch.number("staging"), sketch.number("pilot"));
        sketch.project.registers.changes.clear();
        for (name, cost, task) in [("C1", 900, staging), ("C2", 2_000, pilot)] {
            let mut change = change(name, cost, ChangeStatus::Approved);
            change.decided = Some(date("2026-11-10"));
            change.tasks = vec![task];
            sketch.project.registers.changes.push(change);
        }
        let spending = measured_on(&sketch.project, STATUS_DATE).spending;
        assert_eq!((spending.granted_to_come(), spending.granted_to_return), (euros(920), euros(300)));
        // 6 526.76 over budget, of which 600 + 1 080 were drawn and spent, and the 300 left over pay for other work.
        assert_eq!(
            (spending.returned_and_needed, spending.contingency.forecast_use),
            (euros(300), Amount(454_676))
        );
        assert_eq!(spending.over_budget_in_cost_baseline(), euros(9_000));
        // Of a change that names no task its own day counts.
        for change in &mut sketch.project.registers.changes {
            change.tasks.clear();
        }
        sketch.project.registers.changes[0].implemented = Some(date("2026-11-13"));
        let spending = measured_on(&sketch.project, STATUS_DATE).spending;
        assert_eq!((spending.granted_to_come(), spending.granted_to_return), (euros(2_000), euros(900)));
        // What is on order is to come, whether the work is done or not.
        sketch.project.registers.changes[0].tasks = vec![staging];
        sketch.project.costs.push(crate::model::CostEntry {
            date: date("2026-11-16"),
            entry_type: EntryType::Commitment,
            category: "hardware".to_owned(),
            task: Some(staging),
            amount: euros(250),
            converted: None,
            reference: None,
            note: None,
            origin: Span::default(),
        });
        let spending = measured_on(&sketch.project, STATUS_DATE).spending;
        assert_eq!((spending.granted_to_come(), spending.granted_to_return), (euros(2_300), Amount::ZERO));
    }
}
