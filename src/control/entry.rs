//! A project as a list of entries that two days can be compared by: tasks, registers, gates, baselines.
//!
//! Comes in: a measured project. Goes out: its entries, each with its id, its place and its fields. A value
//! that is compared as text is in the words that readers see, put by `format`. Not here: what differs between two lists (`what_changed`),
//! sentences, dates of the forecast.

use jiff::civil::Date;

use super::Measured;
use super::entry_registers::{authority, registers, results};
use crate::diagnostic::Span;
use crate::model::{
    Assignee, Earning, PersonNo, ProgressEntry, Project, Task, TaskKind, TaskProgress, Text, Work,
};
use crate::plan::State;
use crate::quantity::{Amount, Effort, Estimate, Moment, Percent};

/// What an entry is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum EntryKind {
    /// Work, a span from one task to another or a summary of the plan.
    Task,
    /// A milestone or gate of the plan.
    Milestone,
    /// A deliverable.
    Deliverable,
    /// A risk.
    Risk,
    /// An issue.
    Issue,
    /// A decision, asked or taken.
    Decision,
    /// A change that was asked for.
    Change,
    /// An action.
    Action,
    /// Something that an outside team is asked for.
    Request,
    /// The record of a gate.
    Gate,
    /// A condition that a gate set.
    Condition,
    /// An approved baseline.
    Baseline,
    /// A line of the budget that belongs to no task.
    BudgetLine,
    /// A benefit.
    Benefit,
    /// A row of `costs.csv`.
    Cost,
    /// A row of `timesheets.csv`.
    Hours,
}

/// A field by which an entry is compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Field {
    /// What it is called, or says.
    Text,
    /// How far it is: planned, running, finished; open, closed.
    State,
    /// How long it takes.
    Duration,
    /// How much work it is.
    Effort,
    /// What it waits for.
    After,
    /// Who does it.
    Who,
    /// What it costs besides work.
    Cost,
    /// How many units it is counted in.
    Units,
    /// How it earns value.
    Earning,
    /// What holds its dates.
    Constraint,
    /// By when it must be done.
    Deadline,
    /// How much of it is reported done.
    Done,
    /// How many units it is reported to have in all.
    UnitsInAll,
    /// Working time that the newest report still asks for.
    Remaining,
    /// When it is reported to have begun.
    Began,
    /// When it is reported to have ended.
    Ended,
    /// When it is reported to go on after a pause.
    GoesOn,
    /// How likely it is.
    Probability,
    /// What it would cost.
    Impact,
    /// What it would take in working time.
    Delay,
    /// How it is answered.
    Response,
    /// How likely it is after the response.
    ResidualProbability,
    /// What it would cost after the response.
    ResidualImpact,
    /// The delay that is left then.
    ResidualDelay,
    /// How urgent it is.
    Urgency,
    /// Who answers for it.
    Owner,
    /// By when it is due, needed or to be solved.
    Due,
    /// When it is promised.
    Promised,
    /// What was decided.
    Outcome,
    /// When it was decided.
    Decided,
    /// The last day that it promises.
    Finish,
    /// The money that it grants.
    Budget,
    /// The money that a board released.
    Released,
    /// The sum that was booked.
    Amount,
    /// The hours that were booked.
    Hours,
    /// The day of a booking.
    Day,
    /// The week or day of hours.
    Period,
    /// What a booking says happened.
    Type,
    /// The budget category of a booking.
    Category,
    /// The task that a booking belongs to.
    Task,
    /// The number of an order or invoice.
    Reference,
    /// A remark.
    Note,
}

/// What a field says.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Value {
    /// Words as typed.
    Words(String),
    /// Markdown as typed.
    Markdown(String),
    /// A sum, in whole units.
    Amount(Amount),
    /// A sum of a booking, with its cents where it has any.
    Exactly(Amount),
    /// Hours of a booking.
    Work(Effort),
    /// A share.
    Percent(Percent),
    /// A day.
    Day(Date),
    /// Working minutes of the project's calendar.
    Minutes(i64),
    /// A count of units.
    Units(i64, String),
}

/// A field with what it says.
#[derive(Clone, Debug, PartialEq)]
pub struct FieldValue {
    /// The field.
    pub field: Field,
    /// What it says; an empty field has no entry in the list.
    pub value: Value,
    /// Where it stands, where that is not in the entry itself.
    pub origin: Option<Span>,
}

