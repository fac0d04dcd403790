//! Value by work breakdown: each stage and each summary with what lies beneath it.

use super::earned_value::EarnedValue;
use super::standing::TaskValue;
use crate::model::{Project, TaskNo};
use crate::quantity::{Amount, Stage};

/// A stage or a summary with the value of everything beneath it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WorkPackage {
    /// Which.
    pub part: WorkPart,
    /// How far it is indented: 0 for stages, then 1 and more.
    pub depth: u32,
    /// Value of all tasks beneath it.
    pub value: EarnedValue,
}

/// A part of the work.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WorkPart {
    /// All tasks of a stage.
    Stage(Stage),
    /// A summary of the plan.
    Summary(TaskNo),
    /// Money that belongs to no task: budget lines, and cost booked on none.
    WithoutTask,
}

/// Adds up values by stage and summary, in the order of the plan; stages without money are left out. Stages and
/// [`WorkPart::WithoutTask`] add up to the total.
pub(super) fn work_breakdown(
    project: &Project,
    values: &[TaskValue],
    total: EarnedValue,
) -> Vec<WorkPackage> {
    let beneath = beneath(project, values);
    let mut packages = Vec::new();
    let mut rest = total;
    for stage in Stage::ALL {
        let value = EarnedValue::of_tasks(project, values, |task| task.stage == stage);
        if !is_nothing(&value) {
            packages.push(WorkPackage { part: WorkPart::Stage(stage), depth: 0, value });
            rest = less(rest, value);
        }
        for number in project.task_numbers() {
            let task = project.task(number);
            if task.stage == stage && task.is_summary() {
                let value = beneath[number.0 as usize];
                if !is_nothing(&value) {
                    packages.push(WorkPackage {
                        part: WorkPart::Summary(number),
                        depth: task.depth + 1,
                        value,
                    });
                }
            }
        }
    }
    if !is_nothing(&rest) {
        packages.push(WorkPackage { part: WorkPart::WithoutTask, depth: 0, value: rest });
    }
    packages
}

/// The value of all tasks beneath each task, however deep; nothing for tasks without any.
fn beneath(project: &Project, values: &[TaskValue]) -> Vec<EarnedValue> {
    let mut sums = vec![EarnedValue::default(); project.tasks.len()];
    // Summaries stand before their children: from the last task on, what lies beneath one is complete when it is passed on.
    for (number, value) in project.task_numbers().zip(values).rev() {
        let Some(parent) = project.task(number).parent else { continue };
        let own = sums[number.0 as usize];
        let sum = &mut sums[parent.0 as usize];
        sum.budget += value.budget + own.budget;
        sum.planned += value.planned_value + own.planned;
        sum.earned += value.earned_value + own.earned;
        sum.actual += value.actual_cost + own.actual;
    }
    sums
}

fn is_nothing(value: &EarnedValue) -> bool {
    [value.budget, value.planned, value.earned, value.actual].iter().all(|amount| *amount == Amount::ZERO)
}

fn less(from: EarnedValue, value: EarnedValue) -> EarnedValue {
    EarnedValue {
        budget: from.budget - value.budget,
        planned: from.planned - value.planned,
        earned: from.earned - value.earned,
        actual: from.actual - value.actual,
        counted: None,
    }
}

#[cfg(test)]
mod tests {
    use super::super::golden::{STATUS_DATE, branch_network, euros, measured_on};
    use super::*;
    use crate::model::TaskKind;

    /// The sketch has all its work in execution; put pilot and roll-out beneath a summary: 5 400 + 12 960.
    #[test]
    fn a_summary_holds_what_lies_beneath_it() {
        let mut sketch = branch_network();
        sketch.task("sites", TaskKind::Summary, &[]);
        let sites = sketch.number("sites");
        for name in ["pilot", "rollout"] {
            let number = sketch.number(name);
            let task = &mut sketch.project.tasks[number.0 as usize];
            (task.parent, task.depth) = (Some(sites), 1);
        }
        let packages = measured_on(&sketch.project, STATUS_DATE).work_breakdown;
        let told: Vec<(WorkPart, u32, Amount)> =
            packages.iter().map(|package| (package.part, package.depth, package.value.budget)).collect();
        assert_eq!(
            told,
            [
                (WorkPart::Stage(Stage::Execution), 0, euros(98_432)),
                (WorkPart::Summary(sites), 1, euros(18_360)),
            ]
        );
        assert_eq!(packages[1].value.actual, euros(3_240));
    }
}
