//! `calendar.yaml` and `calendars/*.yaml`: when work is possible.

use std::cmp::Ordering;

use crate::diagnostic::spelling::did_you_mean;
use crate::diagnostic::{Diagnostic, Diagnostics, Spanned};
use crate::quantity::{Duration, Id, Malformed, parse_time_of_day};
use crate::record;
use crate::record::decode::{Decode, Keyed, Scalar, Shape, bad_scalar, first_line, read_key, tell_value};
use crate::record::rule::BAD_SCALAR;
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
        /// at noon when absent. By weekday where days differ: `{mon tue wed thu: [08:00 .. 17:00], fri: [08:00 .. 14:00]}`;
        /// a day named there is a working day, and `1d` means the length that most days have, unless `hours_per_day` says
        /// otherwise. Hours that end before
        /// they begin, such as `22:00 .. 06:00`, run over midnight; the part after it belongs to the next day.
        hours: DayHours,
        /// Weeks that differ for a time, such as summer hours: a range, and its `week`, its `hours` or both. A shorter
        /// range wins over a longer one. Hours over midnight belong to the day on which they begin: the night before the
        /// range goes on to its end, and that of its last day goes on behind it. The same holds for `extra_days`.
        weeks: Dated<WorkingWeekRecord>,
        /// Public holidays: day or range, and its name.
        holidays: Dated<Spanned<String>>,
        /// Times closed for the project's own reasons, such as a change freeze: day or range, and the reason. Like a
        /// holiday a closed day lasts from midnight to midnight: of hours over midnight the part on the other day is worked.
        closed: Dated<Spanned<String>>,
        /// Days that are worked although the week or a holiday says no: day or range, and its hours
        /// (`09:00 .. 13:00`, or `08:00 .. 12:00, 13:00 .. 17:00`) or the reason (then its hours are the usual ones).
        /// Where extra days and days off meet, the shorter range wins, and of two of the same length the extra days.
        extra_days: Dated<ExtraDay>,
    }
    computed {
        days_per_week: "list the working days: `week: mon tue wed thu fri`",
    }
}

record! {
    /// A working week that holds for a time. What is not written is as in the calendar's own week.
    pub struct WorkingWeekRecord("working week") {
        /// The working days in that time: `mon tue wed thu`.
        week: Week,
        /// The hours in that time, for all working days or by weekday, as in the calendar.
        hours: DayHours,
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
            tell_value(bad_scalar(first_line(node), text, fault), found);
        }
        None
    }
}

/// Abbreviations of the weekdays, Monday first.
const WEEKDAYS: [&str; 7] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

/// The day that a word is near to: `mon` for `Monday`; none for no word and for one that is near to none.
fn meant_day(word: &str) -> Option<&'static str> {
    let start: String = word.to_ascii_lowercase().chars().take(3).collect();
    if start.is_empty() { None } else { did_you_mean(&start, WEEKDAYS) }
}

impl Scalar for Weekdays {
    const FORM: &'static str = "working days such as mon tue wed thu fri";

    fn read(text: &str) -> Result<Self, Malformed> {
        let mut days = [false; 7];
        if let Some(days) = days_of_range(text) {
            return Err(Malformed::expected(Self::FORM).hint(format!("write `{}`", days.join(" "))));
        }
        for word in text.split([' ', ',']).filter(|word| !word.is_empty()) {
            let Some(day) = WEEKDAYS.iter().position(|day| *day == word) else {
                if let Some(days) = days_of_range(word) {
                    let hint = format!("write `{}` for `{word}`", days.join(" "));
                    return Err(Malformed::expected(Self::FORM).hint(hint));
                }
                let fault = Malformed::expected(Self::FORM);
                let all: Vec<&str> = text.split([' ', ',']).filter_map(meant_day).collect();
                let n_words = text.split([' ', ',']).filter(|word| !word.is_empty()).count();
                return Err(match meant_day(word) {
                    Some(_) if all.len() == n_words && n_words > 1 => {
                        fault.hint(format!("write `{}`", all.join(" ")))
                    }
                    Some(day) => fault.hint(format!("write `{day}` for `{word}`")),
                    None => fault.hint("name each day by its first three letters"),
                });
            };
            if days[day] {
                let fault = Malformed::expected("a list that names each day once");
                return Err(fault.hint(format!("write `{word}` once")));
            }
            days[day] = true;
        }
        Ok(Self(days))
    }
}

