//! What is left when a project ends, in `handover.yaml`: what stakeholders say of it, and which records stay for how long.

use jiff::civil::Date;

use crate::diagnostic::Spanned;
use crate::quantity::{Id, Percent};
use crate::record;

record! {
    /// What stakeholders were asked at the end, and how many were content.
    pub struct SurveyRecord("survey") {
        /// How many were asked.
        required asked: Spanned<i64>,
        /// How many answered.
        required answered: Spanned<i64>,
        /// The share of the answers that were content.
        content: Spanned<Percent>,
        /// The day as of which that holds.
        held: Spanned<Date>,
        /// What they said, in a sentence or two.
        said: Spanned<String>,
        /// Where the answers lie.
        evidence: Spanned<String>,
    }
}

record! {
    /// Records that stay after the project, and until when.
    pub struct RetentionRecord("retained record") {
        /// What is kept, such as `contracts and invoices`.
        required records: Spanned<String>,
        /// The day until which they must be kept.
        keep_until: Spanned<Date>,
        /// By which rule.
        rule: Spanned<String>,
        /// Where they are kept.
        kept_in: Spanned<String>,
        /// Who answers for them.
        owner: Spanned<Id>,
    }
}
