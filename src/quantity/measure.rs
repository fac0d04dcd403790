//! Measured values with a free unit, and counts out of a total.

use std::fmt;
use std::str::FromStr;

use super::{Fraction, Malformed, decimal};

/// A number with a free unit, written `31`, `10 complaints`, `61%` or `12.5 h`.
///
/// Kept in thousandths of the unit, so that readings compare and subtract without floats.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Measure {
    /// How much, in thousandths: `12.5 h` is 12 500.
    pub thousandths: i64,
    /// Of what, as written; empty where no unit was given.
    pub unit: String,
}

impl Measure {
    /// How much, as a float: for charts and counts that are no money.
    #[must_use]
    pub fn as_f64(&self) -> f64 {
        self.thousandths as f64 / 1_000.0
    }
}

impl FromStr for Measure {
    type Err = Malformed;

    fn from_str(text: &str) -> Result<Self, Malformed> {
        let form = || Malformed::expected("a number, with or without a unit, such as 31, 61% or 12.5 h");
        let text = text.trim();
        let is_number = |c: char| c.is_ascii_digit() || "._-,\u{2009}\u{202f}\u{a0}".contains(c);
        let split = text.find(|c: char| !is_number(c)).unwrap_or(text.len());
        let (number, unit) = text.split_at(split);
        let number = number.trim_end();
        if number.contains(',') {
            let grouped = number.replace(',', "_");
            let pointed = number.replace(',', ".");
            return Err(form().hint(format!("write `{grouped}` or `{pointed}`: a comma can mean either")));
        }
        match decimal(number, 3) {
            Some(thousandths) => Ok(Self { thousandths, unit: unit.trim().to_owned() }),
            None => Err(form()),
        }
    }
}

/// A count out of a total, written `2 of 14`; a plain `yes` is 1 of 1, a plain `no` is 0 of 1.
///
/// Invariant: the total is above zero, the count between zero and the total.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tally {
    done: i64,
    total: i64,
}

impl Tally {
    /// How many are done.
    #[must_use]
    pub fn done(self) -> i64 {
        self.done
    }

    /// How many there are.
    #[must_use]
    pub fn total(self) -> i64 {
        self.total
    }

    /// The share that is done.
    #[must_use]
    pub fn share(self) -> Fraction {
        Fraction::new(self.done, self.total)
    }
}

impl FromStr for Tally {
    type Err = Malformed;

    fn from_str(text: &str) -> Result<Self, Malformed> {
        let form = || Malformed::expected("a count such as 2 of 14, or yes or no");
        let (done, total) = match text.trim() {
            "yes" => (1, 1),
            "no" => (0, 1),
            text => {
                let (done, total) = text.split_once(" of ").ok_or_else(form)?;
                let count = |text: &str| decimal(text.trim(), 0).ok_or_else(form);
                (count(done)?, count(total)?)
            }
        };
        if total <= 0 || done < 0 {
            return Err(form());
        }
        if done > total {
            return Err(Malformed::expected("a count that is not above its total")
                .hint(format!("write `{total} of {done}` if the numbers are swapped")));
        }
        Ok(Self { done, total })
    }
}

impl fmt::Display for Tally {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} of {}", self.done, self.total)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn measures_keep_their_unit() {
        let check = |text: &str, thousandths: i64, unit: &str| {
            let measure: Measure = text.parse().unwrap();
            assert_eq!((measure.thousandths, measure.unit.as_str()), (thousandths, unit), "{text}");
        };
        check("31", 31_000, "");
        check("61%", 61_000, "%");
        check("12.5 h", 12_500, "h");
        check("1_200 calls a day", 1_200_000, "calls a day");
        check("47\u{a0}%", 47_000, "%");
        check("-3 points", -3_000, "points");
        assert!("many".parse::<Measure>().is_err());
        assert_eq!(
            "1,5".parse::<Measure>().unwrap_err().hint,
            "write `1_5` or `1.5`: a comma can mean either"
        );
    }

    #[test]
    fn tallies_stay_inside_their_total() {
        let tally: Tally = "2 of 14".parse().unwrap();
        assert_eq!((tally.done(), tally.total()), (2, 14));
        assert!("yes".parse::<Tally>().unwrap().share().is_whole());
        assert_eq!("no".parse::<Tally>().unwrap().done(), 0);
        for wrong in ["15 of 14", "2/14", "2 of 0", "-1 of 3", "some"] {
            assert!(wrong.parse::<Tally>().is_err(), "{wrong}");
        }
    }
}
