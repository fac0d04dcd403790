//! `progress.csv`: which task a report speaks of, and whether its facts can be true.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use crate::declare_rule;
use crate::diagnostic::spelling::{did_you_mean, one_of};
use crate::diagnostic::{Diagnostic, Diagnostics, Span, Spanned};
use crate::model::{Conventions, Earning, ProgressEntry, Task, TaskKind, TaskNo};
use crate::quantity::{Duration, Id, Moment, Percent};
use crate::record::BAD_SCALAR;
use crate::record::progress::ProgressRow;
use crate::resolve::entry::DATES_OUT_OF_ORDER;
use crate::resolve::names::Names;
use crate::resolve::rule::UNKNOWN_REFERENCE;
use crate::resolve::task_kind::tell_months;

declare_rule! {
    /// A report says that something happened on a day after the day it speaks of. What has not happened yet is a plan,
    /// and the plan computes it.
    ///
    /// Wrong:
    /// ```csv
    /// status_date,task,actual_start,actual_finish
    /// 2026-08-14,survey,2026-08-13,2026-08-27
    /// ```
    /// Right:
    /// ```csv
    /// status_date,task,actual_start,actual_finish
    /// 2026-08-14,survey,2026-08-13,
    /// 2026-08-28,survey,2026-08-13,2026-08-27
    /// ```
    pub static ACTUAL_IN_FUTURE: Rule = ("E401", "actual-in-future", Error, "0.1.0", "a fact from the future");
}

declare_rule! {
    /// A task is reported as finished, or part of it as done, though no report says when it began, or it finishes before it
    /// begins. Without these days there is no telling when its cost and value arose, and what is left of it would be planned
    /// as if nobody had begun.
    ///
    /// Wrong:
    /// ```csv
    /// status_date,task,actual_start,actual_finish
    /// 2026-08-28,survey,,2026-08-27
    /// ```
    /// Right:
    /// ```csv
    /// status_date,task,actual_start,actual_finish
    /// 2026-08-28,survey,2026-08-13,2026-08-27
    /// ```
    pub static FINISH_WITHOUT_START: Rule =
        ("E402", "finish-without-start", Error, "0.1.0", "a finish, or work done, without a start before it");
}

declare_rule! {
    /// A task is reported as 100% done, but no report says when it was finished. Either it is finished – then the day
    /// is known – or something is left to do, and then it is not at 100%.
    ///
    /// Wrong:
    /// ```csv
    /// status_date,task,actual_start,actual_finish,percent_complete
    /// 2026-08-28,survey,2026-08-13,,100%
    /// ```
    /// Right:
    /// ```csv
    /// status_date,task,actual_start,actual_finish,percent_complete
    /// 2026-08-28,survey,2026-08-13,2026-08-27,100%
    /// ```
    pub static WHOLE_WITHOUT_FINISH: Rule =
        ("E403", "whole-without-finish", Error, "0.1.0", "100% done but not finished");
}

declare_rule! {
    /// A report says on which day a task was finished, and that not all of it is done. What is finished counts as done, so the
    /// rest would be lost without a word.
    ///
    /// Wrong:
    /// ```csv
    /// status_date,task,actual_start,actual_finish,percent_complete
    /// 2026-08-28,survey,2026-08-13,2026-08-27,50%
    /// ```
    /// Right, where it is finished:
    /// ```csv
    /// status_date,task,actual_start,actual_finish,percent_complete
    /// 2026-08-28,survey,2026-08-13,2026-08-27,
    /// ```
    pub static FINISHED_WITH_WORK_LEFT: Rule =
        ("E471", "finished-with-work-left", Error, "0.1.0", "finished, and not all of it done");
}

declare_rule! {
    /// A report counts more units done than there are. Where scope has grown, say so in `units_total`; the growth then
    /// shows in the charts instead of hiding in a percentage above 100.
    ///
    /// Wrong (of `units 14 branches`):
    /// ```csv
    /// status_date,task,units_done
    /// 2026-08-28,survey,15
    /// ```
    /// Right:
    /// ```csv
    /// status_date,task,units_done,units_total
    /// 2026-08-28,survey,15,16
    /// ```
    pub static MORE_DONE_THAN_THERE_IS: Rule =
        ("E414", "more-done-than-there-is", Error, "0.1.0", "more units done than there are");
}

