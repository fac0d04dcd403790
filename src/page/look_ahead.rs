//! What runs or begins next: the two weeks after the status date.

use crate::format;
use crate::model::TaskNo;
use crate::page::desk::Desk;
use crate::page::view::{Cell, Row, Table};
use crate::plan::State;

/// Calendar days that it covers.
pub const LOOK_AHEAD: i64 = 14;

/// What runs or begins within two weeks of the status date, in the order of the starts.
#[must_use]
pub fn look_ahead(desk: &Desk<'_>) -> Table {
    let until = desk.project.status_date.saturating_add(jiff::Span::new().days(LOOK_AHEAD));
    let mut table = Table::new(&["Task", "Who", "Start", "Finish", "#Float", "What"]);
    let mut open: Vec<TaskNo> = desk
        .project
        .tasks()
        .filter(|(_, task, slot)| {
            (task.is_work() || task.is_point())
                && slot.state != State::Finished
                && slot.first_day() <= until
                && !desk.project.control.is_stopped
                && desk.project.are_days_known
        })
        .map(|(number, _, _)| number)
        .collect();
    open.sort_by_key(|number| desk.project.forecast.slot(*number).start);
    for number in open {
        let task = desk.project.project.task(number);
        let slot = desk.project.forecast.slot(number);
        let what = if slot.state == State::InProgress {
            format!("{} left", desk.left_of(number))
        } else if task.is_point() {
            "due".to_owned()
        } else {
            format!("starts {}", desk.due_words(slot.first_day()))
        };
        let mut row = Row::new(vec![
            desk.task(number),
            desk.workers(task),
            desk.day_cell(number, "start", format::short_date(slot.first_day())),
            desk.day_cell(number, "finish", format::short_date(slot.last_day())),
            Cell::text(desk.room_of(number, slot.total_float)).explained(desk.explained_of(number, "float")),
            Cell::text(what),
        ]);
        if slot.critical {
            row = row.class("critical");
        }
        table.push(row);
    }
    table
}
