//! A critical path too long for what was promised.

use crate::check::fourteen_points::{Measured, critical_path_length};
use crate::declare_rule;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::format;
use crate::report::ProjectReport;

declare_rule! {
    /// The critical path length index (CPLI), (CPL + TF) ÷ CPL, lies below 0.95 (`cpli` under `thresholds:`). It is point 13 of
    /// plan quality, and looked at where there is a baseline.
    ///
    /// **Why it matters.** 0.95 means that the rest of the path must be done in 95 % of its length for the promised finish. At
    /// 0.19 it cannot be.
    ///
    /// **What to do.** Shorten the path by the levers on the dashboard, or have the board decide on a new date.
    pub static PATH_LENGTH_INDEX_LOW: Rule =
        ("W411", "path-length-index-low", Warning, "0.1.0", "the rest of the path is too long for the promised finish");
}

/// What the index means for who has to keep the promise.
fn in_plain_words(index: f64) -> String {
    if index <= 0.0 {
        return "the promised finish has passed, and work is left".to_owned();
    }
    format!(
        "the rest of the path must be done in {} of its length for the promised finish",
        format::share(index)
    )
}

/// Says what point 13 says, where there is a baseline.
pub(super) fn look(report: &ProjectReport, found: &mut Diagnostics) {
    let point = critical_path_length(report);
    let (Some(true), Measured::Index(index)) = (point.flagged, point.measured) else { return };
    let Some(baseline) = report.project.baseline_as_of(report.status_date) else { return };
    found.push(
        Diagnostic::new(
            &PATH_LENGTH_INDEX_LOW,
            baseline.origin,
            format!(
                "{} (CPLI {}: {})",
                in_plain_words(index),
                format::number(index, 2),
                point.inputs.unwrap_or_default()
            ),
        )
        .hint("shorten the path by the levers on the dashboard, or have the board decide on a new date"),
    );
}
