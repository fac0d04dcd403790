//! From issues to phases, tasks and links.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::read::{Issue, Issues, Phase};
use crate::diagnostic::spelling::count;
use crate::diagnostic::{Diagnostic, Diagnostics, Span};
use crate::exchange::Options;
use crate::exchange::date::{evening, morning};
use crate::exchange::draft::{DROPPED, Draft, Share, waits_for};
use crate::exchange::plan::{ConstraintKind, Length, Plan, Program, Task, Uid, Unit, WHOLE};
use crate::exchange::rule::DANGLING_FOREIGN_REFERENCE;

/// Numbers of phases lie above those of issues.
const PHASES: i64 = 2_000_000_000;

/// Makes the plan.
pub(super) fn plan(
    issues: &Issues,
    program: Program,
    (origin, options): (&str, &Options),
    found: &mut Diagnostics,
) -> Plan {
    let mut draft = Draft::new(program);
    draft.plan.title = title(issues, origin);
    let dates =
        || issues.kept.iter().flat_map(|issue| [issue.created, issue.updated, issue.closed]).flatten();
    let newest = options.as_of.or_else(|| dates().max());
    let starts = issues.phases.iter().filter_map(|phase| phase.start);
    let first = dates().chain(starts).min().or(newest).unwrap_or(Date::constant(2000, 1, 3));
    let start = first.to_datetime(morning());
    let maker = Maker { newest, first };
    let kept = || issues.kept.iter().filter(|issue| !issue.is_dropped);
    let mut by_phase: BTreeMap<&str, Vec<&Issue>> = BTreeMap::new();
    for issue in kept() {
        if let Some(phase) = &issue.phase {
            by_phase.entry(phase).or_default().push(issue);
        }
    }
    for (phase, number) in issues.phases.iter().zip(PHASES..) {
        let Some(of_phase) = by_phase.get(phase.title.as_str()) else { continue };
        let summary = Task::new(Uid(number), phase.title.clone(), 1, phase.span);
        draft.plan.tasks.push(summary);
        for issue in of_phase {
            let task = maker.task(issue, 2, &mut draft);
            draft.plan.tasks.push(task);
        }
        draft.plan.tasks.push(reached(phase, number, of_phase));
    }
    for issue in kept().filter(|issue| issue.phase.is_none()) {
        let task = maker.task(issue, 1, &mut draft);
        draft.plan.tasks.push(task);
    }
    links(issues, &mut draft, found);
    tell(issues, program, &mut draft);
    draft.finished(start, newest, found)
}

/// The name of the repository, where the addresses of issues tell it, else that of the file.
fn title(issues: &Issues, origin: &str) -> String {
    let address = issues.kept.iter().map(|issue| issue.address.as_str()).find(|address| !address.is_empty());
    let path = address.and_then(|address| address.split("/issues/").next()).unwrap_or_default();
    let name = path.trim_end_matches("/-").rsplit('/').next().filter(|name| !name.is_empty());
    let stem = origin.rsplit_once('.').map_or(origin, |(stem, _)| stem);
    name.unwrap_or(stem).to_owned()
}

struct Maker {
    /// The newest day in the file, or the one that was asked for.
    newest: Option<Date>,
    /// The first day of the project.
    first: Date,
}

impl Maker {
    fn task(&self, issue: &Issue, level: usize, draft: &mut Draft) -> Task {
        let mut task = Task::new(Uid(issue.number), issue.title.clone(), level, issue.span);
        task.wanted_id = Some(format!("issue-{}", issue.number));
        task.deadline = issue.due.map(|due| due.to_datetime(evening()));
        task.notes = notes(issue);
        task.hyperlink.clone_from(&issue.address);
        match issue.estimate {
            Some(minutes) => task.work = minutes,
            None => draft.guess(&mut task),
        }
        let length = issue.estimate.unwrap_or(480);
        self.progress(&mut task, issue, length, draft);
        let n_people = i64::try_from(issue.assignees.len()).unwrap_or(1).max(1);
        for (place, name) in issue.assignees.iter().enumerate() {
            let who = draft.person(name, issue.span);
            // Whose time it was is not told: it counts for the first.
            let done = if place == 0 { issue.spent } else { 0 };
            let work = issue.estimate.map_or(length, |estimate| estimate / n_people);
            draft.assign(&task, &Share { who, units: WHOLE, work, done });
        }
        if issue.assignees.is_empty() && issue.spent > 0 {
            draft.note(
                &format!("issue-{}", issue.number),
                "has time spent, but nobody is assigned; the hours were left out",
                "book them by person into `timesheets.csv`",
            );
        }
        task
    }

    fn progress(&self, task: &mut Task, issue: &Issue, length: i64, draft: &Draft) {
        let created = issue.created.unwrap_or(self.first);
        if issue.is_closed {
            let Some(last) = issue.closed.or(issue.updated).or(self.newest) else { return };
            let last = last.max(created);
            let took = if issue.spent > 0 { issue.spent } else { length };
            task.actual_start = Some(draft.began(last, took, created));
            task.actual_finish = Some(last.to_datetime(evening()));
            task.percent_complete = 100;
            return;
        }
        let body = &issue.body;
        if issue.spent == 0 && body.n_ticked == 0 {
            return;
        }
        let Some(last) = issue.updated.or(self.newest) else { return };
        let last = last.max(created);
        task.actual_start = Some(draft.began(last, issue.spent, created));
        task.stop = Some(last.to_datetime(evening()));
        if issue.spent > 0 {
            let left = (length - issue.spent).max(0);
            task.percent_complete = (issue.spent * 100 / (issue.spent + left).max(1)).min(99);
            task.remaining = Some(left).filter(|left| *left > 0);
        } else {
            task.percent_complete = (body.n_ticked * 100 / body.n_items.max(1)).min(99);
        }
    }
}

