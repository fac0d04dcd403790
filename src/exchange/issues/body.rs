//! What the text of an issue says about others: `blocked by #12`, `depends on #12`, `blocks #14`, and lists of tasks.

use std::collections::BTreeSet;

/// What was found in a text.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Body {
    /// Issues that come first.
    pub(super) waits_for: BTreeSet<i64>,
    /// Issues that come after it.
    pub(super) blocks: BTreeSet<i64>,
    /// Items of its lists of tasks that are no issues, and how many of them are ticked.
    pub(super) n_items: i64,
    pub(super) n_ticked: i64,
}

/// Words before the number of an issue that comes first.
const FIRST: [&str; 5] = ["blocked by", "depends on", "waits for", "blockiert durch", "wartet auf"];

/// Words before the number of an issue that comes after.
const AFTER: [&str; 2] = ["blocks", "blockiert"];

/// Reads a text; what stands in code or in comments or is quoted does not count.
pub(super) fn read(text: &str) -> Body {
    let mut body = Body::default();
    let (mut is_code, mut is_comment) = (false, false);
    for line in text.lines() {
        let line = line.trim();
        if !is_comment && (line.starts_with("```") || line.starts_with("~~~")) {
            is_code = !is_code;
            continue;
        }
        if is_code || (line.starts_with('>') && !is_comment) {
            continue;
        }
        let line = without_comments(line, &mut is_comment);
        let line = line.trim();
        if let Some((is_ticked, rest)) = item(line) {
            if let Some((number, _)) = reference(rest) {
                body.waits_for.insert(number);
            } else {
                body.n_items += 1;
                body.n_ticked += i64::from(is_ticked);
            }
        }
        let lower = line.to_lowercase();
        for word in FIRST {
            collect(&lower, word, &mut body.waits_for);
        }
        for word in AFTER {
            collect(&lower, word, &mut body.blocks);
        }
    }
    // "Blocked by" holds no "blocks", but "blockiert durch" holds "blockiert".
    let waits_for = &body.waits_for;
    body.blocks.retain(|number| !waits_for.contains(number));
    body
}

/// A line without code and comments; whether a comment goes on behind it is noted.
fn without_comments(line: &str, is_comment: &mut bool) -> String {
    let mut text = String::new();
    let mut rest = line.to_owned();
    loop {
        if *is_comment {
            let Some(end) = rest.find("-->") else { return text };
            *is_comment = false;
            rest = rest.split_off(end + "-->".len());
        }
        rest = without_code(&rest);
        let Some(begin) = rest.find("<!--") else { return text + &rest };
        // What stood there parts what is around it.
        text = format!("{text}{} ", &rest[..begin]);
        rest = rest.split_off(begin + "<!--".len());
        *is_comment = true;
    }
}

/// A line without what stands between backticks; those without a partner are text.
fn without_code(line: &str) -> String {
    let mut text = String::with_capacity(line.len());
    let mut rest = line;
    while let Some(at) = rest.find('`') {
        let (before, opened) = rest.split_at(at);
        let width = opened.len() - opened.trim_start_matches('`').len();
        let inside = &opened[width..];
        text.push_str(before);
        if let Some(end) = end_of_code(inside, width) {
            // What stood there parts what is around it.
            text.push('`');
            rest = &inside[end..];
        } else {
            text.push_str(&opened[..width]);
            rest = inside;
        }
    }
    text.push_str(rest);
    text
}

/// Where code ends that so many backticks have begun, behind those that close it.
fn end_of_code(text: &str, width: usize) -> Option<usize> {
    let mut at = 0;
    while let Some(found) = text[at..].find('`') {
        let start = at + found;
        let length = text[start..].len() - text[start..].trim_start_matches('`').len();
        at = start + length;
        if length == width {
            return Some(at);
        }
    }
    None
}

/// An item of a list of tasks: `- [x] …`.
fn item(line: &str) -> Option<(bool, &str)> {
    let rest = line.strip_prefix(['-', '*', '+'])?.trim_start().strip_prefix('[')?;
    let mark = rest.chars().next().filter(|mark| matches!(mark, ' ' | 'x' | 'X'))?;
    let rest = rest[mark.len_utf8()..].strip_prefix(']')?;
    Some((mark != ' ', rest.trim_start()))
}

