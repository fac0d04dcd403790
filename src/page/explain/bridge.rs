//! The bridge from budget to estimate: every cause, and every task that is part of it.

use crate::chart::waterfall::cause_name;
use crate::control::{BridgeCause, BridgeItem, BridgePart, ForecastBasis, Headline};
use crate::model::TaskNo;
use crate::page::desk::{Desk, task_name};
use crate::page::explain::{Book, Figure, From, Input, bookings, budget_lines, earned_key};
use crate::quantity::Amount;

/// Adds it; nothing without a budget or without recorded cost.
pub(super) fn write(desk: &Desk<'_>, book: &mut Book) {
    let bridge = &desk.project.control.bridge;
    if bridge.budget <= Amount::ZERO || !desk.project.control.spending.is_recorded {
        return;
    }
    let causes = bridge.parts.iter().map(|part| Input::of(cause_name(part.cause), cause_key(part.cause)));
    let change = bridge.estimate - bridge.budget;
    book.add(
        Figure::new("bridge", "From budget to estimate", desk.money_exact(change))
            .formula("EAC − BAC = Σ tasks (AC − EV) + (ETC − budget of the work left), cause by cause")
            .of("EAC", "eac")
            .of("BAC", "bac")
            .inputs(causes)
            .note(
                "What a task cost beyond its earned value goes first to changes and decisions that granted money for it; the \
                 rest of finished work to hours × planned rate − earned labour (hours; of whom the plan names at their own rate, of others at its mean, so \
                 that hours of dearer people in place of cheaper ones are a matter of hours) and to everything else (prices and \
                 rates), as in standard costing. What finished work has on order and cost less than it earned is no lower price: it is \
                 told apart.",
            ),
    );
    for part in &bridge.parts {
        of_part(desk, book, part);
    }
    for grant in &bridge.unspent {
        let id = grant.by.id();
        let all = bridge.grants.iter().find(|known| known.by == grant.by);
        let all = all.map_or(grant.amount, |known| known.amount);
        let is_found = bridge.parts.iter().any(|part| part.cause == BridgeCause::ApprovedChanges);
        let from = if is_found && all != grant.amount {
            From::Figure(cause_key(BridgeCause::ApprovedChanges))
        } else {
            From::Given("its tasks cost no more than was budgeted for them")
        };
        book.add(
            Figure::new(
                unspent_key(id.as_str()),
                format!("{id}, not yet in cost"),
                desk.money_exact(grant.amount),
            )
            .formula("left = granted − part of the estimate")
            .typed("granted", desk.money_exact(all), grant.origin)
            .input("part of the estimate", desk.money_exact(all - grant.amount), from),
        );
    }
}

/// The key of a cause: `bridge-price`.
#[must_use]
pub fn cause_key(cause: BridgeCause) -> String {
    let name = match cause {
        BridgeCause::ApprovedChanges => "approved",
        BridgeCause::UnapprovedScope => "unapproved",
        BridgeCause::Price => "price",
        BridgeCause::Usage => "usage",
        BridgeCause::OnOrder => "on-order",
        BridgeCause::UnderWay => "under-way",
        BridgeCause::WithoutTask => "no-task",
        BridgeCause::Trend => "trend",
        BridgeCause::Counted => "counted",
    };
    format!("bridge-{name}")
}

/// The key of what a cause did at one place: `bridge-price-survey`; `-cost` and `-worth` come after it.
#[must_use]
pub fn item_key(desk: &Desk<'_>, cause: BridgeCause, item: &BridgeItem) -> String {
    let what = match item.task {
        Some(task) => desk.project.project.task(task).id.to_string(),
        None => "no-task".to_owned(),
    };
    let by = item.because.first().filter(|_| cause == BridgeCause::ApprovedChanges);
    let by = by.map(|id| format!("-{id}")).unwrap_or_default();
    format!("{}-{what}{by}", cause_key(cause))
}

