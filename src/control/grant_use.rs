//! How much of the overrun of a task a grant can have paid for.
//!
//! Comes in: a task, what it cost and earned on the day of the grant and today. Goes out: the most that the grant may take of the
//! overrun. Not here: in which order grants are used, and what is left of them (`bridge`).

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::actual_cost::{ActualCost, actual_cost};
use super::bridge::{BridgeSource, Grant};
use super::standing::Standing;
use super::task_budget::earning_base;
use crate::model::{Earning, TaskNo};
use crate::quantity::{Amount, Fraction};

/// Looks back at the days on which money was granted; the cost of each is gathered once.
pub(super) struct GrantUse<'a> {
    /// What the bridge is built from.
    pub source: &'a BridgeSource<'a>,
    costs: BTreeMap<Date, ActualCost>,
}

impl<'a> GrantUse<'a> {
    pub fn new(source: &'a BridgeSource<'a>) -> Self {
        Self { source, costs: BTreeMap::new() }
    }

    /// What of the overrun of a task came after a grant, at most.
    ///
    /// Of finished work a grant may have paid all of it, whenever it came. Of work under way it paid what has been added since: what the
    /// task had gone over by the newest report before the grant was there already, and what was booked before it was not paid by it. Where
    /// nothing is earned until the end, cost within the budget is no overrun.
    ///
    /// 2 000 over in the report of 10 April, granted on the 17th, 5 840 over on the 24th: 3 840 at most.
    pub fn since(&mut self, task: TaskNo, grant: &Grant, overrun: Amount) -> Amount {
        let source = self.source;
        if source.standing.is_finished(task) {
            return overrun;
        }
        let cost = source.cost.tasks[task.0 as usize].total();
        let now = over(&source.standing, task, cost).min(overrun);
        let Some(decided) = grant.decided else { return now };
        if decided >= source.standing.day {
            return Amount::ZERO;
        }
        let booked_since = cost - self.cost_on(decided, task);
        let told = source.history.reports_to(decided).last().map(|(day, _)| *day);
        let before = told.map_or(Amount::ZERO, |day| {
            let then = Standing { progress: source.history.on(day), day, ..source.standing };
            over(&then, task, self.cost_on(day, task))
        });
        (now - before.max(Amount::ZERO)).min(booked_since).max(Amount::ZERO)
    }

    fn cost_on(&mut self, day: Date, task: TaskNo) -> Amount {
        let project = self.source.standing.yardstick.project;
        let cost = self.costs.entry(day).or_insert_with(|| actual_cost(project, day));
        cost.tasks[task.0 as usize].total()
    }
}

/// By how much a task had gone over: cost beyond earned value; where the method earns in lumps, which lag behind the work, beyond the
/// budget.
fn over(standing: &Standing, task: TaskNo, cost: Amount) -> Amount {
    let reference = standing.yardstick.reference;
    let base = earning_base(standing.yardstick.project, reference, task);
    let lags = matches!(
        reference.method_of(base),
        Earning::AtFinish | Earning::AtStartAndFinish(_) | Earning::Steps(_)
    );
    let worth = if lags { reference.budget_of(task) } else { standing.earned_value(task) };
    cost - worth
}

/// How many units of a task beyond those agreed are done and not yet set against a grant; none where the task is not counted, or is
/// finished, so that all of them are.
pub(super) struct UnitsBeyond(Option<i64>);

impl UnitsBeyond {
    pub fn of(source: &BridgeSource, task: TaskNo) -> Self {
        let standing = &source.standing;
        let reference = standing.yardstick.reference;
        let base = earning_base(standing.yardstick.project, reference, task);
        let Earning::Units { total, .. } = reference.method_of(base) else { return Self(None) };
        if standing.is_finished(base) {
            return Self(None);
        }
        let agreed = reference.tasks[base.0 as usize].and_then(|task| task.units).unwrap_or(*total);
        let told = standing.progress[base.0 as usize].units_done;
        let done = told.unwrap_or_else(|| standing.physical_share(base).of(agreed));
        Self(Some((done - agreed).max(0)))
    }

