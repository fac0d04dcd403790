//! Lines and columns: from a byte of a file to what an editor shows.

use super::{FileId, Span};

/// A place as editors count it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Position {
    /// The line, counted from 1.
    pub line: usize,
    /// The column in characters (not bytes, not screen cells), counted from 1.
    pub column: usize,
}

/// Where the lines of a text begin, so that a byte is turned into line and column without counting from the top.
///
/// A line ends at `\n`; a `\r` before it belongs to the line end and is not counted as a column of the next line.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LineIndex {
    /// First byte of each line after the first.
    later_lines: Vec<usize>,
}

impl LineIndex {
    /// Notes the line starts of a text.
    #[must_use]
    pub fn new(text: &str) -> Self {
        Self { later_lines: text.match_indices('\n').map(|(at, _)| at + 1).collect() }
    }

    /// Turns a byte of the same text into line and column; a byte past the end counts as the end.
    ///
    /// In `"é: x"`, byte 4 is line 1, column 4, although `é` takes two bytes.
    #[must_use]
    pub fn position(&self, text: &str, byte: usize) -> Position {
        let byte = byte.min(text.len());
        let n_before = self.later_lines.partition_point(|start| *start <= byte);
        let line_start = if n_before == 0 { 0 } else { self.later_lines[n_before - 1] };
        // Most lines hold letters of one byte alone.
        let column = match text.get(line_start..byte) {
            Some(before) if before.is_ascii() => before.len(),
            _ => {
                let letters = text.get(line_start..).unwrap_or_default().char_indices();
                letters.take_while(|(at, letter)| line_start + at + letter.len_utf8() <= byte).count()
            }
        };
        Position { line: n_before + 1, column: column + 1 }
    }

    /// The line of a byte that stands on this line or behind it: found in steps that double, so that places read in their order cost
    /// next to nothing. A byte before the line is found as well.
    #[must_use]
    pub fn line_from(&self, line: usize, byte: usize) -> usize {
        let mut from = line.saturating_sub(1).min(self.later_lines.len());
        if from > 0 && byte < self.later_lines[from - 1] {
            from = 0;
        }
        let behind = &self.later_lines[from..];
        let mut reach = 1;
        while behind.get(reach - 1).is_some_and(|start| *start <= byte) {
            reach *= 2;
        }
        let (known, reach) = (reach / 2, reach.min(behind.len()));
        from + known + behind[known..reach].partition_point(|start| *start <= byte) + 1
    }
}

/// Gives the texts that spans point into; the renderings ask it, so that they need not know who read the files.
pub trait Places {
    /// The path shown to people: relative to the portfolio folder, with `/`.
    fn path(&self, file: FileId) -> &str;

    /// The text that the spans of this file count bytes of; empty when it could not be read.
    fn text(&self, file: FileId) -> &str;

    /// Line and column where a span begins.
    fn position(&self, span: Span) -> Position {
        let text = self.text(span.file);
        LineIndex::new(text).position(text, span.start as usize)
    }

    /// Line and column of the byte after a span.
    fn end_position(&self, span: Span) -> Position {
        self.position(Span { start: span.end, ..span })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, byte: usize, line: usize, column: usize) {
        assert_eq!(
            LineIndex::new(text).position(text, byte),
            Position { line, column },
            "byte {byte} of {text:?}"
        );
    }

    #[test]
    fn counts_characters_and_lines() {
        check("", 0, 1, 1);
        check("é: x", 4, 1, 4);
        check("a\nb", 2, 2, 1);
        check("a\r\nb", 3, 2, 1);
        check("a\r\nb", 1, 1, 2);
        check("😀 a\n😀 b\n", 12, 2, 3);
        check("a\n", 2, 2, 1);
        check("a", 99, 1, 2);
    }

    #[test]
    fn a_line_is_found_from_any_other() {
        let text = "a\n\nbc\n".repeat(9);
        let index = LineIndex::new(&text);
        for line in 0..40 {
            for byte in 0..=text.len() + 1 {
                let expected = index.position(&text, byte).line;
                assert_eq!(index.line_from(line, byte), expected, "byte {byte} from line {line}");
            }
        }
        assert_eq!(LineIndex::new("").line_from(1, 0), 1);
    }
}
