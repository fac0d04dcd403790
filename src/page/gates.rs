//! The register of gates: what was decided when, on which conditions, and what lies ahead.

use serde::Serialize;

use crate::format;
use crate::model::{Condition, Decision, EarlierDecision, GateRecord, TaskKind, name_of_decision};
use crate::page::address::{Address, Thing};
use crate::page::decided_gates::{all_differences, document_cell};
use crate::page::desk::{Desk, gate_name};
use crate::page::milestones::slip_cell_of;
use crate::page::register_cells::{done_state, due};
use crate::page::stage::gate_day;
use crate::page::stopped::after_stop;
use crate::page::track::track;
use crate::page::verdict::reference_heading;
use crate::page::view::{Cell, Row, Status, Step, Table};
use crate::page::{Entry, Group, Made, ProjectPage};
use crate::quantity::GateId;
use crate::report::ProjectReport;

/// The register of gates.
pub struct Gates;

/// What the page shows.
#[derive(Debug, Serialize)]
struct GatesView {
    /// The road of stages.
    track: Vec<Step>,
    /// A row for each gate.
    gates: Table,
    /// Conditions of all decisions, open ones first.
    conditions: Table,
    /// What today's files would say otherwise than what was decided; empty where nothing differs.
    differs: Table,
    /// What is still to be done after the board has stopped the project; empty where it goes on.
    after_stop: Table,
}

impl ProjectPage for Gates {
    fn kind(&self) -> &'static str {
        "gates"
    }

    fn group(&self) -> Group {
        Group::Gates
    }

    fn question(&self) -> &'static str {
        "May we go on, who said so, and on which conditions?"
    }

    fn entries(&self, project: &ProjectReport) -> Vec<Entry> {
        if gates_of(project).is_empty() {
            return Vec::new();
        }
        vec![Entry::new(Address::page(&project.project.folder, "gates"), "Register of gates")]
    }

    fn make(&self, desk: &Desk<'_>) -> Made {
        let mut gates = Table::new(&[
            "Gate",
            reference_heading(desk),
            "Decided or forecast",
            "#Slip",
            "Decision",
            "Released",
            "By",
            "Document",
        ]);
        for gate in gates_of(desk.project) {
            gates.push(row(desk, gate));
            for earlier in earlier_decisions(desk, gate) {
                gates.push(earlier_row(desk, gate, earlier));
            }
        }
        let view = GatesView {
            track: track(desk),
            gates,
            conditions: conditions(desk),
            differs: all_differences(desk),
            after_stop: after_stop(desk),
        };
        Made::new(self.kind(), "Gates", &view).description(self.question())
    }
}

/// The gates that a project has: those in its plan and those with a record, in order.
#[must_use]
pub fn gates_of(project: &ProjectReport) -> Vec<GateId> {
    let is_planned =
        |gate: GateId| project.project.tasks.iter().any(|task| task.kind == TaskKind::Gate(gate));
    GateId::ALL
        .into_iter()
        .filter(|gate| project.project.gates.contains_key(gate) || is_planned(*gate))
        .collect()
}

/// The gates before this one that the project has and that had not been passed by the status date, in order.
#[must_use]
pub fn open_before(desk: &Desk<'_>, gate: GateId) -> Vec<GateId> {
    let passed = &desk.project.control.gates_passed;
    gates_of(desk.project).into_iter().filter(|one| *one < gate && !passed.contains(one)).collect()
}

/// Gates in words: `G2 and G3`.
#[must_use]
pub fn gate_list(gates: &[GateId]) -> String {
    format::listed(&gates.iter().map(ToString::to_string).collect::<Vec<_>>())
}

