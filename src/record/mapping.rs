//! Mappings from keys to records: by id, by free text, by day.
//!
//! Comes in: a mapping of `source`. Goes out: its records in the order of the file, and the keys of those that could not be read.

use std::ops::Deref;

use crate::diagnostic::{Diagnostics, Span, Spanned};
use crate::quantity::{Audience, Id, Window};
use crate::record::decode::{
    Decode, Field, Scalar, Shape, Spelling, entries_of, misplaced_audience, read_key,
};
use crate::record::slip::{glued, is_near_audience};
use crate::source::node::{Entry, Node};

/// Declares a mapping from keys to records, with the manners of the list inside it.
macro_rules! mapping_of {
    ($(#[doc = $doc:literal])+ $name:ident, $key:ty, $shape:expr) => {
        $(#[doc = $doc])+
        #[derive(Clone, Debug, PartialEq)]
        pub struct $name<T> {
            items: Vec<(Spanned<$key>, T)>,
            unreadable: Vec<Spanned<$key>>,
            has_bad_key: bool,
            is_written: bool,
        }

        impl<T> $name<T> {
            /// Keys of records that are written but could not be read. They have been reported; whoever names one
            /// of them is not at fault.
            #[must_use]
            pub fn unreadable(&self) -> &[Spanned<$key>] {
                &self.unreadable
            }
        }

        impl<T> $name<T> {
            /// Says whether the mapping is there, if only with nothing in it: `{}`.
            #[must_use]
            pub fn is_written(&self) -> bool {
                self.is_written
            }

            /// Says whether a record is missing because its key could not be read, which has been reported.
            #[must_use]
            pub fn has_bad_key(&self) -> bool {
                self.has_bad_key
            }
        }

        impl<T> Default for $name<T> {
            fn default() -> Self {
                Self { items: Vec::new(), unreadable: Vec::new(), has_bad_key: false, is_written: false }
            }
        }

        impl<T> Deref for $name<T> {
            type Target = [(Spanned<$key>, T)];

            fn deref(&self) -> &Self::Target {
                &self.items
            }
        }

        impl<T> IntoIterator for $name<T> {
            type Item = (Spanned<$key>, T);
            type IntoIter = std::vec::IntoIter<Self::Item>;

            fn into_iter(self) -> Self::IntoIter {
                self.items.into_iter()
            }
        }

        impl<'a, T> IntoIterator for &'a $name<T> {
            type Item = &'a (Spanned<$key>, T);
            type IntoIter = std::slice::Iter<'a, (Spanned<$key>, T)>;

            fn into_iter(self) -> Self::IntoIter {
                self.items.iter()
            }
        }

        impl<T: Decode> Decode for $name<T> {
            const FORM: &'static str = T::FORM;
            const SHAPE: Shape = $shape;
            const WORDS: &'static [&'static str] = T::WORDS;
            const SPELLING: Spelling = T::SPELLING;
            const KEYS: &'static str = <$key as Scalar>::SPELLING.pattern;
            const IS_OPEN: bool = T::IS_OPEN || !matches!(T::SHAPE, Shape::One);

            fn fields() -> &'static [Field] {
                T::fields()
            }

            fn decode(node: &Node, found: &mut Diagnostics) -> Option<Self> {
                let mut mapping = Self { is_written: true, ..Self::default() };
                for entry in entries_of(node, T::FORM, $shape, found)? {
                    // The value is read even where its key is bad, so that its own faults show in the same run; but for what was cut
                    // in two because no space stands behind its colon.
                    let is_cut = glued(&entry.key.value).is_some_and(|(_, rest)| rest.starts_with(['{', '[']));
                    let item = if is_cut { None } else { T::decode_under(entry.key.span, &entry.value, found) };
                    if is_meant_as_audience(entry, item.is_none()) {
                        found.push(misplaced_audience(entry.key.span, "list of entries"));
                    }
                    let key = read_key::<$key>(&entry.key, found);
                    match (key, item) {
                        (Some(key), Some(item)) => mapping.items.push((key, item)),
                        (Some(key), None) => mapping.unreadable.push(key),
                        (None, _) => mapping.has_bad_key = true,
                    }
                }
                Some(mapping)
            }

            fn stand_in(_at: Span) -> Option<Self> {
                Some(Self::default())
            }

            fn each_text(&mut self, change: &mut dyn FnMut(&mut String)) {
                for (key, item) in &mut self.items {
                    key.value.as_text().into_iter().for_each(&mut *change);
                    item.each_text(change);
                }
            }
        }
    };
}

/// Says whether an entry of a mapping is no entry but meant to say who may read them.
fn is_meant_as_audience(entry: &Entry, is_unreadable: bool) -> bool {
    let names_one = |text: &str| text.trim().parse::<Audience>().is_ok();
    is_near_audience(&entry.key.value) && (is_unreadable || entry.value.text().is_some_and(names_one))
}

mapping_of! {
    /// Records by id, in the order of the file.
    Keyed, Id, Shape::Mapping
}
mapping_of! {
    /// Records by a free text, in the order of the file.
    Named, String, Shape::Mapping
}
mapping_of! {
    /// Values by day or range of days, in the order of the file.
    Dated, Window, Shape::ByDay
}

impl<T> Named<T> {
    /// The records with their names, to be changed.
    pub(super) fn records_mut(&mut self) -> impl Iterator<Item = (&Spanned<String>, &mut T)> {
        self.items.iter_mut().map(|(key, record)| (&*key, record))
    }
}

impl<T> Keyed<T> {
    /// The records with their ids, to be changed.
    pub(super) fn records_mut(&mut self) -> impl Iterator<Item = (&Spanned<Id>, &mut T)> {
        self.items.iter_mut().map(|(key, record)| (&*key, record))
    }

    /// Leaves a record out; its id stays known, like that of one that could not be read.
    pub(super) fn leave_out(&mut self, id: &str) {
        if let Some(place) = self.items.iter().position(|(key, _)| key.value.as_str() == id) {
            let (key, _) = self.items.remove(place);
            self.unreadable.push(key);
        }
    }

    /// Notes an id that is known without a record.
    pub(super) fn note_left_out(&mut self, id: Spanned<Id>) {
        self.unreadable.push(id);
    }
}
