//! The budget page: do we have enough money, and how do we know?

use std::collections::BTreeMap;

use serde::Serialize;

use crate::control::{CategorySpending, Headline, ReleaseScope, Spending};
use crate::format::{self, Precision};
use crate::model::Ground;
use crate::page::address::Address;
use crate::page::bridge::{BridgeView, bridge};
use crate::page::business_case;
use crate::page::cost_outlook;
use crate::page::desk::Desk;
use crate::page::earned_schedule::{ScheduleForecasts, schedule_forecasts};
use crate::page::earned_value::{EarnedValueView, earned_value, unbooked};
use crate::page::explain::category_anchor;
use crate::page::task_budgets::tasks;
use crate::page::unread::{is_known, why_not};
use crate::page::view::{Cell, Chart, Fact, Row, Table};
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
    /// All forecasts of the cost side by side; none where there are not two.
    forecasts_of_cost: Option<Table>,
    /// Why they differ.
    why_they_differ: &'static str,
    /// On which basis work left is taken in the table by category.
    basis: &'static str,
    /// The currency of all figures.
    currency: String,
    /// Planned, earned and actual value.
    s_curve: Option<Chart>,
    /// Money by category as a chart.
    by_category: Option<Chart>,
    /// Money by category; the rows add up to the total.
    categories: Table,
    /// Earned value with every index and estimate.
    earned: EarnedValueView,
    /// Earned schedule beside the network's forecast; none once the board has stopped the project.
    forecasts: Option<ScheduleForecasts>,
    /// Contingency and management reserve.
    reserves: Table,
    /// Which changes and decisions drew on a reserve.
    draws: Table,
    /// What is left of the reserves over time.
    reserve_steps: Option<Chart>,
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
    /// Whether they count as still to come.
    orders_lead: &'static str,
    /// Earned value by task.
    tasks: Table,
    /// The business case in one sentence.
    case: Option<String>,
    /// Where it is told.
    case_href: Option<String>,
    /// Where formulas are explained.
    method: Option<String>,
    /// Where every figure is explained.
    explained: Option<String>,
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
            forecasts_of_cost: cost_outlook::side_by_side(desk),
            why_they_differ: cost_outlook::WHY_THEY_DIFFER,
            basis: category_basis(desk),
            currency: desk.project.project.currency.to_string(),
            s_curve: desk.chart("s-curve"),
            by_category: desk.chart("budget"),
            categories: categories(desk),
            earned: earned_value(desk),
            forecasts: (!desk.project.control.is_stopped).then(|| schedule_forecasts(desk)),
            reserves: reserves::reserves(desk),
            draws: reserves::draws(desk),
            reserve_steps: desk.chart("reserve-steps"),
            bridge: bridge(desk),
            ledger: desk.href(&Address::page(&desk.project.project.folder, "ledger")),
            funding: funding(desk),
            funding_facts: funding_facts(desk),
            orders: orders(desk),
            orders_lead: if desk.project.control.expects_orders() {
                "Signed and still to come: not in actual cost."
            } else {
                "Signed and never received: as everything is done, not in the cost at completion. Take back what will not come, or book it."
            },
            tasks: tasks(desk),
            case: business_case::summary(desk),
            case_href: desk.href_page("business-case"),
            method: desk.href(&Address::method()),
            explained: desk.href_page("explain"),
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
    if let Some(why) = why_not(desk, Ground::ESTIMATE) {
        return format!("Nothing can be said about the cost at completion: {why}.");
    }
    if !control.spending.is_recorded {
        return format!(
            "No cost is recorded, so nothing can be said about the cost at completion; the budget is {}.",
            desk.money_words(total.budget)
        );
    }
    if control.is_stopped {
        return stopped_summary(desk);
    }
    let over = total.estimate() - total.budget;
    let side = match over.cmp(&Amount::ZERO) {
        std::cmp::Ordering::Greater => format!("{} over", desk.money_words(over)),
        std::cmp::Ordering::Less => format!("{} under", desk.money_words(Amount::ZERO - over)),
        std::cmp::Ordering::Equal => "just".to_owned(),
    };
    let range = cost_outlook::range_in_short(desk).map_or_else(String::new, |range| format!(" ({range})"));
    let mut sentences = vec![format!(
        "{} at completion {}{range}, {side} the budget of {}.",
        desk.money_words(total.estimate()),
        basis(total.headline(), control.is_expected_alone()),
        desk.money_words(total.budget),
    )];
    if control.bottom_up.orders > Amount::ZERO && !control.expects_orders() {
        sentences.push(format!(
            "{} of orders are open although everything is done: they are not in it.",
            desk.money_words(control.bottom_up.orders)
        ));
    }
    sentences.extend(contingency_sentence(desk).filter(|_| over > Amount::ZERO));
    let to_return = control.spending.granted_to_return - control.spending.returned_and_needed;
    if to_return > Amount::ZERO {
        sentences.push(format!(
            "{} that reserves granted for work that is done were not needed and can be returned.",
            desk.money_words(to_return)
        ));
    }
    sentences.extend(unbooked(desk));
    if let Some(day) = control.spending.actuals_to {
        sentences.push(format!("Actual cost is complete to {}.", format::date(day)));
    }
    if control.data_date < control.status_date {
        sentences.push(format!(
            "Cost and earned value stand as of {}, the newest report; what was booked since counts with the next one.",
            format::date(control.data_date)
        ));
    }
    sentences.join(" ")
}

