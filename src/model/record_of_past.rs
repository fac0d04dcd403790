//! Frozen records: baselines that were approved, snapshots of what was reported.

use std::collections::BTreeMap;

use jiff::civil::Date;

use crate::diagnostic::Span;
use crate::model::TaskNo;
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
    /// The business case as it was approved, where the file carries it.
    pub case: Option<FrozenCase>,
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

/// The preferred option of the business case as it was approved: what it was computed from, and what came out.
#[derive(Clone, Debug, PartialEq)]
pub struct FrozenCase {
    /// The option's id; today's file may have it no longer.
    pub option: Id,
    /// Discount rate a year, in hundredths of a percent.
    pub rate: i64,
    /// Costs by year, year 0 first.
    pub costs: Vec<Amount>,
    /// Benefits by year.
    pub benefits: Vec<Amount>,
    /// Of these, what brings in money; none where all do.
    pub cashable_benefits: Option<Vec<Amount>>,
    /// The net present value that was said then.
    pub net_present_value: Option<Amount>,
    /// When the case counted on what its benefits wait for.
    pub benefits_expected: Option<Date>,
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
    /// Baseline finish.
    pub baseline_finish: Option<Date>,
    /// Forecast finish.
    pub forecast_finish: Option<Date>,
    /// Forecast dates of milestones, by id.
    pub milestones: BTreeMap<Id, Date>,
    /// Figures by name (`bac`, `pv`, `ev`, `ac`, `eac`, `exposure`).
    pub amounts: BTreeMap<String, Amount>,
    /// Computed colour.
    pub computed: Option<String>,
    /// Declared colour.
    pub declared: Option<String>,
    /// Further values, as written.
    pub values: Vec<SnapshotValue>,
    /// Where the file begins.
    pub origin: Span,
}

/// A further value of a snapshot.
#[derive(Clone, Debug, PartialEq)]
pub struct SnapshotValue {
    /// Its name.
    pub name: String,
    /// Its value, as written.
    pub value: String,
}
