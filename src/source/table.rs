//! CSV text to a table in which every cell knows its bytes.
//!
//! Comes in: the text of a ledger. Goes out: a header, rows that are all as wide as the header, and findings.
//! Not here: which columns there are and what stands in them.

use std::collections::BTreeMap;
use std::ops::Range;

use super::conflict;
use super::encoding::check_characters;
use crate::diagnostic::spelling::count;
use crate::diagnostic::{Diagnostic, Diagnostics, FileId, Span, Spanned};

crate::declare_rule! {
    /// A table does not have the shape that its first line promises: a row has more or fewer cells than there are columns, a
    /// column stands there twice, the cells are not separated by commas, there is no first line at all, or the marks of a merge stand
    /// in it that nobody finished. A row of the wrong width is left out, because nobody can tell which cell is missing; what is wrong
    /// with its cells wherever they belong is told all the same. Of versions that were not merged the first is read.
    ///
    /// Wrong (the comma in the note makes a fourth cell):
    ///
    /// ```csv
    /// date,amount,note
    /// 2026-10-14,1_680 EUR,Freight, express
    /// ```
    ///
    /// Right:
    ///
    /// ```csv
    /// date,amount,note
    /// 2026-10-14,1_680 EUR,"Freight, express"
    /// ```
    ///
    /// Spreadsheets in many languages save with semicolons. Such a table is read as it is, so that all its faults are told in one run, and
    /// `milepost fmt` writes commas; decimal commas and dates of the region are still to be changed by hand. Excel takes the separator
    /// from the settings of the region; other programs ask for it when they save.
    pub static CSV_SHAPE: Rule = ("E113", "csv-shape", Error, "0.1.0", "a table does not have the shape of its header");
}

/// A table with a header.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Table {
    /// The names of the columns; at least one in a table that was read. Names are not repeated unless that was reported.
    pub header: Vec<Spanned<String>>,
    /// The rows in the order of the file, without blank ones.
    pub rows: Vec<Row>,
    /// Rows of the wrong width, which are left out: their cells belong to no column that is known. Where a comma has cut an amount in
    /// pieces and nothing else, the amount is one cell, as it is meant.
    pub left_out: Vec<Row>,
}

/// One row of a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// The row without its line end.
    pub span: Span,
    /// One cell for each column of the header; text without quotes and without spaces around it.
    pub cells: Vec<Spanned<String>>,
}

impl Table {
    /// Finds a column by its name; the first one if it is repeated.
    #[must_use]
    pub fn column(&self, name: &str) -> Option<usize> {
        self.header.iter().position(|column| column.value == name)
    }
}

impl Row {
    /// Gives a cell; none for a column that is not there or a cell that is empty.
    #[must_use]
    pub fn cell(&self, column: usize) -> Option<&Spanned<String>> {
        self.cells.get(column).filter(|cell| !cell.value.is_empty())
    }
}

/// Reads the text of a CSV file.
///
/// Cells that are separated by something else than commas are reported, and read all the same. `None` means that no columns are named; it
/// has been reported.
pub fn parse(file: FileId, text: &str, found: &mut Diagnostics) -> Option<Table> {
    // Of two versions that were not merged one is read: rows of both would count twice.
    let merged = conflict::begins(text).map(|at| {
        let end = text[at..].find(['\r', '\n']).map_or(text.len(), |length| at + length);
        let span = Span::new(file, at, end);
        let conflict = Diagnostic::new(&CSV_SHAPE, span, conflict::MESSAGE);
        found.push(
            conflict.label(format!("{}; the first version is read", conflict::LABEL)).hint(conflict::HINT),
        );
        conflict::first_version(text)
    });
    check_characters(file, (text, 0), found);
    let text = merged.as_deref().unwrap_or(text);
    let shape = Shape::of(text);
    shape.check(file, text, found);
    let mut reader = shape.reader(text);
    let mut record = csv::StringRecord::new();
    let mut table = Table::default();
    let mut has_header = false;
    let mut n_columns = 0;
    loop {
        let start = shape.begin + byte_of(&reader);
        match reader.read_record(&mut record) {
            Ok(true) => {}
            // The text is UTF-8 and lies in memory, so there is nothing else that could fail.
            Ok(false) | Err(_) => break,
        }
        let line = Line::new((file, text), start..shape.begin + byte_of(&reader), &record, shape.separator);
        let is_open = line.check_quote(found);
        if !has_header {
            has_header = true;
            n_columns = line.cells.len();
            table.header = line.cells;
            // Spreadsheets fill every line up to the widest; columns without name and content are none.
            while table.header.last().is_some_and(|column| column.value.is_empty()) {
                table.header.pop();
            }
            check_repeated(&table.header, found);
        } else if line.cells.iter().any(|cell| !cell.value.is_empty()) {
            let mut of_width = Diagnostics::default();
            let row = line.fit(&table.header, n_columns, &mut of_width);
            if !is_open {
                found.extend(of_width);
            }
            match row {
                Ok(row) => table.rows.push(row),
                Err(row) => table.left_out.push(row),
            }
        }
    }
    if table.header.is_empty() {
        found.push(
            Diagnostic::new(
                &CSV_SHAPE,
                Span::new(file, 0, 0),
                "this table is empty: not even its columns are named",
            )
            .hint("write the names of the columns into the first line, or remove the file"),
        );
        return None;
    }
    Some(table)
}

