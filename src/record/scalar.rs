//! What fits in one scalar of a file or one cell of a table: words, numbers, days, sums.

use jiff::civil::Date;

use crate::quantity::{
    Audience, Currency, Duration, Estimate, ExchangeRate, GateId, Id, Malformed, Measure, Moment, Money,
    MoneyRange, Percent, Rate, Stage, Tally, Window, parse_date, parse_window,
};

/// A word, number, date or sum: everything that fits in one scalar or one cell of a table.
pub trait Scalar: Sized {
    /// What an author may write, as a phrase.
    const FORM: &'static str;

    /// The words that may be written, where nothing but one of a fixed list may.
    const WORDS: &'static [&'static str] = &[];

    /// Reads the text, which is trimmed.
    fn read(text: &str) -> Result<Self, Malformed>;

    /// Hands it over where it is free text; see [`Decode::each_text`](super::decode::Decode::each_text).
    fn as_text(&mut self) -> Option<&mut String> {
        None
    }
}

/// Implements [`Scalar`] for types that read themselves from text.
macro_rules! scalar_from_str {
    ($($type:ty: $form:literal),+ $(,)?) => {
        $(impl Scalar for $type {
            const FORM: &'static str = $form;

            fn read(text: &str) -> Result<Self, Malformed> {
                text.parse()
            }
        })+
    };
}

scalar_from_str! {
    Money: "an amount such as 12_500 EUR or 99.90 EUR",
    Rate: "a rate such as 720 EUR/d or 90 EUR/h",
    Percent: "a percentage from 0% to 100%",
    Duration: "a duration such as 30m, 12h, 5d, 2w or, through weekends, 10ed",
    Estimate: "a duration such as 5d, or three such as 8d / 10d / 14d",
    Id: "an id: a letter (a to z or A to Z), then letters, digits or hyphens",
    Moment: "a date such as 2026-11-20, or with its time 2026-11-20 13:00",
    Measure: "a number, with or without a unit, such as 31, 61% or 12.5 h",
    MoneyRange: "an amount such as 6_500 EUR, or three such as 4_000 EUR / 6_500 EUR / 9_000 EUR",
    Tally: "a count such as 2 of 14, or yes or no",
    Stage: "a stage: initiation, planning, execution, control or closing",
    GateId: "a gate: G1, G2, G3, G4 or G5",
    Currency: "a currency code of three capital letters, such as EUR",
    ExchangeRate: "a rate above zero such as 0.92",
    Audience: "an audience: public, internal or restricted",
}

impl Scalar for Date {
    const FORM: &'static str = "a date such as 2026-11-20";

    fn read(text: &str) -> Result<Self, Malformed> {
        parse_date(text)
    }
}

impl Scalar for Window {
    const FORM: &'static str = "a day such as 2026-12-25, or a range such as 2026-12-14 .. 2027-01-08";

    fn read(text: &str) -> Result<Self, Malformed> {
        parse_window(text)
    }
}

impl Scalar for String {
    const FORM: &'static str = "text";

    fn read(text: &str) -> Result<Self, Malformed> {
        Ok(text.to_owned())
    }

    fn as_text(&mut self) -> Option<&mut String> {
        Some(self)
    }
}

/// Above this no number of a file is meant as written: ten trillion, the largest sum of money that may be. Counts of any folder then
/// add up within 64 bits.
const LARGEST: i64 = 10_000_000_000_000;

impl Scalar for i64 {
    const FORM: &'static str = "a whole number such as 14 or 1_200";

    fn read(text: &str) -> Result<Self, Malformed> {
        let form = || Malformed::expected(Self::FORM);
        let is_grouped_well = !text.starts_with('_') && !text.ends_with('_') && !text.contains("-_");
        match text.replace('_', "").parse() {
            Ok(number) if is_grouped_well && !text.starts_with('+') => {
                if (-LARGEST..=LARGEST).contains(&number) {
                    return Ok(number);
                }
                Err(Malformed::expected(
                    "a whole number of at most 10_000_000_000_000, which is ten trillion",
                ))
            }
            _ if text.contains(',') => Err(form().hint(format!("write `{}`", text.replace(',', "_")))),
            _ if text.chars().all(char::is_alphabetic) => Err(form().hint("write the number in digits")),
            _ => Err(match number_among_words(text) {
                Some(number) => form().hint(format!("write the number alone: `{number}`")),
                None => form(),
            }),
        }
    }
}

/// The only number among words: `8` of `unit 8`.
fn number_among_words(text: &str) -> Option<&str> {
    let is_word = |part: &&str| part.chars().all(char::is_alphabetic);
    let mut others = text.split_whitespace().filter(|part| !is_word(part));
    let number = others.next().filter(|part| part.parse::<i64>().is_ok());
    number.filter(|_| others.next().is_none() && text.contains(char::is_whitespace))
}

impl Scalar for bool {
    const FORM: &'static str = "true or false";

    fn read(text: &str) -> Result<Self, Malformed> {
        match text {
            "true" => Ok(true),
            "false" => Ok(false),
            _ => {
                let form = Malformed::expected(Self::FORM);
                Err(match text.to_ascii_lowercase().as_str() {
                    "yes" | "y" | "on" | "true" => form.hint("write `true`"),
                    "no" | "n" | "off" | "false" => form.hint("write `false`"),
                    _ => form,
                })
            }
        }
    }
}
