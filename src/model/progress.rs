//! Reports of progress, and what they say about a task as of a day.

use std::collections::BTreeSet;

use jiff::civil::Date;

use crate::diagnostic::Span;
use crate::model::{Project, TaskNo};
use crate::quantity::{Duration, Moment, Percent};

/// One line of `progress.csv`.
#[derive(Clone, Debug, PartialEq)]
pub struct ProgressEntry {
    /// The day as of which it was reported.
    pub status_date: Date,
    /// The task.
    pub task: TaskNo,
    /// The day on which work began, or the minute of it.
    pub actual_start: Option<Moment>,
    /// The day on which it ended, or the minute of it.
    pub actual_finish: Option<Moment>,
    /// Physical percentage done.
    pub percent_complete: Option<Percent>,
    /// The step that is done as of this report, by its place among the task's steps.
    pub step: Option<usize>,
    /// Units done so far.
    pub units_done: Option<i64>,
    /// Units there are in all, as of this report: scope as it is now.
    pub units_total: Option<i64>,
    /// Working time still needed.
    pub remaining: Option<Duration>,
    /// When the work that is left goes on, where it pauses until then; not before the day of the report.
    pub resume: Option<Moment>,
    /// Remark.
    pub note: Option<String>,
    /// Whether the line was written after its day and only tells what had happened by then; never as of the status date. It is no
    /// report of that day.
    pub is_told_later: bool,
    /// Where the line stands.
    pub origin: Span,
}

#[cfg(test)]
impl ProgressEntry {
    /// A line of a day about a task that says nothing yet.
    pub(crate) fn silent(status_date: Date, task: TaskNo) -> Self {
        Self {
            status_date,
            task,
            actual_start: None,
            actual_finish: None,
            percent_complete: None,
            step: None,
            units_done: None,
            units_total: None,
            remaining: None,
            resume: None,
            note: None,
            is_told_later: false,
            origin: Span::default(),
        }
    }
}

/// What is known about a task as of a day: the newest word on each point.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct TaskProgress {
    /// The day on which work began, or the minute of it.
    pub actual_start: Option<Moment>,
    /// The day on which it ended, or the minute of it.
    pub actual_finish: Option<Moment>,
    /// Physical percentage done; 100 % once finished.
    pub percent_complete: Option<Percent>,
    /// The steps reported as done, by their places among the task's steps; empty where none was reported.
    pub steps_done: BTreeSet<usize>,
    /// Units done.
    pub units_done: Option<i64>,
    /// Units in all, where a report changed them.
    pub units_total: Option<i64>,
    /// Working time still needed, if the newest report says so.
    pub remaining: Option<Duration>,
    /// When the work that is left goes on, where a report says that it pauses; may lie in the past.
    pub resume: Option<Moment>,
    /// The day of the newest report.
    pub reported: Option<Date>,
    /// Where the newest report stands.
    pub origin: Option<Span>,
    /// Where the word on each point stands: a report that leaves a cell empty says nothing about it.
    pub lines: ProgressLines,
}

/// Where the newest word on each point of a task's progress stands; none for a point that no report names.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ProgressLines {
    /// The report of its actual start.
    pub start: Option<Span>,
    /// The report of its actual finish.
    pub finish: Option<Span>,
    /// The report of a percentage, a step or units.
    pub done: Option<Span>,
    /// The report of when the work that is left goes on.
    pub resume: Option<Span>,
}

impl TaskProgress {
    /// Where its start is reported; where no report names one, the newest report.
    #[must_use]
    pub fn start_line(&self) -> Option<Span> {
        self.lines.start.or(self.origin)
    }

    /// Where its finish is reported; where no report names one, the newest report.
    #[must_use]
    pub fn finish_line(&self) -> Option<Span> {
        self.lines.finish.or(self.origin)
    }

    /// Where it is reported how much is done: once finished the report of the finish, and where no report says how much, the newest report.
    #[must_use]
    pub fn done_line(&self) -> Option<Span> {
        if self.actual_finish.is_some() { self.finish_line() } else { self.lines.done.or(self.origin) }
    }
}

impl Project {
    /// The lines of `progress.csv` up to a day by task, in the order of the file: one list for each task of the plan.
    #[must_use]
    pub fn told_by_task(&self, upto: Date) -> Vec<Vec<&ProgressEntry>> {
        let mut told: Vec<Vec<&ProgressEntry>> = vec![Vec::new(); self.tasks.len()];
        for entry in self.progress.iter().filter(|entry| entry.status_date <= upto) {
            told[entry.task.0 as usize].push(entry);
        }
        told
    }

    /// The lines of `progress.csv` of a day or before that are reports of their days.
    pub fn told_upto(&self, day: Date) -> impl Iterator<Item = &ProgressEntry> {
        self.progress.iter().filter(move |entry| entry.status_date <= day && !entry.is_told_later)
    }

    /// Gathers, for each task, what had been reported up to and including a day.
    ///
    /// A later report overrides an earlier one point by point; an empty cell leaves the earlier word,
    /// except `remaining`, which belongs to its report alone. Steps once done stay done, and tell how much of the work is
    /// done where their report does not.
    #[must_use]
    pub fn progress_as_of(&self, day: Date) -> Vec<TaskProgress> {
        let mut known = vec![TaskProgress::default(); self.tasks.len()];
        for entry in self.progress.iter().filter(|entry| entry.status_date <= day) {
            let task = &mut known[entry.task.0 as usize];
            task.actual_start = entry.actual_start.or(task.actual_start);
            task.actual_finish = entry.actual_finish.or(task.actual_finish);
            task.steps_done.extend(entry.step);
            let by_steps = entry.step.map(|_| self.task(entry.task).weight_of(&task.steps_done));
            task.percent_complete = entry.percent_complete.or(by_steps).or(task.percent_complete);
            task.units_done = entry.units_done.or(task.units_done);
            task.units_total = entry.units_total.or(task.units_total);
            task.remaining = entry.remaining;
            task.resume = entry.resume.or(task.resume);
            task.reported = Some(entry.status_date);
            task.origin = Some(entry.origin);
            let says_done =
                entry.percent_complete.is_some() || entry.step.is_some() || entry.units_done.is_some();
            for (says, line) in [
                (entry.actual_start.is_some(), &mut task.lines.start),
                (entry.actual_finish.is_some(), &mut task.lines.finish),
                (says_done, &mut task.lines.done),
                (entry.resume.is_some(), &mut task.lines.resume),
            ] {
                if says {
                    *line = Some(entry.origin);
                }
            }
        }
        for task in &mut known {
            if task.actual_finish.is_some() {
                task.percent_complete = Some(Percent::WHOLE);
                task.remaining = None;
                task.resume = None;
            }
        }
        known
    }
}
