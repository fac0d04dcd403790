//! Tables as records: each row is read like a mapping from column to cell.
//!
//! Comes in: a table of `source`. Goes out: one record for each usable row. An empty cell counts as absent.

use std::collections::BTreeMap;

use crate::diagnostic::spelling::{did_you_mean, one_of};
use crate::diagnostic::{Diagnostic, Diagnostics, Span, Spanned};
use crate::record::decode::{Decode, Record, misplaced_audience};
use crate::record::rule::{BAD_SCALAR, COMPUTED_FIELD, MISSING_FIELD, REPEATED_ROW, UNKNOWN_FIELD};
use crate::record::slip::{AUDIENCE, is_near_audience};
use crate::source::node::{Entry, Node, NodeKind, Style};
use crate::source::table::{Row, Table};

/// Reads every row of a table.
///
/// Columns that the record does not have or that are computed, and required ones that the table does not have, are reported once,
/// at the header.
pub fn decode_rows<T: Record>(table: &Table, found: &mut Diagnostics) -> Vec<T> {
    if names_no_column::<T>(table, found) {
        return Vec::new();
    }
    report_unknown_columns::<T>(table, found);
    if !has_required_columns::<T>(table, found) && !may_lack_columns(table, found) {
        return Vec::new();
    }
    report_repeated_rows(table, found);
    for row in &table.left_out {
        report_cells_of_any_column::<T>(table, row, found);
    }
    table
        .rows
        .iter()
        .filter_map(|row| T::decode_under(row.span, &mapping_of::<T>(table, row), found))
        .collect()
}

/// Whether the first line names none of the columns, so that it is most likely a row: one fault for all that would follow from it.
fn names_no_column<T: Record>(table: &Table, found: &mut Diagnostics) -> bool {
    let (Some(first), Some(last)) = (table.header.first(), table.header.last()) else { return false };
    let names: Vec<&str> = T::fields().iter().map(|field| field.name).collect();
    let is_like_one = |column: &Spanned<String>| {
        names.contains(&column.value.as_str()) || did_you_mean(&column.value, names.iter().copied()).is_some()
    };
    if table.header.len() == 1 || table.header.iter().any(is_like_one) {
        return false;
    }
    let header = Span { end: last.span.end, ..first.span };
    let required: Vec<&str> =
        T::fields().iter().filter(|field| field.required).map(|field| field.name).collect();
    let hint = if required.is_empty() {
        format!("write above it a line of {}", one_of(&names).replace(" or ", " and "))
    } else {
        format!(
            "write above it the names of the columns, {} among them",
            one_of(&required).replace(" or ", " and ")
        )
    };
    let message = "the first line of this table names none of its columns";
    found.push(Diagnostic::new(&MISSING_FIELD, header, message).label("no names of columns").hint(hint));
    true
}

fn report_unknown_columns<T: Record>(table: &Table, found: &mut Diagnostics) {
    let names: Vec<&str> = T::fields().iter().map(|field| field.name).collect();
    for column in &table.header {
        if names.contains(&column.value.as_str()) {
            continue;
        }
        let computed = T::FORMAT.computed.iter().find(|(computed, _)| *computed == column.value);
        if let Some((name, instead)) = computed {
            let message = format!("`{name}` is not written here");
            found.push(Diagnostic::new(&COMPUTED_FIELD, column.span, message).hint(*instead));
            continue;
        }
        if is_near_audience(&column.value) && !names.contains(&AUDIENCE) {
            found.push(misplaced_audience(column.span, "row of this table"));
            continue;
        }
        let message = format!("this table has no column `{}`", column.value);
        let diagnostic = Diagnostic::new(&UNKNOWN_FIELD, column.span, message);
        let near = did_you_mean(&column.value, names.iter().copied());
        // What stands in a column beside all that are known is not asked for; in the place of one it may be what is.
        let is_of_more = near.is_none_or(|name| table.column(name).is_some());
        let diagnostic = if is_of_more { diagnostic.of_more() } else { diagnostic };
        found.push(match near {
            Some(name) => diagnostic.label(format!("did you mean `{name}`?")).hint(format!("write `{name}`")),
            None => diagnostic.hint(format!("use {}", one_of(&names).replace(" or ", " and "))),
        });
    }
}

/// In a second reading rows are read although a column is missing.
fn may_lack_columns(table: &Table, found: &mut Diagnostics) -> bool {
    table.header.first().is_some_and(|first| found.may_stand_in(first.span, first.span))
}

/// Whether a table lacks a column without which none of its rows is read; an empty one has no rows.
pub fn lacks_columns<T: Decode>(table: &Table) -> bool {
    let mut required = T::fields().iter().filter(|field| field.required);
    !table.header.is_empty() && required.any(|field| table.column(field.name).is_none())
}

