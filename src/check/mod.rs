//! Rules about the plan and its control, looked for on the finished report: one file a rule.
//!
//! Comes in: a computed project. Goes out: findings, with the project's waivers applied.
//! Not here: faults of single fields, which are found where they are read.

mod cliff;
mod declared_colour_better;
mod exception_due;
mod negative_float;
mod waiver;

use crate::diagnostic::{Diagnostics, Rule};
use crate::report::ProjectReport;

pub use waiver::apply_waivers;

/// A rule and the function that looks for it.
pub struct Check {
    /// What it reports.
    pub rule: &'static Rule,
    /// Looks at one project.
    pub look: fn(&ProjectReport, &mut Diagnostics),
}

/// All rules of this room, in the order in which readers see them.
pub static CHECKS: &[Check] = &[
    Check { rule: &negative_float::NEGATIVE_FLOAT, look: negative_float::look },
    Check { rule: &cliff::CLIFF, look: cliff::look },
    Check { rule: &declared_colour_better::DECLARED_COLOUR_BETTER, look: declared_colour_better::look },
    Check { rule: &exception_due::EXCEPTION_DUE, look: exception_due::look },
];

/// Rules of this room that are not looked for in a project but arise from its waivers.
pub static RULES: &[&Rule] = &[&waiver::WAIVER_EXPIRED, &waiver::WAIVER_OF_NOTHING];

/// Looks for every rule in one project.
#[must_use]
pub fn look(project: &ProjectReport) -> Diagnostics {
    let mut found = Diagnostics::default();
    for check in CHECKS {
        (check.look)(project, &mut found);
    }
    for finding in found.iter_mut() {
        finding.project = Some(project.project.folder.clone());
    }
    found
}
