//! A rate of exchange that cannot be meant: ten times another of the same currency, or the other way round.

use std::cmp::Ordering;

use crate::declare_rule;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::format;
use crate::model::TypedRate;
use crate::quantity::days_between;
use crate::report::ProjectReport;

declare_rule! {
    /// A rate under `rates` in `project.yaml` is five times another rate of the same currency and more, or a fifth of it and less; or it is
    /// what the other comes to when it is turned round, by two per cent and less, and not by a tenth what the other is. Only rates at most a
    /// year apart are compared: over more years a currency may truly have moved as far. The one is told that does not go with most of them; of
    /// two, and where half of them go with each other and the other half, too, the younger.
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

/// Rates farther apart than this many days are not compared: a currency may move in years as no point in the wrong place does.
const COMPARED_DAYS: i64 = 366;

/// Looks at the rates of each currency.
pub(super) fn look(report: &ProjectReport, found: &mut Diagnostics) {
    let mut rates: Vec<&TypedRate> = report.project.rates.iter().collect();
    rates.sort_by_key(|rate| (rate.currency, rate.date));
    for of_one in rates.chunk_by(|one, other| one.currency == other.currency) {
        let mut odd: Vec<(&TypedRate, &TypedRate, Off)> = Vec::new();
        for (place, rate) in of_one.iter().enumerate() {
            let near: Vec<(usize, &TypedRate)> = of_one
                .iter()
                .enumerate()
                .filter(|(other, near)| *other != place && is_near_in_time(rate, near))
                .map(|(other, near)| (other, *near))
                .collect();
            let apart: Vec<(usize, &TypedRate, Off)> =
                near.iter().filter_map(|(other, near)| Some((*other, *near, off(rate, near)?))).collect();
            let Some((first, other, how)) = apart.first().copied() else { continue };
            // Where half of them go with it nobody knows which half is wrong; the oldest was there before.
            let is_apart_from_oldest =
                first < place && near.first().is_some_and(|(oldest, _)| *oldest == first);
            let is_odd = match (apart.len() * 2).cmp(&(near.len() + 1)) {
                Ordering::Greater => true,
                Ordering::Equal => is_apart_from_oldest,
                Ordering::Less => false,
            };
            if is_odd {
                odd.push((*rate, other, how));
            }
        }
        if odd.len() == of_one.len() && odd.len() > 2 {
            found.push(all_apart(report, of_one));
        } else {
            for (rate, other, how) in odd {
                found.push(finding(report, rate, (other, how)));
            }
        }
    }
}

/// Where no rate goes with most of the others nobody can tell which are wrong: one finding at the first names them all.
fn all_apart(report: &ProjectReport, rates: &[&TypedRate]) -> Diagnostic {
    let (currency, own) = (rates[0].currency, report.project.currency);
    let told: Vec<String> =
        rates.iter().map(|rate| format!("{} of {}", rate.rate, format::iso(rate.date))).collect();
    let message = format!("the rates of {currency} in {own} do not go together: {}", format::listed(&told));
    let diagnostic = Diagnostic::new(&RATE_OFF, rates[0].origin, message);
    rates[1..]
        .iter()
        .fold(diagnostic, |diagnostic, rate| diagnostic.also(rate.origin, ""))
        .hint(format!("write what one {currency} is worth in {own}, on each day"))
}

fn is_near_in_time(one: &TypedRate, other: &TypedRate) -> bool {
    days_between(one.date, other.date).abs() <= COMPARED_DAYS
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
            "a {currency} of {} {own} is nearly 1 ÷ {}, the rate of {}: is one of them turned round?",
            rate.rate,
            other.rate,
            format::iso(other.date)
        ),
    };
    Diagnostic::new(&RATE_OFF, rate.origin, message)
        .also(other.origin, "the other rate")
        .hint(format!("write what one {currency} is worth in {own}"))
}
