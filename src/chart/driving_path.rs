//! The driving path alone, as a Gantt chart of few bars.
//!
//! Answers: why that date? A plan of hundreds of rows hangs on a chain of a few; only they are drawn.

use crate::chart::gantt::{GanttInput, GanttLink, GanttRow, rows};
use crate::chart::{Chart, Drawing, LinkTo, gantt};
use crate::format;
use crate::model::TaskNo;
use crate::plan::State;
use crate::report::ProjectReport;

/// Bars at most: as many as a reader follows.
const MOST_BARS: usize = 12;

/// The chain of work that leads to the finish.
#[derive(Debug)]
pub struct DrivingPath;

impl Chart for DrivingPath {
    fn name(&self) -> &'static str {
        "driving-path"
    }

    fn title(&self) -> &'static str {
        "The chain to the finish"
    }

    fn question(&self) -> &'static str {
        "Which chain of work leads to the finish?"
    }

    /// `None` where fewer than two steps lead to the finish.
    fn draw(&self, report: &ProjectReport, link_to: LinkTo<'_>) -> Option<Drawing> {
        let path = &report.forecast.longest_path;
        if path.len() < 2 {
            return None;
        }
        let shown = shown(report, path);
        let rows: Vec<GanttRow> = shown
            .iter()
            .map(|number| {
                let (task, slot) = (report.project.task(*number), report.forecast.slot(*number));
                // The chain has no tree: every step begins at the same edge.
                GanttRow { depth: 0, ..rows::row(report, (*number, task, slot), link_to(&task.id)) }
            })
            .collect();
        let is_step =
            |link: &GanttLink| rows.windows(2).any(|pair| pair[0].id == link.from && pair[1].id == link.to);
        let drawing = gantt::draw(&GanttInput {
            id_prefix: self.name().to_owned(),
            title: self.title().to_owned(),
            status_date: Some(report.status_date),
            bands: rows::bands(report, &rows),
            links: rows::links(report).into_iter().filter(is_step).collect(),
            rows,
            part: None,
        });
        Some(Drawing { name: self.name(), sentence: sentence(report, path, shown.len()), ..drawing })
    }
}

/// The steps that are drawn, in their order: all where they are few; else those that last longest, unfinished ones
/// first, and always the last.
fn shown(report: &ProjectReport, path: &[TaskNo]) -> Vec<TaskNo> {
    let mut by_weight: Vec<usize> = (0..path.len()).collect();
    by_weight.sort_by_key(|place| {
        let slot = report.forecast.slot(path[*place]);
        let is_last = place + 1 == path.len();
        (!is_last, slot.state == State::Finished, std::cmp::Reverse(slot.duration), *place)
    });
    by_weight.truncate(MOST_BARS);
    by_weight.sort_unstable();
    by_weight.into_iter().map(|place| path[place]).collect()
}

/// "The finish on 21 Jan 2027 hangs on a chain of 9 steps, 5 of them finished; next comes the end of “Pilot” on 26 Nov
/// 2026."
fn sentence(report: &ProjectReport, path: &[TaskNo], n_shown: usize) -> String {
    let is_finished = |number: &&TaskNo| report.forecast.slot(**number).state == State::Finished;
    let n_finished = path.iter().filter(is_finished).count();
    let next = path.iter().find(|number| report.forecast.slot(**number).on_longest_path);
    let finish = format::date(report.forecast.finish_day());
    let steps = format::count(path.len(), "step");
    let left_out = if n_shown < path.len() {
        format!(" The {n_shown} that weigh most are drawn.")
    } else {
        String::new()
    };
    let Some(next) = next else {
        return format!("A chain of {steps} led to the finish on {finish}.{left_out}");
    };
    let finished = match n_finished {
        0 => String::new(),
        1 => ", 1 of them finished".to_owned(),
        many => format!(", {many} of them finished"),
    };
    let (name, day) = (&report.project.task(*next).name, report.forecast.slot(*next).last_day());
    format!(
        "The finish on {finish} hangs on a chain of {steps}{finished}; next is “{name}”, which ends on {}.{left_out}",
        format::date(day)
    )
}
