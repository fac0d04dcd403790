//! Where time is lost along the driving path: by each step, in the waits between them, and what of it was never won back.

use crate::format;
use crate::model::TaskNo;
use crate::page::desk::{Desk, days_of, slip_words};
use crate::plan::{Driver, State};

/// A task with the working days that it lost (or won) by itself, slip at its finish less slip at its start, and those that
/// were lost before it: slip at its start less slip at the finish of the work before it on the path.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Loss {
    /// The task.
    pub task: TaskNo,
    /// Working days behind the reference at the finish of the work before it; zero for the first.
    pub before: i64,
    /// Whether it begins before the last day of the work before it.
    pub overlaps: bool,
    /// Working days behind the reference at its start.
    pub at_start: i64,
    /// Working days behind the reference at its finish.
    pub at_finish: i64,
}

impl Loss {
    /// What the task itself added.
    #[must_use]
    pub fn added(&self) -> i64 {
        self.at_finish - self.at_start
    }

    /// What was lost between the work before it and its start: waiting for a team outside, a gate, a calendar.
    #[must_use]
    pub fn waited(&self) -> i64 {
        self.at_start - self.before
    }
}

/// Working days that were lost (or won): `+56 d`, `−1 d`, `0 d`.
#[must_use]
pub(super) fn lost_words(days: i64) -> String {
    if days == 0 { "0\u{a0}d".to_owned() } else { slip_words(days) }
}

/// By how many working days a wait is longer than planned: `+10 d`, `1 d shorter`, `0 d`.
#[must_use]
pub(super) fn waited_words(days: i64) -> String {
    if days < 0 { format!("{}\u{a0}d shorter", -days) } else { lost_words(days) }
}

/// Work, gates and milestones on the driving path that were promised, in the order of time. Where the path begins with what the calendar
/// alone holds, as a gate that waits for its board, what that waited for before comes first: time was lost there, too. What waits for
/// somebody who is busy elsewhere does not wait for the work before it, whatever float that has.
/// Empty where days are not known.
pub(super) fn promised_path(desk: &Desk<'_>) -> Vec<TaskNo> {
    let report = desk.project;
    if !report.are_days_known {
        return Vec::new();
    }
    let is_step = |number: &TaskNo| {
        let task = report.project.task(*number);
        task.is_work() || task.is_point()
    };
    let mut before: Vec<TaskNo> = Vec::new();
    let mut first = report.forecast.longest_path.first().copied();
    let waits_for_people = |number: TaskNo| {
        let slot = report.forecast.slot(number);
        slot.state == State::NotStarted && matches!(slot.drivers.first(), Some(Driver::Busy { .. }))
    };
    while let Some(number) = first.filter(|number| !waits_for_people(*number)) {
        let links = report.project.task(number).links.iter().map(|link| link.predecessor);
        first = links.filter(is_step).max_by_key(|one| (report.forecast.slot(*one).finish, *one));
        before.extend(first);
    }
    let path = before.into_iter().rev().chain(report.forecast.longest_path.iter().copied());
    let is_promised = |number: &TaskNo| report.control.reference.tasks[number.0 as usize].is_some();
    path.filter(|number| is_step(number) && is_promised(number)).collect()
}

/// Where time was or will be lost along the driving path, in the order of time; tasks that kept their length and did not wait
/// are left out.
#[must_use]
pub fn losses(desk: &Desk<'_>) -> Vec<Loss> {
    let mut losses: Vec<Loss> = Vec::new();
    let mut before: Option<(TaskNo, i64)> = None;
    for number in promised_path(desk) {
        let at_start = behind_at_start(desk, number, before.map(|(task, _)| task)).days;
        let at_finish = behind_at_finish(desk, number);
        let overlaps = before.is_some_and(|(task, _)| {
            let slot = |number| desk.project.forecast.slot(number);
            slot(number).first_day() < slot(task).last_day()
        });
        let behind = before.map_or(0, |(_, days)| days);
        losses.push(Loss { task: number, before: behind, overlaps, at_start, at_finish });
        before = Some((number, at_finish));
    }
    losses.retain(|loss| loss.added() != 0 || loss.waited() != 0);
    losses
}

