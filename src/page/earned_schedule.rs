//! Earned schedule beside the network's forecast: two ways to say when, and why they differ.

use serde::Serialize;

use crate::control::EarnedSchedule;
use crate::format;
use crate::page::desk::{Desk, days_of};
use crate::page::verdict::promise_word;
use crate::page::view::{Cell, Fact, Row, Table};

/// The two forecasts of the finish, side by side.
#[derive(Clone, Debug, Serialize)]
pub struct ScheduleForecasts {
    /// The network's and earned schedule's finish, and the figures behind the latter.
    pub facts: Vec<Fact>,
    /// Why they differ, in a sentence or two.
    pub gap: String,
    /// Each figure of earned schedule for all tasks and without level of effort.
    pub table: Table,
}

/// Puts the two forecasts of the finish side by side.
#[must_use]
pub fn schedule_forecasts(desk: &Desk<'_>) -> ScheduleForecasts {
    let control = &desk.project.control;
    let schedule = &control.total_schedule;
    let network = desk.project.forecast.finish_day();
    let facts = vec![
        Fact::new("By the network of tasks and calendars", format::date(network))
            .explained(desk.explained("finish")),
        Fact::new(
            "By earned schedule, from pace alone",
            schedule.estimate_finish.map_or_else(|| format::NOTHING.to_owned(), format::date),
        )
        .explained(desk.explained("es-finish")),
        Fact::new(format::sentence_start(promise_word(desk)), format::date(control.reference.finish))
            .explained(desk.explained("promised")),
    ];
    ScheduleForecasts { facts, gap: gap(desk), table: schedule_table(desk) }
}

fn gap(desk: &Desk<'_>) -> String {
    let network = desk.project.forecast.finish_day();
    if desk.project.control.total_schedule.is_undefined() {
        return "Earned schedule says nothing: the plan has no budget that could be earned.".to_owned();
    }
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

/// A line of the table of earned schedule.
struct Line {
    name: &'static str,
    /// The key under which the figure is explained.
    key: &'static str,
    formula: &'static str,
    show: fn(&EarnedSchedule) -> Cell,
}

const LINES: &[Line] = &[
    Line {
        name: "Actual time, AT",
        key: "at",
        formula: "working days passed",
        show: |schedule| days(schedule, schedule.actual_time),
    },
    Line {
        name: "Earned schedule, ES",
        key: "es",
        formula: "day of the plan by which today's earned value was due",
        show: |schedule| days(schedule, schedule.earned),
    },
    Line {
        name: "Planned duration, PD",
        key: "pd",
        formula: "working days of the plan",
        show: |schedule| days(schedule, schedule.planned_duration),
    },
    Line {
        name: "Schedule variance in time, SV(t)",
        key: "sv-t",
        formula: "ES − AT",
        show: |schedule| days(schedule, schedule.variance),
    },
    Line {
        name: "Schedule performance index in time, SPI(t)",
        key: "spi-t",
        formula: "ES ÷ AT",
        show: |schedule| Cell::text(format::decimals(schedule.index, 3)),
    },
    Line {
        name: "Estimate of the duration, IEAC(t)",
        key: "ieac-t",
        formula: "PD ÷ SPI(t)",
        show: |schedule| {
            Cell::maybe(schedule.estimate_days.map(|days| format::number(days, 1)))
                .note_if(schedule.estimate_finish.map(format::date))
        },
    },
    Line {
        name: "Pace needed to keep the finish it is measured by, TSPI",
        key: "tspi",
        formula: "(PD − ES) ÷ (PD − AT); above 1.10 no longer realistic",
        show: |schedule| {
            let cell = Cell::text(format::decimals(schedule.to_complete_index, 2));
            let is_unrealistic = schedule.to_complete_index.is_some_and(|index| index.get() > 1.1);
            if is_unrealistic { cell.class("bad") } else { cell }
        },
    },
];

fn days(schedule: &EarnedSchedule, value: f64) -> Cell {
    if schedule.is_undefined() { Cell::nothing() } else { Cell::text(format::number(value, 1)) }
}

/// The figure without level of effort; where there is none of it, that of all tasks.
fn discrete(desk: &Desk<'_>, key: &str) -> Option<String> {
    desk.explained(&format!("discrete-{key}")).or_else(|| desk.explained(key))
}

fn schedule_table(desk: &Desk<'_>) -> Table {
    let control = &desk.project.control;
    let mut table = Table::new(&["Figure", "#All tasks", "#Without level of effort", "Formula"]);
    for line in LINES {
        table.push(Row::new(vec![
            Cell::text(line.name),
            (line.show)(&control.total_schedule).explained(desk.explained(line.key)),
            (line.show)(&control.discrete_schedule).explained(discrete(desk, line.key)),
            Cell::text(line.formula).class("muted"),
        ]));
    }
    table
}
