//! The fourteen points: how sound the schedule is by the measures of DCMA-EA PAM 200.1 (2012), section 4.
//!
//! The points are flags to talk about, not limits to comply with; both DCMA and GAO say so. Counted are unfinished
//! tasks of work that are no level of effort, and the links into them.

use std::collections::BTreeSet;

use crate::model::{Link, LinkKind, Task, TaskNo, Work};
use crate::plan::{Slot, State};
use crate::report::ProjectReport;

/// Working days above which float and durations are called high: two months.
const HIGH_DAYS: i64 = 44;

/// Working days added to a critical task in the critical-path test.
const TEST_DAYS: i64 = 600;

/// Working days by which the finish may move less in that test, where calendars of the path differ.
const TEST_SLACK_DAYS: i64 = 5;

/// One of the fourteen points.
#[derive(Clone, Debug, PartialEq)]
pub struct Point {
    /// 1 to 14.
    pub number: u8,
    /// What is looked at.
    pub name: &'static str,
    /// What was measured.
    pub measured: Measured,
    /// What raises the flag, in words.
    pub limit: &'static str,
    /// Whether it is raised; none where nothing could be measured, or no limit exists.
    pub flagged: Option<bool>,
    /// The tasks that count against the plan, in its order.
    pub offenders: Vec<TaskNo>,
}

/// What a point measured.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Measured {
    /// So many of so many.
    Share {
        /// How many count.
        count: usize,
        /// Of how many.
        of: usize,
    },
    /// An index; 1 is as planned.
    Index(f64),
    /// Whether a test was passed, with the working days by which the finish moved when the test added 600.
    Moved(i64),
    /// There was nothing to measure.
    Nothing,
}

/// Measures the fourteen points of a project's forecast, in their order.
#[must_use]
pub fn fourteen_points(report: &ProjectReport) -> Vec<Point> {
    let open = OpenWork::of(report);
    vec![
        open.logic(),
        open.links(2, "Leads", "any", |link| link.lag.is_negative(), |count, _| count > 0),
        open.links(
            3,
            "Lags",
            "over 5 %",
            |link| !link.lag.is_zero() && !link.lag.is_negative(),
            is_over_five_percent,
        ),
        open.links(
            4,
            "Finish-to-start links",
            "below 90 %",
            |link| link.kind == LinkKind::FinishStart,
            |count, of| count * 10 < of * 9,
        ),
        open.tasks(5, "Hard constraints", Limit::FivePercent, |task, _, _| {
            task.constraints.iter().any(|constraint| constraint.kind.is_hard())
        }),
        open.tasks(6, "High float, over 44 days", Limit::FivePercent, |_, slot, per_day| {
            slot.total_float > HIGH_DAYS * per_day
        }),
        open.tasks(7, "Negative float", Limit::Any, |_, slot, _| {
            slot.total_float < 0 || slot.deadline_margin.is_some_and(|margin| margin < 0)
        }),
        open.high_duration(),
        open.invalid_dates(),
        open.tasks(10, "No resource and no cost", Limit::None, |task, _, _| {
            task.assignments.is_empty() && task.costs.is_empty()
        }),
        missed(report),
        critical_path_test(report),
        critical_path_length(report),
        baseline_execution(report),
    ]
}

fn is_over_five_percent(count: usize, of: usize) -> bool {
    count * 20 > of
}

/// What raises the flag of a share.
#[derive(Clone, Copy)]
enum Limit {
    /// More than one in twenty.
    FivePercent,
    /// A single one.
    Any,
    /// No official limit.
    None,
}

/// The tasks that are counted.
struct OpenWork<'a> {
    report: &'a ProjectReport,
    tasks: Vec<(TaskNo, &'a Task, &'a Slot)>,
}

impl<'a> OpenWork<'a> {
    fn of(report: &'a ProjectReport) -> Self {
        let tasks = report
            .tasks()
            .filter(|(_, task, slot)| {
                task.is_work() && !task.is_level_of_effort() && slot.state != State::Finished
            })
            .collect();
        Self { report, tasks }
    }

