//! Counts of registers, and how the colours of the scorecard are read.

use crate::control::{DimensionKind, DueReport, due_reports, report_days_due};
use crate::diagnostic::Span;
use crate::format;
use crate::page::desk::Desk;
use crate::page::explain::task_time::status_date;
use crate::page::explain::{Book, Figure, Input};
use crate::page::frame::status_of;
use crate::page::scorecard::dimension_name;
use crate::quantity::Amount;

/// Adds the counts.
pub(super) fn write(desk: &Desk<'_>, book: &mut Book) {
    let registers = &desk.project.project.registers;
    let day = desk.project.status_date;
    book.group("registers", "Counts and reports", Some(super::amounts(desk)));
    let decisions = registers.decisions.iter().filter(|entry| entry.is_open(day));
    count(
        desk,
        book,
        ("open-decisions", "Open decisions", "decisions asked for and not decided"),
        decisions.map(|entry| (entry.id.to_string(), entry.origin)),
        file(&registers.decisions, |entry| entry.origin),
    );
    let risks = registers.risks.iter().filter(|risk| risk.is_open(day));
    count(
        desk,
        book,
        ("open-risks", "Open risks", "risks raised and not closed"),
        risks.map(|risk| (risk.id.to_string(), risk.origin)),
        file(&registers.risks, |risk| risk.origin),
    );
    let issues = registers.issues.iter().filter(|issue| issue.is_open(day));
    count(
        desk,
        book,
        ("open-issues", "Open issues", "issues raised and not solved"),
        issues.map(|issue| (issue.id.to_string(), issue.origin)),
        file(&registers.issues, |issue| issue.origin),
    );
    let waiting = registers.changes.iter().filter(|change| change.is_waiting(day));
    count(
        desk,
        book,
        ("changes-waiting", "Changes waiting", "changes submitted and not decided"),
        waiting.map(|change| (change.id.to_string(), change.origin)),
        file(&registers.changes, |change| change.origin),
    );
    let approved = registers.changes.iter().filter(|change| change.is_approved(day));
    count(
        desk,
        book,
        ("changes-approved", "Changes approved", "changes approved by the status date"),
        approved.map(|change| (change.id.to_string(), change.origin)),
        file(&registers.changes, |change| change.origin),
    );
    let actions = registers.actions.iter().filter(|action| action.is_open(day));
    count(
        desk,
        book,
        ("open-actions", "Open actions", "actions not done"),
        actions.map(|action| (action.id.clone(), action.origin)),
        file(&registers.actions, |action| action.origin),
    );
    let accepted = desk.project.project.deliverables.iter().filter(|entry| entry.is_accepted(day));
    count(
        desk,
        book,
        ("accepted", "Deliverables accepted", "deliverables accepted by the status date"),
        accepted.map(|entry| (entry.id.to_string(), entry.origin)),
        file(&desk.project.project.deliverables, |entry| entry.origin),
    );
    let exact = |amount: Amount| desk.money_exact(amount);
    let approved: Vec<_> = registers.changes.iter().filter(|change| change.is_approved(day)).collect();
    if !registers.changes.is_empty() {
        let cost: Amount = approved.iter().filter_map(|change| change.cost).sum();
        book.add(
            Figure::new("changes-cost", "Cost of approved changes", exact(cost))
                .formula("Σ cost of approved changes")
                .of("changes approved", "changes-approved")
                .inputs(approved.iter().map(|change| {
                    Input::typed(
                        change.id.to_string(),
                        exact(change.cost.unwrap_or_default()),
                        desk.field(change.origin, "impact.cost"),
                    )
                })),
        );
        let share = crate::quantity::Ratio::of_amounts(cost, desk.project.original_budget());
        let first = desk.project.original_baseline();
        let figure = Figure::new(
            "changes-share",
            "Approved changes ÷ budget",
            share.map_or_else(|| format::NOTHING.to_owned(), |share| format::share(share.get())),
        )
        .of("cost", "changes-cost");
        book.add(match first {
            None => figure.formula("share = cost ÷ BAC").of("BAC", "bac"),
            Some((baseline, budget)) => figure
                .formula("share = cost ÷ BAC of the first baseline")
                .inputs([Input::typed("BAC", exact(budget), desk.field(baseline.origin, "bac"))])
                .note("A later baseline holds the changes already."),
        });
    }
    reports(desk, book);
    super::change_causes::write(desk, book);
    book.group("registers", "Colours", None);
    colours(desk, book);
    super::answers::write(desk, book);
}

/// Where a register is read from: its first entry, for a count of nothing.
fn file<Entry>(entries: &[Entry], origin: fn(&Entry) -> Span) -> Option<Span> {
    entries.first().map(origin)
}

fn count(
    desk: &Desk<'_>,
    book: &mut Book,
    (key, name, what): (&str, &str, &str),
    counted: impl Iterator<Item = (String, Span)>,
    register: Option<Span>,
) {
    let inputs: Vec<Input> = counted.map(|(id, origin)| Input::typed(id, "", origin)).collect();
    let is_none = inputs.is_empty();
    let figure = Figure::new(key, name, inputs.len().to_string())
        .formula(format!("number of {what}"))
        .inputs(inputs)
        .inputs([status_date(desk)]);
    // A count of nothing stands on the register that holds none.
    book.add(if is_none {
        figure.typed_or("register", "", register, "nothing is written in it")
    } else {
        figure
    });
}

