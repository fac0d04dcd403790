//! Dates that a task is bound to.

use crate::declare_rule;
use crate::diagnostic::{Diagnostic, Diagnostics, Span};
use crate::plan::State;
use crate::report::ProjectReport;

declare_rule! {
    /// A task, milestone or gate that is not finished must start or finish on a date, or not after one, whatever comes before it.
    /// Point 5 of plan quality counts those that are work. Tasks whose dates are set by hand (`manual: true`) are told together.
    ///
    /// **Why it matters.** A hard constraint takes the float of all work before it, as if the project ended there, and goes on doing so
    /// when nobody knows any more why. Where other programs, and plans with `conventions: microsoft project`, keep the date against the
    /// links, it stops delays from showing.
    ///
    /// **What to do.** Write the date as `deadline:`, which moves nothing and shows the margin; an appointment fixed from outside
    /// is `starts_not_before:` with a deadline. A date that no delay can move, such as an election, may be let pass.
    ///
    /// ```yaml
    /// go-live: {milestone: Go-live, after: test, deadline: 2026-12-18}   # not: must_finish: 2026-12-18
    /// ```
    pub static HARD_CONSTRAINT: Rule =
        ("W211", "hard-constraint", Warning, "0.1.0", "a task is bound by a hard constraint");
}

/// The most tasks set by hand that are named one by one.
const MOST_NAMED: usize = 5;

/// Names each hard constraint of what is not finished, and all that is set by hand in one finding.
pub(super) fn look(report: &ProjectReport, found: &mut Diagnostics) {
    let mut by_hand: Vec<(&str, Span)> = Vec::new();
    for (_, task, slot) in report.tasks() {
        if slot.state == State::Finished {
            continue;
        }
        let mut constraints = task.constraints.iter().filter(|constraint| constraint.kind.is_hard());
        if task.is_manual {
            by_hand.extend(constraints.next().map(|constraint| (task.id.as_str(), constraint.origin)));
            continue;
        }
        for constraint in constraints {
            found.push(
                Diagnostic::new(
                    &HARD_CONSTRAINT,
                    constraint.origin,
                    format!("`{}` is bound by `{}`", task.id, constraint.kind.key()),
                )
                .hint("write the date as `deadline:`, which moves nothing and shows the margin"),
            );
        }
    }
    let Some((_, origin)) = by_hand.first() else { return };
    let mut named: Vec<String> = by_hand.iter().take(MOST_NAMED).map(|(id, _)| format!("`{id}`")).collect();
    if by_hand.len() > MOST_NAMED {
        named.push(format!("{} more", by_hand.len() - MOST_NAMED));
    }
    let verb = if by_hand.len() == 1 { "is" } else { "are" };
    let message = format!("{} {verb} set by hand, whatever comes before", in_words(&named));
    found.push(
        Diagnostic::new(&HARD_CONSTRAINT, *origin, message)
            .hint("remove `manual:` and the dates where links and a duration tell when it is done, or write the date as `deadline:`"),
    );
}

/// `a`, `b` and 3 more.
fn in_words(words: &[String]) -> String {
    match words {
        [] => String::new(),
        [one] => one.clone(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}
