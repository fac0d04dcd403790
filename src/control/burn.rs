//! Burn-down and burn-up: how much is done, how much there is, and how both moved.

use jiff::civil::Date;

use super::burn_forecast::{BurnForecast, NoForecast, forecast};
use super::burn_pace::{BurnPeriod, PaceSource, Timetable};
use super::history::History;
use super::planned_value::{RunningSum, Yardstick};
use super::standing::Standing;
use super::task_budget::TaskBudget;
use crate::model::{Change, Earning, Project, TaskNo};
use crate::plan::Schedule;
use crate::quantity::Id;

/// Work done and scope over time, for the project's effort or for one task counted in units.
#[derive(Clone, Debug, PartialEq)]
pub struct Burn {
    /// The task's name; `Effort` for the whole project.
    pub title: String,
    /// What is counted. All numbers below are in this unit.
    pub unit: BurnUnit,
    /// The task that is counted; none for the project's effort.
    pub task: Option<TaskNo>,
    /// One point for each day on which something was reported or recorded, the status date last, in order.
    pub points: Vec<BurnPoint>,
    /// What the reference planned to be left at the end of each working day, led by the eve of its first day.
    pub planned: Vec<(Date, f64)>,
    /// When the scope moved, in order; the first scope is no step.
    pub scope_steps: Vec<ScopeStep>,
    /// What was done in each whole period since work began, as far back as a pace is read from; the oldest first.
    pub periods: Vec<BurnPeriod>,
    /// When it ends if it goes on like this.
    pub forecast: Result<BurnForecast, NoForecast>,
    /// What the schedule says of the same work; none where nothing of it is left.
    pub timetable: Option<Timetable>,
    /// What is left as of the status date: scope − done.
    pub remaining: f64,
    /// What there is as of the status date.
    pub scope: f64,
}

/// What a burn counts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum BurnUnit {
    /// Days of one person.
    PersonDays {
        /// How long such a day is; 480 for eight hours.
        minutes_per_day: i64,
    },
    /// Things, named as in the plan: `branches`.
    Units(String),
}

/// Done and scope at the end of a day.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct BurnPoint {
    /// The day.
    pub date: Date,
    /// Whether a report was given on that day; otherwise progress was recorded without one.
    pub is_report: bool,
    /// How much is done.
    pub done: f64,
    /// How much there is in all. Remaining = scope − done.
    pub scope: f64,
}

/// A move of the scope.
#[derive(Clone, Debug, PartialEq)]
pub struct ScopeStep {
    /// When it was first seen.
    pub date: Date,
    /// How much came in; negative when scope was given up.
    pub amount: f64,
    /// The approved change that explains it; none where nobody approved it.
    pub change: Option<Id>,
}

/// What burns are drawn from.
#[derive(Clone, Copy, Debug)]
pub(super) struct BurnSource<'a> {
    pub yardstick: Yardstick<'a>,
    pub forecast: &'a Schedule,
    pub history: &'a History,
    /// The working days of the reference.
    pub days: &'a [Date],
    pub status_date: Date,
}

impl<'a> BurnSource<'a> {
    fn project(&self) -> &'a Project {
        self.yardstick.project
    }

    fn standing(&self, day: Date) -> Standing<'a> {
        Standing { yardstick: self.yardstick, forecast: self.forecast, progress: self.history.on(day), day }
    }

    fn report_days(&self) -> Vec<Date> {
        self.history.reports().into_iter().map(|(day, _)| day).collect()
    }

    /// What work some tasks are, so that past and future of it can be told.
    fn pace_source<'b>(&'b self, tasks: &'b [TaskNo]) -> PaceSource<'b> {
        PaceSource {
            project: self.project(),
            forecast: self.forecast,
            history: self.history,
            days: self.days,
            status_date: self.status_date,
            tasks,
        }
    }

    /// The forecast from the pace of whole periods.
    fn outlook(
        &self,
        periods: &[BurnPeriod],
        measured: impl Fn(Date) -> (f64, f64),
    ) -> Result<BurnForecast, NoForecast> {
        let by_period: Vec<f64> = periods.iter().rev().map(|period| period.done).collect();
        let grown: f64 = periods.iter().map(|period| period.grown).sum();
        let growth = if periods.is_empty() { 0.0 } else { grown / periods.len() as f64 };
        let (done, scope) = measured(self.status_date);
        forecast(scope - done, &by_period, growth)
            .map(|found| found.dated(self.status_date, self.history.period_days))
    }
}

fn eve_of(day: Date) -> Date {
    day.yesterday().unwrap_or(day)
}