/// The days from one to another, both included, where a text is such a range: `mon-fri`, `Sat .. Sun`, `fri–mon`.
fn days_of_range(text: &str) -> Option<Vec<&'static str>> {
    let (first, last) =
        text.split_once("..").or_else(|| text.split_once(['-', '–'])).or_else(|| text.split_once(" to "))?;
    let place = |name: &str| {
        let name = name.trim().to_ascii_lowercase();
        WEEKDAYS.iter().position(|day| name.starts_with(day) && name.chars().all(char::is_alphabetic))
    };
    let (first, last) = (place(first)?, place(last)?);
    let n_days = (last + 7 - first) % 7 + 1;
    Some(WEEKDAYS.into_iter().cycle().skip(first).take(n_days).collect())
}

impl Weekdays {
    /// The abbreviations of the days, in the order of the week.
    pub fn names(self) -> impl Iterator<Item = &'static str> {
        WEEKDAYS.into_iter().zip(self.0).filter_map(|(name, is_meant)| is_meant.then_some(name))
    }
}

/// The hours of working days: the same for all, or by weekday.
#[derive(Clone, Debug, PartialEq)]
pub enum DayHours {
    /// Hours of every working day.
    Every(Vec<Spanned<Hours>>),
    /// Hours of the days named; no day is named twice, and each has hours.
    ByWeekday(Vec<(Spanned<Weekdays>, Vec<Spanned<Hours>>)>),
}

impl Decode for DayHours {
    const FORM: &'static str = "hours such as 08:00 .. 12:00, a list of them, or hours by weekday";
    const IS_OPEN: bool = true;

    fn decode(node: &Node, found: &mut Diagnostics) -> Option<Self> {
        let NodeKind::Map(entries) = &node.kind else { return Vec::decode(node, found).map(Self::Every) };
        if entries.is_empty() {
            let fault = Malformed::expected("hours by weekday")
                .hint("write them, such as `{mon tue wed thu: 08:00 .. 17:00, fri: 08:00 .. 14:00}`, or leave `hours:` out");
            tell_value(bad_scalar(node.span, "{}", fault), found);
            return None;
        }
        let mut days: Vec<(Spanned<Weekdays>, Vec<Spanned<Hours>>)> = Vec::new();
        for entry in entries {
            let hours: Option<Vec<Spanned<Hours>>> = Vec::decode(&entry.value, found);
            let Some(key) = read_key::<Weekdays>(&entry.key, found) else { continue };
            let Some(hours) = hours else { continue };
            let again = days.iter().find_map(|(earlier, _)| {
                let both = std::array::from_fn(|day| earlier.value.0[day] && key.value.0[day]);
                Weekdays(both).names().next().map(|name| (earlier.span, name))
            });
            let is_missing = matches!(&entry.value.kind, NodeKind::Empty)
                || matches!(&entry.value.kind, NodeKind::List(items) if items.is_empty());
            if let Some((first, name)) = again {
                let message = format!("`{name}` has hours twice");
                found.push(
                    Diagnostic::new(&BAD_SCALAR, key.span, message)
                        .also(first, "first here")
                        .hint("write each day once, with all its hours as a list"),
                );
            } else if key.value == Weekdays::default() {
                let fault = Malformed::expected(Weekdays::FORM);
                tell_value(bad_scalar(key.span, &entry.key.value, fault), found);
            } else if is_missing {
                let message = format!("`{}` has no hours", entry.key.value);
                found.push(
                    Diagnostic::new(&BAD_SCALAR, key.span, message)
                        .hint("write its hours, or leave the day out of `week:` when it is not worked"),
                );
            } else if !hours.is_empty() {
                days.push((key, hours));
            }
        }
        Some(Self::ByWeekday(days))
    }
}

/// What stands at an extra working day.
#[derive(Clone, Debug, PartialEq)]
pub enum ExtraDay {
    /// Its hours.
    Hours(Vec<Spanned<Hours>>),
    /// Why it is worked; its hours are the usual ones.
    Reason(Spanned<String>),
}

impl Decode for ExtraDay {
    const FORM: &'static str = "hours such as 09:00 .. 13:00, or the reason";
    const IS_OPEN: bool = true;

