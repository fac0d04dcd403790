//! What the plan as typed costs, task by task: effort of the people assigned × their rates, and other money.

use super::Reference;
use crate::model::{Assignee, Assignment, Project, Task, TaskKind, TaskNo, Work, Worker};
use crate::plan::Schedule;
use crate::quantity::{Amount, Effort, Fraction, Percent, Rate};

/// The category of people's time, where the budget does not name one of its own.
pub(super) const LABOUR: &str = "labour";

/// Planned effort and money of a task.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct TaskBudget {
    /// Person-time of all assignments.
    pub effort: Effort,
    /// Effort × rates.
    pub labour: Amount,
    /// Money that is not labour, by category in the order written.
    pub other: Vec<(String, Amount)>,
}

impl TaskBudget {
    /// Labour and other money together.
    pub fn total(&self) -> Amount {
        self.labour + self.other.iter().map(|(_, amount)| *amount).sum()
    }
}

/// Prices every task of the plan as typed, in the order of the project's list; summaries cost nothing themselves.
///
/// A day of a rate is a working day of the task's calendar: two nights of 8 hours at 100 EUR/d are 200 EUR, however
/// long the days of the project are.
pub(super) fn task_budgets(project: &Project, planned: &Schedule) -> Vec<TaskBudget> {
    project
        .task_numbers()
        .map(|number| {
            let task = project.task(number);
            if task.is_summary() {
                return TaskBudget::default();
            }
            let minutes_per_day = project.minutes_per_day_of(number);
            let duration = planned.slot(number).duration;
            let efforts = assigned_efforts(project, task, duration);
            let labour = exact_shares(project, task, duration)
                .into_iter()
                .zip(&task.assignments)
                .filter_map(|((minutes, share), assignment)| {
                    let rate = assignee_rate(project, assignment.assignee)?;
                    Some(rate.cost_of_share(Effort::from_minutes(minutes), share, minutes_per_day))
                })
                .sum();
            let effort =
                if efforts.is_empty() { typed_effort(project, task) } else { efforts.into_iter().sum() };
            let other = task.costs.iter().map(|cost| (cost.category.clone(), cost.amount)).collect();
            TaskBudget { effort, labour, other }
        })
        .collect()
}

/// The effort of each assignment: its share of the task's length, or its part of the effort typed.
fn assigned_efforts(project: &Project, task: &Task, duration: i64) -> Vec<Effort> {
    let whole = |assignment: &Assignment| assignment.share.hundredths() * assignment.heads();
    match &task.kind {
        TaskKind::Work(Work::Effort(_) | Work::Both { .. }) => {
            let weights: Vec<i64> = task.assignments.iter().map(whole).collect();
            apportion(typed_effort(project, task).minutes(), &weights)
                .into_iter()
                .map(Effort::from_minutes)
                .collect()
        }
        _ => task
            .assignments
            .iter()
            .map(|assignment| Effort::of_share(duration * assignment.heads(), assignment.share))
            .collect(),
    }
}

/// For each assignment a time and the share of it that is worked, before it is rounded to minutes: a price is rounded once, to the cent.
///
/// 33 % of 7 days at 800 EUR/d are 1 848.00 EUR, though 1 108.8 minutes are booked as 1 109.
fn exact_shares(project: &Project, task: &Task, duration: i64) -> Vec<(i64, Fraction)> {
    let whole = |assignment: &Assignment| assignment.share.hundredths() * assignment.heads();
    let all: i64 = task.assignments.iter().map(whole).sum();
    let is_typed = matches!(&task.kind, TaskKind::Work(Work::Effort(_) | Work::Both { .. }));
    let (minutes, all) = if is_typed {
        (typed_effort(project, task).minutes(), all)
    } else {
        (duration, Percent::WHOLE.hundredths())
    };
    let shares = task.assignments.iter().enumerate().map(|(place, assignment)| match all {
        1.. => Fraction::new(whole(assignment), all),
        // Nobody has a share: the first does it, as with the effort.
        _ if place == 0 => Fraction::ONE,
        _ => Fraction::ZERO,
    });
    shares.map(|share| (minutes, share)).collect()
}

fn typed_effort(project: &Project, task: &Task) -> Effort {
    match &task.kind {
        TaskKind::Work(Work::Effort(effort) | Work::Both { effort, .. }) => {
            let work_time = project.calendars[task.calendar].work_time;
            Effort::from_minutes(effort.likely().minutes(work_time))
        }
        _ => Effort::ZERO,
    }
}

/// The price of an assignee's time: a person's own, else their role's; none for people who cost nothing.
fn assignee_rate(project: &Project, assignee: Assignee) -> Option<Rate> {
    let team = &project.team;
    match assignee {
        Assignee::Person(number) => {
            let person = &team.people[number.0 as usize];
            person.rate.or_else(|| person.role.and_then(|role| team.roles[role.0 as usize].rate))
        }
        Assignee::Role { role, .. } => team.roles[role.0 as usize].rate,
    }
}

/// The price of booked time, of a person or of a role.
pub(super) fn worker_rate(project: &Project, worker: Worker) -> Option<Rate> {
    assignee_rate(
        project,
        match worker {
            Worker::Person(person) => Assignee::Person(person),
            Worker::Role(role) => Assignee::Role { role, heads: 1 },
        },
    )
}

/// Divides a whole into parts by weight so that the parts add up to the whole exactly.
///
/// Each part is the difference of two rounded running sums. Weights without a sum give everything to the first part.
pub(super) fn apportion(whole: i64, weights: &[i64]) -> Vec<i64> {
    let sum: i64 = weights.iter().sum();
    let mut running = 0;
    let mut given = 0;
    weights
        .iter()
        .enumerate()
        .map(|(place, weight)| {
            running += weight;
            let upto = match sum {
                1.. => Fraction::new(running, sum).of(whole),
                _ if place == 0 => whole,
                _ => given,
            };
            let part = upto - given;
            given = upto;
            part
        })
        .collect()
}

/// Follows tasks that earn as far as another one to the task that earns by itself.
///
/// A chain that never ends there is reported when files are read; here it stops after as many steps as there are tasks.
pub(super) fn earning_base(project: &Project, reference: &Reference, task: TaskNo) -> TaskNo {
    let mut base = task;
    for _ in 0..project.tasks.len() {
        match reference.method_of(base) {
            crate::model::Earning::Apportioned(next) => base = *next,
            _ => break,
        }
    }
    base
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn parts_add_up() {
        assert_eq!(apportion(100, &[1, 1, 1]), [33, 34, 33]);
        assert_eq!(apportion(100, &[0, 0]), [100, 0]);
        assert_eq!(apportion(100, &[]), Vec::<i64>::new());
    }

    proptest! {
        #[test]
        fn parts_always_add_up(whole in -1_000_000i64..1_000_000, weights in prop::collection::vec(0i64..10_000, 1..9)) {
            prop_assert_eq!(apportion(whole, &weights).iter().sum::<i64>(), whole);
        }
    }
}
