//! A table of tasks, CSV of whatever origin, into a plan.
//!
//! Comes in: text, and what whoever imports says about it. Goes out: a plan, and findings with the cell they are about.
//!
//! The way through: `column` finds out what each column means, `read` makes a row of typed values of each line, `outline`
//! puts the rows below each other, `plan` makes tasks of them.

mod column;
mod outline;
mod plan;
mod predecessor;
mod read;

pub use column::{COLUMNS, Column};

use crate::diagnostic::{Diagnostic, Diagnostics, Severity};
use crate::exchange::cells::Cell;
use crate::exchange::plan::Plan;
use crate::exchange::rule::NOT_READABLE;
use crate::exchange::{Options, cells};

/// Whether one of the columns of a table has a usual name.
pub(super) fn knows_one_of(header: &[Cell]) -> bool {
    header.iter().any(|cell| column::is_known(&cell.text))
}

/// Reads a table; none where it has an error, and then the findings say which.
pub(super) fn read(text: &str, origin: &str, options: &Options, found: &mut Diagnostics) -> Option<Plan> {
    let cells = cells::read(text, found);
    if cells.rows.is_empty() {
        let message = if cells.header.is_empty() {
            "this file is empty"
        } else {
            "this table has no row below its first line"
        };
        found.push(
            Diagnostic::new(&NOT_READABLE, cells.header.first().map(|cell| cell.span), message)
                .hint("save the table with its rows, and with the names of its columns in the first line"),
        );
        return None;
    }
    let columns = column::Columns::of(&cells.header, &options.columns, found);
    let table = read::table(&cells, &columns, options, found);
    // Every fault of every row is told before anything is refused.
    let plan = plan::plan(&table, (&cells, &columns), (origin, options), found);
    (found.count_at_least(Severity::Error) == 0).then_some(plan)
}
