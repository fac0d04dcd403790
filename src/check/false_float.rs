//! Float that calendars only pretend.

use crate::check::fourteen_points::leaves_by_start;
use crate::declare_rule;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::format;
use crate::plan::State;
use crate::report::ProjectReport;

declare_rule! {
    /// A task is on the longest path to the finish and shows total float, because what follows it waits for another calendar: a
    /// closed window, somebody's absence. Less than a working day is not looked at: the hours between a day shift and a night
    /// shift are no room.
    ///
    /// **Why it matters.** The float is true only as long as the task does not miss the next opening. Who plans by float alone
    /// thinks there is time; one day too many then costs the whole gap.
    ///
    /// **What to do.** Treat it as critical, as this program does, and look at its lever: it may stand at a cliff.
    pub static FALSE_FLOAT: Rule =
        ("W306", "false-float", Warning, "0.1.0", "a task shows float and drives the finish all the same");
}

/// Looks at unfinished work of the longest path.
pub(super) fn look(report: &ProjectReport, found: &mut Diagnostics) {
    let usual = report.project.scheduling.critical_float;
    for (number, task, slot) in report.tasks() {
        let is_open_work = task.is_work() && slot.state != State::Finished;
        let per_day = report.project.minutes_per_day_of(number);
        let shows_float = slot.total_float > usual && slot.total_float >= per_day;
        // What has begun and holds others by its start alone drives nothing with its end: its float is true.
        let has_done_its_part = slot.state == State::InProgress && leaves_by_start(report, number);
        if is_open_work && slot.on_longest_path && shows_float && !has_done_its_part {
            found.push(
                Diagnostic::new(
                    &FALSE_FLOAT,
                    task.origin,
                    format!(
                        "`{}` shows {} of float and drives the finish all the same",
                        task.id,
                        format::working_days_in_words(slot.total_float, per_day)
                    ),
                )
                .hint("treat it as critical, and look at its lever"),
            );
        }
    }
}
