//! A promise from outside that the finish waits for.

use crate::declare_rule;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::format;
use crate::report::ProjectReport;

declare_rule! {
    /// An outside team has promised something for a day after the one on which work needs it, and the finish of the project waits
    /// for it.
    ///
    /// **Why it matters.** The forecast takes the promise as it is: the project ends later, and nobody of the project can change that
    /// with more work. A slip in the year looks the same.
    ///
    /// **What to do.** Check the day. If it is right, ask for an earlier one, find another way to go on, or tell the board. Wrong,
    /// where `test` could start on 2026-03-16:
    ///
    /// ```yaml
    /// X2: {team: security, request: Access, for: test, asked: 2026-03-02, promised: 2030-01-01}
    /// ```
    pub static LATE_PROMISE: Rule =
        ("W674", "late-promise", Warning, "0.1.0", "the finish waits for a promise that comes after the need");
}

/// Looks at promises that are not broken, with whose day the finish moves.
pub(super) fn look(report: &ProjectReport, found: &mut Diagnostics) {
    for (position, entry) in report.control.requests.iter().zip(&report.project.registers.requests) {
        let (Some(promised), Some(margin)) = (entry.promised, position.margin) else { continue };
        let moves_finish = position.week_later.is_some_and(|later| later.days > 0);
        if !position.is_open || position.overdue.is_some() || margin >= 0 || !moves_finish {
            continue;
        }
        let late = format::count(usize::try_from(-margin).unwrap_or(0), "working day");
        found.push(
            Diagnostic::new(
                &LATE_PROMISE,
                entry.origin,
                format!(
                    "`{}` is promised for {}, {late} after work needs it, and the finish waits for it",
                    entry.id,
                    format::iso(promised)
                ),
            )
            .hint(format!("check the day, or ask {} for an earlier one", entry.team)),
        );
    }
}
