//! A baseline that says something else than when it was frozen.

use crate::declare_rule;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::model::Seal;
use crate::report::ProjectReport;

declare_rule! {
    /// A baseline was edited after it was frozen: its values no longer fit its digest, or the digest was taken out. That it
    /// had one is told by `frozen:`, by the comment at its beginning, or by an older baseline that has one.
    ///
    /// **Why it matters.** Every slip, every index and every colour is measured against the baseline. Whoever edits it
    /// moves the promise without asking those who were promised something.
    ///
    /// **What to do.** Restore the file from your version control. If the plan shall move, have it decided by a gate or a change
    /// and freeze another baseline: `milepost baseline freeze B2 --authorised-by C7`. Comments and the order of keys may
    /// change. An approval is recorded in the page of the gate (`baseline: B1`), not here.
    ///
    /// ```yaml
    /// baseline: B1
    /// digest: sha256:3a7bd3e2360a3d29eea436fcfb7e44c735d117c42d1c1835420b6b9942dd4f1b
    /// finish: 2026-12-18         # was 2026-12-02
    /// tasks: {}
    /// ```
    pub static EDITED_BASELINE: Rule =
        ("W610", "edited-baseline", Warning, "0.1.0", "a baseline was edited after it was frozen");
}

/// Looks at all baselines, in force or not.
pub(super) fn look(report: &ProjectReport, found: &mut Diagnostics) {
    for baseline in &report.project.baselines {
        // What cannot be read has been told, and is mended first.
        if report.project.faults.are_in(&format!("baselines/{}.yaml", baseline.id)) {
            continue;
        }
        let words = match baseline.seal() {
            Seal::Whole => continue,
            Seal::Broken => "no longer says what it said when it was frozen",
            Seal::Lost => "has lost its digest: nobody can tell whether it says what was frozen",
        };
        found.push(
            Diagnostic::new(&EDITED_BASELINE, baseline.origin, format!("baseline `{}` {words}", baseline.id))
                .hint(
                "restore the file; to move the plan, freeze another baseline with `milepost baseline freeze`",
            ),
        );
    }
}
