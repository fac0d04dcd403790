//! What levelling was asked for and cannot do.

use crate::declare_rule;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::model::ScheduleFrom;
use crate::plan::{Hand, Misfit};
use crate::report::ProjectReport;

declare_rule! {
    /// A levelled project has something that cannot be levelled: a task that asks for more of somebody than they ever
    /// have, a task that should be interrupted, or dates that are counted back from the finish.
    ///
    /// **Why it matters.** The task lies where its links put it, whoever is busy then; the rest of the plan works around
    /// it. Work is not interrupted to let other work through: a task waits until its people are free for all of it.
    /// Dates that are counted back from the finish are not levelled at all.
    ///
    /// **What to do.** Assign the task for less of the day or to more people, or give the person more time. Cut a task
    /// that may be interrupted into two. Count from the start.
    pub static NOT_LEVELLED: Rule =
        ("W506", "not-levelled", Warning, "0.1.0", "a levelled plan has something that cannot be levelled");
}

/// Looks at levelled projects; one finding for each task, one for dates counted back from the finish.
pub(super) fn look(report: &ProjectReport, found: &mut Diagnostics) {
    let project = &report.project;
    let Some(options) = project.scheduling.levelling else { return };
    let written = project.field_origins.get("schedule").copied().unwrap_or(project.origin);
    if let ScheduleFrom::Finish(finish) = project.scheduling.from {
        let message = format!("dates are counted back from {finish}, so nobody is levelled");
        found.push(
            Diagnostic::new(&NOT_LEVELLED, written, message)
                .hint("take `from: finish` or `level:` out of `schedule:`"),
        );
        return;
    }
    if options.split {
        found.push(
            Diagnostic::new(&NOT_LEVELLED, written, "no task is interrupted: levelling moves whole tasks")
                .hint("take `split: true` out of `level:`; cut long tasks into shorter ones"),
        );
    }
    for task in project.tasks.iter().filter(|task| task.may_split && !options.split) {
        found.push(
            Diagnostic::new(
                &NOT_LEVELLED,
                task.origin,
                format!("`{}` is not interrupted: levelling moves whole tasks", task.id),
            )
            .hint("take `split: true` out; cut the task into two"),
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
}
