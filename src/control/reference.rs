//! What a project is measured against: the newest approved baseline, or else its own plan.

use jiff::civil::Date;

use super::Position;
use super::actual_cost::labour_category;
use super::task_budget::{TaskBudget, apportion};
use crate::diagnostic::Span;
use crate::model::{Baseline, BaselineLine, Earning, Project, TaskNo, ValueSeries};
use crate::plan::Schedule;
use crate::quantity::{Amount, Effort, Id, Instant, Window};

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
    /// Money that belongs to no task, in the order of the baseline, else of `budget.yaml`; then what was promised for
    /// tasks that the plan no longer has.
    pub lines: Vec<ReferenceLine>,
    /// The method by which each task earns: that of the baseline where it keeps one, else that of the plan.
    pub methods: Vec<Earning>,
    /// Planned value as it was frozen, by task; none where it follows from dates and method.
    pub planned: Vec<Option<ValueSeries>>,
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
        /// From which day it is measured against ([`Baseline::in_force_from`]).
        since: Option<Date>,
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
    /// The minute at which its work begins; where only days are known, the midnight that begins the first.
    pub from: Instant,
    /// The minute at which its work ends; where only days are known, the midnight that ends the last.
    pub until: Instant,
    /// Budget; nothing for summaries.
    pub budget: Amount,
    /// The time of people that goes into it, where a baseline says it.
    pub effort: Option<Effort>,
    /// Units in all, for a task that is counted in units: the frozen total that earned value divides by.
    pub units: Option<i64>,
}

/// Promised money that belongs to no task of the plan, spent evenly over the working days of its time.
#[derive(Clone, Debug, PartialEq)]
pub struct ReferenceLine {
    /// What for.
    pub name: String,
    /// Where it stands.
    pub origin: Span,
    /// The category.
    pub category: String,
    /// How much.
    pub budget: Amount,
    /// First day.
    pub start: Date,
    /// Last day.
    pub finish: Date,
    /// Planned value as it was frozen; none where it is spent evenly.
    pub planned: Option<ValueSeries>,
    /// How it earns.
    pub earns: LineEarning,
}

/// How promised money earns that belongs to no task of the plan.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LineEarning {
    /// As planned, with time: nothing else could tell its progress.
    WithTime,
    /// Not at all: it was promised for a task that the plan no longer has, and that nobody reports on. Deleting work
    /// takes nothing out of what was approved.
    Nothing {
        /// Whether that task was to earn with time alone, so that it is no discrete work.
        is_level_of_effort: bool,
    },
}

impl ReferenceLine {
    /// Says whether it stands for a task that the plan no longer has.
    #[must_use]
    pub fn is_dropped_task(&self) -> bool {
        matches!(self.earns, LineEarning::Nothing { .. })
    }

    /// Says whether it stands for a task that the plan no longer has and that was discrete work.
    #[must_use]
    pub fn is_discrete(&self) -> bool {
        self.earns == LineEarning::Nothing { is_level_of_effort: false }
    }
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

    /// The method by which a task earns value.
    #[must_use]
    pub fn method_of(&self, task: TaskNo) -> &Earning {
        &self.methods[task.0 as usize]
    }

    /// Says whether there is a frozen baseline to measure against.
    #[must_use]
    pub fn is_baseline(&self) -> bool {
        matches!(self.source, ReferenceSource::Baseline { .. })
    }

    /// From which day the baseline is measured against; none for the plan, and for one that does not say.
    #[must_use]
    pub fn in_force_from(&self) -> Option<Date> {
        match &self.source {
            ReferenceSource::Baseline { since, .. } => *since,
            ReferenceSource::Plan => None,
        }
    }

    fn sum(&self) -> Amount {
        sum_of(&self.tasks) + self.lines.iter().map(|line| line.budget).sum()
    }

    /// The id of the baseline that is measured against; none where it is the plan as typed.
    #[must_use]
    pub fn baseline_id(&self) -> Option<&Id> {
        match &self.source {
            ReferenceSource::Baseline { id, .. } => Some(id),
            ReferenceSource::Plan => None,
        }
    }
}

