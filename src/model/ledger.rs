//! Money and hours as booked.

use jiff::civil::Date;

use crate::diagnostic::Span;
use crate::model::{Conversion, PersonNo, Project, RoleNo, TaskNo, Text};
use crate::quantity::{Amount, Effort, Id, Window};

/// What a line of `costs.csv` says happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum EntryType {
    /// Budget granted.
    Budget,
    /// Budget moved by an approved change.
    Change,
    /// An order signed.
    Commitment,
    /// Received, not yet invoiced.
    Accrual,
    /// Invoiced or paid.
    Actual,
    /// Expected.
    Forecast,
}

impl EntryType {
    /// Says whether it is cost: an invoice or a receipt.
    #[must_use]
    pub fn is_cost(self) -> bool {
        matches!(self, Self::Actual | Self::Accrual)
    }

    /// The word in `costs.csv`.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Budget => "budget",
            Self::Change => "change",
            Self::Commitment => "commitment",
            Self::Accrual => "accrual",
            Self::Actual => "actual",
            Self::Forecast => "forecast",
        }
    }
}

/// One line of `costs.csv`.
#[derive(Clone, Debug, PartialEq)]
pub struct CostEntry {
    /// When.
    pub date: Date,
    /// What happened.
    pub entry_type: EntryType,
    /// The budget category.
    pub category: String,
    /// The task it belongs to.
    pub task: Option<TaskNo>,
    /// How much.
    pub amount: Amount,
    /// What was typed, where that was in another currency.
    pub converted: Option<Conversion>,
    /// Order or invoice number.
    pub reference: Option<String>,
    /// Remark.
    pub note: Option<String>,
    /// Where the line stands.
    pub origin: Span,
}

/// What rows of `costs.csv` settle each other by: their number; without one, task and category.
pub type SettlementKey<'a> = (Option<&'a str>, Option<TaskNo>, &'a str);

impl CostEntry {
    /// What it is settled within, takes back from, and is taken back by.
    #[must_use]
    pub fn settles_with(&self) -> SettlementKey<'_> {
        match self.reference.as_deref() {
            Some(number) => (Some(number), None, ""),
            None => (None, self.task, &self.category),
        }
    }
}

/// Whose hours a line of `timesheets.csv` books.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Worker {
    /// A person of the team.
    Person(PersonNo),
    /// Nobody by name: so much work of a role, at its rate.
    Role(RoleNo),
}

impl Worker {
    /// The person; none for a role.
    #[must_use]
    pub fn person(self) -> Option<PersonNo> {
        match self {
            Self::Person(person) => Some(person),
            Self::Role(_) => None,
        }
    }
}

impl Project {
    /// The name of whose hours are booked: of a person or a role.
    #[must_use]
    pub fn worker_name(&self, worker: Worker) -> &str {
        match worker {
            Worker::Person(person) => self.person_name(person),
            Worker::Role(role) => self.team.roles.get(role.0 as usize).map_or("", |role| &role.name),
        }
    }

    /// The id of whose hours are booked: of a person or a role.
    #[must_use]
    pub fn worker_id(&self, worker: Worker) -> &Id {
        match worker {
            Worker::Person(person) => &self.team.people[person.0 as usize].id,
            Worker::Role(role) => &self.team.roles[role.0 as usize].id,
        }
    }

    /// Says how many working minutes of a day somebody whose hours are booked is there: of a role everybody on the days on which the
    /// project works, since nobody says who of it was there.
    #[must_use]
    pub fn minutes_of_worker(&self, worker: Worker) -> Box<dyn Fn(Date) -> i64 + '_> {
        match worker {
            Worker::Person(person) => Box::new(self.minutes_there(person)),
            Worker::Role(_) => {
                let working = self.working_time();
                Box::new(move |day| working.minutes_of_day(day))
            }
        }
    }
}

