//! What levelling was asked for and cannot do.

use crate::declare_rule;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::format;
use crate::model::{PersonNo, TaskNo};
use crate::plan::{Booking, Hand, Misfit, State};
use crate::quantity::Instant;
use crate::report::ProjectReport;

declare_rule! {
    /// A levelled project has something that cannot be levelled: a task that asks for more of somebody than they ever
    /// have, tasks that may not be moved and ask for the same person at the same time, or a task with `split: true` that
    /// runs by the clock and so cannot be interrupted.
    ///
    /// **Why it matters.** The task lies where its links put it, whoever is busy then; the rest of the plan works around
    /// it.
    ///
    /// **What to do.** Assign the task for less of the day or to more people, or give the person more time. Give work that
    /// may be interrupted its length in working time.
    pub static NOT_LEVELLED: Rule =
        ("W512", "not-levelled", Warning, "0.1.0", "a levelled plan has something that cannot be levelled");
}

/// Looks at levelled projects; one finding for each task.
pub(super) fn look(report: &ProjectReport, found: &mut Diagnostics) {
    let project = &report.project;
    if project.scheduling.levelling.is_none() {
        return;
    }
    for task in project.tasks.iter().filter(|task| task.may_split && task.runs_by_the_clock()) {
        found.push(
            Diagnostic::new(
                &NOT_LEVELLED,
                task.origin,
                format!("`{}` is not interrupted: it runs by the clock", task.id),
            )
            .hint("take `split: true` out, or give its length in working days"),
        );
    }
    let misfits = report.forecast.levelling.iter().flat_map(|levelling| &levelling.misfits);
    for Misfit { task, hand } in misfits {
        let task = project.task(*task);
        let who = match hand {
            Hand::Person(person) => &project.team.people[person.0 as usize].id,
            Hand::Role(role) => &project.team.roles[role.0 as usize].id,
        };
        found.push(
            Diagnostic::new(
                &NOT_LEVELLED,
                task.origin,
                format!("`{}` asks for more of `{who}` than there ever is for as long as it takes", task.id),
            )
            .hint("assign less of the day or more people"),
        );
    }
    look_at_collisions(report, found);
}

/// Looks for work that levelling may not move (begun, bound to a date, of the highest priority) and that asks for more of
/// somebody than there is at a moment: the first such moment of each person.
fn look_at_collisions(report: &ProjectReport, found: &mut Diagnostics) {
    let project = &report.project;
    let bookings = report.engine().bookings(&report.forecast);
    for person in
        (0..project.team.people.len()).map(|place| PersonNo(u32::try_from(place).unwrap_or(u32::MAX)))
    {
        let Some((at, tasks, asked)) = collision(report, &bookings, person) else { continue };
        let (Some(last), Some(first)) = (tasks.last(), tasks.first()) else { continue };
        let names: Vec<String> = tasks.iter().map(|task| format!("`{}`", project.task(*task).id)).collect();
        let message = format!(
            "`{}` is asked for {} on {} by {}, which levelling does not move",
            project.team.people[person.0 as usize].id,
            format::share(asked as f64 / 10_000.0),
            at.day(),
            format::listed(&names)
        );
        found.push(
            Diagnostic::new(&NOT_LEVELLED, project.task(*last).origin, message)
                .also(project.task(*first).origin, "and this at the same time")
                .hint(
                    "move one of them by hand, or take back its date, its priority or its share of the day",
                ),
        );
    }
}

/// The first moment at which several tasks ask for more of a person than there is: when, which, how many hundredths.
fn collision(
    report: &ProjectReport,
    bookings: &[Booking],
    person: PersonNo,
) -> Option<(Instant, Vec<TaskNo>, i64)> {
    let project = &report.project;
    // Where several people go on with begun work, only the engine knows who is busy when.
    let is_exact = |booking: &&Booking| {
        report.forecast.slot(booking.task).state == State::NotStarted
            || project.task(booking.task).assignments.len() == 1
    };
    let mut events: Vec<(Instant, bool, TaskNo, i64)> = Vec::new();
    for booking in bookings.iter().filter(|booking| booking.hand == Hand::Person(person)).filter(is_exact) {
        for (from, to) in &booking.spans {
            events.push((*from, true, booking.task, booking.demand));
            events.push((*to, false, booking.task, booking.demand));
        }
    }
    // What ends makes room before what begins takes it.
    events.sort_unstable();
    let mut busy: Vec<(TaskNo, i64)> = Vec::new();
    for (at, begins, task, share) in events {
        if !begins {
            if let Some(place) = busy.iter().position(|one| *one == (task, share)) {
                busy.remove(place);
            }
            continue;
        }
        busy.push((task, share));
        let asked: i64 = busy.iter().map(|(_, share)| share).sum();
        let there_is = project.team.people[person.0 as usize].available_on(at.day()).hundredths();
        if busy.len() > 1 && asked > there_is {
            return Some((at, busy.iter().map(|(task, _)| *task).collect(), asked));
        }
    }
    None
}
