//! Money that belongs to no task: budget lines, which earn as planned, like level of effort.

use crate::control::ReferenceLine;
use crate::format;
use crate::page::desk::Desk;
use crate::page::explain::{Book, Figure, Input};

/// The figure `part` of the lines that a filter lets pass, one input each.
pub(super) fn of_lines(
    desk: &Desk<'_>,
    part: &str,
    is_wanted: impl Fn(&ReferenceLine) -> bool,
) -> Vec<Input> {
    let lines = desk.project.control.reference.lines.iter().enumerate();
    let lines = lines.filter(|(_, line)| is_wanted(line));
    lines.map(|(place, line)| Input::of(name(line), format!("{}.{part}", anchor(place)))).collect()
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
        book.thing("tasks", &*anchor, name(line), Some(line.origin));
        book.add(
            Figure::new(format!("{anchor}.budget"), "Budget", money(line.budget)).formula("as typed").typed(
                "amount",
                money(line.budget),
                desk.field(line.origin, "amount"),
            ),
        );
        let days = format::span_of_days(line.start, line.finish);
        let by_now = line.planned.as_ref().map(|series| money(series.on(desk.project.status_date)));
        let figure = Figure::new(
            format!("{anchor}.pv"),
            "Planned and earned value",
            by_now.unwrap_or_else(|| "as planned, with time".to_owned()),
        );
        book.add(match &line.planned {
            None => figure
                .formula("PV = budget × share of its days gone by; EV = PV")
                .of("budget", format!("{anchor}.budget"))
                .typed("its days", days, desk.field(line.origin, "window")),
            Some(_) => figure
                .formula("PV = what the baseline planned by the status date; EV = PV")
                .of("budget", format!("{anchor}.budget"))
                .typed("planned over time", days, line.origin),
        });
    }
}
