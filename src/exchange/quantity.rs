//! Numbers, lengths of time and sums as other programs write them, with a point or a comma.

use crate::exchange::plan::Unit;

/// What parts the whole from the rest.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Mark {
    /// 1,234.5
    Point,
    /// 1.234,5
    Comma,
}

impl Mark {
    /// The mark of a table: a comma where cells show one, or where semicolons separate them and no cell shows a point.
    pub(super) fn of<'a>(separator: char, texts: impl Iterator<Item = &'a str>) -> Self {
        let (mut n_commas, mut n_points) = (0, 0);
        for text in texts {
            n_commas += usize::from(shows(text, ','));
            n_points += usize::from(shows(text, '.'));
        }
        match (n_commas, n_points) {
            (0, 0) if separator == ';' => Self::Comma,
            (commas, points) if commas > points => Self::Comma,
            _ => Self::Point,
        }
    }
}

/// Whether a number ends with a mark and one or two digits: three could be a group.
fn shows(text: &str, mark: char) -> bool {
    let number: String = text
        .chars()
        .skip_while(|c| !c.is_ascii_digit())
        .take_while(|c| c.is_ascii_digit() || ".,".contains(*c))
        .collect();
    let Some((_, part)) = number.rsplit_once(mark) else { return false };
    (1..=2).contains(&part.len()) && number.matches(mark).count() == 1
}

/// Reads a number times 10 000; none where it is none, or beyond a million millions.
pub(super) fn number(text: &str, mark: Mark) -> Option<i64> {
    let (decimal, group) = if mark == Mark::Point { ('.', ',') } else { (',', '.') };
    let text = text.trim();
    let (is_negative, text) = match text.strip_prefix(['-', '−']) {
        Some(rest) => (true, rest),
        None => (false, text.trim_start_matches('+')),
    };
    let (whole, part) = text.split_once(decimal).unwrap_or((text, ""));
    let groups: Vec<&str> = whole.split([group, ' ', '\u{a0}', '\u{202f}', '\'', '_']).collect();
    let is_number = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let are_groups = groups.len() == 1 || groups.iter().skip(1).all(|digits| digits.len() == 3);
    let whole = groups.concat();
    if whole.is_empty() || whole.len() > 12 || !are_groups || !is_number(&whole) || !is_number(part) {
        return None;
    }
    let part: String = format!("{part}0000").chars().take(4).collect();
    let value = whole.parse::<i64>().ok()? * 10_000 + part.parse::<i64>().ok()?;
    Some(if is_negative { -value } else { value })
}

/// A length of time as it was typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Typed {
    pub(super) minutes: i64,
    pub(super) is_elapsed: bool,
    pub(super) unit: Unit,
    /// Whether no unit stood there.
    pub(super) is_bare: bool,
}

/// Reads `5d`, `4,5 Tage`, `1w 2d`, `10ed`, in German `10ft`, `5?`; a number alone is in the usual unit. Days are eight hours, weeks five days,
/// months twenty.
pub(super) fn length(text: &str, mark: Mark, usual: Unit) -> Option<Typed> {
    let mut rest = text.trim().trim_end_matches('?').trim();
    let (sign, unsigned) = match rest.strip_prefix(['-', '−']) {
        Some(unsigned) => (-1, unsigned),
        None => (1, rest.trim_start_matches('+')),
    };
    rest = unsigned.trim_start();
    let mut typed = Typed { minutes: 0, is_elapsed: false, unit: usual, is_bare: false };
    let mut n_parts = 0;
    while !rest.is_empty() {
        let end = rest.find(|c: char| c.is_alphabetic()).unwrap_or(rest.len());
        let value = number(&rest[..end], mark)?;
        let after = &rest[end..];
        let length = after.find(|c: char| !c.is_alphabetic()).unwrap_or(after.len());
        let (minutes, unit, is_elapsed) = if length == 0 {
            typed.is_bare = true;
            (minutes_of(usual), usual, false)
        } else {
            unit(&after[..length])?
        };
        typed.minutes = typed.minutes.checked_add(value.checked_mul(minutes)? / 10_000)?;
        typed.is_elapsed |= is_elapsed;
        typed.unit = if n_parts == 0 { unit } else { typed.unit };
        rest = after[length..].trim_start_matches(['.', ' ', ',', '?']);
        n_parts += 1;
        if length == 0 && !rest.is_empty() {
            return None;
        }
    }
    typed.minutes *= sign;
    (n_parts > 0).then_some(typed)
}

fn minutes_of(unit: Unit) -> i64 {
    match unit {
        Unit::Minute => 1,
        Unit::Hour => 60,
        Unit::Day => 480,
    }
}

