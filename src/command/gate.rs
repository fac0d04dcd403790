//! `milepost gate`: how gates stand, and what can be asked of them.

mod check;
mod figures;

use std::process::ExitCode;

use super::CannotRun;
use crate::cli::GateVerb;

/// Does what the verb asks.
pub(super) fn run(verb: &GateVerb) -> Result<ExitCode, CannotRun> {
    match verb {
        GateVerb::Check { what, input, format } => check::run(what, input, *format),
        GateVerb::Figures { project, input } => figures::run(project.as_deref(), input),
    }
}
