//! Section 3.3: the published vector, the house vector, the edge cases, and the branch network.

use milepost::control::{EarnedValue, ToComplete};
use milepost::quantity::{Amount, Ratio};

use super::branch_network;
use super::table::{NONE, Place, Table, digits_as};

fn at(vector: &'static str) -> Place {
    Place { section: "3.3", vector }
}

/// Adds the vectors of the section.
pub fn add(table: &mut Table) {
    published(table);
    house(table);
    edges(table);
    golden(table);
}

fn whole(euros: i64) -> Amount {
    Amount(euros * 100)
}

fn value(budget: i64, planned: i64, earned: i64, actual: i64) -> EarnedValue {
    EarnedValue {
        budget: whole(budget),
        planned: whole(planned),
        earned: whole(earned),
        actual: whole(actual),
        counted: None,
    }
}

/// An amount in euros.
pub fn euros(amount: Amount) -> f64 {
    amount.as_f64() / 100.0
}

fn to_complete(found: ToComplete, places: usize) -> String {
    match found {
        ToComplete::Index(index) => format!("{:.places$}", index.get()),
        ToComplete::BudgetCannotBeMet => "budget cannot be met".to_owned(),
        ToComplete::NothingLeft => "nothing left".to_owned(),
    }
}

fn published(table: &mut Table) {
    // In hundreds: 129.375 needs more than cents.
    let (value, place) = (value(10_000, 5_000, 4_000, 4_500), at("published"));
    let hundreds = |amount: Amount| euros(amount) / 100.0;
    table.number(place, "SV", hundreds(value.schedule_variance()), "-10");
    table.number(place, "CV", hundreds(value.cost_variance()), "-5");
    table.maybe(place, "SPI", value.spi().map(Ratio::get), "0.80");
    table.maybe(place, "CPI", value.cpi().map(Ratio::get), "0.8889");
    table.number(place, "EAC₁", hundreds(value.estimate_one_off()), "105");
    table.maybe(place, "EAC₂", value.estimate_trend().map(hundreds), "112.5");
    table.maybe(place, "EAC₃", value.estimate_pressure().map(hundreds), "129.375");
    table.number(place, "ETC", hundreds(value.estimate_to_complete()), "67.5");
    table.number(place, "VAC", hundreds(value.variance_at_completion()), "-12.5");
    table.words(place, "TCPI(BAC)", to_complete(value.to_complete_index_budget(), 4), "1.0909");
    table.maybe(place, "TCPI(EAC₂)", value.to_complete_index_estimate().map(Ratio::get), "0.8889");
}

fn house(table: &mut Table) {
    let (value, place) = (value(200_000, 110_000, 92_000, 104_000), at("house"));
    table.maybe(place, "SPI", value.spi().map(Ratio::get), "0.8364");
    table.maybe(place, "CPI", value.cpi().map(Ratio::get), "0.8846");
    table.number(place, "EAC₁", euros(value.estimate_one_off()), "212000");
    table.maybe(place, "EAC₂", value.estimate_trend().map(euros), "226086.96");
    let pressed = digits_as(value.estimate_pressure().map(euros).unwrap(), "249973.54");
    let why = "104 000 + 108 000 × 104 000 × 110 000 ÷ 92 000² = 249 973.5349…; the reference rounds its last cent up";
    table.judged(place, "EAC₃", pressed, "249973.54", why);
    table.words(place, "TCPI(BAC)", to_complete(value.to_complete_index_budget(), 3), "1.125");
    let percent = |share: Option<Ratio>| share.map(|share| share.get() * 100.0);
    table.maybe(place, "SV in percent of PV", percent(value.schedule_variance_share()), "-16.36");
    table.maybe(place, "CV in percent of EV", percent(value.cost_variance_share()), "-13.04");
}

fn edges(table: &mut Table) {
    let place = at("edge cases");
    table.maybe(place, "SPI where PV = 0", value(100, 0, 10, 10).spi().map(Ratio::get), NONE);
    table.maybe(place, "CPI where AC = 0", value(100, 10, 10, 0).cpi().map(Ratio::get), NONE);
    let nothing = value(100, 10, 0, 10);
    table.maybe(place, "CPI where EV = 0 and AC > 0", nothing.cpi().map(Ratio::get), "0");
    table.maybe(place, "EAC₂ where EV = 0 and AC > 0", nothing.estimate_trend().map(euros), NONE);
    let (shown, letters) = (nothing.estimate(), nothing.headline().letters());
    table.words(place, "shown where EV = 0 and AC > 0", format!("{letters} {}", euros(shown)), "EAC₁ 110");
    let spent = to_complete(value(100, 90, 90, 100).to_complete_index_budget(), 2);
    table.words(place, "TCPI(BAC) where AC ≥ BAC and EV < BAC", spent, "budget cannot be met");
    let done = value(100, 100, 100, 110).to_complete_index_estimate().map(Ratio::get);
    table.maybe(place, "TCPI(EAC) where EAC = AC", done, NONE);
}

fn golden(table: &mut Table) {
    let control = branch_network::report().control;
    let (total, discrete, place) = (control.total, control.discrete, at("branch network"));
    table.number(place, "BAC", euros(total.budget), "98432");
    table.number(place, "of it level of effort", euros(total.budget - discrete.budget), "12672");
    table.number(place, "PV", euros(total.planned), "92480");
    table.number(place, "EV", euros(total.earned), "74200");
    table.number(place, "AC", euros(total.actual), "79120");
    table.maybe(place, "SPI", total.spi().map(Ratio::get), "0.802");
    table.maybe(place, "CPI", total.cpi().map(Ratio::get), "0.938");
    table.number(place, "EAC₁", euros(total.estimate_one_off()), "103352");
    table.maybe(place, "EAC₂", total.estimate_trend().map(euros), "104958.76");
    table.maybe(place, "EAC₃", total.estimate_pressure().map(euros), "111324.43");
    table.number(place, "VAC", euros(total.variance_at_completion()), "-6526.76");
    let used = Ratio::of_amounts(control.spending.contingency.forecast_use, whole(9_000));
    table.maybe(place, "VAC in percent of contingency", used.map(|used| used.get() * 100.0), "72.5");
    table.words(place, "TCPI(BAC)", to_complete(total.to_complete_index_budget(), 3), "1.255");
    table.number(place, "PV without level of effort", euros(discrete.planned), "80960");
    table.number(place, "EV without level of effort", euros(discrete.earned), "62680");
    table.maybe(place, "SPI without level of effort", discrete.spi().map(Ratio::get), "0.774");
    table.maybe(place, "CPI without level of effort", discrete.cpi().map(Ratio::get), "0.927");
    for (day, planned) in [
        ("2026-08-31", "14304"),
        ("2026-09-30", "23012"),
        ("2026-10-30", "72040"),
        ("2026-11-20", "92480"),
        ("2026-12-02", "98432"),
    ] {
        let found = euros(control.curve.planned_on(day.parse().unwrap()));
        table.number(place, &format!("PV on {day}"), found, planned);
    }
}
