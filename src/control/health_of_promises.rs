//! Time, cost and scope against what was promised.
//!
//! Limits follow the board's tolerances where it has set any; the defaults stand here as constants. No standard fixes
//! them, so every rule is spelled out beside the colour it gives.

use super::health::{Colour, Dimension, DimensionKind, HealthSource, joined, unrated};
use crate::format::{count, decimals, money_with_currency, share, working_days_in_words};
use crate::model::TaskNo;
use crate::quantity::{Amount, Ratio};

/// An index from here on is green.
const INDEX_GREEN: f64 = 0.95;
/// An index from here on is amber, below it red.
const INDEX_AMBER: f64 = 0.90;
/// Without a time tolerance of the board, the finish may slip by so many hundredths of the planned length.
const DEFAULT_TIME_TOLERANCE: i64 = 10;
/// Scope may grow by so much and stay green.
const GROWTH_GREEN: f64 = 0.05;
/// Scope may grow by so much and stay amber.
const GROWTH_AMBER: f64 = 0.15;
/// A change may wait so many working days for its decision.
const PATIENCE_DAYS: i64 = 10;

pub(super) fn time(source: &HealthSource) -> Dimension {
    let kind = DimensionKind::Time;
    let project = source.position.project;
    let planned_days = source.working_time.working_days_between(
        source.reference.start,
        source.reference.finish.tomorrow().unwrap_or(source.reference.finish),
    );
    let default = planned_days * project.work_time().minutes_per_day * DEFAULT_TIME_TOLERANCE / 100;
    let tolerance = project.tolerance.time.unwrap_or(default);
    let whose = if project.tolerance.time.is_some() { "the board's" } else { "10 % of the planned length" };
    let rule = format!(
        "green: slip up to half the tolerance of {} ({whose}), SPI(t) from {INDEX_GREEN:.2}, no cliff \
         ahead; red: slip beyond the tolerance or SPI(t) below {INDEX_AMBER:.2}; amber between",
        days(source, tolerance)
    );
    if project.tasks.is_empty() {
        return unrated(kind, rule, "there is no task in the plan");
    }
    let index = index_colour(source.schedule.index, source.total.is_too_early());
    let slip = match source.finish_slip {
        slip if slip > tolerance => Colour::Red,
        slip if slip > 0 && slip * 2 > tolerance => Colour::Amber,
        _ => Colour::Green,
    };
    let cliff = source.position.levers.iter().find_map(|lever| {
        lever.cliff.filter(|cliff| cliff.working_days > 0).map(|cliff| (lever.task, cliff))
    });
    let cliff_colour = cliff.map_or(Colour::Green, |_| Colour::Amber);
    let slip_words = match source.finish_slip {
        0 => "the forecast finish is the promised one".to_owned(),
        late if late > 0 => format!("the forecast finish slips by {}", days(source, late)),
        early => format!("the forecast finish is {} ahead", days(source, -early)),
    };
    // Without prices nothing is earned; the finish alone is judged then.
    let of = if source.discrete.budget > Amount::ZERO { population(source) } else { "" };
    let index_words = source
        .schedule
        .index
        .map_or(String::new(), |index| format!("; SPI(t){of} {}", decimals(Some(index), 3)));
    let cliff_words = cliff.map_or(String::new(), |(task, cliff)| {
        format!(
            "; {} more on “{}” would move the finish by {} calendar days",
            days(source, cliff.working_days * project.work_time().minutes_per_day),
            project.task(task).name,
            cliff.calendar_days
        )
    });
    Dimension {
        kind,
        colour: slip.worst(index).worst(cliff_colour),
        rule,
        reason: format!("{slip_words}{index_words}{cliff_words}"),
    }
}

/// Of which work an index speaks that is read without level of effort.
fn population(source: &HealthSource) -> &'static str {
    if source.discrete == source.total { "" } else { " without level of effort" }
}

