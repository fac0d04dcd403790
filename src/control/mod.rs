//! Where are we, where will we end, is it still worth it: everything as of one day.
//!
//! Comes in: a project, its planned and forecast schedules, what was reported. Goes out: [`Control`].
//! Pure and deterministic. Not here: sentences, colours of a page, the current date.

mod burn;
mod earned_schedule;
mod earned_value;
mod feasibility;
mod health;
mod reference;
mod requests;
mod spending;

pub use burn::{Burn, BurnForecast, BurnPoint, BurnUnit, NoForecast, ScopeStep};
pub use earned_schedule::EarnedSchedule;
pub use earned_value::{Curve, CurvePoint, EarnedValue, TaskValue};
pub use feasibility::{CaseFigures, CrossingYear, InternalRates, OptionFigures};
pub use health::{Colour, Declared, Dimension, DimensionKind, Health};
pub use reference::{Reference, ReferenceSource, ReferenceTask};
pub use requests::RequestPosition;
pub use spending::{CategorySpending, Reserve, Spending};

use jiff::civil::Date;

use crate::model::Project;
use crate::plan::{Engine, Facts, Lever, Schedule};
use crate::quantity::{Amount, GateId, Stage};

/// Everything measured about a project as of a day.
#[derive(Clone, Debug)]
pub struct Control {
    /// The day it is all about.
    pub status_date: Date,
    /// What is measured against.
    pub reference: Reference,
    /// Earned value of all tasks.
    pub total: EarnedValue,
    /// Earned value without level of effort, on which the indices are read.
    pub discrete: EarnedValue,
    /// Earned schedule of all tasks.
    pub total_schedule: EarnedSchedule,
    /// Earned schedule without level of effort.
    pub discrete_schedule: EarnedSchedule,
    /// Planned, earned and actual value over time, all tasks.
    pub curve: Curve,
    /// Value by task, in the order of the project's list; zero for summaries and points.
    pub tasks: Vec<TaskValue>,
    /// Effort still to do and done, over time.
    pub effort_burn: Burn,
    /// One for each task that is counted in units, in the order of the plan.
    pub unit_burns: Vec<Burn>,
    /// Money by category, reserves, open orders.
    pub spending: Spending,
    /// Expected value of open risks after response: Σ probability × impact.
    pub exposure: Amount,
    /// Outside requests with computed need, in the order of the register.
    pub requests: Vec<RequestPosition>,
    /// Working minutes that the forecast finish lies behind the reference finish; negative when ahead.
    pub finish_slip: i64,
    /// Calendar days that the forecast finish lies behind the reference finish; negative when ahead.
    pub finish_slip_calendar_days: i64,
    /// The stage the project is in: the one whose gate comes next; closing once stopped.
    pub stage: Stage,
    /// The gates passed, in order.
    pub gates_passed: Vec<GateId>,
    /// Whether the board has stopped the project.
    pub is_stopped: bool,
    /// Whether the last gate has been passed.
    pub is_closed: bool,
    /// Status by dimension, with the rule behind each colour.
    pub health: Health,
    /// The business case in figures.
    pub case: Option<CaseFigures>,
}

/// What [`measure`] looks at.
#[derive(Clone, Copy, Debug)]
pub struct Position<'a> {
    /// The project.
    pub project: &'a Project,
    /// The engine that scheduled it; knows each task's working time.
    pub engine: &'a Engine,
    /// The plan as typed, nothing reported.
    pub planned: &'a Schedule,
    /// The forecast as of `facts.status_date`.
    pub forecast: &'a Schedule,
    /// What had been reported.
    pub facts: &'a Facts,
    /// What a day more or less would change.
    pub levers: &'a [Lever],
    /// The day.
    pub status_date: Date,
}
