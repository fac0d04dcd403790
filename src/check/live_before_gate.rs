//! A service that went live before the gate that finds it ready was passed.

use jiff::civil::Date;

use crate::declare_rule;
use crate::diagnostic::{Diagnostic, Diagnostics, Span};
use crate::format;
use crate::model::TaskKind;
use crate::quantity::GateId;
use crate::report::ProjectReport;

declare_rule! {
    /// Early-life support has begun, or a step of the cut-over is done after which there is no way back, although G3, which finds the
    /// service ready, had not been passed. It is looked at where the project has a G3.
    ///
    /// **Why it matters.** Users work with something that nobody has found safe to run, and the board decides on what has happened
    /// already.
    ///
    /// **What to do.** Have the gate decided before the service goes live. A pilot that may go live earlier is a decision of the
    /// board, too: write it down at the gate before, and begin `early_life:` with the service for all.
    ///
    /// Wrong, with G3 decided on 30 October: `handover.yaml` with
    /// ```yaml
    /// early_life: 2026-10-21 .. 2027-03-05
    /// ```
    /// Right:
    /// ```yaml
    /// early_life: 2026-11-02 .. 2027-03-05
    /// ```
    pub static LIVE_BEFORE_GATE: Rule =
        ("W645", "live-before-gate", Warning, "0.1.0", "a service went live before it was found ready");
}

/// Looks at early-life support and at the step of no return.
pub(super) fn look(report: &ProjectReport, found: &mut Diagnostics) {
    let (project, day) = (&report.project, report.status_date);
    let Some(handover) = &project.handover else { return };
    let record = project.gates.get(&GateId::G3);
    let is_planned = project.tasks.iter().any(|task| task.kind == TaskKind::Gate(GateId::G3));
    if project.faults.may_hide_gate(GateId::G3)
        || report.control.is_stopped
        || !(is_planned || record.is_some())
    {
        return;
    }
    let support =
        handover.early_life.map(|window| (window.first(), handover.origin, "early-life support began"));
    let steps = handover.cut_over.iter().filter(|step| step.no_return);
    let steps = steps
        .filter_map(|step| Some((step.done?, step.origin, "the cut-over passed its point of no return")));
    let live = support.into_iter().chain(steps).filter(|(since, _, _)| *since <= day);
    let Some((since, origin, what)) = live.min_by_key(|(since, _, _)| *since) else { return };
    if record.is_some_and(|record| record.is_passed(since)) {
        return;
    }
    let passed = record.filter(|record| record.is_passed(day));
    let mut finding =
        finding((since, origin, what), passed.and_then(|record| record.passed_between(since, day)));
    if let Some(record) = passed {
        finding = finding.also(record.decision_origin.unwrap_or(record.origin), "the decision");
    }
    found.push(finding);
}

fn finding((since, origin, what): (Date, Span, &str), passed_on: Option<Date>) -> Diagnostic {
    let state = passed_on.map_or_else(
        || "`G3` has not been passed".to_owned(),
        |decided| format!("`G3` was passed on {}", format::iso(decided)),
    );
    Diagnostic::new(&LIVE_BEFORE_GATE, origin, format!("{what} on {}, but {state}", format::iso(since)))
        .hint("have `G3` decided before the service goes live")
}
