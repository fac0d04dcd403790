//! Burn-down and burn-up: how much is done, how much there is, and how both moved.

use jiff::civil::Date;

use super::burn_days::{DoneByDay, ReportDays};
use super::burn_forecast::{BurnForecast, NoForecast, forecast};
use super::burn_pace::{BurnPeriod, PaceSource, Timetable};
use super::burn_plan::{PlannedWork, added_up, as_in_force};
use super::counted_units::{CountedUnits, approved_changes};
use super::history::History;
use super::in_force::{InForce, said_on};
use super::planned_value::Yardstick;
use super::reference::Reference;
use super::shared_burn::shared_burns;
use super::standing::Standing;
use super::task_budget::TaskBudget;
use crate::model::{Baseline, BurnFigures, Figures, Project, TaskNo};
use crate::plan::Schedule;
use crate::quantity::Id;

/// Work done and scope over time, for the project's effort, for a task counted in units, or for all tasks counted in the same unit.
#[derive(Clone, Debug, PartialEq)]
pub struct Burn {
    /// The task's name; `Effort` for the whole project.
    pub title: String,
    /// What is counted. All numbers below are in this unit.
    pub unit: BurnUnit,
    /// Of which work.
    pub counted: Counted,
    /// One point for each day on which something was reported or recorded, the status date last, in order.
    pub points: Vec<BurnPoint>,
    /// What was planned to be left at the end of each working day, by the baseline then in force; led by the eve of its first day.
    pub planned: Vec<PlannedWork>,
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
    /// What the reference agrees to; of the project's effort what there is.
    pub agreed: f64,
    /// Since when it does, where it took the place of an earlier baseline; none where there was none.
    pub agreed_since: Option<Date>,
}

/// Of which work something is counted.
#[derive(Clone, Debug, PartialEq)]
pub enum Counted {
    /// The effort of the project.
    Effort,
    /// One task, in its unit.
    Task(TaskNo),
    /// Several tasks together, in the order of the plan; never empty.
    Together(Vec<BurnPart>),
}

/// A task that is counted together with others.
#[derive(Clone, Debug, PartialEq)]
pub struct BurnPart {
    /// The task.
    pub task: TaskNo,
    /// For each point of the burn how much of the task was done and how much of it was in the scope; both zero before it came in.
    pub shares: Vec<(f64, f64)>,
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
    /// Whether both are what the report of the day said when it was closed; otherwise they are recomputed.
    pub is_as_closed: bool,
}

impl Burn {
    /// The last working day of what is counted by a reference: of the project, of the task, of all tasks together. None for
    /// what it does not know, or knows in part.
    #[must_use]
    pub fn promised(&self, reference: &Reference) -> Option<Date> {
        let last = |task: TaskNo| reference.dates_of(task).map(|(_, last)| last);
        match &self.counted {
            Counted::Effort => Some(reference.finish),
            Counted::Task(task) => last(*task),
            Counted::Together(parts) => {
                parts.iter().map(|part| last(part.task)).reduce(|all, one| Some(all?.max(one?)))?
            }
        }
    }

    /// The last day of what is counted in a schedule.
    #[must_use]
    pub fn finish_in(&self, schedule: &Schedule) -> Date {
        let last = |task: TaskNo| schedule.slot(task).last_day();
        let of_tasks = match &self.counted {
            Counted::Effort => None,
            Counted::Task(task) => Some(last(*task)),
            Counted::Together(parts) => parts.iter().map(|part| last(part.task)).max(),
        };
        of_tasks.unwrap_or_else(|| schedule.finish_day())
    }

    /// Its name among those of the project, part of keys and of names of charts: `burn` of the effort, `burn-rollout` of a task, `all-epics` of
    /// the tasks that are counted as the task `epics`, the first of them, is.
    #[must_use]
    pub fn key(&self, project: &Project) -> String {
        match &self.counted {
            Counted::Effort => "burn".to_owned(),
            Counted::Task(task) => format!("burn-{}", project.task(*task).id),
            Counted::Together(parts) => {
                let first =
                    parts.first().map_or_else(String::new, |part| project.task(part.task).id.to_string());
                format!("all-{first}")
            }
        }
    }

