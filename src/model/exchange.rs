//! Money in other currencies: rates as typed, and what was converted with them.

use jiff::civil::Date;

use crate::diagnostic::Span;
use crate::quantity::{Amount, Currency, ExchangeRate, Money};

/// What a unit of another currency is worth in the project's, from a day on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TypedRate {
    /// The other currency; never the project's own.
    pub currency: Currency,
    /// Units of the project's currency for one unit of the other.
    pub rate: ExchangeRate,
    /// The day from which it is the rate.
    pub date: Date,
    /// Where it was taken from, as written; none where not given.
    pub source: Option<String>,
    /// Where it stands.
    pub origin: Span,
}

/// A sum that was typed in another currency and taken over into the project's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Conversion {
    /// As typed.
    pub original: Money,
    /// In the project's currency: original × rate, rounded half to even to its minor unit.
    pub amount: Amount,
    /// The place of the rate in the project's `rates`.
    pub rate: usize,
    /// Where the sum stands.
    pub origin: Span,
}
