//! Proofs of readiness in `handover.yaml`: counts, rehearsals, sign-offs, training.

use crate::diagnostic::{Diagnostic, Diagnostics, Spanned};
use crate::model::{Reconciliation, Rehearsal, SignOff, Training};
use crate::record::BAD_SCALAR;
use crate::record::readiness::{ReconciliationRecord, RehearsalRecord, SignOffRecord, TrainingRecord};
use crate::resolve::delivery::COUNTS_CONTRADICT;
use crate::resolve::entry::{some_day, some_text, some_word, text};
use crate::resolve::names::Names;

pub(super) fn reconciliation(
    record: &ReconciliationRecord,
    names: &Names,
    found: &mut Diagnostics,
) -> Reconciliation {
    Reconciliation {
        data: text(&record.data),
        source: counted(record.source, found),
        arrived: counted(record.arrived, found),
        explained: some_text(record.explained.as_ref()),
        by: names.maybe_person(record.by.as_ref(), found),
        counted: some_day(record.counted),
        evidence: some_text(record.evidence.as_ref()),
        origin: record.span,
    }
}

/// A number of things; fewer than none are refused.
fn counted(written: Spanned<i64>, found: &mut Diagnostics) -> i64 {
    if written.value < 0 {
        found.push(
            Diagnostic::new(&BAD_SCALAR, written.span, format!("`{}` are fewer than none", written.value))
                .hint("write how many were counted"),
        );
    }
    written.value.max(0)
}

pub(super) fn rehearsal(record: &RehearsalRecord, names: &Names, found: &mut Diagnostics) -> Rehearsal {
    Rehearsal {
        rehearsal: text(&record.rehearsal),
        held: some_day(record.held),
        by: names.maybe_person(record.by.as_ref(), found),
        passed: record.passed.map(|passed| passed.value),
        result: some_text(record.result.as_ref()),
        evidence: some_text(record.evidence.as_ref()),
        origin: record.span,
    }
}

pub(super) fn sign_off(record: &SignOffRecord) -> SignOff {
    SignOff {
        sign_off: text(&record.sign_off),
        by: some_word(record.by.as_ref()),
        given: some_day(record.given),
        condition: some_text(record.condition.as_ref()),
        evidence: some_text(record.evidence.as_ref()),
        origin: record.span,
    }
}

/// People to be trained; more trained than need it are told, and count as all of them.
pub(super) fn training(record: &TrainingRecord, names: &Names, found: &mut Diagnostics) -> Training {
    let people = counted(record.people, found);
    let trained = record.trained.map_or(0, |trained| counted(trained, found));
    if let Some(written) = record.trained.filter(|_| trained > people) {
        found.push(
            Diagnostic::new(
                &COUNTS_CONTRADICT,
                written.span,
                format!("{trained} are trained, but only {people} need it"),
            )
            .hint("count under `people:` everybody who needs it, and under `trained:` those of them who have had it"),
        );
    }
    Training {
        training: text(&record.training),
        people,
        trained: trained.min(people),
        counted: some_day(record.counted),
        due: some_day(record.due),
        owner: names.maybe_person(record.owner.as_ref(), found),
        result: some_text(record.result.as_ref()),
        evidence: some_text(record.evidence.as_ref()),
        origin: record.span,
    }
}
