//! The things that statements speak of one by one, with what can be said of each.

use jiff::civil::Date;

use crate::diagnostic::Span;
use crate::model::{TaskNo, Text};
use crate::plan::State;
use crate::quantity::Ratio;
use crate::report::{ProjectReport, Value};
use crate::statement::{Field, Thing};

/// A thing of a project, as statements see it.
#[derive(Clone, Debug)]
pub struct Item {
    /// What it goes by: its id, or its first words where it has none.
    pub name: String,
    /// Where it was typed.
    pub origin: Span,
    fields: Vec<(Field, FieldState)>,
}

/// What is known of a field of a thing.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum FieldState {
    /// It holds or does not.
    Flag(bool),
    /// It is filled in or not.
    Filled(bool),
    /// Its value; none where it is not filled in.
    Value(Option<Value>),
}

impl Item {
    fn new(name: impl Into<String>, origin: Span) -> Self {
        Self { name: name.into(), origin, fields: Vec::new() }
    }

    fn flag(mut self, field: Field, holds: bool) -> Self {
        self.fields.push((field, FieldState::Flag(holds)));
        self
    }

    fn filled(mut self, field: Field, is_filled: bool) -> Self {
        self.fields.push((field, FieldState::Filled(is_filled)));
        self
    }

    fn value(mut self, field: Field, value: Option<Value>) -> Self {
        self.fields.push((field, FieldState::Value(value)));
        self
    }

    fn day(self, field: Field, day: Option<Date>) -> Self {
        self.value(field, day.map(Value::Date))
    }

    /// What is known of a field; none where the thing has no such field.
    #[must_use]
    pub fn field(&self, field: Field) -> Option<FieldState> {
        self.fields.iter().find(|(known, _)| *known == field).map(|(_, state)| *state)
    }
}

/// So many words stand for a thing without an id.
const WORDS_OF_A_NAME: usize = 6;

fn first_words(text: &Text) -> String {
    let words: Vec<&str> = text.markdown.split_whitespace().collect();
    let end = if words.len() > WORDS_OF_A_NAME { " …" } else { "" };
    format!("“{}{end}”", words.into_iter().take(WORDS_OF_A_NAME).collect::<Vec<_>>().join(" "))
}

/// Whether something was there by a day; what has no day was always there.
fn was_there(since: Option<Date>, day: Date) -> bool {
    since.is_none_or(|since| since <= day)
}

fn is_past(due: Option<Date>, day: Date) -> bool {
    due.is_some_and(|due| due < day)
}

impl ProjectReport {
    /// All things of a kind, in the order of their file. What came after the status date is left out.
    #[must_use]
    pub fn items(&self, thing: Thing) -> Vec<Item> {
        let (project, day) = (&self.project, self.status_date);
        match thing {
            Thing::Deliverable => self.deliverables(),
            Thing::Risk => self.risks(),
            Thing::Issue
            | Thing::Decision
            | Thing::Change
            | Thing::Action
            | Thing::Request
            | Thing::Lesson => self.entries(thing),
            Thing::Assumption => project
                .assumptions
                .iter()
                .map(|one| {
                    Item::new(first_words(&one.assumption), one.assumption.origin)
                        .flag(Field::Proven, one.proven.is_some_and(|proven| proven <= day))
                        .day(Field::TestBy, one.test_by)
                })
                .collect(),
            Thing::Benefit => project
                .benefits
                .iter()
                .map(|benefit| {
                    Item::new(benefit.id.to_string(), benefit.origin)
                        .flag(Field::Measured, benefit.newest(day).is_some())
                        .filled(Field::Owner, benefit.owner.is_some())
                        .filled(Field::Measure, benefit.measure.is_some())
                        .filled(Field::Target, benefit.target.is_some())
                        .day(Field::Due, benefit.due)
                })
                .collect(),
            Thing::Defect => project
                .defects
                .iter()
                .filter(|defect| defect.opened <= day)
                .map(|defect| {
                    Item::new(&*defect.id, defect.origin)
                        .flag(Field::Open, defect.is_open(day))
                        .filled(Field::Owner, defect.owner.is_some())
                        .filled(Field::Workaround, defect.workaround.is_some())
                        .value(Field::Severity, Some(Value::Count(i64::from(defect.severity))))
                        .day(Field::Opened, Some(defect.opened))
                })
                .collect(),
            Thing::Task => self.work(),
            Thing::Condition => {
                let decided = project.gates.values().filter(|gate| gate.decision_on(day).is_some());
                decided
                    .flat_map(|gate| &gate.conditions)
                    .map(|condition| {
                        let is_met = condition.done.is_some_and(|done| done <= day);
                        Item::new(first_words(&condition.condition), condition.origin)
                            .flag(Field::Met, is_met)
                            .flag(Field::Overdue, !is_met && is_past(condition.due, day))
                            .filled(Field::Owner, condition.owner.is_some())
                            .filled(Field::Urgency, condition.urgency.is_some())
                            .day(Field::Due, condition.due)
                    })
                    .collect()
            }
            Thing::Item => project
                .handover
                .iter()
                .flat_map(|handover| &handover.items)
                .map(|item| {
                    Item::new(item.id.to_string(), item.origin)
                        .flag(Field::Accepted, item.accepted.is_some_and(|accepted| accepted <= day))
                        .filled(Field::NewOwner, item.to.is_some())
                        .filled(Field::Evidence, item.evidence.is_some())
                        .day(Field::Expires, item.expires)
                        .value(Field::Cost, item.yearly_cost.map(Value::Money))
                })
                .collect(),
        }
    }

