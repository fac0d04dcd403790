//! Money by category, reserves and funding: figure by figure.

use crate::control::{
    CategorySpending, ReleaseScope, Reserve, is_order_set_against_planning, is_set_against_planning,
};
use crate::format;
use crate::model::{EntryType, TaskNo};
use crate::page::desk::Desk;
use crate::page::explain::{
    Book, Figure, Input, bookings, bottom_up, bridge, budget_lines, cost_outlook, earned_schedule, reserves,
};
use crate::quantity::{Amount, Effort, GateId, Stage};
use crate::report::Asked;

/// Adds them.
pub(super) fn write(desk: &Desk<'_>, book: &mut Book) {
    let control = &desk.project.control;
    let amounts = || Some(super::amounts(desk));
    book.group("money", "Reserves", amounts());
    reserves::write(desk, book);
    book.group("money", "Asked for, funded and released", amounts());
    asked_for(desk, book);
    funding(desk, book);
    released(desk, book);
    book.group("money", "From budget to estimate", amounts());
    bridge::write(desk, book);
    let has_loe = control.total.is_of_other_work(&control.discrete);
    if control.total.budget > Amount::ZERO {
        let unit = Some("Working days of the project's calendar; pace is a bare number".to_owned());
        book.group("money", "Earned schedule", unit.clone());
        earned_schedule::write(desk, book, &control.total_schedule, "");
        if has_loe && !control.discrete_schedule.is_undefined() {
            book.group("money", "Earned schedule without level of effort", unit);
            earned_schedule::write(desk, book, &control.discrete_schedule, "discrete-");
        }
    }
    book.group("money", "All categories", amounts());
    if super::has_money(desk) {
        totals(desk, book);
    }
    if control.is_stopped {
        book.group("money", "The stopped project", amounts());
        cost_of_stopped(desk, book);
    }
    book.group("money", "Effort", Some("pd are person-days".to_owned()));
    if control.tasks.iter().any(|value| value.planned_effort + value.actual_effort > Effort::ZERO) {
        efforts(desk, book);
    }
    for (place, category) in control.spending.categories.iter().enumerate() {
        let anchor = category_anchor(place);
        let origin = desk.project.project.budget.origin.unwrap_or(desk.project.project.origin);
        book.thing("money", &*anchor, format::sentence_start(&category.name), Some(origin));
        of_category(desk, book, category, &anchor);
    }
}

/// The anchor of a category, by its place in the list.
#[must_use]
pub fn category_anchor(place: usize) -> String {
    format!("category-{}", place + 1)
}

/// A column of the table of categories.
struct Column {
    key: &'static str,
    name: &'static str,
    of: fn(&CategorySpending) -> Amount,
}

const COLUMNS: [Column; 11] = [
    Column { key: "budget", name: "Budget", of: |row| row.budget },
    Column { key: "budget-now", name: "Budget as granted and moved", of: CategorySpending::budget_now },
    Column { key: "booked", name: "Paid or booked", of: |row| row.actual },
    Column { key: "received", name: "Received, not invoiced", of: |row| row.accrual },
    Column { key: "spent", name: "Spent", of: |row| row.spent },
    Column { key: "ordered", name: "Ordered, not received", of: |row| row.open_commitment },
    Column { key: "work-left", name: "Work left, at its budget", of: |row| row.work_left },
    Column { key: "to-spend", name: "Still to spend", of: |row| row.estimate_to_complete },
    Column { key: "at-completion", name: "At completion", of: |row| row.estimate_at_completion },
    Column { key: "left", name: "Left or over", of: |row| row.variance },
    Column { key: "expected", name: "Expected by the ledger", of: |row| row.expected.unwrap_or_default() },
];

fn totals(desk: &Desk<'_>, book: &mut Book) {
    let spending = &desk.project.control.spending;
    for column in &COLUMNS {
        let figure = Figure::new(
            format!("all-{}", column.key),
            format!("{}, all categories", column.name),
            desk.money_exact((column.of)(&spending.total)),
        );
        let parts = spending.categories.iter().enumerate().map(|(place, category)| {
            Input::of(
                format::sentence_start(&category.name),
                format!("{}.{}", category_anchor(place), column.key),
            )
        });
        book.add(figure.formula("Σ of all categories").inputs(parts));
    }
    book.group(
        "money",
        "Counted piece by piece, and what the cost baseline leaves",
        Some(super::amounts(desk)),
    );
    bottom_up::write(desk, book);
    cost_outlook::write(desk, book);
}

