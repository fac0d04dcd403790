//! A table of any separator to cells that know their bytes.
//!
//! Comes in: text. Goes out: a header and rows, and findings about their shape. Unlike `source::table`, which reads our own files,
//! it takes what programs write: semicolons and tabs, names of columns that stand twice, rows that end early.

use crate::diagnostic::spelling::count;
use crate::diagnostic::{Diagnostic, Diagnostics, Span};
use crate::exchange::rule::ROW_SHAPE;
use crate::exchange::text::FILE;

/// The most rows that are read: a plan of more is a slip.
const MOST_ROWS: usize = 200_000;

/// A cell, without quotes and without spaces around it.
#[derive(Clone, Debug, Default)]
pub(super) struct Cell {
    pub(super) text: String,
    pub(super) span: Span,
}

/// A table as it was written.
#[derive(Debug, Default)]
pub(super) struct Cells {
    /// The names of the columns; may be repeated or empty.
    pub(super) header: Vec<Cell>,
    /// The rows that are not blank, each at most as wide as the header.
    pub(super) rows: Vec<Vec<Cell>>,
    /// What separates the cells.
    pub(super) separator: char,
}

impl Cells {
    /// A cell that holds something.
    pub(super) fn cell(row: &[Cell], column: usize) -> Option<&Cell> {
        row.get(column).filter(|cell| !cell.text.is_empty())
    }
}

/// Reads a table; its first row that is not blank is the header.
pub(super) fn read(text: &str, found: &mut Diagnostics) -> Cells {
    let (separator, skipped) = separator(text);
    let mut reader = Reader { text, at: skipped, separator, is_open: None };
    let mut cells = Cells { separator, ..Cells::default() };
    while let Some(row) = reader.row() {
        if row.iter().all(|cell| cell.text.is_empty()) {
            continue;
        }
        if cells.header.is_empty() {
            cells.header = row;
            while cells.header.last().is_some_and(|name| name.text.is_empty()) {
                cells.header.pop();
            }
            continue;
        }
        if cells.rows.len() == MOST_ROWS {
            let message = format!("more than {MOST_ROWS} rows");
            let span = row.first().map(|cell| cell.span);
            found.push(
                Diagnostic::new(&ROW_SHAPE, span, message).hint("import the rows that make up one project"),
            );
            break;
        }
        let n_columns = cells.header.len();
        if let Some(surplus) = row.iter().skip(n_columns).find(|cell| !cell.text.is_empty()) {
            let message =
                format!("this row has {} for {}", count(row.len(), "cell"), count(n_columns, "column"));
            found.push(
                Diagnostic::new(&ROW_SHAPE, surplus.span, message)
                    .label("belongs to no column")
                    .hint("put a cell that holds the separator between double quotes, or name the column in the first line"),
            );
        }
        cells.rows.push(row.into_iter().take(n_columns).collect());
    }
    if let Some(at) = reader.is_open {
        found.push(
            Diagnostic::new(
                &ROW_SHAPE,
                Span::new(FILE, at, at + 1),
                "the quote opened here is not closed before the end of the file",
            )
            .hint("close it with `\"`; inside quotes write `\"\"` for a quote"),
        );
    }
    cells
}

/// The separator, and how many bytes of the beginning only name it (`sep=;`).
fn separator(text: &str) -> (char, usize) {
    let first = text.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
    if let Some(named) = first.strip_prefix("sep=").and_then(|rest| rest.chars().next()) {
        let begin = text.find(first).unwrap_or(0) + first.len();
        return (named, begin);
    }
    let mut counts = [(',', 0_usize), (';', 0), ('\t', 0)];
    let mut is_quoted = false;
    for letter in first.chars() {
        is_quoted ^= letter == '"';
        if let Some((_, n)) = counts.iter_mut().find(|(own, _)| *own == letter && !is_quoted) {
            *n += 1;
        }
    }
    let most = counts.iter().map(|(_, n)| *n).max().unwrap_or(0);
    let found = counts.iter().find(|(_, n)| *n == most && *n > 0);
    (found.map_or(',', |(letter, _)| *letter), 0)
}

