//! What each task, and the money of none, did to the estimate: the items of the bridge.

use super::bridge::{BridgeCause, BridgeItem, BridgeSource, Grant};
use super::grant_use::{GrantUse, UnitsBeyond};
use super::overrun::{not_accepted, overrun_of, shared, taken};
use crate::diagnostic::Span;
use crate::model::{Project, TaskNo};
use crate::quantity::{Amount, Id};

/// Adds what a task did to the estimate: what was granted for it, and the rest by its cause.
pub(super) fn of_task(
    since: &mut GrantUse,
    number: TaskNo,
    grants: &mut [Grant],
    items: &mut Vec<(BridgeCause, BridgeItem)>,
) {
    let source = since.source;
    let project = source.standing.yardstick.project;
    let value = &source.values[number.0 as usize];
    let not_accepted = not_accepted(source, number);
    let overrun = overrun_of(source, number, value.earned_value + not_accepted);
    if not_accepted != Amount::ZERO {
        let item = BridgeItem {
            task: Some(number),
            amount: not_accepted,
            cost: not_accepted,
            worth: Amount::ZERO,
            exchange: Amount::ZERO,
            because: named_by(project, number),
            places: bookings(source, number),
        };
        items.push((BridgeCause::UnderWay, item));
    }
    let mut rest = overrun.total();
    if rest == Amount::ZERO && not_accepted != Amount::ZERO {
        return;
    }
    if rest == Amount::ZERO && overrun.price() == Amount::ZERO {
        return;
    }
    let mut push = |cause: BridgeCause, item: BridgeItem| {
        if item.amount != Amount::ZERO {
            items.push((cause, item));
        }
    };
    let mut granted = Amount::ZERO;
    let mut own: Vec<&mut Grant> = grants.iter_mut().filter(|grant| grant.tasks.contains(&number)).collect();
    // The oldest takes what came first, so that what is left came after it.
    own.sort_by_key(|grant| grant.decided);
    let (mut open, mut beyond) = (rest, UnitsBeyond::of(source, number));
    for grant in own {
        let part = if rest > Amount::ZERO && grant.amount > Amount::ZERO {
            open = open.min(since.since(number, grant, overrun.total()));
            taken(open, beyond.usable(grant))
        } else {
            taken(rest, grant.amount)
        };
        grant.amount -= part;
        rest -= part;
        open -= part;
        granted += part;
        push(
            BridgeCause::ApprovedChanges,
            BridgeItem {
                task: Some(number),
                amount: part,
                cost: part,
                worth: Amount::ZERO,
                exchange: Amount::ZERO,
                because: vec![grant.by.id().clone()],
                places: vec![grant.origin],
            },
        );
    }
    let because = named_by(project, number);
    let item = |amount: Amount, (cost, worth): (Amount, Amount), places: Vec<Span>| BridgeItem {
        task: Some(number),
        amount,
        cost,
        worth,
        exchange: Amount::ZERO,
        because: because.clone(),
        places,
    };
    let booked = bookings(source, number);
    let whole = (value.actual_cost, value.earned_value);
    let standing_places =
        || if booked.is_empty() { vec![project.task(number).origin] } else { booked.clone() };
    if !value.is_in_reference {
        push(BridgeCause::UnapprovedScope, item(rest, whole, vec![project.task(number).origin]));
    } else if source.standing.is_finished(number) || project.task(number).is_level_of_effort() {
        let (price, usage) = shared(overrun, granted);
        let is_finished = source.standing.is_finished(number);
        let (on_order, orders) =
            if is_finished { still_on_order(source, number, price) } else { Default::default() };
        let price_of = (overrun.price.0, overrun.price.1 - on_order);
        push(
            BridgeCause::Price,
            by_rates(value.exchange, item(price + on_order, price_of, standing_places())),
        );
        push(BridgeCause::Usage, item(usage, overrun.usage, standing_places()));
        push(BridgeCause::OnOrder, item(-on_order, (Amount::ZERO, on_order), orders));
    } else {
        push(BridgeCause::UnderWay, by_rates(value.exchange, item(rest, whole, standing_places())));
    }
}