/// The key of approved money that is not yet in the estimate.
#[must_use]
pub fn unspent_key(id: &str) -> String {
    format!("bridge-left-{id}")
}

fn item_name(desk: &Desk<'_>, item: &BridgeItem) -> String {
    item.task.map_or_else(|| "No task".to_owned(), |task| task_name(desk.project.project.task(task)))
}

fn of_part(desk: &Desk<'_>, book: &mut Book, part: &BridgePart) {
    let figure = Figure::new(cause_key(part.cause), cause_name(part.cause), desk.money_exact(part.amount));
    if part.cause.is_one_sum() {
        book.add(of_one_sum(desk, part, figure));
        return;
    }
    let items =
        part.items.iter().map(|item| Input::of(item_name(desk, item), item_key(desk, part.cause, item)));
    book.add(figure.formula("Σ of its tasks").inputs(items));
    for item in &part.items {
        of_item(desk, book, part.cause, item);
    }
}

/// What the trend adds to the work that is left, or the count of it beyond that.
fn of_one_sum(desk: &Desk<'_>, part: &BridgePart, figure: Figure) -> Figure {
    let total = &desk.project.control.total;
    let values = |inputs: [Amount; 2]| {
        let [more, less] = inputs.map(|amount| desk.money_exact(amount));
        format!("{} = {more} − {less}", desk.money_exact(part.amount))
    };
    match (part.cause, total.headline()) {
        (BridgeCause::Counted, _) => {
            let letters = ForecastBasis::by_performance(total).letters();
            figure
                .formula(format!("beyond = EAC − {letters}"))
                .values(values([total.estimate(), total.estimate_by_performance()]))
                .of("EAC", "eac")
                .of(letters, earned_key(letters, false))
        }
        (_, Headline::Counted) => figure
            .formula("trend = (EAC₂ − AC) − (BAC − EV)")
            .values(values([total.estimate_by_performance() - total.actual, total.left()]))
            .of("EAC₂", earned_key("EAC₂", false))
            .of("AC", "ac")
            .of("BAC", "bac")
            .of("EV", "ev"),
        _ => figure
            .formula("trend = ETC − (BAC − EV)")
            .values(values([total.estimate_to_complete(), total.left()]))
            .of("ETC", "etc")
            .of("BAC", "bac")
            .of("EV", "ev"),
    }
}

fn of_item(desk: &Desk<'_>, book: &mut Book, cause: BridgeCause, item: &BridgeItem) {
    let key = item_key(desk, cause, item);
    let name = format!("{}: {}", cause_name(cause), item_name(desk, item));
    let figure = Figure::new(&*key, &*name, desk.money_exact(item.amount));
    if cause == BridgeCause::ApprovedChanges {
        let granted = item.because.first().and_then(|id| {
            let place = *item.places.first()?;
            let grants = desk.project.control.bridge.grants.iter();
            let amount = grants.into_iter().find(|grant| grant.by.id() == id)?.amount;
            Some(Input::typed(id.to_string(), desk.money_exact(amount), place))
        });
        book.add(
            figure
                .formula("as much of the money granted as the task cost beyond what it earned")
                .inputs(granted)
                .inputs(item.task.map(|task| of_task(desk, "cost variance (CV)", task, "cv"))),
        );
        return;
    }
    let granted = item.cost - item.worth - item.amount;
    let figure = figure.of("cost", format!("{key}-cost")).of("was to cost", format!("{key}-worth"));
    book.add(if granted == Amount::ZERO {
        figure.formula("change = cost − was to cost")
    } else {
        figure.formula("change = cost − was to cost − granted").input(
            "granted",
            desk.money_exact(granted),
            From::Figure(cause_key(BridgeCause::ApprovedChanges)),
        )
    });
    let cost = Figure::new(format!("{key}-cost"), format!("{name}, cost"), desk.money_exact(item.cost));
    let worth =
        Figure::new(format!("{key}-worth"), format!("{name}, was to cost"), desk.money_exact(item.worth));
    let (cost, worth) = match item.task {
        Some(task) => of_a_task(desk, cause, task, (cost, worth)),
        None => of_no_task(desk, (cost, worth)),
    };
    for figure in [cost, worth] {
        let is_empty = figure.inputs.is_empty();
        book.add(if is_empty {
            let origin = desk.project.project.budget.origin.unwrap_or(desk.project.project.origin);
            figure.typed("budget", "nothing by the status date", origin)
        } else {
            figure
        });
    }
}

