//! The tree that every YAML text becomes: scalars as written, with their places. No type is guessed.

use crate::diagnostic::{Span, Spanned};

/// How a scalar was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Style {
    /// Bare words.
    Plain,
    /// Between single or double quotes.
    Quoted,
    /// A `|` or `>` block.
    Block,
}

/// A value of a file with its place.
#[derive(Clone, Debug, PartialEq)]
pub struct Node {
    /// What stands there.
    pub kind: NodeKind,
    /// Where it stands; for a mapping or list from its first to its last byte.
    pub span: Span,
}

/// What a value is.
#[derive(Clone, Debug, PartialEq)]
pub enum NodeKind {
    /// Nothing stands after the key, or `~` or `null`, plainly written.
    Empty,
    /// Text as written, escapes and folding resolved, nothing else done to it.
    Scalar {
        /// The text.
        text: String,
        /// How it was written.
        style: Style,
    },
    /// An ordered list.
    List(Vec<Node>),
    /// Keys and values in the order of the file; duplicate keys have been reported and only the first kept.
    Map(Vec<Entry>),
}

/// One key with its value.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    /// The key as written.
    pub key: Spanned<String>,
    /// Its value.
    pub value: Node,
}

impl Node {
    /// Gives the text of a scalar.
    #[must_use]
    pub fn text(&self) -> Option<&str> {
        match &self.kind {
            NodeKind::Scalar { text, .. } => Some(text),
            _ => None,
        }
    }

    /// Gives the entries of a mapping.
    #[must_use]
    pub fn entries(&self) -> Option<&[Entry]> {
        match &self.kind {
            NodeKind::Map(entries) => Some(entries),
            _ => None,
        }
    }

    /// Says in one word what this is, for messages: "text", "a list", "a mapping" or "nothing".
    #[must_use]
    pub fn describe(&self) -> &'static str {
        match &self.kind {
            NodeKind::Empty => "nothing",
            NodeKind::Scalar { .. } => "text",
            NodeKind::List(_) => "a list",
            NodeKind::Map(_) => "a mapping",
        }
    }
}
