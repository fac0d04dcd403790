//! Earned schedule beside the network's forecast: two ways to say when, and why they differ.

use serde::Serialize;

use crate::control::{EarnedSchedule, EarnedValue, FlatStretch, TimeEstimate};
use crate::format;
use crate::model::Ground;
use crate::page::desk::Desk;
use crate::page::forecast_gap::gap;
use crate::page::unread::{grounds_of, is_known, why_not};
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
    let unread = why_not(desk, Ground::EARNED);
    let pace = match &unread {
        Some(why) => Fact::of("By earned schedule, from pace alone", Cell::nothing().note(why)),
        None => Fact {
            note: range(schedule),
            ..Fact::new(
                "By earned schedule, from pace alone",
                schedule.estimate_finish.map_or_else(|| format::NOTHING.to_owned(), format::date),
            )
        }
        .explained(desk.explained("es-finish")),
    };
    let facts = vec![
        Fact::of("By the network of tasks and calendars", desk.finish()),
        pace,
        Fact::of(format::sentence_start(promise_word(desk)), desk.promised()),
    ];
    let gap = unread.map_or_else(|| gap(desk), |why| format!("Pace is not known: {why}."));
    ScheduleForecasts { facts, gap, table: schedule_table(desk) }
}

/// Which of the two forecasts of the finish leads, what the other says and why they differ, in a few sentences; none where there is one alone,
/// where they agree, and once nothing is left to forecast.
#[must_use]
pub fn leading_finish(desk: &Desk<'_>) -> Option<String> {
    let control = &desk.project.control;
    let schedule = &control.total_schedule;
    if !is_known(desk, Ground::EARNED) {
        return None;
    }
    if control.has_ended() || schedule.is_undefined() || schedule.earned >= schedule.planned_duration {
        return None;
    }
    let (pace, network) = (schedule.estimate_finish?, desk.project.forecast.finish_day());
    (desk.slip_days(pace, network) != 0).then(|| {
        format!(
            "The finish of {} is that of the network of tasks and calendars, which leads; from pace alone (earned schedule) it would be {}. {}",
            format::date(network),
            format::date(pace),
            gap(desk)
        )
    })
}

/// The range of what pace says: the rest as planned, and cost pressing on time too.
fn range(schedule: &EarnedSchedule) -> Option<String> {
    let finishes = [
        schedule.as_planned.and_then(|estimate| estimate.finish),
        schedule.under_pressure.and_then(|estimate| estimate.finish),
        schedule.estimate_finish,
    ];
    let dates = || finishes.iter().flatten();
    let (first, last) = (dates().min()?, dates().max()?);
    (first < last).then(|| format!("between {} and {}", format::date(*first), format::date(*last)))
}

/// A line of the table of earned schedule.
struct Line {
    name: &'static str,
    /// The key under which the figure is explained.
    key: &'static str,
    formula: &'static str,
    /// Whether it rests on the pace so far, and so means little while little is earned.
    rests_on_index: bool,
    show: fn(&EarnedSchedule) -> Cell,
}

impl Line {
    /// The figure; tinted where it is too early for it.
    fn cell(&self, schedule: &EarnedSchedule, value: &EarnedValue) -> Cell {
        let cell = (self.show)(schedule);
        if !self.rests_on_index || !value.is_too_early() || cell.text.as_deref() == Some(format::NOTHING) {
            return cell;
        }
        let note = match &cell.note {
            Some(note) => format!("{note}, too early"),
            None => "too early".to_owned(),
        };
        cell.class("early").note(note)
    }
}

