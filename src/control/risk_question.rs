//! What the runs of the schedule are asked: what they cost, and which dates they are held against.
//!
//! Comes in: a measured project. Goes out: a [`RiskQuestion`] for the engine. Not here: the runs themselves.

use crate::control::task_budget::{TaskBudget, task_budgets};
use crate::control::{Control, Position};
use crate::model::{Project, Task, TaskKind, Work};
use crate::plan::State;
use crate::plan::risk::{RiskOptions, RiskQuestion, RunCosts};
use crate::quantity::{Amount, Fraction, Instant};

/// Puts the question together.
///
/// The most likely cost is the headline estimate at completion, so that the runs lie around the figure that stands
/// everywhere else: EAC₂ = AC + (BAC − EV) ÷ CPI, or EAC₁ = AC + (BAC − EV) while it is too early for a trend. What is not
/// earned yet costs what it does there. Of that, the share that is people's time by the plan
/// as typed grows and shrinks with what is left of the task; other money does not, nor does an effort typed beside a
/// fixed length. Watched are points against the date promised for them, and whatever has a deadline against that.
#[must_use]
pub fn risk_question(position: &Position, control: &Control, options: RiskOptions) -> RiskQuestion {
    let project = position.project;
    let budgets = task_budgets(project, position.planned);
    let value = &control.total;
    let (to_complete, unearned) = (value.estimate_to_complete(), value.budget - value.earned);
    let price =
        if unearned > Amount::ZERO { Fraction::new(to_complete.0, unearned.0) } else { Fraction::ONE };
    let left = project
        .task_numbers()
        .map(|number| {
            let value = &control.tasks[number.0 as usize];
            let open = value.budget - value.earned_value;
            time_share(project.task(number), &budgets[number.0 as usize])
                .map_or(Amount::ZERO, |share| open.share(share).share(price))
        })
        .collect();
    let costs = RunCosts { likely: value.estimate(), left };
    RiskQuestion { options, costs, watch: watch(project, position, control) }
}

/// The share of a task's budget that depends on how long it takes; none where nothing is budgeted.
fn time_share(task: &Task, budget: &TaskBudget) -> Option<Fraction> {
    let is_fixed = matches!(task.kind, TaskKind::Work(Work::Both { .. }));
    let total = budget.total();
    (!is_fixed && total > Amount::ZERO).then(|| Fraction::new(budget.labour.0, total.0).clamped())
}

fn watch(project: &Project, position: &Position, control: &Control) -> Vec<(crate::model::TaskNo, Instant)> {
    let mut watch = Vec::new();
    for number in project.task_numbers() {
        let task = project.task(number);
        if position.forecast.slot(number).state == State::Finished {
            continue;
        }
        let promised = control.reference.tasks[number.0 as usize].filter(|_| task.is_point());
        if let Some(promised) = promised {
            watch.push((number, Instant::end_of(promised.finish)));
        }
        if let Some((deadline, _)) = task.deadline {
            watch.push((number, deadline.last_instant()));
        }
    }
    watch
}
