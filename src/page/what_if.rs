//! A what-if in words: the band above every page, and the difference that the terminal prints.

use jiff::civil::Date;
use serde::Serialize;

use crate::control::{Change, Difference, MovedTask};
use crate::diagnostic::Diagnostic;
use crate::format;
use crate::model::WorkingTime;
use crate::page::desk::{days_of, severity_word};
use crate::quantity::{Amount, Currency, Id};
use crate::report::{ProjectDifference, Report, WhatIf};

/// The band that marks every page of a what-if.
#[derive(Clone, Debug, Serialize)]
pub struct WhatIfBand {
    /// What was asked: `--set tasks.pilot.duration=3d`.
    pub asked: Vec<String>,
    /// What it changes, in a sentence for each project.
    pub effects: Vec<String>,
}

/// The whole difference.
#[derive(Clone, Debug, Serialize)]
pub struct WhatIfWords {
    /// What was asked.
    pub asked: Vec<String>,
    /// What it changes, project by project; projects without a change are left out.
    pub projects: Vec<ProjectWords>,
    /// Findings that come with it.
    pub findings_came: Vec<String>,
    /// Findings that go with it.
    pub findings_went: Vec<String>,
}

/// What a change does to a project.
#[derive(Clone, Debug, Serialize)]
pub struct ProjectWords {
    /// Its folder.
    pub project: String,
    /// Its name.
    pub name: String,
    /// The finish, what else changes of start, money and risk, then every milestone and piece of work that moves.
    pub rows: Vec<ChangeRow>,
    /// Ids of tasks that become critical.
    pub critical_now: Vec<String>,
    /// Ids of tasks that are critical no longer.
    pub critical_no_longer: Vec<String>,
    /// Ids of tasks that are left out.
    pub gone: Vec<String>,
}

/// One thing before and after.
#[derive(Clone, Debug, Serialize)]
pub struct ChangeRow {
    /// `start`, `finish`, `finish-p50`, `finish-p80`, `estimate-at-completion`, `planned-cost`, `cost-p50`, `cost-p80`,
    /// `exposure`, `contingency`, `management-reserve`, `net-present-value`, `net-present-value-counted`, `milestone` or `work`.
    pub kind: &'static str,
    /// What it is.
    pub what: String,
    /// As it is: a day as `2026-12-23`, or an amount; a dash where there is none.
    pub before: String,
    /// With the change.
    pub after: String,
    /// By how much, in words.
    pub by: String,
    /// Working days later; negative when sooner, none for money.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub working_days: Option<i64>,
}

/// What is said when nothing changes: it names all that is compared.
pub const NOTHING_CHANGES: &str = "No task moves or becomes critical, and none of these changes: start, finish, P50 and P80 \
                                   of finish and cost, estimate at completion, cost of the plan, exposure of risks, \
                                   reserves, net present value.";

/// Tasks that are named for labour that is saved or added.
const LABOUR_NAMED: usize = 2;

/// Why the cost of a change moves against what it buys: `2 400 EUR more to buy, and 3 816 EUR less to pay for labour: Project
/// management (2 880 EUR less) and Roll-out (936 EUR less)`. None where both go the same way.
#[must_use]
pub fn cost_cause(difference: &Difference, currency: Currency) -> Option<String> {
    let (bought, worked) = difference.bought_and_worked()?;
    let moved = |amount: Amount| {
        let side = if amount > Amount::ZERO { "more" } else { "less" };
        format!("{} {side}", format::money_with_currency(Amount(amount.0.abs()), currency))
    };
    // Only those that move as their sum does.
    let along = difference.labour_by_task.iter().filter(|(_, by)| by.0.signum() == worked.0.signum());
    let names: Vec<String> =
        along.take(LABOUR_NAMED).map(|(name, by)| format!("{name} ({})", moved(*by))).collect();
    let most = if names.is_empty() { String::new() } else { format!(": {}", format::listed(&names)) };
    Some(format!("{} to buy, and {} to pay for labour{most}", moved(bought), moved(worked)))
}

/// The band above every page; none for a report of the files as they are.
#[must_use]
pub fn band(report: &Report) -> Option<WhatIfBand> {
    let what_if = report.what_if.as_ref()?;
    let mut effects: Vec<String> =
        what_if.projects.iter().filter_map(|project| effect(report, project)).collect();
    if effects.is_empty() {
        effects.push(NOTHING_CHANGES.to_owned());
    }
    Some(WhatIfBand { asked: what_if.asked.clone(), effects })
}

