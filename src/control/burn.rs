//! Burn-down and burn-up: how much is done, how much there is, and how both moved.

use jiff::civil::Date;

use super::{BurnForecast, NoForecast};
use crate::model::TaskNo;
use crate::quantity::Id;

/// Work done and scope over time, for the project's effort or for one task counted in units.
#[derive(Clone, Debug, PartialEq)]
pub struct Burn {
    /// The task's name; `Effort` for the whole project.
    pub title: String,
    /// What is counted. All numbers below are in this unit.
    pub unit: BurnUnit,
    /// The task that is counted; none for the project's effort.
    pub task: Option<TaskNo>,
    /// One point for each report date, the status date last, in order.
    pub points: Vec<BurnPoint>,
    /// What the reference planned to be left at the end of each working day.
    pub planned: Vec<(Date, f64)>,
    /// When the scope moved, in order; the first scope is no step.
    pub scope_steps: Vec<ScopeStep>,
    /// When it ends if it goes on like this.
    pub forecast: Result<BurnForecast, NoForecast>,
    /// What is left as of the status date: scope − done.
    pub remaining: f64,
    /// What there is as of the status date.
    pub scope: f64,
}

/// What a burn counts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum BurnUnit {
    /// Days of one person.
    PersonDays {
        /// How long such a day is; 480 for eight hours.
        minutes_per_day: i64,
    },
    /// Things, named as in the plan: `branches`.
    Units(String),
}

/// Done and scope at the end of a day.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct BurnPoint {
    /// The day.
    pub date: Date,
    /// How much is done.
    pub done: f64,
    /// How much there is in all. Remaining = scope − done.
    pub scope: f64,
}

/// A move of the scope.
#[derive(Clone, Debug, PartialEq)]
pub struct ScopeStep {
    /// When it was first seen.
    pub date: Date,
    /// How much came in; negative when scope was given up.
    pub amount: f64,
    /// The approved change that explains it; none where nobody approved it.
    pub change: Option<Id>,
}
