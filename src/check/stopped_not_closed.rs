//! A project that the board has stopped and nobody has closed.

use crate::declare_rule;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::format::listed;
use crate::quantity::Stage;
use crate::report::ProjectReport;

declare_rule! {
    /// The board has stopped the project, and nothing is said of its end: there is no page of the closing stage, or no lesson.
    ///
    /// **Why it matters.** A stop leads to closing, not to silence. What was learned is what the money bought; whoever worked on
    /// it, and whoever hoped for it, hear the reasons from the project or from the corridor.
    ///
    /// **What to do.** Write `stages/5-closing.md` and `lessons.yaml`; hand over what is left in `handover.yaml`. Then pack the archive
    /// with `milepost gate bundle`.
    pub static STOPPED_NOT_CLOSED: Rule =
        ("W644", "stopped-not-closed", Warning, "0.1.0", "a stopped project has no closing page or no lessons");
}

/// Looks at projects that were stopped by the status date.
pub(super) fn look(report: &ProjectReport, found: &mut Diagnostics) {
    let project = &report.project;
    let stopped = project.stopped_on(report.status_date);
    let Some(gate) = stopped.and_then(|(gate, _)| project.gates.get(&gate)) else { return };
    let missing: Vec<String> = [
        (!project.stages.contains_key(&Stage::Closing)).then_some("no page of the closing stage"),
        project.registers.lessons.is_empty().then_some("no lesson"),
    ]
    .into_iter()
    .flatten()
    .map(str::to_owned)
    .collect();
    if missing.is_empty() {
        return;
    }
    found.push(
        Diagnostic::new(
            &STOPPED_NOT_CLOSED,
            gate.decision_origin.unwrap_or(gate.origin),
            format!("`{}` has stopped the project, but there is {}", gate.gate, listed(&missing)),
        )
        .hint("write `stages/5-closing.md` and `lessons.yaml`: a stopped project is closed like any other"),
    );
}