/// The point at which a phase is over: when all in it is done, and not before it is due.
fn reached(phase: &Phase, number: i64, of_phase: &[&Issue]) -> Task {
    let name = format!("{} reached", phase.title);
    let mut task = Task::new(Uid(number + PHASES), name, 1, phase.span);
    task.is_milestone = true;
    task.length = Some(Length { minutes: 0, is_elapsed: false, unit: Unit::Day });
    task.links = vec![waits_for(Uid(number), phase.span)];
    if let Some(due) = phase.due {
        task.constraint = ConstraintKind::FinishesNotBefore;
        task.constraint_date = Some(due.to_datetime(evening()));
        task.deadline = task.constraint_date;
    }
    let is_done = of_phase.iter().all(|issue| issue.is_closed);
    let last = of_phase.iter().filter_map(|issue| issue.closed).max();
    if let Some(closed) = phase.closed.max(last).filter(|_| phase.closed.is_some() && is_done) {
        task.actual_start = Some(closed.to_datetime(evening()));
        task.actual_finish = task.actual_start;
        task.percent_complete = 100;
        (task.constraint, task.constraint_date) = (ConstraintKind::AsSoonAsPossible, None);
    }
    task
}

/// What comes before what, by the words of issues; what is in the file and became no task is listed, what is not in it is found.
fn links(issues: &Issues, draft: &mut Draft, found: &mut Diagnostics) {
    let places: BTreeMap<i64, usize> = draft.plan.tasks.iter().map(|task| task.uid.0).zip(0..).collect();
    let left_out = |number: &i64| {
        let is_dropped = |issue: &Issue| issue.number == *number && issue.is_dropped;
        let is_request = *number > 0 && issues.merge_requests.contains(number);
        let why = issues.kept.iter().any(is_dropped).then_some(DROPPED);
        why.or(is_request.then_some("is a pull request"))
    };
    let mut pairs: BTreeMap<(i64, i64), Span> = BTreeMap::new();
    for issue in &issues.kept {
        let before = issue.body.waits_for.iter().map(|other| (*other, issue.number, *other));
        let after = issue.body.blocks.iter().map(|other| (issue.number, *other, *other));
        for (first, second, other) in before.chain(after) {
            if places.contains_key(&other) || left_out(&other).is_some() {
                pairs.entry((second, first)).or_insert(issue.span);
            } else if !issue.is_dropped {
                let message = format!("issue #{} names #{other}, which is not in this file", issue.number);
                found.push(Diagnostic::new(&DANGLING_FOREIGN_REFERENCE, issue.span, message).hint(
                    "export it too, or enter it in `dependencies.yaml` where it is the work of others",
                ));
            }
        }
    }
    for ((second, first), span) in pairs {
        match (places.get(&second), places.contains_key(&first)) {
            (Some(place), true) => draft.plan.tasks[*place].links.push(waits_for(Uid(first), span)),
            (Some(_), false) => {
                let why = left_out(&first).unwrap_or(DROPPED);
                draft.lose_wait(&format!("issue-{second}"), &format!("#{first}"), why);
            }
            (None, true) => {
                let why = left_out(&second).unwrap_or(DROPPED);
                draft.lose_block(&format!("issue-{first}"), &format!("#{second}"), why);
            }
            (None, false) => {}
        }
    }
}

/// What has no place, and how issues were read.
fn tell(issues: &Issues, program: Program, draft: &mut Draft) {
    if issues.n_merge_requests() > 0 {
        draft.note(
            "",
            format!(
                "{} left out: the work is that of an issue",
                count(issues.n_merge_requests(), "pull request")
            ),
            "add what is done in them as tasks, if the plan shall show it",
        );
    }
    for issue in issues.kept.iter().filter(|issue| issue.is_dropped) {
        draft.note(
            &format!("issue-{}", issue.number),
            "was closed without being done and was left out",
            "add it to `plan.yaml` when it shall be done after all",
        );
    }
    let parts = issues.kept.iter().filter(|issue| !issue.is_dropped);
    for (issue, parent) in parts.filter_map(|issue| Some((issue, issue.parent?))) {
        draft.note(
            &format!("issue-{}", issue.number),
            format!("is a sub-issue of #{parent} and stands beside it"),
            "move it into `tasks:` of the other in `plan.yaml`, if it is a part of that work",
        );
    }
    let n_texts = issues.kept.iter().filter(|issue| issue.has_words).count();
    if n_texts > 0 {
        draft.note(
            "",
            match n_texts {
                1 => "the text of 1 issue; its address stands in `notes:`".to_owned(),
                n => format!("the texts of {n} issues; their addresses stand in `notes:`"),
            },
            "leave them where they are, or copy what the plan needs",
        );
    }
    let name = program.name();
    draft.decide(format!(
        "{name} does not store when work began: it was counted back from the day on which the issue was closed, by the time spent, else \
         by the estimate, and never before the issue was opened. *Correct `actual_start` in `progress.csv` where it matters.*"
    ));
    draft.decide(
        "`blocked by #12`, `depends on #12` and issues in a list of tasks became `after:`; other items of such lists tell how far an \
         open issue has come.",
    );
    if issues.phases.iter().any(|phase| phase.due.is_some()) {
        draft.decide(
            "Each milestone became a phase and a point behind it, which is reached when all in it is done, and not before it is due.",
        );
    }
}

/// Labels and weight, as a line each.
fn notes(issue: &Issue) -> String {
    let labels = (!issue.labels.is_empty()).then(|| format!("Labels: {}", issue.labels.join(", ")));
    let weight = issue.weight.map(|weight| format!("Weight: {weight}"));
    labels.into_iter().chain(weight).collect::<Vec<_>>().join("\n")
}
