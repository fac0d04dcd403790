//! Bytes of a file as text: UTF-8 and nothing else.

use crate::diagnostic::{Diagnostic, Diagnostics, FileId, Span};

crate::declare_rule! {
    /// A text file is not written in UTF-8, so letters such as `ü` or `€` cannot be told for sure, and the file is left out; or
    /// a control character stands in it that no keyboard types, most often the byte 0, where a program has damaged the file.
    ///
    /// Wrong: a table saved from a spreadsheet as “CSV”, which is often Windows-1252, or a text saved as “Unicode”, which is
    /// UTF-16; a picture whose name ends in `.csv`, which is no text at all.
    ///
    /// Right: “CSV UTF-8” in the spreadsheet's list of formats, or “UTF-8” in the *Encoding* list of the editor's *Save as*.
    pub static NOT_UTF8: Rule = ("E125", "not-utf8", Error, "0.1.0", "a text file is not written in plain UTF-8");
}

/// What some programs put before a text to say that it is UTF-8.
pub(super) const MARK: &str = "\u{feff}";

/// Reports the first control character in a part of a text, other than tabs and ends of lines; the text is read all the same.
pub(super) fn check_characters(file: FileId, (text, from): (&str, usize), found: &mut Diagnostics) {
    let is_odd = |letter: char| letter.is_control() && !matches!(letter, '\t' | '\n' | '\r');
    let mut odd = text[from..].char_indices().filter(|(_, letter)| is_odd(*letter));
    let Some((at, letter)) = odd.next() else { return };
    let span = Span::new(file, from + at, from + at + letter.len_utf8());
    let message = format!("the control character U+{:04X} cannot stand in a text file", u32::from(letter));
    let more = odd.count();
    let finding = Diagnostic::new(&NOT_UTF8, span, message).hint("delete it and type the text again");
    found.push(if more > 0 { finding.label(format!("and {more} more behind it")) } else { finding });
}

/// A file that is no text: what to say about it, and what to show around that.
pub(super) struct Undecoded {
    pub diagnostic: Diagnostic,
    pub shown: String,
}

/// Turns bytes into text.
pub(super) fn decode(file: FileId, bytes: Vec<u8>) -> Result<String, Box<Undecoded>> {
    let bad = match String::from_utf8(bytes) {
        Ok(mut text) => {
            if text.starts_with(MARK) {
                text.drain(..MARK.len());
            }
            return Ok(text);
        }
        Err(bad) => bad,
    };
    let bytes = bad.as_bytes();
    if bytes.starts_with(&[0xFF, 0xFE]) || bytes.starts_with(&[0xFE, 0xFF]) {
        let diagnostic =
            Diagnostic::new(&NOT_UTF8, Span::new(file, 0, 0), "this file is written in UTF-16, not UTF-8")
                .hint("save it again with the encoding UTF-8 (in a spreadsheet: “CSV UTF-8”)");
        return Err(Box::new(Undecoded { diagnostic, shown: String::new() }));
    }
    // No letter of a text is zero: this is a picture, a workbook, a program.
    if bytes.contains(&0) {
        let diagnostic =
            Diagnostic::new(&NOT_UTF8, Span::new(file, 0, 0), "this file is no text, whatever its name says")
                .hint("take it out of the folder, or name it for what it is");
        return Err(Box::new(Undecoded { diagnostic, shown: String::new() }));
    }
    let mark = if bytes.starts_with(MARK.as_bytes()) { MARK.len() } else { 0 };
    let valid = bad.utf8_error().valid_up_to();
    let byte = bytes[valid];
    // Before the bad byte the shown text is the file's own, so the place is right.
    let shown = String::from_utf8_lossy(&bytes[mark..]).into_owned();
    let start = valid - mark;
    let span = Span::new(file, start, start + '\u{fffd}'.len_utf8());
    let mut diagnostic = Diagnostic::new(&NOT_UTF8, span, format!("the byte 0x{byte:02X} is not UTF-8"));
    if let Some(letter) = windows_1252(byte) {
        diagnostic = diagnostic
            .label(format!("probably `{letter}`"))
            .hint("save the file again with the encoding UTF-8; it looks like Windows-1252");
    } else {
        diagnostic = diagnostic.hint("save the file again with the encoding UTF-8");
    }
    Err(Box::new(Undecoded { diagnostic, shown }))
}

/// The letter that a byte stands for in the usual encoding of older Windows programs; none for bytes it does not use.
fn windows_1252(byte: u8) -> Option<char> {
    const FROM_0X80: [char; 32] = [
        '€', '\0', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\0', 'Ž', '\0', '\0', '‘', '’',
        '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\0', 'ž', 'Ÿ',
    ];
    let letter = match byte {
        0x80..=0x9F => FROM_0X80[usize::from(byte - 0x80)],
        other => char::from(other),
    };
    (letter != '\0').then_some(letter)
}
