//! Float that calendars only pretend.

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
        let days = report.project.room_days_of(number);
        let is_usual = report.project.is_room_within(number, slot.total_float, usual);
        // What runs by the clock may end in the night or at the weekend before the next working day: that room is real.
        let engine = report.engine();
        let is_real = task.runs_by_the_clock() && {
            let time = engine.calendar_of(number);
            time.between(slot.finish, slot.finish.plus(slot.total_float))
                < report.project.minutes_per_day_of(number)
        };
        let shows_float = !is_usual && !is_real && slot.total_float >= days.minutes();
        if is_open_work && slot.on_longest_path && shows_float {
            found.push(
                Diagnostic::new(
                    &FALSE_FLOAT,
                    task.origin,
                    format!(
                        "`{}` shows {} of float and drives the finish all the same",
                        task.id,
                        format::room_in_words(slot.total_float, days)
                    ),
                )
                .hint("treat it as critical, and look at its lever"),
            );
        }
    }
}
