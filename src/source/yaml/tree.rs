//! The parser's events put together into a tree.
//!
//! Comes in: a draft of the text. Goes out: the tree, or where and why the parser could not go on; and findings that
//! are no mistakes of the syntax: duplicate keys, glued comments, anchors.

use std::collections::BTreeMap;
use std::ops::Range;

use serde_yaml::granit_parser::{self, Event, Parser, ScalarStyle, ScanError, StructureStyle};

use super::{ALIAS, DUPLICATE_KEY, Draft, HIDDEN_COMMENT, MAX_DEPTH, YAML_SYNTAX};
use crate::diagnostic::{Diagnostic, Diagnostics, Span, Spanned};
use crate::source::node::{Entry, Node, NodeKind, Style};

/// Where and why the parser could not go on, and what it had seen.
pub(super) struct Stop {
    pub(super) cause: Cause,
    /// The last scalar before, if any; bytes of the part.
    pub(super) last_scalar: Option<Range<usize>>,
    /// Byte after the last thing that was understood.
    pub(super) last_end: usize,
    /// The opening bracket of the innermost `[` or `{` that is not closed.
    pub(super) open_bracket: Option<usize>,
}

pub(super) enum Cause {
    /// The parser's own complaint.
    Syntax(ScanError),
    /// A `*name` whose anchor does not exist: a text that begins with a star.
    Star(Range<usize>),
    /// A `!name` before plain text: a text that begins with an exclamation mark.
    Exclamation(Range<usize>),
    /// More than [`MAX_DEPTH`] levels.
    TooDeep(Range<usize>),
}

pub(super) struct Reading {
    pub(super) tree: Option<Node>,
    pub(super) found: Diagnostics,
    pub(super) stop: Option<Stop>,
}

pub(super) fn read(draft: &Draft<'_>) -> Reading {
    let options = granit_parser::options! {
        emit_anchor_events: true,
        emit_unresolved_aliases: true,
        disallow_directives: true,
        emit_comments: false,
    };
    let mut builder = Builder::new(draft);
    let mut n_documents = 0;
    for next in Parser::new_from_str_with_options(&draft.mended, options) {
        let taken = match next {
            Err(error) => Err(Cause::Syntax(error)),
            Ok((event, span)) => {
                let range = span.byte_range().unwrap_or_default();
                n_documents += usize::from(matches!(event, Event::DocumentStart(..)));
                if n_documents > 1 {
                    builder.report_second_document(range);
                    break;
                }
                let tag = span.tag_span().and_then(|tag| tag.byte_range());
                builder.take(event, Place { range, tag })
            }
        };
        if let Err(cause) = taken {
            let stop = builder.stop(cause);
            return Reading { tree: None, found: builder.found, stop: Some(stop) };
        }
    }
    let nothing = Node { kind: NodeKind::Empty, span: draft.span(0..0) };
    Reading { tree: Some(builder.root.unwrap_or(nothing)), found: builder.found, stop: None }
}

/// Where an event stands; bytes of the part.
struct Place {
    range: Range<usize>,
    tag: Option<Range<usize>>,
}

/// Puts events together, with an explicit stack so that depth costs no machine stack.
struct Builder<'a> {
    draft: &'a Draft<'a>,
    open: Vec<Open>,
    root: Option<Node>,
    found: Diagnostics,
    last_scalar: Option<Range<usize>>,
    last_end: usize,
}

/// A collection whose end has not come yet.
struct Open {
    content: Content,
    is_flow: bool,
    start: usize,
    end: usize,
}

enum Content {
    List(Vec<Node>),
    Map { entries: Vec<Entry>, seen: BTreeMap<String, Span>, key: Option<Key>, repeated: Vec<Repeated> },
}

/// A key that stands again in a mapping.
struct Repeated {
    key: Spanned<String>,
    first: Span,
    /// Whether fields or items stand below it.
    holds_more: bool,
}

/// A key whose value has not come yet; none when it was reported and its value is to be dropped.
type Key = Option<Spanned<String>>;

impl<'a> Builder<'a> {
    fn new(draft: &'a Draft<'a>) -> Self {
        let found = Diagnostics::default();
        Self { draft, open: Vec::new(), root: None, found, last_scalar: None, last_end: 0 }
    }

    fn stop(&self, cause: Cause) -> Stop {
        let open_bracket = self.open.iter().rev().find(|open| open.is_flow).map(|open| open.start);
        Stop { cause, last_scalar: self.last_scalar.clone(), last_end: self.last_end, open_bracket }
    }

