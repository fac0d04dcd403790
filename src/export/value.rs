//! Values as programs read them: ISO dates, plain decimals, money to the minor unit.

use jiff::civil::Date;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Serialize, Serializer};

use crate::model::Text;
use crate::quantity::{Amount, Currency, Effort, Fraction, Percent, Ratio};

/// An amount of the project's currency as a decimal text with a point, to the minor unit, such as `98432.00`; null where
/// there is none.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Money(#[schemars(regex(pattern = r"^-?[0-9]+(\.[0-9]+)?$"))] Option<String>);

impl Money {
    /// An amount. −4 920 EUR is `-4920.00`, 5 JPY is `5`.
    #[must_use]
    pub fn new(amount: Amount, currency: Currency) -> Self {
        let digits = currency.digits();
        let unit = 10_u64.pow(digits);
        let sign = if amount.0 < 0 { "-" } else { "" };
        let minor = amount.0.unsigned_abs();
        Self(Some(match digits {
            0 => format!("{sign}{minor}"),
            _ => format!("{sign}{}.{:0width$}", minor / unit, minor % unit, width = digits as usize),
        }))
    }

    /// An amount that may be absent.
    #[must_use]
    pub fn maybe(amount: Option<Amount>, currency: Currency) -> Self {
        amount.map_or_else(Self::default, |amount| Self::new(amount, currency))
    }

    /// The decimal text; none where there is no amount.
    #[must_use]
    pub fn text(&self) -> Option<&str> {
        self.0.as_deref()
    }
}

/// A number with at most three decimals, kept in thousandths so that every build writes the same digits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Number {
    thousandths: i64,
}

impl Number {
    /// A number in thousandths: 2 500 is `2.5`.
    #[must_use]
    pub fn of_thousandths(thousandths: i64) -> Self {
        Self { thousandths }
    }

    /// Minutes in days of so many minutes: 720 minutes are `1.5` days of 480.
    #[must_use]
    pub fn days(minutes: i64, minutes_per_day: i64) -> Self {
        Self::of_thousandths(Fraction::new(minutes, minutes_per_day.max(1)).of(1_000))
    }

    /// Effort in days of one person.
    #[must_use]
    pub fn effort(effort: Effort, minutes_per_day: i64) -> Self {
        Self::days(effort.minutes(), minutes_per_day)
    }

    /// A share in percent: 72.5 % is `72.5`.
    #[must_use]
    pub fn percent(percent: Percent) -> Self {
        Self::of_thousandths(percent.hundredths() * 10)
    }

    /// A share in percent, of a fraction of one: 3⁄4 is `75`.
    #[must_use]
    pub fn percent_of(fraction: Fraction) -> Self {
        Self::of_thousandths(fraction.of(100_000))
    }

    /// An index, rounded to the third decimal as pages print it, a tie to the even digit: `0.938`, and `0.812` of 65 ÷ 80.
    #[must_use]
    #[expect(clippy::cast_possible_truncation, reason = "a float beyond the range is cut to its border")]
    pub fn index(ratio: Ratio) -> Self {
        Self::of_thousandths((ratio.get() * 1_000.0).round_ties_even() as i64)
    }

    /// A measured number, rounded to the third decimal.
    #[must_use]
    #[expect(clippy::cast_possible_truncation, reason = "a float beyond the range is cut to its border")]
    pub fn rounded(number: f64) -> Self {
        Self::of_thousandths((number * 1_000.0).round() as i64)
    }
}

impl Serialize for Number {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if self.thousandths % 1_000 == 0 {
            serializer.serialize_i64(self.thousandths / 1_000)
        } else {
            serializer.serialize_f64(self.thousandths as f64 / 1_000.0)
        }
    }
}

impl JsonSchema for Number {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Number".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "number", "description": "A number with at most three decimals." })
    }
}

/// A day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Day(pub Date);

impl JsonSchema for Day {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Day".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "type": "string",
            "format": "date",
            "description": "A day as ISO 8601 writes it, such as 2026-11-20."
        })
    }
}

/// The words of an author's line, without the signs of Markdown.
#[must_use]
pub fn words(text: &Text) -> String {
    crate::prose::inline_text(&text.markdown)
}

/// The words of an author's line that may be absent.
#[must_use]
pub fn maybe_words(text: Option<&Text>) -> Option<String> {
    text.map(words)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(value: impl Serialize, json: &str) {
        assert_eq!(serde_json::to_string(&value).unwrap(), json);
    }

    #[test]
    fn money_is_a_decimal_text_to_the_minor_unit() {
        let euro: Currency = "EUR".parse().unwrap();
        check(Money::new(Amount(-492_000), euro), r#""-4920.00""#);
        check(Money::new(Amount(-5), euro), r#""-0.05""#);
        check(Money::new(Amount(7), "JPY".parse().unwrap()), r#""7""#);
        check(Money::new(Amount(1_234), "KWD".parse().unwrap()), r#""1.234""#);
        check(Money::new(Amount(i64::MIN), euro), r#""-92233720368547758.08""#);
        check(Money::maybe(None, euro), "null");
    }

    #[test]
    fn numbers_have_no_idle_decimals() {
        check(Number::days(720, 480), "1.5");
        check(Number::days(-960, 480), "-2");
        check(Number::days(160, 480), "0.333");
        check(Number::percent(Percent::from_hundredths(7_250)), "72.5");
        check(Number::percent_of(Fraction::new(3, 4)), "75");
        check(Number::rounded(0.938_04), "0.938");
    }
}
