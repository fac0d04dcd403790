//! How far each forecast of cost is inside or beyond the cost baseline.

use crate::control::{CostForecast, ForecastBasis};
use crate::page::cost_outlook::cost_forecasts;
use crate::page::desk::Desk;
use crate::page::explain::reserves::from_contingency_left;
use crate::page::explain::{Book, Figure};
use crate::quantity::Amount;

/// Adds a distance for each forecast; nothing where there is none.
pub(super) fn write(desk: &Desk<'_>, book: &mut Book) {
    for forecast in cost_forecasts(desk) {
        book.add(distance(desk, &forecast));
    }
}

/// The key of the distance of a forecast from the cost baseline.
#[must_use]
pub fn distance_key(basis: ForecastBasis) -> String {
    format!("{}-in-cost-baseline", forecast_key(basis))
}

/// The key of a forecast itself.
#[must_use]
pub fn forecast_key(basis: ForecastBasis) -> &'static str {
    match basis {
        ForecastBasis::OneOff | ForecastBasis::Trend | ForecastBasis::AsBooked => "eac",
        ForecastBasis::Counted => "eac-4",
        ForecastBasis::Median => "p50-cost",
    }
}

fn distance(desk: &Desk<'_>, forecast: &CostForecast) -> Figure {
    let spending = &desk.project.control.spending;
    let letters = forecast.basis.letters();
    let figure = Figure::new(
        distance_key(forecast.basis),
        format!("What the cost baseline leaves above {letters}"),
        desk.money_signed(Amount::ZERO - forecast.beyond),
    )
    .of("BAC", "bac")
    .input(
        "contingency left",
        desk.money_exact(spending.contingency.remaining),
        from_contingency_left(desk),
    );
    let figure = with_granted_draws(desk, figure).of(letters, forecast_key(forecast.basis));
    if forecast.to_come == Amount::ZERO {
        return figure.formula(format!("left = BAC + contingency left + draws − {letters}"));
    }
    figure
        .given(
            "draws to come",
            desk.money_exact(forecast.to_come),
            "granted for work that is not done, which the forecast does not know",
        )
        .formula(format!("left = BAC + contingency left + draws − {letters} − draws to come"))
}

/// Adds what was granted from reserves and is not in the budget.
pub(super) fn with_granted_draws(desk: &Desk<'_>, figure: Figure) -> Figure {
    figure.given(
        "draws",
        desk.money_exact(desk.project.control.spending.draws_granted),
        "granted from reserves, and not in the budget that is approved",
    )
}
