//! Time, cost and scope against what was promised.
//!
//! Limits follow the board's tolerances where it has set any, and the project's thresholds. No standard fixes them, so
//! every rule is spelled out beside the colour it gives.

use super::burn::{Burn, BurnUnit};
use super::health::{Colour, Dimension, DimensionKind, HealthSource, joined, unrated};
use super::unapproved::{unapproved_units, unapproved_work};
use super::{EarnedValue, JudgedCost};

use crate::format::{count, date, decimals, money_with_currency, number, share, working_days_in_words};
use crate::model::{AllowanceKind, AllowedBy, Limit, Project, Thresholds};
use crate::quantity::{Amount, Ratio};

/// Without a time tolerance of the board, the finish may slip by so many hundredths of the planned length.
const DEFAULT_TIME_TOLERANCE: i64 = 10;

/// Why a stopped project is not judged by what it would have become.
const STOPPED: &str = "the board has stopped the project: nothing is forecast any more";

/// Why a plan that is measured against itself has no colour before the first report.
pub const NOTHING_KNOWN: &str =
    "no baseline promises anything and nothing has been reported: the plan is compared with itself";

/// Whether there is neither a promise to be kept nor a fact to hold against it: what is forecast is what is typed, and that the two
/// agree says nothing.
fn is_nothing_known(source: &HealthSource) -> bool {
    let position = &source.position;
    !source.reference.is_baseline()
        && source.total.actual == Amount::ZERO
        && position.project.told_upto(position.status_date).next().is_none()
}

pub(super) fn time(source: &HealthSource) -> Dimension {
    let kind = DimensionKind::Time;
    let project = source.position.project;
    let planned_days = source.working_time.working_days_between(
        source.reference.start,
        source.reference.finish.tomorrow().unwrap_or(source.reference.finish),
    );
    let default = planned_days * project.work_time().minutes_per_day * DEFAULT_TIME_TOLERANCE / 100;
    let tolerance = project.tolerance.time.unwrap_or(default);
    let whose = whose(project, AllowanceKind::Time, "10 % of the planned length");
    let rule = rule_of_time(source, tolerance, &whose);
    if project.tasks.is_empty() {
        return unrated(kind, rule, "there is no task in the plan");
    }
    if source.is_stopped {
        return unrated(kind, rule, STOPPED);
    }
    // Without prices nothing is earned; the finish alone is judged then.
    let (read_of, of) = if source.discrete.budget > Amount::ZERO {
        (source.discrete, population(source))
    } else {
        (source.total, "")
    };
    let pace = index_colour(source.schedule.index, read_of.is_too_early(), &project.thresholds);
    let calm = project.thresholds.get(Limit::SlipGreen);
    let slip = match source.finish_slip {
        slip if slip > tolerance => Colour::Red,
        slip if slip > 0 && slip as f64 > calm * tolerance as f64 => Colour::Amber,
        _ => Colour::Green,
    };
    let cliff = cliff_words(source);
    let cliff_colour = cliff.as_ref().map_or(Colour::Green, |_| Colour::Amber);
    // Nothing may go on until the board says so, however little has slipped by then.
    let held = project.held_on(source.position.status_date).filter(|_| !source.is_finished);
    let held_colour = held.map_or(Colour::Green, |_| Colour::Amber);
    let held_words = held.map_or(String::new(), |(gate, day)| {
        format!("; the board holds the project at {gate} since {}", date(day))
    });
    let pace_words = pace_words(source, (&read_of, of));
    let colour = slip.worst(pace).worst(cliff_colour).worst(held_colour);
    if colour == Colour::Green && is_nothing_known(source) {
        return unrated(kind, rule, NOTHING_KNOWN);
    }
    Dimension {
        kind,
        colour,
        rule,
        reason: format!("{}{pace_words}{}{held_words}", slip_words(source), cliff.unwrap_or_default()),
    }
}

fn rule_of_time(source: &HealthSource, tolerance: i64, whose: &str) -> String {
    let limit = |limit| source.position.project.thresholds.get(limit);
    let calm = limit(Limit::SlipGreen);
    let calm_words =
        if (calm - 0.5).abs() < f64::EPSILON { "half".to_owned() } else { format!("{} of", share(calm)) };
    format!(
        "green: slip up to {calm_words} the tolerance of {} ({whose}), SPI(t) from {}, no cliff ahead, not held by the board{}; red: slip beyond \
         the tolerance or SPI(t) below {}; amber between",
        days(source, tolerance),
        index(limit(Limit::IndexGreen)),
        chance_rule(source),
        index(limit(Limit::IndexAmber)),
    )
}

