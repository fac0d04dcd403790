//! Earned schedule: progress read in days off the curve of planned value.

use crate::control::{EarnedSchedule, TimeEstimate};
use crate::format;
use crate::page::desk::Desk;
use crate::page::explain::task_time::{data_date, valued_to};
use crate::page::explain::{Book, Figure, From};

/// Adds it: of all tasks, or with a prefix of the keys without level of effort.
pub(super) fn write(desk: &Desk<'_>, book: &mut Book, schedule: &EarnedSchedule, prefix: &str) {
    let key = |name: &str| format!("{prefix}{name}");
    let days = |value: f64| format::number(value, 2);
    let name = |words: &str| {
        if prefix.is_empty() { words.to_owned() } else { format!("{words} without level of effort") }
    };
    let start = super::task_time::project_start(desk);
    book.add(
        Figure::new(key("at"), name("Actual time (AT)"), days(schedule.actual_time))
            .formula(format!(
                "AT = working days from the start to {}, or to the day on which everything was earned",
                valued_to(desk)
            ))
            .input("start", format::date(desk.project.control.reference.start), start)
            .inputs([data_date(desk)]),
    );
    book.add(
        Figure::new(key("es"), name("Earned schedule (ES)"), days(schedule.earned))
            .formula("ES = the working day on which PV was planned to reach EV, parts of a day in proportion")
            .of("EV", key("ev"))
            .of("PV", key("pv"))
            .note("Lipke: earned schedule reads progress in days off the curve of planned value."),
    );
    book.add(
        Figure::new(key("pd"), name("Planned duration (PD)"), days(schedule.planned_duration))
            .formula("PD = working days from the start to the planned end of the work, on the curve of planned value")
            .of("BAC", key("bac"))
            .of("promised finish", "promised"),
    );
    let index = |ratio| format::decimals(ratio, 3);
    book.add(
        Figure::new(key("sv-t"), name("Schedule variance in time (SV(t))"), days(schedule.variance))
            .formula("SV(t) = ES − AT")
            .of("ES", key("es"))
            .of("AT", key("at")),
    );
    book.add(
        Figure::new(key("spi-t"), name("Pace, SPI(t)"), index(schedule.index))
            .formula("SPI(t) = ES ÷ AT")
            .input("ES", format::number_as_exact(schedule.earned, 2..=4), From::Figure(key("es")))
            .of("AT", key("at")),
    );
    book.add(
        Figure::new(
            key("ieac-t"),
            name("Estimated duration, IEAC(t)"),
            schedule.estimate_days.map_or_else(|| format::NOTHING.to_owned(), days),
        )
        .formula("IEAC(t) = PD ÷ SPI(t)")
        .of("PD", key("pd"))
        .input(
            "SPI(t)",
            format::decimals_as_exact(schedule.index, 3..=6),
            From::Figure(key("spi-t")),
        ),
    );
    book.add(
        Figure::new(
            key("es-finish"),
            name("Finish at this pace"),
            schedule.estimate_finish.map_or_else(|| format::NOTHING.to_owned(), format::date),
        )
        .formula("finish = start + IEAC(t) working days")
        .of("IEAC(t)", key("ieac-t"))
        .inputs(super::task_time::project_calendar(desk)),
    );
    book.add(
        Figure::new(key("tspi"), name("Pace needed (TSPI)"), index(schedule.to_complete_index))
            .formula("TSPI = (PD − ES) ÷ (PD − AT)")
            .of("PD", key("pd"))
            .of("ES", key("es"))
            .of("AT", key("at")),
    );
    estimates(desk, book, schedule, prefix);
}

/// The other estimates of the duration, and the pace that the network counts on.
fn estimates(desk: &Desk<'_>, book: &mut Book, schedule: &EarnedSchedule, prefix: &str) {
    let key = |name: &str| format!("{prefix}{name}");
    let days = |value: f64| format::number(value, 2);
    let name = |words: &str| {
        if prefix.is_empty() { words.to_owned() } else { format!("{words} without level of effort") }
    };
    let control = &desk.project.control;
    let value = if prefix.is_empty() { &control.total } else { &control.discrete };
    let estimate = |part: &str, words: &str, estimate: Option<TimeEstimate>| {
        let value = estimate.map_or_else(|| format::NOTHING.to_owned(), |estimate| days(estimate.days));
        Figure::new(key(part), name(words), value)
    };
    book.add(
        estimate("ieac-planned", "Estimated duration if the rest goes as planned", schedule.as_planned)
            .formula("estimate = AT + (PD − ES)")
            .of("AT", key("at"))
            .of("PD", key("pd"))
            .of("ES", key("es")),
    );
    book.add(
        estimate("ieac-pressure", "Estimated duration if cost presses on time too", schedule.under_pressure)
            .formula("estimate = AT + (PD − ES) ÷ (SPI(t) × CPI)")
            .of("AT", key("at"))
            .of("PD", key("pd"))
            .of("ES", key("es"))
            .input("SPI(t)", format::decimals_as_exact(schedule.index, 3..=6), From::Figure(key("spi-t")))
            .input("CPI", format::decimals_as_exact(value.cpi(), 3..=6), From::Figure(key("cpi"))),
    );
    let forecast = schedule.forecast_duration.map_or_else(|| format::NOTHING.to_owned(), days);
    book.add(
        Figure::new(key("ed"), name("Estimated duration by the network (ED)"), forecast)
            .formula("ED = working days from the start to the finish as forecast by the network")
            .of("finish", "finish")
            .input(
                "start",
                format::date(desk.project.control.reference.start),
                super::task_time::project_start(desk),
            ),
    );
    book.add(
        Figure::new(
            key("tspi-ed"),
            name("Pace that the network counts on (TSPI(ED))"),
            format::decimals(schedule.to_complete_index_forecast, 3),
        )
        .formula("TSPI(ED) = (PD − ES) ÷ (ED − AT)")
        .of("PD", key("pd"))
        .of("ES", key("es"))
        .of("ED", key("ed"))
        .of("AT", key("at")),
    );
}
