//! A service that goes live, and nobody has said who is trained for it.

use crate::declare_rule;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::quantity::GateId;
use crate::report::ProjectReport;

declare_rule! {
    /// `handover.yaml` plans a cut-over or early-life support, and names no `training:`. It is looked at until G3 is decided.
    ///
    /// **Why it matters.** People who meet a new service untrained call the service desk in its first week, or work around it. G3
    /// asks whether everybody who has to be trained is trained, and answers no where nothing is recorded.
    ///
    /// **What to do.** Write who has to be trained, how many they are, and by when. Where nobody needs it, say so with `people: 0`.
    ///
    /// Wrong:
    /// ```yaml
    /// early_life: 2027-01-12 .. 2027-01-20
    /// ```
    /// Right:
    /// ```yaml
    /// early_life: 2027-01-12 .. 2027-01-20
    /// training:
    ///   - {training: A contact and a deputy of every branch, people: 28, owner: lea, due: 2027-01-08}
    /// ```
    pub static SERVICE_WITHOUT_TRAINING: Rule =
        ("I647", "service-without-training", Info, "0.1.0", "a service goes live, and no training is recorded");
}

/// Looks at the handover.
pub(super) fn look(report: &ProjectReport, found: &mut Diagnostics) {
    let (project, day) = (&report.project, report.status_date);
    let Some(handover) = &project.handover else { return };
    let goes_live = handover.early_life.is_some() || !handover.cut_over.is_empty();
    let is_settled = project.gates.get(&GateId::G3).is_some_and(|record| record.is_settled(day));
    if !goes_live || !handover.training.is_empty() || is_settled || report.control.is_stopped {
        return;
    }
    let what = if handover.early_life.is_some() { "early-life support" } else { "a cut-over" };
    let message = format!("{what} is planned, and nothing says who is trained for the service");
    found.push(
        Diagnostic::new(&SERVICE_WITHOUT_TRAINING, handover.origin, message)
            .hint("write `training:` with who has to be trained, or `people: 0` where nobody needs it"),
    );
}
