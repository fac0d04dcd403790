//! Shares and indices: exact fractions, percentages of 0 to 100, and ratios that may be undefined.

use std::fmt;
use std::str::FromStr;

use super::{Amount, Malformed, decimal};

/// An exact share, such as 2 of 14; the denominator is above zero.
#[derive(Clone, Copy, Debug)]
pub struct Fraction {
    numerator: i64,
    denominator: i64,
}

impl Fraction {
    /// Nothing.
    pub const ZERO: Self = Self { numerator: 0, denominator: 1 };
    /// The whole.
    pub const ONE: Self = Self { numerator: 1, denominator: 1 };

    /// Makes a share; a denominator of zero or below gives [`Fraction::ZERO`].
    #[must_use]
    pub fn new(numerator: i64, denominator: i64) -> Self {
        if denominator <= 0 { Self::ZERO } else { Self { numerator, denominator } }
    }

    /// The upper number.
    #[must_use]
    pub fn numerator(self) -> i64 {
        self.numerator
    }

    /// The lower number; above zero.
    #[must_use]
    pub fn denominator(self) -> i64 {
        self.denominator
    }

    /// Keeps the share between nothing and the whole.
    #[must_use]
    pub fn clamped(self) -> Self {
        Self { numerator: self.numerator.clamp(0, self.denominator), denominator: self.denominator }
    }

    /// What is left of the whole.
    #[must_use]
    pub fn rest(self) -> Self {
        Self { numerator: self.denominator - self.numerator, denominator: self.denominator }
    }

    /// Takes this share of a whole number (minutes, units), rounded half to even.
    #[must_use]
    pub fn of(self, whole: i64) -> i64 {
        Amount(whole).share(self).0
    }

    /// The share as a number, for positions in charts.
    #[must_use]
    pub fn as_f64(self) -> f64 {
        self.numerator as f64 / self.denominator as f64
    }

    /// Says whether the whole is reached.
    #[must_use]
    pub fn is_whole(self) -> bool {
        self.numerator >= self.denominator
    }
}

impl PartialEq for Fraction {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other).is_eq()
    }
}
impl Eq for Fraction {}
impl PartialOrd for Fraction {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}
impl Ord for Fraction {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        let left = i128::from(self.numerator) * i128::from(other.denominator);
        left.cmp(&(i128::from(other.numerator) * i128::from(self.denominator)))
    }
}

/// A share between 0 % and 100 %, in hundredths of a percent; written `40%` or `12.5%`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Percent(i64);

impl Percent {
    /// 0 %.
    pub const ZERO: Self = Self(0);
    /// 100 %.
    pub const WHOLE: Self = Self(10_000);

    /// Makes a percentage from hundredths of a percent; beyond 0 to 10 000 it is cut.
    #[must_use]
    pub fn from_hundredths(hundredths: i64) -> Self {
        Self(hundredths.clamp(0, 10_000))
    }

    /// Hundredths of a percent: 4 000 is 40 %.
    #[must_use]
    pub fn hundredths(self) -> i64 {
        self.0
    }

    /// The same share as an exact fraction.
    #[must_use]
    pub fn fraction(self) -> Fraction {
        Fraction::new(self.0, 10_000)
    }
}

impl FromStr for Percent {
    type Err = Malformed;

    fn from_str(text: &str) -> Result<Self, Malformed> {
        let form = || Malformed::expected("a percentage from 0% to 100%, such as 40%");
        let Some(number) = text.trim().strip_suffix('%') else {
            let text = text.trim();
            // A share of one is read by many as a percentage: `0.5` may be half, or half a percent.
            let of_one = decimal(text, 4).filter(|share| text.contains('.') && (1..=10_000).contains(share));
            return Err(match (decimal(text, 2), of_one) {
                (Some(_), Some(share)) => {
                    form().hint(format!("write `{}` or `{text}%`, whichever is meant", in_percent(share)))
                }
                (None, Some(share)) => form().hint(format!("write `{}`", in_percent(share))),
                (Some(_), None) => form().hint(format!("write `{text}%`")),
                (None, None) => form(),
            });
        };
        let number = number.trim_end();
        let by_comma = || decimal(&number.replace(',', "."), 2);
        match decimal(number, 2) {
            Some(hundredths @ 0..=10_000) => Ok(Self(hundredths)),
            read => Err(match read.or_else(by_comma) {
                Some(hundredths) if hundredths < 0 => form().hint("write `0%` or more"),
                Some(hundredths @ 0..=10_000) => {
                    form().hint(format!("write `{}`, with a point", in_percent(hundredths)))
                }
                Some(_) => form().hint("write `100%` or less"),
                None => form(),
            }),
        }
    }
}

/// As it is written: `40%`, `12.5%`.
impl fmt::Display for Percent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&in_percent(self.0))
    }
}

/// Hundredths of a percent as they are written: 5 000 is `50%`, 1 250 is `12.5%`.
pub(crate) fn in_percent(hundredths: i64) -> String {
    let part = format!(".{:02}", hundredths % 100);
    format!("{}{}%", hundredths / 100, part.trim_end_matches('0').trim_end_matches('.'))
}

/// A quotient without bounds, such as an index; undefined quotients are `None`, never infinite.
#[derive(Clone, Copy, PartialEq, PartialOrd)]
pub struct Ratio(f64);

impl Ratio {
    /// Divides; `None` when the base is zero or the result is not a number.
    ///
    /// 400 ÷ 500 is 0.8; anything ÷ 0 is undefined.
    #[must_use]
    pub fn of(part: f64, base: f64) -> Option<Self> {
        if base == 0.0 { None } else { Self::new(part / base) }
    }

    /// Divides two amounts; `None` when the base is zero.
    #[must_use]
    pub fn of_amounts(part: Amount, base: Amount) -> Option<Self> {
        Self::of(part.as_f64(), base.as_f64())
    }

    /// Takes a finite number as a ratio.
    #[must_use]
    pub fn new(number: f64) -> Option<Self> {
        number.is_finite().then_some(Self(number))
    }

    /// The number itself, for comparison with thresholds and for display.
    #[must_use]
    pub fn get(self) -> f64 {
        self.0
    }
}

impl fmt::Debug for Ratio {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percentages_have_bounds_and_a_sign() {
        assert_eq!("40%".parse::<Percent>().unwrap().hundredths(), 4_000);
        assert_eq!("12.5 %".parse::<Percent>().unwrap().hundredths(), 1_250);
        assert!("101%".parse::<Percent>().is_err());
        assert_eq!("40".parse::<Percent>().unwrap_err().hint, "write `40%`");
        for (written, hint) in [
            ("12,5%", "write `12.5%`, with a point"),
            ("-12,5%", "write `0%` or more"),
            ("101,5%", "write `100%` or less"),
            ("101.5%", "write `100%` or less"),
        ] {
            assert_eq!(written.parse::<Percent>().unwrap_err().hint, hint, "{written}");
        }
    }

    #[test]
    fn shares_round_half_to_even() {
        assert_eq!(Amount(5).share(Fraction::new(1, 2)), Amount(2));
        assert_eq!(Amount(15).share(Fraction::new(1, 2)), Amount(8));
        assert_eq!(Amount(-5).share(Fraction::new(1, 2)), Amount(-2));
        assert_eq!(Fraction::new(2, 14), Fraction::new(1, 7));
    }
}
