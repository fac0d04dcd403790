//! What verbs that print have in common.

use super::CannotRun;
use crate::cli::PaperSize;
use crate::paper::{IS_BUILT_IN, PaperError, Sheet};

/// Refuses before anything is computed where this program cannot print.
pub(super) fn refuse_without() -> Result<(), CannotRun> {
    if IS_BUILT_IN {
        return Ok(());
    }
    let hint = "the HTML document prints well from a browser, too: `milepost build`";
    Err(CannotRun::new(PaperError::NotBuiltIn, hint))
}

/// The sheet that the arguments name.
pub(super) fn sheet_of(size: PaperSize) -> Sheet {
    match size {
        PaperSize::A4 => Sheet::A4,
        PaperSize::Letter => Sheet::Letter,
    }
}
