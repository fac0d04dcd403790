//! Means of three points, with the points put in: what risks cost and take, and how long work takes on average in the runs.

use crate::diagnostic::Span;
use crate::format;
use crate::model::{Distribution, TaskKind, TaskNo, Work};
use crate::page::desk::Desk;
use crate::page::explain::{Book, Figure};
use crate::quantity::{Duration, Id};

/// Completes a figure that is (lowest + 4 × most likely + highest) ÷ 6, the mean of a beta-PERT distribution.
pub(super) fn pert(figure: Figure, points: [String; 3], names: [&'static str; 3], place: Span) -> Figure {
    let [low, likely, high] = names;
    let formula = format!("mean = ({low} + 4 × {likely} + {high}) ÷ 6");
    let values = format!("{} = ({} + 4 × {} + {}) ÷ 6", figure.value, points[0], points[1], points[2]);
    typed(figure.formula(formula).values(values), points, names, place)
        .note("Three-point estimate (PERT): the mean of a beta distribution with these ends and this peak.")
}

/// Completes a figure that is (lowest + most likely + highest) ÷ 3, the mean of a triangular distribution.
fn triangular(figure: Figure, points: [String; 3], names: [&'static str; 3], place: Span) -> Figure {
    let [low, likely, high] = names;
    let formula = format!("mean = ({low} + {likely} + {high}) ÷ 3");
    let values = format!("{} = ({} + {} + {}) ÷ 3", figure.value, points[0], points[1], points[2]);
    typed(figure.formula(formula).values(values), points, names, place)
        .note("The mean of a triangular distribution with these ends and this peak.")
}

fn typed(figure: Figure, points: [String; 3], names: [&'static str; 3], place: Span) -> Figure {
    names.into_iter().zip(points).fold(figure, |figure, (name, point)| figure.typed(name, point, place))
}

/// Working time in days to the hundredth: `6.33 d`.
pub(super) fn days(minutes: f64, minutes_per_day: i64) -> String {
    let number = format::number(minutes / minutes_per_day as f64, 2);
    let number =
        if number.contains('.') { number.trim_end_matches('0').trim_end_matches('.') } else { &number };
    format!("{number}\u{a0}d")
}

/// The mean of the length or effort of a task that was estimated in three points, as the runs of the schedule draw it on average;
/// nothing where one point was typed, or where its length runs by the clock.
pub(super) fn of_task(desk: &Desk<'_>, book: &mut Book, number: TaskNo) {
    let Some((points, what)) = points_of(desk, number) else { return };
    let project = &desk.project.project;
    let task = project.task(number);
    let work_time = project.calendars[task.calendar].work_time;
    let minutes = points.map(|point| point.minutes(work_time) as f64);
    let [low, likely, high] = minutes;
    let days = |minutes| days(minutes, work_time.minutes_per_day);
    let place = task.estimate_origin.unwrap_or(task.origin);
    let names = ["optimistic", "most likely", "pessimistic"];
    let figure = |mean| Figure::new(key_of(&task.id), format!("Mean {what} in the runs"), days(mean));
    book.add(match project.scheduling.risk.distribution {
        Distribution::Pert => {
            pert(figure((low + 4.0 * likely + high) / 6.0), minutes.map(days), names, place)
        }
        Distribution::Triangular => {
            triangular(figure((low + likely + high) / 3.0), minutes.map(days), names, place)
        }
    });
}

/// The key of the mean of a task; none where there is none to tell.
pub(super) fn mean_key(desk: &Desk<'_>, number: TaskNo) -> Option<String> {
    points_of(desk, number).map(|_| key_of(&desk.project.project.task(number).id))
}

fn key_of(id: &Id) -> String {
    format!("task-{id}.mean")
}

/// The three points in which a task was estimated, and what of it they are.
fn points_of(desk: &Desk<'_>, number: TaskNo) -> Option<([Duration; 3], &'static str)> {
    let TaskKind::Work(work) = desk.project.project.task(number).kind else { return None };
    let (estimate, what) = match work {
        Work::Duration(length) | Work::Both { duration: length, .. } => (length, "length"),
        Work::Effort(effort) => (effort, "effort"),
    };
    let points = [estimate.optimistic(), estimate.likely(), estimate.pessimistic()];
    let is_worked = estimate.has_range() && points.iter().all(|point| !point.is_elapsed());
    is_worked.then_some((points, what))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mean_of_three_points_opens_with_the_points_put_in() {
        // (3 + 4 × 5 + 13) ÷ 6 = 6, and (8 + 10 + 18) ÷ 3 = 12.
        let points = |points: [&str; 3]| points.map(str::to_owned);
        let names = ["shortest", "most likely", "longest"];
        let of = |figure: Figure| (figure.formula.to_string(), figure.values.unwrap(), figure.inputs.len());
        let mean = pert(Figure::new("a", "", "6 d"), points(["3 d", "5 d", "13 d"]), names, Span::default());
        assert_eq!(
            of(mean),
            (
                "mean = (shortest + 4 × most likely + longest) ÷ 6".to_owned(),
                "6 d = (3 d + 4 × 5 d + 13 d) ÷ 6".to_owned(),
                3
            )
        );
        let mean =
            triangular(Figure::new("b", "", "12 d"), points(["8 d", "10 d", "18 d"]), names, Span::default());
        let told = "12 d = (8 d + 10 d + 18 d) ÷ 3".to_owned();
        assert_eq!(of(mean), ("mean = (shortest + most likely + longest) ÷ 3".to_owned(), told, 3));
        assert_eq!([days(2_880.0, 480), days(3_040.0, 480)], ["6\u{a0}d", "6.33\u{a0}d"]);
    }
}
