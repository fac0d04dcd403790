//! The fields of XML elements, typed, with a finding where a text is not what it must be.
//!
//! Comes in: the bytes of a file, elements of its tree. Goes out: text, and values or nothing. Names are compared without
//! their namespace, because programs other than MS Project leave it out.

use std::ops::RangeInclusive;

use jiff::civil::DateTime;
use roxmltree::Node;

use crate::diagnostic::{Diagnostic, Diagnostics, Span};
use crate::exchange::rule::{BAD_FOREIGN_VALUE, BROKEN_XML};
use crate::exchange::text::{self, FILE};

/// Tenths of a minute, the unit of lags and delays, that make a minute.
pub(super) const TENTHS: i64 = 10;

/// Turns bytes into text: UTF-8, or UTF-16 where a mark at the beginning says so.
pub(super) fn decode(bytes: &[u8]) -> Result<String, Box<Diagnostic>> {
    text::decode(bytes).map_err(|_| {
        let kind = if bytes.starts_with(&[0xd0, 0xcf, 0x11, 0xe0]) {
            "this is an `.mpp` file or another document of Office, not XML"
        } else {
            "this is no text in UTF-8 or UTF-16"
        };
        let fault = Diagnostic::new(&BROKEN_XML, None, kind)
            .hint("save the plan in MS Project with File, Save As, XML Format (*.xml)");
        Box::new(fault)
    })
}

/// Reads a text as a tree.
pub(super) fn parse(text: &str) -> Result<roxmltree::Document<'_>, Box<Diagnostic>> {
    roxmltree::Document::parse(text).map_err(|fault| {
        // A file that was cut off ends where its fault is.
        let is_cut =
            matches!(fault, roxmltree::Error::UnclosedRootNode | roxmltree::Error::UnexpectedEndOfStream);
        let at = if is_cut { text.trim_end().len() } else { byte_at(text, fault.pos()) };
        let message = format!("this is not well-formed XML: {fault}");
        let fault = Diagnostic::new(&BROKEN_XML, Span::new(FILE, at, at), message)
            .hint("save the plan again in MS Project with File, Save As, XML Format (*.xml)");
        Box::new(fault)
    })
}

/// The byte of a line and column, both counted from 1.
fn byte_at(text: &str, place: roxmltree::TextPos) -> usize {
    let line_start = match place.row {
        0 | 1 => 0,
        row => text.match_indices('\n').nth(row as usize - 2).map_or(text.len(), |(at, _)| at + 1),
    };
    let line = text[line_start..].split('\n').next().unwrap_or_default();
    let column = (place.col as usize).saturating_sub(1);
    line_start + line.char_indices().nth(column).map_or(line.len(), |(at, _)| at)
}

/// An element of the tree.
#[derive(Clone, Copy)]
pub(super) struct Element<'a>(pub(super) Node<'a, 'a>);

impl<'a> Element<'a> {
    /// The elements of a name directly below.
    pub(super) fn all(self, name: &'a str) -> impl Iterator<Item = Self> {
        self.0.children().filter(move |node| node.is_element() && node.tag_name().name() == name).map(Self)
    }

    /// The elements of a name inside the element that holds them, such as every `Task` of `Tasks`.
    pub(super) fn inside(self, holder: &'a str, name: &'a str) -> impl Iterator<Item = Self> {
        self.all(holder).flat_map(move |holder| holder.all(name))
    }

    /// The first element of a name directly below.
    pub(super) fn first(self, name: &'a str) -> Option<Self> {
        self.all(name).next()
    }

    /// Where it stands: its opening tag's line.
    pub(super) fn span(self) -> Span {
        let range = self.0.range();
        let length = self.0.tag_name().name().len() + 2;
        Span::new(FILE, range.start, range.end.min(range.start + length))
    }

