//! One task among those it hangs together with: what it waits for, the task itself, and what waits for it.
//!
//! Answers: when was it promised, when is it now, and between what does it lie? It is a piece of the Gantt chart, drawn by
//! the same hand and read in the same way.

use std::collections::BTreeSet;

use crate::chart::gantt::{GanttInput, GanttRow, rows};
use crate::chart::kit::days::slip_words;
use crate::chart::slip::name_of;
use crate::chart::{Drawing, LinkTo, gantt};
use crate::format;
use crate::model::TaskNo;
use crate::plan::State;
use crate::quantity::Id;
use crate::report::ProjectReport;

/// So many neighbours are drawn on each side; the tables beside the chart name all of them.
const NEIGHBOURS_AT_MOST: usize = 4;

/// Draws the task with this id between its neighbours; none where the plan has no such task.
pub(super) fn of_task(report: &ProjectReport, id: &str, link_to: LinkTo<'_>) -> Option<Drawing> {
    let id: Id = id.parse().ok()?;
    let number = report.project.task_by_id(&id)?;
    let shown = neighbourhood(report, number);
    let rows: Vec<GanttRow> = shown
        .iter()
        .map(|shown| {
            let task = report.project.task(*shown);
            let href = link_to(&task.id).filter(|_| *shown != number);
            let row = rows::row(report, (*shown, task, report.forecast.slot(*shown)), href);
            GanttRow { depth: 0, ..row }
        })
        .collect();
    let input = GanttInput {
        id_prefix: "around".to_owned(),
        title: format!("{} among its neighbours", name_of(report.project.task(number))),
        status_date: Some(report.status_date),
        bands: rows::bands(report, &rows),
        links: rows::links_of(report, shown.iter().copied())
            .filter(|link| rows.iter().any(|row| row.id == link.from))
            .collect(),
        rows,
        part: None,
    };
    Some(Drawing { sentence: sentence(report, number), ..gantt::draw(&input) })
}

/// The tasks of the chart: predecessors, the task, successors, in the order of their starts.
fn neighbourhood(report: &ProjectReport, number: TaskNo) -> Vec<TaskNo> {
    let project = &report.project;
    let mut before: Vec<TaskNo> = project.task(number).links.iter().map(|link| link.predecessor).collect();
    before.extend(report.reasons.steps.get(number.0 as usize).and_then(|step| step.stands_on));
    // What holds it most stays where there are more than can be shown.
    before.sort_by_key(|other| (std::cmp::Reverse(report.forecast.slot(*other).finish), *other));
    before.dedup();
    before.truncate(NEIGHBOURS_AT_MOST);
    let waits = |other: &TaskNo| project.task(*other).links.iter().any(|link| link.predecessor == number);
    let mut after: Vec<TaskNo> = project.task_numbers().filter(waits).collect();
    after.sort_by_key(|other| (report.forecast.slot(*other).start, *other));
    after.truncate(NEIGHBOURS_AT_MOST);
    let all: BTreeSet<TaskNo> = before.into_iter().chain([number]).chain(after).collect();
    let mut all: Vec<TaskNo> = all.into_iter().collect();
    all.sort_by_key(|other| (report.forecast.slot(*other).start, *other));
    all
}

fn sentence(report: &ProjectReport, number: TaskNo) -> String {
    let task = report.project.task(number);
    let slot = report.forecast.slot(number);
    let state = match slot.state {
        State::Finished if task.is_point() => "was reached",
        State::Finished => "was done",
        State::InProgress => "runs",
        State::NotStarted if task.is_point() => "is forecast for",
        State::NotStarted => "is forecast",
    };
    let days = if task.is_point() {
        format::date(slot.last_day())
    } else {
        format::span_of_days(slot.first_day(), slot.last_day())
    };
    let on = if task.is_point() && slot.state == State::Finished { "on " } else { "" };
    let against = match report.control.reference.dates_of(number) {
        None => String::new(),
        Some((_, promised)) => {
            let slip = report.project.working_time().working_days_after(promised, slot.last_day());
            let words = if slip == 0 {
                "as promised".to_owned()
            } else {
                format!("{} than promised", slip_words(slip))
            };
            format!(", {words}")
        }
    };
    format!("“{}” {state} {on}{days}{against}.", name_of(task))
}
