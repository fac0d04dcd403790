//! Which rules find what each of the fourteen points counts: points know nothing of rules, and rules ask the points.

use crate::diagnostic::Rule;

/// The rules that find what a point counts, by its label.
static RULES_OF_POINTS: &[(&str, &[&Rule])] = &[
    ("1", &[&super::open_start::OPEN_START, &super::open_end::OPEN_END]),
    ("1b", &[&super::dangling::DANGLING]),
    ("2", &[&super::lead::LEAD]),
    ("3", &[&super::long_lag::LONG_LAG]),
    ("3b", &[&super::long_lag::LONG_LAG]),
    ("4", &[&super::few_finish_to_start::FEW_FINISH_TO_START]),
    ("5", &[&super::hard_constraint::HARD_CONSTRAINT]),
    ("6", &[&super::high_float::HIGH_FLOAT]),
    ("7", &[&super::negative_float::NEGATIVE_FLOAT]),
    ("8", &[&super::long_task::LONG_TASK]),
    ("9a", &[&super::forecast_in_past::FORECAST_IN_PAST]),
    ("9b", &[&super::facts_after_status_date::FACTS_AFTER_STATUS_DATE]),
    ("10", &[&super::without_resource::WITHOUT_RESOURCE]),
    ("11", &[&super::missed_tasks::MISSED_TASKS]),
    ("12", &[&super::critical_path_broken::CRITICAL_PATH_BROKEN]),
    ("13", &[&super::path_length_index_low::PATH_LENGTH_INDEX_LOW]),
    ("14", &[&super::execution_index_low::EXECUTION_INDEX_LOW]),
];

/// The rules that find what a point counts, by its label; a waiver for one of them lets its flag pass. None for a point that no rule
/// looks at.
#[must_use]
pub fn rules_of_point(label: &str) -> &'static [&'static Rule] {
    RULES_OF_POINTS.iter().find(|(of, _)| *of == label).map_or(&[], |(_, rules)| rules)
}
