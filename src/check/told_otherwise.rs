//! Progress of a closed report that the files tell otherwise today.

use std::collections::BTreeMap;

use crate::declare_rule;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::format;
use crate::model::{Earning, Snapshot};
use crate::quantity::Amount;
use crate::report::ProjectReport;

declare_rule! {
    /// `progress.csv` holds fewer rows up to the day of a closed report than it held when the report was closed. Or the report was closed
    /// with some earned value, measured against a baseline, and the files of today come to another one on its day against the same
    /// baseline: a row of that day or before was changed or taken out, or `plan.yaml` lets the work earn otherwise. Level of effort is left
    /// out, and so is what comes to more where work earns by its acceptance, which may be written later. Of reports that follow each other
    /// and are off by the same, the first is named. Nothing is found while a file cannot be read whole, or a name in it is unknown or
    /// became a summary (`E1…`, `E415`): what is left out for it is missing, and was taken out by nobody.
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
        ("W623", "told-otherwise", Warning, "0.1.0", "progress behind a closed report was changed or taken out");
}

/// What is earned in fractions of a task is rounded: less than this is no difference.
const ROUNDING: Amount = Amount(100);

/// Sets rows and earned value of each closed report against those of today's files on its day.
pub(super) fn look(report: &ProjectReport, found: &mut Diagnostics) {
    let project = &report.project;
    if project.faults.cost_values() {
        return;
    }
    let told: BTreeMap<_, _> = report.control.curve.told_discrete.iter().copied().collect();
    // What is earned at its acceptance was not earned yet when the report was closed, if the acceptance was written later.
    let by_acceptance = project
        .deliverables
        .iter()
        .flat_map(|made| &made.produced_by)
        .any(|number| *report.control.reference.method_of(*number) == Earning::AtFinish);
    let (mut gone_before, mut off_before) = (0, Amount::ZERO);
    for closed in project.snapshots.iter().filter(|closed| closed.status_date <= report.status_date) {
        let day = closed.status_date;
        let is_told = i64::try_from(project.told_upto(day).count()).unwrap_or(i64::MAX);
        let gone = closed.figures.counts.progress.map_or(gone_before, |then| (then - is_told).max(0));
        let is_less = gone > gone_before;
        if is_less {
            found.push(rows_gone(closed, is_told + gone, is_told));
        }
        gone_before = gone;
        let in_force = project.baseline_as_of(day).map(|baseline| &baseline.id);
        if closed.figures.baseline.is_none() || closed.figures.baseline.as_ref() != in_force {
            continue;
        }
        let Some((said, now)) = closed.figures.discrete.earned.zip(told.get(&day).copied()) else { continue };
        let off = if by_acceptance { (now - said).min(Amount::ZERO) } else { now - said };
        let is_off = off.0.abs() >= ROUNDING.0;
        // Of one report one finding: what is earned follows from the rows.
        if is_off && !is_less && (off - off_before).0.abs() >= ROUNDING.0 {
            found.push(finding(report, closed, (said, now)));
        }
        off_before = if is_off { off } else { Amount::ZERO };
    }
}

/// What is to be done about rows that are not what they were.
const RESTORE: &str = "restore the rows of `progress.csv` up to that day; what was wrong is put right by a row of the next report";

fn rows_gone(closed: &Snapshot, then: i64, now: i64) -> Diagnostic {
    let message = format!(
        "when the report of {} was closed, `progress.csv` held {} of its day or before, and today it holds {}",
        format::date(closed.status_date),
        format::count(usize::try_from(then).unwrap_or(0), "row"),
        format::whole(now)
    );
    Diagnostic::new(&TOLD_OTHERWISE, closed.origin, message).hint(RESTORE)
}

fn finding(report: &ProjectReport, closed: &Snapshot, (said, now): (Amount, Amount)) -> Diagnostic {
    let money = |amount| format::money_with_currency(amount, report.project.currency);
    let message = format!(
        "the report of {} was closed with {} earned without level of effort, and the files of today come to {} on that day",
        format::date(closed.status_date),
        money(said),
        money(now)
    );
    Diagnostic::new(&TOLD_OTHERWISE, closed.origin, message).hint(RESTORE)
}
