//! A deadline that the forecast misses, or a hard constraint that contradicts the logic.

use jiff::civil::Date;

use crate::declare_rule;
use crate::diagnostic::spelling::count;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::format;
use crate::model::{Constraint, ConstraintKind, ScheduleFrom, Task, TaskKind, TaskNo, Work, WorkingTime};
use crate::plan::{Driver, Slot, State};
use crate::quantity::{Instant, Moment};
use crate::report::ProjectReport;

declare_rule! {
    /// A task is forecast to finish after its deadline, the project after the `finish:` that it is counted back from, or
    /// a hard constraint (`must_start`, `must_finish`, `starts_not_after`, `finishes_not_after`) leaves less time than the
    /// work before it needs.
    ///
    /// A deadline is met where no working time lies between it and the finish: a milestone on Monday morning meets the
    /// Saturday before.
    ///
    /// **Why it matters.** A deadline never moves a task: the forecast shows what the logic says, and the gap shows how
    /// far promise and plan are apart. Everybody downstream works against a date that cannot be met.
    ///
    /// **What to do.** Shorten or re-order the work that drives the date (the levers on the dashboard say what a day is
    /// worth, `milepost why PROJECT/TASK` what drives it), move the deadline with the board's consent, or raise an exception.
    /// If the board knows and has decided to wait, waive the rule in `project.yaml` with a reason and a last day.
    ///
    /// A hard constraint does not lay work before what it waits for: the forecast lies where logic and progress put it, before and
    /// after the day on which the date cannot be kept any more, and float below zero tells by how much it is missed. Only with
    /// `conventions: microsoft project` such a date is kept against the links, unless `honor_constraints: false` says otherwise.
    ///
    /// ```yaml
    /// G5:
    ///   gate: Closure
    ///   after: handover
    ///   deadline: 2026-12-18   # forecast 2027-01-21: 22 working days too late
    /// ```
    pub static NEGATIVE_FLOAT: Rule = ("E302", "negative-float", Error, "0.1.0", "less time than the work needs");
}

/// Looks at each unfinished task with a deadline of its own, and at each with a hard constraint.
pub(super) fn look(report: &ProjectReport, found: &mut Diagnostics) {
    look_at_finish(report, found);
    for (number, task, slot) in report.tasks() {
        if slot.state == State::Finished {
            continue;
        }
        if let Some((deadline, span)) = task.deadline
            && slot.is_behind(deadline, report.engine().calendar_of(number), task)
        {
            found.push(
                Diagnostic::new(
                    &NEGATIVE_FLOAT,
                    span,
                    format!("`{}` is forecast for {}", task.id, lateness(report, deadline, slot.finish)),
                )
                .label("deadline")
                .hint("shorten what drives the date, agree a new deadline, or raise an exception"),
            );
        }
        if let Some(contradiction) = dates_against_duration(report, number) {
            found.push(contradiction);
            continue;
        }
        if let Some((bound, missing)) = contradicted(report, number) {
            found.push(contradiction(report, number, (bound, missing)));
        }
    }
}

