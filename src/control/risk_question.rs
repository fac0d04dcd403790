//! What the runs of the schedule are asked: what they cost, and which dates they are held against.
//!
//! Comes in: a measured project. Goes out: a [`RiskQuestion`] for the engine. Not here: the runs themselves.

use crate::control::{Control, Position};
use crate::model::{Project, Task, TaskKind, Work};
use crate::plan::risk::{Promise, PromiseSource, RiskOptions, RiskQuestion, RunCosts};
use crate::plan::{State, met_until};
use crate::quantity::{Amount, Instant};

/// Puts the question together.
///
/// The most likely cost is the rest counted piece by piece: EAC₄ = AC + what is left to do and to buy. The runs vary the same rest
/// of the same tasks, with what came in since the budget was approved; an estimate from the trend of the budget would price another
/// amount of work. Of it, people's time still to be worked grows and shrinks with what is left of the task; other money does not,
/// nor does an effort typed beside a fixed length. Watched are points against the date promised for them, and whatever has a
/// deadline against that.
#[must_use]
pub fn risk_question(position: &Position, control: &Control, options: RiskOptions) -> RiskQuestion {
    let project = position.project;
    let mut left = vec![Amount::ZERO; project.tasks.len()];
    for rest in control.bottom_up.tasks.iter().filter(|rest| !is_fixed(project.task(rest.task))) {
        left[rest.task.0 as usize] = rest.labour;
    }
    let costs = RunCosts { likely: control.bottom_up.estimate, left };
    RiskQuestion { options, costs, watch: watch(project, position, control) }
}

/// Whether the effort of a task stays as typed however long it takes.
fn is_fixed(task: &Task) -> bool {
    matches!(task.kind, TaskKind::Work(Work::Both { .. }))
}

fn watch(project: &Project, position: &Position, control: &Control) -> Vec<Promise> {
    let mut watch = Vec::new();
    for number in project.task_numbers() {
        let task = project.task(number);
        if position.forecast.slot(number).state == State::Finished {
            continue;
        }
        let promised = control.reference.tasks[number.0 as usize].filter(|_| task.is_point());
        if let Some(promised) = promised {
            watch.push(Promise::of_reference(number, Instant::end_of(promised.finish)));
        }
        if let Some((deadline, _)) = task.deadline {
            let calendar = project.calendars[task.calendar].compile();
            watch.push(Promise {
                task: number,
                source: PromiseSource::Deadline,
                by: deadline.last_instant(),
                kept_until: met_until(deadline, &calendar, task),
            });
        }
    }
    watch
}
