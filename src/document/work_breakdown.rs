//! The work breakdown structure: stages, packages and tasks with their numbers, who does them, what they deliver and what they cost.

use std::collections::BTreeMap;

use crate::control::WorkPart;
use crate::format;
use crate::model::{TaskKind, TaskNo};
use crate::page::Desk;
use crate::page::explain::work_anchor;
use crate::page::prose::Prose;
use crate::page::view::{Cell, Row, Table};
use crate::quantity::{Amount, Stage};

/// All work of the plan under its stages and packages, numbered `3.2.1`: the second package of the third stage, its first task. Points
/// in time are no work and are left out. Beneath the stages stands the money that belongs to no task, and what all come to.
#[must_use]
pub fn work_breakdown(desk: &Desk<'_>) -> Table {
    let mut table = Table::new(&["No.", "Stage, package or task", "Done by", "Delivers", "#Budget"]);
    let packages = &desk.project.control.work_breakdown;
    let budget_of = |part: WorkPart| {
        packages.iter().find(|package| package.part == part).map(|package| package.value.budget)
    };
    for stage in Stage::ALL {
        let tasks: Vec<TaskNo> = desk
            .project
            .tasks()
            .filter(|(_, task, _)| task.stage == stage && !task.is_point())
            .map(|(number, _, _)| number)
            .collect();
        if tasks.is_empty() {
            continue;
        }
        let budget = |part: WorkPart| {
            let key = format!("{}.budget", work_anchor(desk, part));
            budget_of(part).map_or_else(Cell::nothing, |amount| money(desk, amount, desk.explained(&key)))
        };
        let name = Cell::text(format::stage(stage));
        let number = Cell::text(stage.number().to_string());
        table.push(
            Row::new(vec![number, name, Cell::default(), Cell::default(), budget(WorkPart::Stage(stage))])
                .class("summary"),
        );
        // How many stand under each package so far; none is the stage itself.
        let mut count: BTreeMap<Option<TaskNo>, usize> = BTreeMap::new();
        let mut numbers: BTreeMap<TaskNo, String> = BTreeMap::new();
        for number in tasks {
            let task = desk.project.project.task(number);
            let place = count.entry(task.parent).or_insert(0);
            *place += 1;
            let above = task.parent.and_then(|parent| numbers.get(&parent).cloned());
            let own = format!("{}.{place}", above.unwrap_or_else(|| stage.number().to_string()));
            numbers.insert(number, own.clone());
            let is_package = matches!(task.kind, TaskKind::Summary);
            let indent = ["indent-1", "indent-2", "indent-3", "indent-4"];
            let depth = own.matches('.').count().saturating_sub(1);
            let made = task.produces.iter().map(|(id, _)| id.clone()).collect::<Vec<_>>();
            let cost = if is_package {
                budget(WorkPart::Summary(number))
            } else {
                let amount = desk.project.control.tasks[number.0 as usize].budget;
                money(desk, amount, desk.explained_of(number, "budget"))
            };
            table.push(Row::new(vec![
                Cell::text(own),
                desk.task(number).class(indent.get(depth).copied().unwrap_or("indent-4")),
                if is_package { Cell::default() } else { Cell::text(desk.assigned(task)) },
                Prose::links(&desk.links(&made)).map_or_else(Cell::default, Cell::prose),
                cost,
            ]));
        }
    }
    if !table.rows.is_empty() {
        for row in totals(desk) {
            table.push(row);
        }
    }
    table
}

/// Budget lines and whatever else no task holds, where there is such money, and the budget at completion: with the stages above it the
/// first adds up to the second.
fn totals(desk: &Desk<'_>) -> Vec<Row> {
    let control = &desk.project.control;
    let row = |sign: &str, name: Cell, amount: Amount, key: &str| {
        let cost = money(desk, amount, desk.explained(key));
        Row::new(vec![Cell::text(sign), name, Cell::default(), Cell::default(), cost])
    };
    let loose = control.work_breakdown.iter().find(|package| package.part == WorkPart::WithoutTask);
    let loose = loose.filter(|package| package.value.budget != Amount::ZERO).map(|package| {
        let key = format!("{}.budget", work_anchor(desk, WorkPart::WithoutTask));
        let name = Cell::text("No task").note("budget lines");
        row(crate::format::NOTHING, name, package.value.budget, &key).class("summary")
    });
    let total =
        row("Σ", Cell::text("Budget at completion (BAC)"), control.total.budget, "bac").class("total");
    loose.into_iter().chain([total]).collect()
}

fn money(desk: &Desk<'_>, amount: Amount, explained: Option<String>) -> Cell {
    if amount == Amount::ZERO { Cell::nothing() } else { Cell::text(desk.money(amount)).explained(explained) }
}
