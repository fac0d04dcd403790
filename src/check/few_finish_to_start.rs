//! A plan with many links of other kinds than finish-to-start.

use crate::check::fourteen_points::{Measured, relationship_types};
use crate::declare_rule;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::format;
use crate::report::ProjectReport;

declare_rule! {
    /// Fewer than 90 % of the links into incomplete tasks are finish-to-start (`finish_to_start` under `thresholds:`). It is
    /// point 4 of plan quality.
    ///
    /// **Why it matters.** Other kinds let work overlap by a guess. A plan of many of them cannot be followed by hand, and its
    /// floats are hard to believe.
    ///
    /// **What to do.** Split tasks at the hand-over, so that the parts follow each other; keep SS and FF for work that really
    /// runs side by side.
    pub static FEW_FINISH_TO_START: Rule =
        ("W208", "few-finish-to-start", Warning, "0.1.0", "too few links are finish-to-start");
}

/// Says what point 4 says.
pub(super) fn look(report: &ProjectReport, found: &mut Diagnostics) {
    let point = relationship_types(report);
    let (Some(true), Measured::Share { count, of }) = (point.flagged, point.measured) else { return };
    let place = point.offenders.first().map(|number| report.project.task(*number).origin);
    found.push(
        Diagnostic::new(
            &FEW_FINISH_TO_START,
            place.unwrap_or(report.project.origin),
            format!(
                "{count} of {of} links are finish-to-start, {}; the first other one is here",
                format::share(count as f64 / of.max(1) as f64)
            ),
        )
        .hint("split tasks at the hand-over, so that the parts follow each other"),
    );
}
