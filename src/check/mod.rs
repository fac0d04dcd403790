//! Rules about the plan and its control, looked for on the finished report: one file a rule.
//!
//! Comes in: a computed project. Goes out: findings, with the project's waivers applied.
//! Not here: faults of single fields, which are found where they are read.

mod actuals_behind;
mod alike_numbers;
mod almost_done_for_long;
mod baseline_beyond_change;
mod baseline_contradiction;
mod baseline_sum;
mod began_before_project;
mod beyond_calendar;
mod beyond_release;
mod booked_while_absent;
mod change_not_approved;
mod change_over_reserve;
mod changed_after_baseline;
mod check_not_kept;
mod cliff;
mod closed_for_years;
mod condition_before_gate;
mod cost_over_budget;
mod credit_without_invoice;
mod critical_path_broken;
mod dangling;
mod date_not_worked;
mod dates_longer_than_work;
mod decided_otherwise;
mod declared_colour_better;
mod delay_counted_twice;
mod deliverable_without_criterion;
mod delivery_counted_twice;
mod delivery_taken_back;
mod draw_counted_twice;
mod draw_without_decision;
mod draw_without_task;
mod duplicate_invoice;
mod early_life_after_closing;
mod earned_at_ends_too_long;
mod earned_at_finish_too_long;
mod earned_at_receipt;
mod edited_baseline;
mod edited_gate_document;
mod edited_snapshot;
mod ends;
mod estimate_below_orders;
mod exception_due;
mod exception_unanswered;
mod execution_index_low;
mod expected_after_end;
mod expected_not_booked;
mod facts_after_status_date;
mod false_float;
mod few_finish_to_start;
mod finished_not_received;
mod finished_unbooked;
mod forecast_in_past;
mod fourteen_points;
mod gate_contradicts_itself;
mod gate_not_frozen;
mod gate_out_of_order;
mod gate_over_open_work;
mod good_practice;
mod hard_constraint;
mod high_float;
mod hours_below_zero;
mod hours_on_closed_task;
mod hours_without_work;
mod invoice_over_order;
mod judged_words;
mod late_booking;
mod late_promise;
mod lead;
mod level_of_effort_critical;
mod level_of_effort_unbooked;
mod line_after_finish;
mod link_leads_out;
mod live_before_gate;
mod long_lag;
mod long_task;
mod loosened_allowance;
mod merge_point;
mod missed_tasks;
mod missing_snapshot;
mod more_than_a_week;
mod much_level_of_effort;
mod near_critical;
mod negative_float;
mod not_in_baseline;
mod not_in_plan;
mod not_levelled;
mod open_end;
mod open_start;
mod option_drops_work;
mod order_dearer;
mod order_open_at_end;
mod order_over_budget;
mod out_of_sequence;
mod overallocated;
mod overallocated_across;
mod overdrawn_reserve;
mod overdue;
mod overdue_promise;
mod own_approval;
mod own_baseline;
mod passed_without_day;
mod path_length_index_low;
mod personal_data_in_public;
mod progress_went_back;
mod rate_off;
mod received_earns_nothing;
mod received_not_accepted;
mod redundant_link;
mod redundant_link_across;
mod request_without_promise;
mod requirement_uncovered;
mod residual_above_risk;
mod rest_earns_nothing;
mod rests_on;
mod returned_above_grant;
mod reversed_hammock;
mod risk_happened;
mod rules_of_points;
mod secret;
mod service_without_training;
mod silent_task;
mod stale_report;
mod start_to_finish;
mod step_out_of_order;
mod step_outside_work;
mod step_without_criterion;
mod stopped_not_closed;
mod stuck_percent;
mod summary_with_logic;
mod target_is_baseline;
mod task_without_owner;
mod tie;
mod told_otherwise;
mod tolerance_unit;
mod totals_do_not_reconcile;
mod unauthorised_baseline;
mod unauthorised_draw;
mod units_without_change;
mod unsigned_decision;
mod untested_assumption;
mod waits_for_stopped;
mod waiver;
mod wider_than_classified;
mod without_resource;
mod work_before_gate;
mod year_between_reports;

use rayon::prelude::*;

use crate::diagnostic::{Diagnostic, Diagnostics, Rule};
use crate::report::ProjectReport;

