//! `calendar.yaml` and `calendars/*.yaml`: when work is possible.

use crate::diagnostic::spelling::did_you_mean;
use crate::diagnostic::{Diagnostics, Spanned};
use crate::quantity::{Duration, Id, Malformed, parse_time_of_day};
use crate::record;
use crate::record::decode::{Decode, Keyed, Scalar, Shape, bad_scalar, first_line};
use crate::source::node::{Node, NodeKind};

/// A calendar file: calendars by id.
pub type CalendarsRecord = Keyed<CalendarRecord>;

record! {
    /// A calendar: the working week, and the days that differ from it.
    pub struct CalendarRecord("calendar") {
        /// The id of a calendar from which week, hours and days off are taken over; what is written here wins.
        based_on: Spanned<Id>,
        /// The working days: `mon tue wed thu fri`.
        week: Week,
        /// The length of a working day, such as `8h`: what `1d` of work means.
        hours_per_day: Spanned<Duration>,
        /// The hours of a working day, such as `[08:00 .. 12:00, 13:00 .. 17:00]`; from 08:00 with an hour's break
        /// at noon when absent.
        hours: Vec<Spanned<Hours>>,
        /// Public holidays: day or range, and its name.
        holidays: Dated<Spanned<String>>,
        /// Times closed for the project's own reasons, such as a change freeze: day or range, and the reason.
        closed: Dated<Spanned<String>>,
        /// Days that are worked although the week or a holiday says no: day or range, and its hours
        /// (`09:00 .. 13:00`) or the reason (then its hours are the usual ones).
        extra_days: Dated<Spanned<String>>,
    }
    computed {
        days_per_week: "list the working days: `week: mon tue wed thu fri`",
    }
}

/// Working days of a week, Monday first.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Weekdays(pub [bool; 7]);

/// The working days of a calendar, of which there is at least one.
#[derive(Clone, Debug, PartialEq)]
pub struct Week(pub Vec<Spanned<Weekdays>>);

impl Decode for Week {
    const FORM: &'static str = Weekdays::FORM;
    const SHAPE: Shape = Shape::List;

    fn decode(node: &Node, found: &mut Diagnostics) -> Option<Self> {
        let days: Vec<Spanned<Weekdays>> = Vec::decode(node, found)?;
        if days.iter().any(|days| days.value != Weekdays::default()) {
            return Some(Self(days));
        }
        // A list whose every item was refused has been reported item by item.
        if !matches!(&node.kind, NodeKind::List(items) if !items.is_empty()) {
            let text = node.text().unwrap_or("[]");
            let fault = Malformed::expected("a week with at least one working day")
                .hint("write the working days, such as `mon tue wed thu fri`");
            found.push(bad_scalar(first_line(node), text, fault));
        }
        None
    }
}

/// Abbreviations of the weekdays, Monday first.
const WEEKDAYS: [&str; 7] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

impl Scalar for Weekdays {
    const FORM: &'static str = "working days such as mon tue wed thu fri";

    fn read(text: &str) -> Result<Self, Malformed> {
        let mut days = [false; 7];
        for word in text.split([' ', ',']).filter(|word| !word.is_empty()) {
            let Some(day) = WEEKDAYS.iter().position(|day| *day == word) else {
                let start: String = word.to_ascii_lowercase().chars().take(3).collect();
                let fault = Malformed::expected(Self::FORM);
                return Err(match did_you_mean(&start, WEEKDAYS) {
                    Some(day) => fault.hint(format!("write `{day}` for `{word}`")),
                    None => fault.hint("name each day by its first three letters"),
                });
            };
            days[day] = true;
        }
        Ok(Self(days))
    }
}

/// A stretch of hours in minutes from midnight, half-open; written `08:00 .. 12:00`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hours {
    /// First minute.
    pub start: u32,
    /// Minute after the last; at most 1 440.
    pub end: u32,
}

impl Scalar for Hours {
    const FORM: &'static str = "hours such as 08:00 .. 12:00";

    fn read(text: &str) -> Result<Self, Malformed> {
        let form = || Malformed::expected(Self::FORM);
        let Some((start, end)) = text.split_once("..") else {
            return Err(match text.split_once(['-', '–']) {
                Some((start, end)) => form().hint(format!("write `{} .. {}`", start.trim(), end.trim())),
                None => form(),
            });
        };
        let start = parse_time_of_day(start.trim()).ok_or_else(form)?;
        let end = parse_time_of_day(end.trim()).ok_or_else(form)?;
        if start < end {
            return Ok(Self { start, end });
        }
        Err(form().hint("part hours that run over midnight at `24:00`"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weekdays_are_named_by_three_letters() {
        let week = Weekdays::read("mon tue wed thu fri").unwrap();
        assert_eq!(week.0, [true, true, true, true, true, false, false]);
        assert_eq!(Weekdays::read("Monday").unwrap_err().hint, "write `mon` for `Monday`");
    }

    #[test]
    fn hours_are_half_open_and_end_by_midnight() {
        assert_eq!(Hours::read("22:00 .. 24:00").unwrap(), Hours { start: 1_320, end: 1_440 });
        assert!(Hours::read("22:00 .. 04:00").is_err());
        assert_eq!(Hours::read("8:00-12:00").unwrap_err().hint, "write `8:00 .. 12:00`");
        assert!(Hours::read("08:60 .. 12:00").is_err());
    }
}