struct Reader<'a> {
    text: &'a str,
    at: usize,
    separator: char,
    /// Where a quote was opened that nothing closes.
    is_open: Option<usize>,
}

impl Reader<'_> {
    /// The next row; none at the end.
    fn row(&mut self) -> Option<Vec<Cell>> {
        if self.at >= self.text.len() {
            return None;
        }
        let mut row = Vec::new();
        loop {
            row.push(self.cell());
            match self.text[self.at..].chars().next() {
                Some(letter) if letter == self.separator => self.at += letter.len_utf8(),
                Some('\r') => {
                    self.at += if self.text[self.at..].starts_with("\r\n") { 2 } else { 1 };
                    return Some(row);
                }
                Some(letter) => {
                    self.at += letter.len_utf8();
                    return Some(row);
                }
                None => return Some(row),
            }
        }
    }

    /// The next cell, up to the separator or the end of the line.
    fn cell(&mut self) -> Cell {
        let rest = &self.text[self.at..];
        let indent = rest.len() - rest.trim_start_matches(' ').len();
        if rest[indent..].starts_with('"') {
            return self.quoted(self.at + indent);
        }
        let ends = |letter: char| letter == self.separator || letter == '\n' || letter == '\r';
        let length = rest.find(ends).unwrap_or(rest.len());
        let written = &rest[..length];
        let begin = self.at + (written.len() - written.trim_start().len());
        let text = written.trim();
        self.at += length;
        Cell { text: text.to_owned(), span: Span::new(FILE, begin, begin + text.len()) }
    }

    /// A cell between quotes; a doubled quote is one.
    fn quoted(&mut self, begin: usize) -> Cell {
        let mut text = String::new();
        let mut at = begin + 1;
        loop {
            let Some(length) = self.text[at..].find('"') else {
                text.push_str(&self.text[at..]);
                self.is_open = self.is_open.or(Some(begin));
                at = self.text.len();
                break;
            };
            text.push_str(&self.text[at..at + length]);
            at += length + 1;
            if !self.text[at..].starts_with('"') {
                break;
            }
            text.push('"');
            at += 1;
        }
        // What follows a closing quote still belongs to the cell.
        let rest = &self.text[at..];
        let ends = |letter: char| letter == self.separator || letter == '\n' || letter == '\r';
        let length = rest.find(ends).unwrap_or(rest.len());
        text.push_str(&rest[..length]);
        self.at = at + length;
        Cell { text: text.trim().to_owned(), span: Span::new(FILE, begin, self.at) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read_text(text: &str) -> (Cells, Vec<String>) {
        let mut found = Diagnostics::default();
        let cells = read(text, &mut found);
        (cells, found.iter().map(|found| found.message.clone()).collect())
    }

    fn words(row: &[Cell]) -> Vec<&str> {
        row.iter().map(|cell| cell.text.as_str()).collect()
    }

    #[test]
    fn the_separator_is_found_out_and_quotes_hold_it() {
        let (cells, found) = read_text("Nr;\"a;b\";c\r\n1;\"x\ny\";\"say \"\"no\"\"\"\r\n\r\n2\r\n");
        assert_eq!(cells.separator, ';');
        assert_eq!(words(&cells.header), ["Nr", "a;b", "c"]);
        assert_eq!(words(&cells.rows[0]), ["1", "x\ny", "say \"no\""]);
        assert_eq!(words(&cells.rows[1]), ["2"]);
        assert!(found.is_empty(), "{found:?}");
        assert_eq!(read_text("sep=\t\na\tb\n").0.header.len(), 2);
    }

    #[test]
    fn every_cell_knows_its_bytes() {
        let text = "id, name\n1,  Größe \n";
        let (cells, _) = read_text(text);
        let span = cells.rows[0][1].span;
        assert_eq!(&text[span.start as usize..span.end as usize], "Größe");
    }

    #[test]
    fn rows_that_are_too_wide_and_open_quotes_are_told() {
        let (_, found) = read_text("a,b\n1,2,3\n4,\"5\n6,7\n");
        assert_eq!(
            found,
            [
                "this row has 3 cells for 2 columns",
                "the quote opened here is not closed before the end of the file"
            ]
        );
    }
}
