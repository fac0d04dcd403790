//! The words, values and signs of a statement, each with its place in the text.

use std::ops::Range;

use crate::statement::{Fault, FaultKind, Sign};

/// A word, value or sign.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Token {
    /// What it is.
    pub kind: TokenKind,
    /// Where in the text, in bytes.
    pub range: Range<usize>,
}

/// What a token is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum TokenKind {
    /// A name or a keyword.
    Word,
    /// A number with its unit, a sum of money, a day.
    Value,
    /// A comparison.
    Sign(Sign),
    /// `(`
    Open,
    /// `)`
    Close,
    /// `,`
    Comma,
}

/// Signs that people write for ours, with what to write.
const OTHER_SIGNS: [(&str, &str); 11] = [
    ("&&", "and"),
    ("||", "or"),
    ("=<", "<="),
    ("=>", ">="),
    ("<>", "!="),
    ("≤", "<="),
    ("≥", ">="),
    ("≠", "!="),
    ("=", "=="),
    ("!", "not"),
    ("&", "and"),
];

/// Cuts a text into tokens. What is none is a fault; the rest is cut all the same.
pub(super) fn tokens(text: &str) -> (Vec<Token>, Vec<Fault>) {
    let (mut tokens, mut faults) = (Vec::new(), Vec::new());
    let mut at = 0;
    while let Some(rest) = text.get(at..).filter(|rest| !rest.is_empty()) {
        let first = rest.chars().next().unwrap_or_default();
        if first.is_whitespace() {
            at += first.len_utf8();
            continue;
        }
        let (length, kind) = match token(rest, first) {
            Some((length, kind)) => (length, Some(kind)),
            None => foreign(rest, first, at, &mut faults),
        };
        if let Some(kind) = kind {
            tokens.push(Token { kind, range: at..at + length });
        }
        at += length;
    }
    (tokens, faults)
}

fn token(rest: &str, first: char) -> Option<(usize, TokenKind)> {
    let of_value = value_length(rest);
    if of_value > 0 {
        return Some((of_value, TokenKind::Value));
    }
    if first.is_alphabetic() || first == '_' {
        return Some((word_length(rest), TokenKind::Word));
    }
    match first {
        '(' => return Some((1, TokenKind::Open)),
        ')' => return Some((1, TokenKind::Close)),
        ',' => return Some((1, TokenKind::Comma)),
        _ => {}
    }
    if OTHER_SIGNS.iter().any(|(other, _)| other.len() == 2 && rest.starts_with(other)) {
        return None;
    }
    let sign = Sign::ALL.into_iter().find(|sign| rest.starts_with(sign.text()))?;
    Some((sign.text().len(), TokenKind::Sign(sign)))
}

/// Reports what is no token, and says how long it is and which sign is meant, so that the rest of the comparison is read with it.
fn foreign(rest: &str, first: char, at: usize, faults: &mut Vec<Fault>) -> (usize, Option<TokenKind>) {
    let known = OTHER_SIGNS.iter().find(|(other, _)| rest.starts_with(other));
    let length = known.map_or(first.len_utf8(), |(other, _)| other.len());
    let written = rest.get(..length).unwrap_or_default();
    let fault =
        Fault::new(FaultKind::Form, at..at + length, format!("`{written}` has no meaning in a statement"));
    faults.push(match known {
        Some((_, ours)) => fault.hint(format!("write `{ours}`")),
        None => fault
            .hint("write names, values, `<=`, `>=`, `<`, `>`, `==`, `!=`, `and`, `or`, `not` and brackets"),
    });
    let meant = known.and_then(|(_, ours)| Sign::ALL.into_iter().find(|sign| sign.text() == *ours));
    (length, meant.map(TokenKind::Sign))
}

/// How long the word is that a text begins with. A hyphen and a point belong to it where a letter follows.
fn word_length(rest: &str) -> usize {
    let mut letters = rest.char_indices().peekable();
    while let Some((place, letter)) = letters.next() {
        let is_joint =
            matches!(letter, '-' | '.') && letters.peek().is_some_and(|(_, next)| next.is_alphabetic());
        if !(letter.is_alphanumeric() || letter == '_' || is_joint) {
            return place;
        }
    }
    rest.len()
}

/// How long the value is that a text begins with; 0 where it begins with none. A value is a number with a unit right behind
/// it (`10d`, `90%`), a sum with its currency after a space (`5_000 EUR`), or a day (`2026-12-18`).
fn value_length(rest: &str) -> usize {
    let unsigned = rest.strip_prefix('-').unwrap_or(rest);
    if !unsigned.starts_with(|letter: char| letter.is_ascii_digit()) {
        return 0;
    }
    let mut length = rest.len() - unsigned.len();
    for (place, letter) in unsigned.char_indices() {
        let next = unsigned.get(place + letter.len_utf8()..).and_then(|rest| rest.chars().next());
        let is_inside =
            matches!(letter, '_' | '.' | ',' | '-') && next.is_some_and(|next| next.is_ascii_digit());
        if !(letter.is_ascii_alphanumeric() || letter == '%' || is_inside) {
            break;
        }
        length += letter.len_utf8();
    }
    length + currency_length(rest.get(length..).unwrap_or_default())
}

/// How long the currency is that follows a number, with the space before it; 0 where none follows.
fn currency_length(rest: &str) -> usize {
    let code = rest.trim_start_matches([' ', '\u{a0}']);
    let letters: String =
        code.chars().take_while(|letter| letter.is_alphanumeric() || *letter == '_').collect();
    let is_code = letters.len() == 3 && letters.bytes().all(|letter| letter.is_ascii_uppercase());
    let spaces = rest.len() - code.len();
    if is_code && spaces > 0 { spaces + 3 } else { 0 }
}
