//! Entries without a day: of a gate gone by nobody can tell whether they were there when it was decided.

use crate::format;
use crate::page::Desk;

/// Which entries have no day, in a sentence with a space before it; empty where each has one.
#[must_use]
pub fn sentence(desk: &Desk<'_>) -> String {
    let registers = &desk.project.project.registers;
    let risks = registers.risks.iter().filter(|risk| risk.raised.is_none()).map(|risk| risk.id.to_string());
    let issues = registers.issues.iter().filter(|one| one.raised.is_none()).map(|one| one.id.to_string());
    let decisions = registers.decisions.iter().filter(|one| one.asked.or(one.decided).is_none());
    let changes = registers.changes.iter().filter(|one| one.submitted.or(one.decided).is_none());
    let actions = registers.actions.iter().filter(|one| one.raised.or(one.done).is_none());
    let requests = registers.requests.iter().filter(|one| one.asked.or(one.received).is_none());
    let lessons = registers.lessons.iter().filter(|one| one.date.is_none());
    let kinds: [(&str, Vec<String>); 7] = [
        ("risk", risks.collect()),
        ("issue", issues.collect()),
        ("decision", decisions.map(|one| one.id.to_string()).collect()),
        ("change", changes.map(|one| one.id.to_string()).collect()),
        ("action", actions.map(|one| one.id.clone()).collect()),
        ("request", requests.map(|one| one.id.to_string()).collect()),
        ("lesson", lessons.map(|one| one.id.clone()).collect()),
    ];
    let told: Vec<String> = kinds
        .into_iter()
        .filter(|(_, ids)| !ids.is_empty())
        .map(|(kind, ids)| format!("{} ({})", format::count(ids.len(), kind), ids.join(", ")))
        .collect();
    if told.is_empty() {
        return String::new();
    }
    format!(" Entries without a day are as their files say today: {}.", format::listed(&told))
}
