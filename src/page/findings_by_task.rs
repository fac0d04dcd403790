//! Which findings are about which task, found once for all pages of a project: those that point at its lines or name its id.

use std::collections::{BTreeSet, HashMap};

use crate::diagnostic::{Diagnostic, FileId, Span};
use crate::model::TaskNo;
use crate::report::{ProjectReport, Report};

/// For each task of a project the findings about it, by their places in reading order; what is let pass is left out.
#[derive(Clone, Debug, Default)]
pub struct FindingsByTask(Vec<Vec<usize>>);

impl FindingsByTask {
    /// Looks at every finding once.
    #[must_use]
    pub fn of(report: &Report, project: &ProjectReport) -> Self {
        let lines = Lines::of(project);
        let mut by_task = vec![Vec::new(); project.project.tasks.len()];
        for (place, found) in report.findings_of(project).enumerate() {
            if found.waiver.is_some() || found.is_confidential {
                continue;
            }
            for task in lines.concerned(found) {
                if let Some(findings) = by_task.get_mut(task.0 as usize) {
                    findings.push(place);
                }
            }
        }
        Self(by_task)
    }

    /// The places of the findings about some tasks, each once, in reading order.
    #[must_use]
    pub fn about(&self, tasks: &[TaskNo]) -> BTreeSet<usize> {
        tasks.iter().filter_map(|task| self.0.get(task.0 as usize)).flatten().copied().collect()
    }
}

/// Where the tasks of a project are written, and what they are called in messages.
struct Lines<'a> {
    /// Where each task of the plan begins: it goes on to the next of its file.
    plan: Vec<(FileId, u32, TaskNo)>,
    /// Their lines in the tables of facts.
    facts: HashMap<Span, TaskNo>,
    /// Their ids.
    ids: HashMap<&'a str, TaskNo>,
}

impl<'a> Lines<'a> {
    fn of(project: &'a ProjectReport) -> Self {
        let project = &project.project;
        let tasks = || project.task_numbers().map(|number| (number, project.task(number)));
        let mut plan: Vec<_> =
            tasks().map(|(number, task)| (task.origin.file, task.origin.start, number)).collect();
        plan.sort_unstable();
        let progress = project.progress.iter().map(|entry| (entry.origin, entry.task));
        let hours = project.timesheets.iter().map(|entry| (entry.origin, entry.task));
        let costs = project.costs.iter().filter_map(|entry| Some((entry.origin, entry.task?)));
        Self {
            plan,
            facts: progress.chain(hours).chain(costs).collect(),
            ids: tasks().map(|(number, task)| (task.id.as_str(), number)).collect(),
        }
    }

    fn concerned(&self, found: &Diagnostic) -> BTreeSet<TaskNo> {
        let at = found.span.and_then(|span| {
            let behind =
                self.plan.partition_point(|(file, start, _)| (*file, *start) <= (span.file, span.start));
            let (file, _, task) = self.plan.get(behind.checked_sub(1)?)?;
            (*file == span.file).then_some(*task)
        });
        let fact = found.span.and_then(|span| self.facts.get(&span).copied());
        // Messages write ids in backticks.
        let named =
            found.message.split('`').skip(1).step_by(2).filter_map(|word| self.ids.get(word).copied());
        named.chain(at).chain(fact).collect()
    }
}
