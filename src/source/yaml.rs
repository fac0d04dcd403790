//! YAML text to a tree in which every scalar is text as written, with the bytes it stands in.
//!
//! Comes in: the text of a file, or a part of it. Goes out: a [`Node`] and findings. The events of the parser below
//! `serde_yaml` are read directly, because only they tell quoted from plain text and where collections end.
//! Not here: which keys mean what, numbers, dates. What to say about broken text is in `syntax`.

mod syntax;
mod tree;
pub mod write;

use std::ops::Range;

use crate::diagnostic::{Diagnostic, Diagnostics, FileId, Span};
use crate::source::node::Node;

crate::declare_rule! {
    /// The file is not valid YAML, so a part of it could not be understood.
    ///
    /// The message says what stands in the way. Most often it is one of these:
    ///
    /// | wrong | right |
    /// |---|---|
    /// | `goal: Finish: before the freeze` | `goal: "Finish: before the freeze"` |
    /// | `name:Design` | `name: Design` |
    /// | `after: [design, survey` | `after: [design, survey]` |
    /// | `name: "Big bang" migration` | `name: '"Big bang" migration'` |
    /// | `cause: @carrier is late` | `cause: "@carrier is late"` |
    ///
    /// Where it is safe, reading goes on after the mistake, so that one run shows all of them. A file that could not be
    /// read to its end counts as missing until it is mended.
    pub static YAML_SYNTAX: Rule = ("E117", "yaml-syntax", Error, "0.1.0", "the text is not valid YAML");
}

crate::declare_rule! {
    /// A line is indented with a tab. YAML allows only spaces there, because a tab is as wide as each editor likes.
    ///
    /// Wrong (the second line begins with a tab):
    ///
    /// ```yaml
    /// design:
    /// →   duration: 8d
    /// ```
    ///
    /// Right:
    ///
    /// ```yaml
    /// design:
    ///   duration: 8d
    /// ```
    ///
    /// Replace each tab by two spaces; most editors can be told to do so whenever the tab key is pressed.
    pub static TAB_INDENTATION: Rule = ("E118", "tab-indentation", Error, "0.1.0", "a line is indented with a tab");
}

crate::declare_rule! {
    /// The same key stands twice in one mapping. Many programs silently keep the last one, and a task, a risk or a
    /// budget line is lost without anybody noticing; here only the first counts, and you are told.
    ///
    /// Wrong:
    ///
    /// ```yaml
    /// design:
    ///   duration: 8d
    /// design:
    ///   duration: 5d
    /// ```
    ///
    /// Right: give the second one its own name, or join the two.
    ///
    /// ```yaml
    /// design:
    ///   duration: 8d
    /// detailed-design:
    ///   duration: 5d
    /// ```
    ///
    /// The same id in two different places of a project is another finding, `E101 duplicate-id`.
    pub static DUPLICATE_KEY: Rule = ("E110", "duplicate-key", Error, "0.1.0", "a key stands twice in one mapping");
}

crate::declare_rule! {
    /// In YAML a `#` after a space begins a comment. When a word is glued to it, the author most likely meant it as
    /// text, and the rest of the line has silently vanished.
    ///
    /// Wrong (the value is only `see ticket`):
    ///
    /// ```yaml
    /// note: see ticket #3 of the carrier
    /// ```
    ///
    /// Right:
    ///
    /// ```yaml
    /// note: "see ticket #3 of the carrier"
    /// duration: 8d  # a comment has a space after the sign
    /// ```
    pub static HIDDEN_COMMENT: Rule =
        ("W111", "hidden-comment", Warning, "0.1.0", "text after ` #` is taken for a comment");
}

crate::declare_rule! {
    /// The text uses an anchor (`&name`), an alias (`*name`) or a tag (`!name`). These let one place of a file stand
    /// for another, which makes plans hard to read and to compare; they are not part of this format. Often they are
    /// not meant at all: a text begins with `*`, `&` or `!`.
    ///
    /// Wrong:
    ///
    /// ```yaml
    /// goal: **No** branch loses a day
    /// ```
    ///
    /// Right:
    ///
    /// ```yaml
    /// goal: "**No** branch loses a day"
    /// ```
    pub static ALIAS: Rule = ("E112", "alias", Error, "0.1.0", "an anchor, alias or tag is used");
}

/// How deep mappings and lists may stand in each other. The format needs six; a deeper file is a mistake or an attack.
const MAX_DEPTH: usize = 64;

/// How many mistakes of one file are worked around before reading stops: enough for a hurried author, and a bound on
/// the work, since each starts the parser again.
const MAX_MENDS: usize = 40;

