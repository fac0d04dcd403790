//! Earned value in full: every figure with its formula, its numbers and the places its inputs were typed at.

use serde::Serialize;

use crate::control::{EarnedSchedule, EarnedValue, ReferenceSource, ToComplete};
use crate::format;
use crate::page::desk::{Desk, days_of};
use crate::page::view::{Cell, Explain, ExplainInput, Fact, Row, Table};
use crate::quantity::{Amount, Ratio};

/// Earned value.
#[derive(Clone, Debug, Serialize)]
pub struct EarnedValueView {
    /// Each figure for all tasks and without level of effort.
    pub table: Table,
    /// How the four inputs and the estimates were made.
    pub explains: Vec<Explain>,
    /// What to keep in mind: indices too young, level of effort large; empty when nothing is.
    pub cautions: Vec<String>,
}

/// The two forecasts of the finish, side by side.
#[derive(Clone, Debug, Serialize)]
pub struct ScheduleForecasts {
    /// The network's and earned schedule's finish, and the figures behind the latter.
    pub facts: Vec<Fact>,
    /// Why they differ, in a sentence or two.
    pub gap: String,
    /// Each figure of earned schedule for all tasks and without level of effort.
    pub table: Table,
    /// How earned schedule is computed.
    pub explain: Explain,
}

/// Puts earned value together.
#[must_use]
pub fn earned_value(desk: &Desk<'_>) -> EarnedValueView {
    let control = &desk.project.control;
    let has_loe = control.total != control.discrete;
    let mut table = if has_loe {
        Table::new(&["Figure", "#All tasks", "#Without level of effort", "Formula"])
    } else {
        Table::new(&["Figure", "#All tasks", "Formula"])
    };
    for line in LINES {
        let mut cells =
            vec![Cell::text(format!("{} ({})", line.name, line.letters)), (line.show)(desk, &control.total)];
        if has_loe {
            cells.push((line.show)(desk, &control.discrete));
        }
        cells.push(Cell::text(line.formula).class("muted"));
        table.push(Row::new(cells));
    }
    EarnedValueView { table, explains: explains(desk), cautions: cautions(desk) }
}

