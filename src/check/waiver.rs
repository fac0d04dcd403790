//! Waivers: rules that a project lets pass, with a reason, a name and an end.

use jiff::civil::Date;

use crate::declare_rule;
use crate::diagnostic::{Diagnostic, Diagnostics, Severity, Waiver};
use crate::model::Project;

declare_rule! {
    /// A waiver in `project.yaml` has passed its last day; the findings it covered count again.
    ///
    /// **What to do.** Mend what it covered, or have somebody answer for a new date.
    pub static WAIVER_EXPIRED: Rule = ("W609", "waiver-expired", Warning, "0.1.0", "a waiver has passed its last day");
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
        let covers = |finding: &Diagnostic| {
            finding.project.as_deref() == Some(project.folder.as_str())
                && (finding.rule.code == waiver.rule || finding.rule.name == waiver.rule)
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

fn can_be_waived(finding: &Diagnostic) -> bool {
    finding.severity != Severity::Error || finding.rule.can_be_waived()
}