/// Minutes of a unit by its word, the unit in which it is shown, and whether it runs by the clock: `e` before it says so (elapsed),
/// in German `f` (fortlaufend).
pub(super) fn unit(word: &str) -> Option<(i64, Unit, bool)> {
    let word = word.to_lowercase();
    let is_elapsed = word.len() > 1 && word.starts_with(['e', 'f']) && unit_of(&word[1..]).is_some();
    let plain = if is_elapsed { &word[1..] } else { word.as_str() };
    let (minutes, unit) = unit_of(plain)?;
    let by_clock = match minutes {
        480 => 1_440,
        2_400 => 7 * 1_440,
        9_600 => 30 * 1_440,
        minutes => minutes,
    };
    Some((if is_elapsed { by_clock } else { minutes }, unit, is_elapsed))
}

fn unit_of(word: &str) -> Option<(i64, Unit)> {
    match word {
        "m" | "min" | "mins" | "minute" | "minutes" | "minuten" => Some((1, Unit::Minute)),
        "h" | "hr" | "hrs" | "hour" | "hours" | "std" | "stunde" | "stunden" | "ph" | "mh"
        | "personenstunden" => Some((60, Unit::Hour)),
        "d" | "dy" | "day" | "days" | "t" | "tg" | "tag" | "tage" | "tagen" | "pt" | "pd" | "mt" | "md"
        | "personentag" | "personentage" | "manntag" | "manntage" => Some((480, Unit::Day)),
        "w" | "wk" | "wks" | "week" | "weeks" | "wo" | "woche" | "wochen" => Some((2_400, Unit::Day)),
        "mo" | "mon" | "mons" | "month" | "months" | "monat" | "monate" => Some((9_600, Unit::Day)),
        _ => None,
    }
}

/// How important something is, from 0 to 1 000, by number or by word.
pub(super) fn priority_of(text: &str) -> Option<i64> {
    match text.to_lowercase().as_str() {
        "highest" | "critical" | "blocker" | "höchste" | "sehr hoch" | "kritisch" => Some(900),
        "high" | "major" | "hoch" => Some(700),
        "medium" | "normal" | "mittel" => Some(500),
        "low" | "minor" | "niedrig" | "gering" => Some(300),
        "lowest" | "trivial" | "niedrigste" | "sehr niedrig" => Some(100),
        number => number.parse().ok().filter(|number| (0..=1_000).contains(number)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_follow_the_mark_of_the_file() {
        assert_eq!(number("1,234.5", Mark::Point), Some(12_345_000));
        assert_eq!(number("1.234,5", Mark::Comma), Some(12_345_000));
        assert_eq!(number("1.5", Mark::Comma), None);
        assert_eq!(number("-0,25", Mark::Comma), Some(-2_500));
        assert_eq!(number("12 500", Mark::Comma), Some(125_000_000));
        assert_eq!(number("", Mark::Point), None);
        assert_eq!(number("1e9", Mark::Point), None);
        assert_eq!(Mark::of(';', ["1.5", "2.25"].into_iter()), Mark::Point);
        assert_eq!(Mark::of(';', ["3", "1.500"].into_iter()), Mark::Comma);
        assert_eq!(Mark::of(',', ["1,5 Tage"].into_iter()), Mark::Comma);
    }

    #[test]
    fn lengths_are_read_with_their_units() {
        let minutes = |text: &str| length(text, Mark::Comma, Unit::Day).map(|typed| typed.minutes);
        assert_eq!(minutes("5"), Some(2_400));
        assert_eq!(minutes("4,5 Tage"), Some(2_160));
        assert_eq!(minutes("1w 2d 3h"), Some(3_540));
        assert_eq!(minutes("6 Std."), Some(360));
        assert_eq!(minutes("5 days?"), Some(2_400));
        assert_eq!(minutes("2 mons"), Some(19_200));
        assert_eq!(minutes("-1d"), Some(-480));
        assert_eq!(minutes("fast"), None);
        let elapsed = length("10ed", Mark::Point, Unit::Day).unwrap();
        assert_eq!((elapsed.minutes, elapsed.is_elapsed), (14_400, true));
        for (text, minutes) in [("2ft", 2_880), ("1 fWoche", 10_080), ("+3fStd", 180), ("1fMon", 43_200)] {
            let elapsed = length(text, Mark::Comma, Unit::Day).unwrap();
            assert_eq!((elapsed.minutes, elapsed.is_elapsed), (minutes, true), "{text}");
        }
        assert!(length("3", Mark::Point, Unit::Hour).unwrap().is_bare);
    }
}
