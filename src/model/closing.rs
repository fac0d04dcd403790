//! What is left when a project ends: what stakeholders say of it, and which records stay for how long.

use jiff::civil::Date;

use crate::diagnostic::Span;
use crate::model::{PersonNo, Text};

/// What stakeholders were asked at the end.
#[derive(Clone, Debug)]
pub struct Survey {
    /// How many were asked.
    pub asked: i64,
    /// How many answered.
    pub answered: i64,
    /// The share of the answers that were content, in hundredths of a percent; none where nobody counted.
    pub content: Option<i64>,
    /// The day as of which that holds.
    pub held: Option<Date>,
    /// What they said.
    pub said: Option<Text>,
    /// Where the answers lie.
    pub evidence: Option<Text>,
    /// Where it stands.
    pub origin: Span,
}

/// Records that stay after the project.
#[derive(Clone, Debug)]
pub struct Retention {
    /// What is kept.
    pub records: Text,
    /// The day until which they must be kept; none where nobody has set it.
    pub keep_until: Option<Date>,
    /// By which rule.
    pub rule: Option<String>,
    /// Where they are kept.
    pub kept_in: Option<String>,
    /// Who answers for them.
    pub owner: Option<PersonNo>,
    /// Where it stands.
    pub origin: Span,
}
