//! The ledger: every booking of money, what it does, and what it all comes to by row, month, stage and kind.

use serde::Serialize;

use crate::control::{
    EarnedValue, KindSpending, LedgerEffect, LedgerMonth, LedgerRow, LedgerSource, MoneyKind, WorkPart,
    labour_category,
};
use crate::diagnostic::Span;
use crate::format::{self, Precision};
use crate::model::CostEntry;
use crate::page::address::Address;
use crate::page::budget::category_basis;
use crate::page::cost_outlook;
use crate::page::currencies::{CurrenciesView, currencies, original};
use crate::page::desk::Desk;
use crate::page::explain::{booking_anchor, category_anchor, kind_anchor, month_anchor, work_anchor};
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
    /// Every booking with its effect and balances; empty where bookings are not told one by one.
    rows: Table,
    /// Month by month.
    months: Table,
    /// By which baseline planned value is told there, where another was in force before; none where one has been all along.
    planned_by: Option<String>,
    /// By stage and summary.
    work: Table,
    /// By category, with kind of money and sources; empty where neither is known.
    kinds: Table,
    /// That no category says what it is, with what is funded and needed; none where one does, or where nothing is funded.
    without_kinds: Option<String>,
    /// On which basis work left is taken there.
    basis: &'static str,
    /// All forecasts of cost beside each other, and why they differ.
    compared: Option<String>,
    /// Rates and what was converted with them.
    currencies: Option<CurrenciesView>,
}

impl ProjectPage for LedgerPage {
    fn kind(&self) -> &'static str {
        "ledger"
    }

    fn group(&self) -> Group {
        Group::Behind
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
            planned_by: planned_by(desk),
            work: work(desk),
            kinds: kinds(desk),
            without_kinds: without_kinds(desk),
            basis: category_basis(desk),
            compared: cost_outlook::compared(desk),
            currencies: currencies(desk),
        };
        Made::new(self.kind(), "Ledger", &view)
    }
}

/// By which baseline all months are planned, though another was in force in the first of them: reports said other planned values then.
fn planned_by(desk: &Desk<'_>) -> Option<String> {
    let project = &desk.project.project;
    let now = project.baselines_by(desk.project.status_date).next_back()?;
    let since = now.in_force_from()?;
    let mut before = project.snapshots.iter().filter(|closed| closed.status_date < since);
    before.any(|closed| closed.figures.baseline.as_ref().is_some_and(|id| *id != now.id)).then(|| {
        format!(
            "What was planned is told by baseline {} in every month, also before {}, when another was in force and reports were measured by \
             it.",
            now.id,
            format::date(since)
        )
    })
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
        format::date(desk.project.control.data_date),
        desk.money_words(spent)
    )
}

/// The line of `costs.csv` that a row stands for; none for the hours of a month.
#[must_use]
pub fn entry_of<'a>(desk: &Desk<'a>, row: &LedgerRow) -> Option<&'a CostEntry> {
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
    if desk.project.project.hides_bookings() {
        return table;
    }
    let labour = labour_category(&desk.project.project);
    for (number, row) in ledger.rows.iter().enumerate() {
        let entry = entry_of(desk, row);
        let category = entry.map_or(labour, |entry| &entry.category);
        let is_idle = matches!(row.effect, LedgerEffect::Ahead | LedgerEffect::ExpectationPast);
        let balance = |amount: Amount, part: &str| {
            if row.date > desk.project.control.data_date {
                Cell::nothing()
            } else {
                let key = format!("{}.{part}", booking_anchor(number));
                Cell::text(precision.money(amount)).explained(desk.explained(&key))
            }
        };
        let amount = Cell::text(precision.money(row.amount)).explained(match entry {
            Some(entry) => desk.href_place(entry.origin),
            None => desk.explained(&format!("{}.labour", month_anchor(row.date))),
        });
        let mut cells = vec![
            desk.date(Some(row.date)),
            effect(desk, row, precision),
            Cell::text(category),
            entry
                .and_then(|entry| entry.task)
                .map_or_else(Cell::nothing, |task| desk.task(task).class("wrap-short")),
            amount,
            balance(row.spent, "spent"),
            balance(row.on_order, "on-order"),
        ];
        if is_moved {
            cells.push(balance(row.budget, "budget"));
        }
        cells.push(desk.place_cell(place(desk, row)));
        let made = Row::new(cells);
        table.push(if is_idle { made.class("muted") } else { made });
    }
    table
}

