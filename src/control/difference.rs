//! What a change does to a project: start and finish, how sure they are, the money, the tasks, which are critical.
//!
//! Comes in: the same project measured twice, as it is and with a change. Goes out: [`Difference`]. Not here: how the
//! change was made, words, findings.

use std::collections::BTreeMap;

use jiff::civil::Date;

use crate::control::{Control, LimitsBroken, RequestPosition};
use crate::model::{Project, Task};
use crate::plan::risk::ScheduleRisk;
use crate::plan::{Schedule, Slot};
use crate::quantity::{Amount, Id};

/// Something before and after.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Change<T> {
    /// As it is.
    pub before: T,
    /// With the change.
    pub after: T,
}

impl<T: PartialEq> Change<T> {
    /// Says whether it differs at all.
    #[must_use]
    pub fn is_change(&self) -> bool {
        self.before != self.after
    }
}

/// A task whose first or last day moves.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MovedTask {
    /// Its id.
    pub task: Id,
    /// Its name.
    pub name: String,
    /// Its first day.
    pub first_day: Change<Date>,
    /// Its last day.
    pub last_day: Change<Date>,
    /// Working days of the project's calendar by which the last day moves; negative when it comes earlier.
    pub working_days: i64,
    /// Working days of the project's calendar by which the first day moves; negative when it comes earlier.
    pub start_working_days: i64,
}

/// What a change does to a project.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// The first day of the first task.
    pub start: Change<Date>,
    /// Working days of the project's calendar by which the start moves; negative when it comes earlier.
    pub start_working_days: i64,
    /// The project's last day.
    pub finish: Change<Date>,
    /// Working days of the project's calendar by which the finish moves; negative when it comes earlier.
    pub finish_working_days: i64,
    /// The headline estimate at completion ([`Control::estimate`]); none where work is done and no cost is recorded.
    pub estimate_at_completion: Change<Option<Amount>>,
    /// The estimate at completion from what is left to do and to buy, one by one
    /// ([`crate::control::BottomUp::estimate`]): it moves with the plan of the rest, as the headline does not.
    pub estimate_from_below: Change<Amount>,
    /// Of that, what the labour of open tasks still costs ([`crate::control::BottomUp::labour`]); the rest is spent or bought.
    pub labour_left: Change<Amount>,
    /// By how much the labour left of each open task changes, by its name, the largest change first; those that keep it are left out.
    pub labour_by_task: Vec<(String, Amount)>,
    /// What the tasks of the plan as typed cost, with the budget lines that belong to no task, whatever a baseline promised.
    pub planned_cost: Change<Amount>,
    /// The day by which half of all runs end; none where nothing varies.
    pub finish_p50: Change<Option<Date>>,
    /// The day by which four of five runs end.
    pub finish_p80: Change<Option<Date>>,
    /// The cost that half of all runs do not exceed.
    pub cost_p50: Change<Option<Amount>>,
    /// The cost that four of five runs do not exceed.
    pub cost_p80: Change<Option<Amount>>,
    /// Expected value of open risks after response, opportunities taken off.
    pub exposure: Change<Amount>,
    /// What is left of the contingency.
    pub contingency: Change<Amount>,
    /// What is left of the management reserve.
    pub management_reserve: Change<Amount>,
    /// Net present value of the preferred option, or of the first, with the headline estimate, as pages and `why` have it; none without
    /// a business case.
    pub net_present_value: Change<Option<Amount>>,
    /// The same with the rest counted piece by piece (EAC₄) in place of the headline estimate, which knows only the trend of the work so
    /// far; none where the case does not hold the headline, and once nothing is left to do.
    pub net_present_value_counted: Change<Option<Amount>>,
    /// What the change breaks of tolerances and deadlines, as it is and with it.
    pub limits: Change<LimitsBroken>,
    /// Requests that are overdue without a new promise and that the finish rests on with the change
    /// ([`Control::overdue_and_needed`]), though it does not as it is; in the order of the register.
    pub relies_on: Vec<RequestPosition>,
    /// Milestones and gates whose day moves; in the order of the plan.
    pub milestones: Vec<MovedTask>,
    /// Work whose first or last day moves; in the order of the plan.
    pub work: Vec<MovedTask>,
    /// Tasks that become critical.
    pub critical_now: Vec<Id>,
    /// Tasks that are critical no longer.
    pub critical_no_longer: Vec<Id>,
    /// Tasks that are no longer in the plan.
    pub gone: Vec<Id>,
}

/// A project as it was measured.
#[derive(Clone, Copy, Debug)]
pub struct Measured<'a> {
    /// The project.
    pub project: &'a Project,
    /// Its forecast.
    pub forecast: &'a Schedule,
    /// Its figures.
    pub control: &'a Control,
    /// How sure finish and cost are.
    pub risk: Option<&'a ScheduleRisk>,
}

