//! What became of the decisions that were taken: which are implemented, and what is still to be done for the others.
//!
//! Comes in: decisions, and the actions and changes that carry them. Goes out: one line a decision taken. Not here: words.

use jiff::civil::Date;

use crate::model::{DecisionEntry, Project};

/// A decision that was taken, with what is still to be done for it.
#[derive(Clone, Debug)]
pub struct FollowThrough<'a> {
    /// The decision.
    pub decision: &'a DecisionEntry,
    /// The ids of open actions that came from it and of approved changes linked to it that are not built, in the order of the files.
    pub open: Vec<String>,
    /// Whether it holds already; not before its `applies_from:`.
    pub is_in_force: bool,
}

impl FollowThrough<'_> {
    /// Whether it holds and nothing is left to do for it.
    #[must_use]
    pub fn is_implemented(&self) -> bool {
        self.is_in_force && self.open.is_empty()
    }
}

/// The decisions taken by a day, in the order of the file.
///
/// An action carries a decision that it names in `from:`, a change one that either names in `links:`. D1 holds from today and its action
/// is done, the action of D2 is open, D3 holds from next week: one of three is implemented.
#[must_use]
pub fn follow_through(project: &Project, day: Date) -> Vec<FollowThrough<'_>> {
    let registers = &project.registers;
    let taken = registers.decisions.iter().filter(|entry| entry.is_taken(day));
    taken
        .map(|decision| {
            let id = decision.id.as_str();
            let is_from = |from: &Option<String>| from.as_deref().is_some_and(|from| from.trim() == id);
            let actions = registers.actions.iter().filter(|action| is_from(&action.from));
            let actions = actions.filter(|action| action.is_open(day)).map(|action| action.id.clone());
            let changes = registers
                .changes
                .iter()
                .filter(|change| change.links.contains(&decision.id) || decision.links.contains(&change.id));
            let to_build = changes.filter(|change| {
                change.is_approved(day) && change.implemented.is_none_or(|built| day < built)
            });
            FollowThrough {
                decision,
                open: actions.chain(to_build.map(|change| change.id.to_string())).collect(),
                is_in_force: decision.applies_from.is_none_or(|from| from <= day),
            }
        })
        .collect()
}
