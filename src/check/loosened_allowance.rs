//! Tolerances and reserves that were widened after the plan was approved.

use crate::declare_rule;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::format;
use crate::model::{AllowanceInForce, AllowanceKind, Allowed, AllowedBy, Change, Loosened};
use crate::report::ProjectReport;

declare_rule! {
    /// `project.yaml` or `budget.yaml` says a wider tolerance or a larger reserve than the baseline in force froze under
    /// `allowed:`, and no gate passed since and no approved change set it. The tighter one stays in force everywhere. What an approved
    /// change sets is in force from the day of its approval, whether the files are changed or not.
    ///
    /// **Why it matters.** Whoever widens the tolerance makes a red project green without a day gained. Tolerances and reserves are
    /// the board's promise to the project; only the board moves them.
    ///
    /// **What to do.** Put the old value back, or have it decided: `allows:` in the approved change, or `tolerances:` in the page of
    /// the gate. Baselines without `allowed:` hold nothing.
    ///
    /// ```yaml
    /// C4: {change: Ten days more for the audit, status: approved, decided: 2026-10-30, allows: {time: 20d}}
    /// ```
    pub static LOOSENED_ALLOWANCE: Rule =
        ("W634", "loosened-allowance", Warning, "0.1.0", "a tolerance or reserve was widened and nobody allowed it");
}

/// Looks at what the files say beyond what is in force.
pub(super) fn look(report: &ProjectReport, found: &mut Diagnostics) {
    let project = &report.project;
    let size = |kind: AllowanceKind, allowed: &Allowed| match kind {
        AllowanceKind::Time => format::working_days(allowed.size, report.minutes_per_day()),
        AllowanceKind::Unapproved => format!("{} {}", format::whole(allowed.size), allowed.unit),
        _ => format::money_with_currency(allowed.amount(), project.currency),
    };
    for (kind, held) in &project.allowances {
        let Some(loosened) = &held.loosened else { continue };
        let file = match kind {
            AllowanceKind::Time | AllowanceKind::Cost | AllowanceKind::Unapproved => "project.yaml",
            AllowanceKind::Contingency | AllowanceKind::ManagementReserve => "budget.yaml",
        };
        let (origin, now) = match loosened {
            Loosened::To(typed) => (typed.origin, format!("is {} in `{file}`", size(*kind, typed))),
            Loosened::Removed => (project.origin, format!("is gone from `{file}`")),
        };
        let set = size(*kind, &held.allowed);
        let before = allowed_before(report, *kind, loosened);
        let nobody = before.map_or("nobody has allowed more".to_owned(), |change| {
            format!("`{}` had allowed it before", change.id)
        });
        let message = format!("the {} {now}, {} {set}, and {nobody}", kind.word(), says(held));
        let hint = match before {
            Some(change) => format!(
                "put it back, or have it decided anew: `allows: {{{}: …}}` in a change approved since, or freeze a baseline that \
                 `{}` allows",
                kind.key(),
                change.id
            ),
            None => format!(
                "put it back, or have it decided: `allows: {{{}: …}}` in an approved change, `tolerances:` at a gate",
                kind.key()
            ),
        };
        found.push(
            Diagnostic::new(&LOOSENED_ALLOWANCE, origin, message)
                .also(held.allowed.origin, "set here")
                .hint(hint),
        );
    }
}

/// The last approved change that allowed as much as the files say, before something tighter was set.
fn allowed_before<'a>(
    report: &'a ProjectReport,
    kind: AllowanceKind,
    loosened: &Loosened,
) -> Option<&'a Change> {
    let Loosened::To(typed) = loosened else { return None };
    let changes = report.project.registers.changes.iter();
    let allowed = changes.filter(|change| change.is_approved(report.status_date)).filter(|change| {
        change
            .allowed
            .get(&kind)
            .is_some_and(|allowed| allowed.unit == typed.unit && allowed.size >= typed.size)
    });
    allowed.max_by_key(|change| change.decided)
}

fn says(held: &AllowanceInForce) -> String {
    match &held.by {
        AllowedBy::Baseline(id) => format!("baseline `{id}` froze"),
        AllowedBy::Gate(gate) => format!("`{gate}` set"),
        AllowedBy::Change(id) => format!("`{id}` set"),
        AllowedBy::Folder => "the files allow".to_owned(),
    }
}
