//! What a gate document asks the board for, in one sentence: what its gate is for, unless it is not ready or somebody advises
//! against it.

use crate::document::GateDocument;
use crate::document::readiness::Readiness;
use crate::model::Decision;
use crate::page::Desk;
use crate::page::gates::{decided_record, gate_list, open_before};
use crate::quantity::GateId;

/// What is asked.
///
/// A gate that was decided keeps what was asked, with what stood in the way where it was not passed. Else nothing is asked of a stopped
/// project and of a gate behind an open one, a board is not asked to pass what the project manager advises to hold, to send back or to
/// stop, and not what is not ready: then it is said what stands in the way, and what will be asked.
#[must_use]
pub fn ask(document: &dyn GateDocument, desk: &Desk<'_>, readiness: &Readiness) -> String {
    let gate = document.gate();
    let project = &desk.project.project;
    let ask = document.ask(desk);
    let decided = decided_record(desk, gate);
    if decided.and_then(|record| record.decision).is_some_and(Decision::passes) {
        return ask;
    }
    let recommended = project.gates.get(&gate).and_then(crate::model::GateRecord::recommended);
    if desk.project.control.is_stopped && decided.is_none() {
        return format!("Nothing is asked any more: the board has stopped {}.", project.name);
    }
    let later = lowered(&ask);
    let open = open_before(desk, gate);
    if !open.is_empty() && decided.is_none() {
        let are = if open.len() == 1 { "is" } else { "are" };
        return format!("Not before {} {are} passed: {later}", gate_list(&open));
    }
    let unmet = (!readiness.is_ready).then(|| readiness.against());
    if let Some(advised) = recommended.filter(|decision| !decision.passes()) {
        return advised_against((gate, &project.name, advised), unmet.as_deref(), &later);
    }
    match unmet {
        None => ask,
        // What was put off was asked all the same.
        Some(_) if decided.is_some() => format!("{ask} {}.", readiness.were_against()),
        Some(unmet) => format!(
            "Not yet ready to be approved: {unmet}. Once they are met, or conditions with an owner and a day cover them: {later}"
        ),
    }
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
        format!("{asked} Approval is not asked for yet; then it will be to {later}")
    }
}

/// A sentence to be read on behind a colon.
fn lowered(sentence: &str) -> String {
    let mut letters = sentence.chars();
    let first: String = letters.next().into_iter().flat_map(char::to_lowercase).collect();
    format!("{first}{}", letters.as_str())
}
