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

    /// How a text looks that can be read, for editors: what it lets through may still be refused, what it refuses never is read.
    const SPELLING: Spelling = Spelling::ANY;

    /// A text that can be read and is like none that somebody would be told of; empty where there is no such text. It stands in for one
    /// that cannot be read, while what else is wrong with its record is looked for.
    const STAND_IN: &'static str = match Self::WORDS.first() {
        Some(word) => word,
        None => "",
    };

    /// Reads the text, which is trimmed.
    fn read(text: &str) -> Result<Self, Malformed>;

    /// Hands it over where it is free text; see [`Decode::each_text`](super::decode::Decode::each_text).
    fn as_text(&mut self) -> Option<&mut String> {
        None
    }
}

/// How a value looks in a file, as schemas say it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Spelling {
    /// A regular expression of the whole text without spaces around it; empty where any text may stand.
    pub pattern: &'static str,
    /// What YAML may take it for, by the names of JSON Schema; nothing at all comes to these.
    pub types: &'static [&'static str],
}

impl Spelling {
    /// Anything that fits in one value.
    pub const ANY: Self = Self { pattern: "", types: &["string", "number", "boolean"] };

    /// Text of a form that no number has.
    pub(super) const fn text(pattern: &'static str) -> Self {
        Self { pattern, types: &["string"] }
    }

    /// An id, or what may stand around one: `true` is an id, which YAML takes for a truth.
    pub(super) const fn id(pattern: &'static str) -> Self {
        Self { pattern, types: &["string", "boolean"] }
    }
}

/// The beginning of every number, and of sums and lengths: digits in groups of three, a point.
macro_rules! number {
    () => {
        concat!("-?", positive!())
    };
}

/// The same of a number that is not below zero.
macro_rules! positive {
    () => {
        "[0-9][0-9_\u{2009}\u{202f}\u{a0}]*(\\.[0-9]+)?"
    };
}

/// A sum with its currency.
macro_rules! money {
    () => {
        concat!(number!(), "[ \u{a0}]+[A-Z]{3}")
    };
}

/// A length of time.
macro_rules! duration {
    () => {
        concat!("\\+?", number!(), "\\s*e?[mhdw]")
    };
}

/// A day of a year that a project can mean.
macro_rules! date {
    () => {
        "(19|20|21)[0-9]{2}-[0-9]{2}-[0-9]{2}"
    };
}

/// One of something, or three with strokes between them.
macro_rules! one_or_three {
    ($one:expr) => {
        concat!($one, "(\\s*/\\s*", $one, "\\s*/\\s*", $one, ")?")
    };
}

/// Time that something would cost, or win where it is less than none, as of an opportunity: `5d`, `-5d` or `3d / 5d / 10d`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TimeImpact(pub Estimate);

impl std::str::FromStr for TimeImpact {
    type Err = Malformed;

    fn from_str(text: &str) -> Result<Self, Malformed> {
        text.parse().map(Self)
    }
}

/// Implements [`Scalar`] for types that read themselves from text.
macro_rules! scalar_from_str {
    ($($type:ty: $form:literal $([$($word:literal),+])? $(= $spelling:expr)? $(; $stand_in:literal)?),+ $(,)?) => {
        $(impl Scalar for $type {
            const FORM: &'static str = $form;
            $(const WORDS: &'static [&'static str] = &[$($word),+];)?
            $(const SPELLING: Spelling = $spelling;)?
            $(const STAND_IN: &'static str = $stand_in;)?

            fn read(text: &str) -> Result<Self, Malformed> {
                text.parse()
            }
        })+
    };
}

scalar_from_str! {
    Money: "an amount such as 12_500 EUR or 99.90 EUR" = Spelling::text(money!()); "0 EUR",
    Rate: "a rate such as 720 EUR/d or 90 EUR/h" = Spelling::text(concat!(money!(), "\\s*/\\s*[hd]")),
    Percent: "a percentage from 0% to 100%" = Spelling::text(
        "(-0+(\\.0+)?|[0_\u{2009}\u{202f}\u{a0}]*(100(\\.0+)?|[0-9]{1,2}(\\.[0-9]+)?))\\s*%"
    ); "0%",
    Duration: "a duration such as 30m, 12h, 5d, 2w or, through weekends, 10ed" = Spelling::text(duration!()); "1d",
    // A length below zero is none of a task.
    Estimate: "a duration such as 5d, or three such as 8d / 10d / 14d"
        = Spelling::text(one_or_three!(concat!("\\+?", positive!(), "\\s*e?[mhdw]"))); "1d",
    TimeImpact: "a duration such as 5d, or three such as 8d / 10d / 14d"
        = Spelling::text(one_or_three!(duration!())); "1d",
    Id: "an id: a letter (a to z or A to Z), then letters, digits or hyphens"
        = Spelling::id("[A-Za-z][A-Za-z0-9-]*"); "stand-in",
    Moment: "a date such as 2026-11-20, or with its time 2026-11-20 13:00"
        = Spelling::text(concat!(date!(), "([T ].*)?")); "2000-01-03",
    Measure: "a number, with or without a unit, such as 31, 61% or 12.5 h"; "0",
    MoneyRange: "an amount such as 6_500 EUR, or three such as 4_000 EUR / 6_500 EUR / 9_000 EUR"
        = Spelling::text(one_or_three!(money!())); "0 EUR",
    Tally: "a count such as 2 of 14, or yes or no",
    Stage: "a stage: initiation, planning, execution, control or closing"
        ["initiation", "planning", "execution", "control", "closing"],
    GateId: "a gate: G1, G2, G3, G4 or G5" ["G1", "G2", "G3", "G4", "G5"],
    Currency: "a currency code of three capital letters, such as EUR" = Spelling::text("[A-Z]{3}"); "EUR",
    ExchangeRate: "a rate above zero such as 0.92" = Spelling { pattern: number!(), types: &["number", "string"] }; "1",
    Audience: "an audience: public, internal or restricted" ["public", "internal", "restricted"],
}

impl Scalar for Date {
    const FORM: &'static str = "a date such as 2026-11-20";
    const SPELLING: Spelling = Spelling::text(date!());
    const STAND_IN: &'static str = "2000-01-03";

    fn read(text: &str) -> Result<Self, Malformed> {
        parse_date(text)
    }
}

impl Scalar for Window {
    const FORM: &'static str = "a day such as 2026-12-25, or a range such as 2026-12-14 .. 2027-01-08";
    const SPELLING: Spelling = Spelling::text(concat!(date!(), "(\\s*\\.\\.\\s*", date!(), ")?"));
    const STAND_IN: &'static str = "2000-01-03";

    fn read(text: &str) -> Result<Self, Malformed> {
        parse_window(text)
    }
}

impl Scalar for String {
    const FORM: &'static str = "text";
    const STAND_IN: &'static str = "-";

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
    const SPELLING: Spelling = Spelling { pattern: "-?[0-9][0-9_]*", types: &["integer", "string"] };
    const STAND_IN: &'static str = "1";

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
    const SPELLING: Spelling = Spelling { pattern: "true|false", types: &["boolean", "string"] };
    const STAND_IN: &'static str = "false";

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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fixed_lists_are_those_of_the_types() {
        assert!(Stage::ALL.iter().map(|stage| stage.key()).eq(Stage::WORDS.iter().copied()));
        assert!(GateId::ALL.iter().map(|gate| gate.key()).eq(GateId::WORDS.iter().copied()));
        assert!(Audience::ALL.iter().map(|level| level.key()).eq(Audience::WORDS.iter().copied()));
    }
}
