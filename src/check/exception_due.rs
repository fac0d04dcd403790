//! A forecast outside the board's tolerance.

use crate::control::{Colour, DimensionKind};
use crate::declare_rule;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::format;
use crate::report::ProjectReport;

declare_rule! {
    /// The forecast finish or the estimate at completion lies outside the tolerance that the board set in
    /// `project.yaml`. Tolerances for scope, quality, benefits and risk are words; they count as left when the project says
    /// one and the dimension is red.
    ///
    /// **Why it matters.** A tolerance is the board's promise not to interfere, and the project's promise to speak up:
    /// it is the forecast that breaks it, not the fact.
    ///
    /// **What to do.** Raise an exception with options, and have the board decide.
    pub static EXCEPTION_DUE: Rule =
        ("W608", "exception-due", Warning, "0.1.0", "the forecast leaves the board's tolerance");
}

/// Compares the forecast with the tolerances: time and cost by figures, the others by their colours. A project that the board has
/// stopped has no forecast.
pub(super) fn look(report: &ProjectReport, found: &mut Diagnostics) {
    let project = &report.project;
    if report.control.is_stopped {
        return;
    }
    let place = |field: &str| project.field_origins.get(field).copied().unwrap_or(project.origin);
    let minutes_per_day = report.minutes_per_day();
    let slip = report.control.finish_slip;
    if let Some(allowed) = project.tolerance.time
        && slip > allowed
    {
        found.push(
            Diagnostic::new(
                &EXCEPTION_DUE,
                place("tolerance.time"),
                format!(
                    "the finish slips {}, the board tolerates {}",
                    format::working_days(slip, minutes_per_day),
                    format::working_days(allowed, minutes_per_day)
                ),
            )
            .hint("raise an exception with options, and have the board decide"),
        );
    }
    if let Some(allowed) = project.tolerance.cost {
        let over = report.control.total.estimate() - report.control.total.budget;
        if over > allowed {
            found.push(
                Diagnostic::new(
                    &EXCEPTION_DUE,
                    place("tolerance.cost"),
                    format!(
                        "the estimate at completion is {} over budget, the board tolerates {}",
                        format::money_with_currency(over, project.currency),
                        format::money_with_currency(allowed, project.currency)
                    ),
                )
                .hint("raise an exception with options, and have the board decide"),
            );
        }
    }
    let told = [
        (DimensionKind::Scope, &project.tolerance.scope),
        (DimensionKind::Quality, &project.tolerance.quality),
        (DimensionKind::Benefits, &project.tolerance.benefits),
        (DimensionKind::Risk, &project.tolerance.risk),
    ];
    for (kind, limit) in told {
        let Some(limit) = limit else { continue };
        let dimension = report.control.health.dimension(kind);
        if dimension.colour == Colour::Red {
            found.push(
                Diagnostic::new(
                    &EXCEPTION_DUE,
                    limit.origin,
                    format!(
                        "{} is red, the board tolerates “{}”: {}",
                        kind.key(),
                        limit.markdown.trim(),
                        dimension.reason
                    ),
                )
                .hint("raise an exception with options, and have the board decide"),
            );
        }
    }
}