/// The numbers behind each place of a word, unless it is said not to be so: `blocked by #12, #13 and #14`.
fn collect(line: &str, word: &str, numbers: &mut BTreeSet<i64>) {
    for (at, _) in line.match_indices(word).filter(|(at, _)| !is_denied(&line[..*at])) {
        let mut rest = line[at + word.len()..].trim_start_matches([':', ' ', '*', '_']);
        while let Some((number, after)) = reference(rest) {
            numbers.insert(number);
            let next = after.trim_start_matches([',', ' ', '&']);
            rest =
                next.strip_prefix("and ").or_else(|| next.strip_prefix("und ")).unwrap_or(next).trim_start();
            if !rest.starts_with('#') && !rest.starts_with("http") {
                break;
            }
        }
    }
}

/// Whether what stands before a word denies it, or is a part of it: `not blocked by`, `no longer blocked by`, `unblocked by`.
fn is_denied(before: &str) -> bool {
    if before.ends_with(char::is_alphabetic) {
        return true;
    }
    let before = before.trim_end_matches([' ', '*', '_', '`']);
    let mut words =
        before.rsplit(char::is_whitespace).map(|word| word.trim_matches(['*', '_', '`', '(', '~']));
    let is_no = |word: &str| {
        matches!(word, "not" | "never" | "nicht") || word.ends_with("n't") || word.ends_with("n’t")
    };
    let last = words.next().unwrap_or_default();
    let is_between = matches!(last, "longer" | "more" | "anymore" | "yet" | "currently" | "mehr");
    is_no(last) || (is_between && words.next().is_some_and(|word| word == "no" || is_no(word)))
}

/// A reference to an issue at the beginning of a text, `#12` or its address, and what follows.
fn reference(text: &str) -> Option<(i64, &str)> {
    let digits = if let Some(digits) = text.strip_prefix('#') {
        digits
    } else {
        let address = &text[..text.find(char::is_whitespace).unwrap_or(text.len())];
        let number = address.find("/issues/").filter(|_| text.starts_with("http"))?;
        &text[number + "/issues/".len()..]
    };
    let length = digits.find(|c: char| !c.is_ascii_digit()).unwrap_or(digits.len());
    let number = digits[..length].parse().ok()?;
    Some((number, &digits[length..]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_are_found_in_words_and_lists() {
        let body = read(
            "Blocked by #12, #13 and #14.\n\n- [ ] #7\n- [x] Write the text\n* [ ] Ask the board\n- [x] https://git.example/o/r/issues/9 done\n\n\
             Depends on: #3\nBlocks #20\n\n```\nblocked by #99\n```\nsee #5",
        );
        assert_eq!(body.waits_for, BTreeSet::from([3, 7, 9, 12, 13, 14]));
        assert_eq!(body.blocks, BTreeSet::from([20]));
        assert_eq!((body.n_items, body.n_ticked), (2, 1));
        assert_eq!(read("blockiert durch #4").waits_for, BTreeSet::from([4]));
        assert_eq!(read("blockiert durch #4").blocks, BTreeSet::new());
        assert_eq!(read("fixes #x, #"), Body::default());
    }

    #[test]
    fn what_is_code_or_quoted_is_no_link() {
        for text in [
            "`blocked by #4`",
            "> blocked by #5",
            "  > - [ ] #6",
            "write ``blocked by `x` #4`` there",
            "blocked by `#4`",
        ] {
            assert_eq!(read(text), Body::default(), "{text}");
        }
        for text in [
            "`x` is blocked by #2",
            "a ` alone, blocked by #2",
            "> no\n\nblocked by #2",
            "blocked by #2 (`#3`)",
        ] {
            assert_eq!(read(text).waits_for, BTreeSet::from([2]), "{text}");
        }
    }

    #[test]
    fn what_stands_in_a_comment_is_no_link() {
        for text in
            ["<!-- blocked by #1 -->", "<!--\nblocked by #1\n- [ ] #2\n```\n-->", "a <!-- > --> b <!-- `-->`"]
        {
            assert_eq!(read(text), Body::default(), "{text}");
        }
        for text in
            ["<!-- write here -->blocked by #2", "<!-- a\n`b` -->\n\nblocked by #2", "`<!--` blocked by #2"]
        {
            assert_eq!(read(text).waits_for, BTreeSet::from([2]), "{text}");
        }
    }

    #[test]
    fn what_is_denied_is_no_link() {
        for text in [
            "Not blocked by #2",
            "This is no longer blocked by #2.",
            "it **isn't** blocked by: #2",
            "unblocked by #2",
            "nicht mehr blockiert durch #2",
            "Does not depend on #2; no longer blocks #3",
        ] {
            assert_eq!(read(text), Body::default(), "{text}");
        }
        for text in ["It is not ready: blocked by #2", "No more news. Blocked by #2", "(blocked by #2)"] {
            assert_eq!(read(text).waits_for, BTreeSet::from([2]), "{text}");
        }
    }
}
