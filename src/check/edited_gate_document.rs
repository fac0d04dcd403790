//! A frozen gate document that says something else than when it was frozen.

use crate::declare_rule;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::model::Seal;
use crate::report::ProjectReport;

declare_rule! {
    /// The frozen document of a decided gate was edited: its values no longer fit its digest, its words no longer fit the digest that
    /// is printed on the document, or a digest was taken out.
    ///
    /// **Why it matters.** Ink, an e-signature or a signed tag refers to exactly the text that was frozen. Whoever edits it puts
    /// words above signatures that nobody gave for them. The site does not show an edited record; it computes the document anew.
    ///
    /// **What to do.** Restore the file from your version control. What was decided wrongly is decided again: a later decision
    /// supersedes the earlier one, and both stay to be seen.
    ///
    /// Wrong, in `gates/frozen/G2-2026-09-21.yaml`:
    /// ```yaml
    /// terms:
    ///   facts:
    ///     - {label: Amount released, text: 117 432 EUR}      # was 107 432
    /// ```
    pub static EDITED_GATE_DOCUMENT: Rule =
        ("W641", "edited-gate-document", Warning, "0.1.0", "a frozen gate document was edited");
}

/// Looks at the seal of every frozen document, and at the digest that it prints where that was compared.
pub(super) fn look(report: &ProjectReport, found: &mut Diagnostics) {
    for frozen in report.project.frozen_gates.iter() {
        let is_genuine = report
            .decided
            .iter()
            .find(|one| (one.gate, one.decided) == (frozen.gate, frozen.decided))
            .is_none_or(|one| one.is_genuine);
        let words = match frozen.seal() {
            Seal::Whole if is_genuine => continue,
            Seal::Whole => "no longer fits the digest that it prints",
            Seal::Broken => "no longer says what it said when it was frozen",
            Seal::Lost => "has lost its digest: nobody can tell whether it says what was frozen",
        };
        found.push(
            Diagnostic::new(
                &EDITED_GATE_DOCUMENT,
                frozen.origin,
                format!("the frozen document of `{}` {words}", frozen.name()),
            )
            .hint("restore the file; what was decided wrongly is decided again in the page of the gate"),
        );
    }
}
