//! From issues of Jira to tasks, defects and milestones.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::{Date, DateTime};

use super::column::{english, is_read};
use super::issue::{Issue, State, day};
use crate::diagnostic::spelling::count;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::exchange::Options;
use crate::exchange::cells::{Cell, Cells};
use crate::exchange::date::{evening, morning};
use crate::exchange::draft::{DROPPED, Draft, Share, waits_for};
use crate::exchange::plan::{
    ConstraintKind, Defect, Length, Plan, Program, Task, USUAL_PRIORITY, Uid, Unit, WHOLE,
};
use crate::exchange::quantity::priority_of;
use crate::exchange::rule::{DANGLING_FOREIGN_REFERENCE, LINKS_IN_A_CIRCLE};

/// Makes the plan.
pub(super) fn plan(
    issues: &[Issue],
    cells: &Cells,
    (origin, options): (&str, &Options),
    found: &mut Diagnostics,
) -> Plan {
    let mut draft = Draft::new(Program::Jira);
    let stem = origin.rsplit_once('.').map_or(origin, |(stem, _)| stem);
    let projects: BTreeSet<&str> =
        issues.iter().map(|issue| issue.project.as_str()).filter(|name| !name.is_empty()).collect();
    draft.plan.title = match projects.iter().collect::<Vec<_>>().as_slice() {
        [only] => (**only).to_owned(),
        _ => stem.to_owned(),
    };
    let dates =
        issues.iter().flat_map(|issue| [issue.created, issue.start, issue.updated, issue.resolved]).flatten();
    let newest = options.as_of.or_else(|| dates.clone().map(DateTime::date).max());
    let first =
        issues.iter().flat_map(|issue| [issue.start, issue.created]).flatten().map(DateTime::date).min();
    let start = first.or(newest).unwrap_or(Date::constant(2000, 1, 3)).to_datetime(morning());
    let tracker = Tracker::of(issues, found);
    tracker.tell(&mut draft, cells);
    for (place, level) in tracker.outline() {
        let task = tracker.task(place, level, (start, newest), &mut draft);
        draft.plan.tasks.push(task);
    }
    tracker.links(&mut draft, found);
    tracker.versions(&mut draft);
    tracker.defects(&mut draft, start.date());
    draft.decide(
        "Jira does not store when work began: it was counted back from the resolution, or from the newest change of what is not \
         resolved, by the time spent, else by the estimate, and never before the issue was created. *Correct `actual_start` in \
         `progress.csv` where it matters.*",
    );
    draft.finished(start, newest, found)
}

/// All issues, and how they hang together.
struct Tracker<'a> {
    issues: &'a [Issue],
    /// The place of each issue by its key and its number, in lower case.
    places: BTreeMap<String, usize>,
    /// Whether an issue becomes a task: dropped ones do not, and bugs only where there is work in them.
    is_task: Vec<bool>,
    /// The task above each issue: what stands below a dropped one moves up.
    parents: Vec<Option<usize>>,
    /// Whether tasks stand below it.
    is_summary: Vec<bool>,
}

impl<'a> Tracker<'a> {
    fn of(issues: &'a [Issue], found: &mut Diagnostics) -> Self {
        let mut places = BTreeMap::new();
        for (place, issue) in issues.iter().enumerate() {
            places.insert(issue.key.to_lowercase(), place);
            if !issue.id.is_empty() {
                places.entry(issue.id.clone()).or_insert(place);
            }
        }
        let above = above(issues, &places, found);
        let find = |cell: &Cell| places.get(&cell.text.trim().to_lowercase()).copied();
        let mut has_work: Vec<bool> =
            issues.iter().map(|issue| issue.estimate.is_some() || issue.spent > 0).collect();
        for (place, issue) in issues.iter().enumerate() {
            for other in issue.blocked_by.iter().chain(&issue.blocks).filter_map(find) {
                has_work[place] = true;
                has_work[other] = true;
            }
            if let Some(parent) = above[place] {
                has_work[parent] = true;
            }
        }
        let is_task: Vec<bool> = issues
            .iter()
            .zip(has_work)
            .map(|(issue, has_work)| issue.state != State::Dropped && (!issue.is_bug() || has_work))
            .collect();
        let parent = |place: usize| {
            let mut at = above[place];
            while let Some(parent) = at.filter(|parent| !is_task[*parent]) {
                at = above[parent];
            }
            at
        };
        let parents: Vec<Option<usize>> = (0..issues.len()).map(parent).collect();
        let mut is_summary = vec![false; issues.len()];
        for (parent, is_task) in parents.iter().zip(&is_task) {
            if let Some(parent) = parent.filter(|_| *is_task) {
                is_summary[parent] = true;
            }
        }
        Self { issues, places, is_task, parents, is_summary }
    }

