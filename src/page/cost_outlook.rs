//! Which forecasts of cost stay within budget and contingency and which do not: said together wherever one of them is.

use crate::control::{CostForecast, ForecastBasis};
use crate::format;
use crate::model::Ground;
use crate::page::desk::Desk;
use crate::page::explain::{distance_key, forecast_key};
use crate::page::unread::is_known;
use crate::page::view::{Cell, Row, Table};
use crate::quantity::Amount;

/// The forecasts there are, as [`crate::control::Control::cost_forecasts`] gives them; none where what they are held against could not be
/// read.
#[must_use]
pub fn cost_forecasts(desk: &Desk<'_>) -> Vec<CostForecast> {
    if !is_known(desk, &[Ground::Reserves]) {
        return Vec::new();
    }
    desk.project.control.cost_forecasts(desk.project.risk.as_deref())
}

/// Whether budget and contingency cover what is forecast, to follow `…, 6.6 % over budget`: every forecast that says
/// otherwise than the headline is named. None without a forecast, or where all keep the budget itself.
#[must_use]
pub fn cover(desk: &Desk<'_>) -> Option<String> {
    let forecasts = cost_forecasts(desk);
    let (headline, others) = forecasts.split_first()?;
    let noun = covering(desk);
    let differ: Vec<&CostForecast> =
        others.iter().filter(|other| other.is_inside() != headline.is_inside()).collect();
    let headline_words = covered(desk, headline);
    if differ.is_empty() {
        return headline_words;
    }
    let told: Vec<String> = differ
        .iter()
        .map(|other| {
            if other.is_inside() {
                other.by().to_owned()
            } else {
                format!("by {} {}", desk.money_words(other.beyond), other.by())
            }
        })
        .collect();
    let side = if headline.is_inside() { "beyond" } else { "inside" };
    let other_words =
        format!("{side} {} {}", if headline_words.is_some() { "it" } else { noun }, format::listed(&told));
    Some(match headline_words {
        Some(words) => format!("{words} {}, but {other_words}", headline.by()),
        None => format!("{} but {other_words}", headline.by()),
    })
}

/// The same in a few words, for a headline: `inside contingency`. None without a forecast, where the headline keeps the budget itself, and
/// where it is inside and others go beyond: that needs [`cover_of_counts`].
#[must_use]
pub fn cover_in_short(desk: &Desk<'_>) -> Option<String> {
    let forecasts = cost_forecasts(desk);
    let (headline, others) = forecasts.split_first()?;
    let is_one = !headline.is_inside() || others.iter().all(CostForecast::is_inside);
    covered(desk, headline).filter(|_| is_one)
}

/// By which counts contingency holds and by how much it falls short by others, without letters of formulas: `Contingency holds by the cost
/// trend, but falls short by 1 896 EUR counted from what is left.` None where all others stay inside.
#[must_use]
pub fn cover_of_counts(desk: &Desk<'_>) -> Option<String> {
    let beyond = beyond(desk, CostForecast::by_in_short)?;
    let headline = cost_forecasts(desk).into_iter().next()?;
    let noun = format::sentence_start(covering(desk));
    Some(if headline.is_inside() {
        format!("{noun} holds {}, but falls short by {beyond}.", headline.by_in_short())
    } else {
        format!("{noun} falls short by {beyond}.")
    })
}

/// That other forecasts go beyond budget and contingency although the headline does not, for a cell: `beyond contingency by other counts`. None
/// where they agree.
#[must_use]
pub fn beyond_in_a_line(desk: &Desk<'_>) -> Option<String> {
    let forecasts = cost_forecasts(desk);
    let (_, others) = forecasts.split_first().filter(|(headline, _)| headline.is_inside())?;
    match others.iter().filter(|one| !one.is_inside()).count() {
        0 => None,
        1 => Some(format!("beyond {} by another count", covering(desk))),
        _ => Some(format!("beyond {} by other counts", covering(desk))),
    }
}

