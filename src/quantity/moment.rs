//! A day, or a minute of a day, as authors write it.

use std::fmt;
use std::str::FromStr;

use jiff::civil::Date;

use super::{Instant, MINUTES_OF_DAY, Malformed, parse_date};

/// A day, or a day with a time of day: `2026-11-20` or `2026-11-20 13:00`.
///
/// Without a time, a start means the beginning of the day and a finish its end. Two moments have no order of their
/// own, because a day contains its minutes: ask [`Moment::is_before`], or compare instants.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Moment {
    /// The day.
    pub day: Date,
    /// Minutes from midnight, 0 to 1 440; 1 440 is the midnight that ends the day. None where only a day is given.
    pub minute: Option<u32>,
}

impl Moment {
    /// A whole day.
    #[must_use]
    pub fn on(day: Date) -> Self {
        Self { day, minute: None }
    }

    /// A minute of a day, counted from midnight; beyond 1 440 it is cut.
    #[must_use]
    pub fn at(day: Date, minute: u32) -> Self {
        Self { day, minute: Some(minute.min(1_440)) }
    }

    /// The instant, where a time of day is given.
    #[must_use]
    pub fn instant(self) -> Option<Instant> {
        self.minute.map(|minute| Instant::start_of(self.day).plus(i64::from(minute)))
    }

    /// The instant; without a time of day the midnight at which the day begins.
    #[must_use]
    pub fn first_instant(self) -> Instant {
        self.instant().unwrap_or_else(|| Instant::start_of(self.day))
    }

    /// The instant; without a time of day the midnight at which the day ends.
    #[must_use]
    pub fn last_instant(self) -> Instant {
        self.instant().unwrap_or_else(|| Instant::end_of(self.day))
    }

    /// Says whether it lies before another for certain: on an earlier day, or at an earlier minute where both have one.
    #[must_use]
    pub fn is_before(self, other: Self) -> bool {
        match (self.instant(), other.instant()) {
            (Some(own), Some(other)) => own < other,
            _ => self.day < other.day,
        }
    }

    /// The time of day as `13:00`, where one is given.
    #[must_use]
    pub fn time_of_day(self) -> Option<String> {
        self.minute.map(|minute| format!("{:02}:{:02}", minute / 60, minute % 60))
    }
}

impl fmt::Display for Moment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.time_of_day() {
            Some(time) => write!(f, "{} {time}", self.day),
            None => write!(f, "{}", self.day),
        }
    }
}

impl FromStr for Moment {
    type Err = Malformed;

    fn from_str(text: &str) -> Result<Self, Malformed> {
        let text = text.trim();
        if parse_time_of_day(text).is_some() {
            return Err(Malformed::expected("a date, with or without its time")
                .hint(format!("write the day before the time, as in `2026-11-20 {text:0>5}`")));
        }
        let Some((day, time)) = parted(text) else { return parse_date(text).map(Self::on) };
        let day = parse_date(day)?;
        match parse_time_of_day(time) {
            Some(minute) => Ok(Self::at(day, minute)),
            None => Err(Malformed::expected("a date with a time of day such as 2026-11-20 13:00")
                .hint(time_hint(day, time))),
        }
    }
}

/// Parts a day in the ISO form from what follows it.
fn parted(text: &str) -> Option<(&str, &str)> {
    let (day, time) = text.split_at_checked(10)?;
    let time = time.strip_prefix('T').or_else(|| time.strip_prefix(' '))?;
    Some((day, time.trim_start()))
}