    fn find(&self, cell: &Cell) -> Option<usize> {
        self.places.get(&cell.text.trim().to_lowercase()).copied()
    }

    /// Tasks in order, summaries before what they hold, each with its level.
    fn outline(&self) -> Vec<(usize, usize)> {
        let mut children = vec![Vec::new(); self.issues.len()];
        let mut roots = Vec::new();
        for place in (0..self.issues.len()).filter(|place| self.is_task[*place]) {
            match self.parents[place] {
                Some(parent) => children[parent].push(place),
                None => roots.push(place),
            }
        }
        let mut order = Vec::new();
        let mut open: Vec<(usize, usize)> = roots.into_iter().rev().map(|root| (root, 1)).collect();
        while let Some((place, level)) = open.pop() {
            order.push((place, level));
            open.extend(children[place].iter().rev().map(|child| (*child, level + 1)));
        }
        order
    }

    fn task(
        &self,
        place: usize,
        level: usize,
        (start, newest): (DateTime, Option<Date>),
        draft: &mut Draft,
    ) -> Task {
        let issue = &self.issues[place];
        let mut task = Task::new(uid(place), issue.summary.clone(), level, issue.span);
        task.wanted_id = Some(issue.key.clone());
        task.deadline = issue.due.map(|due| due.date().to_datetime(evening()));
        task.notes = words(issue);
        if self.is_summary[place] {
            if issue.estimate.is_some() || issue.spent > 0 {
                draft.note(
                    &issue.key,
                    "holds other issues and has an estimate or time of its own, which was left out",
                    "make what is done in it a task of its own below it in `plan.yaml`",
                );
            }
            return task;
        }
        task.priority = priority_of(&issue.priority).unwrap_or(USUAL_PRIORITY);
        if let Some(at) = issue.start.filter(|at| at.date() > start.date() && issue.state == State::Open) {
            task.constraint = ConstraintKind::StartsNotBefore;
            task.constraint_date = Some(at.date().to_datetime(morning()));
        }
        let estimate = issue.estimate.or_else(|| {
            let known = issue.spent + issue.remaining.unwrap_or(0);
            (known > 0).then_some(known)
        });
        match estimate {
            Some(minutes) => task.work = minutes,
            None => draft.guess(&mut task),
        }
        let length = estimate.unwrap_or(480);
        Self::progress(&mut task, issue, (length, newest), draft);
        if !issue.assignee.is_empty() {
            let who = draft.person(&issue.assignee, issue.span);
            draft.assign(&task, &Share { who, units: WHOLE, work: length, done: issue.spent });
        } else if issue.spent > 0 {
            draft.note(
                &issue.key,
                "has time spent, but nobody is assigned; the hours were left out",
                "book them by person into `timesheets.csv`",
            );
        }
        task
    }

    fn progress(task: &mut Task, issue: &Issue, (length, newest): (i64, Option<Date>), draft: &mut Draft) {
        let created = day(issue.created).unwrap_or(Date::constant(1901, 1, 1));
        let last = match issue.state {
            State::Open | State::Dropped => return,
            State::Done => day(issue.resolved).or(day(issue.updated)).or(newest),
            State::InProgress => day(issue.updated).or(newest),
        };
        let Some(last) = last.map(|last| last.max(created)) else {
            draft.note(
                &issue.key,
                "has begun, but no date of it stands in the export",
                "write when it began into `progress.csv`",
            );
            return;
        };
        let spent = if issue.spent > 0 {
            issue.spent
        } else if issue.state == State::Done {
            length
        } else {
            1
        };
        task.actual_start = Some(issue.start.map_or_else(
            || draft.began(last, spent, created),
            |start| start.date().min(last).to_datetime(morning()),
        ));
        if issue.state == State::Done {
            task.actual_finish = Some(last.to_datetime(evening()));
            task.percent_complete = 100;
            return;
        }
        task.stop = Some(last.to_datetime(evening()));
        let left = issue.remaining.unwrap_or_else(|| (length - issue.spent).max(0));
        task.percent_complete = (issue.spent * 100 / (issue.spent + left).max(1)).min(99);
        if left > 0 {
            task.remaining = Some(left);
        }
    }

