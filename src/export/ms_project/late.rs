//! Work that is to be done as late as possible and that MS Project would lay on other days than the forecast.
//!
//! How late MS Project lays it follows from late dates, which it counts in other ways where work runs by the clock or on a calendar of
//! its own, and where a lag or a link that is not from finish to start lies behind. There the start of the forecast is written in its
//! place.

use std::collections::BTreeSet;

use crate::model::{ConstraintKind, Conventions, Link, LinkKind, Project, ScheduleFrom, TaskKind, TaskNo};
use crate::plan::State;
use crate::report::ProjectReport;

/// Open tasks that are to be done as late as possible, all of a plan that is counted back from its finish, and are written with the
/// dates of the forecast.
pub(super) fn laid_otherwise(report: &ProjectReport) -> BTreeSet<TaskNo> {
    let project = &report.project;
    let scheduling = &project.scheduling;
    if scheduling.conventions != Conventions::Milepost {
        return BTreeSet::new();
    }
    let is_late = |number: TaskNo| project.task(number).constraints.iter().any(|bound| bound.kind == LATE);
    let is_counted_back = matches!(scheduling.from, ScheduleFrom::Finish(_));
    let is_open = |number: &TaskNo| {
        !project.task(*number).is_summary()
            && !project.task(*number).is_manual
            && !matches!(project.task(*number).kind, TaskKind::Hammock { .. })
            && report.forecast.slot(*number).state == State::NotStarted
    };
    let late = project.task_numbers().filter(is_open);
    let mut late: BTreeSet<TaskNo> =
        late.filter(|number| is_counted_back || with_above(project, *number).any(is_late)).collect();
    if !late.is_empty() {
        let counted = counted_otherwise(report);
        late.retain(|number| counted.contains(number));
    }
    late
}

const LATE: ConstraintKind = ConstraintKind::AsLateAsPossible;

/// Tasks before which, at which or behind which late dates are counted in other ways.
fn counted_otherwise(report: &ProjectReport) -> BTreeSet<TaskNo> {
    let project = &report.project;
    let finish = report.forecast.finish;
    let leaves = || project.task_numbers().filter(|number| !project.task(*number).is_summary());
    if project.working_time().previous_working_end(finish) != finish {
        return leaves().collect();
    }
    let mut found: BTreeSet<TaskNo> = leaves().filter(|number| !is_plain(project, *number)).collect();
    for link in project.tasks.iter().flat_map(|task| &task.links).filter(|link| !is_plain_link(link)) {
        found.extend(leaves_of(project, link.predecessor));
    }
    let mut next: Vec<TaskNo> = found.iter().copied().collect();
    let mut seen = BTreeSet::new();
    while let Some(number) = next.pop() {
        for holder in with_above(project, number) {
            if !seen.insert(holder) {
                break;
            }
            for link in &project.task(holder).links {
                next.extend(
                    leaves_of(project, link.predecessor).into_iter().filter(|leaf| found.insert(*leaf)),
                );
            }
        }
    }
    found
}

/// Whether a task takes working time of the project's calendar, and waits for plain finishes of such alone.
fn is_plain(project: &Project, number: TaskNo) -> bool {
    let is_usual = |number: TaskNo| {
        let task = project.task(number);
        task.is_summary() || (!task.runs_by_the_clock() && task.calendar == project.calendar)
    };
    is_usual(number)
        && with_above(project, number)
            .flat_map(|holder| &project.task(holder).links)
            .all(|link| is_plain_link(link) && is_usual(link.predecessor))
}

fn is_plain_link(link: &Link) -> bool {
    link.kind == LinkKind::FinishStart && link.lag.is_zero()
}

/// A task and the summaries above it.
fn with_above(project: &Project, number: TaskNo) -> impl Iterator<Item = TaskNo> {
    std::iter::successors(Some(number), |at| project.task(*at).parent)
}

/// A task, or all that are no summaries below it.
fn leaves_of(project: &Project, number: TaskNo) -> Vec<TaskNo> {
    match project.children(number) {
        [] => vec![number],
        below => below.iter().flat_map(|child| leaves_of(project, *child)).collect(),
    }
}
