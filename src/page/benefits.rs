//! What success means and what the project brings: success criteria, benefits and their readings.

use serde::Serialize;

use crate::control::{BenefitForecast, FEWEST_READINGS};
use crate::format;
use crate::model::Benefit;
use crate::page::address::Thing;
use crate::page::desk::Desk;
use crate::page::register_cells::due;
use crate::page::view::{Cell, Chart, Row, Status, Table};
use crate::quantity::Ratio;

/// Success criteria and benefits of a project.
#[derive(Clone, Debug, Serialize)]
pub struct Benefits {
    /// By what success will be judged.
    pub criteria: Table,
    /// What the organisation gains.
    pub benefits: Table,
    /// A line for each benefit that has been measured.
    pub charts: Vec<Chart>,
}

/// Puts them together; none where nothing is recorded.
#[must_use]
pub fn benefits(desk: &Desk<'_>) -> Option<Benefits> {
    let project = &desk.project.project;
    if project.benefits.is_empty() && project.success_criteria.is_empty() {
        return None;
    }
    Some(Benefits {
        criteria: success_criteria(desk),
        benefits: benefit_table(desk),
        charts: project
            .benefits
            .iter()
            .filter_map(|benefit| desk.chart(&format!("benefit-{}", benefit.id)))
            .collect(),
    })
}

/// The measures by which success will be judged.
#[must_use]
pub fn success_criteria(desk: &Desk<'_>) -> Table {
    let mut table = Table::new(&["Measure of success", "#Before", "#Target", "By", "Owner"]);
    for criterion in &desk.project.project.success_criteria {
        table.push(Row::new(vec![
            desk.line(&criterion.measure),
            Cell::maybe(criterion.baseline.clone())
                .explained(desk.href_of_field(criterion.origin, "baseline")),
            Cell::maybe(criterion.target.clone()).explained(desk.href_of_field(criterion.origin, "target")),
            desk.date(criterion.by),
            desk.person(criterion.owner),
        ]));
    }
    table
}

/// The benefits with their newest reading by the status date.
#[must_use]
pub fn benefit_table(desk: &Desk<'_>) -> Table {
    let mut table = Table::new(&[
        "Benefit",
        "#Before",
        "#Target",
        "#Newest reading",
        "#Way gone",
        "#Forecast",
        "Due",
        "Owner",
        "State",
    ]);
    for benefit in &desk.project.project.benefits {
        table.push(row(desk, benefit));
    }
    table
}

fn row(desk: &Desk<'_>, benefit: &Benefit) -> Row {
    let day = desk.project.status_date;
    let newest = benefit.readings.iter().rev().find(|reading| reading.date <= day);
    let value = |thousandths: Option<i64>| {
        Cell::maybe(thousandths.map(|thousandths| format::measure(thousandths, benefit.unit.as_deref())))
    };
    let gone = newest.and_then(|reading| way_gone(benefit, reading.thousandths));
    let mut name = desk.line(&benefit.benefit);
    name.note = benefit.measure.as_ref().map(|measure| crate::prose::inline_text(&measure.markdown));
    Row::new(vec![
        name,
        value(benefit.baseline).explained(desk.href_of_field(benefit.origin, "baseline")),
        value(benefit.target).explained(desk.href_of_field(benefit.origin, "target")),
        value(newest.map(|reading| reading.thousandths))
            .note_if(newest.map(|reading| format::date(reading.date)))
            .explained(newest.and_then(|reading| desk.href_of_field(reading.origin, "value"))),
        Cell::text(gone.map_or_else(|| format::NOTHING.to_owned(), |gone| format::share(gone.get())))
            .explained(desk.explained(&format!("benefit-{}.gone", benefit.id))),
        forecast(desk, benefit).explained(desk.explained(&format!("benefit-{}.forecast", benefit.id))),
        due(desk, benefit.due, gone.is_none_or(|gone| gone.get() < 1.0)),
        desk.person(benefit.owner),
        Cell::status(state(desk, benefit, gone)),
    ])
    .id(Thing::Benefit(&benefit.id).anchor())
}

/// What is to be expected on the day it is due, or why nobody can say.
fn forecast(desk: &Desk<'_>, benefit: &Benefit) -> Cell {
    let unit = benefit.unit.as_deref();
    match BenefitForecast::of(benefit, desk.project.status_date) {
        BenefitForecast::Along { thousandths, attained } => Cell::text(format::measure(thousandths, unit))
            .note_if(attained.map(|share| format!("{} of the way", format::share(share.get())))),
        BenefitForecast::Read { .. } => Cell::text("as read").class("muted"),
        BenefitForecast::TooFew(number) => {
            Cell::text(format!("too few readings: {number} of {FEWEST_READINGS}")).class("muted")
        }
        BenefitForecast::OneDay => Cell::text("all readings are of one day").class("muted"),
        BenefitForecast::NoTarget => Cell::text("no target").class("watch"),
    }
}

/// The share of the way from the value before to the target that the newest reading has gone.
///
/// (reading − before) ÷ (target − before), for rising and falling measures alike: 31 → 10 with a reading of 17 is
/// two thirds. None without a value before, a target, or a way between them.
pub(super) fn way_gone(benefit: &Benefit, reading: i64) -> Option<Ratio> {
    let before = benefit.baseline?;
    Ratio::of((reading - before) as f64, (benefit.target? - before) as f64)
}

fn state(desk: &Desk<'_>, benefit: &Benefit, gone: Option<Ratio>) -> Status {
    let day = desk.project.status_date;
    match gone {
        Some(gone) if gone.get() >= 1.0 => Status::done("Reached"),
        _ if benefit.owner.is_none() => Status::red("No owner"),
        _ if benefit.due.is_some_and(|due| due < day) => Status::red("Not reached in time"),
        Some(_) => Status::amber("On the way"),
        None => Status::unknown("Not measured yet"),
    }
}
