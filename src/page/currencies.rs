//! Money in other currencies: the rates as typed, and every sum that was converted with them.

use serde::Serialize;

use crate::format;
use crate::model::Conversion;
use crate::page::desk::Desk;
use crate::page::view::{Cell, Row, Table};

/// Rates and conversions.
#[derive(Debug, Serialize)]
pub struct CurrenciesView {
    /// What other currencies are worth.
    rates: Table,
    /// Every sum typed in another currency.
    conversions: Table,
}

/// Puts rates and conversions together; none where the project types no rate.
#[must_use]
pub fn currencies(desk: &Desk<'_>) -> Option<CurrenciesView> {
    let project = &desk.project.project;
    if project.rates.is_empty() {
        return None;
    }
    let own = project.currency;
    let mut rates = Table::new(&["Currency", "#Rate", "From", "Taken from", "Written at"]);
    for rate in &project.rates {
        rates.push(Row::new(vec![
            Cell::text(rate.currency.to_string()),
            Cell::text(rate.rate.to_string()).note(format!("{own} a {}", rate.currency)),
            desk.date(Some(rate.date)),
            Cell::maybe(rate.source.clone()),
            Cell::maybe(desk.place(rate.origin)).class("mono"),
        ]));
    }
    let mut conversions = Table::new(&["Typed at", "#Sum", "#Rate", "#In the project's currency"]);
    for conversion in &project.conversions {
        let rate = project.rates.get(conversion.rate);
        conversions.push(Row::new(vec![
            Cell::maybe(desk.place(conversion.origin)).class("mono"),
            Cell::text(typed(conversion)),
            Cell::maybe(rate.map(|rate| rate.rate.to_string()))
                .note_if(rate.map(|rate| format!("of {}", format::date(rate.date)))),
            Cell::text(format!("{}\u{a0}{own}", format::money_exact(conversion.amount, own))),
        ]));
    }
    Some(CurrenciesView { rates, conversions })
}

/// A sum as it was typed: `2 000.00 USD`.
fn typed(conversion: &Conversion) -> String {
    let original = conversion.original;
    format!("{}\u{a0}{}", format::money_exact(original.amount, original.currency), original.currency)
}

/// What was typed and the rate, in a line: `2 000.00 USD at 0.92 of 1 Oct 2026`.
#[must_use]
pub fn original(desk: &Desk<'_>, conversion: &Conversion) -> String {
    match desk.project.project.rates.get(conversion.rate) {
        Some(rate) => format!("{} at {} of {}", typed(conversion), rate.rate, format::date(rate.date)),
        None => typed(conversion),
    }
}
