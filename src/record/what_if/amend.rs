//! Sets values in trees and tables before they are decoded.

use std::borrow::Cow;

use jiff::civil::Date;

use crate::diagnostic::{Diagnostic, Diagnostics, Span, Spanned};
use crate::quantity::{Duration, Id};
use crate::record::progress::ProgressRow;
use crate::record::project_folder::ProjectFolder;
use crate::record::what_if::in_list;
use crate::record::what_if::{Amendments, Change, Section, WHAT_IF_OVERRIDDEN, WHAT_IF_UNFIT, WishKind};
use crate::source::node::{Entry, Node, NodeKind};
use crate::source::table::{Row, Table};

impl Amendments<'_> {
    /// Sets what is to be set in a file of the project; `inside` is its path in the project's folder.
    pub(in crate::record) fn amend<'a>(
        &self,
        inside: &str,
        mut node: Cow<'a, Node>,
        found: &mut Diagnostics,
    ) -> Cow<'a, Node> {
        for change in self.sets().filter(|change| change.section.file() == inside) {
            set(change, node.to_mut(), found);
        }
        node
    }

    /// Sets what is to be set of shared people and roles.
    pub(in crate::record) fn amend_people<'a>(
        &self,
        mut node: Cow<'a, Node>,
        found: &mut Diagnostics,
    ) -> Cow<'a, Node> {
        for change in self.sets() {
            set(change, node.to_mut(), found);
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

    /// Warns of values that move nothing, or no date, because something else in the files counts before them.
    pub(in crate::record) fn report_overridden(&self, project: &ProjectFolder, found: &mut Diagnostics) {
        for change in self.sets() {
            let (Some(id), [field, ..]) = (&change.id, change.fields.as_slice()) else { continue };
            let overridden = match (change.section, field.value.as_str()) {
                (Section::Tasks, "duration" | "effort") => self.length_overridden(id, project),
                (Section::Progress, "percent_complete") => self.percent_overridden(id, project),
                (Section::Progress, "remaining") => self.rest_overridden(id, project),
                (Section::Book("risks.yaml"), "probability" | "impact") => {
                    Self::risk_overridden(id, field, project)
                }
                _ => None,
            };
            if let Some(Overridden { what, by, label, hint }) = overridden {
                // How much is done is still earned, and what is planned has its price; only the dates stay.
                let nothing = match field.value.as_str() {
                    "percent_complete" | "duration" | "effort" => "no date",
                    _ => "nothing",
                };
                let message = format!("{what}, so another {} moves {nothing}", field.value.replace('_', " "));
                let diagnostic = Diagnostic::new(&WHAT_IF_OVERRIDDEN, change.path.span, message);
                found.push(diagnostic.also(by, label).hint(hint));
            }
        }
    }

    /// The reports of a task up to the status date.
    fn reports<'p>(
        &self,
        id: &'p Spanned<String>,
        project: &'p ProjectFolder,
    ) -> impl Iterator<Item = &'p ProgressRow> {
        let day = self.as_of.unwrap_or(Date::MAX);
        let is_its =
            move |row: &&ProgressRow| row.task.value.as_str() == id.value && row.status_date.value <= day;
        project.progress.iter().filter(is_its)
    }

    fn length_overridden(&self, id: &Spanned<String>, project: &ProjectFolder) -> Option<Overridden> {
        let row = self.reports(id, project).max_by_key(|row| row.status_date.value)?;
        let (what, hint) = match (&row.actual_finish, &row.remaining) {
            (Some(finish), _) => (
                format!("`{}` is finished as of {}", id.value, finish.value),
                "ask about a task that is open".to_owned(),
            ),
            (None, Some(rest)) => (
                format!("{} of `{}` are left as reported", rest.value, id.value),
                format!("ask with `--set progress.{}.remaining=…`", id.value),
            ),
            (None, None) => return None,
        };
        Some(Overridden { what, by: row.status_date.span, label: "reported here", hint })
    }

    /// What the newest report says to be left of a task that is open; none where a wish says what is left.
    pub(super) fn rest_reported<'p>(
        &self,
        task: &Id,
        project: &'p ProjectFolder,
    ) -> Option<&'p Spanned<Duration>> {
        let is_its = |row: &&ProgressRow| {
            row.task.value == *task && self.as_of.is_none_or(|day| row.status_date.value <= day)
        };
        let rows = || project.progress.iter().filter(is_its);
        let is_finished = rows().any(|row| row.actual_finish.is_some());
        let newest = rows().max_by_key(|row| row.status_date.value).filter(|_| !is_finished)?;
        let is_wished = self.sets().any(|change| {
            change.section == Section::Progress
                && change.id.as_ref().is_some_and(|id| id.value == task.as_str())
                && change.fields.first().is_some_and(|field| field.value == "remaining")
        });
        newest.remaining.as_ref().filter(|_| !is_wished)
    }

    /// What is left is reported beside the percentage: dates follow from it.
    fn percent_overridden(&self, id: &Spanned<String>, project: &ProjectFolder) -> Option<Overridden> {
        let row = self.reports(id, project).max_by_key(|row| row.status_date.value)?;
        let rest = row.remaining.as_ref()?;
        let is_asked_too = self.sets().any(|change| {
            change.section == Section::Progress
                && change.id.as_ref().is_some_and(|other| other.value == id.value)
                && change.fields.first().is_some_and(|field| field.value == "remaining")
        });
        (!is_asked_too).then(|| Overridden {
            what: format!("dates follow from the {} of `{}` that are left as reported", rest.value, id.value),
            by: rest.span,
            label: "reported here",
            hint: format!("ask with `--set progress.{}.remaining=…`, or set both", id.value),
        })
    }

    fn rest_overridden(&self, id: &Spanned<String>, project: &ProjectFolder) -> Option<Overridden> {
        let finish = self.reports(id, project).filter_map(|row| row.actual_finish.as_ref()).last()?;
        Some(Overridden {
            what: format!("`{}` is finished as of {}", id.value, finish.value),
            by: finish.span,
            label: "reported here",
            hint: "ask about a task that is open".to_owned(),
        })
    }

    /// What is still to be feared is the residual exposure where one is written.
    fn risk_overridden(
        id: &Spanned<String>,
        field: &Spanned<String>,
        project: &ProjectFolder,
    ) -> Option<Overridden> {
        let (_, risk) = project.risks.iter().find(|(key, _)| key.value.as_str() == id.value)?;
        let residual = risk.residual.as_ref()?;
        Some(Overridden {
            what: format!("`{}` counts with its `residual:`", id.value),
            by: residual.probability.span,
            label: "what is left after the response",
            hint: format!("ask with `--set risks.{}.residual.{}=…`", id.value, field.value),
        })
    }

    fn sets(&self) -> impl Iterator<Item = &Change> {
        self.changes.iter().copied().filter(|change| change.kind == WishKind::Set)
    }
}

/// Why a value that is set moves nothing.
struct Overridden {
    /// What counts instead.
    what: String,
    /// Where that stands.
    by: Span,
    /// What to say there.
    label: &'static str,
    /// What to ask instead.
    hint: String,
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
    if let NodeKind::List(list) = &mut node.kind {
        match in_list::place(list, field) {
            Ok(place) => set_field(&mut list[place], deeper, value, found),
            Err(unfit) => found.push(*unfit),
        }
        return;
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
