//! `milepost check`: every fault of every file, at once.

use std::process::ExitCode;

use super::{CannotRun, Reading, conclude, read, site};
use crate::cli::{Findings, Input};
use crate::pipeline;

/// Reads and computes, tries the portfolio's own theme where there is one, prints what was found, writes nothing.
pub(super) fn run(input: &Input, findings: &Findings) -> Result<ExitCode, CannotRun> {
    let computed = read(input)?;
    let theme_files = pipeline::theme_files(&computed.folder);
    if theme_files.is_empty() {
        return Ok(conclude(&computed.report, input, findings, Reading::Whole));
    }
    let (report, theme) = site::try_theme(computed, &theme_files);
    let code = conclude(&report, input, findings, Reading::Whole);
    theme.map(|()| code)
}