/// What the cells of a table are separated by.
#[derive(Clone, Copy, Debug)]
struct Shape {
    separator: u8,
    /// Where the first line begins behind one that tells a spreadsheet the separator, `sep=;`.
    begin: usize,
    /// Where the separator is first seen, or named; none where it is the comma and nobody names it.
    told_at: Option<usize>,
}

impl Shape {
    fn of(text: &str) -> Self {
        let usual = Self { separator: b',', begin: 0, told_at: None };
        let blank = text.len() - text.trim_start_matches(['\r', '\n']).len();
        let line = text[blank..].lines().next().unwrap_or_default();
        let named = line.strip_prefix("sep=").map(|rest| rest.trim_end_matches(',').as_bytes());
        if let Some([separator @ (b';' | b'\t')]) = named {
            let begin = blank + line.len();
            return Self { separator: *separator, begin, told_at: Some(blank + "sep=".len()) };
        }
        if line == "sep=," {
            return Self { begin: blank + line.len(), told_at: Some(blank + "sep=".len()), ..usual };
        }
        if split(line, b',').len() > 1 {
            return usual;
        }
        let other = [b';', b'\t']
            .into_iter()
            .find_map(|separator| Some((separator, line.find(char::from(separator))?)));
        other.map_or(usual, |(separator, at)| Self { separator, told_at: Some(blank + at), ..usual })
    }

    fn check(self, file: FileId, text: &str, found: &mut Diagnostics) {
        let Some(at) = self.told_at else { return };
        let message = match self.separator {
            b';' => "the columns are separated by semicolons",
            b'\t' => "the columns are separated by tabs",
            _ => "this line tells a spreadsheet the separator, and is no part of the table",
        };
        let end = text[at..].chars().next().map_or(at, |letter| at + letter.len_utf8());
        found.push(Diagnostic::new(&CSV_SHAPE, Span::new(file, at, end), message).hint(
            "let `milepost fmt` write the table with commas; Excel takes the separator from the settings of the region, LibreOffice asks \
             for it when it saves",
        ));
    }

    fn reader(self, text: &str) -> csv::Reader<&[u8]> {
        let mut builder = csv::ReaderBuilder::new();
        builder.has_headers(false).flexible(true).delimiter(self.separator);
        builder.from_reader(&text.as_bytes()[self.begin..])
    }
}

/// Whether the cells of a table are separated by something else than commas, or a line tells so.
pub(super) fn is_foreign(text: &str) -> bool {
    Shape::of(text).told_at.is_some()
}

fn byte_of<R: std::io::Read>(reader: &csv::Reader<R>) -> usize {
    usize::try_from(reader.position().byte()).unwrap_or(usize::MAX)
}

/// One record with the places of its cells.
struct Line<'a> {
    file: FileId,
    text: &'a str,
    range: Range<usize>,
    cells: Vec<Spanned<String>>,
    separator: u8,
}

