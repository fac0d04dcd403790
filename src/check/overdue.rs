//! Promises whose day has passed, and risks, issues and actions that nobody answers for or looks at.

use jiff::civil::Date;

use crate::declare_rule;
use crate::diagnostic::{Diagnostic, Diagnostics, Span};
use crate::format;
use crate::quantity::days_between;
use crate::report::ProjectReport;

declare_rule! {
    /// Something was promised for a day that has passed: a decision or the answer to a change was needed, an action due, an issue to be solved, a
    /// gate's condition to be met, an outside request to be delivered, a benefit to be measured, people to be trained. Or nobody answers for it: an open
    /// risk, issue or action has no owner, or nobody has looked at an open risk for more than two reporting periods. Of a closed project only
    /// conditions, actions, trainings and benefits are still waited for.
    ///
    /// **Why it matters.** Somebody waits, or nobody does. For an outside request, the page *Outside teams* says which task waits and
    /// how much room is left.
    ///
    /// **What to do.** Record what happened (`decided:`, `done:`, `resolved:`, `received:`, `trained:`, a reading), or agree a new day. Name an owner; look
    /// at the risk and write the day into `reviewed:`.
    pub static OVERDUE: Rule = ("W602", "overdue", Warning, "0.1.0", "a promised day has passed, or nobody answers for it");
}

/// Looks through the registers. What a closed project leaves open was handed over with it: conditions of the board, actions, trainings and
/// benefits are still waited for, and nobody has to look at its risks any more.
pub(super) fn look(report: &ProjectReport, found: &mut Diagnostics) {
    let mut late = Vec::new();
    if !report.control.is_closed {
        late.extend(asked_for(report));
    }
    late.extend(left_to_do(report));
    for (due, origin, what) in late {
        push_if_late(report, (due, origin, what), found);
    }
    if !report.control.is_closed {
        unowned(report, found);
        unreviewed(report, found);
    }
}

/// A day by which something was promised, where that stands, and what it is, up to the word before the day.
type Promise = (Option<Date>, Span, String);

/// Answers, solutions and deliveries that the project waits for.
fn asked_for(report: &ProjectReport) -> Vec<Promise> {
    let today = report.status_date;
    let registers = &report.project.registers;
    let mut late = Vec::new();
    for decision in registers.decisions.iter().filter(|decision| decision.is_open(today)) {
        late.push((decision.needed_by, decision.origin, format!("decision `{}` was needed by", decision.id)));
    }
    for change in registers.changes.iter().filter(|change| change.is_waiting(today)) {
        late.push((
            change.needed_by,
            change.origin,
            format!("an answer to change `{}` was needed by", change.id),
        ));
    }
    for issue in registers.issues.iter().filter(|issue| issue.is_open(today)) {
        late.push((issue.target, issue.origin, format!("issue `{}` was to be solved by", issue.id)));
    }
    for request in registers.requests.iter().filter(|request| request.is_open(today)) {
        let team = &request.team;
        late.push((
            request.promised,
            request.origin,
            format!("request `{}` was promised by {team} for", request.id),
        ));
    }
    late
}

/// What is still to be done once the project is closed, too.
fn left_to_do(report: &ProjectReport) -> Vec<Promise> {
    let today = report.status_date;
    let mut late = Vec::new();
    for action in report.project.registers.actions.iter().filter(|action| action.is_open(today)) {
        late.push((action.due, action.origin, format!("action `{}` was due on", action.id)));
    }
    for benefit in &report.project.benefits {
        let what = format!("benefit `{}` was to be measured by", benefit.id);
        late.push((benefit.next_measured(today), benefit.origin, what));
    }
    for gate in report.project.gates.values() {
        for (_, condition) in gate.all_conditions().filter(|(_, condition)| condition.is_open(today)) {
            late.push((
                condition.due,
                condition.origin,
                format!("a condition of `{}` was due on", gate.gate),
            ));
        }
    }
    let training = report.project.handover.iter().flat_map(|handover| &handover.training);
    for training in training.filter(|training| !training.is_complete(today)) {
        let left = training.people - training.trained_by(today);
        let what = format!("{left} of {} people were to be trained by", training.people);
        late.push((training.due, training.origin, what));
    }
    late
}

/// Open risks, issues and actions without an owner, in projects that name anybody at all.
fn unowned(report: &ProjectReport, found: &mut Diagnostics) {
    let today = report.status_date;
    if report.project.team.people.is_empty() {
        return;
    }
    let registers = &report.project.registers;
    let risks = registers.risks.iter().filter(|risk| risk.is_open(today) && risk.owner.is_none());
    let issues = registers.issues.iter().filter(|issue| issue.is_open(today) && issue.owner.is_none());
    let actions = registers.actions.iter().filter(|action| action.is_open(today) && action.owner.is_none());
    let entries = risks
        .map(|risk| (risk.origin, format!("risk `{}`", risk.id)))
        .chain(issues.map(|issue| (issue.origin, format!("issue `{}`", issue.id))))
        .chain(actions.map(|action| (action.origin, format!("action `{}`", action.id))));
    // An owner whom nobody knows has been reported.
    for (origin, what) in entries.filter(|(origin, _)| !report.project.is_written(*origin, "owner")) {
        found.push(
            Diagnostic::new(&OVERDUE, origin, format!("{what} is open and nobody answers for it"))
                .hint("name who answers for it in `owner:`"),
        );
    }
}

/// Open risks that nobody has looked at for more than two reporting periods.
fn unreviewed(report: &ProjectReport, found: &mut Diagnostics) {
    let today = report.status_date;
    for risk in report.project.registers.risks.iter().filter(|risk| risk.is_open(today)) {
        if risk.reviewed.is_none() && report.project.is_written(risk.origin, "reviewed") {
            continue;
        }
        let Some(looked_at) = risk.reviewed.filter(|day| *day <= today).or(risk.raised) else { continue };
        let age = days_between(looked_at, today);
        if age > report.project.reporting.days_from(looked_at, 2) {
            found.push(
                Diagnostic::new(
                    &OVERDUE,
                    risk.origin,
                    format!(
                        "risk `{}` was last looked at on {}, {age} days ago",
                        risk.id,
                        format::iso(looked_at)
                    ),
                )
                .hint("look at it, and write the day into `reviewed:`"),
            );
        }
    }
}

fn push_if_late(report: &ProjectReport, late: Promise, found: &mut Diagnostics) {
    let (Some(due), origin, what) = late else { return };
    if due >= report.status_date {
        return;
    }
    let days = report.project.working_time().working_days_between(due, report.status_date);
    // Due on a Saturday and looked at on the Sunday: no working day lies between.
    let (days, unit) = match days {
        0 => (i64::from((report.status_date - due).get_days()), "day"),
        days => (days, "working day"),
    };
    let days = crate::diagnostic::spelling::count(usize::try_from(days).unwrap_or(0), unit);
    found.push(
        Diagnostic::new(&OVERDUE, origin, format!("{what} {}, {days} ago", format::iso(due)))
            .hint("record what happened, or agree a new day"),
    );
}
