//! People and roles that are booked for more than they can give.

use crate::declare_rule;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::format;
use crate::report::ProjectReport;

declare_rule! {
    /// Somebody, or a role with a number of heads, is booked in a week for more than they are available.
    ///
    /// A task books its people in the minutes in which they work on it, absences left out. Only what is left counts: of the
    /// week in which the status date lies, the days behind it. On each day the person can give the working time of their own
    /// calendar, else of the project's, or that of a task's calendar where it is open for longer, such as a Saturday; never both:
    /// who works by day and in the night that follows is overbooked, although levelling, which looks at minutes, lets it be.
    /// Otherwise levelling leaves nobody overbooked whose work it may move; hammocks and work that only follows the plan ask for
    /// their part here although levelling passes them over.
    ///
    /// People of the portfolio's `people.yaml` are looked at over all projects that are neither stopped nor closed, too: where each project
    /// alone asks for no more than they can give, but all together do, that is told of the project that asks for the most.
    ///
    /// **Why it matters.** The dates of their tasks cannot all be kept; the schedule does not know it unless it is
    /// levelled.
    ///
    /// **What to do.** Move a task, share the work, or ask for more of the person's time. The load table on the page
    /// *People* shows which tasks meet. Or let work wait until its people are free: `schedule: {level: true}` in
    /// `project.yaml`; `milepost check --level` shows what that would give.
    ///
    /// A levelled plan may still have such weeks: a hammock and other level-of-effort work (`earned_value: loe`)
    /// count here with their share of each day, but levelling neither moves them nor keeps that share free. They last as
    /// long as other work makes them, so there is nothing to move, and how long that is stands only when all else lies.
    /// Assign their people to other work for less of the day, such as 80 % beside a hammock of 20 %.
    pub static OVERALLOCATED: Rule =
        ("W502", "overallocated", Warning, "0.1.0", "somebody is booked for more than they can give");
}

/// Looks at the weeks of each person and each role with heads; one finding for each, at the worst week.
pub(super) fn look(report: &ProjectReport, found: &mut Diagnostics) {
    // Where a link could not be read, work lies beside work that it waits for, which has been reported.
    if report.project.has_unread_links() {
        return;
    }
    let team = &report.project.team;
    let people = report.load.people.iter().map(|load| {
        let person = &team.people[load.person.0 as usize];
        (person.id.as_str(), person.origin, "the person's time", &load.weeks)
    });
    let roles = report.load.roles.iter().filter(|load| load.heads.is_some()).map(|load| {
        let role = &team.roles[load.role.0 as usize];
        (role.id.as_str(), role.origin, "its heads", &load.weeks)
    });
    for (id, origin, time, weeks) in people.chain(roles) {
        let over = weeks.iter().filter(|week| week.is_overbooked());
        let n_over = over.clone().count();
        let worst = over.max_by_key(|week| (week.booked - week.capacity, std::cmp::Reverse(week.monday)));
        let Some(worst) = worst else { continue };
        let tasks: Vec<String> =
            worst.tasks.iter().map(|task| format!("`{}`", report.project.task(*task).id)).collect();
        // Levelling leaves level of effort as it is, so only the people's other work can give way.
        let beside = worst.tasks.iter().map(|task| report.project.task(*task));
        let beside: Vec<String> =
            beside.filter(|task| task.is_level_of_effort()).map(|task| format!("`{}`", task.id)).collect();
        let hint = if report.forecast.levelling.is_some() && !beside.is_empty() {
            format!(
                "levelling keeps no time free for level of effort: assign `{id}` to other work for less of the day beside {}",
                format::listed(&beside)
            )
        } else {
            format!("move a task, share the work, or ask for more of {time}")
        };
        let days = |effort| format::effort(effort, report.minutes_per_day());
        found.push(
            Diagnostic::new(
                &OVERALLOCATED,
                origin,
                format!(
                    "`{id}` is overbooked in {}; the worst begins {} with {} of {}",
                    crate::diagnostic::spelling::count(n_over, "week"),
                    format::iso(worst.monday),
                    days(worst.booked),
                    days(worst.capacity),
                ),
            )
            .label(format!("booked on {}", tasks.join(", ")))
            .hint(hint),
        );
    }
}
