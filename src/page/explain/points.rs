//! The fourteen points of plan quality: figure by figure.

use crate::check::{Measured, fourteen_points};
use crate::format;
use crate::page::desk::Desk;
use crate::page::explain::{Book, Figure, Input};

/// Adds them.
pub(super) fn write(desk: &Desk<'_>, book: &mut Book) {
    if desk.project.project.tasks.is_empty() {
        return;
    }
    book.begin("points");
    let project = &desk.project.project;
    for point in fourteen_points(desk.project) {
        let value = crate::page::quality::measured_words(point.measured);
        let figure =
            Figure::new(format!("point-{}", point.number), format!("{} {}", point.number, point.name), value)
                .note(format!("The flag is raised when it is: {}.", point.limit));
        let figure = match point.measured {
            Measured::Share { .. } => figure.formula(
                "so many of all counted: open tasks of work without level of effort, or the links into them",
            ),
            Measured::Index(_) if point.number == 14 => {
                figure.formula("tasks finished ÷ tasks that were to be finished by now")
            }
            Measured::Index(_) => figure
                .formula("(length of the critical path + its total float) ÷ length of the critical path"),
            Measured::Moved(_) => figure.formula(
                "working days by which the finish moves when 600 are added to a critical task, computed anew",
            ),
            Measured::Nothing => figure.formula("there was nothing to measure"),
        };
        let offenders = point.offenders.iter().map(|number| {
            let task = project.task(*number);
            Input::typed(format!("counts: “{}”", task.name), "", task.origin)
        });
        let figure = figure.inputs(offenders);
        let figure = match point.number {
            12 | 13 => figure.of("finish", "finish"),
            14 => figure.of("promised finish", "promised"),
            _ => figure,
        };
        book.add(figure.lines(
            "all tasks",
            format::whole(i64::try_from(project.tasks.len()).unwrap_or(i64::MAX)),
            project.tasks.iter().map(|task| task.origin),
        ));
    }
}
