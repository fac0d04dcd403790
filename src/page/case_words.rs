//! The figures of a business case as readers see them: also none, never, several and undefined, in words.

use crate::control::{CrossingYear, HIGHEST_RATE, InternalRates, OptionFigures};
use crate::format;
use crate::page::desk::Desk;
use crate::page::view::Cell;
use crate::quantity::{Amount, Ratio};

/// An amount with its sign, marked where it is a loss.
#[must_use]
pub fn signed(desk: &Desk<'_>, amount: Amount) -> Cell {
    let cell = Cell::text(desk.money_signed(amount));
    if amount < Amount::ZERO { cell.class("bad") } else { cell }
}

/// A share as a percentage.
#[must_use]
pub fn share(ratio: Option<Ratio>) -> Cell {
    ratio.map_or_else(undefined, |ratio| Cell::text(format::share(ratio.get())))
}

/// A ratio with three decimals.
#[must_use]
pub fn ratio(ratio: Option<Ratio>) -> Cell {
    ratio.map_or_else(undefined, |ratio| Cell::text(format::number(ratio.get(), 3)))
}

/// A figure that its formula does not give here.
#[must_use]
pub fn undefined() -> Cell {
    Cell::text("undefined").class("muted")
}

/// How far something may move before NPV is zero; where NPV is negative, how far it must move the other way.
#[must_use]
pub fn switching(ratio: Option<Ratio>, otherwise: &str) -> Cell {
    match ratio.map(Ratio::get) {
        None => undefined(),
        Some(share) if share >= 0.0 => Cell::text(format::share(share)),
        Some(share) if otherwise == "must fall by" && share < -1.0 => Cell::text("no saving there suffices"),
        Some(share) => Cell::text(format!("{otherwise} {}", format::share(-share))),
    }
}

/// The rates at which the option is worth nothing.
#[must_use]
pub fn internal_rates(rates: &InternalRates) -> Cell {
    match rates {
        InternalRates::None => Cell::text("none").note("there is no rate at which it turns"),
        InternalRates::One(rate) => Cell::text(rate_words(*rate)),
        InternalRates::Several(rates) => {
            let rates: Vec<String> = rates.iter().map(|rate| rate_words(*rate)).collect();
            Cell::text(rates.join("; ")).note("several IRRs: use NPV")
        }
        InternalRates::TooHigh => Cell::text(too_high()),
    }
}

fn rate_words(rate: f64) -> String {
    if rate > HIGHEST_RATE { too_high() } else { format::share(rate) }
}

/// A rate above the highest that is looked for.
pub(super) fn too_high() -> String {
    "over 1\u{202f}000\u{a0}%".to_owned()
}

/// When money has come back, in a cell.
#[must_use]
pub fn crossing(year: CrossingYear) -> Cell {
    match year {
        CrossingYear::Never => Cell::text("not within the horizon").class("bad"),
        CrossingYear::Year(year) if year <= 0.0 => Cell::text("never below zero").class("muted"),
        CrossingYear::Year(year) => Cell::text(years(year)),
        CrossingYear::LastOfSeveral(year) => Cell::text(years(year)).note("the last of several crossings"),
    }
}

/// When money has come back, discounted, as a part of a sentence.
#[must_use]
pub fn payback_words(year: CrossingYear) -> String {
    match year {
        CrossingYear::Never => "discounted, it does not pay back within the horizon".to_owned(),
        CrossingYear::Year(year) if year <= 0.0 => "discounted, it is never below zero".to_owned(),
        CrossingYear::Year(year) => format!("discounted, it pays back after {}", years(year)),
        CrossingYear::LastOfSeveral(year) => {
            format!("discounted, it pays back after {}, the last of several crossings", years(year))
        }
    }
}

/// What the option is worth counted in money alone, without the benefits that bring in none, to follow `gains … in present
/// value`; none where all its benefits bring in money.
#[must_use]
pub fn in_money_alone(desk: &Desk<'_>, figures: &OptionFigures) -> Option<String> {
    let alone = figures.npv_cashable_only;
    let is_gain = alone >= Amount::ZERO;
    (alone != figures.npv).then(|| {
        let side = if is_gain { "gains" } else { "loses" };
        let turn = if is_gain == (figures.npv >= Amount::ZERO) { "and" } else { "but" };
        format!("{turn} in money alone it {side} {}", desk.money_words(Amount(alone.0.abs())))
    })
}

fn years(years: f64) -> String {
    format!("{}\u{a0}years", format::number(years, 2))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(cell: &Cell) -> String {
        let plain =
            |text: &Option<String>| text.clone().unwrap_or_default().replace(['\u{a0}', '\u{202f}'], " ");
        format!("{} | {}", plain(&cell.text), plain(&cell.note))
    }

    #[test]
    fn what_no_number_says_is_said_in_words() {
        let rates = |rates: InternalRates| text(&internal_rates(&rates));
        assert_eq!(rates(InternalRates::Several(vec![0.25, 4.0])), "25 %; 400 % | several IRRs: use NPV");
        assert_eq!(
            rates(InternalRates::Several(vec![0.1, 20.0])),
            "10 %; over 1 000 % | several IRRs: use NPV"
        );
        assert_eq!(rates(InternalRates::TooHigh), "over 1 000 % | ");
        assert_eq!(rates(InternalRates::None), "none | there is no rate at which it turns");
        assert_eq!(rates(InternalRates::One(-0.021)), "−2.1 % | ");
        assert_eq!(text(&crossing(CrossingYear::Never)), "not within the horizon | ");
        assert_eq!(text(&crossing(CrossingYear::Year(0.0))), "never below zero | ");
        assert_eq!(
            text(&crossing(CrossingYear::LastOfSeveral(2.5))),
            "2.50 years | the last of several crossings"
        );
        assert_eq!(text(&ratio(None)), "undefined | ");
    }

    /// It used to read "pays back after never below zero".
    #[test]
    fn an_option_that_is_never_below_zero_does_not_pay_back_after_it() {
        let words = |year| payback_words(year).replace('\u{a0}', " ");
        assert_eq!(words(CrossingYear::Year(0.0)), "discounted, it is never below zero");
        assert_eq!(words(CrossingYear::Never), "discounted, it does not pay back within the horizon");
        assert_eq!(words(CrossingYear::Year(3.449)), "discounted, it pays back after 3.45 years");
        assert_eq!(
            words(CrossingYear::LastOfSeveral(2.5)),
            "discounted, it pays back after 2.50 years, the last of several crossings"
        );
    }
}
