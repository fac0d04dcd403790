//! `progress.csv`: what was done, as of which day.

use jiff::civil::Date;

use crate::diagnostic::Spanned;
use crate::quantity::{Duration, Id, Moment, Percent};
use crate::record;

record! {
    /// `progress.csv`: what was done, as of which day, one row for each report of a task. Rows are only added. A later
    /// row overrides an earlier one for the same task, cell by cell; an empty cell leaves the earlier word.
    pub struct ProgressRow("progress report") {
        /// The day as of which it is reported: that of a report, or of a gate that was held between two.
        required status_date: Spanned<Date>,
        /// The id of the task.
        required task: Spanned<Id>,
        /// The day on which work began, or the minute of it, such as `2026-11-20 13:00`.
        actual_start: Spanned<Moment>,
        /// The day on which the task was done or the milestone was reached, or the minute of it; not before it is.
        actual_finish: Spanned<Moment>,
        /// How much of the work is physically done, whatever it cost. Without it, and without `remaining`, work that has
        /// begun is taken as not done at all: its whole length lies ahead.
        percent_complete: Spanned<Percent>,
        /// A step that is done as of this report, by its name in `milestones:` of the task: it earns its weight. Several
        /// steps done take several rows. Once a step is reported, the task earns by the steps reported alone; before, the
        /// steps in their order as far as `percent_complete` reaches. Without `percent_complete` the steps done tell how
        /// much of the work is done.
        step: Spanned<String>,
        /// Units done so far, for tasks that earn by units.
        units_done: Spanned<i64>,
        /// Units there are in all, where this has changed since the plan. Counts for burn charts and for what is left to
        /// do; earned value keeps the total of the plan.
        units_total: Spanned<i64>,
        /// Working time still needed, such as `4d`; belongs to its report alone. Dates follow from it; earned value does not, and needs
        /// `percent_complete`, units or steps beside it (`W434`).
        remaining: Spanned<Duration>,
        /// The day on which the work that is left goes on, or the minute of it, where it pauses until then; not before the
        /// day of the report.
        resume: Spanned<Moment>,
        /// A remark.
        note: Spanned<String>,
    }
    computed {
        status: "remove it: give `actual_start`, `percent_complete` and `actual_finish`, the status follows",
    }
}
