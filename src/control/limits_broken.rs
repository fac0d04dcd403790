//! What a forecast breaks of what was agreed: tolerances of the board, and deadlines.

use jiff::civil::Date;

use super::{Control, DimensionKind, Drift, TOLERATED, ToleranceLeft, tolerances_left};
use crate::model::{Project, TaskNo};
use crate::plan::{Schedule, State};

/// The tolerances that are left, that of time counted from the promised finish.
fn tolerances_against(
    promised: Date,
    project: &Project,
    control: &Control,
    forecast: &Schedule,
) -> Vec<ToleranceLeft> {
    let mut left = tolerances_left(project, control);
    if promised == control.reference.finish || control.is_stopped {
        return left;
    }
    left.retain(|one| one.kind != DimensionKind::Time);
    let days = project.working_time().working_days_after(promised, forecast.finish_day());
    let slip = days * project.work_time().minutes_per_day;
    if let Some(allowed) = project.tolerance.time.filter(|allowed| slip > *allowed) {
        let drift = Drift::Time { slip, allowed };
        left.insert(0, ToleranceLeft { kind: DimensionKind::Time, drift, since: control.status_date });
    }
    left
}

/// A deadline that the forecast does not keep.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MissedDeadline {
    /// What has the deadline.
    pub task: TaskNo,
    /// Its name.
    pub name: String,
    /// The day by which it was to be done.
    pub deadline: Date,
    /// Its last day by the forecast.
    pub last_day: Date,
}

/// All that a forecast breaks.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LimitsBroken {
    /// Tolerances that it leaves, in the order in which readers see them.
    pub tolerances: Vec<ToleranceLeft>,
    /// Deadlines of open work that it misses, in the order of the plan.
    pub deadlines: Vec<MissedDeadline>,
    /// Whether there is anything to break: a tolerance is set, or open work has a deadline.
    pub is_any_set: bool,
}

impl LimitsBroken {
    /// Looks at a project as it is measured and forecast, against what it promises itself.
    #[must_use]
    pub fn of(project: &Project, control: &Control, forecast: &Schedule) -> Self {
        Self::against(control.reference.finish, project, control, forecast)
    }

    /// Looks at a project as it is measured and forecast, with the finish that was promised before it was changed: a plan that is its
    /// own yardstick would move along with an option. With an option that finishes on 23 December, a deadline of the 18th is
    /// missed, and a tolerance of 10 working days from 2 December is left.
    #[must_use]
    pub fn against(promised: Date, project: &Project, control: &Control, forecast: &Schedule) -> Self {
        let open = || {
            project.task_numbers().filter_map(|number| {
                let slot = forecast.slot(number);
                let (deadline, _) = project.task(number).deadline?;
                (slot.state != State::Finished).then_some((number, slot, deadline))
            })
        };
        let missed = open().filter(|(number, slot, deadline)| {
            let task = project.task(*number);
            slot.finish > deadline.last_instant()
                && slot.is_behind(*deadline, &project.calendars[task.calendar].compile(), task)
        });
        let tolerance = &project.tolerance;
        let is_tolerance_set = tolerance.time.is_some()
            || tolerance.cost.is_some()
            || tolerance.unapproved.is_some()
            || TOLERATED.iter().any(|kind| tolerance.told(kind.key()).is_some());
        Self {
            tolerances: tolerances_against(promised, project, control, forecast),
            deadlines: missed
                .map(|(number, slot, deadline)| MissedDeadline {
                    task: number,
                    name: project.task(number).name.clone(),
                    deadline: deadline.day,
                    last_day: slot.last_day(),
                })
                .collect(),
            is_any_set: is_tolerance_set || open().next().is_some(),
        }
    }

    /// Says whether nothing is broken.
    #[must_use]
    pub fn is_nothing(&self) -> bool {
        self.tolerances.is_empty() && self.deadlines.is_empty()
    }
}
