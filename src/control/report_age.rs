//! How old the newest report of a project is, and whether that is too old.

use jiff::civil::Date;

use crate::model::{Limit, Project};

/// The age of the newest report as seen from a day.
///
/// Data may be newer than it: where reports are written, progress may be recorded between them, and the colour of data looks at that, too.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ReportAge {
    /// The day of the newest report up to the day.
    pub newest: Date,
    /// How many periods of the reporting rhythm lie between.
    pub periods: f64,
    /// Whether they are more than the project allows ([`Limit::ReportGreen`]).
    pub is_stale: bool,
}

impl ReportAge {
    /// Counts from the newest report up to a day ([`Project::report_days`]); none before the first.
    ///
    /// Reports every two weeks, the newest of 7 August: on 28 August it is 1.5 periods old, and stale where one is allowed.
    #[must_use]
    pub fn of(project: &Project, day: Date) -> Option<Self> {
        let newest = *project.report_days().range(..=day).next_back()?;
        let periods = project.reporting.between(newest, day);
        Some(Self { newest, periods, is_stale: periods > project.thresholds.get(Limit::ReportGreen) })
    }
}
