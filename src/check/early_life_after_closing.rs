//! Early-life support that goes on when the project is to be closed.

use crate::declare_rule;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::format;
use crate::model::TaskKind;
use crate::quantity::GateId;
use crate::report::ProjectReport;

declare_rule! {
    /// Early-life support ends later than G5, which closes the project, is forecast. It is looked at until G5 is decided.
    ///
    /// **Why it matters.** G5 asks whether early-life support is over, so that it cannot be passed on its day: either the service is handed
    /// over while its first faults still come in, or the project ends later than everybody is told.
    ///
    /// **What to do.** Plan the support as work before G5, or shorten it. Wrong, with G5 forecast for 21 January: `handover.yaml` with
    /// ```yaml
    /// early_life: 2027-01-22 .. 2027-02-18
    /// ```
    /// Right:
    /// ```yaml
    /// early_life: 2027-01-12 .. 2027-01-20
    /// ```
    pub static EARLY_LIFE_AFTER_CLOSING: Rule =
        ("W646", "early-life-after-closing", Warning, "0.1.0", "early-life support ends after the project is closed");
}

/// Looks at the window of early-life support.
pub(super) fn look(report: &ProjectReport, found: &mut Diagnostics) {
    let (project, day) = (&report.project, report.status_date);
    let Some(handover) = &project.handover else { return };
    let Some(window) = handover.early_life else { return };
    let is_settled = project.gates.get(&GateId::G5).is_some_and(|record| record.is_settled(day));
    let closing =
        project.task_numbers().find(|number| project.task(*number).kind == TaskKind::Gate(GateId::G5));
    let Some(closing) = closing.filter(|_| !is_settled && !report.control.is_stopped) else { return };
    let (forecast, last) = (report.forecast.slot(closing).last_day(), window.last_day());
    if last > forecast {
        let words = format!(
            "early-life support ends on {}, but `G5` is forecast for {}",
            format::iso(last),
            format::iso(forecast)
        );
        found.push(
            Diagnostic::new(&EARLY_LIFE_AFTER_CLOSING, project.field(handover.origin, "early_life"), words)
                .also(project.task(closing).origin, "the gate")
                .hint("plan the support as work before `G5`, or shorten it"),
        );
    }
}
