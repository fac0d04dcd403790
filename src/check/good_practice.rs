//! What GAO's *Schedule Assessment Guide* (GAO-16-89G, 2015) asks beyond the fourteen points, as far as the files can
//! show it.
//!
//! Like the points these are matters to talk about. Where GAO gives no number the measure is this program's own, and
//! says so.

use super::fourteen_points::incomplete;
use crate::format;
use crate::model::{Baseline, Ground, Limit, TaskNo, unread_words};
use crate::plan::State;
use crate::report::ProjectReport;

/// One practice and how far the plan follows it.
#[derive(Clone, Debug, PartialEq)]
pub struct Practice {
    /// What is looked at.
    pub name: &'static str,
    /// What is counted, in words.
    pub definition: String,
    /// What was found, in words.
    pub measured: String,
    /// Whether it is to be talked about; none where there is nothing to judge.
    pub flagged: Option<bool>,
    /// The tasks to look at, in the order of the plan.
    pub offenders: Vec<TaskNo>,
}

/// At most so many tasks are made longer on a copy, those that begin first.
const TRIED_AT_MOST: usize = 300;

/// Looks at a project's forecast, practice by practice.
#[must_use]
pub fn good_practices(report: &ProjectReport) -> Vec<Practice> {
    let unread = report.project.unread(&[Ground::Dates]);
    let of_days = |practice: Practice| {
        if unread.is_empty() {
            return practice;
        }
        let measured = format!("not known: {}", unread_words(&unread));
        Practice { measured, flagged: None, offenders: Vec::new(), ..practice }
    };
    vec![
        outside_work(report),
        of_days(horizontal_traceability(report)),
        vertical_traceability(report),
        of_days(merge_points(report)),
        of_days(level_of_effort(report)),
        of_days(soft_constraints(report)),
        of_days(basis(report)),
        of_days(reasonable_float(report)),
        of_days(resources(report)),
        risk_analysis(report),
        baselines(report),
        of_days(variances(report)),
        status(report),
    ]
}

