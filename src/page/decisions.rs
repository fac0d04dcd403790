//! The log of decisions: those that are wanted first, then what was decided, why, and by whom.

use serde::Serialize;

use crate::model::DecisionEntry;
use crate::page::address::Thing;
use crate::page::desk::Desk;
use crate::page::needs::{Need, needs};
use crate::page::register_cells::{add_related, line_or_dash};
use crate::page::view::{Cell, Row, Table};

/// The decisions of a project.
#[derive(Clone, Debug, Serialize)]
pub struct Decisions {
    /// Those that are outstanding, most urgent first.
    pub open: Vec<OpenDecision>,
    /// Those that were made, newest first.
    pub made: Table,
}

/// An outstanding decision with its anchor.
#[derive(Clone, Debug, Serialize)]
pub struct OpenDecision {
    /// Its anchor: `decision-D-03`.
    pub anchor: String,
    /// What is wanted.
    pub need: Need,
}

/// Puts the decisions of a project together.
#[must_use]
pub fn decisions(desk: &Desk<'_>) -> Decisions {
    let open = needs(desk)
        .into_iter()
        .map(|need| OpenDecision { anchor: format!("decision-{}", need.id.label), need })
        .collect();
    Decisions { open, made: made(desk) }
}

/// The decisions that were made by the status date, newest first, as a table.
#[must_use]
pub fn made(desk: &Desk<'_>) -> Table {
    let mut table = Table::new(&["Decision", "Question", "Answer", "Decided", "By"]);
    for entry in made_decisions(desk) {
        let mut question = desk.line(&entry.question);
        add_related(desk, &mut question, (&entry.id, &entry.links));
        let mut answer = line_or_dash(desk, entry.decision.as_ref());
        let reasons = entry.reasons.as_ref().or(entry.consequences.as_ref());
        answer.note = reasons.map(|text| crate::prose::inline_text(&text.markdown));
        table.push(
            Row::new(vec![
                Cell::text(entry.id.to_string()).class("nowrap"),
                question,
                answer,
                desk.date(entry.decided),
                desk.person(entry.decided_by),
            ])
            .id(Thing::Decision(&entry.id).anchor()),
        );
    }
    table
}

/// The decisions that were made by the status date, newest first.
#[must_use]
pub fn made_decisions<'a>(desk: &Desk<'a>) -> Vec<&'a DecisionEntry> {
    let day = desk.project.status_date;
    let entries = &desk.project.project.registers.decisions;
    let mut made: Vec<&DecisionEntry> = entries
        .iter()
        .filter(|entry| !entry.is_open(day) && entry.asked.is_none_or(|asked| asked <= day))
        .collect();
    made.sort_by_key(|entry| std::cmp::Reverse(entry.decided));
    made
}