fn row(desk: &Desk<'_>, gate: GateId) -> Row {
    let record = decided_record(desk, gate);
    let task = desk
        .project
        .project
        .task_numbers()
        .find(|number| desk.project.project.task(*number).kind == TaskKind::Gate(gate));
    let explained = |name: &str| task.and_then(|task| desk.explained_of(task, name));
    let promised = task
        .and_then(|number| desk.project.control.reference.tasks[number.0 as usize])
        .map(|promised| promised.finish);
    let day = gate_day(desk, gate);
    let slip = promised.zip(day).map(|(promised, day)| desk.slip_days(promised, day));
    let planned = desk.project.project.gates.get(&gate).and_then(|written| written.planned);
    let unread = desk.days_unread().filter(|_| day.is_none() && task.is_some());
    let stands = match put_off(record) {
        Some(words) if day.is_some() => Some(format!("forecast; {words}")),
        Some(words) => Some(words),
        None => planned
            .filter(|_| record.is_none())
            .map(|planned| format!("board meets {}", format::date(planned))),
    };
    let notes: Vec<String> = unread.into_iter().chain(stands).collect();
    let when = desk.date(day).note_if((!notes.is_empty()).then(|| notes.join("; ")));
    let released = record.and_then(|record| record.authorised).map(|amount| desk.money_words(amount));
    let until = record.and_then(|record| record.authorised_until).map(|gate| format!("until {gate}"));
    let open = open_before(desk, gate);
    let waits = (!open.is_empty() && !desk.project.control.is_stopped).then(|| match record {
        None => format!("waits for {}", gate_list(&open)),
        Some(_) => {
            format!("decided while {} {} open", gate_list(&open), if open.len() == 1 { "is" } else { "are" })
        }
    });
    let by = record.and_then(|record| record.decided_by).or(desk.project.project.sponsor);
    Row::new(vec![
        Cell::text(gate_name(desk.project, gate)).href(desk.href_to(&Thing::Gate(gate))),
        desk.date(promised).explained(explained("promised")),
        when.explained(explained("finish")),
        slip_cell_of(desk, slip).explained(explained("slip")),
        Cell::status(match record {
            Some(record) if record.is_asked_again => Status::open("Before the board again"),
            _ => decision_status(record),
        })
        .note_if(waits),
        Cell::maybe(released).note_if(until).explained(
            record.and_then(|record| desk.href_place(record.decision_origin.unwrap_or(record.origin))),
        ),
        if record.is_some() { desk.person(by) } else { Cell::nothing() },
        document_cell(desk, gate),
    ])
}

/// The decision that left a gate open, with its day: held or sent back; none where it was settled or not decided.
#[must_use]
pub fn unsettled(record: Option<&GateRecord>) -> Option<(Decision, jiff::civil::Date)> {
    let (decision, decided) = record.and_then(|record| record.decision.zip(record.decided))?;
    (!decision.settles()).then_some((decision, decided))
}

/// The same in words: `held on 7 May 2026`, `sent back on 25 Mar 2026`.
#[must_use]
pub fn put_off(record: Option<&GateRecord>) -> Option<String> {
    unsettled(record).map(|(decision, decided)| format!("{} on {}", decision.done(), format::date(decided)))
}

/// The decisions on a gate that were replaced, as far as they had been taken by the status date, newest first.
pub fn earlier_decisions<'a>(
    desk: &Desk<'a>,
    gate: GateId,
) -> impl Iterator<Item = &'a EarlierDecision> + use<'a> {
    let day = desk.project.status_date;
    let record = desk.project.project.gates.get(&gate);
    record.into_iter().flat_map(|record| record.earlier.iter().rev()).filter(move |one| one.decided <= day)
}

fn earlier_row(desk: &Desk<'_>, gate: GateId, earlier: &EarlierDecision) -> Row {
    let own = desk.href_page(&format!("gates/{}", name_of_decision(gate, earlier.decided)));
    let document =
        if own.is_some() { Cell::text("superseded").note("frozen") } else { Cell::text("superseded") };
    Row::new(vec![
        Cell::text(format!("{gate} before")).href(own.or_else(|| desk.href_to(&Thing::Gate(gate)))),
        Cell::nothing(),
        desk.date(Some(earlier.decided)).explained(desk.href_place(earlier.origin)),
        Cell::nothing(),
        Cell::status(status_of(earlier.decision)),
        Cell::maybe(earlier.authorised.map(|amount| desk.money_words(amount)))
            .explained(earlier.authorised.and_then(|_| desk.href_place(earlier.origin))),
        desk.person(earlier.decided_by.or(desk.project.project.sponsor)),
        document.class("muted"),
    ])
}

