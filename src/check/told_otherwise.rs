//! Progress of a closed report that the files tell otherwise today.

use std::collections::BTreeMap;

use crate::declare_rule;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::format;
use crate::model::Snapshot;
use crate::quantity::Amount;
use crate::report::ProjectReport;

declare_rule! {
    /// A report was closed with some earned value, measured against a baseline, and the files of today come to another one on its day
    /// against the same baseline: a row of `progress.csv` of that day or before was changed or taken out, or `plan.yaml` lets the work
    /// earn otherwise. Level of effort is left out. Of reports that follow each other and are off by the same sum the first is named.
    ///
    /// **Why it matters.** What was reported is not changed afterwards: rows are only added. Curves and indices show what the report
    /// said, while forecast and colours of past days are computed from what is left in the files.
    ///
    /// **What to do.** Restore the row from your version control. What was wrong in a report is put right by a row of the next one, with
    /// a note.
    ///
    /// ```csv
    /// status_date,task,percent_complete,note
    /// 2026-11-20,pilot,60%,the 80 % of 6 November counted two sites that were not ready
    /// ```
    pub static TOLD_OTHERWISE: Rule =
        ("W623", "told-otherwise", Warning, "0.2.0", "a closed report and the files of today differ in earned value");
}

/// What is earned in fractions of a task is rounded: less than this is no difference.
const ROUNDING: Amount = Amount(100);

/// Sets the earned value of each closed report against that of today's files on its day.
pub(super) fn look(report: &ProjectReport, found: &mut Diagnostics) {
    let project = &report.project;
    let told: BTreeMap<_, _> = report.control.curve.told_discrete.iter().copied().collect();
    let mut off_before = Amount::ZERO;
    for closed in project.snapshots.iter().filter(|closed| closed.status_date <= report.status_date) {
        let day = closed.status_date;
        let in_force = project.baseline_as_of(day).map(|baseline| &baseline.id);
        if closed.figures.baseline.is_none() || closed.figures.baseline.as_ref() != in_force {
            continue;
        }
        let Some((said, now)) = closed.figures.discrete.earned.zip(told.get(&day).copied()) else { continue };
        let off = now - said;
        let is_off = off.0.abs() >= ROUNDING.0;
        if is_off && (off - off_before).0.abs() >= ROUNDING.0 {
            found.push(finding(report, closed, (said, now)));
        }
        off_before = if is_off { off } else { Amount::ZERO };
    }
}

fn finding(report: &ProjectReport, closed: &Snapshot, (said, now): (Amount, Amount)) -> Diagnostic {
    let money = |amount| format::money_with_currency(amount, report.project.currency);
    let message = format!(
        "the report of {} was closed with {} earned without level of effort, and the files of today come to {} on that day",
        format::date(closed.status_date),
        money(said),
        money(now)
    );
    Diagnostic::new(&TOLD_OTHERWISE, closed.origin, message)
        .hint("restore the rows of `progress.csv` up to that day; what was wrong is put right by a row of the next report")
}
