//! Points 9 and 11 to 14: dates against the status date, and progress against the baseline.

use jiff::civil::Date;

use super::{Measured, Point, Share, incomplete, is_discrete};
use crate::check::ends::Ends;
use crate::format;
use crate::model::{ConstraintKind, Limit, LinkKind, ScheduleFrom, TaskKind, TaskNo, Work, WorkingTime};
use crate::plan::{Driver, Schedule, Slot, State, TEST_DAYS};
use crate::quantity::{GateId, Instant, MINUTES_OF_DAY};
use crate::report::{PathTest, ProjectReport};

/// Working days by which the finish may move less in that test, where calendars of the path differ.
const TEST_SLACK_DAYS: i64 = 5;

/// Point 9a: incomplete tasks whose forecast start or finish lies before the status date ÷ incomplete tasks.
#[must_use]
pub fn early_forecasts(report: &ProjectReport) -> Point {
    let day = report.status_date;
    let definition =
        "incomplete tasks with a forecast start or finish before the status date ÷ incomplete tasks"
            .to_owned();
    let is_early =
        |slot: &Slot| slot.last_day() < day || (slot.state == State::NotStarted && slot.first_day() < day);
    let offenders: Vec<TaskNo> =
        incomplete(report).filter(|(_, _, slot)| is_early(slot)).map(|(number, _, _)| number).collect();
    let (count, of) = (offenders.len(), incomplete(report).count());
    let limit = Some(Limit::InvalidDates);
    Share { label: "9a", name: "Forecasts in the past", definition, limit, offenders, count, of }
        .point(&report.project.thresholds)
}

/// Point 9b: tasks of work with an actual date after the status date ÷ tasks of work with an actual date.
#[must_use]
pub fn future_actuals(report: &ProjectReport) -> Point {
    let day = report.status_date;
    let definition =
        "tasks with an actual start or finish after the status date ÷ tasks with an actual date".to_owned();
    // What is reported later is not known yet on the status date; the lines themselves are looked at.
    let told = report.project.told_by_task(day);
    let said = |number: TaskNo| {
        let lines = told[number.0 as usize].iter();
        lines.flat_map(|entry| [entry.actual_start, entry.actual_finish]).flatten()
    };
    let dated = || {
        report
            .tasks()
            .filter(|(number, task, _)| task.is_work() && said(*number).next().is_some())
            .map(|(number, _, _)| number)
    };
    let offenders: Vec<TaskNo> =
        dated().filter(|number| said(*number).any(|moment| moment.day > day)).collect();
    let (count, of) = (offenders.len(), dated().count());
    let limit = Some(Limit::InvalidDates);
    Share { label: "9b", name: "Actuals in the future", definition, limit, offenders, count, of }
        .point(&report.project.thresholds)
}

/// Discrete work with what the reference promises for its finish.
fn promised(report: &ProjectReport) -> impl Iterator<Item = (TaskNo, &Slot, Option<Date>)> {
    report.tasks().filter(|(_, task, _)| is_discrete(task)).map(|(number, _, slot)| {
        (number, slot, report.control.reference.tasks[number.0 as usize].map(|promised| promised.finish))
    })
}

/// The tasks that were to be finished by the status date, with their promised finish.
fn due(report: &ProjectReport) -> impl Iterator<Item = (TaskNo, &Slot, Date)> {
    promised(report)
        .filter_map(|(number, slot, finish)| Some((number, slot, finish?)))
        .filter(|(_, _, finish)| *finish <= report.status_date)
}

/// What the points that look at promises measure against, in words.
fn yardstick(report: &ProjectReport) -> &'static str {
    if report.control.reference.is_baseline() { "baseline" } else { "planned" }
}

