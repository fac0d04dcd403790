//! What stands beside the plan as entries that two days can be compared by: registers, gates, baselines, deliverables.

use jiff::civil::Date;

use super::entry::{Entry, EntryKind, Field, Value, markdown, person, words};
use crate::model::{Exposure, Project};
use crate::quantity::Amount;

/// Risks, issues, decisions, changes, actions and requests of others.
pub(super) fn registers(project: &Project, day: Date) -> Vec<Entry> {
    let registers = &project.registers;
    let mut entries = Vec::new();
    let by_then = |begun: Option<Date>| begun.is_none_or(|begun| begun <= day);
    for risk in registers.risks.iter().filter(|risk| by_then(risk.raised)) {
        let Exposure { probability, cost, time, .. } = risk.current;
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
pub(super) fn authority(project: &Project, day: Date) -> Vec<Entry> {
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
pub(super) fn results(project: &Project, day: Date) -> Vec<Entry> {
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

#[cfg(test)]
mod tests {
    use super::super::golden::{branch_network, text};
    use super::*;
    use crate::diagnostic::Span;
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
