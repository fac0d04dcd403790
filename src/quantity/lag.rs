//! The time between the ends of two tasks, as written at a link.

use std::fmt;
use std::str::FromStr;

use super::{Duration, Fraction, Malformed, WorkTime, decimal};

/// The time between the ends of two linked tasks; below zero for a lead.
///
/// Written `+2d`, `-1d`, `+10ed`, or as a share of the length of the task waited for: `+25%`, `-50%`, `+25e%`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Lag {
    /// A length of time.
    Time(Duration),
    /// A share of the predecessor's planned length.
    Share {
        /// Hundredths of a percent, −100 000 to 100 000: 2 500 is 25 %.
        hundredths: i64,
        /// Whether its minutes run through nights and weekends.
        elapsed: bool,
    },
}

/// The largest share, in hundredths of a percent: ten times as long as the task waited for.
const LARGEST_SHARE: i64 = 100_000;

impl Lag {
    /// No time at all.
    pub const ZERO: Self = Self::Time(Duration::ZERO);

    /// Says whether it runs through nights and weekends.
    #[must_use]
    pub fn is_elapsed(self) -> bool {
        match self {
            Self::Time(time) => time.is_elapsed(),
            Self::Share { elapsed, .. } => elapsed,
        }
    }

    /// Says whether it is a lead.
    #[must_use]
    pub fn is_negative(self) -> bool {
        match self {
            Self::Time(time) => time.is_negative(),
            Self::Share { hundredths, .. } => hundredths < 0,
        }
    }

    /// Says whether it is no time at all.
    #[must_use]
    pub fn is_zero(self) -> bool {
        match self {
            Self::Time(time) => time.is_zero(),
            Self::Share { hundredths, .. } => hundredths == 0,
        }
    }

    /// Gives the length in minutes: working minutes, or minutes of the clock when elapsed. `predecessor` is the planned
    /// length of the task waited for, in minutes; shares of it are rounded to the minute, half to even.
    ///
    /// `+25%` after a task of five eight-hour days is 600 minutes.
    #[must_use]
    pub fn minutes(self, work: WorkTime, predecessor: i64) -> i64 {
        match self {
            Self::Time(time) => time.minutes(work),
            Self::Share { hundredths, .. } => Fraction::new(hundredths, 10_000).of(predecessor),
        }
    }
}

impl From<Duration> for Lag {
    fn from(time: Duration) -> Self {
        Self::Time(time)
    }
}

impl FromStr for Lag {
    type Err = Malformed;

    fn from_str(text: &str) -> Result<Self, Malformed> {
        let text = text.trim();
        let form = || Malformed::expected("a share such as 25% or, through weekends, 25e%");
        if let Some(number) = misplaced_mark(text) {
            return Err(form().hint(format!("write `{number}e%`")));
        }
        let Some(number) = text.strip_suffix('%') else { return text.parse().map(Self::Time) };
        if has_two_signs(text) {
            return Err(form().hint(ONE_SIGN));
        }
        let number = number.trim_end();
        let (elapsed, number) = match number.strip_suffix('e') {
            Some(number) => (true, number.trim_end()),
            None => (false, number),
        };
        match decimal(number.strip_prefix('+').unwrap_or(number), 2) {
            Some(hundredths) if hundredths.abs() <= LARGEST_SHARE => Ok(Self::Share { hundredths, elapsed }),
            Some(hundredths) => {
                let most = if hundredths < 0 { "-1000%" } else { "1000%" };
                Err(form().hint(format!("write at most `{most}`, or the lag as a time")))
            }
            None => Err(form().hint("write a number with at most two decimals before the percent sign")),
        }
    }
}

/// What to do about two signs.
const ONE_SIGN: &str = "write one sign: `+` for a lag, `-` for a lead";

/// Says whether a number begins with two signs, such as `+-2d`: which of them is meant cannot be known.
pub(super) fn has_two_signs(text: &str) -> bool {
    text.strip_prefix(['+', '-']).is_some_and(|rest| rest.trim_start().starts_with(['+', '-']))
}

/// The number of a share by the clock whose mark stands elsewhere than it should: `25` of `25%e` and `25E%`.
fn misplaced_mark(text: &str) -> Option<&str> {
    let number = text.trim_end_matches(['%', 'e', 'E', ' ']);
    let mark: String = text[number.len()..].split_whitespace().collect();
    let is_meant = mark.len() == 2 && mark.contains('%') && mark != "e%";
    let digits = number.strip_prefix('+').unwrap_or(number);
    (is_meant && decimal(digits, 2).is_some()).then_some(digits)
}

impl fmt::Display for Lag {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (hundredths, elapsed) = match self {
            Self::Time(time) => return time.fmt(f),
            Self::Share { hundredths, elapsed } => (*hundredths, *elapsed),
        };
        write!(f, "{}{}", if hundredths < 0 { "-" } else { "" }, hundredths.abs() / 100)?;
        let part = hundredths.abs() % 100;
        if part != 0 {
            write!(f, ".{}", format!("{part:02}").trim_end_matches('0'))?;
        }
        f.write_str(if elapsed { "e%" } else { "%" })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_lag_is_a_time_or_a_share_and_prints_as_written() {
        for text in ["2d", "-1.5d", "10ed", "25%", "-50%", "12.5%", "25e%", "-0.05e%"] {
            assert_eq!(text.parse::<Lag>().unwrap().to_string(), text);
        }
        assert_eq!("+25%".parse(), Ok(Lag::Share { hundredths: 2_500, elapsed: false }));
        assert_eq!("+100 e%".parse(), Ok(Lag::Share { hundredths: 10_000, elapsed: true }));
        assert!("0%".parse::<Lag>().unwrap().is_zero() && "-1%".parse::<Lag>().unwrap().is_negative());
    }

    #[test]
    fn a_share_is_taken_of_the_predecessor_to_the_minute() {
        let minutes = |text: &str| text.parse::<Lag>().unwrap().minutes(WorkTime::default(), 2_401);
        assert_eq!(minutes("+25%"), 600);
        assert_eq!(minutes("-100%"), -2_401);
        assert_eq!(minutes("+250e%"), 6_002);
        assert_eq!(minutes("+1d"), 480);
    }

    #[test]
    fn what_is_no_share_is_refused() {
        for text in
            ["%", "+%", "e%", "1001%", "-1001%", "2.555%", "2d%", "2%d", "--2%", "+-2%", "+-2d", "++2d"]
        {
            assert!(text.parse::<Lag>().is_err(), "{text}");
        }
        assert_eq!("+25%e".parse::<Lag>().unwrap_err().hint, "write `25e%`");
        assert_eq!("-25E%".parse::<Lag>().unwrap_err().hint, "write `-25e%`");
        assert_eq!("+-25%".parse::<Lag>().unwrap_err().hint, ONE_SIGN);
    }
}
