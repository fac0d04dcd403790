//! Earned value and earned schedule, figure by figure.

use crate::control::{
    EarnedValue, ForecastBasis, Headline, PRESSURE_MEANS_FROM, ReferenceSource, ToComplete,
};
use crate::format;
use crate::model::Ground;
use crate::page::desk::Desk;
use crate::page::explain::{Book, Figure, From, Input, budget_lines};
use crate::page::unread::why_not;
use crate::quantity::{Amount, Ratio};

/// Adds them: of all tasks, and without level of effort where that differs.
pub(super) fn write(desk: &Desk<'_>, book: &mut Book) {
    let control = &desk.project.control;
    if !super::has_money(desk) || (control.total.budget == Amount::ZERO && !control.spending.is_recorded) {
        return;
    }
    let unit = || Some(format!("{}; indices are bare numbers", super::amounts(desk)));
    book.group("earned", "All tasks", unit());
    of_value(desk, book, &Scope { value: &control.total, is_discrete: false });
    if control.total.is_of_other_work(&control.discrete) {
        book.group("earned", "Without level of effort", unit());
        of_value(desk, book, &Scope { value: &control.discrete, is_discrete: true });
    }
}

/// The key of a figure of earned value, made of its letters: `EAC₂` is `eac-2`, without level of effort
/// `discrete-eac-2`.
#[must_use]
pub fn earned_key(letters: &str, is_discrete: bool) -> String {
    let mut key = if is_discrete { "discrete-".to_owned() } else { String::new() };
    for letter in letters.chars() {
        match letter {
            '₁' => key.push_str("-1"),
            '₂' => key.push_str("-2"),
            '₃' => key.push_str("-3"),
            '₄' => key.push_str("-4"),
            ')' => {}
            letter if letter.is_ascii_alphanumeric() => key.push(letter.to_ascii_lowercase()),
            _ => key.push('-'),
        }
    }
    key
}

/// All tasks, or those without level of effort.
struct Scope<'a> {
    value: &'a EarnedValue,
    is_discrete: bool,
}

impl Scope<'_> {
    fn key(&self, letters: &str) -> String {
        earned_key(letters, self.is_discrete)
    }

    fn figure(&self, letters: &str, name: &str, value: String) -> Figure {
        let name = format!("{name} ({letters})");
        let name = if self.is_discrete { format!("{name} without level of effort") } else { name };
        Figure::new(self.key(letters), name, value)
    }

    /// Says of EAC₃ that it is no forecast, where it is none.
    fn noted(&self, figure: Figure, letters: &str) -> Figure {
        if letters != "EAC₃" || !self.value.is_pressure_no_forecast() {
            return figure;
        }
        figure.note(format!(
            "No forecast below an SPI of {}: lateness alone more than doubles what is left, and SPI says nothing of what work costs.",
            format::number(PRESSURE_MEANS_FROM, 2)
        ))
    }

    /// Adds figures as inputs. Indices go into estimates with eight digits: with three, nobody could compute them again.
    fn of(&self, figure: Figure, letters: &[&'static str]) -> Figure {
        let is_estimate = figure.formula.starts_with("EAC");
        letters.iter().fold(figure, |figure, letters| {
            let exact = match *letters {
                "CPI" if is_estimate => format::decimals_as_exact(self.value.cpi(), 3..=8),
                "SPI" if is_estimate => format::decimals_as_exact(self.value.spi(), 3..=8),
                _ => String::new(),
            };
            figure.input(*letters, exact, From::Figure(self.key(letters)))
        })
    }
}

