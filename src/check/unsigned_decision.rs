//! A gate decision that nobody has signed or dated.

use crate::declare_rule;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::report::ProjectReport;

declare_rule! {
    /// A gate has a decision but no `decided:` day, or no signature.
    ///
    /// **Why it matters.** The stage of the project and the money it may spend follow from this decision. Without a day
    /// and a signature it is a rumour, and the gate does not count as passed.
    ///
    /// **What to do.** Add `decided:` and `signatures:`, or remove the decision until it is taken.
    pub static UNSIGNED_DECISION: Rule =
        ("E606", "unsigned-decision", Error, "0.1.0", "a gate decision has no day or no signature");
}

/// Looks at gates with a decision.
pub(super) fn look(report: &ProjectReport, found: &mut Diagnostics) {
    let faults = &report.project.faults;
    let decided = report.project.gates.values().filter(|gate| gate.decision.is_some());
    // Day and signatures may be what could not be read.
    for gate in decided.filter(|gate| !faults.may_hide_part_of_gate(gate.gate)) {
        let (missing, keys) = match (gate.decided.is_none(), gate.signatures.is_empty()) {
            (true, true) => ("neither a day nor a signature", "`decided:` and `signatures:`"),
            (true, false) => ("no day", "`decided:`"),
            (false, true) => {
                ("no signature", "`signatures:`, such as `[{role: Sponsor, person: …, date: …}]`")
            }
            (false, false) => continue,
        };
        found.push(
            Diagnostic::new(
                &UNSIGNED_DECISION,
                gate.decision_origin.unwrap_or(gate.origin),
                format!("the decision on `{}` has {missing}", gate.gate),
            )
            .hint(format!("add {keys}, or remove the decision until it is taken")),
        );
    }
}
