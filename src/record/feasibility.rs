//! Whether a project can be done at all, kind by kind, in `project.yaml`.

use jiff::civil::Date;

use crate::diagnostic::Spanned;
use crate::quantity::Id;
use crate::record;
use crate::vocabulary;

vocabulary! {
    /// What may make a project impossible.
    pub struct FeasibilityKind("a kind of feasibility"):
        "technical", "organisational", "legal", "security", "data" or "procurement";
    /// What came out of looking.
    pub struct FeasibilityVerdict("a verdict on feasibility"):
        "feasible", "feasible with conditions" or "not feasible";
}

record! {
    /// Whether the project can be done in one respect.
    pub struct FeasibilityRecord("feasibility") {
        /// `technical`, `organisational`, `legal`, `security`, `data` or `procurement`.
        required kind: Spanned<FeasibilityKind>,
        /// What was found, in a sentence or two.
        required finding: Spanned<String>,
        /// `feasible`, `feasible with conditions` or `not feasible`.
        verdict: Spanned<FeasibilityVerdict>,
        /// Who looked at it.
        by: Spanned<Id>,
        /// The day of the finding.
        found: Spanned<Date>,
        /// Where the proof lies.
        evidence: Spanned<String>,
    }
}
