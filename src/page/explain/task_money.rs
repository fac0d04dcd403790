//! What each task may cost, has earned and has cost: figure by figure.

use crate::control::TaskValue;
use crate::diagnostic::Span;
use crate::format;
use crate::model::{Assignee, Earning, EntryType, Task, TaskNo, TaskProgress, Worker};
use crate::page::desk::Desk;
use crate::page::explain::task_time::{assignments, done_words, frozen_origin};
use crate::page::explain::{Book, Figure, From, Input, bookings, planned_points};
use crate::quantity::{Amount, Effort};

/// Adds the figures of money and effort of a task; none where it has neither. `keeps_money`: whether anything of the project has a
/// price, without which there is effort alone.
pub(super) fn add(desk: &Desk<'_>, book: &mut Book, number: TaskNo, keeps_money: bool) {
    let Some(value) = desk.project.control.tasks.get(number.0 as usize) else { return };
    let task = desk.project.project.task(number);
    let is_idle = value.budget == Amount::ZERO
        && value.actual_cost == Amount::ZERO
        && value.budget_now == Amount::ZERO
        && value.planned_effort == Effort::ZERO;
    if is_idle || task.is_summary() {
        return;
    }
    if keeps_money {
        budget(desk, book, number);
    }
    let key = |name: &str| format!("task-{}.{name}", task.id);
    let effort = Figure::new(key("effort"), "Effort planned", desk.effort_exactly(value.planned_effort));
    let promised = desk.project.control.reference.tasks.get(number.0 as usize).copied().flatten();
    let frozen = frozen_origin(desk, number).filter(|_| task.is_level_of_effort());
    book.add(match promised.and_then(|promised| promised.effort).zip(frozen) {
        Some((promised, origin)) => effort
            .formula("effort = that which the baseline promises with its money")
            .typed("promised", desk.effort_exactly(promised), origin),
        None => effort
            .formula("effort = Σ duration × share of each assigned, or the effort typed")
            .inputs(assignments(desk, task))
            .typed("estimate", estimate_words(task), task.estimate_origin.unwrap_or(task.origin)),
    });
    if keeps_money {
        book.add(planned(desk, number, value));
        book.add(earned(desk, number));
        book.add(
            Figure::new(key("ev"), "Earned value", desk.money_exact(value.earned_value))
                .formula("EV = budget × share earned")
                .of("budget", key("budget"))
                .input(
                    "share earned",
                    exact_share(value.earned_value, value.budget),
                    From::Figure(key("earned")),
                ),
        );
    }
    let hours = bookings::hours(desk, Some(number));
    book.add(
        Figure::new(key("hours"), "Effort booked", desk.effort(value.actual_effort))
            .formula("Σ hours booked by the status date")
            .inputs(hours.clone())
            .inputs(nothing_booked(&hours)),
    );
    if keeps_money {
        cost(desk, book, (number, value), hours);
        ordered(desk, book, number);
    }
}

/// What was planned to be earned of a task by the status date.
fn planned(desk: &Desk<'_>, number: TaskNo, value: &TaskValue) -> Figure {
    let task = desk.project.project.task(number);
    let key = |name: &str| format!("task-{}.{name}", task.id);
    let money = |amount: Amount| desk.money_exact(amount);
    let reference = &desk.project.control.reference;
    let method = reference.method_of(number);
    let frozen = reference.planned.get(number.0 as usize).and_then(Option::as_ref);
    let planned = value.planned_value;
    let figure = Figure::new(key("pv"), "Planned value", money(planned));
    let figure = match frozen {
        Some(series) => {
            let at = (series, desk.project.control.data_date);
            let place = |day| frozen_point(desk, task.id.as_str(), day).unwrap_or(task.origin);
            planned_points::read_off(desk, figure, at, (place, ""))
        }
        None => figure
            .formula("PV = budget × share that was planned to be earned by the status date")
            .values(format!(
                "{} = {} × {}",
                money(planned),
                money(value.budget),
                exact_share(planned, value.budget)
            )),
    };
    figure
        .of("budget", key("budget"))
        .typed(
            "promised dates",
            promised_words(desk, number),
            frozen_origin(desk, number).unwrap_or(task.origin),
        )
        .typed("method", method_words(desk, method), desk.field(task.origin, "earned_value"))
        .inputs([super::task_time::data_date(desk)])
}

