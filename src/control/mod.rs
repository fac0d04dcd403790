//! Where are we, where will we end, is it still worth it: everything as of one day.
//!
//! Comes in: a project, its planned and forecast schedules, what was reported. Goes out: [`Control`].
//! Pure and deterministic. Not here: pages, colours as readers see them, the current date.
//!
//! One question a file: what is measured against (`reference`), what the plan costs (`task_budget`), what should be
//! done by a day (`planned_value`), what is (`earned_value`, `curve`), what it took (`actual_cost`), when it ends if
//! it goes on like this (`earned_schedule`, `burn`), which money is left (`spending`), who waits for whom
//! (`requests`), how bad is it (`health`), is it worth it (`feasibility`, on the plain series of `cash_flow`).

mod actual_cost;
mod burn;
mod burn_forecast;
mod cash_flow;
mod curve;
mod earned_schedule;
mod earned_value;
mod feasibility;
mod health;
mod planned_value;
mod reference;
mod requests;
mod spending;
mod task_budget;

pub use burn::{Burn, BurnPoint, BurnUnit, ScopeStep};
pub use burn_forecast::{BurnFinish, BurnForecast, NoForecast};
pub use cash_flow::{
    CrossingYear, InternalRates, dated_net_present_value, internal_rates, modified_internal_rate,
    net_present_value, payback,
};
pub use curve::{Curve, CurvePoint};
pub use earned_schedule::EarnedSchedule;
pub use earned_value::{EarnedValue, TaskValue, ToComplete};
pub use feasibility::{CaseFigures, OptionFigures, Sensitivity, SensitivityDriver};
pub use health::{Colour, Declared, Dimension, DimensionKind, Health, RiskRating};
pub use reference::{Reference, ReferenceLine, ReferenceSource, ReferenceTask};
pub use requests::RequestPosition;
pub use spending::{CategorySpending, OpenOrder, Reserve, Spending};

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
    /// Earned value of all tasks and budget lines.
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
