//! Whom the project touches, and who can move it.

use crate::diagnostic::Span;
use crate::model::{PersonNo, Text};
use crate::quantity::Id;

/// How much power, or how much interest, somebody has.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Degree {
    /// Little.
    Low,
    /// Some.
    Medium,
    /// Much.
    High,
}

impl Degree {
    /// All, from little to much.
    pub const ALL: [Self; 3] = [Self::Low, Self::Medium, Self::High];

    /// The word in `stakeholders.yaml`.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Low => "low",
            Self::Medium => "medium",
            Self::High => "high",
        }
    }

    /// Reads the word.
    #[must_use]
    pub fn from_key(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|degree| degree.key() == word)
    }
}

/// A group, a function or a person.
#[derive(Clone, Debug)]
pub struct Stakeholder {
    /// The id.
    pub id: Id,
    /// Who it is.
    pub stakeholder: Text,
    /// How much they can move.
    pub power: Degree,
    /// How much it touches them.
    pub interest: Degree,
    /// `supportive`, `neutral` or `opposed`.
    pub attitude: Option<&'static str>,
    /// What they want or fear.
    pub wants: Option<Text>,
    /// How they are kept on board.
    pub approach: Option<Text>,
    /// Who keeps the contact.
    pub owner: Option<PersonNo>,
    /// Where it stands.
    pub origin: Span,
}
