//! What the Gantt chart shows of a report: its rows under the headings of their stages, time without work, and links.

use std::collections::BTreeSet;

use jiff::civil::Date;

use crate::chart::LinkTo;
use crate::chart::gantt::input::{
    BandKind, Criticality, GanttBand, GanttInput, GanttLink, GanttRow, LinkKind as Ends, RowKind,
};
use crate::chart::slip::name_of;
use crate::format;
use crate::model::{Calendar, ClosureKind, LinkKind, Task, TaskKind, TaskNo};
use crate::plan::{Slot, State};
use crate::quantity::Stage;
use crate::report::ProjectReport;

/// Above this many days weekends and holidays are narrower than they can be seen, and are left out.
const LONGEST_WITH_RESTS: i32 = 500;

/// All tasks of the plan in its order, each stage led by a heading of its own.
pub fn rows(report: &ProjectReport, link_to: LinkTo<'_>) -> Vec<GanttRow> {
    let mut rows: Vec<GanttRow> = Vec::new();
    for stage in Stage::ALL {
        let of_stage: Vec<(TaskNo, &Task, &Slot)> =
            report.tasks().filter(|(_, task, _)| task.stage == stage).collect();
        // What lasts as long as other work says nothing about when its stage is.
        let bounding =
            || of_stage.iter().filter(|(_, task, _)| !matches!(task.kind, TaskKind::Hammock { .. }));
        let first = bounding().map(|(_, _, slot)| slot.first_day()).min();
        let last = bounding().map(|(_, _, slot)| slot.last_day()).max();
        if let (Some(start), Some(finish)) = (first, last) {
            let mut heading = heading(stage, start, finish);
            heading.done = share_done(report, of_stage.iter().map(|(number, _, _)| *number));
            // A stage is critical where something open in it is.
            let hammock = |task: &Task| matches!(task.kind, TaskKind::Hammock { .. });
            let is_critical = |(_, task, slot): &(TaskNo, &Task, &Slot)| {
                slot.critical && slot.state != State::Finished && !hammock(task)
            };
            if of_stage.iter().any(is_critical) {
                heading.criticality = Criticality::Critical;
            }
            rows.push(heading);
        }
        for (number, task, slot) in of_stage {
            rows.push(row(report, (number, task, slot), link_to(&task.id)));
        }
    }
    rows
}

/// All that a Gantt chart of the whole plan is drawn from; `None` for a plan without rows.
pub(super) fn input(report: &ProjectReport, link_to: LinkTo<'_>) -> Option<GanttInput> {
    let rows = rows(report, link_to);
    (!rows.is_empty()).then(|| GanttInput {
        id_prefix: "gantt".to_owned(),
        title: "Schedule".to_owned(),
        status_date: Some(report.status_date),
        bands: bands(report, &rows),
        links: links(report),
        rows,
        part: None,
    })
}

/// The heading of a stage, over its work from `start` to `finish`.
fn heading(stage: Stage, start: Date, finish: Date) -> GanttRow {
    GanttRow {
        id: format!("stage-{}", stage.key()),
        name: format!("{} {}", stage.number(), format::stage(stage)),
        depth: 0,
        kind: RowKind::Stage,
        href: None,
        start,
        finish,
        pauses: Vec::new(),
        baseline: None,
        slip: None,
        done: 0.0,
        criticality: Criticality::Free,
        float_until: None,
        deadline: None,
    }
}

/// The row of a task.
pub fn row(
    report: &ProjectReport,
    (number, task, slot): (TaskNo, &Task, &Slot),
    href: Option<String>,
) -> GanttRow {
    let reference = &report.control.reference;
    let baseline = reference.dates_of(number).filter(|_| reference.is_baseline() && !task.is_summary());
    let finish = slot.last_day();
    let is_finished = slot.state == State::Finished;
    let is_hammock = matches!(task.kind, TaskKind::Hammock { .. });
    let late_finish = slot.late_finish.last_day();
    let has_float = !is_finished && !is_hammock && !task.is_summary() && slot.total_float > 0;
    GanttRow {
        id: task.id.to_string(),
        name: name_of(task),
        depth: u8::try_from(task.depth + 1).unwrap_or(u8::MAX),
        kind: match task.kind {
            TaskKind::Work(_) => RowKind::Task,
            TaskKind::Milestone => RowKind::Milestone,
            TaskKind::Gate(_) => RowKind::Gate,
            TaskKind::Hammock { .. } | TaskKind::Summary => RowKind::Summary,
        },
        href,
        start: if task.is_point() { finish } else { slot.first_day() },
        finish,
        pauses: pauses_of(slot),
        baseline,
        slip: baseline
            .filter(|_| !report.is_given_up(number))
            .map(|(_, promised)| report.project.working_time().working_days_after(promised, finish)),
        done: if is_finished { 1.0 } else { share_of(report, number).min(0.999) },
        criticality: if slot.critical && !is_finished && !is_hammock {
            Criticality::Critical
        } else {
            Criticality::Free
        },
        float_until: (has_float && late_finish > finish).then_some(late_finish),
        deadline: task.deadline.map(|(at, _)| at.day),
    }
}

/// Whole days between the parts of a task that levelling interrupts.
fn pauses_of(slot: &Slot) -> Vec<(Date, Date)> {
    let days = slot.pauses.iter().filter_map(|pause| {
        let (first, last) = (pause.from.last_day().tomorrow().ok()?, pause.to.day().yesterday().ok()?);
        (first <= last).then_some((first, last))
    });
    days.collect()
}