    /// What blocks what; what is no issue of this export, or none that became a task, is told.
    fn links(&self, draft: &mut Draft, found: &mut Diagnostics) {
        let mut links: BTreeSet<(usize, usize)> = BTreeSet::new();
        let rows: BTreeMap<Uid, usize> = draft.plan.tasks.iter().map(|task| task.uid).zip(0..).collect();
        for (place, issue) in self.issues.iter().enumerate() {
            let inward = issue.blocked_by.iter().map(|cell| (cell, true));
            for (cell, is_before) in inward.chain(issue.blocks.iter().map(|cell| (cell, false))) {
                let Some(other) = self.find(cell) else {
                    let which = if is_before { "is blocked by" } else { "blocks" };
                    let message =
                        format!("`{}` {which} `{}`, which is not in this export", issue.key, cell.text);
                    found.push(Diagnostic::new(&DANGLING_FOREIGN_REFERENCE, cell.span, message).hint(
                        "export it too, or enter it in `dependencies.yaml` where it is the work of others",
                    ));
                    continue;
                };
                let pair = if is_before { (other, place) } else { (place, other) };
                if !links.insert(pair) {
                    continue;
                }
                let key = |place: usize| &self.issues[place].key;
                match (self.is_task[pair.0], self.is_task[pair.1]) {
                    (true, true) => {}
                    (false, true) => {
                        draft.lose_wait(key(pair.1), key(pair.0), DROPPED);
                        continue;
                    }
                    (true, false) => {
                        draft.lose_block(key(pair.0), key(pair.1), DROPPED);
                        continue;
                    }
                    (false, false) => continue,
                }
                if let Some(row) = rows.get(&uid(pair.1)) {
                    draft.plan.tasks[*row].links.push(waits_for(uid(pair.0), cell.span));
                }
            }
        }
    }

    /// Versions as milestones behind all their issues.
    fn versions(&self, draft: &mut Draft) {
        let mut by_name: BTreeMap<&String, BTreeSet<usize>> = BTreeMap::new();
        for place in (0..self.issues.len()).filter(|place| self.is_task[*place]) {
            for name in &self.issues[place].versions {
                by_name.entry(name).or_default().insert(place);
            }
        }
        for (number, (name, of_version)) in by_name.into_iter().enumerate() {
            // A summary waits for all it holds.
            let is_held =
                |place: &usize| self.parents[*place].is_some_and(|parent| of_version.contains(&parent));
            let leaves: Vec<usize> = of_version.iter().copied().filter(|place| !is_held(place)).collect();
            let Some(first) = leaves.first() else { continue };
            let uid_of_version = Uid(uid(self.issues.len() + number).0);
            let mut task = Task::new(uid_of_version, format!("Version {name}"), 1, self.issues[*first].span);
            task.is_milestone = true;
            task.length = Some(Length { minutes: 0, is_elapsed: false, unit: Unit::Day });
            task.links =
                leaves.iter().map(|place| waits_for(uid(*place), self.issues[*place].span)).collect();
            let last = |place: &usize| day(self.issues[*place].resolved);
            if of_version.iter().all(|place| self.issues[*place].state == State::Done)
                && let Some(last) = of_version.iter().filter_map(last).max()
            {
                task.actual_start = Some(last.to_datetime(evening()));
                task.actual_finish = task.actual_start;
                task.percent_complete = 100;
            }
            draft.plan.tasks.push(task);
        }
    }

