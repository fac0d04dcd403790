//! A gate page that says two things of which only one can be true.

use crate::declare_rule;
use crate::diagnostic::{Diagnostic, Diagnostics, Span};
use crate::model::{Decision, GateRecord, Task, TaskKind};
use crate::quantity::GateId;
use crate::report::ProjectReport;

declare_rule! {
    /// A gate page says two things that do not go together: it is approved with conditions and names none; whoever decides it has
    /// signed that it is not passed, and the page says that it is, or the other way round; money is released until a gate that
    /// has come already; or the plan, which has other gates, has no such gate.
    ///
    /// **Why it matters.** The record of a gate is what the money and the next stage rest on. Where it contradicts itself, nobody
    /// knows later what was decided.
    ///
    /// **What to do.** Look at the minutes, and correct the line that is wrong. Wrong:
    ///
    /// ```yaml
    /// gate: G2
    /// decision: approve with conditions
    /// decided: 2026-08-28
    /// authorised: 107_432 EUR until G2
    /// ```
    /// Right:
    /// ```yaml
    /// gate: G2
    /// decision: approve with conditions
    /// decided: 2026-08-28
    /// authorised: 107_432 EUR until G3
    /// conditions:
    ///   - {condition: The load test is repeated, owner: tom, due: 2026-09-11}
    /// ```
    pub static GATE_CONTRADICTS_ITSELF: Rule =
        ("W673", "gate-contradicts-itself", Warning, "0.1.0", "a gate page that contradicts itself or the plan");
}

/// Looks at every gate with a decision.
pub(super) fn look(report: &ProjectReport, found: &mut Diagnostics) {
    for gate in report.project.gates.values() {
        let Some(decision) = gate.decision else { continue };
        // What would settle it may be what could not be read.
        if report.project.faults.may_hide_gate(gate.gate) {
            continue;
        }
        for (place, message, hint) in contradictions(report, gate, decision) {
            found.push(Diagnostic::new(&GATE_CONTRADICTS_ITSELF, place, message).hint(hint));
        }
    }
}

/// The place of each contradiction, its words, and what to do.
fn contradictions(
    report: &ProjectReport,
    gate: &GateRecord,
    decision: Decision,
) -> Vec<(Span, String, &'static str)> {
    let project = &report.project;
    let place = gate.decision_origin.unwrap_or(gate.origin);
    let mut all = Vec::new();
    if decision == Decision::ApproveWithConditions && gate.conditions.is_empty() {
        let message = format!("`{}` is approved with conditions, and none is written", gate.gate);
        all.push((place, message, "write each under `conditions:`, or write `decision: approve`"));
    }
    let decider = gate.decided_by.or(project.sponsor);
    let by_decider = gate.signatures.iter().filter(|signature| Some(signature.person) == decider);
    for signature in by_decider {
        let Some(signed) = signature.decision.filter(|signed| signed.passes() != decision.passes()) else {
            continue;
        };
        let person = &project.team.people[signature.person.0 as usize].id;
        let message = format!(
            "`{person}`, who decides `{}`, has signed `{}`, where the page says `{}`",
            gate.gate,
            signed.key(),
            decision.key()
        );
        all.push((signature.origin, message, "look at the minutes, and correct one of the two"));
    }
    if let Some(until) = gate.authorised_until.filter(|until| decision.passes() && *until <= gate.gate) {
        let message = format!("`{}` is passed and releases money until `{until}` alone", gate.gate);
        all.push((place, message, "name the gate at which more is to be asked for, such as `until G3`"));
    }
    let gates: Vec<_> = project.tasks.iter().filter_map(gate_of).collect();
    if !gates.is_empty() && !gates.contains(&gate.gate) {
        let message = format!("`{}` is decided, and the plan has no such gate", gate.gate);
        all.push((place, message, "add the gate to `plan.yaml`, or correct `gate:`"));
    }
    all
}

/// The gate that a line of the plan is, if it is one.
fn gate_of(task: &Task) -> Option<GateId> {
    if let TaskKind::Gate(gate) = task.kind { Some(gate) } else { None }
}
