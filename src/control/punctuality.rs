//! Whether the project reported when it was due.
//!
//! Comes in: the rhythm, the day from which reports are due, the days of the reports. Goes out: one line a report due.

use std::collections::BTreeSet;

use jiff::civil::Date;

use crate::model::Project;

/// A report that was due.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DueReport {
    /// The day on which it was due.
    pub due: Date,
    /// The day of the report that answers it; none where none does.
    pub issued: Option<Date>,
    /// Working days by which it came after its day; zero on the day and before.
    pub late_days: i64,
}

/// The days on which reports were due up to a day: the first report and every period after it; where no first one is named, every period
/// after the start.
///
/// Every two weeks since 28 August, as of 1 October: 28 August, 11 and 25 September.
#[must_use]
pub fn report_days_due(project: &Project, start: Date, until: Date) -> Vec<Date> {
    let (from, begin) = project.first_report.map_or((start, 1), |first| (first, 0));
    // A period lasts a day at least, so there are no more of them than days.
    let most = until.since(from).map_or(0, |span| i64::from(span.get_days())).max(-1);
    let days = (begin..=most).map_while(|period| project.reporting.after(from, period));
    days.take_while(|due| *due <= until).collect()
}

/// Every report due up to a day, with the one that answers it: each report answers the due day nearest to it, of two the earlier, and the
/// nearest of several counts. One that another is nearer than answers the due day before it, where nothing else does.
///
/// Due on 27 May and 27 June, written on 12 June and 10 July: 12 and 10 working days late, though both lie nearer to 27 June.
///
/// Due on 28 August, 11 and 25 September, written on 28 August and 14 September: on its day, one working day late (from Friday to
/// Monday), not written. Written on 10 and 24 September alone: the first was not written, the others came in time.
#[must_use]
pub fn due_reports(project: &Project, start: Date, until: Date) -> Vec<DueReport> {
    let due = report_days_due(project, start, until);
    let apart = |day: Date, report: Date| crate::quantity::days_between(day, report).abs();
    let written: BTreeSet<Date> = project.updates.iter().map(|update| update.status_date).collect();
    let mut issued: Vec<Option<Date>> = vec![None; due.len()];
    let mut farther = Vec::new();
    for report in written.into_iter().filter(|report| *report <= until) {
        let nearest = due.iter().enumerate().min_by_key(|(_, day)| apart(**day, report));
        let Some((place, day)) = nearest else { break };
        if issued[place].is_none_or(|other| apart(*day, report) < apart(*day, other)) {
            farther.extend(issued[place].replace(report));
        } else {
            farther.push(report);
        }
    }
    farther.sort_unstable();
    for report in farther {
        let before = due.partition_point(|day| *day < report).checked_sub(1);
        if let Some(open) = before.and_then(|place| issued.get_mut(place)).filter(|open| open.is_none()) {
            *open = Some(report);
        }
    }
    let time = project.working_time();
    let answered = due.into_iter().zip(issued).map(|(day, issued)| {
        let late_days = issued.map_or(0, |issued| time.working_days_after(day, issued).max(0));
        DueReport { due: day, issued, late_days }
    });
    answered.collect()
}
