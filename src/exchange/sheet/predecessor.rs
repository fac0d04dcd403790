//! What a task waits for, in the notation of MS Project: `3FS+2d;5`, in German `3EA+2t`, by the clock `3EA+2ft`.

use crate::exchange::plan::{Lag, LinkKind, Unit};
use crate::exchange::quantity::{Mark, length, number, unit};

/// One part of a cell: who is waited for, which ends are tied, and the time between them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Waits<'a> {
    pub(super) key: &'a str,
    pub(super) kind: LinkKind,
    pub(super) lag: Lag,
    /// What stands behind the key and is not understood.
    pub(super) strange: Option<Strange<'a>>,
}

/// What stands behind a key and is not understood.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Strange<'a> {
    /// Letters that are no kind of link.
    Kind(&'a str),
    /// A lag, without its plus; the kind before it is understood.
    Lag(&'a str),
}

/// The kinds of links by their letters, in English and German (Ende, Anfang).
const KINDS: [(&str, LinkKind); 8] = [
    ("FS", LinkKind::FinishStart),
    ("SS", LinkKind::StartStart),
    ("FF", LinkKind::FinishFinish),
    ("SF", LinkKind::StartFinish),
    ("EA", LinkKind::FinishStart),
    ("AA", LinkKind::StartStart),
    ("EE", LinkKind::FinishFinish),
    ("AE", LinkKind::StartFinish),
];

/// The parts of a cell; between them stand semicolons, commas or ends of lines.
pub(super) fn parts(text: &str, mark: Mark) -> Vec<&str> {
    // A comma is no end where semicolons are.
    let has_other = mark == Mark::Comma && text.contains(';');
    let is_end = |(at, letter): (usize, char)| match letter {
        ';' | '\n' => true,
        ',' => !has_other && !is_in_lag(&text[..at], &text[at + 1..]),
        _ => false,
    };
    let mut parts = Vec::new();
    let mut begin = 0;
    for (at, _) in text.char_indices().filter(|place| is_end(*place)) {
        parts.push(&text[begin..at]);
        begin = at + 1;
    }
    parts.push(&text[begin..]);
    parts.into_iter().map(str::trim).filter(|part| !part.is_empty()).collect()
}

/// Whether a comma stands inside the number of a lag, as in `8EA+1,5t`: a sign and digits before it, digits and a unit behind it.
/// `8EA+1t,5` and `8EA+1,5` are two parts each.
fn is_in_lag(before: &str, behind: &str) -> bool {
    let digits = |letter: char| letter.is_ascii_digit();
    let whole = before.trim_end_matches(digits);
    let rest = behind.trim_start_matches(digits);
    let is_number = whole.len() < before.len() && rest.len() < behind.len();
    let rest = rest.trim_start();
    let word = rest.find(|letter: char| !letter.is_alphabetic()).map_or(rest, |end| &rest[..end]);
    is_number
        && whole.trim_end().ends_with(['+', '-', '−'])
        && (rest.starts_with('%') || unit(word).is_some())
}

/// Reads a part: the longest beginning that is known, then a kind and a lag. Where those are not understood the link to what is
/// known stays, if what follows can be nothing else: two letters or a sign before a number. None where no beginning is known.
pub(super) fn read(part: &str, mark: Mark, is_known: impl Fn(&str) -> bool) -> Option<Waits<'_>> {
    let ends = part.char_indices().map(|(at, letter)| at + letter.len_utf8()).collect::<Vec<_>>();
    // Keys are short; a text of a page's length is none.
    let known = ends.into_iter().rev().take(400).map(|end| part.split_at(end));
    let known: Vec<(&str, &str)> =
        known.filter(|(key, _)| !key.trim().is_empty() && is_known(key.trim())).collect();
    let understood = known.iter().find_map(|(key, rest)| {
        let (kind, lag) = tail(rest.trim(), mark)?;
        Some(Waits { key: key.trim(), kind, lag, strange: None })
    });
    understood.or_else(|| {
        known.iter().find_map(|(key, rest)| {
            let (kind, strange) = strange(key, rest)?;
            Some(Waits { key: key.trim(), kind, lag: Lag::Working(0, Unit::Day), strange: Some(strange) })
        })
    })
}

/// The kind of link at the beginning of a text, and what follows.
fn kind_of(text: &str) -> Option<(LinkKind, &str)> {
    let letters = text.get(..2)?.to_ascii_uppercase();
    KINDS.iter().find(|(own, _)| *own == letters).map(|(_, kind)| (*kind, text[2..].trim()))
}

/// What of a text behind a key is not understood; none where the key may go on in it.
fn strange<'a>(key: &str, rest: &'a str) -> Option<(LinkKind, Strange<'a>)> {
    let is_joined = key.ends_with(char::is_alphabetic) && rest.starts_with(char::is_alphabetic);
    let rest = rest.trim();
    let is_lag = |text: &str| {
        let unsigned = text.strip_prefix(['+', '-', '−']).map(str::trim_start);
        unsigned.is_some_and(|unsigned| unsigned.starts_with(|letter: char| letter.is_ascii_digit()))
    };
    if is_lag(rest) {
        return Some((LinkKind::FinishStart, Strange::Lag(rest.trim_start_matches('+').trim_start())));
    }
    if is_joined {
        return None;
    }
    if let Some((kind, lag)) = kind_of(rest) {
        let is_word = lag.starts_with(char::is_alphabetic) && !rest[2..].starts_with(' ');
        return (!is_word).then(|| (kind, Strange::Lag(lag.trim_start_matches('+').trim_start())));
    }
    let n_letters = rest.chars().take_while(|letter| letter.is_alphabetic()).count();
    let after = rest.trim_start_matches(char::is_alphabetic).trim();
    (n_letters == 2 && (after.is_empty() || is_lag(after)))
        .then_some((LinkKind::FinishStart, Strange::Kind(rest)))
}

