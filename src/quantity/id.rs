//! Names that authors give to things, checked once and never mixed up.

use std::fmt;
use std::str::FromStr;
use std::sync::Arc;

use super::{Malformed, letters_in_ascii};

/// An identifier: a letter from a to z in either case, then letters, digits and hyphens (`order-hw`, `G2`, `D-03`).
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Id(Arc<str>);

impl Id {
    /// The text of the identifier.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// So many words may stand for an id, such as a name of three words.
const MOST_WORDS: usize = 4;

impl FromStr for Id {
    type Err = Malformed;

    fn from_str(text: &str) -> Result<Self, Malformed> {
        let starts_well = text.starts_with(|c: char| c.is_ascii_alphabetic());
        if starts_well && text.chars().all(|c| c.is_ascii_alphanumeric() || c == '-') {
            return Ok(Self(text.into()));
        }
        let form = Malformed::expected("an id: a letter (a to z or A to Z), then letters, digits or hyphens");
        let letters = |c: char| match letters_in_ascii(c) {
            _ if c.is_ascii_alphanumeric() => c.to_string(),
            none if none.is_empty() => "-".to_owned(),
            letters => letters,
        };
        let mended: String = text.trim().chars().map(letters).collect();
        let mended = mended.trim_matches('-');
        // A sentence is no slip of an id.
        let is_near = text.split_whitespace().count() <= MOST_WORDS && !text.contains(": ");
        Err(if !is_near {
            form.hint("write the id alone, such as `build`")
        } else if mended.starts_with(|c: char| c.is_ascii_alphabetic()) {
            form.hint(format!("write `{mended}`"))
        } else if mended.is_empty() {
            form.hint("begin it with a letter from a to z, such as `build`")
        } else {
            form.hint(format!("begin it with a letter, such as `t{mended}`"))
        })
    }
}

impl fmt::Display for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::borrow::Borrow<str> for Id {
    fn borrow(&self) -> &str {
        &self.0
    }
}

/// The five stages of an IT project, in order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Stage {
    /// Is it worth doing? Ends with G1.
    Initiation,
    /// How shall it be done? Ends with G2.
    Planning,
    /// Doing it. Ends with G3.
    Execution,
    /// Watching and steering; runs all along, its statement is G4.
    Control,
    /// Handing over and ending. Ends with G5.
    Closing,
}

impl Stage {
    /// All stages in order.
    pub const ALL: [Self; 5] =
        [Self::Initiation, Self::Planning, Self::Execution, Self::Control, Self::Closing];

    /// The key in `plan.yaml`.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Initiation => "initiation",
            Self::Planning => "planning",
            Self::Execution => "execution",
            Self::Control => "control",
            Self::Closing => "closing",
        }
    }

    /// The stage's number, 1 to 5.
    #[must_use]
    pub fn number(self) -> usize {
        self as usize + 1
    }

    /// The gate that ends the stage.
    #[must_use]
    pub fn gate(self) -> GateId {
        match self {
            Self::Initiation => GateId::G1,
            Self::Planning => GateId::G2,
            Self::Execution => GateId::G3,
            Self::Control => GateId::G4,
            Self::Closing => GateId::G5,
        }
    }
}

impl FromStr for Stage {
    type Err = Malformed;

    fn from_str(text: &str) -> Result<Self, Malformed> {
        Self::ALL.into_iter().find(|stage| stage.key() == text).ok_or_else(|| {
            Malformed::expected("a stage: `initiation`, `planning`, `execution`, `control` or `closing`")
        })
    }
}

/// The five gates, in order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum GateId {
    /// Mandate and feasibility.
    G1,
    /// Plan and baseline.
    G2,
    /// Deliverables and readiness for service.
    G3,
    /// Control statement, ready for closing.
    G4,
    /// Closure and transfer of ownership.
    G5,
}

impl GateId {
    /// All gates in order.
    pub const ALL: [Self; 5] = [Self::G1, Self::G2, Self::G3, Self::G4, Self::G5];

    /// The id, `G1` to `G5`.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::G1 => "G1",
            Self::G2 => "G2",
            Self::G3 => "G3",
            Self::G4 => "G4",
            Self::G5 => "G5",
        }
    }

    /// The stage that the gate ends.
    #[must_use]
    pub fn stage(self) -> Stage {
        Stage::ALL[self as usize]
    }
}

impl FromStr for GateId {
    type Err = Malformed;

    fn from_str(text: &str) -> Result<Self, Malformed> {
        Self::ALL
            .into_iter()
            .find(|gate| gate.key() == text)
            .ok_or_else(|| Malformed::expected("a gate: `G1`, `G2`, `G3`, `G4` or `G5`"))
    }
}

impl fmt::Display for GateId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.key())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_of_other_languages_are_mended_as_an_import_writes_them() {
        let hint = |text: &str| text.parse::<Id>().unwrap_err().hint;
        assert_eq!(hint("geschäftsfall"), "write `geschaeftsfall`");
        assert_eq!(hint("R 1"), "write `R-1`");
    }
}
