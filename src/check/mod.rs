//! Rules about the plan and its control, looked for on the finished report: one file a rule.
//!
//! Comes in: a computed project. Goes out: findings, with the project's waivers applied.
//! Not here: faults of single fields, which are found where they are read.

mod actuals_behind;
mod cliff;
mod cost_over_budget;
mod declared_colour_better;
mod deliverable_without_criterion;
mod draw_without_decision;
mod duplicate_invoice;
mod exception_due;
mod facts_after_status_date;
mod fourteen_points;
mod hours_on_closed_task;
mod negative_float;
mod not_in_baseline;
mod not_levelled;
mod open_end;
mod open_start;
mod order_over_budget;
mod out_of_sequence;
mod overallocated;
mod overdrawn_reserve;
mod overdue;
mod progress_went_back;
mod request_without_promise;
mod reversed_hammock;
mod stale_report;
mod totals_do_not_reconcile;
mod unauthorised_draw;
mod unsigned_decision;
mod untested_assumption;
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
    Check { rule: &without_resource::WITHOUT_RESOURCE, look: without_resource::look },
    Check { rule: &overallocated::OVERALLOCATED, look: overallocated::look },
    Check { rule: &not_levelled::NOT_LEVELLED, look: not_levelled::look },
    Check { rule: &totals_do_not_reconcile::TOTALS_DO_NOT_RECONCILE, look: totals_do_not_reconcile::look },
    Check { rule: &hours_on_closed_task::HOURS_ON_CLOSED_TASK, look: hours_on_closed_task::look },
    Check { rule: &cost_over_budget::COST_OVER_BUDGET, look: cost_over_budget::look },
    Check { rule: &order_over_budget::ORDER_OVER_BUDGET, look: order_over_budget::look },
    Check { rule: &duplicate_invoice::DUPLICATE_INVOICE, look: duplicate_invoice::look },
    Check { rule: &draw_without_decision::DRAW_WITHOUT_DECISION, look: draw_without_decision::look },
    Check { rule: &unauthorised_draw::UNAUTHORISED_DRAW, look: unauthorised_draw::look },
    Check { rule: &overdrawn_reserve::OVERDRAWN_RESERVE, look: overdrawn_reserve::look },
    Check { rule: &actuals_behind::ACTUALS_BEHIND, look: actuals_behind::look },
    Check { rule: &request_without_promise::REQUEST_WITHOUT_PROMISE, look: request_without_promise::look },
    Check {
        rule: &deliverable_without_criterion::DELIVERABLE_WITHOUT_CRITERION,
        look: deliverable_without_criterion::look,
    },
    Check { rule: &untested_assumption::UNTESTED_ASSUMPTION, look: untested_assumption::look },
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
