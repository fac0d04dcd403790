//! What a gate document asks the board for, in one sentence: what its gate is for, unless it is not ready or somebody advises
//! against it. What the board answered is no part of it.

use crate::document::GateDocument;
use crate::document::readiness::Readiness;
use crate::model::Decision;
use crate::page::Desk;
use crate::page::gates::{gate_list, open_before};
use crate::quantity::GateId;

/// What is asked, whatever the board decides.
///
/// Nothing is asked of a project that was stopped before, and of a gate behind an open one not yet; a board is not asked to pass what the
/// project manager advises to hold, to send back or to stop. Of what is not met it is said how many criteria they are, and what is asked
/// once they are met or covered.
#[must_use]
pub fn ask(document: &dyn GateDocument, desk: &Desk<'_>, readiness: &Readiness) -> String {
    let gate = document.gate();
    let project = &desk.project.project;
    if desk.project.control.is_stopped {
        return format!("Nothing is asked any more: the board has stopped {}.", project.name);
    }
    let ask = document.ask(desk);
    let later = lowered(&ask);
    let open = open_before(desk, gate);
    if !open.is_empty() {
        let are = if open.len() == 1 { "is" } else { "are" };
        return format!("Not before {} {are} passed: {later}", gate_list(&open));
    }
    let unmet = readiness.unmet();
    let recommended = project.gates.get(&gate).and_then(crate::model::GateRecord::recommended);
    if let Some(advised) = recommended.filter(|decision| !decision.passes()) {
        return advised_against((gate, &project.name, advised), unmet.as_deref(), &later);
    }
    let once = if readiness.n_unmet() == 1 {
        "Once it is met, or covered by a condition with an owner and a day"
    } else {
        "Once they are met, or covered by conditions with an owner and a day"
    };
    unmet.map_or(ask, |unmet| format!("Not ready: {unmet}. {once}, the board is asked to {later}"))
}

/// What is asked where the project manager recommends not to go on.
fn advised_against(
    (gate, name, advised): (GateId, &str, Decision),
    unmet: Option<&str>,
    later: &str,
) -> String {
    let what = match advised {
        Decision::Hold => format!("Hold {name} at {gate}"),
        Decision::Rework => format!("Send {gate} of {name} back for rework"),
        _ => format!("Stop {name} at {gate}"),
    };
    let why = unmet.map_or_else(String::new, |unmet| format!(": {unmet}"));
    let asked = format!("{what}, as the project manager recommends{why}.");
    if advised == Decision::Stop {
        asked
    } else {
        format!("{asked} Approval is not asked for yet; once it is, the board will be asked to {later}")
    }
}

/// A sentence to be read on behind a colon.
fn lowered(sentence: &str) -> String {
    let mut letters = sentence.chars();
    let first: String = letters.next().into_iter().flat_map(char::to_lowercase).collect();
    format!("{first}{}", letters.as_str())
}
