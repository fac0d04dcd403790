//! The budget page: do we have enough money, and how do we know?

use serde::Serialize;

use crate::control::{CategorySpending, Headline, WorkPart};
use crate::format::{self, Precision};
use crate::page::address::Address;
use crate::page::bridge::{BridgeView, bridge};
use crate::page::business_case;
use crate::page::currencies::original;
use crate::page::desk::Desk;
use crate::page::earned_schedule::{ScheduleForecasts, schedule_forecasts};
use crate::page::earned_value::{EarnedValueView, earned_value};
use crate::page::view::{Cell, Chart, Explain, ExplainInput, Fact, Row, Table};
use crate::page::{Entry, Group, Made, ProjectPage, reserves};
use crate::quantity::Amount;
use crate::report::ProjectReport;

/// The budget page.
pub struct BudgetPage;

/// What the budget page shows.
#[derive(Debug, Serialize)]
struct BudgetView {
    /// Estimate, budget and contingency in one or two sentences.
    summary: String,
    /// The currency of all figures.
    currency: String,
    /// Planned, earned and actual value.
    s_curve: Option<Chart>,
    /// Money by category as a chart.
    by_category: Option<Chart>,
    /// Money by category; the rows add up to the total.
    categories: Table,
    /// How the estimates of the category table are made.
    categories_explain: Explain,
    /// Earned value with every index and estimate.
    earned: EarnedValueView,
    /// Earned schedule beside the network's forecast.
    forecasts: ScheduleForecasts,
    /// Contingency and management reserve.
    reserves: Table,
    /// Which changes and decisions drew on a reserve.
    draws: Table,
    /// What is left of the reserves over time.
    reserve_steps: Option<Chart>,
    /// How the contingency left is computed.
    reserve_explain: Option<Explain>,
    /// Why the estimate differs from the budget.
    bridge: Option<BridgeView>,
    /// The page on which every booking stands.
    ledger: Option<String>,
    /// Where the money comes from.
    funding: Table,
    /// Funding against budget and reserves, in facts.
    funding_facts: Vec<Fact>,
    /// Orders that are signed and not yet received.
    orders: Table,
    /// Earned value by task.
    tasks: Table,
    /// The business case in one sentence.
    case: Option<String>,
    /// Where it is told.
    case_href: Option<String>,
    /// Where formulas are explained.
    method: Option<String>,
}

impl ProjectPage for BudgetPage {
    fn kind(&self) -> &'static str {
        "budget"
    }

    fn group(&self) -> Group {
        Group::Money
    }

    fn question(&self) -> &'static str {
        "Is the money enough, and how do we know?"
    }

    fn entries(&self, project: &ProjectReport) -> Vec<Entry> {
        let control = &project.control;
        let has_money = control.total.budget > Amount::ZERO
            || control.spending.total.spent > Amount::ZERO
            || control.spending.contingency.granted > Amount::ZERO
            || control.spending.funding > Amount::ZERO;
        if has_money {
            vec![Entry::new(Address::page(&project.project.folder, "budget"), "Budget")]
        } else {
            Vec::new()
        }
    }

    fn make(&self, desk: &Desk<'_>) -> Made {
        let view = BudgetView {
            summary: summary(desk),
            currency: desk.project.project.currency.to_string(),
            s_curve: desk.chart("s-curve"),
            by_category: desk.chart("budget"),
            categories: categories(desk),
            categories_explain: categories_explain(desk),
            earned: earned_value(desk),
            forecasts: schedule_forecasts(desk),
            reserves: reserves::reserves(desk),
            draws: reserves::draws(desk),
            reserve_steps: desk.chart("reserve-steps"),
            reserve_explain: reserves::explain(desk),
            bridge: bridge(desk),
            ledger: desk.href(&Address::page(&desk.project.project.folder, "ledger")),
            funding: funding(desk),
            funding_facts: funding_facts(desk),
            orders: orders(desk),
            tasks: tasks(desk),
            case: business_case::summary(desk),
            case_href: desk.href_page("business-case"),
            method: desk.href(&Address::method()),
        };
        Made::new(self.kind(), "Budget", &view)
    }
}

