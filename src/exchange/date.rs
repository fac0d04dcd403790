//! Dates as other programs write them.
//!
//! Years first, months as words, and days with points are clear. `03/08/2026` is not: whether the day or the month comes first
//! is asked for, or follows from another date of the same file in which one of the two is above 12.

use jiff::civil::{Date, DateTime, Time};

/// Which comes first where both are numbers between strokes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DateOrder {
    /// The day: 31/12/2026.
    DayFirst,
    /// The month: 12/31/2026.
    MonthFirst,
}

/// What a text says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Reading {
    /// A day, and its time where one is written.
    Clear(Date, Option<Time>),
    /// Two numbers of which either may be the month, the year and the time.
    Strokes(i8, i8, i16, Option<Time>),
    /// No date.
    None,
}

/// Years that a plan can have; others are slips.
const YEARS: std::ops::RangeInclusive<i16> = 1901..=2199;

/// Beginnings of the names of months, in English and German.
const MONTHS: [(&str, i8); 18] = [
    ("jan", 1),
    ("feb", 2),
    ("mar", 3),
    ("mär", 3),
    ("mrz", 3),
    ("maer", 3),
    ("apr", 4),
    ("may", 5),
    ("mai", 5),
    ("jun", 6),
    ("jul", 7),
    ("aug", 8),
    ("sep", 9),
    ("oct", 10),
    ("okt", 10),
    ("nov", 11),
    ("dec", 12),
    ("dez", 12),
];

/// Reads a text.
pub(super) fn read(text: &str) -> Reading {
    let text = without_weekday(text.trim());
    // The time follows a space or a `T` behind a number.
    let (day, rest) = split(text);
    let Some(time) = time(rest) else { return Reading::None };
    let parts: Vec<&str> = day.split(['-', '/', '.', ' ', ',']).filter(|part| !part.is_empty()).collect();
    let [first, second, third] = parts.as_slice() else { return Reading::None };
    if let (Some(day), Some(month)) = (number(first), month(second)) {
        return clear(year(third), month, day, time);
    }
    if let (Some(month), Some(day)) = (month(first), number(second)) {
        return clear(year(third), month, day, time);
    }
    let (Some(a), Some(b)) = (small(first), small(second)) else {
        return match (year(first), small(second), small(third)) {
            (Some(whole), Some(month), Some(day)) if first.len() == 4 => clear(Some(whole), month, day, time),
            _ => Reading::None,
        };
    };
    let Some(year) = year(third) else { return Reading::None };
    if day.contains('.') {
        return clear(Some(year), b, a, time);
    }
    if !day.contains('/') {
        return Reading::None;
    }
    match (a > 12, b > 12) {
        (true, false) => clear(Some(year), b, a, time),
        (false, true) => clear(Some(year), a, b, time),
        // 5/5 is the same either way.
        (false, false) if a == b => clear(Some(year), a, b, time),
        (false, false) if YEARS.contains(&year) && a > 0 && b > 0 => Reading::Strokes(a, b, year, time),
        _ => Reading::None,
    }
}

impl Reading {
    /// The order that a date shows by itself: one of its two numbers is no month.
    pub(super) fn order_of(text: &str) -> Option<DateOrder> {
        let day = split(without_weekday(text.trim())).0;
        let parts: Vec<&str> = day.split('/').collect();
        let [first, second, _] = parts.as_slice() else { return None };
        match (small(first)? > 12, small(second)? > 12) {
            (true, false) => Some(DateOrder::DayFirst),
            (false, true) => Some(DateOrder::MonthFirst),
            _ => None,
        }
    }

    /// The day, once the order is known.
    pub(super) fn in_order(self, order: DateOrder) -> Option<(Date, Option<Time>)> {
        match self {
            Self::Clear(day, time) => Some((day, time)),
            Self::Strokes(a, b, year, time) => {
                let (month, day) = if order == DateOrder::DayFirst { (b, a) } else { (a, b) };
                Some((Date::new(year, month, day).ok()?, time))
            }
            Self::None => None,
        }
    }
}

/// A day with the time that is written, else with a usual one.
pub(super) fn moment((day, time): (Date, Option<Time>), usual: Time) -> DateTime {
    day.to_datetime(time.unwrap_or(usual))
}

/// When work begins that says no more than its day.
pub(super) fn morning() -> Time {
    Time::constant(8, 0, 0, 0)
}

/// When work ends that says no more than its day.
pub(super) fn evening() -> Time {
    Time::constant(17, 0, 0, 0)
}

fn clear(year: Option<i16>, month: i8, day: i8, time: Option<Time>) -> Reading {
    let date = year.filter(|year| YEARS.contains(year)).and_then(|year| Date::new(year, month, day).ok());
    date.map_or(Reading::None, |date| Reading::Clear(date, time))
}

