//! A baseline that raises budget or finish by more than the changes that allow it.

use jiff::civil::Date;

use crate::declare_rule;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::format;
use crate::model::{Baseline, Change, Project};
use crate::quantity::Amount;
use crate::report::ProjectReport;

declare_rule! {
    /// A change allows the baseline in force, and the baseline lies above the one before by more than that change and the others that were
    /// approved since come to: its budget by more than their cost, or its finish by more working days than they are assessed to take. Changes
    /// without a figure, and baselines that a gate or a decision allows, are not looked at: there the board saw the whole plan.
    ///
    /// **Why it matters.** An approved change of 7 500 EUR is no authority for a budget that is 100 000 EUR higher. Whatever else moved
    /// becomes part of what the project is measured against, and every delay and overrun so far is green again (GAO Schedule Assessment
    /// Guide, practice 10; ANSI/EIA-748, guidelines 28 to 32).
    ///
    /// **What to do.** Take out of the baseline what nobody has approved, or have the rest decided: by a change of its own, or by a gate whose
    /// page names the baseline (`baseline: B2`).
    ///
    /// ```yaml
    /// baseline: B2                # BAC 145_825 EUR in B1
    /// authorised_by: C1           # 7_500 EUR
    /// bac: 249_990 EUR
    /// ```
    pub static BASELINE_BEYOND_CHANGE: Rule =
        ("W625", "baseline-beyond-change", Warning, "0.1.0", "a baseline raises budget or finish by more than was approved");
}

/// Looks at the baseline in force and the one that it took the place of.
pub(super) fn look(report: &ProjectReport, found: &mut Diagnostics) {
    let (project, day) = (&report.project, report.status_date);
    let mut newest = project.baselines_by(day).rev();
    let Some(baseline) = newest.next() else { return };
    // What nobody allowed is nothing to rise from.
    let Some(before) = newest.find(|before| project.is_allowed(before, day)) else { return };
    let Some(changes) = changes_behind(project, baseline, before, day) else { return };
    let names: Vec<String> = changes.iter().map(|change| format!("`{}`", change.id)).collect();
    let names = format::listed(&names);
    let (names, approve) = match changes.len() {
        0 => ("no change since then".to_owned(), "approves"),
        1 => (names, "approves"),
        _ => (names, "approve"),
    };
    let mut say = |message: String, origin| {
        let hint = format!(
            "have the rest decided by a change of its own, or by a gate whose page says `baseline: {}`",
            baseline.id
        );
        found.push(Diagnostic::new(&BASELINE_BEYOND_CHANGE, origin, message).hint(hint));
    };
    let costs: Option<Amount> =
        changes.iter().map(|change| change.cost).collect::<Option<Vec<_>>>().map(|all| all.into_iter().sum());
    if let (Some(now), Some(then), Some(approved)) = (baseline.budget, before.budget, costs)
        && now - then > approved.max(Amount::ZERO)
    {
        let money = |amount| format::money_with_currency(amount, project.currency);
        say(
            format!(
                "the budget of `{}` is {} above that of `{}`, and {names} {approve} {}",
                baseline.id,
                money(now - then),
                before.id,
                money(approved)
            ),
            baseline.origin,
        );
    }
    let times: Option<i64> = changes.iter().map(|change| change.time).sum();
    if let (Some(now), Some(then), Some(approved)) = (baseline.finish, before.finish, times) {
        let slip = project.working_time().working_days_after(then, now);
        let (approved, per_day) = (approved.max(0), project.work_time().minutes_per_day.max(1));
        if slip > (approved + per_day - 1) / per_day {
            say(
                format!(
                    "`{}` ends {} after `{}`, and {names} {approve} {}",
                    baseline.id,
                    format::working_days_in_words(slip * per_day, per_day),
                    before.id,
                    format::working_days_in_words(approved, per_day)
                ),
                baseline.finish_origin.unwrap_or(baseline.origin),
            );
        }
    }
}

/// The change that allows a baseline, and those approved since the baseline before; none where something else allows it, or nothing does.
fn changes_behind<'a>(
    project: &'a Project,
    baseline: &Baseline,
    before: &Baseline,
    day: Date,
) -> Option<Vec<&'a Change>> {
    if project.gates_that_allow(baseline, day).next().is_some() {
        return None;
    }
    let authority = baseline.authorised_by.as_ref()?;
    let since = before.in_force_from().or(before.frozen);
    let until = baseline.in_force_from().or(baseline.frozen).unwrap_or(day);
    let all = || project.registers.changes.iter();
    if !all().any(|change| change.id == *authority && change.is_approved(day)) {
        return None;
    }
    // A change that an earlier baseline rests on is in that one.
    let mut earlier = project.baselines_by(day).filter(|other| other.id != baseline.id);
    let is_used = earlier.any(|other| other.authorised_by.as_ref() == Some(authority));
    let is_behind =
        |change: &&Change| (change.id == *authority && !is_used) || change.is_approved_between(since, until);
    Some(all().filter(is_behind).collect())
}