declare_rule! {
    /// A report speaks of a summary. A summary has no work of its own: its progress is computed from the tasks below it.
    ///
    /// Wrong: a row for `network`, a summary that holds `cabling` and `switches`
    ///
    /// Right: a row for `cabling` and a row for `switches`
    pub static PROGRESS_OF_SUMMARY: Rule =
        ("E415", "progress-of-summary", Error, "0.1.0", "progress reported for a summary");
}

declare_rule! {
    /// A report says that a milestone or a gate has begun, or how far it is, and not that it is over. What has no length is reached or
    /// not; a gate is passed by the decision in its page, not by a report.
    ///
    /// Wrong: `2026-03-04,G1,2026-03-02,,50%`
    ///
    /// Right: no row for the gate; for a milestone that was reached its `actual_finish`, for both ends alike
    pub static PROGRESS_OF_POINT: Rule =
        ("W430", "progress-of-point", Warning, "0.1.0", "progress of what has no length");
}

declare_rule! {
    /// A report says that nothing is left of a task, and neither that it is finished nor that all of it is done. What is left is
    /// what the forecast plans with, so that the task ends on the day of the report however little of it is done.
    ///
    /// Wrong:
    /// ```csv
    /// status_date,task,actual_start,actual_finish,percent_complete,remaining
    /// 2026-08-21,survey,2026-08-13,,10%,0d
    /// ```
    /// Right, where it goes on:
    /// ```csv
    /// status_date,task,actual_start,actual_finish,percent_complete,remaining
    /// 2026-08-21,survey,2026-08-13,,10%,9d
    /// ```
    pub static NOTHING_LEFT: Rule =
        ("W432", "nothing-left", Warning, "0.1.0", "nothing left, and not finished");
}

declare_rule! {
    /// Two rows report of one task as of one day, and a column of theirs says two things. The row further down in the file counts,
    /// whichever of the two was meant. It comes about where two branches each report of the task, and git keeps the rows of both.
    ///
    /// Wrong:
    /// ```csv
    /// status_date,task,actual_start,actual_finish,percent_complete
    /// 2026-08-14,survey,2026-08-13,,80%
    /// 2026-08-14,survey,2026-08-13,,40%
    /// ```
    /// Right: one of the two rows.
    pub static REPORTS_DISAGREE: Rule =
        ("W433", "reports-disagree", Warning, "0.1.0", "two reports of a task on one day say two things");
}

/// What earlier rows said about a task.
#[derive(Clone, Default)]
struct Known {
    /// Whether what is left is done after the day of a report.
    conventions: Conventions,
    start: Option<(Moment, Span)>,
    /// Whether a start is written that could not be read.
    has_unread_start: bool,
    has_finish: bool,
    /// Whether a finish is written that could not be read.
    has_unread_finish: bool,
    units_total: Option<i64>,
    steps: BTreeSet<usize>,
}

impl Known {
    /// Notes a row that could not be read: it may tell the start and the finish.
    fn note_lost_row(&mut self) {
        (self.has_unread_start, self.has_unread_finish) = (true, true);
    }
}

/// Notes rows that could not be read at the tasks that they name, and where none is named at all tasks.
fn note_lost_rows(lost: &[Vec<String>], names: &Names, known: &mut [Known]) {
    for row in lost {
        let ids = row.iter().filter_map(|cell| cell.parse::<Id>().ok());
        let tasks: Vec<usize> = ids.filter_map(|id| Some(names.tasks.get(&id)?.0 as usize)).collect();
        if tasks.is_empty() {
            known.iter_mut().for_each(Known::note_lost_row);
        }
        for place in tasks {
            known[place].note_lost_row();
        }
    }
}