/// `Mon 3/8/26`, `Mo 03.08.26`, `Monday, 3 August 2026`.
fn without_weekday(text: &str) -> &str {
    let length = text.find(|c: char| !c.is_alphabetic()).unwrap_or(text.len());
    let word = text[..length].to_lowercase();
    let is_weekday =
        ["mon", "tue", "wed", "thu", "fri", "sat", "sun", "mo", "di", "mi", "do", "fr", "sa", "so"]
            .iter()
            .any(|day| word == *day || (day.len() == 3 && word.starts_with(day) && word.ends_with("day")))
            || word.ends_with("tag")
            || word == "mittwoch";
    if is_weekday { text[length..].trim_start_matches(['.', ',', ' ']) } else { text }
}

/// The part that names the day, and the part that names the time.
fn split(text: &str) -> (&str, &str) {
    if let Some(at) = text.find('T').filter(|at| text[..*at].ends_with(|c: char| c.is_ascii_digit())) {
        return (&text[..at], &text[at + 1..]);
    }
    match text.find(':') {
        Some(colon) => {
            let at = text[..colon].rfind([' ', ',']).unwrap_or(0);
            (text[..at].trim_end_matches([',', ' ']), text[at..].trim_start_matches([',', ' ']))
        }
        None => (text, ""),
    }
}

/// A time of day: none where none is written, nothing where it is no time.
#[allow(clippy::option_option, reason = "no time and no time of day are two answers")]
fn time(text: &str) -> Option<Option<Time>> {
    if text.is_empty() {
        return Some(None);
    }
    let upper = text.to_ascii_uppercase();
    let is_afternoon = upper.contains("PM");
    let is_morning = upper.contains("AM");
    let length = upper.find(|c: char| !(c.is_ascii_digit() || c == ':')).unwrap_or(upper.len());
    let mut parts = upper[..length].split(':');
    let hour: i8 = parts.next()?.parse().ok()?;
    let minute: i8 = parts.next()?.parse().ok()?;
    let hour = match hour {
        12 if is_morning => 0,
        1..=11 if is_afternoon => hour + 12,
        hour => hour,
    };
    Some(Some(Time::new(hour, minute, 0, 0).ok()?))
}

fn number(text: &str) -> Option<i8> {
    text.trim_end_matches("st")
        .trim_end_matches("nd")
        .trim_end_matches("rd")
        .trim_end_matches("th")
        .parse()
        .ok()
}

fn small(text: &str) -> Option<i8> {
    (text.len() <= 2).then(|| text.parse().ok()).flatten().filter(|number| *number >= 0)
}

fn month(text: &str) -> Option<i8> {
    let lower = text.to_lowercase();
    let is_word = lower.chars().all(char::is_alphabetic);
    MONTHS.iter().find(|(begin, _)| is_word && lower.starts_with(begin)).map(|(_, month)| *month)
}

/// A year of four digits, or of two in this century.
fn year(text: &str) -> Option<i16> {
    if !text.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    match text.len() {
        4 => text.parse().ok(),
        2 => text.parse::<i16>().ok().map(|year| 2_000 + year),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::{date, time as clock};

    use super::*;

    #[test]
    fn dates_are_read_in_the_forms_of_other_programs() {
        let day = date(2026, 3, 12);
        for text in [
            "2026-03-12",
            "12.03.2026",
            "12.3.26",
            "12/Mar/26",
            "12 March 2026",
            "March 12, 2026",
            "12. März 2026",
            "13/03/2026",
            "Thu 12.03.26",
            "Do 12.03.26",
            "Thursday, 12 March 2026",
        ] {
            let wanted = if text.starts_with("13") { date(2026, 3, 13) } else { day };
            assert_eq!(read(text), Reading::Clear(wanted, None), "{text}");
        }
        for text in
            ["12/Mar/26 4:05 PM", "2026-03-12T16:05:00.000+0100", "2026-03-12 16:05", "12.03.2026 16:05"]
        {
            assert_eq!(read(text), Reading::Clear(day, Some(clock(16, 5, 0, 0))), "{text}");
        }
    }

    #[test]
    fn what_may_mean_two_days_is_known_as_such() {
        let both = read("03/08/2026");
        assert_eq!(both, Reading::Strokes(3, 8, 2026, None));
        assert_eq!(both.in_order(DateOrder::DayFirst), Some((date(2026, 8, 3), None)));
        assert_eq!(both.in_order(DateOrder::MonthFirst), Some((date(2026, 3, 8), None)));
        assert_eq!(Reading::order_of("31/12/2026"), Some(DateOrder::DayFirst));
        assert_eq!(Reading::order_of("12/31/2026 8:00 AM"), Some(DateOrder::MonthFirst));
        assert_eq!(Reading::order_of("03/08/2026"), None);
        assert_eq!(read("05/05/2026"), Reading::Clear(date(2026, 5, 5), None));
    }

    #[test]
    fn what_is_no_date_is_none() {
        for text in
            ["", "soon", "2026", "31.02.2026", "2026-13-01", "12/40/26", "99/99/2026", "1/2/3", "9999-01-01"]
        {
            assert_eq!(read(text), Reading::None, "{text}");
        }
    }
}