pub(super) fn cost(source: &HealthSource) -> Dimension {
    let kind = DimensionKind::Cost;
    let project = source.position.project;
    let contingency = source.spending.contingency.remaining.max(Amount::ZERO);
    let (allowance, whose) = match project.tolerance.cost {
        Some(tolerance) => (tolerance, "the board's tolerance"),
        None => (contingency, "the contingency left"),
    };
    let rule = format!(
        "green: estimate at completion within the budget; amber: within the budget and {whose} of {}, CPI from \
         {INDEX_AMBER:.2}; red: beyond either",
        sum(source, allowance)
    );
    if source.total.budget == Amount::ZERO {
        return unrated(kind, rule, "there is no budget to measure against");
    }
    if !source.spending.is_recorded {
        return unrated(kind, rule, "no cost is recorded");
    }
    let (budget, estimate) = (source.total.budget, source.total.estimate());
    let (index, of) = match source.discrete.cpi() {
        Some(index) => (Some(index), population(source)),
        None => (source.total.cpi(), ""),
    };
    let is_low = index.is_some_and(|index| index.get() < INDEX_AMBER);
    let colour = if estimate <= budget {
        Colour::Green
    } else if estimate > budget + allowance || (is_low && !source.total.is_too_early()) {
        Colour::Red
    } else {
        Colour::Amber
    };
    Dimension {
        kind,
        colour,
        rule,
        reason: format!(
            "the estimate at completion of everything is {} against a budget of {}; CPI{of} {}{}",
            sum(source, estimate),
            sum(source, budget),
            decimals(index, 3),
            if source.total.is_too_early() { ", too early to count" } else { "" }
        ),
    }
}

pub(super) fn scope(source: &HealthSource) -> Dimension {
    let kind = DimensionKind::Scope;
    let project = source.position.project;
    let status_date = source.position.status_date;
    let rule = format!(
        "green: growth up to {}, every task in the baseline or an approved change, no change waiting more than \
         {PATIENCE_DAYS} working days; amber: growth up to {}; red: more growth, or work begun that nobody \
         approved",
        share(GROWTH_GREEN),
        share(GROWTH_AMBER)
    );
    let changes = &project.registers.changes;
    if !source.reference.is_baseline() && changes.is_empty() {
        return unrated(kind, rule, "there is neither an approved baseline nor a change");
    }
    let unapproved: Vec<TaskNo> = project
        .task_numbers()
        .filter(|number| project.task(*number).is_work() && !source.tasks[number.0 as usize].is_in_reference)
        .filter(|number| {
            !changes.iter().any(|change| change.is_approved(status_date) && change.tasks.contains(number))
        })
        .collect();
    let begun = unapproved
        .iter()
        .filter(|number| source.position.facts.progress[number.0 as usize].actual_start.is_some())
        .count();
    let waiting = changes
        .iter()
        .filter(|change| change.is_waiting(status_date))
        .filter_map(|change| change.submitted)
        .map(|submitted| source.working_time.working_days_between(submitted, status_date))
        .max()
        .unwrap_or(0);
    let lines: Amount = project.budget.lines.iter().map(|line| line.amount).sum();
    let now = source.tasks.iter().map(|task| task.budget_now).sum::<Amount>() + lines;
    let growth = Ratio::of_amounts(now - source.reference.budget, source.reference.budget)
        .map_or(0.0, |growth| growth.get().max(0.0));

    let colour = if begun > 0 || growth > GROWTH_AMBER {
        Colour::Red
    } else if !unapproved.is_empty() || growth > GROWTH_GREEN || waiting > PATIENCE_DAYS {
        Colour::Amber
    } else {
        Colour::Green
    };
    // Below a tenth of a percent it would read as a growth of 0 %.
    let grown = if growth < 0.000_5 {
        "scope has not grown".to_owned()
    } else {
        format!("scope has grown by {} of the budget", share(growth))
    };
    let tasks = format!("{} without approval, {begun} of them begun", count(unapproved.len(), "task"));
    let patience = format!("a change has waited {waiting} working days for its decision");
    let reason =
        joined([Some(grown), (!unapproved.is_empty()).then_some(tasks), (waiting > 0).then_some(patience)]);
    Dimension { kind, colour, rule, reason }
}

/// While less than 15 % is earned an index may warn but not condemn.
fn index_colour(index: Option<Ratio>, is_too_early: bool) -> Colour {
    match index.map(Ratio::get) {
        None => Colour::Unrated,
        Some(index) if index >= INDEX_GREEN => Colour::Green,
        Some(index) if index >= INDEX_AMBER || is_too_early => Colour::Amber,
        Some(_) => Colour::Red,
    }
}

fn days(source: &HealthSource, minutes: i64) -> String {
    working_days_in_words(minutes, source.position.project.work_time().minutes_per_day)
}

fn sum(source: &HealthSource, amount: Amount) -> String {
    money_with_currency(amount, source.position.project.currency)
}
