//! What a project that the board has stopped still owes: it is closed like any other, only sooner.

use crate::format;
use crate::page::address::Thing;
use crate::page::desk::Desk;
use crate::page::gates::board_conditions;
use crate::page::prose::Prose;
use crate::page::view::{Cell, Link, Row, Status, Table};
use crate::quantity::Stage;

/// What is still to be done after the stop, each with where it stands; empty for a project that goes on.
#[must_use]
pub fn after_stop(desk: &Desk<'_>) -> Table {
    let mut table = Table::new(&["What a stopped project still owes", "State", "What is open"]);
    if !desk.project.control.is_stopped {
        return table;
    }
    let project = &desk.project.project;
    let day = desk.project.status_date;
    let page =
        Cell::text("The closing stage says how it ends").href(desk.href_to(&Thing::Stage(Stage::Closing)));
    let is_told = project.stages.contains_key(&Stage::Closing);
    table.push(row(page, is_told, Cell::text("write `stages/5-closing.md`")));
    let lessons = Cell::text("Lessons are written down").href(desk.href_page("journal"));
    table.push(row(lessons, !project.registers.lessons.is_empty(), Cell::text("write `lessons.yaml`")));
    if let Some(handover) = &project.handover {
        let left = handover.items.iter().filter(|item| item.accepted.is_none_or(|accepted| accepted > day));
        let left: Vec<String> = left.map(|item| crate::prose::inline_text(&item.item.markdown)).collect();
        let what = Cell::text("What it leaves has an owner").href(desk.href_page("handover"));
        table.push(row(what, left.is_empty(), Cell::text(format::listed(&left))));
        let unmet = handover.criteria.iter().filter(|one| one.met.is_none_or(|met| met > day));
        let unmet: Vec<String> =
            unmet.map(|one| crate::prose::inline_text(&one.criterion.markdown)).collect();
        if !handover.criteria.is_empty() {
            let what = Cell::text("Who takes over has what they need").href(desk.href_page("handover"));
            table.push(row(what, unmet.is_empty(), Cell::text(unmet.join("; "))));
        }
    }
    let conditions = board_conditions(desk);
    if !conditions.is_empty() {
        let open = conditions.iter().filter(|(_, condition)| condition.is_open(day));
        let open: Vec<String> =
            open.map(|(_, condition)| crate::prose::inline_text(&condition.condition.markdown)).collect();
        let what = Cell::text("The board's conditions are met")
            .href(desk.href_page("gates").map(|page| format!("{page}#conditions")));
        table.push(row(what, open.is_empty(), Cell::text(open.join("; "))));
    }
    let registers = &project.registers;
    let issues = registers
        .issues
        .iter()
        .filter(|one| one.is_open(day))
        .map(|one| Link { label: one.id.to_string(), href: desk.href_to(&Thing::Issue(&one.id)) });
    let actions = registers
        .actions
        .iter()
        .filter(|one| one.is_open(day))
        .map(|one| Link { label: one.id.clone(), href: desk.href_to(&Thing::Action(&one.id)) });
    let open: Vec<Link> = issues.chain(actions).collect();
    let what = Cell::text("Issues and actions are closed or handed on").href(desk.href_page("raid"));
    table.push(row(what, open.is_empty(), Prose::links(&open).map_or_else(Cell::nothing, Cell::prose)));
    table
}

fn row(what: Cell, is_done: bool, open: Cell) -> Row {
    if is_done {
        return Row::new(vec![what, Cell::status(Status::done("Done")), Cell::nothing()]);
    }
    Row::new(vec![what, Cell::status(Status::open("Open")), open])
}
