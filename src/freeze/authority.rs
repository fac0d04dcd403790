//! Who allows a new baseline: a gate that was passed, a change that was approved, a decision that was taken.

use jiff::civil::Date;

use crate::model::Project;
use crate::quantity::{GateId, Id};

/// What allows a baseline.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Authority {
    /// Its id: `G2`, `C7` or `D-04`.
    pub id: Id,
    /// When it was decided; none where the register does not say.
    pub decided: Option<Date>,
}

/// Why something allows nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AuthorityFault {
    /// There is no such gate, change or decision.
    Unknown,
    /// It is there, but nobody had said yes by that day.
    NotApproved,
}

/// Everything that allows a baseline as of a day: gates in their order, then changes and decisions as in their registers.
#[must_use]
pub fn authorities(project: &Project, day: Date) -> Vec<Authority> {
    let gates = project.gates.values().filter(|gate| gate.is_passed(day)).filter_map(|gate| {
        Some(Authority { id: gate.gate.to_string().parse().ok()?, decided: gate.decided })
    });
    let changes = project.registers.changes.iter().filter(|change| change.is_approved(day));
    let decisions = project.registers.decisions.iter().filter(|entry| entry.decision.is_some());
    gates
        .chain(changes.map(|change| Authority { id: change.id.clone(), decided: change.decided }))
        .chain(
            decisions
                .filter(|entry| !entry.is_open(day))
                .map(|entry| Authority { id: entry.id.clone(), decided: entry.decided }),
        )
        .filter(|authority| authority.decided.is_none_or(|decided| decided <= day))
        .collect()
}

/// Finds what allows a baseline by its id.
///
/// # Errors
/// What is not there, or not approved by the day.
pub fn authority_of(project: &Project, id: &str, day: Date) -> Result<Authority, AuthorityFault> {
    let found = authorities(project, day).into_iter().find(|authority| authority.id.as_str() == id);
    let is_known = || {
        let gate = id.parse::<GateId>().is_ok_and(|gate| project.gates.contains_key(&gate));
        let registers = &project.registers;
        gate || registers.changes.iter().any(|change| change.id.as_str() == id)
            || registers.decisions.iter().any(|entry| entry.id.as_str() == id)
    };
    found.ok_or_else(|| if is_known() { AuthorityFault::NotApproved } else { AuthorityFault::Unknown })
}