/// Why the cost of a stopped project is not what the trend would lead to.
fn beside_the_trend(desk: &Desk<'_>) -> String {
    let words = "The board has stopped the project: nothing of the work that was left is forecast any more.";
    let trend = desk.project.control.total.estimate_trend().map(|trend| desk.money_exact(trend));
    trend.map_or_else(
        || words.to_owned(),
        |trend| {
            format!(
                "{words} The cost trend of what was done before (EAC₂) leads to {trend}: it takes all that was planned as still to be \
                 done, at the cost of so far, and does not know what closing takes."
            )
        },
    )
}

/// What a stopped project will have cost, in the place of an estimate at completion.
fn cost_of_stopped(desk: &Desk<'_>, book: &mut Book) {
    let (control, project) = (&desk.project.control, &desk.project.project);
    let cost = control.cost_in_the_end();
    let figure = |key: &str, name: &str, amount: Amount| Figure::new(key, name, desk.money_exact(amount));
    let rest = control.bottom_up.tasks.iter().map(|rest| (project.task(rest.task), rest.labour));
    let closing = rest.filter(|(task, _)| task.stage == Stage::Closing).map(|(task, labour)| {
        let origin = task.estimate_origin.unwrap_or(task.origin);
        Input::typed(format!("“{}”, what is left", task.name), desk.money_exact(labour), origin)
    });
    book.add(
        figure("stop-closing", "Closing the stopped project", control.closing_cost)
            .formula("Σ time left × rates of the tasks of the closing stage + expected by the ledger")
            .inputs(closing.collect::<Vec<_>>())
            .of("expected by the ledger", "eac-4-expected"),
    );
    book.add(
        figure("stop-cost", "What the stopped project will have cost", cost)
            .formula("cost = AC + ordered + closing")
            .of("AC", "ac")
            .of("ordered", "eac-4-orders")
            .of("closing", "stop-closing")
            .note(beside_the_trend(desk)),
    );
    book.add(
        Figure::new(
            "stop-over",
            "That over or under the budget",
            desk.money_signed(cost - control.total.budget),
        )
        .formula("over = cost − BAC")
        .of("cost", "stop-cost")
        .of("BAC", "bac"),
    );
}

fn efforts(desk: &Desk<'_>, book: &mut Book) {
    let control = &desk.project.control;
    let of = |name: &'static str, is_wanted: fn(&crate::control::TaskValue) -> bool| {
        let with = desk
            .project
            .tasks()
            .filter(move |(number, _, _)| control.tasks.get(number.0 as usize).is_some_and(is_wanted));
        with.map(move |(_, task, _)| {
            Input::of(format!("“{}”", task.name), format!("task-{}.{name}", task.id))
        })
    };
    let booked = control.tasks.iter().map(|value| value.actual_effort).sum();
    let planned = control.tasks.iter().map(|value| value.planned_effort).sum();
    book.add(
        Figure::new("hours", "Effort booked", desk.effort(booked))
            .formula("Σ hours booked on all tasks by the status date")
            .inputs(of("hours", |value| value.actual_effort != Effort::ZERO)),
    );
    book.add(
        Figure::new("effort", "Effort planned", desk.effort(planned))
            .formula("Σ planned effort of all tasks")
            .inputs(of("effort", |value| value.planned_effort != Effort::ZERO)),
    );
    let produced = || desk.project.tasks().filter(|(_, task, _)| !task.is_level_of_effort());
    let planned_of = |number: TaskNo| {
        control.tasks.get(number.0 as usize).map_or(Effort::ZERO, |value| value.planned_effort)
    };
    let planned = produced().map(|(number, _, _)| planned_of(number)).sum();
    book.add(
        Figure::new("effort-produced", "Effort planned, without level of effort", desk.effort(planned))
            .formula("Σ planned effort of all work but level of effort")
            .inputs(produced().filter(|(number, _, _)| planned_of(*number) != Effort::ZERO).map(
                |(_, task, _)| Input::of(format!("“{}”", task.name), format!("task-{}.effort", task.id)),
            )),
    );
}