/// What the overrun takes of the contingency that is left; none without contingency.
fn contingency_sentence(desk: &Desk<'_>) -> Option<String> {
    let spending = &desk.project.control.spending;
    let contingency = &spending.contingency;
    if contingency.granted <= Amount::ZERO {
        return None;
    }
    let Some(share) = contingency.share_needed() else {
        return Some(format!(
            "Nothing is left of the contingency of {}.",
            desk.money_words(contingency.granted)
        ));
    };
    let granted = spending.draws_spent + spending.returned_and_needed;
    let paid = if granted == Amount::ZERO {
        String::new()
    } else {
        format!("Without {} that reserves have paid already, ", desk.money_words(granted))
    };
    let left = desk.money_words(contingency.remaining);
    let takes = match cost_outlook::beyond_all(desk) {
        Some(beyond) => {
            format!("that takes all of the contingency left, {left}, and {} more.", desk.money_words(beyond))
        }
        None => format!("that takes {} of the contingency left, {left}.", format::share(share.get())),
    };
    Some(format::sentence_start(&format!("{paid}{takes}")))
}

/// What a stopped project has cost, what is still to come of its orders, and what closing it costs.
fn stopped_summary(desk: &Desk<'_>) -> String {
    let control = &desk.project.control;
    let ordered = match control.bottom_up.orders {
        Amount::ZERO => "nothing is on order".to_owned(),
        open => format!("{} are on order and still to come", desk.money_words(open)),
    };
    let closing = match control.closing_cost {
        Amount::ZERO => "closing it costs nothing more".to_owned(),
        cost => format!("closing it costs {}", desk.money_words(cost)),
    };
    format!(
        "The board has stopped the project, so nothing is forecast: {} of a budget of {} are spent, {ordered}, {closing}; in \
         the end it will have cost {}.",
        desk.money_words(control.total.actual),
        desk.money_words(control.total.budget),
        desk.money_words(control.cost_in_the_end()),
    )
}

/// What the estimate that pages lead with is made on.
fn basis(headline: Headline, is_expected_alone: bool) -> &'static str {
    match headline {
        Headline::Trend => "on trend",
        Headline::Counted if is_expected_alone => "with what the ledger still expects",
        Headline::Counted => {
            "counted piece by piece, as more is spent and on order than the work so far leads to"
        }
        Headline::OneOff => "if the rest costs what was budgeted (too early for a trend)",
    }
}

