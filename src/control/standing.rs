//! What each task has earned by a day, by its own method.

use std::collections::BTreeSet;

use jiff::civil::Date;

use super::actual_cost::ActualCost;
use super::planned_value::{Yardstick, steps_done};
use super::task_budget::{TaskBudget, earning_base};
use crate::model::{Deliverable, Earning, EarningStep, TaskKind, TaskNo, TaskProgress};
use crate::plan::{Schedule, State};
use crate::quantity::{Amount, Effort, Fraction, GateId, Percent};

/// Value of one task as of the status date.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct TaskValue {
    /// Budget at completion from the reference; nothing for a task that the baseline does not know.
    pub budget: Amount,
    /// Planned value (PV, BCWS): the part of the budget that was to be earned by the end of the status date.
    pub planned_value: Amount,
    /// Earned value (EV, BCWP): budget × `earned`; never above the budget.
    pub earned_value: Amount,
    /// Actual cost (AC, ACWP): labour and other cost booked on the task by the status date.
    pub actual_cost: Amount,
    /// The share earned by the task's own method (0/100, units, steps …).
    pub earned: Fraction,
    /// The share of the work that is physically done, whatever the method allows to earn.
    pub physical: Fraction,
    /// Effort of the plan as typed, of level of effort that which the baseline promises with its money, as far as it says; nothing for
    /// points and summaries.
    ///
    /// A fifth of 20 days was planned, and a baseline froze the fifth of 30: 6 days and not 4, as its budget is that of 6.
    pub planned_effort: Effort,
    /// Effort booked by the status date.
    pub actual_effort: Effort,
    /// Booked effort × rates; part of `actual_cost`.
    pub labour_cost: Amount,
    /// Of the booked effort that of whom the plan names for the task.
    pub named_effort: Effort,
    /// What that cost; at these rates it was planned.
    pub named_cost: Amount,
    /// Invoices and open accruals; part of `actual_cost`.
    pub other_cost: Amount,
    /// By how much `other_cost` is dearer than at the exchange rates of the plan; below zero where other currencies fell.
    pub exchange: Amount,
    /// What the plan as typed costs now: labour and other; differs from `budget` where the plan has moved.
    pub budget_now: Amount,
    /// Whether the task is in the reference.
    pub is_in_reference: bool,
}

impl TaskValue {
    /// What of the planned effort is earned: all of finished work, of level of effort what was planned by now. 47.4 days of which 66 % are
    /// earned are 31.4.
    #[must_use]
    pub fn earned_effort(&self) -> Effort {
        Effort::from_minutes(self.earned.of(self.planned_effort.minutes()))
    }
}

/// What had been reported by a day, and what that day had earned.
#[derive(Clone, Copy, Debug)]
pub(super) struct Standing<'a> {
    pub yardstick: Yardstick<'a>,
    pub forecast: &'a Schedule,
    /// By task, as of `day`.
    pub progress: &'a [TaskProgress],
    pub day: Date,
}

