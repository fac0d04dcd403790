//! Where each field of an entry stands, so that a figure leads to the very line that somebody typed.

use std::collections::BTreeMap;

use super::Span;

/// Where the fields of entries stand, by the place of the entry and the name of the field.
///
/// An entry goes by its place: its key, or for an item of a list its first field. The place of a field is that of its key,
/// and is in turn the place under which its own fields are known: `impact` of a risk, and `cost` of that. Rows of tables are
/// not in it, because all their fields stand on one line.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FieldPlaces {
    places: BTreeMap<Span, BTreeMap<String, Span>>,
}

impl FieldPlaces {
    /// Notes where a field of an entry stands; what is noted first stays.
    pub fn note(&mut self, entry: Span, field: &str, place: Span) {
        self.places.entry(entry).or_default().entry(field.to_owned()).or_insert(place);
    }

    /// Takes in what is known of another file.
    pub fn extend(&mut self, other: Self) {
        self.places.extend(other.places);
    }

    /// Where a field of an entry stands; `path` goes down with dots: `residual.impact.cost`. None for a field that is not
    /// written, or not in this way: an entry of one word has no fields.
    #[must_use]
    pub fn of(&self, entry: Span, path: &str) -> Option<Span> {
        path.split('.').try_fold(entry, |place, field| self.places.get(&place)?.get(field).copied())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::FileId;

    #[test]
    fn a_path_goes_from_field_to_field() {
        let at = |start| Span::new(FileId(0), start, start + 2);
        let mut places = FieldPlaces::default();
        places.note(at(0), "impact", at(10));
        places.note(at(10), "cost", at(20));
        places.note(at(10), "cost", at(90));
        assert_eq!(places.of(at(0), "impact"), Some(at(10)));
        assert_eq!(places.of(at(0), "impact.cost"), Some(at(20)));
        assert_eq!(places.of(at(0), "impact.time"), None);
        assert_eq!(places.of(at(5), "impact"), None);
    }
}
