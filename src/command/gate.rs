//! `milepost gate`: what can be done with the documents of phase gates.

mod print;

use std::process::ExitCode;

use super::CannotRun;
use crate::cli::GateVerb;

/// Does what was asked.
pub(super) fn run(verb: &GateVerb) -> Result<ExitCode, CannotRun> {
    match verb {
        GateVerb::Print { document, input, out, paper } => {
            print::run(document, input, out.as_deref(), *paper)
        }
    }
}