    fn deliverables(&self) -> Vec<Item> {
        let day = self.status_date;
        let items = self.project.deliverables.iter().map(|made| {
            let evidence = made.acceptance.as_ref().is_some_and(|acceptance| acceptance.evidence.is_some());
            Item::new(made.id.to_string(), made.origin)
                .flag(Field::Submitted, made.is_submitted(day))
                .flag(Field::Accepted, made.is_accepted(day))
                .filled(Field::Owner, made.owner.is_some())
                .filled(Field::Approver, made.approver.is_some())
                .filled(Field::Criteria, !made.criteria.is_empty())
                .filled(Field::Evidence, evidence)
        });
        items.collect()
    }

    fn risks(&self) -> Vec<Item> {
        let day = self.status_date;
        let risks = self.project.registers.risks.iter().filter(|risk| was_there(risk.raised, day));
        let items = risks.map(|risk| {
            let left = risk.remaining();
            let share = Ratio::new(left.probability.fraction().as_f64());
            Item::new(risk.id.to_string(), risk.origin)
                .flag(Field::Open, risk.is_open(self.status_date))
                .filled(Field::Owner, risk.owner.is_some())
                .filled(Field::Response, risk.response.is_some())
                .filled(Field::Category, risk.category.is_some())
                .day(Field::Raised, risk.raised)
                .day(Field::Reviewed, risk.reviewed)
                .value(Field::Probability, share.map(Value::Ratio))
                .value(Field::Cost, Some(Value::Money(left.cost)))
                .value(Field::Time, Some(Value::Days(left.time)))
                .value(Field::Exposure, Some(Value::Money(left.expected_value())))
        });
        items.collect()
    }

