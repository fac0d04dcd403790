//! What could not be carried over, and what to do about it.

use std::collections::BTreeMap;

/// Something of the foreign plan that the new folder does not hold, or holds in another form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Leftover {
    /// The id of the task, person or calendar it is about; empty for the whole plan.
    pub about: String,
    /// What it is, as a sentence without its end.
    pub what: String,
    /// What to do, as a sentence that begins with a verb.
    pub advice: String,
}

/// Leftovers as they come up.
#[derive(Default)]
pub(super) struct Leftovers(Vec<Leftover>);

/// The most ids that a line names; of more it says how many.
const MOST_NAMED: usize = 12;

impl Leftovers {
    /// Begins with those that reading found.
    pub(super) fn new(found: Vec<Leftover>) -> Self {
        Self(found)
    }

    /// Notes one.
    pub(super) fn note(&mut self, about: &str, what: impl Into<String>, advice: impl Into<String>) {
        self.0.push(Leftover { about: about.to_owned(), what: what.into(), advice: advice.into() });
    }

    /// Gives the list in the order in which they came up.
    pub(super) fn into_list(self) -> Vec<Leftover> {
        self.0
    }
}

/// With what a leftover begins that says what a task does or is.
const VERBS: [&str; 9] = ["blocks", "has", "holds", "is", "stands", "starts", "takes", "waits", "was"];

/// Leftovers of the same kind as one line each: ids, what, advice. What several do or are, each does or is.
#[must_use]
pub fn grouped(list: &[Leftover]) -> Vec<(String, String, &str)> {
    let mut groups: Vec<(Vec<&str>, &str, &str)> = Vec::new();
    let mut places: BTreeMap<(&str, &str), usize> = BTreeMap::new();
    for leftover in list {
        let place = *places.entry((&leftover.what, &leftover.advice)).or_insert(groups.len());
        match groups.get_mut(place) {
            Some((about, ..)) if about.contains(&leftover.about.as_str()) => {}
            Some((about, ..)) => about.push(&leftover.about),
            None => groups.push((vec![&leftover.about], &leftover.what, &leftover.advice)),
        }
    }
    let sentence = |about: &[&str], what: &str| {
        let is_verb = what.split(' ').next().is_some_and(|first| VERBS.contains(&first));
        if about.len() > 1 && is_verb { format!("each {what}") } else { what.to_owned() }
    };
    groups.into_iter().map(|(about, what, advice)| (named(&about), sentence(&about, what), advice)).collect()
}

fn named(about: &[&str]) -> String {
    let mut ids: Vec<String> =
        about.iter().filter(|id| !id.is_empty()).take(MOST_NAMED).map(|id| format!("`{id}`")).collect();
    let n_more = about.iter().filter(|id| !id.is_empty()).count() - ids.len();
    if n_more > 0 {
        ids.push(format!("and {n_more} more"));
    }
    ids.join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_comes_up_twice_of_one_task_names_it_once() {
        let mut leftovers = Leftovers::default();
        for about in ["pilot", "pilot", "design"] {
            leftovers.note(about, "has hours of work", "spread them");
        }
        let list = leftovers.into_list();
        let expected = ("`pilot`, `design`".to_owned(), "each has hours of work".to_owned(), "spread them");
        assert_eq!(grouped(&list), [expected]);
    }
}
