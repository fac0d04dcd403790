//! Why the estimate at completion differs from the budget, cause by cause.

use serde::Serialize;

use crate::chart::waterfall::cause_name;
use crate::control::{Bridge, BridgeCause, BridgeItem, BridgePart, Grant};
use crate::format::{self, Precision};
use crate::page::desk::Desk;
use crate::page::explain::{cause_key, item_key, unspent_key};
use crate::page::prose::Prose;
use crate::page::view::{Cell, Chart, PLACE, Row, Table};
use crate::quantity::{Amount, Effort};

/// The bridge from budget to estimate.
#[derive(Debug, Serialize)]
pub struct BridgeView {
    /// Both ends and the largest cause in a sentence.
    lead: String,
    /// The waterfall.
    chart: Option<Chart>,
    /// The causes; they add up.
    table: Table,
    /// What each cause is made of; empty where each is one sum.
    items: Table,
    /// How many things that are: `33 amounts`.
    items_words: String,
    /// Approved money that no cost has been found for.
    unspent: Table,
}

/// Puts the bridge together; none without a budget, without recorded cost or of a stopped project.
#[must_use]
pub fn bridge(desk: &Desk<'_>) -> Option<BridgeView> {
    let bridge = &desk.project.control.bridge;
    if !has_bridge(desk) {
        return None;
    }
    let items = items(desk, bridge);
    let n_items = items.rows.iter().filter(|row| row.class != Some("summary")).count();
    Some(BridgeView {
        lead: lead(desk, bridge),
        chart: desk.chart("budget-bridge"),
        table: in_short(desk, bridge),
        items_words: format::count(n_items, "amount"),
        items,
        unspent: unspent(desk, bridge),
    })
}

/// Says whether there is an estimate to lead to: a stopped project has none.
fn has_bridge(desk: &Desk<'_>) -> bool {
    let control = &desk.project.control;
    control.bridge.budget > Amount::ZERO && control.is_cost_forecast()
}

/// The causes alone, in whole units where those add up as printed.
fn in_short(desk: &Desk<'_>, bridge: &Bridge) -> Table {
    let precision = Precision::of_sums(desk.project.project.currency, &[bridge.sum()]);
    let mut table = Table::new(&["Cause", "#Change", "What it is"]);
    let cells = |row: Row, meaning: Option<&str>| {
        let mut cells: Vec<Cell> = row.cells.into_iter().take(2).collect();
        cells[0].note = None;
        cells.push(meaning.map_or_else(Cell::default, Cell::text));
        Row { cells, ..row }
    };
    table.push(cells(end_row(desk, precision, Total::BUDGET, bridge.budget), None));
    for part in &bridge.parts {
        let exchange = part.items.iter().map(|item| item.exchange).sum();
        let words = exchanged(exchange, precision).map_or_else(String::new, |words| format!("; {words}"));
        let meaning = format!("{}{words}", meaning(part.cause));
        table.push(Row { class: None, ..cells(cause_row(desk, precision, part), Some(&meaning)) });
    }
    table.push(cells(end_row(desk, precision, Total::ESTIMATE, bridge.estimate), None).class("total"));
    table
}

/// What each cause is made of, beneath the cause; empty where each is one sum.
fn items(desk: &Desk<'_>, bridge: &Bridge) -> Table {
    let parts = || bridge.parts.iter().filter(|part| !part.cause.is_one_sum());
    // No end of the bridge stands here, so that its cents ask for none.
    let amounts = parts().flat_map(|part| &part.items).flat_map(|item| [item.amount, item.cost, item.worth]);
    let precision = desk.precision(amounts);
    let mut table = Table::new(HEAD);
    for part in parts() {
        let mut row = cause_row(desk, precision, part);
        row.cells[0].note = None;
        table.push(row);
        for item in &part.items {
            table.push(item_row(desk, part.cause, item, precision));
        }
    }
    table.without_empty_columns()
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
    if !has_bridge(desk) {
        return Table::default();
    }
    table(desk, bridge, precision_of(desk, bridge))
}

/// So many things stand under each cause where the causes are told in short.
const LARGEST: usize = 3;

