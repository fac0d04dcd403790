//! The printable documents of the five gates: one file for each, in a common frame.
//!
//! Comes in: the report. Goes out: for each gate of a plan its document, finished for the theme. A gate that has been
//! decided is shown as of the day of its decision, so that what was signed stays what is shown. Not here: HTML, layout,
//! arithmetic on the plan.

pub mod annex;
pub mod checklist;
pub mod closing;
pub mod criterion;
pub mod digest;
pub mod frame;
pub mod opening;
pub mod part;
pub mod since;

pub mod g1;
pub mod g2;
pub mod g3;
pub mod g4;
pub mod g5;

use serde::Serialize;
use serde_json::Value;

use crate::document::closing::Signer;
use crate::document::criterion::Criterion;
use crate::page::{Address, Desk, Entry, Group, Made, ProjectPage};
use crate::quantity::GateId;
use crate::report::ProjectReport;

/// The document of one gate.
pub trait GateDocument: Sync {
    /// The gate it is for; also the name of its template, `documents/G2.html`.
    fn gate(&self) -> GateId;
    /// The question the board answers with it.
    fn question(&self) -> &'static str;
    /// What the board is asked for, as one sentence.
    fn ask(&self, desk: &Desk<'_>) -> String;
    /// Its own sections by name, as its template places them.
    fn parts(&self, desk: &Desk<'_>) -> Value;
    /// Criteria that the program answers itself.
    fn criteria(&self, desk: &Desk<'_>) -> Vec<Criterion>;
    /// Whose signatures it needs, in the order of the blocks.
    fn signers(&self) -> &'static [Signer];
}

/// The documents in the order of the gates.
pub static DOCUMENTS: &[&dyn ProjectPage] =
    &[&g1::Mandate, &g2::PlanAndBaseline, &g3::Readiness, &g4::ControlStatement, &g5::Closure];

impl<Document: GateDocument> ProjectPage for Document {
    fn kind(&self) -> &'static str {
        self.gate().key()
    }

    fn group(&self) -> Group {
        Group::Gates
    }

    fn question(&self) -> &'static str {
        GateDocument::question(self)
    }

    fn is_printed(&self) -> bool {
        true
    }

    fn entries(&self, project: &ProjectReport) -> Vec<Entry> {
        let gate = self.gate();
        if !crate::page::gates::gates_of(project).contains(&gate) {
            return Vec::new();
        }
        let label = format!("{gate} {}", crate::format::gate(gate));
        vec![Entry::new(Address::gate(&project.project.folder, gate), label)]
    }

    fn make(&self, desk: &Desk<'_>) -> Made {
        frame::make(self, desk)
    }
}

/// Turns the sections of a document into what its template is given.
///
/// # Panics
/// Never for sections of plain fields; a map with keys that are not text would be our bug.
fn to_value<Parts: Serialize>(parts: &Parts) -> Value {
    serde_json::to_value(parts).expect("sections are plain data with text keys")
}
