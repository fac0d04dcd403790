//! The digest of what a file says, whatever it looks like: for records that are frozen and must not be edited.
//!
//! Comes in: a tree. Goes out: SHA-256 over its keys and values. Comments, the order of keys, indentation, quotes and the
//! underscores that group digits make no difference.

use std::fmt::Write as _;

use sha2::{Digest as _, Sha256};

use super::node::{Entry, Node, NodeKind};

/// The key under which a frozen record keeps its digest; it is left out of what is digested.
pub const DIGEST_KEY: &str = "digest";

/// The digest of a frozen record, `sha256:` and 64 hexadecimal digits.
#[must_use]
pub fn digest_of(record: &Node) -> String {
    let mut text = String::new();
    match &record.kind {
        NodeKind::Map(entries) => {
            write_map(entries.iter().filter(|entry| entry.key.value != DIGEST_KEY), &mut text);
        }
        _ => write_node(record, &mut text),
    }
    Sha256::digest(text.as_bytes()).iter().fold("sha256:".to_owned(), |mut digits, byte| {
        // Writing to memory does not fail.
        let _ = write!(digits, "{byte:02x}");
        digits
    })
}

/// Writes a value so that no two different values give the same text: lengths stand before texts.
fn write_node(node: &Node, text: &mut String) {
    match &node.kind {
        NodeKind::Empty => text.push('~'),
        NodeKind::Scalar { text: written, .. } => write_scalar(written, text),
        NodeKind::List(items) => {
            text.push('[');
            for item in items {
                write_node(item, text);
            }
            text.push(']');
        }
        NodeKind::Map(entries) => write_map(entries.iter(), text),
    }
}

fn write_map<'a>(entries: impl Iterator<Item = &'a Entry>, text: &mut String) {
    let mut entries: Vec<&Entry> = entries.collect();
    entries.sort_by(|first, second| first.key.value.cmp(&second.key.value));
    text.push('{');
    for entry in entries {
        write_scalar(&entry.key.value, text);
        write_node(&entry.value, text);
    }
    text.push('}');
}

fn write_scalar(written: &str, text: &mut String) {
    let trimmed = written.trim();
    let is_number = trimmed.trim_start_matches('-').starts_with(|first: char| first.is_ascii_digit());
    let value = if is_number { trimmed.replace('_', "") } else { trimmed.to_owned() };
    let _ = write!(text, "{}:{value}", value.len());
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::{Diagnostics, FileId};
    use crate::source::yaml;

    fn digest(text: &str) -> String {
        digest_of(&yaml::parse(FileId(0), text, &mut Diagnostics::default()).unwrap())
    }

    #[test]
    fn looks_make_no_difference_and_values_do() {
        let frozen =
            digest("baseline: B1\nbac: 98_432 EUR\ntasks:\n  a: {start: 2026-08-03, budget: 1_000 EUR}\n");
        let tidied = "# a note\nbac: \"98432 EUR\"   # sum\ntasks:\n    a:\n      budget: 1000 EUR\n      start: 2026-08-03\nbaseline: B1\n";
        assert_eq!(digest(tidied), frozen);
        assert_eq!(digest(&format!("digest: sha256:00\n{tidied}")), frozen);
        for (from, to) in [("98432", "98433"), ("03", "04"), ("a:", "b:"), ("B1", "B2"), ("EUR\n", "CHF\n")] {
            assert_ne!(digest(&tidied.replacen(from, to, 1)), frozen, "{from} -> {to}");
        }
        assert_ne!(digest("a: [b, c]"), digest("a: [c, b]"));
        assert_ne!(digest("a: [b, c]"), digest("a: [bc]"));
        assert_ne!(digest("a: {b: c}"), digest("a: [b, c]"));
    }

    #[test]
    fn the_digest_is_that_of_any_tool_over_the_canonical_text() {
        // printf '{1:a1:b}' | sha256sum
        assert_eq!(digest("a: b"), "sha256:54e4c749ea912e03dbab2499e3404ee2c438ecfddbed96e8a5621443c52379ce");
    }
}
