//! Whether a project can be done at all, kind by kind.

use jiff::civil::Date;

use crate::diagnostic::Span;
use crate::model::{PersonNo, Text};

/// What may make a project impossible.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FeasibilityKind {
    /// Whether it can be built.
    Technical,
    /// Whether the organisation can bear it.
    Organisational,
    /// Whether it is lawful.
    Legal,
    /// Whether it can be kept secure.
    Security,
    /// Whether the data are there and good enough.
    Data,
    /// Whether it can be bought in time.
    Procurement,
}

impl FeasibilityKind {
    /// All, in the order in which they are shown.
    pub const ALL: [Self; 6] =
        [Self::Technical, Self::Organisational, Self::Legal, Self::Security, Self::Data, Self::Procurement];

    /// The word that is written.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Technical => "technical",
            Self::Organisational => "organisational",
            Self::Legal => "legal",
            Self::Security => "security",
            Self::Data => "data",
            Self::Procurement => "procurement",
        }
    }
}

/// What came out of looking.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FeasibilityVerdict {
    /// It can be done.
    Feasible,
    /// It can be done if something holds that the finding names.
    WithConditions,
    /// It cannot be done.
    NotFeasible,
}

/// Whether the project can be done in one respect.
#[derive(Clone, Debug)]
pub struct Feasibility {
    /// In which.
    pub kind: FeasibilityKind,
    /// What was found.
    pub finding: Text,
    /// What came out; none while it is open.
    pub verdict: Option<FeasibilityVerdict>,
    /// Who looked at it.
    pub by: Option<PersonNo>,
    /// When.
    pub found: Option<Date>,
    /// Where the proof lies.
    pub evidence: Option<Text>,
    /// Where it stands.
    pub origin: Span,
}

/// How the project means to buy, to stay secure and lawful, to treat business data and to inform, in words.
#[derive(Clone, Debug, Default)]
pub struct Plans {
    /// How it buys.
    pub procurement: Option<Text>,
    /// How it stays secure and lawful.
    pub security: Option<Text>,
    /// How business data are obtained, migrated and kept right.
    pub data: Option<Text>,
    /// Who hears what, how often and by what way.
    pub communication: Option<Text>,
}
