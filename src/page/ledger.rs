//! The ledger: every booking of money, what it does, and what it all comes to by row, month, stage and kind.

use serde::Serialize;

use crate::control::{KindSpending, LedgerEffect, LedgerRow, LedgerSource, MoneyKind, WorkPart};
use crate::format::{self, Precision};
use crate::model::CostEntry;
use crate::page::address::Address;
use crate::page::currencies::{CurrenciesView, currencies, original};
use crate::page::desk::Desk;
use crate::page::view::{Cell, Row, Table};
use crate::page::{Entry, Group, Made, ProjectPage};
use crate::quantity::Amount;
use crate::report::ProjectReport;

/// The ledger page.
pub struct LedgerPage;

/// What the ledger page shows.
#[derive(Debug, Serialize)]
struct LedgerView {
    /// What it all comes to, in a sentence.
    summary: String,
    /// The currency of all figures.
    currency: String,
    /// Every booking with its effect and balances.
    rows: Table,
    /// Month by month.
    months: Table,
    /// By stage and summary.
    work: Table,
    /// By category, with kind of money and sources; empty where neither is known.
    kinds: Table,
    /// Rates and what was converted with them.
    currencies: Option<CurrenciesView>,
}

impl ProjectPage for LedgerPage {
    fn kind(&self) -> &'static str {
        "ledger"
    }

    fn group(&self) -> Group {
        Group::Money
    }

    fn question(&self) -> &'static str {
        "Which booking did what, and what did it come to by then?"
    }

    fn entries(&self, project: &ProjectReport) -> Vec<Entry> {
        let has_rows = !project.control.ledger.rows.is_empty() || !project.project.conversions.is_empty();
        let entry = || Entry::new(Address::page(&project.project.folder, "ledger"), "Ledger");
        has_rows.then(entry).into_iter().collect()
    }

    fn make(&self, desk: &Desk<'_>) -> Made {
        let view = LedgerView {
            summary: summary(desk),
            currency: desk.project.project.currency.to_string(),
            rows: rows(desk),
            months: months(desk),
            work: work(desk),
            kinds: kinds(desk),
            currencies: currencies(desk),
        };
        Made::new(self.kind(), "Ledger", &view)
    }
}

fn summary(desk: &Desk<'_>) -> String {
    let control = &desk.project.control;
    let (spent, open) = (control.spending.total.spent, control.spending.total.open_commitment);
    let on_order = if open == Amount::ZERO {
        "nothing is on order".to_owned()
    } else {
        format!("{} are ordered and not yet received", desk.money_words(open))
    };
    format!(
        "By {}, {} are spent and {on_order}.",
        format::date(desk.project.status_date),
        desk.money_words(spent)
    )
}

/// The line of `costs.csv` that a row stands for.
fn entry_of<'a>(desk: &Desk<'a>, row: &LedgerRow) -> Option<&'a CostEntry> {
    match row.source {
        LedgerSource::Entry(place) => desk.project.project.costs.get(place),
        LedgerSource::Hours(_) => None,
    }
}

fn rows(desk: &Desk<'_>) -> Table {
    let ledger = &desk.project.control.ledger;
    let precision =
        desk.precision(ledger.rows.iter().flat_map(|row| [row.amount, row.spent, row.on_order, row.budget]));
    let mut head = vec!["Date", "What it does", "Category", "Task", "#Amount", "#Spent so far", "#On order"];
    // A budget that no row moves is the same in every row.
    let is_moved =
        ledger.rows.iter().any(|row| matches!(row.effect, LedgerEffect::Granted | LedgerEffect::Moved));
    if is_moved {
        head.push("#Budget");
    }
    head.push("Written at");
    let mut table = Table::new(&head);
    for row in &ledger.rows {
        let entry = entry_of(desk, row);
        let category = entry.map_or_else(|| labour_category(desk), |entry| entry.category.clone());
        let is_idle = matches!(row.effect, LedgerEffect::Ahead | LedgerEffect::ExpectationPast);
        let balance = |amount: Amount| {
            if row.date > desk.project.status_date {
                Cell::nothing()
            } else {
                Cell::text(precision.money(amount))
            }
        };
        let mut cells = vec![
            desk.date(Some(row.date)),
            effect(desk, row, precision),
            Cell::text(category),
            entry.and_then(|entry| entry.task).map_or_else(Cell::nothing, |task| desk.task(task)),
            Cell::text(precision.money(row.amount)),
            balance(row.spent),
            balance(row.on_order),
        ];
        if is_moved {
            cells.push(balance(row.budget));
        }
        cells.push(Cell::maybe(place(desk, row)).class("mono"));
        let made = Row::new(cells);
        table.push(if is_idle { made.class("muted") } else { made });
    }
    table
}