/// A line of the table of earned value.
struct Line {
    name: &'static str,
    letters: &'static str,
    formula: &'static str,
    show: fn(&Desk<'_>, &EarnedValue) -> Cell,
}

fn money(desk: &Desk<'_>, amount: Amount) -> Cell {
    Cell::text(desk.money(amount))
}

fn signed(desk: &Desk<'_>, amount: Amount) -> Cell {
    let cell = Cell::text(desk.money_signed(amount));
    if amount < Amount::ZERO { cell.class("bad") } else { cell }
}

fn index(ratio: Option<Ratio>) -> Cell {
    Cell::text(format::decimals(ratio, 3))
}

fn share(ratio: Option<Ratio>) -> Cell {
    Cell::text(ratio.map_or_else(|| format::NOTHING.to_owned(), |ratio| format::share(ratio.get())))
}

fn to_complete(index: ToComplete) -> Cell {
    match index {
        ToComplete::Index(ratio) => Cell::text(format::decimals(Some(ratio), 3)),
        ToComplete::BudgetCannotBeMet => Cell::text("budget cannot be met").class("bad"),
        ToComplete::NothingLeft => Cell::text("nothing left"),
    }
}

const LINES: &[Line] = &[
    Line {
        name: "Budget at completion",
        letters: "BAC",
        formula: "Σ budgets of the baseline",
        show: |desk, value| money(desk, value.budget),
    },
    Line {
        name: "Planned value",
        letters: "PV",
        formula: "budget of what was to be done by now",
        show: |desk, value| money(desk, value.planned),
    },
    Line {
        name: "Earned value",
        letters: "EV",
        formula: "Σ budget × share earned",
        show: |desk, value| money(desk, value.earned),
    },
    Line {
        name: "Actual cost",
        letters: "AC",
        formula: "hours × rates + invoices + accruals",
        show: |desk, value| money(desk, value.actual),
    },
    Line {
        name: "Schedule variance",
        letters: "SV",
        formula: "EV − PV",
        show: |desk, value| signed(desk, value.schedule_variance()),
    },
    Line {
        name: "Cost variance",
        letters: "CV",
        formula: "EV − AC",
        show: |desk, value| signed(desk, value.cost_variance()),
    },
    Line {
        name: "Schedule performance index",
        letters: "SPI",
        formula: "EV ÷ PV",
        show: |_, value| index(value.spi()),
    },
    Line {
        name: "Cost performance index",
        letters: "CPI",
        formula: "EV ÷ AC",
        show: |_, value| index(value.cpi()),
    },
    Line {
        name: "Share complete",
        letters: "EV share",
        formula: "EV ÷ BAC",
        show: |_, value| share(value.percent_complete()),
    },
    Line {
        name: "Share spent",
        letters: "AC share",
        formula: "AC ÷ BAC",
        show: |_, value| share(value.percent_spent()),
    },
    Line {
        name: "Estimate at completion, deviation was a one-off",
        letters: "EAC₁",
        formula: "AC + (BAC − EV)",
        show: |desk, value| money(desk, value.estimate_one_off()),
    },
    Line {
        name: "Estimate at completion, cost trend goes on",
        letters: "EAC₂, headline",
        formula: "AC + (BAC − EV) ÷ CPI",
        show: |desk, value| Cell::maybe(value.estimate_trend().map(|amount| desk.money(amount))),
    },
    Line {
        name: "Estimate at completion, cost and time press",
        letters: "EAC₃",
        formula: "AC + (BAC − EV) ÷ (CPI × SPI)",
        show: |desk, value| Cell::maybe(value.estimate_pressure().map(|amount| desk.money(amount))),
    },
    Line {
        name: "Estimate to complete",
        letters: "ETC",
        formula: "EAC − AC",
        show: |desk, value| money(desk, value.estimate_to_complete()),
    },
    Line {
        name: "Variance at completion",
        letters: "VAC",
        formula: "BAC − EAC",
        show: |desk, value| signed(desk, value.variance_at_completion()),
    },
    Line {
        name: "Efficiency needed to meet the budget",
        letters: "TCPI(BAC)",
        formula: "(BAC − EV) ÷ (BAC − AC)",
        show: |_, value| to_complete(value.to_complete_index_budget()),
    },
    Line {
        name: "Efficiency needed to meet the estimate",
        letters: "TCPI(EAC)",
        formula: "(BAC − EV) ÷ (EAC − AC)",
        show: |_, value| index(value.to_complete_index_estimate()),
    },
];

fn cautions(desk: &Desk<'_>) -> Vec<String> {
    let control = &desk.project.control;
    let mut cautions = Vec::new();
    if control.total.is_too_early() {
        cautions.push(
            "Less than 15\u{a0}% of the budget is earned: indices still jump with every booking.".to_owned(),
        );
    }
    let loe = control.total.budget - control.discrete.budget;
    if loe > Amount::ZERO {
        let share = loe.as_f64() / control.total.budget.as_f64();
        cautions.push(format!(
            "{} of the budget ({}) is level of effort, which earns as planned whatever happens; colours are read without it.",
            format::share(share),
            desk.money_words(loe)
        ));
    }
    if let (ToComplete::Index(needed), Some(cpi)) =
        (control.total.to_complete_index_budget(), control.total.cpi())
        && needed.get() - cpi.get() > 0.10
    {
        cautions.push(format!(
            "To meet the budget the rest would have to be done at an efficiency of {}, against {} so far: not credible (a gap above 0.10).",
            format::decimals(Some(needed), 2),
            format::decimals(Some(cpi), 2)
        ));
    }
    cautions
}

fn explains(desk: &Desk<'_>) -> Vec<Explain> {
    let total = &desk.project.control.total;
    let mut explains = vec![budget(desk), planned(desk), earned(desk), actual(desk)];
    if let (Some(trend), Some(cpi)) = (total.estimate_trend(), total.cpi()) {
        explains.push(Explain {
            title: "How the estimate at completion (EAC₂) is computed".to_owned(),
            formula: "EAC₂ = AC + (BAC − EV) ÷ CPI".to_owned(),
            values: Some(format!(
                "{} = {} + ({} − {}) ÷ {}",
                format::money_exact(trend, desk.project.project.currency),
                desk.money(total.actual),
                desk.money(total.budget),
                desk.money(total.earned),
                format::decimals(Some(cpi), 4)
            )),
            inputs: Vec::new(),
            source: Some("Read it with its range, EAC₁ to EAC₃: studies find the trend stable only from about half way on.".to_owned()),
        });
    }
    explains
}

fn budget(desk: &Desk<'_>) -> Explain {
    let report = desk.project;
    let control = &report.control;
    let frozen = report
        .project
        .baseline_as_of(report.status_date)
        .filter(|_| matches!(control.reference.source, ReferenceSource::Baseline { .. }));
    let mut inputs: Vec<ExplainInput> = report
        .tasks()
        .filter_map(|(number, task, _)| {
            let promised = control.reference.tasks[number.0 as usize]?;
            (promised.budget != Amount::ZERO).then(|| ExplainInput {
                label: task.name.clone(),
                value: desk.money(promised.budget),
                place: desk.place(
                    frozen
                        .and_then(|frozen| frozen.tasks.get(&number))
                        .map_or(task.origin, |frozen| frozen.origin),
                ),
                href: None,
            })
        })
        .collect();
    inputs.extend(control.reference.lines.iter().map(|line| {
        let written = &report.project.budget.lines[line.line];
        ExplainInput {
            label: crate::prose::inline_text(&written.name.markdown),
            value: desk.money(line.budget),
            place: desk.place(written.origin),
            href: None,
        }
    }));
    Explain {
        title: "How the budget at completion (BAC) is computed".to_owned(),
        formula: "BAC = Σ budgets of tasks and budget lines in the reference; reserves are not in it"
            .to_owned(),
        values: Some(format!(
            "{} in {}",
            desk.money_words(control.total.budget),
            crate::page::verdict::reference_words(desk)
        )),
        inputs,
        source: None,
    }
}

fn planned(desk: &Desk<'_>) -> Explain {
    let control = &desk.project.control;
    Explain {
        title: "How planned value (PV) is computed".to_owned(),
        formula: "PV = Σ budget that the baseline planned to earn by the end of the status date, spread by each task's own earning method".to_owned(),
        values: Some(format!("{} of {}", desk.money(control.total.planned), desk.money(control.total.budget))),
        inputs: desk
            .project
            .tasks()
            .filter_map(|(number, task, _)| {
                let value = &control.tasks[number.0 as usize];
                (value.planned_value != Amount::ZERO).then(|| ExplainInput {
                    label: task.name.clone(),
                    value: desk.money(value.planned_value),
                    place: None,
                    href: desk.task(number).href,
                })
            })
            .collect(),
        source: None,
    }
}

fn earned(desk: &Desk<'_>) -> Explain {
    let report = desk.project;
    let control = &report.control;
    Explain {
        title: "How earned value (EV) is computed".to_owned(),
        formula: "EV = Σ budget × share earned by the task's method; never above the budget".to_owned(),
        values: Some(format!("{} of {}", desk.money(control.total.earned), desk.money(control.total.budget))),
        inputs: report
            .tasks()
            .filter_map(|(number, task, _)| {
                let value = &control.tasks[number.0 as usize];
                (value.earned_value != Amount::ZERO).then(|| ExplainInput {
                    label: format!("{} ({})", task.name, format::share(value.earned.as_f64())),
                    value: desk.money(value.earned_value),
                    place: report.facts.progress[number.0 as usize]
                        .origin
                        .and_then(|origin| desk.place(origin)),
                    href: None,
                })
            })
            .collect(),
        source: None,
    }
}

fn actual(desk: &Desk<'_>) -> Explain {
    let report = desk.project;
    let control = &report.control;
    let mut inputs: Vec<ExplainInput> = report
        .tasks()
        .filter_map(|(number, task, _)| {
            let value = &control.tasks[number.0 as usize];
            let first = report.project.timesheets.iter().find(|entry| entry.task == number);
            (value.labour_cost != Amount::ZERO).then(|| ExplainInput {
                label: format!("Labour on {} ({})", task.name, desk.effort(value.actual_effort)),
                value: desk.money(value.labour_cost),
                place: first.and_then(|entry| desk.place(entry.origin)),
                href: None,
            })
        })
        .collect();
    inputs.extend(
        report
            .project
            .costs
            .iter()
            .filter(|entry| {
                entry.date <= report.status_date
                    && matches!(
                        entry.entry_type,
                        crate::model::EntryType::Actual | crate::model::EntryType::Accrual
                    )
            })
            .map(|entry| ExplainInput {
                label: format!(
                    "{} {}",
                    format::sentence_start(entry.entry_type.key()),
                    entry.reference.as_deref().unwrap_or(&entry.category)
                ),
                value: desk.money(entry.amount),
                place: desk.place(entry.origin),
                href: None,
            }),
    );
    Explain {
        title: "How actual cost (AC) is computed".to_owned(),
        formula: "AC = booked hours × rates + invoices + accruals not yet invoiced, up to the status date"
            .to_owned(),
        values: Some(desk.money_words(control.total.actual)),
        inputs,
        source: Some("A place beside labour is the first of its bookings.".to_owned()),
    }
}

/// Puts the two forecasts of the finish side by side.
#[must_use]
pub fn schedule_forecasts(desk: &Desk<'_>) -> ScheduleForecasts {
    let control = &desk.project.control;
    let schedule = &control.total_schedule;
    let network = desk.project.forecast.finish_day();
    let facts = vec![
        Fact::new("By the network of tasks and calendars", format::date(network)),
        Fact::new(
            "By earned schedule, from pace alone",
            schedule.estimate_finish.map_or_else(|| format::NOTHING.to_owned(), format::date),
        ),
        Fact::new("Promised", format::date(control.reference.finish)),
    ];
    ScheduleForecasts {
        facts,
        gap: gap(desk),
        table: schedule_table(desk),
        explain: schedule_explain(schedule),
    }
}

fn gap(desk: &Desk<'_>) -> String {
    let network = desk.project.forecast.finish_day();
    let Some(pace) = desk.project.control.total_schedule.estimate_finish else {
        return "Earned schedule gives no finish yet: nothing has been earned, or the pace leads out of sight.".to_owned();
    };
    let days = desk.working_days(pace, network);
    let closures = closures_ahead(desk);
    match days {
        0 => "Both agree.".to_owned(),
        days if days > 0 && !closures.is_empty() => format!(
            "The network is {} later. Pace knows nothing of calendars; the network knows {}. Trust the network, and read the pace as what would be possible without.",
            days_of(days),
            format::listed(&closures)
        ),
        days if days > 0 => format!(
            "The network is {} later: the logic of the work left is longer than the pace so far suggests.",
            days_of(days)
        ),
        days => format!(
            "Pace is {} later than the network: the work left is planned to go faster than work has gone so far. Ask why it should.",
            days_of(-days)
        ),
    }
}

/// Closures of a working week and more between the status date and the forecast finish, in calendars of open tasks.
fn closures_ahead(desk: &Desk<'_>) -> Vec<String> {
    let report = desk.project;
    let mut names: Vec<String> = Vec::new();
    for (_, task, slot) in report.tasks() {
        if slot.state == crate::plan::State::Finished || !task.is_work() {
            continue;
        }
        for closure in &report.project.calendars[task.calendar].closures {
            let window = closure.window;
            let is_ahead =
                window.end() > report.status_date && window.first() <= report.forecast.finish_day();
            let name = format!("{} ({})", closure.reason, format::window(window));
            if is_ahead && desk.working_days(window.first(), window.end()) >= 5 && !names.contains(&name) {
                names.push(name);
            }
        }
    }
    names
}

fn schedule_table(desk: &Desk<'_>) -> Table {
    let control = &desk.project.control;
    let mut table = Table::new(&["Figure", "#All tasks", "#Without level of effort", "Formula"]);
    let days = |value: f64| Cell::text(format::number(value, 1));
    let lines: [(&str, &str, fn(&EarnedSchedule) -> Option<f64>); 3] = [
        ("Actual time, AT", "working days passed", |schedule| Some(schedule.actual_time)),
        ("Earned schedule, ES", "day of the plan by which today's earned value was due", |schedule| {
            Some(schedule.earned)
        }),
        ("Planned duration, PD", "working days of the plan", |schedule| Some(schedule.planned_duration)),
    ];
    for (name, formula, get) in lines {
        let cell = |schedule| get(schedule).map_or_else(Cell::nothing, days);
        table.push(Row::new(vec![
            Cell::text(name),
            cell(&control.total_schedule),
            cell(&control.discrete_schedule),
            Cell::text(formula).class("muted"),
        ]));
    }
    let both =
        |show: fn(&EarnedSchedule) -> Cell| [show(&control.total_schedule), show(&control.discrete_schedule)];
    let rest: [(&str, &str, fn(&EarnedSchedule) -> Cell); 4] = [
        ("Schedule variance in time, SV(t)", "ES − AT", |schedule| {
            Cell::text(format::number(schedule.variance, 1))
        }),
        ("Schedule performance index in time, SPI(t)", "ES ÷ AT", |schedule| {
            Cell::text(format::decimals(schedule.index, 3))
        }),
        ("Estimate of the duration, IEAC(t)", "PD ÷ SPI(t)", |schedule| {
            Cell::maybe(schedule.estimate_days.map(|days| format::number(days, 1)))
                .note_if(schedule.estimate_finish.map(format::date))
        }),
        (
            "Pace needed to finish as promised, TSPI",
            "(PD − ES) ÷ (PD − AT); above 1.10 no longer realistic",
            |schedule| {
                let cell = Cell::text(format::decimals(schedule.to_complete_index, 2));
                if schedule.to_complete_index.is_some_and(|index| index.get() > 1.1) {
                    cell.class("bad")
                } else {
                    cell
                }
            },
        ),
    ];
    for (name, formula, show) in rest {
        let [all, discrete] = both(show);
        table.push(Row::new(vec![Cell::text(name), all, discrete, Cell::text(formula).class("muted")]));
    }
    table
}

fn schedule_explain(schedule: &EarnedSchedule) -> Explain {
    Explain {
        title: "How earned schedule is computed".to_owned(),
        formula: "ES = C + (EV − PV at C) ÷ (PV at C+1 − PV at C), with C the last working day whose planned value is not above EV".to_owned(),
        values: Some(format!(
            "SPI(t) {} = {} ÷ {}",
            format::decimals(schedule.index, 4),
            format::number(schedule.earned, 3),
            format::number(schedule.actual_time, 0)
        )),
        inputs: Vec::new(),
        source: Some("Lipke, Earned Schedule. SPI returns to 1 when everything is done, however late; SPI(t) does not.".to_owned()),
    }
}
