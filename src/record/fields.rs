//! Where every field of a file stands, whatever its record makes of it.

use crate::diagnostic::{FieldPlaces, Span};
use crate::record::decode::first_line;
use crate::source::node::{Node, NodeKind};

/// Notes the place of each field in a tree, under the place that the record read from it has: the key it hangs on, and for
/// an item of a list, or a single record where a list may stand, its first field. The fields of the file itself stand under
/// its beginning too.
pub(super) fn note_fields(node: &Node, places: &mut FieldPlaces) {
    note(node, Some(Span::new(node.span.file, 0, 0)), places);
}

fn note(node: &Node, key: Option<Span>, places: &mut FieldPlaces) {
    match &node.kind {
        NodeKind::Map(entries) => {
            for anchor in [Some(first_line(node)), key].into_iter().flatten() {
                for entry in entries.iter().filter(|entry| !is_blank(&entry.value)) {
                    places.note(anchor, &entry.key.value, entry.key.span);
                }
            }
            for entry in entries {
                note(&entry.value, Some(entry.key.span), places);
            }
        }
        NodeKind::List(items) => items.iter().for_each(|item| note(item, None, places)),
        NodeKind::Scalar { .. } | NodeKind::Empty => {}
    }
}

/// A field with nothing behind it counts as absent.
fn is_blank(value: &Node) -> bool {
    match &value.kind {
        NodeKind::Empty => true,
        NodeKind::List(items) => items.is_empty(),
        NodeKind::Scalar { .. } | NodeKind::Map(_) => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::{Diagnostics, FileId, LineIndex};
    use crate::source::yaml;

    #[test]
    fn fields_are_found_below_keys_and_items() {
        let text = "R1:\n  risk: late\n  impact:\n    cost: 5 EUR\n  owner:\n  actions:\n    - do: call\n      due: 2026-08-03\n";
        let node = yaml::parse(FileId(0), text, &mut Diagnostics::default()).unwrap();
        let mut places = FieldPlaces::default();
        note_fields(&node, &mut places);
        let line = |place: Option<Span>| {
            place.map(|place| LineIndex::new(text).position(text, place.start as usize).line)
        };
        let entries = node.entries().unwrap();
        let risk = entries[0].key.span;
        assert_eq!(line(places.of(risk, "risk")), Some(2));
        assert_eq!(line(places.of(risk, "impact.cost")), Some(4));
        assert_eq!(line(places.of(risk, "owner")), None);
        assert_eq!(line(places.of(risk, "actions")), Some(6));
        let actions = &entries[0].value.entries().unwrap()[3].value;
        let NodeKind::List(items) = &actions.kind else { panic!("a list") };
        assert_eq!(line(places.of(first_line(&items[0]), "due")), Some(8));
        assert_eq!(line(places.of(risk, "impact.time")), None);
    }
}