impl Standing<'_> {
    /// The share of its budget that a task has earned, by its method.
    ///
    /// Finished is earned in full, whatever the count says: scope that was given up is a change, not a shortfall.
    /// Level of effort earns what was planned, capped at the whole. A purchase that earns all at once is earned when what it
    /// delivers is accepted, not when it arrives; once all work of the project is finished there is nothing left to buy, and it is earned
    /// too.
    pub fn earned_share(&self, number: TaskNo) -> Fraction {
        let base = earning_base(self.yardstick.project, self.yardstick.reference, number);
        if self.is_finished(base) {
            return if self.waits_for_acceptance(base) { Fraction::ZERO } else { Fraction::ONE };
        }
        let task = self.yardstick.project.task(base);
        match self.yardstick.reference.method_of(base) {
            _ if task.is_point() || task.is_summary() => Fraction::ZERO,
            Earning::AtStartAndFinish(share) if self.is_started(base) => share.fraction(),
            Earning::AtFinish | Earning::AtStartAndFinish(_) | Earning::Apportioned(_) => Fraction::ZERO,
            Earning::Steps(steps) => match &self.progress[base.0 as usize].steps_done {
                none if none.is_empty() => steps_done(steps, self.reported_percent(base)),
                done => self.weight_agreed(steps, base, done),
            },
            Earning::Units { total, .. } => {
                let frozen = self.yardstick.reference.tasks[base.0 as usize].and_then(|task| task.units);
                self.counted(base, frozen.unwrap_or(*total))
            }
            Earning::Percent => self.reported_percent(base),
            Earning::LevelOfEffort => self.yardstick.planned_share(base, self.day),
        }
    }

    /// The share of a task's work that is physically done: units of today's total, else the percentage reported;
    /// for an apportioned task that of its base, for level of effort the share of its time.
    pub fn physical_share(&self, number: TaskNo) -> Fraction {
        let base = earning_base(self.yardstick.project, self.yardstick.reference, number);
        if self.is_finished(base) {
            return Fraction::ONE;
        }
        match self.yardstick.reference.method_of(base) {
            Earning::Units { total, .. } => {
                let today = match &self.yardstick.project.task(base).earning {
                    Earning::Units { total, .. } => total,
                    _ => total,
                };
                self.counted(base, self.progress[base.0 as usize].units_total.unwrap_or(*today))
            }
            Earning::LevelOfEffort => self.yardstick.worked_share(base, self.day),
            _ => self.reported_percent(base),
        }
    }

    /// Earned value of a task.
    pub fn earned_value(&self, number: TaskNo) -> Amount {
        self.yardstick.reference.budget_of(number).share(self.earned_share(number))
    }

    /// Earned value of everything, and without level of effort and budget lines.
    pub fn earned_sums(&self) -> (Amount, Amount) {
        let project = self.yardstick.project;
        let (mut total, mut discrete) = (Amount::ZERO, Amount::ZERO);
        for number in project.task_numbers() {
            let earned = self.earned_value(number);
            total += earned;
            if !project.task(number).is_level_of_effort() {
                discrete += earned;
            }
        }
        // Money that belongs to no task earns as planned, like level of effort: nothing else could tell its progress.
        let lines = &self.yardstick.reference.lines;
        total += lines.iter().map(|line| self.yardstick.earned_line(line, self.day)).sum();
        (total, discrete)
    }

    /// The weight, as agreed, of the steps that are done, by their names in today's plan.
    fn weight_agreed(&self, agreed: &[EarningStep], number: TaskNo, done: &BTreeSet<usize>) -> Fraction {
        let Earning::Steps(today) = &self.yardstick.project.task(number).earning else {
            return Fraction::ZERO;
        };
        let is_done = |step: &&EarningStep| {
            done.iter().filter_map(|place| today.get(*place)).any(|known| known.name == step.name)
        };
        let weights = agreed.iter().filter(is_done).map(|step| step.weight.hundredths());
        Percent::from_hundredths(weights.sum()).fraction().clamped()
    }

    fn counted(&self, number: TaskNo, total: i64) -> Fraction {
        match self.progress[number.0 as usize].units_done {
            Some(done) => Fraction::new(done, total).clamped(),
            None => self.reported_percent(number),
        }
    }

    fn reported_percent(&self, number: TaskNo) -> Fraction {
        self.progress[number.0 as usize].percent_complete.map_or(Fraction::ZERO, Percent::fraction)
    }

    /// Work is finished when reported so; points, hammocks and summaries when the schedule says so.
    pub fn is_finished(&self, number: TaskNo) -> bool {
        if self.is_work(number) {
            return self.progress[number.0 as usize]
                .actual_finish
                .is_some_and(|finish| finish.day <= self.day);
        }
        let slot = self.forecast.slot(number);
        slot.state == State::Finished && slot.last_day() <= self.day
    }

    /// Says whether a purchase that earns all at once delivers something that is not accepted: nothing is earned until then.
    pub fn waits_for_acceptance(&self, number: TaskNo) -> bool {
        let mut waiting = self.yardstick.project.not_accepted_of(number, self.day).peekable();
        let is_rejected = |made: &Deliverable| made.rejected.iter().any(|day| *day <= self.day);
        *self.yardstick.reference.method_of(number) == Earning::AtFinish
            && waiting.peek().is_some()
            && (waiting.any(is_rejected) || !self.is_all_finished())
    }

    fn is_all_finished(&self) -> bool {
        let project = self.yardstick.project;
        let is_closed = project.gates.get(&GateId::G5).is_some_and(|gate| gate.is_passed(self.day));
        is_closed || project.task_numbers().all(|number| self.is_finished(number))
    }

    fn is_started(&self, number: TaskNo) -> bool {
        if self.is_work(number) {
            return self.progress[number.0 as usize].actual_start.is_some_and(|start| start.day <= self.day);
        }
        let slot = self.forecast.slot(number);
        slot.state != State::NotStarted && slot.first_day() <= self.day
    }

    fn is_work(&self, number: TaskNo) -> bool {
        matches!(self.yardstick.project.task(number).kind, TaskKind::Work(_))
    }
}

/// Values every task as of the status date, in the order of the project's list.
pub(super) fn task_values(standing: &Standing, budgets: &[TaskBudget], cost: &ActualCost) -> Vec<TaskValue> {
    let reference = standing.yardstick.reference;
    standing
        .yardstick
        .project
        .task_numbers()
        .map(|number| {
            let place = number.0 as usize;
            let (planned, booked) = (&budgets[place], cost.tasks[place]);
            let (budget, earned) = (reference.budget_of(number), standing.earned_share(number));
            let is_level = standing.yardstick.project.task(number).is_level_of_effort();
            let promised = reference.tasks[place].filter(|_| is_level).and_then(|promised| promised.effort);
            TaskValue {
                budget,
                planned_value: standing.yardstick.planned_value(number, standing.day),
                earned_value: budget.share(earned),
                actual_cost: booked.total(),
                earned,
                physical: standing.physical_share(number),
                planned_effort: promised.unwrap_or(planned.effort),
                actual_effort: booked.effort,
                labour_cost: booked.labour,
                named_effort: booked.named_effort,
                named_cost: booked.named_labour,
                other_cost: booked.other,
                exchange: booked.exchange,
                budget_now: planned.total(),
                is_in_reference: reference.tasks[place].is_some(),
            }
        })
        .collect()
}
