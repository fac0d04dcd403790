//! A baseline that does not agree with itself: its finish with its tasks, its planned value with its budgets.

use crate::declare_rule;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::format::{listed, money_with_currency};
use crate::model::Baseline;
use crate::quantity::Amount;
use crate::report::ProjectReport;

declare_rule! {
    /// A baseline promises another finish than that of its last task, or its planned value ends at another sum than a task's
    /// budget. For a baseline that is not in force, `bac:` is added up too; for the one in force see `baseline-sum`.
    ///
    /// **Why it matters.** The slip of the project is counted from `finish:`, the slips of its tasks from their own lines, and
    /// planned value from a third place. Where they contradict each other, a project can be late by one and on time by the other.
    ///
    /// **What to do.** Restore the file from your version control. What `milepost baseline freeze` writes agrees with itself. In a
    /// baseline that was typed, correct the line that is wrong.
    ///
    /// ```yaml
    /// baseline: B1
    /// finish: 2026-12-18         # the last task ends on 30 September
    /// tasks:
    ///   build: {start: 2026-08-03, finish: 2026-09-30, budget: 70_000 EUR}
    /// ```
    pub static BASELINE_CONTRADICTION: Rule =
        ("W631", "baseline-contradiction", Warning, "0.1.0", "a baseline contradicts itself");
}

/// Looks at all baselines. One that was typed may be abridged, so that its last task need not be listed: then only a finish before
/// the last task listed contradicts it.
pub(super) fn look(report: &ProjectReport, found: &mut Diagnostics) {
    let project = &report.project;
    let in_force = project.baseline_as_of(report.status_date).map(|baseline| &baseline.id);
    let money = |amount: Amount| money_with_currency(amount, project.currency);
    for baseline in &project.baselines {
        if let (Some(promised), Some(last)) = (baseline.finish, baseline.last_task_day)
            && (promised < last || (promised != last && baseline.had_digest))
        {
            push(
                baseline,
                &format!("promises to finish on {promised}, but its last task ends on {last}"),
                found,
            );
        }
        let stated = baseline.budget.filter(|_| baseline.had_digest && in_force != Some(&baseline.id));
        if let Some(stated) = stated.filter(|stated| *stated != baseline.sum) {
            let (stated, sum) = (money(stated), money(baseline.sum));
            push(baseline, &format!("states {stated}, but its tasks and budget lines come to {sum}"), found);
        }
        let odd: Vec<String> = baseline
            .planned_value
            .iter()
            .filter(|(task, series)| {
                let last = series.points().last().map(|(_, value)| *value);
                let promised = baseline.tasks.get(task).map(|promised| promised.budget);
                last.is_some() && promised.is_some() && last != promised
            })
            .map(|(task, _)| format!("`{}`", project.task(*task).id))
            .collect();
        if !odd.is_empty() {
            push(baseline, &format!("plans another value than the budget of {}", listed(&odd)), found);
        }
    }
}

fn push(baseline: &Baseline, words: &str, found: &mut Diagnostics) {
    found.push(
        Diagnostic::new(
            &BASELINE_CONTRADICTION,
            baseline.origin,
            format!("baseline `{}` {words}", baseline.id),
        )
        .hint("restore the file, or correct what was typed wrongly"),
    );
}