pub use check_not_kept::{is_kept, judged_checks};
pub use edited_baseline::EDITED_BASELINE;
pub use edited_gate_document::EDITED_GATE_DOCUMENT;
pub use edited_snapshot::EDITED_SNAPSHOT;
pub use ends::{TiedWork, tied_work};
pub use facts_after_status_date::FACTS_AFTER_STATUS_DATE;
pub use fourteen_points::{Measured, Point, fourteen_points};
pub use good_practice::{Practice, good_practices};
pub use judged_words::{NAMED, judged_words, value_words};
pub use late_booking::LATE_BOOKING;
pub use link_leads_out::look_for_links_out;
pub use overallocated_across::look_for_shared_people;
pub use redundant_link_across::look_for_redundant_links;
pub use rules_of_points::rules_of_point;
pub use secret::look_for_secrets;
pub use told_otherwise::TOLD_OTHERWISE;
pub use totals_do_not_reconcile::TOTALS_DO_NOT_RECONCILE;
pub use unauthorised_baseline::UNAUTHORISED_BASELINE;
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
    Check { rule: &check_not_kept::CHECK_NOT_KEPT, look: check_not_kept::look },
    Check { rule: &check_not_kept::CHECK_WITHOUT_VALUE, look: check_not_kept::look_for_values },
    Check { rule: &negative_float::NEGATIVE_FLOAT, look: negative_float::look },
    Check { rule: &beyond_calendar::BEYOND_CALENDAR, look: beyond_calendar::look },
    Check { rule: &closed_for_years::CLOSED_FOR_YEARS, look: closed_for_years::look },
    Check { rule: &cliff::CLIFF, look: cliff::look },
    Check { rule: &reversed_hammock::REVERSED_HAMMOCK, look: reversed_hammock::look },
    Check { rule: &declared_colour_better::DECLARED_COLOUR_BETTER, look: declared_colour_better::look },
    Check { rule: &exception_due::EXCEPTION_DUE, look: exception_due::look },
    Check { rule: &exception_unanswered::EXCEPTION_UNANSWERED, look: exception_unanswered::look },
    Check { rule: &overdue::OVERDUE, look: overdue::look },
    Check { rule: &overdue_promise::OVERDUE_PROMISE, look: overdue_promise::look },
    Check { rule: &late_promise::LATE_PROMISE, look: late_promise::look },
    Check { rule: &tolerance_unit::TOLERANCE_UNIT, look: tolerance_unit::look },
    Check { rule: &option_drops_work::OPTION_DROPS_WORK, look: option_drops_work::look },
    Check { rule: &line_after_finish::LINE_AFTER_FINISH, look: line_after_finish::look },
    Check { rule: &change_not_approved::CHANGE_NOT_APPROVED, look: change_not_approved::look },
    Check { rule: &changed_after_baseline::CHANGED_AFTER_BASELINE, look: changed_after_baseline::look },
    Check { rule: &loosened_allowance::LOOSENED_ALLOWANCE, look: loosened_allowance::look },
    Check { rule: &unsigned_decision::UNSIGNED_DECISION, look: unsigned_decision::look },
    Check { rule: &work_before_gate::WORK_BEFORE_GATE, look: work_before_gate::look },
    Check { rule: &live_before_gate::LIVE_BEFORE_GATE, look: live_before_gate::look },
    Check { rule: &early_life_after_closing::EARLY_LIFE_AFTER_CLOSING, look: early_life_after_closing::look },
    Check { rule: &gate_contradicts_itself::GATE_CONTRADICTS_ITSELF, look: gate_contradicts_itself::look },
    Check { rule: &gate_over_open_work::GATE_OVER_OPEN_WORK, look: gate_over_open_work::look },
    Check { rule: &gate_out_of_order::GATE_OUT_OF_ORDER, look: gate_out_of_order::look },
    Check { rule: &condition_before_gate::CONDITION_BEFORE_GATE, look: condition_before_gate::look },
    Check { rule: &waits_for_stopped::WAITS_FOR_STOPPED, look: waits_for_stopped::look },
    Check { rule: &stopped_not_closed::STOPPED_NOT_CLOSED, look: stopped_not_closed::look },
    Check { rule: &edited_baseline::EDITED_BASELINE, look: edited_baseline::look },
    Check { rule: &edited_snapshot::EDITED_SNAPSHOT, look: edited_snapshot::look },
    Check { rule: &missing_snapshot::MISSING_SNAPSHOT, look: missing_snapshot::look },
    Check { rule: &unauthorised_baseline::UNAUTHORISED_BASELINE, look: unauthorised_baseline::look },
    Check { rule: &baseline_beyond_change::BASELINE_BEYOND_CHANGE, look: baseline_beyond_change::look },
    Check { rule: &baseline_sum::BASELINE_SUM, look: baseline_sum::look },
    Check { rule: &baseline_contradiction::BASELINE_CONTRADICTION, look: baseline_contradiction::look },
    Check { rule: &own_baseline::OWN_BASELINE, look: own_baseline::look },
    Check { rule: &own_approval::OWN_APPROVAL, look: own_approval::look },
    Check { rule: &not_in_baseline::NOT_IN_BASELINE, look: not_in_baseline::look },
    Check { rule: &not_in_plan::NOT_IN_PLAN, look: not_in_plan::look },
    Check { rule: &missed_tasks::MISSED_TASKS, look: missed_tasks::look },
    Check { rule: &execution_index_low::EXECUTION_INDEX_LOW, look: execution_index_low::look },
    Check { rule: &path_length_index_low::PATH_LENGTH_INDEX_LOW, look: path_length_index_low::look },
    Check { rule: &forecast_in_past::FORECAST_IN_PAST, look: forecast_in_past::look },
    Check { rule: &open_start::OPEN_START, look: open_start::look },
    Check { rule: &open_end::OPEN_END, look: open_end::look },
    Check { rule: &dangling::DANGLING, look: dangling::look },
    Check { rule: &lead::LEAD, look: lead::look },
    Check { rule: &long_lag::LONG_LAG, look: long_lag::look },
    Check { rule: &start_to_finish::START_TO_FINISH, look: start_to_finish::look },
    Check { rule: &few_finish_to_start::FEW_FINISH_TO_START, look: few_finish_to_start::look },
    Check { rule: &redundant_link::REDUNDANT_LINK, look: redundant_link::look },
    Check { rule: &merge_point::MERGE_POINT, look: merge_point::look },
    Check { rule: &hard_constraint::HARD_CONSTRAINT, look: hard_constraint::look },
    Check { rule: &dates_longer_than_work::DATES_LONGER_THAN_WORK, look: dates_longer_than_work::look },
    Check { rule: &date_not_worked::DATE_NOT_WORKED, look: date_not_worked::look },
    Check { rule: &summary_with_logic::SUMMARY_WITH_LOGIC, look: summary_with_logic::look },
    Check { rule: &high_float::HIGH_FLOAT, look: high_float::look },
    Check { rule: &long_task::LONG_TASK, look: long_task::look },
    Check { rule: &level_of_effort_critical::LEVEL_OF_EFFORT_CRITICAL, look: level_of_effort_critical::look },
    Check { rule: &critical_path_broken::CRITICAL_PATH_BROKEN, look: critical_path_broken::look },
    Check { rule: &false_float::FALSE_FLOAT, look: false_float::look },
    Check { rule: &out_of_sequence::OUT_OF_SEQUENCE, look: out_of_sequence::look },
    Check { rule: &began_before_project::BEGAN_BEFORE_PROJECT, look: began_before_project::look },
    Check { rule: &progress_went_back::PROGRESS_WENT_BACK, look: progress_went_back::look },
    Check {
        rule: &earned_at_finish_too_long::EARNED_AT_FINISH_TOO_LONG,
        look: earned_at_finish_too_long::look,
    },
    Check { rule: &earned_at_ends_too_long::EARNED_AT_ENDS_TOO_LONG, look: earned_at_ends_too_long::look },
    Check { rule: &almost_done_for_long::ALMOST_DONE_FOR_LONG, look: almost_done_for_long::look },
    Check { rule: &much_level_of_effort::MUCH_LEVEL_OF_EFFORT, look: much_level_of_effort::look },
    Check { rule: &level_of_effort_unbooked::LEVEL_OF_EFFORT_UNBOOKED, look: level_of_effort_unbooked::look },
    Check { rule: &units_without_change::UNITS_WITHOUT_CHANGE, look: units_without_change::look },
    Check { rule: &step_without_criterion::STEP_WITHOUT_CRITERION, look: step_without_criterion::look },
    Check { rule: &step_out_of_order::STEP_OUT_OF_ORDER, look: step_out_of_order::look },
    Check { rule: &step_outside_work::STEP_OUTSIDE_WORK, look: step_outside_work::look },
    Check { rule: &received_not_accepted::RECEIVED_NOT_ACCEPTED, look: received_not_accepted::look },
    Check { rule: &earned_at_receipt::EARNED_AT_RECEIPT, look: earned_at_receipt::look },
    Check { rule: &received_earns_nothing::RECEIVED_EARNS_NOTHING, look: received_earns_nothing::look },
    Check { rule: &stuck_percent::STUCK_PERCENT, look: stuck_percent::look },
    Check { rule: &silent_task::SILENT_TASK, look: silent_task::look },
    Check { rule: &rest_earns_nothing::REST_EARNS_NOTHING, look: rest_earns_nothing::look },
    Check { rule: &without_resource::WITHOUT_RESOURCE, look: without_resource::look },
    Check { rule: &task_without_owner::TASK_WITHOUT_OWNER, look: task_without_owner::look },
    Check { rule: &overallocated::OVERALLOCATED, look: overallocated::look },
    Check { rule: &not_levelled::NOT_LEVELLED, look: not_levelled::look },
    Check { rule: &booked_while_absent::BOOKED_WHILE_ABSENT, look: booked_while_absent::look },
    Check { rule: &totals_do_not_reconcile::TOTALS_DO_NOT_RECONCILE, look: totals_do_not_reconcile::look },
    Check { rule: &hours_on_closed_task::HOURS_ON_CLOSED_TASK, look: hours_on_closed_task::look },
    Check { rule: &hours_without_work::HOURS_WITHOUT_WORK, look: hours_without_work::look },
    Check { rule: &cost_over_budget::COST_OVER_BUDGET, look: cost_over_budget::look },
    Check { rule: &order_over_budget::ORDER_OVER_BUDGET, look: order_over_budget::look },
    Check { rule: &estimate_below_orders::ESTIMATE_BELOW_ORDERS, look: estimate_below_orders::look },
    Check { rule: &expected_not_booked::EXPECTED_NOT_BOOKED, look: expected_not_booked::look },
    Check { rule: &order_dearer::ORDER_DEARER, look: order_dearer::look },
    Check { rule: &order_open_at_end::ORDER_OPEN_AT_END, look: order_open_at_end::look },
    Check { rule: &expected_after_end::EXPECTED_AFTER_END, look: expected_after_end::look },
    Check { rule: &finished_unbooked::FINISHED_UNBOOKED, look: finished_unbooked::look },
    Check { rule: &finished_not_received::FINISHED_NOT_RECEIVED, look: finished_not_received::look },
    Check { rule: &duplicate_invoice::DUPLICATE_INVOICE, look: duplicate_invoice::look },
    Check { rule: &alike_numbers::ALIKE_NUMBERS, look: alike_numbers::look },
    Check { rule: &rate_off::RATE_OFF, look: rate_off::look },
    Check { rule: &invoice_over_order::INVOICE_OVER_ORDER, look: invoice_over_order::look },
    Check { rule: &credit_without_invoice::CREDIT_WITHOUT_INVOICE, look: credit_without_invoice::look },
    Check { rule: &delivery_counted_twice::DELIVERY_COUNTED_TWICE, look: delivery_counted_twice::look },
    Check { rule: &delivery_taken_back::DELIVERY_TAKEN_BACK, look: delivery_taken_back::look },
    Check { rule: &hours_below_zero::HOURS_BELOW_ZERO, look: hours_below_zero::look },
    Check { rule: &more_than_a_week::MORE_THAN_A_WEEK, look: more_than_a_week::look },
    Check { rule: &draw_without_decision::DRAW_WITHOUT_DECISION, look: draw_without_decision::look },
    Check { rule: &draw_without_task::DRAW_WITHOUT_TASK, look: draw_without_task::look },
    Check { rule: &unauthorised_draw::UNAUTHORISED_DRAW, look: unauthorised_draw::look },
    Check { rule: &change_over_reserve::CHANGE_OVER_RESERVE, look: change_over_reserve::look },
    Check { rule: &risk_happened::RISK_HAPPENED, look: risk_happened::look },
    Check { rule: &residual_above_risk::RESIDUAL_ABOVE_RISK, look: residual_above_risk::look },
    Check { rule: &overdrawn_reserve::OVERDRAWN_RESERVE, look: overdrawn_reserve::look },
    Check { rule: &beyond_release::BEYOND_RELEASE, look: beyond_release::look },
    Check { rule: &returned_above_grant::RETURNED_ABOVE_GRANT, look: returned_above_grant::look },
    Check { rule: &draw_counted_twice::DRAW_COUNTED_TWICE, look: draw_counted_twice::look },
    Check { rule: &actuals_behind::ACTUALS_BEHIND, look: actuals_behind::look },
    Check { rule: &late_booking::LATE_BOOKING, look: late_booking::look },
    Check { rule: &told_otherwise::TOLD_OTHERWISE, look: told_otherwise::look },
    Check { rule: &request_without_promise::REQUEST_WITHOUT_PROMISE, look: request_without_promise::look },
    Check {
        rule: &deliverable_without_criterion::DELIVERABLE_WITHOUT_CRITERION,
        look: deliverable_without_criterion::look,
    },
    Check { rule: &delay_counted_twice::DELAY_COUNTED_TWICE, look: delay_counted_twice::look },
    Check { rule: &requirement_uncovered::REQUIREMENT_UNCOVERED, look: requirement_uncovered::look },
    Check { rule: &passed_without_day::PASSED_WITHOUT_DAY, look: passed_without_day::look },
    Check { rule: &service_without_training::SERVICE_WITHOUT_TRAINING, look: service_without_training::look },
    Check { rule: &target_is_baseline::TARGET_IS_BASELINE, look: target_is_baseline::look },
    Check { rule: &untested_assumption::UNTESTED_ASSUMPTION, look: untested_assumption::look },
    Check { rule: &stale_report::STALE_REPORT, look: stale_report::look },
    Check { rule: &year_between_reports::YEAR_BETWEEN_REPORTS, look: year_between_reports::look },
    Check { rule: &facts_after_status_date::FACTS_AFTER_STATUS_DATE, look: facts_after_status_date::look },
    Check { rule: &personal_data_in_public::PERSONAL_DATA_IN_PUBLIC, look: personal_data_in_public::look },
    Check { rule: &wider_than_classified::WIDER_THAN_CLASSIFIED, look: wider_than_classified::look },
    Check { rule: &near_critical::NEAR_CRITICAL, look: near_critical::look },
];

