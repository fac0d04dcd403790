//! The finish of the project and what is counted from it; and the figures of every task.

use crate::format;
use crate::page::desk::{Desk, days_of, task_name};
use crate::page::explain::task_time::{Tasks, project_calendar, status_date};
use crate::page::explain::{Book, Figure, Input, budget_lines, task_money};
use crate::plan::State;
use crate::quantity::Stage;

/// Adds the figures of the whole plan.
pub(super) fn write(desk: &Desk<'_>, book: &mut Book) {
    let report = desk.project;
    if report.project.tasks.is_empty() {
        return;
    }
    let control = &report.control;
    book.group("time", "Dates and stages", Some("d are working days".to_owned()));
    let day = status_date(desk);
    book.add(
        Figure::new("status-date", "Status date", day.value.clone())
            .formula(
                "the day of the newest written report; where none is written, of the newest row of progress or decision of a gate; unless \
                 another was asked for",
            )
            .inputs([day]),
    );
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
    let name = if control.reference.is_baseline() { "Promised finish" } else { "Planned finish" };
    let promised = Figure::new("promised", name, format::date(control.reference.finish));
    let baseline =
        report.project.baseline_as_of(report.status_date).filter(|_| control.reference.is_baseline());
    book.add(match baseline {
        Some(baseline) => promised.formula(format!("as approved in baseline {}", baseline.id)).typed(
            "finish",
            format::date(control.reference.finish),
            baseline.finish_origin.unwrap_or(baseline.origin),
        ),
        None => promised.formula("the finish of the plan as typed, as if nothing had happened yet").lines(
            "estimates in the plan",
            "",
            report.project.tasks.iter().map(|task| task.estimate_origin.unwrap_or(task.origin)),
        ),
    });
    // A project that the board has stopped is behind nothing any more.
    let is_coming = !control.is_stopped;
    if is_coming {
        let slip = control.finish_slip / report.minutes_per_day().max(1);
        book.add(
            Figure::new("slip", "Behind", days_of(slip))
                .formula(
                    "slip = working days of the project's calendar from promised finish to forecast finish",
                )
                .of("promised finish", "promised")
                .of("forecast finish", "finish")
                .inputs(project_calendar(desk)),
        );
    }
    if let Some(tolerance) = report.project.tolerance.time.filter(|_| is_coming) {
        let origin = report.project.field_origins.get("tolerance").copied().unwrap_or(report.project.origin);
        let origin = report.project.field_origins.get("tolerance.time").copied().unwrap_or(origin);
        book.add(
            Figure::new("slip-left", "Tolerance left", desk.days(tolerance - control.finish_slip))
                .formula("left = tolerance − slip")
                .typed("tolerance", desk.days(tolerance), origin)
                .of("slip", "slip"),
        );
    }
    let open = report.tasks().filter(|(_, task, slot)| task.is_work() && slot.state != State::Finished);
    let open: Vec<_> = open.map(|(_, task, _)| task.origin).collect();
    if !open.is_empty() && report.are_days_known {
        book.add(
            Figure::new("floats", "Open tasks by their float", open.len().to_string())
                .formula("number of open tasks in each class of total float; a part of a day counts as the day it belongs to")
                .of("finish, to which floats are counted", "finish")
                .lines("open tasks", open.len().to_string(), open),
        );
    }
    stages(desk, book);
    super::runs::write(desk, book);
}

fn stages(desk: &Desk<'_>, book: &mut Book) {
    for stage in Stage::ALL {
        let own: Vec<_> =
            desk.project.tasks().filter(|(_, task, _)| task.stage == stage && task.is_work()).collect();
        let first = own.iter().map(|(_, _, slot)| slot.start).min();
        let last = own.iter().map(|(_, _, slot)| slot.finish).max();
        let (Some(first), Some(last)) = (first, last) else { continue };
        let n_finished = own.iter().filter(|(_, _, slot)| slot.state == State::Finished).count();
        let reported = own.iter().filter_map(|(number, _, _)| {
            desk.project.facts.progress.get(number.0 as usize).and_then(|known| known.origin)
        });
        let begins = own.iter().find(|(_, _, slot)| slot.start == first);
        let ends = own.iter().rev().find(|(_, _, slot)| slot.finish == last);
        let of = |found: Option<&(crate::model::TaskNo, &crate::model::Task, &crate::plan::Slot)>,
                  end: &str| {
            found.map(|(_, task, _)| {
                Input::of(format!("{end} of “{}”", task.name), format!("task-{}.{end}", task.id))
            })
        };
        let title = format::stage(stage);
        let key = |name: &str| format!("stage-{}-{name}", stage.number());
        book.add(
            Figure::new(key("work"), format!("Work of {title}"), format!("{n_finished} of {}", own.len()))
                .formula("tasks finished ÷ tasks of the stage")
                .lines("tasks", "", own.iter().map(|(_, task, _)| task.origin))
                .lines("reports", "", reported),
        );
        let days = format::span_of_days(first.day(), last.last_day());
        let dates = Figure::new(key("dates"), format!("Dates of {title}"), days)
            .formula("from the first start to the last finish of its tasks")
            .inputs(of(begins, "start"))
            .inputs(of(ends, "finish"));
        let is_known = own.iter().all(|(number, _, _)| desk.project.is_last_day_known(*number));
        book.add(match desk.days_unread().filter(|_| !is_known) {
            Some(why) => dates.not_known(&why),
            None => dates,
        });
    }
}

/// Adds the figures of every task.
pub(super) fn write_tasks(desk: &Desk<'_>, book: &mut Book) {
    let tasks = Tasks::new(desk);
    let keeps_money = desk.project.control.keeps_money();
    for (number, task, _) in desk.project.tasks() {
        book.thing("tasks", format!("task-{}", task.id), task_name(task), Some(task.origin));
        tasks.add(book, number);
        task_money::add(desk, book, number, keeps_money);
    }
    budget_lines::write(desk, book);
}