/// The record of a gate, where it had been decided by the status date.
#[must_use]
pub fn decided_record<'a>(desk: &Desk<'a>, gate: GateId) -> Option<&'a GateRecord> {
    let day = desk.project.status_date;
    desk.project
        .project
        .gates
        .get(&gate)
        .filter(|record| record.decision.is_some() && record.decided.is_some_and(|decided| decided <= day))
}

/// A decision as a state; a draft where none was taken.
#[must_use]
pub fn decision_status(record: Option<&GateRecord>) -> Status {
    record.and_then(|record| record.decision).map_or_else(|| Status::open("Draft"), status_of)
}

/// A decision as a state.
#[must_use]
pub fn status_of(decision: Decision) -> Status {
    match decision {
        Decision::Approve => Status::done("Approved"),
        Decision::ApproveWithConditions => Status::done("Approved with conditions"),
        Decision::Rework => Status::amber("Rework"),
        Decision::Hold => Status::amber("On hold"),
        Decision::Stop => Status::red("Stopped"),
    }
}

/// The conditions of all decisions taken by the status date, open ones first, by their due day.
#[must_use]
pub fn conditions(desk: &Desk<'_>) -> Table {
    let mut table = Table::new(&["Condition", "Gate", "Urgency", "Owner", "Due", "State"]);
    let day = desk.project.status_date;
    let mut all = board_conditions(desk);
    all.sort_by_key(|(gate, condition)| {
        (!condition.is_open(day), condition.due.is_none(), condition.due, *gate)
    });
    for (gate, condition) in all {
        table.push(condition_row(desk, gate, condition));
    }
    table
}

/// The conditions of all decisions taken by the status date, replaced ones too, in the order of the gates.
#[must_use]
pub fn board_conditions<'a>(desk: &Desk<'a>) -> Vec<(GateId, &'a Condition)> {
    let day = desk.project.status_date;
    let gates = desk.project.project.gates.values();
    let of_gate = |record: &'a GateRecord| {
        let taken =
            record.all_conditions().filter(move |(decided, _)| decided.is_some_and(|decided| decided <= day));
        taken.map(|(_, condition)| (record.gate, condition))
    };
    gates.flat_map(of_gate).collect()
}

/// A condition with its owner, its day and its state.
#[must_use]
pub fn condition_row(desk: &Desk<'_>, gate: GateId, condition: &Condition) -> Row {
    let is_open = condition.is_open(desk.project.status_date);
    let state = Cell::status(done_state(desk, condition.due, condition.done));
    if condition.is_withheld {
        let nothing = Cell::nothing;
        let gate = Cell::text(gate.to_string()).href(desk.href_to(&Thing::Gate(gate)));
        return Row::new(vec![desk.line(&condition.condition), gate, nothing(), nothing(), nothing(), state]);
    }
    Row::new(vec![
        desk.line(&condition.condition),
        Cell::text(gate.to_string()).href(desk.href_to(&Thing::Gate(gate))),
        Cell::maybe(condition.urgency.as_deref().map(format::sentence_start)),
        desk.person(condition.owner),
        due(desk, condition.due, is_open),
        if is_open {
            state
        } else {
            state.note_if(condition.done.map(|done| done_words(desk, condition, done)))
        },
    ])
}

/// The day on which a condition was met, and how late that was.
fn done_words(desk: &Desk<'_>, condition: &Condition, done: jiff::civil::Date) -> String {
    match condition.due.filter(|due| *due < done) {
        Some(due) => format!("{}, {} after its day", format::date(done), desk.behind_words(due, done)),
        None => format::date(done),
    }
}