/// The causes with the largest things that they are made of, the others in one line, and without their places: for a document that a
/// board reads, in whole units of the currency. Empty without a budget or without recorded cost.
#[must_use]
pub fn largest_causes(desk: &Desk<'_>) -> Table {
    let bridge = &desk.project.control.bridge;
    if !has_bridge(desk) {
        return Table::default();
    }
    let precision = Precision::whole(desk.project.project.currency);
    let mut table = Table::new(&HEAD[..HEAD.len() - 1]);
    let mut push = |row: Row| {
        let cells = row.cells.into_iter().take(HEAD.len() - 1).collect();
        table.push(Row { cells, ..row });
    };
    push(end_row(desk, precision, Total::BUDGET, bridge.budget).class("summary"));
    for part in &bridge.parts {
        push(cause_row(desk, precision, part));
        if part.cause.is_one_sum() {
            continue;
        }
        let mut items: Vec<&BridgeItem> = part.items.iter().collect();
        items.sort_by_key(|item| std::cmp::Reverse(item.amount.0.abs()));
        // One more is told as soon as that it is left out.
        let shown = if items.len() == LARGEST + 1 { items.len() } else { items.len().min(LARGEST) };
        for item in &items[..shown] {
            push(item_row(desk, part.cause, item, precision));
        }
        let rest = &items[shown..];
        if !rest.is_empty() {
            let amount: Amount = rest.iter().map(|item| item.amount).sum();
            let words = format!("{} more", rest.len());
            let amount =
                Cell::text(precision.signed(amount)).explained(desk.explained(&cause_key(part.cause)));
            push(filled_row(vec![Cell::text(words).class("indent-1"), amount]));
        }
    }
    push(end_row(desk, precision, Total::ESTIMATE, bridge.estimate).class("total"));
    table
}

/// The estimate with the budget and the causes that lead to it, and each cause with its things; empty without a budget or without
/// recorded cost.
#[must_use]
pub fn causes_as_sums(desk: &Desk<'_>) -> Vec<(Amount, Vec<Amount>)> {
    let bridge = &desk.project.control.bridge;
    if !has_bridge(desk) {
        return Vec::new();
    }
    let itemised = bridge.parts.iter().filter(|part| !part.cause.is_one_sum());
    let each = itemised.map(|part| (part.amount, part.items.iter().map(|item| item.amount).collect()));
    [bridge.sum()]
        .into_iter()
        .chain(each.filter(|(_, items): &(Amount, Vec<Amount>)| !items.is_empty()))
        .collect()
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
            "finished work, and level of effort so far: invoices and receipts against their budget, hours at their own rate against the rate planned"
        }
        BridgeCause::Usage => {
            "finished work, and level of effort so far: hours booked against hours planned, at the rate planned"
        }
        BridgeCause::OnOrder => {
            "finished work: what of its orders is neither received nor invoiced; it is still to come and no saving"
        }
        BridgeCause::UnderWay => {
            "begun and not finished, or not accepted yet: cost so far against the value earned so far"
        }
        BridgeCause::WithoutTask => "cost and budget lines that belong to no task",
        BridgeCause::Trend => "what is left, at the cost that work has had so far (CPI)",
        BridgeCause::Counted => {
            "what is left, counted piece by piece with all orders (EAC₄), beyond all that"
        }
    }
}

fn table(desk: &Desk<'_>, bridge: &Bridge, precision: Precision) -> Table {
    let mut table = Table::new(HEAD);
    table.push(end_row(desk, precision, Total::BUDGET, bridge.budget).class("summary"));
    for part in &bridge.parts {
        table.push(cause_row(desk, precision, part));
        // One sum has no places; its row says all.
        if !part.cause.is_one_sum() {
            for item in &part.items {
                table.push(item_row(desk, part.cause, item, precision));
            }
        }
    }
    table.push(end_row(desk, precision, Total::ESTIMATE, bridge.estimate).class("total"));
    table
}

/// The headings of the table of causes.
const HEAD: &[&str] = &["Cause", "#Change", "#Cost", "#Was to cost", "Named by", "Written at"];

/// One end of the bridge: its name, and the key under which it is explained.
struct Total(&'static str, &'static str);

impl Total {
    const BUDGET: Self = Self("Budget at completion (BAC)", "bac");
    const ESTIMATE: Self = Self("Estimate at completion (EAC)", "eac");
}

/// A row that is empty behind these cells.
fn filled_row(mut cells: Vec<Cell>) -> Row {
    cells.resize_with(HEAD.len(), Cell::default);
    Row::new(cells)
}

fn end_row(desk: &Desk<'_>, precision: Precision, Total(name, key): Total, amount: Amount) -> Row {
    let amount = Cell::text(precision.money(amount)).explained(desk.explained(key));
    filled_row(vec![Cell::text(name), amount])
}

fn cause_row(desk: &Desk<'_>, precision: Precision, part: &BridgePart) -> Row {
    let name = Cell::text(cause_name(part.cause)).note(meaning(part.cause));
    let amount = Cell::text(precision.signed(part.amount)).explained(desk.explained(&cause_key(part.cause)));
    filled_row(vec![name, amount]).class("summary")
}

