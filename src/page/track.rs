//! The stage track: where the project stands on its road of five stages and gates.

use crate::format;
use crate::model::TaskKind;
use crate::page::address::{Address, Thing};
use crate::page::desk::Desk;
use crate::page::view::Step;
use crate::quantity::{GateId, Stage};

/// The five stages with their gates, each with the day it was passed or is forecast.
#[must_use]
pub fn track(desk: &Desk<'_>) -> Vec<Step> {
    let control = &desk.project.control;
    Stage::ALL
        .into_iter()
        .map(|stage| {
            let has_ended = control.is_closed && stage == control.stage;
            let state = if is_skipped(desk, stage) {
                "ahead"
            } else if stage < control.stage || has_ended {
                "done"
            } else if stage == control.stage {
                "current"
            } else {
                "ahead"
            };
            Step {
                name: format::stage(stage).to_owned(),
                state,
                note: None,
                gate: gate_words(desk, stage.gate()),
                href: desk
                    .href(&Address::stage(desk.folder(), stage))
                    .or_else(|| desk.href_to(&Thing::Gate(stage.gate()))),
            }
        })
        .collect()
}

/// Whether a stopped project went by a stage without it: only those with a settled gate were gone through.
fn is_skipped(desk: &Desk<'_>, stage: Stage) -> bool {
    let control = &desk.project.control;
    let gate = desk.project.project.gates.get(&stage.gate());
    let is_settled = gate.is_some_and(|gate| gate.is_settled(desk.project.status_date));
    control.is_stopped && stage < control.stage && !is_settled
}

/// What is known about a gate, in a few words: `G2 passed 21 Sep 2026`, `G3 forecast 11 Jan 2027`. One that lies before the board
/// again, after it was put off, has a forecast as any other that is open.
#[must_use]
pub fn gate_words(desk: &Desk<'_>, gate: GateId) -> Option<String> {
    let report = desk.project;
    let day = report.status_date;
    if let Some(record) = report.project.gates.get(&gate)
        && let Some(decision) = record.decision
        && let Some(decided) = record.decided
        && decided <= day
        && !record.is_asked_again
    {
        let word = decision.done();
        return Some(format!("{gate} {word} {}", format::date(decided)));
    }
    if report.control.gates_passed.contains(&gate) {
        return Some(format!("{gate} passed"));
    }
    let (number, _, _) = report.tasks().find(|(_, task, _)| task.kind == TaskKind::Gate(gate))?;
    let day = report.last_day(number).filter(|_| !report.control.is_stopped)?;
    Some(format!("{gate} forecast {}", format::date(day)))
}
