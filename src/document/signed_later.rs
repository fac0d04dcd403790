//! Signatures that a frozen document does not hold: given, or written down, after it was frozen.

use crate::document::GateDocument;
use crate::document::closing::said_role;
use crate::format;
use crate::model::{FrozenGate, Signature, Wording};
use crate::page::Desk;

/// Each of them in a sentence, in the order of the file. A document circulates, and who signs later edits nothing that was decided; but
/// what was frozen does not say that they have signed.
///
/// Signatures of the day of the decision or before that the record does not hold are no later ones: they differ from what was decided.
pub(super) fn signed_later(document: &dyn GateDocument, now: &Desk<'_>, frozen: &FrozenGate) -> Vec<String> {
    let project = &now.project.project;
    let known: Vec<(&str, Option<&str>)> = match frozen.terms.part("signatures") {
        Some(Wording::List(all)) => all
            .iter()
            .filter_map(|one| {
                let who = one.part("signed_by").and_then(Wording::words);
                Some((one.part("role").and_then(Wording::words)?, who))
            })
            .collect(),
        _ => Vec::new(),
    };
    let told = |signature: &Signature| {
        let day =
            signature.date.filter(|day| (frozen.decided < *day) && (*day <= now.project.status_date))?;
        let role = said_role(document, signature);
        // Of one role several may sign; a record that does not say who holds the role alone.
        let name = project.person_name(signature.person);
        if known.iter().any(|(of, who)| *of == role && who.is_none_or(|who| who == name)) {
            return None;
        }
        let decision = signature.decision.map(|decision| format!(", {}", decision.key())).unwrap_or_default();
        let who = format!("{role} ({name}){decision}, on {}", format::date(day));
        let kept = format::date(frozen.frozen);
        Some(if day > frozen.frozen {
            format!("Signed after the document was frozen on {kept}: {who}.")
        } else {
            format!("Not in the document as it was frozen on {kept}, though of an earlier day: {who}.")
        })
    };
    let record = project.gates.get(&document.gate());
    record.into_iter().flat_map(|record| &record.signatures).filter_map(told).collect()
}
