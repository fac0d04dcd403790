//! What is wrong with a statement, and where.

use std::ops::Range;

/// A fault in the text of a statement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// Where in the text, in bytes.
    pub range: Range<usize>,
    /// What kind of fault it is.
    pub kind: FaultKind,
    /// What is wrong: lower case, no full stop.
    pub message: String,
    /// What to do; begins with a verb, may be empty.
    pub hint: String,
}

/// The kinds of fault that a statement can have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FaultKind {
    /// It does not read as a statement.
    Form,
    /// A figure, a thing or a field that there is none of.
    Unknown,
    /// Two sides that cannot be compared.
    Units,
}

impl Fault {
    /// A fault of a kind at a place.
    #[must_use]
    pub fn new(kind: FaultKind, range: Range<usize>, message: impl Into<String>) -> Self {
        Self { range, kind, message: message.into(), hint: String::new() }
    }

    /// Says what to do.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = hint.into();
        self
    }
}
