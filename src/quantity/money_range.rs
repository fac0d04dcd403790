//! Money that is known only as a range.

use std::str::FromStr;

use super::{Amount, Currency, Malformed, Money, divide_half_even, saturated};

/// A sum in one or three points: `6_500 EUR` or `4_000 EUR / 6_500 EUR / 9_000 EUR` (lowest / most likely /
/// highest).
///
/// Invariant: one currency, lowest ≤ most likely ≤ highest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct MoneyRange {
    low: Amount,
    likely: Amount,
    high: Amount,
    currency: Currency,
}

impl MoneyRange {
    /// The lowest sum.
    #[must_use]
    pub fn low(self) -> Amount {
        self.low
    }

    /// The most likely sum.
    #[must_use]
    pub fn likely(self) -> Amount {
        self.likely
    }

    /// The highest sum.
    #[must_use]
    pub fn high(self) -> Amount {
        self.high
    }

    /// The currency of all three.
    #[must_use]
    pub fn currency(self) -> Currency {
        self.currency
    }

    /// The mean of the range: (lowest + 4 × most likely + highest) ÷ 6, the weights of the three-point (PERT)
    /// estimate.
    ///
    /// 4 000 / 6 500 / 12 000 has the mean 7 000; a single sum is its own mean.
    #[must_use]
    pub fn mean(self) -> Money {
        let sum = i128::from(self.low.0) + 4 * i128::from(self.likely.0) + i128::from(self.high.0);
        let minor_units = saturated(divide_half_even(sum, 6));
        Money { amount: Amount(minor_units), currency: self.currency }
    }
}

impl FromStr for MoneyRange {
    type Err = Malformed;

    fn from_str(text: &str) -> Result<Self, Malformed> {
        let points: Vec<&str> = text.split('/').collect();
        let (low, likely, high) = match points.as_slice() {
            [single] => (*single, *single, *single),
            [low, likely, high] => (*low, *likely, *high),
            _ => {
                return Err(Malformed::expected(
                    "one amount such as 6_500 EUR, or three such as 4_000 EUR / 6_500 EUR / 9_000 EUR",
                ));
            }
        };
        let [low, likely, high]: [Money; 3] = [low.parse()?, likely.parse()?, high.parse()?];
        let currency = likely.currency;
        if low.currency != currency || high.currency != currency {
            return Err(Malformed::expected("a range in one currency"));
        }
        if low.amount > likely.amount || likely.amount > high.amount {
            return Err(Malformed::expected("lowest / most likely / highest in rising order")
                .hint("put the lowest amount first and the highest last"));
        }
        Ok(Self { low: low.amount, likely: likely.amount, high: high.amount, currency })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_mean_weighs_the_likely_amount_four_times() {
        let mean = |text: &str| text.parse::<MoneyRange>().unwrap().mean().amount;
        assert_eq!(mean("4_000 EUR / 6_500 EUR / 12_000 EUR"), Amount(700_000));
        assert_eq!(mean("6_500 EUR"), Amount(650_000));
        assert_eq!(mean("-3_000 EUR"), Amount(-300_000));
    }

    #[test]
    fn points_rise_in_one_currency() {
        for wrong in ["9 EUR / 6 EUR / 4 EUR", "1 EUR / 2 USD / 3 EUR", "1 EUR / 2 EUR", "4 / 6 / 9 EUR"] {
            assert!(wrong.parse::<MoneyRange>().is_err(), "{wrong}");
        }
    }
}
