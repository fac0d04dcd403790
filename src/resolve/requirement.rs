//! Requirements: the deliverables and tests that they name are there.

use crate::diagnostic::{Diagnostics, Spanned};
use crate::model::Requirement;
use crate::quantity::Id;
use crate::record::decode::Keyed;
use crate::record::delivery::RequirementRecord;
use crate::resolve::entry::{some_word, text};
use crate::resolve::names::{Names, Register};

/// Resolves `requirements.yaml`.
pub(super) fn resolve_requirements(
    records: &Keyed<RequirementRecord>,
    (names, tests): (&Names, &Register<()>),
    found: &mut Diagnostics,
) -> Vec<Requirement> {
    let requirements = records.iter().map(|(id, record)| Requirement {
        id: id.value.clone(),
        requirement: text(&record.requirement),
        priority: record.priority.map(|priority| priority.as_str().to_owned()),
        source: some_word(record.source.as_ref()),
        delivered_by: known(&record.delivered_by, &names.deliverables, found),
        tested_by: known(&record.tested_by, tests, found),
        origin: id.span,
    });
    requirements.collect()
}

fn known(written: &[Spanned<Id>], register: &Register<()>, found: &mut Diagnostics) -> Vec<Id> {
    let known = written.iter().filter(|id| register.find(id, found).is_some());
    known.map(|id| id.value.clone()).collect()
}
