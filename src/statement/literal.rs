//! What figures and fields are counted in, and values as they are typed.

use jiff::civil::Date;

use crate::quantity::{Duration, Money};

/// What a figure or field is counted in. Only what is counted alike can be compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Working days of the project's calendar.
    Days,
    /// Money in the project's currency.
    Money,
    /// An index around 1, shown as `0.94`.
    Index,
    /// A share of something, shown as `94 %`.
    Share,
    /// A whole number.
    Count,
    /// A day.
    Date,
}

impl Kind {
    /// What it is called in messages and in the reference.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::Days => "working days",
            Self::Money => "money",
            Self::Index => "an index",
            Self::Share => "a share",
            Self::Count => "a count",
            Self::Date => "a day",
        }
    }

    /// How a limit of the kind is typed.
    #[must_use]
    pub fn example(self) -> &'static str {
        match self {
            Self::Days => "10d",
            Self::Money => "5_000 EUR",
            Self::Index => "0.9",
            Self::Share => "90%",
            Self::Count => "3",
            Self::Date => "2026-12-18",
        }
    }

    /// Whether values of both kinds can be compared: an index and a share are both quotients.
    #[must_use]
    pub fn is_comparable(self, other: Self) -> bool {
        let is_quotient = |kind| matches!(kind, Self::Index | Self::Share);
        self == other || (is_quotient(self) && is_quotient(other))
    }
}

/// A value as it is typed.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Literal {
    /// Working time: `10d`, `2w`, `4h`.
    Days(Duration),
    /// Money with its currency: `5_000 EUR`.
    Money(Money),
    /// A quotient in millionths: `0.9` is 900 000, and so is `90%`.
    Ratio {
        /// How much, in millionths.
        millionths: i64,
        /// Whether it was typed as a percentage.
        in_percent: bool,
    },
    /// A whole number.
    Count(i64),
    /// A day.
    Date(Date),
}
