//! Planned value that a baseline froze as points over time: the points that a day is read from, each with its line.

use jiff::civil::Date;

use crate::diagnostic::Span;
use crate::format;
use crate::model::ValueSeries;
use crate::page::desk::Desk;
use crate::page::explain::Figure;

/// Completes a figure that is the value of a frozen series on a day; `place` gives the line of a point, `ending` ends its formula.
///
/// Frozen were 1 800 for 9 August and 2 880 for 12 August: on 10 August 1 800 + (2 880 − 1 800) × 1 ÷ 3 = 2 160 were planned.
pub(super) fn read_off(
    desk: &Desk<'_>,
    figure: Figure,
    (series, day): (&ValueSeries, Date),
    (place, ending): (impl Fn(Date) -> Span, &str),
) -> Figure {
    let points = series.points();
    let after = points.partition_point(|(point, _)| *point <= day);
    let before = after.checked_sub(1).and_then(|place| points.get(place)).copied();
    let money = |amount| desk.money_exact(amount);
    let point = |figure: Figure, (at, amount): (Date, crate::quantity::Amount)| {
        figure.typed(format!("planned by {}", format::date(at)), money(amount), place(at))
    };
    match (before, points.get(after).copied()) {
        (Some(from), Some(to)) if from.0 < day && from.1 != to.1 => {
            let days = |until: Date| (until - from.0).get_days();
            let values = format!(
                "{} = {} + ({} − {}) × {} ÷ {}",
                figure.value,
                money(from.1),
                money(to.1),
                money(from.1),
                days(day),
                days(to.0)
            );
            let formula = "PV = planned by the frozen day before + what is planned by the next and not by it × calendar days gone ÷ calendar days between";
            point(point(figure.formula(format!("{formula}{ending}")).values(values), from), to)
        }
        (Some(known), _) => {
            let values = format!("{} = {}", figure.value, money(known.1));
            point(
                figure
                    .formula(format!("PV = planned by the newest day that the baseline froze{ending}"))
                    .values(values),
                known,
            )
        }
        (None, Some(first)) => {
            let formula = format!("PV = nothing before the first day that the baseline froze{ending}");
            point(figure.formula(formula), first)
        }
        (None, None) => figure.formula(format!("PV = nothing, as the baseline planned{ending}")),
    }
}
