//! Which task got another id: what went and what came, and are the same.
//!
//! An id is a name, and names are changed. A task that went while one came with the same name, or with the same links and
//! estimate, is one task; where more than one would fit, nothing is guessed.

use std::collections::BTreeMap;

use super::entry::{Entry, EntryKind, Field, FieldValue, Value};

/// New ids by kind and old id.
pub(super) type Renamed = BTreeMap<(EntryKind, String), String>;

/// The fields that tell what a task is; how far it has come and what it says of itself do not.
const NATURE: &[Field] =
    &[Field::Duration, Field::Effort, Field::Cost, Field::Who, Field::Units, Field::Earning];

/// Pairs the tasks and milestones that went with those that came: by the name given to them, else by what they wait for and how
/// much they are, else by how much they are and where they stand in their file.
pub(super) fn renamed(before: &[Entry], after: &[Entry]) -> Renamed {
    let mut found = Renamed::new();
    for kind in [EntryKind::Milestone, EntryKind::Task] {
        let of = |entries: &[Entry]| -> Vec<Entry> {
            entries.iter().filter(|entry| entry.kind == kind).cloned().collect()
        };
        let (old, new) = (of(before), of(after));
        let missing = |entry: &&Entry, from: &[Entry]| from.iter().all(|other| other.id != entry.id);
        let mut went: Vec<&Entry> = old.iter().filter(|entry| missing(entry, &new)).collect();
        let mut came: Vec<&Entry> = new.iter().filter(|entry| missing(entry, &old)).collect();
        for fits in [has_same_name, has_same_links_and_size, has_same_place_and_size] {
            for (one, other) in
                only_pairs(&went, &came, |one, other| fits(&under_new_names(one, &found), other))
            {
                went.retain(|entry| entry.id != one);
                came.retain(|entry| entry.id != other);
                found.insert((kind, one), other);
            }
        }
    }
    found
}

/// The pairs that fit each other and nothing else, by their ids.
fn only_pairs(
    went: &[&Entry],
    came: &[&Entry],
    fits: impl Fn(&Entry, &Entry) -> bool,
) -> Vec<(String, String)> {
    let pairs: Vec<(&Entry, &Entry)> = went
        .iter()
        .flat_map(|one| came.iter().map(move |other| (*one, *other)))
        .filter(|(one, other)| fits(one, other))
        .collect();
    let is_only = |(one, other): &&(&Entry, &Entry)| {
        pairs.iter().filter(|(known, _)| known.id == one.id).count() == 1
            && pairs.iter().filter(|(_, known)| known.id == other.id).count() == 1
    };
    pairs.iter().filter(is_only).map(|(one, other)| (one.id.clone(), other.id.clone())).collect()
}

/// A name that somebody gave is the same; the id in its place is none.
fn has_same_name(before: &Entry, after: &Entry) -> bool {
    before.name == after.name && before.name != before.id && after.name != after.id
}

fn has_same_links_and_size(before: &Entry, after: &Entry) -> bool {
    before.field(Field::After).is_some()
        && value(before, Field::After) == value(after, Field::After)
        && has_same_size(before, after)
}

fn has_same_place_and_size(before: &Entry, after: &Entry) -> bool {
    before.origin.file == after.origin.file
        && before.origin.start == after.origin.start
        && has_same_size(before, after)
}

fn has_same_size(before: &Entry, after: &Entry) -> bool {
    NATURE.iter().all(|field| value(before, *field) == value(after, *field))
}

fn value(entry: &Entry, field: Field) -> Option<&Value> {
    entry.field(field).map(|known| &known.value)
}

/// An entry as it would read had all tasks had their new ids already: its own, and those it waits for.
pub(super) fn under_new_names(entry: &Entry, renamed: &Renamed) -> Entry {
    if renamed.is_empty() {
        return entry.clone();
    }
    let mut entry = entry.clone();
    if let Some(new) = renamed.get(&(entry.kind, entry.id.clone())) {
        if entry.name == entry.id {
            entry.name.clone_from(new);
        }
        entry.id.clone_from(new);
    }
    for FieldValue { field, value, .. } in &mut entry.fields {
        if let (Field::After, Value::Words(words)) = (field, value) {
            *words = in_new_words(words, renamed);
        }
    }
    entry
}

/// Links in words, each id that was changed put as it is now.
fn in_new_words(words: &str, renamed: &Renamed) -> String {
    let is_of_id = |letter: char| letter.is_alphanumeric() || letter == '-' || letter == '_' || letter == '.';
    let new_of = |word: &str| {
        let kinds = [EntryKind::Task, EntryKind::Milestone];
        kinds.iter().find_map(|kind| renamed.get(&(*kind, word.to_owned()))).cloned()
    };
    let mut text = String::with_capacity(words.len());
    let mut word = String::new();
    for letter in words.chars().chain(['\n']) {
        if is_of_id(letter) {
            word.push(letter);
            continue;
        }
        text += &new_of(&word).unwrap_or_else(|| std::mem::take(&mut word));
        word.clear();
        text.push(letter);
    }
    text.truncate(text.len() - 1);
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Span;

    fn task(id: &str, name: &str, duration: &str, after: &str) -> Entry {
        let field = |field: Field, words: &str| FieldValue {
            field,
            value: Value::Words(words.to_owned()),
            origin: None,
        };
        let mut fields = vec![field(Field::Duration, duration)];
        if !after.is_empty() {
            fields.push(field(Field::After, after));
        }
        Entry {
            kind: EntryKind::Task,
            id: id.to_owned(),
            name: if name.is_empty() { id } else { name }.to_owned(),
            origin: Span { start: 7, ..Span::default() },
            is_open: true,
            fields,
        }
    }

    fn pairs(before: &[Entry], after: &[Entry]) -> String {
        let found = renamed(before, after);
        found.iter().map(|((_, old), new)| format!("{old} → {new}")).collect::<Vec<_>>().join(", ")
    }

    #[test]
    fn a_name_links_or_a_place_tell_that_it_is_the_same_task() {
        let rest = task("rest", "", "9d", "");
        let one = |id: &str, name: &str, duration: &str, after: &str| {
            [rest.clone(), task(id, name, duration, after)]
        };
        // By name, though it is longer now.
        assert_eq!(pairs(&one("a", "Build it", "2d", ""), &one("b", "Build it", "5d", "rest")), "a → b");
        // By links and estimate; by place and estimate.
        assert_eq!(pairs(&one("a", "", "2d", "rest"), &one("b", "", "2d", "rest")), "a → b");
        assert_eq!(pairs(&one("a", "", "2d", ""), &one("b", "", "2d", "")), "a → b");
        // Another size at the same place is another task.
        assert_eq!(pairs(&one("a", "", "2d", ""), &one("b", "", "3d", "")), "");
    }

    #[test]
    fn nothing_is_guessed_where_two_would_fit() {
        let before = [task("a", "Build", "2d", ""), task("b", "Build", "2d", "")];
        assert_eq!(pairs(&before, &[task("c", "Build", "2d", "")]), "");
    }

    #[test]
    fn a_chain_of_new_names_is_followed_and_successors_do_not_change() {
        let before =
            [task("a", "First", "1d", ""), task("b", "", "2d", "a"), task("end", "", "1d", "b +2d, a")];
        let after =
            [task("x", "First", "1d", ""), task("y", "", "2d", "x"), task("end", "", "1d", "y +2d, x")];
        let found = renamed(&before, &after);
        assert_eq!(pairs(&before, &after), "a → x, b → y");
        assert_eq!(under_new_names(&before[2], &found), after[2]);
    }
}
