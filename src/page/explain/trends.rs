//! Trends: how forecasts moved from report to report, and how far each lay from what stands now.

use jiff::civil::Date;

use crate::control::{MilestoneTrend, Said, milestone_trends};
use crate::diagnostic::Span;
use crate::format;
use crate::page::desk::{Desk, days_of};
use crate::page::explain::{Book, Figure, From, Input};
use crate::quantity::Id;

/// Adds them; nothing before a report is closed.
pub(super) fn write(desk: &Desk<'_>, book: &mut Book) {
    let said = desk.project.said_by_report.as_slice();
    if said.len() < 2 {
        return;
    }
    book.begin("trends");
    distance(desk, book, said);
    for trend in milestone_trends(said) {
        of_milestone(desk, book, &trend);
    }
    let finish = desk.project.finish();
    let cost = desk.project.control.estimate();
    for report in said.iter().filter(|report| report.status_date < desk.project.status_date) {
        let day = report.status_date;
        let anchor = report_anchor(day);
        let origin = if let From::Typed(span) = frozen(desk, day, "status_date") { Some(span) } else { None };
        book.thing("trends", &*anchor, format!("Report of {}", format::date(day)), origin);
        if let Some((then, finish)) = report.figures.forecast_finish.zip(finish) {
            let days = desk.slip_days(then, finish);
            book.add(
                Figure::new(format!("{anchor}.days-off"), "Away from the finish now", days_of(days))
                    .formula("counted from the finish it forecast to the finish as it stands now")
                    .input("finish it forecast", format::date(then), frozen(desk, day, "finish.forecast"))
                    .of("finish now", "finish"),
            );
        }
        if let Some((cost, then)) = cost.zip(report.figures.estimate) {
            book.add(
                Figure::new(
                    format!("{anchor}.cost-off"),
                    "Away from the cost now",
                    desk.money_exact(cost - then),
                )
                .formula("off = EAC − cost it forecast")
                .of("EAC", "eac")
                .input(
                    "cost it forecast",
                    desk.money_exact(then),
                    frozen(desk, day, "evm.eac"),
                ),
            );
        }
    }
}

/// How far forecasts lay from the finish on average, whichever side.
fn distance(desk: &Desk<'_>, book: &mut Book, said: &[Said]) {
    let Some(finish) = desk.project.finish() else { return };
    let before = said.iter().filter(|report| report.status_date < desk.project.status_date);
    let off: Vec<(Date, i64)> = before
        .filter_map(|report| {
            let then = report.figures.forecast_finish?;
            Some((report.status_date, desk.slip_days(then, finish).abs()))
        })
        .collect();
    if off.is_empty() {
        return;
    }
    let mean = off.iter().map(|(_, days)| *days).sum::<i64>() as f64 / off.len() as f64;
    let inputs = off.iter().map(|(day, _)| {
        Input::of(format!("Report of {}", format::date(*day)), format!("{}.days-off", report_anchor(*day)))
    });
    book.add(
        Figure::new(
            "forecast-distance",
            "Mean distance of the forecasts from the finish",
            format!("{} working days", format::number(mean, 2)),
        )
        .formula("Σ of the distances, whatever their sign, ÷ number of reports")
        .inputs(inputs),
    );
}

/// The first part of the keys of what a report said: `report-2026-10-09`.
#[must_use]
pub fn report_anchor(day: Date) -> String {
    format!("report-{day}")
}

/// The key of the slope of a milestone.
#[must_use]
pub fn slope_key(milestone: &Id) -> String {
    format!("trend-{milestone}.slope")
}

/// Where the closed report of a day says something: the line of its field.
fn frozen(desk: &Desk<'_>, day: Date, field: &str) -> From {
    let project = &desk.project.project;
    let frozen = project.snapshots.iter().find(|frozen| frozen.status_date == day);
    frozen.map_or(From::Given("as computed now"), |frozen| {
        let file = Span::new(frozen.origin.file, 0, 0);
        From::Typed(project.places.of(file, field).unwrap_or(frozen.origin))
    })
}

fn of_milestone(desk: &Desk<'_>, book: &mut Book, trend: &MilestoneTrend) {
    let Some(slope) = trend.days_a_month else { return };
    let number = desk.project.project.task_by_id(&trend.id);
    let task = number.map(|number| desk.project.project.task(number));
    let anchor = format!("trend-{}", trend.id);
    let name = task.map_or_else(|| trend.id.to_string(), |task| task.name.clone());
    book.thing("trends", &*anchor, format!("Trend of {name}"), task.map(|task| task.origin));
    let open = trend.said.iter().filter(|(_, known)| !known.is_reached);
    let inputs: Vec<Input> = open
        .map(|(report, known)| Input {
            label: format!("Report of {}", format::date(*report)).into(),
            value: format::date(known.day),
            from: if *report == desk.project.status_date && task.is_some() {
                From::Figure(format!("task-{}.finish", trend.id))
            } else {
                frozen(desk, *report, &format!("milestones.{}", trend.id))
            },
        })
        .collect();
    book.add(
        Figure::new(slope_key(&trend.id), "Slip, days a month", format::number(slope, 1))
            .formula(
                "b × 30.4 with the straight line y = a + b × x of least squares through x = day of the report, y = day forecast",
            )
            .inputs(inputs)
            .note("Milestone trend analysis; from b = 1 on a milestone recedes as fast as time passes."),
    );
    if let Some(day) = trend.if_it_went_on(&desk.project.project.working_time()) {
        book.add(
            Figure::new(format!("{anchor}.meets"), "Meets the diagonal on", format::date(day))
                .formula("where y = x on the line of the slope: x = a ÷ (1 − b), on the next working day")
                .of("slope", slope_key(&trend.id)),
        );
    }
}
