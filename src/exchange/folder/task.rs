//! The fields of a task in `plan.yaml`.
//!
//! Comes in: a foreign task. Goes out: its keys and values in the order in which they are read best. Not here: where it
//! stands in the tree.

use crate::exchange::folder::leftover::Leftovers;
use crate::exchange::folder::means::Means;
use crate::exchange::folder::terms::{End, LONGEST, Terms};
use crate::exchange::plan::{ConstraintKind, Lag, Length, Link, LinkKind, Task, USUAL_PRIORITY, Uid, Unit};
use crate::source::yaml::write::{Pair, Value};

/// The longest time of the clock that a lag may have, in minutes: 7 300 days.
const LONGEST_ELAPSED: i64 = 7_300 * 1_440;

/// The largest share of its predecessor that a lag may have.
const MOST_PERCENT: i64 = 1_000;

/// Writes the fields of tasks.
pub(super) struct TaskWriter<'a> {
    /// What all files agree on.
    pub(super) terms: &'a Terms<'a>,
    /// People and money.
    pub(super) means: &'a Means<'a>,
}

impl TaskWriter<'_> {
    /// The fields of a line, without the tasks below it.
    pub(super) fn fields(
        &self,
        task: &Task,
        id: &str,
        is_summary: bool,
        leftovers: &mut Leftovers,
    ) -> Vec<Pair> {
        let mut pairs = self.kind(task, id, is_summary, leftovers);
        let is_point = pairs.iter().any(|(key, _)| *key == "milestone");
        let (after, has_lag) = self.after(task, (id, is_summary), leftovers);
        if !after.is_empty() {
            pairs.push(("after", Value::List(after)));
        }
        let constraint = self.constraint(task, id, is_summary, leftovers);
        let needs_reason = has_lag || !constraint.is_empty();
        pairs.extend(constraint);
        if needs_reason {
            pairs.push(("because", Value::Bare(self.terms.plan.program.reason())));
        }
        if let Some(deadline) = task.deadline {
            pairs.push(("deadline", Value::Bare(self.terms.moment_of(task, deadline, End::Finish))));
        }
        if let (Some(calendar), false) =
            (task.calendar.and_then(|uid| self.terms.calendars.get(&uid)), is_summary)
        {
            pairs.push(("calendar", Value::Bare(calendar.clone())));
            if task.ignores_people && !is_point {
                pairs.push(("ignore_people_calendars", Value::Bare("true".to_owned())));
            }
        }
        if task.calendar.is_none()
            && !is_summary
            && !is_point
            && let Some(calendar) = self.means.calendar_of_roles(task)
        {
            pairs.push(("calendar", Value::Bare(calendar.clone())));
        }
        if task.priority != USUAL_PRIORITY && !is_summary && !is_point {
            pairs.push(("priority", Value::Bare(task.priority.to_string())));
        }
        if !is_summary {
            pairs.extend(self.means.money(task, id, leftovers));
        }
        let notes = [task.notes.as_str(), task.hyperlink.as_str()];
        let notes: Vec<&str> = notes.into_iter().filter(|text| !text.is_empty()).collect();
        if !notes.is_empty() {
            pairs.push(("notes", Value::Lines(notes.join("\n"))));
        }
        pairs
    }

    /// What kind of line it is: its name, and how long it takes.
    fn kind(&self, task: &Task, id: &str, is_summary: bool, leftovers: &mut Leftovers) -> Vec<Pair> {
        let name = if task.name.is_empty() { id.to_owned() } else { task.name.clone() };
        if is_summary {
            self.means.refuse_people(task, id, ("a summary", None), leftovers);
            return vec![("name", Value::Words(name))];
        }
        if task.is_point() {
            self.means.refuse_people(
                task,
                id,
                (
                    "a milestone, which takes no time",
                    Some("make the work a task of its own, before the milestone"),
                ),
                leftovers,
            );
            let is_word = matches!(name.as_str(), "true" | "yes" | "false" | "no");
            let name = if is_word { format!("{name} (milestone)") } else { name };
            return vec![("milestone", Value::Words(name))];
        }
        if task.is_effort() {
            let mut pairs = vec![("name", Value::Words(name))];
            pairs.extend(self.means.effort(task, id, leftovers));
            return pairs;
        }
        let Some(mut length) = task.length else { return self.without_length(task, id, name, leftovers) };
        if task.is_milestone {
            leftovers.note(
                id,
                "is shown as a milestone although it takes time; it became ordinary work",
                "add a milestone behind it, if it shall be seen",
            );
        }
        if let Some(minutes) = self.means.own_length(task).filter(|_| !length.is_elapsed) {
            length.minutes = minutes;
        }
        if task.is_length_of_dates {
            leftovers.note(
                id,
                format!(
                    "has no duration in {}; the working time between its dates was written",
                    self.terms.plan.program.name()
                ),
                "check its duration in `plan.yaml`",
            );
        }
        if task.is_estimated && task.actual_finish.is_none() {
            leftovers.note(
                id,
                "has a duration that is marked as a guess (`5 days?`), which milepost does not mark",
                "write three points in its place where the guess is wide: `duration: 4d / 5d / 9d`",
            );
        }
        if task.spanned.is_some() {
            self.tell_of_span(task, id, leftovers);
        }
        if length.minutes > LONGEST {
            leftovers.note(
                id,
                "takes more than twenty years; it was cut",
                "check its duration in `plan.yaml`",
            );
            length.minutes = LONGEST;
        }
        let mut pairs = vec![
            ("name", Value::Words(name)),
            ("duration", Value::Bare(self.terms.length(task.uid, length))),
        ];
        pairs.extend(self.means.people(task, id, leftovers));
        pairs
    }

    /// Its dates became its duration.
    fn tell_of_span(&self, task: &Task, id: &str, leftovers: &mut Leftovers) {
        let is_short = task.spanned < task.length.map(|length| length.minutes);
        if is_short {
            leftovers.note(
                id,
                "has dates typed by hand with less time between them than it takes; the time between them was written as its duration",
                "check its duration and its dates in `plan.yaml`",
            );
        } else {
            let program = self.terms.plan.program.name();
            leftovers.note(
                id,
                format!("was split or stretched in {program}; the time from its start to its finish was written as its duration"),
                "make a task of each part, if the pause shall be seen",
            );
        }
    }

    /// A task whose length was never typed.
    fn without_length(&self, task: &Task, id: &str, name: String, leftovers: &mut Leftovers) -> Vec<Pair> {
        leftovers.note(
            id,
            format!("has no duration in {}; a day was written", self.terms.plan.program.name()),
            "write how long it takes in `plan.yaml`",
        );
        let mut pairs = vec![("name", Value::Words(name)), ("duration", Value::Bare("1d".to_owned()))];
        pairs.extend(self.means.people(task, id, leftovers));
        pairs
    }

    /// What it waits for, and whether any of it has a lag.
    fn after(
        &self,
        task: &Task,
        (id, is_summary): (&str, bool),
        leftovers: &mut Leftovers,
    ) -> (Vec<String>, bool) {
        let mut after = Vec::new();
        let mut has_lag = false;
        for link in &task.links {
            if let Some(project) = &link.elsewhere {
                leftovers.note(
                    id,
                    format!("waits for a task of another file ({project})"),
                    "enter what you wait for in `dependencies.yaml`, and bind the task with `starts_not_before:` and `because:`",
                );
                continue;
            }
            let Some(predecessor) = self.terms.tasks.get(&link.predecessor) else {
                leftovers.note(
                    id,
                    format!(
                        "waits for a task that is inactive in {} and was left out",
                        self.terms.plan.program.name()
                    ),
                    "name what it really waits for with `after:` in `plan.yaml`",
                );
                continue;
            };
            if predecessor == id {
                leftovers.note(
                    id,
                    "waits for itself",
                    "name what it really waits for with `after:` in `plan.yaml`",
                );
                continue;
            }
            if !is_plausible(link.lag) {
                leftovers.note(
                    id,
                    format!("waits for `{predecessor}` with a lag beyond twenty years, which was left out"),
                    "write the lag in `after:` in `plan.yaml`, if there is one",
                );
            }
            let (text, is_late) = self.link((task.uid, is_summary), link, predecessor);
            has_lag |= is_late;
            if !after.contains(&text) {
                after.push(text);
            }
        }
        (after, has_lag)
    }

    fn link(&self, waiting: (Uid, bool), link: &Link, predecessor: &str) -> (String, bool) {
        let kind = match link.kind {
            LinkKind::FinishStart => "",
            LinkKind::StartStart => " SS",
            LinkKind::FinishFinish => " FF",
            LinkKind::StartFinish => " SF",
        };
        match self.terms.lag(waiting, link.lag).filter(|_| is_plausible(link.lag)) {
            Some(lag) => (format!("{predecessor}{kind} {lag}"), true),
            None => (format!("{predecessor}{kind}"), false),
        }
    }

    /// The dates that bind it.
    fn constraint(&self, task: &Task, id: &str, is_summary: bool, leftovers: &mut Leftovers) -> Vec<Pair> {
        if (task.is_external || task.is_subproject) && !is_summary {
            let what = if task.is_external { "a task of another file" } else { "another file" };
            leftovers.note(
                id,
                format!("stands for {what}; its dates were fixed as they were"),
                "enter it in `dependencies.yaml`, or import that file too and remove the line",
            );
            return self.fixed(task);
        }
        if task.is_manual {
            if is_summary {
                leftovers.note(
                    id,
                    "is a summary with typed dates; its dates follow from its tasks now",
                    "check the dates of the tasks below it",
                );
                return Vec::new();
            }
            let fixed = self.fixed(task);
            if fixed.is_empty() {
                leftovers.note(
                    id,
                    "is scheduled by hand, but has no dates yet",
                    "say what it waits for with `after:` in `plan.yaml`",
                );
            }
            return fixed;
        }
        let key = match task.constraint {
            ConstraintKind::AsSoonAsPossible => {
                if self.terms.plan.is_from_finish && !is_summary {
                    leftovers.note(
                        id,
                        "is done as soon as possible in a plan that is counted back from its finish",
                        "bind it with `starts_not_after:` and `because:`, if it must be early",
                    );
                }
                return self.levelled(task, id, is_summary, leftovers);
            }
            ConstraintKind::StartsNotBefore
                if task.levelling_delay > 0 && task.start >= task.constraint_date =>
            {
                return self.levelled(task, id, is_summary, leftovers);
            }
            ConstraintKind::AsLateAsPossible if self.terms.plan.is_from_finish => return Vec::new(),
            ConstraintKind::AsLateAsPossible => {
                return vec![("as_late_as_possible", Value::Bare("true".to_owned()))];
            }
            ConstraintKind::MustStart => ("must_start", End::Start),
            ConstraintKind::MustFinish => ("must_finish", End::Finish),
            ConstraintKind::StartsNotBefore => ("starts_not_before", End::Start),
            ConstraintKind::StartsNotAfter => ("starts_not_after", End::Either),
            ConstraintKind::FinishesNotBefore => ("finishes_not_before", End::Finish),
            ConstraintKind::FinishesNotAfter => ("finishes_not_after", End::Finish),
        };
        let (key, end) = key;
        if task.is_start_kept {
            leftovers.note(
                id,
                "starts later than anything in the plan explains; its start was written as `starts_not_before:`",
                "name what it waits for with `after:` in `plan.yaml` and remove the date",
            );
        }
        if let Some(at) = task.constraint_date {
            return vec![(key, Value::Bare(self.terms.moment_of(task, at, end)))];
        }
        leftovers.note(
            id,
            format!("has a constraint ({key}) without a date"),
            "write the date into `plan.yaml`, if it is needed",
        );
        Vec::new()
    }

    /// Dates that links do not move.
    fn fixed(&self, task: &Task) -> Vec<Pair> {
        let mut pairs = Vec::new();
        if let Some(start) = task.start {
            pairs.push(("must_start", Value::Bare(self.terms.moment_of(task, start, End::Start))));
        }
        if let Some(finish) = task.finish {
            pairs.push(("must_finish", Value::Bare(self.terms.moment_of(task, finish, End::Finish))));
        }
        if !pairs.is_empty() {
            pairs.push(("manual", Value::Bare("true".to_owned())));
        }
        pairs
    }

    /// The delay that levelling gave it, as a date.
    fn levelled(&self, task: &Task, id: &str, is_summary: bool, leftovers: &mut Leftovers) -> Vec<Pair> {
        let Some(start) = task.start.filter(|_| task.levelling_delay > 0 && !is_summary) else {
            return Vec::new();
        };
        leftovers.note(
            id,
            format!(
                "was delayed by levelling; its start was written as `starts_not_before:` ({})",
                self.terms.length(
                    task.uid,
                    Length { minutes: task.levelling_delay, is_elapsed: true, unit: Unit::Day }
                )
            ),
            "remove the date and let milepost level: `schedule: {level: true}` in `project.yaml`",
        );
        vec![("starts_not_before", Value::Bare(self.terms.moment_of(task, start, End::Start)))]
    }
}

/// Says whether a lag is one that a plan can have.
fn is_plausible(lag: Lag) -> bool {
    match lag {
        Lag::Working(minutes, _) => minutes.abs() <= LONGEST,
        Lag::Elapsed(minutes, _) => minutes.abs() <= LONGEST_ELAPSED,
        Lag::Share { percent, .. } => percent.abs() <= MOST_PERCENT,
    }
}
