//! From bytes to text: UTF-8, or UTF-16 where a mark at the beginning says so.

use crate::diagnostic::{Diagnostic, FileId, Span};
use crate::exchange::rule::NOT_READABLE;

/// The one file of an import.
pub(super) const FILE: FileId = FileId(0);

/// Why bytes are no text.
pub(super) struct NoText {
    /// The text as far as it can be shown: what cannot be read is a mark.
    pub(super) shown: String,
    /// The first byte of `shown` that cannot be read.
    at: usize,
}

/// Reads bytes as text, without the mark at the beginning.
pub(super) fn decode(bytes: &[u8]) -> Result<String, NoText> {
    let wide = |bytes: &[u8], of: fn([u8; 2]) -> u16| {
        let units: Vec<u16> = bytes.chunks_exact(2).filter_map(|pair| pair.try_into().ok()).map(of).collect();
        String::from_utf16(&units).map_err(|_| NoText { shown: String::new(), at: 0 })
    };
    let plain = |bytes: &[u8]| {
        String::from_utf8(bytes.to_vec()).map_err(|fault| NoText {
            shown: String::from_utf8_lossy(bytes).into_owned(),
            at: fault.utf8_error().valid_up_to(),
        })
    };
    match bytes {
        [0xff, 0xfe, rest @ ..] => wide(rest, u16::from_le_bytes),
        [0xfe, 0xff, rest @ ..] => wide(rest, u16::from_be_bytes),
        [0xef, 0xbb, 0xbf, rest @ ..] => plain(rest),
        _ => plain(bytes),
    }
}

impl NoText {
    /// The finding about a table or a list of issues that is no text.
    pub(super) fn finding(&self) -> Diagnostic {
        let span = (!self.shown.is_empty()).then(|| {
            let end = self.shown[self.at..].chars().next().map_or(self.at, |mark| self.at + mark.len_utf8());
            Span::new(FILE, self.at, end)
        });
        Diagnostic::new(&NOT_READABLE, span, "this is no text in UTF-8 or UTF-16")
            .label("cannot be read")
            .hint("save the file again as UTF-8: in Excel with *CSV UTF-8 (delimited)*, in LibreOffice with *Character set: Unicode (UTF-8)*")
    }
}

/// A text in one line, without characters that no file of ours may hold.
pub(super) fn one_line(text: &str) -> String {
    let words = text.split(|c: char| c.is_whitespace() || c.is_control()).filter(|word| !word.is_empty());
    words.collect::<Vec<_>>().join(" ")
}

/// A text of several lines, without characters that no file of ours may hold.
pub(super) fn lines(text: &str) -> String {
    let lines: Vec<String> = text
        .replace("\r\n", "\n")
        .split(['\n', '\r', '\u{0b}', '\u{2028}'])
        .map(|line| {
            let line: String = line.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
            line.trim_end().to_owned()
        })
        .collect();
    lines.join("\n").trim_matches('\n').to_owned()
}