impl<'a> Line<'a> {
    /// Finds the bytes of each cell; the reader only tells where the record lies and what its cells say.
    fn new(
        (file, text): (FileId, &'a str),
        range: Range<usize>,
        record: &csv::StringRecord,
        separator: u8,
    ) -> Self {
        let record_text = &text[range.clone()];
        let n_before = record_text.len() - record_text.trim_start_matches(['\r', '\n']).len();
        let start = range.start + n_before;
        let end = start + record_text[n_before..].trim_end_matches(['\r', '\n']).len();
        let range = start..end;
        let cells = split(&text[range.clone()], separator)
            .into_iter()
            .zip(record)
            .map(|(written, value)| {
                let written = trim(text, start + written.start..start + written.end);
                Spanned::new(value.trim().to_owned(), Span::new(file, written.start, written.end))
            })
            .collect();
        Self { file, text, range, cells, separator }
    }

    fn span(&self) -> Span {
        Span::new(self.file, self.range.start, self.range.end)
    }

    /// Reports a quote that is not closed; what stands behind it is then one cell, whatever the width of the row.
    fn check_quote(&self, found: &mut Diagnostics) -> bool {
        let Some(last) = split(&self.text[self.range.clone()], self.separator).pop() else { return false };
        let start = self.range.start + last.start;
        let written = &self.text[start..self.range.start + last.end];
        // Inside quotes every quote is doubled, so an odd number means that the last one opened.
        let is_open = written.starts_with('"') && written.matches('"').count() % 2 == 1;
        if is_open {
            let span = Span::new(self.file, start, start + 1);
            found.push(
                Diagnostic::new(
                    &CSV_SHAPE,
                    span,
                    "the quote opened here is not closed before the end of the file",
                )
                .hint("close it with `\"`; inside quotes write `\"\"` for a quote"),
            );
        }
        is_open
    }

    /// Gives the row if it is as wide as the header, else as one that is left out. `n_written` is the width of the header with the empty cells at its
    /// end, which a row may have too.
    fn fit(self, header: &[Spanned<String>], n_written: usize, found: &mut Diagnostics) -> Result<Row, Row> {
        let span = self.span();
        let (n_cells, n_columns) = (self.cells.len(), header.len());
        let beyond = self.cells.get(n_columns..).unwrap_or_default();
        let surplus = beyond.iter().find(|cell| !cell.value.is_empty()).or_else(|| self.cells.get(n_written));
        if n_cells < n_columns {
            let missing = &header[n_cells].value;
            let message =
                format!("this row has {} for {}", count(n_cells, "cell"), count(n_columns, "column"));
            found.push(
                Diagnostic::new(&CSV_SHAPE, span, message)
                    .label(format!("`{missing}` is missing; the row is left out"))
                    .hint("add a comma for each cell that stays empty"),
            );
            return Err(Row { span, cells: self.cells });
        }
        if let Some(surplus) = surplus {
            let message =
                format!("this row has {} for {}", count(n_cells, "cell"), count(n_columns, "column"));
            let pieces = if self.separator == b',' { money_in_pieces_of(&self.cells) } else { None };
            let Some((at, n_pieces, amount)) = pieces else {
                let quoted = match self.separator {
                    b',' => "put a cell that contains a comma in double quotes: `\"Freight, express\"`",
                    _ => "put a cell that contains the separator in double quotes",
                };
                found.push(
                    Diagnostic::new(&CSV_SHAPE, surplus.span, message)
                        .label("belongs to no column; the row is left out")
                        .hint(quoted),
                );
                return Err(Row { span, cells: self.cells });
            };
            let last = self.cells[at + n_pieces - 1].span;
            let written = Span { end: last.end, ..self.cells[at].span };
            found.push(
                Diagnostic::new(&CSV_SHAPE, written, message)
                    .label("a comma cuts this amount in pieces; the row is left out")
                    .hint(amount.hint()),
            );
            let mut cells = self.cells;
            cells.splice(at..at + n_pieces, [Spanned::new(amount.text, written)]);
            if cells.len() > n_columns && cells[n_columns..].iter().all(|cell| cell.value.is_empty()) {
                cells.truncate(n_columns);
            }
            return Err(Row { span, cells });
        }
        let mut cells = self.cells;
        cells.truncate(n_columns);
        Ok(Row { span, cells })
    }
}

/// An amount as it is to be written.
#[derive(Clone, Debug, PartialEq, Eq)]
struct MendedAmount {
    text: String,
    /// Whether its comma stands before cents.
    has_cents: bool,
}

impl MendedAmount {
    fn hint(&self) -> String {
        let how = if self.has_cents { "write cents behind a point" } else { "write money without a comma" };
        format!("{how}: `{}`", self.text)
    }
}

/// Where the first amount stands that a comma has cut in pieces, how many cells they are, and how it is written.
fn money_in_pieces_of(cells: &[Spanned<String>]) -> Option<(usize, usize, MendedAmount)> {
    (0..cells.len()).find_map(|first| {
        let (n_pieces, amount) = money_in_pieces(&cells[first..])?;
        Some((first, n_pieces, amount))
    })
}

/// How an amount is written without its commas, where these cells begin with the pieces of one: `1_234_567 EUR` for `1`, `234` and
/// `567 EUR`. Behind the comma of `12`, `50 EUR` stand cents, and so behind that of `4862`, `35 EUR` and of `12.500`, `00 EUR`. None where
/// no amount stands here.
fn money_in_pieces(cells: &[Spanned<String>]) -> Option<(usize, MendedAmount)> {
    let (front, rest) = cells.split_first()?;
    let is_group = |text: &str| text.len() == 3 && are_digits(text);
    let (sign, digits) = front.value.strip_prefix('-').map_or(("", &*front.value), |digits| ("-", digits));
    let mut by_points = digits.split('.');
    let first = by_points.next().filter(|first| !first.is_empty() && are_digits(first))?;
    let groups: Vec<&str> = by_points.collect();
    let is_short = first.len() <= 3;
    if !(groups.is_empty() || is_short && groups.iter().all(|group| is_group(group))) {
        return None;
    }
    // Points between groups, and more digits than a group has, leave cents alone for the comma.
    let n_groups = if groups.is_empty() && is_short {
        rest.iter().take_while(|cell| is_group(&cell.value)).count()
    } else {
        0
    };
    let (last, currency) = rest.get(n_groups)?.value.split_once(' ')?;
    if currency.len() != 3 || !currency.bytes().all(|byte| byte.is_ascii_uppercase()) {
        return None;
    }
    let between = rest[..n_groups].iter().map(|cell| cell.value.as_str());
    let whole: Vec<&str> = std::iter::once(first).chain(groups.iter().copied()).chain(between).collect();
    let whole = format!("{sign}{}", whole.join("_"));
    let (group, cents) = last.split_once('.').map_or((last, None), |(group, cents)| (group, Some(cents)));
    let may_go_on = groups.is_empty() && is_short;
    let (text, has_cents) = match cents {
        None if is_group(group) && may_go_on => (format!("{whole}_{last} {currency}"), false),
        None if (1..=2).contains(&group.len()) && are_digits(group) => {
            (format!("{whole}.{group:0<2} {currency}"), true)
        }
        Some(cents) if is_group(group) && are_digits(cents) && may_go_on => {
            (format!("{whole}_{last} {currency}"), false)
        }
        _ => return None,
    };
    Some((n_groups + 2, MendedAmount { text, has_cents }))
}

fn are_digits(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_digit())
}