impl Measured<'_> {
    fn task(&self, id: &Id) -> Option<(&Task, &Slot)> {
        let number = self.project.task_by_id(id)?;
        Some((self.project.task(number), self.forecast.slot(number)))
    }

    /// What the labour left of each open task costs, by its id, with its name.
    fn labour_left(&self) -> BTreeMap<&Id, (&String, Amount)> {
        let rests = self.control.bottom_up.tasks.iter();
        let tasks = rests.map(|rest| (self.project.task(rest.task), rest.labour));
        tasks.map(|(task, labour)| (&task.id, (&task.name, labour))).collect()
    }

    fn limits(&self, promised: Date) -> LimitsBroken {
        LimitsBroken::against(promised, self.project, self.control, self.forecast)
    }

    fn planned_cost(&self) -> Amount {
        let of_tasks: Amount = self.control.tasks.iter().map(|task| task.budget_now).sum();
        let of_lines: Amount = self.project.budget.lines.iter().map(|line| line.amount).sum();
        of_tasks + of_lines
    }

    /// The first day of the first task; the project's start where there is none.
    fn start(&self) -> Date {
        let tasks = self.project.tasks.iter().zip(&self.forecast.slots);
        let days = tasks.filter(|(task, _)| !task.is_summary()).map(|(_, slot)| slot.first_day());
        days.min().unwrap_or(self.project.start.day)
    }

    fn finish_by(&self, percent: usize) -> Option<Date> {
        self.risk?.finish.day(percent)
    }

    /// None, too, where work is done and no cost is recorded.
    fn cost_by(&self, percent: usize) -> Option<Amount> {
        self.risk.filter(|_| self.control.spending.is_recorded)?.cost.percentile(percent)
    }

    /// The net present value by the rest counted piece by piece (EAC₄).
    fn net_present_value_counted(&self) -> Option<Amount> {
        self.control.net_present_value_counted(self.project, self.forecast.finish_day())
    }

    pub(super) fn net_present_value(&self) -> Option<Amount> {
        let case = self.control.case.as_ref()?;
        case.preferred_now().or_else(|| case.options.first()).map(|option| option.npv)
    }
}

/// By how much the labour left of each task changes, the largest change first.
fn labour_by_task(before: &Measured<'_>, after: &Measured<'_>) -> Vec<(String, Amount)> {
    let (then, now) = (before.labour_left(), after.labour_left());
    let names: BTreeMap<&Id, &String> = then.iter().chain(&now).map(|(id, (name, _))| (*id, *name)).collect();
    let of = |side: &BTreeMap<&Id, (&String, Amount)>, id: &Id| {
        side.get(id).map_or(Amount::ZERO, |(_, labour)| *labour)
    };
    let moved = names.into_iter().map(|(id, name)| (name.clone(), of(&now, id) - of(&then, id)));
    let mut moved: Vec<(String, Amount)> = moved.filter(|(_, by)| *by != Amount::ZERO).collect();
    moved.sort_by_key(|(_, by)| std::cmp::Reverse(by.0.abs()));
    moved
}

/// The requests that the finish rests on only after a change.
fn relied_on(before: &Control, after: &Control) -> Vec<RequestPosition> {
    let known: Vec<&Id> = before.overdue_and_needed().map(|(_, request)| &request.id).collect();
    let rests = after.overdue_and_needed().map(|(_, request)| request);
    rests.filter(|request| !known.contains(&&request.id)).cloned().collect()
}

impl Difference {
    /// What the business case is worth on the basis on which options stand beside each other: the rest counted piece by piece (EAC₄), as
    /// their cost is, where the case holds what the project costs, else as pages have it. None without a business case.
    ///
    /// Of an option that brings EAC₄ from 738 552 to 657 732 the case is worth that of 657 732, beside 317 839 of the forecast as it stands: the
    /// trend of the work so far, 674 545, knows of neither.
    #[must_use]
    pub fn worth(&self) -> Change<Option<Amount>> {
        if self.is_worth_counted() { self.net_present_value_counted } else { self.net_present_value }
    }

    /// What is bought more and what is paid more for labour, where one of them falls and the other rises, so that their sum alone would
    /// surprise; none where both go the same way, or one of them stays.
    ///
    /// A second crew for 2 400 that shortens 3 816 of other work brings the estimate down by 1 416: 2 400 and −3 816.
    #[must_use]
    pub fn bought_and_worked(&self) -> Option<(Amount, Amount)> {
        let worked = self.labour_left.after - self.labour_left.before;
        let bought = self.estimate_from_below.after - self.estimate_from_below.before - worked;
        let is_opposed = bought.0.signum() * worked.0.signum() < 0;
        is_opposed.then_some((bought, worked))
    }

