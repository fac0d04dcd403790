//! Money taken from a reserve once, and counted twice.

use crate::control::{Draw, DrawSource};
use crate::declare_rule;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::format;
use crate::model::Project;
use crate::quantity::{Amount, Id};
use crate::report::ProjectReport;

declare_rule! {
    /// An approved change and a decision, one of which names the other in `links`, take the same sum from the same reserve: the
    /// change with `pay_from`, the decision with `draws`. So do a decision and several changes that come to its sum together.
    ///
    /// **Why it matters.** Both count. The reserve then holds less than it does, and the next change is refused, or the sponsor
    /// asked for money, for want of what nobody took.
    ///
    /// **What to do.** Where the change is paid from the reserve, leave `draws` out of the decision. Where they truly are two draws,
    /// waive the finding. Wrong:
    ///
    /// ```yaml
    /// # changes.yaml
    /// C2: {change: Racks, impact: {cost: 2_000 EUR}, pay_from: contingency, status: approved, links: [D-22]}
    /// # decisions.yaml
    /// D-22: {question: New racks?, decision: Yes, draws: {from: contingency, amount: 2_000 EUR}, links: [C2]}
    /// ```
    pub static DRAW_COUNTED_TWICE: Rule =
        ("W523", "draw-counted-twice", Warning, "0.1.0", "one draw on a reserve stands at a change and at a decision");
}

/// Looks at what decisions draw, beside what the changes draw that they have to do with.
pub(super) fn look(report: &ProjectReport, found: &mut Diagnostics) {
    let project = &report.project;
    let draws = &report.control.spending.draws;
    for draw in draws {
        let DrawSource::Decision(decision) = &draw.by else { continue };
        let linked: Vec<&Draw> = draws
            .iter()
            .filter(|other| other.from == draw.from && is_linked(project, decision, &other.by))
            .collect();
        let same: Vec<&Draw> = match linked.iter().find(|other| other.amount == draw.amount) {
            Some(other) => vec![*other],
            None if linked.iter().map(|other| other.amount).sum::<Amount>() == draw.amount => linked,
            None => continue,
        };
        if same.is_empty() {
            continue;
        }
        let changes: Vec<String> = same.iter().map(|other| format!("`{}`", other.by.id())).collect();
        let message = format!(
            "`{decision}` takes {} from the {}, which {} takes already: it counts twice",
            format::money_with_currency(draw.amount, project.currency),
            draw.from.word(),
            format::listed(&changes)
        );
        let finding = Diagnostic::new(&DRAW_COUNTED_TWICE, draw.origin, message)
            .hint("leave `draws` out of the decision: the change says with `pay_from` what pays for it");
        found.push(same.iter().fold(finding, |finding, other| finding.also(other.origin, "taken here")));
    }
}

/// Says whether a draw is that of a change which has to do with a decision: one of the two names the other.
fn is_linked(project: &Project, decision: &Id, by: &DrawSource) -> bool {
    let DrawSource::Change(change) = by else { return false };
    let registers = &project.registers;
    let mut changes = registers.changes.iter().filter(|entry| entry.id == *change);
    let mut decisions = registers.decisions.iter().filter(|entry| entry.id == *decision);
    changes.any(|entry| entry.links.contains(decision)) || decisions.any(|entry| entry.links.contains(change))
}