/// A kind and a lag, both of which may be missing.
fn tail(text: &str, mark: Mark) -> Option<(LinkKind, Lag)> {
    let none = Lag::Working(0, Unit::Day);
    let (kind, rest) = kind_of(text).unwrap_or((LinkKind::FinishStart, text));
    if rest.is_empty() {
        return Some((kind, none));
    }
    if !rest.starts_with(['+', '-', '−']) {
        return None;
    }
    // A cell of its own may show another mark than the rest of the table.
    let other = if mark == Mark::Comma { Mark::Point } else { Mark::Comma };
    if let Some(share) = rest.strip_suffix('%') {
        let percent = number(share, mark).or_else(|| number(share, other))?;
        return (percent % 10_000 == 0)
            .then_some((kind, Lag::Share { percent: percent / 10_000, is_elapsed: false }));
    }
    let typed = length(rest, mark, Unit::Day).or_else(|| length(rest, other, Unit::Day))?;
    let lag = if typed.is_elapsed {
        Lag::Elapsed(typed.minutes, typed.unit)
    } else {
        Lag::Working(typed.minutes, typed.unit)
    };
    Some((kind, lag))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_notation_of_ms_project_is_read() {
        let known = |key: &str| ["3", "5", "T-01", "Design"].contains(&key);
        let one = |text| read(text, Mark::Point, known).map(|waits| (waits.key, waits.kind, waits.lag));
        let days = |n: i64| Lag::Working(n * 480, Unit::Day);
        assert_eq!(one("3"), Some(("3", LinkKind::FinishStart, days(0))));
        assert_eq!(one("3FS+2d"), Some(("3", LinkKind::FinishStart, days(2))));
        assert_eq!(one("5SS-1 day"), Some(("5", LinkKind::StartStart, days(-1))));
        assert_eq!(one("3EA+2t"), Some(("3", LinkKind::FinishStart, days(2))));
        assert_eq!(one("5 AA"), Some(("5", LinkKind::StartStart, days(0))));
        assert_eq!(
            one("T-01FF+50%"),
            Some(("T-01", LinkKind::FinishFinish, Lag::Share { percent: 50, is_elapsed: false }))
        );
        assert_eq!(one("3+10ed"), Some(("3", LinkKind::FinishStart, Lag::Elapsed(14_400, Unit::Day))));
        assert_eq!(one("Design"), Some(("Design", LinkKind::FinishStart, days(0))));
        assert_eq!(one("33"), None);
        assert_eq!(one("3EA+2ft"), Some(("3", LinkKind::FinishStart, Lag::Elapsed(2_880, Unit::Day))));
        assert_eq!(one("5AA+3fStd"), Some(("5", LinkKind::StartStart, Lag::Elapsed(180, Unit::Hour))));
        assert_eq!(parts("3FS+2d;5, 7", Mark::Point), ["3FS+2d", "5", "7"]);
        assert_eq!(parts("3EA+1,5t;5", Mark::Comma), ["3EA+1,5t", "5"]);
    }

    #[test]
    fn a_comma_in_the_number_of_a_lag_parts_nothing() {
        for mark in [Mark::Comma, Mark::Point] {
            for (text, expected) in [
                ("8EA+1,5t", vec!["8EA+1,5t"]),
                ("8EA-2,25 Tage,5", vec!["8EA-2,25 Tage", "5"]),
                ("5,8EA+1,5t", vec!["5", "8EA+1,5t"]),
                ("8EA+12,5%", vec!["8EA+12,5%"]),
                // The digits behind it are another task.
                ("8EA+1t,5", vec!["8EA+1t", "5"]),
                ("8EA+1,5", vec!["8EA+1", "5"]),
                ("8EA+1,5EA", vec!["8EA+1", "5EA"]),
                ("8,5t", vec!["8", "5t"]),
                (",", vec![]),
            ] {
                assert_eq!(parts(text, mark), expected, "{text}");
            }
            let waits = read("8EA+1,5t", mark, |key| key == "8").unwrap();
            assert_eq!((waits.lag, waits.strange), (Lag::Working(720, Unit::Day), None));
        }
    }

    #[test]
    fn a_row_stays_known_where_its_lag_is_not() {
        let known = |key: &str| ["3", "T-01", "Design"].contains(&key);
        let one = |text| read(text, Mark::Point, known).map(|waits| (waits.key, waits.kind, waits.strange));
        assert_eq!(one("3EE+2x"), Some(("3", LinkKind::FinishFinish, Some(Strange::Lag("2x")))));
        assert_eq!(one("3 - 2x"), Some(("3", LinkKind::FinishStart, Some(Strange::Lag("- 2x")))));
        assert_eq!(one("3XY"), Some(("3", LinkKind::FinishStart, Some(Strange::Kind("XY")))));
        assert_eq!(one("T-01 xy+2d"), Some(("T-01", LinkKind::FinishStart, Some(Strange::Kind("xy+2d")))));
        // What may be another key is no link.
        for other in ["33", "3a", "T-01b", "Designer", "Design phase", "Design-review", "Design fast", "7XY"]
        {
            assert_eq!(one(other), None, "{other}");
        }
    }
}