/// Effort booked beside effort planned for what is earned, to the hundredth of a day where a tenth shows no difference.
fn efforts(desk: &Desk<'_>, booked: Effort, planned: Effort) -> String {
    let words = |shown: &dyn Fn(Effort) -> String| (shown(booked), shown(planned));
    let (mut of_booked, mut of_planned) = words(&|effort| desk.effort(effort));
    if booked != planned && of_booked == of_planned {
        (of_booked, of_planned) = words(&|effort| desk.effort_exactly(effort));
    }
    format!("{of_booked} for {of_planned}")
}

/// How much exchange rates made: `+1 200 by exchange rates`; none where they made nothing.
fn exchanged(exchange: Amount, precision: Precision) -> Option<String> {
    (exchange != Amount::ZERO).then(|| format!("{} by exchange rates", precision.signed(exchange)))
}

fn item_row(desk: &Desk<'_>, cause: BridgeCause, item: &BridgeItem, precision: Precision) -> Row {
    let what = match item.task {
        Some(task) => desk.task(task),
        None => Cell::text("No task"),
    };
    let hours = item.task.filter(|_| cause == BridgeCause::Usage).and_then(|task| {
        let value = desk.project.control.tasks.get(task.0 as usize)?;
        Some(efforts(desk, value.actual_effort, value.earned_effort()))
    });
    let n_named = item.because.len();
    let named = item.because.iter().map(|id| Prose::link(id.as_str(), desk.href_of_id(id).as_deref()));
    let named = match Prose::joined(named, ", ") {
        None => Cell::nothing(),
        // An id does not break at its hyphen; a long list of them may break between.
        Some(few) if n_named < 4 => Cell::prose(few).class("nowrap"),
        Some(many) => Cell::prose(many),
    };
    let (places, more) = places(desk, item);
    let is_granted = cause == BridgeCause::ApprovedChanges;
    let key = item_key(desk, cause, item);
    let shown =
        |text: String, part: &str| Cell::text(text).explained(desk.explained(&format!("{key}{part}")));
    Row::new(vec![
        what.note_if(hours.or_else(|| exchanged(item.exchange, precision))).class("indent-1"),
        shown(precision.signed(item.amount), ""),
        if is_granted { Cell::default() } else { shown(precision.money(item.cost), "-cost") },
        if is_granted { Cell::default() } else { shown(precision.money(item.worth), "-worth") },
        named,
        places.note_if((more > 0).then(|| format!("and {more} more"))),
    ])
}

/// The first places of an item, each leading to its line, and how many more there are.
fn places(desk: &Desk<'_>, item: &BridgeItem) -> (Cell, usize) {
    let mut places: Vec<(String, Option<String>)> = item
        .places
        .iter()
        .filter_map(|place| Some((desk.short_place(*place)?, desk.href_place(*place))))
        .collect();
    places.dedup();
    let more = places.len().saturating_sub(SHOWN_PLACES);
    places.truncate(SHOWN_PLACES);
    let links = places.iter().map(|(words, href)| Prose::link(words, href.as_deref()));
    match Prose::joined(links, ", ") {
        Some(links) => (Cell::prose(links).class(PLACE), more),
        None => (Cell::nothing(), 0),
    }
}

/// So many places stand in a cell.
const SHOWN_PLACES: usize = 3;

/// What becomes of approved money that is in no cost yet.
fn what_becomes_of(desk: &Desk<'_>, grant: &Grant) -> &'static str {
    let day = desk.project.status_date;
    let changes = desk.project.project.registers.changes.iter();
    let is_built = changes
        .filter(|change| change.id == *grant.by.id())
        .any(|change| change.implemented.is_some_and(|built| built <= day));
    match (grant.is_work_done, is_built) {
        (true, _) => "to return: the work is done",
        (false, true) => "built; counted as to come until its task is finished",
        (false, false) => "to come",
    }
}

fn unspent(desk: &Desk<'_>, bridge: &Bridge) -> Table {
    let precision = desk.precision(bridge.unspent.iter().map(|grant| grant.amount));
    let mut table = Table::new(&["Approved", "#Not yet in cost", "Tasks", "What it is", "Written at"]);
    for grant in &bridge.unspent {
        let tasks: Vec<&str> =
            grant.tasks.iter().map(|task| desk.project.project.task(*task).name.as_str()).collect();
        table.push(Row::new(vec![
            Cell::text(grant.by.id().to_string()).href(desk.href_of_id(grant.by.id())),
            Cell::text(precision.signed(grant.amount))
                .explained(desk.explained(&unspent_key(grant.by.id().as_str()))),
            Cell::maybe((!tasks.is_empty()).then(|| tasks.join(", "))),
            Cell::text(what_becomes_of(desk, grant)),
            desk.place_cell(Some(grant.origin)),
        ]));
    }
    table
}