/// The hard constraint of a task that cannot be kept, and by how many minutes it is missed.
fn contradicted(report: &ProjectReport, number: TaskNo) -> Option<(&Constraint, i64)> {
    let (task, slot) = (report.project.task(number), report.forecast.slot(number));
    let hard = || task.constraints.iter().filter(|bound| bound.kind.is_hard());
    let is_start = |bound: &&Constraint| limits_start(bound);
    let holds = report.project.scheduling.honors_constraints();
    if !task.is_summary() {
        let mut hard = hard().filter(|_| slot.total_float < 0);
        if holds || task.is_manual {
            return hard.next().map(|bound| (bound, -slot.total_float));
        }
        // A start that does not go with the finish, for which there is too little work, is told as such (`W215`).
        let gives_way = task.is_work() && held_by(task, slot) == Some(ConstraintKind::MustFinish);
        let mut hard = hard.filter(|bound| !(gives_way && bound.kind == ConstraintKind::MustStart));
        // Float below zero may belong to the date of something behind it.
        return hard.find_map(|bound| {
            let missed = missed_by(report, number, bound);
            (missed > 0).then_some((bound, missed))
        });
    }
    // The start of a summary holds nothing below it earlier: it is missed by the first of what is below.
    let engine = report.engine();
    let time = engine.calendar_of(number);
    let missed =
        |at: Moment| time.between(at.instant().unwrap_or_else(|| time.first_minute(at.day)), slot.start);
    let is_missed = |at: &Moment| slot.state == State::NotStarted && slot.start > at.last_instant();
    let start = hard().filter(is_start).find_map(|bound| Some((bound, missed(bound.at.filter(is_missed)?))));
    if !holds {
        // Float below zero may belong to the date of something behind it.
        let finish = hard().filter(|bound| !limits_start(bound));
        let mut missed = finish.map(|bound| (bound, missed_by(report, number, bound)));
        return start.or_else(|| missed.find(|(_, missed)| *missed > 0));
    }
    let room = room_below(report, (number, number)).into_iter().chain([slot.total_float]).min();
    let finish = hard().find(|bound| !is_start(bound)).zip(room.filter(|room| *room < 0));
    start.or(finish.map(|(bound, room)| (bound, -room)))
}

fn limits_start(bound: &Constraint) -> bool {
    matches!(bound.kind, ConstraintKind::MustStart | ConstraintKind::StartsNotAfter)
}

/// The date of its own that a task lies at, if one drives it.
fn held_by(task: &Task, slot: &Slot) -> Option<ConstraintKind> {
    match slot.drivers.first()? {
        Driver::Constraint(place) => Some(task.constraints.get(*place as usize)?.kind),
        _ => None,
    }
}

/// The first working minute behind which a start misses a hard date, or the last of a finish; a point may lie at the end of the last day.
fn latest(report: &ProjectReport, number: TaskNo, bound: &Constraint) -> Option<Instant> {
    let task = report.project.task(number);
    let at = bound.at?;
    if task.is_point() || !limits_start(bound) {
        return Some(at.last_instant());
    }
    let first = at.first_instant();
    Some(if task.runs_by_the_clock() {
        first
    } else {
        report.engine().calendar_of(number).next_working(first)
    })
}

/// Working minutes, or minutes of the clock for what runs by it, by which the forecast misses a hard date; none or less where it is kept.
fn missed_by(report: &ProjectReport, number: TaskNo, bound: &Constraint) -> i64 {
    let (task, slot) = (report.project.task(number), report.forecast.slot(number));
    let engine = report.engine();
    let clock = WorkingTime::clock();
    let time = if task.runs_by_the_clock() { &clock } else { engine.calendar_of(number) };
    let Some(latest) = latest(report, number, bound) else { return 0 };
    match limits_start(bound) {
        // What has begun has its start behind it.
        true if slot.state != State::NotStarted => 0,
        true => time.between(latest, slot.start),
        false => time.between(latest, slot.finish),
    }
}

/// The least float of work below a task that the date of a summary holds before what it waits for: the dates of the summary hide it.
fn room_below(report: &ProjectReport, (summary, at): (TaskNo, TaskNo)) -> Option<i64> {
    let below = report.project.children(at).iter().filter_map(|child| {
        let slot = report.forecast.slot(*child);
        let is_held =
            |driver: &Driver| matches!(driver, Driver::ConstraintAbove { holder, .. } if *holder == summary);
        let own = slot.drivers.first().filter(|driver| is_held(driver)).map(|_| slot.total_float);
        own.into_iter().chain(room_below(report, (summary, *child))).min()
    });
    below.min()
}

