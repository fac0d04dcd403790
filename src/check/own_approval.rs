//! Something approved by the one who made it, asked for it or hands it over.

use std::collections::BTreeMap;

use jiff::civil::Date;

use crate::declare_rule;
use crate::diagnostic::{Diagnostic, Diagnostics, Span};
use crate::format::listed;
use crate::model::{PersonNo, Project};
use crate::report::ProjectReport;

declare_rule! {
    /// Somebody says yes to their own work or their own wish: who makes a deliverable accepts it (or is to), who asks for a
    /// change decides it, who hands something over to operations takes it there, or one person signs a gate in several roles.
    ///
    /// **Why it matters.** A second pair of eyes is the whole sense of an approval. Auditors hold the names of both sides
    /// against each other first, because it costs nothing and shows where nobody looked.
    ///
    /// **What to do.** Have it approved by somebody else and write down who it was. Where one person rightly holds both roles, waive the
    /// rule and say who agreed to that. Who paid an invoice is not in `costs.csv`, so that nothing can be said of it.
    ///
    /// ```yaml
    /// C-04:
    ///   change: A second training day
    ///   requested_by: anna
    ///   decided_by: anna             # who also asked for it
    /// ```
    pub static OWN_APPROVAL: Rule =
        ("W635", "own-approval", Warning, "0.1.0", "somebody approved what they made or asked for themselves");
}

/// Looks at deliverables, approved changes, things handed over, and gates that were passed.
pub(super) fn look(report: &ProjectReport, found: &mut Diagnostics) {
    let (project, day) = (&report.project, report.status_date);
    let own = deliverables(project, day)
        .chain(changes(project, day))
        .chain(handed_over(project, day))
        .chain(gates(project, day));
    for (place, message) in own {
        found.push(
            Diagnostic::new(&OWN_APPROVAL, place, message)
                .hint("have it approved by somebody else, or waive the rule with the reason"),
        );
    }
}

/// Where it stands, and what is wrong.
type Own = (Span, String);

fn deliverables(project: &Project, day: Date) -> impl Iterator<Item = Own> {
    project.deliverables.iter().filter_map(move |made| {
        let owner = made.owner?;
        let name = project.person_name(owner);
        let accepted = made.acceptance.as_ref().filter(|acceptance| acceptance.date <= day);
        let by = accepted.and_then(|acceptance| acceptance.by).or(made.approver)?;
        let field = match accepted {
            Some(acceptance) if acceptance.by.is_some() => "accepted_by",
            _ => "approver",
        };
        let words = if accepted.is_some() { "was accepted by" } else { "is to be accepted by" };
        (by == owner).then(|| {
            (project.field(made.origin, field), format!("`{}` {words} {name}, who makes it", made.id))
        })
    })
}

fn changes(project: &Project, day: Date) -> impl Iterator<Item = Own> {
    let approved = project.registers.changes.iter().filter(move |change| change.is_approved(day));
    approved.filter_map(|change| {
        let by = change.decided_by?;
        (change.requested_by == Some(by)).then(|| {
            let name = project.person_name(by);
            let place = project.field(change.origin, "decided_by");
            (place, format!("change `{}` was approved by {name}, who asked for it", change.id))
        })
    })
}

fn handed_over(project: &Project, day: Date) -> impl Iterator<Item = Own> {
    let items = project.handover.iter().flat_map(|handover| &handover.items);
    items.filter(move |item| item.accepted.is_some_and(|accepted| accepted <= day)).filter_map(|item| {
        let from = item.from?;
        (item.accepted_by.or(item.to) == Some(from)).then(|| {
            let field = if item.accepted_by.is_some() { "accepted_by" } else { "to" };
            let name = project.person_name(from);
            let place = project.field(item.origin, field);
            (place, format!("`{}` was taken over by {name}, who hands it over", item.id))
        })
    })
}

fn gates(project: &Project, day: Date) -> impl Iterator<Item = Own> {
    project.gates.values().filter(move |gate| gate.is_passed(day)).flat_map(move |gate| {
        let mut roles: BTreeMap<PersonNo, (Span, Vec<String>)> = BTreeMap::new();
        for signature in &gate.signatures {
            let entry = roles.entry(signature.person).or_insert((signature.origin, Vec::new()));
            if !entry.1.contains(&signature.role) {
                entry.0 = signature.origin;
                entry.1.push(signature.role.clone());
            }
        }
        let several = roles.into_iter().filter(|(_, (_, roles))| roles.len() > 1);
        several.map(move |(person, (place, roles))| {
            let name = project.person_name(person);
            (place, format!("{} is signed by {name} in several roles: {}", gate.gate, listed(&roles)))
        })
    })
}
