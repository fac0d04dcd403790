//! Links that follow from others.

use std::collections::BTreeSet;

use crate::check::tie::{Tie, ties};
use crate::declare_rule;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::model::{Link, LinkKind, TaskNo};
use crate::plan::State;
use crate::report::ProjectReport;

declare_rule! {
    /// A task waits for another, and for a third one that itself waits for the other: the first link can never bind. Looked at
    /// are finish-to-start links without a lag, also by way of tasks of other projects.
    ///
    /// **Why it matters.** It hides what really drives the task, and when the plan changes somebody has to keep it up without
    /// gain.
    ///
    /// **What to do.** Remove the link. The task still waits, by the way of the others.
    ///
    /// ```yaml
    /// design: {duration: 5d}
    /// build:  {duration: 8d, after: design}
    /// test:   {duration: 3d, after: build}      # not: [design, build]
    /// ```
    pub static REDUNDANT_LINK: Rule =
        ("W209", "redundant-link", Warning, "0.1.0", "a link says what others say already");
}

/// Looks at what has not begun and waits for several.
pub(super) fn look(report: &ProjectReport, found: &mut Diagnostics) {
    for (_, task, slot) in report.tasks() {
        let all: Vec<Tie<'_>> = ties(task).collect();
        if all.len() < 2 || slot.state != State::NotStarted {
            continue;
        }
        for (place, link) in all.iter().enumerate() {
            if !all[..place].iter().any(|other| other.is_like(link)) {
                continue;
            }
            let before = link.before(report);
            found.push(
                Diagnostic::new(
                    &REDUNDANT_LINK,
                    link.origin,
                    format!("`{}` waits for `{before}` in the same way twice", task.id),
                )
                .hint("remove one of the two"),
            );
        }
        for link in task.links.iter().filter(|link| carries(link) && link.lag.is_zero()) {
            let others =
                task.links.iter().filter(|other| carries(other) && other.predecessor != link.predecessor);
            let mut seen = BTreeSet::new();
            let way = others
                .map(|other| other.predecessor)
                .find(|other| leads_to(report, *other, link.predecessor, &mut seen));
            let Some(way) = way else { continue };
            let (before, way) = (report.project.task(link.predecessor), report.project.task(way));
            found.push(
                Diagnostic::new(
                    &REDUNDANT_LINK,
                    link.origin,
                    format!("`{}` waits for `{}` already by way of `{}`", task.id, before.id, way.id),
                )
                .hint("remove the link: it can never bind"),
            );
        }
    }
}

/// Says whether a link makes its task wait for the whole of the other.
pub(super) fn carries(link: &Link) -> bool {
    link.kind == LinkKind::FinishStart && !link.lag.is_negative()
}

/// Says whether a task waits, through any number of others, for an earlier one. What starts before the earlier one ends
/// cannot. `seen` holds what was walked for the same earlier one in vain: nobody walks it twice.
pub(super) fn leads_to(
    report: &ProjectReport,
    from: TaskNo,
    earlier: TaskNo,
    seen: &mut BTreeSet<TaskNo>,
) -> bool {
    let end = report.planned.slot(earlier).finish;
    let mut open: Vec<TaskNo> = seen.insert(from).then_some(from).into_iter().collect();
    while let Some(number) = open.pop() {
        for link in report.project.task(number).links.iter().filter(|link| carries(link)) {
            if link.predecessor == earlier {
                return true;
            }
            let can = report.planned.slot(link.predecessor).finish >= end;
            if can && seen.insert(link.predecessor) {
                open.push(link.predecessor);
            }
        }
    }
    false
}
