//! Which findings of the checks are about a task: those that point at its lines or name its id.

use crate::diagnostic::{Diagnostic, Span};
use crate::model::TaskNo;
use crate::page::desk::Desk;
use crate::page::view::Finding;

/// The findings about some tasks, in reading order, each once; what is let pass is left out.
#[must_use]
pub fn findings_about(desk: &Desk<'_>, tasks: &[TaskNo]) -> Vec<Finding> {
    let lines: Vec<Lines> = tasks.iter().map(|task| Lines::of(desk, *task)).collect();
    desk.report
        .findings_of(desk.project)
        .filter(|found| found.waiver.is_none() && !found.is_confidential)
        .filter(|found| lines.iter().any(|lines| lines.concern(found)))
        .map(|found| desk.finding(found))
        .collect()
}

/// Where a task is written, and what it is called in messages.
struct Lines {
    /// From its key to the key of the next task of the plan.
    plan: (Span, Option<Span>),
    /// Its lines in the tables of facts.
    facts: Vec<Span>,
    /// Its id as messages write it.
    id: String,
}

impl Lines {
    fn of(desk: &Desk<'_>, number: TaskNo) -> Self {
        let project = &desk.project.project;
        let task = project.task(number);
        let behind = |other: &&crate::model::Task| {
            other.origin.file == task.origin.file && other.origin.start > task.origin.start
        };
        let next = project.tasks.iter().filter(behind).min_by_key(|other| other.origin.start);
        let progress = project.progress.iter().filter(|entry| entry.task == number).map(|entry| entry.origin);
        let hours = project.timesheets.iter().filter(|entry| entry.task == number).map(|entry| entry.origin);
        let costs = project.costs.iter().filter(|entry| entry.task == Some(number)).map(|entry| entry.origin);
        Self {
            plan: (task.origin, next.map(|next| next.origin)),
            facts: progress.chain(hours).chain(costs).collect(),
            id: format!("`{}`", task.id),
        }
    }

    fn concern(&self, found: &Diagnostic) -> bool {
        let (first, next) = self.plan;
        let is_here = found.span.is_some_and(|span| {
            let is_in_plan = span.file == first.file
                && span.start >= first.start
                && next.is_none_or(|next| span.start < next.start);
            is_in_plan || self.facts.contains(&span)
        });
        is_here || found.message.contains(&self.id)
    }
}