    /// The task that is counted alone; none for effort, and for tasks together.
    #[must_use]
    pub fn task(&self) -> Option<TaskNo> {
        if let Counted::Task(task) = self.counted { Some(task) } else { None }
    }

    /// The tasks that are counted together; empty elsewhere.
    #[must_use]
    pub fn parts(&self) -> &[BurnPart] {
        if let Counted::Together(parts) = &self.counted { parts } else { &[] }
    }

    /// Whether what is reported of a task goes into it.
    #[must_use]
    pub fn counts(&self, task: TaskNo) -> bool {
        match &self.counted {
            Counted::Effort => true,
            Counted::Task(counted) => *counted == task,
            Counted::Together(parts) => parts.iter().any(|part| part.task == task),
        }
    }

    /// Takes back what was forecast of a project that the board has stopped, unless nothing was left to be forecast.
    fn stop(&mut self) {
        if self.forecast != Err(NoForecast::Finished) {
            self.forecast = Err(NoForecast::Stopped);
        }
        self.timetable = None;
    }
}

/// The burns of a project.
pub(super) struct Burns {
    /// Of its effort.
    pub effort: Burn,
    /// Of each task that is counted in units.
    pub units: Vec<Burn>,
    /// Of tasks that are counted in the same unit, together.
    pub shared: Vec<Burn>,
}

/// The burns of a project, of effort and of units; without forecasts where the board has stopped it.
pub(super) fn burns(source: &BurnSource, budgets: &[TaskBudget], is_stopped: bool) -> Burns {
    let reports = ReportDays::of_all(source);
    let numbers = source.project().task_numbers();
    let counted: Vec<CountedUnits> = numbers.filter_map(|number| CountedUnits::of(source, number)).collect();
    let mut burns = Burns {
        effort: effort_burn(source, budgets, &counted, &reports),
        units: counted.iter().map(|counted| unit_burn(source, counted, &reports)).collect(),
        shared: shared_burns(source, &counted, &reports),
    };
    if is_stopped {
        let units = burns.units.iter_mut().chain(&mut burns.shared);
        std::iter::once(&mut burns.effort).chain(units).for_each(Burn::stop);
    }
    burns
}

/// A move of the scope.
#[derive(Clone, Debug, PartialEq)]
pub struct ScopeStep {
    /// The day on which the change that explains it was decided; of what a new baseline takes in, the day of its approval. The day of
    /// the first report that tells of it where nobody decided it, where it came in before it was decided, and where a report after the
    /// decision still counts without it.
    pub date: Date,
    /// How much came in; negative when scope was given up.
    pub amount: f64,
    /// The approved changes that explain it, in the order of the register; empty where nobody approved it.
    pub changes: Vec<Id>,
    /// The baseline that took the place of another meanwhile, and with which it was agreed; none where none did.
    pub baseline: Option<Id>,
}

impl ScopeStep {
    /// Says whether neither an approved change nor a new baseline explains it.
    #[must_use]
    pub fn is_unexplained(&self) -> bool {
        self.changes.is_empty() && self.baseline.is_none()
    }
}

/// What is known of a burn before its pace is read.
pub(super) struct BurnTold {
    pub title: String,
    pub unit: BurnUnit,
    pub counted: Counted,
    pub points: Vec<BurnPoint>,
    pub planned: Vec<PlannedWork>,
    pub scope_steps: Vec<ScopeStep>,
    pub agreed: f64,
}

/// What burns are drawn from.
#[derive(Clone, Copy, Debug)]
pub(super) struct BurnSource<'a> {
    pub yardstick: Yardstick<'a>,
    pub in_force: &'a InForce<'a>,
    pub forecast: &'a Schedule,
    pub history: &'a History,
    /// The working days of the reference.
    pub days: &'a [Date],
    pub status_date: Date,
}

