//! Points 1 to 4: the logic between the incomplete tasks and the links into them.

use super::{Measured, Point, Share, incomplete};
use crate::check::ends::Ends;
use crate::check::tie::{Tie, ties};
use crate::format;
use crate::model::{Limit, LinkKind, Task, TaskNo};
use crate::plan::State;
use crate::report::ProjectReport;

/// Working days up to which a lag is listed apart: the text of 2009 excuses them for some tools.
const SHORT_LAG_DAYS: i64 = 5;

/// Point 1: incomplete tasks without a predecessor, a successor or both ÷ incomplete tasks. Where the project starts and
/// finishes, none is needed.
#[must_use]
pub fn logic(report: &ProjectReport) -> Point {
    let ends = Ends::of(report);
    share(
        report,
        ("1", "Missing logic"),
        Limit::MissingLogic,
        {
            "incomplete tasks without a predecessor, a successor or both ÷ incomplete tasks; the task that begins the project \
         and the one that ends it are exempt; links of a summary hold for everything in it"
        },
        |number| {
            let begins = ends.is_fed(number) || ends.start == Some(number);
            let leads_on = ends.is_awaited(number) || ends.finish == Some(number);
            !begins || !leads_on
        },
    )
}

/// Point 1b: incomplete tasks that have logic and dangle all the same: nothing drives the start (only FF or SF in), or the
/// finish drives nothing (only SS or SF out). It has no limit of its own.
#[must_use]
pub fn dangling(report: &ProjectReport) -> Point {
    let ends = Ends::of(report);
    let mut point = share(
        report,
        ("1b", "Dangling"),
        Limit::MissingLogic,
        {
            "incomplete tasks whose start nothing drives (only FF or SF in) or whose finish drives nothing (only SS or SF out) ÷ \
         incomplete tasks; a start that has happened is driven"
        },
        |number| has_dangling_start(report, &ends, number) || ends.has_dangling_finish(number),
    );
    point.flagged = None;
    Point { limit: "no limit of its own".to_owned(), ..point }
}

/// Says whether nothing drives the start of a task that has not begun, though it has predecessors.
pub(in crate::check) fn has_dangling_start(report: &ProjectReport, ends: &Ends, number: TaskNo) -> bool {
    report.forecast.slot(number).state == State::NotStarted && ends.has_dangling_start(number)
}

fn share(
    report: &ProjectReport,
    (label, name): (&'static str, &'static str),
    limit: Limit,
    definition: &str,
    counts: impl Fn(TaskNo) -> bool,
) -> Point {
    let of = incomplete(report).count();
    let offenders: Vec<TaskNo> =
        incomplete(report).map(|(number, _, _)| number).filter(|number| counts(*number)).collect();
    let (definition, count, limit) = (definition.to_owned(), offenders.len(), Some(limit));
    Share { label, name, definition, limit, offenders, count, of }.point(&report.project.thresholds)
}

/// The links into incomplete tasks, with the task that holds each.
fn links(report: &ProjectReport) -> impl Iterator<Item = (TaskNo, &Task, Tie<'_>)> {
    incomplete(report).flat_map(|(number, task, _)| ties(task).map(move |link| (number, task, link)))
}

fn share_of_links(
    report: &ProjectReport,
    (label, name): (&'static str, &'static str),
    limit: Option<Limit>,
    definition: String,
    counts: impl Fn(&Task, &Tie<'_>) -> bool,
) -> Point {
    let of = links(report).count();
    let counted: Vec<TaskNo> =
        links(report).filter(|(_, task, link)| counts(task, link)).map(|(number, _, _)| number).collect();
    let count = counted.len();
    let mut offenders = counted;
    offenders.dedup();
    Share { label, name, definition, limit, offenders, count, of }.point(&report.project.thresholds)
}

/// Point 2: links with a negative lag ÷ links.
#[must_use]
pub fn leads(report: &ProjectReport) -> Point {
    let definition =
        "links into incomplete tasks with a negative lag ÷ links into incomplete tasks".to_owned();
    share_of_links(report, ("2", "Leads"), Some(Limit::Leads), definition, |_, link| link.lag.is_negative())
}

/// The links that point 2 counts, each with the task that holds it.
pub(in crate::check) fn lead_links(report: &ProjectReport) -> impl Iterator<Item = (&Task, Tie<'_>)> {
    links(report).filter(|(_, _, link)| link.lag.is_negative()).map(|(_, task, link)| (task, link))
}

/// Point 3: links with a positive lag ÷ links, whatever their length.
#[must_use]
pub fn lags(report: &ProjectReport) -> Point {
    let definition =
        "links into incomplete tasks with a positive lag, however short ÷ links into incomplete tasks"
            .to_owned();
    share_of_links(report, ("3", "Lags"), Some(Limit::Lags), definition, |_, link| is_positive(link))
}

/// Point 3b: of those of point 3 the lags of up to five days, which the text of 2009 excuses for files of some tools.
#[must_use]
pub fn short_lags(report: &ProjectReport) -> Point {
    let definition = format!(
        "of the lags of point 3 those of up to {SHORT_LAG_DAYS} working days, which the text of 2009 excuses for some \
         tools ÷ links into incomplete tasks"
    );
    share_of_links(report, ("3b", "Short lags"), None, definition, |task, link| {
        is_positive(link)
            && lag_minutes(report, task, link) <= SHORT_LAG_DAYS * minutes_per_day(report, task, link)
    })
}

fn is_positive(link: &Tie<'_>) -> bool {
    !link.lag.is_zero() && !link.lag.is_negative()
}

/// The length of a lag in minutes, counted on the calendar of the task that waits; a share is one of what is waited for.
pub(in crate::check) fn lag_minutes(report: &ProjectReport, task: &Task, link: &Tie<'_>) -> i64 {
    let work_time = report.project.calendars[task.calendar].work_time;
    link.lag.minutes(work_time, link.length(report))
}

/// The minutes of a day of a lag: of the calendar of the task that waits, or of the clock.
pub(in crate::check) fn minutes_per_day(report: &ProjectReport, task: &Task, link: &Tie<'_>) -> i64 {
    if link.lag.is_elapsed() {
        crate::quantity::MINUTES_OF_DAY
    } else {
        report.project.calendars[task.calendar].work_time.minutes_per_day
    }
}

/// Point 4: finish-to-start links ÷ links. Those of another kind are named.
#[must_use]
pub fn relationship_types(report: &ProjectReport) -> Point {
    let least = report.project.thresholds.get(Limit::FinishToStart);
    let definition =
        "finish-to-start links into incomplete tasks ÷ links into incomplete tasks; the others are named"
            .to_owned();
    let other = share_of_links(report, ("4", "Relationship types"), None, definition, |_, link| {
        link.kind != LinkKind::FinishStart
    });
    let of_kind = |kind: LinkKind| links(report).filter(|(_, _, link)| link.kind == kind).count();
    let inputs = [LinkKind::FinishStart, LinkKind::StartStart, LinkKind::FinishFinish, LinkKind::StartFinish]
        .map(|kind| format!("{} {}", kind.letters(), of_kind(kind)))
        .join(", ");
    let measured = match other.measured {
        Measured::Share { count, of } => Measured::Share { count: of - count, of },
        nothing => nothing,
    };
    let flagged = match measured {
        Measured::Share { count, of } => Some((count as f64) < least * of as f64 - 1e-9),
        _ => None,
    };
    Point {
        measured,
        flagged,
        inputs: flagged.map(|_| inputs),
        limit: format!("below {}", format::share(least)),
        ..other
    }
}