fn effect(report: &Report, project: &ProjectDifference) -> Option<String> {
    let name = &report.project(&project.folder)?.project.name;
    let finish = project.difference.finish;
    Some(if finish.is_change() {
        format!(
            "{name} finishes on {} instead of {}, {}.",
            format::date(finish.after),
            format::date(finish.before),
            later(project.difference.finish_working_days),
        )
    } else {
        format!("{name} still finishes on {}.", format::date(finish.after))
    })
}

/// The difference in words; none for a report of the files as they are.
#[must_use]
pub fn words(report: &Report) -> Option<WhatIfWords> {
    let what_if: &WhatIf = report.what_if.as_ref()?;
    let finding = |found: &Diagnostic| {
        format!(
            "{}[{} {}]: {}",
            severity_word(found.severity),
            found.rule.code,
            found.rule.name,
            found.message
        )
    };
    Some(WhatIfWords {
        asked: what_if.asked.clone(),
        projects: what_if.projects.iter().filter_map(|project| of_project(report, project)).collect(),
        findings_came: what_if.findings_came.iter().map(finding).collect(),
        findings_went: what_if.findings_went.iter().map(finding).collect(),
    })
}

fn of_project(report: &Report, project: &ProjectDifference) -> Option<ProjectWords> {
    let changed = report.project(&project.folder)?;
    let about = &changed.project;
    let difference = &project.difference;
    let time = about.working_time();
    let mut rows = Vec::new();
    if difference.start.is_change() {
        let mut row = day_row("start", "Start", difference.start, &time);
        row.by = later(difference.start_working_days);
        row.working_days = Some(difference.start_working_days);
        rows.push(row);
    }
    rows.push(finish_row(difference));
    let runs = [
        ("finish-p50", "Finish, P50", difference.finish_p50),
        ("finish-p80", "Finish, P80", difference.finish_p80),
    ];
    for (kind, what, change) in runs.into_iter().filter(|(_, _, change)| change.is_change()) {
        rows.push(maybe_day_row(kind, what, change, &time));
    }
    for (kind, what, change) in money_of(difference) {
        if kind == "estimate-at-completion" || change.is_change() {
            rows.push(money_row(kind, what, change, about.currency));
        }
    }
    rows.extend(difference.milestones.iter().map(|task| moved_row("milestone", task)));
    rows.extend(difference.work.iter().map(|task| moved_row("work", task)));
    let ids = |ids: &[Id]| ids.iter().map(Id::to_string).collect();
    Some(ProjectWords {
        project: project.folder.clone(),
        name: about.name.clone(),
        rows,
        critical_now: ids(&difference.critical_now),
        critical_no_longer: ids(&difference.critical_no_longer),
        gone: ids(&difference.gone),
    })
}

/// A sum of money that may differ: its kind, what it is, and before and after.
pub type MoneyChange = (&'static str, &'static str, Change<Option<Amount>>);

/// Money of a difference, in the order in which it is told. Where work is done and no cost is recorded there is nothing to estimate from,
/// and no estimate is told.
#[must_use]
pub fn money_of(difference: &Difference) -> Vec<MoneyChange> {
    let sure = |change: Change<Amount>| Change { before: Some(change.before), after: Some(change.after) };
    let headline = difference.estimate_at_completion;
    let from_below = Change {
        before: headline.before.map(|_| difference.estimate_from_below.before),
        after: headline.after.map(|_| difference.estimate_from_below.after),
    };
    vec![
        ("estimate-at-completion", "Estimate at completion", headline),
        ("estimate-from-below", "Estimate at completion from what is left (EAC₄)", from_below),
        ("planned-cost", "Cost of the plan as typed", sure(difference.planned_cost)),
        ("cost-p50", "Cost, P50", difference.cost_p50),
        ("cost-p80", "Cost, P80", difference.cost_p80),
        ("exposure", "Exposure of open risks", sure(difference.exposure)),
        ("contingency", "Contingency left", sure(difference.contingency)),
        ("management-reserve", "Management reserve left", sure(difference.management_reserve)),
        ("net-present-value", "Net present value", difference.net_present_value),
        (
            "net-present-value-counted",
            "Net present value, the rest counted piece by piece (EAC₄)",
            difference.net_present_value_counted,
        ),
    ]
}

/// A task whose first or last day moves.
#[must_use]
pub fn moved_row(kind: &'static str, task: &MovedTask) -> ChangeRow {
    // What ends on the same day begins on another.
    let (word, change, by) = if task.last_day.is_change() {
        ("", task.last_day, task.working_days)
    } else {
        (" starts", task.first_day, task.start_working_days)
    };
    ChangeRow {
        kind,
        what: format!("{} ({}){word}", task.name, task.task),
        before: format::iso(change.before),
        after: format::iso(change.after),
        by: later(by),
        working_days: Some(by),
    }
}

