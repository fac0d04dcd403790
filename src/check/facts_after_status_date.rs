//! Facts typed for a day that no report covers yet.

use jiff::civil::Date;

use crate::declare_rule;
use crate::diagnostic::{Diagnostic, Diagnostics, Span};
use crate::format;
use crate::model::{Change, EntryType, Issue, OutsideRequest, Project, Risk};
use crate::report::ProjectReport;

declare_rule! {
    /// Progress, hours, costs, a gate decision, or another fact – an acceptance, a decision, a receipt, a signature, the end of a
    /// risk, an issue or an action, a measurement, a defect – is dated after the status date, which is that of the newest report:
    /// nothing of it counts. Budgets, changes and forecasts in `costs.csv` may lie ahead, and so may whatever is due, planned or
    /// promised.
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
        let signed = gate.signatures.iter().map(|signature| (signature.date, signature.origin, "date"));
        push(report, ("signature", typed(project, signed)), found);
        let done = gate.conditions.iter().map(|condition| (condition.done, condition.origin, "done"));
        push(report, ("end of a condition", typed(project, done)), found);
    }
    for (kind, dated) in facts_of_registers(project).into_iter().chain(facts_of_delivery(project)) {
        push(report, (kind, dated), found);
    }
}

/// Dated facts of one kind.
type Facts = (&'static str, Vec<(Date, Span)>);

/// The days that were typed, each with the place of its field.
fn typed(
    project: &Project,
    entries: impl Iterator<Item = (Option<Date>, Span, &'static str)>,
) -> Vec<(Date, Span)> {
    entries.filter_map(|(day, origin, field)| Some((day?, project.field(origin, field)))).collect()
}

/// What the registers say has happened.
fn facts_of_registers(project: &Project) -> Vec<Facts> {
    let all = &project.registers;
    let risks = |day: fn(&Risk) -> Option<Date>, field| {
        typed(project, all.risks.iter().map(move |risk| (day(risk), risk.origin, field)))
    };
    let issues = |day: fn(&Issue) -> Option<Date>, field| {
        typed(project, all.issues.iter().map(move |issue| (day(issue), issue.origin, field)))
    };
    let changes = |day: fn(&Change) -> Option<Date>, field| {
        typed(project, all.changes.iter().map(move |change| (day(change), change.origin, field)))
    };
    let requests = |day: fn(&OutsideRequest) -> Option<Date>, field| {
        typed(project, all.requests.iter().map(move |request| (day(request), request.origin, field)))
    };
    let decided = all.decisions.iter().map(|decision| (decision.decided, decision.origin, "decided"));
    let done = all.actions.iter().map(|action| (action.done, action.origin, "done"));
    vec![
        ("first day of a risk", risks(|risk| risk.raised, "raised")),
        ("review of a risk", risks(|risk| risk.reviewed, "reviewed")),
        ("end of a risk", risks(|risk| risk.closed, "closed")),
        ("first day of an issue", issues(|issue| issue.raised, "raised")),
        ("end of an issue", issues(|issue| issue.resolved, "resolved")),
        ("decision", typed(project, decided)),
        ("request of a change", changes(|change| change.submitted, "submitted")),
        ("decision on a change", changes(|change| change.decided, "decided")),
        ("implementation of a change", changes(|change| change.implemented, "implemented")),
        ("end of an action", typed(project, done)),
        ("request to another team", requests(|request| request.asked, "asked")),
        ("receipt from another team", requests(|request| request.received, "received")),
    ]
}

/// What was delivered, accepted, found and measured.
fn facts_of_delivery(project: &Project) -> Vec<Facts> {
    let deliverables = || project.deliverables.iter();
    let accepted = deliverables().map(|deliverable| {
        (deliverable.acceptance.as_ref().map(|acceptance| acceptance.date), deliverable.origin, "accepted")
    });
    let submitted = deliverables().flat_map(|deliverable| {
        deliverable.submitted.iter().map(|day| (Some(*day), deliverable.origin, "submitted"))
    });
    let rejected = deliverables().flat_map(|deliverable| {
        deliverable.rejected.iter().map(|day| (Some(*day), deliverable.origin, "rejected"))
    });
    let defects = project.defects.iter().filter_map(|defect| {
        let days = [defect.opened].into_iter().chain(defect.closed.iter().chain(&defect.reopened).copied());
        days.max().map(|newest| (newest, defect.origin))
    });
    let flow = project.flow.iter().filter_map(|item| {
        let newest = item.done.max(item.review).max(item.started).max(Some(item.arrived))?;
        Some((newest, item.origin))
    });
    let readings = project
        .benefits
        .iter()
        .flat_map(|benefit| benefit.readings.iter().map(|reading| (reading.date, reading.origin)));
    let handover = project.handover.as_ref();
    let taken = handover.into_iter().flat_map(|handover| &handover.items);
    let met = handover.into_iter().flat_map(|handover| &handover.criteria);
    let stages = project.stages.values().flat_map(|stage| stage.entry.iter().chain(&stage.exit));
    vec![
        ("acceptance", typed(project, accepted)),
        ("submission", typed(project, submitted)),
        ("rejection", typed(project, rejected)),
        ("line of defects", defects.collect()),
        ("line of items of work", flow.collect()),
        ("reading of a benefit", readings.collect()),
        ("handover", typed(project, taken.map(|item| (item.accepted, item.origin, "accepted")))),
        ("met service criterion", typed(project, met.map(|item| (item.met, item.origin, "met")))),
        ("met criterion of a stage", stages.filter_map(|criterion| criterion.met).collect()),
    ]
}

/// What says the status date: a report, or the newest rows where there is none of that day.
fn last_word(report: &ProjectReport) -> &'static str {
    let (project, day) = (&report.project, report.status_date);
    let is_reported = project.updates.iter().any(|update| update.status_date == day)
        || project.snapshots.iter().any(|closed| closed.status_date == day);
    if is_reported {
        "the newest report"
    } else if project.progress.iter().any(|entry| entry.status_date == day) {
        "the newest rows of `progress.csv`"
    } else {
        "the status date"
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
                "this {kind} of {} is after {} of {} and does not count{others}",
                format::iso(*day),
                last_word(report),
                format::iso(report.status_date),
            ),
        )
        .hint("write the report for that day, or correct the date"),
    );
}
