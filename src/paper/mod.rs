//! Documents on paper: PDF made inside this process, without a browser and without the fonts of the machine.
//!
//! Comes in: what the page of a document is given, and a theme with a template for paper. Goes out: the bytes of a PDF that
//! archives and screen readers take (PDF/A-2a and PDF/UA-1). The same in gives the same bytes out: there is no clock, no network
//! and no file but those of the theme. Not here: words, figures, and how it looks, which is the theme's (`documents/*.typ`).
//!
//! Setting type takes some three hundred crates, so it is a feature of its own, `pdf`; without it [`print()`] says so.

pub mod sheet;

#[cfg(any(feature = "pdf", test))]
mod drawing;
#[cfg(feature = "pdf")]
mod fonts;
#[cfg(feature = "pdf")]
mod letters;
#[cfg(any(feature = "pdf", test))]
mod measure;
#[cfg(feature = "pdf")]
mod said;
#[cfg(feature = "pdf")]
mod world;

#[cfg(test)]
#[cfg(feature = "pdf")]
mod tests;

use std::fmt;

use jiff::civil::Date;
use serde_json::Value;

#[cfg(feature = "pdf")]
pub use said::{Said, said};
pub use sheet::Sheet;

use crate::theme::Theme;

/// Whether this program can print.
pub const IS_BUILT_IN: bool = cfg!(feature = "pdf");

/// A document that is to be printed.
#[derive(Clone, Debug)]
pub struct Printed {
    /// The template of its page, such as `documents/G2.html`; that for paper stands beside it as `documents/G2.typ`.
    pub template: String,
    /// What the template of the page is given.
    pub frame: Value,
    /// The day of its figures, which the PDF names as its own.
    pub day: Date,
    /// What tells it from every other document: project, document, digest.
    pub ident: String,
}

/// A document cannot be printed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PaperError {
    /// This program was built without the feature `pdf`.
    NotBuiltIn,
    /// The theme has no template for the document on paper.
    NoTemplate {
        /// Its path inside a theme: `documents/G2.typ`.
        path: String,
    },
    /// The template is faulty, or what it makes is not what archives and screen readers take.
    Template {
        /// The finished report: message, `file:line`, and hints.
        report: String,
    },
}

impl fmt::Display for PaperError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotBuiltIn => formatter.write_str(
                "this milepost was built without PDF; build it with `cargo install milepost --features pdf`",
            ),
            Self::NoTemplate { path } => {
                write!(formatter, "the theme has no `{path}`, so it cannot be printed")
            }
            Self::Template { report } => formatter.write_str(report),
        }
    }
}

impl std::error::Error for PaperError {}

/// The template for paper beside that of a page: `documents/G2.html` has `documents/G2.typ`.
#[must_use]
pub fn template_of(page: &str) -> String {
    format!("{}.typ", page.trim_end_matches(".html"))
}

/// Sets a document on sheets.
///
/// # Errors
/// A program without the feature, no template in the theme, a template that is faulty or warns, and a document that archives or
/// screen readers would refuse.
#[cfg(feature = "pdf")]
pub fn print(theme: &Theme, printed: &Printed, sheet: Sheet) -> Result<Vec<u8>, PaperError> {
    world::Typesetter::new(theme, printed, sheet)?.pdf()
}

/// Says that this program was built without the feature.
///
/// # Errors
/// Always.
#[cfg(not(feature = "pdf"))]
pub fn print(_: &Theme, _: &Printed, _: Sheet) -> Result<Vec<u8>, PaperError> {
    Err(PaperError::NotBuiltIn)
}
