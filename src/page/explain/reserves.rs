//! Contingency and management reserve: granted, drawn, left, and what the forecast takes.

use crate::control::{BridgeCause, Reserve};
use crate::diagnostic::Span;
use crate::format;
use crate::model::ReserveKind;
use crate::page::desk::Desk;
use crate::page::explain::bridge::cause_key;
use crate::page::explain::{Book, Figure, From, Input};
use crate::quantity::Amount;

/// Adds them, and what was left after each draw.
pub(super) fn write(desk: &Desk<'_>, book: &mut Book) {
    let spending = &desk.project.control.spending;
    let budget = &desk.project.project.budget;
    let of = [
        (ReserveKind::Contingency, &spending.contingency, budget.contingency_origin),
        (ReserveKind::ManagementReserve, &spending.management_reserve, budget.reserve_origin),
    ];
    if of.iter().all(|(_, reserve, _)| **reserve == Reserve::default()) {
        return;
    }
    spent_of_draws(desk, book);
    for (kind, reserve, origin) in of {
        if *reserve != Reserve::default() {
            of_reserve(desk, book, kind, reserve, origin);
        }
    }
    for (place, draw) in spending.draws.iter().enumerate() {
        let key = reserve_key(draw.from);
        let before = spending.draws.iter().take(place).rposition(|earlier| earlier.from == draw.from);
        let left = spending.draws.iter().take(place + 1).filter(|earlier| earlier.from == draw.from);
        let left = granted(desk, draw.from) - left.map(|earlier| earlier.amount).sum();
        book.add(
            Figure::new(
                left_after(place),
                format!("{} left after {}", reserve_name(draw.from), draw.by.id()),
                desk.money_exact(left),
            )
            .formula("left = left before − drawn")
            .of("left before", before.map_or_else(|| format!("{key}-granted"), left_after))
            .typed("drawn", desk.money_exact(draw.amount), desk.field(draw.origin, "amount")),
        );
    }
}

/// The key of what was left of a reserve after a draw, by the place of the draw in the list.
#[must_use]
pub fn left_after(place: usize) -> String {
    format!("draw-{}-left", place + 1)
}

/// The first part of the keys of a reserve.
#[must_use]
pub fn reserve_key(kind: ReserveKind) -> &'static str {
    match kind {
        ReserveKind::Contingency => "contingency",
        ReserveKind::ManagementReserve => "reserve",
    }
}

fn reserve_name(kind: ReserveKind) -> &'static str {
    match kind {
        ReserveKind::Contingency => "Contingency",
        ReserveKind::ManagementReserve => "Management reserve",
    }
}

fn granted(desk: &Desk<'_>, kind: ReserveKind) -> Amount {
    let budget = &desk.project.project.budget;
    match kind {
        ReserveKind::Contingency => budget.contingency,
        ReserveKind::ManagementReserve => budget.management_reserve,
    }
}

/// What the estimate holds already of the money that draws were for: the reserves need not pay it again.
fn spent_of_draws(desk: &Desk<'_>, book: &mut Book) {
    let control = &desk.project.control;
    let approved = control.bridge.parts.iter().any(|part| part.cause == BridgeCause::ApprovedChanges);
    let draws = control.spending.draws.iter().map(|draw| {
        Input::typed(
            format!("Drawn by {}", draw.by.id()),
            desk.money_exact(draw.amount),
            desk.field(draw.origin, "amount"),
        )
    });
    let figure = Figure::new(
        "draws-spent",
        "Draws that are cost already",
        desk.money_exact(control.spending.draws_spent),
    )
    .formula("of the draws, what the tasks they name cost beyond their budget")
    .inputs(draws.collect::<Vec<_>>());
    let figure = if approved && control.spending.is_recorded {
        figure.of("Approved changes in the estimate", cause_key(BridgeCause::ApprovedChanges))
    } else {
        figure
    };
    let budget = &desk.project.project.budget;
    let origin = budget.contingency_origin.or(budget.reserve_origin);
    book.add(if figure.inputs.is_empty() {
        figure.typed_or("draws", format::NOTHING, origin, "nothing is drawn by the status date")
    } else {
        figure
    });
}