    fn take(&mut self, event: Event<'_>, place: Place) -> Result<(), Cause> {
        match event {
            Event::Scalar(text, style, _, _) => self.take_scalar(&text, style, place)?,
            Event::SequenceStart(style, ..) => {
                self.open_collection(Content::List(Vec::new()), style, place)?;
            }
            Event::MappingStart(style, ..) => {
                let map = Content::Map {
                    entries: Vec::new(),
                    seen: BTreeMap::new(),
                    key: None,
                    repeated: Vec::new(),
                };
                self.open_collection(map, style, place)?;
            }
            Event::SequenceEnd | Event::MappingEnd => self.close_collection(&place.range),
            Event::UnresolvedAlias(_) => return Err(Cause::Star(place.range)),
            Event::Alias(_) => {
                self.last_end = place.range.end;
                self.report_alias(&place.range, "alias");
                self.attach(Node { kind: NodeKind::Empty, span: self.draft.span(place.range) });
            }
            Event::Anchor(..) => self.report_alias(&place.range, "anchor"),
            _ => {}
        }
        Ok(())
    }

    fn take_scalar(&mut self, parsed: &str, style: ScalarStyle, place: Place) -> Result<(), Cause> {
        let Place { mut range, tag } = place;
        let is_plain = style == ScalarStyle::Plain;
        if let Some(tag) = tag {
            if is_plain {
                return Err(Cause::Exclamation(tag));
            }
            self.report_alias(&tag, "tag");
        }
        if is_plain && range.is_empty() {
            self.take_nothing(range.start);
            return Ok(());
        }
        if is_plain {
            self.check_comment(range.end);
        }
        if matches!(style, ScalarStyle::Literal | ScalarStyle::Folded) {
            let written = &self.draft.mended[range.clone()];
            range.end = range.start + written.trim_end().len();
        }
        self.last_end = self.last_end.max(range.end);
        self.last_scalar = Some(range.clone());
        let text = if is_plain { self.draft.plain_text(&range, parsed) } else { parsed.to_owned() };
        let is_null = is_plain && matches!(text.as_str(), "~" | "null");
        let kind = if is_null && !self.expects_key() {
            NodeKind::Empty
        } else {
            NodeKind::Scalar { text, style: style_of(style) }
        };
        self.attach(Node { kind, span: self.draft.span(range) });
        Ok(())
    }

    /// Takes a value that is not there; the parser places it at the colon or at the end of the line.
    fn take_nothing(&mut self, at: usize) {
        let text = &self.draft.mended;
        let mut at = at + usize::from(text[at..].starts_with(':') && !self.expects_key());
        let line_start = text[..at].rfind('\n').map_or(0, |newline| newline + 1);
        if let Some(dash) = text[line_start..at].find("- #") {
            at = line_start + dash + 1;
        }
        self.check_comment(at);
        self.attach(Node { kind: NodeKind::Empty, span: self.draft.span(at..at) });
    }

    fn expects_key(&self) -> bool {
        matches!(self.open.last(), Some(Open { content: Content::Map { key: None, .. }, .. }))
    }

    fn open_collection(
        &mut self,
        content: Content,
        style: StructureStyle,
        place: Place,
    ) -> Result<(), Cause> {
        if let Some(tag) = place.tag {
            self.report_alias(&tag, "tag");
        }
        let Range { start, end } = place.range;
        if self.open.len() == MAX_DEPTH {
            return Err(Cause::TooDeep(start..end.max(start + 1)));
        }
        self.last_end = self.last_end.max(end);
        // A mapping inside a list without braces, `[a: 1]`, has the style of a flow collection but no bracket.
        let is_flow = style == StructureStyle::Flow && start < end;
        self.open.push(Open { content, is_flow, start, end });
        Ok(())
    }

    fn close_collection(&mut self, range: &Range<usize>) {
        let Some(open) = self.open.pop() else { return };
        let end = if open.is_flow { range.end } else { open.end };
        self.last_end = self.last_end.max(end);
        let kind = match open.content {
            Content::List(items) => NodeKind::List(items),
            Content::Map { mut entries, repeated, .. } => {
                report_repeated(&repeated, &mut entries, &mut self.found);
                NodeKind::Map(entries)
            }
        };
        self.attach(Node { kind, span: self.draft.span(open.start..end) });
    }

    /// Puts a finished node where it belongs: into the list, behind its key, or as the next key.
    fn attach(&mut self, node: Node) {
        let base = self.draft.part.range.start;
        let Some(open) = self.open.last_mut() else {
            self.root = Some(node);
            return;
        };
        open.end = open.end.max((node.span.end as usize).saturating_sub(base));
        match &mut open.content {
            Content::List(items) => items.push(node),
            Content::Map { key: key @ None, .. } => *key = Some(read_key(node, &mut self.found)),
            Content::Map { entries, seen, key, repeated } => {
                let Some(Some(key)) = key.take() else { return };
                if let Some(first) = seen.get(&key.value) {
                    let holds_more = matches!(node.kind, NodeKind::Map(_));
                    // A line that stands twice, with everything below the second: what is written is read.
                    let of_first = entries.iter_mut().find(|entry| entry.key.value == key.value);
                    if let Some(empty) = of_first.filter(|entry| entry.value.kind == NodeKind::Empty) {
                        empty.value = node;
                    }
                    repeated.push(Repeated { key, first: *first, holds_more });
                    return;
                }
                seen.insert(key.value.clone(), key.span);
                entries.push(Entry { key, value: node });
            }
        }
    }

