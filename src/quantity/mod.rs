//! Numbers with meaning: money, working time, shares, dates, identifiers.
//!
//! Comes in: text as authors write it. Goes out: values that cannot be mixed up.
//! Ground floor: imports nothing of ours. Not here: how readers see a value (`format`).

mod audience;
mod duration;
mod exchange_rate;
mod id;
mod instant;
mod lag;
mod letters;
mod measure;
mod moment;
mod money;
mod money_range;
mod ratio;
mod window;

pub use audience::Audience;
pub use duration::{Duration, Effort, Estimate, RoomDays, Unit, WorkTime};
pub use exchange_rate::ExchangeRate;
pub use id::{GateId, Id, Stage};
pub use instant::{Instant, MINUTES_OF_DAY, days_between};
pub use lag::Lag;
pub use letters::letters_in_ascii;
pub use measure::{Measure, Tally};
pub use moment::{Moment, parse_time_of_day};
pub use money::{Amount, Currency, Money, Per, Rate};
pub use money_range::MoneyRange;
pub(crate) use ratio::in_percent;
pub use ratio::{Fraction, Percent, Ratio};
pub use window::{Window, is_year_of_a_project, parse_date, parse_window};

/// A text that does not have the form its field asks for.
///
/// Carries what was expected and, where one can be computed, a better spelling.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Malformed {
    /// What was expected, as a phrase: "a date such as 2026-11-20".
    pub expected: String,
    /// What to write instead, as a sentence that begins with a verb; may be empty.
    pub hint: String,
    /// The part of the text that is at fault, where it is not all of it; else empty.
    pub part: String,
}

impl Malformed {
    /// Says what was expected.
    pub fn expected(expected: impl Into<String>) -> Self {
        Self { expected: expected.into(), hint: String::new(), part: String::new() }
    }

    /// Adds what to write instead.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = hint.into();
        self
    }

    /// Names the part of the text that is at fault.
    #[must_use]
    pub fn part(mut self, part: &str) -> Self {
        part.clone_into(&mut self.part);
        self
    }
}

/// Reads a plain decimal with at most `digits` digits after the point as a whole number of the smallest unit.
///
/// `_`, a thin space and a no-break space group digits before the point by three. `"1_680.5"` with two digits is 168050; `"50_00"` is
/// no number: it might mean 5 000 or 50 000.
fn decimal(text: &str, digits: u32) -> Option<i64> {
    let (negative, text) = match text.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, text),
    };
    let (whole, part) = text.split_once('.').unwrap_or((text, ""));
    if whole.is_empty() || part.len() > digits as usize || (text.contains('.') && part.is_empty()) {
        return None;
    }
    if !whole.starts_with(|c: char| c.is_ascii_digit()) || !whole.ends_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let mut groups = whole.split(['_', '\u{2009}', '\u{202f}', '\u{a0}']);
    let first = groups.next()?;
    let is_grouped = groups.clone().next().is_some();
    if groups.clone().any(|group| group.len() != 3) || (is_grouped && first.len() > 3) {
        return None;
    }
    let mut total: i64 = 0;
    for character in first.chars().chain(groups.flat_map(str::chars)) {
        total = total.checked_mul(10)?.checked_add(i64::from(character.to_digit(10)?))?;
    }
    for place in 0..digits as usize {
        let digit = match part.as_bytes().get(place) {
            Some(byte) if byte.is_ascii_digit() => i64::from(byte - b'0'),
            Some(_) => return None,
            None => 0,
        };
        total = total.checked_mul(10)?.checked_add(digit)?;
    }
    Some(if negative { -total } else { total })
}

/// A number in 64 bits; one that does not fit is the largest, or smallest, that does.
pub(crate) fn saturated(number: i128) -> i64 {
    i64::try_from(number).unwrap_or(if number < 0 { i64::MIN } else { i64::MAX })
}

/// Divides and rounds half to even, which favours neither side over many roundings.
pub(crate) fn divide_half_even(numerator: i128, denominator: i128) -> i128 {
    let quotient = numerator.div_euclid(denominator);
    let remainder = numerator.rem_euclid(denominator);
    match (remainder * 2).cmp(&denominator.abs()) {
        std::cmp::Ordering::Less => quotient,
        std::cmp::Ordering::Greater => quotient + 1,
        std::cmp::Ordering::Equal => quotient + (quotient & 1),
    }
}
