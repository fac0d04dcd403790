//! The digest of a document's content, so that ink or an electronic signature refers to exactly this text.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use serde::Serialize;
use sha2::{Digest as _, Sha256};

use crate::document::wording::{value_of, words_of};

/// Digits that are printed: enough that nobody finds two texts with the same, few enough to be compared by eye.
const PRINTED: usize = 12;

/// The SHA-256 over the words and figures of a view, one a line, in order, in 64 hexadecimal digits.
///
/// Links, lines of files, classes, anchors and drawings are left out: they change with the pages around a document, not with what it
/// says. Of authors' text the words count, not the HTML made of it. The data beneath a chart count.
#[must_use]
pub fn whole<View: Serialize>(view: &View) -> String {
    digits(words_of(&value_of(view)).as_bytes())
}

/// The first twelve digits of the SHA-256 of a text.
#[must_use]
pub fn of_text(text: &str) -> String {
    printed(&digits(text.as_bytes()))
}

/// Digits that tell one line from the others of its file.
const OF_A_LINE: usize = 6;

/// So many digests of lines stand on one line of a record.
const IN_A_ROW: usize = 16;

/// The first six digits of the SHA-256 of a line, without the spaces around it; none where nothing else stands on it.
#[must_use]
pub fn of_line(line: &str) -> Option<String> {
    let line = line.trim();
    (!line.is_empty()).then(|| digits(line.as_bytes()).chars().take(OF_A_LINE).collect())
}

/// The digests of the lines of a text, each once and in the order of their digits, sixteen in a row. The order of the lines is not
/// told by them: a line that moves is no other line.
#[must_use]
pub fn of_lines(text: &str) -> String {
    let all: BTreeSet<String> = text.lines().filter_map(of_line).collect();
    let all: Vec<String> = all.into_iter().collect();
    all.chunks(IN_A_ROW).map(|row| row.join(" ")).collect::<Vec<_>>().join("\n")
}

/// The digits of a digest that are printed.
#[must_use]
pub fn printed(digest: &str) -> String {
    digest.chars().take(PRINTED).collect()
}

/// The SHA-256 of some bytes in 64 hexadecimal digits.
#[must_use]
pub fn digits(bytes: &[u8]) -> String {
    let digest = Sha256::digest(bytes);
    let mut digits = String::with_capacity(digest.len() * 2);
    for byte in digest {
        // Writing to memory does not fail.
        let _ = write!(digits, "{byte:02x}");
    }
    digits
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
        assert_eq!(whole(&said), whole(&moved));
        assert_ne!(whole(&said), whole(&other));
    }

    #[test]
    fn of_lines_those_that_say_something_are_told_apart_wherever_they_stand() {
        assert_eq!(of_line(" \t"), None);
        assert_eq!(of_line("  abc "), Some("ba7816".to_owned()));
        assert_eq!(of_lines("abc\n\n  abc\n"), "ba7816");
        assert_eq!(of_lines("one\ntwo\n"), of_lines("two\none"));
        let many: String = (0..17).map(|number| number.to_string()).collect::<Vec<_>>().join("\n");
        assert_eq!(of_lines(&many).lines().count(), 2);
    }

    #[test]
    fn the_digest_is_that_of_any_archive_tool() {
        // printf 'abc' | sha256sum
        assert_eq!(of_text("abc"), "ba7816bf8f01");
    }
}