fn of_value(desk: &Desk<'_>, book: &mut Book, scope: &Scope<'_>) {
    let value = scope.value;
    let money = |amount: Amount| desk.money_exact(amount);
    let index = |ratio: Option<Ratio>| format::decimals(ratio, 3);
    let share = |ratio: Option<Ratio>| {
        ratio.map_or_else(|| format::NOTHING.to_owned(), |ratio| format::share(ratio.get()))
    };
    let maybe = |amount: Option<Amount>| amount.map_or_else(|| format::NOTHING.to_owned(), money);
    inputs_of_all(desk, book, scope);
    let computed: [(&str, &str, String, &str, &[&str]); 15] = [
        ("SV", "Schedule variance", money(value.schedule_variance()), "SV = EV − PV", &["EV", "PV"]),
        ("CV", "Cost variance", money(value.cost_variance()), "CV = EV − AC", &["EV", "AC"]),
        ("SPI", "Schedule performance index", index(value.spi()), "SPI = EV ÷ PV", &["EV", "PV"]),
        ("CPI", "Cost performance index", index(value.cpi()), "CPI = EV ÷ AC", &["EV", "AC"]),
        (
            "SV %",
            "Schedule variance as a share",
            share(value.schedule_variance_share()),
            "share = SV ÷ PV",
            &["SV", "PV"],
        ),
        (
            "CV %",
            "Cost variance as a share",
            share(value.cost_variance_share()),
            "share = CV ÷ EV",
            &["CV", "EV"],
        ),
        ("EV share", "Share complete", share(value.percent_complete()), "share = EV ÷ BAC", &["EV", "BAC"]),
        ("AC share", "Share spent", share(value.percent_spent()), "share = AC ÷ BAC", &["AC", "BAC"]),
        (
            "EAC₁",
            "Estimate at completion, deviation was a one-off",
            money(value.estimate_one_off()),
            "EAC₁ = AC + (BAC − EV)",
            &["AC", "BAC", "EV"],
        ),
        (
            "EAC₂",
            "Estimate at completion, cost trend goes on",
            maybe(value.estimate_trend()),
            "EAC₂ = AC + (BAC − EV) ÷ CPI",
            &["AC", "BAC", "EV", "CPI"],
        ),
        (
            "EAC₃",
            "Estimate at completion, cost and time press",
            maybe(value.estimate_pressure()),
            "EAC₃ = AC + (BAC − EV) ÷ (CPI × SPI)",
            &["AC", "BAC", "EV", "CPI", "SPI"],
        ),
        ("EAC", "Estimate at completion, headline", money(value.estimate()), "", &[]),
        (
            "ETC",
            "Estimate to complete",
            money(value.estimate_to_complete()),
            "ETC = EAC − AC",
            &["EAC", "AC"],
        ),
        (
            "VAC",
            "Variance at completion",
            money(value.variance_at_completion()),
            "VAC = BAC − EAC",
            &["BAC", "EAC"],
        ),
        (
            "TCPI(EAC)",
            "Efficiency needed to meet the estimate",
            index(value.to_complete_index_estimate()),
            "TCPI = (BAC − EV) ÷ (EAC − AC)",
            &["BAC", "EV", "EAC", "AC"],
        ),
    ];
    let is_estimated = desk.project.control.spending.is_recorded;
    for (letters, name, figure, formula, inputs) in computed {
        if !is_estimated && ["EAC", "ETC", "VAC", "TCPI"].iter().any(|of| letters.starts_with(of)) {
            let figure = scope.figure(letters, name, format::NOTHING.to_owned());
            book.add(figure.formula(match why_not(desk, Ground::ESTIMATE) {
                Some(why) => format!("none: {why}"),
                None => "none: no cost is recorded, and nothing else says what the rest will take".to_owned(),
            }));
            continue;
        }
        let figure = scope.noted(scope.figure(letters, name, figure).formula(formula), letters);
        book.add(if letters == "EAC" { headline(desk, scope, figure) } else { scope.of(figure, inputs) });
    }
    if !scope.is_discrete && is_estimated {
        book.add(over(desk, scope));
    }
    let needed = match value.to_complete_index_budget() {
        ToComplete::Index(ratio) => index(Some(ratio)),
        ToComplete::BudgetCannotBeMet => "budget cannot be met".to_owned(),
        ToComplete::NothingLeft => "nothing left".to_owned(),
    };
    let figure = scope
        .figure("TCPI(BAC)", "Efficiency needed to meet the budget", needed)
        .formula("TCPI = (BAC − EV) ÷ (BAC − AC)");
    book.add(scope.of(figure, &["BAC", "EV", "AC"]));
}

/// How far the estimate is over the budget: the variance at completion, the other way round.
fn over(desk: &Desk<'_>, scope: &Scope<'_>) -> Figure {
    let over = scope.value.estimate() - scope.value.budget;
    let figure = Figure::new(scope.key("over"), "Over or under the budget", desk.money_signed(over));
    scope.of(figure.formula("over = EAC − BAC"), &["EAC", "BAC"])
}