impl<'a> BurnSource<'a> {
    pub fn project(&self) -> &'a Project {
        self.yardstick.project
    }

    pub fn standing(&self, day: Date) -> Standing<'a> {
        Standing { yardstick: self.yardstick, forecast: self.forecast, progress: self.history.on(day), day }
    }

    /// What the report of a day said when it was closed.
    pub fn said_on(&self, day: Date) -> Option<&'a Figures> {
        said_on(self.project(), day, self.status_date)
    }

    pub fn report_days(&self) -> Vec<Date> {
        self.history.reports().into_iter().map(|(day, _)| day).collect()
    }

    /// A burn with its pace and where that leads to: `tasks` are those that are counted, `by_day` what was done of each, and `measured` gives
    /// done and scope at the end of a day.
    pub fn burn(
        &self,
        told: BurnTold,
        tasks: &[TaskNo],
        by_day: &[DoneByDay],
        measured: impl Fn(Date) -> (f64, f64),
    ) -> Burn {
        let BurnTold { title, unit, counted, points, planned, scope_steps, agreed } = told;
        let work = self.pace_source(tasks);
        let done_between = |after, until| by_day.iter().map(|task| task.between(after, until)).sum();
        let periods = work.periods(done_between, |day| measured(day).1);
        let (done, scope) = measured(self.status_date);
        Burn {
            title,
            unit,
            counted,
            points,
            planned,
            scope_steps,
            forecast: self.outlook(&periods, scope - done),
            timetable: work.timetable(&periods, scope - done),
            periods,
            remaining: scope - done,
            scope,
            agreed,
            agreed_since: self.in_force.changes().last(),
        }
    }

    /// What work some tasks are, so that past and future of it can be told.
    fn pace_source<'b>(&'b self, tasks: &'b [TaskNo]) -> PaceSource<'b> {
        PaceSource {
            project: self.project(),
            forecast: self.forecast,
            history: self.history,
            working_time: self.yardstick.working_time,
            status_date: self.status_date,
            tasks,
        }
    }

    /// The forecast from the pace of whole periods.
    fn outlook(&self, periods: &[BurnPeriod], remaining: f64) -> Result<BurnForecast, NoForecast> {
        let by_period: Vec<f64> = periods.iter().rev().map(|period| period.done).collect();
        let grown: f64 = periods.iter().map(|period| period.grown).sum();
        let growth = if periods.is_empty() { 0.0 } else { grown / periods.len() as f64 };
        forecast(remaining, &by_period, growth, (self.status_date, self.history.rhythm))
    }
}

pub(super) fn eve_of(day: Date) -> Date {
    day.yesterday().unwrap_or(day)
}

/// A task whose effort is counted.
struct EffortTask<'a> {
    number: TaskNo,
    /// Of the plan as typed.
    minutes: i64,
    /// Its units where it is counted in some: its effort grows with them.
    units: Option<&'a CountedUnits<'a>>,
    /// Since when it belongs to the scope, and by which change; none for what was there from the beginning.
    added: Option<(Date, Vec<Id>)>,
}

impl EffortTask<'_> {
    /// Minutes of effort that are done and that there are in all on a day.
    fn on(&self, source: &BurnSource, day: Date) -> (i64, i64) {
        if let Some(units) = self.units {
            let (done, scope) = units.on(source, day);
            (units.effort(self.minutes, done), units.effort(self.minutes, scope))
        } else {
            let share = source.standing(day).physical_share(self.number).clamped();
            (share.of(self.minutes), self.minutes)
        }
    }

    /// Minutes of effort as agreed: those of the plan, of as many units as were agreed.
    fn agreed(&self) -> i64 {
        self.units.map_or(self.minutes, |units| units.effort(self.minutes, units.agreed))
    }

    /// The same by a baseline.
    fn agreed_by(&self, reference: &Reference) -> i64 {
        self.units.map_or(self.minutes, |units| units.effort(self.minutes, units.agreed_by(reference)))
    }
}

