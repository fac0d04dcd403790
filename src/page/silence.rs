//! What silence does to the finish: work of which nobody says how far it is, and days on which nothing was reported.

use jiff::civil::Date;

use crate::format;
use crate::page::desk::{Desk, days_of, task_name};
use crate::plan::Silent;

/// So many names of further work are told.
const NAMED: usize = 3;

/// What silence does to the finish: of begun work of which nobody says how far it is, else of the days since the newest report. None where
/// the finish is no later for it, and once all is done or stopped.
pub(super) fn words(desk: &Desk<'_>) -> Option<String> {
    if desk.project.control.has_ended() {
        return None;
    }
    of_work(desk).or_else(|| of_work_side_by_side(desk)).or_else(|| of_all(desk))
}

/// The begun work whose silence moves the finish, the one that moves it by most in full: `“Build” began on 3 Aug 2026, and nothing says how
/// much of it is done or left, so that all of it is counted from the end of 21 Aug 2026. Had it gone on as planned, the finish would be
/// 28 Aug 2026, 5 working days sooner.`
fn of_work(desk: &Desk<'_>) -> Option<String> {
    let report = desk.project;
    let now = report.forecast.finish_day();
    let moving =
        report.silent.iter().filter_map(|one| Some((one, one.finish.filter(|finish| *finish < now)?)));
    let mut moving: Vec<(&Silent, Date)> = moving.collect();
    moving.sort_by_key(|(one, finish)| (*finish, one.task));
    let ((most, finish), others) = moving.split_first()?;
    let name = |one: &Silent| format!("“{}”", task_name(report.project.task(one.task)));
    let since = format::date(most.since);
    let said = if most.is_all_left {
        format!(
            "{} began on {since}, and nothing says how much of it is done or left, so that all of it",
            name(most)
        )
    } else {
        format!("{} was last reported on {since}, and what was left then", name(most))
    };
    let mut text = format!(
        "{said} is counted from the end of {}. Had it gone on as planned, the finish would be {}, {} sooner.",
        format::date(report.status_date),
        format::date(*finish),
        days_of(desk.slip_days(*finish, now)),
    );
    if !others.is_empty() {
        text += &format!(
            " Nobody says how far {} {} either.",
            first_of(others.iter().map(|(one, _)| name(one)).collect()),
            if others.len() == 1 { "is" } else { "are" }
        );
    }
    Some(text)
}

/// Begun work without float of which nobody says how far it is, where each of it alone leaves the finish where it is: `Nobody says how far
/// “Build” and “Train” are, and what was left of them is counted from the end of 21 Aug 2026. For each alone the finish stays, because the
/// other holds it as well.` None where only one is so.
fn of_work_side_by_side(desk: &Desk<'_>) -> Option<String> {
    let report = desk.project;
    let now = report.forecast.finish_day();
    let holds = |one: &&Silent| one.finish == Some(now) && report.forecast.slot(one.task).total_float <= 0;
    let names: Vec<String> = report
        .silent
        .iter()
        .filter(holds)
        .map(|one| format!("“{}”", task_name(report.project.task(one.task))))
        .collect();
    if names.len() < 2 {
        return None;
    }
    let others = if names.len() == 2 { "the other holds" } else { "the others hold" };
    Some(format!(
        "Nobody says how far {} are, and what was left of them is counted from the end of {}. For each alone the finish stays, because \
         {others} it as well.",
        first_of(names),
        format::date(report.status_date),
    ))
}

/// The first of some names, and how many more there are: `“Build”, “Train”, “Move” and 2 more`.
fn first_of(mut names: Vec<String>) -> String {
    if names.len() > NAMED {
        let more = format!("{} more", names.len() - NAMED);
        names.truncate(NAMED);
        names.push(more);
    }
    format::listed(&names)
}

/// How much later the forecast is for the days since the newest report alone: `No progress was reported since 24 Apr 2026, and what is left
/// is counted from the end of 6 May 2026. Counted from 24 Apr 2026 the finish would be 21 Jul 2026, 10 working days sooner.` What is left
/// lies after the status date, so that it moves on between two reports; the next one says whether work went on. Both finishes are those
/// of today's plan, so that no edit of it counts. None where something was reported since, where the finish is no later, once all is
/// done or stopped, and where other projects have booked people: what they had booked then nobody knows.
fn of_all(desk: &Desk<'_>) -> Option<String> {
    let report = desk.project;
    let then = report.last_time.as_ref().filter(|_| !report.control.has_ended())?;
    let is_since = |day: Date| day > then.day && day <= report.status_date;
    if !report.facts.elsewhere.is_empty()
        || report.project.progress.iter().any(|entry| is_since(entry.status_date))
        || report.project.updates.iter().any(|update| is_since(update.status_date))
    {
        return None;
    }
    let (was, is) = (then.forecast.finish_day(), report.forecast.finish_day());
    let days = desk.slip_days(was, is);
    (days > 0).then(|| {
        format!(
            "No progress was reported since {day}, and what is left is counted from the end of {}. Counted from {day} the finish would \
             be {}, {} sooner.",
            format::date(report.status_date),
            format::date(was),
            days_of(days),
            day = format::date(then.day),
        )
    })
}
