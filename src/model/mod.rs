//! The validated domain: what people wrote, with every name resolved.
//!
//! Comes in: values that `resolve` has checked. Goes out: inert data that `plan` and `control` compute from.
//! Not here: files, YAML, dates computed from logic, the current date. Each item keeps its `origin`
//! as an opaque ticket, so that a finding made much later can still point at the author's line.

mod allowance;
mod asked;
mod calendar;
mod case;
mod change;
mod closing;
mod cycle;
mod delivery;
mod exception;
mod exchange;
mod external;
mod feasibility;
mod figures;
mod file_fault;
mod frozen_gate;
pub mod frozen_shape;
mod gate;
mod gate_criterion;
mod ledger;
mod portfolio;
mod progress;
mod project;
mod readiness;
mod record_of_past;
mod register;
mod register_status;
mod requirement;
mod scheduling;
mod stakeholder;
mod success;
mod task;
mod task_index;
mod team;
mod threshold;
mod unread;
mod value_series;
mod working_time;
#[cfg(test)]
mod working_time_test;

pub use crate::quantity::Lag;
pub use allowance::{AllowanceInForce, AllowanceKind, Allowances, Allowed, AllowedBy, Loosened};
pub use asked::{AskedChange, AskedKind, AskedPart, AskedTarget};
pub use calendar::{Calendar, Closure, ClosureKind, OtherDays, Shift};
pub use case::{AmountRange, BusinessCase, CaseLine, CaseOption, DatedAmount, Probabilities};
pub use change::{Change, ChangeCause, ChangeStatus};
pub use closing::{Retention, Survey};
pub use cycle::{Cycle, find_cycles};
pub use delivery::{
    Acceptance, Benefit, BenefitReading, Bound, Checkpoint, Criterion, CutOverStep, Defect, Deliverable,
    FlowItem, Handover, HandoverItem, Indicator, QualityPlan, ServiceCriterion, TestCount, TestRun,
};
pub use exception::Exception;
pub use exchange::{Conversion, TypedRate};
pub use external::{
    ExternalDates, ExternalFollower, ExternalLink, ExternalTask, ExternalTasks, LateLimit, LateLimits,
};
pub use feasibility::{Feasibility, FeasibilityKind, FeasibilityVerdict, Plans};
pub use figures::{BurnFigures, Counts, Figures, ValueFigures};
pub use file_fault::{FileFault, FileFaults};
pub use frozen_gate::{FrozenGate, TOLD_LATER, Wording, name_of_decision};
pub use gate::{
    Answer, ChecklistItem, Condition, Decision, EarlierDecision, GateRecord, Signature, StageCriterion,
    StagePage, Update,
};
pub use gate_criterion::{BuiltIn, OwnCheck, OwnCriterion, are_same_words};
pub use ledger::{
    Budget, BudgetLine, CostEntry, EntryType, Funding, ReserveKind, SettlementKey, TimeEntry, Worker,
};
pub use portfolio::Portfolio;
pub use progress::{ProgressEntry, ProgressLines, TaskProgress};
pub use project::{Assumption, Project, ProjectKind, Rhythm, Text, Tolerance, UnitLimit, WaivedRule};
pub use readiness::{Reconciliation, Rehearsal, SignOff, Training};
pub use record_of_past::{
    Baseline, BaselineLine, BaselineTask, CaseMeasures, DroppedTask, FrozenCase, MilestoneDay, Seal,
    Snapshot, SnapshotValue,
};
pub use register::{
    Action, DecisionEntry, DecisionOption, Exposure, Issue, Lesson, OutsideRequest, Registers, ReserveDraw,
    Risk,
};
pub use register_status::{IssueStatus, RiskStatus};
pub use requirement::Requirement;
pub use scheduling::{
    Conventions, Distribution, LevellingOptions, ProgressLogic, RiskOptions, ScheduleFrom, Scheduling,
};
pub use stakeholder::{Degree, Stakeholder};
pub use success::{Standing, SuccessCriterion};
pub use task::{
    Assignee, Assignment, Constraint, ConstraintKind, Earning, EarningStep, Length, Link, LinkKind, Task,
    TaskCost, TaskKind, TaskNo, Work,
};
pub use task_index::TaskIndex;
pub use team::{Absence, Person, PersonNo, Role, RoleNo, Team};
pub use threshold::{Limit, LimitUnit, RiskScale, Thresholds};
pub use unread::{Ground, Unread, unread_words};
pub use value_series::ValueSeries;
pub use working_time::WorkingTime;
