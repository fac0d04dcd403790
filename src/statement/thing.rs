//! The things that a statement can speak of one by one, and what can be said of each.

use crate::statement::Kind;

macro_rules! words {
    ($(#[doc = $doc:literal])+ $name:ident: $($variant:ident = $word:literal,)+) => {
        $(#[doc = $doc])+
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
        pub enum $name {
            $(#[doc = concat!("`", $word, "`")] $variant,)+
        }

        impl $name {
            /// All of them.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)+];

            /// The word it is written as.
            #[must_use]
            pub fn word(self) -> &'static str {
                match self { $(Self::$variant => $word,)+ }
            }

            /// What a word stands for.
            #[must_use]
            pub fn from_word(word: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|one| one.word() == word)
            }
        }
    };
}

words! {
    /// A kind of thing that a project has many of.
    Thing:
    Deliverable = "deliverable", Risk = "risk", Issue = "issue", Decision = "decision", Change = "change",
    Action = "action", Request = "request", Assumption = "assumption", Benefit = "benefit", Defect = "defect",
    Task = "task", Condition = "condition", Item = "item", Lesson = "lesson",
}

words! {
    /// What can be said of a thing.
    Field:
    Accepted = "accepted", Approved = "approved", Approver = "approver", Asked = "asked", Assignee = "assignee",
    Basis = "basis", Built = "built", Category = "category", Cost = "cost", Criteria = "criteria", Critical = "critical",
    Deadline = "deadline", Decided = "decided", Due = "due", Evidence = "evidence", Expires = "expires",
    Exposure = "exposure", Finish = "finish", Finished = "finished", Float = "float", Impact = "impact",
    Measure = "measure", Measured = "measured", Met = "met", NeededBy = "needed_by", NewOwner = "new_owner",
    Open = "open", Opened = "opened", Overdue = "overdue", Owner = "owner", Predecessor = "predecessor",
    Probability = "probability", Promised = "promised", Proven = "proven", Raised = "raised", Reason = "reason",
    Recommendation = "recommendation", Response = "response", Reviewed = "reviewed", Severity = "severity",
    Start = "start", Submitted = "submitted", Successor = "successor", Target = "target", TestBy = "test_by",
    Time = "time", Urgency = "urgency", Waiting = "waiting", Workaround = "workaround",
}

/// How a field can be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FieldKind {
    /// True or not: `open`, `is accepted`.
    Flag,
    /// Filled in or not: `has owner`.
    Filled,
    /// A value that can be compared, and is filled in or not.
    Value(Kind),
}

/// What can be said of a thing by one of its fields.
#[derive(Clone, Copy, Debug)]
pub struct FieldFacts {
    /// The field.
    pub field: Field,
    /// How it can be used.
    pub kind: FieldKind,
    /// What it means for this thing.
    pub meaning: &'static str,
}

const fn flag(field: Field, meaning: &'static str) -> FieldFacts {
    FieldFacts { field, kind: FieldKind::Flag, meaning }
}

const fn filled(field: Field, meaning: &'static str) -> FieldFacts {
    FieldFacts { field, kind: FieldKind::Filled, meaning }
}

const fn value(field: Field, kind: Kind, meaning: &'static str) -> FieldFacts {
    FieldFacts { field, kind: FieldKind::Value(kind), meaning }
}

const OWNER: FieldFacts = filled(Field::Owner, "who answers for it");
const DUE: FieldFacts = value(Field::Due, Kind::Date, "the day by which it is to be done");
const RAISED: FieldFacts = value(Field::Raised, Kind::Date, "the day on which it was raised");