/// A task whose effort is counted.
struct EffortTask {
    number: TaskNo,
    minutes: i64,
    /// Since when it belongs to the scope, and by which change; none for what was there from the beginning.
    added: Option<(Date, Option<Id>)>,
}

/// Counts the effort of all work but level of effort: physical share × planned effort.
///
/// Effort that is only spent, never produced (leading, supporting), would burn down by itself and hide a standstill.
pub(super) fn effort_burn(source: &BurnSource, budgets: &[TaskBudget]) -> Burn {
    let project = source.project();
    let minutes_per_day = project.work_time().minutes_per_day.max(1);
    let tasks: Vec<EffortTask> = project
        .task_numbers()
        .filter(|number| project.task(*number).is_work() && !project.task(*number).is_level_of_effort())
        .map(|number| EffortTask {
            number,
            minutes: budgets[number.0 as usize].effort.minutes(),
            added: added(source, number),
        })
        .filter(|task| task.minutes > 0)
        .collect();

    let in_days = |minutes: i64| minutes as f64 / minutes_per_day as f64;
    let measured = |day: Date| {
        let standing = source.standing(day);
        let (mut done, mut scope) = (0, 0);
        for task in &tasks {
            let produced = standing.physical_share(task.number).clamped().of(task.minutes);
            done += produced;
            if produced > 0 || task.added.as_ref().is_none_or(|(since, _)| *since <= day) {
                scope += task.minutes;
            }
        }
        (in_days(done), in_days(scope))
    };

    let mut scope_steps: Vec<ScopeStep> = Vec::new();
    let mut additions: Vec<&EffortTask> = tasks.iter().filter(|task| task.added.is_some()).collect();
    additions.sort_by(|left, right| left.added.cmp(&right.added));
    for task in additions {
        let Some((date, change)) = task.added.clone() else { continue };
        match scope_steps.last_mut() {
            Some(step) if step.date == date && step.change == change => step.amount += in_days(task.minutes),
            _ => scope_steps.push(ScopeStep { date, amount: in_days(task.minutes), change }),
        }
    }

    let days = source.days;
    let mut sum = RunningSum::new(days);
    let mut promised = 0;
    for task in &tasks {
        if let Some(window) = source.yardstick.reference.dates_of(task.number) {
            promised += task.minutes;
            sum.add(window, |day| source.yardstick.worked_share(task.number, day).of(task.minutes));
        }
    }
    let eve = (eve_of(source.yardstick.reference.start), in_days(promised));
    let later = days.iter().copied().zip(sum.totals()).map(|(day, done)| (day, in_days(promised - done)));
    let planned = std::iter::once(eve).chain(later).collect();

    let counted: Vec<TaskNo> = tasks.iter().map(|task| task.number).collect();
    let work = source.pace_source(&counted);
    let periods = work.periods(measured);
    let (done, scope) = measured(source.status_date);
    Burn {
        title: "Effort".to_owned(),
        unit: BurnUnit::PersonDays { minutes_per_day },
        task: None,
        points: points(source, measured),
        planned,
        scope_steps,
        forecast: source.outlook(&periods, measured),
        timetable: work.timetable(&periods, scope - done),
        periods,
        remaining: scope - done,
        scope,
    }
}

fn points(source: &BurnSource, measured: impl Fn(Date) -> (f64, f64)) -> Vec<BurnPoint> {
    let point = |date: Date| {
        let (done, scope) = measured(date);
        BurnPoint { date, is_report: source.history.is_report(date), done, scope }
    };
    source.report_days().into_iter().map(point).collect()
}

/// Says whether progress of a task was recorded on a day.
fn is_recorded(project: &Project, number: TaskNo, day: Date) -> bool {
    project.progress.iter().any(|entry| entry.task == number && entry.status_date == day)
}

/// When a task that the oldest baseline does not know came in: with the change that was approved for it, else with a
/// later baseline, else with its first report, else now.
fn added(source: &BurnSource, number: TaskNo) -> Option<(Date, Option<Id>)> {
    let (project, status_date) = (source.project(), source.status_date);
    let reference = source.yardstick.reference;
    let mut baselines = project
        .baselines
        .iter()
        .filter(|baseline| baseline.approved.is_none_or(|approved| approved <= status_date));
    let first = baselines.next().filter(|_| reference.is_baseline())?;
    let known_at_first = first.tasks.contains_key(&number);
    let has_one_baseline = baselines.clone().next().is_none();
    if known_at_first || (has_one_baseline && reference.tasks[number.0 as usize].is_some()) {
        return None;
    }
    let change = approved_changes(project, number, status_date).next();
    let decided = change.and_then(|change| change.decided);
    let rebased = baselines
        .find(|baseline| baseline.tasks.contains_key(&number))
        .and_then(|baseline| baseline.approved);
    let reported = project.progress.iter().find(|entry| entry.task == number).map(|entry| entry.status_date);
    let date = decided.or(rebased).or(reported).unwrap_or(status_date).min(status_date);
    Some((date, change.map(|change| change.id.clone())))
}