/// What else everything may cost, a line each and without letters of formulas: `659 000 to 738 552 by the other formulas`, `half of the runs
/// cost more than 752 429` where that lies outside. Empty where all formulas say the same.
#[must_use]
pub fn other_costs(desk: &Desk<'_>) -> Vec<String> {
    let [(low, _), (high, _)] = desk.project.control.estimate_range();
    if low == high {
        return Vec::new();
    }
    let range = format!("{} to {} by the other formulas", desk.money(low), desk.money(high));
    let beyond = outside_the_formulas(desk, low, high)
        .map(|median| format!("half of the runs cost more than {}", desk.money(median)));
    [Some(range), beyond].into_iter().flatten().collect()
}

/// What half of the runs go beyond, where no formula says as much or as little.
fn outside_the_formulas(desk: &Desk<'_>, low: Amount, high: Amount) -> Option<Amount> {
    let forecasts = cost_forecasts(desk);
    let median = forecasts.iter().find(|forecast| forecast.basis == ForecastBasis::Median)?.amount;
    (median < low || median > high).then_some(median)
}

/// From the lowest to the highest estimate of the formulas, and what half of the runs go beyond where that lies outside: `659 000 to 738 552
/// by EAC₁ to EAC₄, 752 429 by P50`. None where all formulas say the same.
#[must_use]
pub fn range_in_short(desk: &Desk<'_>) -> Option<String> {
    let [(low, lowest), (high, highest)] = desk.project.control.estimate_range();
    if low == high {
        return None;
    }
    let range = format!("{} to {} by {lowest} to {highest}", desk.money(low), desk.money(high));
    let outside = outside_the_formulas(desk, low, high);
    Some(outside.map_or(range.clone(), |median| format!("{range}, {} by P50", desk.money(median))))
}

fn has_contingency(desk: &Desk<'_>) -> bool {
    desk.project.control.spending.contingency.granted > Amount::ZERO
}

