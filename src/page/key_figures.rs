//! The key figures of the dashboard: finish, money, whether it is still worth it, pace and the work that is left. What rests on something that
//! could not be read is blank, with the reason.

use crate::format;
use crate::model::Ground;
use crate::page::cost_outlook;
use crate::page::desk::Desk;
use crate::page::unread::{is_known, why_no_estimate, why_not};
use crate::page::verdict::{finish_slip_days, likely_finish, promise_word};
use crate::page::view::Tile;
use crate::quantity::Amount;

/// Puts the key figures together.
pub(super) fn tiles(desk: &Desk<'_>) -> Vec<Tile> {
    let control = &desk.project.control;
    let currency = desk.project.project.currency.to_string();
    let mut tiles = Vec::new();
    if !control.is_stopped {
        tiles.push(finish_tile(desk));
    }
    let has_money = control.total.budget > Amount::ZERO || !is_known(desk, &[Ground::Worth]);
    if has_money {
        tiles.extend(money_tiles(desk, &currency));
    }
    tiles.extend(case_tile(desk, &currency));
    let is_earned_known = is_known(desk, Ground::EARNED);
    let pace = control.discrete_schedule.index.filter(|_| !control.is_stopped && is_earned_known);
    if let Some(index) = pace {
        tiles.push(Tile {
            label: "Pace, SPI(t)".to_owned(),
            figure: format::index(Some(index)),
            note: Some(
                if control.discrete.is_too_early() {
                    "too early to count: less than 15\u{a0}% is earned"
                } else {
                    "days earned per day passed, without level of effort"
                }
                .to_owned(),
            ),
            href: desk.href_page("budget"),
            explained: desk.explained("discrete-spi-t").or_else(|| desk.explained("spi-t")),
            ..Tile::default()
        });
    }
    if control.effort_burn.scope > 0.0 && !control.is_stopped && desk.project.are_days_known {
        let burn = &control.effort_burn;
        tiles.push(Tile {
            label: "Planned work left".to_owned(),
            figure: format::number(burn.remaining, 1),
            unit: Some("person-days".to_owned()),
            note: Some(format!("of {}", format::number(burn.scope, 1))),
            href: desk.href_page("burn"),
            explained: desk.explained("burn.remaining"),
            ..Tile::default()
        });
    }
    tiles
}

/// Is it still worth it; nothing without a preferred option.
fn case_tile(desk: &Desk<'_>, currency: &str) -> Option<Tile> {
    use crate::page::case_then_now::{approved_npv, npv_now};
    let now = npv_now(desk.project)?;
    if let Some(why) = why_not(desk, Ground::CASE) {
        return Some(unknown_tile("Net present value", "business-case", desk, why));
    }
    // Before a gate has passed it is what was typed at first that it is compared with.
    let then = if desk.project.control.gates_passed.is_empty() { "planned" } else { "approved" };
    let mut details = Vec::new();
    let state = match approved_npv(desk.project) {
        Some(approved) if approved == now => format!("of the preferred option, as {then}"),
        Some(approved) => {
            details.push(format!("{then} {}", desk.money_signed(approved)));
            "with cost and date of now".to_owned()
        }
        None => "of the preferred option, as typed".to_owned(),
    };
    let figures = desk.project.control.case.as_ref()?.preferred_now()?;
    if figures.npv_cashable_only != now {
        details.push(format!("in money alone {}", desk.money_signed(figures.npv_cashable_only)));
    }
    Some(Tile {
        label: "Net present value".to_owned(),
        figure: desk.money_signed(now),
        unit: Some(currency.to_owned()),
        note: Some(state),
        details,
        href: desk.href_page("business-case"),
        explained: desk.explained(&crate::page::case_then_now::npv_key(desk)),
        ..Tile::default()
    })
}

/// A figure that rests on what could not be read.
fn unknown_tile(label: &str, page: &str, desk: &Desk<'_>, why: String) -> Tile {
    Tile {
        label: label.to_owned(),
        figure: format::NOTHING.to_owned(),
        note: Some(why),
        href: desk.href_page(page),
        ..Tile::default()
    }
}

/// When it will be finished; how far that is from the promise is told beneath, since the verdict has told it above.
fn finish_tile(desk: &Desk<'_>) -> Tile {
    let control = &desk.project.control;
    if let Some(why) = desk.days_unread() {
        return unknown_tile("Forecast finish", "schedule", desk, why);
    }
    let slip = finish_slip_days(desk);
    let side = if slip < 0 { "ahead" } else { "behind" };
    let behind = match usize::try_from(slip.abs()).unwrap_or_default() {
        0 if control.reference.is_baseline() => "on time".to_owned(),
        0 => "as planned".to_owned(),
        days => format!("{} {side}", format::count(days, "working day")),
    };
    let tolerance = desk.project.project.tolerance.time.filter(|_| is_known(desk, Ground::SLIP_LEFT));
    let tolerance = tolerance.map_or_else(String::new, |time| format!(" (tolerance {})", desk.days(time)));
    let no_promise = why_not(desk, &[Ground::Promise]);
    let details = if no_promise.is_some() { Vec::new() } else { promise_and_runs(desk) };
    Tile {
        label: if control.is_finished { "Finish" } else { "Forecast finish" }.to_owned(),
        figure: format::date(desk.project.forecast.finish_day()),
        note: Some(no_promise.unwrap_or_else(|| format!("{behind}{tolerance}"))),
        details,
        href: desk.href_page("schedule"),
        explained: desk.explained("finish"),
        ..Tile::default()
    }
}