/// Counts the effort of all work but level of effort: physical share × planned effort.
///
/// Of a task counted in units each takes its share of the planned effort, also those that came in since: 10 days for 100
/// points are 12 when there are 120, of which 6 are done with 60. Where a baseline had effort for fewer units, those that came in since
/// take what the plan has more: 80 days for 120, and 94 for 140, are 14 for the 20.
///
/// Effort that is only spent, never produced (leading, supporting), would burn down by itself and hide a standstill.
fn effort_burn(
    source: &BurnSource,
    budgets: &[TaskBudget],
    counted: &[CountedUnits],
    reports: &ReportDays,
) -> Burn {
    let project = source.project();
    let minutes_per_day = project.work_time().minutes_per_day.max(1);
    let tasks: Vec<EffortTask> = project
        .task_numbers()
        .filter(|number| project.task(*number).is_work() && !project.task(*number).is_level_of_effort())
        .map(|number| {
            let place = counted.binary_search_by_key(&number, |units| units.task);
            let units = place.ok().and_then(|place| counted.get(place));
            let added = units.map_or_else(|| added(source, number), |units| units.added.clone());
            EffortTask { number, minutes: budgets[number.0 as usize].effort.minutes(), units, added }
        })
        .filter(|task| task.minutes > 0)
        .collect();

    let in_days = |minutes: i64| minutes as f64 / minutes_per_day as f64;
    let measured = |day: Date| {
        let (mut done, mut scope) = (0, 0);
        for task in &tasks {
            let (produced, all) = task.on(source, day);
            done += produced;
            if produced > 0 || task.added.as_ref().is_none_or(|(since, _)| *since <= day) {
                scope += all;
            }
        }
        (in_days(done), in_days(scope))
    };

    let additions = tasks.iter().filter_map(|task| {
        let (date, changes) = task.added.clone()?;
        Some(ScopeStep { date, amount: in_days(task.agreed()), changes, baseline: None })
    });
    let of_units = tasks.iter().flat_map(|task| {
        let units = task.units;
        let mut scope = units.map_or(0.0, |units| units.agreed_by(source.in_force.on(Date::MIN)) as f64);
        let effort = |step: ScopeStep| {
            let before = scope;
            scope += step.amount;
            let worth = |scope: f64| units.map_or(0, |units| units.effort(task.minutes, whole(scope)));
            ScopeStep { amount: in_days(worth(scope) - worth(before)), ..step }
        };
        let steps = units.map_or_else(Vec::new, |units| units.steps(source));
        steps.into_iter().map(effort).collect::<Vec<_>>()
    });
    let scope_steps = merged(additions.chain(of_units).collect());

    let planned = as_in_force(source, |yardstick, days| {
        let agreed = tasks.iter().map(|task| (task.number, task.agreed_by(yardstick.reference)));
        added_up(yardstick, days, yardstick.reference.start, agreed, in_days)
    });

    let numbers: Vec<TaskNo> = tasks.iter().map(|task| task.number).collect();
    let by_day: Vec<DoneByDay> = tasks
        .iter()
        .map(|task| DoneByDay::of(source, reports, task.number, |day| in_days(task.on(source, day).0)))
        .collect();
    let told = BurnTold {
        title: "Effort".to_owned(),
        unit: BurnUnit::PersonDays { minutes_per_day },
        counted: Counted::Effort,
        points: points(source, measured, |day| source.said_on(day)?.effort.as_ref()),
        planned,
        scope_steps,
        agreed: measured(source.status_date).1,
    };
    source.burn(told, &numbers, &by_day, measured)
}

/// So many whole units; steps are differences of whole ones.
#[allow(clippy::cast_possible_truncation, reason = "units of a project are far below the limit")]
fn whole(units: f64) -> i64 {
    units.round() as i64
}

/// Steps in the order of their days, those of one day by the same changes added up.
pub(super) fn merged(mut steps: Vec<ScopeStep>) -> Vec<ScopeStep> {
    let by_cause = |step: &ScopeStep| (step.date, step.changes.clone(), step.baseline.clone());
    steps.sort_by_key(by_cause);
    let mut merged: Vec<ScopeStep> = Vec::new();
    for step in steps {
        match merged.last_mut() {
            Some(last) if by_cause(last) == by_cause(&step) => {
                last.amount += step.amount;
            }
            _ => merged.push(step),
        }
    }
    merged
}

