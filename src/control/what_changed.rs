//! What changed in a project between two states of its files: figures, colours, and entry by entry what people wrote.
//!
//! Comes in: the project measured as it was and as it is, each as of its own day. Goes out: [`WhatChanged`]. Not here:
//! where the older state came from, who changed it, words, findings.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use jiff::civil::Date;

use super::booked_rows::{Booked, changed_rows};
use super::entry::{Entry, EntryKind, Field, FieldValue, Value, entries};
use super::renamed::{Renamed, renamed, under_new_names};
use super::{Change, Colour, Difference, DimensionKind, Health, Measured};
use crate::diagnostic::Span;
use crate::quantity::Amount;

/// What changed in a project.
#[derive(Clone, Debug)]
pub struct WhatChanged {
    /// The days as of which the two states were measured.
    pub status_date: Change<Date>,
    /// Start, finish, money and dates of tasks; P50 and P80 where the schedule of both states was run many times.
    pub difference: Difference,
    /// The last day that was promised: by the baseline, or by the plan where there is none.
    pub promised: Change<Date>,
    /// Budget at completion.
    pub budget: Change<Amount>,
    /// Earned value.
    pub earned: Change<Amount>,
    /// Actual cost.
    pub actual: Change<Amount>,
    /// Person-days of all work, done or not.
    pub effort: Change<f64>,
    /// Colours that differ: the whole first, then dimension by dimension.
    pub colours: Vec<ChangedColour>,
    /// Entries that differ, by kind and in the order of the files; those that are gone come last of their kind.
    pub entries: Vec<ChangedEntry>,
}

/// A colour that differs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ChangedColour {
    /// What is judged; none for the whole.
    pub dimension: Option<DimensionKind>,
    /// The colour then and now.
    pub colour: Change<Colour>,
}

/// What became of an entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fate {
    /// It is new.
    Came,
    /// It is there no longer.
    Went,
    /// It was open and is closed: finished, answered, resolved, decided, accepted.
    Closed,
    /// It was closed and is open again.
    Reopened,
    /// Something else about it differs.
    Changed,
    /// It has another id, and nothing else about it differs.
    Renamed,
}

/// An entry that differs.
#[derive(Clone, Debug, PartialEq)]
pub struct ChangedEntry {
    /// What it is.
    pub kind: EntryKind,
    /// Its id.
    pub id: String,
    /// What it is called, as Markdown; as it is now, or was last.
    pub name: String,
    /// The id it had, where it has another now.
    pub renamed_from: Option<String>,
    /// What became of it.
    pub fate: Fate,
    /// The fields that differ; for one that came or went, all it has or had.
    pub fields: Vec<ChangedField>,
    /// What a row of a ledger adds to its sums, or takes away; empty for any other entry.
    pub booked: Vec<Booked>,
    /// Where it stood; none for one that came.
    pub before: Option<Span>,
    /// Where it stands; none for one that went.
    pub after: Option<Span>,
}

/// A field that differs.
#[derive(Clone, Debug, PartialEq)]
pub struct ChangedField {
    /// The field.
    pub field: Field,
    /// What it said; none where it was empty.
    pub before: Option<Value>,
    /// What it says; none where it is empty.
    pub after: Option<Value>,
    /// Where it stands now, if not in its entry.
    pub origin: Option<Span>,
    /// Where it stood, if not in its entry.
    pub was_at: Option<Span>,
}

