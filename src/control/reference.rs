//! What a project is measured against: the newest approved baseline, or else its own plan.

use jiff::civil::Date;

use super::Position;
use super::task_budget::{TaskBudget, apportion};
use crate::model::{Baseline, Earning, Project, TaskNo};
use crate::plan::Schedule;
use crate::quantity::{Amount, Id, Window};

/// The yardstick: when each task was to happen, and for how much.
///
/// It is the newest baseline approved on or before the status date. A project without one is measured against its
/// plan as typed, which shows progress but cannot show slips of the plan itself.
#[derive(Clone, Debug)]
pub struct Reference {
    /// Where it comes from.
    pub source: ReferenceSource,
    /// The first day of its first task; the project's start where it has no task.
    pub start: Date,
    /// The last day it promises.
    pub finish: Date,
    /// Budget at completion (BAC): Σ budgets of `tasks` and `lines`. Reserves are not in it.
    pub budget: Amount,
    /// By task, in the order of the project's list; none for a task that the baseline does not know.
    pub tasks: Vec<Option<ReferenceTask>>,
    /// Money that belongs to no task, in the order of `budget.yaml`.
    pub lines: Vec<ReferenceLine>,
}

/// Where the yardstick comes from.
#[derive(Clone, Debug, PartialEq)]
pub enum ReferenceSource {
    /// A frozen baseline.
    Baseline {
        /// Its id, such as `B1`.
        id: Id,
        /// When it was approved; none where the file does not say.
        approved: Option<Date>,
    },
    /// The plan as typed, because no baseline had been approved.
    Plan,
}

/// What was promised for a task. Hammocks and level of effort have one too.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ReferenceTask {
    /// First day.
    pub start: Date,
    /// Last day.
    pub finish: Date,
    /// Budget; nothing for summaries.
    pub budget: Amount,
    /// Units in all, for a task that is counted in units: the frozen total that earned value divides by.
    pub units: Option<i64>,
}

/// Promised money that belongs to no task, spent evenly over the working days of its time.
#[derive(Clone, Debug, PartialEq)]
pub struct ReferenceLine {
    /// Its place in the project's `budget.lines`.
    pub line: usize,
    /// The category.
    pub category: String,
    /// How much.
    pub budget: Amount,
    /// First day.
    pub start: Date,
    /// Last day.
    pub finish: Date,
}

impl Reference {
    /// The budget of a task; nothing where the reference does not know it.
    #[must_use]
    pub fn budget_of(&self, task: TaskNo) -> Amount {
        self.tasks[task.0 as usize].map_or(Amount::ZERO, |promised| promised.budget)
    }

    /// The first and last day of a task; none where the reference does not know it.
    #[must_use]
    pub fn dates_of(&self, task: TaskNo) -> Option<(Date, Date)> {
        self.tasks[task.0 as usize].map(|promised| (promised.start, promised.finish))
    }

    /// How many calendar days a task lasts, first and last included; none where the reference does not know it.
    #[must_use]
    pub fn calendar_days_of(&self, task: TaskNo) -> Option<usize> {
        let (start, finish) = self.dates_of(task)?;
        Window::inclusive(start, finish).map(|window| window.days().count())
    }

    /// Says whether there is a frozen baseline to measure against.
    #[must_use]
    pub fn is_baseline(&self) -> bool {
        matches!(self.source, ReferenceSource::Baseline { .. })
    }
}

/// Finds what the project is measured against on the status date.
pub(super) fn reference(position: &Position, budgets: &[TaskBudget]) -> Reference {
    let project = position.project;
    let planned = planned_tasks(project, position.planned, budgets);
    let Some(baseline) = project.baseline_as_of(position.status_date) else {
        return assemble(project, ReferenceSource::Plan, planned, position.planned.finish_day(), None);
    };
    let source = ReferenceSource::Baseline { id: baseline.id.clone(), approved: baseline.approved };
    let tasks = baseline_tasks(project, baseline, planned);
    let last = tasks.iter().flatten().map(|task| task.finish).max();
    let finish = baseline.finish.or(last).unwrap_or_else(|| position.planned.finish_day());
    assemble(project, source, tasks, finish, baseline.budget)
}

/// The plan as typed, read as a promise.
fn planned_tasks(
    project: &Project,
    planned: &Schedule,
    budgets: &[TaskBudget],
) -> Vec<Option<ReferenceTask>> {
    project
        .task_numbers()
        .map(|number| {
            let slot = planned.slot(number);
            let units = match project.task(number).earning {
                Earning::Units { total, .. } => Some(total),
                _ => None,
            };
            let (start, finish) = (slot.first_day(), slot.last_day());
            // A point lies on the day its predecessor ends, which can be the day before its start.
            Some(ReferenceTask {
                start: start.min(finish),
                finish,
                budget: budgets[number.0 as usize].total(),
                units,
            })
        })
        .collect()
}

/// The tasks of a baseline.
///
/// A baseline may be abridged: tasks it leaves out are taken from the plan when, and only when, that makes the
/// budget it promises come out to the cent. Otherwise a task that is left out was added later.
fn baseline_tasks(
    project: &Project,
    baseline: &Baseline,
    planned: Vec<Option<ReferenceTask>>,
) -> Vec<Option<ReferenceTask>> {
    let listed: Vec<Option<ReferenceTask>> = project
        .task_numbers()
        .map(|number| {
            let typed = planned[number.0 as usize].and_then(|task| task.units);
            baseline.tasks.get(&number).map(|task| ReferenceTask {
                start: task.start,
                finish: task.finish,
                budget: task.budget,
                units: task.units.or(typed),
            })
        })
        .collect();
    let filled: Vec<Option<ReferenceTask>> =
        listed.iter().zip(planned).map(|(promised, typed)| promised.or(typed)).collect();
    let is_abridged = baseline.budget == Some(sum_of(&filled) + sum_of_lines(project));
    if is_abridged { filled } else { listed }
}

fn sum_of(tasks: &[Option<ReferenceTask>]) -> Amount {
    tasks.iter().flatten().map(|task| task.budget).sum()
}

fn sum_of_lines(project: &Project) -> Amount {
    project.budget.lines.iter().map(|line| line.amount).sum()
}

/// Puts tasks and budget lines together.
///
/// A baseline freezes only the sum of its budget lines: what it promises in all less what it promises for tasks.
/// That sum is divided among today's lines by their amounts.
fn assemble(
    project: &Project,
    source: ReferenceSource,
    tasks: Vec<Option<ReferenceTask>>,
    finish: Date,
    promised: Option<Amount>,
) -> Reference {
    let start = tasks.iter().flatten().map(|task| task.start).min().unwrap_or(project.start.day);
    let finish = finish.max(start);
    let frozen = promised.map_or_else(|| sum_of_lines(project), |sum| sum - sum_of(&tasks)).max(Amount::ZERO);
    let weights: Vec<i64> = project.budget.lines.iter().map(|line| line.amount.0.max(0)).collect();
    let lines: Vec<ReferenceLine> = project
        .budget
        .lines
        .iter()
        .zip(apportion(frozen.0, &weights))
        .enumerate()
        .map(|(place, (line, amount))| ReferenceLine {
            line: place,
            category: line.category.clone(),
            budget: Amount(amount),
            start: line.window.map_or(start, Window::first),
            finish: line.window.map_or(finish, Window::last_day),
        })
        .collect();
    let budget = sum_of(&tasks) + lines.iter().map(|line| line.budget).sum();
    Reference { source, start, finish, budget, tasks, lines }
}