fn slip_words(source: &HealthSource) -> String {
    let promised = if source.reference.is_baseline() { "promised" } else { "planned" };
    match source.finish_slip {
        0 if source.is_finished => format!("it was finished as {promised}"),
        late if late > 0 && source.is_finished => format!("it was finished {} late", days(source, late)),
        early if source.is_finished => format!("it was finished {} early", days(source, -early)),
        0 => format!("the forecast finish is the {promised} one"),
        late if late > 0 => format!("the forecast finish slips by {}", days(source, late)),
        early => format!("the forecast finish is {} ahead", days(source, -early)),
    }
}

/// What SPI(t) says, of the work that it is read of.
fn pace_words(source: &HealthSource, (read_of, of): (&EarnedValue, &str)) -> String {
    let thresholds = &source.position.project.thresholds;
    match (source.schedule.index, source.schedule.plateau) {
        (Some(index), _) => {
            format!("; SPI(t){of} {}{}", index_words(Some(index), thresholds), too_early(read_of))
        }
        (None, Some(plateau)) => format!(
            "; SPI(t){of} not defined: nothing more is planned to be earned from {} to {}",
            date(plateau.first),
            date(plateau.last)
        ),
        (None, None) => String::new(),
    }
}

/// The first cliff ahead; none where no task leads to one.
fn cliff_words(source: &HealthSource) -> Option<String> {
    let project = source.position.project;
    let (task, cliff) = source.position.levers.iter().find_map(|lever| {
        lever.cliff.filter(|cliff| cliff.working_days > 0).map(|cliff| (lever.task, cliff))
    })?;
    Some(format!(
        "; {} more on “{}” would move the finish by {}",
        days(source, cliff.working_days * project.work_time().minutes_per_day),
        project.task(task).name,
        match cliff.finish_moves(source.position.forecast.finish_day(), &project.working_time()) {
            1 => "1 working day".to_owned(),
            many => format!("{many} working days"),
        }
    ))
}

/// Whose tolerance is in force, and where it was set: by the board, as a baseline froze it or a gate or change set it since.
fn whose(project: &Project, kind: AllowanceKind, none: &str) -> String {
    let is_set = match kind {
        AllowanceKind::Time => project.tolerance.time.is_some(),
        _ => project.tolerance.cost.is_some(),
    };
    let held = project.allowances.get(&kind);
    match held.map(|held| (&held.by, held.loosened.is_some())) {
        _ if !is_set => none.to_owned(),
        Some((AllowedBy::Baseline(id), false)) => format!("the board's, frozen in {id}"),
        Some((AllowedBy::Baseline(id), true)) => {
            format!("the board's, frozen in {id}; what the files say now is looser and nobody allowed it")
        }
        Some((AllowedBy::Gate(gate), _)) => format!("the board's, set at {gate}"),
        Some((AllowedBy::Change(id), _)) => format!("the board's, set by {id}"),
        Some((AllowedBy::Folder, _)) | None => "the board's".to_owned(),
    }
}

/// What green asks of the runs of the schedule, which come after everything that is judged here; nothing where no baseline
/// promises a finish.
fn chance_rule(source: &HealthSource) -> String {
    if !source.reference.is_baseline() {
        return String::new();
    }
    let least = source.position.project.thresholds.get(Limit::ChanceGreen);
    format!(", and a chance of the promised finish from {} where lengths or risks vary", share(least))
}

/// Of which work an index speaks that is read without level of effort.
fn population(source: &HealthSource) -> &'static str {
    if source.total.is_of_other_work(&source.discrete) { " without level of effort" } else { "" }
}