/// Point 11: of tasks due by the status date those that finished, or will finish, later than promised.
#[must_use]
pub fn missed(report: &ProjectReport) -> Point {
    let definition = format!(
        "tasks with a {0} finish by the status date whose actual or forecast finish is later ÷ tasks with a {0} finish by \
         the status date; finished ones count too",
        yardstick(report)
    );
    let of = due(report).count();
    let offenders: Vec<TaskNo> = due(report)
        .filter(|(_, slot, finish)| slot.last_day() > *finish)
        .map(|(number, _, _)| number)
        .collect();
    let (count, limit) = (offenders.len(), Some(Limit::MissedTasks));
    Share { label: "11", name: "Missed tasks", definition, limit, offenders, count, of }
        .point(&report.project.thresholds)
}

/// Point 12: 600 working days more on a critical, open task must move the finish of the project as far; a constraint or a
/// missing link would swallow them. They are counted on the calendar of the task that is tried, by the clock where its length is
/// elapsed time. What later work stands
/// still today, because a closure comes before it or in its middle, is used up first and does not count. Where work lies as late
/// as possible, the room before it is used up first, too: the 600 days come on top of a delay of the whole project.
#[must_use]
pub fn critical_path_test(report: &ProjectReport) -> Point {
    let name = "Critical-path test";
    let first =
        if lies_late(report) { ", once the room before work as late as possible is used up" } else { "" };
    let test = *report.path_test.or_made(|| try_path(report));
    let first_open = report.forecast.longest_path.iter().find(|number| is_open_work(report, **number));
    let is_skipped = first_open.is_some_and(|first| test.is_none_or(|test| test.tried != *first));
    let whose = if is_skipped { " whose finish it follows" } else { "" };
    let definition = format!(
        "{TEST_DAYS} working days are added, on a copy, to what is left of the first open task of the critical path{whose}{first}; \
         the finish of the project must move as far"
    );
    let limit = format!(
        "it moves less; {TEST_SLACK_DAYS} days, and days on which the path behind the task stands still before or in a \
         closure, are granted"
    );
    let mut point = Point {
        label: "12",
        name,
        definition,
        measured: Measured::Nothing,
        inputs: None,
        limit,
        flagged: None,
        offenders: Vec::new(),
    };
    let Some(test) = test else { return point };
    point.measured = Measured::Moved(test.moved);
    point.inputs = Some(format!("tried on `{}`", report.project.task(test.tried).id));
    point.flagged = Some(test.is_flagged);
    point.offenders = if test.is_flagged { vec![test.tried] } else { Vec::new() };
    point
}

/// Says whether work of the critical path lies as late as possible: in a plan that is counted back from its finish, or by a
/// constraint of its own.
fn lies_late(report: &ProjectReport) -> bool {
    let project = &report.project;
    let is_late = |number: &TaskNo| {
        report.forecast.slot(*number).state == State::NotStarted
            && project
                .task(*number)
                .constraints
                .iter()
                .any(|bound| bound.kind == ConstraintKind::AsLateAsPossible)
    };
    project.scheduling.from != ScheduleFrom::Start || report.forecast.longest_path.iter().any(is_late)
}

/// Whether a task of the critical path is work that is still to drive the finish.
fn is_open_work(report: &ProjectReport, number: TaskNo) -> bool {
    report.is_left(number)
        && report.forecast.slot(number).on_longest_path
        && matches!(
            report.project.task(number).kind,
            TaskKind::Work(Work::Duration(_) | Work::Both { .. } | Work::Effort(_))
        )
}

/// Whether a task waits for starts alone, and for nobody who is busy.
fn waits_for_starts(report: &ProjectReport, number: TaskNo) -> bool {
    let drivers = &report.forecast.slot(number).drivers;
    let links = drivers.iter().filter_map(|driver| match driver {
        Driver::Link { holder, place } => report.project.task(*holder).links.get(*place as usize),
        _ => None,
    });
    let mut kinds = links.map(|link| link.kind).peekable();
    let waits_for_people = drivers.iter().any(|driver| matches!(driver, Driver::Busy { .. }));
    kinds.peek().is_some() && kinds.all(LinkKind::leaves_start) && !waits_for_people
}