/// The changes to a task that had been approved by a day, in the order of the register.
fn approved_changes(project: &Project, number: TaskNo, day: Date) -> impl Iterator<Item = &Change> {
    let changes = project.registers.changes.iter();
    changes.filter(move |change| change.is_approved(day) && change.tasks.contains(&number))
}

/// Counts the units of every task that has them.
pub(super) fn unit_burns(source: &BurnSource) -> Vec<Burn> {
    let project = source.project();
    project
        .task_numbers()
        .filter_map(|number| match &project.task(number).earning {
            Earning::Units { total, unit } => Some(unit_burn(source, number, (*total, unit))),
            _ => None,
        })
        .collect()
}

fn unit_burn(source: &BurnSource, number: TaskNo, (total, unit): (i64, &str)) -> Burn {
    let project = source.project();
    let place = number.0 as usize;
    let reference = source.yardstick.reference;
    let frozen = reference.tasks[place].and_then(|task| task.units).unwrap_or(total);

    // Scope is what the newest report says; before any report the frozen total and the changes approved since; on
    // the status date the plan as it stands, so that an edited total shows even where nobody reported it.
    let measured_units = |day: Date| {
        let progress = &source.history.on(day)[place];
        let approved: i64 =
            approved_changes(project, number, day).filter_map(|change| change.scope_units).sum();
        let unreported = if day == source.status_date { total } else { frozen + approved };
        let scope = progress.units_total.unwrap_or(unreported);
        let done = if source.standing(day).is_finished(number) {
            progress.units_done.unwrap_or(scope).max(scope)
        } else {
            progress.units_done.unwrap_or_else(|| source.standing(day).physical_share(number).of(scope))
        };
        (done, scope.max(done))
    };
    let measured = |day: Date| {
        let (done, scope) = measured_units(day);
        (done as f64, scope as f64)
    };

    let decided = |change: &Change| change.decided.filter(|day| *day <= source.status_date);
    let mut days = source.report_days();
    days.extend(approved_changes(project, number, source.status_date).filter_map(decided));
    days.sort_unstable();
    days.dedup();
    let mut scope_steps = Vec::new();
    let (mut before, mut last_step) = ((Date::MIN, frozen), Date::MIN);
    for day in days {
        let (_, scope) = measured_units(day);
        if scope != before.1 {
            // A change is approved first and seen in a report later, with other days between.
            let decided_after = |change: &&Change, since: Date| {
                change.decided.is_some_and(|decided| since < decided && decided <= day)
            };
            let change = approved_changes(project, number, day)
                .find(|change| decided_after(change, before.0))
                .or_else(|| {
                    approved_changes(project, number, day)
                        .find(|change| change.scope_units.is_some() && decided_after(change, last_step))
                })
                .map(|change| change.id.clone());
            scope_steps.push(ScopeStep { date: day, amount: (scope - before.1) as f64, change });
            last_step = day;
        }
        before = (day, scope);
    }

    let planned = match reference.dates_of(number) {
        Some((start, finish)) => {
            let rest = |day: Date| frozen as f64 * source.yardstick.worked_share(number, day).rest().as_f64();
            let days = source.days;
            let first = days.partition_point(|day| *day < start);
            let end = days.len().min(days.partition_point(|day| *day < finish) + 1);
            let within = days[first.min(end)..end].iter().map(|day| (*day, rest(*day)));
            std::iter::once((eve_of(start), frozen as f64)).chain(within).collect()
        }
        None => Vec::new(),
    };
    let counted = [number];
    let work = source.pace_source(&counted);
    let periods = work.periods(measured);
    let (done, scope) = measured(source.status_date);
    Burn {
        title: project.task(number).name.clone(),
        unit: BurnUnit::Units(unit.to_owned()),
        task: Some(number),
        points: points(source, measured)
            .into_iter()
            .filter(|point| point.is_report || is_recorded(project, number, point.date))
            .collect(),
        planned,
        scope_steps,
        forecast: source.outlook(&periods, measured),
        timetable: work.timetable(&periods, scope - done),
        periods,
        remaining: scope - done,
        scope,
    }
}
