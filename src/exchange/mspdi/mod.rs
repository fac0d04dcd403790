//! MS Project XML (MSPDI) into a project folder that builds to the same dates.
//!
//! Comes in: the bytes of a file. Goes out: the files of a folder, what could not be carried over, how the dates compare,
//! and findings about the file.
//!
//! The way through: `xml` reads fields, `read`, `read_calendar` and `read_team` make a [`Plan`](plan::Plan) of them;
//! `outline`, `task`, `means`, `people`, `calendar`, `progress`, `spent` and `baseline` write one file each, in the words that
//! `terms`, `names` and `yaml` give; `folder` puts them together, `verify` reads them back, `story` tells.

mod baseline;
mod calendar;
mod folder;
mod leftover;
mod means;
mod names;
mod outline;
mod people;
pub mod plan;
mod progress;
mod read;
mod read_calendar;
mod read_team;
mod recurrence;
mod spent;
mod story;
mod task;
mod terms;
mod verify;
mod xml;

use crate::diagnostic::{Diagnostic, Diagnostics};

pub use folder::Imported;
pub use leftover::{Leftover, grouped};
pub use story::workers;
pub use verify::{Comparison, Difference};

/// What came of reading a file.
#[derive(Clone, Debug)]
pub struct Outcome {
    /// The text of the file, for showing findings in it; empty where it is no text.
    pub text: String,
    /// Findings about the file.
    pub findings: Diagnostics,
    /// The folder; none when the file holds no plan, and then a finding of severity error says why.
    pub imported: Option<Imported>,
}

/// Turns a file of MS Project XML into the files of a project folder. `origin` is the file's name, for its readers.
#[must_use]
pub fn import(bytes: &[u8], origin: &str) -> Outcome {
    let mut findings = Diagnostics::default();
    let text = match xml::decode(bytes) {
        Ok(text) => text,
        Err(fault) => {
            findings.push(*fault);
            return Outcome { text: String::new(), findings, imported: None };
        }
    };
    let plan = read::read(&text, &mut findings);
    findings.sort();
    let unread: Vec<String> = findings.iter().map(|found| in_one_line(found, &text)).collect();
    let imported = plan.map(|plan| folder::folder(&plan, (origin, &unread)));
    Outcome { text, findings, imported }
}

/// A finding about the file with its line and what to do, for the page that stays: `line 12: … *Hint.*`.
fn in_one_line(found: &Diagnostic, text: &str) -> String {
    let upto = found.span.and_then(|span| text.get(..span.start as usize));
    let line = upto.map_or(1, |before| before.matches('\n').count() + 1);
    let hints = found.hints.join("; ");
    format!("line {line}: {}. *{}.*", found.message, story::capital(&hints, true))
}