/// A hard constraint that cannot be kept: it has gone by, a summary above sets another date, or what comes before takes too long.
fn contradiction(report: &ProjectReport, number: TaskNo, (bound, missing): (&Constraint, i64)) -> Diagnostic {
    if let Some(gone_by) = start_gone_by(report, number) {
        return gone_by;
    }
    let project = &report.project;
    let task = project.task(number);
    let (key, missing) = (bound.kind.key(), format::room(missing, project.room_days_of(number)));
    let (message, hint) = match report.forecast.slot(number).drivers.first() {
        Some(Driver::ConstraintAbove { holder, place }) => {
            let above = project.task(*holder);
            let sets = above.constraints.get(*place as usize);
            let which = sets.map_or("constraint", |bound| bound.kind.key());
            let lies_before =
                sets.is_some_and(|sets| bound.at.zip(sets.at).is_some_and(|(at, other)| at.is_before(other)));
            let message = if lies_before {
                format!("`{key}` lies {missing} before `{which}` of `{}` above it", above.id)
            } else {
                format!(
                    "`{key}` leaves {missing} too little for `{}` behind `{which}` of `{}` above it",
                    task.id, above.id
                )
            };
            (message, "move one of the two dates".to_owned())
        }
        _ => not_kept(report, number, (bound, &missing)),
    };
    Diagnostic::new(&NEGATIVE_FLOAT, bound.origin, message)
        .label(format!("constrains `{}`", task.id))
        .hint(hint)
}

/// A hard date that cannot be kept: what stands against it, and what can be done, in words.
fn not_kept(
    report: &ProjectReport,
    number: TaskNo,
    (bound, missing): (&Constraint, &str),
) -> (String, String) {
    let (task, slot) = (report.project.task(number), report.forecast.slot(number));
    let date = bound.at.map_or_else(String::new, |at| format!(": {at}"));
    let date = format!("`{}{date}` of `{}`", bound.kind.key(), task.id);
    let other = "move the date, or write it as `deadline:` if it is a promise and not a fact";
    if task.is_summary() {
        let message = if limits_start(bound) {
            let first = slot.first_day();
            format!("{date} is not kept: what is below it begins on {first}, {missing} later")
        } else {
            format!("{date} leaves {missing} too little for what is below it")
        };
        return (message, format!("shorten what comes before it, {other}"));
    }
    let is_forecast = limits_start(bound) && missed_by(report, number, bound) > 0;
    let begins = || format!("{date} is not kept: it begins on {}, {missing} later", slot.first_day());
    if is_forecast && held_by(task, slot).is_some() {
        return (begins(), "move one of its dates".to_owned());
    }
    if let Some((before, ends, day)) = last_before(report, number, bound) {
        return (
            format!("{date} leaves {missing} too little: `{before}`, which it waits for, {ends} on {day}"),
            format!("shorten `{before}` or what drives it, {other}"),
        );
    }
    if is_forecast {
        let comes_before = !matches!(slot.drivers.first(), Some(Driver::ProjectStart));
        let shorten = if comes_before { "shorten what comes before it, " } else { "" };
        return (begins(), format!("{shorten}{other}"));
    }
    if matches!(slot.drivers.first(), Some(Driver::StatusDate | Driver::ProjectStart | Driver::Actual)) {
        let message = format!(
            "{date} leaves {missing} too little for its work: it is forecast for {}",
            slot.last_day()
        );
        return (message, format!("shorten the work, {other}"));
    }
    (
        format!("{date} leaves {missing} too little for it and the work before it"),
        format!("shorten one of them, {other}"),
    )
}

/// Of what a task or a summary above it waits for, the one whose end is the last behind a hard date: its id, which end, and the day.
fn last_before<'a>(
    report: &'a ProjectReport,
    number: TaskNo,
    bound: &Constraint,
) -> Option<(&'a str, &'static str, Date)> {
    let project = &report.project;
    let above = std::iter::successors(Some(number), |at| project.task(*at).parent);
    let ends = above.flat_map(|holder| &project.task(holder).links).map(|link| {
        let slot = report.forecast.slot(link.predecessor);
        let is_start = link.kind.leaves_start();
        let (end, day) =
            if is_start { (slot.start, slot.first_day()) } else { (slot.finish, slot.last_day()) };
        (end, link.predecessor, if is_start { "begins" } else { "ends" }, day)
    });
    let last = latest(report, number, bound)?;
    let (_, before, ends, day) = ends.filter(|(end, ..)| *end > last).max_by_key(|(end, ..)| *end)?;
    Some((project.task(before).id.as_str(), ends, day))
}

