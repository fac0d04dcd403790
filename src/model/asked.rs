//! Changes that are asked about and not made: what an option of a decision, or a request, would set and leave out.

use crate::diagnostic::Span;
use crate::quantity::Id;

/// A change that is asked about and not made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AskedChange {
    /// What it does.
    pub kind: AskedKind,
    /// As written: `tasks.rollout.duration=10d`, or `people.sam`.
    pub text: String,
    /// What it is about; none where that cannot be told, which is reported when it is computed.
    pub target: Option<AskedTarget>,
    /// Where it stands.
    pub origin: Span,
}

/// What a change does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AskedKind {
    /// Sets a field.
    Set,
    /// Leaves something out.
    Without,
}

/// What a change that is asked about aims at, and what it would put there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AskedTarget {
    /// The project that is named before it, as written; none where it means its own.
    pub project: Option<String>,
    /// The part of the files.
    pub part: AskedPart,
    /// The thing in it; none where the part is one record.
    pub id: Option<String>,
    /// The way to the field inside it; empty where the thing itself is left out.
    pub fields: Vec<String>,
    /// What it would say, as written; none for what is left out.
    pub value: Option<String>,
}

/// The parts of the files that a change can aim at, as far as they are told apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AskedPart {
    /// The tasks of the plan.
    Tasks,
    /// The people, with their prices and absences.
    People,
    /// The roles, with their prices.
    Roles,
    /// The project itself.
    Project,
    /// Any other.
    Other,
}

impl AskedTarget {
    /// Whether it is about people or roles, whose prices and absences not everybody may read.
    #[must_use]
    pub fn is_about_people(&self) -> bool {
        matches!(self.part, AskedPart::People | AskedPart::Roles)
    }

    fn is_field(&self, part: AskedPart, field: &str) -> bool {
        self.part == part && self.fields.first().is_some_and(|first| first == field)
    }
}

impl AskedChange {
    /// Whether it is about people or roles. What cannot be understood may be.
    #[must_use]
    pub fn names_people(&self) -> bool {
        self.target.as_ref().is_none_or(AskedTarget::is_about_people)
    }

    /// Whether a task would wait for one of another project, which is written behind its folder: `network/rollout`.
    #[must_use]
    pub fn waits_for_another_project(&self) -> bool {
        self.target.as_ref().is_some_and(|target| {
            let names_one = target.value.as_ref().is_some_and(|value| value.contains('/'));
            target.is_field(AskedPart::Tasks, "after") && names_one
        })
    }

    /// Whether it sets how the project is scheduled, levelled or not among it.
    #[must_use]
    pub fn sets_scheduling(&self) -> bool {
        self.target.as_ref().is_some_and(|target| target.is_field(AskedPart::Project, "schedule"))
    }

    /// Whether it names a project before what it aims at.
    #[must_use]
    pub fn names_a_project(&self) -> bool {
        self.target.as_ref().is_some_and(|target| target.project.is_some())
    }

    /// The task that is left out of the plan of its own project, whose folder or code it may name; none for anything else.
    #[must_use]
    pub fn task_left_out(&self, own: &[&str]) -> Option<Id> {
        let target = self.target.as_ref().filter(|_| self.kind == AskedKind::Without)?;
        let is_own = target.project.as_ref().is_none_or(|named| own.contains(&named.as_str()));
        let is_task = target.part == AskedPart::Tasks && is_own;
        target.id.as_ref().filter(|_| is_task)?.parse().ok()
    }
}
