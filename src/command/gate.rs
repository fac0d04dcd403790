//! `milepost gate …`: how gates stand and what can be done with them, one file for each.

mod bundle;
mod check;
mod figures;
mod freeze;
mod print;

use std::path::Path;
use std::process::ExitCode;

use super::CannotRun;
use super::frozen::project_of;
use crate::cli::{FrozenInput, GateVerb, Readers};
use crate::diagnostic::spelling::did_you_mean;
use crate::quantity::GateId;
use crate::report::{ProjectReport, Report};

/// Does what was asked.
pub(super) fn run(verb: &GateVerb) -> Result<ExitCode, CannotRun> {
    match verb {
        GateVerb::Check { what, input, format } => check::run(what, input, *format),
        GateVerb::Figures { project, input } => figures::run(project.as_deref(), input),
        GateVerb::Print { document, input, readers, out, paper } => {
            print::run(document, (input, readers), out.as_deref(), *paper)
        }
        GateVerb::Freeze { gate, folder, status_date } => {
            freeze::run(&Named::of(gate, folder, status_date.as_ref())?)
        }
        GateVerb::Bundle { gate, folder, out, force, status_date, theme, audience } => {
            let named = Named::of(gate, folder, status_date.as_ref())?;
            bundle::run(&named, (out, *force), (theme.as_deref(), &Readers { audience: *audience }))
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
        let (project, gate) = parsed(words)?;
        let project = project.map(str::to_owned);
        let input = FrozenInput { folder: folder.to_owned(), project, status_date: status_date.cloned() };
        Ok(Self { gate, input })
    }

    /// The project that is named, or the only one.
    fn project<'a>(&self, report: &'a Report) -> Result<&'a ProjectReport, CannotRun> {
        holder(report, (self.input.project.as_deref(), &self.input.folder))
    }
}

/// The project, where one is named, and the gate of `PROJECT/G2`; capital letters do not matter.
fn parsed(words: &str) -> Result<(Option<&str>, GateId), CannotRun> {
    let (project, gate) = match words.rsplit_once('/') {
        Some((project, gate)) => (Some(project), gate),
        None => (None, words),
    };
    let known = gate.to_uppercase().parse::<GateId>().map_err(|_| {
        let hint = match did_you_mean(gate, GateId::ALL.iter().map(|gate| gate.key())) {
            Some(near) => format!("did you mean `{near}`? Write it as in PROJECT/G2"),
            None => "write PROJECT/G2, with a gate from G1 to G5".to_owned(),
        };
        CannotRun::new(format!("`{words}` names no gate: there is no gate `{gate}`"), hint)
    })?;
    Ok((project, known))
}

/// The project that was named before a gate in a folder, or the only one.
fn holder<'a>(report: &'a Report, named: (Option<&str>, &Path)) -> Result<&'a ProjectReport, CannotRun> {
    project_of(report, named, "before the gate, as in PROJECT/G2")
}
