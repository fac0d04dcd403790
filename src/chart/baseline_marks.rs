//! Upright lines where another baseline came into force: what is left of them is measured by another yardstick.

use jiff::civil::Date;
use plotters::coord::ranged1d::Ranged;

use crate::chart::kit::frame::{DateLine, Plot};
use crate::chart::kit::ink::Ink;
use crate::chart::kit::scale::DateAxis;
use crate::chart::kit::svg::Sheet;
use crate::format;
use crate::report::ProjectReport;

/// The day on which a baseline came into force.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BaselineMark {
    /// The day.
    pub date: Date,
    /// Its id.
    pub name: String,
}

/// The baselines that came into force after the first report that is drawn; none where all were measured by one.
pub(crate) fn baseline_marks(report: &ProjectReport) -> Vec<BaselineMark> {
    let Some(first) = report.project.snapshots.first() else { return Vec::new() };
    let all = report.project.baselines_between(first.status_date, report.status_date);
    all.map(|(date, baseline)| BaselineMark { date, name: baseline.id.to_string() }).collect()
}

/// Draws them with their names above the plot.
pub(crate) fn draw_marks<Up: Ranged<ValueType = f64> + Clone>(
    sheet: &mut Sheet,
    plot: &Plot<DateAxis, Up>,
    marks: &[BaselineMark],
    right_edge: f64,
) {
    for mark in marks {
        let line = DateLine {
            date: mark.date,
            name: &mark.name,
            ink: Ink::Deadline,
            level: 10.0,
            right_edge,
            keeps_off: None,
        };
        plot.draw_date_line(sheet, &line);
    }
}

/// What the marks mean, behind the sentence of a chart: ` Measured against B2 since 12 Oct 2026.`; empty without one.
pub(crate) fn marks_words(marks: &[BaselineMark]) -> String {
    let each = marks
        .iter()
        .map(|mark| format!(" Measured against {} since {}.", mark.name, format::date(mark.date)));
    each.collect()
}
