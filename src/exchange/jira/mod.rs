//! An export of Jira, CSV with names of columns that stand several times, in English or German, into a plan.
//!
//! Comes in: text. Goes out: a plan, and findings with the cell they are about. Epics and what has sub-tasks become summaries,
//! blocks become links, estimates effort, time spent progress and hours, bugs defects, versions milestones.

mod column;
mod issue;
mod plan;

use column::{SIGNS, english};

use crate::diagnostic::{Diagnostic, Diagnostics, Severity};
use crate::exchange::cells::Cell;
use crate::exchange::plan::Plan;
use crate::exchange::rule::{MISSING_COLUMN, NOT_READABLE};
use crate::exchange::{Options, cells};

/// Says whether the first line of a table is that of an export of Jira.
pub(super) fn is_header(header: &[Cell]) -> bool {
    let names: Vec<String> = header.iter().map(|cell| english(&cell.text)).collect();
    let has = |name: &str| names.iter().any(|own| own == name);
    SIGNS.iter().all(|sign| has(sign)) && (has("issue type") || has("status"))
}

/// Reads an export; none where it has an error, and then the findings say which.
pub(super) fn read(text: &str, origin: &str, options: &Options, found: &mut Diagnostics) -> Option<Plan> {
    let cells = cells::read(text, found);
    let begin = cells.header.first().map(|cell| cell.span);
    if cells.rows.is_empty() {
        let message = "there is no issue in this export";
        let hint = "export the issues again, with all fields: *Export*, *CSV (all fields)*";
        found.push(Diagnostic::new(&NOT_READABLE, begin, message).hint(hint));
        return None;
    }
    for sign in SIGNS {
        if !cells.header.iter().any(|cell| english(&cell.text) == sign) {
            let message = format!("this table has no column `{sign}`, which every export of Jira has");
            found.push(
                Diagnostic::new(&MISSING_COLUMN, begin, message).hint(
                    "export the issues with *CSV (all fields)*, or import the table with `--format csv`",
                ),
            );
        }
    }
    let issues = issue::issues(&cells, options, found);
    let plan = plan::plan(&issues, &cells, (origin, options), found);
    (found.count_at_least(Severity::Error) == 0).then_some(plan)
}