/// Delays the first open task of the critical path on a copy of the plan; none where no such task is work. One that the path leaves
/// by its start has room at its finish, which is no fault of the plan.
fn try_path(report: &ProjectReport) -> Option<PathTest> {
    let path = &report.forecast.longest_path;
    let next = path.iter().skip(1).map(Some).chain([None]);
    let mut open = path.iter().zip(next).filter(|(number, _)| is_open_work(report, **number));
    let (tried, _) = open.find(|(_, next)| next.is_none_or(|next| !waits_for_starts(report, *next)))?;
    let tried = *tried;
    let engine = report.engine();
    let runs_by_the_clock = report.project.task(tried).runs_by_the_clock();
    let (per_day, time) = if runs_by_the_clock {
        (MINUTES_OF_DAY, WorkingTime::clock())
    } else {
        (report.project.minutes_per_day_of(tried).max(1), engine.working_time(tried).clone())
    };
    let delayed = |minutes: i64| {
        let mut facts = report.facts.clone();
        // A delay, no length: what waits for a share of the length waits no longer for it.
        facts.done.insert(tried, -minutes);
        engine.run(&facts)
    };
    // No room before work as late as possible is longer than the whole project.
    let room = if lies_late(report) {
        time.between(report.project.start.first_instant(), report.forecast.finish).max(0)
    } else {
        0
    };
    let used_up = (room > 0).then(|| delayed(room));
    let now = used_up.as_ref().unwrap_or(&report.forecast);
    let then = delayed(room + TEST_DAYS * per_day);
    let (before, after) = ends_moved(report, now, &then);
    let moved = time.between(before, after) / per_day;
    let behind = time.between(now.slot(tried).finish, before) / per_day;
    let stands_still = (behind - days_worked_behind(report, now, tried)).max(0);
    let is_flagged = moved < TEST_DAYS - TEST_SLACK_DAYS - stands_still;
    Some(PathTest { tried, moved, is_flagged })
}

/// When the project ends, before and after: with the milestone or gate that ends the plan, if the critical path leads to it or it is the
/// last gate there is, else with the last of all tasks that end it now.
fn ends_moved(report: &ProjectReport, now: &Schedule, then: &Schedule) -> (Instant, Instant) {
    let ends = Ends::of(report);
    match ends.finish {
        Some(last) if is_end(report, now, last) => (now.slot(last).finish, then.slot(last).finish),
        Some(_) => {
            let before = ends.finishes().map(|end| now.slot(end).finish).max().unwrap_or(now.finish);
            let of_path = now.longest_path.last().copied();
            let last = ends.finishes().chain(of_path).filter(|end| now.slot(*end).finish == before);
            (before, last.map(|end| then.slot(end).finish).max().unwrap_or(then.finish))
        }
        None => (now.finish, then.finish),
    }
}

/// Whether a point alone is the end of a plan.
fn is_end(report: &ProjectReport, now: &Schedule, last: TaskNo) -> bool {
    let task = report.project.task(last);
    let is_last_gate = matches!(task.kind, TaskKind::Gate(gate) if gate >= GateId::G4);
    task.is_point() && (is_last_gate || now.longest_path.contains(&last))
}

/// Working days of work on the critical path of a schedule behind a task, each by its own calendar.
fn days_worked_behind(report: &ProjectReport, now: &Schedule, tried: TaskNo) -> i64 {
    let path = now.longest_path.iter().copied().skip_while(|number| *number != tried).skip(1);
    path.map(|number| now.slot(number).remaining / report.project.minutes_per_day_of(number).max(1)).sum()
}

/// The critical path length index: (CPL + TF) ÷ CPL; none where nothing is left of the path.
///
/// A path of 250 days with a float of −10 gives 0.96, with −20 0.92; 42 days with −34 give 0.19.
pub(super) fn length_index(length: i64, float: i64) -> Option<f64> {
    (length > 0).then(|| (length + float) as f64 / length as f64)
}

