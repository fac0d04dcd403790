//! A report that answers a what-if: what was asked, and what it changes.

use std::sync::Arc;

use crate::control::{Difference, Measured};
use crate::diagnostic::{Diagnostic, Diagnostics, FileId, Severity};
use crate::model::TaskNo;
use crate::plan::risk::ScheduleRisk;
use crate::plan::{DecideBy, State};
use crate::quantity::Id;
use crate::report::{ProjectReport, Report};

/// What was asked, and what it changes against the files as they are.
#[derive(Clone, Debug)]
pub struct WhatIf {
    /// The changes as typed: `--set tasks.pilot.duration=3d`.
    pub asked: Vec<String>,
    /// The projects on which it has an effect, in the order of the report.
    pub projects: Vec<ProjectDifference>,
    /// Findings that are there only with the change.
    pub findings_came: Vec<Diagnostic>,
    /// Findings that are there only without it.
    pub findings_went: Vec<Diagnostic>,
    /// Why the report does not answer what was asked: wishes that could not be understood or are at fault, such as a link
    /// that closes a ring, and errors that only the wishes make and that leave a project without dates. Empty where it
    /// does.
    pub faults: Vec<Diagnostic>,
}

/// What a change does to one project.
#[derive(Clone, Debug)]
pub struct ProjectDifference {
    /// The project's folder.
    pub folder: String,
    /// What differs.
    pub difference: Difference,
}

/// What an option of an open decision leads to, against the project as it is.
#[derive(Clone, Debug)]
pub struct OptionEffect {
    /// The decision.
    pub decision: Id,
    /// The short name of the option.
    pub option: String,
    /// What it changes.
    pub difference: Difference,
    /// How long it can wait; none where it brings the finish no nearer.
    pub decide_by: Option<DecideBy>,
    /// The runs that were made with it; none where nothing varies.
    pub risk: Option<Arc<ScheduleRisk>>,
}

/// What a change that waits for approval leads to, where it says what it changes, against the project as it is.
#[derive(Clone, Debug)]
pub struct ChangeEffect {
    /// The change.
    pub change: Id,
    /// What it changes.
    pub difference: Difference,
    /// How long it can wait; none where it brings the finish no nearer.
    pub decide_by: Option<DecideBy>,
    /// The runs that were made with it; none where nothing varies.
    pub risk: Option<Arc<ScheduleRisk>>,
}

impl ProjectReport {
    pub(super) fn measured(&self) -> Measured<'_> {
        Measured {
            project: &self.project,
            forecast: &self.forecast,
            control: &self.control,
            risk: self.risk.as_deref(),
        }
    }

    /// How long the change that the other report was computed with can wait; none where it brings the finish no nearer, and where it says
    /// how much is left of work under way: what is cut is not cut any more once it is built, and nobody knows in which order it will be.
    #[must_use]
    pub fn decide_by(&self, changed: &Self) -> Option<DecideBy> {
        if self.says_what_is_left(changed) {
            return None;
        }
        changed.engine().decide_by(&changed.facts, &changed.forecast, (&self.project, &self.forecast))
    }

    /// Whether the other report says of work under way that more or less of it is left.
    fn says_what_is_left(&self, changed: &Self) -> bool {
        let left = |report: &Self, task: TaskNo| {
            let progress = &report.facts.progress[task.0 as usize];
            (progress.remaining, progress.units_total)
        };
        self.tasks().any(|(number, task, slot)| {
            slot.state == State::InProgress
                && changed
                    .project
                    .task_by_id(&task.id)
                    .is_some_and(|same| left(self, number) != left(changed, same))
        })
    }

    /// What a change does to the project, which is the other report.
    #[must_use]
    pub fn difference_to(&self, changed: &Self) -> Difference {
        Difference::between(self.measured(), changed.measured())
    }
}

impl WhatIf {
    /// Compares the files as they are with what was asked. `wishes` is the number of the first wish among the files.
    #[must_use]
    pub fn between(asked: Vec<String>, untouched: &Report, changed: &Report, wishes: FileId) -> Self {
        let projects = changed
            .projects
            .iter()
            .filter_map(|project| {
                let before = untouched.project(&project.project.folder)?;
                let difference = before.difference_to(project);
                let folder = project.project.folder.clone();
                (!difference.is_nothing()).then_some(ProjectDifference { folder, difference })
            })
            .collect();
        let findings_came = only_in(&changed.findings, &untouched.findings);
        // A project that cannot be computed any more has no answer, wherever the error lies that the wishes make.
        let is_lost = untouched.projects.iter().any(|known| changed.project(&known.project.folder).is_none());
        let is_new = |found: &Diagnostic| is_lost && is_of_the_files(found) && findings_came.contains(found);
        let is_fault = |found: &&Diagnostic| wish_missed(found, wishes).is_some() || is_new(found);
        Self {
            asked,
            projects,
            faults: changed.findings.iter().filter(is_fault).cloned().collect(),
            findings_came,
            findings_went: only_in(&untouched.findings, &changed.findings),
        }
    }
}

/// Says whether a finding is an error of the files themselves: of reading and joining them (E1), or of reports that
/// contradict themselves (E4). What a schedule says of a sound plan is none.
#[must_use]
pub fn is_of_the_files(found: &Diagnostic) -> bool {
    let code = found.rule.code;
    found.severity == Severity::Error && (code.starts_with("E1") || code.starts_with("E4"))
}

/// The wish that a finding says could not be understood: an error of the files that lies in it, or of which one end
/// does. `wishes` is the number of the first wish among the files; the answer counts from it.
#[must_use]
pub fn wish_missed(found: &Diagnostic, wishes: FileId) -> Option<usize> {
    let spans = found.span.into_iter().chain(found.labels.iter().map(|label| label.span));
    let mut places = spans.filter(|span| span.file >= wishes);
    let span = places.next().filter(|_| is_of_the_files(found))?;
    Some((span.file.0 - wishes.0) as usize)
}

/// Findings of one list that the other has neither with the same words nor, about the same thing, at the same place.
fn only_in(one: &Diagnostics, other: &Diagnostics) -> Vec<Diagnostic> {
    let is_same = |a: &Diagnostic, b: &Diagnostic| {
        a.rule == b.rule
            && a.project == b.project
            && (a.message == b.message || (a.span == b.span && a.span.is_some()))
    };
    one.iter().filter(|found| !other.iter().any(|known| is_same(found, known))).cloned().collect()
}