/// Rules about decided gates, which are looked for once their documents have been compared with what was frozen.
pub static CHECKS_OF_DECIDED_GATES: &[Check] = &[
    Check { rule: &edited_gate_document::EDITED_GATE_DOCUMENT, look: edited_gate_document::look },
    Check { rule: &decided_otherwise::DECIDED_OTHERWISE, look: decided_otherwise::look },
    Check { rule: &gate_not_frozen::GATE_NOT_FROZEN, look: gate_not_frozen::look },
];

/// Rules of this room that are not looked for in a project: they arise from its waivers, or from the texts of all files.
pub static RULES: &[&Rule] = &[
    &secret::SECRET,
    &link_leads_out::LINK_LEADS_OUT,
    &waiver::WAIVER_EXPIRED,
    &waiver::WAIVER_OF_NOTHING,
    &waiver::WAIVER_BY_NOBODY,
];

/// Rules whose findings tell hours, load or absences of a person.
static ABOUT_HOURS: &[&Rule] = &[
    &overallocated::OVERALLOCATED,
    &booked_while_absent::BOOKED_WHILE_ABSENT,
    &more_than_a_week::MORE_THAN_A_WEEK,
    &hours_below_zero::HOURS_BELOW_ZERO,
    &hours_on_closed_task::HOURS_ON_CLOSED_TASK,
    &hours_without_work::HOURS_WITHOUT_WORK,
];