    /// What of a grant may be used: of money for so many units more, the share of them that is done.
    ///
    /// 8 000 for 20 units, of which 5 are done beyond the 120 that were agreed: 2 000.
    pub fn usable(&mut self, grant: &Grant) -> Amount {
        match (&mut self.0, grant.units) {
            (Some(beyond), Some(units)) if units > 0 => {
                let done = units.min(*beyond);
                *beyond -= done;
                grant.amount.share(Fraction::new(done, units))
            }
            _ => grant.amount,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::BridgeCause;
    use super::super::golden::{STATUS_DATE, branch_network, change, euros, measured_on};
    use super::*;
    use crate::diagnostic::Span;
    use crate::model::{
        Assignee, Baseline, BaselineTask, ChangeStatus, CostEntry, Deliverable, EntryType, PersonNo,
        ProgressEntry, Project, TaskCost, TimeEntry, Worker,
    };
    use crate::plan::sketch::{Sketch, date, id};
    use crate::quantity::{Effort, Moment, Window};

    /// 120 points in 40 days at 1 200, promised; 16 done for 7 days on 10 April, so that 2 000 are over; on 24 April what is given. 8 000
    /// were granted on 17 April for so many points more.
    fn reports(done: i64, days: i64, units: Option<i64>) -> Project {
        let mut sketch = Sketch::starting("2026-03-30", &[]);
        let tom = sketch.person("tom", &[]);
        sketch.project.team.people[tom.0 as usize].rate = Some("1200 EUR/d".parse().unwrap());
        let task = sketch.work("reports", "40d", &[]).assign(Assignee::Person(tom), 100);
        task.earning = Earning::Units { total: 140, unit: "points".to_owned() };
        let number = sketch.number("reports");
        for (day, points) in [("2026-04-10", 16), ("2026-04-24", done)] {
            sketch.project.progress.push(ProgressEntry {
                actual_start: Some(Moment::on(date("2026-03-31"))),
                units_done: Some(points),
                ..ProgressEntry::silent(date(day), number)
            });
        }
        for (first, last, days) in [("2026-04-06", "2026-04-10", 7), ("2026-04-20", "2026-04-24", days)] {
            sketch.project.timesheets.push(TimeEntry {
                period: Window::inclusive(date(first), date(last)).unwrap(),
                written: String::new(),
                worker: Worker::Person(PersonNo(0)),
                task: number,
                effort: Effort::from_minutes(days * 480),
                origin: Span::default(),
            });
        }
        let mut baseline = Baseline { id: id("B1"), ..branch_network().project.baselines[0].clone() };
        baseline.approved = Some(date("2026-03-27"));
        let promised = BaselineTask {
            start: date("2026-03-30"),
            finish: date("2026-05-22"),
            duration: None,
            budget: euros(48_000),
            effort: None,
            units: Some(120),
            origin: Span::default(),
        };
        baseline.tasks = [(number, promised)].into();
        (baseline.budget, baseline.sum) = (Some(euros(48_000)), euros(48_000));
        sketch.project.baselines.push(baseline);
        let mut granted = change("C1", 8_000, ChangeStatus::Approved);
        (granted.decided, granted.scope_units, granted.tasks) =
            (Some(date("2026-04-17")), units, vec![number]);
        sketch.project.registers.changes.push(granted);
        sketch.project
    }

    #[track_caller]
    fn check(project: &Project, day: &str, used: i64, under_way: i64) {
        let bridge = measured_on(project, day).bridge;
        let of = |cause| {
            bridge.parts.iter().find(|part| part.cause == cause).map_or(Amount::ZERO, |part| part.amount)
        };
        assert_eq!(
            (of(BridgeCause::ApprovedChanges), of(BridgeCause::UnderWay)),
            (euros(used), euros(under_way)),
            "{bridge:?}"
        );
    }

    /// 34 of 120 points are 13 600 of 48 000; with 9 days at 1 200 on top of the 7, 19 200 are spent: 5 600 over.
    #[test]
    fn an_overrun_of_old_work_is_not_put_down_to_a_change_that_has_not_begun() {
        check(&reports(34, 9, Some(20)), "2026-04-24", 0, 5_600);
        // Money alone pays what came after it: 2 000 were over in the report before.
        check(&reports(34, 9, None), "2026-04-24", 3_600, 2_000);
        // On its own day nothing has come after it.
        check(&reports(34, 9, None), "2026-04-17", 0, 2_000);
        // 125 points: all of the 48 000 are earned; 8 400 and 40 days at 1 200 are 8 400 over, 6 400 of them since. 5 of 20 points are
        // done, for 2 000 of the 8 000.
        check(&reports(125, 40, Some(20)), "2026-04-24", 2_000, 6_400);
    }

    /// 5 000 of an order of 9 900 arrive after 1 800 were granted: a part of a delivery, within the budget.
    #[test]
    fn a_part_delivery_within_the_budget_uses_no_grant() {
        let mut sketch = Sketch::starting("2026-04-01", &[]);
        let task = sketch.work("tokens", "20d", &[]);
        task.earning = Earning::AtFinish;
        task.costs.push(TaskCost {
            amount: euros(9_900),
            category: "hardware".to_owned(),
            origin: Span::default(),
        });
        let number = sketch.number("tokens");
        let mut baseline = branch_network().project.baselines[0].clone();
        baseline.approved = Some(date("2026-03-31"));
        baseline.tasks.clear();
        baseline.budget = Some(euros(9_900));
        sketch.project.baselines.push(baseline);
        let mut granted = change("C1", 1_800, ChangeStatus::Approved);
        (granted.decided, granted.tasks) = (Some(date("2026-04-14")), vec![number]);
        sketch.project.registers.changes.push(granted);
        sketch.project.progress.push(ProgressEntry {
            actual_start: Some(Moment::on(date("2026-04-01"))),
            ..ProgressEntry::silent(date("2026-04-24"), number)
        });
        let received = |day: &str, amount| CostEntry {
            date: date(day),
            entry_type: EntryType::Accrual,
            category: "hardware".to_owned(),
            task: Some(number),
            amount: euros(amount),
            converted: None,
            reference: Some("PO-1".to_owned()),
            note: None,
            origin: Span::default(),
        };
        sketch.project.costs.push(received("2026-04-20", 5_000));
        check(&sketch.project, "2026-04-24", 0, 5_000);
        // With 6 000 more, 11 000 are 1 100 beyond the budget.
        sketch.project.costs.push(received("2026-04-22", 6_000));
        check(&sketch.project, "2026-04-24", 1_100, 9_900);
    }

    /// 42 980 were invoiced for a purchase of 41 300. While it is not accepted nothing is earned, and it is not 42 980 too dear.
    #[test]
    fn a_purchase_that_is_not_accepted_was_to_cost_its_budget() {
        let mut project = branch_network().project;
        let order = project.task_by_id(&id("order-hw")).unwrap();
        project.deliverables.push(Deliverable {
            id: id("D1"),
            deliverable: super::super::golden::text("Hardware"),
            approver: None,
            owner: None,
            criteria: Vec::new(),
            submitted: Vec::new(),
            rejected: Vec::new(),
            acceptance: None,
            produced_by: vec![order],
            origin: Span::default(),
        });
        let bridge = measured_on(&project, STATUS_DATE).bridge;
        let of_order = |cause| {
            let part = bridge.parts.iter().find(|part| part.cause == cause).unwrap();
            let item = part.items.iter().find(|item| item.task == Some(order)).unwrap();
            [item.amount, item.cost, item.worth]
        };
        assert_eq!(of_order(BridgeCause::Price), [1_680, 42_980, 41_300].map(euros));
        assert_eq!(of_order(BridgeCause::UnderWay), [41_300, 41_300, 0].map(euros));
    }
}