pub(super) fn cost(source: &HealthSource) -> Dimension {
    let kind = DimensionKind::Cost;
    let project = source.position.project;
    let (covered, to_come) =
        (source.spending.over_budget_in_cost_baseline(), source.spending.granted_to_come());
    let (allowance, whose) = match project.tolerance.cost {
        Some(tolerance) => (
            tolerance,
            format!(
                "the tolerance of {} ({})",
                sum(source, tolerance),
                whose(project, AllowanceKind::Cost, "")
            ),
        ),
        None => (covered - to_come, contingency_words(source)),
    };
    let least = project.thresholds.get(Limit::IndexAmber);
    let rule = format!(
        "green: headline estimate at completion ({}) within the budget, and the rest counted piece by piece (EAC₄) within budget and \
         {whose}; amber: headline within the budget and {whose}, CPI from {}; red: beyond either; tolerance and exception follow \
         the headline",
        source.total.headline().letters(),
        index(least),
    );
    if source.total.budget == Amount::ZERO {
        return unrated(kind, rule, "there is no budget to measure against");
    }
    if !source.spending.is_recorded {
        return unrated(kind, rule, "no cost is recorded");
    }
    if source.is_stopped {
        return unrated(kind, rule, STOPPED);
    }
    let budget = source.total.budget;
    let judged = JudgedCost::of(&source.total, super::unbooked_sum(source.unbooked));
    let counted = source.counted.filter(|counted| counted.to_complete() > Amount::ZERO);
    // The count holds the work that reserves were granted for and the headline does not know yet.
    let for_counted = if project.tolerance.cost.is_some() { allowance } else { covered };
    let beyond =
        counted.map(|counted| counted.estimate - budget - for_counted).filter(|sum| *sum > Amount::ZERO);
    let (index, _, read_of) = cost_index(source);
    let is_low = index.is_some_and(|index| index.get() < least);
    let colour = if judged.amount <= budget && beyond.is_none() {
        Colour::Green
    } else if judged.amount > budget
        && (judged.amount > budget + allowance || (is_low && !read_of.is_too_early()))
    {
        Colour::Red
    } else {
        Colour::Amber
    };
    if colour == Colour::Green && is_nothing_known(source) {
        return unrated(kind, rule, NOTHING_KNOWN);
    }
    let beyond = counted.zip(beyond).map(|(counted, beyond)| (counted.estimate, beyond));
    Dimension { kind, colour, rule, reason: reason_of_cost(source, &judged, beyond) }
}

/// The cost index that is judged, the words that say of which work it is, and that work.
fn cost_index(source: &HealthSource) -> (Option<Ratio>, &'static str, EarnedValue) {
    match source.discrete.cpi() {
        Some(index) => (Some(index), population(source), source.discrete),
        None => (source.total.cpi(), "", source.total),
    }
}

/// `beyond` is what the rest counted piece by piece comes to, and by how much that is beyond what is allowed.
fn reason_of_cost(source: &HealthSource, judged: &JudgedCost, beyond: Option<(Amount, Amount)>) -> String {
    let project = source.position.project;
    let estimate = source.total.estimate();
    let (index, of, read_of) = cost_index(source);
    format!(
        "the headline estimate at completion of everything is {}{} against a budget of {}; CPI{of} {}{}{}",
        sum(source, estimate),
        if judged.amount > estimate {
            format!(", {} {},", sum(source, judged.amount), judged.basis.words())
        } else {
            String::new()
        },
        sum(source, source.total.budget),
        index_words(index, &project.thresholds),
        too_early(&read_of),
        match beyond {
            Some((counted, beyond)) => format!(
                "; counted piece by piece (EAC₄) it is {}, {} beyond budget and {}",
                sum(source, counted),
                sum(source, beyond),
                if project.tolerance.cost.is_some() { "tolerance" } else { "contingency" }
            ),
            None => String::new(),
        }
    )
}

/// The contingency that is left, and what reserves have paid already.
fn contingency_words(source: &HealthSource) -> String {
    let left = source.spending.contingency.remaining.max(Amount::ZERO);
    let left = format!("the contingency left of {}", sum(source, left));
    match source.spending.draws_spent + source.spending.returned_and_needed {
        Amount::ZERO => left,
        paid => format!("{left} (with {} that reserves have paid already)", sum(source, paid)),
    }
}

