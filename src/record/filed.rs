//! Records that come one to a file, where the name of the file says something too.

use crate::diagnostic::{Span, Spanned};

/// A record with the path of its file.
#[derive(Clone, Debug, PartialEq)]
pub struct Filed<T> {
    /// Path of the file, relative to the portfolio.
    pub path: String,
    /// What stands in it; of a page the fields at its beginning.
    pub record: T,
    /// The text below the fields; empty for files that are not pages.
    pub body: Spanned<String>,
    /// The digest of its values, for records that are frozen; of a page that of its fields.
    pub digest: String,
    /// Whether the comment at its beginning says that a command of milepost wrote it.
    pub is_by_command: bool,
    /// Where the file begins.
    pub origin: Span,
}

impl<T> Filed<T> {
    /// The name of the file without folder and ending: `2026-11-20` for `updates/2026-11-20.md`.
    #[must_use]
    pub fn stem(&self) -> &str {
        let name = self.path.rsplit('/').next().unwrap_or(&self.path);
        name.rsplit_once('.').map_or(name, |(stem, _)| stem)
    }
}
