//! Cells that all registers share: an author's words or the dash, a date that is due, the state of an entry.

use jiff::civil::Date;

use crate::format;
use crate::model::Text;
use crate::page::desk::Desk;
use crate::page::prose::Prose;
use crate::page::view::{Cell, Fact, Status};
use crate::quantity::Id;

/// An author's line as a cell, or the dash.
#[must_use]
pub fn line_or_dash(desk: &Desk<'_>, text: Option<&Text>) -> Cell {
    text.map_or_else(Cell::nothing, |text| desk.line(text))
}

/// A due date with how far away it is; marked when it is past and the entry still open.
#[must_use]
pub fn due(desk: &Desk<'_>, day: Option<Date>, is_open: bool) -> Cell {
    let Some(day) = day else {
        return Cell::nothing();
    };
    let cell = Cell::text(format::date(day));
    if !is_open {
        return cell.class("date");
    }
    let is_past = day < desk.project.status_date;
    cell.note(desk.due_words(day)).class(if is_past { "bad" } else { "date" })
}

/// The state of something that was to be done by a day.
#[must_use]
pub fn done_state(desk: &Desk<'_>, due: Option<Date>, done: Option<Date>) -> Status {
    let today = desk.project.status_date;
    match (done, due) {
        (Some(done), Some(due)) if done <= today && done > due => Status::done("Done late"),
        (Some(done), _) if done <= today => Status::done("Done"),
        (_, Some(due)) if due < today => Status::red("Overdue"),
        (_, Some(due)) if desk.working_days_from(today, due) <= DUE_SOON => Status::amber("Due soon"),
        _ => Status::open("Open"),
    }
}

/// Working days within which something due is called due soon: one working week.
const DUE_SOON: i64 = 5;

/// Adds behind an author's line what the entry has to do with: what it names and what names it.
pub fn add_related(desk: &Desk<'_>, cell: &mut Cell, (id, named): (&Id, &[Id])) {
    let related = desk.project.project.registers.related(id, named);
    if let (Some(words), Some(links)) = (&mut cell.prose, Prose::links(&desk.links(&related))) {
        words.add_in_brackets(links);
    }
}

/// A label with an author's line; none where nothing is written.
#[must_use]
pub fn fact_line(desk: &Desk<'_>, label: &str, text: Option<&Text>) -> Option<Fact> {
    text.map(|text| Fact::of(label, desk.line(text)))
}

/// A label with an author's line that leads to where it was typed; none where nothing is written.
#[must_use]
pub fn fact_typed(desk: &Desk<'_>, label: &str, text: Option<&Text>) -> Option<Fact> {
    text.map(|text| {
        Fact::new(label, crate::prose::inline_text(&text.markdown)).explained(desk.href_place(text.origin))
    })
}

/// A label with plain words; none where nothing is written.
#[must_use]
pub fn fact_words(label: &str, words: Option<&str>) -> Option<Fact> {
    words.filter(|words| !words.is_empty()).map(|words| Fact::new(label, format::sentence_start(words)))
}

/// A label with a date; none where no day is written.
#[must_use]
pub fn fact_date(label: &str, day: Option<Date>) -> Option<Fact> {
    day.map(|day| Fact::new(label, format::date(day)))
}
