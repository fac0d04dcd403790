//! Which findings of the checks are about a task: those that point at its lines or name its id.

use crate::diagnostic::Diagnostic;
use crate::model::TaskNo;
use crate::page::desk::Desk;
use crate::page::finding_groups::FindingsBeside;
use crate::page::findings_by_task::FindingsByTask;
use crate::page::view::Finding;

/// The findings about a task, in reading order, each once; what is let pass is left out.
#[must_use]
pub fn findings_about(desk: &Desk<'_>, task: TaskNo) -> Vec<Finding> {
    about(desk, &[task]).into_iter().map(|found| desk.finding(found)).collect()
}

/// The findings about the tasks of somebody, of which the page has more to tell than these.
#[must_use]
pub fn findings_beside(desk: &Desk<'_>, tasks: &[TaskNo]) -> FindingsBeside {
    FindingsBeside::of(&about(desk, tasks), |found| desk.finding(found))
}

fn about<'a>(desk: &Desk<'a>, tasks: &[TaskNo]) -> Vec<&'a Diagnostic> {
    let places = match desk.map.findings_by_task(desk.project) {
        Some(noted) => noted.about(tasks),
        None => FindingsByTask::of(desk.report, desk.project).about(tasks),
    };
    desk.report.findings.some_of_project(&desk.project.project.folder, places).collect()
}
