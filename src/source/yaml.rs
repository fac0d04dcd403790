//! YAML text to a tree in which every scalar is text as written, with the bytes it stands in.
//!
//! Comes in: the text of a file, or a part of it. Goes out: a [`Node`] and findings. The events of the parser below
//! `serde_yaml` are read directly, because only they tell quoted from plain text and where collections end.
//! Not here: which keys mean what, numbers, dates. What to say about broken text is in `syntax`.

mod syntax;

use std::collections::BTreeMap;
use std::ops::Range;

use serde_yaml::granit_parser::{self, Event, Parser, ScalarStyle, ScanError, StructureStyle};

use crate::diagnostic::{Diagnostic, Diagnostics, FileId, Span, Spanned};
use crate::source::node::{Entry, Node, NodeKind, Style};

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
    pub static YAML_SYNTAX: Rule = ("E108", "yaml-syntax", Error, "0.1.0", "the text is not valid YAML");
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
    pub static TAB_INDENTATION: Rule = ("E109", "tab-indentation", Error, "0.1.0", "a line is indented with a tab");
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
/// A text without any content is a node of kind [`NodeKind::Empty`]. `None` means that a mistake of the syntax could
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
    for n_mends in 0.. {
        let reading = read(&draft);
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
    mends: Vec<Range<usize>>,
}

/// Overwrites a range of bytes with one letter.
struct Overwrite {
    range: Range<usize>,
    with: char,
}

impl<'a> Draft<'a> {
    fn new(part: Part<'a>) -> Self {
        let mended = part.text[part.range.clone()].to_owned();
        Self { part, mended, mends: Vec::new() }
    }

    /// The author's text of the part; its bytes are those of `mended`.
    fn original(&self) -> &'a str {
        &self.part.text[self.part.range.clone()]
    }

    fn span(&self, range: Range<usize>) -> Span {
        let base = self.part.range.start;
        Span::new(self.part.file, base + range.start, base + range.end)
    }

    fn is_mended(&self, range: &Range<usize>) -> bool {
        self.mends.iter().any(|mend| mend.start < range.end && range.start < mend.end)
    }

    fn mend(&mut self, overwrites: &[Overwrite]) {
        for Overwrite { range, with } in overwrites {
            self.mended.replace_range(range.clone(), &with.to_string().repeat(range.len()));
            self.mends.push(range.clone());
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
        self.mends
            .iter()
            .any(|mend| start <= mend.start && mend.end <= end && text[mend.clone()].contains('\t'))
    }

    /// The text of a plain scalar: what the parser made of it, or the author's own where it was overwritten.
    fn plain_text(&self, range: &Range<usize>, parsed: &str) -> String {
        if self.is_mended(range) { fold_lines(&self.original()[range.clone()]) } else { parsed.to_owned() }
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

/// Where and why the parser could not go on, and what it had seen.
struct Stop {
    cause: Cause,
    /// The last scalar before, if any; bytes of the part.
    last_scalar: Option<Range<usize>>,
    /// Byte after the last thing that was understood.
    last_end: usize,
    /// The opening bracket of the innermost `[` or `{` that is not closed.
    open_bracket: Option<usize>,
}

enum Cause {
    /// The parser's own complaint.
    Syntax(ScanError),
    /// A `*name` whose anchor does not exist: a text that begins with a star.
    Star(Range<usize>),
    /// A `!name` before plain text: a text that begins with an exclamation mark.
    Exclamation(Range<usize>),
    /// More than [`MAX_DEPTH`] levels.
    TooDeep(Range<usize>),
}

struct Reading {
    tree: Option<Node>,
    found: Diagnostics,
    stop: Option<Stop>,
}

fn read(draft: &Draft<'_>) -> Reading {
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
    Map { entries: Vec<Entry>, seen: BTreeMap<String, Span>, key: Option<Key> },
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
                self.open_collection(Content::List(Vec::new()), style, place)?
            }
            Event::MappingStart(style, ..) => {
                let map = Content::Map { entries: Vec::new(), seen: BTreeMap::new(), key: None };
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
            Content::Map { entries, .. } => NodeKind::Map(entries),
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
            Content::Map { entries, seen, key } => {
                let Some(Some(key)) = key.take() else { return };
                if let Some(first) = seen.get(&key.value) {
                    self.found.push(duplicate_key(&key, *first));
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

fn duplicate_key(key: &Spanned<String>, first: Span) -> Diagnostic {
    Diagnostic::new(&DUPLICATE_KEY, key.span, format!("`{}` stands twice in this mapping", key.value))
        .label("this one is not read")
        .also(first, "first written here")
        .hint("rename one of the two, or join them")
}

#[cfg(test)]
mod tests;