    /// Entries of the other registers.
    fn entries(&self, thing: Thing) -> Vec<Item> {
        let (registers, day) = (&self.project.registers, self.status_date);
        let issues = registers.issues.iter().filter(|issue| was_there(issue.raised, day));
        let issues = issues.map(|issue| {
            let is_open = issue.is_open(day);
            Item::new(issue.id.to_string(), issue.origin)
                .flag(Field::Open, is_open)
                .flag(Field::Overdue, is_open && is_past(issue.target, day))
                .filled(Field::Owner, issue.owner.is_some())
                .filled(Field::Impact, issue.impact.is_some())
                .day(Field::Raised, issue.raised)
                .day(Field::Target, issue.target)
        });
        let decisions = registers.decisions.iter().filter(|one| was_there(one.asked, day));
        let decisions = decisions.map(|decision| {
            let is_open = decision.is_open(day);
            Item::new(decision.id.to_string(), decision.origin)
                .flag(Field::Open, is_open)
                .flag(Field::Overdue, is_open && is_past(decision.needed_by, day))
                .filled(Field::Owner, decision.asked_of.is_some())
                .day(Field::NeededBy, decision.needed_by)
        });
        let changes = registers.changes.iter().filter(|change| was_there(change.submitted, day));
        let changes = changes.map(|change| {
            Item::new(change.id.to_string(), change.origin)
                .flag(Field::Waiting, change.is_waiting(day))
                .flag(Field::Overdue, change.is_waiting(day) && is_past(change.needed_by, day))
                .flag(Field::Approved, change.is_approved(day))
                .flag(Field::Built, change.implemented.is_some_and(|built| built <= day))
                .filled(Field::Reason, change.reason.is_some())
                .day(Field::NeededBy, change.needed_by)
                .day(Field::Decided, change.decided)
                .value(Field::Cost, change.cost.map(Value::Money))
                .value(Field::Time, change.time.map(Value::Days))
        });
        let actions = registers.actions.iter().filter(|action| was_there(action.raised, day));
        let actions = actions.map(|action| {
            let is_open = action.is_open(day);
            Item::new(&*action.id, action.origin)
                .flag(Field::Open, is_open)
                .flag(Field::Overdue, is_open && is_past(action.due, day))
                .filled(Field::Owner, action.owner.is_some())
                .day(Field::Due, action.due)
        });
        let requests = registers.requests.iter().filter(|request| was_there(request.asked, day));
        let requests = requests.map(|request| {
            let is_open = request.is_open(day);
            Item::new(request.id.to_string(), request.origin)
                .flag(Field::Open, is_open)
                .flag(Field::Overdue, is_open && is_past(request.promised, day))
                .day(Field::Asked, request.asked)
                .day(Field::Promised, request.promised)
        });
        let lessons = registers.lessons.iter().filter(|lesson| lesson.date.is_none_or(|date| date <= day));
        let lessons = lessons.map(|lesson| {
            Item::new(&*lesson.id, lesson.origin)
                .filled(Field::Recommendation, lesson.recommendation.is_some())
                .filled(Field::Category, lesson.category.is_some())
        });
        match thing {
            Thing::Issue => issues.collect(),
            Thing::Decision => decisions.collect(),
            Thing::Change => changes.collect(),
            Thing::Action => actions.collect(),
            Thing::Request => requests.collect(),
            Thing::Lesson => lessons.collect(),
            _ => Vec::new(),
        }
    }

    fn work(&self) -> Vec<Item> {
        let tasks = &self.project.tasks;
        let mut leads_on = vec![false; tasks.len()];
        for link in tasks.iter().flat_map(|task| &task.links) {
            if let Some(leads) = leads_on.get_mut(link.predecessor.0 as usize) {
                *leads = true;
            }
        }
        for (leads, task) in leads_on.iter_mut().zip(tasks) {
            *leads |= !self.project.external.followers(&task.id).is_empty();
        }
        // What is linked as a whole links its parts.
        let line =
            |number: TaskNo| std::iter::successors(Some(number), |number| self.project.task(*number).parent);
        let own_days = self.minutes_per_day();
        let items = self.tasks().filter(|(_, task, _)| task.is_work()).map(|(number, task, slot)| {
            let follows = line(number).any(|one| {
                let one = self.project.task(one);
                one.waits_for_others() || !one.constraints.is_empty()
            });
            let is_followed = line(number).any(|one| leads_on.get(one.0 as usize) == Some(&true));
            let float = slot.total_float * own_days / self.project.room_days_of(number).minutes().max(1);
            Item::new(task.id.to_string(), task.origin)
                .flag(Field::Open, slot.state != State::Finished)
                .flag(Field::Finished, slot.state == State::Finished)
                .flag(Field::Critical, slot.critical)
                .filled(Field::Owner, task.has_owner())
                .filled(Field::Assignee, !task.assignments.is_empty())
                .filled(Field::Cost, !task.costs.is_empty())
                .filled(Field::Basis, task.basis.is_some())
                .filled(Field::Predecessor, follows)
                .filled(Field::Successor, is_followed)
                .filled(Field::Deadline, task.deadline.is_some())
                .value(Field::Float, Some(Value::Days(float)))
                .day(Field::Start, Some(slot.first_day()))
                .day(Field::Finish, Some(slot.last_day()))
        });
        items.collect()
    }
}
