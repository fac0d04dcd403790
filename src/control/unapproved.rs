//! What was changed without approval: units that came in, work that was begun, changes that were made.

use jiff::civil::Date;

use super::Control;
use super::TaskValue;
use super::burn::{Burn, BurnUnit};
use super::counted_units::approved_changes;
use crate::model::{Project, TaskNo};

/// How many units a task has by a day beyond those agreed and those of changes approved by then; never negative. What came in before
/// the baseline that is measured against took the place of another is agreed as far as that baseline holds it.
///
/// 24 agreed and 26 counted before a second baseline that still says 24: 2.
///
/// 180 agreed, 236 counted, changes over 22 approved: 34. What came in by a step that an approved change explains without saying
/// how many is approved, and so is what came in first and was approved later. Zero for a task that has not grown.
#[must_use]
pub fn unapproved_units(project: &Project, burn: &Burn, day: Date) -> f64 {
    let since = burn.agreed_since;
    let steps = || {
        burn.scope_steps.iter().filter(|step| step.date <= day && since.is_none_or(|since| since < step.date))
    };
    let later: f64 = steps().map(|step| step.amount).sum();
    let grown: f64 = if since.is_some() { burn.scope - burn.agreed } else { later };
    // A baseline that holds less than was counted before it agrees to no more, whatever the steps say.
    let not_taken_in = since.map_or(0.0, |since| {
        let before = burn.scope_steps.iter().filter(|step| step.date <= since && step.changes.is_empty());
        (grown - later).min(before.map(|step| step.amount).sum()).max(0.0)
    });
    let unexplained: f64 =
        not_taken_in + steps().filter(|step| step.is_unexplained()).map(|step| step.amount).sum::<f64>();
    let approved: i64 = burn.task().map_or(0, |task| {
        let later =
            approved_changes(project, task, day).filter(|change| change.is_approved_between(since, day));
        later.filter_map(|change| change.scope_units).sum()
    });
    let unapproved = unexplained.min(grown - approved as f64);
    // The sum of nothing is a negative zero.
    if unapproved > 0.0 { unapproved } else { 0.0 }
}

/// Work that is neither in the reference nor in a change approved by a day, in the order of the plan.
#[must_use]
pub fn unapproved_work(project: &Project, values: &[TaskValue], day: Date) -> Vec<TaskNo> {
    let is_known = |number: &TaskNo| values[number.0 as usize].is_in_reference;
    let changes = &project.registers.changes;
    let is_approved = |number: &TaskNo| {
        changes.iter().any(|change| change.is_approved(day) && change.tasks.contains(number))
    };
    let work = project.task_numbers().filter(|number| project.task(*number).is_work());
    work.filter(|number| !is_known(number) && !is_approved(number)).collect()
}

impl Control {
    /// How many things were changed by the status date without approval: changes made that nobody had approved, work begun that
    /// neither the baseline nor an approved change knows, and tasks with more units than were agreed and approved.
    #[must_use]
    pub fn changed_without_approval(&self, project: &Project, is_begun: impl Fn(TaskNo) -> bool) -> usize {
        let day = self.status_date;
        let changes = project.registers.changes.iter();
        let made = changes.filter(|change| change.is_made_without_approval(day)).count();
        let work = if self.reference.is_baseline() {
            unapproved_work(project, &self.tasks, day).into_iter().filter(|number| is_begun(*number)).count()
        } else {
            0
        };
        let grown = self.unit_burns.iter().filter(|burn| unapproved_units(project, burn, day) > 0.0).count();
        made + work + grown
    }
}

/// [`unapproved_units`] of all tasks that are counted in a unit, rounded to whole ones.
#[must_use]
#[allow(clippy::cast_possible_truncation, reason = "units are counted in whole numbers")]
pub fn unapproved_of_unit(project: &Project, control: &Control, unit: &str, day: Date) -> i64 {
    let of_unit = |burn: &&Burn| matches!(&burn.unit, BurnUnit::Units(counted) if counted == unit);
    let burns = control.unit_burns.iter().filter(of_unit);
    burns.map(|burn| unapproved_units(project, burn, day)).sum::<f64>().round() as i64
}

#[cfg(test)]
mod tests {
    use super::super::burn_forecast::NoForecast;
    use super::super::golden::change;
    use super::super::golden::{STATUS_DATE, branch_network, measured_on};
    use super::super::{Counted, ScopeStep};
    use super::*;
    use crate::model::ChangeStatus;

    #[test]
    fn what_was_approved_after_it_came_in_is_approved_from_then_on() {
        let mut project = branch_network().project;
        let rollout = project.task_by_id(&"rollout".parse().unwrap()).unwrap();
        let day = |text: &str| -> Date { text.parse().unwrap() };
        let step = |date: &str, amount: f64| ScopeStep {
            date: day(date),
            amount,
            changes: Vec::new(),
            baseline: None,
        };
        let burn = Burn {
            title: "Roll-out".to_owned(),
            unit: BurnUnit::Units("branches".to_owned()),
            counted: Counted::Task(rollout),
            points: Vec::new(),
            planned: Vec::new(),
            scope_steps: vec![step("2026-10-09", 9.0), step("2026-11-06", 13.0)],
            periods: Vec::new(),
            forecast: Err(NoForecast::Finished),
            timetable: None,
            remaining: 0.0,
            scope: 34.0,
            agreed: 12.0,
            agreed_since: None,
        };
        project.registers.changes.clear();
        let on = |project: &Project, text: &str| unapproved_units(project, &burn, day(text)).to_string();
        assert_eq!([on(&project, "2026-10-08"), on(&project, "2026-10-09")], ["0", "9"]);
        assert_eq!(on(&project, STATUS_DATE), "22");
        let mut later = change("C7", 0, ChangeStatus::Approved);
        later.decided = Some(day("2026-11-13"));
        later.tasks = vec![rollout];
        later.scope_units = Some(13);
        project.registers.changes.push(later);
        assert_eq!([on(&project, "2026-11-12"), on(&project, "2026-11-13")], ["22", "9"]);
    }

    /// An approval without a day counted as later than the baseline here, and as no later for the units that came in.
    #[test]
    fn an_approval_without_a_day_is_no_later_than_the_baseline() {
        let mut sketch = branch_network();
        let order = sketch.number("order-hw");
        let mut undated = change("C1", 1_000, ChangeStatus::Approved);
        (undated.decided, undated.tasks) = (None, vec![order]);
        let day: Date = STATUS_DATE.parse().unwrap();
        assert!(undated.is_approved_between(None, day));
        assert!(!undated.is_approved_between(Some("2026-09-01".parse().unwrap()), day));
        sketch.project.registers.changes = vec![undated];
        let bridge = measured_on(&sketch.project, STATUS_DATE).bridge;
        assert_eq!(bridge.grants, []);
    }
}
