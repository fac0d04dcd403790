//! Dates and half-open ranges of dates.

use jiff::ToSpan;
use jiff::civil::Date;

use super::{Malformed, parse_time_of_day};

/// A range of dates, half-open: `first` belongs to it, `end` does not.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Window {
    first: Date,
    end: Date,
}

impl Window {
    /// Makes the range from `first` to `last`, both included; `None` when the last lies before the first.
    #[must_use]
    pub fn inclusive(first: Date, last: Date) -> Option<Self> {
        (first <= last).then(|| Self { first, end: day_after(last) })
    }

    /// The first day.
    #[must_use]
    pub fn first(self) -> Date {
        self.first
    }

    /// The day after the last.
    #[must_use]
    pub fn end(self) -> Date {
        self.end
    }

    /// The last day, as readers write it.
    #[must_use]
    pub fn last_day(self) -> Date {
        self.end.checked_sub(1.day()).unwrap_or(self.end)
    }

    /// Says whether a day lies in the range.
    #[must_use]
    pub fn contains(self, day: Date) -> bool {
        self.first <= day && day < self.end
    }

    /// Gives each day of the range in order.
    pub fn days(self) -> impl Iterator<Item = Date> {
        std::iter::successors(Some(self.first), |day| Some(day_after(*day)))
            .take_while(move |day| *day < self.end)
    }
}

fn day_after(day: Date) -> Date {
    day.checked_add(1.day()).unwrap_or(day)
}

/// Years that a project can mean. Others are slips (`0226`) or stand for "never" (`9999`), and a schedule that counted
/// the days until then would help nobody.
const YEARS: std::ops::Range<i16> = 1900..2200;

/// Whether a project can mean a year: 1900 to 2199.
#[must_use]
pub fn is_year_of_a_project(year: i16) -> bool {
    YEARS.contains(&year)
}

/// Reads an ISO date, exactly `YYYY-MM-DD`.
///
/// # Errors
/// Any other form; the hint gives the ISO form where the text shows which day is meant.
pub fn parse_date(text: &str) -> Result<Date, Malformed> {
    let form = || Malformed::expected("a date such as 2026-11-20");
    match text.parse::<Date>() {
        Ok(date) if text.len() == 10 && date.to_string() == text && YEARS.contains(&date.year()) => Ok(date),
        Ok(date) if !YEARS.contains(&date.year()) => {
            Err(form().hint("check the year; for a day that is not known, leave the field out"))
        }
        _ => {
            let parts: Vec<&str> = text.split(['.', '/', '-', ' ']).filter(|part| !part.is_empty()).collect();
            let hint = match parts.as_slice() {
                [a, b, year] if year.len() == 4 && month_in_words(a).is_some() => {
                    iso(year, month_in_words(a).unwrap_or(b), b.trim_end_matches(','))
                }
                [day, month, year] if year.len() == 4 && month_in_words(month).is_some() => {
                    iso(year, month_in_words(month).unwrap_or(month), day)
                }
                [a, b] => without_year(a, b).or_else(|| without_year(b, a)).unwrap_or_default(),
                [year, month, day] if year.len() == 4 => iso(year, month, day),
                [a, b, year] if year.len() == 4 => day_month_hint(a, b, year),
                [year, _, _] if year.len() > 4 && year.bytes().all(|digit| digit.is_ascii_digit()) => {
                    "check the year: it has four digits".to_owned()
                }
                _ if parse_time_of_day(text).is_some() => "write the day, such as `2026-11-20`".to_owned(),
                _ => String::new(),
            };
            Err(form().hint(hint))
        }
    }
}

/// The number of a month that is written out, or by its first three letters, in English.
fn month_in_words(text: &str) -> Option<&'static str> {
    const MONTHS: [(&str, &str); 12] = [
        ("january", "01"),
        ("february", "02"),
        ("march", "03"),
        ("april", "04"),
        ("may", "05"),
        ("june", "06"),
        ("july", "07"),
        ("august", "08"),
        ("september", "09"),
        ("october", "10"),
        ("november", "11"),
        ("december", "12"),
    ];
    let small = text.to_lowercase();
    let is_meant = |name: &str| small == name || small == name[..3];
    MONTHS.iter().find(|(name, _)| is_meant(name)).map(|(_, number)| *number)
}

/// What to write for a day of a month in words without its year: `14 May`.
fn without_year(day: &str, month: &str) -> Option<String> {
    let month = month_in_words(month)?;
    let day: u32 = day.trim_end_matches(',').parse().ok().filter(|day| (1..=31).contains(day))?;
    Some(format!("write year, month and day, such as `2026-{month}-{day:02}`"))
}