/// What covers an overrun, as a noun.
fn covering(desk: &Desk<'_>) -> &'static str {
    if has_contingency(desk) { "contingency" } else { "budget" }
}

/// Whether contingency covers a forecast; none where it keeps the budget itself.
fn covered(desk: &Desk<'_>, forecast: &CostForecast) -> Option<String> {
    if forecast.amount <= desk.project.control.total.budget {
        return None;
    }
    Some(if !has_contingency(desk) {
        "with no contingency to cover it".to_owned()
    } else if forecast.is_inside() {
        "inside contingency".to_owned()
    } else {
        format!("{} beyond contingency", desk.money_words(forecast.beyond))
    })
}

/// What the headline estimate needs of the contingency: `72.5 % of what is left is needed by the cost trend (EAC₂)`. The one measure of it
/// on all pages: what is still to be paid, against what is still there. None without contingency, without recorded cost or
/// once the project is stopped.
#[must_use]
pub fn contingency_needed(desk: &Desk<'_>) -> Option<String> {
    let contingency = &desk.project.control.spending.contingency;
    let forecasts = cost_forecasts(desk);
    let headline = forecasts.first().filter(|_| contingency.granted > Amount::ZERO)?;
    let by = headline.by();
    Some(match contingency.share_needed() {
        Some(_) if needs_more_than_all(desk, headline) => {
            format!("more than all of what is left is needed {by}")
        }
        Some(share) => format!("{} of what is left is needed {by}", format::share(share.get())),
        None if contingency.forecast_use > Amount::ZERO => {
            format!("nothing is left, and {} are needed {by}", desk.money_words(contingency.forecast_use))
        }
        None => "nothing is left".to_owned(),
    })
}

/// What the headline estimate needs beyond all of the contingency; none where that covers it.
#[must_use]
pub fn beyond_all(desk: &Desk<'_>) -> Option<Amount> {
    let headline = cost_forecasts(desk).into_iter().next()?;
    needs_more_than_all(desk, &headline).then_some(headline.beyond)
}

/// Whether a forecast takes all of the contingency and more: what goes beyond it is for the management reserve, so that the share that
/// is needed says no more than all.
fn needs_more_than_all(desk: &Desk<'_>, headline: &CostForecast) -> bool {
    let share = desk.project.control.spending.contingency.share_needed();
    !headline.is_inside() && share.is_some_and(|share| share.get() <= 1.0)
}

/// The same in a few words, for a tile that leads to the rest, with the forecasts that need more, a line each: `72.5 % needed by the cost
/// trend`, `more than all of it counted from what is left and in half of the runs`.
#[must_use]
pub fn contingency_needed_in_short(desk: &Desk<'_>) -> Vec<String> {
    let forecasts = cost_forecasts(desk);
    let Some((headline, others)) = forecasts.split_first() else { return Vec::new() };
    let contingency = &desk.project.control.spending.contingency;
    if desk.project.control.has_ended() {
        return of_what_was_left(desk).into_iter().collect();
    }
    let Some(share) = contingency.share_needed() else {
        return contingency_needed(desk).into_iter().collect();
    };
    let part = if contingency.forecast_use > Amount::ZERO {
        format::share(share.get())
    } else {
        "nothing".to_owned()
    };
    let more: Vec<String> =
        others.iter().filter(|one| !one.is_inside()).map(|one| one.by_in_short().to_owned()).collect();
    if needs_more_than_all(desk, headline) {
        let all: Vec<String> = std::iter::once(headline.by_in_short().to_owned()).chain(more).collect();
        return vec![format!("more than all of it needed {}", format::listed(&all))];
    }
    let beyond = (!more.is_empty()).then(|| format!("more than all of it {}", format::listed(&more)));
    std::iter::once(format!("{part} needed {}", headline.by_in_short())).chain(beyond).collect()
}

/// What of the contingency left at the end was spent beyond the budget without a draw: no trend needs any more of it. `6 529 EUR of it spent
/// beyond the budget`; none where there is no contingency.
fn of_what_was_left(desk: &Desk<'_>) -> Option<String> {
    let contingency = &desk.project.control.spending.contingency;
    if contingency.granted <= Amount::ZERO {
        return None;
    }
    let spent = contingency.forecast_use;
    Some(if spent <= Amount::ZERO {
        "not needed any more".to_owned()
    } else if spent > contingency.remaining.max(Amount::ZERO) {
        format!("{} were spent beyond the budget", desk.money_words(spent))
    } else {
        format!("{} of it spent beyond the budget", desk.money_words(spent))
    })
}

/// All forecasts beside budget and contingency, each with its distance, and why they differ. None where there are not two
/// to compare.
#[must_use]
pub fn compared(desk: &Desk<'_>) -> Option<String> {
    let forecasts = cost_forecasts(desk);
    if forecasts.len() < 2 {
        return None;
    }
    let control = &desk.project.control;
    let limit = control.cost_baseline();
    let told: Vec<String> = forecasts
        .iter()
        .map(|one| {
            let distance = distance(desk, one);
            let granted = if one.to_come > Amount::ZERO {
                format!(
                    " and {} granted for work not done, which it does not know,",
                    desk.money_words(one.to_come)
                )
            } else {
                ",".to_owned()
            };
            format!("{} {}{granted} {distance}", desk.money_words(one.amount), one.by())
        })
        .collect();
    let of = if control.spending.contingency.granted > Amount::ZERO {
        "cost baseline (budget with contingency)"
    } else {
        "budget"
    };
    Some(format!(
        "Against a {of} of {} everything will have cost: {}. {WHY_THEY_DIFFER}",
        desk.money_words(limit),
        told.join("; ")
    ))
}

/// How far a forecast is from the cost baseline: `16 720 EUR inside`.
fn distance(desk: &Desk<'_>, forecast: &CostForecast) -> String {
    let (distance, side) = if forecast.is_inside() {
        (Amount::ZERO - forecast.beyond, "inside")
    } else {
        (forecast.beyond, "beyond")
    };
    format!("{} {side}", desk.money_words(distance))
}

/// All forecasts beside the cost baseline, a row each: under what condition, what everything costs then, and how far inside or beyond the
/// baseline that is. None where there are not two to compare.
#[must_use]
pub fn side_by_side(desk: &Desk<'_>) -> Option<Table> {
    let forecasts = cost_forecasts(desk);
    if forecasts.len() < 2 {
        return None;
    }
    let limit = format!("#Against {}", desk.money_words(desk.project.control.cost_baseline()));
    let mut table = Table::new(&["What everything will have cost", "By", "#At completion", &limit]);
    for one in &forecasts {
        let distance = distance(desk, one);
        let granted = (one.to_come > Amount::ZERO)
            .then(|| format!("and {} granted for work not done", desk.money(one.to_come)));
        let cost = Cell::text(desk.money_words(one.amount))
            .explained(desk.explained(forecast_key(one.basis)))
            .note_if(granted);
        let distance = Cell::text(distance).explained(desk.explained(&distance_key(one.basis)));
        table.push(Row::new(vec![
            Cell::text(one.basis.condition()),
            Cell::text(one.basis.letters()),
            cost,
            if one.is_inside() { distance } else { distance.class("bad") },
        ]));
    }
    Some(table)
}

/// Which forecast of cost leads, what the others say and why they differ, in a few sentences; none where there are not two that differ.
#[must_use]
pub fn leading_cost(desk: &Desk<'_>) -> Option<String> {
    let forecasts = cost_forecasts(desk);
    let (headline, others) = forecasts.split_first().filter(|_| !desk.project.control.has_ended())?;
    let told: Vec<String> = others
        .iter()
        .filter(|other| desk.money(other.amount) != desk.money(headline.amount))
        .map(|other| format!("{} {}", desk.money_words(other.amount), other.by()))
        .collect();
    (!told.is_empty()).then(|| {
        format!(
            "Of the cost {} {} leads: tolerance and exception follow it; beside it stand {}. {WHY_THEY_DIFFER}",
            desk.money_words(headline.amount),
            headline.by(),
            format::listed(&told)
        )
    })
}

/// Why the forecasts of cost differ.
pub const WHY_THEY_DIFFER: &str = "They differ because the headline knows only what was spent for the work done so far; the count \
                                   knows the price of each task that is left; the runs begin at the count and vary it by \
                                   ranges and risks.";

/// The forecasts beside the headline that go beyond budget and contingency, in one sentence, but for those that a reason has named; none where
/// all others stay inside.
#[must_use]
pub fn others_beyond(desk: &Desk<'_>, reason: &str) -> Option<String> {
    let noun = if has_contingency(desk) { "budget and contingency" } else { "the budget" };
    let forecasts = cost_forecasts(desk);
    let others = forecasts.iter().skip(1).filter(|one| !one.is_inside());
    let told: Vec<String> = others
        .filter(|one| !reason.contains(one.basis.letters()))
        .map(|one| format!("{} {}", desk.money_words(one.amount), one.by()))
        .collect();
    (!told.is_empty()).then(|| format!("Beyond {noun}: {}.", format::listed(&told)))
}

/// Why the estimate is not the trend, in one sentence: `55 480 EUR are spent and 20 920 EUR on order, 8 446 EUR more than by the cost trend
/// (EAC₂): the estimate is what is spent, with what is left counted piece by piece.` None where the trend holds the orders.
#[must_use]
pub fn orders_beyond(desk: &Desk<'_>) -> Option<String> {
    let control = &desk.project.control;
    control.orders_beyond_trend().map(|beyond| {
        format!(
            "{} are spent and {} on order, {} more than {}: the estimate is what is spent, with what is left counted piece by piece.",
            desk.money_words(control.total.actual),
            desk.money_words(control.bottom_up.orders),
            desk.money_words(beyond),
            ForecastBasis::by_performance(&control.total).words()
        )
    })
}

/// By how much the forecasts beside the headline go beyond contingency, in one sentence: `Contingency falls short by 23 552 EUR counted from
/// what is left (EAC₄).` None where all stay inside.
#[must_use]
pub fn others_beyond_by(desk: &Desk<'_>) -> Option<String> {
    beyond(desk, CostForecast::by)
        .map(|told| format!("{} falls short by {told}.", format::sentence_start(covering(desk))))
}

/// By how much the forecasts beside the headline go beyond, each with what it is read from; none where all stay inside.
fn beyond(desk: &Desk<'_>, by: fn(&CostForecast) -> &'static str) -> Option<String> {
    let forecasts = cost_forecasts(desk);
    let others = forecasts.iter().skip(1).filter(|one| !one.is_inside());
    let told: Vec<String> =
        others.map(|one| format!("{} {}", desk.money_words(one.beyond), by(one))).collect();
    (!told.is_empty()).then(|| format::listed(&told))
}
