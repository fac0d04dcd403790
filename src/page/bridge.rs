//! Why the estimate at completion differs from the budget, cause by cause.

use serde::Serialize;

use crate::chart::waterfall::cause_name;
use crate::control::{Bridge, BridgeCause, BridgeItem};
use crate::format::{self, Precision};
use crate::page::desk::Desk;
use crate::page::view::{Cell, Chart, Explain, ExplainInput, Row, Table};
use crate::quantity::Amount;

/// The bridge from budget to estimate.
#[derive(Debug, Serialize)]
pub struct BridgeView {
    /// Both ends and the largest cause in a sentence.
    lead: String,
    /// The waterfall.
    chart: Option<Chart>,
    /// Causes with what they are made of; they add up.
    table: Table,
    /// Approved money that no cost has been found for.
    unspent: Table,
    /// Formula and numbers.
    explain: Explain,
}

/// Puts the bridge together; none without a budget or without recorded cost.
#[must_use]
pub fn bridge(desk: &Desk<'_>) -> Option<BridgeView> {
    let bridge = &desk.project.control.bridge;
    if bridge.budget <= Amount::ZERO || !desk.project.control.spending.is_recorded {
        return None;
    }
    let precision = precision_of(desk, bridge);
    Some(BridgeView {
        lead: lead(desk, bridge),
        chart: desk.chart("budget-bridge"),
        table: table(desk, bridge, precision),
        unspent: unspent(desk, bridge, precision),
        explain: explain(bridge, precision),
    })
}

/// How finely the bridge is shown, so that it adds up as printed.
fn precision_of(desk: &Desk<'_>, bridge: &Bridge) -> Precision {
    let items = bridge.parts.iter().flat_map(|part| &part.items);
    desk.precision(
        items
            .flat_map(|item| [item.amount, item.cost, item.worth])
            .chain([bridge.budget, bridge.estimate])
            .chain(bridge.unspent.iter().map(|grant| grant.amount)),
    )
}

/// The causes with what they are made of; empty without a budget or without recorded cost.
#[must_use]
pub fn causes(desk: &Desk<'_>) -> Table {
    let bridge = &desk.project.control.bridge;
    if bridge.budget <= Amount::ZERO || !desk.project.control.spending.is_recorded {
        return Table::default();
    }
    table(desk, bridge, precision_of(desk, bridge))
}

fn lead(desk: &Desk<'_>, bridge: &Bridge) -> String {
    let over = bridge.estimate - bridge.budget;
    let side = match over.cmp(&Amount::ZERO) {
        std::cmp::Ordering::Greater => format!("{} more than", desk.money_words(over)),
        std::cmp::Ordering::Less => format!("{} less than", desk.money_words(-over)),
        std::cmp::Ordering::Equal => "exactly".to_owned(),
    };
    format!(
        "In {}. The estimate is {side} the budget; the causes add up to the cent.",
        desk.project.project.currency
    )
}

/// What each cause means, in a sentence.
fn meaning(cause: BridgeCause) -> &'static str {
    match cause {
        BridgeCause::ApprovedChanges => {
            "cost beyond the budget that an approved change or a decision granted for the task"
        }
        BridgeCause::UnapprovedScope => "cost of tasks that are in no baseline and in no approved change",
        BridgeCause::Price => {
            "finished work: invoices and receipts against their budget, hours at their own rate against the rate planned"
        }
        BridgeCause::Usage => "finished work: hours booked against hours planned, at the rate planned",
        BridgeCause::UnderWay => "begun and not finished: cost so far against the value earned so far",
        BridgeCause::WithoutTask => "cost and budget lines that belong to no task",
        BridgeCause::Trend => "what is left, at the cost that work has had so far (CPI)",
    }
}

fn table(desk: &Desk<'_>, bridge: &Bridge, precision: Precision) -> Table {
    let mut table = Table::new(&["Cause", "#Change", "#Cost", "#Was to cost", "Named by", "Written at"]);
    let end = |name: &str, amount: Amount| {
        Row::new(vec![
            Cell::text(name),
            Cell::text(precision.money(amount)),
            Cell::default(),
            Cell::default(),
            Cell::default(),
            Cell::default(),
        ])
    };
    table.push(end("Budget at completion (BAC)", bridge.budget).class("summary"));
    for part in &bridge.parts {
        table.push(
            Row::new(vec![
                Cell::text(cause_name(part.cause)).note(meaning(part.cause)),
                Cell::text(precision.signed(part.amount)),
                Cell::default(),
                Cell::default(),
                Cell::default(),
                Cell::default(),
            ])
            .class("summary"),
        );
        // The trend is one sum without places; its row says all.
        if part.cause != BridgeCause::Trend {
            for item in &part.items {
                table.push(item_row(desk, part.cause, item, precision));
            }
        }
    }
    table.push(end("Estimate at completion (EAC)", bridge.estimate).class("total"));
    table
}

