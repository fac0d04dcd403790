//! What a project is measured against: the newest approved baseline, or else its own plan.

use jiff::civil::Date;

use crate::quantity::{Amount, Id};

/// The yardstick: when each task was to happen, and for how much.
///
/// It is the newest baseline approved on or before the status date. A project without one is measured against its
/// plan as typed, which shows progress but cannot show slips of the plan itself.
#[derive(Clone, Debug)]
pub struct Reference {
    /// Where it comes from.
    pub source: ReferenceSource,
    /// The first day of its first task; the project's start where it has no task.
    pub start: Date,
    /// The last day it promises.
    pub finish: Date,
    /// Budget at completion (BAC): Σ budgets of `tasks` and `lines`. Reserves are not in it.
    pub budget: Amount,
    /// By task, in the order of the project's list; none for a task that the baseline does not know.
    pub tasks: Vec<Option<ReferenceTask>>,
    /// Money that belongs to no task, in the order of `budget.yaml`.
    pub lines: Vec<ReferenceLine>,
}

/// Where the yardstick comes from.
#[derive(Clone, Debug, PartialEq)]
pub enum ReferenceSource {
    /// A frozen baseline.
    Baseline {
        /// Its id, such as `B1`.
        id: Id,
        /// When it was approved; none where the file does not say.
        approved: Option<Date>,
    },
    /// The plan as typed, because no baseline had been approved.
    Plan,
}

/// What was promised for a task. Hammocks and level of effort have one too.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ReferenceTask {
    /// First day.
    pub start: Date,
    /// Last day.
    pub finish: Date,
    /// Budget; nothing for summaries.
    pub budget: Amount,
    /// Units in all, for a task that is counted in units: the frozen total that earned value divides by.
    pub units: Option<i64>,
}

/// Promised money that belongs to no task, spent evenly over the working days of its time.
#[derive(Clone, Debug, PartialEq)]
pub struct ReferenceLine {
    /// Its place in the project's `budget.lines`.
    pub line: usize,
    /// The category.
    pub category: String,
    /// How much.
    pub budget: Amount,
    /// First day.
    pub start: Date,
    /// Last day.
    pub finish: Date,
}