    /// Whether [`Difference::worth`] is that with the rest counted piece by piece (EAC₄).
    #[must_use]
    pub fn is_worth_counted(&self) -> bool {
        let counted = self.net_present_value_counted;
        counted.before.is_some() && counted.after.is_some()
    }

    /// Compares a project as it is with the same project after a change.
    #[must_use]
    pub fn between(before: Measured<'_>, after: Measured<'_>) -> Self {
        let time = before.project.working_time();
        let days = |change: &Change<Date>| time.working_days_after(change.before, change.after);
        let finish = Change { before: before.forecast.finish_day(), after: after.forecast.finish_day() };
        let promised = before.control.reference.finish;
        let start = Change { before: before.start(), after: after.start() };
        let of =
            |figure: fn(&Measured<'_>) -> Amount| Change { before: figure(&before), after: figure(&after) };
        let day = |percent| Change { before: before.finish_by(percent), after: after.finish_by(percent) };
        let cost = |percent| Change { before: before.cost_by(percent), after: after.cost_by(percent) };
        let mut difference = Self {
            start,
            start_working_days: time.working_days_between(start.before, start.after),
            finish,
            finish_working_days: days(&finish),
            estimate_at_completion: Change {
                before: before.control.estimate(),
                after: after.control.estimate(),
            },
            estimate_from_below: of(|one| one.control.bottom_up.estimate),
            labour_left: of(|one| one.control.bottom_up.labour),
            labour_by_task: labour_by_task(&before, &after),
            planned_cost: Change { before: before.planned_cost(), after: after.planned_cost() },
            finish_p50: day(50),
            finish_p80: day(80),
            cost_p50: cost(50),
            cost_p80: cost(80),
            exposure: of(|one| one.control.exposure()),
            contingency: of(|one| one.control.spending.contingency.remaining),
            management_reserve: of(|one| one.control.spending.management_reserve.remaining),
            net_present_value: Change {
                before: before.net_present_value(),
                after: after.net_present_value(),
            },
            net_present_value_counted: Change {
                before: before.net_present_value_counted(),
                after: after.net_present_value_counted(),
            },
            limits: Change { before: before.limits(promised), after: after.limits(promised) },
            relies_on: relied_on(before.control, after.control),
            milestones: Vec::new(),
            work: Vec::new(),
            critical_now: Vec::new(),
            critical_no_longer: Vec::new(),
            gone: Vec::new(),
        };
        for number in before.project.task_numbers() {
            let (task, slot) = (before.project.task(number), before.forecast.slot(number));
            let Some((_, later)) = after.task(&task.id) else {
                difference.gone.push(task.id.clone());
                continue;
            };
            if task.is_summary() {
                continue;
            }
            match (slot.critical, later.critical) {
                (true, false) => difference.critical_no_longer.push(task.id.clone()),
                (false, true) => difference.critical_now.push(task.id.clone()),
                _ => {}
            }
            let last_day = Change { before: slot.last_day(), after: later.last_day() };
            let first_day = Change { before: slot.first_day(), after: later.first_day() };
            let is_moved = first_day.is_change() || last_day.is_change();
            if !is_moved || !(task.is_point() || task.is_work()) {
                continue;
            }
            let moved = MovedTask {
                task: task.id.clone(),
                name: task.name.clone(),
                first_day,
                last_day,
                working_days: days(&last_day),
                start_working_days: time.working_days_between(first_day.before, first_day.after),
            };
            if task.is_point() {
                difference.milestones.push(moved);
            } else {
                difference.work.push(moved);
            }
        }
        difference
    }

    /// Says whether none of what is compared changes.
    #[must_use]
    pub fn is_nothing(&self) -> bool {
        let days = [self.finish_p50, self.finish_p80];
        let costs = [self.cost_p50, self.cost_p80, self.net_present_value, self.net_present_value_counted];
        let money = [self.exposure, self.contingency, self.management_reserve];
        !self.start.is_change()
            && !self.finish.is_change()
            && !days.iter().any(Change::is_change)
            && !costs.iter().any(Change::is_change)
            && !money.iter().any(Change::is_change)
            && !self.estimate_at_completion.is_change()
            && !self.estimate_from_below.is_change()
            && !self.planned_cost.is_change()
            && self.milestones.is_empty()
            && self.work.is_empty()
            && self.critical_now.is_empty()
            && self.critical_no_longer.is_empty()
            && self.gone.is_empty()
    }
}