/// Reads a whole file into a tree.
///
/// A text without any content is a node of kind [`Empty`](crate::source::node::NodeKind::Empty). `None` means that a mistake of the syntax could
/// not be worked around; it has been reported. With a tree in hand there may be findings as well.
pub fn parse(file: FileId, text: &str, found: &mut Diagnostics) -> Option<Node> {
    parse_part(Part { file, text, range: 0..text.len() }, found)
}

/// A part of a file that is YAML, such as the front matter of a page.
#[derive(Clone, Debug)]
pub struct Part<'a> {
    /// The file.
    pub file: FileId,
    /// Its whole text; spans count its bytes.
    pub text: &'a str,
    /// The bytes that are YAML; both ends lie on character borders.
    pub range: Range<usize>,
}

/// Reads a part of a file into a tree whose spans count from the beginning of the file; see [`parse`].
pub fn parse_part(part: Part<'_>, found: &mut Diagnostics) -> Option<Node> {
    let mut draft = Draft::new(part);
    if let Some(fault) = syntax::foreign_indentation(&draft) {
        found.push(fault.diagnostic);
        draft.mend(&fault.mend);
    }
    for n_mends in 0.. {
        let reading = tree::read(&draft);
        let Some(stop) = reading.stop else {
            found.extend(reading.found);
            return reading.tree;
        };
        let fault = syntax::explain(&draft, &stop);
        let is_new = draft.report(fault.diagnostic, found);
        if fault.mend.is_empty() || !is_new || n_mends == MAX_MENDS {
            found.extend(reading.found);
            return None;
        }
        draft.mend(&fault.mend);
    }
    None
}

/// The text as the parser sees it: mistakes that were reported are overwritten, byte for byte, so that reading can go on
/// and every place stays where it is. Values are cut from the author's own text.
struct Draft<'a> {
    part: Part<'a>,
    mended: String,
}

/// Overwrites a range of bytes with one letter.
struct Overwrite {
    range: Range<usize>,
    with: char,
}

impl<'a> Draft<'a> {
    fn new(part: Part<'a>) -> Self {
        let mended = part.text[part.range.clone()].to_owned();
        Self { part, mended }
    }

    /// The author's text of the part; its bytes are those of `mended`.
    fn original(&self) -> &'a str {
        &self.part.text[self.part.range.clone()]
    }

    fn span(&self, range: Range<usize>) -> Span {
        let base = self.part.range.start;
        Span::new(self.part.file, base + range.start, base + range.end)
    }

    fn mend(&mut self, overwrites: &[Overwrite]) {
        for Overwrite { range, with } in overwrites {
            self.mended.replace_range(range.clone(), &with.to_string().repeat(range.len()));
        }
    }

    /// Reports a mistake unless it only follows from tabs; says whether reading may go on.
    fn report(&mut self, diagnostic: Diagnostic, found: &mut Diagnostics) -> bool {
        let follows = diagnostic.rule == &YAML_SYNTAX
            && diagnostic
                .span
                .is_some_and(|span| self.is_near_tabs(span.start as usize - self.part.range.start));
        if !follows {
            found.push(diagnostic);
        }
        !follows
    }

    /// Says whether the indentation of a line is a guess, because tabs of it or of the line before were overwritten: what
    /// that leads to is not worth reporting.
    fn is_near_tabs(&self, at: usize) -> bool {
        let text = self.original();
        let line_start = text[..at].rfind('\n').map_or(0, |newline| newline + 1);
        let end = text[at..].find('\n').map_or(text.len(), |ahead| at + ahead);
        let is_indented = text[line_start..].starts_with([' ', '\t']);
        let before = text[..line_start.saturating_sub(1)].rfind('\n').map_or(0, |newline| newline + 1);
        let start = if is_indented { before } else { line_start };
        let mut pairs = text[start..end].bytes().zip(self.mended[start..end].bytes());
        pairs.any(|(written, mended)| written == b'\t' && mended != b'\t')
    }

    /// The text of a plain scalar: what the parser made of it, or the author's own where it was overwritten.
    fn plain_text(&self, range: &Range<usize>, parsed: &str) -> String {
        let written = &self.original()[range.clone()];
        if written == &self.mended[range.clone()] { parsed.to_owned() } else { fold_lines(written) }
    }
}

/// Joins the lines of a plain scalar as YAML does: a line break is a space, an empty line a line break.
fn fold_lines(text: &str) -> String {
    let mut folded = String::new();
    let mut n_breaks = 0;
    for (index, line) in text.lines().map(str::trim).enumerate() {
        n_breaks += usize::from(index > 0);
        if line.is_empty() {
            continue;
        }
        match n_breaks {
            0 => {}
            1 => folded.push(' '),
            more => folded.push_str(&"\n".repeat(more - 1)),
        }
        folded.push_str(line);
        n_breaks = 0;
    }
    folded
}

#[cfg(test)]
mod tests;
