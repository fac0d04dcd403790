//! The log of changes: what was asked, how long it waits, what it costs, what was decided.

use serde::Serialize;

use crate::control::Shortfall;
use crate::format;
use crate::model::{Change, ChangeStatus};
use crate::page::address::Thing;
use crate::page::desk::{Desk, days_of};
use crate::page::explain::change_anchor;
use crate::page::needs::decide_by_words;
use crate::page::option_limits::limits_words;
use crate::page::prose::Prose;
use crate::page::view::{Cell, Chart, Row, Status, Table};
use crate::page::what_if::in_short;
use crate::quantity::Amount;

/// The changes of a project.
#[derive(Clone, Debug, Serialize)]
pub struct Changes {
    /// All requests; those that wait first, the longest waiting on top.
    pub table: Table,
    /// What was approved and what waits, in one sentence; none without a request.
    pub sentence: Option<String>,
    /// What changes add up to over time, in money and in days; empty where none is dated.
    pub charts: Vec<Chart>,
}

/// Working days after which a request has waited too long; the rule of the scope dimension.
const WAITS_TOO_LONG: i64 = 10;

/// Puts the changes of a project together.
#[must_use]
pub fn changes(desk: &Desk<'_>) -> Changes {
    let all = sorted_changes(desk);
    let mut table =
        Table::new(&["Change", "", "State", "#Cost", "#Time", "Paid from", "Asked by", "Touches"]);
    for change in &all {
        table.push(row(desk, change));
    }
    let charts = ["change-cost", "change-days"].iter().filter_map(|name| desk.chart(name)).collect();
    Changes { table, sentence: sentence(desk, &all), charts }
}

/// The requests handed in by the status date; those that wait first, the longest waiting on top.
#[must_use]
pub fn sorted_changes<'a>(desk: &Desk<'a>) -> Vec<&'a Change> {
    let day = desk.project.status_date;
    let mut all: Vec<&Change> = desk
        .project
        .project
        .registers
        .changes
        .iter()
        .filter(|change| change.submitted.is_none_or(|submitted| submitted <= day))
        .collect();
    all.sort_by_key(|change| (!change.is_waiting(day), change.submitted));
    all
}

fn row(desk: &Desk<'_>, change: &Change) -> Row {
    let mut what = desk.line(&change.change);
    if let (Some(words), Some(reason)) = (&mut what.prose, &change.reason) {
        words.add_note(Prose::line(&reason.markdown));
    }
    what.note = computed(desk, change);
    what.explained = desk.explained(&format!("{}.finish", change_anchor(&change.id)));
    let tasks: Vec<crate::quantity::Id> =
        change.tasks.iter().map(|task| desk.project.project.task(*task).id.clone()).collect();
    let related = desk.project.project.registers.related(&change.id, &change.links);
    let mut touches = desk.links(&tasks);
    touches.extend(desk.links(&related));
    touches.dedup();
    Row::new(vec![
        Cell::text(change.id.to_string()).href(desk.href_to(&Thing::Change(&change.id))).class("nowrap"),
        what,
        // Who decided, and when, leads to the line that says so.
        state(desk, change).explained(
            desk.href_of_field(change.origin, "decided_by").filter(|_| change.decided_by.is_some()),
        ),
        Cell::maybe(change.cost.map(|cost| desk.money_signed(cost)))
            .explained(desk.href_of_field(change.origin, "impact.cost")),
        Cell::maybe(change.time.map(|time| format::signed(time, desk.days(time))))
            .explained(desk.href_of_field(change.origin, "impact.time")),
        Cell::maybe(change.pay_from.as_deref().map(paid_from)).note_if(
            Shortfall::of(change, &desk.project.control.spending, desk.project.status_date)
                .map(|shortfall| shortfall.words(desk.project.project.currency)),
        ),
        desk.person(change.requested_by),
        Prose::links(&touches).map_or_else(Cell::nothing, Cell::prose),
    ])
    .id(Thing::Change(&change.id).anchor())
}

/// What a change that waits would do, where it says how it changes the plan.
fn computed(desk: &Desk<'_>, change: &Change) -> Option<String> {
    let effect = desk.project.changes.iter().find(|effect| effect.change == change.id)?;
    let mut words = format!(
        "computed: {}. {}",
        in_short(&effect.difference, desk.project.project.currency),
        limits_words(desk, &effect.difference.limits.after)
    );
    if let Some(by) = effect.decide_by {
        words.push_str(&format!(". {}", decide_by_words(change.id.as_str(), by, change.needed_by)));
    }
    Some(words)
}

/// Where a change stands, with how long it has waited or who decided it when.
#[must_use]
pub fn state(desk: &Desk<'_>, change: &Change) -> Cell {
    let day = desk.project.status_date;
    if change.is_waiting(day) {
        let waits = change.submitted.map(|submitted| desk.working_days_from(submitted, day));
        let word = if change.status.is_waiting() { change.status.key() } else { "waiting for approval" };
        let word = format::sentence_start(word);
        return match waits {
            Some(days) if days > WAITS_TOO_LONG => Cell::status(Status::red(word)).note(waits_words(days)),
            Some(days) => Cell::status(Status::open(word)).note(waits_words(days)),
            None => Cell::status(Status::open(word)),
        };
    }
    let word = format::sentence_start(change.status.key());
    let status = match change.status {
        ChangeStatus::Approved => Status::green(word),
        ChangeStatus::Implemented => Status::done("Built"),
        _ => Status::unknown(word),
    };
    let by = change.decided_by.map(|person| desk.project.project.person_name(person).to_owned());
    let decided: Vec<String> = by.into_iter().chain(change.decided.map(format::date)).collect();
    let decided = (!decided.is_empty()).then(|| decided.join(", "));
    let is_built = change.status == ChangeStatus::Implemented;
    let built = change.implemented.filter(|_| is_built).map(|built| format!("built {}", format::date(built)));
    let decided = decided.map(|decided| if is_built { format!("approved by {decided}") } else { decided });
    let told: Vec<String> = decided.into_iter().chain(built).collect();
    Cell::status(status).note_if((!told.is_empty()).then(|| told.join("; ")))
}

fn waits_words(days: i64) -> String {
    format!("for {}", days_of(days))
}

/// From which money a change is paid, in words.
#[must_use]
pub fn paid_from(written: &str) -> String {
    format::sentence_start(&written.replace('_', " "))
}

/// Cost and count of approved and of waiting changes, in one sentence; none without a change.
#[must_use]
pub fn sentence(desk: &Desk<'_>, all: &[&Change]) -> Option<String> {
    if all.is_empty() {
        return None;
    }
    let day = desk.project.status_date;
    let cost = |chosen: &[&&Change]| -> Amount { chosen.iter().filter_map(|change| change.cost).sum() };
    let approved: Vec<&&Change> = all.iter().filter(|change| change.is_approved(day)).collect();
    let waiting: Vec<&&Change> = all.iter().filter(|change| change.is_waiting(day)).collect();
    let share = crate::quantity::Ratio::of_amounts(cost(&approved), desk.project.control.reference.budget)
        .filter(|_| !approved.is_empty())
        .map(|share| format!(", {} of the budget", format::share(share.get())))
        .unwrap_or_default();
    Some(format!(
        "{} approved for {}{share}; {} waiting, worth {}.",
        format::count(approved.len(), "change"),
        desk.money_words(cost(&approved)),
        waiting.len(),
        desk.money_words(cost(&waiting)),
    ))
}
