//! The words of a scalar with their places, for fields that have a grammar of their own.

use crate::diagnostic::{Diagnostics, Span, Spanned};
use crate::record::decode::{tell_value, wrong_kind};
use crate::source::node::{Node, NodeKind, Style};

/// The words of a scalar, parted by spaces.
pub struct Phrase {
    text: String,
    origin: Span,
    words: Vec<Spanned<String>>,
    /// Byte in the trimmed text at which each word begins.
    starts: Vec<usize>,
    exact: Option<u32>,
}

/// Parts a scalar into words; anything else is reported as not being `form`.
pub fn words_of(node: &Node, form: &str, found: &mut Diagnostics) -> Option<Phrase> {
    let NodeKind::Scalar { text, style } = &node.kind else {
        tell_value(wrong_kind(node, form), found);
        return None;
    };
    let lead = text.len() - text.trim_start().len();
    let trimmed = text.trim();
    let quote = usize::from(*style == Style::Quoted);
    // Escapes and folded lines make the text differ from its bytes; then every word points at the whole scalar.
    let n_bytes = (node.span.end - node.span.start) as usize;
    let is_as_written = *style != Style::Block && text.len() + 2 * quote == n_bytes && !text.contains('\n');
    let exact =
        is_as_written.then(|| u32::try_from(lead + quote).map_or(node.span.start, |n| node.span.start + n));
    let mut parted =
        Phrase { text: trimmed.to_owned(), origin: node.span, words: Vec::new(), starts: Vec::new(), exact };
    let mut at = 0;
    for word in trimmed.split_whitespace() {
        let start = at + trimmed[at..].find(word).unwrap_or(0);
        at = start + word.len();
        parted.words.push(Spanned::new(word.to_owned(), parted.place(start, at)));
        parted.starts.push(start);
    }
    if parted.words.is_empty() {
        // An empty quoted text has one word: nothing. Whoever reads it says what was expected.
        parted.words.push(Spanned::new(String::new(), node.span));
        parted.starts.push(0);
    }
    Some(parted)
}

impl Phrase {
    fn place(&self, start: usize, end: usize) -> Span {
        match self.exact {
            Some(base) => {
                let shift = |at: usize| base.saturating_add(u32::try_from(at).unwrap_or(u32::MAX));
                Span { start: shift(start), end: shift(end), ..self.origin }
            }
            None => self.origin,
        }
    }

    /// The whole text, trimmed.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Where the scalar stands.
    #[must_use]
    pub fn span(&self) -> Span {
        self.origin
    }

    /// All words; at least one, which may be empty.
    #[must_use]
    pub fn as_slice(&self) -> &[Spanned<String>] {
        &self.words
    }

    /// One word.
    #[must_use]
    pub fn get(&self, index: usize) -> Option<Spanned<String>> {
        self.words.get(index).cloned()
    }

    /// Says whether the text reads like a list whose brackets were forgotten: `tom, sam`.
    #[must_use]
    pub fn has_commas(&self) -> bool {
        self.text.contains(',')
    }

    /// Everything from a word on, as written; none when there is no such word.
    #[must_use]
    pub fn rest(&self, from: usize) -> Option<Spanned<String>> {
        let start = *self.starts.get(from)?;
        Some(Spanned::new(self.text[start..].to_owned(), self.place(start, self.text.len())))
    }
}
