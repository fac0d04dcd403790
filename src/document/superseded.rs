//! Documents of decisions that a later one replaced, each at its own address, as they were frozen.

use crate::document::{decided, document_of, frame};
use crate::format;
use crate::model::FrozenGate;
use crate::page::{Address, Desk, Entry, Group, Made, ProjectPage};
use crate::report::ProjectReport;

/// The documents of replaced decisions: `gates/G2-2026-06-26.html`.
pub struct Superseded;

/// The frozen documents whose decision was replaced by one that had been taken by the status date, as far as they say what
/// they said.
fn superseded(project: &ProjectReport) -> impl Iterator<Item = &FrozenGate> {
    project.project.frozen_gates.iter().filter(|frozen| {
        let record = project.project.gates.get(&frozen.gate);
        let is_replaced = record.is_some_and(|record| {
            record.earlier.iter().any(|earlier| earlier.decided == frozen.decided)
                && record.decided.is_some_and(|decided| decided <= project.status_date)
        });
        is_replaced && decided::is_whole(frozen)
    })
}

fn address(project: &ProjectReport, frozen: &FrozenGate) -> Address {
    Address::page(&project.project.folder, &format!("gates/{}", frozen.name()))
}

impl ProjectPage for Superseded {
    fn kind(&self) -> &'static str {
        "superseded"
    }

    fn group(&self) -> Group {
        Group::Gates
    }

    fn question(&self) -> &'static str {
        "What was decided before?"
    }

    fn is_beside(&self) -> bool {
        false
    }

    fn is_printed(&self) -> bool {
        true
    }

    fn entries(&self, project: &ProjectReport) -> Vec<Entry> {
        let label = |frozen: &FrozenGate| {
            format!(
                "{} {}, superseded, of {}",
                frozen.gate,
                format::gate(frozen.gate),
                format::date(frozen.decided)
            )
        };
        superseded(project).map(|frozen| Entry::new(address(project, frozen), label(frozen))).collect()
    }

    fn make(&self, desk: &Desk<'_>) -> Made {
        let here =
            superseded(desk.project).find(|frozen| address(desk.project, frozen) == *desk.here.address);
        match here {
            Some(frozen) => frame::make_superseded(document_of(frozen.gate), desk, frozen),
            // An address is only made from a frozen document; the newest of the gate stands in.
            None => frame::make(document_of(crate::quantity::GateId::G1), desk),
        }
    }
}