fn item_row(desk: &Desk<'_>, cause: BridgeCause, item: &BridgeItem, precision: Precision) -> Row {
    let what = match item.task {
        Some(task) => desk.task(task),
        None => Cell::text("No task"),
    };
    let hours = item.task.filter(|_| cause == BridgeCause::Usage).and_then(|task| {
        let value = desk.project.control.tasks.get(task.0 as usize)?;
        Some(format!("{} for {}", desk.effort(value.actual_effort), desk.effort(value.planned_effort)))
    });
    let named = item.because.iter().map(|id| match desk.href_of_id(id) {
        Some(href) => format!("[{id}]({href})"),
        None => id.to_string(),
    });
    let named: Vec<String> = named.collect();
    let named = match named.as_slice() {
        [] => Cell::nothing(),
        // An id does not break at its hyphen; a long list of them may break between.
        few if few.len() < 4 => Cell::html(crate::prose::inline_html(&few.join(", "))).class("nowrap"),
        many => Cell::html(crate::prose::inline_html(&many.join(", "))),
    };
    let mut places: Vec<String> = item.places.iter().filter_map(|place| desk.place(*place)).collect();
    places.dedup();
    let more = places.len().saturating_sub(SHOWN_PLACES);
    places.truncate(SHOWN_PLACES);
    let places = Cell::maybe((!places.is_empty()).then(|| places.join(", "))).class("mono");
    let places = places.note_if((more > 0).then(|| format!("and {more} more")));
    let is_granted = cause == BridgeCause::ApprovedChanges;
    Row::new(vec![
        what.note_if(hours).class("indent-1"),
        Cell::text(precision.signed(item.amount)),
        if is_granted { Cell::default() } else { Cell::text(precision.money(item.cost)) },
        if is_granted { Cell::default() } else { Cell::text(precision.money(item.worth)) },
        named,
        places,
    ])
}

/// So many places stand in a cell.
const SHOWN_PLACES: usize = 3;

fn unspent(desk: &Desk<'_>, bridge: &Bridge, precision: Precision) -> Table {
    let mut table = Table::new(&["Approved", "#Not yet in cost", "Tasks", "Written at"]);
    for grant in &bridge.unspent {
        let tasks: Vec<&str> =
            grant.tasks.iter().map(|task| desk.project.project.task(*task).name.as_str()).collect();
        table.push(Row::new(vec![
            Cell::text(grant.by.id().to_string()).href(desk.href_of_id(grant.by.id())),
            Cell::text(precision.signed(grant.amount)),
            Cell::maybe((!tasks.is_empty()).then(|| tasks.join(", "))),
            Cell::maybe(desk.place(grant.origin)).class("mono"),
        ]));
    }
    table
}

fn explain(bridge: &Bridge, precision: Precision) -> Explain {
    let part = |amount: Amount| {
        let sign = if amount < Amount::ZERO { '−' } else { '+' };
        format!("{sign} {}", precision.money(amount.max(-amount)))
    };
    let parts: Vec<String> = bridge.parts.iter().map(|found| part(found.amount)).collect();
    let inputs = bridge.parts.iter().map(|part| ExplainInput {
        label: format!("{}: {}", cause_name(part.cause), meaning(part.cause)),
        value: precision.signed(part.amount),
        place: None,
        href: None,
    });
    Explain {
        title: "How the bridge is computed".to_owned(),
        formula: "EAC − BAC = Σ tasks (actual cost − earned value) + (estimate to complete − budgeted cost of the work left). A \
                  task's part goes first to changes and decisions that granted money for it after the baseline; the rest of finished \
                  work to hours × planned rate − earned labour (hours) and to everything else (price)"
            .to_owned(),
        values: Some(format!("{} = {} {}", precision.money(bridge.estimate), precision.money(bridge.budget), parts.join(" "))),
        inputs: inputs.collect(),
        source: Some(format::sentence_start(
            "price and usage variance as in standard costing: (actual rate − standard rate) × actual hours, (actual hours − standard \
             hours) × standard rate.",
        )),
    }
}
