//! Tasks that are counted together in points: what each of them had on a day, and how late they are.

use jiff::civil::Date;

use crate::control::{Burn, BurnPart};
use crate::diagnostic::Span;
use crate::format;
use crate::page::desk::{Desk, slip_words};
use crate::page::explain::burn::exact;
use crate::page::explain::figure::From;
use crate::page::explain::{Book, Figure, Input};

/// Adds the scope and what was done by the end of a day, each begun with its key and value.
pub(super) fn on_a_day(
    desk: &Desk<'_>,
    book: &mut Book,
    burn: &Burn,
    (day, scope, done): (Date, Figure, Figure),
) {
    let of_parts = |figure: Figure, part| {
        let inputs = of_parts(desk, burn, day, part);
        if inputs.is_empty() {
            return figure.given("tasks", format::NOTHING, "none had come in by that day");
        }
        figure.inputs(inputs)
    };
    let words = "scope = Σ scope of the tasks, of each from the day on which it came in";
    book.add(of_parts(scope.formula(words), PartOf::Scope));
    book.add(of_parts(done.formula("done = Σ done of the tasks"), PartOf::Done));
}

/// What is told of a task that is counted together with others.
#[derive(Clone, Copy, PartialEq, Eq)]
enum PartOf {
    Scope,
    Done,
}

/// What each task that is counted together with others had on a day and had come in by it: the figure of its own burn where that says the
/// same of the day, else the reports it rests on.
fn of_parts(desk: &Desk<'_>, burn: &Burn, day: Date, part: PartOf) -> Vec<Input> {
    let project = &desk.project.project;
    let Some(place) = burn.points.iter().position(|point| point.date == day) else { return Vec::new() };
    let of_part = |counted: &BurnPart| {
        let task = project.task(counted.task);
        let (done, scope) = counted.shares.get(place).copied().filter(|(_, scope)| *scope > 0.0)?;
        let (name, value) = if part == PartOf::Scope { ("scope", scope) } else { ("done", done) };
        let own = desk.project.control.unit_burns.iter().find(|own| own.task() == Some(counted.task));
        let point = own.and_then(|own| own.points.iter().find(|point| point.date == day));
        let same = point.map(|point| if part == PartOf::Scope { point.scope } else { point.done });
        if same.is_some_and(|same| (same - value).abs() < 1e-9) {
            let key = format!("burn-{}.{name}-{day}", task.id);
            return Some(Input::of(task.name.clone(), key));
        }
        let reports = project.progress.iter();
        let reports = reports.filter(|entry| entry.task == counted.task && entry.status_date <= day);
        let lines: Vec<Span> = reports.map(|entry| entry.origin).collect();
        let from = if lines.is_empty() {
            From::Typed(desk.field(task.origin, "earned_value"))
        } else {
            From::Lines(lines)
        };
        Some(Input { label: task.name.clone().into(), value: exact(value), from })
    };
    burn.parts().iter().filter_map(of_part).collect()
}

/// The forecast finish of each task.
pub(super) fn finishes(desk: &Desk<'_>, parts: &[BurnPart]) -> impl Iterator<Item = Input> {
    parts.iter().map(|part| {
        let task = desk.project.project.task(part.task);
        Input::of(task.name.clone(), format!("task-{}.finish", task.id))
    })
}

/// How late tasks are that are counted together, where all of them are promised.
pub(super) fn late(desk: &Desk<'_>, book: &mut Book, burn: &Burn, key: &dyn Fn(&str) -> String) {
    let promised = burn.promised(&desk.project.control.reference).filter(|_| !burn.parts().is_empty());
    let Some(promised) = promised else { return };
    let now = burn.finish_in(&desk.project.forecast);
    let values = format!("{} and {}", format::date(now), format::date(promised));
    book.add(
        Figure::new(key("slip"), "Late by", slip_words(desk.slip_days(promised, now)))
            .formula("working days from the last promised day of the tasks to their last day in the forecast")
            .values(values)
            .inputs(finishes(desk, burn.parts())),
    );
}
