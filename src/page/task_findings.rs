//! Which findings of the checks are about a task: those that point at its lines or name its id.

use crate::model::TaskNo;
use crate::page::desk::Desk;
use crate::page::findings_by_task::FindingsByTask;
use crate::page::view::Finding;

/// The findings about some tasks, in reading order, each once; what is let pass is left out.
#[must_use]
pub fn findings_about(desk: &Desk<'_>, tasks: &[TaskNo]) -> Vec<Finding> {
    let places = match desk.map.findings_by_task(desk.project) {
        Some(noted) => noted.about(tasks),
        None => FindingsByTask::of(desk.report, desk.project).about(tasks),
    };
    let findings = desk.report.findings_of(desk.project).enumerate();
    findings.filter(|(place, _)| places.contains(place)).map(|(_, found)| desk.finding(found)).collect()
}
