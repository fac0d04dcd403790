//! Plan quality: the fourteen points, and the practices beyond them.

use crate::check::{fourteen_points, good_practices};
use crate::format;
use crate::model::TaskNo;
use crate::page::desk::Desk;
use crate::page::explain::{Book, Figure, Input, slug};
use crate::page::plan_measures::measured_words;

/// Adds them.
pub(super) fn write(desk: &Desk<'_>, book: &mut Book) {
    if desk.project.project.tasks.is_empty() {
        return;
    }
    book.begin("points");
    for point in fourteen_points(desk.project) {
        let name = format!("{} {}", point.label, point.name);
        let figure = Figure::new(point_key(point.label), name, measured_words(point.measured))
            .formula(point.definition.clone())
            .note(format!("What raises the flag: {}.", point.limit));
        let figure = match &point.inputs {
            Some(inputs) => figure.values(&**inputs),
            None => figure,
        };
        let figure = of_tasks(desk, figure, &point.offenders);
        book.add(match point.label.trim_end_matches(char::is_alphabetic) {
            "12" | "13" => figure.of("finish", "finish"),
            "14" => figure.of("promised finish", "promised"),
            _ => figure,
        });
    }
    for practice in good_practices(desk.project) {
        let figure = Figure::new(practice_key(practice.name), practice.name, &*practice.measured);
        book.add(of_tasks(desk, figure.formula(practice.definition.clone()), &practice.offenders));
    }
}

/// The key of one of the fourteen points: `point-9a`.
#[must_use]
pub fn point_key(label: &str) -> String {
    format!("point-{label}")
}

/// The key of a practice beyond them.
#[must_use]
pub fn practice_key(name: &str) -> String {
    format!("practice-{}", slug(name))
}

/// The tasks to look at one by one, then all that were looked at.
fn of_tasks(desk: &Desk<'_>, figure: Figure, offenders: &[TaskNo]) -> Figure {
    let project = &desk.project.project;
    let offenders = offenders.iter().map(|number| {
        let task = project.task(*number);
        Input::typed(format!("counts: “{}”", task.name), "", task.origin)
    });
    figure.inputs(offenders).lines(
        "all tasks of the plan, summaries, milestones and gates with them",
        format::whole(i64::try_from(project.tasks.len()).unwrap_or(i64::MAX)),
        project.tasks.iter().map(|task| task.origin),
    )
}
