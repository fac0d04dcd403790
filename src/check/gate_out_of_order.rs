//! A gate that was passed before the gate in front of it.

use crate::declare_rule;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::format::{self, listed};
use crate::model::TaskKind;
use crate::quantity::GateId;
use crate::report::ProjectReport;

declare_rule! {
    /// A gate has been passed while a gate before it in the plan has not.
    ///
    /// **Why it matters.** Each gate rests on what was decided at the one before: its plan, its money, its conditions. Without that
    /// decision nobody has released what the later gate goes on with.
    ///
    /// A project that the board has stopped goes from that gate to the last one: those between are not asked any more.
    ///
    /// **What to do.** Have the earlier gate decided and signed, or take back the later decision.
    ///
    /// Wrong, with `gates/G3.md` undecided: `gates/G4.md` with
    /// ```yaml
    /// gate: G4
    /// decision: approve
    /// decided: 2026-11-25
    /// ```
    /// Right: the same decision once `gates/G3.md` is decided
    pub static GATE_OUT_OF_ORDER: Rule =
        ("E427", "gate-out-of-order", Error, "0.1.0", "a gate was passed before the gate in front of it");
}

/// Looks at gates that were passed.
pub(super) fn look(report: &ProjectReport, found: &mut Diagnostics) {
    let project = &report.project;
    // What its page says may not have been read.
    let is_unread = |gate| project.faults.may_hide_gate(gate);
    let is_passed = |gate| project.gates.get(gate).is_some_and(|record| record.is_passed(report.status_date));
    let mut in_plan: Vec<_> = project
        .tasks
        .iter()
        .filter_map(
            |task| if let TaskKind::Gate(gate) = task.kind { Some((gate, task.origin)) } else { None },
        )
        .collect();
    in_plan.sort_by_key(|(gate, _)| *gate);
    for record in project.gates.values() {
        let Some(decided) = record.passed_on(report.status_date) else { continue };
        let until = match project.stopped_on(report.status_date) {
            Some((stop, _)) if record.gate == GateId::G5 => stop,
            _ => record.gate,
        };
        let open: Vec<_> = in_plan
            .iter()
            .filter(|(gate, _)| *gate < until && !is_passed(gate) && !is_unread(*gate))
            .collect();
        let names: Vec<String> = open.iter().map(|(gate, _)| format!("`{gate}`")).collect();
        let Some((_, origin)) = open.first() else { continue };
        let verb = if open.len() == 1 { "has" } else { "have" };
        found.push(
            Diagnostic::new(
                &GATE_OUT_OF_ORDER,
                record.decision_origin.unwrap_or(record.origin),
                format!(
                    "`{}` was passed on {}, but {} before it {verb} not been passed",
                    record.gate,
                    format::iso(decided),
                    listed(&names)
                ),
            )
            .also(*origin, "the gate before it")
            .hint(format!("have {} decided and signed first", listed(&names))),
        );
    }
}
