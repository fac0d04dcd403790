//! What a figure of a project was report by report, as the small line that stands beside it in a table.

use jiff::civil::Date;

use crate::chart::sparkline::{SparklineInput, draw};
use crate::control::{Said, unresolved};
use crate::format;
use crate::page::desk::{Desk, slip_words};
use crate::quantity::{Amount, Ratio};

/// Working days of the forecast finish behind the promised one; none for a stopped project, which ends nowhere.
#[must_use]
pub fn slip_line(desk: &Desk<'_>) -> Option<String> {
    if desk.project.control.is_stopped {
        return None;
    }
    line(desk, "Slip by report, working days", Some(0.0), |said| {
        let days = desk.slip_days(said.figures.baseline_finish?, said.figures.forecast_finish?);
        Some((days as f64, slip_words(days)))
    })
}

/// The forecast finish, higher where it is later.
#[must_use]
pub fn finish_line(desk: &Desk<'_>) -> Option<String> {
    let first = desk.project.said_by_report.iter().find_map(|said| said.figures.forecast_finish)?;
    line(desk, "Forecast finish by report", None, |said| {
        let finish = said.figures.forecast_finish?;
        Some((f64::from((finish - first).get_days()), format::date(finish)))
    })
}

/// An amount of money of each report.
#[must_use]
pub fn money_line(
    desk: &Desk<'_>,
    title: &str,
    level: Option<Amount>,
    amount: impl Fn(&Said) -> Option<Amount>,
) -> Option<String> {
    line(desk, title, level.map(Amount::as_f64), |said| {
        let amount = amount(said)?;
        Some((amount.as_f64(), desk.money_words(amount)))
    })
}

/// The estimate at completion against the budget as it is now.
#[must_use]
pub fn estimate_line(desk: &Desk<'_>) -> Option<String> {
    let budget = desk.project.control.total.budget;
    money_line(desk, "Estimate at completion by report", Some(budget), |said| said.figures.estimate)
}

/// SPI(t) against 1.
#[must_use]
pub fn pace_line(desk: &Desk<'_>) -> Option<String> {
    let unresolved = unresolved_reports(desk);
    line(desk, "SPI(t) by report", Some(1.0), |said| {
        let index = said.figures.headline().time_index()?;
        if unresolved.contains(&said.status_date) {
            return None;
        }
        Some((index.get(), format::index(Some(index))))
    })
}

/// The reports whose SPI(t) cannot be told, because planned value stands still around what had been earned: no point of a line.
#[must_use]
pub fn unresolved_reports(desk: &Desk<'_>) -> Vec<Date> {
    let project = desk.project;
    let found = unresolved(&project.said_by_report, &project.control.reference, &project.control.curve);
    found.iter().flat_map(|one| one.reports.iter().map(|(report, ..)| *report)).collect()
}

/// SPI(t) as the newest report says it.
#[must_use]
pub fn pace_now(desk: &Desk<'_>) -> Option<Ratio> {
    desk.project.said_by_report.last()?.figures.headline().time_index()
}

/// Days that reports said of one thing, such as a milestone: higher where it is later.
#[must_use]
pub fn day_line(title: String, said: &[(Date, Date)]) -> Option<String> {
    let first = said.first()?.1;
    let points = said
        .iter()
        .map(|(report, day)| (*report, Some(f64::from((*day - first).get_days())), format::date(*day)));
    draw(&SparklineInput { title, points: points.collect(), level: None })
}

fn line(
    desk: &Desk<'_>,
    title: &str,
    level: Option<f64>,
    figure: impl Fn(&Said) -> Option<(f64, String)>,
) -> Option<String> {
    let point = |said: &Said| match figure(said) {
        Some((height, label)) => (said.status_date, Some(height), label),
        None => (said.status_date, None, String::new()),
    };
    let points = desk.project.said_by_report.iter().map(point).collect();
    draw(&SparklineInput { title: title.to_owned(), points, level })
}
