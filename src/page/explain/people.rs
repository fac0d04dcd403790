//! How much people are asked for, and what they answer for: figure by figure.

use crate::diagnostic::Span;
use crate::format;
use crate::model::{Assignee, PersonNo, TaskNo};
use crate::page::desk::Desk;
use crate::page::explain::{Book, Figure, Input};
use crate::page::load_table::{MonthLoad, WEEKS, load_words, month_key, month_words, months_of};
use crate::page::people::{Duties, has_key_role};
use crate::plan::WeekLoad;
use crate::quantity::Effort;

/// Adds them: for each person their duties and weeks, for each role its weeks.
pub(super) fn write(desk: &Desk<'_>, book: &mut Book) {
    let team = &desk.project.project.team;
    for (place, person) in team.people.iter().enumerate() {
        let number = PersonNo(u32::try_from(place).unwrap_or(u32::MAX));
        let duties = Duties::of(desk.project, number);
        let load = desk.project.load.people.iter().find(|load| load.person == number);
        if load.is_none()
            && duties.is_empty()
            && (person.is_shared || !has_key_role(&desk.project.project, number))
        {
            continue;
        }
        let anchor = format!("person-{}", person.id);
        book.thing("people", &*anchor, &*person.name, Some(person.origin));
        for (key, name, origins) in duties.parts() {
            if origins.is_empty() {
                continue;
            }
            book.add(
                Figure::new(format!("{anchor}.{key}"), name, origins.len().to_string())
                    .formula(format!("number of {}", name.to_lowercase()))
                    .lines("entries", "", origins.iter().copied()),
            );
        }
        let away = person.absences.iter().map(|absence| absence.origin).collect();
        let works_on = |task: TaskNo| {
            let own = desk.project.project.task(task).assignments.iter();
            own.filter(|one| one.assignee == Assignee::Person(number)).map(|one| one.origin).collect()
        };
        let given = Given { anchor: &anchor, origin: person.origin, away };
        weeks(desk, book, &given, load.map_or(&[], |load| &load.weeks), &works_on);
    }
    for load in &desk.project.load.roles {
        let Some(role) = team.roles.get(load.role.0 as usize) else { continue };
        let anchor = format!("role-{}", role.id);
        book.thing("people", &*anchor, format::sentence_start(&role.name), Some(role.origin));
        let works_on = |task: TaskNo| {
            let own = desk.project.project.task(task).assignments.iter();
            own.filter(|one| matches!(one.assignee, Assignee::Role { role, .. } if role == load.role))
                .map(|one| one.origin)
                .collect()
        };
        let given = Given { anchor: &anchor, origin: role.origin, away: Vec::new() };
        weeks(desk, book, &given, &load.weeks, &works_on);
    }
}

/// What somebody can give.
struct Given<'a> {
    anchor: &'a str,
    origin: Span,
    /// Where absences are typed.
    away: Vec<Span>,
}

/// Each month with its load, and below it its weeks, which go into it; weeks further ahead than the table of weeks have no figure of
/// their own.
fn weeks(
    desk: &Desk<'_>,
    book: &mut Book,
    given: &Given<'_>,
    weeks: &[WeekLoad],
    works_on: &dyn Fn(TaskNo) -> Vec<Span>,
) {
    for month in months_of(weeks) {
        let shown = weeks.iter().take(WEEKS);
        let own: Vec<&WeekLoad> = shown
            .filter(|week| week.monday.first_of_month() == month.first && week.booked != Effort::ZERO)
            .collect();
        if month.booked != Effort::ZERO {
            book.add(month_figure(desk, given, &month, &own));
        }
        for week in own {
            book.add(week_figure(desk, given, week, works_on));
        }
    }
}

fn month_figure(desk: &Desk<'_>, given: &Given<'_>, month: &MonthLoad, own: &[&WeekLoad]) -> Figure {
    Figure::new(
        format!("{}.{}", given.anchor, month_key(month.first)),
        format!("All of {}", format::month_of(month.first)),
        format!("{}\u{a0}%", month_words(desk, month)),
    )
    .formula("load = asked ÷ can give, of the weeks that begin in the month")
    .values(format!("{} ÷ {}", desk.effort(month.booked), desk.effort(month.capacity)))
    .inputs(own.iter().map(|week| {
        Input::of(
            format!("week from {}", format::date(week.monday)),
            format!("{}.{}", given.anchor, week.monday),
        )
    }))
    .typed("can give", desk.effort(month.capacity), given.origin)
}

fn week_figure(
    desk: &Desk<'_>,
    given: &Given<'_>,
    week: &WeekLoad,
    works_on: &dyn Fn(TaskNo) -> Vec<Span>,
) -> Figure {
    let words = load_words(desk, week);
    let figure = Figure::new(
        format!("{}.{}", given.anchor, week.monday),
        format!("Week from {}", format::date(week.monday)),
        format!("{words}\u{a0}%"),
    )
    .formula("load = asked ÷ can give; asked = Σ working time of the week × share of each task")
    .values(format!("{} ÷ {}", desk.effort(week.booked), desk.effort(week.capacity)))
    .typed("can give", desk.effort(week.capacity), given.origin);
    let shares = week.tasks.iter().map(|task| {
        let words = desk.project.project.task(*task);
        Input {
            label: format!("share of “{}”", words.name).into(),
            value: String::new(),
            from: super::From::Lines(works_on(*task)),
        }
    });
    let dates = week.tasks.iter().map(|task| {
        let task = desk.project.project.task(*task);
        Input::of(format!("“{}” until", task.name), format!("task-{}.finish", task.id))
    });
    let figure = figure.inputs(shares).inputs(dates);
    if given.away.is_empty() { figure } else { figure.lines("absences", "", given.away.iter().copied()) }
}
