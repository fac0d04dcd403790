//! `milepost gate …`: how gates stand and what can be done with them, one file for each.

mod bundle;
mod check;
mod figures;
mod freeze;
mod print;

use std::path::Path;
use std::process::ExitCode;

use super::CannotRun;
use crate::cli::{FrozenInput, GateVerb};
use crate::quantity::GateId;

/// Does what was asked.
pub(super) fn run(verb: &GateVerb) -> Result<ExitCode, CannotRun> {
    match verb {
        GateVerb::Check { what, input, format } => check::run(what, input, *format),
        GateVerb::Figures { project, input } => figures::run(project.as_deref(), input),
        GateVerb::Print { document, input, out, paper } => {
            print::run(document, input, out.as_deref(), *paper)
        }
        GateVerb::Freeze { gate, folder, status_date } => {
            freeze::run(&Named::of(gate, folder, status_date.as_ref())?)
        }
        GateVerb::Bundle { gate, folder, out, force, status_date, theme } => {
            let named = Named::of(gate, folder, status_date.as_ref())?;
            bundle::run(&named, (out, *force), theme.as_deref())
        }
    }
}

/// A gate as it was named, and the folder it is looked for in.
struct Named {
    gate: GateId,
    input: FrozenInput,
}

impl Named {
    /// Reads `PROJECT/G2` or `G2`.
    fn of(words: &str, folder: &Path, status_date: Option<&String>) -> Result<Self, CannotRun> {
        let (project, gate) = match words.rsplit_once('/') {
            Some((project, gate)) => (Some(project.to_owned()), gate),
            None => (None, words),
        };
        let gate = gate.to_uppercase().parse().map_err(|_| {
            CannotRun::new(format!("`{words}` names no gate"), "write PROJECT/G2, with a gate from G1 to G5")
        })?;
        let input = FrozenInput {
            folder: folder.to_owned(),
            project,
            status_date: status_date.cloned(),
            is_by_gate: true,
        };
        Ok(Self { gate, input })
    }
}