/// Something in the files that has an id.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    /// What it is.
    pub kind: EntryKind,
    /// Its id, unique among its kind.
    pub id: String,
    /// What it is called, or its first words as Markdown.
    pub name: String,
    /// Where it stands.
    pub origin: Span,
    /// Whether it is still to be done, answered or feared; an entry that is not counts as closed.
    pub is_open: bool,
    /// Its fields; empty ones are absent.
    pub fields: Vec<FieldValue>,
}

impl Entry {
    pub(super) fn new(kind: EntryKind, id: &impl ToString, name: &str, origin: Span) -> Self {
        Self { kind, id: id.to_string(), name: name.to_owned(), origin, is_open: true, fields: Vec::new() }
    }

    pub(super) fn open(mut self, is_open: bool) -> Self {
        self.is_open = is_open;
        self.with(Field::State, Some(words(if is_open { "open" } else { "closed" })))
    }

    pub(super) fn with(mut self, field: Field, value: Option<Value>) -> Self {
        self.fields.extend(value.map(|value| FieldValue { field, value, origin: None }));
        self
    }

    pub(super) fn with_at(mut self, field: Field, value: Option<Value>, origin: Option<Span>) -> Self {
        self.fields.extend(value.map(|value| FieldValue { field, value, origin }));
        self
    }

    /// What a field says; none where it is empty.
    #[must_use]
    pub fn field(&self, field: Field) -> Option<&FieldValue> {
        self.fields.iter().find(|one| one.field == field)
    }
}

/// Lists the entries of a project as of its status date; those that begin later are absent.
#[must_use]
pub fn entries(measured: Measured<'_>) -> Vec<Entry> {
    let (project, day) = (measured.project, measured.control.status_date);
    let mut entries = Vec::new();
    let progress = project.progress_as_of(day);
    let told = project.told_by_task(day);
    for ((number, progress), told) in project.task_numbers().zip(&progress).zip(&told) {
        let (task, slot) = (project.task(number), measured.forecast.slot(number));
        let kind = if task.is_point() { EntryKind::Milestone } else { EntryKind::Task };
        let mut entry = typed_task(project, task, Entry::new(kind, &task.id, &task.name, task.origin));
        entry.is_open = slot.state != State::Finished;
        if let TaskKind::Gate(gate) = task.kind
            && slot.state == State::Finished
            && let Some(record) = project.gates.get(&gate)
            && let Some(decision) = record.decision_on(day).filter(|decision| decision.settles())
        {
            // A gate is reached by the decision in its page; one at which the board stopped the project never is.
            let state = if decision.passes() { "finished" } else { "stopped" };
            entry.is_open |= !decision.passes();
            entry = entry.with_at(Field::State, Some(words(state)), record.decision_origin);
        } else if !task.is_summary() {
            entry = reported(task, slot.state, progress, told, entry);
        }
        entries.push(entry);
    }
    entries.extend(registers(project, day));
    entries.extend(authority(project, day));
    entries.extend(results(project, day));
    entries
}

/// What is reported of a task. Each point stands in the newest of its reports that tells it.
fn reported(
    task: &Task,
    state: State,
    progress: &TaskProgress,
    told: &[&ProgressEntry],
    entry: Entry,
) -> Entry {
    let newest = |tells: fn(&ProgressEntry) -> bool| {
        told.iter().rev().find(|entry| tells(entry)).map(|entry| entry.origin)
    };
    let began = newest(|entry| entry.actual_start.is_some());
    let ended = newest(|entry| entry.actual_finish.is_some());
    let (state, state_at) = match state {
        State::NotStarted => ("not started", None),
        State::InProgress => ("in progress", began),
        State::Finished => ("finished", ended),
    };
    let unit = if let Earning::Units { unit, .. } = &task.earning { Some(unit) } else { None };
    let in_units =
        |count: Option<i64>| count.zip(unit).map(|(count, unit)| Value::Units(count, unit.clone()));
    let percent = progress.percent_complete.filter(|done| *done != Percent::WHOLE);
    let done = in_units(progress.units_done).or(percent.map(Value::Percent));
    let done_at = newest(|entry| {
        entry.percent_complete.is_some() || entry.step.is_some() || entry.units_done.is_some()
    });
    let moment = |at: Option<Moment>| at.map(|at| Value::Words(crate::format::moment(at)));
    let remaining = progress.remaining.map(|remaining| words(&remaining.to_string()));
    entry
        .with_at(Field::State, Some(words(state)), state_at.or(progress.origin))
        .with_at(Field::Began, moment(progress.actual_start), began)
        .with_at(Field::Ended, moment(progress.actual_finish), ended)
        .with_at(Field::Done, done, done_at)
        .with_at(
            Field::UnitsInAll,
            in_units(progress.units_total),
            newest(|entry| entry.units_total.is_some()),
        )
        .with_at(Field::Remaining, remaining, progress.origin)
        .with_at(Field::GoesOn, moment(progress.resume), newest(|entry| entry.resume.is_some()))
}

