//! Which figures and colours changed since an earlier state of the files: before, after, and by how much.

use crate::control::{Change, Colour, DimensionKind, WhatChanged};
use crate::format;
use crate::page::what_if::{ChangeRow, day_row, finish_row, maybe_day_row, money_of, money_row};
use crate::quantity::Amount;
use crate::report::ProjectSince;

/// The figures and colours that changed, the finish always first; of a project that the board has stopped no finish is told.
pub(super) fn figures(since: &ProjectSince) -> Vec<ChangeRow> {
    let what: &WhatChanged = &since.what;
    let (difference, currency) = (&what.difference, since.after.project.currency);
    let time = since.after.project.working_time();
    let is_forecast = !since.after.control.is_stopped;
    let mut rows: Vec<ChangeRow> = is_forecast.then(|| finish_row(difference)).into_iter().collect();
    if what.promised.is_change() {
        let is_baseline = since.after.control.reference.is_baseline();
        let words = if is_baseline { "Promised finish" } else { "Finish of the plan as typed" };
        rows.push(day_row("promised-finish", words, what.promised, &time));
    }
    if difference.start.is_change() {
        rows.push(day_row("start", "Start", difference.start, &time));
    }
    let runs = [
        ("finish-p50", "Finish, P50", difference.finish_p50),
        ("finish-p80", "Finish, P80", difference.finish_p80),
    ];
    rows.extend(
        runs.into_iter()
            .filter(|(_, _, change)| is_forecast && change.is_change())
            .map(|(kind, words, change)| maybe_day_row(kind, words, change, &time)),
    );
    let some = |change: Change<Amount>| Change { before: Some(change.before), after: Some(change.after) };
    let mut money = money_of(difference);
    money.insert(1, ("budget-at-completion", "Budget at completion", some(what.budget)));
    let before_exposure = money.iter().position(|(kind, ..)| *kind == "exposure").unwrap_or(money.len());
    let value = [
        ("earned-value", "Earned value", some(what.earned)),
        ("actual-cost", "Actual cost", some(what.actual)),
    ];
    money.splice(before_exposure..before_exposure, value);
    for (kind, words, change) in money {
        if kind == "estimate-at-completion" || change.is_change() {
            rows.push(money_row(kind, words, change, currency));
        }
    }
    if what.effort.is_change() {
        let days = |days: f64| format!("{}\u{a0}pd", format::number(days, 1));
        let more = what.effort.after - what.effort.before;
        rows.push(ChangeRow {
            kind: "work",
            what: "Work in all".to_owned(),
            before: days(what.effort.before),
            after: days(what.effort.after),
            by: if more > 0.0 { format!("+{}", days(more)) } else { format!("−{}", days(-more)) },
            working_days: None,
        });
    }
    rows.extend(what.colours.iter().map(|changed| ChangeRow {
        kind: "colour",
        what: changed.dimension.map_or_else(|| "Status".to_owned(), dimension_words),
        before: changed.colour.before.word().to_owned(),
        after: changed.colour.after.word().to_owned(),
        by: turned(changed.colour).to_owned(),
        working_days: None,
    }));
    rows
}

/// Whether a colour is better or worse than before; what was not rated before is neither.
fn turned(colour: Change<Colour>) -> &'static str {
    match (colour.before, colour.after) {
        (Colour::Unrated, _) => "rated now",
        (_, Colour::Unrated) => "rated no longer",
        (before, after) if after > before => "worse",
        _ => "better",
    }
}

fn dimension_words(kind: DimensionKind) -> String {
    format!("Status, {}", kind.key())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_not_rated_before_is_neither_better_nor_worse() {
        let told = |before, after| turned(Change { before, after });
        assert_eq!(told(Colour::Unrated, Colour::Green), "rated now");
        assert_eq!(told(Colour::Unrated, Colour::Red), "rated now");
        assert_eq!(told(Colour::Amber, Colour::Unrated), "rated no longer");
        assert_eq!(told(Colour::Green, Colour::Amber), "worse");
        assert_eq!(told(Colour::Red, Colour::Amber), "better");
    }
}
