//! Who allows a new baseline: a gate that was passed, or a change that was approved.

use jiff::civil::Date;

use crate::model::Project;
use crate::quantity::{GateId, Id};

/// What allows a baseline.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Authority {
    /// Its id: `G2` or `C7`.
    pub id: Id,
    /// When it was decided; none where the register does not say.
    pub decided: Option<Date>,
}

/// Why something allows nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AuthorityFault {
    /// There is no such gate or change.
    Unknown,
    /// It is there, but nobody had said yes by that day.
    NotApproved,
    /// It was decided before the baseline in force was frozen, or allows another baseline.
    OtherPlan,
}

/// Everything that allows a baseline as of a day: gates in their order, then changes as in their register.
///
/// It was decided after the newest baseline was frozen, since nobody can have agreed to a plan that was not there; it
/// allows no other baseline yet; and a gate names no other.
#[must_use]
pub fn authorities(project: &Project, name: &Id, day: Date) -> Vec<Authority> {
    let gates = project.gates.values().filter(|gate| {
        let names = gate.baseline.as_ref();
        names.is_none_or(|baseline| baseline == name)
    });
    let gates = gates.filter_map(|gate| {
        let decided = gate.passed_on(day)?;
        Some(Authority { id: gate.gate.to_string().parse().ok()?, decided: Some(decided) })
    });
    let changes = project.registers.changes.iter().filter(|change| change.is_approved(day));
    let newest = project.baselines.iter().filter_map(|baseline| baseline.frozen.or(baseline.approved)).max();
    let is_used =
        |id: &Id| project.baselines.iter().any(|baseline| baseline.authorised_by.as_ref() == Some(id));
    gates
        .chain(changes.map(|change| Authority { id: change.id.clone(), decided: change.decided }))
        .filter(|authority| match authority.decided {
            Some(decided) => decided <= day && newest.is_none_or(|newest| decided > newest),
            None => newest.is_none(),
        })
        .filter(|authority| !is_used(&authority.id))
        .collect()
}

/// Finds what allows a baseline by its id.
///
/// # Errors
/// What is not there, not approved by the day, or was decided about another plan.
pub fn authority_of(project: &Project, name: &Id, id: &str, day: Date) -> Result<Authority, AuthorityFault> {
    let found = authorities(project, name, day).into_iter().find(|authority| authority.id.as_str() == id);
    found.ok_or_else(|| {
        let gate = id.parse::<GateId>().ok().and_then(|gate| project.gates.get(&gate));
        let change = project.registers.changes.iter().find(|change| change.id.as_str() == id);
        match (gate, change) {
            (None, None) => AuthorityFault::Unknown,
            (Some(gate), _) if gate.is_passed(day) => AuthorityFault::OtherPlan,
            (_, Some(change)) if change.is_approved(day) => AuthorityFault::OtherPlan,
            _ => AuthorityFault::NotApproved,
        }
    })
}