/// Finds what the project is measured against on the status date.
pub(super) fn reference(position: &Position, budgets: &[TaskBudget]) -> Reference {
    let project = position.project;
    let totals: Vec<Amount> = budgets.iter().map(TaskBudget::total).collect();
    let planned = scheduled_tasks(project, position.planned, &totals);
    let Some(baseline) = project.baseline_as_of(position.status_date) else {
        return of_schedule(project, position.planned, &totals);
    };
    let (id, since) = (baseline.id.clone(), baseline.in_force_from());
    let source = ReferenceSource::Baseline { id, approved: baseline.approved, since };
    let tasks = baseline_tasks(project, baseline, planned);
    let dropped = dropped_tasks(project, baseline);
    let last = tasks.iter().flatten().map(|task| task.finish);
    let last = last.chain(dropped.iter().map(|task| task.finish)).max();
    let finish = baseline.finish.or(last).unwrap_or_else(|| position.planned.finish_day());
    let of_dropped: Amount = dropped.iter().map(|task| task.budget).sum();
    let mut reference = assemble(project, source, tasks, finish, baseline.budget.map(|sum| sum - of_dropped));
    if let Some(lines) = &baseline.lines {
        reference.lines = frozen_lines(lines);
    }
    let first_dropped = dropped.iter().map(|task| task.start).min();
    reference.start = first_dropped.map_or(reference.start, |first| first.min(reference.start));
    reference.lines.extend(dropped);
    reference.budget = reference.sum();
    for (number, method) in &baseline.methods {
        if let Some(known) = reference.methods.get_mut(number.0 as usize) {
            *known = method.clone();
        }
    }
    for (number, series) in &baseline.planned_value {
        if let Some(known) = reference.planned.get_mut(number.0 as usize) {
            *known = Some(series.clone());
        }
    }
    reference
}

/// A schedule with the budgets of its tasks, read as a promise.
pub(super) fn of_schedule(project: &Project, schedule: &Schedule, budgets: &[Amount]) -> Reference {
    let tasks = scheduled_tasks(project, schedule, budgets);
    assemble(project, ReferenceSource::Plan, tasks, schedule.finish_day(), None)
}

fn frozen_lines(lines: &[BaselineLine]) -> Vec<ReferenceLine> {
    let frozen = lines.iter().map(|line| ReferenceLine {
        name: line.name.clone(),
        origin: line.origin,
        category: line.category.clone(),
        budget: line.budget,
        start: line.start,
        finish: line.finish,
        planned: line.planned_value.clone(),
        earns: LineEarning::WithTime,
    });
    frozen.collect()
}

/// What the baseline promises for work that the plan has lost since: it stays in the budget and in planned value.
/// Such a task is of the category of people's time, since a baseline says no other.
fn dropped_tasks(project: &Project, baseline: &Baseline) -> Vec<ReferenceLine> {
    let priced = baseline.dropped.iter().filter(|task| task.budget != Amount::ZERO);
    let dropped = priced.map(|task| ReferenceLine {
        name: format!("`{}`, no longer in the plan", task.id),
        origin: task.origin,
        category: labour_category(project).to_owned(),
        budget: task.budget,
        start: task.start,
        finish: task.finish,
        planned: task.planned_value.clone(),
        earns: LineEarning::Nothing { is_level_of_effort: task.is_level_of_effort },
    });
    dropped.collect()
}

fn scheduled_tasks(project: &Project, planned: &Schedule, budgets: &[Amount]) -> Vec<Option<ReferenceTask>> {
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
                from: slot.start.min(slot.finish),
                until: slot.finish,
                budget: budgets[number.0 as usize],
                effort: None,
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
                from: Instant::start_of(task.start),
                until: Instant::end_of(task.finish),
                budget: task.budget,
                effort: task.effort.map(Effort::from_minutes),
                units: task.units.or(typed),
            })
        })
        .collect();
    let filled: Vec<Option<ReferenceTask>> =
        listed.iter().zip(planned).map(|(promised, typed)| promised.or(typed)).collect();
    // What a command froze is whole.
    let of_dropped: Amount = baseline.dropped.iter().map(|task| task.budget).sum();
    let in_all = sum_of(&filled) + sum_of_lines(project) + of_dropped;
    let is_abridged = baseline.frozen.is_none() && baseline.budget == Some(in_all);
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
        .map(|(line, amount)| ReferenceLine {
            name: line.name.markdown.clone(),
            origin: line.name.origin,
            category: line.category.clone(),
            budget: Amount(amount),
            start: line.window.map_or(start, Window::first),
            finish: line.window.map_or(finish, Window::last_day),
            planned: None,
            earns: LineEarning::WithTime,
        })
        .collect();
    let methods = project.tasks.iter().map(|task| task.earning.clone()).collect();
    let planned = vec![None; project.tasks.len()];
    let mut reference =
        Reference { source, start, finish, budget: Amount::ZERO, tasks, lines, methods, planned };
    reference.budget = reference.sum();
    reference
}
