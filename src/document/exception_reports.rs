//! An exception report by report: when the forecast first left the tolerance, and what each report since said.

use crate::control::{Colour, DimensionKind, episodes, unapproved_on, was_left};
use crate::format;
use crate::model::Snapshot;
use crate::page::Desk;
use crate::page::address::Thing;
use crate::page::frame::status_of;
use crate::page::milestones::slip_cell;
use crate::page::view::{Cell, Row, Status, Table};
use crate::quantity::Amount;

/// So many reports are listed at least, where there are as many.
const REPORTS: usize = 8;

/// Whether the tolerance is a number of units.
pub(super) fn counts_units(desk: &Desk<'_>, kind: DimensionKind) -> bool {
    kind == DimensionKind::Scope && desk.project.project.tolerance.unapproved.is_some()
}

/// The reports of a table: from the one that first left the tolerance in the time that stands, or ended last, up to the status
/// date; where that is a matter of a few reports, the newest ones before it too.
fn reports<'a>(desk: &'a Desk<'_>, kind: DimensionKind) -> Vec<&'a Snapshot> {
    let project = &desk.project.project;
    let day = desk.project.status_date;
    let frozen: Vec<&Snapshot> =
        project.snapshots.iter().filter(|frozen| frozen.status_date <= day).collect();
    let episodes = episodes(project, &desk.project.control);
    let last = episodes.iter().rfind(|episode| episode.kind == kind);
    let first = last.and_then(|episode| episode.first).map_or(day, |first| first.status_date);
    let begun = frozen.iter().position(|frozen| frozen.status_date >= first).unwrap_or(frozen.len());
    frozen[begun.min(frozen.len().saturating_sub(REPORTS))..].to_vec()
}

/// What each of these reports said.
pub(super) fn by_report(desk: &Desk<'_>, kind: DimensionKind) -> Table {
    let project = &desk.project.project;
    let mut table = match kind {
        DimensionKind::Time => Table::new(&["Report", "Promised", "Forecast", "#Slip", "Tolerance"]),
        DimensionKind::Cost => Table::new(&["Report", "#Budget", "#Estimate", "#Over", "Tolerance"]),
        _ if counts_units(desk, kind) => {
            Table::new(&["Report", "#Without approval", "#Tolerated", "Tolerance"])
        }
        _ => Table::new(&["Report", "Status", "Tolerance"]),
    };
    let inside =
        |is_left: bool| Cell::status(if is_left { Status::red("Left") } else { Status::green("Inside") });
    for frozen in reports(desk, kind) {
        let figures = &frozen.figures;
        let place = |field: &str| desk.href_of_field(frozen.origin, field);
        let report = Cell::text(format::date(frozen.status_date))
            .href(desk.href_to(&Thing::Report(frozen.status_date)));
        let is_left = was_left(project, &desk.project.control, frozen, kind);
        table.push(Row::new(match kind {
            DimensionKind::Time => {
                let slip = figures
                    .baseline_finish
                    .zip(figures.forecast_finish)
                    .map(|(promised, forecast)| desk.slip_days(promised, forecast));
                vec![
                    report,
                    desk.date(figures.baseline_finish).explained(place("finish.baseline")),
                    desk.date(figures.forecast_finish).explained(place("finish.forecast")),
                    slip_cell(slip).explained(place("finish.forecast")),
                    inside(is_left),
                ]
            }
            DimensionKind::Cost => {
                let money = |amount: Option<Amount>| Cell::maybe(amount.map(|amount| desk.money(amount)));
                let judged = figures.judged_estimate();
                let over = judged.zip(figures.total.budget);
                let field = if figures.estimate_judged.is_some() { "evm.eac_judged" } else { "evm.eac" };
                vec![
                    report,
                    money(figures.total.budget).explained(place("evm.bac")),
                    money(judged).explained(place(field)),
                    Cell::maybe(over.map(|(estimate, budget)| desk.money_difference(budget, estimate)))
                        .explained(place(field)),
                    inside(is_left),
                ]
            }
            _ if counts_units(desk, kind) => {
                let counted = unapproved_on(project, &desk.project.control, frozen.status_date);
                let [unapproved, allowed] = [counted.map(|one| one.0), counted.map(|one| one.1)]
                    .map(|units| Cell::maybe(units.map(format::whole)));
                vec![
                    report,
                    unapproved.explained(place("units")),
                    allowed.explained(desk.href_field("tolerance.unapproved")),
                    inside(is_left),
                ]
            }
            _ => {
                let word = frozen.dimensions.get(kind.key());
                let colour = word.and_then(|word| Colour::from_word(word));
                let status = colour.map_or_else(|| Status::unknown("Not rated"), status_of);
                vec![report, Cell::status(status).explained(place("colour")), inside(is_left)]
            }
        }));
    }
    table
}
