//! Which task got another id: what went and what came, and are the same.
//!
//! An id is a name, and names are changed. A task that went while one came with the same name, or with the same links and
//! estimate, is one task; where more than one would fit, nothing is guessed.

use std::collections::{BTreeMap, BTreeSet};

use super::entry::{Entry, EntryKind, Field, FieldValue, Value};
use crate::diagnostic::FileId;

/// New ids by kind and old id.
pub(super) type Renamed = BTreeMap<(EntryKind, String), String>;

/// The fields that tell what a task is; how far it has come and what it says of itself do not.
const NATURE: &[Field] =
    &[Field::Duration, Field::Effort, Field::Cost, Field::Who, Field::Units, Field::Earning];

/// What an entry is recognised by.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum Sign {
    /// A name that somebody gave; the id in its place is none.
    Name(String),
    /// What it waits for, and how much it is.
    LinksAndSize(Value, Size),
    /// Where it stands, and how much it is.
    PlaceAndSize((FileId, u32), Size),
}

/// What the fields of [`NATURE`] say.
type Size = Vec<Option<Value>>;

/// Pairs the tasks and milestones that went with those that came: by the name given to them, else by what they wait for and how
/// much they are, else by how much they are and where they stand in their file.
pub(super) fn renamed(before: &[Entry], after: &[Entry]) -> Renamed {
    let mut found = Renamed::new();
    for kind in [EntryKind::Milestone, EntryKind::Task] {
        let (mut went, mut came) = (missing(kind, before, after), missing(kind, after, before));
        for sign in [name, links_and_size, place_and_size] {
            let pairs = only_pairs(&went, &came, |entry| sign(&under_new_names(entry, &found)), sign);
            went.retain(|entry| !pairs.contains_key(&entry.id));
            let paired: BTreeSet<&String> = pairs.values().collect();
            came.retain(|entry| !paired.contains(&entry.id));
            found.extend(pairs.into_iter().map(|(old, new)| ((kind, old), new)));
        }
    }
    found
}

/// The entries of a kind of which a list knows no id.
fn missing<'a>(kind: EntryKind, entries: &'a [Entry], from: &[Entry]) -> Vec<&'a Entry> {
    let ids = |entry: &&Entry| entry.kind == kind;
    let known: BTreeSet<&str> = from.iter().filter(ids).map(|entry| entry.id.as_str()).collect();
    let of_kind = entries.iter().filter(ids);
    of_kind.filter(|entry| !known.contains(entry.id.as_str())).collect()
}

/// The pairs that share a sign with each other and with nothing else: new ids by old ones.
fn only_pairs(
    went: &[&Entry],
    came: &[&Entry],
    sign_of_old: impl Fn(&Entry) -> Option<Sign>,
    sign_of_new: impl Fn(&Entry) -> Option<Sign>,
) -> BTreeMap<String, String> {
    let mut by_sign: BTreeMap<Sign, (Vec<&Entry>, Vec<&Entry>)> = BTreeMap::new();
    for entry in went {
        if let Some(sign) = sign_of_old(entry) {
            by_sign.entry(sign).or_default().0.push(entry);
        }
    }
    for entry in came {
        if let Some(sign) = sign_of_new(entry) {
            by_sign.entry(sign).or_default().1.push(entry);
        }
    }
    let pairs = by_sign.values().filter_map(|(old, new)| match (old.as_slice(), new.as_slice()) {
        ([old], [new]) => Some((old.id.clone(), new.id.clone())),
        _ => None,
    });
    pairs.collect()
}

fn name(entry: &Entry) -> Option<Sign> {
    (entry.name != entry.id).then(|| Sign::Name(entry.name.clone()))
}

fn links_and_size(entry: &Entry) -> Option<Sign> {
    Some(Sign::LinksAndSize(value(entry, Field::After)?.clone(), size(entry)))
}

#[allow(clippy::unnecessary_wraps, reason = "one of the signs by which entries are recognised")]
fn place_and_size(entry: &Entry) -> Option<Sign> {
    Some(Sign::PlaceAndSize((entry.origin.file, entry.origin.start), size(entry)))
}

fn size(entry: &Entry) -> Size {
    NATURE.iter().map(|field| value(entry, *field).cloned()).collect()
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