/// Resolves the reports of progress, in the order of their dates, then of the file; rows that could not be read are given by their cells.
pub(super) fn resolve_progress(
    (rows, lost): (&[ProgressRow], &[Vec<String>]),
    (tasks, conventions): (&[Task], Conventions),
    names: &Names,
    found: &mut Diagnostics,
) -> Vec<ProgressEntry> {
    let mut rows: Vec<&ProgressRow> = rows.iter().collect();
    rows.sort_by_key(|row| row.status_date.value);
    let mut known = vec![Known { conventions, ..Known::default() }; tasks.len()];
    note_lost_rows(lost, names, &mut known);
    // A row of an unknown task may be meant for the one that is near in name, or for any.
    for row in rows.iter().filter(|row| names.tasks.get(&row.task.value).is_none()) {
        let near = did_you_mean(row.task.value.as_str(), tasks.iter().map(|task| task.id.as_str()));
        let meant =
            known.iter_mut().zip(tasks).filter(|(_, task)| near.is_none_or(|near| task.id.as_str() == near));
        for (known, _) in meant {
            known.has_unread_start |= row.actual_start.is_some();
            known.has_unread_finish |= row.actual_finish.is_some();
        }
    }
    let mut entries = Vec::new();
    let mut of_day: BTreeMap<(u32, Date), Said> = BTreeMap::new();
    for row in rows {
        check_row(row, found);
        let Some(number) = names.task(&row.task, found) else { continue };
        let task = &tasks[number.0 as usize];
        if task.is_summary() {
            let message = format!("`{}` is a summary: its progress is the sum of its tasks", task.id);
            found.push(
                Diagnostic::new(&PROGRESS_OF_SUMMARY, row.task.span, message)
                    .also(task.origin, "the summary")
                    .hint("report the tasks below it"),
            );
            continue;
        }
        check_agreed(row, of_day.entry((number.0, row.status_date.value)).or_default(), found);
        check_point(row, task, found);
        check_dates(row, task, &mut known[number.0 as usize], found);
        check_units(row, task, &mut known[number.0 as usize], found);
        check_begun(row, task, &known[number.0 as usize], found);
        check_left(row, task, &known[number.0 as usize], found);
        let entry = entry_of(row, (number, task), &known[number.0 as usize], found);
        check_steps(row, (task, entry.step), &mut known[number.0 as usize], found);
        entries.push(entry);
    }
    entries
}

/// What the rows of one task and day say so far, column by column, each as the last row that fills it in.
type Said = [Option<(String, Span)>; 7];

/// The columns of [`Said`].
const COLUMNS: [&str; 7] =
    ["actual_start", "actual_finish", "percent_complete", "units_done", "units_total", "remaining", "resume"];

/// Compares a row with what those before it say of the same task and day. Rows about several steps give each a row of its own.
fn check_agreed(row: &ProgressRow, before: &mut Said, found: &mut Diagnostics) {
    fn said<T: std::fmt::Display + Copy>(value: Option<Spanned<T>>) -> Option<(String, Span)> {
        value.map(|value| (value.value.to_string(), value.span))
    }
    let own: Said = [
        said(row.actual_start),
        said(row.actual_finish),
        said(row.percent_complete),
        said(row.units_done),
        said(row.units_total),
        said(row.remaining),
        said(row.resume),
    ];
    let mut pairs = COLUMNS.iter().zip(own.iter().zip(before.iter()));
    let apart = pairs.find_map(|(column, (own, before))| {
        let (own, before) = (own.as_ref()?, before.as_ref()?);
        (own.0 != before.0).then_some((column, own, before))
    });
    if let Some((column, (now, place), (then, other_place))) = apart {
        let message = format!(
            "two reports of `{}` as of {} disagree: `{column}` is {now} here and {then} there",
            row.task.value, row.status_date.value
        );
        found.push(
            Diagnostic::new(&REPORTS_DISAGREE, *place, message)
                .also(*other_place, "the other one")
                .hint("keep the row that is right; the one further down counts until then"),
        );
    }
    for (before, own) in before.iter_mut().zip(own) {
        *before = own.or(before.take());
    }
}

