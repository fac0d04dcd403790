//! Foreign formats: one folder or file for each, turned into a project folder of ours.
//!
//! Comes in: the bytes of a file of another program. Goes out: the files of a project folder as text, what could not be
//! carried over, and findings about the foreign file. Not here: reading or writing the disk.
//!
//! Each format reads into a [`Plan`](plan::Plan): `mspdi` from MS Project, `sheet` from a table, `jira` and `issues` from
//! trackers. [`folder`] makes our files of it, whatever it came from.

mod rule;

pub mod folder;
pub mod mspdi;
pub mod plan;

pub use folder::Imported;
pub use rule::RULES;

use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::exchange::plan::Plan;

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

impl Outcome {
    /// Nothing could be read, and the findings say why.
    fn nothing(text: String, findings: Diagnostics) -> Self {
        Self { text, findings, imported: None }
    }

    /// What a plan becomes, if there is one. `origin` is the file's name, for its readers.
    fn of(plan: Option<Plan>, text: String, mut findings: Diagnostics, origin: &str) -> Self {
        findings.sort();
        let unread: Vec<String> = findings.iter().map(|found| in_one_line(found, &text)).collect();
        let imported = plan.map(|plan| folder::folder(&plan, (origin, &unread)));
        Self { text, findings, imported }
    }
}

/// A finding about the file with its line and what to do, for the page that stays: `line 12: … *Hint.*`.
fn in_one_line(found: &Diagnostic, text: &str) -> String {
    let upto = found.span.and_then(|span| text.get(..span.start as usize));
    let line = upto.map_or(1, |before| before.matches('\n').count() + 1);
    let hints = found.hints.join("; ");
    format!("line {line}: {}. *{}.*", found.message, folder::capital(&hints, true))
}
