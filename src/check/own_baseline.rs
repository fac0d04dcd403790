//! A baseline that only those approved who report the actuals.

use crate::declare_rule;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::format::listed;
use crate::model::{Baseline, Decision, PersonNo, Project};
use crate::report::ProjectReport;

declare_rule! {
    /// Everybody who approved the baseline in force also writes the reports with the actuals.
    ///
    /// **Why it matters.** Whoever says what was promised and also says what was achieved can make both fit. Auditors ask that
    /// these are different people.
    ///
    /// **What to do.** Have the gate or the change that allows the baseline decided by the sponsor or the board, and write down who
    /// it was: `decided_by:`, or a signature.
    ///
    /// ```yaml
    /// gate: G2
    /// decision: approve
    /// decided: 2026-09-21
    /// baseline: B1
    /// decided_by: anna           # who is also the `author:` of the updates
    /// ```
    pub static OWN_BASELINE: Rule =
        ("W633", "own-baseline", Warning, "0.1.0", "a baseline was approved by those who report against it");
}

/// Looks at the baseline in force; silent where nobody is named as having approved it.
pub(super) fn look(report: &ProjectReport, found: &mut Diagnostics) {
    let (project, day) = (&report.project, report.status_date);
    let Some(baseline) = project.baseline_as_of(day) else { return };
    let approvers = approvers(project, baseline, day);
    let reports = project.updates.iter().filter(|update| update.status_date <= day);
    let reporters: Vec<PersonNo> = reports.filter_map(|update| update.author).collect();
    if approvers.is_empty() || !approvers.iter().all(|person| reporters.contains(person)) {
        return;
    }
    let names: Vec<String> = approvers.iter().map(|person| project.person_name(*person).to_owned()).collect();
    found.push(
        Diagnostic::new(
            &OWN_BASELINE,
            baseline.origin,
            format!(
                "baseline `{}` was approved by nobody but {}, who reports the actuals",
                baseline.id,
                listed(&names)
            ),
        )
        .hint("have it approved by somebody who does not report against it"),
    );
}

/// Who approved a baseline by a day, each once: by passed gates that name it or that it names, or by the change that it names.
fn approvers(project: &Project, baseline: &Baseline, day: jiff::civil::Date) -> Vec<PersonNo> {
    let authority = baseline.authorised_by.as_ref();
    let mut people: Vec<PersonNo> = Vec::new();
    for gate in project.gates_that_allow(baseline, day) {
        people.extend(gate.decided_by);
        let signed = gate.signatures.iter();
        let signed = signed.filter(|signature| signature.decision.is_none_or(Decision::passes));
        people.extend(signed.map(|signature| signature.person));
    }
    let changes = project.registers.changes.iter().filter(|change| change.is_approved(day));
    people.extend(
        changes.filter(|change| authority == Some(&change.id)).filter_map(|change| change.decided_by),
    );
    people.sort_unstable();
    people.dedup();
    people
}
