//! The ledger: balances booking by booking, months, parts of the work, kinds of money, other currencies.

use crate::control::{KindSpending, LedgerMonth, LedgerRow, LedgerSource, MoneyKind, WorkPart};
use crate::diagnostic::{Places, Span};
use crate::format;
use crate::model::{EntryType, Task, TaskNo};
use crate::page::currencies::original;
use crate::page::desk::Desk;
use crate::page::explain::task_time::frozen_origin;
use crate::page::explain::{Book, Figure, From, Input, bookings, budget_lines, category_anchor};
use crate::page::ledger::kind_word;
use crate::quantity::{Amount, Effort};

/// Adds them; only as of the status date of the site, because no document of another day shows them.
pub(super) fn write(desk: &Desk<'_>, book: &mut Book) {
    if !super::has_money(desk) {
        return;
    }
    book.begin("ledger");
    parts_of_work(desk, book);
    planned_months(desk, book);
    // Documents of days gone by show no booking.
    if book.day().is_some() {
        return;
    }
    book.group("ledger", "All months", Some(super::amounts(desk)));
    sums_of_months(desk, book);
    book.group("ledger", "By kind of money", Some(super::amounts(desk)));
    kinds(desk, book);
    book.group("ledger", "Other currencies", None);
    conversions(desk, book);
    let months = &desk.project.control.ledger.months;
    let before = std::iter::once(None).chain(months.iter().map(Some));
    for (before, month) in before.zip(months) {
        of_month(desk, book, before, month);
    }
    if desk.project.project.hides_bookings() {
        return;
    }
    let rows = &desk.project.control.ledger.rows;
    let before = std::iter::once(None).chain(rows.iter().map(Some));
    let counted = rows.iter().filter(|row| row.date <= desk.project.control.data_date);
    for (place, (before, row)) in before.zip(counted).enumerate() {
        of_row(desk, book, place, before, row);
    }
}

/// The first part of the keys of a booking, by its place in the ledger.
#[must_use]
pub fn booking_anchor(place: usize) -> String {
    format!("booking-{}", place + 1)
}

/// The first part of the keys of a month: `month-2026-08`.
#[must_use]
pub fn month_anchor(first: jiff::civil::Date) -> String {
    format!("month-{}", first.strftime("%Y-%m"))
}

/// The first part of the keys of a month as planned: `planned-2026-08`.
#[must_use]
pub fn planned_anchor(first: jiff::civil::Date) -> String {
    format!("planned-{}", first.strftime("%Y-%m"))
}

/// Adds what each month was to cost, by category.
fn planned_months(desk: &Desk<'_>, book: &mut Book) {
    let planned = &desk.project.control.ledger.planned;
    for month in &planned.months {
        let anchor = planned_anchor(month.first);
        let name = format!("Planned for {}", format::month_of(month.first));
        book.thing("ledger", &*anchor, name, None);
        let lines = promised(desk, month.first, month.first.last_of_month());
        for (category, amount) in planned.categories.iter().zip(&month.by_category) {
            let figure = Figure::new(
                format!("{anchor}.{}", super::slug(category)),
                format!("Planned: {category}"),
                desk.money_exact(*amount),
            );
            book.add(
                figure
                    .formula(
                        "Σ planned value of the month of each task × share of the category in what the task costs, and of the \
                         budget lines of the category",
                    )
                    .inputs(lines.clone()),
            );
        }
        book.add(
            Figure::new(format!("{anchor}.total"), "Planned in all", desk.money_exact(month.total))
                .formula("planned value (PV) at the end of the month less that at its beginning")
                .inputs(lines.clone()),
        );
    }
}

/// The first part of the keys of a part of the work: `work-execution`.
#[must_use]
pub fn work_anchor(desk: &Desk<'_>, part: WorkPart) -> String {
    match part {
        WorkPart::Stage(stage) => format!("work-{}", stage.key()),
        WorkPart::Summary(task) => format!("work-{}", desk.project.project.task(task).id),
        WorkPart::WithoutTask => "work-without-task".to_owned(),
    }
}

