//! A snapshot that says something else than when its report was closed.

use crate::declare_rule;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::model::Seal;
use crate::report::ProjectReport;

declare_rule! {
    /// The frozen figures of a report were edited: its values no longer fit its digest, or the digest was taken out. That it
    /// had one is told by the comment at its beginning, or by an older snapshot that has one.
    ///
    /// **Why it matters.** Trends are drawn from what was said at the time. Figures that are put right afterwards show a
    /// project that nobody was told of.
    ///
    /// **What to do.** Restore the file from your version control. What was wrong in a report is said in the next one.
    ///
    /// ```yaml
    /// status_date: 2026-11-20
    /// digest: sha256:3a7bd3e2360a3d29eea436fcfb7e44c735d117c42d1c1835420b6b9942dd4f1b
    /// colour: {computed: green}  # was red
    /// ```
    pub static EDITED_SNAPSHOT: Rule =
        ("W613", "edited-snapshot", Warning, "0.1.0", "the frozen figures of a report were edited");
}

/// Looks at all snapshots.
pub(super) fn look(report: &ProjectReport, found: &mut Diagnostics) {
    for snapshot in &report.project.snapshots {
        // What cannot be read has been told, and is mended first.
        if report.project.faults.are_in(&format!("snapshots/{}.yaml", snapshot.status_date)) {
            continue;
        }
        let words = match snapshot.seal() {
            Seal::Whole => continue,
            Seal::Broken => "no longer says what it said when it was frozen",
            Seal::Lost => "has lost its digest: nobody can tell whether it says what was frozen",
        };
        found.push(
            Diagnostic::new(
                &EDITED_SNAPSHOT,
                snapshot.origin,
                format!("the snapshot of {} {words}", snapshot.status_date),
            )
            .hint("restore the file; say in the next report what was wrong in this one"),
        );
    }
}
