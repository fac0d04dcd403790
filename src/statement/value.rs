//! Values as they are typed, and whether they fit what they are held against.

use std::ops::Range;

use jiff::civil::Date;

use crate::quantity::{Duration, Money, parse_date};
use crate::statement::{Fault, FaultKind, Kind, Literal};

/// A value before it is known what it is held against.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Typed {
    /// A number without a unit, in millionths.
    Number(i64),
    /// A percentage, in millionths of the whole.
    Percent(i64),
    /// Time.
    Days(Duration),
    /// Money.
    Money(Money),
    /// A day.
    Date(Date),
}

/// The largest number that may be typed.
const LARGEST: i64 = 1_000_000_000;

impl Typed {
    /// Reads a value.
    pub(super) fn read(text: &str, range: &Range<usize>) -> Result<Self, Fault> {
        let fault =
            |message: String, hint: &str| Err(Fault::new(FaultKind::Form, range.clone(), message).hint(hint));
        let not_understood = |expected: &str| format!("`{text}` is not {expected}");
        if text.ends_with(|letter: char| letter.is_ascii_uppercase()) && text.contains([' ', '\u{a0}']) {
            return match text.parse() {
                Ok(money) => Ok(Self::Money(money)),
                Err(malformed) => fault(not_understood(&malformed.expected), &malformed.hint),
            };
        }
        if let Some(number) = text.strip_suffix('%') {
            return match millionths(number, 4) {
                Some(millionths) => Ok(Self::Percent(millionths)),
                None => fault(not_understood("a percentage such as 90%"), ""),
            };
        }
        if (text.contains('-') && !text.starts_with('-')) || text.matches('.').count() > 1 {
            return match parse_date(text) {
                Ok(day) => Ok(Self::Date(day)),
                Err(malformed) => fault(not_understood(&malformed.expected), &malformed.hint),
            };
        }
        if text.ends_with(|letter: char| letter.is_ascii_alphabetic()) {
            return match text.parse() {
                Ok(duration) => Ok(Self::Days(duration)),
                Err(malformed) => fault(not_understood(&malformed.expected), &malformed.hint),
            };
        }
        match millionths(text, 6) {
            Some(millionths) => Ok(Self::Number(millionths)),
            None => fault(
                not_understood("a number such as 3 or 0.9"),
                "write a point before decimals, and `_` between thousands",
            ),
        }
    }

    fn words(self) -> &'static str {
        match self {
            Self::Number(_) => "a plain number",
            Self::Percent(_) => "a percentage",
            Self::Days(duration) if duration.is_elapsed() => "time that runs through nights and weekends",
            Self::Days(_) => "working days",
            Self::Money(_) => "money",
            Self::Date(_) => "a day",
        }
    }

    /// The value as the kind that it is held against; `what` is the name of the other side.
    pub(super) fn fit(
        self,
        kind: Kind,
        what: &str,
        (text, range): (&str, &Range<usize>),
    ) -> Result<Literal, Fault> {
        let is_whole = |millionths: i64| millionths % 1_000_000 == 0;
        match (kind, self) {
            (Kind::Days, Self::Days(duration)) if !duration.is_elapsed() => {
                return Ok(Literal::Days(duration));
            }
            (Kind::Money, Self::Money(money)) => return Ok(Literal::Money(money)),
            (Kind::Index, Self::Number(millionths)) => {
                return Ok(Literal::Ratio { millionths, in_percent: false });
            }
            // A share of 90 is nobody's: 90 % is meant.
            (Kind::Share, Self::Number(millionths)) if millionths.abs() <= 1_000_000 => {
                return Ok(Literal::Ratio { millionths, in_percent: false });
            }
            (Kind::Index | Kind::Share, Self::Percent(millionths)) => {
                return Ok(Literal::Ratio { millionths, in_percent: true });
            }
            (Kind::Count, Self::Number(millionths)) if is_whole(millionths) => {
                return Ok(Literal::Count(millionths / 1_000_000));
            }
            (Kind::Date, Self::Date(day)) => return Ok(Literal::Date(day)),
            _ => {}
        }
        let message = format!("`{what}` is {}, and `{text}` is {}", kind.words(), self.words());
        let hint = match (kind, self) {
            (Kind::Days, Self::Number(_)) => format!("write `{text}d`"),
            (Kind::Days, Self::Days(_)) => format!("write `{}`", text.replace('e', "")),
            (Kind::Money, Self::Number(_)) => format!("add the currency, such as `{text} EUR`"),
            (Kind::Share, Self::Number(_)) => format!("write `{text}%`"),
            _ => format!("hold it against {}, such as `{}`", kind.words(), kind.example()),
        };
        Err(Fault::new(FaultKind::Units, range.clone(), message).hint(hint))
    }
}

/// A plain decimal in millionths, where its unit is `10^-digits`: `90` with four digits is 900 000.
fn millionths(text: &str, digits: u32) -> Option<i64> {
    let (is_negative, text) = text.strip_prefix('-').map_or((false, text), |rest| (true, rest));
    let (whole, part) = text.split_once('.').unwrap_or((text, ""));
    let is_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let whole = whole.replace('_', "");
    if !is_digits(&whole) || whole.is_empty() || !is_digits(part) || part.len() > digits as usize {
        return None;
    }
    let whole: i64 = whole.parse().ok().filter(|whole| *whole <= LARGEST)?;
    let base = 10_i64.pow(digits);
    let part: i64 = format!("{part:0<width$}", width = digits as usize).parse().ok()?;
    let number = whole * base + part;
    Some(if is_negative { -number } else { number })
}