pub(super) fn scope(source: &HealthSource) -> Dimension {
    let kind = DimensionKind::Scope;
    let project = source.position.project;
    let status_date = source.position.status_date;
    let limit = |limit| project.thresholds.get(limit);
    let (calm, most, patience) =
        (limit(Limit::GrowthGreen), limit(Limit::GrowthAmber), limit(Limit::ChangeWaits));
    let rule = format!(
        "green: growth up to {} of the budget, units at the price promised for them, every task and unit in the baseline or an \
         approved change, no change waiting more than {} working days; amber: growth up to {} of the budget; red: more growth, or \
         work begun that nobody approved",
        share(calm),
        number(patience, 0),
        share(most)
    );
    let changes = &project.registers.changes;
    if !source.reference.is_baseline() && changes.is_empty() {
        return unrated(kind, rule, "there is neither an approved baseline nor a change");
    }
    let unapproved = unapproved_work(project, source.tasks, status_date);
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
    let priced = Ratio::of_amounts(now - source.reference.budget, source.reference.budget)
        .map_or(0.0, |growth| growth.get().max(0.0));
    // The plan as priced may not know yet of units that reports have counted; where it does, they are the same growth.
    let growth = priced.max(growth_in_units(source));
    let units_begun = source.unit_burns.iter().any(|burn| {
        units_unapproved(source, burn) > 0.0
            && burn
                .task()
                .is_some_and(|task| source.position.facts.progress[task.0 as usize].actual_start.is_some())
    });

    let colour = if begun > 0 || units_begun || growth > most {
        Colour::Red
    } else if !unapproved.is_empty() || growth > calm || waiting as f64 > patience {
        Colour::Amber
    } else {
        Colour::Green
    };
    // Below a tenth of a percent it would read as a growth of 0 %.
    let since_first = [changes_approved(source), units_since_first(source)];
    let since_first: Vec<String> = since_first.into_iter().flatten().collect();
    let is_all_approved = unapproved.is_empty() && units_without_approval(source).is_none();
    let grown = match (growth < 0.000_5, since_first.is_empty()) {
        (true, true) => "scope has not grown".to_owned(),
        (true, false) if is_all_approved => {
            format!("{}; nothing came in without approval", since_first.join("; "))
        }
        (true, false) => since_first.join("; "),
        (false, _) => format!("scope has grown by {} of the budget", share(growth)),
    };
    let tasks = format!("{} without approval, {begun} of them begun", count(unapproved.len(), "task"));
    let wait = format!("a change has waited {waiting} working days for its decision");
    let reason = joined([
        Some(grown),
        units_grown(source),
        (!unapproved.is_empty()).then_some(tasks),
        units_without_approval(source),
        (waiting > 0).then_some(wait),
    ]);
    Dimension { kind, colour, rule, reason }
}

/// What approved changes add, against the budget as it was first approved: neither is in the plan for certain, nor is it gone once a new
/// baseline holds it. None where they add nothing.
///
/// Four changes of 11 500 EUR in all on a first budget of 17 500 EUR are 65.7 %.
fn changes_approved(source: &HealthSource) -> Option<String> {
    let (project, day) = (source.position.project, source.position.status_date);
    let approved = project.registers.changes.iter().filter(|change| change.is_approved(day));
    let added: Amount = approved.filter_map(|change| change.cost).sum();
    let first = project.baselines_by(day).next().and_then(|first| first.budget);
    let added_share = Ratio::of_amounts(added, first.unwrap_or(source.reference.budget))?;
    (added > Amount::ZERO).then(|| {
        format!(
            "approved changes add {}, {} of the budget as first approved",
            money_with_currency(added, project.currency),
            share(added_share.get())
        )
    })
}

/// By how much the units of each task have grown from the first baseline to the one in force, in words; none where none has.
fn units_since_first(source: &HealthSource) -> Option<String> {
    let (project, day) = (source.position.project, source.position.status_date);
    let first = project.baselines_by(day).next()?;
    let words = source.unit_burns.iter().filter_map(|burn| {
        let BurnUnit::Units(unit) = &burn.unit else { return None };
        let (was, is) = (first.tasks.get(&burn.task()?)?.units? as f64, burn.agreed);
        (was > 0.0 && is > was).then(|| {
            format!(
                "“{}” from {} in {} to {} {unit}, by {}",
                burn.title,
                number(was, 0),
                first.id,
                number(is, 0),
                share((is - was) / was)
            )
        })
    });
    Some(words.collect::<Vec<_>>().join("; ")).filter(|words| !words.is_empty())
}

