//! Budget, value and effort of each task, with what belongs to none and the total.

use crate::control::WorkPart;
use crate::page::desk::Desk;
use crate::page::view::{Cell, Row, Table};
use crate::quantity::{Amount, Effort};

/// Earned value by task.
#[must_use]
pub fn tasks(desk: &Desk<'_>) -> Table {
    let control = &desk.project.control;
    let mut table = Table::new(&[
        "Task",
        "#Budget",
        "#Planned",
        "#Earned",
        "#Actual",
        "#Cost variance",
        "#Effort booked",
        "#Effort planned",
    ]);
    let values = control
        .tasks
        .iter()
        .flat_map(|value| [value.budget, value.planned_value, value.earned_value, value.actual_cost]);
    let all = &control.total;
    let precision = desk.precision(values.chain([all.budget, all.planned, all.earned, all.actual]));
    for (number, task, _) in desk.project.tasks() {
        let value = &control.tasks[number.0 as usize];
        let is_idle = value.budget == Amount::ZERO
            && value.actual_cost == Amount::ZERO
            && value.budget_now == Amount::ZERO;
        if is_idle || task.is_summary() {
            continue;
        }
        let variance = value.earned_value - value.actual_cost;
        let shown = |text: String, part: &str| Cell::text(text).explained(desk.explained_of(number, part));
        let variance_cell = shown(precision.signed(variance), "cv");
        table.push(Row::new(vec![
            desk.task(number).note_if(task.is_level_of_effort().then(|| "level of effort".to_owned())),
            shown(precision.money(value.budget), "budget"),
            shown(precision.money(value.planned_value), "pv"),
            shown(precision.money(value.earned_value), "ev"),
            shown(precision.money(value.actual_cost), "ac"),
            if variance < Amount::ZERO { variance_cell.class("bad") } else { variance_cell },
            shown(desk.effort(value.actual_effort), "hours"),
            shown(desk.effort(value.planned_effort), "effort"),
        ]));
    }
    let total = &control.total;
    if let Some(rest) = control.work_breakdown.iter().find(|package| package.part == WorkPart::WithoutTask) {
        let value = rest.value;
        let shown = |text: String, part: &str| {
            Cell::text(text).explained(desk.explained(&format!("work-without-task.{part}")))
        };
        let variance = shown(precision.signed(value.cost_variance()), "cv");
        table.push(Row::new(vec![
            Cell::text("No task").note("budget lines, and cost booked on none"),
            shown(precision.money(value.budget), "budget"),
            shown(precision.money(value.planned), "pv"),
            shown(precision.money(value.earned), "ev"),
            shown(precision.money(value.actual), "ac"),
            if value.cost_variance() < Amount::ZERO { variance.class("bad") } else { variance },
            Cell::nothing(),
            Cell::nothing(),
        ]));
    }
    let shown = |text: String, key: &str| Cell::text(text).explained(desk.explained(key));
    table.push(
        Row::new(vec![
            Cell::text("Total"),
            shown(precision.money(total.budget), "bac"),
            shown(precision.money(total.planned), "pv"),
            shown(precision.money(total.earned), "ev"),
            shown(precision.money(total.actual), "ac"),
            shown(precision.signed(total.cost_variance()), "cv"),
            shown(desk.effort(control.tasks.iter().map(|value| value.actual_effort).sum()), "hours"),
            shown(desk.effort(control.tasks.iter().map(|value| value.planned_effort).sum()), "effort")
                .note_if(of_level_of_effort(desk)),
        ])
        .class("total"),
    );
    table
}

/// How much of the effort planned is level of effort, which baselines and burn charts leave out; none where none is.
fn of_level_of_effort(desk: &Desk<'_>) -> Option<String> {
    let spent = desk.project.tasks().filter(|(_, task, _)| task.is_level_of_effort());
    let spent: Effort =
        spent.map(|(number, _, _)| desk.project.control.tasks[number.0 as usize].planned_effort).sum();
    (spent != Effort::ZERO).then(|| format!("{} of it level of effort", desk.effort(spent)))
}