impl WhatChanged {
    /// Compares a project as it was with the project as it is.
    #[must_use]
    pub fn between(before: Measured<'_>, after: Measured<'_>) -> Self {
        let day = |of: fn(&Measured<'_>) -> Date| Change { before: of(&before), after: of(&after) };
        let sum = |of: fn(&Measured<'_>) -> Amount| Change { before: of(&before), after: of(&after) };
        let (then, now) = (entries(before), entries(after));
        let renamed = renamed(&then, &now);
        let mut entries = changed(&then, &now, &renamed);
        entries.extend(changed_rows(before.project, after.project, &renamed));
        Self {
            status_date: day(|one| one.control.status_date),
            difference: Difference::between(before, after),
            promised: day(|one| one.control.reference.finish),
            budget: sum(|one| one.control.total.budget),
            earned: sum(|one| one.control.total.earned),
            actual: sum(|one| one.control.total.actual),
            effort: Change {
                before: before.control.effort_burn.scope,
                after: after.control.effort_burn.scope,
            },
            colours: ChangedColour::between(&before.control.health, &after.control.health),
            entries,
        }
    }

    /// Says whether nothing differs but the day.
    #[must_use]
    pub fn is_nothing(&self) -> bool {
        self.difference.is_nothing()
            && !self.promised.is_change()
            && ![self.budget, self.earned, self.actual].iter().any(Change::is_change)
            && !self.effort.is_change()
            && self.colours.is_empty()
            && self.entries.is_empty()
    }
}

impl ChangedColour {
    /// The colours that differ: the whole first, then dimension by dimension.
    #[must_use]
    pub fn between(before: &Health, after: &Health) -> Vec<Self> {
        let whole = Self { dimension: None, colour: Change { before: before.overall, after: after.overall } };
        let single = before.dimensions.iter().zip(&after.dimensions).map(|(before, after)| Self {
            dimension: Some(after.kind),
            colour: Change { before: before.colour, after: after.colour },
        });
        std::iter::once(whole).chain(single).filter(|one| one.colour.is_change()).collect()
    }
}

/// Compares two lists of entries by kind and id; a task or milestone that got another id is compared with what it was.
fn changed(before: &[Entry], after: &[Entry], renamed: &Renamed) -> Vec<ChangedEntry> {
    let before: Vec<Entry> = before.iter().map(|entry| under_new_names(entry, renamed)).collect();
    let old_id: BTreeMap<(EntryKind, &str), &str> =
        renamed.iter().map(|((kind, old), new)| ((*kind, new.as_str()), old.as_str())).collect();
    let older = older_of(&before, after);
    let mut changed: Vec<ChangedEntry> = after
        .iter()
        .zip(&older)
        .filter_map(|(entry, older)| match older {
            None => Some(one_sided(entry, Fate::Came)),
            Some(older) => compared(
                &before[*older],
                entry,
                old_id.get(&(entry.kind, entry.id.as_str())).map(|id| (*id).to_owned()),
            ),
        })
        .collect();
    let known: BTreeSet<usize> = older.into_iter().flatten().collect();
    let went = before.iter().enumerate().filter(|(place, _)| !known.contains(place));
    changed.extend(went.map(|(_, entry)| one_sided(entry, Fate::Went)));
    // Stable: in the order of the files within a kind.
    changed.sort_by_key(|entry| entry.kind);
    changed
}

/// For each entry the place of the older one of the same kind and id. Where several share both, as two lines of a budget with one name
/// do, those are one that say the same, and the others in their order.
fn older_of(before: &[Entry], after: &[Entry]) -> Vec<Option<usize>> {
    let mut open: BTreeMap<(EntryKind, &str), VecDeque<usize>> = BTreeMap::new();
    for (place, entry) in before.iter().enumerate() {
        open.entry((entry.kind, entry.id.as_str())).or_default().push_back(place);
    }
    let mut older: Vec<Option<usize>> = vec![None; after.len()];
    for (entry, found) in after.iter().zip(&mut older) {
        let Some(left) = open.get_mut(&(entry.kind, entry.id.as_str())) else { continue };
        let same = left.iter().position(|place| say_the_same(&before[*place], entry));
        *found = same.and_then(|same| left.remove(same));
    }
    for (entry, found) in after.iter().zip(&mut older).filter(|(_, found)| found.is_none()) {
        *found = open.get_mut(&(entry.kind, entry.id.as_str())).and_then(VecDeque::pop_front);
    }
    older
}

fn say_the_same(one: &Entry, other: &Entry) -> bool {
    let same =
        |(one, other): (&FieldValue, &FieldValue)| one.field == other.field && one.value == other.value;
    one.is_open == other.is_open
        && one.fields.len() == other.fields.len()
        && one.fields.iter().zip(&other.fields).all(same)
}

fn one_sided(entry: &Entry, fate: Fate) -> ChangedEntry {
    let is_new = fate == Fate::Came;
    let fields = entry.fields.iter().filter(|one| one.field != Field::Text).map(|one| {
        let value = Some(one.value.clone());
        let (before, after) = if is_new { (None, value) } else { (value, None) };
        ChangedField { field: one.field, before, after, origin: None, was_at: None }
    });
    ChangedEntry {
        kind: entry.kind,
        id: entry.id.clone(),
        name: entry.name.clone(),
        renamed_from: None,
        fate,
        fields: fields.collect(),
        booked: Vec::new(),
        before: (!is_new).then_some(entry.origin),
        after: is_new.then_some(entry.origin),
    }
}

fn compared(before: &Entry, after: &Entry, renamed_from: Option<String>) -> Option<ChangedEntry> {
    let value = |one: Option<&FieldValue>| one.map(|one| one.value.clone());
    let names: Vec<Field> = after
        .fields
        .iter()
        .map(|one| one.field)
        .chain(before.fields.iter().map(|one| one.field).filter(|field| after.field(*field).is_none()))
        .collect();
    let fields: Vec<ChangedField> = names
        .into_iter()
        .map(|field| ChangedField {
            field,
            before: value(before.field(field)),
            after: value(after.field(field)),
            origin: after.field(field).and_then(|one| one.origin),
            was_at: before.field(field).and_then(|one| one.origin),
        })
        .filter(|field| field.before != field.after)
        .collect();
    let fate = match (before.is_open, after.is_open) {
        (true, false) => Fate::Closed,
        (false, true) => Fate::Reopened,
        _ if fields.is_empty() && renamed_from.is_some() => Fate::Renamed,
        _ if fields.is_empty() => return None,
        _ => Fate::Changed,
    };
    Some(ChangedEntry {
        kind: after.kind,
        id: after.id.clone(),
        name: after.name.clone(),
        renamed_from,
        fate,
        fields,
        booked: Vec::new(),
        before: Some(before.origin),
        after: Some(after.origin),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(id: &str, is_open: bool, duration: &str) -> Entry {
        Entry {
            kind: EntryKind::Task,
            id: id.to_owned(),
            name: id.to_owned(),
            origin: Span::default(),
            is_open,
            fields: vec![FieldValue {
                field: Field::Duration,
                value: Value::Words(duration.to_owned()),
                origin: None,
            }],
        }
    }

    fn fates(before: &[Entry], after: &[Entry]) -> String {
        let words: Vec<String> = changed(before, after, &renamed(before, after))
            .iter()
            .map(|one| format!("{} {:?} {}", one.id, one.fate, one.fields.len()))
            .collect();
        words.join("; ")
    }

    #[test]
    fn entries_come_go_close_and_change() {
        let before =
            [entry("a", true, "1d"), entry("b", true, "2d"), entry("c", true, "3d"), entry("d", false, "1d")];
        let after =
            [entry("a", true, "1d"), entry("b", true, "5d"), entry("d", true, "1d"), entry("e", true, "1d")];
        assert_eq!(fates(&before, &after), "b Changed 1; d Reopened 0; e Came 1; c Went 1");
        assert_eq!(fates(&[entry("a", true, "1d")], &[entry("a", false, "1d")]), "a Closed 0");
        assert_eq!(fates(&before, &before), "");
    }

    #[test]
    fn of_entries_with_one_id_each_is_compared_with_its_own() {
        let lines = [entry("travel", true, "1d"), entry("travel", true, "2d"), entry("travel", true, "4d")];
        assert_eq!(fates(&lines, &lines), "");
        assert_eq!(fates(&lines, &lines[1..]), "travel Went 1");
        assert_eq!(fates(&lines[1..], &lines), "travel Came 1");
        let changed = [entry("travel", true, "1d"), entry("travel", true, "3d"), entry("travel", true, "4d")];
        assert_eq!(fates(&lines, &changed), "travel Changed 1");
    }
}