/// The promise, how many of the runs keep it, and the days by which half and four of five of them end where the verdict does not say it, where
/// ranges or risks are typed: `promised 22 Jan 2027, kept in 73 % of the runs`, `half of the runs end by 12 Mar 2027, four of five by 19 Mar 2027`.
fn promise_and_runs(desk: &Desk<'_>) -> Vec<String> {
    let control = &desk.project.control;
    let mut promise = format!("{} {}", promise_word(desk), format::date(control.reference.finish));
    let Some(risk) = desk.project.risk.as_ref() else { return vec![promise] };
    if let Some(chance) = control.chance_of_promise(Some(risk)) {
        promise += &format!(", kept in {}", format::of_the_runs(chance));
    }
    let by = |percent| risk.finish.day(percent).map(format::date);
    let runs = by(50).zip(by(80)).filter(|_| likely_finish(desk).is_none()).map(|(half, most)| {
        if half == most {
            format!("four of five of the runs end by {most}")
        } else {
            format!("half of the runs end by {half}, four of five by {most}")
        }
    });
    std::iter::once(promise).chain(runs).collect()
}

fn money_tiles(desk: &Desk<'_>, currency: &str) -> Vec<Tile> {
    let control = &desk.project.control;
    let total = &control.total;
    if let Some(why) = why_not(desk, &[Ground::Spent]).filter(|_| control.is_stopped) {
        return vec![unknown_tile("Spent", "budget", desk, why)];
    }
    if control.is_stopped {
        return vec![Tile {
            label: "Spent".to_owned(),
            figure: desk.money(total.actual),
            unit: Some(currency.to_owned()),
            note: Some(format!("of a budget of {}", desk.money(total.budget))),
            href: desk.href_page("budget"),
            explained: desk.explained("ac"),
            ..Tile::default()
        }];
    }
    let estimate = control.estimate();
    let mut tiles = vec![Tile {
        label: if control.is_finished { "Cost at completion" } else { "Estimate at completion" }.to_owned(),
        figure: estimate.map_or_else(|| format::NOTHING.to_owned(), |estimate| desk.money(estimate)),
        unit: estimate.map(|_| currency.to_owned()),
        note: Some(if estimate.is_some() {
            format!("budget {}", desk.money(total.budget))
        } else if is_known(desk, Ground::BUDGET) {
            format!("budget {}; {}", desk.money(total.budget), why_no_estimate(desk))
        } else {
            why_no_estimate(desk)
        }),
        details: if estimate.is_some() { cost_outlook::other_costs(desk) } else { Vec::new() },
        href: desk.href_page("budget"),
        explained: estimate.and_then(|_| desk.explained("eac")),
        ..Tile::default()
    }];
    let contingency = &control.spending.contingency;
    let unread = &desk.project.project.budget.unread_reserves;
    let unread_reserves = why_not(desk, &[Ground::Reserves])
        .filter(|_| contingency.granted > Amount::ZERO || !unread.is_empty());
    if let Some(why) = unread_reserves {
        tiles.push(unknown_tile("Contingency left", "budget", desk, why));
    } else if contingency.granted > Amount::ZERO {
        let mut needed = cost_outlook::contingency_needed_in_short(desk).into_iter();
        tiles.push(Tile {
            label: "Contingency left".to_owned(),
            figure: desk.money(contingency.remaining),
            unit: Some(currency.to_owned()),
            note: needed.next(),
            details: needed.collect(),
            href: desk.href_page("budget"),
            explained: desk.explained("contingency-left"),
            ..Tile::default()
        });
    }
    if let Some(why) = why_not(desk, Ground::RISKS) {
        tiles.push(unknown_tile("Threats after response", "raid", desk, why));
    } else if !desk.project.project.registers.risks.is_empty() {
        let today = crate::page::risks::threats_today(desk);
        let gain = crate::page::risks::opportunity_words(desk);
        let as_they_stand = today.map(|today| format!("{} as they stand today", desk.money_words(today)));
        tiles.push(Tile {
            label: "Threats after response".to_owned(),
            figure: desk.money(crate::page::risks::outlook(desk).threats),
            unit: Some(currency.to_owned()),
            note: Some(if today.is_some() {
                "expected cost if every response works".to_owned()
            } else {
                "expected cost of open threats".to_owned()
            }),
            details: as_they_stand.into_iter().chain(gain).collect(),
            href: desk.href_page("raid"),
            explained: desk.explained("threats"),
            ..Tile::default()
        });
    }
    tiles
}
