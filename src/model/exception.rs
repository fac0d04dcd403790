//! Exceptions: what people say of a forecast that has left its tolerance.

use jiff::civil::Date;

use crate::diagnostic::Span;
use crate::model::Text;
use crate::quantity::Id;

/// What the board was told of a tolerance that is left, from `exceptions/*.md`.
#[derive(Clone, Debug)]
pub struct Exception {
    /// Which tolerance: `time`, `cost`, `scope`, `quality`, `benefits` or `risk`.
    pub tolerance: String,
    /// The day on which the board was told.
    pub raised: Date,
    /// Why the forecast left it.
    pub cause: Option<Text>,
    /// What the project manager recommends.
    pub recommendation: Option<Text>,
    /// The decision that answers it; none where nobody has named one.
    pub decision: Option<Id>,
    /// The narrative.
    pub body: Text,
    /// Path of the file.
    pub file: String,
    /// Where it begins.
    pub origin: Span,
}
