//! The sheet of paper that a document is set on.

/// A size of paper.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Sheet {
    /// 210 × 297 mm, nearly everywhere.
    #[default]
    A4,
    /// 8½ × 11 inches, in North America.
    Letter,
}

impl Sheet {
    /// What templates call it.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::A4 => "a4",
            Self::Letter => "us-letter",
        }
    }
}
