//! What a slip of the pen was meant to be, and which part of a text it is in.
//!
//! Comes in: what stands in a file and what was expected there. Goes out: what was meant. Not here: the messages.

use crate::diagnostic::spelling::did_you_mean;
use crate::diagnostic::{Span, Spanned};
use crate::quantity::Audience;
use crate::record::decode::RecordFormat;
use crate::source::node::{Entry, Node, NodeKind};

/// The text that was meant where a colon made a mapping of it: `New: name`.
pub(super) fn text_with_colon(node: &Node) -> Option<String> {
    let NodeKind::Map(entries) = &node.kind else { return None };
    let [entry] = entries.as_slice() else { return None };
    let text = entry.value.text().filter(|text| !text.contains('"'))?;
    Some(format!("{}: {}", entry.key.value, text.trim()))
}

/// Where a part of a text stands, when the text stands in the file as it is read.
pub(super) fn part_of(span: Span, text: &str, part: &str) -> Option<Span> {
    let is_as_written = usize::try_from(span.end.checked_sub(span.start)?).ok()? == text.len();
    let at = text.find(part).filter(|_| is_as_written && !part.is_empty() && part != text)?;
    let start = span.start + u32::try_from(at).ok()?;
    Some(Span { start, end: start + u32::try_from(part.len()).ok()?, ..span })
}

/// The field that a key is a slip of; empty where nothing is near, none where the record has
/// the key.
pub(super) fn meant_field(key: &Spanned<String>, format: &RecordFormat) -> Option<&'static str> {
    let name = key.value.as_str();
    let is_known = format.fields.iter().any(|field| field.name == name);
    let is_computed = format.computed.iter().any(|(computed, _)| *computed == name);
    if is_known || is_computed {
        return None;
    }
    let names = || format.fields.iter().map(|field| field.name);
    let in_front = glued(name).and_then(|(name, _)| names().find(|field| *field == name));
    Some(in_front.or_else(|| did_you_mean(name, names())).unwrap_or_default())
}

/// A key and what is glued to its colon, as in `earned_value:50/50` or `developer:{rate`; not an address such as `https://…`.
pub(super) fn glued(key: &str) -> Option<(&str, &str)> {
    let (name, rest) = key.split_once(':')?;
    let is_name =
        !name.is_empty() && name.chars().all(|letter| letter.is_alphanumeric() || "-_".contains(letter));
    let is_glued = !rest.starts_with("//") && rest.starts_with(|next: char| !next.is_whitespace());
    (is_name && is_glued).then_some((name, rest))
}

/// The field that says who may read an entry.
pub(super) const AUDIENCE: &str = "audience";

/// Says whether a key is `audience`, or near enough to be meant for it; between braces `audience:restricted` is a key as a whole.
pub(super) fn is_near_audience(key: &str) -> bool {
    let word = key.trim().split([':', '=', ' ', '\t']).next().unwrap_or_default();
    did_you_mean(word, [AUDIENCE]).is_some()
}

/// Says whether something that narrows its readers stands in a record that takes an audience, and is none that can be read: a
/// key with nothing behind it, or the word of an audience behind a key that is none of the record.
pub(super) fn is_lost_audience(entry: &Entry, format: &RecordFormat) -> bool {
    let name = entry.key.value.as_str();
    let has = |name: &str| format.fields.iter().any(|field| field.name == name);
    let narrows = |text: &str| text.trim().parse().is_ok_and(|level: Audience| level != Audience::Public);
    has(AUDIENCE)
        && if name == AUDIENCE {
            entry.value.kind == NodeKind::Empty
        } else {
            !has(name) && (is_near_audience(name) || entry.value.text().is_some_and(narrows))
        }
}

/// What is left of `12,500 EUR` between braces: `500 EUR`.
pub(super) fn is_rest_of_money(key: &str) -> bool {
    key.split_once(' ').is_some_and(|(number, currency)| {
        number.len() <= 6
            && number.starts_with(|c: char| c.is_ascii_digit())
            && currency.len() == 3
            && currency.bytes().all(|byte| byte.is_ascii_uppercase())
    })
}

/// What MS Project and other planning programs call a field, and what it is called here.
const NAMED_OTHERWISE: &[(&str, &str)] = &[
    ("start_no_earlier_than", "starts_not_before"),
    ("start_no_later_than", "starts_not_after"),
    ("finish_no_earlier_than", "finishes_not_before"),
    ("finish_no_later_than", "finishes_not_after"),
    ("must_start_on", "must_start"),
    ("must_finish_on", "must_finish"),
    ("snet", "starts_not_before"),
    ("snlt", "starts_not_after"),
    ("fnet", "finishes_not_before"),
    ("fnlt", "finishes_not_after"),
    ("mso", "must_start"),
    ("mfo", "must_finish"),
    ("alap", "as_late_as_possible"),
    ("not_before", "starts_not_before"),
    ("predecessors", "after"),
    ("predecessor", "after"),
    ("depends_on", "after"),
    ("resources", "assign"),
    ("resource", "assign"),
    ("resource_names", "assign"),
    ("work", "effort"),
    ("name", "project"),
    ("title", "project"),
    ("leader", "project_manager"),
    ("lead", "project_manager"),
    ("pm", "project_manager"),
];

/// The field that other programs call by a name, however its words are joined.
pub(super) fn name_here(name: &str) -> Option<&'static str> {
    let name = name.to_lowercase().replace([' ', '-'], "_");
    NAMED_OTHERWISE.iter().find(|(other, _)| *other == name).map(|(_, here)| *here)
}
