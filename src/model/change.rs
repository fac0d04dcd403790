//! Requests to change what was agreed: where they come from, what they ask for, where they stand.

use jiff::civil::Date;

use crate::diagnostic::Span;
use crate::model::{Allowances, AskedChange, PersonNo, TaskNo, Text};
use crate::quantity::{Amount, Id};

/// Where a change comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ChangeCause {
    /// Somebody needs something else than was agreed.
    Requirement,
    /// Something was forgotten or is wrong in the plan or the design.
    Design,
    /// The technology does not do what was taken for granted.
    Technology,
    /// A supplier does not deliver what was ordered, or when.
    Supplier,
    /// A law or a rule of the organisation asks for it.
    Law,
    /// Something else matters more now.
    Priority,
}

impl ChangeCause {
    /// All causes, in the order in which they are shown.
    pub const ALL: [Self; 6] =
        [Self::Requirement, Self::Design, Self::Technology, Self::Supplier, Self::Law, Self::Priority];

    /// The word in `changes.yaml`.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Requirement => "requirement",
            Self::Design => "design",
            Self::Technology => "technology",
            Self::Supplier => "supplier",
            Self::Law => "law",
            Self::Priority => "priority",
        }
    }
}

/// Where a change request stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ChangeStatus {
    /// Handed in.
    Submitted,
    /// Being assessed.
    Assessing,
    /// Assessed, waiting for the decision.
    WaitingForApproval,
    /// Approved.
    Approved,
    /// Rejected.
    Rejected,
    /// Put off.
    Postponed,
    /// Merged into another.
    Merged,
    /// Approved and built.
    Implemented,
}

impl ChangeStatus {
    /// All states in the order of a request's life.
    pub const ALL: [Self; 8] = [
        Self::Submitted,
        Self::Assessing,
        Self::WaitingForApproval,
        Self::Approved,
        Self::Rejected,
        Self::Postponed,
        Self::Merged,
        Self::Implemented,
    ];

    /// The words in `changes.yaml`.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Submitted => "submitted",
            Self::Assessing => "assessing",
            Self::WaitingForApproval => "waiting for approval",
            Self::Approved => "approved",
            Self::Rejected => "rejected",
            Self::Postponed => "postponed",
            Self::Merged => "merged",
            Self::Implemented => "implemented",
        }
    }

    /// Says whether nobody has decided yet.
    #[must_use]
    pub fn is_waiting(self) -> bool {
        matches!(self, Self::Submitted | Self::Assessing | Self::WaitingForApproval)
    }
}

/// A request to change what was agreed.
#[derive(Clone, Debug)]
pub struct Change {
    /// Its id.
    pub id: Id,
    /// What shall change.
    pub change: Text,
    /// Why.
    pub reason: Option<Text>,
    /// Where it comes from; none where nobody says.
    pub cause: Option<ChangeCause>,
    /// What happens if it is not done.
    pub if_not_done: Option<Text>,
    /// Who asks.
    pub requested_by: Option<PersonNo>,
    /// When it was handed in.
    pub submitted: Option<Date>,
    /// By when somebody must answer; none where nobody says.
    pub needed_by: Option<Date>,
    /// What it costs.
    pub cost: Option<Amount>,
    /// Working minutes it takes.
    pub time: Option<i64>,
    /// How many units of scope it adds (or takes away).
    pub scope_units: Option<i64>,
    /// What those units are, as written: `points`; none where it adds none or names no unit.
    pub scope_unit: Option<String>,
    /// What it does to quality, in words.
    pub quality: Option<Text>,
    /// What it does to risk, in words.
    pub risk: Option<Text>,
    /// How big it is, as written.
    pub size: Option<String>,
    /// How urgent it is, as written.
    pub priority: Option<String>,
    /// What it does to the plan, as written; empty where nothing is to be computed.
    pub changes: Vec<AskedChange>,
    /// Where it stands.
    pub status: ChangeStatus,
    /// The decision in words.
    pub decision: Option<Text>,
    /// Who decided.
    pub decided_by: Option<PersonNo>,
    /// When.
    pub decided: Option<Date>,
    /// When it was built.
    pub implemented: Option<Date>,
    /// Tasks it touches.
    pub tasks: Vec<TaskNo>,
    /// Tasks it touches that only a baseline knows: the plan has lost them.
    pub dropped: Vec<Id>,
    /// Tolerances and reserves that it sets anew once it is approved; mostly empty.
    pub allowed: Allowances,
    /// `contingency`, `management_reserve` or `budget`, as written.
    pub pay_from: Option<String>,
    /// Ids it has to do with.
    pub links: Vec<Id>,
    /// Where it stands.
    pub origin: Span,
}

impl Change {
    /// Says whether it waits for a decision as of a day.
    #[must_use]
    pub fn is_waiting(&self, day: Date) -> bool {
        let undecided = match self.decided {
            Some(decided) => day < decided,
            None => self.status.is_waiting(),
        };
        undecided && self.submitted.is_none_or(|submitted| submitted <= day)
    }

    /// Says whether somebody has approved it by a day.
    #[must_use]
    pub fn is_approved(&self, day: Date) -> bool {
        matches!(self.status, ChangeStatus::Approved | ChangeStatus::Implemented)
            && self.decided.is_none_or(|decided| decided <= day)
    }

    /// Says whether somebody has approved it by a day, and not by an earlier one yet; by the day at all where there is no earlier one.
    /// An approval without a day is as old as the change.
    #[must_use]
    pub fn is_approved_between(&self, since: Option<Date>, day: Date) -> bool {
        self.is_approved(day) && since.is_none_or(|since| !self.is_approved(since))
    }

    /// Says whether it is made by a day: by its `implemented:` day, or, where it has none, by its state.
    #[must_use]
    pub fn is_made(&self, day: Date) -> bool {
        match self.implemented {
            Some(made) => made <= day,
            None => self.status == ChangeStatus::Implemented,
        }
    }

    /// Says whether it is made by a day although nobody had approved it when it was: it has no day of decision, was decided only
    /// afterwards, or was not approved at all.
    #[must_use]
    pub fn is_made_without_approval(&self, day: Date) -> bool {
        let is_approved = matches!(self.status, ChangeStatus::Approved | ChangeStatus::Implemented);
        let was_decided = match (self.decided, self.implemented) {
            (Some(decided), Some(made)) => decided <= made,
            (decided, _) => decided.is_some(),
        };
        self.is_made(day) && !(is_approved && was_decided)
    }
}