    /// The text of a field, trimmed; empty where there is none.
    pub(super) fn text(self, name: &'a str) -> &'a str {
        self.first(name).and_then(|field| field.0.text()).map_or("", str::trim)
    }

    /// A text in one line, without characters that no file of ours may hold.
    pub(super) fn line(self, name: &'a str) -> String {
        text::one_line(self.text(name))
    }

    /// A text of several lines.
    pub(super) fn lines(self, name: &'a str) -> String {
        text::lines(self.text(name))
    }

    /// Reads a field; a text that cannot be read is reported and counts as absent.
    fn read<T>(
        self,
        name: &'a str,
        expected: &str,
        read: impl FnOnce(&str) -> Option<T>,
        found: &mut Diagnostics,
    ) -> Option<T> {
        let field = self.first(name)?;
        let text = field.0.text().map_or("", str::trim);
        if text.is_empty() {
            return None;
        }
        let value = read(text);
        if value.is_none() {
            let shown: String = text.chars().take(60).collect();
            found.push(
                Diagnostic::new(
                    &BAD_FOREIGN_VALUE,
                    Span::new(FILE, field.0.range().start, field.0.range().end),
                    format!("`{shown}` in `<{name}>` is not {expected}"),
                )
                .hint("correct it and import again, or write the value into the new folder by hand"),
            );
        }
        value
    }

    /// A date with its time of day; seconds are cut.
    pub(super) fn moment(self, name: &'a str, found: &mut Diagnostics) -> Option<DateTime> {
        self.read(name, "a date such as 2026-11-20T08:00:00", moment, found)
    }

    /// A whole number; a fraction is rounded.
    pub(super) fn number(self, name: &'a str, found: &mut Diagnostics) -> Option<i64> {
        self.scaled(name, 1, found)
    }

    /// Tenths of a minute, as lags and delays are stored; other programs write a length such as `PT8H0M0S`.
    pub(super) fn tenths(self, name: &'a str, found: &mut Diagnostics) -> Option<i64> {
        let read = |text: &str| scaled(text, 1).or_else(|| Some(minutes(text)? * TENTHS));
        self.read(name, "a number of tenths of a minute", read, found)
    }

    /// A number times a factor, rounded.
    pub(super) fn scaled(self, name: &'a str, factor: i64, found: &mut Diagnostics) -> Option<i64> {
        self.read(name, "a number", |text| scaled(text, factor), found)
    }

    /// `1` or `true`.
    pub(super) fn flag(self, name: &'a str) -> bool {
        matches!(self.text(name), "1" | "true")
    }

    /// A length of time such as `PT40H0M0S`, in minutes.
    pub(super) fn minutes(self, name: &'a str, found: &mut Diagnostics) -> Option<i64> {
        self.read(name, "a length of time such as PT40H0M0S", minutes, found)
    }

    /// A length of time that is not below zero, in minutes.
    pub(super) fn length(self, name: &'a str, found: &mut Diagnostics) -> Option<i64> {
        let read = |text: &str| minutes(text).filter(|minutes| *minutes >= 0);
        let is_negative = minutes(self.text(name)).is_some();
        let expected =
            if is_negative { "a length of time from zero up" } else { "a length of time such as PT40H0M0S" };
        self.read(name, expected, read, found)
    }

    /// A whole number of a range; another is reported as not being what is `expected`.
    pub(super) fn number_in(
        self,
        name: &'a str,
        (range, expected): (RangeInclusive<i64>, &str),
        found: &mut Diagnostics,
    ) -> Option<i64> {
        let is_number = |text: &str| scaled(text, 1).is_some();
        let expected = if is_number(self.text(name)) { expected } else { "a number" };
        self.read(name, expected, |text| scaled(text, 1).filter(|number| range.contains(number)), found)
    }

    /// A time of day such as `08:00:00`, in minutes from midnight.
    pub(super) fn clock(self, name: &'a str, found: &mut Diagnostics) -> Option<u32> {
        self.read(name, "a time of day such as 08:00:00", clock, found)
    }
}

fn moment(text: &str) -> Option<DateTime> {
    let text = text.get(..19).unwrap_or(text);
    let moment: DateTime = text.parse().ok()?;
    // Years beyond these are marks for "no date" or slips; the calendar is counted day by day.
    (1901..=2199).contains(&moment.year()).then_some(moment)
}

/// Reads a decimal number times a factor without going through floating point; rounds half up.
fn scaled(text: &str, factor: i64) -> Option<i64> {
    let (is_negative, digits) = match text.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, text),
    };
    // Very large and very small numbers are written with an exponent.
    if digits.contains(['e', 'E']) {
        let number: f64 = text.parse().ok()?;
        return (number.is_finite() && number.abs() < 1e12).then(|| rounded(number * factor as f64));
    }
    let (whole, part) = digits.split_once('.').unwrap_or((digits, ""));
    let is_number = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if whole.is_empty() || !is_number(whole) || !is_number(part) {
        return None;
    }
    let part: String = format!("{part}000000").chars().take(6).collect();
    let millionths = whole.parse::<i128>().ok()?.checked_mul(1_000_000)? + part.parse::<i128>().ok()?;
    let result = (millionths.checked_mul(i128::from(factor))? + 500_000) / 1_000_000;
    let result = i64::try_from(result).ok().filter(|result| *result < 1_000_000_000_000_000)?;
    Some(if is_negative { -result } else { result })
}