/// Where a row is typed; for the hours of a month the first of them.
#[must_use]
pub fn place(desk: &Desk<'_>, row: &LedgerRow) -> Option<Span> {
    if let Some(entry) = entry_of(desk, row) {
        return Some(entry.origin);
    }
    let part = desk.project.control.ledger.hours_of_month(row.date.first_of_month()).next()?;
    Some(desk.project.project.timesheets.get(part.entry)?.origin)
}

/// What a row does, in words, with its number and remark.
fn effect(desk: &Desk<'_>, row: &LedgerRow, precision: Precision) -> Cell {
    let entry = entry_of(desk, row);
    let rest = |open: Amount, done: &str, still: &str| match open {
        Amount::ZERO => done.to_owned(),
        open => format!("{} {still}", precision.money(open)),
    };
    let still = if desk.project.control.expects_orders() { "still to come" } else { "never received" };
    let words = match row.effect {
        LedgerEffect::Granted => "Grants the budget of its category".to_owned(),
        LedgerEffect::Moved => "Moves the budget of its category".to_owned(),
        LedgerEffect::Ordered { .. } if row.amount < Amount::ZERO => "Order reduced".to_owned(),
        LedgerEffect::Ordered { open, .. } => {
            format!("Order, by now {}", rest(open, "received in full", still))
        }
        LedgerEffect::Received { open } => {
            format!("Receipt, by now {}", rest(open, "invoiced in full", "not yet invoiced"))
        }
        LedgerEffect::Paid if row.amount < Amount::ZERO => "Invoice taken back".to_owned(),
        LedgerEffect::Paid => "Invoice".to_owned(),
        LedgerEffect::Worked => match row.source {
            LedgerSource::Hours(effort) => {
                format!("Hours of {}, {}", format::month_of(row.date), desk.effort(effort))
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
    Cell::text(words).note_if(note.filter(|note| !note.is_empty())).class("wrap-short")
}

/// Hours and money by month, with what was planned.
#[must_use]
pub fn months(desk: &Desk<'_>) -> Table {
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
    let sum = |field: fn(&LedgerMonth) -> Amount| months.iter().map(field).sum::<Amount>();
    for row in months {
        let shown = |text: String, part: &str| {
            Cell::text(text).explained(desk.explained(&format!("{}.{part}", month_anchor(row.first))))
        };
        table.push(Row::new(vec![
            Cell::text(format::month_of(row.first)),
            shown(desk.effort(row.effort), "hours"),
            shown(precision.money(row.labour), "labour"),
            shown(precision.money(row.planned_labour), "planned-labour"),
            shown(precision.money(row.paid), "invoices"),
            shown(precision.signed(row.received), "receipts"),
            shown(precision.money(row.spent), "spent"),
            shown(precision.money(row.spent_so_far), "spent-so-far"),
            shown(precision.money(row.planned_so_far), "planned-so-far"),
            shown(precision.money(row.ordered), "orders"),
        ]));
    }
    let shown =
        |text: String, part: &str| Cell::text(text).explained(desk.explained(&format!("months-{part}")));
    let last = |amount: fn(&LedgerMonth) -> Amount, part: &str| {
        let last = months.last();
        let key = last.map(|month| format!("{}.{part}", month_anchor(month.first)));
        Cell::text(precision.money(last.map(amount).unwrap_or_default()))
            .explained(key.and_then(|key| desk.explained(&key)))
    };
    table.push(
        Row::new(vec![
            Cell::text("Total"),
            shown(desk.effort(months.iter().map(|month| month.effort).sum()), "hours"),
            shown(precision.money(sum(|month| month.labour)), "labour"),
            shown(precision.money(sum(|month| month.planned_labour)), "planned-labour"),
            shown(precision.money(sum(|month| month.paid)), "invoices"),
            shown(precision.signed(sum(|month| month.received)), "receipts"),
            shown(precision.money(sum(|month| month.spent)), "spent"),
            last(|month| month.spent_so_far, "spent-so-far"),
            last(|month| month.planned_so_far, "planned-so-far"),
            shown(precision.money(sum(|month| month.ordered)), "orders"),
        ])
        .class("total"),
    );
    table
}

/// Earned value by stage and work package.
#[must_use]
pub fn work(desk: &Desk<'_>) -> Table {
    let control = &desk.project.control;
    let values = control.work_breakdown.iter().map(|package| package.value).chain([control.total]);
    let precision =
        desk.precision(values.flat_map(|value| [value.budget, value.planned, value.earned, value.actual]));
    let mut table = Table::new(&["Work", "#Budget", "#Planned", "#Earned", "#Actual", "#Cost variance"]);
    // The keys of the figures: budget, PV, EV, AC, CV.
    let row = |name: Cell, value: &EarnedValue, keys: [String; 5]| {
        let [budget, planned, earned, actual, variance] = keys;
        let shown = |text: String, key: &str| Cell::text(text).explained(desk.explained(key));
        let variance = shown(precision.signed(value.cost_variance()), &variance);
        Row::new(vec![
            name,
            shown(precision.money(value.budget), &budget),
            shown(precision.money(value.planned), &planned),
            shown(precision.money(value.earned), &earned),
            shown(precision.money(value.actual), &actual),
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
        let name = if let Some(class) = class { name.class(class) } else { name };
        let anchor = work_anchor(desk, package.part);
        let keys = ["budget", "pv", "ev", "ac", "cv"].map(|part| format!("{anchor}.{part}"));
        table.push(row(name, &package.value, keys));
    }
    let keys = ["bac", "pv", "ev", "ac", "cv"].map(str::to_owned);
    table.push(row(Cell::text("Total"), &control.total, keys).class("total"));
    table
}

/// The word of a kind of money.
#[must_use]
pub fn kind_word(kind: MoneyKind) -> &'static str {
    match kind {
        MoneyKind::Capex => "Capex",
        MoneyKind::Opex => "Opex",
        MoneyKind::Unknown => "Kind not said",
    }
}

/// Whether any category says of which kind its money is.
fn is_any_kind_given(desk: &Desk<'_>) -> bool {
    desk.project.control.spending.categories.iter().any(|row| row.kind != MoneyKind::Unknown)
}

/// That no category says of which kind its money is, instead of a table that could only show it.
fn without_kinds(desk: &Desk<'_>) -> Option<String> {
    let kinds = &desk.project.control.spending.kinds;
    let funded = kinds.iter().fold(Amount::ZERO, |sum, sums| sum + sums.funding);
    let needed = kinds.iter().fold(Amount::ZERO, |sum, sums| sum + sums.estimate_at_completion);
    (!is_any_kind_given(desk) && funded > Amount::ZERO).then(|| {
        format!(
            "No category says whether it is capex or opex; {} are funded, {} needed.",
            desk.money_words(funded),
            desk.money_words(needed)
        )
    })
}

fn kinds(desk: &Desk<'_>) -> Table {
    let spending = &desk.project.control.spending;
    let funding = &desk.project.project.budget.funding;
    if !is_any_kind_given(desk) {
        return Table::default();
    }
    let of_kinds = spending
        .kinds
        .iter()
        .flat_map(|sums| [sums.funding, sums.budget, sums.spent, sums.estimate_at_completion]);
    let of_categories =
        spending.categories.iter().flat_map(|row| [row.budget_now(), row.spent, row.estimate_at_completion]);
    let precision = desk.precision(of_kinds.chain(of_categories));
    let at_completion = format!("#At completion ({})", desk.project.control.total.headline().letters());
    let mut table =
        Table::new(&["Money", "Paid by", "#Funding", "#Budget", "#Spent", &at_completion, "#Funding left"]);
    for sums in &spending.kinds {
        table.push(kind_row(desk, sums, precision));
        for (place, row) in spending.categories.iter().enumerate().filter(|(_, row)| row.kind == sums.kind) {
            let shown = |amount: Amount, part: &str| {
                let key = format!("{}.{part}", category_anchor(place));
                Cell::text(precision.money(amount)).explained(desk.explained(&key))
            };
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
                shown(row.budget_now(), "budget-now"),
                shown(row.spent, "spent"),
                shown(row.estimate_at_completion, "at-completion"),
                Cell::default(),
            ]));
        }
    }
    table
}

fn kind_row(desk: &Desk<'_>, sums: &KindSpending, precision: Precision) -> Row {
    let shown = |text: String, part: &str| {
        Cell::text(text).explained(desk.explained(&format!("{}-{part}", kind_anchor(sums.kind))))
    };
    let left = sums.funding - sums.estimate_at_completion;
    let left_cell = shown(precision.signed(left), "left");
    Row::new(vec![
        Cell::text(kind_word(sums.kind)),
        Cell::default(),
        shown(precision.money(sums.funding), "funding"),
        shown(precision.money(sums.budget), "budget"),
        shown(precision.money(sums.spent), "spent"),
        shown(precision.money(sums.estimate_at_completion), "at-completion"),
        if left < Amount::ZERO { left_cell.class("bad") } else { left_cell },
    ])
    .class("summary")
}
