//! Level of effort that goes on earning while nobody books an hour on it.

use jiff::civil::Date;

use super::planned_value::Yardstick;
use super::standing::TaskValue;
use super::task_budget::TaskBudget;
use crate::model::TaskNo;
use crate::quantity::{Amount, Effort, days_between};

/// What level of effort has earned since the last hours booked on it.
///
/// Level of effort earns as planned (EV = PV), whether or not anybody works: that is its definition. Where hours stop, its
/// earned value and every index with it say that work was done for nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct UnbookedEffort {
    /// The task.
    pub task: TaskNo,
    /// The last day of the newest hours booked on it; none where there never were any.
    pub booked_to: Option<Date>,
    /// Calendar days from then, or from the day before its promised start, to the status date.
    pub days: i64,
    /// What it has earned since.
    pub earned: Amount,
    /// The part of it that nobody vouches for: earned after the day to which the newest report says actual cost is complete.
    pub doubtful: Amount,
}

impl UnbookedEffort {
    /// Whole weeks without a booking.
    #[must_use]
    pub fn weeks(&self) -> i64 {
        self.days / 7
    }
}

/// Every level of effort with people on it that has earned something since its last hours, in the order of the plan.
///
/// 12 672 over 88 days, booked to Sunday 22 November with 11 520 earned by then: 1 152 earned and not booked from the promised
/// finish of 2 December on. Empty where hours reach the status date.
pub(super) fn unbooked_effort(
    yardstick: Yardstick,
    (budgets, values): (&[TaskBudget], &[TaskValue]),
    day: Date,
) -> Vec<UnbookedEffort> {
    let project = yardstick.project;
    let newest = project.updates.iter().rev().find(|update| update.status_date <= day);
    let complete_to = newest.and_then(|update| update.actuals_to);
    let of_task = |number: TaskNo| {
        let place = number.0 as usize;
        let has_people = budgets.get(place)?.effort > Effort::ZERO;
        if !project.task(number).is_level_of_effort() || !has_people {
            return None;
        }
        let booked =
            project.timesheets.iter().filter(|entry| entry.task == number && entry.period.first() <= day);
        let booked_to = booked.map(|entry| entry.period.last_day()).max();
        let value = values.get(place)?;
        let start = yardstick.reference.tasks.get(place)?.as_ref()?.start;
        let known_to = booked_to.or_else(|| start.yesterday().ok())?;
        let earned_since = |last: Option<Date>| {
            let by_then = last.map_or(Amount::ZERO, |last| yardstick.planned_value(number, last.min(day)));
            (value.earned_value - by_then).max(Amount::ZERO)
        };
        let (earned, doubtful) = (earned_since(booked_to), earned_since(booked_to.max(complete_to)));
        let days = days_between(known_to, day);
        (earned > Amount::ZERO && days > 0).then_some(UnbookedEffort {
            task: number,
            booked_to,
            days,
            earned,
            doubtful,
        })
    };
    project.task_numbers().filter_map(of_task).collect()
}

#[cfg(test)]
mod tests {
    use super::super::golden::{branch_network, euros, measured_on};
    use super::super::{Colour, DimensionKind};
    use crate::plan::sketch::date;

    /// The golden project books its leading in one line, for the week of 5 October.
    #[test]
    fn level_of_effort_earns_on_and_says_since_when_nothing_was_booked() {
        let control = measured_on(&branch_network().project, "2026-10-09");
        assert_eq!(control.unbooked, []);
        let control = measured_on(&branch_network().project, "2027-03-01");
        let [unbooked] = control.unbooked.as_slice() else { panic!("one task: {:?}", control.unbooked) };
        assert_eq!((unbooked.booked_to, unbooked.days), (Some(date("2026-10-11")), 141));
        assert_eq!(unbooked.weeks(), 20);
        // 12 672 in all, spread over its days; by 11 October it had earned what the plan says for 9 October.
        let by_then = measured_on(&branch_network().project, "2026-10-09");
        let earned_then = by_then.tasks[unbooked.task.0 as usize].earned_value;
        assert_eq!(unbooked.earned, euros(12_672) - earned_then);
    }

    /// It used to fall from 104 959 to 103 354 in silence as level of effort earned on.
    #[test]
    fn the_estimate_that_the_colour_follows_does_not_fall_by_silence() {
        let mut project = branch_network().project;
        let leading =
            project.task_numbers().find(|number| project.task(*number).is_level_of_effort()).unwrap();
        let last = project.timesheets.iter_mut().find(|entry| entry.task == leading).unwrap();
        last.period = crate::quantity::Window::inclusive(date("2026-11-16"), date("2026-11-22")).unwrap();
        project.timesheets.retain(|entry| entry.period.first() <= date("2026-11-20"));
        let now = measured_on(&project, "2026-11-20");
        let late = measured_on(&project, "2027-03-01");
        assert_eq!(now.total.estimate(), late.estimate_as_booked());
        assert!(late.total.estimate() < now.total.estimate());
        // With a tolerance between the two the colour stays what it was.
        project.tolerance.cost = Some(euros(5_500));
        project.updates.retain(|update| update.status_date <= date("2026-11-20"));
        for day in ["2026-11-20", "2027-03-01"] {
            let cost = measured_on(&project, day).health.dimension(DimensionKind::Cost).clone();
            assert_eq!(cost.colour, Colour::Red, "{day}: {}", cost.reason);
        }
    }
}