/// One line of `timesheets.csv`.
#[derive(Clone, Debug, PartialEq)]
pub struct TimeEntry {
    /// The week or day.
    pub period: Window,
    /// How the period was written: `2026-W32` or a date.
    pub written: String,
    /// Who.
    pub worker: Worker,
    /// On what.
    pub task: TaskNo,
    /// How long.
    pub effort: Effort,
    /// Where the line stands.
    pub origin: Span,
}

/// Money that is held back and drawn on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ReserveKind {
    /// For known risks, inside the cost baseline; the project manager may draw on it.
    Contingency,
    /// For unknowns, outside the performance baseline; only sponsor and steering may release it.
    ManagementReserve,
}

impl ReserveKind {
    /// Both, in the order in which readers see them.
    pub const ALL: [Self; 2] = [Self::Contingency, Self::ManagementReserve];

    /// The word in the files.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Contingency => "contingency",
            Self::ManagementReserve => "management_reserve",
        }
    }

    /// The word in sentences.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Contingency => "contingency",
            Self::ManagementReserve => "management reserve",
        }
    }

    /// The reserve that a word of the files means; none for the budget.
    #[must_use]
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.key() == key)
    }
}

/// Money besides the plan's own: reserves, funding, categories, further lines.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Budget {
    /// For known risks; the project manager may use it.
    pub contingency: Amount,
    /// For unknowns; only the sponsor or the steering board may release it.
    pub management_reserve: Amount,
    /// The most that the project manager may draw from the contingency by one change or decision; none for as much as
    /// there is.
    pub manager_limit: Option<Amount>,
    /// Categories that buy something lasting, as `budget.yaml` lists them; none where it does not say.
    pub capex: Option<Vec<String>>,
    /// Where the money comes from.
    pub funding: Vec<Funding>,
    /// Categories in the order in which readers see them.
    pub categories: Vec<String>,
    /// Planned money that belongs to no task.
    pub lines: Vec<BudgetLine>,
    /// Where `contingency` stands.
    pub contingency_origin: Option<Span>,
    /// Where `management_reserve` stands.
    pub reserve_origin: Option<Span>,
    /// Where `budget.yaml` begins; none when there is no such file.
    pub origin: Option<Span>,
    /// Whether not all categories could be read, so that one that is not listed may be.
    pub has_unread_categories: bool,
    /// Whether not all further lines could be read, so that planned money may be missing.
    pub may_lack_lines: bool,
    /// Reserves that are written and could not be read: they count as nothing.
    pub unread_reserves: Vec<ReserveKind>,
}

impl Budget {
    /// What a reserve was granted, and where that stands.
    #[must_use]
    pub fn reserve(&self, kind: ReserveKind) -> (Amount, Option<Span>) {
        match kind {
            ReserveKind::Contingency => (self.contingency, self.contingency_origin),
            ReserveKind::ManagementReserve => (self.management_reserve, self.reserve_origin),
        }
    }

    /// Says whether the project manager may take a sum from a reserve on their own: from the contingency, up to `manager_limit`
    /// where one is written. The management reserve is never theirs.
    #[must_use]
    pub fn manager_may_draw(&self, from: ReserveKind, amount: Amount) -> bool {
        from == ReserveKind::Contingency && self.manager_limit.is_none_or(|limit| amount <= limit)
    }
}

/// A source of money.
#[derive(Clone, Debug, PartialEq)]
pub struct Funding {
    /// Who gives.
    pub source: String,
    /// How much.
    pub amount: Amount,
    /// `capex` or `opex`.
    pub kind: Option<String>,
    /// The categories that it pays for; empty for all.
    pub categories: Vec<String>,
    /// Where it stands.
    pub origin: Span,
}

/// Planned money that belongs to no task, spread evenly over its window.
#[derive(Clone, Debug, PartialEq)]
pub struct BudgetLine {
    /// What for.
    pub name: Text,
    /// How much.
    pub amount: Amount,
    /// The category.
    pub category: String,
    /// When; the whole project where not given.
    pub window: Option<Window>,
    /// Where it stands.
    pub origin: Span,
}
