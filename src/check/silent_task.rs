//! Work in progress of which nobody says anything.

use crate::declare_rule;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::format;
use crate::plan::Silent;
use crate::quantity::days_between;
use crate::report::ProjectReport;

declare_rule! {
    /// A task has begun and is not finished, and nobody says how far it is: no line of `progress.csv` says how much of it is done or
    /// left, though the day of its start is over, or its newest line is older than two reporting periods.
    ///
    /// **Why it matters.** Work that is left lies after the status date. Of what nobody speaks all that is not known to be done
    /// counts as left, so that the finish moves on by a day with each day, and nobody has said that it is late. The finding tells
    /// what the finish would be had the work gone on as planned.
    ///
    /// **What to do.** Add a line for it with `percent_complete`, `units_done` or `remaining`, even where nothing has changed: `0%` says
    /// that nothing is done.
    ///
    /// Wrong:
    /// ```csv
    /// status_date,task,actual_start,percent_complete,remaining
    /// 2026-08-07,build,2026-08-03,,
    /// ```
    ///
    /// Right:
    /// ```csv
    /// status_date,task,actual_start,percent_complete,remaining
    /// 2026-08-07,build,2026-08-03,40%,3d
    /// ```
    pub static SILENT_TASK: Rule =
        ("W408", "silent-task", Warning, "0.1.0", "nobody says how far work in progress is");
}

/// Looks at work in progress that is measured.
pub(super) fn look(report: &ProjectReport, found: &mut Diagnostics) {
    for silent in &report.silent {
        let task = report.project.task(silent.task);
        let progress = &report.facts.progress[silent.task.0 as usize];
        let since = format::iso(silent.since);
        let said = if silent.is_all_left {
            format!(
                "`{}` began on {since}, and nothing says how much of it is done or left, so that all of it",
                task.id
            )
        } else {
            let age = days_between(silent.since, report.status_date);
            format!("`{}` was last reported on {since}, {age} days ago, and what was left then", task.id)
        };
        let day = format::iso(report.status_date);
        let finding = Diagnostic::new(
            &SILENT_TASK,
            progress.origin.unwrap_or(task.origin),
            format!("{said} is counted from the end of {day}{}", effect(report, silent)),
        );
        let hint = if silent.is_all_left {
            "add a line to `progress.csv` with `percent_complete` or `remaining`; `0%` where nothing is done"
        } else {
            "add a line for it to `progress.csv`, even where nothing has changed"
        };
        found.push(finding.hint(hint));
    }
}

/// What the silence does to the finish.
fn effect(report: &ProjectReport, silent: &Silent) -> String {
    let Some(now) = report.finish() else { return String::new() };
    match silent.finish {
        None => String::new(),
        Some(finish) if finish == now && report.forecast.slot(silent.task).total_float > 0 => {
            "; its float takes that up so far, the finish does not move".to_owned()
        }
        Some(finish) if finish == now => {
            "; for it alone the finish does not move, because other work holds it as well".to_owned()
        }
        Some(finish) => {
            let days = report.project.working_time().working_days_after(finish, now);
            format!(
                "; had it gone on as planned, the finish would be {} instead of {}, {} {} sooner",
                format::iso(finish),
                format::iso(now),
                format::whole(days),
                if days == 1 { "working day" } else { "working days" }
            )
        }
    }
}
