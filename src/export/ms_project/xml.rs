//! XML as MS Project reads it: elements in the order in which they are written, text escaped, values in the forms of its schema.

use std::fmt::Write as _;

use crate::diagnostic::xml::{comment, text};
use crate::quantity::Instant;

/// A document in the making.
#[derive(Debug)]
pub(super) struct Xml {
    text: String,
    depth: usize,
}

impl Xml {
    /// Begins a document.
    pub(super) fn new() -> Self {
        Self { text: "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n".to_owned(), depth: 0 }
    }

    /// Writes remarks for whoever opens the file in an editor. They stand inside the outermost element, because programs know
    /// a format by its first bytes.
    pub(super) fn remarks(&mut self, remarks: &[String]) {
        self.indent();
        self.text.push_str("<!--\n");
        for remark in remarks {
            self.indent();
            // Two hyphens would end the remark.
            let _ = writeln!(self.text, "  {}", comment(remark));
        }
        self.indent();
        self.text.push_str("-->\n");
    }

    /// Writes an element and what stands in it.
    pub(super) fn within(&mut self, name: &str, inside: impl FnOnce(&mut Self)) {
        self.opened(name, name, inside);
    }

    /// Writes the outermost element.
    pub(super) fn root(&mut self, name: &str, inside: impl FnOnce(&mut Self)) {
        let opening = format!("{name} xmlns=\"http://schemas.microsoft.com/project\"");
        self.opened(&opening, name, inside);
    }

    fn opened(&mut self, opening: &str, name: &str, inside: impl FnOnce(&mut Self)) {
        self.indent();
        let _ = writeln!(self.text, "<{opening}>");
        self.depth += 1;
        inside(self);
        self.depth -= 1;
        self.indent();
        let _ = writeln!(self.text, "</{name}>");
    }

    fn indent(&mut self) {
        for _ in 0..self.depth {
            self.text.push('\t');
        }
    }

    /// Writes a field whose value has nothing to escape.
    pub(super) fn field(&mut self, name: &str, value: impl std::fmt::Display) {
        self.indent();
        let _ = writeln!(self.text, "<{name}>{value}</{name}>");
    }

    /// Writes a field of words; nothing where there are none.
    pub(super) fn words(&mut self, name: &str, words: &str) {
        if !words.is_empty() {
            self.field(name, text(words));
        }
    }

    /// Writes yes or no.
    pub(super) fn flag(&mut self, name: &str, is_set: bool) {
        self.field(name, u8::from(is_set));
    }

    /// Writes a moment.
    pub(super) fn moment(&mut self, name: &str, at: Instant) {
        self.field(name, moment(at));
    }

    /// Writes a length of time.
    pub(super) fn length(&mut self, name: &str, minutes: i64) {
        self.field(name, length(minutes));
    }

    /// The whole text.
    pub(super) fn finished(self) -> Vec<u8> {
        self.text.into_bytes()
    }
}

/// A moment: `2026-11-20T17:00:00`.
fn moment(at: Instant) -> String {
    let minute = at.minute_of_day();
    format!("{}T{:02}:{:02}:00", at.day(), minute / 60, minute % 60)
}

/// A length of time: 2 430 minutes are `PT40H30M0S`. Below zero is nothing.
fn length(minutes: i64) -> String {
    let minutes = minutes.max(0);
    format!("PT{}H{}M0S", minutes / 60, minutes % 60)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_have_the_forms_of_the_schema() {
        let day = jiff::civil::date(2026, 11, 20);
        assert_eq!(moment(Instant::start_of(day).plus(17 * 60 + 5)), "2026-11-20T17:05:00");
        assert_eq!(length(2_430), "PT40H30M0S");
        assert_eq!(length(-5), "PT0H0M0S");
    }

    #[test]
    fn remarks_cannot_end_themselves() {
        let mut xml = Xml::new();
        xml.remarks(&["a --> b".to_owned()]);
        let text = String::from_utf8(xml.finished()).unwrap();
        assert_eq!(text.matches("-->").count(), 1, "{text}");
    }
}