fn check_repeated(header: &[Spanned<String>], found: &mut Diagnostics) {
    let mut seen: BTreeMap<&str, Span> = BTreeMap::new();
    for column in header {
        if let Some(first) = seen.get(column.value.as_str()) {
            let message = if column.value.is_empty() {
                "two columns have no name".to_owned()
            } else {
                format!("the column `{}` stands twice in the header", column.value)
            };
            found.push(
                Diagnostic::new(&CSV_SHAPE, column.span, message)
                    .also(*first, "first here")
                    .hint("rename or remove one of the two"),
            );
        } else {
            seen.insert(&column.value, column.span);
        }
    }
}

/// Splits a record into the bytes of its cells, quotes included, by the reader's own rules: a cell that begins with a quote
/// runs to the next single quote, and what follows up to the separator still belongs to it.
fn split(record: &str, separator: u8) -> Vec<Range<usize>> {
    let mut cells = Vec::new();
    let mut start = 0;
    let mut is_quoted = false;
    for (at, letter) in record.bytes().enumerate() {
        match letter {
            b'"' if at == start => is_quoted = true,
            // A doubled quote closes and opens again.
            b'"' if is_quoted || record[start..].starts_with('"') => is_quoted = !is_quoted,
            letter if letter == separator && !is_quoted => {
                cells.push(start..at);
                start = at + 1;
            }
            _ => {}
        }
    }
    cells.push(start..record.len());
    cells
}