fn of_reserve(desk: &Desk<'_>, book: &mut Book, kind: ReserveKind, reserve: &Reserve, origin: Option<Span>) {
    let (key, name) = (reserve_key(kind), reserve_name(kind));
    let figure = |part: &str, what: &str, amount: Amount| {
        Figure::new(format!("{key}-{part}"), format!("{name}, {what}"), desk.money_exact(amount))
    };
    book.add(figure("granted", "granted", reserve.granted).formula("as typed").typed_or(
        "granted",
        desk.money_exact(reserve.granted),
        origin,
        "none is typed",
    ));
    let draws = desk.project.control.spending.draws.iter().filter(|draw| draw.from == kind);
    let draws: Vec<Input> = draws
        .map(|draw| {
            Input::typed(
                draw.by.id().to_string(),
                desk.money_exact(draw.amount),
                desk.field(draw.origin, "amount"),
            )
        })
        .collect();
    let is_none = draws.is_empty();
    let mut taken = figure("drawn", "drawn", reserve.drawn)
        .formula("Σ approved changes with `pay_from` and decisions with `draws` on it, by the status date")
        .inputs(draws);
    if is_none {
        taken = taken.given("draws", format::NOTHING, "nothing is drawn by the status date");
        taken = taken.typed_or("reserve", "", origin, "none is typed");
    }
    book.add(taken);
    book.add(
        figure("left", "left", reserve.remaining)
            .formula("left = granted − drawn")
            .of("granted", format!("{key}-granted"))
            .of("drawn", format!("{key}-drawn"))
            .note(match kind {
                ReserveKind::Contingency => {
                    "The contingency is the project manager's, within the limit that budget.yaml grants."
                }
                ReserveKind::ManagementReserve => {
                    "The management reserve is the sponsor's and the steering board's alone."
                }
            }),
    );
    let needed = figure("needed", "needed by the forecast", reserve.forecast_use);
    let spending = &desk.project.control.spending;
    let total = &desk.project.control.total;
    let overrun = total.estimate() - total.budget - spending.draws_spent - spending.returned_and_needed;
    if kind == ReserveKind::Contingency && overrun > reserve.forecast_use && overrun > Amount::ZERO {
        let all = needed.formula(
            "needed = all that is left of it, where that is above zero; the management reserve pays the rest",
        );
        book.add(all.of("left", format!("{key}-left")));
    } else {
        book.add(needed_for_overrun(desk, kind, needed));
    }
    book.add(
        figure("after", "left after the forecast", reserve.after_forecast())
            .formula("then left = left − needed")
            .of("left", format!("{key}-left"))
            .of("needed", format!("{key}-needed")),
    );
}

/// Where the contingency that is left is explained; that none is granted where there is none.
pub(super) fn from_contingency_left(desk: &Desk<'_>) -> From {
    if desk.project.control.spending.contingency == Reserve::default() {
        From::Given("none is granted")
    } else {
        From::Figure("contingency-left".to_owned())
    }
}

/// What the overrun asks of a reserve that pays all that is asked of it.
fn needed_for_overrun(desk: &Desk<'_>, kind: ReserveKind, needed: Figure) -> Figure {
    let spending = &desk.project.control.spending;
    let needed = needed.of("EAC", "eac").of("BAC", "bac").of("draws that are cost already", "draws-spent");
    let mut formula = "needed = EAC − BAC − draws that are cost already".to_owned();
    let needed = if spending.returned_and_needed == Amount::ZERO {
        needed
    } else {
        formula += " − draws left over";
        let left_over = desk.money_exact(spending.returned_and_needed);
        needed.given("draws left over", left_over, "granted for work that is done and cost less")
    };
    let needed = match kind {
        ReserveKind::Contingency => needed,
        ReserveKind::ManagementReserve => {
            formula += " − contingency left";
            let left = spending.contingency.remaining.max(Amount::ZERO);
            needed.input("contingency left", desk.money_exact(left), from_contingency_left(desk))
        }
    };
    needed.formula(format!("{formula}, where that is above zero"))
}