/// The category that hours count in.
fn labour_category(desk: &Desk<'_>) -> String {
    let categories = &desk.project.project.budget.categories;
    let named = categories.iter().find(|name| name.starts_with("labour"));
    named.cloned().unwrap_or_else(|| "labour".to_owned())
}

/// Where a row is typed; for the hours of a month the first of them.
fn place(desk: &Desk<'_>, row: &LedgerRow) -> Option<String> {
    if let Some(entry) = entry_of(desk, row) {
        return desk.place(entry.origin);
    }
    let month = row.date.first_of_month();
    let first =
        desk.project.project.timesheets.iter().find(|entry| entry.period.first().first_of_month() == month);
    first.and_then(|entry| desk.place(entry.origin))
}

/// What a row does, in words, with its number and remark.
fn effect(desk: &Desk<'_>, row: &LedgerRow, precision: Precision) -> Cell {
    let entry = entry_of(desk, row);
    let rest = |open: Amount, done: &str, still: &str| match open {
        Amount::ZERO => done.to_owned(),
        open => format!("{} {still}", precision.money(open)),
    };
    let words = match row.effect {
        LedgerEffect::Granted => "Grants the budget of its category".to_owned(),
        LedgerEffect::Moved => "Moves the budget of its category".to_owned(),
        LedgerEffect::Ordered { open, .. } => {
            format!("Order, {}", rest(open, "received in full", "still to come"))
        }
        LedgerEffect::Received { open } => {
            format!("Receipt, {}", rest(open, "invoiced in full", "not yet invoiced"))
        }
        LedgerEffect::Paid if row.amount < Amount::ZERO => "Invoice taken back".to_owned(),
        LedgerEffect::Paid => "Invoice".to_owned(),
        LedgerEffect::Worked => match row.source {
            LedgerSource::Hours(effort) => {
                format!("Hours of {}, {}", month(row.date), desk.effort(effort))
            }
            LedgerSource::Entry(_) => "Hours".to_owned(),
        },
        LedgerEffect::Expected => "Expected: part of the estimate from below (EAC₄)".to_owned(),
        LedgerEffect::ExpectationPast => "Was expected by now: counts for nothing any more".to_owned(),
        LedgerEffect::Ahead => "After the status date: does not count yet".to_owned(),
    };
    let note = entry.map(|entry| {
        let typed = entry.converted.map(|from| original(desk, &from));
        let parts = [entry.reference.as_deref(), entry.note.as_deref(), typed.as_deref()];
        parts.into_iter().flatten().collect::<Vec<_>>().join(" · ")
    });
    Cell::text(words).note_if(note.filter(|note| !note.is_empty()))
}

/// A month in words: `Nov 2026`.
fn month(day: jiff::civil::Date) -> String {
    let words = format::date(day);
    words.split_once('\u{a0}').map_or(words.clone(), |(_, month)| month.to_owned())
}

fn months(desk: &Desk<'_>) -> Table {
    let months = &desk.project.control.ledger.months;
    let precision = desk.precision(months.iter().flat_map(|month| {
        [
            month.labour,
            month.planned_labour,
            month.ordered,
            month.paid,
            month.received,
            month.spent,
            month.spent_so_far,
            month.planned_so_far,
        ]
    }));
    let mut table = Table::new(&[
        "Month",
        "#Hours",
        "#Labour",
        "#Labour planned",
        "#Invoices",
        "#Receipts without invoice",
        "#Spent",
        "#Spent so far",
        "#Planned so far",
        "#Orders signed",
    ]);
    let sum = |field: fn(&crate::control::LedgerMonth) -> Amount| months.iter().map(field).sum::<Amount>();
    for row in months {
        table.push(Row::new(vec![
            Cell::text(month(row.first)),
            Cell::text(desk.effort(row.effort)),
            Cell::text(precision.money(row.labour)),
            Cell::text(precision.money(row.planned_labour)),
            Cell::text(precision.money(row.paid)),
            Cell::text(precision.signed(row.received)),
            Cell::text(precision.money(row.spent)),
            Cell::text(precision.money(row.spent_so_far)),
            Cell::text(precision.money(row.planned_so_far)),
            Cell::text(precision.money(row.ordered)),
        ]));
    }
    let last =
        |field: fn(&crate::control::LedgerMonth) -> Amount| months.last().map(field).unwrap_or_default();
    table.push(
        Row::new(vec![
            Cell::text("Total"),
            Cell::text(desk.effort(months.iter().map(|month| month.effort).sum())),
            Cell::text(precision.money(sum(|month| month.labour))),
            Cell::text(precision.money(sum(|month| month.planned_labour))),
            Cell::text(precision.money(sum(|month| month.paid))),
            Cell::text(precision.signed(sum(|month| month.received))),
            Cell::text(precision.money(sum(|month| month.spent))),
            Cell::text(precision.money(last(|month| month.spent_so_far))),
            Cell::text(precision.money(last(|month| month.planned_so_far))),
            Cell::text(precision.money(sum(|month| month.ordered))),
        ])
        .class("total"),
    );
    table
}

