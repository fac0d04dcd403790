//! A plan in the making, as tables and trackers give it: who is who, who works on what, when untold work began.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::{Date, DateTime};

use crate::diagnostic::spelling::count;
use crate::diagnostic::{Diagnostics, Span};
use crate::exchange::circle;
use crate::exchange::date::{evening, morning};
use crate::exchange::folder::Leftover;
use crate::exchange::plan::{
    Assignment, Lag, Length, Link, LinkKind, Plan, Program, Resource, Task, Uid, Unit,
};
use crate::model::{Calendar, WorkingTime};
use crate::quantity::Instant;

/// What stands above a task whose length nobody knows.
pub(super) const GUESS: &str =
    "guess: the file says nothing of the effort; put an estimate in the place of this day";

/// What became of an issue that is closed and not done.
pub(super) const DROPPED: &str = "was closed without being done";

/// A plan in the making.
pub(super) struct Draft {
    pub(super) plan: Plan,
    people: BTreeMap<String, Uid>,
    time: WorkingTime,
    n_guesses: usize,
}

/// What somebody does on a task.
pub(super) struct Share {
    pub(super) who: Uid,
    /// Hundredths of a percent of a day.
    pub(super) units: i64,
    /// Minutes of work, those done among them.
    pub(super) work: i64,
    pub(super) done: i64,
}

impl Draft {
    /// Begins a plan; its start is set when all dates are known.
    pub(super) fn new(program: Program) -> Self {
        let calendar = Calendar::standard("standard".parse().expect("an id"));
        Self {
            plan: Plan::new(program, Date::constant(2000, 1, 1).at(8, 0, 0, 0)),
            people: BTreeMap::new(),
            time: calendar.compile(),
            n_guesses: 0,
        }
    }

    /// The person of a name.
    pub(super) fn person(&mut self, name: &str, span: Span) -> Uid {
        if let Some(uid) = self.people.get(&name.to_lowercase()) {
            return *uid;
        }
        let uid = Uid(i64::try_from(self.people.len()).unwrap_or(i64::MAX - 1) + 1);
        self.people.insert(name.to_lowercase(), uid);
        self.plan.resources.push(Resource::person(uid, name.to_owned(), span));
        uid
    }

    /// Notes what has no place, of a task by the name that the file has for it.
    pub(super) fn note(&mut self, about: &str, what: impl Into<String>, advice: impl Into<String>) {
        self.plan.leftovers.push(Leftover {
            about: about.to_owned(),
            what: what.into(),
            advice: advice.into(),
        });
    }

    /// Notes that a task waits no longer for what was left out, which `why` tells.
    pub(super) fn lose_wait(&mut self, about: &str, other: &str, why: &str) {
        self.note(
            about,
            format!("waits for `{other}`, which {why}; the link was left out"),
            "name with `after:` in `plan.yaml` what it still waits for",
        );
    }

    /// Notes that a task blocks no longer what was left out, which `why` tells.
    pub(super) fn lose_block(&mut self, about: &str, other: &str, why: &str) {
        self.note(
            about,
            format!("blocks `{other}`, which {why}; the link was left out"),
            "add the other to `plan.yaml` with `after:`, if it shall be done after all",
        );
    }

    /// Tells how something was read.
    pub(super) fn decide(&mut self, what: impl Into<String>) {
        self.plan.decided.push(what.into());
    }

    /// Assigns somebody to a task.
    pub(super) fn assign(&mut self, task: &Task, share: &Share) {
        self.plan.assignments.push(Assignment {
            task: task.uid,
            resource: share.who,
            units: share.units,
            work: share.work,
            cost: 0,
            delay: 0,
            rate_table: 0,
            remaining_work: None,
            is_even: true,
            actual_work: share.done,
            actual_cost: 0,
            done_by_day: Vec::new(),
            span: task.span,
        });
    }

    /// Gives a task without any estimate a day, and says so above it.
    pub(super) fn guess(&mut self, task: &mut Task) {
        self.n_guesses += 1;
        task.length = Some(Length { minutes: 480, is_elapsed: false, unit: Unit::Day });
        task.comments.push(GUESS.to_owned());
    }

    /// When work began that was done by the end of a day and took so long: counted back along the usual week, not before a day.
    pub(super) fn began(&self, last: Date, minutes: i64, not_before: Date) -> DateTime {
        let finish = self.time.previous_working_end(Instant::end_of(last));
        let start = self.time.subtract(finish, minutes.max(1)).day();
        start.max(not_before).min(last).to_datetime(morning())
    }

    /// Working minutes from one moment to another along the usual week.
    pub(super) fn between(&self, from: DateTime, to: DateTime) -> i64 {
        self.time.between(Instant::from_civil(from), Instant::from_civil(to)).max(0)
    }

    /// Ends the plan: circles of links are opened, and what happened after the day of the report is taken back.
    pub(super) fn finished(mut self, start: DateTime, as_of: Option<Date>, found: &mut Diagnostics) -> Plan {
        self.plan.start = start;
        if let Some(day) = as_of {
            self.plan.status = Some(day.to_datetime(evening()));
            self.take_back(day);
        }
        if self.n_guesses > 0 {
            let n = self.n_guesses;
            self.decide(format!(
                "{n} of the tasks had no estimate: a day was written, with the comment `# guess` above it in `plan.yaml`. *Search for \
                 `guess`, write what is known, and remove the comment.*"
            ));
        }
        circle::open(&mut self.plan, found);
        self.plan
    }

    /// Takes back what was reported after a day.
    fn take_back(&mut self, day: Date) {
        let mut taken = BTreeSet::new();
        for task in &mut self.plan.tasks {
            if task.actual_start.is_some_and(|start| start.date() > day) {
                (task.actual_start, task.actual_finish, task.percent_complete) = (None, None, 0);
                taken.insert(task.uid);
            } else if task.actual_finish.is_some_and(|finish| finish.date() > day) {
                task.actual_finish = None;
                task.percent_complete = task.percent_complete.min(99);
                taken.insert(task.uid);
            }
        }
        for assignment in self.plan.assignments.iter_mut().filter(|one| taken.contains(&one.task)) {
            assignment.actual_work = 0;
        }
        if !taken.is_empty() {
            self.note(
                "",
                format!("what was done after {day} was taken back, of {}", count(taken.len(), "task")),
                "import without `--as-of`, or with a later day, to have it as well",
            );
        }
    }
}

/// A link by which a task waits for the end of another.
pub(super) fn waits_for(predecessor: Uid, span: Span) -> Link {
    Link { predecessor, kind: LinkKind::FinishStart, lag: Lag::Working(0, Unit::Day), elsewhere: None, span }
}