/// The first part of the keys of a kind of money: `kind-capex`.
#[must_use]
pub fn kind_anchor(kind: MoneyKind) -> &'static str {
    match kind {
        MoneyKind::Capex => "kind-capex",
        MoneyKind::Opex => "kind-opex",
        MoneyKind::Unknown => "kind-unknown",
    }
}

/// The key of a sum that was converted, by its place in the list.
#[must_use]
pub fn conversion_key(place: usize) -> String {
    format!("converted-{}", place + 1)
}

fn origin_of(desk: &Desk<'_>) -> Span {
    desk.project.project.budget.origin.unwrap_or(desk.project.project.origin)
}

/// Where a row was typed: its line, or all hours of its month.
fn from(desk: &Desk<'_>, row: &LedgerRow) -> From {
    match row.source {
        LedgerSource::Entry(place) => match desk.project.project.costs.get(place) {
            Some(entry) => From::Typed(entry.origin),
            None => From::Lines(Vec::new()),
        },
        LedgerSource::Hours(_) => {
            let times = bookings::entries_of_month(desk, row.date.first_of_month());
            From::Lines(times.map(|(entry, _)| entry.origin).collect())
        }
    }
}

fn of_row(desk: &Desk<'_>, book: &mut Book, place: usize, before: Option<&LedgerRow>, row: &LedgerRow) {
    let anchor = booking_anchor(place);
    let origin = match from(desk, row) {
        From::Typed(span) => Some(span),
        From::Lines(lines) => lines.first().copied(),
        _ => None,
    };
    let words = match row.source {
        LedgerSource::Entry(entry) => desk
            .project
            .project
            .costs
            .get(entry)
            .map_or("", |entry| entry.reference.as_deref().unwrap_or(&entry.category)),
        LedgerSource::Hours(_) => "hours",
    };
    let name = format!("{}, {words}: {}", format::date(row.date), desk.money_exact(row.amount));
    book.thing("ledger", &*anchor, name, origin);
    let budget = desk.project.control.reference.budget;
    let balances: [(&str, &str, Amount, Amount); 3] = [
        ("spent", "Spent so far", before.map_or(Amount::ZERO, |row| row.spent), row.spent),
        ("on-order", "On order", before.map_or(Amount::ZERO, |row| row.on_order), row.on_order),
        ("budget", "Budget by then", before.map_or(budget, |row| row.budget), row.budget),
    ];
    for (part, name, earlier, now) in balances {
        let figure = Figure::new(format!("{anchor}.{part}"), name, desk.money_exact(now));
        let figure = figure.formula(format!("{} = before + added", name.to_lowercase()));
        let figure = match before {
            Some(before) => figure.input("before", desk.money_exact(earlier), from(desk, before)),
            None if part == "budget" => figure.of("before", "bac"),
            None => figure.given("before", desk.money_exact(earlier), "it is the first booking"),
        };
        book.add(figure.input("added", desk.money_exact(now - earlier), from(desk, row)).note(match part {
            "spent" => "An invoice adds what was not counted as received yet; an order adds nothing.",
            "on-order" => "A receipt or an invoice takes away what was on order under its number.",
            _ => "The first grant of a category takes the place of what the plan has for it.",
        }));
    }
}

/// A column of the table of months: key, name, amount of a month.
type Column = (&'static str, &'static str, fn(&LedgerMonth) -> Amount);

const COLUMNS: [Column; 6] = [
    ("labour", "Labour", |month| month.labour),
    ("planned-labour", "Labour planned", |month| month.planned_labour),
    ("invoices", "Invoices", |month| month.paid),
    ("receipts", "Receipts without invoice", |month| month.received),
    ("spent", "Spent", |month| month.spent),
    ("orders", "Orders signed", |month| month.ordered),
];

