//! A decided gate whose document is not frozen.

use crate::declare_rule;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::format;
use crate::report::ProjectReport;

declare_rule! {
    /// A gate is decided and signed, and its document is not frozen.
    ///
    /// **Why it matters.** Until it is frozen, the document of the gate is computed from the files of today. An edit changes what
    /// the board seems to have seen, and nothing tells of it.
    ///
    /// **What to do.** Run `milepost gate freeze PROJECT/G2` and commit the file that it writes. Do it soon after the meeting: what
    /// was edited before is frozen as it is now.
    pub static GATE_NOT_FROZEN: Rule =
        ("I653", "gate-not-frozen", Info, "0.2.0", "the document of a decided gate is not frozen");
}

/// Looks at gates that are decided and signed by the status date.
pub(super) fn look(report: &ProjectReport, found: &mut Diagnostics) {
    let project = &report.project;
    for record in project.gates.values().filter(|record| !record.signatures.is_empty()) {
        let Some(decided) = record.decided.filter(|day| *day <= report.status_date) else { continue };
        if record.decision.is_none() || project.frozen_gate(record.gate, decided).is_some() {
            continue;
        }
        found.push(
            Diagnostic::new(
                &GATE_NOT_FROZEN,
                record.decision_origin.unwrap_or(record.origin),
                format!(
                    "`{}` was decided on {}, and its document is not frozen",
                    record.gate,
                    format::iso(decided)
                ),
            )
            .hint(format!(
                "freeze what was signed: `milepost gate freeze {}/{}`",
                project.folder, record.gate
            )),
        );
    }
}
