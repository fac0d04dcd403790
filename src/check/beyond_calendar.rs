//! Work that is forecast for years which no project can mean.

use crate::declare_rule;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::format;
use crate::plan::State;
use crate::quantity::is_year_of_a_project;
use crate::report::ProjectReport;

declare_rule! {
    /// A task is forecast to end after 2199, the last year that a project can mean.
    ///
    /// **Why it matters.** No plan reaches that far: a calendar is closed for ever, somebody is away for ever, a length has a zero
    /// too many, or a chain of such lengths adds up. Every date, slip and colour behind that task is nonsense, however green it looks.
    ///
    /// **What to do.** Look at the length of the named task, at the closures of its calendar and at the absences of its people. Where
    /// all of these are right, split the plan into projects that somebody can follow.
    ///
    /// ```yaml
    /// standard:
    ///   week: mon tue wed thu fri
    ///   closed: {2026-01-01 .. 2199-12-31: Forever}   # the first working day is 1 January 2200
    /// ```
    pub static BEYOND_CALENDAR: Rule =
        ("E311", "beyond-calendar", Error, "0.1.0", "a task is forecast to end after 2199");
}

/// Looks for the first task that ends too late; what waits for it does so because of it.
pub(super) fn look(report: &ProjectReport, found: &mut Diagnostics) {
    let too_late = report.tasks().filter(|(_, task, slot)| {
        !task.is_summary() && slot.state != State::Finished && !is_year_of_a_project(slot.last_day().year())
    });
    let Some((_, task, slot)) = too_late.min_by_key(|(number, _, slot)| (slot.finish, *number)) else {
        return;
    };
    let calendar = &report.project.calendars[task.calendar];
    found.push(
        Diagnostic::new(
            &BEYOND_CALENDAR,
            task.estimate_origin.unwrap_or(task.origin),
            format!(
                "`{}` is forecast to end on {}, and no project goes on after 2199",
                task.id,
                format::iso(slot.last_day())
            ),
        )
        .also(calendar.origin, "its calendar")
        .hint(
            "shorten it or what it waits for, or open its calendar: a closure or an absence may have no end",
        ),
    );
}
