//! What kind of line a task is, and how long it takes.

use crate::diagnostic::{Diagnostic, Diagnostics, Span, Spanned};
use crate::model::{TaskKind, TaskNo, Work};
use crate::quantity::{Duration, Estimate, GateId, Id, WorkTime};
use crate::record::BAD_SCALAR;
use crate::record::decode::article;
use crate::record::plan::{LENGTHS, TaskRecord};
use crate::resolve::names::Names;
use crate::resolve::task::Line;
use crate::resolve::task_rule::{
    EFFORT_WITHOUT_PEOPLE, GATE_ID_WITHOUT_GATE, GATE_IN_OTHER_STAGE, GATE_WITHOUT_NUMBER, MEANINGLESS_FIELD,
    MINUTES_OR_MONTHS, TASK_WITHOUT_LENGTH, ZERO_DURATION,
};

/// The length of a task that does not say how long it is: the shortest that shows in a chart.
const UNKNOWN_LENGTH: i64 = 1;

/// That length as an estimate.
pub(super) fn unknown_length() -> Estimate {
    Estimate::single(Duration::days(UNKNOWN_LENGTH))
}

/// Finds the kind of a line; what contradicts it is reported, and what can be used of it is used.
pub(super) fn kind_of(line: &Line<'_>, names: &Names, found: &mut Diagnostics) -> TaskKind {
    let record = line.record;
    tell_gate_id(line, found);
    if let Some(name) = &record.gate {
        refuse(line, "a gate", &POINT_FIELDS, found);
        check_name(name, "gate", found);
        return gate_of(line, found);
    }
    if let Some(name) = &record.milestone {
        refuse(line, "a milestone", &POINT_FIELDS, found);
        check_name(name, "milestone", found);
        return TaskKind::Milestone;
    }
    if !record.tasks.is_empty() {
        refuse(line, "a summary", &SUMMARY_FIELDS, found);
        return TaskKind::Summary;
    }
    if let Some(span) = &record.lasts {
        refuse(line, "a hammock", &HAMMOCK_FIELDS, found);
        let mut known = |ends: &[Spanned<Id>]| -> Vec<TaskNo> {
            ends.iter().filter_map(|end| names.task(end, found)).collect()
        };
        let (from, to) = (known(&span.from), known(&span.to));
        if !from.is_empty() && !to.is_empty() {
            return TaskKind::Hammock { from, to };
        }
        return TaskKind::Work(Work::Duration(unknown_length()));
    }
    TaskKind::Work(work_of(line, found))
}

/// A line that has the id of a gate is taken for it.
fn tell_gate_id(line: &Line<'_>, found: &mut Diagnostics) {
    let record = line.record;
    let may_be_gate = record.gate.is_some() || record.unreadable.contains(&"gate") || line.is_faulty;
    if !may_be_gate && line.id.as_str().parse::<GateId>().is_ok() {
        let id = &line.id.value;
        found.push(
            Diagnostic::new(&GATE_ID_WITHOUT_GATE, line.id.span, format!("`{id}` is no gate")).hint(format!(
                "give the line another id, or write what the board decides: `{id}: {{gate: …}}`"
            )),
        );
    }
}

/// Tells a length in a few minutes, which may be meant for months.
pub(super) fn tell_months(written: &Spanned<Duration>, found: &mut Diagnostics) {
    let Some(months) = written.perhaps_months() else { return };
    // 52 weeks in 12 months.
    let weeks = (months * 52 + 6) / 12;
    let minutes = if months == 1 { "one minute".to_owned() } else { format!("{months} minutes") };
    found.push(
        Diagnostic::new(&MINUTES_OR_MONTHS, written.span, format!("`{}` is {minutes}", written.value))
            .hint(format!("write weeks where months are meant: `{weeks}w`")),
    );
}

fn tell_months_of(written: Spanned<Estimate>, found: &mut Diagnostics) {
    let points = [written.pessimistic(), written.likely(), written.optimistic()];
    if let Some(point) = points.into_iter().find(|point| point.perhaps_months().is_some()) {
        tell_months(&Spanned::new(point, written.span), found);
    }
}