fn of_category(desk: &Desk<'_>, book: &mut Book, row: &CategorySpending, anchor: &str) {
    let key = |name: &str| format!("{anchor}.{name}");
    let is_labour = crate::control::labour_category(&desk.project.project) == row.name;
    let is_ours = |category: &str| category == row.name;
    let lines = |types: &[EntryType]| bookings::of_types(desk, types, |entry| is_ours(&entry.category));
    let tasks = |name: &'static str| {
        let wanted: Vec<Input> = desk
            .project
            .tasks()
            .filter(|(number, task, _)| {
                let value = desk.project.control.tasks.get(number.0 as usize);
                value.is_some_and(|value| value.budget != Amount::ZERO)
                    && (task.costs.iter().any(|cost| is_ours(&cost.category))
                        || (is_labour && !task.assignments.is_empty()))
            })
            .map(|(_, task, _)| Input::of(format!("“{}”", task.name), format!("task-{}.{name}", task.id)))
            .collect();
        wanted
    };
    let lines_of_budget = budget_lines::of_lines(desk, "budget", |line| is_ours(&line.category));
    let hours = if is_labour { bookings::hours(desk, None) } else { Vec::new() };
    let people = desk.project.project.timesheets.iter().filter(|_| is_labour).map(|entry| entry.worker);
    let rates = bookings::rates(desk, people.collect::<std::collections::BTreeSet<_>>());
    for column in &COLUMNS {
        let figure = Figure::new(key(column.key), column.name, desk.money_exact((column.of)(row)));
        let figure = match column.key {
            "budget" => figure
                .formula("Σ of each task's budget, the part of it that falls to the category, and of budget lines")
                .inputs(tasks("budget"))
                .inputs(lines_of_budget.clone()),
            "budget-now" => match row.granted {
                Some(granted) => figure
                    .formula("budget now = granted + moved")
                    .values(format!("{} = {} + {}", desk.money_exact(row.budget_now()), desk.money_exact(granted), desk.money_exact(row.moved)))
                    .inputs(lines(&[EntryType::Budget, EntryType::Change])),
                None => figure
                    .formula("budget now = budget + moved")
                    .values(format!("{} = {} + {}", desk.money_exact(row.budget_now()), desk.money_exact(row.budget), desk.money_exact(row.moved)))
                    .of("budget", key("budget"))
                    .inputs(lines(&[EntryType::Change])),
            },
            "expected" => figure.formula("Σ `forecast` lines after the status date").inputs(bookings::ahead(
                desk,
                |entry| entry.entry_type == EntryType::Forecast && is_ours(&entry.category),
            )),
            "booked" => figure
                .formula("Σ invoices of the category; in that of labour also Σ hours × rates")
                .inputs(hours.clone())
                .inputs(rates.clone())
                .inputs(lines(&[EntryType::Actual])),
            "received" => figure
                .formula("Σ receipts − what was invoiced of them, by order number")
                .inputs(lines(&[EntryType::Accrual, EntryType::Actual])),
            "spent" => figure
                .formula("spent = booked + received")
                .of("booked", key("booked"))
                .of("received", key("received")),
            "ordered" => figure
                .formula("Σ orders − what was received or invoiced of them, by order number")
                .inputs(lines(&[EntryType::Commitment, EntryType::Accrual, EntryType::Actual])),
            "to-spend" => still_to_spend(desk, row, anchor, figure),
            "work-left" => figure
                .formula("budget − earned value of the category; a task's earned value falls to its categories as its budget does")
                .of("budget", key("budget"))
                .inputs(tasks("ev")),
            "at-completion" => figure
                .formula("at completion = spent + still to spend")
                .of("spent", key("spent"))
                .of("still to spend", key("to-spend")),
            _ => figure
                .formula("left = budget now − at completion")
                .of("budget now", key("budget-now"))
                .of("at completion", key("at-completion")),
        };
        book.add(if figure.inputs.is_empty() {
            figure.given("lines", format::NOTHING, "nothing is typed for this category by the status date")
        } else {
            figure
        });
    }
}