fn sums_of_months(desk: &Desk<'_>, book: &mut Book) {
    let months = &desk.project.control.ledger.months;
    let of = |part: &str| -> Vec<Input> {
        let inputs = months.iter().map(|month| {
            Input::of(format::month_of(month.first), format!("{}.{part}", month_anchor(month.first)))
        });
        inputs.collect()
    };
    let effort: Effort = months.iter().map(|month| month.effort).sum();
    book.add(
        Figure::new("months-hours", "Hours, all months", desk.effort(effort))
            .formula("Σ of all months")
            .inputs(of("hours")),
    );
    for (part, name, amount) in COLUMNS {
        let sum = months.iter().map(amount).sum();
        book.add(
            Figure::new(format!("months-{part}"), format!("{name}, all months"), desk.money_exact(sum))
                .formula("Σ of all months")
                .inputs(of(part)),
        );
    }
}

fn of_month(desk: &Desk<'_>, book: &mut Book, before: Option<&LedgerMonth>, month: &LedgerMonth) {
    let anchor = month_anchor(month.first);
    book.thing("ledger", &*anchor, format::month_of(month.first), Some(origin_of(desk)));
    let key = |part: &str| format!("{anchor}.{part}");
    let last = month.first.last_of_month().min(desk.project.control.data_date);
    let is_within = |day: jiff::civil::Date| month.first <= day && day <= last;
    let hours = bookings::hours_of_month(desk, month.first);
    let people = bookings::entries_of_month(desk, month.first).map(|(entry, _)| entry.worker);
    let rates = bookings::rates(desk, people.collect::<std::collections::BTreeSet<_>>());
    let lines = |types: &[EntryType]| bookings::of_types(desk, types, |entry| is_within(entry.date));
    book.add(
        Figure::new(key("hours"), "Hours", desk.effort(month.effort))
            .formula(
                "Σ hours booked; those of a week in two months are divided by the working days of the person on which the task ran",
            )
            .inputs(hours.clone()),
    );
    let promised = promised(desk, month.first, last);
    for (part, name, amount) in COLUMNS {
        let figure = Figure::new(key(part), name, desk.money_exact(amount(month)));
        book.add(match part {
            "labour" => figure.formula("Σ hours × rates").inputs(hours.clone()).inputs(rates.clone()),
            "planned-labour" => figure
                .formula("rise of planned value in the month, each task's part that is labour")
                .inputs(promised.clone()),
            "invoices" => figure.formula("Σ invoices").inputs(lines(&[EntryType::Actual])),
            "receipts" => figure
                .formula("Σ receipts − what was invoiced of them, by order number")
                .inputs(lines(&[EntryType::Accrual, EntryType::Actual])),
            "spent" => figure
                .formula("spent = labour + invoices + receipts")
                .of("labour", key("labour"))
                .of("invoices", key("invoices"))
                .of("receipts", key("receipts")),
            _ => figure.formula("Σ orders signed").inputs(lines(&[EntryType::Commitment])),
        });
    }
    let planned_before = before.map_or(Amount::ZERO, |month| month.planned_so_far);
    let so_far = |figure: Figure, part: &str| match before {
        Some(before) => figure.of("before", format!("{}.{part}", month_anchor(before.first))),
        None => figure.given("before", desk.money_exact(Amount::ZERO), "it is the first month"),
    };
    let spent = Figure::new(key("spent-so-far"), "Spent so far", desk.money_exact(month.spent_so_far))
        .formula("spent so far = before + spent");
    book.add(so_far(spent, "spent-so-far").of("spent", key("spent")));
    let planned =
        Figure::new(key("planned-so-far"), "Planned so far", desk.money_exact(month.planned_so_far))
            .formula("PV = before + planned for the month")
            .values(format!(
                "{} = {} + {}",
                desk.money_exact(month.planned_so_far),
                desk.money_exact(planned_before),
                desk.money_exact(month.planned_so_far - planned_before)
            ));
    book.add(so_far(planned, "planned-so-far").inputs(promised));
}

/// Where dates and budgets of everything promised for some days stand.
fn promised(desk: &Desk<'_>, first: jiff::civil::Date, last: jiff::civil::Date) -> Option<Input> {
    let reference = &desk.project.control.reference;
    let tasks = desk.project.tasks().filter_map(|(number, task, _)| {
        let (start, finish) = reference.dates_of(number)?;
        let has_budget = desk.project.control.tasks.get(number.0 as usize)?.budget != Amount::ZERO;
        (has_budget && start <= last && first <= finish)
            .then(|| frozen_origin(desk, number).unwrap_or(task.origin))
    });
    let lines = reference.lines.iter().filter(|line| line.start <= last && first <= line.finish);
    let origins: Vec<Span> = tasks.chain(lines.map(|line| line.origin)).collect();
    (!origins.is_empty()).then(|| Input {
        label: "Dates and budgets promised for these days".into(),
        value: String::new(),
        from: From::Lines(origins),
    })
}