/// Looks at the finish that a project is counted back from: what is late already cannot be laid any earlier.
fn look_at_finish(report: &ProjectReport, found: &mut Diagnostics) {
    let project = &report.project;
    let ScheduleFrom::Finish(wanted) = project.scheduling.from else { return };
    let is_over = report.tasks().all(|(_, _, slot)| slot.state == State::Finished);
    if is_over || report.forecast.finish <= wanted.last_instant() {
        return;
    }
    let origin = project.field_origins.get("schedule.finish").copied().unwrap_or(project.origin);
    let late = lateness(report, wanted, report.forecast.finish).replace("its deadline", "the wanted finish");
    found.push(
        Diagnostic::new(&NEGATIVE_FLOAT, origin, format!("the project is forecast for {late}"))
            .label("dates are counted back from here")
            .hint("shorten the work, agree a later finish, or raise an exception"),
    );
}

/// A latest start that lies before the end of the status date, of a task that has not begun although nothing else holds it.
fn start_gone_by(report: &ProjectReport, number: TaskNo) -> Option<Diagnostic> {
    let (task, slot) = (report.project.task(number), report.forecast.slot(number));
    // Of a summary the first of what is below it begins: it has not, whatever holds it.
    let is_held_by_day = task.is_summary() || slot.drivers.first() == Some(&Driver::StatusDate);
    if slot.state != State::NotStarted || !is_held_by_day {
        return None;
    }
    let is_latest_start = |kind| matches!(kind, ConstraintKind::MustStart | ConstraintKind::StartsNotAfter);
    let bound = task.constraints.iter().find(|bound| is_latest_start(bound.kind))?;
    let at = bound.at.filter(|at| at.day <= report.status_date)?;
    let message = format!("`{}` was {at}, and `{}` has not begun", bound.kind.key(), task.id);
    Some(
        Diagnostic::new(&NEGATIVE_FLOAT, bound.origin, message)
            .label(format!("constrains `{}`", task.id))
            .hint("report its start in `progress.csv`, or move the date"),
    )
}

/// A start and a finish that are both set and have less working time between them than the task takes.
fn dates_against_duration(report: &ProjectReport, number: TaskNo) -> Option<Diagnostic> {
    let task = report.project.task(number);
    let set = |kind| task.constraints.iter().find(|bound| bound.kind == kind);
    let (start, finish) = (set(ConstraintKind::MustStart)?, set(ConstraintKind::MustFinish)?);
    let (from, to) = (start.at?.first_instant(), finish.at?.last_instant());
    let TaskKind::Work(Work::Duration(length) | Work::Both { duration: length, .. }) = &task.kind else {
        return None;
    };
    if length.likely().is_elapsed() {
        return None;
    }
    let calendar = &report.project.calendars[task.calendar];
    let there_is = calendar.compile().between(from, to.max(from));
    let needed = length.likely().minutes(calendar.work_time);
    let days = |minutes| format::working_days(minutes, report.project.minutes_per_day_of(number));
    (there_is < needed).then(|| {
        Diagnostic::new(
            &NEGATIVE_FLOAT,
            finish.origin,
            format!(
                "`must_start` and `must_finish` of `{}` leave {} for work of {}",
                task.id,
                days(there_is),
                days(needed)
            ),
        )
        .also(start.origin, "it must start here")
        .hint("change one of the two dates, or the duration")
    })
}

/// When something finishes and how far that lies behind its deadline; to the minute where the deadline has a time.
fn lateness(report: &ProjectReport, deadline: Moment, finish: Instant) -> String {
    if deadline.minute.is_some() {
        return format!("{finish}, after its deadline of {deadline}");
    }
    let late = report.project.working_time().working_days_after(deadline.day, finish.last_day());
    if late == 0 {
        return format!(
            "{}, after its deadline of {}",
            format::iso(finish.last_day()),
            format::iso(deadline.day)
        );
    }
    let late = count(usize::try_from(late).unwrap_or(0), "working day");
    format!("{}, {late} after its deadline", format::iso(finish.last_day()))
}
