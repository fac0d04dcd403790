//! A gate that was passed while something it waits for was still open.

use crate::declare_rule;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::format::{self, listed};
use crate::model::{TaskKind, TaskNo};
use crate::plan::State;
use crate::report::ProjectReport;

declare_rule! {
    /// A gate has been passed, but a report that is newer than the decision says that what it waits for in the plan is not done.
    ///
    /// **Why it matters.** A decision makes no work shorter. What lies behind the gate is scheduled after the open work as before,
    /// and the gate itself counts as open in the schedule until that work is done: otherwise a signature would shorten the forecast.
    ///
    /// **What to do.** Report the work as finished if it is. If the gate does not need it, take it out of the gate's `after:` and
    /// link it to what does. If the decision came too early, write `decision: hold` or take it back.
    ///
    /// Wrong, with the roll-out not begun: `gates/G3.md` with
    /// ```yaml
    /// gate: G3
    /// decision: approve
    /// decided: 2026-09-21
    /// ```
    /// Right: the decision after the roll-out
    /// ```yaml
    /// gate: G3
    /// planned: 2026-12-11
    /// ```
    pub static GATE_OVER_OPEN_WORK: Rule =
        ("E426", "gate-over-open-work", Error, "0.1.0", "a gate was passed while what it waits for is open");
}

/// Looks at gates that were passed and that the schedule holds open.
pub(super) fn look(report: &ProjectReport, found: &mut Diagnostics) {
    let project = &report.project;
    for (_, task, slot) in report.tasks() {
        let TaskKind::Gate(gate) = task.kind else { continue };
        let Some(record) = project.gates.get(&gate) else { continue };
        let passed_on = record.passed_on(report.status_date);
        let Some(decided) = passed_on.filter(|_| slot.state != State::Finished) else { continue };
        // A gate of which the page could not be read may have been passed.
        let may_be_passed = |number: TaskNo| matches!(project.task(number).kind, TaskKind::Gate(gate) if project.faults.may_hide_gate(gate));
        let is_open = |number: &TaskNo| {
            report.forecast.slot(*number).state != State::Finished && !may_be_passed(*number)
        };
        let before = task.links.iter().map(|link| link.predecessor).filter(is_open);
        let open: Vec<String> = before.map(|number| format!("`{}`", project.task(number).id)).collect();
        if project.faults.may_hide_gate(gate) || (open.is_empty() && !task.links.is_empty()) {
            continue;
        }
        let verb = if open.len() == 1 { "is" } else { "are" };
        found.push(
            Diagnostic::new(
                &GATE_OVER_OPEN_WORK,
                record.decision_origin.unwrap_or(record.origin),
                format!(
                    "`{gate}` was passed on {} while {}, which it waits for, {verb} open",
                    format::iso(decided),
                    listed(&open)
                ),
            )
            .also(task.origin, "what the gate waits for")
            .hint("report that work as finished, or have the gate decided when it is"),
        );
    }
}