impl Thing {
    /// What it is, for the reference.
    #[must_use]
    pub fn meaning(self) -> &'static str {
        match self {
            Self::Deliverable => "deliverables of `deliverables.yaml`",
            Self::Risk => "risks of `risks.yaml`",
            Self::Issue => "issues of `issues.yaml`",
            Self::Decision => "decisions of `decisions.yaml`",
            Self::Change => "changes of `changes.yaml`",
            Self::Action => "actions of `actions.yaml`",
            Self::Request => "requests to outside teams of `dependencies.yaml`",
            Self::Assumption => "assumptions of `project.yaml`",
            Self::Benefit => "benefits of `benefits.yaml`",
            Self::Defect => "defects of `defects.csv`, found by the status date",
            Self::Task => "tasks of work of `plan.yaml`: no summaries, milestones, gates or hammocks",
            Self::Condition => "conditions of the board in `gates/*.md`",
            Self::Item => "items of the ownership register of `handover.yaml`",
            Self::Lesson => "lessons of `lessons.yaml`",
        }
    }

    /// What can be said of it.
    #[must_use]
    #[allow(clippy::too_many_lines, reason = "a table: a line for each field of each thing")]
    pub fn fields(self) -> &'static [FieldFacts] {
        match self {
            Self::Deliverable => {
                const {
                    &[
                        flag(Field::Submitted, "handed in by the status date"),
                        flag(Field::Accepted, "accepted by the status date"),
                        OWNER,
                        filled(Field::Approver, "who accepts it"),
                        filled(Field::Criteria, "criteria of acceptance"),
                        filled(Field::Evidence, "where the proof of acceptance lies"),
                    ]
                }
            }
            Self::Risk => {
                const {
                    &[
                        flag(Field::Open, "raised and not closed"),
                        OWNER,
                        filled(Field::Response, "what is done about it"),
                        filled(Field::Category, "its category"),
                        RAISED,
                        value(Field::Reviewed, Kind::Date, "the day of the last review"),
                        value(Field::Probability, Kind::Share, "how likely it is, after response"),
                        value(Field::Cost, Kind::Money, "what it would cost, after response"),
                        value(Field::Time, Kind::Days, "by how much it would delay, after response"),
                        value(Field::Exposure, Kind::Money, "probability × cost, after response"),
                    ]
                }
            }
            Self::Issue => {
                const {
                    &[
                        flag(Field::Open, "raised and not solved"),
                        flag(Field::Overdue, "open after its target day"),
                        OWNER,
                        filled(Field::Impact, "what it does to the project"),
                        RAISED,
                        value(Field::Target, Kind::Date, "the day by which it is to be solved"),
                    ]
                }
            }
            Self::Decision => {
                const {
                    &[
                        flag(Field::Open, "asked for and not taken"),
                        flag(Field::Overdue, "open after the day by which it is needed"),
                        filled(Field::Owner, "who is asked for it"),
                        value(Field::NeededBy, Kind::Date, "the day by which it is needed"),
                    ]
                }
            }
            Self::Change => {
                const {
                    &[
                        flag(Field::Waiting, "submitted and not decided"),
                        flag(Field::Overdue, "not decided after the day by which an answer is needed"),
                        flag(Field::Approved, "approved by the status date"),
                        flag(Field::Built, "built by the status date"),
                        filled(Field::Reason, "why it is asked for"),
                        value(Field::NeededBy, Kind::Date, "the day by which an answer is needed"),
                        value(Field::Decided, Kind::Date, "the day of the decision"),
                        value(Field::Cost, Kind::Money, "what it costs"),
                        value(Field::Time, Kind::Days, "by how much it delays"),
                    ]
                }
            }
            Self::Action => {
                const { &[flag(Field::Open, "not done"), flag(Field::Overdue, "open after its day"), OWNER, DUE] }
            }
            Self::Request => {
                const {
                    &[
                        flag(Field::Open, "not answered"),
                        flag(Field::Overdue, "open after the promised day"),
                        value(Field::Asked, Kind::Date, "the day on which it was asked"),
                        value(Field::Promised, Kind::Date, "the day that was promised"),
                    ]
                }
            }
            Self::Assumption => {
                const {
                    &[
                        flag(Field::Proven, "proven by the status date"),
                        value(Field::TestBy, Kind::Date, "the day by which it is to be tested"),
                    ]
                }
            }
            Self::Benefit => {
                const {
                    &[
                        flag(Field::Measured, "measured at least once by the status date"),
                        OWNER,
                        filled(Field::Measure, "what is measured"),
                        filled(Field::Target, "how much it is to be"),
                        DUE,
                    ]
                }
            }
            Self::Defect => {
                const {
                    &[
                        flag(Field::Open, "open on the status date"),
                        OWNER,
                        filled(Field::Workaround, "how to live with it"),
                        value(Field::Severity, Kind::Count, "1 is the worst"),
                        value(Field::Opened, Kind::Date, "the day on which it was found"),
                    ]
                }
            }
            Self::Task => {
                const {
                    &[
                        flag(Field::Open, "not finished"),
                        flag(Field::Finished, "finished"),
                        flag(Field::Critical, "without float, so that the finish hangs on it"),
                        filled(
                            Field::Owner,
                            "who answers for it by name: its owner, or a person assigned to it",
                        ),
                        filled(Field::Assignee, "somebody who works on it"),
                        filled(Field::Cost, "money beside labour"),
                        filled(Field::Basis, "how it was estimated"),
                        filled(Field::Predecessor, "another task before it, or a constraint"),
                        filled(Field::Successor, "another task behind it"),
                        filled(Field::Deadline, "a deadline of its own"),
                        value(Field::Float, Kind::Days, "total float"),
                        value(Field::Start, Kind::Date, "the day on which it starts, by the forecast"),
                        value(Field::Finish, Kind::Date, "the day on which it ends, by the forecast"),
                    ]
                }
            }
            Self::Condition => {
                const {
                    &[
                        flag(Field::Met, "done by the status date"),
                        flag(Field::Overdue, "not done after its day"),
                        OWNER,
                        filled(Field::Urgency, "how pressing it is"),
                        DUE,
                    ]
                }
            }
            Self::Item => {
                const {
                    &[
                        flag(Field::Accepted, "taken over by the status date"),
                        filled(Field::NewOwner, "who takes it over"),
                        filled(Field::Evidence, "where the proof lies"),
                        value(Field::Expires, Kind::Date, "the day on which it ends"),
                        value(Field::Cost, Kind::Money, "what it costs a year"),
                    ]
                }
            }
            Self::Lesson => {
                const {
                    &[
                        filled(Field::Recommendation, "what to do next time"),
                        filled(Field::Category, "its category"),
                    ]
                }
            }
        }
    }

    /// What can be said of it by a field; none where it has no such field.
    #[must_use]
    pub fn field(self, field: Field) -> Option<&'static FieldFacts> {
        self.fields().iter().find(|facts| facts.field == field)
    }
}
