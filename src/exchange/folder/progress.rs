//! `progress.csv` from what MS Project says was done.
//!
//! Comes in: the tasks that are carried over. Goes out: one row for each that has begun, as of one day. Before anything has
//! begun there is no file, and the plan is built as planned.

use jiff::civil::{Date, DateTime};

use crate::exchange::folder::means::Means;
use crate::exchange::folder::outline::Outline;
use crate::exchange::folder::terms::{End, Terms, last_day};
use crate::exchange::plan::{Length, Task, Unit};

/// What was done on a task.
pub(super) struct Done<'a> {
    pub(super) task: &'a Task,
    start: DateTime,
    finish: Option<DateTime>,
}

impl Done<'_> {
    /// The day on which work began.
    pub(super) fn first_day(&self) -> Date {
        self.start.date()
    }

    /// The last day on which work was done, as far as the plan tells.
    pub(super) fn last_day(&self) -> Date {
        let stop = self.task.stop.filter(|stop| *stop > self.start);
        self.finish.or(stop).map_or(self.start.date(), last_day)
    }
}

/// The tasks that have begun, in their order.
pub(super) fn begun<'a>(outline: &Outline<'a>) -> Vec<Done<'a>> {
    let leaves = outline.lines.iter().filter(|line| !line.is_summary());
    leaves
        .filter_map(|line| {
            let task = line.task;
            let is_whole = task.percent_complete == 100;
            let has_begun =
                task.actual_start.is_some() || task.actual_finish.is_some() || task.percent_complete > 0;
            let start = task.actual_start.or(task.start).filter(|_| has_begun)?;
            let finish = task.actual_finish.or(task.finish.filter(|_| is_whole));
            Some(Done { task, start, finish: finish.map(|finish| finish.max(start)) })
        })
        .collect()
}

/// Days that can be the status date: the last one on which something happened, and later ones that the plan names.
///
/// Empty when nothing has begun.
pub(super) fn status_dates(outline: &Outline<'_>, status: Option<DateTime>) -> Vec<Date> {
    let done = begun(outline);
    let Some(newest) = done.iter().map(|done| done.finish.map_or(done.start.date(), last_day)).max() else {
        return Vec::new();
    };
    let open = done.iter().filter(|done| done.finish.is_none());
    let stops = open.filter_map(|done| done.task.stop).map(last_day).max();
    let mut dates: Vec<Date> = vec![newest];
    dates.extend(stops.into_iter().chain(status.map(DateTime::date)).filter(|day| *day > newest));
    // What the plan itself names comes first where both give the same dates.
    dates.sort_unstable();
    dates.reverse();
    dates.dedup();
    dates
}

/// Writes the rows as of a day; none when nothing has begun.
pub(super) fn progress(
    outline: &Outline<'_>,
    (terms, means): (&Terms<'_>, &Means<'_>),
    as_of: Date,
) -> Option<String> {
    let done = begun(outline);
    if done.is_empty() {
        return None;
    }
    let rows: Vec<[String; 7]> = done.iter().map(|done| row(done, (terms, means), as_of)).collect();
    let has_resume = rows.iter().any(|row| !row[6].is_empty());
    let n_columns = if has_resume { 7 } else { 6 };
    let header =
        ["status_date", "task", "actual_start", "actual_finish", "percent_complete", "remaining", "resume"];
    let mut text = header[..n_columns].join(",");
    text.push('\n');
    for row in &rows {
        text += &row[..n_columns].join(",");
        text.push('\n');
    }
    Some(text)
}

fn row(done: &Done<'_>, (terms, means): (&Terms<'_>, &Means<'_>), as_of: Date) -> [String; 7] {
    let task = done.task;
    let start = if task.is_point() { String::new() } else { terms.moment_of(task, done.start, End::Start) };
    let (mut remaining, mut resume) = (String::new(), String::new());
    let mut finish = String::new();
    if let Some(at) = done.finish {
        finish = terms.moment_of(task, at, End::Finish);
    } else {
        let usual = Length { minutes: 0, is_elapsed: false, unit: Unit::Day };
        // Where people are away by turns, the duration is how long each of them works, and so is what is left of it.
        let left = task.remaining.filter(|left| *left > 0);
        let each = left.and_then(|_| means.own_rest(task)).filter(|each| *each > 0);
        let rest = task
            .spanned_rest
            .or(each)
            .or(task.remaining)
            .map(|minutes| Length { minutes: minutes.max(0), ..task.length.unwrap_or(usual) });
        remaining = rest.and_then(|rest| terms.some_length(task.uid, rest)).unwrap_or_default();
        resume = resume_of(task).map_or_else(String::new, |at| terms.moment_of(task, at, End::Start));
    }
    let percent = if done.finish.is_some() { 100 } else { task.percent_complete.min(99) };
    [
        as_of.to_string(),
        terms.task(task.uid).to_owned(),
        start,
        finish,
        format!("{percent}%"),
        remaining,
        resume,
    ]
}

/// When the rest goes on, where that is not when the work stopped, or where what is done was interrupted.
fn resume_of(task: &Task) -> Option<DateTime> {
    if task.spanned_rest.is_some() {
        return task.goes_on();
    }
    task.resume.filter(|resume| task.stop.is_some_and(|stop| *resume > stop))
}