    fn tasks(
        &self,
        number: u8,
        name: &'static str,
        limit: Limit,
        counts: impl Fn(&Task, &Slot, i64) -> bool,
    ) -> Point {
        let project = &self.report.project;
        let offenders: Vec<TaskNo> = self
            .tasks
            .iter()
            .filter(|(number, task, slot)| counts(task, slot, project.minutes_per_day_of(*number)))
            .map(|(number, _, _)| *number)
            .collect();
        share_point(number, name, limit, (offenders, self.tasks.len()))
    }

    /// Point 1: tasks without a predecessor or a successor, the first and the last of the plan excepted.
    fn logic(&self) -> Point {
        let project = &self.report.project;
        let awaited: BTreeSet<TaskNo> =
            project.tasks.iter().flat_map(|task| task.links.iter().map(|link| link.predecessor)).collect();
        let mut ends = project.task_numbers().filter(|number| {
            let task = project.task(*number);
            task.is_work() || task.is_point()
        });
        let first = ends.next();
        let last = ends.next_back().or(first);
        let with_summaries =
            |number: TaskNo| std::iter::successors(Some(number), |number| project.task(*number).parent);
        let offenders: Vec<TaskNo> = self
            .tasks
            .iter()
            .map(|(number, _, _)| *number)
            .filter(|number| {
                let is_fed = with_summaries(*number).any(|task| !project.task(task).links.is_empty());
                let is_used = with_summaries(*number).any(|task| awaited.contains(&task));
                (!is_fed && Some(*number) != first) || (!is_used && Some(*number) != last)
            })
            .collect();
        share_point(1, "Missing logic", Limit::FivePercent, (offenders, self.tasks.len()))
    }

    fn links(
        &self,
        number: u8,
        name: &'static str,
        limit: &'static str,
        counts: impl Fn(&Link) -> bool,
        flags: impl Fn(usize, usize) -> bool,
    ) -> Point {
        let of = self.tasks.iter().map(|(_, task, _)| task.links.len()).sum();
        let count =
            self.tasks.iter().flat_map(|(_, task, _)| &task.links).filter(|link| counts(link)).count();
        // Of finish-to-start links the others are the offenders.
        let wanted = number == 4;
        let offenders = self
            .tasks
            .iter()
            .filter(|(_, task, _)| task.links.iter().any(|link| counts(link) != wanted))
            .map(|(number, _, _)| *number)
            .collect();
        Point {
            number,
            name,
            measured: if of == 0 { Measured::Nothing } else { Measured::Share { count, of } },
            limit,
            flagged: (of > 0).then(|| flags(count, of)),
            offenders,
        }
    }

    /// Point 8, on the duration of the baseline, else of the plan; packages to be planned later are exempt.
    fn high_duration(&self) -> Point {
        let project = &self.report.project;
        let baseline = project.baseline_as_of(self.report.status_date);
        let offenders: Vec<TaskNo> = self
            .tasks
            .iter()
            .filter(|(number, task, _)| {
                let promised = baseline.and_then(|baseline| baseline.tasks.get(number)?.duration);
                let length = promised.unwrap_or_else(|| self.report.planned.slot(*number).duration);
                !task.planning_package && length > HIGH_DAYS * project.minutes_per_day_of(*number)
            })
            .map(|(number, _, _)| *number)
            .collect();
        share_point(8, "Long tasks, over 44 days", Limit::FivePercent, (offenders, self.tasks.len()))
    }

    /// Point 9: work left before the status date, or facts after it.
    fn invalid_dates(&self) -> Point {
        let day = self.report.status_date;
        let offenders: Vec<TaskNo> = self
            .report
            .tasks()
            .filter(|(number, task, slot)| {
                let facts = &self.report.facts.progress[number.0 as usize];
                let is_early = slot.state != State::Finished && slot.last_day() < day;
                let is_future =
                    [facts.actual_start, facts.actual_finish].into_iter().flatten().any(|at| at.day > day);
                task.is_work() && (is_early || is_future)
            })
            .map(|(number, _, _)| number)
            .collect();
        let of = self.report.tasks().filter(|(_, task, _)| task.is_work()).count();
        share_point(9, "Invalid dates", Limit::Any, (offenders, of))
    }
}

fn share_point(number: u8, name: &'static str, limit: Limit, (offenders, of): (Vec<TaskNo>, usize)) -> Point {
    let count = offenders.len();
    let (words, flagged) = match limit {
        Limit::FivePercent => ("over 5 %", Some(is_over_five_percent(count, of))),
        Limit::Any => ("any", Some(count > 0)),
        Limit::None => ("no official limit", None),
    };
    Point {
        number,
        name,
        measured: if of == 0 { Measured::Nothing } else { Measured::Share { count, of } },
        limit: words,
        flagged: flagged.filter(|_| of > 0),
        offenders,
    }
}

