//! Stakeholders: who keeps the contact is somebody of the team.

use crate::diagnostic::Diagnostics;
use crate::model::{Degree, Stakeholder};
use crate::record::decode::Keyed;
use crate::record::stakeholder::{Degree as DegreeWord, StakeholderRecord};
use crate::resolve::entry::{some_text, text};
use crate::resolve::names::Names;

/// Resolves `stakeholders.yaml`.
pub(super) fn resolve_stakeholders(
    records: &Keyed<StakeholderRecord>,
    names: &Names,
    found: &mut Diagnostics,
) -> Vec<Stakeholder> {
    let degree = |word: DegreeWord| Degree::from_key(word.as_str()).unwrap_or(Degree::Low);
    records
        .iter()
        .map(|(id, record)| Stakeholder {
            id: id.value.clone(),
            stakeholder: text(&record.stakeholder),
            power: degree(record.power.value),
            interest: degree(record.interest.value),
            attitude: record.attitude.as_ref().map(|attitude| attitude.value.as_str()),
            wants: some_text(record.wants.as_ref()),
            approach: some_text(record.approach.as_ref()),
            owner: names.maybe_person(record.owner.as_ref(), found),
            origin: id.span,
        })
        .collect()
}
