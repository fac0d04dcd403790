//! The finish of the project and what is counted from it; and the figures of every task.

use crate::format;
use crate::page::desk::{Desk, days_of, task_name};
use crate::page::explain::task_time::{Tasks, project_calendar};
use crate::page::explain::{Book, Figure, Input, task_money};

/// Adds the figures of the whole plan.
pub(super) fn write(desk: &Desk<'_>, book: &mut Book) {
    let report = desk.project;
    if report.project.tasks.is_empty() {
        return;
    }
    let control = &report.control;
    book.begin("time");
    let path = report.forecast.longest_path.iter().rev();
    let last = path.clone().take(1).map(|number| {
        let task = report.project.task(*number);
        Input::of(format!("Finish of “{}”", task.name), format!("task-{}.finish", task.id))
    });
    book.add(
        Figure::new("finish", "Forecast finish", format::date(report.forecast.finish_day()))
            .formula(
                "finish = the latest finish of all tasks; the chain that leads to it is the driving path",
            )
            .inputs(last)
            .inputs(path.skip(1).map(|number| {
                let task = report.project.task(*number);
                Input::of(format!("before it: “{}”", task.name), format!("task-{}.finish", task.id))
            })),
    );
    let promised = Figure::new("promised", "Promised finish", format::date(control.reference.finish));
    let baseline =
        report.project.baseline_as_of(report.status_date).filter(|_| control.reference.is_baseline());
    book.add(match baseline {
        Some(baseline) => promised.formula(format!("as approved in baseline {}", baseline.id)).typed(
            "finish",
            format::date(control.reference.finish),
            baseline.origin,
        ),
        None => promised.formula("the finish of the plan as typed, as if nothing had happened yet").lines(
            "estimates in the plan",
            "",
            report.project.tasks.iter().map(|task| task.estimate_origin.unwrap_or(task.origin)),
        ),
    });
    let slip = control.finish_slip / report.minutes_per_day().max(1);
    book.add(
        Figure::new("slip", "Behind", days_of(slip))
            .formula("slip = working days of the project's calendar from promised finish to forecast finish")
            .of("promised finish", "promised")
            .of("forecast finish", "finish")
            .inputs(project_calendar(desk)),
    );
    if let Some(tolerance) = report.project.tolerance.time {
        let origin = report.project.field_origins.get("tolerance").copied().unwrap_or(report.project.origin);
        let origin = report.project.field_origins.get("tolerance.time").copied().unwrap_or(origin);
        book.add(
            Figure::new("slip-left", "Tolerance left", desk.days(tolerance - control.finish_slip))
                .formula("left = tolerance − slip")
                .typed("tolerance", desk.days(tolerance), origin)
                .of("slip", "slip"),
        );
    }
    super::runs::write(desk, book);
}

/// Adds the figures of every task.
pub(super) fn write_tasks(desk: &Desk<'_>, book: &mut Book) {
    let tasks = Tasks::new(desk);
    for (number, task, _) in desk.project.tasks() {
        book.thing("tasks", format!("task-{}", task.id), task_name(task), Some(task.origin));
        tasks.add(book, number);
        task_money::add(desk, book, number);
    }
    // Budget lines earn as planned, like level of effort; they belong to no task.
    let money = |amount| format::money_exact(amount, desk.project.project.currency);
    for line in &desk.project.control.reference.lines {
        let Some(written) = desk.project.project.budget.lines.get(line.line) else { continue };
        let anchor = format!("line-{}", line.line + 1);
        book.thing(
            "tasks",
            &*anchor,
            crate::prose::inline_text(&written.name.markdown),
            Some(written.origin),
        );
        book.add(
            Figure::new(format!("{anchor}.budget"), "Budget", money(line.budget)).formula("as typed").typed(
                "amount",
                money(line.budget),
                written.origin,
            ),
        );
        let days = format::span_of_days(line.start, line.finish);
        book.add(
            Figure::new(format!("{anchor}.pv"), "Planned and earned value", "as planned, with time")
                .formula("PV = budget × share of its days gone by; EV = PV")
                .of("budget", format!("{anchor}.budget"))
                .typed("its days", days, written.origin),
        );
    }
}