    fn defects(&self, draft: &mut Draft, start: Date) {
        for (place, issue) in self.issues.iter().enumerate().filter(|(_, issue)| issue.is_bug()) {
            let severity = match priority_of(&issue.priority).unwrap_or(USUAL_PRIORITY) {
                800.. => 1,
                600..=799 => 2,
                400..=599 => 3,
                _ => 4,
            };
            let opened = day(issue.created).unwrap_or(start);
            let is_closed = matches!(issue.state, State::Done | State::Dropped);
            let closed = day(issue.resolved).or(day(issue.updated)).filter(|_| is_closed);
            let owner = (!issue.assignee.is_empty()).then(|| draft.person(&issue.assignee, issue.span));
            let task = if self.is_task[place] { Some(place) } else { self.parents[place] };
            draft.plan.defects.push(Defect {
                key: issue.key.clone(),
                title: issue.summary.clone(),
                severity,
                opened,
                closed: closed.map(|closed| closed.max(opened)),
                owner,
                task: task.map(uid),
            });
        }
    }

    /// What has no place: columns, and issues that were dropped.
    fn tell(&self, draft: &mut Draft, cells: &Cells) {
        for issue in self.issues.iter().filter(|issue| issue.state == State::Dropped && !issue.is_bug()) {
            draft.note(
                &issue.key,
                "was closed without being done and was left out",
                "add it to `plan.yaml` when it shall be done after all",
            );
        }
        let in_register =
            self.issues.iter().zip(&self.is_task).filter(|(issue, is_task)| issue.is_bug() && !**is_task);
        let n = in_register.count();
        if n > 0 {
            draft.decide(format!(
                "{} without estimate, time or links stands in `defects.csv` alone; all others stand in the plan as well.",
                count(n, "bug")
            ));
        }
        let mut unread: BTreeMap<&str, usize> = BTreeMap::new();
        for (place, cell) in cells.header.iter().enumerate() {
            if !is_read(&english(&cell.text))
                && cells.rows.iter().any(|row| Cells::cell(row, place).is_some())
            {
                *unread.entry(&cell.text).or_default() += 1;
            }
        }
        for name in unread.into_keys() {
            draft.note(
                "",
                format!("the column `{name}` was left out"),
                "leave it in Jira, or enter by hand what matters of it",
            );
        }
    }
}

/// The issue above each; none where it is not in the export, or where parents lead in a circle.
fn above(issues: &[Issue], places: &BTreeMap<String, usize>, found: &mut Diagnostics) -> Vec<Option<usize>> {
    let find = |cell: &Cell| places.get(&cell.text.trim().to_lowercase()).copied();
    let mut above: Vec<Option<usize>> = Vec::new();
    for issue in issues {
        let parent = issue.parents.iter().find_map(find);
        if let (None, Some(cell)) = (parent, issue.parents.first()) {
            let message =
                format!("`{}` stands below `{}`, which is not in this export", issue.key, cell.text);
            found.push(
                Diagnostic::new(&DANGLING_FOREIGN_REFERENCE, cell.span, message)
                    .hint("export its parent too, or group the tasks by hand in `plan.yaml`"),
            );
        }
        above.push(parent);
    }
    // Each issue is walked once; whoever comes back to its own walk closes a circle.
    let mut walks = vec![0; issues.len()];
    for place in 0..issues.len() {
        let mut at = place;
        while walks[at] == 0 {
            walks[at] = place + 1;
            let Some(parent) = above[at] else { break };
            if walks[parent] == place + 1 {
                above[at] = None;
                let message = format!("`{}` stands below itself", issues[at].key);
                found.push(
                    Diagnostic::new(&LINKS_IN_A_CIRCLE, issues[at].span, message)
                        .hint("correct its parent in Jira and export again"),
                );
                break;
            }
            at = parent;
        }
    }
    above
}

fn uid(place: usize) -> Uid {
    Uid(i64::try_from(place).unwrap_or(i64::MAX - 1) + 1)
}

/// Labels, components, sprints and points, as a line of the notes each.
fn words(issue: &Issue) -> String {
    let kept = issue.words.iter().filter(|(_, values)| !values.is_empty());
    let lines: Vec<String> = kept.map(|(what, values)| format!("{what}: {}", values.join(", "))).collect();
    lines.join("\n")
}