fn summary(desk: &Desk<'_>) -> String {
    let control = &desk.project.control;
    let total = &control.total;
    if total.budget == Amount::ZERO {
        return "The plan has no budget: no rates, no costs.".to_owned();
    }
    if !control.spending.is_recorded {
        return format!(
            "No cost is recorded, so nothing can be said about the cost at completion; the budget is {}.",
            desk.money_words(total.budget)
        );
    }
    let (low, high) = total.estimate_range();
    let over = total.estimate() - total.budget;
    let side = match over.cmp(&Amount::ZERO) {
        std::cmp::Ordering::Greater => format!("{} over", desk.money_words(over)),
        std::cmp::Ordering::Less => format!("{} under", desk.money_words(Amount::ZERO - over)),
        std::cmp::Ordering::Equal => "just".to_owned(),
    };
    let range = if low == high {
        String::new()
    } else {
        format!(" (between {} and {})", desk.money(low), desk.money(high))
    };
    let mut sentences = vec![format!(
        "{} at completion {}{range}, {side} the budget of {}.",
        desk.money_words(total.estimate()),
        basis(total.headline()),
        desk.money_words(total.budget),
    )];
    let contingency = &control.spending.contingency;
    if contingency.granted > Amount::ZERO && over > Amount::ZERO {
        sentences.push(format!(
            "That takes {} of the contingency of {}.",
            format::share(over.as_f64() / contingency.granted.as_f64()),
            desk.money_words(contingency.granted)
        ));
    }
    if control.spending.total.expected.is_some() {
        sentences.push(format!(
            "Counted piece by piece, with what the ledger expects, it comes to {} (EAC₄).",
            desk.money_words(control.bottom_up.estimate)
        ));
    }
    if let Some(day) = control.spending.actuals_to {
        sentences.push(format!("Actual cost is complete to {}.", format::date(day)));
    }
    sentences.join(" ")
}

/// What the estimate that pages lead with is made on.
fn basis(headline: Headline) -> &'static str {
    match headline {
        Headline::Trend => "on trend",
        Headline::OneOff => "if the rest costs what was budgeted (too early for a trend)",
    }
}

/// Money by category; the rows add up to the total.
///
/// The budget as granted and moved, and what `forecast` lines expect, have columns where the ledger says any of them.
#[must_use]
pub fn categories(desk: &Desk<'_>) -> Table {
    let spending = &desk.project.control.spending;
    let columns = Columns {
        has_moves: spending.total.granted.is_some()
            || spending.categories.iter().any(|row| row.moved != Amount::ZERO),
        has_expected: spending.total.expected.is_some(),
    };
    let rows = spending.categories.iter().chain([&spending.total]);
    let precision = desk.precision(rows.flat_map(|row| {
        [
            row.budget,
            row.budget_now(),
            row.actual,
            row.accrual,
            row.open_commitment,
            row.estimate_to_complete,
            row.expected.unwrap_or_default(),
        ]
    }));
    let mut head = vec!["Category", "#Budget"];
    if columns.has_moves {
        head.push("#As granted and moved");
    }
    head.extend([
        "#Paid or booked",
        "#Received, not invoiced",
        "#Spent",
        "#Ordered, not received",
        "#Still to spend",
        "#At completion",
        "#Left or over",
    ]);
    if columns.has_expected {
        head.push("#Expected by the ledger");
    }
    let mut table = Table::new(&head);
    for category in &spending.categories {
        table.push(category_row(category, &format::sentence_start(&category.name), columns, precision));
    }
    table.push(category_row(&spending.total, "Total", columns, precision).class("total"));
    table
}

/// Columns that the table by category has only where the ledger fills them.
#[derive(Clone, Copy, Debug)]
struct Columns {
    has_moves: bool,
    has_expected: bool,
}