#[allow(clippy::cast_possible_truncation, reason = "held below the largest whole number before")]
fn rounded(number: f64) -> i64 {
    number.round() as i64
}

/// Reads `PT40H0M0S` and its longer forms such as `P1DT2H`; parts of a minute are rounded.
pub(super) fn minutes(text: &str) -> Option<i64> {
    let (is_negative, text) = match text.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, text),
    };
    let (days, time) = match text.strip_prefix('P')?.split_once('T') {
        Some((days, time)) => (days, time),
        None => (text.strip_prefix('P')?, ""),
    };
    let mut seconds: i64 = 0;
    let mut number = String::new();
    let mut take = |part: &str, units: &[(char, i64)]| -> Option<()> {
        for character in part.chars() {
            if character.is_ascii_digit() || character == '.' {
                number.push(character);
                continue;
            }
            let (_, factor) = units.iter().find(|(unit, _)| *unit == character)?;
            seconds = seconds.checked_add(scaled(&number, *factor)?)?;
            number.clear();
        }
        number.is_empty().then_some(())
    };
    take(days, &[('D', 86_400)])?;
    take(time, &[('H', 3_600), ('M', 60), ('S', 1)])?;
    let minutes = (seconds + 30).div_euclid(60);
    Some(if is_negative { -minutes } else { minutes })
}

/// Reads `08:00:00` as minutes from midnight.
fn clock(text: &str) -> Option<u32> {
    let mut parts = text.split(':');
    let hour: u32 = parts.next()?.parse().ok()?;
    let minute: u32 = parts.next()?.parse().ok()?;
    (hour < 24 && minute < 60 || hour == 24 && minute == 0).then_some(hour * 60 + minute)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_of_time_are_read_to_the_minute() {
        assert_eq!(minutes("PT40H0M0S"), Some(2_400));
        assert_eq!(minutes("PT0H30M0S"), Some(30));
        assert_eq!(minutes("P1DT2H"), Some(1_560));
        assert_eq!(minutes("PT0H0M30S"), Some(1));
        assert_eq!(minutes("-PT8H0M0S"), Some(-480));
        assert_eq!(minutes("40h"), None);
        assert_eq!(minutes("PT4"), None);
    }

    #[test]
    fn numbers_are_scaled_without_floating_point() {
        assert_eq!(scaled("1", 10_000), Some(10_000));
        assert_eq!(scaled("0.125", 10_000), Some(1_250));
        assert_eq!(scaled("-2.5", 10), Some(-25));
        assert_eq!(scaled("356000.0", 1), Some(356_000));
        assert_eq!(scaled("1.7E3", 1), Some(1_700));
        assert_eq!(scaled("", 1), None);
        assert_eq!(scaled("1,5", 1), None);
        assert_eq!(scaled("99999999999999999999999", 1), None);
    }

    #[test]
    fn text_may_come_in_two_widths() {
        let wide: Vec<u8> =
            [0xff, 0xfe].into_iter().chain("<é/>".encode_utf16().flat_map(u16::to_le_bytes)).collect();
        assert_eq!(decode(&wide).unwrap(), "<é/>");
        assert_eq!(decode("\u{feff}<a/>".as_bytes()).unwrap(), "<a/>");
        assert!(decode(&[0xd0, 0xcf, 0x11, 0xe0]).unwrap_err().message.contains(".mpp"));
        assert!(decode(&[b'<', 0xe9, b'>']).is_err());
    }

    #[test]
    fn the_deepest_nesting_is_no_fault_of_the_stack() {
        let deep = format!("{}{}", "<a>".repeat(50_000), "</a>".repeat(50_000));
        let fault = parse(&deep).map(|tree| tree.descendants().count()).map_err(|fault| fault.message);
        assert_eq!(fault, Ok(50_001));
    }
}