type FieldPlace = (&'static str, fn(&TaskRecord) -> Option<Span>);

const DURATION: FieldPlace = ("duration", |record| record.duration.map(|field| field.span));
const EFFORT: FieldPlace = ("effort", |record| record.effort.map(|field| field.span));
const ASSIGN: FieldPlace = ("assign", |record| record.assign.first().map(|field| field.span));
const TEAM: FieldPlace = ("team", |record| record.team.as_ref().map(|field| field.span));
const COST: FieldPlace = ("cost", |record| record.cost.first().map(|field| field.span));
const EARNED_VALUE: FieldPlace =
    ("earned_value", |record| record.earned_value.as_ref().map(|field| field.span));
const LASTS: FieldPlace = ("span", |record| record.lasts.as_ref().map(|field| field.span));
const TASKS: FieldPlace = ("tasks", |record| record.tasks.first().map(|(id, _)| id.span));
const MILESTONE: FieldPlace = ("milestone", |record| record.milestone.as_ref().map(|field| field.span));
const AFTER: FieldPlace = ("after", |record| record.after.first().map(|field| field.span));
const CALENDAR: FieldPlace = ("calendar", |record| record.calendar.as_ref().map(|field| field.span));

const MANUAL: FieldPlace = ("manual", |record| record.manual.map(|field| field.span));
const PRIORITY: FieldPlace = ("priority", |record| record.priority.map(|field| field.span));
const SPLIT: FieldPlace = ("split", |record| record.split.map(|field| field.span));
const IGNORE_PEOPLE: FieldPlace =
    ("ignore_people_calendars", |record| record.ignore_people_calendars.map(|field| field.span));

/// What a gate or a milestone cannot have; `milestone` itself only counts at a gate.
const POINT_FIELDS: [FieldPlace; 11] =
    [DURATION, EFFORT, ASSIGN, TEAM, EARNED_VALUE, LASTS, TASKS, MILESTONE, PRIORITY, SPLIT, IGNORE_PEOPLE];
const SUMMARY_FIELDS: [FieldPlace; 12] = [
    DURATION,
    EFFORT,
    ASSIGN,
    TEAM,
    COST,
    EARNED_VALUE,
    LASTS,
    CALENDAR,
    MANUAL,
    PRIORITY,
    SPLIT,
    IGNORE_PEOPLE,
];
const HAMMOCK_FIELDS: [FieldPlace; 8] =
    [DURATION, EFFORT, TEAM, AFTER, MANUAL, PRIORITY, SPLIT, IGNORE_PEOPLE];

fn refuse(line: &Line<'_>, kind: &str, fields: &[FieldPlace], found: &mut Diagnostics) {
    for (key, place) in fields {
        if *key == "milestone" && line.record.gate.is_none() {
            continue;
        }
        let Some(place) = place(line.record) else { continue };
        let hint = match kind {
            "a summary" => format!("move `{key}` to the tasks below it"),
            "a hammock" => format!("remove `{key}`: a hammock begins and ends with the tasks it spans"),
            _ => format!("remove `{key}`, or make the work a task of its own that comes before"),
        };
        found.push(
            Diagnostic::new(&MEANINGLESS_FIELD, place, format!("{kind} has no `{key}`"))
                .also(line.id.span, format!("`{}` is {kind}", line.id.value))
                .hint(hint),
        );
    }
}

/// `milestone: true` says that it is one, but not what it is called.
fn check_name(name: &Spanned<String>, key: &str, found: &mut Diagnostics) {
    if matches!(name.as_str(), "true" | "yes" | "false" | "no") {
        found.push(
            Diagnostic::new(&BAD_SCALAR, name.span, format!("`{}` is not the name of a {key}", name.value))
                .hint(format!("write its name: `{key}: Ready for service`")),
        );
    }
}

fn gate_of(line: &Line<'_>, found: &mut Diagnostics) -> TaskKind {
    let Ok(gate) = line.id.as_str().parse::<GateId>() else {
        found.push(
            Diagnostic::new(
                &GATE_WITHOUT_NUMBER,
                line.id.span,
                format!("the gate `{}` is not one of the five", line.id.value),
            )
            .hint(format!(
                "write `{}`, the gate that ends this stage, or `milestone:` instead of `gate:`",
                line.stage.gate()
            )),
        );
        return TaskKind::Milestone;
    };
    if gate.stage() != line.stage {
        let message = format!(
            "the gate `{gate}` ends the stage {}, but stands under {}",
            gate.stage().key(),
            line.stage.key()
        );
        found.push(
            Diagnostic::new(&GATE_IN_OTHER_STAGE, line.id.span, message)
                .hint(format!("move it under `{}:`", gate.stage().key())),
        );
    }
    TaskKind::Gate(gate)
}

fn work_of(line: &Line<'_>, found: &mut Diagnostics) -> Work {
    let record = line.record;
    for written in record.duration.iter().chain(&record.effort) {
        tell_months_of(*written, found);
    }
    let duration =
        record.duration.as_ref().and_then(|estimate| above_zero(line, "duration", *estimate, found));
    let effort = record.effort.as_ref().and_then(|estimate| above_zero(line, "effort", *estimate, found));
    let effort = effort.filter(|effort| {
        let points = [effort.optimistic(), effort.likely(), effort.pessimistic()];
        let is_elapsed = points.into_iter().any(Duration::is_elapsed);
        if is_elapsed && let Some(written) = &record.effort {
            found.push(
                Diagnostic::new(
                    &BAD_SCALAR,
                    written.span,
                    "effort that runs through nights and weekends".to_owned(),
                )
                .hint("write the working time of people, such as `12d`; time that passes is a `duration`"),
            );
        }
        !is_elapsed
    });
    // An assignment that names nobody has been reported; it is not missing.
    let has_people = !record.assign.is_empty() || record.unreadable.contains(&"assign");
    if let (Some(written), false) = (&record.effort, has_people) {
        found.push(
            Diagnostic::new(
                &EFFORT_WITHOUT_PEOPLE,
                written.span,
                format!("nobody is assigned to the effort of `{}`", line.id.value),
            )
            .hint("add `assign:` with people or roles, or give a `duration:` instead"),
        );
    }
    match (duration, effort) {
        (Some(duration), Some(effort)) if has_people => Work::Both { duration, effort },
        (Some(duration), _) => Work::Duration(duration),
        (None, Some(effort)) if has_people => Work::Effort(effort),
        (None, Some(effort)) => Work::Duration(effort),
        (None, None) => {
            let was_written = line.is_faulty
                || record.duration.is_some()
                || record.effort.is_some()
                || LENGTHS.iter().any(|key| record.unreadable.contains(key));
            if is_empty_summary(record) {
                let message = format!("the summary `{}` has no tasks", line.id.value);
                found.push(
                    Diagnostic::new(&TASK_WITHOUT_LENGTH, line.id.span, message)
                        .hint("write its tasks below `tasks:`, or remove the line until there are any"),
                );
            } else if !was_written {
                found.push(
                    Diagnostic::new(
                        &TASK_WITHOUT_LENGTH,
                        line.id.span,
                        format!("`{}` does not say how long it takes", line.id.value),
                    )
                    .hint("add `duration: 5d`, or `milestone:` with a name if it takes no time"),
                );
            }
            Work::Duration(unknown_length())
        }
    }
}

/// Says whether a line is meant to hold tasks and holds none.
pub(super) fn is_empty_summary(record: &TaskRecord) -> bool {
    let is_something_else = record.duration.is_some()
        || record.effort.is_some()
        || record.milestone.is_some()
        || record.gate.is_some()
        || record.lasts.is_some();
    let tasks = &record.tasks;
    let holds_none = tasks.is_empty() && tasks.unreadable().is_empty() && !tasks.has_bad_key();
    tasks.is_written() && holds_none && !is_something_else
}

/// Refuses lengths that are no length: zero at the likely point, below zero anywhere.
fn above_zero(
    line: &Line<'_>,
    key: &str,
    estimate: Spanned<Estimate>,
    found: &mut Diagnostics,
) -> Option<Estimate> {
    let work = WorkTime::default();
    let is_negative = estimate.optimistic().is_negative();
    if !is_negative && estimate.likely().minutes(work) > 0 {
        return Some(estimate.value);
    }
    let diagnostic = if is_negative {
        Diagnostic::new(
            &ZERO_DURATION,
            estimate.span,
            format!("`{}` has {} {key} below zero", line.id.value, article(key)),
        )
        .hint("write how long the work takes; an overlap is a lead: `after: design -2d`")
    } else {
        let name = line.record.name.as_ref().map_or(line.id.as_str(), |name| name.as_str());
        Diagnostic::new(&ZERO_DURATION, estimate.span, format!("`{}` takes no time", line.id.value))
            .hint(format!("write `milestone: {name}` instead of `{key}`"))
    };
    found.push(diagnostic);
    None
}
