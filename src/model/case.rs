//! The business case as estimated: options with costs and benefits by year.

use jiff::civil::Date;

use crate::diagnostic::Span;
use crate::model::{PersonNo, TaskNo, Text};
use crate::quantity::Amount;

/// Why the project may be worth doing.
#[derive(Clone, Debug)]
pub struct BusinessCase {
    /// Discount rate a year, in hundredths of a percent: 800 is 8 %.
    pub rate: i64,
    /// Why this rate.
    pub rate_reason: Option<Text>,
    /// Years looked at after year 0.
    pub horizon: u32,
    /// `real` or `nominal`, as written.
    pub price_base: Option<String>,
    /// Uplift against optimism, in words.
    pub optimism: Option<Text>,
    /// How taxes are treated, in words.
    pub tax: Option<String>,
    /// How value added tax is treated, in words.
    pub vat: Option<String>,
    /// The first day of year 0; the project's start where none.
    pub year_0: Option<Date>,
    /// What can be done, *do nothing* included where written.
    pub options: Vec<CaseOption>,
    /// The place of the preferred option in `options`.
    pub preferred: Option<usize>,
    /// The place of the option against which the others are computed.
    pub do_nothing: Option<usize>,
    /// Whether options exclude each other; else each that pays may be done.
    pub is_exclusive: bool,
    /// How probable each course is, where written.
    pub probabilities: Option<Probabilities>,
    /// Places of the cost lines of the preferred option that the project itself spends.
    pub carried: Vec<usize>,
    /// What the benefits wait for.
    pub benefits_wait_for: Option<TaskNo>,
    /// When the case counts on it.
    pub benefits_expected: Option<Date>,
    /// Who answers for the benefits.
    pub benefits_owner: Option<PersonNo>,
    /// Where the file begins.
    pub origin: Span,
}

/// One option.
#[derive(Clone, Debug)]
pub struct CaseOption {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Costs by category; positive numbers.
    pub costs: Vec<CaseLine>,
    /// Benefits by kind; positive numbers.
    pub benefits: Vec<CaseLine>,
    /// For how many years it lasts; at most the horizon.
    pub life: u32,
    /// What its risks may be expected to cost, where written.
    pub exposure: Option<Amount>,
    /// How well it fits the strategy, in words.
    pub fit: Option<String>,
    /// Where it stands.
    pub origin: Span,
}

/// How probable each course of a case is, in hundredths of a percent; together 10 000.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Probabilities {
    /// Everything goes badly.
    pub worst: i64,
    /// Everything is as most likely.
    pub likely: i64,
    /// Everything goes well.
    pub best: i64,
}

/// A row of amounts by year and by day.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct CaseLine {
    /// What.
    pub name: String,
    /// How much each year, year 0 first, padded with zero to the horizon.
    pub years: Vec<AmountRange>,
    /// How much on single days, in the order of the file.
    pub dated: Vec<DatedAmount>,
    /// Whether money really comes in; only of meaning for benefits.
    pub cashable: bool,
    /// Where it stands.
    pub origin: Span,
}

/// An amount with its range: lowest ≤ most likely ≤ highest, all three the same where only one was written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct AmountRange {
    /// Lowest.
    pub low: Amount,
    /// Most likely.
    pub likely: Amount,
    /// Highest.
    pub high: Amount,
}

impl From<Amount> for AmountRange {
    fn from(amount: Amount) -> Self {
        Self { low: amount, likely: amount, high: amount }
    }
}

/// An amount on a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DatedAmount {
    /// The day; never before the first of year 0.
    pub day: Date,
    /// How much.
    pub amount: AmountRange,
}
