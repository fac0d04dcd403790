//! Exceptions: what the board was told, tied to the decision that answers it.

use crate::diagnostic::Diagnostics;
use crate::model::Exception;
use crate::record::exception::ExceptionRecord;
use crate::record::filed::Filed;
use crate::resolve::entry::{some_text, text};
use crate::resolve::names::Register;

/// Resolves `exceptions/*.md`; they come in the order of the days on which they were raised.
pub(super) fn resolve_exceptions(
    files: &[Filed<ExceptionRecord>],
    decisions: &Register<()>,
    found: &mut Diagnostics,
) -> Vec<Exception> {
    let mut exceptions: Vec<Exception> = Vec::new();
    for file in files {
        let record = &file.record;
        if let Some(decision) = &record.decision {
            decisions.find(decision, found);
        }
        exceptions.push(Exception {
            tolerance: record.tolerance.as_str().to_owned(),
            raised: record.raised.value,
            cause: some_text(record.cause.as_ref()),
            recommendation: some_text(record.recommendation.as_ref()),
            decision: record.decision.as_ref().map(|id| id.value.clone()),
            body: text(&file.body),
            file: file.path.clone(),
            origin: record.tolerance.span,
        });
    }
    exceptions.sort_by_key(|exception| exception.raised);
    exceptions
}