/// What a task has cost, and by how much that is less than what it earned.
fn cost(desk: &Desk<'_>, book: &mut Book, (number, value): (TaskNo, &TaskValue), hours: Vec<Input>) {
    let key = |name: &str| format!("task-{}.{name}", desk.project.project.task(number).id);
    let money = |amount: Amount| desk.money_exact(amount);
    let people = desk.project.project.timesheets.iter().filter(|entry| entry.task == number);
    let costs = bookings::lines(desk, |entry| entry.task == Some(number));
    book.add(
        Figure::new(key("ac"), "Actual cost", money(value.actual_cost))
            .formula(
                "AC = labour + other; labour = Σ hours × rates, other = invoices + receipts not yet invoiced",
            )
            .values(format!(
                "{} = {} + {}",
                money(value.actual_cost),
                money(value.labour_cost),
                money(value.other_cost)
            ))
            .inputs(hours)
            .inputs(bookings::rates(desk, people.map(|entry| entry.worker)))
            .inputs(nothing_booked(&costs).filter(|_| value.actual_cost == Amount::ZERO))
            .inputs(costs),
    );
    book.add(
        Figure::new(key("cv"), "Cost variance", money(value.earned_value - value.actual_cost))
            .formula("CV = EV − AC")
            .of("EV", key("ev"))
            .of("AC", key("ac")),
    );
}

/// What is on order for a task; nothing where nothing was ordered.
fn ordered(desk: &Desk<'_>, book: &mut Book, number: TaskNo) {
    let key = |name: &str| format!("task-{}.{name}", desk.project.project.task(number).id);
    let money = |amount: Amount| desk.money_exact(amount);
    let orders = bookings::of_types(desk, &[EntryType::Commitment], |entry| entry.task == Some(number));
    if !orders.is_empty() {
        let open: Amount = desk
            .project
            .control
            .spending
            .open_orders
            .iter()
            .filter(|order| order.task == Some(number))
            .map(|order| order.amount)
            .sum();
        book.add(
            Figure::new(key("ordered"), "Ordered, not received", money(open))
                .formula("orders − what was received or invoiced of them, by order number")
                .inputs(orders)
                .inputs(bookings::lines(desk, |entry| entry.task == Some(number))),
        );
    }
}

fn nothing_booked(lines: &[Input]) -> Option<Input> {
    lines.is_empty().then(|| Input {
        label: "bookings".into(),
        value: format::NOTHING.to_owned(),
        from: super::From::Given("no line of the ledgers names it by the status date"),
    })
}

fn budget(desk: &Desk<'_>, book: &mut Book, number: TaskNo) {
    let Some(value) = desk.project.control.tasks.get(number.0 as usize) else { return };
    let task = desk.project.project.task(number);
    let key = |name: &str| format!("task-{}.{name}", task.id);
    let money = |amount: Amount| desk.money_exact(amount);
    let team = &desk.project.project.team;
    let people = task.assignments.iter().filter_map(|assignment| match assignment.assignee {
        Assignee::Person(person) => Some(Worker::Person(person)),
        Assignee::Role { .. } => None,
    });
    let roles = task.assignments.iter().filter_map(|assignment| match assignment.assignee {
        Assignee::Role { role, .. } => team.roles.get(role.0 as usize),
        Assignee::Person(_) => None,
    });
    let of_roles = roles.filter_map(|role| {
        let (rate, origin) = (role.rate?, role.rate_origin?);
        Some(Input::typed(format!("Rate of {}", role.name), bookings::rate_words(desk, rate), origin))
    });
    let has_ledger = book.day().is_none();
    let priced = |figure: Figure| {
        figure
            .formula("budget = Σ planned effort × rate + other costs")
            .of("planned effort", key("effort"))
            .inputs(bookings::rates(desk, people.clone()))
            .inputs(of_roles.clone())
            .inputs(task.costs.iter().map(|cost| {
                let label = format!("Cost, {}", cost.category);
                let place = desk.field(cost.origin, "amount");
                let taken_over = super::ledger::conversion_of(desk, has_ledger, &[cost.origin, place]);
                taken_over
                    .unwrap_or_else(|| Input::typed(label.clone(), money(cost.amount), place))
                    .labelled(label)
            }))
    };
    match frozen_origin(desk, number) {
        Some(origin) => {
            book.add(
                Figure::new(key("budget"), "Budget", money(value.budget))
                    .formula("as frozen in the baseline")
                    .typed("budget", money(value.budget), origin),
            );
            book.add(priced(Figure::new(
                key("budget-now"),
                "Budget as planned now",
                money(value.budget_now),
            )));
        }
        None => book.add(priced(Figure::new(key("budget"), "Budget", money(value.budget)))),
    }
}