const LINES: &[Line] = &[
    Line {
        name: "Actual time, AT",
        key: "at",
        formula: "working days passed",
        rests_on_index: false,
        show: |schedule| days(schedule, schedule.actual_time, 0),
    },
    Line {
        name: "Earned schedule, ES",
        key: "es",
        formula: "day of the plan by which today's earned value was due",
        rests_on_index: false,
        show: |schedule| days(schedule, schedule.earned, 2),
    },
    Line {
        name: "Planned duration, PD",
        key: "pd",
        formula: "working days of the plan",
        rests_on_index: false,
        show: |schedule| days(schedule, schedule.planned_duration, 0),
    },
    Line {
        name: "Schedule variance in time, SV(t)",
        key: "sv-t",
        formula: "ES − AT",
        rests_on_index: false,
        show: |schedule| days(schedule, schedule.variance, 2),
    },
    Line {
        name: "Schedule performance index in time, SPI(t)",
        key: "spi-t",
        formula: "ES ÷ AT",
        rests_on_index: true,
        show: |schedule| {
            Cell::text(format::decimals(schedule.index, 3)).note_if(schedule.plateau.map(on_plateau))
        },
    },
    Line {
        name: "Estimate of the duration, IEAC(t)",
        key: "ieac-t",
        formula: "PD ÷ SPI(t)",
        rests_on_index: true,
        show: |schedule| {
            Cell::maybe(schedule.estimate_days.map(|days| format::number(days, 2)))
                .note_if(schedule.estimate_finish.map(format::date))
        },
    },
    Line {
        name: "Estimate if the rest goes as planned",
        key: "ieac-planned",
        formula: "AT + (PD − ES), pace 1",
        rests_on_index: false,
        show: |schedule| estimate(schedule.as_planned),
    },
    Line {
        name: "Estimate if cost presses on time too",
        key: "ieac-pressure",
        formula: "AT + (PD − ES) ÷ (SPI(t) × CPI)",
        rests_on_index: true,
        show: |schedule| estimate(schedule.under_pressure),
    },
    Line {
        name: "Pace needed to keep the finish it is measured by, TSPI",
        key: "tspi",
        formula: "(PD − ES) ÷ (PD − AT); above 1.10 no longer realistic",
        rests_on_index: false,
        show: |schedule| {
            let cell = Cell::text(format::decimals(schedule.to_complete_index, 2));
            let is_unrealistic = schedule.to_complete_index.is_some_and(|index| index.get() > 1.1);
            if is_unrealistic { cell.class("bad") } else { cell }
        },
    },
    Line {
        name: "Estimated duration by the network, ED",
        key: "ed",
        formula: "working days until its forecast finish",
        rests_on_index: false,
        show: |schedule| Cell::maybe(schedule.forecast_duration.map(|days| format::number(days, 0))),
    },
    Line {
        name: "Pace that the network counts on for the rest, TSPI(ED)",
        key: "tspi-ed",
        formula: "(PD − ES) ÷ (ED − AT)",
        rests_on_index: false,
        show: |schedule| Cell::text(format::decimals(schedule.to_complete_index_forecast, 2)),
    },
];

fn estimate(estimate: Option<TimeEstimate>) -> Cell {
    Cell::maybe(estimate.map(|estimate| format::number(estimate.days, 2)))
        .note_if(estimate.and_then(|estimate| estimate.finish).map(format::date))
}

fn days(schedule: &EarnedSchedule, value: f64, decimals: usize) -> Cell {
    if schedule.is_undefined() { Cell::nothing() } else { Cell::text(format::number(value, decimals)) }
}

/// Why there is no pace on a plateau.
fn on_plateau(plateau: FlatStretch) -> String {
    format!(
        "not defined: nothing more is planned to be earned from {} to {}",
        format::date(plateau.first),
        format::date(plateau.last)
    )
}

/// The figure without level of effort; where there is none of it, that of all tasks.
fn discrete(desk: &Desk<'_>, key: &str) -> Option<String> {
    desk.explained(&format!("discrete-{key}")).or_else(|| desk.explained(key))
}

fn schedule_table(desk: &Desk<'_>) -> Table {
    let control = &desk.project.control;
    let mut table = Table::new(&["Figure", "#All tasks", "#Without level of effort", "Formula"]);
    for line in LINES.iter().filter(|line| is_known(desk, grounds_of(line.key))) {
        table.push(Row::new(vec![
            Cell::text(line.name),
            line.cell(&control.total_schedule, &control.total).explained(desk.explained(line.key)),
            line.cell(&control.discrete_schedule, &control.discrete).explained(discrete(desk, line.key)),
            Cell::text(line.formula).class("muted"),
        ]));
    }
    table
}
