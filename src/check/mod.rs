//! Rules about the plan and its control, looked for on the finished report: one file a rule.
//!
//! Comes in: a computed project. Goes out: findings, with the project's waivers applied.
//! Not here: faults of single fields, which are found where they are read.

mod almost_done_for_long;
mod cliff;
mod declared_colour_better;
mod deliverable_without_criterion;
mod earned_at_ends_too_long;
mod earned_at_finish_too_long;
mod exception_due;
mod facts_after_status_date;
mod fourteen_points;
mod much_level_of_effort;
mod negative_float;
mod not_in_baseline;
mod not_levelled;
mod open_end;
mod open_start;
mod out_of_sequence;
mod overallocated;
mod overdue;
mod progress_went_back;
mod request_without_promise;
mod reversed_hammock;
mod stale_report;
mod step_without_criterion;
mod units_without_change;
mod unsigned_decision;
mod waiver;
mod without_resource;
mod work_before_gate;

use crate::diagnostic::{Diagnostics, Rule};
use crate::report::ProjectReport;

pub use fourteen_points::{Measured, Point, fourteen_points};
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
    Check { rule: &reversed_hammock::REVERSED_HAMMOCK, look: reversed_hammock::look },
    Check { rule: &declared_colour_better::DECLARED_COLOUR_BETTER, look: declared_colour_better::look },
    Check { rule: &exception_due::EXCEPTION_DUE, look: exception_due::look },
    Check { rule: &overdue::OVERDUE, look: overdue::look },
    Check { rule: &unsigned_decision::UNSIGNED_DECISION, look: unsigned_decision::look },
    Check { rule: &work_before_gate::WORK_BEFORE_GATE, look: work_before_gate::look },
    Check { rule: &not_in_baseline::NOT_IN_BASELINE, look: not_in_baseline::look },
    Check { rule: &open_start::OPEN_START, look: open_start::look },
    Check { rule: &open_end::OPEN_END, look: open_end::look },
    Check { rule: &out_of_sequence::OUT_OF_SEQUENCE, look: out_of_sequence::look },
    Check { rule: &progress_went_back::PROGRESS_WENT_BACK, look: progress_went_back::look },
    Check {
        rule: &earned_at_finish_too_long::EARNED_AT_FINISH_TOO_LONG,
        look: earned_at_finish_too_long::look,
    },
    Check { rule: &earned_at_ends_too_long::EARNED_AT_ENDS_TOO_LONG, look: earned_at_ends_too_long::look },
    Check { rule: &almost_done_for_long::ALMOST_DONE_FOR_LONG, look: almost_done_for_long::look },
    Check { rule: &much_level_of_effort::MUCH_LEVEL_OF_EFFORT, look: much_level_of_effort::look },
    Check { rule: &units_without_change::UNITS_WITHOUT_CHANGE, look: units_without_change::look },
    Check { rule: &step_without_criterion::STEP_WITHOUT_CRITERION, look: step_without_criterion::look },
    Check { rule: &without_resource::WITHOUT_RESOURCE, look: without_resource::look },
    Check { rule: &overallocated::OVERALLOCATED, look: overallocated::look },
    Check { rule: &not_levelled::NOT_LEVELLED, look: not_levelled::look },
    Check { rule: &request_without_promise::REQUEST_WITHOUT_PROMISE, look: request_without_promise::look },
    Check {
        rule: &deliverable_without_criterion::DELIVERABLE_WITHOUT_CRITERION,
        look: deliverable_without_criterion::look,
    },
    Check { rule: &stale_report::STALE_REPORT, look: stale_report::look },
    Check { rule: &facts_after_status_date::FACTS_AFTER_STATUS_DATE, look: facts_after_status_date::look },
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
    for finding in &mut found {
        finding.project = Some(project.project.folder.clone());
    }
    found
}