fn has_required_columns<T: Decode>(table: &Table, found: &mut Diagnostics) -> bool {
    let Some(first) = table.header.first() else {
        // An empty file holds no rows; nothing is missing from it.
        return false;
    };
    let last = table.header.last().unwrap_or(first);
    let header = Span { end: last.span.end, ..first.span };
    let mut is_complete = true;
    for field in T::fields().iter().filter(|field| field.required) {
        if table.column(field.name).is_none() && has_slip_of::<T>(table, field.name) {
            is_complete = false;
        } else if table.column(field.name).is_none() {
            let message = format!("this table has no column `{}`", field.name);
            let hint = format!("add the column `{}` with {} in each row", field.name, field.form);
            found.push(Diagnostic::new(&MISSING_FIELD, header, message).hint(hint));
            is_complete = false;
        }
    }
    is_complete
}

/// Whether a column of the header is a slip of the one that is meant, which has been told.
fn has_slip_of<T: Decode>(table: &Table, name: &str) -> bool {
    let names = || T::fields().iter().map(|field| field.name);
    let unknown = table.header.iter().filter(|column| names().all(|name| name != column.value));
    unknown.into_iter().any(|column| did_you_mean(&column.value, names()) == Some(name))
}

fn report_repeated_rows(table: &Table, found: &mut Diagnostics) {
    let mut first_of: BTreeMap<Vec<&str>, &Row> = BTreeMap::new();
    for row in &table.rows {
        let cells: Vec<&str> = row.cells.iter().map(|cell| cell.value.as_str()).collect();
        if let Some(first) = first_of.get(&cells) {
            found.push(
                Diagnostic::new(&REPEATED_ROW, row.span, "this row stands in the table twice")
                    .also(first.span, "first here")
                    .hint("remove one of them, or tell them apart by a note"),
            );
        } else {
            first_of.insert(cells, row);
        }
    }
}

/// So many cells too many or too few, and a row is no row of this table.
const MOST_SHIFTS: usize = 3;

/// Reports values of a row of the wrong width that are wrong in every column that they may belong to.
///
/// Of a row with a cell too many nobody knows which it is: a cell belongs to the column at its place or to the one before. The first
/// can only be the first.
fn report_cells_of_any_column<T: Record>(table: &Table, row: &Row, found: &mut Diagnostics) {
    let (n_cells, n_columns) = (row.cells.len(), table.header.len());
    let n_shifts = n_cells.abs_diff(n_columns);
    if n_shifts > MOST_SHIFTS {
        return;
    }
    let readings: Vec<Vec<Diagnostic>> = (0..=n_shifts)
        .map(|shift| {
            let cells = (0..n_columns).map(|column| {
                let at = if n_cells < n_columns { column.checked_sub(shift) } else { Some(column + shift) };
                let cell = at.and_then(|at| row.cells.get(at).cloned());
                cell.unwrap_or_else(|| Spanned::new(String::new(), row.span))
            });
            let aligned = Row { span: row.span, cells: cells.collect() };
            let mut local = Diagnostics::default();
            let _ = T::decode_under(row.span, &mapping_of::<T>(table, &aligned), &mut local);
            local.iter().filter(|fault| fault.rule.code == BAD_SCALAR.code).cloned().collect()
        })
        .collect();
    // What stands behind the last column belongs to none.
    for (at, cell) in row.cells.iter().take(n_columns).enumerate() {
        let is_inside = |span: Span| span.start >= cell.span.start && span.end <= cell.span.end;
        let of_cell = |faults: &[Diagnostic]| {
            let is_of_cell = |fault: &&Diagnostic| fault.span.is_some_and(is_inside);
            faults.iter().find(is_of_cell).cloned()
        };
        // With cells too few a cell belongs to a later column, with too many to an earlier one.
        let may_be = readings.iter().enumerate().filter(|(shift, _)| {
            if n_cells < n_columns {
                at + shift < n_columns
            } else {
                (*shift..n_columns + shift).contains(&at)
            }
        });
        let told: Option<Vec<Diagnostic>> = may_be.map(|(_, faults)| of_cell(faults)).collect();
        if let Some(first) = told.and_then(|told| told.into_iter().next()) {
            found.push(first);
        }
    }
}

/// Turns a row into the mapping that a record is read from; columns that the record does not have are left
/// out, and so are empty cells. A column that is meant for the audience says of each row with something in it that its readers
/// are not known.
fn mapping_of<T: Decode>(table: &Table, row: &Row) -> Node {
    let has = |name: &str| T::fields().iter().any(|field| field.name == name);
    let written = || table.header.iter().zip(&row.cells).filter(|(_, cell)| !cell.value.is_empty());
    let is_lost = |(column, _): &(&Spanned<String>, &Spanned<String>)| {
        has(AUDIENCE) && !has(&column.value) && is_near_audience(&column.value)
    };
    let lost = written().find(is_lost).map(|(column, _)| {
        let key = Spanned::new(AUDIENCE.to_owned(), column.span);
        Entry { key, value: Node { kind: NodeKind::Empty, span: column.span } }
    });
    let known = written()
        .filter(|(column, _)| has(&column.value))
        .map(|(column, cell)| Entry { key: column.clone(), value: cell_node(cell) });
    Node { kind: NodeKind::Map(lost.into_iter().chain(known).collect()), span: row.span }
}

fn cell_node(cell: &Spanned<String>) -> Node {
    let kind = NodeKind::Scalar { text: cell.value.clone(), style: Style::Plain };
    Node { kind, span: cell.span }
}
