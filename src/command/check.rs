//! `milepost check`: every fault of every file, at once.

use std::process::ExitCode;

use super::{CannotRun, Reading, conclude, read};
use crate::cli::{Findings, Input};

/// Reads and computes, prints what was found, writes nothing.
pub(super) fn run(input: &Input, findings: &Findings) -> Result<ExitCode, CannotRun> {
    let computed = read(input)?;
    Ok(conclude(&computed.report, &input.folder, findings, Reading::Whole))
}
