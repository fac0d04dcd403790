//! What was recorded about a task: reports of progress, hours, money, and what the registers say of it.

use std::collections::BTreeMap;

use crate::format;
use crate::model::{EntryType, TaskNo, Worker};
use crate::page::desk::Desk;
use crate::page::outside;
use crate::page::register_cells::{done_state, due};
use crate::page::view::{Cell, Row, Status, Table};
use crate::quantity::{Effort, Id};

/// What was reported, newest first.
#[must_use]
pub fn progress(desk: &Desk<'_>, number: TaskNo) -> Table {
    let mut table =
        Table::new(&["Reported", "Started", "Finished", "#Done", "#Work left", "Remark", "Written at"]);
    let steps = match &desk.project.project.task(number).earning {
        crate::model::Earning::Steps(steps) => steps.as_slice(),
        _ => &[],
    };
    let known = |entry: &&crate::model::ProgressEntry| {
        entry.task == number && entry.status_date <= desk.project.status_date
    };
    for entry in desk.project.project.progress.iter().filter(known).rev() {
        let line = || desk.href_place(entry.origin);
        let done = match (entry.units_done, entry.percent_complete) {
            (Some(units), _) => {
                let of =
                    entry.units_total.map_or(String::new(), |total| format!(" of {}", format::whole(total)));
                Some(format!("{}{of} units", format::whole(units)))
            }
            (None, percent) => percent.map(format::percent),
        };
        let step =
            entry.step.and_then(|place| steps.get(place)).map(|step| format!("step done: {}", step.name));
        let remark: Vec<String> = step.into_iter().chain(entry.note.clone()).collect();
        table.push(Row::new(vec![
            desk.date(Some(entry.status_date)),
            desk.date(entry.actual_start.map(|at| at.day)),
            desk.date(entry.actual_finish.map(|at| at.day)),
            Cell::maybe(done).explained(line()),
            Cell::maybe(entry.remaining.map(|left| left.to_string())).explained(line()),
            Cell::maybe((!remark.is_empty()).then(|| remark.join("; "))),
            desk.place_cell(Some(entry.origin)),
        ]));
    }
    table
}

/// Hours booked by the status date, person by person; on a public site all people together.
#[must_use]
pub fn hours(desk: &Desk<'_>, number: TaskNo) -> Table {
    let mut by_person: BTreeMap<Option<Worker>, (Effort, usize, &str)> = BTreeMap::new();
    let day = desk.project.status_date;
    let booked = desk.project.project.timesheets.iter();
    for entry in booked.filter(|entry| entry.task == number && entry.period.first() <= day) {
        let who = (!desk.project.project.hides_hours()).then_some(entry.worker);
        let sum = by_person.entry(who).or_insert((Effort::ZERO, 0, ""));
        sum.0 = sum.0 + entry.effort;
        sum.1 += 1;
        sum.2 = &entry.written;
    }
    let mut table = Table::new(&["Who", "#Booked", "Last booking"]);
    for (who, (effort, n_lines, last)) in by_person {
        let name = match who {
            Some(Worker::Person(person)) => desk.person(Some(person)),
            Some(role @ Worker::Role(_)) => Cell::text(desk.project.project.worker_name(role)),
            None => Cell::text("Everybody"),
        };
        table.push(Row::new(vec![
            name,
            Cell::text(desk.effort(effort))
                .note(format::count(n_lines, "line"))
                .explained(desk.explained_of(number, "hours")),
            Cell::text(last),
        ]));
    }
    table
}

