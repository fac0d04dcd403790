//! Criteria of a stage: what must hold at its two ends, and how far it holds.

use serde::Serialize;

use crate::model::StageCriterion;
use crate::page::address::Thing;
use crate::page::desk::Desk;
use crate::page::view::{Cell, Row, Status, Table};
use crate::plan::State;

/// The criteria of one end of a stage.
#[derive(Clone, Debug, Serialize)]
pub struct Criteria {
    /// Each with its state.
    pub table: Table,
    /// How many are met, in one sentence; none where there is no criterion.
    pub progress: Option<String>,
    /// The state of each in the order of the table.
    pub marks: Vec<Status>,
}

/// How far a criterion holds on the status date.
enum Standing {
    /// It was met, on this day where one is known.
    Met(Option<jiff::civil::Date>),
    /// It is open.
    Open,
    /// The stage is over, and nobody wrote down whether it was met.
    Unknown,
}

/// Puts them together; `is_over` says that the project has passed this end of the stage.
#[must_use]
pub fn criteria(desk: &Desk<'_>, written: &[StageCriterion], is_over: bool) -> Criteria {
    let mut table = Table::new(&["Criterion", "State", "Since", "Evidence"]);
    let mut n_met = 0;
    let mut n_unknown = 0;
    let is_stopped = desk.project.control.is_stopped;
    for criterion in written {
        let standing = standing(desk, criterion, is_over);
        let (state, day) = match standing {
            Standing::Met(day) => (Status::done("Met"), day),
            Standing::Open => (Status::open("Open"), None),
            Standing::Unknown if is_stopped => (Status::unknown("Not asked any more"), None),
            Standing::Unknown => (Status::unknown("Nobody has said"), None),
        };
        n_met += usize::from(matches!(standing, Standing::Met(_)));
        n_unknown += usize::from(matches!(standing, Standing::Unknown));
        let evidence = evidence(desk, criterion);
        table.push(Row::new(vec![
            desk.line(&criterion.criterion),
            Cell::status(state),
            desk.date(day).href(criterion.met.and_then(|(_, origin)| desk.href_place(origin))),
            evidence,
        ]));
    }
    let progress = (!written.is_empty()).then(|| {
        let unknown = match n_unknown {
            0 => String::new(),
            many if is_stopped => format!(", {many} not asked any more: the project is stopped"),
            1 => ", of 1 nobody has said".to_owned(),
            many => format!(", of {many} nobody has said"),
        };
        let noun = if written.len() == 1 { "criterion" } else { "criteria" };
        format!("{n_met} of {} {noun} met{unknown}.", written.len())
    });
    let marks = table.statuses();
    Criteria { table, progress, marks }
}

fn standing(desk: &Desk<'_>, criterion: &StageCriterion, is_over: bool) -> Standing {
    let (day, project) = (desk.project.status_date, &desk.project.project);
    // What a record knows is not judged by what somebody typed.
    if let Some(deliverable) = criterion.deliverable(project) {
        let accepted = deliverable.acceptance.as_ref().map(|acceptance| acceptance.date);
        return accepted
            .filter(|accepted| *accepted <= day)
            .map_or(Standing::Open, |day| Standing::Met(Some(day)));
    }
    if let Some(number) = criterion.task(project) {
        let slot = desk.project.forecast.slot(number);
        let is_over = slot.state == State::Finished && slot.last_day() <= day;
        return if is_over { Standing::Met(Some(slot.last_day())) } else { Standing::Open };
    }
    if let Some((met, _)) = criterion.met.filter(|(met, _)| *met <= day) {
        return Standing::Met(Some(met));
    }
    if let Some(gate) = criterion.gate() {
        let passed = desk.project.control.gates_passed.contains(&gate);
        let record = project.gates.get(&gate);
        let decided = record.and_then(|record| record.decided).filter(|decided| *decided <= day);
        return if passed { Standing::Met(decided) } else { Standing::Open };
    }
    if is_over { Standing::Unknown } else { Standing::Open }
}

/// The record that judges the criterion; else the proof as written, leading to what it names where that is an id of the project.
fn evidence(desk: &Desk<'_>, criterion: &StageCriterion) -> Cell {
    let project = &desk.project.project;
    if let Some(gate) = criterion.gate() {
        return Cell::text(format!("record of {gate}")).href(desk.href_to(&Thing::Gate(gate)));
    }
    if let Some(deliverable) = criterion.deliverable(project) {
        return Cell::text(format!("acceptance of {}", deliverable.id))
            .href(desk.href_to(&Thing::Deliverable(&deliverable.id)));
    }
    if let Some(number) = criterion.task(project) {
        let id = &project.task(number).id;
        return Cell::text(format!("progress of {id}")).href(desk.href_of_id(id));
    }
    let Some(words) = &criterion.evidence else { return Cell::nothing() };
    let href = words.parse().ok().and_then(|id| desk.href_of_id(&id));
    Cell::text(words).href(href)
}
