//! Money that belongs to no task: budget lines, which earn as planned, like level of effort.

use crate::control::ReferenceLine;
use crate::format;
use crate::page::desk::Desk;
use crate::page::explain::task_money::frozen_point;
use crate::page::explain::{Book, Figure, Input, planned_points};

/// The figure `part` (`budget`, `pv` or `ev`) of the lines that a filter lets pass, one input each.
pub(super) fn of_lines(
    desk: &Desk<'_>,
    part: &str,
    is_wanted: impl Fn(&ReferenceLine) -> bool,
) -> Vec<Input> {
    let lines = desk.project.control.reference.lines.iter().enumerate();
    let lines = lines.filter(|(_, line)| is_wanted(line));
    let inputs = lines.map(|(place, line)| {
        // What earns as planned has one figure for both.
        let part = if part == "ev" && !line.is_dropped_task() { "pv" } else { part };
        Input::of(name(line), format!("{}.{part}", anchor(place)))
    });
    inputs.collect()
}

fn anchor(place: usize) -> String {
    format!("line-{}", place + 1)
}

fn name(line: &ReferenceLine) -> String {
    crate::prose::inline_text(&line.name)
}

/// Adds their figures.
pub(super) fn write(desk: &Desk<'_>, book: &mut Book) {
    let money = |amount| desk.money_exact(amount);
    for (place, line) in desk.project.control.reference.lines.iter().enumerate() {
        let anchor = anchor(place);
        let is_dropped = line.is_dropped_task();
        book.thing("tasks", &*anchor, name(line), Some(line.origin));
        book.add(
            Figure::new(format!("{anchor}.budget"), "Budget", money(line.budget)).formula("as typed").typed(
                "amount",
                money(line.budget),
                if is_dropped { line.origin } else { desk.field(line.origin, "amount") },
            ),
        );
        let days = format::span_of_days(line.start, line.finish);
        let (title, earned) =
            if is_dropped { ("Planned value", "") } else { ("Planned and earned value", "; EV = PV") };
        let by_now = desk.project.control.planned_lines.get(place).copied().unwrap_or_default();
        let figure = Figure::new(format!("{anchor}.pv"), title, money(by_now));
        book.add(match &line.planned {
            None => figure
                .formula(format!("PV = budget × share of its days gone by{earned}"))
                .of("budget", format!("{anchor}.budget"))
                .typed(
                    "its days",
                    days,
                    if is_dropped { line.origin } else { desk.field(line.origin, "window") },
                ),
            Some(series) => {
                // A dropped task goes by its id between backticks.
                let dropped = line.name.split('`').nth(1).filter(|_| is_dropped);
                let place = |day| match dropped {
                    Some(task) => frozen_point(desk, task, day).unwrap_or(line.origin),
                    None => desk.field(line.origin, &format!("planned_value.{day}")),
                };
                let at = (series, desk.project.control.data_date);
                planned_points::read_off(desk, figure, at, (place, earned))
                    .of("budget", format!("{anchor}.budget"))
                    .typed("planned over time", days, line.origin)
            }
        });
        if is_dropped {
            book.add(
                Figure::new(format!("{anchor}.ev"), "Earned value", money(crate::quantity::Amount::ZERO))
                    .formula("nothing is earned for a task that the plan no longer has")
                    .typed("approved", money(line.budget), line.origin),
            );
        }
    }
}