/// Rules whose findings cast doubt on what was reported or booked: where one is open, figures may not say what happened. Not here: what
/// is late, dear or beyond a limit although it was reported soundly; what is only reported too seldom, which the age of the report says.
static DOUBTS: &[&Rule] = &[
    &forecast_in_past::FORECAST_IN_PAST,
    &out_of_sequence::OUT_OF_SEQUENCE,
    &began_before_project::BEGAN_BEFORE_PROJECT,
    &progress_went_back::PROGRESS_WENT_BACK,
    &stuck_percent::STUCK_PERCENT,
    &silent_task::SILENT_TASK,
    &rest_earns_nothing::REST_EARNS_NOTHING,
    &step_out_of_order::STEP_OUT_OF_ORDER,
    &level_of_effort_unbooked::LEVEL_OF_EFFORT_UNBOOKED,
    &finished_unbooked::FINISHED_UNBOOKED,
    &finished_not_received::FINISHED_NOT_RECEIVED,
    &totals_do_not_reconcile::TOTALS_DO_NOT_RECONCILE,
    &booked_while_absent::BOOKED_WHILE_ABSENT,
    &hours_on_closed_task::HOURS_ON_CLOSED_TASK,
    &hours_without_work::HOURS_WITHOUT_WORK,
    &hours_below_zero::HOURS_BELOW_ZERO,
    &more_than_a_week::MORE_THAN_A_WEEK,
    &duplicate_invoice::DUPLICATE_INVOICE,
    &alike_numbers::ALIKE_NUMBERS,
    &invoice_over_order::INVOICE_OVER_ORDER,
    &credit_without_invoice::CREDIT_WITHOUT_INVOICE,
    &delivery_counted_twice::DELIVERY_COUNTED_TWICE,
    &delivery_taken_back::DELIVERY_TAKEN_BACK,
    &actuals_behind::ACTUALS_BEHIND,
];

