//! The fourteen points: how sound the schedule is by the measures of DCMA-EA PAM 200.1 (2012), section 4.
//!
//! The points are flags to talk about, not limits to comply with; both DCMA and GAO say so. Each stands with its
//! definition, who is counted, and what was put into it. Rules that echo a figure of a point read the point, so that page
//! and finding agree.

mod links;
mod progress;
mod work;

use crate::format;
use crate::model::{Ground, Limit, Task, TaskNo, Thresholds, unread_words};
use crate::plan::Slot;
use crate::report::ProjectReport;

pub use links::{dangling, lags, leads, logic, relationship_types, short_lags};
pub(super) use links::{has_dangling_start, lag_minutes, lead_links, minutes_per_day};
pub use progress::{
    baseline_execution, critical_path_length, critical_path_test, early_forecasts, future_actuals, hit_tasks,
    missed,
};
pub(crate) use work::length_of;
pub use work::{hard_constraints, high_duration, high_float, negative_float, without_resource};

/// One of the fourteen points, or a part of one that is told apart.
#[derive(Clone, Debug, PartialEq)]
pub struct Point {
    /// `1` to `14`, with a letter for a part: `1b`, `9a`.
    pub label: &'static str,
    /// What is looked at.
    pub name: &'static str,
    /// The formula in words, as this program counts it.
    pub definition: String,
    /// What was measured.
    pub measured: Measured,
    /// The figures that were put in, in words; none where the measure says it all.
    pub inputs: Option<String>,
    /// What raises the flag, in words.
    pub limit: String,
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
    /// The working days by which the finish moved when a test made a task longer.
    Moved(i64),
    /// There was nothing to measure.
    Nothing,
}

/// Measures the fourteen points of a project's forecast, in their order, each part after its point. Which tasks are open, and until when,
/// is not known where something that dates rest on could not be read; then nothing is measured.
#[must_use]
pub fn fourteen_points(report: &ProjectReport) -> Vec<Point> {
    let unread = report.project.unread(&[Ground::Dates]);
    let not_known = |point: Point| Point {
        measured: Measured::Nothing,
        inputs: Some(format!("not known: {}", unread_words(&unread))),
        flagged: None,
        offenders: Vec::new(),
        ..point
    };
    let measured = measured(report).into_iter();
    measured.map(|point| if unread.is_empty() { point } else { not_known(point) }).collect()
}

fn measured(report: &ProjectReport) -> Vec<Point> {
    vec![
        logic(report),
        dangling(report),
        leads(report),
        lags(report),
        short_lags(report),
        relationship_types(report),
        hard_constraints(report),
        high_float(report),
        negative_float(report),
        high_duration(report),
        early_forecasts(report),
        future_actuals(report),
        without_resource(report),
        missed(report),
        critical_path_test(report),
        critical_path_length(report),
        baseline_execution(report),
        hit_tasks(report),
    ]
}

/// The incomplete tasks: leaves that are work, no level of effort, hammock, milestone or summary, and not finished.
pub(super) fn incomplete(report: &ProjectReport) -> impl Iterator<Item = (TaskNo, &Task, &Slot)> {
    report.tasks().filter(|(number, task, _)| is_discrete(task) && report.is_left(*number))
}

/// Says whether a task is work whose progress is measured.
fn is_discrete(task: &Task) -> bool {
    task.is_work() && !task.is_level_of_effort()
}

/// A share of tasks or links that should stay small.
struct Share {
    label: &'static str,
    name: &'static str,
    definition: String,
    /// The limit above which the flag is raised; none where no official one exists.
    limit: Option<Limit>,
    offenders: Vec<TaskNo>,
    count: usize,
    of: usize,
}

impl Share {
    fn point(self, thresholds: &Thresholds) -> Point {
        let Self { label, name, definition, limit, offenders, count, of } = self;
        let share = count as f64 / of.max(1) as f64;
        let most = limit.map(|limit| thresholds.get(limit));
        Point {
            label,
            name,
            definition,
            measured: if of == 0 { Measured::Nothing } else { Measured::Share { count, of } },
            inputs: None,
            limit: match most {
                None => "no official limit".to_owned(),
                Some(most) if most <= 0.0 => "any".to_owned(),
                Some(most) => format!("over {}", format::share(most)),
            },
            // A share of exactly 5 % is no more than 5 %, whatever its last binary digit.
            flagged: most.filter(|_| of > 0).map(|most| share > most + 1e-9),
            offenders,
        }
    }
}