/// Reports that the rhythm of the project asks for by the status date: from the first that was agreed on, else from one rhythm
/// after the start. Every two weeks from 28 Aug, five are due by 23 Oct.
#[must_use]
pub fn reports_due(desk: &Desk<'_>) -> usize {
    let start = desk.project.control.reference.start;
    report_days_due(&desk.project.project, start, desk.project.status_date).len()
}

/// Every report due by the status date, with the one that answers it.
#[must_use]
pub fn due_reports_of(desk: &Desk<'_>) -> Vec<DueReport> {
    let start = desk.project.control.reference.start;
    due_reports(&desk.project.project, start, desk.project.status_date)
}

/// How many of the reports due came on their day or before, in words: `4 of 5`.
#[must_use]
pub fn on_time_words(due: &[DueReport]) -> String {
    let n_on_time = due.iter().filter(|report| report.issued.is_some() && report.late_days == 0).count();
    format!("{n_on_time} of {}", due.len())
}

/// What the number of reports due is called, with the day from which they are.
#[must_use]
pub fn reports_due_words(desk: &Desk<'_>) -> String {
    match desk.project.project.first_report {
        Some(first) => format!("Reports due since {}", format::date(first)),
        None => "Reports due since the start".to_owned(),
    }
}

fn reports(desk: &Desk<'_>, book: &mut Book) {
    let day = desk.project.status_date;
    let issued: Vec<_> =
        desk.project.project.updates.iter().filter(|update| update.status_date <= day).collect();
    let figure = Figure::new("reports", "Reports issued", issued.len().to_string())
        .formula("number of reports by the status date")
        .lines("reports", "", issued.iter().map(|update| update.origin));
    book.add(figure.inputs([status_date(desk)]));
    let rhythm = desk.project.project.field_origins.get("reporting").copied();
    let due = Figure::new("reports-due", reports_due_words(desk), reports_due(desk).to_string());
    let first = desk.project.project.field_origins.get("first_report").copied();
    let due = match (desk.project.project.first_report, first) {
        (Some(day), Some(place)) => due
            .formula("1 + days from the first report to the status date ÷ days between reports; none before the first")
            .typed("first report", format::date(day), place),
        _ => due.formula("days from the start to the status date ÷ days between reports").input(
            "start",
            format::moment(desk.project.project.start),
            super::task_time::project_start(desk),
        ),
    };
    book.add(due.typed_or("reporting", "", rhythm, "the usual rhythm").inputs([status_date(desk)]));
    let all = due_reports_of(desk);
    if !all.is_empty() {
        book.add(
            Figure::new("reports-on-time", "Reports on time", on_time_words(&all))
                .formula("reports of their due day or before, of those due; each report answers the due day nearest to it")
                .of("due", "reports-due")
                .of("issued", "reports"),
        );
    }
}

/// The colour of each dimension, by its rule and the figures that it is read from.
fn colours(desk: &Desk<'_>, book: &mut Book) {
    for dimension in &desk.project.control.health.dimensions {
        let keys: &[&str] = match dimension.kind {
            DimensionKind::Time => &[
                "slip",
                "finish",
                "promised",
                "discrete-spi-t",
                "spi-t",
                "p50-finish",
                "p80-finish",
                "chance-promised",
            ],
            DimensionKind::Cost => {
                &["eac", "eac-4", "bac", "discrete-cpi", "cpi", "contingency-left", "draws-spent"]
            }
            DimensionKind::Scope => &["changes-waiting", "changes-approved", "burn.scope", "bac"],
            DimensionKind::Quality => &["accepted", "tests-pass-rate", "defects-all.open"],
            DimensionKind::Risk => &["exposure", "threats", "contingency-left", "open-risks"],
            DimensionKind::Benefits => &["benefits-owned"],
            DimensionKind::Data => &["reports"],
        };
        let name = dimension_name(dimension.kind);
        let figure = Figure::new(
            format!("status-{}", name.to_lowercase()),
            format!("Status of {}", name.to_lowercase()),
            status_of(dimension.colour).word,
        )
        .formula(format::sentence_start(&dimension.rule))
        .values(format::sentence_start(&dimension.reason))
        .inputs([status_date(desk)]);
        let known = keys.iter().filter(|key| book.get(key).is_some()).map(|key| {
            let name = book.get(key).map_or_else(String::new, |figure| figure.name.clone());
            Input::of(name, *key)
        });
        let known: Vec<Input> = known.collect();
        let tolerance = match dimension.kind {
            DimensionKind::Time => desk.project.project.field_origins.get("tolerance.time"),
            DimensionKind::Cost => desk.project.project.field_origins.get("tolerance.cost"),
            _ => None,
        };
        let tolerance = tolerance.map(|origin| Input::typed("tolerance of the board", "", *origin));
        let limits = super::limits::of_dimension(desk, dimension.kind);
        book.add(figure.inputs(known).inputs(tolerance).inputs(limits));
    }
}