fn earned(desk: &Desk<'_>, number: TaskNo) -> Figure {
    let project = &desk.project.project;
    let task = project.task(number);
    let value = desk.project.control.tasks.get(number.0 as usize);
    let share = value.map_or(0.0, |value| value.earned.as_f64());
    let method = desk.project.control.reference.method_of(number);
    let progress = desk.project.facts.progress.get(number.0 as usize);
    let figure = Figure::new(format!("task-{}.earned", task.id), "Share earned", format::share(share))
        .formula(if task.is_purchase() && *method == Earning::AtFinish {
            "all when what is bought is received and accepted".to_owned()
        } else {
            method_words(desk, method)
        })
        .typed(
            "method",
            crate::page::explain::task_money::method_key(method),
            desk.field(task.origin, "earned_value"),
        );
    if let Earning::Apportioned(base) = method {
        let base = project.task(*base);
        return figure.of(format!("share earned of “{}”", base.name), format!("task-{}.earned", base.id));
    }
    if task.is_level_of_effort() {
        return figure.of("planned value", format!("task-{}.pv", task.id));
    }
    let waits: Vec<_> = match method {
        Earning::AtFinish => project.not_accepted_of(number, desk.project.control.data_date).collect(),
        _ => Vec::new(),
    };
    let figure = waits.into_iter().fold(figure, |figure, made| {
        figure.typed(format!("acceptance of {}", made.id), "not accepted", made.origin)
    });
    let origin = progress.and_then(TaskProgress::done_line);
    let reported = match progress {
        Some(known) if known.actual_finish.is_some() => "finished".to_owned(),
        Some(known) => match (known.units_done, known.actual_start) {
            (Some(done), _) => format!("{} units done", format::whole(done)),
            (None, Some(_)) => format!("{} done", done_words(desk, number)),
            (None, None) => "not begun".to_owned(),
        },
        None => "not begun".to_owned(),
    };
    figure.typed_or("report", reported, origin, "no report names it by the status date")
}

/// The line of the baseline on which the planned value of a task by a day stands; none without a baseline.
pub(super) fn frozen_point(desk: &Desk<'_>, task: &str, day: jiff::civil::Date) -> Option<Span> {
    let project = &desk.project.project;
    let baseline = project.baseline_as_of(desk.project.status_date)?;
    let file = Span::new(baseline.origin.file, 0, 0);
    let whole = || project.places.of(file, &format!("planned_value.{task}"));
    project.places.of(file, &format!("planned_value.{task}.{day}")).or_else(whole).or(Some(baseline.origin))
}

/// The short name of a method of earning value.
pub(in crate::page) fn method_key(earning: &Earning) -> &'static str {
    match earning {
        Earning::AtFinish => "0/100",
        Earning::AtStartAndFinish(_) => "at start and finish",
        Earning::Steps(_) => "weighted steps",
        Earning::Units { .. } => "units",
        Earning::Percent => "percent complete",
        Earning::Apportioned(_) => "apportioned",
        Earning::LevelOfEffort => "level of effort",
    }
}

/// How a task earns, as a rule in words.
pub(in crate::page) fn method_words(desk: &Desk<'_>, method: &Earning) -> String {
    match method {
        Earning::AtFinish => "all when it finishes".to_owned(),
        Earning::AtStartAndFinish(share) => {
            format!("{} when it starts, the rest when it finishes", format::percent(*share))
        }
        Earning::Steps(steps) => {
            let steps: Vec<String> =
                steps.iter().map(|step| format!("{} {}", step.name, format::percent(step.weight))).collect();
            format!("Σ weights of the steps done: {}", steps.join(", "))
        }
        Earning::Units { total, unit } => format!("{unit} done ÷ {} {unit}", format::whole(*total)),
        Earning::Percent => "the physical percentage reported".to_owned(),
        Earning::Apportioned(base) => format!("as far as “{}”", desk.project.project.task(*base).name),
        Earning::LevelOfEffort => "as planned, with time".to_owned(),
    }
}

/// A share with as many digits as it takes to get from the whole to the part again: `41.7 %`, `41.667 %`.
///
/// 5 000.00 of 12 000.00 are 41.66667 %: with one digit they would be 5 004.00.
fn exact_share(part: Amount, whole: Amount) -> String {
    if whole == Amount::ZERO {
        return format::NOTHING.to_owned();
    }
    let percent = part.as_f64() / whole.as_f64() * 100.0;
    let leads_back = |digits: &usize| {
        let rounded: f64 = format!("{percent:.digits$}", digits = *digits).parse().unwrap_or(percent);
        Amount::from_f64(whole.as_f64() * rounded / 100.0) == part
    };
    match (1..=8).find(leads_back) {
        None | Some(1) => format::share(percent / 100.0),
        Some(digits) => format!("{}\u{a0}%", format::number(percent, digits)),
    }
}

fn promised_words(desk: &Desk<'_>, number: TaskNo) -> String {
    let dates = desk.project.control.reference.dates_of(number);
    dates.map_or_else(|| format::NOTHING.to_owned(), |(start, finish)| format::span_of_days(start, finish))
}

fn estimate_words(task: &Task) -> String {
    use crate::model::{TaskKind, Work};
    match task.kind {
        TaskKind::Work(Work::Duration(estimate) | Work::Effort(estimate)) => estimate.likely().to_string(),
        TaskKind::Work(Work::Both { effort, .. }) => effort.likely().to_string(),
        _ => format::NOTHING.to_owned(),
    }
}