/// Discrete work with what the reference promises for its finish.
fn promised(report: &ProjectReport) -> impl Iterator<Item = (TaskNo, &Slot, Option<jiff::civil::Date>)> {
    report.tasks().filter(|(_, task, _)| task.is_work() && !task.is_level_of_effort()).map(
        |(number, _, slot)| {
            (number, slot, report.control.reference.tasks[number.0 as usize].map(|promised| promised.finish))
        },
    )
}

/// Point 11: of tasks due by the status date those that finished, or will finish, later than promised.
fn missed(report: &ProjectReport) -> Point {
    let due: Vec<_> = promised(report)
        .filter_map(|(number, slot, finish)| Some((number, slot, finish?)))
        .filter(|(_, _, finish)| *finish <= report.status_date)
        .collect();
    let offenders: Vec<TaskNo> = due
        .iter()
        .filter(|(_, slot, finish)| slot.last_day() > *finish)
        .map(|(number, _, _)| *number)
        .collect();
    share_point(11, "Missed tasks, of those due by now", Limit::FivePercent, (offenders, due.len()))
}

/// Point 12: 600 working days more on a critical task must move the finish as far; a constraint or a missing link
/// would swallow them. They are counted on the calendar of the task that is tried.
fn critical_path_test(report: &ProjectReport) -> Point {
    let tried = report.forecast.longest_path.iter().copied().find(|number| {
        let is_open = report.forecast.slot(*number).state != State::Finished;
        is_open
            && matches!(
                report.project.task(*number).kind,
                crate::model::TaskKind::Work(Work::Duration(_) | Work::Both { .. } | Work::Effort(_))
            )
    });
    let name = "Critical-path test";
    let limit = "the finish moves less than the 600 days added";
    let Some(tried) = tried else {
        return Point {
            number: 12,
            name,
            measured: Measured::Nothing,
            limit,
            flagged: None,
            offenders: Vec::new(),
        };
    };
    let engine = report.engine();
    let mut facts = report.facts.clone();
    facts.changed.insert(tried, TEST_DAYS * report.minutes_per_day());
    let finish = engine.run(&facts).finish;
    let moved =
        engine.working_time(tried).between(report.forecast.finish, finish) / report.minutes_per_day().max(1);
    let is_flagged = moved < TEST_DAYS - TEST_SLACK_DAYS;
    Point {
        number: 12,
        name,
        measured: Measured::Moved(moved),
        limit,
        flagged: Some(is_flagged),
        offenders: if is_flagged { vec![tried] } else { Vec::new() },
    }
}

/// Point 13, the critical path length index: (length + float) ÷ length, with the working days from the status date
/// to the forecast finish as length and the room to the promised finish as float. 42 days left and 34 late is 0.19.
fn critical_path_length(report: &ProjectReport) -> Point {
    let days =
        report.project.working_time().working_days_between(report.status_date, report.forecast.finish_day());
    let float = -report.control.finish_slip / report.minutes_per_day().max(1);
    let index = (days > 0).then(|| (days + float) as f64 / days as f64);
    index_point(13, "Critical path length index (CPLI)", index)
}

/// Point 14, the baseline execution index: tasks finished ÷ tasks due by the status date or not in the baseline.
/// 7 finished of 10 due is 0.70.
fn baseline_execution(report: &ProjectReport) -> Point {
    let finished = promised(report).filter(|(_, slot, _)| slot.state == State::Finished).count();
    let due = promised(report)
        .filter(|(_, _, finish)| finish.is_none_or(|finish| finish <= report.status_date))
        .count();
    let index = (due > 0).then(|| finished as f64 / due as f64);
    index_point(14, "Baseline execution index (BEI)", index)
}

fn index_point(number: u8, name: &'static str, index: Option<f64>) -> Point {
    Point {
        number,
        name,
        measured: index.map_or(Measured::Nothing, Measured::Index),
        limit: "below 0.95",
        flagged: index.map(|index| index < 0.95),
        offenders: Vec::new(),
    }
}
