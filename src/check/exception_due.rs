//! A forecast outside the board's tolerance.

use crate::control::{Drift, ToleranceLeft, tolerances_left};
use crate::declare_rule;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::format;
use crate::report::ProjectReport;

declare_rule! {
    /// The forecast finish or the estimate at completion lies outside the tolerance that the board set in
    /// `project.yaml`. A tolerance for scope may be a number of units that come in without an approved change (`unapproved: 18 points`). Other
    /// tolerances for scope, quality, benefits and risk are words; they count as left when the project says one and the
    /// dimension is red. Once G5 is passed nothing is forecast any more.
    ///
    /// **Why it matters.** A tolerance is the board's promise not to interfere, and the project's promise to speak up:
    /// it is the forecast that breaks it, not the fact.
    ///
    /// **What to do.** Raise an exception with options, and have the board decide.
    pub static EXCEPTION_DUE: Rule =
        ("W608", "exception-due", Warning, "0.1.0", "the forecast leaves the board's tolerance");
}

/// The tolerances that are left. What could not be read of the plan has been reported: the forecast is then not the one that is meant,
/// and nothing is said of what rests on it.
pub(super) fn left_by_what_is_meant(report: &ProjectReport) -> impl Iterator<Item = ToleranceLeft> {
    let project = &report.project;
    let is_half_read = project.has_unread_links() || project.has_unread_means();
    let is_computed = |drift: &Drift| matches!(drift, Drift::Time { .. } | Drift::Cost { .. });
    let left = tolerances_left(project, &report.control).into_iter();
    left.filter(move |left| !(is_half_read && is_computed(&left.drift)))
}

/// Compares the forecast with the tolerances: time and cost by figures, the others by their colours. A project that the board has
/// stopped has no forecast.
pub(super) fn look(report: &ProjectReport, found: &mut Diagnostics) {
    let project = &report.project;
    let minutes_per_day = report.minutes_per_day();
    for left in left_by_what_is_meant(report) {
        let key = left.kind.key();
        let place = project.field_origins.get(&left.field()).copied().unwrap_or(project.origin);
        let message = match left.drift {
            Drift::Time { slip, allowed } => format!(
                "the finish slips {}, the board tolerates {}",
                format::working_days(slip, minutes_per_day),
                format::working_days(allowed, minutes_per_day)
            ),
            Drift::Cost { over, allowed, basis } => format!(
                "the estimate at completion {} is {} over budget, the board tolerates {}",
                basis.words(),
                format::money_with_currency(over, project.currency),
                format::money_with_currency(allowed, project.currency)
            ),
            Drift::Units { unapproved, allowed } => {
                let unit = project.tolerance.unapproved.as_ref().map_or("units", |limit| limit.unit.as_str());
                format!(
                    "{} {unit} came in without an approved change, the board tolerates {}",
                    format::whole(unapproved),
                    format::whole(allowed)
                )
            }
            Drift::Told => format!(
                "{key} {} red, the board tolerates “{}”: {}",
                left.kind.verb(),
                project.tolerance.told(key).map_or("", |limit| limit.markdown.trim()),
                report.control.health.dimension(left.kind).reason
            ),
        };
        found.push(Diagnostic::new(&EXCEPTION_DUE, place, message).hint(what_to_do(report, key)));
    }
}

/// What is to be done about a tolerance that is left: what was raised is to be decided, and what was decided to be carried out.
fn what_to_do(report: &ProjectReport, tolerance: &str) -> String {
    let (project, day) = (&report.project, report.status_date);
    let raised = project.exception_as_of(tolerance, day);
    let named = raised.and_then(|raised| raised.decision.as_ref());
    let decision = named.and_then(|id| project.registers.decisions.iter().find(|entry| entry.id == *id));
    match decision {
        Some(decision) if decision.is_open(day) => format!("have the board decide `{}`", decision.id),
        Some(decision) => {
            format!(
                "carry out what `{}` decided; where the forecast has gone further since, raise it again",
                decision.id
            )
        }
        None => "raise an exception with options, and have the board decide".to_owned(),
    }
}
