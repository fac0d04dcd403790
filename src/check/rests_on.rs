//! What each rule rests on: where that could not be read, or lies behind a project that was stopped, the rule is not asked.
//!
//! Comes in: a rule, and what of the files of a project could not be read. Goes out: whether it may be asked.
//! Not here: what a rule looks for.

use crate::diagnostic::Rule;
use crate::model::{Ground, Project};

use super::{
    actuals_behind, baseline_beyond_change, baseline_contradiction, baseline_sum, beyond_release,
    changed_after_baseline, cliff, credit_without_invoice, critical_path_broken, date_not_worked,
    dates_longer_than_work, decided_otherwise, declared_colour_better, delay_counted_twice,
    deliverable_without_criterion, early_life_after_closing, earned_at_ends_too_long,
    earned_at_finish_too_long, estimate_below_orders, exception_due, exception_unanswered,
    execution_index_low, expected_not_booked, facts_after_status_date, false_float, finished_not_received,
    finished_unbooked, forecast_in_past, gate_over_open_work, high_float, hours_on_closed_task,
    hours_without_work, invoice_over_order, late_booking, late_promise, level_of_effort_critical,
    level_of_effort_unbooked, long_task, loosened_allowance, missed_tasks, near_critical, negative_float,
    not_in_baseline, not_in_plan, not_levelled, order_dearer, order_open_at_end, out_of_sequence,
    overallocated, overdue_promise, path_length_index_low, received_earns_nothing, request_without_promise,
    rest_earns_nothing, reversed_hammock, silent_task, stale_report, stopped_not_closed, stuck_percent,
    task_without_owner, told_otherwise, units_without_change, waits_for_stopped, year_between_reports,
};

/// Rules that tell what may not be so where nobody knows what was done: that open work is late, drives the finish or fills somebody's
/// weeks, that little was earned, that no report came. Not here: what the files say without it of rates, suppliers, registers, prices
/// and the logic of the plan; what only work that was reported can do wrong.
static RESTS_ON_PROGRESS: &[&Rule] = &[
    &out_of_sequence::OUT_OF_SEQUENCE,
    &task_without_owner::TASK_WITHOUT_OWNER,
    &long_task::LONG_TASK,
    &silent_task::SILENT_TASK,
    &rest_earns_nothing::REST_EARNS_NOTHING,
    &earned_at_finish_too_long::EARNED_AT_FINISH_TOO_LONG,
    &earned_at_ends_too_long::EARNED_AT_ENDS_TOO_LONG,
    &units_without_change::UNITS_WITHOUT_CHANGE,
    &hours_on_closed_task::HOURS_ON_CLOSED_TASK,
    &negative_float::NEGATIVE_FLOAT,
    &cliff::CLIFF,
    &reversed_hammock::REVERSED_HAMMOCK,
    &declared_colour_better::DECLARED_COLOUR_BETTER,
    &exception_due::EXCEPTION_DUE,
    &exception_unanswered::EXCEPTION_UNANSWERED,
    &overdue_promise::OVERDUE_PROMISE,
    &late_promise::LATE_PROMISE,
    &changed_after_baseline::CHANGED_AFTER_BASELINE,
    &early_life_after_closing::EARLY_LIFE_AFTER_CLOSING,
    &gate_over_open_work::GATE_OVER_OPEN_WORK,
    &waits_for_stopped::WAITS_FOR_STOPPED,
    &missed_tasks::MISSED_TASKS,
    &execution_index_low::EXECUTION_INDEX_LOW,
    &path_length_index_low::PATH_LENGTH_INDEX_LOW,
    &forecast_in_past::FORECAST_IN_PAST,
    &dates_longer_than_work::DATES_LONGER_THAN_WORK,
    &date_not_worked::DATE_NOT_WORKED,
    &high_float::HIGH_FLOAT,
    &level_of_effort_critical::LEVEL_OF_EFFORT_CRITICAL,
    &critical_path_broken::CRITICAL_PATH_BROKEN,
    &false_float::FALSE_FLOAT,
    &level_of_effort_unbooked::LEVEL_OF_EFFORT_UNBOOKED,
    &received_earns_nothing::RECEIVED_EARNS_NOTHING,
    &overallocated::OVERALLOCATED,
    &not_levelled::NOT_LEVELLED,
    &hours_without_work::HOURS_WITHOUT_WORK,
    &estimate_below_orders::ESTIMATE_BELOW_ORDERS,
    &told_otherwise::TOLD_OTHERWISE,
    &delay_counted_twice::DELAY_COUNTED_TWICE,
    &stale_report::STALE_REPORT,
    &year_between_reports::YEAR_BETWEEN_REPORTS,
    &facts_after_status_date::FACTS_AFTER_STATUS_DATE,
    &near_critical::NEAR_CRITICAL,
];

/// Rules that hold today's files against what was frozen of them: where not all could be read, they differ for that alone.
static RESTS_ON_ALL_FILES: &[&Rule] = &[
    &changed_after_baseline::CHANGED_AFTER_BASELINE,
    &late_booking::LATE_BOOKING,
    &decided_otherwise::DECIDED_OTHERWISE,
];

/// Rules that miss in the plan what may be what could not be read of it.
static RESTS_ON_PLAN: &[&Rule] = &[&not_in_plan::NOT_IN_PLAN, &late_promise::LATE_PROMISE];

/// Rules whose findings come and go with the days on which nobody works.
static RESTS_ON_CALENDAR: &[&Rule] = &[&cliff::CLIFF, &early_life_after_closing::EARLY_LIFE_AFTER_CLOSING];

/// Rules that tell what may not be so where a decision of any gate could not be read; rules about one gate look at its page alone.
static RESTS_ON_GATES: &[&Rule] = &[&beyond_release::BEYOND_RELEASE];

