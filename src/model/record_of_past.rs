//! Frozen records: baselines that were approved, snapshots of what was reported.

use std::collections::BTreeMap;

use jiff::civil::Date;

use crate::diagnostic::Span;
use crate::model::{Figures, TaskNo};
use crate::quantity::{Amount, Id};

/// A plan that was approved and is measured against.
#[derive(Clone, Debug)]
pub struct Baseline {
    /// Its id, such as `B1`.
    pub id: Id,
    /// When it was approved.
    pub approved: Option<Date>,
    /// The revision it was made from.
    pub source_revision: Option<String>,
    /// Its digest, as written.
    pub digest: Option<String>,
    /// The finish it promises.
    pub finish: Option<Date>,
    /// The budget at completion it promises.
    pub budget: Option<Amount>,
    /// Tasks by number; a task that is missing here was added later.
    pub tasks: BTreeMap<TaskNo, BaselineTask>,
    /// Ids in the baseline that the plan no longer has, in order.
    pub dropped: Vec<Id>,
    /// Where the file begins.
    pub origin: Span,
}

/// What the baseline promises for a task.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct BaselineTask {
    /// First day.
    pub start: Date,
    /// Last day.
    pub finish: Date,
    /// Working minutes, where written.
    pub duration: Option<i64>,
    /// Budget.
    pub budget: Amount,
    /// Units there are in all, where the task is counted in units.
    pub units: Option<i64>,
    /// Where it stands.
    pub origin: Span,
}

/// What the site said on a day.
#[derive(Clone, Debug)]
pub struct Snapshot {
    /// The day.
    pub status_date: Date,
    /// The revision.
    pub source_revision: Option<String>,
    /// Its digest, as written.
    pub digest: Option<String>,
    /// All numbers and dates but those below.
    pub figures: Figures,
    /// Milestones and gates by id, also those that the plan no longer has.
    pub milestones: BTreeMap<Id, MilestoneDay>,
    /// Computed colour, in the word of the file.
    pub computed: Option<String>,
    /// Declared colour.
    pub declared: Option<String>,
    /// Computed colours of the dimensions, by the key of the dimension.
    pub dimensions: BTreeMap<String, String>,
    /// Further values, as written.
    pub values: Vec<SnapshotValue>,
    /// Where the file begins.
    pub origin: Span,
}

/// What was known of a milestone on a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MilestoneDay {
    /// The day it was reached on, or else its forecast.
    pub day: Date,
    /// Whether it had been reached.
    pub is_reached: bool,
}

/// A further value of a snapshot.
#[derive(Clone, Debug, PartialEq)]
pub struct SnapshotValue {
    /// Its name.
    pub name: String,
    /// Its value, as written.
    pub value: String,
}
