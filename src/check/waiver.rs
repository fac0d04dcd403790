//! Waivers: rules that a project lets pass, with a reason, a name and an end.

use jiff::civil::Date;

use crate::declare_rule;
use crate::diagnostic::{Diagnostic, Diagnostics, Severity, Waiver};
use crate::model::{Project, WaivedRule};

declare_rule! {
    /// A waiver in `project.yaml` has passed its last day; the findings it covered count again.
    ///
    /// **What to do.** Mend what it covered, or have somebody answer for a new date.
    pub static WAIVER_EXPIRED: Rule = ("W609", "waiver-expired", Warning, "0.1.0", "a waiver has passed its last day");
}

declare_rule! {
    /// A waiver says in `by:` who answers for it, and nobody of that id or name is listed in `people:`. It is not looked for where
    /// nobody is listed at all.
    ///
    /// **Why it matters.** A waiver is printed in the gate documents. The board asks the one who is named there.
    ///
    /// **What to do.** Write the id or the name of somebody who is listed, or list who it is. Wrong, where `helena` is listed:
    ///
    /// ```yaml
    /// waive:
    ///   W205: {reason: Agreed with the supplier, by: the supplier, until: 2026-12-31}
    /// ```
    /// Right:
    ///
    /// ```yaml
    /// waive:
    ///   W205: {reason: Agreed with the supplier, by: helena, until: 2026-12-31}
    /// ```
    pub static WAIVER_BY_NOBODY: Rule = ("W611", "waiver-by-nobody", Warning, "0.1.0", "a waiver for which nobody who is listed answers");
}

declare_rule! {
    /// A waiver in `project.yaml` covers no finding: what it let pass has been mended, the rule is misspelt, or it is one that cannot
    /// be waived, because figures rest on what it finds.
    ///
    /// **What to do.** Remove the waiver, or correct the code; `milepost explain` lists all rules.
    pub static WAIVER_OF_NOTHING: Rule =
        ("I620", "waiver-of-nothing", Info, "0.1.0", "a waiver covers no finding");
}

/// Marks the findings of a project that its waivers cover as of a day, and reports idle and expired waivers.
///
/// Faults that make figures wrong or files unreadable (`E1…` and `E4…`) cannot be waived.
pub fn apply_waivers(project: &Project, status_date: Date, found: &mut Diagnostics) {
    let mut late = Diagnostics::default();
    for waiver in &project.waivers {
        if !project.team.people.is_empty() && project.team.named(&waiver.by).is_none() {
            let message = format!("the waiver of `{}` names nobody who is listed", waiver.rule);
            late.push(
                Diagnostic::new(&WAIVER_BY_NOBODY, waiver.origin, message)
                    .hint("write in `by:` the id or the name of somebody in `people:`"),
            );
        }
        let covers = |finding: &Diagnostic| {
            finding.project.as_deref() == Some(project.folder.as_str()) && is_of(waiver, finding)
        };
        let mut n_covered = 0;
        for finding in found.iter_mut().filter(|finding| covers(finding) && can_be_waived(finding)) {
            n_covered += 1;
            if status_date <= waiver.until {
                finding.waiver = Some(Waiver {
                    reason: waiver.reason.clone(),
                    by: waiver.by.clone(),
                    until: waiver.until,
                });
            }
        }
        if let Some(standing) = found.iter().find(|finding| n_covered == 0 && covers(finding)) {
            let message =
                format!("`{}` cannot be waived, so the waiver lets nothing pass", standing.rule.code);
            late.push(
                Diagnostic::new(&WAIVER_OF_NOTHING, waiver.origin, message)
                    .hint("remove the waiver, and mend what is found: figures rest on it"),
            );
        } else if n_covered == 0 && (project.has_unread_progress || project.faults.cost_values()) {
            // It may not be looked for while something cannot be read.
        } else if n_covered == 0 {
            late.push(
                Diagnostic::new(
                    &WAIVER_OF_NOTHING,
                    waiver.origin,
                    format!("nothing to waive under `{}`", waiver.rule),
                )
                .hint("remove the waiver, or correct the code"),
            );
        } else if status_date > waiver.until {
            late.push(
                Diagnostic::new(
                    &WAIVER_EXPIRED,
                    waiver.origin,
                    format!("the waiver of `{}` ended on {}", waiver.rule, waiver.until),
                )
                .hint("mend what it covered, or have somebody answer for a new date"),
            );
        }
    }
    for finding in &mut late {
        finding.project = Some(project.folder.clone());
    }
    found.extend(late);
}

/// Whether a waiver lets a finding of its project pass on a day.
pub(super) fn lets_pass(waiver: &WaivedRule, finding: &Diagnostic, day: Date) -> bool {
    is_of(waiver, finding) && can_be_waived(finding) && day <= waiver.until
}

/// Whether a finding is of the rule that a waiver names, by code or by name.
fn is_of(waiver: &WaivedRule, finding: &Diagnostic) -> bool {
    finding.rule.code == waiver.rule || finding.rule.name == waiver.rule
}

fn can_be_waived(finding: &Diagnostic) -> bool {
    finding.severity != Severity::Error || finding.rule.can_be_waived()
}
