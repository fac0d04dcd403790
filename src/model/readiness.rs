//! Proofs that something is ready for service: counts that agree, ways back that were tried, sign-offs, people who are trained.

use jiff::civil::Date;

use crate::diagnostic::Span;
use crate::model::{PersonNo, Text};

/// A count of migrated data held against the source.
#[derive(Clone, Debug)]
pub struct Reconciliation {
    /// What was counted.
    pub data: Text,
    /// How many there were in the source.
    pub source: i64,
    /// How many arrived.
    pub arrived: i64,
    /// Why a difference is right; none where nobody says.
    pub explained: Option<Text>,
    /// Who counted.
    pub by: Option<PersonNo>,
    /// When; none where nobody says.
    pub counted: Option<Date>,
    /// Where the proof lies.
    pub evidence: Option<Text>,
    /// Where it stands.
    pub origin: Span,
}

impl Reconciliation {
    /// What arrived less what there was: 9 980 of 10 000 are −20.
    #[must_use]
    pub fn difference(&self) -> i64 {
        self.arrived - self.source
    }

    /// Whether both agree, or somebody has said why they do not.
    #[must_use]
    pub fn is_reconciled(&self) -> bool {
        self.difference() == 0 || self.explained.is_some()
    }
}

/// Something that was tried before it is needed: a way back, a restore, a cut-over.
#[derive(Clone, Debug)]
pub struct Rehearsal {
    /// What.
    pub rehearsal: Text,
    /// When; none while it is ahead.
    pub held: Option<Date>,
    /// Who led it.
    pub by: Option<PersonNo>,
    /// Whether it came out as it must; none where nobody says.
    pub passed: Option<bool>,
    /// What came of it.
    pub result: Option<Text>,
    /// Where the proof lies.
    pub evidence: Option<Text>,
    /// Where it stands.
    pub origin: Span,
}

/// The word of somebody who answers for security, data protection or the law.
#[derive(Clone, Debug)]
pub struct SignOff {
    /// For what.
    pub sign_off: Text,
    /// Who gives it, in words.
    pub by: Option<String>,
    /// When; none while it is open.
    pub given: Option<Date>,
    /// Under which condition.
    pub condition: Option<Text>,
    /// Where the proof lies.
    pub evidence: Option<Text>,
    /// Where it stands.
    pub origin: Span,
}

/// People who have to be trained before it goes into service.
#[derive(Clone, Debug)]
pub struct Training {
    /// Who, and for what.
    pub training: Text,
    /// How many need it; 0 where nobody does.
    pub people: i64,
    /// How many have had it by the day of the count, at most all who need it.
    pub trained: i64,
    /// The day of that count; none where nobody says.
    pub counted: Option<Date>,
    /// The day by which everybody shall have had it.
    pub due: Option<Date>,
    /// Who answers for it.
    pub owner: Option<PersonNo>,
    /// What shows that they can do it.
    pub result: Option<Text>,
    /// Where the proof lies.
    pub evidence: Option<Text>,
    /// Where it stands.
    pub origin: Span,
}

impl Training {
    /// How many are known to be trained on a day: what was counted later is not known yet and counts as nobody.
    #[must_use]
    pub fn trained_by(&self, day: Date) -> i64 {
        if self.counted.is_none_or(|counted| counted <= day) { self.trained } else { 0 }
    }

    /// Whether nobody can say any more how far it was on a day, since it was counted again later.
    #[must_use]
    pub fn is_counted_after(&self, day: Date) -> bool {
        self.people > 0 && self.counted.is_some_and(|counted| day < counted)
    }

    /// Whether everybody who needs it is known to have had it; so it is where nobody needs it.
    #[must_use]
    pub fn is_complete(&self, day: Date) -> bool {
        self.trained_by(day) >= self.people
    }
}