/// Orders, receipts and invoices by the status date, newest first; none where bookings are not told one by one.
#[must_use]
pub fn costs(desk: &Desk<'_>, number: TaskNo) -> Table {
    let mut table = Table::new(&["Date", "What happened", "Category", "#Amount", "Reference", "Written at"]);
    if desk.project.project.hides_bookings() {
        return table;
    }
    let project = &desk.project.project;
    let known = |entry: &&crate::model::CostEntry| {
        entry.task == Some(number) && entry.date <= desk.project.status_date
    };
    let entries: Vec<_> = project.costs.iter().filter(known).collect();
    let precision = desk.precision(entries.iter().map(|entry| entry.amount));
    for entry in entries.into_iter().rev() {
        let what = match entry.entry_type {
            EntryType::Budget => "budget granted",
            EntryType::Change => "budget moved",
            EntryType::Commitment => "ordered",
            EntryType::Accrual => "received",
            EntryType::Actual => "invoiced or paid",
            EntryType::Forecast => "expected",
        };
        table.push(Row::new(vec![
            desk.date(Some(entry.date)),
            Cell::text(what).note_if(entry.note.clone()),
            Cell::text(&*entry.category),
            Cell::text(precision.money(entry.amount)).explained(desk.href_place(entry.origin)),
            Cell::maybe(entry.reference.as_deref()),
            desk.place_cell(Some(entry.origin)),
        ]));
    }
    table
}

/// Risks, issues, decisions, changes, actions and outside requests that have to do with a task.
#[must_use]
pub fn registers(desk: &Desk<'_>, number: TaskNo) -> Table {
    let day = desk.project.status_date;
    let id = &desk.project.project.task(number).id;
    let registers = &desk.project.project.registers;
    let mut table = Table::new(&["Entry", "", "Kind", "Owner", "State"]);
    let mut push = |entry: &str, what: Cell, kind: &str, owner: Cell, state: Status| {
        let href = entry.parse::<Id>().ok().and_then(|id| desk.href_of_id(&id));
        let name = Cell::text(entry).href(href).class("nowrap");
        table.push(Row::new(vec![name, what, Cell::text(kind), owner, Cell::status(state)]));
    };
    let is_raised = |raised: Option<jiff::civil::Date>| raised.is_none_or(|raised| raised <= day);
    for risk in registers.risks.iter().filter(|risk| risk.links.contains(id) && is_raised(risk.raised)) {
        let state = if risk.is_open(day) { Status::open("Open") } else { Status::done("Closed") };
        push(risk.id.as_str(), desk.line(&risk.risk), "risk", desk.person(risk.owner), state);
    }
    for issue in registers.issues.iter().filter(|issue| issue.links.contains(id) && is_raised(issue.raised)) {
        let state = if issue.is_open(day) { Status::open("Open") } else { Status::done("Solved") };
        push(issue.id.as_str(), desk.line(&issue.issue), "issue", desk.person(issue.owner), state);
    }
    for decision in &registers.decisions {
        if decision.links.contains(id) && is_raised(decision.asked) {
            let state = if decision.is_open(day) { Status::open("Wanted") } else { Status::done("Decided") };
            let who = desk.person(decision.asked_of);
            push(decision.id.as_str(), desk.line(&decision.question), "decision", who, state);
        }
    }
    for change in &registers.changes {
        let touches = change.tasks.contains(&number) || change.links.contains(id);
        if touches && is_raised(change.submitted) {
            let word = format::sentence_start(change.status.key());
            let state = if change.is_waiting(day) { Status::open(word) } else { Status::done(word) };
            let who = desk.person(change.requested_by);
            push(change.id.as_str(), desk.line(&change.change), "change", who, state);
        }
    }
    for action in registers.actions.iter().filter(|action| action.from.as_deref() == Some(id.as_str())) {
        let state = done_state(desk, action.due, action.done);
        let mut row = desk.line(&action.action);
        row.note = due(desk, action.due, action.is_open(day)).note;
        push(&action.id, row, "action", desk.person(action.owner), state);
    }
    for (request, position) in registers.requests.iter().zip(&desk.project.control.requests) {
        if request.needed_for == Some(number) && is_raised(request.asked) {
            let who = Cell::text(outside::team_name(&request.team));
            push(
                request.id.as_str(),
                desk.line(&request.request),
                "outside request",
                who,
                outside::state(position),
            );
        }
    }
    table
}