/// Looks for progress of a milestone or gate that is not over.
fn check_point(row: &ProgressRow, task: &Task, found: &mut Diagnostics) {
    let is_partly = row.actual_start.is_some()
        || row.percent_complete.is_some_and(|percent| percent.value < Percent::WHOLE)
        || row.remaining.is_some();
    if !task.is_point() || row.actual_finish.is_some() || !is_partly {
        return;
    }
    let hint = match task.kind {
        TaskKind::Gate(gate) => {
            format!("remove the row: {gate} is passed by the decision in `gates/{gate}.md`")
        }
        _ => "leave the row out until it is reached, then give `actual_finish`".to_owned(),
    };
    let message = format!("`{}` has no length: it is reached or not, and this row says neither", task.id);
    found.push(Diagnostic::new(&PROGRESS_OF_POINT, row.task.span, message).hint(hint));
}

fn entry_of(
    row: &ProgressRow,
    (number, task): (TaskNo, &Task),
    known: &Known,
    found: &mut Diagnostics,
) -> ProgressEntry {
    ProgressEntry {
        status_date: row.status_date.value,
        task: number,
        actual_start: row.actual_start.map(|at| at.value).filter(|at| at.day <= row.status_date.value),
        actual_finish: row.actual_finish.map(|at| at.value).filter(|at| at.day <= row.status_date.value),
        percent_complete: row.percent_complete.map(|percent| percent.value),
        step: row.step.as_ref().and_then(|step| step_of(step, task, found)),
        units_done: row.units_done.map(|units| units.value.max(0)),
        units_total: row.units_total.map(|units| units.value).filter(|units| *units > 0),
        remaining: row
            .remaining
            .map(|remaining| remaining.value)
            .filter(|remaining| !remaining.is_negative()),
        resume: resume_of(row, task, known, found),
        note: row.note.as_ref().map(|note| note.value.clone()),
        is_told_later: false,
        origin: row.span,
    }
}

/// Which step of a task a report names.
fn step_of(step: &Spanned<String>, task: &Task, found: &mut Diagnostics) -> Option<usize> {
    let Earning::Steps(steps) = &task.earning else {
        let message = format!("`{}` does not earn by steps", task.id);
        found.push(
            Diagnostic::new(&BAD_SCALAR, step.span, message)
                .also(task.origin, format!("`{}` is defined here", task.id))
                .hint("leave the cell empty, or give the task `earned_value: {milestones: …}`"),
        );
        return None;
    };
    let place = steps.iter().position(|known| known.name == step.value);
    if place.is_none() {
        let names: Vec<&str> = steps.iter().map(|known| known.name.as_str()).collect();
        let message = format!("`{}` has no step `{}`", task.id, step.value);
        let mut diagnostic = Diagnostic::new(&UNKNOWN_REFERENCE, step.span, message)
            .also(task.origin, format!("`{}` is defined here", task.id));
        diagnostic = match did_you_mean(&step.value, names.iter().copied()) {
            Some(name) => diagnostic.label(format!("did you mean `{name}`?")).hint(format!("write `{name}`")),
            None => diagnostic.hint(format!("write {}", one_of(&names))),
        };
        found.push(diagnostic);
    }
    place
}

/// When the rest goes on: work that is under way, and not before the day of the report, unless what is left stays where
/// it was.
fn resume_of(row: &ProgressRow, task: &Task, known: &Known, found: &mut Diagnostics) -> Option<Moment> {
    let resume = row.resume?;
    let (message, hint) = if known.has_finish {
        (format!("`{}` is finished, so nothing goes on", task.id), "leave the cell empty")
    } else if known.start.is_none() && known.has_unread_start {
        return Some(resume.value);
    } else if known.start.is_none() {
        let hint = "add `actual_start`, or bind the task with `starts_not_before:` in `plan.yaml`";
        (format!("`{}` never began, so nothing goes on", task.id), hint)
    } else if resume.day < row.status_date.value && known.conventions == Conventions::Milepost {
        let message =
            format!("`resume` ({}) lies before `status_date` ({})", resume.value, row.status_date.value);
        found.push(
            Diagnostic::new(&DATES_OUT_OF_ORDER, resume.span, message)
                .also(row.status_date.span, "`status_date` is here")
                .hint("write when the rest of the work goes on, or leave the cell empty where it has not paused"),
        );
        return None;
    } else {
        return Some(resume.value);
    };
    found.push(Diagnostic::new(&BAD_SCALAR, resume.span, message).hint(hint));
    None
}

