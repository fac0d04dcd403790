//! Work begun before its predecessors allowed it.

use crate::declare_rule;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::model::{LinkKind, TaskKind, TaskNo};
use crate::plan::State;
use crate::report::ProjectReport;

declare_rule! {
    /// A task has been reported as started although a link to a predecessor did not allow it yet: the predecessor is not
    /// finished, or finished after the start. Work that is done since counts too.
    ///
    /// **Why it matters.** Either the link is not true, or work was begun on shaky ground. The rest of a task in progress is
    /// scheduled after the predecessor (retained logic), which may be later than everybody expects; where that is a task of
    /// another project, the rest goes on. Of finished work it says
    /// that the network did not describe how the work was done, and what is forecast from its links deserves doubt.
    ///
    /// **What to do.** Correct the link if the work really did not need it; otherwise expect to do some of it again. A milestone is
    /// reached on the day that a row of `progress.csv` gives as its `actual_finish`: until then what follows it is ahead of it, although all
    /// before it is finished.
    pub static OUT_OF_SEQUENCE: Rule =
        ("W405", "out-of-sequence", Warning, "0.1.0", "a task began before its predecessors allowed it");
}

/// Looks at work that has begun, and at what is done. A gate that was decided too early has rules of its own, and so has work
/// before a gate, once it is done.
pub(super) fn look(report: &ProjectReport, found: &mut Diagnostics) {
    let is_gate = |task: TaskNo| matches!(report.project.task(task).kind, TaskKind::Gate(_));
    for (number, task, slot) in report.tasks().filter(|(_, _, slot)| slot.out_of_sequence) {
        let is_done = match slot.state {
            State::NotStarted => continue,
            State::InProgress => false,
            State::Finished => true,
        };
        if is_done && (is_gate(number) || slot.overtook.is_some_and(is_gate)) {
            continue;
        }
        let progress = &report.facts.progress[number.0 as usize];
        let (message, is_ended) = message(report, number, slot.overtook, is_done);
        let line = if is_ended { progress.finish_line() } else { progress.start_line() };
        found.push(
            Diagnostic::new(&OUT_OF_SEQUENCE, line.unwrap_or(task.origin), message)
                .also(task.origin, "its logic")
                .hint(match (is_done, slot.overtook) {
                    (_, Some(before)) if is_reached_unreported(report, before) => {
                        "all that the milestone waits for is finished: say in `progress.csv` when it was reached (`actual_finish`)"
                    }
                    (true, _) => {
                        "correct the link if the work did not need it, or look again at what was done before"
                    }
                    (false, Some(_)) => {
                        "correct the link if the work did not need it; the rest waits for the predecessor"
                    }
                    (false, None) => "correct the link if the work did not need it",
                }),
        );
    }
}

/// Whether nobody has told that a milestone was reached although all that it waits for in its project is finished.
fn is_reached_unreported(report: &ProjectReport, number: TaskNo) -> bool {
    let task = report.project.task(number);
    let is_finished = |number: TaskNo| report.forecast.slot(number).state == State::Finished;
    matches!(task.kind, TaskKind::Milestone)
        && !is_finished(number)
        && !task.links.is_empty()
        && task.external_links.is_empty()
        && task.links.iter().all(|link| is_finished(link.predecessor))
}

/// Says what began, or for a link between two ends what ended, before what; and whether it is the end.
fn message(
    report: &ProjectReport,
    number: TaskNo,
    overtook: Option<TaskNo>,
    is_done: bool,
) -> (String, bool) {
    let (project, task) = (&report.project, report.project.task(number));
    let link = task.links.iter().find(|link| Some(link.predecessor) == overtook);
    let ties_finish =
        link.is_some_and(|link| matches!(link.kind, LinkKind::FinishFinish | LinkKind::StartFinish));
    let is_ended = is_done && ties_finish;
    let verb = if is_ended { "ended" } else { "began" };
    let message = match overtook {
        Some(before) => format!("`{}` {verb} before `{}` allowed it", task.id, project.task(before).id),
        None if waits_for_other_projects(report, number) => {
            format!("`{}` went ahead of tasks of other projects that it waits for", task.id)
        }
        None => format!("`{}` {verb} before its predecessors allowed it", task.id),
    };
    (message, is_ended)
}

/// Whether the task, or a summary above it, waits for tasks of other projects.
fn waits_for_other_projects(report: &ProjectReport, number: TaskNo) -> bool {
    std::iter::successors(Some(number), |number| report.project.task(*number).parent)
        .any(|number| !report.project.task(number).external_links.is_empty())
}