fn practice(
    (name, definition): (&'static str, String),
    measured: String,
    flagged: Option<bool>,
    offenders: Vec<TaskNo>,
) -> Practice {
    Practice { name, definition, measured, flagged, offenders }
}

/// All work is in one network: each request to an outside team names the task that needs it.
fn outside_work(report: &ProjectReport) -> Practice {
    let requests = &report.project.registers.requests;
    let loose: Vec<String> = requests
        .iter()
        .filter(|request| request.needed_for.is_none())
        .map(|request| format!("`{}`", request.id))
        .collect();
    let measured = if requests.is_empty() {
        "no request to an outside team".to_owned()
    } else if loose.is_empty() {
        format!("all {} tied to a task", format::count(requests.len(), "request"))
    } else {
        format!("{} of {} tied to no task: {}", loose.len(), requests.len(), format::listed(&loose))
    };
    practice(
        (
            "Outside work in the network",
            "requests to outside teams that name the task which needs them ÷ requests".to_owned(),
        ),
        measured,
        (!requests.is_empty()).then_some(!loose.is_empty()),
        Vec::new(),
    )
}

/// The open tasks that are made longer on a copy: those that begin first.
fn tried(report: &ProjectReport) -> Vec<TaskNo> {
    let mut tried: Vec<TaskNo> = incomplete(report).map(|(number, _, _)| number).collect();
    tried.sort_by_key(|number| (report.forecast.slot(*number).start, *number));
    tried.truncate(TRIED_AT_MOST);
    tried
}

/// Those of them of which a long delay does not reach the end of the plan, in the order of the plan. The first who asks waits until
/// all have been tried.
fn untraced(report: &ProjectReport) -> &[TaskNo] {
    report.untraced.or_made(|| {
        let last = super::ends::Ends::of(report).finish;
        let mut untraced = last.map_or_else(Vec::new, |last| {
            report.engine().untraced(&report.facts, &report.forecast, (&tried(report), last))
        });
        untraced.sort();
        untraced
    })
}

/// Point 12 on any task: a long delay of each open task must reach the end of the plan.
fn horizontal_traceability(report: &ProjectReport) -> Practice {
    let n_open = incomplete(report).count();
    let last = super::ends::Ends::of(report).finish;
    let untraced = untraced(report);
    let n_tried = n_open.min(TRIED_AT_MOST);
    let measured = match (n_tried, untraced.len()) {
        (0, _) => "no open task".to_owned(),
        (n, 0) if n == n_open => format!("all {} reach it", format::count(n, "open task")),
        (n, 0) => format!("the first {n} of {n_open} open tasks reach it"),
        (n, n_untraced) => format!("{n_untraced} of {n} tried do not reach it"),
    };
    let name =
        last.map_or_else(|| "the end".to_owned(), |last| format!("`{}`", report.project.task(last).id));
    practice(
        (
            "Horizontal traceability",
            format!(
                "open tasks of which a delay of {} working days beyond their float moves {name}, the end of the plan (point \
                 12 on any task)",
                crate::plan::TEST_DAYS
            ),
        ),
        measured,
        (n_tried > 0).then_some(!untraced.is_empty()),
        untraced.to_vec(),
    )
}

/// Work, schedule and cost carry the same ids: work that the baseline does not know has no budget to be held against.
fn vertical_traceability(report: &ProjectReport) -> Practice {
    let is_known = |number: TaskNo| report.control.tasks[number.0 as usize].is_in_reference;
    let work = || report.tasks().filter(|(_, task, _)| task.is_work());
    let unknown: Vec<TaskNo> =
        work().map(|(number, _, _)| number).filter(|number| !is_known(*number)).collect();
    let measured = format!("{} of {} known to the baseline", work().count() - unknown.len(), work().count());
    practice(
        (
            "Vertical traceability",
            "tasks of work with the same id in plan, baseline and books ÷ tasks of work; an id that the plan does not have \
             is an error"
                .to_owned(),
        ),
        if report.control.reference.is_baseline() { measured } else { "no baseline".to_owned() },
        report.control.reference.is_baseline().then_some(!unknown.is_empty()),
        unknown,
    )
}

/// Tasks at which many paths meet are listed.
fn merge_points(report: &ProjectReport) -> Practice {
    let most = report.project.thresholds.get(Limit::Predecessors);
    let open = || report.tasks().filter(|(_, _, slot)| slot.state == State::NotStarted);
    let merges: Vec<TaskNo> =
        open().filter(|(_, task, _)| task.links.len() as f64 > most).map(|(number, _, _)| number).collect();
    let widest = open().map(|(_, task, _)| task.links.len()).max().unwrap_or(0);
    practice(
        (
            "Merge points",
            format!("tasks that have not begun and wait for more than {} others", format::number(most, 0)),
        ),
        format!("{}; the most that one waits for is {widest}", format::count(merges.len(), "merge point")),
        Some(!merges.is_empty()),
        merges,
    )
}

/// Level of effort follows the work and drives nothing.
fn level_of_effort(report: &ProjectReport) -> Practice {
    let open = || {
        report.tasks().filter(|(_, task, slot)| task.is_level_of_effort() && slot.state != State::Finished)
    };
    let critical: Vec<TaskNo> = open()
        .filter(|(_, task, slot)| task.is_work() && slot.critical)
        .map(|(number, _, _)| number)
        .collect();
    let n_open = open().count();
    practice(
        ("Level of effort off the critical path", "open level of effort that is critical".to_owned()),
        if n_open == 0 {
            "no open level of effort".to_owned()
        } else {
            format!("{} of {n_open} critical", critical.len())
        },
        (n_open > 0).then_some(!critical.is_empty()),
        critical,
    )
}

/// Soft constraints are few and justified; DCMA tolerates them, GAO asks for a reason.
fn soft_constraints(report: &ProjectReport) -> Practice {
    let bound: Vec<TaskNo> = incomplete(report)
        .filter(|(_, task, _)| task.constraints.iter().any(|constraint| !constraint.kind.is_hard()))
        .map(|(number, _, _)| number)
        .collect();
    let n_open = incomplete(report).count();
    let unexplained: Vec<TaskNo> =
        bound.iter().copied().filter(|number| report.project.task(*number).because.is_none()).collect();
    practice(
        (
            "Soft constraints justified",
            "incomplete tasks that start or finish not before a date, or as late as possible, and say why in `because:`"
                .to_owned(),
        ),
        format!("{} of {n_open} bound, {} without a reason", bound.len(), unexplained.len()),
        (!bound.is_empty()).then_some(!unexplained.is_empty()),
        bound,
    )
}

/// Durations have a basis.
fn basis(report: &ProjectReport) -> Practice {
    let n_open = incomplete(report).count();
    let without: Vec<TaskNo> =
        incomplete(report).filter(|(_, task, _)| task.basis.is_none()).map(|(number, _, _)| number).collect();
    let n_with = n_open - without.len();
    let n_ranges = incomplete(report).filter(|(_, task, _)| task.has_range()).count();
    practice(
        (
            "Basis of durations",
            "incomplete tasks that say in `basis:` how their length was found ÷ incomplete tasks".to_owned(),
        ),
        format!("{n_with} of {n_open} say it, {n_ranges} in three points"),
        (n_with > 0 && n_open > 0).then_some(!without.is_empty()),
        if n_with > 0 { without } else { Vec::new() },
    )
}

/// Float is reasonable for this project, not only below two months.
fn reasonable_float(report: &ProjectReport) -> Practice {
    let per_day = report.minutes_per_day().max(1);
    let working = report.project.working_time();
    let left = working.working_days_between(report.status_date, report.forecast.finish_day());
    let floats: Vec<(TaskNo, i64)> = incomplete(report)
        .map(|(number, _, slot)| (number, report.project.comparable_room(number, slot.total_float) / per_day))
        .collect();
    let loose: Vec<TaskNo> =
        floats.iter().filter(|(_, float)| *float * 2 > left.max(1)).map(|(number, _)| *number).collect();
    let most = floats.iter().map(|(_, float)| *float).max();
    practice(
        (
            "Float reasonable for the project",
            "incomplete tasks with total float above half of the working days left to the finish; this program's own measure"
                .to_owned(),
        ),
        match most {
            None => "no open task".to_owned(),
            Some(most) => format!(
                "{} of {}; the most is {}\u{a0}d, with {left}\u{a0}d left",
                loose.len(),
                floats.len(),
                format::whole(most)
            ),
        },
        most.map(|_| !loose.is_empty()),
        loose,
    )
}

/// Resources are assigned and not over-allocated.
fn resources(report: &ProjectReport) -> Practice {
    let people = report.load.people.iter().flat_map(|person| &person.weeks);
    let roles = report.load.roles.iter().flat_map(|role| &role.weeks);
    let over = people.chain(roles).filter(|week| week.is_overbooked() && week.monday > report.status_date);
    let n_over = over.count();
    let is_staffed = !report.load.people.is_empty() || !report.load.roles.is_empty();
    practice(
        (
            "Nobody over-allocated",
            "weeks to come in which a person or role is booked beyond what they can give".to_owned(),
        ),
        if is_staffed { format::count(n_over, "week") } else { "nobody is assigned".to_owned() },
        is_staffed.then_some(n_over > 0),
        Vec::new(),
    )
}

/// The finish has a confidence.
fn risk_analysis(report: &ProjectReport) -> Practice {
    let unread = report.project.unread(Ground::RUNS);
    practice(
        (
            "Schedule risk analysis",
            "the finish is computed from estimates in three points, with a level of confidence".to_owned(),
        ),
        match (&report.risk, unread.as_slice()) {
            (Some(_), _) => "done".to_owned(),
            (None, []) => "nothing varies: no estimate in three points".to_owned(),
            (None, unread) => format!("not known: {}", unread_words(unread)),
        },
        unread.is_empty().then(|| report.risk.is_none() && incomplete(report).next().is_some()),
        Vec::new(),
    )
}

/// There is a baseline, and a new one is rare and approved at a gate.
fn baselines(report: &ProjectReport) -> Practice {
    let by_now: Vec<_> = report.project.baselines_by(report.status_date).collect();
    let (project, day) = (&report.project, report.status_date);
    let is_approved = |baseline: &Baseline| {
        baseline.approved.is_some() && project.gates_that_allow(baseline, day).next().is_some()
    };
    let loose: Vec<String> = by_now
        .iter()
        .filter(|baseline| !is_approved(baseline))
        .map(|baseline| format!("`{}`", baseline.id))
        .collect();
    let measured = match (by_now.len(), loose.is_empty()) {
        (0, _) => match report.awaited_baseline() {
            Some(baseline) => format!("`{}`, approved and frozen later", baseline.id),
            None => "no baseline".to_owned(),
        },
        (n, true) => format!("{}, approved at a gate", format::count(n, "baseline")),
        (n, false) => {
            format!("{}; not approved at a gate: {}", format::count(n, "baseline"), format::listed(&loose))
        }
    };
    practice(
        (
            "Baseline approved, re-baselining rare",
            "baselines with a day of approval that a passed gate names, or that name it as what allows them"
                .to_owned(),
        ),
        measured,
        Some(by_now.is_empty() || !loose.is_empty()),
        Vec::new(),
    )
}

/// Variances from the baseline are explained where the work is reported or in a register.
fn variances(report: &ProjectReport) -> Practice {
    let project = &report.project;
    let missed = super::fourteen_points::missed(report).offenders;
    let by_now = || project.progress.iter().filter(|entry| entry.status_date <= report.status_date);
    let is_explained = |number: TaskNo| {
        let id = &project.task(number).id;
        let registers = &project.registers;
        by_now().any(|entry| entry.task == number && entry.note.is_some())
            || registers.issues.iter().any(|issue| issue.links.contains(id))
            || registers.risks.iter().any(|risk| risk.links.contains(id))
            || registers.decisions.iter().any(|decision| decision.links.contains(id))
            || registers.changes.iter().any(|change| change.tasks.contains(&number))
    };
    let silent: Vec<TaskNo> = missed.iter().copied().filter(|number| !is_explained(*number)).collect();
    practice(
        (
            "Variances explained",
            "missed tasks (point 11) that a note in `progress.csv`, an issue, a risk, a decision or a change speaks of"
                .to_owned(),
        ),
        if missed.is_empty() {
            "no task missed".to_owned()
        } else {
            format!("{} of {} explained", missed.len() - silent.len(), missed.len())
        },
        (!missed.is_empty()).then_some(!silent.is_empty()),
        silent,
    )
}

/// The status is current, and every update is kept with its narrative.
fn status(report: &ProjectReport) -> Practice {
    let told: Vec<_> =
        report.project.updates.iter().filter(|update| update.status_date <= report.status_date).collect();
    let n_bare = told.iter().filter(|update| update.body.markdown.trim().is_empty()).count();
    let newest = told.iter().map(|update| update.status_date).max();
    let age = newest.map(|day| report.project.reporting.between(day, report.status_date));
    let measured = match (newest, n_bare) {
        (None, _) => "no update".to_owned(),
        (Some(day), 0) => {
            format!("{}, the newest of {}", format::count(told.len(), "update"), format::date(day))
        }
        (Some(day), n) => format!(
            "{}, {n} without a narrative, the newest of {}",
            format::count(told.len(), "update"),
            format::date(day)
        ),
    };
    practice(
        (
            "Status current, updates archived",
            "updates with a narrative; the newest is at most one reporting period old".to_owned(),
        ),
        measured,
        Some(n_bare > 0 || age.is_none_or(|age| age > 1.0)),
        Vec::new(),
    )
}