/// The finish with how far it moves; said where it does not move, too.
#[must_use]
pub fn finish_row(difference: &Difference) -> ChangeRow {
    let finish = difference.finish;
    ChangeRow {
        kind: "finish",
        what: "Finish".to_owned(),
        before: format::iso(finish.before),
        after: format::iso(finish.after),
        by: if finish.is_change() { later(difference.finish_working_days) } else { "unchanged".to_owned() },
        working_days: Some(difference.finish_working_days),
    }
}

/// A day before and after, apart by working days of a calendar.
#[must_use]
pub fn day_row(kind: &'static str, what: &str, change: Change<Date>, time: &WorkingTime) -> ChangeRow {
    maybe_day_row(kind, what, Change { before: Some(change.before), after: Some(change.after) }, time)
}

pub(super) fn maybe_day_row(
    kind: &'static str,
    what: &str,
    change: Change<Option<Date>>,
    time: &WorkingTime,
) -> ChangeRow {
    let words = |day: Option<Date>| day.map_or_else(|| format::NOTHING.to_owned(), format::iso);
    let known = change.before.zip(change.after);
    let working_days = known.map(|(before, after)| time.working_days_after(before, after));
    let (before, after) = (words(change.before), words(change.after));
    let by = working_days.map_or_else(String::new, later);
    ChangeRow { kind, what: what.to_owned(), before, after, by, working_days }
}

/// A sum before and after.
#[must_use]
pub fn money_row(
    kind: &'static str,
    what: &str,
    change: Change<Option<Amount>>,
    currency: Currency,
) -> ChangeRow {
    let words = |amount: Option<Amount>| match amount {
        Some(amount) => format::money_with_currency(amount, currency),
        None => format::NOTHING.to_owned(),
    };
    let by = match (change.before, change.after) {
        (before, after) if before == after => "unchanged".to_owned(),
        (Some(before), Some(after)) => more(before, after, currency),
        _ => String::new(),
    };
    let (before, after) = (words(change.before), words(change.after));
    ChangeRow { kind, what: what.to_owned(), before, after, by, working_days: None }
}

/// How much more, as the difference of the printed figures: `+1 600 EUR`.
fn more(before: Amount, after: Amount, currency: Currency) -> String {
    let more = format::money_printed(after, currency) - format::money_printed(before, currency);
    if more == Amount::ZERO {
        return format!("less than {}", format::money_with_currency(unit(currency), currency));
    }
    format::signed(more.0, format::money_with_currency(more, currency))
}

fn unit(currency: Currency) -> Amount {
    Amount(10_i64.pow(currency.digits()))
}

/// What a difference comes to, beside an option: when the project finishes then, and what it costs.
#[must_use]
pub fn in_short(difference: &Difference, currency: Currency) -> String {
    let finish = format::date(difference.finish.after);
    let when = match finish_change(difference) {
        Some(by) => format!("finish {finish}, {by}"),
        None => format!("finish stays {finish}"),
    };
    let cost = format::money_with_currency(difference.estimate_from_below.after, currency);
    let is_told = difference.estimate_at_completion.after.is_some();
    let how_much = match cost_change(difference, currency) {
        Some(by) if is_told => format!("{by}: {cost} by what is left to do (EAC₄)"),
        None if is_told => format!("cost stays {cost} by what is left to do (EAC₄)"),
        // Where no cost is recorded the whole is not known.
        Some(by) => format!("{by} by what is left to do"),
        None => "cost stays by what is left to do".to_owned(),
    };
    format!("{when}; {how_much}")
}

/// How far the finish moves: `19 working days sooner`; none where it stays.
#[must_use]
pub fn finish_change(difference: &Difference) -> Option<String> {
    difference.finish.is_change().then(|| later(difference.finish_working_days))
}

/// How much the cost counted from what is left to do changes, as the difference of the printed figures: `1 416 EUR less`; none where
/// it stays.
#[must_use]
pub fn cost_change(difference: &Difference, currency: Currency) -> Option<String> {
    let cost = difference.estimate_from_below;
    let more = format::money_printed(cost.after, currency) - format::money_printed(cost.before, currency);
    let side = if more > Amount::ZERO { "more" } else { "less" };
    let amount = format::money_with_currency(Amount(more.0.abs()), currency);
    (more != Amount::ZERO).then(|| format!("{amount} {side}"))
}

/// `19 working days sooner`, `1 working day later`.
pub(super) fn later(days: i64) -> String {
    match days {
        0 => "the same working day".to_owned(),
        _ if days < 0 => format!("{} sooner", days_of(-days)),
        _ => format!("{} later", days_of(days)),
    }
}
