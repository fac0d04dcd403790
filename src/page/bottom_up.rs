//! The estimate at completion from below (EAC₄): what it is made of, and what it lacks.

use crate::control::{DimensionKind, RestSource, tolerances_left};
use crate::format;
use crate::page::desk::Desk;
use crate::page::view::{Cell, Row};
use crate::quantity::Amount;

/// Its row in the table of earned value; `has_columns_for_both` where a column without level of effort follows.
#[must_use]
pub fn bottom_up_row(desk: &Desk<'_>, has_columns_for_both: bool) -> Row {
    let below = &desk.project.control.bottom_up;
    let has_money = desk.project.control.total.budget > Amount::ZERO || below.to_complete() > Amount::ZERO;
    let mut cells = vec![
        Cell::text("Estimate at completion, the rest counted piece by piece (EAC₄)"),
        if has_money { Cell::text(desk.money(below.estimate)) } else { Cell::nothing() }
            .explained(desk.explained("eac-4")),
    ];
    if has_columns_for_both {
        cells.push(Cell::nothing());
    }
    cells.push(
        Cell::text("AC + time left × rates + open orders + expected + planned and not yet ordered")
            .class("muted"),
    );
    Row::new(cells)
}

/// What the estimate from below rests on and lacks, in a sentence or two; none where nothing is left.
#[must_use]
pub fn lacking(desk: &Desk<'_>) -> Option<String> {
    let control = &desk.project.control;
    let below = &control.bottom_up;
    if below.to_complete() == Amount::ZERO && below.without_rate.is_empty() {
        return None;
    }
    let mut lacks = Vec::new();
    let n_begun = below.tasks.iter().filter(|rest| rest.source == RestSource::Share).count();
    let n_ahead = below.tasks.iter().filter(|rest| rest.source == RestSource::Plan).count();
    if n_begun > 0 {
        lacks.push(format!(
            "a new estimate of the time left (`remaining`) on {}",
            format::count(n_begun, "begun task")
        ));
    }
    if n_ahead > 0 {
        lacks.push(format!("a second look at {} still planned as at first", format::count(n_ahead, "task")));
    }
    if !below.without_rate.is_empty() {
        lacks.push(format!(
            "rates for the people of {}",
            format::count(below.without_rate.len(), "open task")
        ));
    }
    if below.unordered > Amount::ZERO {
        lacks.push(format!(
            "orders or `forecast` lines for {} that are taken as planned",
            desk.money_words(below.unordered)
        ));
    }
    let is_beyond = tolerances_left(&desk.project.project, control)
        .iter()
        .any(|left| matches!(left.kind, DimensionKind::Time | DimensionKind::Cost));
    let asked = if is_beyond { "An exception is due, and asks for a count of the rest: c" } else { "C" };
    let made_of = format!(
        "{asked}ounted piece by piece (EAC₄) everything will have cost {}",
        desk.money_words(below.estimate)
    );
    Some(match lacks.as_slice() {
        [] if below.n_estimated_again() > 0 => {
            format!("{made_of}; every open task has been estimated again.")
        }
        [] => format!("{made_of}; all of the rest is ordered or expected."),
        _ => format!("{made_of}; to rely on it, it lacks {}.", format::listed(&lacks)),
    })
}