fn parts_of_work(desk: &Desk<'_>, book: &mut Book) {
    let project = &desk.project.project;
    for package in &desk.project.control.work_breakdown {
        let anchor = work_anchor(desk, package.part);
        let (name, origin) = match package.part {
            WorkPart::Stage(stage) => (format::stage(stage).to_owned(), project.origin),
            WorkPart::Summary(task) => {
                let task = project.task(task);
                (task.name.clone(), task.origin)
            }
            WorkPart::WithoutTask => ("Money on no task".to_owned(), origin_of(desk)),
        };
        book.thing("ledger", &*anchor, name, Some(origin));
        let value = &package.value;
        let parts = [
            ("budget", "Budget", value.budget, "Σ budgets"),
            ("pv", "Planned value", value.planned, "Σ planned value"),
            ("ev", "Earned value", value.earned, "Σ earned value"),
            ("ac", "Actual cost", value.actual, "Σ actual cost"),
        ];
        for (part, name, amount, formula) in parts {
            let figure =
                Figure::new(format!("{anchor}.{part}"), name, desk.money_exact(amount)).formula(formula);
            book.add(figure.inputs(beneath(desk, package.part, part)));
        }
        book.add(
            Figure::new(format!("{anchor}.cv"), "Cost variance", desk.money_exact(value.cost_variance()))
                .formula("CV = EV − AC")
                .of("EV", format!("{anchor}.ev"))
                .of("AC", format!("{anchor}.ac")),
        );
        let indices = [
            ("spi", "Schedule performance index", value.spi(), "SPI = EV ÷ PV", ("PV", "pv")),
            ("cpi", "Cost performance index", value.cpi(), "CPI = EV ÷ AC", ("AC", "ac")),
        ];
        for (part, name, index, formula, (label, below)) in indices {
            book.add(
                Figure::new(format!("{anchor}.{part}"), name, format::index(index))
                    .formula(formula)
                    .of("EV", format!("{anchor}.ev"))
                    .of(label, format!("{anchor}.{below}")),
            );
        }
    }
}

/// The figures that a part of the work adds up.
fn beneath(desk: &Desk<'_>, part: WorkPart, name: &str) -> Vec<Input> {
    let project = &desk.project.project;
    let is_beneath = |number: TaskNo, task: &Task| match part {
        WorkPart::Stage(stage) => task.stage == stage,
        WorkPart::Summary(summary) => {
            let mut above = project.task(number).parent;
            while let Some(parent) = above.filter(|parent| *parent != summary) {
                above = project.task(parent).parent;
            }
            above.is_some()
        }
        WorkPart::WithoutTask => false,
    };
    if part == WorkPart::WithoutTask {
        if name == "ac" {
            return bookings::lines(desk, |entry| entry.task.is_none());
        }
        return budget_lines::of_lines(desk, name, |_| true);
    }
    let tasks = desk.project.tasks().filter(|(number, task, _)| {
        let value = desk.project.control.tasks.get(number.0 as usize);
        let amount = value.map_or(Amount::ZERO, |value| match name {
            "budget" => value.budget,
            "pv" => value.planned_value,
            "ev" => value.earned_value,
            _ => value.actual_cost,
        });
        amount != Amount::ZERO && is_beneath(*number, task)
    });
    tasks
        .map(|(_, task, _)| Input::of(format!("“{}”", task.name), format!("task-{}.{name}", task.id)))
        .collect()
}

fn kinds(desk: &Desk<'_>, book: &mut Book) {
    for sums in &desk.project.control.spending.kinds {
        of_kind(desk, book, sums);
    }
}