/// What went into cost and into what it was to cost, by cause.
fn of_a_task(
    desk: &Desk<'_>,
    cause: BridgeCause,
    task: TaskNo,
    (cost, worth): (Figure, Figure),
) -> (Figure, Figure) {
    let of = |label: &'static str, part: &str| of_task(desk, label, task, part);
    let standard = [of("hours booked", "hours"), of("planned effort", "effort"), of("budget", "budget")];
    let value = desk.project.control.tasks.get(task.0 as usize);
    // Of what is bought and not accepted nothing is earned; its budget is told with work under way.
    let parts = &desk.project.control.bridge.parts;
    let item_of = |cause: BridgeCause| {
        let part = parts.iter().find(|part| part.cause == cause)?;
        part.items.iter().find(|item| item.task == Some(task))
    };
    let not_accepted = item_of(BridgeCause::UnderWay);
    let is_capped = not_accepted.zip(value).is_some_and(|(item, value)| item.cost != value.actual_cost);
    match cause {
        BridgeCause::UnderWay if is_capped => (
            cost.formula("cost up to the budget, as nothing is earned until it is accepted")
                .inputs([of("AC", "ac"), of("budget", "budget")]),
            worth.formula("was to cost = EV").inputs([of("EV", "ev")]),
        ),
        BridgeCause::OnOrder => (
            cost.formula("nothing of it is received or invoiced").inputs([of("ordered", "ordered")]),
            worth.formula("what is on order, as far as the task cost less than it earned").inputs([
                of("ordered", "ordered"),
                of("AC", "ac"),
                of("EV", "ev"),
            ]),
        ),
        BridgeCause::Price if item_of(BridgeCause::OnOrder).is_some() => (
            cost.formula("cost = AC").inputs([of("AC", "ac")]),
            worth
                .formula("earned value of other money − what is on order + hours booked × rate as planned")
                .inputs([of("EV", "ev"), of("ordered", "ordered")])
                .inputs(standard),
        ),
        BridgeCause::Price => (
            cost.formula("cost = AC").inputs([of("AC", "ac")]),
            worth
                .formula(if is_capped {
                    "budget of other money, which is not accepted yet + hours booked × rate as planned"
                } else {
                    "earned value of other money + hours booked × rate as planned"
                })
                .inputs([of("EV", "ev")])
                .inputs(standard),
        ),
        BridgeCause::Usage => (
            cost.formula("hours booked × rate as planned").inputs(standard),
            worth
                .formula("the part of earned value that is labour, as the task is planned")
                .inputs([of("EV", "ev"), of("planned effort", "effort")]),
        ),
        _ => (
            cost.formula("cost = AC").inputs([of("AC", "ac")]),
            worth.formula("was to cost = EV").inputs([of("EV", "ev")]),
        ),
    }
}

/// The same of money that belongs to no task.
fn of_no_task(desk: &Desk<'_>, (cost, worth): (Figure, Figure)) -> (Figure, Figure) {
    (
        cost.formula("Σ invoices and receipts on no task")
            .inputs(bookings::lines(desk, |entry| entry.task.is_none())),
        worth.formula("budget lines, as far as their days have gone by").inputs(budget_lines::of_lines(
            desk,
            "ev",
            |_| true,
        )),
    )
}

fn of_task(desk: &Desk<'_>, label: &'static str, task: TaskNo, part: &str) -> Input {
    Input::of(label, format!("task-{}.{part}", desk.project.project.task(task).id))
}
