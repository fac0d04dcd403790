//! Estimates that moved after they were approved.

use crate::declare_rule;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::format;
use crate::model::{BaselineTask, Change, ChangeStatus, Earning, Length, Project, Task};
use crate::quantity::{Amount, MINUTES_OF_DAY};
use crate::report::ProjectReport;

declare_rule! {
    /// The plan of a task, its duration, its units or its cost, differs from what the baseline in force froze, and no change in
    /// `changes.yaml` names the task in `tasks:`, but those approved before the baseline was frozen, which it holds; nor, for cost, does a
    /// decision that draws on a reserve in `links:`.
    ///
    /// Cost is what the people assigned take at their rates and what `cost:` says. A baseline does not keep links and people by
    /// name: they show in what it keeps.
    ///
    /// **Why it matters.** A plan that is quietly adapted to what happens never looks late. What moves the promise belongs before
    /// the board; what happened belongs into `progress.csv`, where the forecast comes from.
    ///
    /// **What to do.** Put the estimate back and report `remaining:` instead, or record the change that moved it. A new baseline
    /// ends the finding.
    ///
    /// ```yaml
    /// C4: {change: Two branches more, tasks: [rollout], status: approved, decided: 2026-10-30}
    /// ```
    pub static CHANGED_AFTER_BASELINE: Rule =
        ("W604", "changed-after-baseline", Warning, "0.1.0", "the plan differs from the baseline and no change says why");
}

/// Compares the plan of each work with the baseline in force.
pub(super) fn look(report: &ProjectReport, found: &mut Diagnostics) {
    let project = &report.project;
    let Some(baseline) = project.baseline_as_of(report.status_date) else { return };
    // One that somebody wrote by hand may leave all budgets out.
    let is_priced =
        baseline.frozen.is_some() || baseline.tasks.values().any(|task| task.budget != Amount::ZERO);
    for (number, task, _) in report.tasks().filter(|(_, task, _)| task.is_work()) {
        let Some(frozen) = baseline.tasks.get(&number) else { continue };
        // Of work that had begun when the plan was frozen, the baseline holds how long it took and takes, not an estimate.
        let begun = report.facts.progress[number.0 as usize].actual_start;
        if begun.is_some_and(|start| baseline.frozen.is_some_and(|frozen| start.day <= frozen)) {
            continue;
        }
        // What was approved before the plan was frozen is in the baseline.
        let is_in_it = |change: &Change| {
            baseline.frozen.is_some_and(|frozen| {
                change.is_approved(frozen) && change.decided.is_some_and(|day| day < frozen)
            })
        };
        let is_named = project.registers.changes.iter().any(|change| {
            change.tasks.contains(&number) && change.status != ChangeStatus::Rejected && !is_in_it(change)
        });
        if is_named {
            continue;
        }
        let per_day = project.minutes_per_day_of(number);
        let length = frozen.duration.zip(project.typed_length(task));
        let units = if let Earning::Units { total, .. } = task.earning { Some(total) } else { None };
        let cost = report.control.tasks[number.0 as usize].budget_now;
        let moved = match (length, frozen.units, units) {
            (Some((then, now)), _, _) if is_other(then, now, frozen) => format!(
                "is planned with {}, the baseline has {}",
                length_words(now, per_day),
                length_words(then, per_day)
            ),
            (_, Some(then), Some(now)) if then != now => {
                format!("is planned with {now} units, the baseline has {then}")
            }
            _ if is_priced && cost != frozen.budget && !is_granted(project, task) => format!(
                "is planned at {}, the baseline has {}",
                format::money_with_currency(cost, project.currency),
                format::money_with_currency(frozen.budget, project.currency)
            ),
            _ => continue,
        };
        found.push(
            Diagnostic::new(
                &CHANGED_AFTER_BASELINE,
                task.estimate_origin.unwrap_or(task.origin),
                format!("`{}` {moved}, and no change names it", task.id),
            )
            .also(frozen.origin, "frozen here")
            .hint(
                "put the estimate back and report `remaining:`, or record a change that names it in `tasks:`",
            ),
        );
    }
}

/// Says whether a task was frozen with another length than it has now.
///
/// What was typed is compared: 30 elapsed days are 22 working days in one month and 20 in the next. Baselines that hold the working
/// days of such a task still tell its length by their dates, to the day.
fn is_other(then: Length, now: Length, frozen: &BaselineTask) -> bool {
    if now.is_elapsed && !then.is_elapsed {
        let days = i64::from((frozen.finish - frozen.start).get_days()) + 1;
        // The first and the last day may be parts of days.
        return now.minutes > days * MINUTES_OF_DAY || now.minutes <= (days - 2) * MINUTES_OF_DAY;
    }
    then != now
}

fn length_words(length: Length, minutes_per_day: i64) -> String {
    if length.is_elapsed {
        let days = format::number(length.minutes as f64 / MINUTES_OF_DAY as f64, 1);
        return format!("{}\u{a0}elapsed days", days.trim_end_matches(".0"));
    }
    format::working_days(length.minutes, minutes_per_day)
}

/// Says whether a decision granted money of a reserve for a task.
fn is_granted(project: &Project, task: &Task) -> bool {
    let decisions = &project.registers.decisions;
    decisions.iter().any(|decision| !decision.draws.is_empty() && decision.links.contains(&task.id))
}