fn category_row(row: &CategorySpending, name: &str, columns: Columns, precision: Precision) -> Row {
    let variance = Cell::text(precision.signed(row.variance));
    let mut cells = vec![Cell::text(name), Cell::text(precision.money(row.budget))];
    if columns.has_moves {
        cells.push(Cell::text(precision.money(row.budget_now())));
    }
    cells.extend([
        Cell::text(precision.money(row.actual)),
        Cell::text(precision.money(row.accrual)),
        Cell::text(precision.money(row.spent)),
        Cell::text(precision.money(row.open_commitment)),
        Cell::text(precision.money(row.estimate_to_complete)),
        Cell::text(precision.money(row.estimate_at_completion)),
        if row.variance < Amount::ZERO { variance.class("bad") } else { variance },
    ]);
    if columns.has_expected {
        cells.push(Cell::text(precision.money(row.expected.unwrap_or_default())));
    }
    Row::new(cells)
}

fn categories_explain(desk: &Desk<'_>) -> Explain {
    let total = &desk.project.control.spending.total;
    Explain {
        title: "How this table is computed".to_owned(),
        formula: "at completion = spent + still to spend; still to spend = budget − earned value of the category; left or over = budget as granted and moved − at completion".to_owned(),
        values: Some(format!(
            "{} = {} + {}; {} = {} − {}",
            desk.money(total.estimate_at_completion),
            desk.money(total.spent),
            desk.money(total.estimate_to_complete),
            desk.money(total.variance),
            desk.money(total.budget_now()),
            desk.money(total.estimate_at_completion),
        )),
        inputs: ledger_inputs(desk),
        source: Some("Work left is taken at its budget (EAC₁), so that categories add up exactly; the trend estimate (EAC₂) stands below.".to_owned()),
    }
}

/// Every line of the ledger of costs up to the status date, with its place.
fn ledger_inputs(desk: &Desk<'_>) -> Vec<ExplainInput> {
    let exact = |amount: Amount| format::money_exact(amount, desk.project.project.currency);
    desk.project
        .project
        .costs
        .iter()
        .filter(|entry| entry.date <= desk.project.status_date)
        .map(|entry| ExplainInput {
            label: format!(
                "{} {} {}",
                format::date(entry.date),
                entry.entry_type.key(),
                entry.reference.as_deref().unwrap_or(&entry.category)
            ),
            value: match &entry.converted {
                Some(from) => format!("{} ({})", exact(entry.amount), original(desk, from)),
                None => exact(entry.amount),
            },
            place: desk.place(entry.origin),
            href: None,
        })
        .collect()
}

/// Where the money comes from.
#[must_use]
pub fn funding(desk: &Desk<'_>) -> Table {
    let mut table = Table::new(&["Source", "Kind", "#Amount", "Written at"]);
    let funding = &desk.project.project.budget.funding;
    let precision = desk.precision(funding.iter().map(|source| source.amount));
    for source in funding {
        table.push(Row::new(vec![
            Cell::text(&*source.source),
            Cell::maybe(source.kind.clone()),
            Cell::text(precision.money(source.amount)),
            Cell::maybe(desk.place(source.origin)).class("mono"),
        ]));
    }
    if funding.len() > 1 {
        table.push(
            Row::new(vec![
                Cell::text("Total"),
                Cell::default(),
                Cell::text(precision.money(desk.project.control.spending.funding)),
                Cell::default(),
            ])
            .class("total"),
        );
    }
    table
}

fn funding_facts(desk: &Desk<'_>) -> Vec<Fact> {
    let spending = &desk.project.control.spending;
    if spending.funding == Amount::ZERO {
        return Vec::new();
    }
    let total = &desk.project.control.total;
    let needed = total.budget + spending.contingency.granted + spending.management_reserve.granted;
    let mut facts = vec![
        Fact::new(
            "Budget with reserves",
            format!(
                "{} = {} + {} + {}",
                desk.money_words(needed),
                desk.money(total.budget),
                desk.money(spending.contingency.granted),
                desk.money(spending.management_reserve.granted)
            ),
        ),
        Fact::new("Funding less budget with reserves", desk.money_signed(spending.funding - needed)),
        Fact::new(
            "Funding less estimate at completion",
            desk.money_signed(spending.funding - total.estimate()),
        ),
    ];
    if let Some(authorised) = spending.authorised {
        facts.push(Fact::new("Released by the last gate", desk.money_words(authorised)));
    }
    facts
}