/// By how much of the budget the work counted in units has grown, each unit at its price in the reference.
///
/// 56 points on 180 that were promised for 283 050 EUR are 88 060 EUR, of a budget of 640 000 EUR 13.8 %.
fn growth_in_units(source: &HealthSource) -> f64 {
    let grown = source.unit_burns.iter().filter_map(|burn| {
        let budget = source.reference.budget_of(burn.task()?).as_f64();
        let (promised, moved) = (burn.agreed, burn.scope - burn.agreed);
        (promised > 0.0).then(|| budget * moved / promised)
    });
    let budget = source.reference.budget.as_f64();
    if budget > 0.0 { (grown.sum::<f64>() / budget).max(0.0) } else { 0.0 }
}

/// By how much each task counted in units has grown by its own count, in words; none where none has.
///
/// The budget has other work, so that its share is smaller: 180 points that became 236 have grown by 31 %, and the budget by 13.8 %.
fn units_grown(source: &HealthSource) -> Option<String> {
    let words = source.unit_burns.iter().filter_map(|burn| {
        let BurnUnit::Units(unit) = &burn.unit else { return None };
        let (promised, moved) = (burn.agreed, burn.scope - burn.agreed);
        (promised > 0.0 && moved > 0.0).then(|| {
            format!(
                "“{}” from {} to {} {unit}, by {}",
                burn.title,
                number(promised, 0),
                number(burn.scope, 0),
                share(moved / promised)
            )
        })
    });
    Some(words.collect::<Vec<_>>().join("; ")).filter(|words| !words.is_empty())
}

/// Units of a task that came in without an approved change.
fn units_unapproved(source: &HealthSource, burn: &Burn) -> f64 {
    unapproved_units(source.position.project, burn, source.position.status_date)
}

/// The units that nobody approved, in words; none where there are none.
fn units_without_approval(source: &HealthSource) -> Option<String> {
    let words =
        source.unit_burns.iter().filter_map(|burn| match (&burn.unit, units_unapproved(source, burn)) {
            (BurnUnit::Units(unit), more) if more > 0.0 => {
                Some(format!("{} {unit} more in “{}” without approval", number(more, 0), burn.title))
            }
            _ => None,
        });
    Some(words.collect::<Vec<_>>().join("; ")).filter(|words| !words.is_empty())
}

/// That an index may not condemn yet, behind it: less than 15 % is earned of the work that it is read of.
fn too_early(read_of: &EarnedValue) -> &'static str {
    if read_of.is_too_early() { ", too early to count" } else { "" }
}

/// While less than 15 % is earned an index may warn but not condemn.
fn index_colour(index: Option<Ratio>, is_too_early: bool, thresholds: &Thresholds) -> Colour {
    let (green, amber) = (thresholds.get(Limit::IndexGreen), thresholds.get(Limit::IndexAmber));
    match index.map(Ratio::get) {
        None => Colour::Unrated,
        Some(index) if index >= green => Colour::Green,
        Some(index) if index >= amber || is_too_early => Colour::Amber,
        Some(_) => Colour::Red,
    }
}

/// An index with as many decimals, three at least, as tell on which side of its limits it lies.
///
/// 0.89994 against a limit of 0.90 is `0.8999`, not `0.900`.
fn index_words(index: Option<Ratio>, thresholds: &Thresholds) -> String {
    let limits = [Limit::IndexGreen, Limit::IndexAmber].map(|limit| thresholds.get(limit));
    let tells = |places: &usize| {
        index.is_none_or(|index| {
            let rounded: f64 = format!("{:.*}", *places, index.get()).parse().unwrap_or(index.get());
            limits.iter().all(|limit| (rounded >= *limit) == (index.get() >= *limit))
        })
    };
    decimals(index, (3..9).find(tells).unwrap_or(9))
}

fn index(value: f64) -> String {
    number(value, 2)
}

fn days(source: &HealthSource, minutes: i64) -> String {
    working_days_in_words(minutes, source.position.project.work_time().minutes_per_day)
}

fn sum(source: &HealthSource, amount: Amount) -> String {
    money_with_currency(amount, source.position.project.currency)
}
