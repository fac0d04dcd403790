//! What moved between two gates: then, now, difference, and the changes that were approved in between.

use std::collections::BTreeSet;

use serde::Serialize;

use crate::document::opening::previous_gate;
use crate::format;
use crate::model::Assignee;
use crate::page::Desk;
use crate::page::case_then_now::{npv_key, npv_now};
use crate::page::changed::{Changed, since_gate};
use crate::page::milestones::moved_cell;
use crate::page::view::{Cell, Row, Table};
use crate::quantity::{Amount, GateId};
use crate::report::ProjectReport;

/// What moved since the gate before.
#[derive(Debug, Serialize)]
pub struct Since {
    /// The gate before with its day.
    pub gate: String,
    /// Figure, then, now, difference.
    pub table: Table,
    /// Changes approved in between; empty where there is none.
    pub changes: Table,
    /// What people changed in the files in between; none where nothing is known of it.
    pub changed: Option<Changed>,
}

/// A sum that is compared, with its label and the key under which it is explained; none where nothing is recorded that it could be made of.
type Sum = (&'static str, &'static str, fn(&ProjectReport) -> Option<Amount>);

/// The sums that are compared, in order.
const MONEY: &[Sum] = &[
    ("Budget at completion", "bac", |project| Some(project.control.total.budget)),
    ("Estimate at completion", "eac", |project| project.control.estimate()),
    ("Actual cost", "ac", |project| {
        project.control.spending.is_recorded.then_some(project.control.total.actual)
    }),
    ("Threats", "threats", |project| Some(project.control.threats)),
];

/// A count that is compared, with its label and the key under which it is explained or the page on which it is counted.
type Tally = (&'static str, &'static str, fn(&ProjectReport) -> usize);

/// The counts that are compared, in order.
const COUNTS: &[Tally] = &[
    ("Open risks", "open-risks", |project| {
        project.project.registers.risks.iter().filter(|risk| risk.is_open(project.status_date)).count()
    }),
    ("Open issues", "open-issues", |project| {
        project.project.registers.issues.iter().filter(|issue| issue.is_open(project.status_date)).count()
    }),
    ("Lines of the plan", "schedule", |project| project.control.reference.tasks.iter().flatten().count()),
    ("People and roles with work", "people", |project| {
        let work = project.project.tasks.iter().flat_map(|task| &task.assignments);
        let who = work.map(|assignment| match assignment.assignee {
            Assignee::Person(number) => (false, number.0),
            Assignee::Role { role, .. } => (true, role.0),
        });
        who.collect::<BTreeSet<_>>().len()
    }),
    ("Deliverables accepted", "accepted", |project| {
        let all = project.project.deliverables.iter();
        all.filter(|deliverable| deliverable.is_accepted(project.status_date)).count()
    }),
];

/// Compares a gate with the one before; none for the first gate and where the one before was never decided.
///
/// `now` holds the project as of the status date with all its gates, `desk` the project as this document shows it.
#[must_use]
pub fn since(gate: GateId, now: &Desk<'_>, desk: &Desk<'_>) -> Option<Since> {
    let before = previous_gate(gate)?;
    let then = now.project.at_gates.get(&before)?;
    let before_desk = now.here.desk(then);
    let mut table = Table::new(&["Figure", "#Then", "#Here", "#Difference"]);
    let moved = then.finish().zip(desk.project.finish()).map(|(was, is)| desk.slip_days(was, is));
    table.push(Row::new(vec![
        Cell::text("Forecast finish"),
        before_desk.finish(),
        desk.finish(),
        moved_cell(moved).explained(desk.explained("finish")),
    ]));
    for (label, key, figure) in MONEY {
        let (was, is) = (figure(then), figure(desk.project));
        let shown = |at: &Desk<'_>, sum: Option<Amount>| match sum {
            Some(sum) => Cell::text(at.money_words(sum)).explained(figure_or_registers(at, key)),
            None => Cell::nothing().note("no cost is recorded"),
        };
        let difference = was.zip(is).map(|(was, is)| desk.money_difference(was, is));
        table.push(Row::new(vec![
            Cell::text(*label),
            shown(&before_desk, was),
            shown(desk, is),
            match difference {
                Some(words) => Cell::text(words).explained(figure_or_registers(desk, key)),
                None => Cell::nothing(),
            },
        ]));
    }
    if let (Some(was), Some(is)) = (npv_now(then), npv_now(desk.project)) {
        let shown = |at: &Desk<'_>, text: String| Cell::text(text).explained(at.explained(&npv_key(at)));
        table.push(Row::new(vec![
            Cell::text("Net present value of the case"),
            shown(&before_desk, desk.money_words(was)),
            shown(desk, desk.money_words(is)),
            shown(desk, desk.money_difference(was, is)),
        ]));
    }
    for (label, key, figure) in COUNTS {
        let (was, is) = (figure(then), figure(desk.project));
        let difference = i64::try_from(is).unwrap_or(i64::MAX) - i64::try_from(was).unwrap_or(i64::MAX);
        table.push(Row::new(vec![
            Cell::text(*label),
            Cell::text(was.to_string()).explained(figure_or_page(&before_desk, key)),
            Cell::text(is.to_string()).explained(figure_or_page(desk, key)),
            Cell::text(format::signed(difference, format::whole(difference)))
                .explained(figure_or_page(desk, key)),
        ]));
    }
    Some(Since {
        gate: format!("{before} of {}", format::date(then.status_date)),
        table,
        changes: approved_between(desk, then),
        changed: since_gate(now, gate),
    })
}

/// Where a figure is explained; where nothing was recorded that it could be made of, the registers that were empty then.
fn figure_or_registers(desk: &Desk<'_>, key: &str) -> Option<String> {
    desk.explained(key).or_else(|| desk.href_page("raid"))
}

/// Where a count is explained; of what is counted on a page of its own, that page.
fn figure_or_page(desk: &Desk<'_>, key: &str) -> Option<String> {
    desk.explained(key).or_else(|| desk.href_page(key))
}

fn approved_between(desk: &Desk<'_>, then: &ProjectReport) -> Table {
    let mut table = Table::new(&["Change approved since", "", "#Cost", "#Time", "Decided"]);
    let day = desk.project.status_date;
    for change in &desk.project.project.registers.changes {
        if !change.is_approved(day) || change.is_approved(then.status_date) {
            continue;
        }
        table.push(Row::new(vec![
            Cell::text(change.id.to_string()).class("nowrap"),
            desk.line(&change.change),
            Cell::maybe(change.cost.map(|cost| desk.money_signed(cost)))
                .explained(desk.href_of_field(change.origin, "impact.cost")),
            Cell::maybe(change.time.map(|time| format::signed(time, desk.days(time))))
                .explained(desk.href_of_field(change.origin, "impact.time")),
            desk.date(change.decided),
        ]));
    }
    table
}
