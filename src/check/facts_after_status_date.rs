//! Facts typed for a day that no report covers yet.

use jiff::civil::Date;

use crate::declare_rule;
use crate::diagnostic::{Diagnostic, Diagnostics, Span};
use crate::format;
use crate::model::EntryType;
use crate::report::ProjectReport;

declare_rule! {
    /// Progress, hours, costs or a gate decision are dated after the status date, which is that of the newest report:
    /// nothing of them counts. Budgets, changes and forecasts in `costs.csv` may lie ahead.
    ///
    /// **Why it matters.** The facts were typed and the report was forgotten, or the year is wrong. Either way the
    /// pages look kept up and show the state of the report before.
    ///
    /// **What to do.** Write the report for that day in `updates/`, or correct the date. Wrong, while the newest report is that of 2026-08-14:
    ///
    /// ```csv
    /// status_date,task,actual_start,actual_finish
    /// 2026-09-14,build,2026-08-03,2026-08-07
    /// ```
    pub static FACTS_AFTER_STATUS_DATE: Rule = (
        "W612",
        "facts-after-status-date",
        Warning,
        "0.1.0",
        "facts are dated after the newest report and do not count"
    );
}

/// Looks at everything dated; silent where somebody asks for an earlier day on purpose.
pub(super) fn look(report: &ProjectReport, found: &mut Diagnostics) {
    let project = &report.project;
    if report.status_date != project.newest_report() {
        return;
    }
    let is_fact =
        |kind: EntryType| matches!(kind, EntryType::Commitment | EntryType::Accrual | EntryType::Actual);
    let progress = project.progress.iter().map(|entry| (entry.status_date, entry.origin));
    let hours = project.timesheets.iter().map(|entry| (entry.period.first(), entry.origin));
    let costs = project.costs.iter().filter(|entry| is_fact(entry.entry_type));
    let costs = costs.map(|entry| (entry.date, entry.origin));
    push(report, ("line of progress", progress.collect()), found);
    push(report, ("line of hours", hours.collect()), found);
    push(report, ("line of costs", costs.collect()), found);
    for gate in project.gates.values() {
        let origin = gate.decision_origin.unwrap_or(gate.origin);
        push(report, ("gate decision", gate.decided.map(|day| (day, origin)).into_iter().collect()), found);
    }
}

/// Reports what of one kind lies ahead: once, at the first in the order of the file.
fn push(report: &ProjectReport, (kind, dated): (&str, Vec<(Date, Span)>), found: &mut Diagnostics) {
    let ahead: Vec<(Date, Span)> = dated.into_iter().filter(|(day, _)| *day > report.status_date).collect();
    let Some((day, origin)) = ahead.iter().min_by_key(|(_, origin)| origin.start) else { return };
    let others = match ahead.len() - 1 {
        0 => String::new(),
        more => format!("; so {} {more} more", if more == 1 { "is" } else { "are" }),
    };
    found.push(
        Diagnostic::new(
            &FACTS_AFTER_STATUS_DATE,
            *origin,
            format!(
                "this {kind} of {} is after the newest report of {} and does not count{others}",
                format::iso(*day),
                format::iso(report.status_date),
            ),
        )
        .hint("write the report for that day, or correct the date"),
    );
}