fn of_kind(desk: &Desk<'_>, book: &mut Book, sums: &KindSpending) {
    let anchor = kind_anchor(sums.kind);
    let project = &desk.project.project;
    let categories = |part: &str| -> Vec<Input> {
        let rows = desk.project.control.spending.categories.iter().enumerate();
        rows.filter(|(_, row)| row.kind == sums.kind)
            .map(|(place, row)| {
                Input::of(format::sentence_start(&row.name), format!("{}.{part}", category_anchor(place)))
            })
            .collect()
    };
    let figure = |part: &str, name: &str, amount: Amount| {
        Figure::new(
            format!("{anchor}-{part}"),
            format!("{}, {name}", kind_word(sums.kind)),
            desk.money_exact(amount),
        )
    };
    let sources = project.budget.funding.iter().filter(|source| match sums.kind {
        MoneyKind::Capex => source.kind.as_deref() == Some("capex"),
        MoneyKind::Opex => source.kind.as_deref() == Some("opex"),
        MoneyKind::Unknown => !matches!(source.kind.as_deref(), Some("capex" | "opex")),
    });
    let sources: Vec<Input> = sources
        .map(|source| {
            Input::typed(
                source.source.clone(),
                desk.money_exact(source.amount),
                desk.field(source.origin, "amount"),
            )
        })
        .collect();
    let of = [
        ("funding", "funding", sums.funding, sources),
        ("budget", "budget", sums.budget, categories("budget-now")),
        ("spent", "spent", sums.spent, categories("spent")),
        ("at-completion", "at completion", sums.estimate_at_completion, categories("at-completion")),
    ];
    for (part, name, amount, inputs) in of {
        let formula =
            if part == "funding" { "Σ sources of this kind" } else { "Σ categories of this kind" };
        let is_none = inputs.is_empty();
        let figure = figure(part, name, amount).formula(formula).inputs(inputs);
        book.add(if is_none { figure.typed("budget", "none", origin_of(desk)) } else { figure });
    }
    book.add(
        figure("left", "funding left", sums.funding - sums.estimate_at_completion)
            .formula("left = funding − at completion")
            .of("funding", format!("{anchor}-funding"))
            .of("at completion", format!("{anchor}-at-completion")),
    );
}

/// The figure that says how a sum was taken over from another currency, where one was that stands at one of these places, and where the
/// book tells it (`has_ledger`): as of a day gone by it does not.
pub(super) fn conversion_of(desk: &Desk<'_>, has_ledger: bool, places: &[Span]) -> Option<Input> {
    if !has_ledger {
        return None;
    }
    let mut conversions = desk.project.project.conversions.iter();
    let place = conversions
        .position(|conversion| places.iter().any(|place| is_of(desk, *place, conversion.origin)))?;
    Some(Input::of("taken over", conversion_key(place)))
}

/// Whether a sum stands at a place: it is the place, a part of it, or the value behind a key that is it.
fn is_of(desk: &Desk<'_>, place: Span, sum: Span) -> bool {
    if place.file != sum.file || sum.start < place.start {
        return false;
    }
    let sources = &desk.report.sources;
    let between = || {
        let text = sources.text_of(sources.path(place.file))?;
        text.get(place.end as usize..sum.start as usize)
    };
    let is_behind = |between: &str| between.trim_matches([' ', '"', '\'']) == ":";
    sum.end <= place.end || between().is_some_and(is_behind)
}

fn conversions(desk: &Desk<'_>, book: &mut Book) {
    let project = &desk.project.project;
    for (place, conversion) in project.conversions.iter().enumerate() {
        let Some(rate) = project.rates.get(conversion.rate) else { continue };
        let sum = format::money_exact(conversion.original.amount, conversion.original.currency);
        book.add(
            Figure::new(
                conversion_key(place),
                original(desk, conversion),
                desk.money_exact(conversion.amount),
            )
            .formula("converted = sum × rate, rounded half to even to the smallest unit")
            .values(format!("{} = {sum} × {}", desk.money_exact(conversion.amount), rate.rate))
            .typed("sum", format!("{sum} {}", conversion.original.currency), conversion.origin)
            .typed("rate", format!("{} of {}", rate.rate, format::date(rate.date)), rate.origin),
        );
    }
}
