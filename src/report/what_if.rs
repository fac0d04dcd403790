//! A report that answers a what-if: what was asked, and what it changes.

use crate::control::{Difference, Measured};
use crate::diagnostic::{Diagnostic, Diagnostics, FileId, Severity};
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
    /// Whether a wish could not be understood, so that the report does not answer what was asked.
    pub is_unanswered: bool,
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
}

impl ProjectReport {
    fn measured(&self) -> Measured<'_> {
        Measured { project: &self.project, forecast: &self.forecast, control: &self.control }
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
        Self {
            asked,
            projects,
            findings_came: only_in(&changed.findings, &untouched.findings),
            findings_went: only_in(&untouched.findings, &changed.findings),
            is_unanswered: changed.findings.iter().any(|found| misses(found, wishes)),
        }
    }
}

/// Says whether a finding tells that a wish could not be understood: a fault of the files (E1) that lies in a wish.
#[must_use]
pub fn misses(found: &Diagnostic, wishes: FileId) -> bool {
    let is_in_wish = found.span.is_some_and(|span| span.file >= wishes);
    is_in_wish && found.severity == Severity::Error && found.rule.code < "E2"
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