/// What is typed about a task in the plan.
fn typed_task(project: &Project, task: &Task, entry: Entry) -> Entry {
    let (duration, effort) = match task.kind {
        TaskKind::Work(Work::Duration(duration)) => (Some(duration), None),
        TaskKind::Work(Work::Effort(effort)) => (None, Some(effort)),
        TaskKind::Work(Work::Both { duration, effort }) => (Some(duration), Some(effort)),
        _ => (None, None),
    };
    let cost: Amount = task.costs.iter().map(|cost| cost.amount).sum();
    let constraints: Vec<String> = task
        .constraints
        .iter()
        .map(|constraint| match constraint.at {
            Some(at) => format!("{} {at}", constraint.kind.key()),
            None => constraint.kind.key().to_owned(),
        })
        .collect();
    let units = match &task.earning {
        Earning::Units { total, unit } => Some(Value::Units(*total, unit.clone())),
        _ => None,
    };
    entry
        .with(Field::Text, Some(words(&task.name)))
        .with(Field::Duration, duration.map(estimate))
        .with(Field::Effort, effort.map(estimate))
        .with(Field::After, list(task.links_as_written(project).into_iter()))
        .with(Field::Who, list(task.assignments.iter().map(|one| assignee(project, one.assignee, one.share))))
        .with(Field::Cost, (cost != Amount::ZERO).then_some(Value::Amount(cost)))
        .with(Field::Units, units)
        .with(Field::Earning, Some(words(earning(&task.earning))))
        .with(Field::Constraint, list(constraints.into_iter()))
        .with(Field::Deadline, task.deadline.map(|(at, _)| words(&at.to_string())))
        .with(Field::Owner, person(project, task.owner))
}

pub(super) fn words(text: &str) -> Value {
    Value::Words(text.to_owned())
}

pub(super) fn markdown(text: &Text) -> Value {
    Value::Markdown(text.markdown.clone())
}

fn list(words: impl Iterator<Item = String>) -> Option<Value> {
    let words: Vec<String> = words.collect();
    (!words.is_empty()).then(|| Value::Words(words.join(", ")))
}

fn estimate(estimate: Estimate) -> Value {
    let [low, likely, high] = [estimate.optimistic(), estimate.likely(), estimate.pessimistic()];
    if low == likely && likely == high {
        return Value::Words(likely.to_string());
    }
    Value::Words(format!("{low}/{likely}/{high}"))
}

fn assignee(project: &Project, who: Assignee, share: Percent) -> String {
    let name = match who {
        Assignee::Person(number) => {
            project.team.people.get(number.0 as usize).map_or_else(String::new, |one| one.name.clone())
        }
        Assignee::Role { role, heads } => {
            let name = project.team.roles.get(role.0 as usize).map_or("", |role| role.name.as_str());
            format!("{heads} × {name}")
        }
    };
    if share == Percent::WHOLE { name } else { format!("{name} {}", crate::format::percent(share)) }
}

pub(super) fn person(project: &Project, who: Option<PersonNo>) -> Option<Value> {
    let person = project.team.people.get(who?.0 as usize)?;
    Some(Value::Words(person.name.clone()))
}

fn earning(earning: &Earning) -> &'static str {
    match earning {
        Earning::AtFinish => "at finish",
        Earning::AtStartAndFinish(_) => "at start and finish",
        Earning::Steps(_) => "by steps",
        Earning::Units { .. } => "by units",
        Earning::Percent => "by percent",
        Earning::Apportioned(_) => "with another task",
        Earning::LevelOfEffort => "level of effort",
    }
}
