//! Bookings as inputs: lines of the ledgers with their places.

use std::collections::BTreeMap;

use jiff::civil::Date;

use crate::control::MonthHours;
use crate::diagnostic::Span;
use crate::format;
use crate::model::{CostEntry, EntryType, TaskNo, TimeEntry, Worker};
use crate::page::currencies::original;
use crate::page::desk::Desk;
use crate::page::explain::{From, Input};
use crate::quantity::{Effort, Per, Rate};

/// Invoices and receipts up to the status date that a filter lets pass, one input each.
pub(super) fn lines(desk: &Desk<'_>, is_wanted: impl Fn(&CostEntry) -> bool) -> Vec<Input> {
    of_types(desk, &[EntryType::Actual, EntryType::Accrual], is_wanted)
}

/// Lines of some types up to the status date that a filter lets pass, one input each.
pub(super) fn of_types(
    desk: &Desk<'_>,
    types: &[EntryType],
    is_wanted: impl Fn(&CostEntry) -> bool,
) -> Vec<Input> {
    entries(desk, |entry| {
        entry.date <= desk.project.control.data_date && types.contains(&entry.entry_type) && is_wanted(entry)
    })
}

/// Lines after the status date that a filter lets pass, one input each.
pub(super) fn ahead(desk: &Desk<'_>, is_wanted: impl Fn(&CostEntry) -> bool) -> Vec<Input> {
    entries(desk, |entry| entry.date > desk.project.control.data_date && is_wanted(entry))
}

fn entries(desk: &Desk<'_>, is_wanted: impl Fn(&CostEntry) -> bool) -> Vec<Input> {
    let costs = desk.project.project.costs.iter().filter(|entry| is_wanted(entry));
    if desk.project.project.hides_bookings() {
        return in_one(desk, &costs.collect::<Vec<_>>());
    }
    costs
        .map(|entry| {
            let words = match entry.entry_type {
                EntryType::Accrual => "received",
                EntryType::Actual => "invoice",
                EntryType::Commitment => "order",
                EntryType::Forecast => "expected",
                other => other.key(),
            };
            let reference = entry.reference.as_deref().unwrap_or(&entry.category);
            Input::typed(
                format!("{} {reference}, {}", format::sentence_start(words), format::date(entry.date)),
                booked(desk, entry),
                entry.origin,
            )
        })
        .collect()
}

/// All lines as one input with their sum; none where there is none.
fn in_one(desk: &Desk<'_>, entries: &[&CostEntry]) -> Vec<Input> {
    if entries.is_empty() {
        return Vec::new();
    }
    vec![Input {
        label: format!("Bookings, {}", format::count(entries.len(), "line")).into(),
        value: desk.money_exact(entries.iter().map(|entry| entry.amount).sum()),
        from: From::Lines(entries.iter().map(|entry| entry.origin).collect()),
    }]
}

/// What is booked; of a sum in another currency also what was typed.
fn booked(desk: &Desk<'_>, entry: &CostEntry) -> String {
    let exact = desk.money_exact(entry.amount);
    match &entry.converted {
        Some(typed) => format!("{exact} ({})", original(desk, typed)),
        None => exact,
    }
}

/// Hours booked up to the status date, one input for each person with all its lines; on one task, or on all.
pub(super) fn hours(desk: &Desk<'_>, task: Option<TaskNo>) -> Vec<Input> {
    hours_of(desk, |entry| task.is_none_or(|task| task == entry.task))
}

/// The same of the bookings that a filter lets pass.
fn hours_of(desk: &Desk<'_>, is_wanted: impl Fn(&TimeEntry) -> bool) -> Vec<Input> {
    let counted = entries_of(desk, desk.project.control.ledger.hours.iter());
    by_person(desk, counted.filter(|(entry, _)| is_wanted(entry)))
}

/// What of the hours booked falls into the month that begins on a day, one input for each person.
pub(super) fn hours_of_month(desk: &Desk<'_>, first: Date) -> Vec<Input> {
    by_person(desk, entries_of_month(desk, first))
}

/// The lines of hours that fall into a month, with what of each does.
pub(super) fn entries_of_month<'a>(
    desk: &Desk<'a>,
    first: Date,
) -> impl Iterator<Item = (&'a TimeEntry, Effort)> {
    entries_of(desk, desk.project.control.ledger.hours_of_month(first))
}

/// The lines behind parts of hours, each with what the part has of it.
fn entries_of<'a>(
    desk: &Desk<'a>,
    parts: impl Iterator<Item = &'a MonthHours>,
) -> impl Iterator<Item = (&'a TimeEntry, Effort)> {
    let report = desk.project;
    parts.filter_map(|part| Some((report.project.timesheets.get(part.entry)?, part.effort)))
}

fn by_person<'a>(desk: &Desk<'_>, hours: impl Iterator<Item = (&'a TimeEntry, Effort)>) -> Vec<Input> {
    let mut people: BTreeMap<Option<Worker>, (Effort, Vec<Span>)> = BTreeMap::new();
    for (entry, effort) in hours {
        let who = (!desk.project.project.hides_hours()).then_some(entry.worker);
        let (sum, lines) = people.entry(who).or_default();
        *sum = *sum + effort;
        // A line in two months comes twice, one after the other.
        if lines.last() != Some(&entry.origin) {
            lines.push(entry.origin);
        }
    }
    people
        .into_iter()
        .map(|(worker, (effort, lines))| Input {
            label: match worker {
                Some(worker) => format!("Hours of {}", desk.project.project.worker_name(worker)).into(),
                None => "Hours of everybody".into(),
            },
            value: desk.effort(effort),
            from: From::Lines(lines),
        })
        .collect()
}

/// The prices that somebody's hours are taken at: a role's with its figure, a person's own without.
pub(super) fn rates(desk: &Desk<'_>, workers: impl IntoIterator<Item = Worker>) -> Vec<Input> {
    let team = &desk.project.project.team;
    let mut inputs: Vec<Input> = Vec::new();
    for worker in workers {
        let person = worker.person().and_then(|person| team.people.get(person.0 as usize));
        let role = match worker {
            Worker::Person(_) => person.and_then(|person| person.role),
            Worker::Role(role) => Some(role),
        };
        let role = role.and_then(|role| team.roles.get(role.0 as usize));
        let own = person.and_then(|person| Some((person, person.rate_origin?)));
        let input = match (own, role) {
            (Some((person, origin)), _) => {
                Input::typed(format!("Rate of {}", person.name), "not shown", origin)
            }
            (None, Some(role)) => match (role.rate, role.rate_origin) {
                (Some(rate), Some(origin)) => {
                    Input::typed(format!("Rate of {}", role.name), rate_words(desk, rate), origin)
                }
                _ => continue,
            },
            _ => continue,
        };
        if inputs.iter().all(|known| known.label != input.label) {
            inputs.push(input);
        }
    }
    inputs
}

/// The price of a role; not shown to everybody.
pub(super) fn rate_words(desk: &Desk<'_>, rate: Rate) -> String {
    if desk.is_public() {
        return "not shown".to_owned();
    }
    let per = match rate.per {
        Per::Day => "a day",
        Per::Hour => "an hour",
    };
    format!("{} {} {per}", format::money_exact(rate.price.amount, rate.price.currency), rate.price.currency)
}
