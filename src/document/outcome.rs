//! What a board decided on what it was asked, and what follows from it: by whom and by when.

use jiff::civil::Date;
use serde::Serialize;

use crate::document::opening::next_gate;
use crate::format;
use crate::model::{Condition, Decision, GateRecord};
use crate::page::Desk;
use crate::page::gates::decided_record;
use crate::page::stage::gate_day;
use crate::prose::inline_text;
use crate::quantity::GateId;

/// So many conditions are told; the table of conditions has all of them.
const TOLD: usize = 3;

/// The decision in a sentence, and what follows from it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Outcome {
    /// When, by whom and what: `Decided on 20 Nov 2026 by Clara Weber: hold.`
    pub decided: String,
    /// What follows: how the project goes on, and what is to be done, by whom and by when.
    pub follows: String,
}

/// What was decided on a gate by the day of its document; none for a draft.
///
/// It tells of the day of the decision: conditions are not struck out here once they are done. What was decided is taken from the
/// records of `now`; days to come are those that the board saw.
#[must_use]
pub fn outcome(gate: GateId, now: &Desk<'_>, desk: &Desk<'_>) -> Option<Outcome> {
    let record = decided_record(now, gate)?;
    let (decision, decided) = record.decision.zip(record.decided)?;
    let project = &desk.project.project;
    let by = record.decided_by.or(project.sponsor);
    let by = by.map_or_else(String::new, |person| format!(" by {}", project.person_name(person)));
    Some(Outcome {
        decided: format!("Decided on {}{by}: {}.", format::date(decided), decision.key()),
        follows: format!(
            "{} {}",
            way_on(desk, record, (decision, decided)),
            conditions(desk, record, decision)
        )
        .trim_end()
        .to_owned(),
    })
}

/// How the project goes on.
fn way_on(desk: &Desk<'_>, record: &GateRecord, (decision, decided): (Decision, Date)) -> String {
    let gate = record.gate;
    match decision {
        Decision::Approve | Decision::ApproveWithConditions => match next_gate(gate) {
            Some(next) => format!("The project goes on to {}.", with_day(desk, next)),
            None => "The project is closed.".to_owned(),
        },
        Decision::Rework | Decision::Hold => {
            format!(
                "{} comes back before the board{}.",
                put_off(gate, decision),
                again(desk, record, decided)
            )
        }
        Decision::Stop => "The project ends here; what is left is to close it.".to_owned(),
    }
}

/// What happens until a gate that was put off comes back. The work does not wait for G4: its board may let it go on.
fn put_off(gate: GateId, decision: Decision) -> String {
    match (gate, decision) {
        (GateId::G4, Decision::Hold) => format!("The project goes on under exception, and {gate}"),
        (GateId::G4, _) => format!("The project goes on, and {gate}"),
        (_, Decision::Hold) => format!("The project waits at {gate}, which"),
        (_, _) => format!("{gate} is worked on again and"),
    }
}

fn with_day(desk: &Desk<'_>, gate: GateId) -> String {
    let day = gate_day(desk, gate).map(|day| format!(", forecast for {}", format::date(day)));
    format!("{gate} {}{}", format::gate(gate), day.unwrap_or_default())
}

/// When a gate that was put off comes before the board again.
fn again(desk: &Desk<'_>, record: &GateRecord, decided: Date) -> String {
    let planned = record.planned.filter(|day| *day > decided);
    let forecast = || gate_day(desk, record.gate).filter(|day| *day > decided);
    match (planned, forecast()) {
        (Some(day), _) => format!(" on {}", format::date(day)),
        (None, Some(day)) => format!(", by the forecast on {}", format::date(day)),
        (None, None) => "; no day is set".to_owned(),
    }
}

/// What is to be done, by whom and by when. That nobody says so is told of what was put off: else nobody knows what it waits for.
fn conditions(desk: &Desk<'_>, record: &GateRecord, decision: Decision) -> String {
    let all = &record.conditions;
    if all.is_empty() {
        return if decision.settles() {
            String::new()
        } else {
            "What is to be done until then, by whom and by when, is not recorded.".to_owned()
        };
    }
    let known: Vec<&Condition> = all.iter().filter(|one| !one.is_withheld).collect();
    let mut told: Vec<String> = known.iter().take(TOLD).map(|one| condition(desk, one)).collect();
    if known.len() > TOLD {
        told.push(format!("and {} more", known.len() - TOLD));
    }
    if known.len() < all.len() {
        let withheld = format::count(all.len() - known.len(), "condition");
        told.push(format!("{withheld} not for this audience"));
    }
    let lead = match decision {
        Decision::Rework | Decision::Hold => "Until then",
        Decision::Approve | Decision::ApproveWithConditions | Decision::Stop => "To be done",
    };
    format!("{lead}: {}.", told.join("; "))
}

/// `Firewall request filed before staging (Anna Weiss, by 26 Oct 2026)`.
fn condition(desk: &Desk<'_>, condition: &Condition) -> String {
    let words = inline_text(&condition.condition.markdown);
    let owner = condition.owner.map_or("nobody is named", |person| desk.project.project.person_name(person));
    let due = condition.due.map_or_else(|| "no day".to_owned(), |day| format!("by {}", format::date(day)));
    format!("{} ({owner}, {due})", words.trim_end_matches('.'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn work_goes_on_until_g4_comes_back_and_waits_at_the_gates_before() {
        assert_eq!(put_off(GateId::G2, Decision::Hold), "The project waits at G2, which");
        assert_eq!(put_off(GateId::G3, Decision::Rework), "G3 is worked on again and");
        assert_eq!(put_off(GateId::G4, Decision::Hold), "The project goes on under exception, and G4");
        assert_eq!(put_off(GateId::G4, Decision::Rework), "The project goes on, and G4");
    }
}