/// On which basis the work that is left of each category is taken, in a sentence.
#[must_use]
pub fn category_basis(desk: &Desk<'_>) -> &'static str {
    if desk.project.control.is_stopped {
        return "The board has stopped the project: nothing more is spent than what is ordered and what closing it costs.";
    }
    if !is_known(desk, Ground::ESTIMATE) {
        return "Something that the forecast rests on cannot be read, so that nothing is forecast.";
    }
    if !desk.project.control.spending.is_recorded {
        return "Work is done and no cost is recorded, so that nothing is forecast.";
    }
    match desk.project.control.total.headline() {
        Headline::Trend => {
            "Work left is taken at the cost that work has had so far (÷ CPI), so that the total is the headline estimate, EAC₂."
        }
        Headline::OneOff => {
            "Work left is taken at its budget, so that the total is the headline estimate, EAC₁."
        }
        Headline::Counted if desk.project.control.is_expected_alone() => {
            "All is earned: what is still to spend is what the ledger expects, in the categories of its rows, so that the total is the headline estimate, EAC₄."
        }
        Headline::Counted => {
            "What is still to spend is counted piece by piece, as more is spent and on order than the work so far leads to, so that the total is the headline estimate, EAC₄. It is divided as work left, and no category takes less than what is on order in it."
        }
    }
}

/// Money by category; the rows add up to the total, which is the headline estimate.
///
/// The budget as granted and moved, and what `forecast` lines expect, have columns where the ledger says any of them.
#[must_use]
pub fn categories(desk: &Desk<'_>) -> Table {
    let spending = &desk.project.control.spending;
    let columns = Columns {
        has_moves: spending.total.granted.is_some()
            || spending.categories.iter().any(|row| row.moved != Amount::ZERO),
        has_expected: spending.total.expected.is_some(),
        has_forecast: desk.project.control.is_cost_forecast(),
    };
    let precision = Precision::of_sums(desk.project.project.currency, &sums_of(spending));
    let mut head = vec!["Category", "#Budget"];
    if columns.has_moves {
        head.push("#As granted and moved");
    }
    let at_completion = format!("#At completion ({})", desk.project.control.total.headline().letters());
    head.extend(["#Paid or booked", "#Received, not invoiced", "#Spent", "#Ordered, not received"]);
    if columns.has_forecast {
        head.extend(["#Still to spend", &at_completion, "#Left or over"]);
    }
    if columns.has_expected {
        head.push("#Expected by the ledger");
    }
    let mut table = Table::new(&head);
    for (place, category) in spending.categories.iter().enumerate() {
        let keys = format!("{}.", category_anchor(place));
        let name = format::sentence_start(&category.name);
        table.push(category_row(desk, category, (&name, &keys), (columns, precision)));
    }
    let total = category_row(desk, &spending.total, ("Total", "all-"), (columns, precision));
    table.push(total.class("total"));
    table
}

/// Every sum that the table by category shows, with its parts: along each row, and down each column.
fn sums_of(spending: &Spending) -> Vec<(Amount, Vec<Amount>)> {
    let rows = spending.categories.iter().chain([&spending.total]).flat_map(|row| {
        [
            (row.spent, vec![row.actual, row.accrual]),
            (row.estimate_at_completion, vec![row.spent, row.estimate_to_complete]),
            (row.budget_now(), vec![row.estimate_at_completion, row.variance]),
        ]
    });
    let columns: [fn(&CategorySpending) -> Amount; 10] = [
        |row| row.budget,
        CategorySpending::budget_now,
        |row| row.actual,
        |row| row.accrual,
        |row| row.spent,
        |row| row.open_commitment,
        |row| row.estimate_to_complete,
        |row| row.estimate_at_completion,
        |row| row.variance,
        |row| row.expected.unwrap_or_default(),
    ];
    let columns = columns
        .into_iter()
        .map(|of| (of(&spending.total), spending.categories.iter().map(of).collect::<Vec<_>>()));
    rows.chain(columns).collect()
}

/// Columns that the table by category has only where the ledger fills them, and those of the forecast, which a stopped project and one
/// whose work is done without any recorded cost do not have.
#[derive(Clone, Copy, Debug)]
struct Columns {
    has_moves: bool,
    has_expected: bool,
    has_forecast: bool,
}

/// `keys` is the first part of the keys under which the row's figures are explained.
fn category_row(
    desk: &Desk<'_>,
    row: &CategorySpending,
    (name, keys): (&str, &str),
    (columns, precision): (Columns, Precision),
) -> Row {
    let shown = |amount: Amount, key: &str| {
        Cell::text(precision.money(amount)).explained(desk.explained(&format!("{keys}{key}")))
    };
    let variance = Cell::text(precision.signed(row.variance));
    let variance = variance.explained(desk.explained(&format!("{keys}left")));
    let mut cells = vec![Cell::text(name), shown(row.budget, "budget")];
    if columns.has_moves {
        cells.push(shown(row.budget_now(), "budget-now"));
    }
    cells.extend([
        shown(row.actual, "booked"),
        shown(row.accrual, "received"),
        shown(row.spent, "spent"),
        shown(row.open_commitment, "ordered"),
    ]);
    if columns.has_forecast {
        cells.extend([
            shown(row.estimate_to_complete, "to-spend"),
            shown(row.estimate_at_completion, "at-completion"),
            if row.variance < Amount::ZERO { variance.class("bad") } else { variance },
        ]);
    }
    if columns.has_expected {
        cells.push(shown(row.expected.unwrap_or_default(), "expected"));
    }
    Row::new(cells)
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
            Cell::text(precision.money(source.amount)).explained(desk.href_of_field(source.origin, "amount")),
            desk.place_cell(Some(source.origin)),
        ]));
    }
    if funding.len() > 1 {
        table.push(
            Row::new(vec![
                Cell::text("Total"),
                Cell::default(),
                Cell::text(precision.money(desk.project.control.spending.funding))
                    .explained(desk.explained("funding")),
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
        return release_facts(desk);
    }
    let total = &desk.project.control.total;
    let needed = desk.project.funding_need();
    let parts = desk.project.funding_parts();
    let told = parts.iter().enumerate().filter(|(place, part)| *place == 0 || **part != Amount::ZERO);
    let sum = told.map(|(_, part)| desk.money(*part)).collect::<Vec<_>>().join(" + ");
    let mut facts = vec![
        Fact::new("Budget with reserves", format!("{} = {sum}", desk.money_words(needed)))
            .explained(desk.explained("funding-need")),
        Fact::new("Funding less budget with reserves", desk.money_signed(spending.funding - needed))
            .explained(desk.explained("funding-free")),
    ];
    if desk.project.control.is_cost_forecast() {
        facts.push(
            Fact::new(
                format!("Funding less estimate at completion ({})", total.headline().letters()),
                desk.money_signed(spending.funding - total.estimate()),
            )
            .explained(desk.explained("funding-after")),
        );
    }
    facts.extend(release_facts(desk));
    facts
}

/// What the board has released, and what of it is neither spent nor ordered.
fn release_facts(desk: &Desk<'_>) -> Vec<Fact> {
    let spending = &desk.project.control.spending;
    let Some(release) = spending.release else { return Vec::new() };
    let until = release.until.map_or(String::new(), |until| format!(" until {until}"));
    let what_for = match release.scope {
        ReleaseScope::Planning => ", for planning,",
        ReleaseScope::Project => "",
    };
    let mut facts = vec![
        Fact {
            note: Some(format!("{}{what_for}{until}", release.gate)),
            ..Fact::new("Released by the last gate", desk.money_words(release.amount))
        }
        .explained(desk.explained("released")),
    ];
    if let Some((gate, day)) = release.ran_out {
        let words = format!("none: {gate} was passed on {} and released nothing", format::date(day));
        facts.push(Fact::new("Authority left", words));
    } else if let Some(left) = spending.authority_left() {
        facts.push(
            Fact {
                note: Some("released − spent − ordered, not received".to_owned()),
                ..Fact::new("Authority left", desk.money_words(left))
            }
            .explained(desk.explained("authority-left")),
        );
    }
    facts
}

/// The heading of what is open of orders.
fn open_head(desk: &Desk<'_>) -> &'static str {
    if desk.project.control.expects_orders() { "#Still to come" } else { "#Never received" }
}

/// Orders that are signed and not yet received in full; for an audience that does not see single bookings, their sums by category.
#[must_use]
pub fn orders(desk: &Desk<'_>) -> Table {
    if desk.project.project.hides_bookings() {
        return orders_by_category(desk);
    }
    let mut table = Table::new(&["Order", "Signed", "Category", "Task", open_head(desk)]);
    for order in &desk.project.control.spending.open_orders {
        table.push(Row::new(vec![
            Cell::maybe(order.reference.clone()),
            desk.date(Some(order.date)),
            Cell::text(&*order.category),
            order.task.map_or_else(Cell::nothing, |task| desk.task(task)),
            Cell::text(desk.money(order.amount)).explained(match order.task {
                Some(task) => desk.explained(&format!("task-{}.ordered", desk.project.project.task(task).id)),
                None => category_of(desk, &order.category)
                    .and_then(|place| desk.explained(&format!("{}.ordered", category_anchor(place)))),
            }),
        ]));
    }
    table
}

fn orders_by_category(desk: &Desk<'_>) -> Table {
    let mut sums: BTreeMap<&str, (usize, Amount)> = BTreeMap::new();
    for order in &desk.project.control.spending.open_orders {
        let (number, sum) = sums.entry(&order.category).or_default();
        *number += 1;
        *sum += order.amount;
    }
    let mut table = Table::new(&["Category", "#Orders", open_head(desk)]);
    for (category, (number, sum)) in sums {
        let explained = category_of(desk, category)
            .and_then(|place| desk.explained(&format!("{}.ordered", category_anchor(place))));
        table.push(Row::new(vec![
            Cell::text(category),
            Cell::text(number.to_string()),
            Cell::text(desk.money(sum)).explained(explained),
        ]));
    }
    table
}

fn category_of(desk: &Desk<'_>, name: &str) -> Option<usize> {
    desk.project.control.spending.categories.iter().position(|category| category.name == name)
}