/// A point for each day of a report: what it said where it was closed, else as measured.
fn points<'a>(
    source: &BurnSource,
    measured: impl Fn(Date) -> (f64, f64),
    said: impl Fn(Date) -> Option<&'a BurnFigures>,
) -> Vec<BurnPoint> {
    let point = |date: Date| {
        let said = said(date);
        let (done, scope) =
            said.map_or_else(|| measured(date), |said| (said.done.as_f64(), said.scope.as_f64()));
        let (is_report, is_as_closed) = (source.history.is_report(date), said.is_some());
        BurnPoint { date, is_report, done, scope, is_as_closed }
    };
    source.report_days().into_iter().map(point).collect()
}

/// Says whether progress of a task was recorded on a day.
pub(super) fn is_recorded(project: &Project, number: TaskNo, day: Date) -> bool {
    project.progress.iter().any(|entry| entry.task == number && entry.status_date == day)
}

/// When a task that the oldest baseline does not know came in: with the change that was approved for it, else with a
/// later baseline, else with its first report, else now.
pub(super) fn added(source: &BurnSource, number: TaskNo) -> Option<(Date, Vec<Id>)> {
    let (project, status_date) = (source.project(), source.status_date);
    let reference = source.yardstick.reference;
    let mut baselines = project.baselines_by(status_date);
    let first = baselines.next().filter(|_| reference.is_baseline())?;
    let known_at_first = first.tasks.contains_key(&number);
    let has_one_baseline = baselines.clone().next().is_none();
    if known_at_first || (has_one_baseline && reference.tasks[number.0 as usize].is_some()) {
        return None;
    }
    let decided = approved_changes(project, number, status_date).next().and_then(|change| change.decided);
    let rebased =
        baselines.find(|baseline| baseline.tasks.contains_key(&number)).and_then(Baseline::in_force_from);
    let reported = project.progress.iter().find(|entry| entry.task == number).map(|entry| entry.status_date);
    let date = decided.or(rebased).or(reported).unwrap_or(status_date).min(status_date);
    let of_that_day = approved_changes(project, number, status_date)
        .filter(|change| decided.is_none() || change.decided == decided);
    Some((date, of_that_day.map(|change| change.id.clone()).collect()))
}

/// Counts the units of a task.
fn unit_burn(source: &BurnSource, counted: &CountedUnits, reports: &ReportDays) -> Burn {
    let (project, number) = (source.project(), counted.task);
    let measured = |day: Date| {
        let (done, scope) = counted.on(source, day);
        (done as f64, scope as f64)
    };
    let scope_steps = counted.steps(source);

    let planned = as_in_force(source, |yardstick, days| {
        let Some((start, finish)) = yardstick.reference.dates_of(number) else { return Vec::new() };
        let all = counted.agreed_by(yardstick.reference) as f64;
        let point = |date: Date| {
            let left = all * yardstick.worked_share(number, date).rest().as_f64();
            PlannedWork { date, left, all }
        };
        let first = days.partition_point(|day| *day < start);
        let end = days.len().min(days.partition_point(|day| *day < finish) + 1);
        let within = days[first.min(end)..end].iter().map(|day| point(*day));
        std::iter::once(PlannedWork { date: eve_of(start), left: all, all }).chain(within).collect()
    });
    let by_day = DoneByDay::of(source, reports, number, |day| measured(day).0);
    let told = BurnTold {
        title: project.task(number).name.clone(),
        unit: BurnUnit::Units(counted.unit.to_owned()),
        counted: Counted::Task(number),
        points: points(source, measured, |day| counted.said_on(source, day))
            .into_iter()
            .filter(|point| point.is_report || is_recorded(project, number, point.date))
            .collect(),
        planned,
        scope_steps,
        agreed: counted.agreed as f64,
    };
    source.burn(told, &[number], &[by_day], measured)
}