/// What a category still takes: its share of all that is still to be spent, and no less than what is on order in it.
fn still_to_spend(desk: &Desk<'_>, row: &CategorySpending, anchor: &str, figure: Figure) -> Figure {
    let control = &desk.project.control;
    let categories = control.spending.categories.iter().enumerate();
    let by_orders: Vec<Input> = categories
        .filter(|(_, category)| category.is_by_orders)
        .map(|(place, category)| {
            Input::of(format::sentence_start(&category.name), format!("{}.to-spend", category_anchor(place)))
        })
        .collect();
    let work_left = format!("{anchor}.work-left");
    let rounded = "The parts are rounded so that they add up to ETC to the cent.";
    if row.is_by_orders {
        figure
            .formula("still to spend = ordered, not received")
            .of("ordered, not received", format!("{anchor}.ordered"))
            .note(
                "By the work that is left its share of ETC would be less, and a signed order has its price.",
            )
    } else if !by_orders.is_empty() {
        figure
            .formula("still to spend = what is left of ETC without the categories that go by their orders, by the work that is left")
            .of("ETC", "etc")
            .of("work left", work_left)
            .inputs(by_orders)
            .note(rounded)
    } else if row.is_paid {
        figure
            .formula("nothing: the budget lines of the category are spent in full")
            .of("budget", format!("{anchor}.budget"))
            .of("spent", format!("{anchor}.spent"))
    } else if control.total.estimate_to_complete() == Amount::ZERO {
        figure.formula("nothing is left to do").of("work left", work_left)
    } else if control.total.left() == Amount::ZERO {
        figure
            .formula("still to spend = ETC × ordered ÷ all ordered, as no work is left by the budget")
            .of("ETC", "etc")
            .of("ordered, not received", format!("{anchor}.ordered"))
            .of("all ordered", "all-ordered")
            .note(rounded)
    } else {
        let categories = control.spending.categories.iter().enumerate();
        let paid = categories.filter(|(_, category)| category.is_paid).map(|(place, category)| {
            Input::of(format::sentence_start(&category.name), format!("{}.work-left", category_anchor(place)))
        });
        let paid: Vec<Input> = paid.collect();
        let formula = if paid.is_empty() {
            "still to spend = ETC × work left ÷ all work left"
        } else {
            "still to spend = ETC × work left ÷ (all work left − that of categories which are spent in full)"
        };
        figure
            .formula(formula)
            .of("ETC", "etc")
            .of("work left", work_left)
            .of("all work left", "all-work-left")
            .inputs(paid)
            .note(rounded)
    }
}

fn funding(desk: &Desk<'_>, book: &mut Book) {
    let spending = &desk.project.control.spending;
    let project = &desk.project.project;
    if spending.funding == Amount::ZERO {
        return;
    }
    let total = &desk.project.control.total;
    let sources = project.budget.funding.iter();
    book.add(
        Figure::new("funding", "Funding", desk.money_exact(spending.funding))
            .formula("Σ of all sources")
            .inputs(sources.map(|source| {
                Input::typed(
                    source.source.clone(),
                    desk.money_exact(source.amount),
                    desk.field(source.origin, "amount"),
                )
            })),
    );
    let needed = desk.project.funding_need();
    let with = |figure: Figure| {
        let figure = cost_outlook::with_granted_draws(desk, figure.of("BAC", "bac"));
        let figure = if spending.contingency == Reserve::default() {
            figure
        } else {
            figure.of("contingency left", "contingency-left")
        };
        if spending.management_reserve == Reserve::default() {
            figure
        } else {
            figure.of("reserve left", "reserve-left")
        }
    };
    book.add(with(
        Figure::new("funding-need", "Budget with reserves", desk.money_exact(needed))
            .formula("need = BAC + drawn for what BAC does not hold + contingency left + reserve left"),
    ));
    book.add(
        Figure::new(
            "funding-free",
            "Funding less budget with reserves",
            desk.money_exact(spending.funding - needed),
        )
        .formula("free = funding − need")
        .of("funding", "funding")
        .of("need", "funding-need"),
    );
    book.add(
        Figure::new(
            "funding-after",
            "Funding less estimate at completion",
            desk.money_exact(spending.funding - total.estimate()),
        )
        .formula("left = funding − EAC")
        .of("funding", "funding")
        .of("EAC", "eac"),
    );
}