/// The cells of a table as they were written, quotes included, record by record, without records that hold nothing.
pub(super) fn written(text: &str) -> Vec<Vec<&str>> {
    let shape = Shape::of(text);
    let (mut reader, text) = (shape.reader(text), &text[shape.begin..]);
    let mut record = csv::StringRecord::new();
    let mut records = Vec::new();
    loop {
        let start = byte_of(&reader);
        let Ok(true) = reader.read_record(&mut record) else { return records };
        let line = text[start..byte_of(&reader)].trim_matches(['\r', '\n']);
        records.push(split(line, shape.separator).into_iter().map(|range| &line[range]).collect());
    }
}

fn trim(text: &str, range: Range<usize>) -> Range<usize> {
    let written = &text[range.clone()];
    let start = range.start + (written.len() - written.trim_start().len());
    start..start + written.trim().len()
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};

    use super::*;
    use crate::diagnostic::render::{Colour, terminal};
    use crate::source::disk::Folder;

    fn check(text: &str, expected: &Expect) {
        let folder = Folder::from_memory(vec![("costs.csv", text)]);
        let text = folder.files()[0].text.as_str();
        let mut found = Diagnostics::default();
        let mut shown = String::new();
        if let Some(table) = parse(FileId(0), text, &mut found) {
            let rows = table.rows.iter().map(|row| &row.cells);
            for cells in std::iter::once(&table.header).chain(rows) {
                let cells: Vec<String> = cells
                    .iter()
                    .map(|cell| format!("{:?} = {}", &text[cell.span.range()], cell.value.escape_debug()))
                    .collect();
                shown.push_str(
                    if cells.is_empty() { "no columns".to_owned() } else { cells.join(" | ") }.as_str(),
                );
                shown.push('\n');
            }
        }
        shown.push_str(&terminal(&found, &folder, Colour::Never));
        expected.assert_eq(&shown);
    }

    #[test]
    fn cells_know_their_bytes() {
        check(
            "date, note\n2026-01-02,Freight\n",
            &expect![[r#"
            "date" = date | "note" = note
            "2026-01-02" = 2026-01-02 | "Freight" = Freight
        "#]],
        );
        check(
            "\u{feff}é,b\r\n\r\n\"x, \"\"y\"\"\",  z \r\n,\r\n\"two\nlines\",\"\"",
            &expect![[r#"
            "é" = é | "b" = b
            "\"x, \"\"y\"\"\"" = x, \"y\" | "z" = z
            "\"two\nlines\"" = two\nlines | "\"\"" = 
        "#]],
        );
    }

    #[test]
    fn empty_files_are_told() {
        for text in ["", "\n\n", " , ,\n2026-01-02,x,\n"] {
            let mut found = Diagnostics::default();
            assert_eq!(parse(FileId(0), text, &mut found), None, "{text:?}");
            let told = found.iter().map(|one| one.message.as_str());
            assert!(
                told.clone().any(|words| words == "this table is empty: not even its columns are named"),
                "{text:?}"
            );
        }
        check(
            "date,note\n",
            &expect![[r#"
            "date" = date | "note" = note
        "#]],
        );
    }

    #[test]
    fn rows_of_the_wrong_width_are_left_out() {
        check(
            "date,amount,note\n2026-01-02,5 EUR\n2026-01-03,5,5 EUR,x\n2026-01-04,5 EUR,,,\n",
            &expect![[r#"
                "date" = date | "amount" = amount | "note" = note
                error[E113 csv-shape]: this row has 2 cells for 3 columns
                 --> costs.csv:2:1
                  |
                2 | 2026-01-02,5 EUR
                  | ^^^^^^^^^^^^^^^^ `note` is missing; the row is left out
                  |
                  = help: add a comma for each cell that stays empty

                error[E113 csv-shape]: this row has 4 cells for 3 columns
                 --> costs.csv:3:12
                  |
                3 | 2026-01-03,5,5 EUR,x
                  |            ^^^^^^^ a comma cuts this amount in pieces; the row is left out
                  |
                  = help: write cents behind a point: `5.50 EUR`

                error[E113 csv-shape]: this row has 5 cells for 3 columns
                 --> costs.csv:4:19
                  |
                4 | 2026-01-04,5 EUR,,,
                  |                   ^ belongs to no column; the row is left out
                  |
                  = help: put a cell that contains a comma in double quotes: `"Freight, express"`
            "#]],
        );
    }

    #[test]
    fn other_separators_are_named() {
        check(
            "date;amount\n2026-01-02;5,0\n",
            &expect![[r#"
                "date" = date | "amount" = amount
                "2026-01-02" = 2026-01-02 | "5,0" = 5,0
                error[E113 csv-shape]: the columns are separated by semicolons
                 --> costs.csv:1:5
                  |
                1 | date;amount
                  |     ^
                  |
                  = help: let `milepost fmt` write the table with commas; Excel takes the separator from the settings of the region, LibreOffice asks for it when it saves
            "#]],
        );
        check(
            "date\tamount\n",
            &expect![[r#"
                "date" = date | "amount" = amount
                error[E113 csv-shape]: the columns are separated by tabs
                 --> costs.csv:1:5
                  |
                1 | date    amount
                  |     ^^^^
                  |
                  = help: let `milepost fmt` write the table with commas; Excel takes the separator from the settings of the region, LibreOffice asks for it when it saves
            "#]],
        );
        check(
            "week\n2026-W32\n",
            &expect![[r#"
            "week" = week
            "2026-W32" = 2026-W32
        "#]],
        );
    }

    /// The marks were rows of one cell, each to be filled up with commas, and both versions were read.
    #[test]
    fn a_merge_that_was_not_finished_is_named_and_its_first_version_read() {
        check(
            "date,note\n2026-01-02,a\n<<<<<<< HEAD\n2026-01-03,é\n||||||| 1a2b\n2026-01-03,old\n=======\n2026-01-03,c\n>>>>>>> other\n2026-01-04,d\n",
            &expect![[r#"
            "date" = date | "note" = note
            "2026-01-02" = 2026-01-02 | "a" = a
            "2026-01-03" = 2026-01-03 | "é" = é
            "2026-01-04" = 2026-01-04 | "d" = d
            error[E113 csv-shape]: two versions of this file have not been merged
             --> costs.csv:3:1
              |
            3 | <<<<<<< HEAD
              | ^^^^^^^^^^^^ the conflict begins here; the first version is read
              |
              = help: decide between the versions and remove the lines with `<<<<<<<`, `=======` and `>>>>>>>`
        "#]],
        );
    }

    #[test]
    fn repeated_columns_and_open_quotes_are_reported() {
        check(
            "date,note,date\n",
            &expect![[r#"
            "date" = date | "note" = note | "date" = date
            error[E113 csv-shape]: the column `date` stands twice in the header
             --> costs.csv:1:11
              |
            1 | date,note,date
              | ----      ^^^^
              | |
              | first here
              |
              = help: rename or remove one of the two
        "#]],
        );
        check(
            "date,note\n2026-01-02,\"x\n2026-01-03,y\n",
            &expect![[r#"
            "date" = date | "note" = note
            "2026-01-02" = 2026-01-02 | "\"x\n2026-01-03,y" = x\n2026-01-03,y
            error[E113 csv-shape]: the quote opened here is not closed before the end of the file
             --> costs.csv:2:12
              |
            2 | 2026-01-02,"x
              |            ^
              |
              = help: close it with `"`; inside quotes write `""` for a quote
        "#]],
        );
    }

    #[test]
    fn amounts_in_pieces_are_put_together_and_cents_stay_cents() {
        let hint = |cells: &[&str]| {
            let cells: Vec<Spanned<String>> = cells
                .iter()
                .map(|cell| Spanned { span: Span::default(), value: (*cell).to_owned() })
                .collect();
            money_in_pieces_of(&cells).map(|(_, _, amount)| amount.hint()).unwrap_or_default()
        };
        assert_eq!(hint(&["x", "1", "234", "567 EUR"]), "write money without a comma: `1_234_567 EUR`");
        assert_eq!(hint(&["-5", "000.50 EUR"]), "write money without a comma: `-5_000.50 EUR`");
        assert_eq!(hint(&["12", "50 EUR"]), "write cents behind a point: `12.50 EUR`");
        assert_eq!(hint(&["12", "5 EUR"]), "write cents behind a point: `12.50 EUR`");
        assert_eq!(hint(&["4862", "35 EUR"]), "write cents behind a point: `4862.35 EUR`");
        assert_eq!(hint(&["-12.500", "00 EUR"]), "write cents behind a point: `-12_500.00 EUR`");
        for other in [&["Freight", "express"][..], &["2026-10-01", "3 EUR"], &["4862", "350 EUR"]] {
            assert_eq!(hint(other), "", "{other:?}");
        }
    }
}
