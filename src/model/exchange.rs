//! Money in other currencies: rates as typed, and what was converted with them.

use jiff::civil::Date;

use crate::diagnostic::Span;
use crate::model::{CostEntry, Project};
use crate::quantity::{Amount, Currency, ExchangeRate, Fraction, Money};

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

impl CostEntry {
    /// The rates of the currency that it was typed in; none for the project's own.
    pub fn rates_of<'a>(&self, project: &'a Project) -> impl Iterator<Item = &'a TypedRate> + use<'a> {
        let typed = self.converted.map(|converted| converted.original.currency);
        project.rates.iter().filter(move |rate| Some(rate.currency) == typed)
    }

    /// By how much what counts of it is dearer at another rate than at that of its day, below zero where it is cheaper; none in the
    /// project's own currency.
    ///
    /// 20 000 USD at 0.90 are 18 000 EUR, and at 0.94 they are 800 EUR dearer; of 9 000 EUR of it that count, 400 EUR.
    #[must_use]
    pub fn dearer_at(&self, rate: &TypedRate, counted: Amount, project: &Project) -> Option<Amount> {
        let whole = rate.rate.convert(self.converted?.original, project.currency)? - self.amount;
        Some(if counted == self.amount {
            whole
        } else {
            whole.share(Fraction::new(counted.0, self.amount.0))
        })
    }
}
