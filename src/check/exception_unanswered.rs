//! A tolerance that is left, and nobody answers.

use crate::check::exception_due::left_by_what_is_meant;
use crate::control::{ToleranceLeft, outgrown};
use crate::declare_rule;
use crate::diagnostic::{Diagnostic, Diagnostics, Span};
use crate::format;
use crate::report::ProjectReport;

declare_rule! {
    /// A forecast has been outside the board's tolerance since an earlier report, and no answer is on its way: no page in
    /// `exceptions/` speaks of it, the page names no decision, or the decision is not taken although its `needed_by` is past. What was
    /// decided answers as far as it was then: once the forecast has gone further by more than the whole tolerance, it is asked for again.
    ///
    /// **Why it matters.** Outside its tolerance a project has no mandate for what it does: every day goes by on somebody's own
    /// authority, and the options become fewer.
    ///
    /// **What to do.** Write `exceptions/time.md` with cause, recommendation and the id of the decision, give the decision
    /// its options and a day, and have the board decide.
    ///
    /// Right:
    /// ```yaml
    /// tolerance: time
    /// raised: 2026-10-23
    /// decision: D-03
    /// ```
    pub static EXCEPTION_UNANSWERED: Rule =
        ("W618", "exception-unanswered", Warning, "0.1.0", "a tolerance is left and nobody has answered");
}

/// Looks for the answer to each tolerance that was left before this report.
pub(super) fn look(report: &ProjectReport, found: &mut Diagnostics) {
    let (project, day) = (&report.project, report.status_date);
    for left in left_by_what_is_meant(report).filter(|left| left.since < day) {
        let key = left.kind.key();
        let place = project.field_origins.get(&left.field()).copied().unwrap_or(project.origin);
        let raised = project.exception_as_of(key, day);
        let decision = raised
            .and_then(|raised| raised.decision.as_ref())
            .and_then(|id| project.registers.decisions.iter().find(|entry| entry.id == *id));
        let (place, what, hint) = match (raised, decision) {
            (None, _) => (
                place,
                "no exception is written".to_owned(),
                format!("write `exceptions/{key}.md` with cause, recommendation and the id of the decision"),
            ),
            (Some(raised), None) => (
                raised.origin,
                "its exception names no decision".to_owned(),
                "write the options as a decision in `decisions.yaml`, and its id as `decision:`".to_owned(),
            ),
            (Some(raised), Some(decision)) => {
                let answered = decision.decided.filter(|_| !decision.is_open(day));
                let then = answered.and_then(|day| outgrown(project, &report.control, &left, day));
                if let Some((then, now)) =
                    then.and_then(|then| then.words(project)).zip(left.drift.words(project))
                {
                    let what = format!("`{}` answered {then} of it; it is {now} by now", decision.id);
                    let hint = "write what has changed and the new options, and have the board decide again";
                    found.push(told(&left, raised.origin, &what).hint(hint.to_owned()));
                    continue;
                }
                if !decision.is_open(day) || decision.needed_by.is_some_and(|by| by >= day) {
                    continue;
                }
                let what = match decision.needed_by {
                    Some(by) => format!("`{}` was to be decided by {}", decision.id, format::iso(by)),
                    None => format!("`{}` is open and has no day", decision.id),
                };
                (
                    raised.origin,
                    what,
                    "have the board decide, and write `decision:` and `decided:`".to_owned(),
                )
            }
        };
        found.push(told(&left, place, &what).hint(hint));
    }
}

fn told(left: &ToleranceLeft, place: Span, what: &str) -> Diagnostic {
    let (key, since) = (left.kind.key(), format::iso(left.since));
    let message = format!("the tolerance for {key} has been left since {since}, and {what}");
    Diagnostic::new(&EXCEPTION_UNANSWERED, place, message)
}