/// The estimate that pages lead with.
fn headline(desk: &Desk<'_>, scope: &Scope<'_>, figure: Figure) -> Figure {
    let control = &desk.project.control;
    let value = scope.value;
    match value.headline() {
        Headline::Trend => scope
            .of(figure.formula("EAC = AC + (BAC − EV) ÷ CPI"), &["AC", "BAC", "EV", "CPI"])
            .of("EAC₂, the headline once 15 % of the budget is earned", scope.key("EAC₂"))
            .note("Read it with the range of all estimates: studies find the trend stable only from about half way on."),
        Headline::OneOff => scope
            .of(figure.formula("EAC = AC + (BAC − EV)"), &["AC", "BAC", "EV"])
            .of("EAC₁, the headline below 15 % earned, or without a cost trend", scope.key("EAC₁")),
        Headline::Counted if control.bottom_up.orders <= Amount::ZERO => figure
            .formula("EAC = EAC₄, as all is earned and the ledger still expects something")
            .of("EAC₄", "eac-4"),
        Headline::Counted if control.is_finished => figure
            .formula("EAC = EAC₄ − orders, as everything is done and the ledger still expects something")
            .of("EAC₄", "eac-4")
            .of("orders", "eac-4-orders"),
        Headline::Counted => {
            let leads = ForecastBasis::by_performance(value).letters();
            figure
                .formula("EAC = EAC₄, as AC and orders together are more than the performance so far leads to")
                .of("EAC₄", "eac-4")
                .of("AC", scope.key("AC"))
                .of("orders", "eac-4-orders")
                .of(format!("{leads}, which is less"), scope.key(leads))
                .note("A signed order has its price however cheap the work was so far: an estimate holds commitments (ANSI/EIA-748, guideline 27).")
        }
    }
}

/// The four that the others are made of, each the sum of its tasks.
fn inputs_of_all(desk: &Desk<'_>, book: &mut Book, scope: &Scope<'_>) {
    let control = &desk.project.control;
    let money = |amount: Amount| desk.money_exact(amount);
    let of_tasks = |figure: Figure, name: &str| {
        desk.project
            .tasks()
            .filter(|(_, task, _)| !scope.is_discrete || !task.is_level_of_effort())
            .filter(|(number, _, _)| {
                control.tasks.get(number.0 as usize).is_some_and(|value| match name {
                    "budget" => value.budget != Amount::ZERO,
                    "pv" => value.planned_value != Amount::ZERO,
                    "ev" => value.earned_value != Amount::ZERO,
                    _ => value.actual_cost != Amount::ZERO,
                })
            })
            .fold(figure, |figure, (_, task, _)| {
                figure.of(crate::page::desk::task_name(task), format!("task-{}.{name}", task.id))
            })
    };
    let with_lines = |figure: Figure, name: &str| {
        figure.inputs(budget_lines::of_lines(desk, name, |line| !scope.is_discrete || line.is_discrete()))
    };
    let to = super::task_time::valued_to(desk);
    let reference = match control.reference.source {
        ReferenceSource::Baseline { .. } => "frozen in the baseline",
        ReferenceSource::Plan => "as planned",
    };
    book.add(with_lines(
        of_tasks(
            scope.figure("BAC", "Budget at completion", money(scope.value.budget)).formula(format!(
                "BAC = Σ budgets of tasks and budget lines, {reference}; reserves are not in it"
            )),
            "budget",
        ),
        "budget",
    ));
    book.add(with_lines(
        of_tasks(
            scope.figure("PV", "Planned value", money(scope.value.planned)).formula(format!(
                "PV = Σ budget that was planned to be earned by the end of {to}, by each task's own method"
            )),
            "pv",
        ),
        "pv",
    ));
    book.add(with_lines(
        of_tasks(
            scope
                .figure("EV", "Earned value", money(scope.value.earned))
                .formula("EV = Σ budget × share earned by the task's method; never above the budget"),
            "ev",
        ),
        "ev",
    ));
    let mut actual = of_tasks(
        scope
            .figure("AC", "Actual cost", money(scope.value.actual))
            .formula(format!("AC = Σ hours × rates + invoices + accruals not yet invoiced, up to {to}")),
        "ac",
    );
    if !scope.is_discrete {
        actual = actual.inputs(costs_of_no_task(desk));
    }
    book.add(actual);
}

/// Lines of the ledger that are booked on no task.
fn costs_of_no_task(desk: &Desk<'_>) -> Vec<Input> {
    super::bookings::lines(desk, |entry| entry.task.is_none())
}