/// How far a task is behind the reference where it begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct BehindAtStart {
    /// Working days from its promised start to its start.
    pub days: i64,
    /// Whether the day on which it begins is counted as the last one of the work before it, and not as its own.
    pub from_next_day: bool,
}

/// How far a task of the driving path is behind at its start; nothing where it was not promised.
///
/// Work that begins on the day on which the work before it ends, and was promised for a later one, is counted from the next day
/// on if it ends later for it: a part of a day would else be a day won before it and a day lost in it, though it kept its length.
#[must_use]
pub(super) fn behind_at_start(desk: &Desk<'_>, number: TaskNo, before: Option<TaskNo>) -> BehindAtStart {
    let report = desk.project;
    let promised_of = |task: TaskNo| report.control.reference.tasks[task.0 as usize];
    let Some(promised) = promised_of(number) else { return BehindAtStart { days: 0, from_next_day: false } };
    // A point has one day.
    if report.project.task(number).is_point() {
        return BehindAtStart { days: behind_at_finish(desk, number), from_next_day: false };
    }
    let first_day = report.forecast.slot(number).first_day();
    let days = desk.working_days_from(promised.start, first_day);
    let shares_a_day = before.is_some_and(|before| {
        report.forecast.slot(before).last_day() == first_day
            && promised_of(before).is_some_and(|earlier| earlier.finish < promised.start)
    });
    let from_next_day = shares_a_day && behind_at_finish(desk, number) > days;
    BehindAtStart { days: days + i64::from(from_next_day), from_next_day }
}

/// Working days from the promised finish of a task to its finish; zero where nothing was promised.
#[must_use]
pub(super) fn behind_at_finish(desk: &Desk<'_>, number: TaskNo) -> i64 {
    let report = desk.project;
    let promised = report.control.reference.tasks[number.0 as usize];
    promised.map_or(0, |promised| desk.slip_days(promised.finish, report.forecast.slot(number).last_day()))
}

/// What each step has lost for good, of steps in the order of time with the working days behind after each: what was won back later is
/// lost by nobody, and what was made up for before it is no loss. 3 behind after the first, 1 after the second, 4 after the third: the
/// first has lost 1 and the third 3, together the 4 at the end. Steps that lost nothing are left out.
///
/// Each with what it lost at first, beside which the page of the schedule stands.
fn never_won_back(steps: Vec<(i64, String)>) -> Vec<(i64, i64, String)> {
    let mut lost = Vec::new();
    let mut earlier = 0;
    for (after, what) in steps {
        lost.push((after, after - earlier, what));
        earlier = after;
    }
    let mut behind = i64::MAX;
    for (after, ..) in lost.iter_mut().rev() {
        // The least that any later step is behind by: so much was never won back.
        behind = behind.min((*after).max(0));
        *after = behind;
    }
    let mut before = 0;
    for (behind, ..) in &mut lost {
        (*behind, before) = (*behind - before, *behind);
    }
    lost.retain(|(days, ..)| *days > 0);
    lost
}

