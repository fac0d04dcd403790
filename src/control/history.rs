//! What was known when: the progress of all tasks as it stood on each report date.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use super::Position;
use crate::model::{Rhythm, TaskProgress};

/// How many past periods a pace is read from: four months of fortnights, long enough for five and short enough to
/// forget how the project began.
pub(super) const PERIODS_LOOKED_AT: usize = 8;

/// Progress by day, gathered once for everything that looks back.
#[derive(Clone, Debug)]
pub(super) struct History {
    by_day: BTreeMap<Date, Vec<TaskProgress>>,
    reports: BTreeSet<Date>,
    told: BTreeSet<Date>,
    nothing: Vec<TaskProgress>,
    /// Ends of the last periods of the reporting rhythm, newest first; the status date leads. A month ends with its report.
    pub period_ends: Vec<Date>,
    /// How long a period is.
    pub rhythm: Rhythm,
}

impl History {
    /// Gathers what was known on each report date up to the status date, and at the end of each past period.
    pub fn new(position: &Position) -> Self {
        let (project, status_date) = (position.project, position.status_date);
        let updates = project.updates.iter().map(|update| update.status_date);
        let recorded = project.progress.iter().map(|entry| entry.status_date);
        let mut told = project.report_days();
        told.insert(status_date);
        let reports: BTreeSet<Date> =
            updates.chain(recorded).filter(|day| *day < status_date).chain([status_date]).collect();

        let rhythm = project.reporting;
        let period_ends: Vec<Date> = (0..=PERIODS_LOOKED_AT)
            .filter_map(|n_periods| rhythm.after(status_date, -i64::try_from(n_periods).ok()?))
            .map(|end| if rhythm == Rhythm::Monthly { report_of_month(&told, end) } else { end })
            .collect();
        let nothing = vec![TaskProgress::default(); project.tasks.len()];
        let by_day = reports
            .iter()
            .chain(&period_ends)
            .map(|day| {
                let known = if *day == status_date {
                    position.facts.progress.clone()
                } else {
                    project.progress_as_of(*day)
                };
                (*day, known)
            })
            .collect();
        Self { by_day, reports, told, nothing, period_ends, rhythm }
    }

    /// The days on which something was reported or recorded, in order, with what was known; the status date last.
    pub fn reports(&self) -> Vec<(Date, &[TaskProgress])> {
        self.reports.iter().map(|day| (*day, self.on(*day))).collect()
    }

    /// The same as far as a day.
    pub fn reports_to(&self, last: Date) -> Vec<(Date, &[TaskProgress])> {
        self.reports().into_iter().filter(|(day, _)| *day <= last).collect()
    }

    /// Says whether a report was given on a day: an update was written or a report closed; in a project that does neither,
    /// progress was recorded. Where reports are given, progress may be recorded between them.
    pub fn is_report(&self, day: Date) -> bool {
        self.told.contains(&day)
    }

    /// What was known on one of the gathered days; on any other, what was known on the gathered day before it,
    /// and nothing before the first.
    pub fn on(&self, day: Date) -> &[TaskProgress] {
        self.by_day.range(..=day).next_back().map_or(&self.nothing, |(_, progress)| progress)
    }
}

/// So many days a report of a month may come before or after the same day of the month: less than half of the shortest one,
/// so that no report ends two months.
const MONTHLY_REPORT_WITHIN: i32 = 13;

/// The day of the report that ends a month: the one nearest to a day; the day itself where none is near. Who reports on the last
/// Friday of each month reports on 29 May and 26 June, and between the two lies one month.
fn report_of_month(told: &BTreeSet<Date>, day: Date) -> Date {
    let away = |told: &Date| (*told - day).get_days().abs();
    let near = told.iter().filter(|told| away(told) <= MONTHLY_REPORT_WITHIN);
    near.min_by_key(|told| away(told)).copied().unwrap_or(day)
}
