//! The business case as estimated: options with costs and benefits by year.

use crate::diagnostic::Span;
use crate::model::{PersonNo, Text};
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
    /// What can be done, *do nothing* included where written.
    pub options: Vec<CaseOption>,
    /// The place of the preferred option in `options`.
    pub preferred: Option<usize>,
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
    /// Where it stands.
    pub origin: Span,
}

/// A row of yearly amounts, year 0 first, padded with zero to the horizon.
#[derive(Clone, Debug, PartialEq)]
pub struct CaseLine {
    /// What.
    pub name: String,
    /// How much each year.
    pub years: Vec<Amount>,
    /// Whether money really comes in; only of meaning for benefits.
    pub cashable: bool,
    /// Where it stands.
    pub origin: Span,
}
