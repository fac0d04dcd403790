//! Work that began before its project.

use std::collections::BTreeSet;

use crate::declare_rule;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::format;
use crate::report::ProjectReport;

declare_rule! {
    /// A task is reported to have begun on a day before the project's `start:`.
    ///
    /// **Why it matters.** The plan begins on `start:`. Time and money of the days before it stand in no plan, so pace and forecast
    /// are counted from the wrong day. Often it is a slip in the month or the year.
    ///
    /// **What to do.** Correct `actual_start`, or set `start:` in `project.yaml` to the day on which work began. Wrong, with
    /// `start: 2026-03-02`:
    ///
    /// ```csv
    /// status_date,task,actual_start
    /// 2026-03-13,survey,2026-02-02
    /// ```
    pub static BEGAN_BEFORE_PROJECT: Rule =
        ("W472", "began-before-project", Warning, "0.1.0", "work that began before its project");
}

/// Looks at each task that has begun.
pub(super) fn look(report: &ProjectReport, found: &mut Diagnostics) {
    let project = &report.project;
    let mut told = BTreeSet::new();
    for entry in project.progress.iter().filter(|entry| entry.status_date <= report.status_date) {
        let Some(began) = entry.actual_start.filter(|began| began.day < project.start.day) else { continue };
        if !told.insert(entry.task) {
            continue;
        }
        let task = &project.task(entry.task).id;
        let [began, start] = [began.day, project.start.day].map(format::iso);
        let diagnostic = Diagnostic::new(
            &BEGAN_BEFORE_PROJECT,
            entry.origin,
            format!("`{task}` began on {began}, before the project, which starts on {start}"),
        );
        let diagnostic = match project.field_origins.get("start") {
            Some(place) => diagnostic.also(*place, "the start of the project"),
            None => diagnostic,
        };
        found.push(diagnostic.hint("correct `actual_start`, or `start:` in `project.yaml`"));
    }
}