/// Point 13, the critical path length index: (CPL + TF) ÷ CPL, with the working days from the status date to the forecast
/// finish as length and the room to the promised finish as float. 42 days left and 34 late is 0.19.
#[must_use]
pub fn critical_path_length(report: &ProjectReport) -> Point {
    let finish = report.forecast.finish_day();
    let length = report.project.working_time().working_days_between(report.status_date, finish);
    let float = -report.control.finish_slip / report.minutes_per_day().max(1);
    let definition = format!(
        "(CPL + TF) ÷ CPL; CPL = working days from the status date to the forecast finish, TF = working days from the \
         forecast finish to the {} finish",
        yardstick(report)
    );
    let inputs = format!(
        "CPL {}\u{a0}d to {}, TF {}\u{a0}d to {}",
        format::whole(length),
        format::date(finish),
        format::whole(float),
        format::date(report.control.reference.finish)
    );
    index_point(
        report,
        ("13", "Critical path length index (CPLI)"),
        (definition, inputs),
        (Limit::PathLengthIndex, length_index(length, float)),
    )
}

/// The baseline execution index: tasks finished ÷ (tasks due + tasks that the baseline does not know); none where nothing
/// was due. Of 80 due and 71 finished it is 0.8875.
pub(super) fn execution_index(finished: usize, due: usize) -> Option<f64> {
    (due > 0).then(|| finished as f64 / due as f64)
}

/// Point 14, the baseline execution index: tasks finished ÷ tasks due by the status date or not in the baseline.
/// 7 finished of 10 due is 0.70. Above 1 more is finished than was due.
#[must_use]
pub fn baseline_execution(report: &ProjectReport) -> Point {
    let finished = promised(report).filter(|(_, slot, _)| slot.state == State::Finished).count();
    let unknown = promised(report).filter(|(_, _, finish)| finish.is_none()).count();
    let n_due = due(report).count();
    let definition = format!(
        "tasks finished, whenever they were due ÷ (tasks with a {0} finish by the status date + tasks without a {0} finish)",
        yardstick(report)
    );
    let inputs = format!("{finished} finished; {n_due} due, {unknown} without a promised finish");
    index_point(
        report,
        ("14", "Baseline execution index (BEI)"),
        (definition, inputs),
        (Limit::ExecutionIndex, execution_index(finished, n_due + unknown)),
    )
}

/// Point 14b, the hit-task percentage: of the tasks due by the status date those that are finished by it. Stricter than
/// the index, since work done early does not make up for work that is due.
#[must_use]
pub fn hit_tasks(report: &ProjectReport) -> Point {
    let definition = format!(
        "tasks with a {0} finish by the status date that are finished ÷ tasks with a {0} finish by the status date",
        yardstick(report)
    );
    let of = due(report).count();
    let open: Vec<TaskNo> = due(report)
        .filter(|(_, slot, _)| slot.state != State::Finished)
        .map(|(number, _, _)| number)
        .collect();
    let count = of - open.len();
    let share = Share {
        label: "14b",
        name: "Hit-task percentage",
        definition,
        limit: None,
        offenders: open,
        count,
        of,
    };
    let mut point = share.point(&report.project.thresholds);
    point.inputs = (of > 0).then(|| format::share(count as f64 / of as f64));
    point
}

fn index_point(
    report: &ProjectReport,
    (label, name): (&'static str, &'static str),
    (definition, inputs): (String, String),
    (limit, index): (Limit, Option<f64>),
) -> Point {
    let least = report.project.thresholds.get(limit);
    Point {
        label,
        name,
        definition,
        measured: index.map_or(Measured::Nothing, Measured::Index),
        inputs: Some(inputs),
        limit: format!("below {}", format::number(least, 2)),
        flagged: index.map(|index| index < least),
        offenders: Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn indices_are_the_published_ones() {
        let close =
            |index: Option<f64>, wanted: f64| index.is_some_and(|index| (index - wanted).abs() < 1e-12);
        assert!(close(length_index(250, -10), 0.96));
        assert!(close(length_index(250, -20), 0.92));
        assert!((length_index(42, -34).unwrap() - 0.190_476).abs() < 1e-6);
        assert_eq!(length_index(0, -10), None);
        assert!(close(execution_index(71, 80), 0.8875));
        assert!(close(execution_index(7, 10), 0.70));
        assert_eq!(execution_index(3, 0), None);
    }
}
