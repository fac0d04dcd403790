//! The printable documents: those of the five gates in one frame, those between the gates in another; one file for each.
//!
//! Comes in: the report. Goes out: for each gate of a plan its document, finished for the theme. A gate that has been
//! decided is shown as it was frozen, so that what was signed stays what is shown; one that was not frozen as of the day of its
//! decision. Not here: HTML, layout,
//! arithmetic on the plan.

pub mod annex;
pub mod ask;
pub mod beside;
mod by_rule;
pub mod changed_files;
pub mod checklist;
pub mod closing;
pub mod criterion;
pub mod decided;
pub mod differs;
pub mod digest;
mod edits;
mod final_account;
pub mod frame;
pub mod identity;
mod later_parts;
mod mandate_criteria;
pub mod opening;
mod origins;
pub mod outcome;
pub mod overlay;
pub mod part;
pub mod readiness;
mod release;
pub mod sheet;
mod signed_later;
pub mod since;
pub mod superseded;
mod tolerances;
pub mod undated;
pub mod wording;
pub mod work_breakdown;

pub mod g1;
pub mod g2;
pub mod g3;
pub mod g4;
pub mod g5;

pub mod benefits_review;
pub mod change_request;
pub mod exception;
mod exception_options;
mod exception_reports;
mod report_period;
mod report_registers;
pub mod status_report;
mod unread;

use jiff::civil::Date;
use serde::Serialize;
use serde_json::Value;

use crate::document::checklist::Checklist;
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

/// The documents: those of the gates in their order, then those between them.
pub static DOCUMENTS: &[&dyn ProjectPage] = &[
    &g1::Mandate,
    &g2::PlanAndBaseline,
    &g3::Readiness,
    &g4::ControlStatement,
    &g5::Closure,
    &superseded::Superseded,
    &status_report::StatusReports,
    &exception::Exceptions,
    &change_request::ChangeRequests,
    &benefits_review::BenefitsReview,
];

/// The document of a gate.
#[must_use]
pub fn document_of(gate: GateId) -> &'static dyn GateDocument {
    match gate {
        GateId::G1 => &g1::Mandate,
        GateId::G2 => &g2::PlanAndBaseline,
        GateId::G3 => &g3::Readiness,
        GateId::G4 => &g4::ControlStatement,
        GateId::G5 => &g5::Closure,
    }
}

/// The checklist of a gate, and of which day it is.
#[derive(Debug)]
pub struct Checked {
    /// The day of its decision, or else the status date.
    pub as_of: Date,
    /// Whether it had been decided.
    pub is_decided: bool,
    /// The criteria with their answers.
    pub checklist: Checklist,
}

/// Checks a gate as its document does: a decided one as of the day of its decision. None where the project has no such gate.
#[must_use]
pub fn check(gate: GateId, now: &Desk<'_>) -> Option<Checked> {
    if !crate::page::gates::gates_of(now.project).contains(&gate) {
        return None;
    }
    let desk = frame::desk_of(gate, now);
    let is_decided = crate::page::gates::decided_record(now, gate).is_some();
    Some(Checked {
        as_of: desk.project.status_date,
        is_decided,
        checklist: checklist::checklist(document_of(gate), &desk, is_decided),
    })
}

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
        let label = crate::page::desk::gate_name(project, gate);
        vec![Entry::new(Address::gate(&project.project.folder, gate), label)]
    }

    fn make(&self, desk: &Desk<'_>) -> Made {
        frame::make(self, desk)
    }
}

/// Turns the sections of a document into what its template is given.
fn to_value<Parts: Serialize>(parts: &Parts) -> Value {
    wording::value_of(parts)
}