/// The share of a row that is done: what was reported of work, the work below a summary, the time passed of a hammock.
fn share_of(report: &ProjectReport, number: TaskNo) -> f64 {
    let task = report.project.task(number);
    match task.kind {
        TaskKind::Summary => {
            let is_below = |below: &TaskNo| {
                let parent = |number: &TaskNo| report.project.task(*number).parent;
                std::iter::successors(parent(below), parent).any(|above| above == number)
            };
            share_done(report, report.project.task_numbers().filter(is_below))
        }
        TaskKind::Hammock { .. } => {
            // Over the span as it is forecast, beside which the share is shown.
            let slot = report.forecast.slot(number);
            let time = report.project.working_time();
            let after = |day: Date| day.tomorrow().unwrap_or(day);
            let all = time.working_days_between(slot.first_day(), after(slot.last_day()));
            let passed = time.working_days_between(slot.first_day(), after(report.status_date));
            if all > 0 { (passed as f64 / all as f64).clamp(0.0, 1.0) } else { 0.0 }
        }
        _ => report.control.tasks.get(number.0 as usize).map_or(0.0, |value| value.physical.as_f64()),
    }
}

/// The share of work that is done, each task weighing as much as it lasts; not a number where there is no work.
fn share_done(report: &ProjectReport, numbers: impl Iterator<Item = TaskNo>) -> f64 {
    let (mut all, mut done) = (0.0, 0.0);
    for number in numbers.filter(|number| report.project.task(*number).is_work()) {
        let slot = report.forecast.slot(number);
        let length = slot.duration.max(1) as f64;
        all += length;
        done +=
            length * if slot.state == State::Finished { 1.0 } else { share_of(report, number).min(0.999) };
    }
    if all > 0.0 { done / all } else { f64::NAN }
}

/// The dependencies; critical where both ends are.
pub fn links(report: &ProjectReport) -> Vec<GanttLink> {
    links_of(report, report.project.task_numbers()).collect()
}

/// What these tasks wait for; critical where both ends are.
pub fn links_of(
    report: &ProjectReport,
    tasks: impl Iterator<Item = TaskNo>,
) -> impl Iterator<Item = GanttLink> {
    let is_critical = |number: TaskNo| {
        let slot = report.forecast.slot(number);
        slot.critical && slot.state != State::Finished
    };
    tasks
        .map(|number| (number, report.project.task(number)))
        .flat_map(|(number, task)| task.links.iter().map(move |link| (number, task, link)))
        .map(move |(number, task, link)| GanttLink {
            from: report.project.task(link.predecessor).id.to_string(),
            to: task.id.to_string(),
            kind: match link.kind {
                LinkKind::FinishStart => Ends::FinishToStart,
                LinkKind::StartStart => Ends::StartToStart,
                LinkKind::FinishFinish => Ends::FinishToFinish,
                LinkKind::StartFinish => Ends::StartToFinish,
            },
            criticality: if is_critical(link.predecessor) && is_critical(number) {
                Criticality::Critical
            } else {
                Criticality::Free
            },
        })
}

/// Weekends and holidays of the project's calendar, and the closures of every calendar that open work follows.
pub fn bands(report: &ProjectReport, rows: &[GanttRow]) -> Vec<GanttBand> {
    let dates = || {
        rows.iter().flat_map(|row| {
            let (first, last) = row.baseline.unwrap_or((row.start, row.finish));
            [row.start, row.finish, first, last].into_iter().chain(row.float_until).chain(row.deadline)
        })
    };
    let (Some(first), Some(last)) = (dates().min(), dates().max()) else { return Vec::new() };
    let project = &report.project;
    let own = &project.calendars[project.calendar];
    let mut bands = rests(own, first, last);
    let used: BTreeSet<usize> =
        project.tasks.iter().map(|task| task.calendar).chain([project.calendar]).collect();
    let mut closures: Vec<GanttBand> = Vec::new();
    for closure in used.into_iter().flat_map(|calendar| &project.calendars[calendar].closures) {
        let band = GanttBand {
            first: closure.window.first().max(first),
            last: closure.window.last_day().min(last),
            kind: BandKind::Closure(closure.reason.clone()),
        };
        let is_known = closures.iter().any(|known| (known.first, known.last) == (band.first, band.last));
        if closure.kind == ClosureKind::Closed && band.first <= band.last && !is_known {
            closures.push(band);
        }
    }
    closures.sort_by_key(|band| band.first);
    bands.extend(closures);
    bands
}

/// Runs of days without shifts; none on an axis so long that they could not be seen.
fn rests(calendar: &Calendar, first: Date, last: Date) -> Vec<GanttBand> {
    let mut rests: Vec<GanttBand> = Vec::new();
    if crate::chart::kit::days::number_of(last) - crate::chart::kit::days::number_of(first)
        > LONGEST_WITH_RESTS
    {
        return rests;
    }
    let is_closure = |day: Date| {
        let mut closures = calendar.closures.iter();
        closures.any(|closure| closure.kind == ClosureKind::Closed && closure.window.contains(day))
    };
    let mut day = first;
    while day <= last {
        if calendar.shifts(day).is_empty() && !is_closure(day) {
            match rests.last_mut() {
                Some(rest) if rest.last.tomorrow().is_ok_and(|next| next == day) => rest.last = day,
                _ => rests.push(GanttBand { first: day, last: day, kind: BandKind::Rest }),
            }
        }
        let Ok(next) = day.tomorrow() else { break };
        day = next;
    }
    rests
}