/// Looks for what casts doubt on what was reported or booked; [`look`] takes it from the report.
#[must_use]
pub fn doubts(project: &ProjectReport) -> Diagnostics {
    let mut found = Diagnostics::default();
    for check in asked(CHECKS.iter().filter(|check| is_doubt(check)), project) {
        (check.look)(project, &mut found);
    }
    found
}

/// The rules that can be asked of a project: those that rest on nothing unread, and of a project that the board has stopped not those
/// about the way ahead.
fn asked<'a>(
    checks: impl Iterator<Item = &'a Check>,
    project: &ProjectReport,
) -> impl Iterator<Item = &'a Check> {
    let is_behind_us = |rule: &Rule| project.control.is_stopped && rests_on::is_of_the_way_ahead(rule);
    checks.filter(move |check| {
        !rests_on::is_unread_beneath(check.rule, &project.project) && !is_behind_us(check.rule)
    })
}

/// What of the doubts stands with the waivers of the project applied, and the rows that stand twice.
pub fn open_doubts(project: &ProjectReport) -> impl Iterator<Item = &Diagnostic> {
    let is_waived = |finding: &Diagnostic| {
        let mut waivers = project.project.waivers.iter();
        waivers.any(|waiver| waiver::lets_pass(waiver, finding, project.status_date))
    };
    project
        .doubts
        .iter()
        .flatten()
        .chain(&project.project.repeated)
        .filter(move |finding| !is_waived(finding))
}