fn iso(year: &str, month: &str, day: &str) -> String {
    let candidate = format!("{year}-{month:0>2}-{day:0>2}");
    match candidate.parse::<Date>() {
        Ok(_) => format!("write `{candidate}`"),
        Err(_) => match month.parse::<u32>() {
            Ok(1..=12) => "check the day: that month does not have it".to_owned(),
            Ok(month) => format!("check the month: there is no month {month}"),
            Err(_) => String::new(),
        },
    }
}

fn day_month_hint(a: &str, b: &str, year: &str) -> String {
    let readings: Vec<String> = [(b, a), (a, b)]
        .iter()
        .map(|(month, day)| format!("{year}-{month:0>2}-{day:0>2}"))
        .filter(|candidate| candidate.parse::<Date>().is_ok())
        .collect();
    match readings.as_slice() {
        [one] => format!("write `{one}`"),
        [one, two] if one == two => format!("write `{one}`"),
        [one, two] => format!("write `{one}` or `{two}`, whichever is meant"),
        _ => String::new(),
    }
}

/// Reads a day or an inclusive range of days: `2026-12-25` or `2026-12-14 .. 2027-01-08`.
///
/// # Errors
/// Malformed dates, and a range that ends before it begins.
pub fn parse_window(text: &str) -> Result<Window, Malformed> {
    if let Some((first, last)) = ends_with_other_sign(text) {
        return Err(Malformed::expected("a day, or a range of days such as 2026-12-14 .. 2027-01-08")
            .hint(format!("write `{first} .. {last}`")));
    }
    let (first, last) = text.split_once("..").unwrap_or((text, text));
    let day = |text: &str| parse_date(text).map_err(|fault| fault.part(text));
    let (first, last) = (day(first.trim())?, day(last.trim())?);
    Window::inclusive(first, last).ok_or_else(|| {
        Malformed::expected("a range whose first day is not after its last")
            .hint(format!("write `{last} .. {first}`"))
    })
}

/// The days of a range that is written with another sign between them: `2026-05-01 - 2026-05-10`, `2026-05-01/2026-05-10`.
fn ends_with_other_sign(text: &str) -> Option<(Date, Date)> {
    let ends = [" - ", "–", "—", " to ", "/"].iter().find_map(|sign| text.split_once(sign))?;
    Some((parse_date(ends.0.trim()).ok()?, parse_date(ends.1.trim()).ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_iso_dates_are_taken_and_others_are_translated() {
        assert!(parse_date("2026-11-20").is_ok());
        let hint = |text: &str| parse_date(text).unwrap_err().hint;
        assert_eq!(hint("20.11.2026"), "write `2026-11-20`");
        assert_eq!(hint("2026/11/20"), "write `2026-11-20`");
        assert_eq!(hint("18 Dec 2026"), "write `2026-12-18`");
        assert_eq!(hint("5 march 2026"), "write `2026-03-05`");
        assert_eq!(hint("Sept 18, 2026"), "");
        assert_eq!(hint("September 18, 2026"), "write `2026-09-18`");
        assert_eq!(hint("31 Nov 2026"), "check the day: that month does not have it");
        assert_eq!(hint("03/04/2026"), "write `2026-04-03` or `2026-03-04`, whichever is meant");
        assert_eq!(hint("2026-02-30"), "check the day: that month does not have it");
        assert_eq!(hint("2026-13-01"), "check the month: there is no month 13");
        assert_eq!(hint("20270-01-11"), "check the year: it has four digits");
        assert_eq!(hint("9999-12-31"), "check the year; for a day that is not known, leave the field out");
        assert!(parse_date("20261120").is_err());
        assert!(parse_date("2026-11-20T10:00").is_err());
    }

    #[test]
    fn a_range_with_another_sign_is_translated() {
        for text in ["2026-05-01 - 2026-05-10", "2026-05-01–2026-05-10", "2026-05-01 to 2026-05-10"] {
            assert_eq!(parse_window(text).unwrap_err().hint, "write `2026-05-01 .. 2026-05-10`", "{text}");
        }
    }

    #[test]
    fn ranges_include_their_last_day() {
        let freeze = parse_window("2026-12-14 .. 2027-01-08").unwrap();
        assert_eq!(freeze.days().count(), 26);
        assert_eq!(freeze.last_day().to_string(), "2027-01-08");
        assert!(parse_window("2027-01-08 .. 2026-12-14").is_err());
        assert_eq!(parse_window("2026-11-01 .. 2026-13-01").unwrap_err().part, "2026-13-01");
    }
}
