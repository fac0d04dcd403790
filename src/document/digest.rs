//! The digest of a document's content, so that ink or an electronic signature refers to exactly this text.

use std::fmt::Write as _;

use serde::Serialize;
use serde_json::Value;
use sha2::{Digest as _, Sha256};

/// Digits that are printed: enough that nobody finds two texts with the same, few enough to be compared by eye.
const PRINTED: usize = 12;

/// The first twelve digits of the SHA-256 over the words and figures of a view, one a line, in order.
///
/// Links, classes, anchors, drawings and the tree of prose beside its HTML are left out: they change with the pages around a document, not with what it
/// says. The data beneath a chart count.
///
/// # Panics
/// Never for a view of plain fields; a map with keys that are not text would be our bug.
#[must_use]
pub fn of<View: Serialize>(view: &View) -> String {
    let value = serde_json::to_value(view).expect("a view is plain data with text keys");
    let mut words = String::new();
    collect(&value, &mut words);
    of_text(&words)
}

/// The first twelve digits of the SHA-256 of a text.
#[must_use]
pub fn of_text(text: &str) -> String {
    let digest = Sha256::digest(text.as_bytes());
    let mut digits = String::with_capacity(digest.len() * 2);
    for byte in digest {
        write!(digits, "{byte:02x}").expect("writing to memory does not fail");
    }
    digits.truncate(PRINTED);
    digits
}

/// Keys of a view that say how and where, not what.
const NOT_CONTENT: &[&str] =
    &["href", "class", "state_class", "id", "anchor", "svg", "name", "numeric", "place", "explained", "tree"];

fn collect(value: &Value, words: &mut String) {
    match value {
        Value::Null => {}
        Value::Bool(_) | Value::Number(_) => {
            words.push_str(&value.to_string());
            words.push('\n');
        }
        Value::String(text) => {
            words.push_str(text);
            words.push('\n');
        }
        Value::Array(list) => list.iter().for_each(|entry| collect(entry, words)),
        Value::Object(map) => {
            for (_, entry) in map.iter().filter(|(key, _)| !NOT_CONTENT.contains(&key.as_str())) {
                collect(entry, words);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn what_is_said_counts_and_where_it_leads_does_not() {
        let said = json!({"text": "Accepted", "href": "../raid.html", "class": "bad"});
        let moved = json!({"text": "Accepted", "href": "raid.html", "class": null});
        let other = json!({"text": "Not accepted", "href": "../raid.html", "class": "bad"});
        assert_eq!(of(&said), of(&moved));
        assert_ne!(of(&said), of(&other));
    }

    #[test]
    fn the_digest_is_that_of_any_archive_tool() {
        // printf 'abc' | sha256sum
        assert_eq!(of_text("abc"), "ba7816bf8f01");
    }
}