fn is_doubt(check: &Check) -> bool {
    DOUBTS.iter().any(|rule| rule.code == check.rule.code)
}

/// Whether findings of a rule tell what a person works.
#[must_use]
pub fn is_about_hours(rule: &Rule) -> bool {
    ABOUT_HOURS.iter().any(|known| known.code == rule.code)
}

/// Looks for every rule in one project.
#[must_use]
pub fn look(project: &ProjectReport) -> Diagnostics {
    let found = project.doubts.clone().unwrap_or_else(|| doubts(project));
    look_for((CHECKS.iter().filter(|check| !is_doubt(check)), found), project)
}

/// Looks for what can be said of a project once the documents of its gates have been compared with what was frozen.
#[must_use]
pub fn look_at_decided_gates(project: &ProjectReport) -> Diagnostics {
    look_for((CHECKS_OF_DECIDED_GATES.iter(), Diagnostics::default()), project)
}

/// Whether findings of a rule come of comparing a decided gate with what was frozen of it, which a what-if does not do.
#[must_use]
pub fn is_about_decided_gates(rule: &Rule) -> bool {
    CHECKS_OF_DECIDED_GATES.iter().any(|known| known.rule.code == rule.code)
}

fn look_for<'a>(
    (checks, mut found): (impl Iterator<Item = &'a Check>, Diagnostics),
    project: &ProjectReport,
) -> Diagnostics {
    // In a plan of thousands a rule takes milliseconds.
    let asked: Vec<&Check> = asked(checks, project).collect();
    let found_by = |check: &&Check| {
        let mut found = Diagnostics::default();
        (check.look)(project, &mut found);
        found
    };
    for one in asked.par_iter().map(found_by).collect::<Vec<_>>() {
        found.extend(one);
    }
    for finding in &mut found {
        finding.project = Some(project.project.folder.clone());
    }
    found
}