/// Rules about what only follows from rows of `progress.csv` that contradict themselves or the plan, by the rule that tells so.
static RESTS_ON_SOUND_ROWS: &[(&Rule, &str)] = &[
    (&hours_on_closed_task::HOURS_ON_CLOSED_TASK, "E402"),
    (&hours_without_work::HOURS_WITHOUT_WORK, "E402"),
    (&units_without_change::UNITS_WITHOUT_CHANGE, "E414"),
];

/// Rules about the way to a finish and to tolerances, of which a project that the board has stopped has none any more.
static OF_THE_WAY_AHEAD: &[&Rule] = &[
    &negative_float::NEGATIVE_FLOAT,
    &cliff::CLIFF,
    &exception_due::EXCEPTION_DUE,
    &exception_unanswered::EXCEPTION_UNANSWERED,
    &overdue_promise::OVERDUE_PROMISE,
    &late_promise::LATE_PROMISE,
    &not_in_baseline::NOT_IN_BASELINE,
    &missed_tasks::MISSED_TASKS,
    &execution_index_low::EXECUTION_INDEX_LOW,
    &path_length_index_low::PATH_LENGTH_INDEX_LOW,
    &forecast_in_past::FORECAST_IN_PAST,
    &high_float::HIGH_FLOAT,
    &near_critical::NEAR_CRITICAL,
    &long_task::LONG_TASK,
    &level_of_effort_critical::LEVEL_OF_EFFORT_CRITICAL,
    &critical_path_broken::CRITICAL_PATH_BROKEN,
    &stuck_percent::STUCK_PERCENT,
    &silent_task::SILENT_TASK,
    &overallocated::OVERALLOCATED,
];

/// Rules that hold the plan against a baseline, of which something could not be read.
static RESTS_ON_BASELINES: &[&Rule] = &[
    &baseline_beyond_change::BASELINE_BEYOND_CHANGE,
    &baseline_sum::BASELINE_SUM,
    &baseline_contradiction::BASELINE_CONTRADICTION,
    &not_in_baseline::NOT_IN_BASELINE,
    &not_in_plan::NOT_IN_PLAN,
    &missed_tasks::MISSED_TASKS,
    &execution_index_low::EXECUTION_INDEX_LOW,
    &path_length_index_low::PATH_LENGTH_INDEX_LOW,
    &exception_due::EXCEPTION_DUE,
];

/// Rules that tell what may not be so where hours or money are booked and could not be read.
static RESTS_ON_BOOKS: &[&Rule] = &[
    &finished_unbooked::FINISHED_UNBOOKED,
    &finished_not_received::FINISHED_NOT_RECEIVED,
    &actuals_behind::ACTUALS_BEHIND,
    &level_of_effort_unbooked::LEVEL_OF_EFFORT_UNBOOKED,
    &expected_not_booked::EXPECTED_NOT_BOOKED,
    &credit_without_invoice::CREDIT_WITHOUT_INVOICE,
    &invoice_over_order::INVOICE_OVER_ORDER,
    &order_dearer::ORDER_DEARER,
    &order_open_at_end::ORDER_OPEN_AT_END,
    &estimate_below_orders::ESTIMATE_BELOW_ORDERS,
];

/// What rules rest on. A rule is not asked where something of that could not be read.
static RESTS_ON: &[(&[&Rule], &[Ground])] = &[
    (RESTS_ON_PROGRESS, &[Ground::File("progress.csv")]),
    (RESTS_ON_ALL_FILES, &[Ground::Everything]),
    (RESTS_ON_GATES, &[Ground::Gates]),
    (RESTS_ON_PLAN, &[Ground::File("plan.yaml")]),
    (RESTS_ON_CALENDAR, &[Ground::File("calendar.yaml"), Ground::Entries("plan.yaml")]),
    (RESTS_ON_BASELINES, &[Ground::Folder("baselines")]),
    (RESTS_ON_BOOKS, &[Ground::Entries("costs.csv"), Ground::Entries("timesheets.csv")]),
    (&[&exception_unanswered::EXCEPTION_UNANSWERED], &[Ground::Folder("exceptions")]),
    (
        &[&stopped_not_closed::STOPPED_NOT_CLOSED],
        &[Ground::Entries("lessons.yaml"), Ground::Folder("stages")],
    ),
    // What is missing from a file may be what could not be read of it.
    (&[&deliverable_without_criterion::DELIVERABLE_WITHOUT_CRITERION], &[Ground::File("deliverables.yaml")]),
    (&[&request_without_promise::REQUEST_WITHOUT_PROMISE], &[Ground::File("dependencies.yaml")]),
    (
        &[&loosened_allowance::LOOSENED_ALLOWANCE],
        &[Ground::File("project.yaml"), Ground::File("budget.yaml")],
    ),
];

/// Whether a rule rests on what could not be read.
pub(super) fn is_unread_beneath(rule: &Rule, project: &Project) -> bool {
    let is_it = |known: &Rule| known.code == rule.code;
    let told =
        |(known, code): &(&Rule, &str)| is_it(known) && project.faults.are_told_of("progress.csv", code);
    let mut beneath = RESTS_ON.iter().filter(|(rules, _)| rules.iter().any(|known| is_it(known)));
    beneath.any(|(_, grounds)| project.is_unread(grounds)) || RESTS_ON_SOUND_ROWS.iter().any(told)
}

/// Whether a rule is about the way to a finish and to tolerances.
pub(super) fn is_of_the_way_ahead(rule: &Rule) -> bool {
    OF_THE_WAY_AHEAD.iter().any(|known| known.code == rule.code)
}