fn work(desk: &Desk<'_>) -> Table {
    let control = &desk.project.control;
    let values = control.work_breakdown.iter().map(|package| package.value).chain([control.total]);
    let precision =
        desk.precision(values.flat_map(|value| [value.budget, value.planned, value.earned, value.actual]));
    let mut table = Table::new(&["Work", "#Budget", "#Planned", "#Earned", "#Actual", "#Cost variance"]);
    let row = |name: Cell, value: &crate::control::EarnedValue| {
        let variance = Cell::text(precision.signed(value.cost_variance()));
        Row::new(vec![
            name,
            Cell::text(precision.money(value.budget)),
            Cell::text(precision.money(value.planned)),
            Cell::text(precision.money(value.earned)),
            Cell::text(precision.money(value.actual)),
            if value.cost_variance() < Amount::ZERO { variance.class("bad") } else { variance },
        ])
    };
    for package in &control.work_breakdown {
        let name = match package.part {
            WorkPart::Stage(stage) => Cell::text(format::stage(stage))
                .href(desk.href(&Address::stage(&desk.project.project.folder, stage))),
            WorkPart::Summary(task) => desk.task(task),
            WorkPart::WithoutTask => Cell::text("No task"),
        };
        let indent = ["indent-1", "indent-2", "indent-3", "indent-4"];
        let place = usize::try_from(package.depth).unwrap_or(usize::MAX).checked_sub(1);
        let class = place.map(|place| indent.get(place).copied().unwrap_or("indent-4"));
        table.push(row(if let Some(class) = class { name.class(class) } else { name }, &package.value));
    }
    table.push(row(Cell::text("Total"), &control.total).class("total"));
    table
}

/// The word of a kind of money.
fn kind_word(kind: MoneyKind) -> &'static str {
    match kind {
        MoneyKind::Capex => "Capex",
        MoneyKind::Opex => "Opex",
        MoneyKind::Unknown => "Kind not said",
    }
}

fn kinds(desk: &Desk<'_>) -> Table {
    let spending = &desk.project.control.spending;
    let funding = &desk.project.project.budget.funding;
    let is_known = spending.kinds.iter().any(|sums| sums.kind != MoneyKind::Unknown);
    if !is_known && funding.iter().all(|source| source.categories.is_empty()) {
        return Table::default();
    }
    let of_kinds = spending
        .kinds
        .iter()
        .flat_map(|sums| [sums.funding, sums.budget, sums.spent, sums.estimate_at_completion]);
    let of_categories =
        spending.categories.iter().flat_map(|row| [row.budget_now(), row.spent, row.estimate_at_completion]);
    let precision = desk.precision(of_kinds.chain(of_categories));
    let mut table =
        Table::new(&["Money", "Paid by", "#Funding", "#Budget", "#Spent", "#At completion", "#Funding left"]);
    for sums in &spending.kinds {
        table.push(kind_row(sums, precision));
        for row in spending.categories.iter().filter(|row| row.kind == sums.kind) {
            let is_idle = [row.budget_now(), row.spent, row.estimate_at_completion]
                .iter()
                .all(|amount| *amount == Amount::ZERO);
            if is_idle {
                continue;
            }
            let pays = funding
                .iter()
                .filter(|source| source.categories.is_empty() || source.categories.contains(&row.name));
            let pays: Vec<&str> = pays.map(|source| source.source.as_str()).collect();
            table.push(Row::new(vec![
                Cell::text(format::sentence_start(&row.name)).class("indent-1"),
                Cell::maybe((!pays.is_empty()).then(|| pays.join(", "))),
                Cell::default(),
                Cell::text(precision.money(row.budget_now())),
                Cell::text(precision.money(row.spent)),
                Cell::text(precision.money(row.estimate_at_completion)),
                Cell::default(),
            ]));
        }
    }
    table
}

fn kind_row(sums: &KindSpending, precision: Precision) -> Row {
    let left = sums.funding - sums.estimate_at_completion;
    let left_cell = Cell::text(precision.signed(left));
    Row::new(vec![
        Cell::text(kind_word(sums.kind)),
        Cell::default(),
        Cell::text(precision.money(sums.funding)),
        Cell::text(precision.money(sums.budget)),
        Cell::text(precision.money(sums.spent)),
        Cell::text(precision.money(sums.estimate_at_completion)),
        if left < Amount::ZERO { left_cell.class("bad") } else { left_cell },
    ])
    .class("summary")
}