fn check_not_negative(remaining: Spanned<Duration>, found: &mut Diagnostics) {
    tell_months(&remaining, found);
    if remaining.is_negative() {
        let message = format!("`{}` is less than no work", remaining.value);
        found.push(
            Diagnostic::new(&BAD_SCALAR, remaining.span, message)
                .hint("write the working time still needed, or `actual_finish` when there is none"),
        );
    }
}

/// Looks for what is wrong with a row whatever its task is.
fn check_row(row: &ProgressRow, found: &mut Diagnostics) {
    let as_of = row.status_date;
    for (field, at) in [("actual_start", row.actual_start), ("actual_finish", row.actual_finish)] {
        if let Some(at) = at
            && at.day > as_of.value
        {
            let message = format!("`{field}` {} lies after the day of the report, {}", at.value, as_of.value);
            found.push(
                Diagnostic::new(&ACTUAL_IN_FUTURE, at.span, message)
                    .also(as_of.span, "the day of the report")
                    .hint("leave the cell empty until it has happened, or correct one of the two dates"),
            );
        }
    }
    if let Some((start, finish)) = row.actual_start.zip(row.actual_finish)
        && finish.value.is_before(start.value)
    {
        found.push(finish_before_start(row, finish, (start.value, start.span)));
    }
    check_finished_whole(row, found);
    if let Some(remaining) = row.remaining {
        check_not_negative(remaining, found);
    }
}

fn finish_before_start(
    row: &ProgressRow,
    finish: Spanned<Moment>,
    (start, place): (Moment, Span),
) -> Diagnostic {
    let task = &row.task.value;
    let message = format!("`{task}` finishes on {}, before it starts on {start}", finish.value);
    Diagnostic::new(&FINISH_WITHOUT_START, finish.span, message)
        .also(place, "the start")
        .hint("correct one of the two dates")
}

fn check_dates(row: &ProgressRow, task: &Task, known: &mut Known, found: &mut Diagnostics) {
    if let Some(start) = row.actual_start {
        known.start = Some((start.value, start.span));
    }
    known.has_unread_start |= row.unreadable.contains(&"actual_start");
    known.has_unread_finish |= row.unreadable.contains(&"actual_finish");
    if let Some(finish) = row.actual_finish {
        known.has_finish = true;
        match known.start {
            // A milestone or a gate has no start: it is reached.
            None if task.is_point() || known.has_unread_start => {}
            None => found.push(
                Diagnostic::new(
                    &FINISH_WITHOUT_START,
                    finish.span,
                    format!("`{}` is finished but never began", task.id),
                )
                .hint("add `actual_start`"),
            ),
            // Of the same row it has been told.
            Some(start) if row.actual_start.is_none() && finish.value.is_before(start.0) => {
                found.push(finish_before_start(row, finish, start));
            }
            Some(_) => {}
        }
    }
    if let Some(percent) = row.percent_complete
        && percent.value == Percent::WHOLE
        && !known.has_finish
        && !known.has_unread_finish
        // Work without an end of its own has nothing to finish.
        && !matches!(task.kind, TaskKind::Hammock { .. })
    {
        found.push(
            Diagnostic::new(
                &WHOLE_WITHOUT_FINISH,
                percent.span,
                format!("`{}` is at 100% but not finished", task.id),
            )
            .hint("add `actual_finish`, or report less than 100% while something is left to do"),
        );
    }
}

