//! Actual cost that is older than the report that uses it.

use crate::declare_rule;
use crate::diagnostic::{Diagnostic, Diagnostics, Span};
use crate::format;
use crate::quantity::days_between;
use crate::report::ProjectReport;

declare_rule! {
    /// Actual cost is complete only to a day that lies more than a reporting period before the status date. The day is
    /// `actuals_to` of the newest report; where no report says it, that of the newest hours, receipt or invoice, as long as work
    /// is under way.
    ///
    /// **Why it matters.** Earned value counts work up to the status date. Held against cost that stops weeks before, all work
    /// looks cheap.
    ///
    /// **What to do.** Book the hours and invoices that are missing and raise `actuals_to`; or accrue what was received.
    ///
    /// ```yaml
    /// status_date: 2026-11-20
    /// actuals_to: 2026-11-20
    /// ```
    pub static ACTUALS_BEHIND: Rule =
        ("W511", "actuals-behind", Warning, "0.1.0", "actual cost is older than the status date by more than a period");
}

/// Compares the day to which cost is complete with the status date.
pub(super) fn look(report: &ProjectReport, found: &mut Diagnostics) {
    let project = &report.project;
    if report.control.is_closed {
        return;
    }
    let newest = project.updates.iter().rfind(|update| update.status_date <= report.status_date);
    let told = newest.and_then(|update| Some((update.actuals_to?, update.origin, "actual cost is complete")));
    let Some((day, origin, what)) = told.or_else(|| newest_booking(report)) else { return };
    let age = days_between(day, report.status_date);
    if age <= project.reporting.days_from(day, 1) {
        return;
    }
    found.push(
        Diagnostic::new(
            &ACTUALS_BEHIND,
            origin,
            format!(
                "{what} to {}, {} before the status date of {}; a reporting period is {}",
                format::iso(day),
                crate::diagnostic::spelling::count(usize::try_from(age).unwrap_or(0), "day"),
                format::iso(report.status_date),
                project.reporting.length_words(),
            ),
        )
        .hint("book what is missing and raise `actuals_to` in the report"),
    );
}

/// The newest hours, receipt or invoice, while work is under way that costs money; hours of a week reach to its last day.
fn newest_booking(report: &ProjectReport) -> Option<(jiff::civil::Date, Span, &'static str)> {
    let project = &report.project;
    let is_under_way = report.facts.progress.iter().zip(&report.control.tasks).any(|(told, value)| {
        told.actual_start.is_some() && told.actual_finish.is_none() && value.planned_effort.minutes() > 0
    });
    if !is_under_way {
        return None;
    }
    let hours =
        project.timesheets.iter().map(|entry| (entry.period.last_day(), entry.period.first(), entry.origin));
    let costs = project.costs.iter().filter(|entry| entry.entry_type.is_cost());
    let costs = costs.map(|entry| (entry.date, entry.date, entry.origin));
    let booked = hours.chain(costs).filter(|(_, first, _)| *first <= report.status_date);
    booked
        .max_by_key(|(last, _, _)| *last)
        .map(|(last, _, origin)| (last, origin, "hours and invoices reach"))
}