/// Orders that are signed and not yet received in full.
#[must_use]
pub fn orders(desk: &Desk<'_>) -> Table {
    let mut table = Table::new(&["Order", "Signed", "Category", "Task", "#Still to come"]);
    for order in &desk.project.control.spending.open_orders {
        table.push(Row::new(vec![
            Cell::maybe(order.reference.clone()),
            desk.date(Some(order.date)),
            Cell::text(&*order.category),
            order.task.map_or_else(Cell::nothing, |task| desk.task(task)),
            Cell::text(desk.money(order.amount)),
        ]));
    }
    table
}

/// Earned value by task.
#[must_use]
pub fn tasks(desk: &Desk<'_>) -> Table {
    let control = &desk.project.control;
    let mut table = Table::new(&[
        "Task",
        "#Budget",
        "#Planned",
        "#Earned",
        "#Actual",
        "#Cost variance",
        "#Effort booked",
        "#Effort planned",
    ]);
    let values = control
        .tasks
        .iter()
        .flat_map(|value| [value.budget, value.planned_value, value.earned_value, value.actual_cost]);
    let all = &control.total;
    let precision = desk.precision(values.chain([all.budget, all.planned, all.earned, all.actual]));
    for (number, task, _) in desk.project.tasks() {
        let value = &control.tasks[number.0 as usize];
        let is_idle = value.budget == Amount::ZERO
            && value.actual_cost == Amount::ZERO
            && value.budget_now == Amount::ZERO;
        if is_idle || task.is_summary() {
            continue;
        }
        let variance = value.earned_value - value.actual_cost;
        let variance_cell = Cell::text(precision.signed(variance));
        table.push(Row::new(vec![
            desk.task(number).note_if(task.is_level_of_effort().then(|| "level of effort".to_owned())),
            Cell::text(precision.money(value.budget)),
            Cell::text(precision.money(value.planned_value)),
            Cell::text(precision.money(value.earned_value)),
            Cell::text(precision.money(value.actual_cost)),
            if variance < Amount::ZERO { variance_cell.class("bad") } else { variance_cell },
            Cell::text(desk.effort(value.actual_effort)),
            Cell::text(desk.effort(value.planned_effort)),
        ]));
    }
    let total = &control.total;
    if let Some(rest) = control.work_breakdown.iter().find(|package| package.part == WorkPart::WithoutTask) {
        let value = rest.value;
        let variance = Cell::text(precision.signed(value.cost_variance()));
        table.push(Row::new(vec![
            Cell::text("No task").note("budget lines, and cost booked on none"),
            Cell::text(precision.money(value.budget)),
            Cell::text(precision.money(value.planned)),
            Cell::text(precision.money(value.earned)),
            Cell::text(precision.money(value.actual)),
            if value.cost_variance() < Amount::ZERO { variance.class("bad") } else { variance },
            Cell::nothing(),
            Cell::nothing(),
        ]));
    }
    table.push(
        Row::new(vec![
            Cell::text("Total"),
            Cell::text(precision.money(total.budget)),
            Cell::text(precision.money(total.planned)),
            Cell::text(precision.money(total.earned)),
            Cell::text(precision.money(total.actual)),
            Cell::text(precision.signed(total.cost_variance())),
            Cell::text(desk.effort(control.tasks.iter().map(|value| value.actual_effort).sum())),
            Cell::text(desk.effort(control.tasks.iter().map(|value| value.planned_effort).sum())),
        ])
        .class("total"),
    );
    table
}