/// What a report calls finished has nothing left to do in the same report.
fn check_finished_whole(row: &ProgressRow, found: &mut Diagnostics) {
    let Some(finish) = row.actual_finish else { return };
    let Some(percent) = row.percent_complete.filter(|percent| percent.value < Percent::WHOLE) else { return };
    let message = format!("`{}` is at {}, and finished on {}", row.task.value, percent.value, finish.value);
    found.push(
        Diagnostic::new(&FINISHED_WITH_WORK_LEFT, percent.span, message)
            .also(finish.span, "the finish")
            .hint("empty one of the two cells: `actual_finish` while something is left to do"),
    );
}

/// Work of which nothing is left is finished. What another program calls left is taken as it is.
fn check_left(row: &ProgressRow, task: &Task, known: &Known, found: &mut Diagnostics) {
    let is_told = row.percent_complete.is_some_and(|percent| percent.value == Percent::WHOLE);
    if known.has_finish
        || known.has_unread_finish
        || is_told
        || !task.is_work()
        || known.conventions != Conventions::Milepost
    {
        return;
    }
    let Some(remaining) = row.remaining.filter(|remaining| remaining.value.is_zero()) else { return };
    let message = format!("nothing is left of `{}`, and it is not finished", task.id);
    found.push(
        Diagnostic::new(&NOTHING_LEFT, remaining.span, message)
            .hint("add `actual_finish` if it is finished, else write the working time still needed"),
    );
}

/// Whatever is done of work was begun on some day. A point has no inside, and work without an end of its own goes with time.
fn check_begun(row: &ProgressRow, task: &Task, known: &Known, found: &mut Diagnostics) {
    if known.start.is_some()
        || known.has_unread_start
        || known.has_finish
        || !task.is_work()
        || task.is_level_of_effort()
    {
        return;
    }
    let by_percent = row.percent_complete.filter(|percent| percent.value > Percent::ZERO);
    let by_percent = by_percent.map(|percent| (percent.span, format!("{} done", percent.value)));
    let by_units = row.units_done.filter(|units| units.value > 0);
    let by_units = by_units.map(|units| (units.span, format!("{} units done", units.value)));
    let by_step = row.step.as_ref().map(|step| (step.span, format!("a step done, `{}`", step.value)));
    let Some((span, done)) = by_percent.or(by_units).or(by_step) else { return };
    found.push(
        Diagnostic::new(&FINISH_WITHOUT_START, span, format!("`{}` has {done} but never began", task.id))
            .hint("add `actual_start`, the day on which work on it began"),
    );
}

/// All steps done is all of the work done, and then there is a day on which it was finished.
fn check_steps(
    row: &ProgressRow,
    (task, step): (&Task, Option<usize>),
    known: &mut Known,
    found: &mut Diagnostics,
) {
    let (Some(written), Some(step)) = (&row.step, step) else { return };
    known.steps.insert(step);
    if !known.has_finish && !known.has_unread_finish && task.weight_of(&known.steps) == Percent::WHOLE {
        let message = format!("every step of `{}` is done, but it is not finished", task.id);
        found.push(
            Diagnostic::new(&WHOLE_WITHOUT_FINISH, written.span, message)
                .hint("add `actual_finish` to this report"),
        );
    }
}

fn check_units(row: &ProgressRow, task: &Task, known: &mut Known, found: &mut Diagnostics) {
    if let Some(total) = row.units_total {
        known.units_total = Some(total.value);
    }
    let planned = match &task.earning {
        Earning::Units { total, .. } => Some(*total),
        _ => None,
    };
    let Some(done) = row.units_done else { return };
    let total = known.units_total.or(planned);
    let message = match total {
        _ if done.value < 0 => format!("`{}` units done are less than none", done.value),
        Some(total) if done.value > total => format!("{} units done of {total}", done.value),
        _ => return,
    };
    found.push(
        Diagnostic::new(&MORE_DONE_THAN_THERE_IS, done.span, message)
            .also(task.origin, "the task")
            .hint("correct the number, or write the new total into `units_total` where scope has grown"),
    );
}