    /// Warns when a comment that begins right after `end` has a word glued to its sign.
    fn check_comment(&mut self, end: usize) {
        let text = &self.draft.mended;
        let line = text[end..].lines().next().unwrap_or_default();
        let comment = line.trim_start_matches([' ', '\t']);
        let is_glued =
            comment.strip_prefix('#').and_then(|rest| rest.chars().next()).is_some_and(char::is_alphanumeric);
        if !is_glued || comment.len() == line.len() {
            return;
        }
        let start = end + line.len() - comment.len();
        let span = self.draft.span(start..start + comment.trim_end().len());
        self.found.push(
            Diagnostic::new(&HIDDEN_COMMENT, span, "text after ` #` is a comment and is not read")
                .label("lost")
                .hint("put the whole text in quotes if this belongs to it")
                .hint("put a space after `#` if it is meant as a comment"),
        );
    }

    fn report_alias(&mut self, range: &Range<usize>, what: &str) {
        let written = &self.draft.original()[range.clone()];
        let message = format!("the {what} `{written}` is not part of this format");
        self.found.push(
            Diagnostic::new(&ALIAS, self.draft.span(range.clone()), message)
                .hint("write the value out in each place")
                .hint("put the text in quotes if it is meant as text"),
        );
    }

    fn report_second_document(&mut self, range: Range<usize>) {
        self.found.push(
            Diagnostic::new(
                &YAML_SYNTAX,
                self.draft.span(range),
                "a second document begins here and is not read",
            )
            .hint("remove the `---` line, or move what follows to a file of its own"),
        );
    }
}

fn style_of(style: ScalarStyle) -> Style {
    match style {
        ScalarStyle::Plain => Style::Plain,
        ScalarStyle::SingleQuoted | ScalarStyle::DoubleQuoted => Style::Quoted,
        ScalarStyle::Literal | ScalarStyle::Folded => Style::Block,
    }
}

fn read_key(node: Node, found: &mut Diagnostics) -> Key {
    match node.kind {
        NodeKind::Scalar { text, .. } => Some(Spanned::new(text, node.span)),
        NodeKind::Empty => {
            let diagnostic = Diagnostic::new(&YAML_SYNTAX, node.span, "there is no key before this colon");
            found.push(diagnostic.hint("write a key before it, or put the text in quotes"));
            None
        }
        NodeKind::List(_) | NodeKind::Map(_) => {
            let what = node.describe();
            let diagnostic =
                Diagnostic::new(&YAML_SYNTAX, node.span, format!("a key must be text, not {what}"));
            found.push(diagnostic.hint("put the key in quotes if it is meant as text"));
            None
        }
    }
}

/// Reports the keys that stand twice in a mapping in one finding: several of them are most likely the fields of an entry whose own key is
/// missing above them. What such an entry says beside them is not read into the entry above it.
fn report_repeated(repeated: &[Repeated], entries: &mut Vec<Entry>, found: &mut Diagnostics) {
    let Some((Repeated { key, first, .. }, rest)) = repeated.split_first() else { return };
    if rest.is_empty() {
        found.push(
            Diagnostic::new(
                &DUPLICATE_KEY,
                key.span,
                format!("`{}` stands twice in this mapping", key.value),
            )
            .label("this one is not read")
            .also(*first, "first written here")
            .hint("rename one of the two, or join them"),
        );
        return;
    }
    let names: Vec<&str> = repeated.iter().map(|one| one.key.value.as_str()).collect();
    let finding =
        Diagnostic::new(&DUPLICATE_KEY, key.span, format!("{} stand twice in this mapping", named(&names)))
            .label("from here on they are not read")
            .also(*first, "first written here");
    let begins_again = entries.first().is_some_and(|entry| entry.key.span == *first);
    if repeated.iter().all(|one| one.holds_more) {
        found.push(finding.hint("rename the second ones, or join each with the first"));
        return;
    }
    if begins_again {
        entries.retain(|entry| entry.key.span.start < key.span.start);
    }
    found.push(
        finding
            .hint("write above this line the key that they belong to, if one is missing")
            .hint("else rename the second ones, or join each with the first"),
    );
}

/// Several keys in words: `` `name`, `duration`, `after` and 2 more``.
fn named(names: &[&str]) -> String {
    const MOST: usize = 4;
    let shown = if names.len() > MOST { MOST - 1 } else { names.len() - 1 };
    let first: Vec<String> = names[..shown].iter().map(|name| format!("`{name}`")).collect();
    let last = match &names[shown..] {
        [name] => format!("`{name}`"),
        more => format!("{} more", more.len()),
    };
    format!("{} and {last}", first.join(", "))
}
