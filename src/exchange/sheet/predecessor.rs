//! What a task waits for, in the notation of MS Project: `3FS+2d;5`, in German `3EA+2t`.

use crate::exchange::plan::{Lag, LinkKind, Unit};
use crate::exchange::quantity::{Mark, length, number};

/// One part of a cell: who is waited for, which ends are tied, and the time between them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Waits<'a> {
    pub(super) key: &'a str,
    pub(super) kind: LinkKind,
    pub(super) lag: Lag,
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
    // A comma is no end where it parts a number: 3FS+1,5d.
    let separators: &[char] =
        if mark == Mark::Comma && text.contains(';') { &[';', '\n'] } else { &[';', ',', '\n'] };
    text.split(separators).map(str::trim).filter(|part| !part.is_empty()).collect()
}

/// Reads a part: the longest beginning that is known, then a kind and a lag. None where no beginning is known, or where what
/// follows it is neither.
pub(super) fn read(part: &str, mark: Mark, is_known: impl Fn(&str) -> bool) -> Option<Waits<'_>> {
    let ends = part.char_indices().map(|(at, letter)| at + letter.len_utf8()).collect::<Vec<_>>();
    // Keys are short; a text of a page's length is none.
    ends.into_iter().rev().take(400).find_map(|end| {
        let key = part[..end].trim();
        if key.is_empty() || !is_known(key) {
            return None;
        }
        let (kind, lag) = tail(part[end..].trim(), mark)?;
        Some(Waits { key, kind, lag })
    })
}

/// A kind and a lag, both of which may be missing.
fn tail(text: &str, mark: Mark) -> Option<(LinkKind, Lag)> {
    let none = Lag::Working(0, Unit::Day);
    let letters = text.get(..2).map(str::to_ascii_uppercase);
    let known = letters.and_then(|letters| KINDS.iter().find(|(own, _)| *own == letters));
    let (kind, rest) = known.map_or((LinkKind::FinishStart, text), |(_, kind)| (*kind, text[2..].trim()));
    if rest.is_empty() {
        return Some((kind, none));
    }
    if !rest.starts_with(['+', '-', '−']) {
        return None;
    }
    if let Some(share) = rest.strip_suffix('%') {
        let percent = number(share, mark)?;
        return (percent % 10_000 == 0)
            .then_some((kind, Lag::Share { percent: percent / 10_000, is_elapsed: false }));
    }
    let typed = length(rest, mark, Unit::Day)?;
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
        assert_eq!(one("3XY"), None);
        assert_eq!(parts("3FS+2d;5, 7", Mark::Point), ["3FS+2d", "5", "7"]);
        assert_eq!(parts("3EA+1,5t;5", Mark::Comma), ["3EA+1,5t", "5"]);
    }
}
