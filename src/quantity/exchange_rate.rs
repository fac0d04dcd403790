//! What a unit of another currency is worth, typed as a plain decimal.

use std::fmt;
use std::str::FromStr;

use super::{Amount, Currency, Malformed, Money, decimal, divide_half_even};

/// Digits after the point that a rate may have.
const DIGITS: u32 = 9;

/// The largest rate that may be written: one dinar is a few hundred thousand of the smallest currencies.
const LARGEST: i64 = 1_000_000;

/// Units of one currency that a unit of another is worth, written `0.92`.
///
/// Exact to nine digits after the point, above zero, at most a million.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ExchangeRate {
    /// The rate in billionths.
    billionths: i64,
}

impl ExchangeRate {
    /// What a sum is worth in another currency: sum × rate, computed with whole numbers of 128 bits and rounded half to
    /// even to the minor unit of `into`, once.
    ///
    /// 2 000.00 USD at 0.92 are 1 840.00 EUR; 100 000 JPY at 0.0058 are 580.00 EUR; 1.500 KWD at 2.95 are 4.42 EUR (4.425 lies
    /// in the middle). `None` where the result is larger than a sum may be.
    #[must_use]
    pub fn convert(self, sum: Money, into: Currency) -> Option<Amount> {
        let product = i128::from(sum.amount.0) * i128::from(self.billionths) * 10_i128.pow(into.digits());
        let minor_units = divide_half_even(product, 10_i128.pow(DIGITS + sum.currency.digits()));
        i64::try_from(minor_units).ok().map(Amount).filter(|amount| amount.is_writable())
    }

    /// The rate as a number, to be compared.
    #[must_use]
    pub fn as_f64(self) -> f64 {
        self.billionths as f64 / 1e9
    }
}

impl FromStr for ExchangeRate {
    type Err = Malformed;

    fn from_str(text: &str) -> Result<Self, Malformed> {
        let form = || {
            Malformed::expected("a rate above zero such as 0.92, with at most nine digits after the point")
        };
        if text.contains(',') {
            return Err(form().hint(format!("write `{}`", text.replace(',', "."))));
        }
        match decimal(text, DIGITS) {
            Some(billionths) if billionths > LARGEST.saturating_mul(10_i64.pow(DIGITS)) => {
                Err(Malformed::expected(format!("a rate of at most {LARGEST}"))
                    .hint("write what one unit of the other currency is worth in the project's"))
            }
            Some(billionths @ 1..) => Ok(Self { billionths }),
            _ => Err(form()),
        }
    }
}

impl fmt::Display for ExchangeRate {
    /// As a plain decimal without idle zeros: `0.92`, `161`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let unit = 10_i64.pow(DIGITS);
        let part = format!("{:0width$}", self.billionths % unit, width = DIGITS as usize);
        let part = part.trim_end_matches('0');
        let whole = self.billionths / unit;
        if part.is_empty() { write!(f, "{whole}") } else { write!(f, "{whole}.{part}") }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[track_caller]
    fn check(sum: &str, rate: &str, into: &str, expected: i64) {
        let rate: ExchangeRate = rate.parse().unwrap();
        assert_eq!(
            rate.convert(sum.parse().unwrap(), into.parse().unwrap()),
            Some(Amount(expected)),
            "{sum} at {rate}"
        );
    }

    /// Each answer worked by hand; ISO 4217 gives the yen no minor unit and the Kuwaiti dinar three digits.
    #[test]
    fn sums_are_converted_exactly_and_rounded_once() {
        check("2_000 USD", "0.92", "EUR", 184_000);
        check("-2_000 USD", "0.92", "EUR", -184_000);
        check("100_000 JPY", "0.0058", "EUR", 58_000);
        check("580 EUR", "172.413793103", "JPY", 100_000);
        check("1.500 KWD", "2.95", "EUR", 442);
        check("1.700 KWD", "2.95", "EUR", 502);
        check("10 EUR", "0.3390001", "KWD", 3_390);
        check("1 JPY", "0.00195", "KWD", 2);
        check("100_000_000_000 USD", "0.999999999", "EUR", 9_999_999_990_000);
    }

    #[test]
    fn halves_go_to_the_even_side() {
        check("0.01 USD", "0.5", "EUR", 0);
        check("0.03 USD", "0.5", "EUR", 2);
        check("0.05 USD", "0.5", "EUR", 2);
        check("-0.03 USD", "0.5", "EUR", -2);
    }

    #[test]
    fn what_is_too_large_to_be_written_is_not_converted() {
        let rate: ExchangeRate = "2".parse().unwrap();
        assert_eq!(rate.convert("90_000_000_000 USD".parse().unwrap(), "EUR".parse().unwrap()), None);
    }

    #[test]
    fn a_rate_is_a_plain_decimal_above_zero() {
        for (text, shown) in
            [("0.92", "0.92"), ("161", "161"), ("1_234.50", "1234.5"), ("0.000000001", "0.000000001")]
        {
            assert_eq!(text.parse::<ExchangeRate>().unwrap().to_string(), shown);
        }
        for wrong in ["0", "-0.92", "0,92", "0.0000000001", "1_000_001", "1e3", "USD", ""] {
            assert!(wrong.parse::<ExchangeRate>().is_err(), "{wrong}");
        }
    }

    proptest! {
        /// A sum converted is never further than half a minor unit from the exact product.
        #[test]
        fn rounding_moves_at_most_half_a_minor_unit(minor in -1_000_000_000i64..1_000_000_000, billionths in 1i64..5_000_000_000) {
            let rate = ExchangeRate { billionths };
            let sum = Money { amount: Amount(minor), currency: "USD".parse().unwrap() };
            let got = rate.convert(sum, "EUR".parse().unwrap()).unwrap();
            let exact = i128::from(minor) * i128::from(billionths);
            prop_assert!((i128::from(got.0) * 1_000_000_000 - exact).abs() * 2 <= 1_000_000_000);
        }
    }
}
