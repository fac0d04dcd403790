//! A condition of the board that was due before a later gate is asked for, and is open.

use jiff::civil::Date;

use crate::declare_rule;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::format;
use crate::model::{GateRecord, TaskKind};
use crate::report::ProjectReport;

declare_rule! {
    /// A later gate has been passed, or is asked for now, while a condition that the board set at an earlier gate, and that was
    /// due before, is not done. Once it is done there is nothing more to do: that the gate was passed without it stays in the
    /// document of that gate. A gate that was held, sent back or stopped has let nobody pass.
    ///
    /// **Why it matters.** The earlier approval rests on that condition. Whoever asks for the next one without it asks the
    /// board to forget what it wanted.
    ///
    /// **What to do.** Do it and write `done:` with the day; or have the board set another day. If it is no longer wanted, let the
    /// minutes of the next decision say so and write `done:` with the day of that decision.
    ///
    /// Wrong, in `gates/G2.md`, with `gates/G3.md` planned for 11 December:
    /// ```yaml
    /// conditions:
    ///   - {condition: A second supplier is named, due: 2026-11-13}
    /// ```
    pub static CONDITION_BEFORE_GATE: Rule = (
        "W643",
        "condition-before-gate",
        Warning,
        "0.1.0",
        "a later gate is asked for while a condition due before it is open"
    );
}

/// Looks at open conditions of earlier gates beside each later gate that has been passed or has a day on which the board meets.
pub(super) fn look(report: &ProjectReport, found: &mut Diagnostics) {
    let project = &report.project;
    let today = report.status_date;
    for record in project.gates.values() {
        for (decided, condition) in record.all_conditions() {
            let (Some(due), Some(_)) = (condition.due, decided.filter(|decided| *decided <= today)) else {
                continue;
            };
            if !condition.is_open(today) {
                continue;
            }
            let later = project.gates.values().filter(|later| later.gate > record.gate);
            let mut asked = later.filter_map(|later| asked_on(later, today));
            let Some((later, day, is_passed)) = asked.find(|(_, day, _)| due < *day) else { continue };
            // What is not yet due by the status date may still be done in time.
            if !is_passed && due >= today {
                continue;
            }
            let asks = if is_passed { "was passed" } else { "is asked for" };
            let origin = if is_passed { later.decision_origin } else { gate_origin(report, later.gate) };
            found.push(
                Diagnostic::new(
                    &CONDITION_BEFORE_GATE,
                    condition.origin,
                    format!(
                        "`{}` {asks} on {}, but this condition of `{}` was due on {} and is open",
                        later.gate,
                        format::iso(day),
                        record.gate,
                        format::iso(due)
                    ),
                )
                .also(origin.unwrap_or(later.origin), "the later gate")
                .hint("do it and write `done:` with the day, or have the board set another day"),
            );
        }
    }
}

/// The day on which a gate was passed, or on which the board meets about one that is open, and which of the two it is.
fn asked_on(gate: &GateRecord, today: Date) -> Option<(&GateRecord, Date, bool)> {
    let taken = gate.decision.zip(gate.decided).filter(|(_, day)| *day <= today);
    match taken {
        Some((decision, day)) if decision.passes() => Some((gate, day, true)),
        Some((decision, _)) if decision.settles() => None,
        // One that was put off has another day only where the board set it since.
        Some((_, put_off)) => gate.planned.filter(|day| *day > put_off).map(|day| (gate, day, false)),
        None => gate.planned.filter(|_| gate.decision.is_none()).map(|day| (gate, day, false)),
    }
}

/// Where a gate stands in the plan.
fn gate_origin(report: &ProjectReport, gate: crate::quantity::GateId) -> Option<crate::diagnostic::Span> {
    report.project.tasks.iter().find(|task| task.kind == TaskKind::Gate(gate)).map(|task| task.origin)
}
