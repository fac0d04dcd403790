//! The estimate at completion with the rest counted piece by piece (EAC₄).

use crate::control::{OpenOrder, RestSource, Unordered};
use crate::diagnostic::Span;
use crate::format;
use crate::model::{EntryType, TaskProgress};
use crate::page::desk::Desk;
use crate::page::explain::{Book, Figure, From, Input, bookings};
use crate::quantity::Amount;

/// Adds it and its parts.
pub(super) fn write(desk: &Desk<'_>, book: &mut Book) {
    let exact = |amount: Amount| desk.money_exact(amount);
    let (control, project) = (&desk.project.control, &desk.project.project);
    let below = &control.bottom_up;
    if control.total.budget == Amount::ZERO && !control.spending.is_recorded {
        return;
    }
    let labour = below.tasks.iter().map(|rest| {
        let task = project.task(rest.task);
        let left = format::working_days(rest.minutes, project.minutes_per_day_of(rest.task));
        let said = match rest.source {
            RestSource::Reported => "reported",
            RestSource::Share => "plan less the share done",
            RestSource::Plan => "as planned",
            RestSource::Span => "as long as the work it spans",
            RestSource::Since => "since the newest report, told later",
        };
        let known = desk.project.facts.progress.get(rest.task.0 as usize);
        let planned = task.estimate_origin.unwrap_or(task.origin);
        let origin = match rest.source {
            RestSource::Reported | RestSource::Since => known.and_then(|known| known.origin),
            RestSource::Share => known.and_then(TaskProgress::done_line),
            RestSource::Plan | RestSource::Span => None,
        };
        let origin = origin.unwrap_or(planned);
        Input::typed(format!("{} ({left} left, {said})", task.name), exact(rest.labour), origin)
    });
    let orders = &control.spending.open_orders;
    let orders: Vec<Input> = if orders.is_empty() || !project.hides_bookings() {
        let single = |order: &OpenOrder| {
            let name = order.reference.as_deref().unwrap_or(&order.category);
            Input::typed(format!("Order {name}"), exact(order.amount), order.origin)
        };
        orders.iter().map(single).collect()
    } else {
        vec![Input {
            label: format::count(orders.len(), "order").into(),
            value: exact(orders.iter().map(|order| order.amount).sum()),
            from: From::Lines(orders.iter().map(|order| order.origin).collect()),
        }]
    };
    let unordered = below.unordered_parts.iter().map(|part| unordered(desk, part));
    let parts = [
        (
            "labour",
            "Time left × rates",
            below.labour,
            "Σ time left × rates of those assigned",
            labour.collect(),
        ),
        ("orders", "Open orders", below.orders, "Σ what is still to come of orders", orders),
        (
            "expected",
            "Expected by the ledger",
            below.expected,
            "Σ `forecast` lines after the status date, less what is on order under the same number",
            bookings::ahead(desk, |entry| entry.entry_type == EntryType::Forecast),
        ),
        (
            "unordered",
            "Planned and not yet ordered",
            below.unordered,
            "Σ other costs of open tasks, and of budget lines what lies ahead, neither spent nor ordered nor expected",
            unordered.collect(),
        ),
    ];
    for (part, name, amount, formula, inputs) in parts {
        let is_none = inputs.is_empty();
        let figure = Figure::new(format!("eac-4-{part}"), format!("{name} (EAC₄)"), exact(amount));
        let figure = figure.formula(formula).inputs(inputs);
        book.add(if is_none {
            let origin = project.budget.origin.unwrap_or(project.origin);
            figure.input("lines", "nothing of it is left", From::Typed(origin))
        } else {
            figure
        });
    }
    book.add(
        Figure::new("eac-4", "Estimate at completion, counted piece by piece (EAC₄)", exact(below.estimate))
            .formula("EAC₄ = AC + labour + orders + expected + unordered")
            .of("AC", "ac")
            .of("labour", "eac-4-labour")
            .of("orders", "eac-4-orders")
            .of("expected", "eac-4-expected")
            .of("unordered", "eac-4-unordered")
            .note(
                "It knows no trend: it is as good as the rests that people report. A `forecast` line takes the place of the \
                 plan for the same task and category; an open order of the same number is counted once.",
            ),
    );
}

/// A part of what is planned and not yet ordered, with the lines that ask for it.
fn unordered(desk: &Desk<'_>, part: &Unordered) -> Input {
    let project = &desk.project.project;
    let (label, lines): (String, Vec<Span>) = if let Some(number) = part.task {
        let task = project.task(number);
        let costs = task.costs.iter().filter(|cost| part.categories.contains(&cost.category));
        (format!("“{}”", task.name), costs.map(|cost| cost.origin).collect())
    } else {
        let lines = project.budget.lines.iter().filter(|line| part.categories.contains(&line.category));
        (format!("budget line {}", part.categories.join(", ")), lines.map(|line| line.origin).collect())
    };
    Input { label: label.into(), value: desk.money_exact(part.amount), from: From::Lines(lines) }
}
