//! Fields that stand in a record and are those of another.

use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::record::decode::{RecordFormat, article, likely_fields};
use crate::record::rule::UNKNOWN_FIELD;
use crate::record::slip::{is_near_audience, is_rest_of_money, meant_field, name_here};
use crate::source::node::Entry;

/// Reports in one finding that several fields stand in a record and none of them is one of its fields: they are most likely those of
/// another, whose key is missing above them.
pub(super) fn are_of_another(entries: &[Entry], format: &RecordFormat, found: &mut Diagnostics) -> bool {
    let is_strange = |entry: &Entry| {
        let name = entry.key.value.as_str();
        !format.computed.iter().any(|(computed, _)| *computed == name)
            && !is_near_audience(name)
            && name_here(name).is_none()
            && !is_rest_of_money(name)
            && meant_field(&entry.key, format) == Some("")
    };
    let [first, second, rest @ ..] = entries else { return false };
    if !entries.iter().all(is_strange) {
        return false;
    }
    let (first, second) = (&first.key, &second.key);
    let names = match rest.len() {
        0 => format!("`{}` and `{}`", first.value, second.value),
        more => format!("`{}`, `{}` and {more} more", first.value, second.value),
    };
    found.push(
        Diagnostic::new(
            &UNKNOWN_FIELD,
            first.span,
            format!("{} {} has no fields {names}", article(format.noun), format.noun),
        )
        .hint("write above it the key that they belong to, if one is missing")
        .hint(format!("use {}", likely_fields(format.fields))),
    );
    true
}
