//! What the rows of a long table are sorted by: read from what a cell prints, so that no column needs a second value.
//!
//! Comes in: a cell as readers see it. Goes out: a plain number (`-6526.76`), a day (`2026-11-20`), or a word that sorts. Where
//! the printed words sort rightly by themselves there is no value. A view that knows better says so: [`Cell::sorted`].

use jiff::civil::Date;

use crate::format;
use crate::page::view::{Cell, Status};

/// What a cell is sorted by; none where its own words do.
///
/// `−6 526.76 EUR` in a column of numbers is `-6526.76`; `28 Dec 2026 – 8 Jan 2027` anywhere is `2026-12-28`; a red state
/// comes before an amber one. The dash has none: nothing sorts last by itself.
#[must_use]
pub fn sort_value(cell: &Cell, is_numeric: bool) -> Option<String> {
    if let Some(sort) = &cell.sort {
        return Some(sort.clone());
    }
    let Some(text) = &cell.text else { return cell.status.as_ref().map(rank) };
    if text == format::NOTHING {
        return None;
    }
    first_day(text).map(format::iso).or_else(|| is_numeric.then(|| leading_number(text)).flatten())
}

/// Worst first: what asks for something stands above what does not.
fn rank(status: &Status) -> String {
    let place =
        ["red", "level-4", "amber", "level-3", "level-2", "open", "half", "green", "level-1", "grey", "blue"]
            .iter()
            .position(|class| *class == status.class);
    format!("{:02} {}", place.unwrap_or(99), status.word)
}

/// The number that a text begins with, as a program reads it; none where it begins with something else.
fn leading_number(text: &str) -> Option<String> {
    let mut number = String::new();
    for letter in text.chars() {
        match letter {
            '−' | '-' if number.is_empty() => number.push('-'),
            '+' if number.is_empty() => {}
            '0'..='9' | '.' => number.push(letter),
            '\u{202f}' => {}
            _ => break,
        }
    }
    let number = number.trim_end_matches('.');
    number.parse::<f64>().is_ok().then(|| number.to_owned())
}

/// The day that a text begins with: of a range its first, whose year may stand at the last. A weekday before it is read over.
fn first_day(text: &str) -> Option<Date> {
    let words: Vec<&str> = text.split([' ', '\u{a0}', ',']).collect();
    let at = usize::from(words.first().is_some_and(|word| word.parse::<i8>().is_err()));
    let day: i8 = words.get(at)?.parse().ok()?;
    let month = (1..=12).find(|month| {
        Date::new(2000, *month, 1).is_ok_and(|first| words.get(at + 1) == Some(&format::month_name(first)))
    })?;
    let year = words[at + 2..].iter().find(|word| word.len() == 4)?.parse().ok()?;
    Date::new(year, month, day).ok()
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    fn of(text: &str, is_numeric: bool) -> Option<String> {
        sort_value(&Cell::text(text), is_numeric)
    }

    #[test]
    fn printed_numbers_are_read_back() {
        assert_eq!(of(&format::whole(-1_234_567), true).as_deref(), Some("-1234567"));
        for (text, value) in [
            ("+34\u{a0}d", "34"),
            ("−0.5\u{a0}d", "-0.5"),
            ("72.5\u{a0}%", "72.5"),
            ("104\u{202f}959\u{a0}EUR", "104959"),
            ("1.", "1"),
        ] {
            assert_eq!(of(text, true).as_deref(), Some(value), "{text}");
        }
        for words in ["on time", "milestone", "—", "−", ""] {
            assert_eq!(of(words, true), None, "{words}");
        }
        assert_eq!(of("3 heads", false), None, "a column of words keeps its words");
    }

    #[test]
    fn printed_days_are_read_back() {
        let (first, last) = (date(2026, 12, 28), date(2027, 1, 8));
        for text in [format::date(first), format::span_of_days(first, last), format::weekday_date(first)] {
            assert_eq!(of(&text, false).as_deref(), Some("2026-12-28"), "{text}");
        }
        let within = format::span_of_days(date(2026, 8, 3), date(2026, 8, 7));
        assert_eq!(of(&within, true).as_deref(), Some("2026-08-03"), "the year stands once, at the end");
        assert_eq!(of("3 Augustus 2026", false), None);
        assert_eq!(of("31 Feb 2026", false), None);
        assert_eq!(of(&format::short_date(first), false), None, "a day without a year is no day");
    }

    #[test]
    fn states_sort_by_what_they_ask_for_and_a_view_may_know_better() {
        let values: Vec<Option<String>> =
            [Status::green("On time"), Status::red("Misses"), Status::done("Passed")]
                .into_iter()
                .map(|status| sort_value(&Cell::status(status), false))
                .collect();
        assert_eq!(values, [Some("07 On time".into()), Some("00 Misses".into()), Some("10 Passed".into())]);
        assert_eq!(sort_value(&Cell::text("on time").sorted(&0), true).as_deref(), Some("0"));
    }
}
