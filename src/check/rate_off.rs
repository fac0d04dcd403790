//! A rate of exchange that cannot be meant: ten times another of the same currency, or the other way round.

use crate::declare_rule;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::format;
use crate::model::TypedRate;
use crate::report::ProjectReport;

declare_rule! {
    /// A rate under `rates` in `project.yaml` is five times another rate of the same currency and more, or a fifth of it and less; or it is
    /// what the other comes to when it is turned round, by two per cent and less, and not by a tenth what the other is. With two rates of
    /// a currency the younger is told; of more, the one that does not go with most of them.
    ///
    /// **Why it matters.** Every sum of its time in that currency is taken over at this rate. A point in the wrong place makes ten times of it,
    /// and a rate read the wrong way round moves it by a fifth and less, which no total shows.
    ///
    /// **What to do.** Write what one unit of the other currency is worth in the project's own. Where a currency truly lost so much, waive the
    /// finding. Wrong:
    ///
    /// ```yaml
    /// currency: EUR
    /// rates:
    ///   - {currency: USD, rate: 0.92, date: 2026-01-01}
    ///   - {currency: USD, rate: 9.3, date: 2026-04-01}
    ///   - {currency: USD, rate: 1.087, date: 2026-07-01}
    /// ```
    pub static RATE_OFF: Rule =
        ("W532", "rate-off", Warning, "0.1.0", "a rate of exchange far from the others of its currency, or the wrong way round");
}

/// So many times another rate is no move of a market but a point in the wrong place.
const FAR: f64 = 5.0;

/// So near to what another rate comes to when it is turned round, it is that rate turned round.
const TURNED_ROUND: f64 = 0.02;

/// Rates so near to each other are alike, also where one is nearly the other turned round, as close to parity.
const ALIKE: f64 = 0.1;

/// What is wrong between two rates of a currency.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Off {
    Far,
    TurnedRound,
}

/// Looks at the rates of each currency.
pub(super) fn look(report: &ProjectReport, found: &mut Diagnostics) {
    let mut rates: Vec<&TypedRate> = report.project.rates.iter().collect();
    rates.sort_by_key(|rate| (rate.currency, rate.date));
    for of_one in rates.chunk_by(|one, other| one.currency == other.currency) {
        for (place, rate) in of_one.iter().enumerate() {
            let others =
                of_one.iter().enumerate().filter(|(other, _)| *other != place).map(|(_, rate)| *rate);
            let apart: Vec<(&TypedRate, Off)> =
                others.filter_map(|other| Some((other, off(rate, other)?))).collect();
            // Of two nobody knows which is wrong; the first was there before.
            let is_odd = if of_one.len() == 2 { place == 1 } else { apart.len() * 2 > of_one.len() - 1 };
            if let Some((other, how)) = apart.first().filter(|_| is_odd) {
                found.push(finding(report, rate, (other, *how)));
            }
        }
    }
}

fn off(rate: &TypedRate, other: &TypedRate) -> Option<Off> {
    let (one, two) = (rate.rate.as_f64(), other.rate.as_f64());
    let times = (one / two).max(two / one);
    let is_turned_round = (one * two - 1.0).abs() <= TURNED_ROUND && times > 1.0 + ALIKE;
    match times {
        _ if is_turned_round => Some(Off::TurnedRound),
        times if times >= FAR => Some(Off::Far),
        _ => None,
    }
}

fn finding(report: &ProjectReport, rate: &TypedRate, (other, how): (&TypedRate, Off)) -> Diagnostic {
    let (currency, own) = (rate.currency, report.project.currency);
    let message = match how {
        Off::Far => {
            let times = rate.rate.as_f64() / other.rate.as_f64();
            let times = if times >= 1.0 {
                format!("{} times", format::number(times, 1))
            } else {
                format!("{} of", format::share(times))
            };
            format!(
                "a {currency} of {} {own} is {times} the {} of {}",
                rate.rate,
                other.rate,
                format::iso(other.date)
            )
        }
        Off::TurnedRound => format!(
            "a {currency} of {} {own} is the {} of {} turned round",
            rate.rate,
            other.rate,
            format::iso(other.date)
        ),
    };
    Diagnostic::new(&RATE_OFF, rate.origin, message)
        .also(other.origin, "the other rate")
        .hint(format!("write what one {currency} is worth in {own}"))
}