/// What to write instead of a time in another form.
fn time_hint(day: Date, time: &str) -> String {
    let twelve = |suffix: &str, midday: u32| {
        let hour = time.to_ascii_lowercase().strip_suffix(suffix)?.trim().to_owned();
        let (hour, minute) = hour.split_once([':', '.']).unwrap_or((hour.as_str(), "00"));
        let hour: u32 = hour.parse().ok().filter(|hour| (1..=12).contains(hour))?;
        parse_time_of_day(&format!("{}:{minute}", hour % 12 + midday))
    };
    let full = || {
        let mut parts = time.trim_end_matches(['Z', 'z']).split([':', '.', 'h']);
        let (hour, minute) = (parts.next()?, parts.next().filter(|minute| !minute.is_empty())?);
        parse_time_of_day(&format!("{hour}:{minute:0<2}"))
    };
    match twelve("pm", 12).or_else(|| twelve("am", 0)).or_else(full) {
        Some(minute) => format!("write `{}`", Moment::at(day, minute)),
        None => "write hours and minutes from 00:00 to 24:00".to_owned(),
    }
}

/// Reads `08:30` or `24:00` as minutes from midnight, 0 to 1 440.
#[must_use]
pub fn parse_time_of_day(text: &str) -> Option<u32> {
    let (hour, minute) = text.split_once(':')?;
    let is_number = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if hour.is_empty() || hour.len() > 2 || minute.len() != 2 || !is_number(hour) || !is_number(minute) {
        return None;
    }
    let hour: u32 = hour.parse().ok()?;
    let minute: u32 = minute.parse().ok()?;
    let at = hour * 60 + minute;
    (minute < 60 && i64::from(at) <= MINUTES_OF_DAY).then_some(at)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_moment_is_a_day_or_a_minute_of_it_and_prints_as_written() {
        for text in ["2026-11-20", "2026-11-20 13:00", "2026-11-20 00:00", "2026-11-20 24:00"] {
            assert_eq!(text.parse::<Moment>().unwrap().to_string(), text);
        }
        assert_eq!("2026-11-20T09:05".parse::<Moment>().unwrap().to_string(), "2026-11-20 09:05");
        assert_eq!("2026-11-20 9:05".parse::<Moment>().unwrap().minute, Some(545));
    }

    #[test]
    fn a_day_contains_its_minutes() {
        let day: Moment = "2026-11-20".parse().unwrap();
        let noon: Moment = "2026-11-20 12:00".parse().unwrap();
        assert_eq!(day.first_instant().to_string(), "2026-11-20 00:00");
        assert_eq!(day.last_instant().to_string(), "2026-11-21 00:00");
        assert_eq!(noon.first_instant(), noon.last_instant());
        assert!(!day.is_before(noon) && !noon.is_before(day));
        assert!(noon.is_before(Moment::at(noon.day, 721)) && noon.is_before("2026-11-21".parse().unwrap()));
        assert_eq!(noon.first_instant().to_string(), "2026-11-20 12:00");
        assert_eq!("2026-11-20 24:00".parse::<Moment>().unwrap().last_instant(), Instant::end_of(noon.day));
    }

    #[test]
    fn other_forms_are_translated_where_they_mean_one_time() {
        let hint = |text: &str| text.parse::<Moment>().unwrap_err().hint;
        assert_eq!(hint("20.11.2026"), "write `2026-11-20`");
        assert_eq!(hint("2026-11-20 1pm"), "write `2026-11-20 13:00`");
        assert_eq!(hint("2026-11-20 12:30 am"), "write `2026-11-20 00:30`");
        assert_eq!(hint("2026-11-20T13:00:00Z"), "write `2026-11-20 13:00`");
        assert_eq!(hint("2026-11-20 13.30"), "write `2026-11-20 13:30`");
        assert_eq!(hint("2026-11-20 25:00"), "write hours and minutes from 00:00 to 24:00");
        assert_eq!(hint("2026-11-20 noon"), "write hours and minutes from 00:00 to 24:00");
        assert_eq!(hint("2026-11-20 +9:00"), "write hours and minutes from 00:00 to 24:00");
        assert_eq!(hint("2026-02-30 13:00"), "check the day: that month does not have it");
        assert!("2026-11-2013:00".parse::<Moment>().is_err());
    }
}
