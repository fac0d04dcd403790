//! Planning cycles: how often the plan was made anew, and how far each time moved finish and budget.
//!
//! Comes in: the frozen reports and baselines. A cycle is a report whose forecast finish or budget at completion differs from
//! the report before, or with which another baseline came into force; reports in between, which only confirm, are no cycle.

use jiff::civil::Date;

use crate::format;
use crate::page::address::Thing;
use crate::page::desk::{Desk, slip_words};
use crate::page::explain::report_anchor;
use crate::page::prose::Prose;
use crate::page::view::{Cell, Row, Table};
use crate::quantity::{Amount, GateId, Id};

/// A report, as far as planning is concerned.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Planned {
    day: Date,
    finish: Option<Date>,
    budget: Option<Amount>,
    baseline: Option<Id>,
}

/// Of some reports in order, those that begin a cycle: the first, and each that plans otherwise than the one before.
fn cycles(reports: &[Planned]) -> Vec<&Planned> {
    let mut cycles: Vec<&Planned> = Vec::new();
    for report in reports {
        let is_new = cycles.last().is_none_or(|last| {
            last.finish != report.finish || last.budget != report.budget || last.baseline != report.baseline
        });
        if is_new {
            cycles.push(report);
        }
    }
    cycles
}

/// The cycles until the plan was approved at G2, or so far; empty where no report was frozen by then.
#[must_use]
pub fn planning_cycles(desk: &Desk<'_>) -> Table {
    let mut table =
        Table::new(&["#Cycle", "Report", "#Forecast finish", "#Moved by", "#Budget", "Baseline", "Cause"]);
    let project = &desk.project.project;
    let approved = project.gates.get(&GateId::G2).filter(|record| record.is_passed(desk.project.status_date));
    let until = approved.and_then(|record| record.decided).unwrap_or(desk.project.status_date);
    let reports: Vec<Planned> = project
        .snapshots
        .iter()
        .filter(|frozen| frozen.status_date <= until)
        .map(|frozen| Planned {
            day: frozen.status_date,
            finish: frozen.figures.forecast_finish,
            budget: frozen.figures.total.budget,
            baseline: frozen.figures.baseline.clone(),
        })
        .collect();
    let mut before: Option<&Planned> = None;
    for (place, cycle) in cycles(&reports).into_iter().enumerate() {
        let origin = project
            .snapshots
            .iter()
            .find(|frozen| frozen.status_date == cycle.day)
            .and_then(|frozen| desk.href_place(frozen.origin));
        let figure = |name: &str| {
            desk.explained(&format!("{}.{name}", report_anchor(cycle.day))).or_else(|| origin.clone())
        };
        let moved = before.and_then(|before| Some(desk.slip_days(before.finish?, cycle.finish?)));
        table.push(Row::new(vec![
            Cell::text((place + 1).to_string()).explained(origin.clone()),
            Cell::text(format::date(cycle.day)).href(desk.href_to(&Thing::Update(cycle.day))),
            Cell::maybe(cycle.finish.map(format::date)).explained(figure("finish")),
            Cell::maybe(moved.map(slip_words)).explained(figure("finish")),
            Cell::maybe(cycle.budget.map(|budget| desk.money(budget))).explained(figure("bac")),
            Cell::maybe(cycle.baseline.as_ref().map(Id::to_string)),
            cause(desk, before.map(|before| before.day), cycle.day),
        ]));
        before = Some(cycle);
    }
    table
}

/// Why a cycle began, as far as files say: changes decided and decisions made since the report before, and otherwise what was
/// reported then.
fn cause(desk: &Desk<'_>, after: Option<Date>, until: Date) -> Cell {
    let Some(after) = after else { return Cell::text("first report").class("muted") };
    let since = |day: Option<Date>| day.is_some_and(|day| after < day && day <= until);
    let registers = &desk.project.project.registers;
    let changes = registers.changes.iter().filter(|change| since(change.decided)).map(|change| &change.id);
    let decisions = registers.decisions.iter().filter(|entry| since(entry.decided)).map(|entry| &entry.id);
    let ids: Vec<Id> = changes.chain(decisions).cloned().collect();
    let entries = desk.project.project.progress.iter().filter(|entry| since(Some(entry.status_date)));
    let notes: Vec<String> = entries.filter_map(|entry| entry.note.clone()).collect();
    match Prose::links(&desk.links(&ids)) {
        Some(links) => Cell::prose(links).note_if((!notes.is_empty()).then(|| notes.join("; "))),
        None => Cell::maybe((!notes.is_empty()).then(|| notes.join("; "))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn report(day: i8, finish: i8) -> Planned {
        let date = |day: i8| Date::constant(2026, 8, day);
        Planned { day: date(day), finish: Some(date(finish)), budget: None, baseline: None }
    }

    #[track_caller]
    fn check(reports: &[Planned], days: &[i8]) {
        let found: Vec<i8> = cycles(reports).into_iter().map(|cycle| cycle.day.day()).collect();
        assert_eq!(found, days);
    }

    #[test]
    fn a_report_that_confirms_the_plan_is_no_cycle() {
        check(&[report(1, 20), report(8, 20), report(15, 24), report(22, 24)], &[1, 15]);
    }

    #[test]
    fn a_plan_that_comes_back_is_a_cycle_of_its_own() {
        check(&[report(1, 20), report(8, 24), report(15, 20)], &[1, 8, 15]);
    }

    #[test]
    fn another_baseline_is_a_cycle_though_no_date_moves() {
        let approved = Planned { baseline: "B1".parse().ok(), ..report(8, 20) };
        check(&[report(1, 20), approved], &[1, 8]);
    }

    #[test]
    fn without_reports_there_is_no_cycle() {
        check(&[], &[]);
    }
}