/// An item with what exchange rates made of it. Where they made all of it, nothing that names the task has to do with it.
fn by_rates(exchange: Amount, item: BridgeItem) -> BridgeItem {
    let is_all = exchange != Amount::ZERO && exchange == item.amount;
    let because = if is_all { Vec::new() } else { item.because };
    BridgeItem { exchange, because, ..item }
}

/// What of a task's orders is still to be received, as far as its price looks lower for that, and where they stand.
fn still_on_order(source: &BridgeSource, number: TaskNo, price: Amount) -> (Amount, Vec<Span>) {
    let orders = source.cost.open_orders.iter().filter(|order| order.task == Some(number));
    let open: Amount = orders.clone().map(|order| order.amount).sum();
    let is_to_come = !source.has_ended && price < Amount::ZERO;
    let taken = if is_to_come { open.clamp(Amount::ZERO, -price) } else { Amount::ZERO };
    (taken, orders.map(|order| order.origin).collect())
}

/// Where invoices, receipts and, for want of them, the first hours of a task are booked.
fn bookings(source: &BridgeSource, number: TaskNo) -> Vec<Span> {
    let project = source.standing.yardstick.project;
    let costs = project.costs.iter().filter(|entry| {
        entry.entry_type.is_cost() && entry.task == Some(number) && entry.date <= source.standing.day
    });
    let hours = project.timesheets.iter();
    let hours =
        hours.filter(|entry| entry.task == number && entry.period.first() <= source.standing.day).take(1);
    costs.map(|entry| entry.origin).chain(hours.map(|entry| entry.origin)).collect()
}

/// Entries of the registers that name a task and may have moved its cost: a risk has once it became an issue, not while it only may.
fn named_by(project: &Project, number: TaskNo) -> Vec<Id> {
    let registers = &project.registers;
    let task = &project.task(number).id;
    let changes = registers.changes.iter();
    let changes = changes.filter(|entry| entry.tasks.contains(&number) || entry.links.contains(task));
    let decisions = registers.decisions.iter().filter(|entry| entry.links.contains(task));
    let issues = registers.issues.iter().filter(|entry| entry.links.contains(task));
    let risks = registers.risks.iter().filter(|entry| entry.became.is_some() && entry.links.contains(task));
    changes
        .map(|entry| &entry.id)
        .chain(decisions.map(|entry| &entry.id))
        .chain(issues.map(|entry| &entry.id))
        .chain(risks.map(|entry| &entry.id))
        .cloned()
        .collect()
}

/// Cost that names no task, against budget lines as far as they are due. Rows that name a change or decision as their
/// reference are its money.
pub(super) fn without_task(
    source: &BridgeSource,
    grants: &mut [Grant],
    items: &mut Vec<(BridgeCause, BridgeItem)>,
) {
    let yardstick = source.standing.yardstick;
    let lines = &yardstick.reference.lines;
    let due: Amount = lines.iter().map(|line| yardstick.earned_line(line, source.standing.day)).sum();
    let mut rest = source.cost.without_task - due;
    let rows = || {
        let rows = yardstick.project.costs.iter();
        rows.filter(|entry| {
            entry.task.is_none() && entry.date <= source.standing.day && entry.entry_type.is_cost()
        })
    };
    for grant in grants {
        let own = || rows().filter(|entry| entry.reference.as_deref() == Some(grant.by.id().as_str()));
        let booked: Amount = own().map(|entry| entry.amount).sum();
        let part = taken(rest, taken(booked, grant.amount));
        if part != Amount::ZERO {
            let item = BridgeItem {
                task: None,
                amount: part,
                cost: booked,
                worth: Amount::ZERO,
                exchange: Amount::ZERO,
                because: vec![grant.by.id().clone()],
                places: own().map(|entry| entry.origin).collect(),
            };
            items.push((BridgeCause::ApprovedChanges, item));
            grant.amount -= part;
            rest -= part;
        }
    }
    if rest != Amount::ZERO {
        let line_places = yardstick.project.budget.lines.iter().map(|line| line.origin);
        let item = BridgeItem {
            task: None,
            amount: rest,
            cost: source.cost.without_task,
            worth: due,
            exchange: source.cost.exchange_without_task,
            because: Vec::new(),
            places: rows().map(|entry| entry.origin).chain(line_places).collect(),
        };
        items.push((BridgeCause::WithoutTask, item));
    }
}
