//! A project as a list of entries that two days can be compared by: tasks, registers, gates, baselines.
//!
//! Comes in: a measured project. Goes out: its entries, each with its id, its place and its fields. A value
//! that is compared as text is in the words that readers see, put by `format`. Not here: what differs between two lists (`what_changed`),
//! sentences, dates of the forecast.

use jiff::civil::Date;

use super::Measured;
use crate::diagnostic::Span;
use crate::model::{
    Assignee, Earning, Exposure, PersonNo, ProgressEntry, Project, Task, TaskKind, TaskProgress, Text, Work,
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
    fn new(kind: EntryKind, id: &impl ToString, name: &str, origin: Span) -> Self {
        Self { kind, id: id.to_string(), name: name.to_owned(), origin, is_open: true, fields: Vec::new() }
    }

    fn open(mut self, is_open: bool) -> Self {
        self.is_open = is_open;
        self.with(Field::State, Some(words(if is_open { "open" } else { "closed" })))
    }

    fn with(mut self, field: Field, value: Option<Value>) -> Self {
        self.fields.extend(value.map(|value| FieldValue { field, value, origin: None }));
        self
    }

    fn with_at(mut self, field: Field, value: Option<Value>, origin: Option<Span>) -> Self {
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

fn registers(project: &Project, day: Date) -> Vec<Entry> {
    let registers = &project.registers;
    let mut entries = Vec::new();
    let by_then = |begun: Option<Date>| begun.is_none_or(|begun| begun <= day);
    for risk in registers.risks.iter().filter(|risk| by_then(risk.raised)) {
        let Exposure { probability, cost, time } = risk.current;
        let entry =
            Entry::new(EntryKind::Risk, &risk.id, &risk.risk.markdown, risk.origin).open(risk.is_open(day));
        entries.push(
            entry
                .with(Field::Text, Some(markdown(&risk.risk)))
                .with(Field::Probability, Some(Value::Percent(probability)))
                .with(Field::Impact, (cost != Amount::ZERO).then_some(Value::Amount(cost)))
                .with(Field::Delay, (time != 0).then_some(Value::Minutes(time)))
                .with(Field::Response, risk.response.as_deref().map(words))
                .with(
                    Field::ResidualProbability,
                    risk.residual.map(|after| Value::Percent(after.probability)),
                )
                .with(Field::ResidualImpact, risk.residual.map(|after| Value::Amount(after.cost)))
                .with(
                    Field::ResidualDelay,
                    risk.residual.filter(|after| after.time != 0).map(|after| Value::Minutes(after.time)),
                )
                .with(Field::Owner, person(project, risk.owner)),
        );
    }
    for issue in registers.issues.iter().filter(|issue| by_then(issue.raised)) {
        let entry = Entry::new(EntryKind::Issue, &issue.id, &issue.issue.markdown, issue.origin);
        entries.push(
            entry
                .open(issue.is_open(day))
                .with(Field::Text, Some(markdown(&issue.issue)))
                .with(Field::Urgency, issue.urgency.as_deref().map(words))
                .with(Field::Due, issue.target.map(Value::Day))
                .with(Field::Owner, person(project, issue.owner)),
        );
    }
    for asked in registers.decisions.iter().filter(|asked| by_then(asked.asked)) {
        let mut entry = Entry::new(EntryKind::Decision, &asked.id, &asked.question.markdown, asked.origin);
        entry.is_open = asked.is_open(day);
        let outcome = asked.decision.as_ref().filter(|_| !entry.is_open).map(markdown);
        let state = if entry.is_open { "asked" } else { "taken" };
        entries.push(
            entry
                .with(Field::Text, Some(markdown(&asked.question)))
                .with(Field::State, Some(words(state)))
                .with(Field::Outcome, outcome)
                .with(Field::Due, asked.needed_by.map(Value::Day)),
        );
    }
    for change in registers.changes.iter().filter(|change| by_then(change.submitted)) {
        let mut entry = Entry::new(EntryKind::Change, &change.id, &change.change.markdown, change.origin);
        entry.is_open = change.is_waiting(day);
        let state = if entry.is_open { "waiting" } else { change.status.key() };
        entries.push(
            entry
                .with(Field::Text, Some(markdown(&change.change)))
                .with(Field::State, Some(words(state)))
                .with(Field::Cost, change.cost.map(Value::Amount))
                .with(Field::Delay, change.time.filter(|time| *time != 0).map(Value::Minutes)),
        );
    }
    for action in registers.actions.iter().filter(|action| by_then(action.raised)) {
        let entry = Entry::new(EntryKind::Action, &action.id, &action.action.markdown, action.origin);
        entries.push(
            entry
                .open(action.is_open(day))
                .with(Field::Text, Some(markdown(&action.action)))
                .with(Field::Due, action.due.map(Value::Day))
                .with(Field::Owner, person(project, action.owner)),
        );
    }
    for request in registers.requests.iter().filter(|request| by_then(request.asked)) {
        let entry = Entry::new(EntryKind::Request, &request.id, &request.request.markdown, request.origin);
        entries.push(
            entry
                .open(request.is_open(day))
                .with(Field::Text, Some(markdown(&request.request)))
                .with(Field::Promised, request.promised.map(Value::Day)),
        );
    }
    entries
}

/// Gates with their conditions, and baselines.
fn authority(project: &Project, day: Date) -> Vec<Entry> {
    let mut entries = Vec::new();
    for gate in project.gates.values() {
        let (decision, decided) = gate.decided_on(day).unzip();
        let mut entry = Entry::new(EntryKind::Gate, &gate.gate, &gate.gate.to_string(), gate.origin);
        entry.is_open = decision.is_none();
        entries.push(
            entry
                .with_at(Field::Outcome, decision.map(|decision| words(decision.key())), gate.decision_origin)
                .with_at(Field::Decided, decided.map(Value::Day), gate.decision_origin)
                .with(Field::Due, gate.planned.map(Value::Day))
                .with(Field::Released, gate.authorised.filter(|_| decision.is_some()).map(Value::Amount)),
        );
        let taken = gate.all_conditions().filter(|(of, _)| of.is_some_and(|decided| decided <= day));
        for (_, condition) in taken {
            let text = &condition.condition.markdown;
            let is_open = condition.is_open(day);
            let id = format!("{} {text}", gate.gate);
            let entry = Entry::new(EntryKind::Condition, &id, text, condition.origin).open(is_open);
            entries.push(
                entry
                    .with(Field::Due, condition.due.map(Value::Day))
                    .with(Field::Owner, person(project, condition.owner)),
            );
        }
    }
    for baseline in project.baselines_by(day) {
        let id = baseline.id.to_string();
        entries.push(
            Entry::new(EntryKind::Baseline, &id, &id, baseline.origin)
                .with(Field::Decided, baseline.approved.map(Value::Day))
                .with(Field::Finish, baseline.finish.map(Value::Day))
                .with(Field::Budget, baseline.budget.map(Value::Amount)),
        );
    }
    entries
}

/// What the project delivers and what its budget holds beside tasks.
fn results(project: &Project, day: Date) -> Vec<Entry> {
    let mut entries = Vec::new();
    for made in &project.deliverables {
        let text = &made.deliverable.markdown;
        let mut entry = Entry::new(EntryKind::Deliverable, &made.id, text, made.origin);
        entry.is_open = !made.is_accepted(day);
        let state = if entry.is_open { "not accepted" } else { "accepted" };
        let n_met = made.criteria.iter().filter(|criterion| criterion.known_on(day).is_met()).count();
        let criteria = format!("{n_met} of {} criteria met", made.criteria.len());
        entries.push(
            entry
                .with(Field::Text, Some(markdown(&made.deliverable)))
                .with(Field::State, Some(words(state)))
                .with(Field::Done, (!made.criteria.is_empty()).then(|| words(&criteria)))
                .with(Field::Owner, person(project, made.owner)),
        );
    }
    for line in &project.budget.lines {
        let name = &line.name.markdown;
        entries.push(
            Entry::new(EntryKind::BudgetLine, name, name, line.origin)
                .with(Field::Budget, Some(Value::Amount(line.amount))),
        );
    }
    for benefit in &project.benefits {
        let text = &benefit.benefit.markdown;
        let unit = benefit.unit.clone().unwrap_or_default();
        let due = benefit.due.map(Value::Day);
        entries.push(
            Entry::new(EntryKind::Benefit, &benefit.id, text, benefit.origin)
                .with(Field::Text, Some(markdown(&benefit.benefit)))
                .with(Field::Units, benefit.target.map(|target| Value::Units(target, unit)))
                .with(Field::Due, due)
                .with(Field::Owner, person(project, benefit.owner)),
        );
    }
    entries
}

fn words(text: &str) -> Value {
    Value::Words(text.to_owned())
}

fn markdown(text: &Text) -> Value {
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

fn person(project: &Project, who: Option<PersonNo>) -> Option<Value> {
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

#[cfg(test)]
mod tests {
    use super::super::golden::{branch_network, text};
    use super::*;
    use crate::model::{Criterion, Deliverable};
    use crate::plan::sketch::{date, id};

    /// What was agreed a week later is no action that a state of the day before had closed.
    #[test]
    fn an_action_that_was_raised_later_is_no_entry_of_a_day_before() {
        let mut project = branch_network().project;
        project.registers.actions.push(crate::model::Action {
            id: "A9".to_owned(),
            action: text("Call the carrier"),
            owner: None,
            raised: Some(date("2026-10-08")),
            due: None,
            done: None,
            from: None,
            origin: Span::default(),
        });
        let actions = |day: &str| {
            let entries = registers(&project, date(day));
            entries
                .iter()
                .filter(|entry| entry.id.as_str() == "A9")
                .map(|entry| entry.is_open)
                .collect::<Vec<_>>()
        };
        assert_eq!((actions("2026-10-01"), actions("2026-10-08")), (vec![], vec![true]));
    }

    /// A state of a past day knew what was met only later, so that nobody was told of it.
    #[test]
    fn a_criterion_that_is_met_later_is_not_met_on_a_day_before() {
        let mut project = branch_network().project;
        let criterion = Criterion {
            criterion: text("It holds"),
            met: Some((1, 1)),
            met_on: Some(date("2026-10-01")),
            evidence: None,
            origin: Span::default(),
        };
        project.deliverables.push(Deliverable {
            id: id("D1"),
            deliverable: text("Roof"),
            approver: None,
            owner: None,
            criteria: vec![criterion],
            submitted: Vec::new(),
            rejected: Vec::new(),
            acceptance: None,
            produced_by: Vec::new(),
            origin: Span::default(),
        });
        let done = |day: &str| {
            let entries = results(&project, date(day));
            let made = entries.iter().find(|entry| entry.kind == EntryKind::Deliverable).unwrap();
            made.fields.iter().find(|one| one.field == Field::Done).map(|one| one.value.clone())
        };
        assert_eq!(done("2026-09-30"), Some(words("0 of 1 criteria met")));
        assert_eq!(done("2026-10-01"), Some(words("1 of 1 criteria met")));
    }
}
