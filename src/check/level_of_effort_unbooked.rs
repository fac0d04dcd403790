//! Level of effort that earns although nobody books an hour on it.

use crate::declare_rule;
use crate::diagnostic::spelling::count;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::format;
use crate::report::ProjectReport;

declare_rule! {
    /// A task of level of effort (`loe`) has earned value since the last hours booked on it, more than a reporting period ago.
    ///
    /// **Why it matters.** Level of effort earns with time, as planned, whether or not anybody works. Where its hours are missing, earned
    /// value rises and cost does not: CPI gets better and the estimate at completion falls although nothing was done or
    /// reported. Read the indices without level of effort until then; the colour of cost does so.
    ///
    /// **What to do.** Book the hours that were worked; or, where nobody worked, end the task or take it out of the plan by a change.
    ///
    /// ```csv
    /// week,person,task,time
    /// 2026-W48,anna,project-management,1d
    /// ```
    pub static LEVEL_OF_EFFORT_UNBOOKED: Rule =
        ("W422", "level-of-effort-unbooked", Warning, "0.1.0", "level of effort earns although no hours are booked on it");
}

/// Looks at level of effort with people on it until the project is closed.
pub(super) fn look(report: &ProjectReport, found: &mut Diagnostics) {
    if report.control.has_ended() {
        return;
    }
    for unbooked in report.control.unbooked_for_long(report.project.reporting) {
        let task = report.project.task(unbooked.task);
        let since = match unbooked.booked_to {
            Some(day) => format!("since {}", format::iso(day)),
            None => "at all".to_owned(),
        };
        let weeks = count(usize::try_from(unbooked.weeks()).unwrap_or(0), "week");
        found.push(
            Diagnostic::new(
                &LEVEL_OF_EFFORT_UNBOOKED,
                task.origin,
                format!(
                    "no hours are booked on `{}` {since}, for {weeks}, and it has earned {} meanwhile: EV and CPI with it \
                     are not to be trusted",
                    task.id,
                    format::money_with_currency(unbooked.earned, report.project.currency)
                ),
            )
            .hint("book the hours that were worked, or end the task"),
        );
    }
}