/// Where most time is lost along the driving path and not won back, in a sentence; none where nothing slips or the project is stopped.
#[must_use]
pub fn computed_cause(desk: &Desk<'_>) -> Option<String> {
    if desk.project.control.finish_slip <= 0 || desk.project.control.is_stopped {
        return None;
    }
    let name = |loss: &Loss| &desk.project.project.task(loss.task).name;
    let of_one = |loss: Loss| {
        // What begins before the work before it ends says nothing of how late that was.
        let wait = (!loss.overlaps).then(|| (loss.at_start, format!("the wait before “{}”", name(&loss))));
        wait.into_iter().chain([(loss.at_finish, name(&loss).clone())])
    };
    let (losses, unit) = match to_the_minute(desk) {
        Some(losses) => (losses, desk.project.project.work_time().minutes_per_day.max(1)),
        None => (losses(desk), 1),
    };
    let mut lost = never_won_back(losses.into_iter().flat_map(of_one).collect());
    lost.sort_by_key(|(length, ..)| std::cmp::Reverse(*length));
    lost.truncate(2);
    // Of what is no half day beside a whole one nothing is told.
    let days = |length: i64| (length + unit / 2) / unit;
    let n_told = lost.iter().filter(|(length, ..)| days(*length) > 0).count().max(1);
    let parts =
        lost.into_iter().take(n_told).map(|(length, first, what)| match (days(length), days(first)) {
            (0, _) => format!("{what} (less than half a day)"),
            (left, first) if first > left => {
                format!("{what} ({}, {left} of them never won back)", days_of(first))
            }
            (left, _) => format!("{what} ({})", days_of(left)),
        });
    let parts: Vec<String> = parts.collect();
    (!parts.is_empty()).then(|| format!("Most time is lost in {}.", format::listed(&parts)))
}

/// The steps of the driving path with how far each is behind in working minutes, where the plan as typed has the days that were promised;
/// none elsewhere, for a promise is kept by its days alone.
///
/// Counted in days, two hours that work took longer are a day lost wherever they carry a finish over midnight, and a finish on a
/// Saturday is none behind one on the Friday: a task that kept its length would have lost what another one did.
fn to_the_minute(desk: &Desk<'_>) -> Option<Vec<Loss>> {
    let report = desk.project;
    let mut losses: Vec<Loss> = Vec::new();
    for number in promised_path(desk) {
        let promised = report.control.reference.tasks[number.0 as usize]?;
        let (planned, now) = (report.planned.slot(number), report.forecast.slot(number));
        if (planned.first_day(), planned.last_day()) != (promised.start, promised.finish) {
            return None;
        }
        let (before, overlaps) = losses
            .last()
            .map_or((0, false), |loss| (loss.at_finish, now.start < report.forecast.slot(loss.task).finish));
        let (at_start, at_finish) =
            (desk.time.between(planned.start, now.start), desk.time.between(planned.finish, now.finish));
        losses.push(Loss { task: number, before, overlaps, at_start, at_finish });
    }
    Some(losses)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wait_is_longer_or_shorter_than_planned() {
        assert_eq!([10, 0, -1].map(waited_words), ["+10\u{a0}d", "0\u{a0}d", "1\u{a0}d shorter"]);
    }

    /// A wait that was won back was named as where most time is lost.
    #[test]
    fn what_was_won_back_is_lost_by_nobody() {
        let check = |behind: &[i64], expected: &[(i64, &str)]| {
            let names = ["a", "b", "c", "d", "e"];
            let steps = behind.iter().zip(names).map(|(days, name)| (*days, name.to_owned())).collect();
            let lost = never_won_back(steps);
            let told: Vec<(i64, &str)> = lost.iter().map(|(days, _, what)| (*days, what.as_str())).collect();
            assert_eq!(told, expected, "{behind:?}");
            lost.into_iter().map(|(_, first, _)| first).collect::<Vec<_>>()
        };
        // Ten days of waiting, of which the next step wins one back: nine are told, beside the ten of the schedule.
        assert_eq!(check(&[0, 10, 9], &[(9, "b")]), [10]);
        // 1, 2, back to 0, then 1 by the closing report and 2 more until the gate.
        check(&[1, 2, 0, 1, 3], &[(1, "d"), (2, "e")]);
        check(&[3, 1, 4], &[(1, "a"), (3, "c")]);
        // Two days ahead first: the first two that are lost only take that back.
        check(&[-2, 0, 1], &[(1, "c")]);
        check(&[2, 2, 2], &[(2, "a")]);
        check(&[1, 0], &[]);
        check(&[], &[]);
    }
}