/// What the board has released, and what of it is neither spent nor ordered.
fn released(desk: &Desk<'_>, book: &mut Book) {
    let spending = &desk.project.control.spending;
    let Some(release) = spending.release else { return };
    let amount = desk.money_exact(release.amount);
    book.add(
        Figure::new("released", "Released by the last gate", amount.clone())
            .formula("as decided by the board")
            .typed("authorised", amount, release.origin),
    );
    let Some(left) = spending.authority_left() else { return };
    let (taken, scope) = match release.scope {
        ReleaseScope::Project => (
            vec![("spent", "all-spent"), ("ordered", "all-ordered")],
            "A release is for the whole project from its first day on.",
        ),
        ReleaseScope::Planning => (
            of_planning(desk, book),
            "What G1 releases is for the work of the planning stage; work of later stages counts until their gate is passed.",
        ),
    };
    let words = ["released"].into_iter().chain(taken.iter().map(|(word, _)| *word));
    let words = words.collect::<Vec<_>>().join(" − ");
    let figure = Figure::new("authority-left", "Authority left", desk.money_exact(left))
        .formula(format!("left = {words}"))
        .of("released", "released");
    let figure = taken.into_iter().fold(figure, |figure, (word, key)| figure.of(word, key));
    book.add(figure.note(scope));
}

/// What is spent and ordered for the work of the planning stage; gives the key of each that there is any of.
fn of_planning(desk: &Desk<'_>, book: &mut Book) -> Vec<(&'static str, &'static str)> {
    let control = &desk.project.control;
    let Some(release) = control.spending.release else { return Vec::new() };
    let (project, day) = (&desk.project.project, desk.project.status_date);
    let counts = |stage: Stage| is_set_against_planning(project, stage, day);
    let with = |what: &'static str, has_any: &dyn Fn(TaskNo) -> bool| -> Vec<Input> {
        let tasks = desk.project.tasks().filter(|(_, task, _)| counts(task.stage));
        tasks
            .filter(|(number, _, _)| has_any(*number))
            .map(|(_, task, _)| Input::of(format!("“{}”", task.name), format!("task-{}.{what}", task.id)))
            .collect()
    };
    let is_paid = |number: TaskNo| {
        control.tasks.get(number.0 as usize).is_some_and(|value| value.actual_cost != Amount::ZERO)
    };
    let is_ordered = |number: TaskNo| {
        let mut orders = control.spending.open_orders.iter().filter(|order| order.task == Some(number));
        orders.any(|order| is_order_set_against_planning(project, order, day))
    };
    let paid = Figure::new("planning-spent", "Spent on planning", desk.money_exact(release.spent))
        .formula("Σ actual cost of the tasks of planning, and of later stages whose gate is not passed")
        .inputs(with("ac", &is_paid));
    let ordered = Figure::new("planning-ordered", "Ordered for planning", desk.money_exact(release.ordered))
        .formula("Σ what is still to come of orders for these tasks, and for those of later stages whose gate is not passed")
        .inputs(with("ordered", &is_ordered));
    let mut taken = Vec::new();
    for (word, key, figure) in [("spent", "planning-spent", paid), ("ordered", "planning-ordered", ordered)] {
        if !figure.inputs.is_empty() {
            book.add(figure);
            taken.push((word, key));
        }
    }
    taken
}

/// What the board is asked for at G2.
fn asked_for(desk: &Desk<'_>, book: &mut Book) {
    let Some(Asked::Plan { budget, contingency }) = desk.project.asked_at(GateId::G2) else { return };
    let figure = Figure::new("asked-G2", "Amount asked for at G2", desk.money_exact(budget + contingency));
    let figure = if contingency > Amount::ZERO {
        figure.formula("asked = BAC + contingency").of("contingency", "contingency-granted")
    } else {
        figure.formula("asked = BAC")
    };
    book.add(figure.of("BAC", "bac"));
}
