//! Reserves: what was granted, who drew how much with which authority, what is left.

use crate::control::{Authority, DrawSource, Reserve};
use crate::format;
use crate::model::ReserveKind;
use crate::page::address::Thing;
use crate::page::desk::Desk;
use crate::page::explain::{left_after, reserve_key};
use crate::page::view::{Cell, Row, Table};
use crate::quantity::Amount;

/// Contingency and management reserve: granted, drawn, left.
#[must_use]
pub fn reserves(desk: &Desk<'_>) -> Table {
    let spending = &desk.project.control.spending;
    let budget = &desk.project.project.budget;
    let is_forecast = !desk.project.control.is_stopped;
    let mut head = vec!["Reserve", "#Granted", "#Drawn", "#Left"];
    if is_forecast {
        head.extend(["#Needed by the forecast", "#Then left"]);
    }
    head.push("Written at");
    let mut table = Table::new(&head);
    let rows = [
        (
            "Contingency, for known risks",
            ReserveKind::Contingency,
            &spending.contingency,
            budget.contingency_origin,
        ),
        (
            "Management reserve, for the unknown",
            ReserveKind::ManagementReserve,
            &spending.management_reserve,
            budget.reserve_origin,
        ),
    ];
    let booked =
        rows.iter().flat_map(|(_, _, reserve, _)| [reserve.granted, reserve.drawn, reserve.remaining]);
    // A forecast is seldom whole: its cents are shown only where the row would not add up without them.
    let forecast: Vec<(Amount, Vec<Amount>)> = rows
        .iter()
        .filter(|_| is_forecast)
        .map(|(_, _, reserve, _)| (reserve.remaining, vec![reserve.forecast_use, reserve.after_forecast()]))
        .collect();
    let adds_up = format::add_up_in_whole(desk.project.project.currency, &forecast);
    let precision =
        desk.precision(booked.chain(forecast.into_iter().filter(|_| !adds_up).flat_map(|(_, parts)| parts)));
    for (name, kind, reserve, origin) in rows {
        if *reserve == Reserve::default() {
            continue;
        }
        let after = reserve.after_forecast();
        let shown = |text: String, part: &str| {
            Cell::text(text).explained(desk.explained(&format!("{}-{part}", reserve_key(kind))))
        };
        let bad = |cell: Cell, is_bad: bool| if is_bad { cell.class("bad") } else { cell };
        let mut cells = vec![
            Cell::text(name),
            shown(precision.money(reserve.granted), "granted"),
            shown(precision.money(reserve.drawn), "drawn"),
            bad(shown(precision.money(reserve.remaining), "left"), reserve.remaining < Amount::ZERO),
        ];
        if is_forecast {
            cells.push(shown(precision.money(reserve.forecast_use), "needed"));
            cells.push(bad(shown(precision.money(after), "after"), after < Amount::ZERO));
        }
        cells.push(desk.place_cell(origin));
        table.push(Row::new(cells));
    }
    table
}

/// What was taken from reserves in order of time, each with day, authority and what was left after it; then the changes
/// that wait to be paid from one.
#[must_use]
pub fn draws(desk: &Desk<'_>) -> Table {
    let project = &desk.project.project;
    let day = desk.project.status_date;
    let mut table =
        Table::new(&["Drawn by", "", "Decided", "By", "From", "#Amount", "#Left then", "Written at"]);
    let mut left = [project.budget.contingency, project.budget.management_reserve];
    let draws = &desk.project.control.spending.draws;
    let precision = desk.precision(draws.iter().map(|draw| draw.amount).chain(left));
    for (place, draw) in draws.iter().enumerate() {
        let [contingency, management] = &mut left;
        let left = match draw.from {
            ReserveKind::Contingency => contingency,
            ReserveKind::ManagementReserve => management,
        };
        *left -= draw.amount;
        let (thing, words) = match &draw.by {
            DrawSource::Change(id) => {
                let change = project.registers.changes.iter().find(|change| change.id == *id);
                (Thing::Change(id), change.map(|change| desk.line(&change.change)))
            }
            DrawSource::Decision(id) => {
                let decision = project.registers.decisions.iter().find(|decision| decision.id == *id);
                (Thing::Decision(id), decision.map(|decision| desk.line(&decision.question)))
            }
        };
        let left_cell = Cell::text(precision.money(*left)).explained(desk.explained(&left_after(place)));
        table.push(Row::new(vec![
            Cell::text(draw.by.id().to_string()).href(desk.href_to(&thing)).class("nowrap"),
            words.unwrap_or_default(),
            draw.date.map_or_else(|| Cell::text("no day").class("bad"), |date| desk.date(Some(date))),
            authority(desk, draw.decided_by, draw.authority),
            Cell::text(draw.from.word()),
            Cell::text(precision.money(draw.amount)).explained(desk.href_of_field(draw.origin, "amount")),
            if *left < Amount::ZERO { left_cell.class("bad") } else { left_cell },
            desk.place_cell(Some(draw.origin)),
        ]));
    }
    for change in project.registers.changes.iter().filter(|change| change.is_waiting(day)) {
        let from = change.pay_from.as_deref().and_then(ReserveKind::from_key);
        let (Some(cost), Some(from)) = (change.cost, from) else { continue };
        table.push(
            Row::new(vec![
                Cell::text(change.id.to_string())
                    .href(desk.href_to(&Thing::Change(&change.id)))
                    .class("nowrap"),
                desk.line(&change.change),
                Cell::text("waits for approval"),
                Cell::nothing(),
                Cell::text(from.word()),
                Cell::text(precision.money(cost)).explained(desk.href_of_field(change.origin, "impact.cost")),
                Cell::nothing(),
                desk.place_cell(Some(change.origin)),
            ])
            .class("muted"),
        );
    }
    table
}

/// Who decided, and by what right.
fn authority(desk: &Desk<'_>, person: Option<crate::model::PersonNo>, authority: Authority) -> Cell {
    let word = match authority {
        Authority::Sponsor => "sponsor",
        Authority::Steering => "steering board",
        Authority::ProjectManager => "project manager",
        Authority::BeyondLimit => "project manager, beyond the limit",
        Authority::NotEntitled => "not entitled",
        Authority::Nobody => return Cell::text("nobody named").class("bad"),
    };
    let cell = desk.person(person).note(word);
    if authority.is_enough() { cell } else { cell.class("bad") }
}
