//! A decided gate whose document is not frozen.

use crate::declare_rule;
use crate::diagnostic::spelling::for_shell;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::format::{self, listed};
use crate::report::ProjectReport;

declare_rule! {
    /// A gate is decided and signed, and its document is not frozen. Where a signature is missing that the gate needs, the message
    /// says whose: nothing is frozen before all are given.
    ///
    /// **Why it matters.** Until it is frozen, the document of the gate is computed from the files of today. An edit changes what
    /// the board seems to have seen, and nothing tells of it.
    ///
    /// **What to do.** Run `milepost gate freeze PROJECT/G2` and commit the file that it writes. Do it soon after the meeting: what
    /// was edited before is frozen as it is now.
    pub static GATE_NOT_FROZEN: Rule =
        ("I653", "gate-not-frozen", Info, "0.1.0", "the document of a decided gate is not frozen");
}

/// Looks at gates that are decided and signed by the status date.
pub(super) fn look(report: &ProjectReport, found: &mut Diagnostics) {
    let project = &report.project;
    for record in project.gates.values().filter(|record| !record.signatures.is_empty()) {
        let Some(decided) = record.decided.filter(|day| *day <= report.status_date) else { continue };
        if record.decision.is_none() || project.frozen_gate(record.gate, decided).is_some() {
            continue;
        }
        let place = record.decision_origin.unwrap_or(record.origin);
        let (gate, day) = (record.gate, format::iso(decided));
        let command = format!("`milepost gate freeze {}`", for_shell(&format!("{}/{gate}", project.folder)));
        let diagnostic = match report.unsigned.get(&gate) {
            None => {
                let message = format!("`{gate}` was decided on {day}, and its document is not frozen");
                Diagnostic::new(&GATE_NOT_FROZEN, place, message)
                    .hint(format!("freeze what was signed: {command}"))
            }
            Some(missing) => {
                let (the, are) =
                    if missing.len() == 1 { ("the signature", "is") } else { ("the signatures", "are") };
                let missing = listed(missing);
                let message = format!("`{gate}` was decided on {day}, and {the} of {missing} {are} missing");
                Diagnostic::new(&GATE_NOT_FROZEN, place, message).hint(format!(
                    "record each under `signatures:` in `gates/{gate}.md`, then freeze what was signed: {command}"
                ))
            }
        };
        found.push(diagnostic);
    }
}
