//! Roles, people and when they are away.

use jiff::civil::Date;

use crate::diagnostic::Span;
use crate::quantity::{Id, Percent, Rate, Window};

/// A role's place in its project's list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RoleNo(pub u32);

/// A person's place in their project's list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PersonNo(pub u32);

/// Everybody a project knows.
#[derive(Clone, Debug, Default)]
pub struct Team {
    /// Roles in the order of the file, then roles that only people name.
    pub roles: Vec<Role>,
    /// People in the order of the file; shared people of the portfolio after the project's own.
    pub people: Vec<Person>,
}

impl Team {
    /// Whom a text names, by id or by name in whatever letters; none where nobody is listed so.
    #[must_use]
    pub fn named(&self, written: &str) -> Option<PersonNo> {
        let written = written.trim();
        let by_id = self.people.iter().position(|person| person.id.as_str() == written);
        let is_named = |person: &Person| person.name.trim().to_lowercase() == written.to_lowercase();
        let place = by_id.or_else(|| self.people.iter().position(is_named))?;
        u32::try_from(place).ok().map(PersonNo)
    }
}

/// A kind of work with a price.
#[derive(Clone, Debug, PartialEq)]
pub struct Role {
    /// Its id.
    pub id: Id,
    /// Its name for readers.
    pub name: String,
    /// The price of its time; none for people who cost the project nothing.
    pub rate: Option<Rate>,
    /// Where the price stands.
    pub rate_origin: Option<Span>,
    /// How many unnamed heads it has; none when unlimited.
    pub heads: Option<u32>,
    /// Ranges with another number of heads, in the order of their days, apart from each other; may be none.
    pub heads_by_time: Vec<(Window, u32)>,
    /// Whether the portfolio's file defines it, so that its heads serve all projects.
    pub is_shared: bool,
    /// Where it stands.
    pub origin: Span,
}

/// Somebody by name.
#[derive(Clone, Debug, PartialEq)]
pub struct Person {
    /// Their id.
    pub id: Id,
    /// Their name.
    pub name: String,
    /// Their role.
    pub role: Option<RoleNo>,
    /// Their own price, instead of the role's.
    pub rate: Option<Rate>,
    /// Where their price stands.
    pub rate_origin: Option<Span>,
    /// The team they belong to, such as `security`.
    pub team: Option<String>,
    /// How much of a day they can give at most.
    pub available: Percent,
    /// Ranges with another share of the day, in the order of their days, apart from each other; may be none.
    pub availability: Vec<(Window, Percent)>,
    /// When they are away.
    pub absences: Vec<Absence>,
    /// The place of their calendar in the project's list; none for the project's own.
    pub calendar: Option<usize>,
    /// Whether they come from the portfolio's shared `people.yaml`.
    pub is_shared: bool,
    /// Where they stand.
    pub origin: Span,
}

impl Role {
    /// How many unnamed heads it has on a day; none when unlimited.
    #[must_use]
    pub fn heads_on(&self, day: Date) -> Option<u32> {
        value_on(&self.heads_by_time, day).or(self.heads)
    }
}

impl Person {
    /// Somebody of whom nothing is known but the id: no role, no price, always there.
    #[must_use]
    pub fn new(id: Id) -> Self {
        Self {
            name: id.to_string(),
            id,
            role: None,
            rate: None,
            rate_origin: None,
            team: None,
            available: Percent::WHOLE,
            availability: Vec::new(),
            absences: Vec::new(),
            calendar: None,
            is_shared: false,
            origin: Span::default(),
        }
    }

    /// How much of a day they can give at most, on that day.
    #[must_use]
    pub fn available_on(&self, day: Date) -> Percent {
        value_on(&self.availability, day).unwrap_or(self.available)
    }
}

fn value_on<T: Copy>(ranges: &[(Window, T)], day: Date) -> Option<T> {
    ranges.iter().find(|(window, _)| window.contains(day)).map(|(_, value)| *value)
}

/// A time when somebody is away.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Absence {
    /// The days.
    pub window: Window,
    /// Where it stands.
    pub origin: Span,
}
