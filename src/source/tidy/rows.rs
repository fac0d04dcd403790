//! Tables laid out: what a table says, and its rows without needless spaces and quotes.

use crate::diagnostic::{Diagnostics, FileId};
use crate::source::table;

/// What a table says: its header and its rows; none where it holds a mistake.
pub(super) fn cells(text: &str) -> Option<(Vec<String>, Vec<Vec<String>>)> {
    let mut found = Diagnostics::default();
    let table = table::parse(FileId(0), text, &mut found)?;
    let row = |cells: Vec<crate::diagnostic::Spanned<String>>| {
        cells.into_iter().map(|cell| cell.value).collect::<Vec<_>>()
    };
    let rows = table.rows.into_iter().map(|each| row(each.cells)).collect();
    // What separates the cells is laid out with the rest.
    let n_mended = usize::from(table::is_foreign(text));
    (found.iter().count() == n_mended).then(|| (row(table.header), rows))
}

/// None where a quote stands behind a space: whether it opens a cell or is a part of it, programs read in two ways.
pub(super) fn rows_laid_out(text: &str) -> Option<String> {
    let clean = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut tidy = String::with_capacity(clean.len());
    for record in table::written(clean) {
        let cells = record.into_iter().map(cell_laid_out).collect::<Option<Vec<String>>>()?;
        if cells.iter().any(|cell| !cell.is_empty()) {
            // A line of one cell that is empty would be no line.
            tidy += &cells.join(",");
            tidy.push('\n');
        }
    }
    Some(tidy)
}

/// A cell without needless quotes and spaces; what stands between quotes keeps its spaces, and quotes for them.
fn cell_laid_out(written: &str) -> Option<String> {
    let bare = written.trim();
    let Some(inside) = written.strip_prefix('"') else {
        let is_doubtful = bare.starts_with('"');
        let text = if bare.contains(['"', ',']) {
            format!("\"{}\"", bare.replace('"', "\"\""))
        } else {
            bare.to_owned()
        };
        return (!is_doubtful).then_some(text);
    };
    // Behind the closing quote nothing may stand but spaces.
    let inside = inside.trim_end().strip_suffix('"')?;
    let text = inside.replace("\"\"", "");
    if text.contains('"') {
        return None;
    }
    let needs_quotes = inside.trim() != inside || inside.contains(['"', ',', '\r', '\n']);
    Some(if needs_quotes { format!("\"{inside}\"") } else { inside.to_owned() })
}
