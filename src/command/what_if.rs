//! What a what-if changes, as `check` and `build` print it.

use crate::diagnostic::spelling::count;
use crate::page::what_if::{ChangeRow, NOTHING_CHANGES, ProjectWords, WhatIfWords, words};
use crate::report::Report;

/// So many pieces of work that move are listed in a terminal; milestones and gates always are.
const WORK_AT_MOST: usize = 25;

/// The difference as lines for a terminal; none for a report of the files as they are.
pub(super) fn text(report: &Report) -> Option<String> {
    let words = words(report)?;
    let mut lines = vec![format!("What if: {}", words.asked.join(" "))];
    if words.projects.is_empty() {
        lines.push(String::new());
        lines.push(NOTHING_CHANGES.to_owned());
    }
    for project in &words.projects {
        lines.push(String::new());
        lines.extend(of_project(project));
    }
    lines.extend(findings(&words));
    Some(lines.join("\n"))
}

fn of_project(project: &ProjectWords) -> Vec<String> {
    let mut lines = vec![project.name.clone()];
    let first_work = project.rows.iter().take_while(|row| row.kind != "work").count();
    let is_shown = |place: usize, row: &ChangeRow| row.kind != "work" || place < first_work + WORK_AT_MOST;
    let shown: Vec<&ChangeRow> = project
        .rows
        .iter()
        .enumerate()
        .filter(|(place, row)| is_shown(*place, row))
        .map(|(_, row)| row)
        .collect();
    let width =
        |cell: fn(&ChangeRow) -> &str| shown.iter().map(|row| cell(row).chars().count()).max().unwrap_or(0);
    let (what, before, after) = (width(|row| &row.what), width(|row| &row.before), width(|row| &row.after));
    for row in &shown {
        let (arrow, changed) = if row.before == row.after { ("  ", "") } else { ("->", row.after.as_str()) };
        lines.push(format!(
            "  {:what$}  {:before$} {arrow} {changed:after$}  {}",
            row.what, row.before, row.by
        ));
    }
    let n_more = project.rows.len() - shown.len();
    if n_more > 0 {
        lines.push(format!("  … and {} more; `--format json` lists all", count(n_more, "task")));
    }
    let lists = [
        ("critical now", &project.critical_now),
        ("critical no longer", &project.critical_no_longer),
        ("left out", &project.gone),
    ];
    for (title, ids) in lists {
        if !ids.is_empty() {
            lines.push(format!("  {title}: {}", ids.join(", ")));
        }
    }
    lines
}

fn findings(words: &WhatIfWords) -> Vec<String> {
    let mut lines = Vec::new();
    for (title, found) in
        [("Findings that go", &words.findings_went), ("Findings that come", &words.findings_came)]
    {
        if !found.is_empty() {
            lines.push(String::new());
            lines.push(title.to_owned());
            lines.extend(found.iter().map(|found| format!("  - {found}")));
        }
    }
    lines
}
