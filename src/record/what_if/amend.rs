//! Sets values in trees and tables before they are decoded.

use jiff::civil::Date;

use crate::diagnostic::{Diagnostic, Diagnostics, Spanned};
use crate::record::progress::ProgressRow;
use crate::record::what_if::{Amendments, Change, Section, WHAT_IF_OVERRIDDEN, WHAT_IF_UNFIT, WishKind};
use crate::source::node::{Entry, Node, NodeKind};
use crate::source::table::{Row, Table};

impl Amendments<'_> {
    /// Sets what is to be set in a file of the project; `inside` is its path in the project's folder.
    pub(in crate::record) fn amend(&self, inside: &str, mut node: Node, found: &mut Diagnostics) -> Node {
        for change in self.sets().filter(|change| change.section.file() == inside) {
            set(change, &mut node, found);
        }
        node
    }

    /// Sets what is to be set of shared people and roles.
    pub(in crate::record) fn amend_people(&self, mut node: Node, found: &mut Diagnostics) -> Node {
        for change in self.sets() {
            set(change, &mut node, found);
        }
        node
    }

    /// Says whether something is to be reported otherwise.
    pub(in crate::record) fn concern_progress(&self) -> bool {
        self.sets().any(|change| change.section == Section::Progress)
    }

    /// The status date that was asked for.
    pub(in crate::record) fn as_of(&self) -> Option<Date> {
        self.as_of
    }

    /// Reports as of a day what is to be reported otherwise: in the task's row of that day, or in one of its own.
    pub(in crate::record) fn amend_progress(&self, table: &mut Table, day: Date) {
        for change in self.sets().filter(|change| change.section == Section::Progress) {
            let (Some(id), [field, ..]) = (&change.id, change.fields.as_slice()) else { continue };
            let date = Spanned::new(day.to_string(), change.span);
            let date_column = column(table, &Spanned::new("status_date".to_owned(), change.span));
            let task_column = column(table, &Spanned::new("task".to_owned(), change.span));
            let field_column = column(table, field);
            let is_its = |row: &Row| {
                row.cells[task_column].value == id.value && row.cells[date_column].value == date.value
            };
            let row = table.rows.iter().rposition(is_its).unwrap_or_else(|| {
                let mut cells = vec![Spanned::new(String::new(), change.span); table.header.len()];
                cells[date_column] = date.clone();
                cells[task_column] = id.clone();
                table.rows.push(Row { span: change.span, cells });
                table.rows.len() - 1
            });
            let value = change.value.as_ref();
            let text = value.and_then(Node::text).unwrap_or_default().trim().to_owned();
            let span = value.map_or(change.span, |value| value.span);
            table.rows[row].cells[field_column] = Spanned::new(text, span);
            // What the report says then rests on the wish.
            table.rows[row].span = change.span;
        }
    }

    /// Warns of lengths that are set where a report says how much is left: they move nothing.
    pub(in crate::record) fn report_overridden(&self, progress: &[ProgressRow], found: &mut Diagnostics) {
        let day = self.as_of.unwrap_or(Date::MAX);
        for change in self.sets().filter(|change| change.section == Section::Tasks) {
            let (Some(id), [field]) = (&change.id, change.fields.as_slice()) else { continue };
            if !matches!(field.value.as_str(), "duration" | "effort") {
                continue;
            }
            let known = progress
                .iter()
                .filter(|row| row.task.value.as_str() == id.value && row.status_date.value <= day)
                .max_by_key(|row| row.status_date.value);
            let Some(row) = known else { continue };
            let what = match (&row.actual_finish, &row.remaining) {
                (Some(finish), _) => format!("`{}` is finished as of {}", id.value, finish.value),
                (None, Some(rest)) => format!("{} of `{}` are left as reported", rest.value, id.value),
                (None, None) => continue,
            };
            let message = format!("{what}, so another {} moves nothing", field.value);
            let diagnostic = Diagnostic::new(&WHAT_IF_OVERRIDDEN, change.path.span, message)
                .also(row.status_date.span, "reported here");
            found.push(match &row.actual_finish {
                Some(_) => diagnostic.hint("ask about a task that is open"),
                None => diagnostic.hint(format!("ask with `--set progress.{}.remaining=…`", id.value)),
            });
        }
    }

    fn sets(&self) -> impl Iterator<Item = &Change> {
        self.changes.iter().copied().filter(|change| change.kind == WishKind::Set)
    }
}

/// The place of a column; a new one stands empty in every row.
fn column(table: &mut Table, name: &Spanned<String>) -> usize {
    if let Some(place) = table.column(&name.value) {
        return place;
    }
    table.header.push(name.clone());
    for row in &mut table.rows {
        row.cells.push(Spanned::new(String::new(), name.span));
    }
    table.header.len() - 1
}

fn set(change: &Change, node: &mut Node, found: &mut Diagnostics) {
    let thing = match (&change.id, change.section) {
        (None, _) => Some(node),
        (Some(id), Section::Tasks) => task(node, &id.value),
        (Some(id), Section::People | Section::Roles) => {
            child(node, change.section.word()).and_then(|list| child(list, &id.value))
        }
        (Some(id), _) => child(node, &id.value),
    };
    // Where a change is aimed at, the thing is: only a broken file, which has been reported, lacks it.
    let (Some(thing), Some(value)) = (thing, &change.value) else { return };
    set_field(thing, &change.fields, value, found);
}

fn set_field(node: &mut Node, fields: &[Spanned<String>], value: &Node, found: &mut Diagnostics) {
    let Some((field, deeper)) = fields.split_first() else {
        *node = value.clone();
        return;
    };
    if node.kind == NodeKind::Empty {
        *node = Node { kind: NodeKind::Map(Vec::new()), span: node.span };
    }
    let what = node.describe();
    let NodeKind::Map(entries) = &mut node.kind else {
        let message = format!("{what} stands there, which has no field `{}`", field.value);
        found.push(
            Diagnostic::new(&WHAT_IF_UNFIT, field.span, message)
                .hint("set the whole of it: end the path before"),
        );
        return;
    };
    if let Some(entry) = entries.iter_mut().find(|entry| entry.key.value == field.value) {
        set_field(&mut entry.value, deeper, value, found);
        return;
    }
    let mut inner = Node { kind: NodeKind::Empty, span: value.span };
    set_field(&mut inner, deeper, value, found);
    entries.push(Entry { key: field.clone(), value: inner });
}

fn child<'a>(node: &'a mut Node, key: &str) -> Option<&'a mut Node> {
    let NodeKind::Map(entries) = &mut node.kind else { return None };
    entries.iter_mut().find(|entry| entry.key.value == key).map(|entry| &mut entry.value)
}

/// A task of any stage, at any depth.
fn task<'a>(plan: &'a mut Node, id: &str) -> Option<&'a mut Node> {
    let NodeKind::Map(stages) = &mut plan.kind else { return None };
    stages.iter_mut().find_map(|stage| task_below(&mut stage.value, id))
}

fn task_below<'a>(tasks: &'a mut Node, id: &str) -> Option<&'a mut Node> {
    let NodeKind::Map(entries) = &mut tasks.kind else { return None };
    for entry in entries {
        if entry.key.value == id {
            return Some(&mut entry.value);
        }
        if let Some(found) = child(&mut entry.value, "tasks").and_then(|below| task_below(below, id)) {
            return Some(found);
        }
    }
    None
}