    fn decode(node: &Node, found: &mut Diagnostics) -> Option<Self> {
        if matches!(node.kind, NodeKind::List(_)) {
            return Vec::decode(node, found).map(Self::Hours);
        }
        let written = Spanned::<String>::decode(node, found)?;
        if !(written.starts_with(|c: char| c.is_ascii_digit()) && written.contains(':')) {
            return Some(Self::Reason(written));
        }
        let mut hours = Vec::new();
        for part in written.split(',') {
            match Hours::read(part.trim()) {
                Ok(part) => hours.push(Spanned::new(part, written.span)),
                Err(fault) => {
                    tell_value(bad_scalar(written.span, part, fault), found);
                    return None;
                }
            }
        }
        Some(Self::Hours(hours))
    }

    fn each_text(&mut self, change: &mut dyn FnMut(&mut String)) {
        if let Self::Reason(reason) = self {
            reason.each_text(change);
        }
    }
}

/// A stretch of hours in minutes from midnight, half-open; written `08:00 .. 12:00`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hours {
    /// First minute.
    pub start: u32,
    /// Minute after the last; beyond 1 440 it lies on the next day, before the hour of the start.
    pub end: u32,
}

impl Scalar for Hours {
    const FORM: &'static str = "hours such as 08:00 .. 12:00";

    fn read(text: &str) -> Result<Self, Malformed> {
        let form = || Malformed::expected(Self::FORM);
        if text.contains(',') {
            return Err(form().hint(format!("write a list: `[{text}]`")));
        }
        let Some((start, end)) = text.split_once("..") else {
            return Err(match text.split_once(['-', '–']) {
                Some((start, end)) => form().hint(format!("write `{} .. {}`", time_of(start), time_of(end))),
                None => form().hint("write the first and the last minute, as in `08:00 .. 12:00`"),
            });
        };
        let time = |text: &str| {
            parse_time_of_day(text.trim()).ok_or_else(|| {
                let meant = time_of(text);
                if parse_time_of_day(&meant).is_some() {
                    form().hint(format!("write `{meant}` for `{}`", text.trim()))
                } else {
                    form().hint("write times from 00:00 to 24:00; hours over midnight end with a time of the next day, as in `22:00 .. 06:00`")
                }
            })
        };
        let (start, end) = (time(start)?, time(end)?);
        match start.cmp(&end) {
            Ordering::Less => Ok(Self { start, end }),
            // What ends before it begins ends on the next day; nothing begins at the end of a day.
            Ordering::Greater if start < 1_440 => Ok(Self { start, end: end + 1_440 }),
            _ => Err(form().hint("write `00:00 .. 24:00` for a whole day")),
        }
    }
}

/// A time of day as it is to be written: `8` is `08:00`; what is no hour stays as it is.
fn time_of(text: &str) -> String {
    let text = text.trim();
    match text.parse::<u32>() {
        Ok(hour) if hour <= 24 => format!("{hour:02}:00"),
        _ => text.to_owned(),
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
        assert_eq!(Weekdays::read("Mon, Tue, Wed").unwrap_err().hint, "write `mon tue wed`");
        assert_eq!(Weekdays::read("mon-fri").unwrap_err().hint, "write `mon tue wed thu fri`");
        assert_eq!(Weekdays::read("sat .. mon").unwrap_err().hint, "write `sat sun mon`");
        assert_eq!(Weekdays::read("mon-tue fri").unwrap_err().hint, "write `mon tue` for `mon-tue`");
        assert_eq!(Weekdays::read("mon mon").unwrap_err().hint, "write `mon` once");
    }

    #[test]
    fn hours_are_half_open_and_may_run_over_midnight() {
        assert_eq!(Hours::read("22:00 .. 24:00").unwrap(), Hours { start: 1_320, end: 1_440 });
        assert_eq!(Hours::read("22:00 .. 04:00").unwrap(), Hours { start: 1_320, end: 1_680 });
        assert_eq!(Hours::read("22:00 .. 00:00").unwrap(), Hours { start: 1_320, end: 1_440 });
        assert!(Hours::read("08:00 .. 08:00").is_err());
        assert!(Hours::read("24:00 .. 08:00").is_err());
        assert_eq!(Hours::read("8:00-12:00").unwrap_err().hint, "write `8:00 .. 12:00`");
        assert_eq!(Hours::read("8-12").unwrap_err().hint, "write `08:00 .. 12:00`");
        assert!(
            Hours::read("08:00 .. 25:00").unwrap_err().hint.starts_with("write times from 00:00 to 24:00")
        );
        assert!(Hours::read("08:60 .. 12:00").is_err());
    }
}
