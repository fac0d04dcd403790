//! What a change does to a project: the finish, the money, the milestones, the critical tasks.
//!
//! Comes in: the same project measured twice, as it is and with a change. Goes out: [`Difference`]. Not here: how the
//! change was made, words, findings.

use jiff::civil::Date;

use crate::control::Control;
use crate::model::{Project, Task};
use crate::plan::{Schedule, Slot, State};
use crate::quantity::{Amount, Id};

/// Something before and after.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Change<T> {
    /// As it is.
    pub before: T,
    /// With the change.
    pub after: T,
}

impl<T: PartialEq> Change<T> {
    /// Says whether it differs at all.
    #[must_use]
    pub fn is_change(&self) -> bool {
        self.before != self.after
    }
}

/// A task whose last day moves.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MovedTask {
    /// Its id.
    pub task: Id,
    /// Its name.
    pub name: String,
    /// Its last day.
    pub last_day: Change<Date>,
    /// Working days of the project's calendar by which it moves; negative when it comes earlier.
    pub working_days: i64,
}

/// What a change does to a project.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// The project's last day.
    pub finish: Change<Date>,
    /// Working days of the project's calendar by which the finish moves; negative when it comes earlier.
    pub finish_working_days: i64,
    /// Calendar days by which the finish moves; negative when it comes earlier.
    pub finish_calendar_days: i64,
    /// The headline estimate at completion ([`crate::control::EarnedValue::estimate`]).
    pub estimate_at_completion: Change<Amount>,
    /// What the tasks of the plan as typed cost, whatever a baseline promised.
    pub planned_cost: Change<Amount>,
    /// Milestones and gates, not reached yet, whose day moves; in the order of the plan.
    pub milestones: Vec<MovedTask>,
    /// Work, not finished yet, whose last day moves; in the order of the plan.
    pub work: Vec<MovedTask>,
    /// Tasks that become critical.
    pub critical_now: Vec<Id>,
    /// Tasks that are critical no longer.
    pub critical_no_longer: Vec<Id>,
    /// Tasks that are no longer in the plan.
    pub gone: Vec<Id>,
}

/// A project as it was measured.
#[derive(Clone, Copy, Debug)]
pub struct Measured<'a> {
    /// The project.
    pub project: &'a Project,
    /// Its forecast.
    pub forecast: &'a Schedule,
    /// Its figures.
    pub control: &'a Control,
}

impl Measured<'_> {
    fn task(&self, id: &Id) -> Option<(&Task, &Slot)> {
        let number = self.project.task_by_id(id)?;
        Some((self.project.task(number), self.forecast.slot(number)))
    }

    fn planned_cost(&self) -> Amount {
        self.control.tasks.iter().map(|task| task.budget_now).sum()
    }
}

impl Difference {
    /// Compares a project as it is with the same project after a change.
    #[must_use]
    pub fn between(before: Measured<'_>, after: Measured<'_>) -> Self {
        let time = before.project.working_time();
        // Counted from the ends of days, so that a day that is not worked does not count.
        let next = |day: Date| day.tomorrow().unwrap_or(day);
        let days = |change: &Change<Date>| time.working_days_between(next(change.before), next(change.after));
        let finish = Change { before: before.forecast.finish_day(), after: after.forecast.finish_day() };
        let mut difference = Self {
            finish,
            finish_working_days: days(&finish),
            finish_calendar_days: i64::from((finish.after - finish.before).get_days()),
            estimate_at_completion: Change {
                before: before.control.total.estimate(),
                after: after.control.total.estimate(),
            },
            planned_cost: Change { before: before.planned_cost(), after: after.planned_cost() },
            milestones: Vec::new(),
            work: Vec::new(),
            critical_now: Vec::new(),
            critical_no_longer: Vec::new(),
            gone: Vec::new(),
        };
        for number in before.project.task_numbers() {
            let (task, slot) = (before.project.task(number), before.forecast.slot(number));
            let Some((_, later)) = after.task(&task.id) else {
                difference.gone.push(task.id.clone());
                continue;
            };
            if task.is_summary() {
                continue;
            }
            match (slot.critical, later.critical) {
                (true, false) => difference.critical_no_longer.push(task.id.clone()),
                (false, true) => difference.critical_now.push(task.id.clone()),
                _ => {}
            }
            let last_day = Change { before: slot.last_day(), after: later.last_day() };
            let is_over = slot.state == State::Finished && later.state == State::Finished;
            if is_over || !last_day.is_change() || !(task.is_point() || task.is_work()) {
                continue;
            }
            let moved = MovedTask {
                task: task.id.clone(),
                name: task.name.clone(),
                last_day,
                working_days: days(&last_day),
            };
            if task.is_point() {
                difference.milestones.push(moved);
            } else {
                difference.work.push(moved);
            }
        }
        difference
    }

    /// Says whether the change moves nothing at all.
    #[must_use]
    pub fn is_nothing(&self) -> bool {
        !self.finish.is_change()
            && !self.estimate_at_completion.is_change()
            && !self.planned_cost.is_change()
            && self.milestones.is_empty()
            && self.work.is_empty()
            && self.critical_now.is_empty()
            && self.critical_no_longer.is_empty()
            && self.gone.is_empty()
    }
}
