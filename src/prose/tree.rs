//! Prose of authors as a tree, for what is not HTML: the same words under the same policy as on a page.

use pulldown_cmark::{Alignment, CodeBlockKind, Event, LinkType, Options, Parser, Tag, TagEnd};
use serde::Serialize;

use super::depth::shallow;
use super::{Reach, inline_events, one_line, percent_encoded, reach};

/// A piece of an author's prose.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Node {
    /// Inside a line `text`, `code`, `strong`, `emphasis`, `struck`, `link`, `break`, `soft` (beside what stands before it),
    /// `mark` (of a note), `picture`, `task` (a box to tick); as blocks `paragraph`, `heading`, `quote`, `code-block`, `list`,
    /// `item`, `table`, `row`, `cell`, `rule`, `note`.
    pub kind: &'static str,
    /// The words of `text`, `code` and `code-block`; `done` or `open` of a `task`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
    /// Where a `link` leads: to the web, to a mailbox, or to a place of the site.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub href: Option<String>,
    /// The level of a `heading`, the first number of a numbered `list`, the number of a `mark` or `note`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub number: Option<u64>,
    /// `left`, `center` or `right` where the author asks for it in a `cell`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub side: Option<&'static str>,
    /// What it holds, in order; the first `row` of a `table` is its head.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub inside: Vec<Node>,
}

impl Node {
    fn new(kind: &'static str) -> Self {
        Self { kind, ..Self::default() }
    }

    /// Words as they stand.
    #[must_use]
    pub fn words(text: impl Into<String>) -> Self {
        Self { text: Some(text.into()), ..Self::new("text") }
    }

    /// The next line begins.
    #[must_use]
    pub fn line_break() -> Self {
        Self::new("break")
    }

    /// Words that were kept without their form, as one paragraph.
    #[must_use]
    pub fn paragraph(text: &str) -> Self {
        Self { inside: vec![Self::words(text)], ..Self::new("paragraph") }
    }

    /// A link to a place of the site; words alone where it leads nowhere.
    #[must_use]
    pub fn link(label: &str, href: Option<&str>) -> Self {
        let words = Self::words(label);
        match href {
            Some(href) => Self { href: Some(href.to_owned()), inside: vec![words], ..Self::new("link") },
            None => words,
        }
    }

    /// What stands smaller beside the words before it.
    #[must_use]
    pub fn beside(inside: Vec<Self>) -> Self {
        Self { inside, ..Self::new("soft") }
    }
}

/// Turns Markdown into a tree of blocks: tables, footnotes, strikethrough and task lists are known, raw HTML is text.
#[must_use]
pub fn tree(text: &str) -> Vec<Node> {
    let extensions = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS;
    Growth::default().grown(shallow(Parser::new_ext(text, extensions)))
}

/// Turns one line of Markdown into pieces of a line.
#[must_use]
pub fn line_tree(text: &str) -> Vec<Node> {
    Growth::default().grown(inline_events(&one_line(text)))
}

/// A tree while it grows.
#[derive(Default)]
struct Growth {
    /// The open pieces, outermost first.
    open: Vec<Node>,
    /// What stands outside all of them.
    top: Vec<Node>,
    /// Labels of notes in the order in which they were met.
    notes: Vec<String>,
    /// The sides of the columns of the open table, and the column that comes next.
    sides: (Vec<Alignment>, usize),
}

impl Growth {
    fn grown<'e>(mut self, events: impl Iterator<Item = Event<'e>>) -> Vec<Node> {
        for event in events {
            self.take(event);
        }
        while let Some(node) = self.open.pop() {
            self.put(node);
        }
        self.top
    }

    fn take(&mut self, event: Event<'_>) {
        match event {
            Event::Start(tag) => {
                let node = self.begun(tag);
                self.open.push(node);
            }
            Event::End(end) => self.end(end),
            Event::Text(words)
            | Event::Html(words)
            | Event::InlineHtml(words)
            | Event::InlineMath(words)
            | Event::DisplayMath(words) => self.words(&words),
            Event::Code(words) => self.put(Node { text: Some(words.to_string()), ..Node::new("code") }),
            Event::SoftBreak => self.words(" "),
            Event::HardBreak => self.put(Node::new("break")),
            Event::Rule => self.put(Node::new("rule")),
            Event::FootnoteReference(label) => {
                let number = Some(self.note(&label));
                self.put(Node { number, ..Node::new("mark") });
            }
            Event::TaskListMarker(is_done) => {
                let text = Some(if is_done { "done" } else { "open" }.to_owned());
                self.put(Node { text, ..Node::new("task") });
            }
        }
    }

    fn begun(&mut self, tag: Tag<'_>) -> Node {
        match tag {
            Tag::Heading { level, .. } => Node { number: Some(level as u64), ..Node::new("heading") },
            Tag::BlockQuote(_) => Node::new("quote"),
            Tag::CodeBlock(CodeBlockKind::Fenced(_) | CodeBlockKind::Indented) => Node::new("code-block"),
            Tag::List(number) => Node { number, ..Node::new("list") },
            Tag::Item => Node::new("item"),
            Tag::FootnoteDefinition(label) => Node { number: Some(self.note(&label)), ..Node::new("note") },
            Tag::Table(sides) => {
                self.sides = (sides, 0);
                Node::new("table")
            }
            Tag::TableHead | Tag::TableRow => {
                self.sides.1 = 0;
                Node::new("row")
            }
            Tag::TableCell => {
                let side = match self.sides.0.get(self.sides.1) {
                    Some(Alignment::Left) => Some("left"),
                    Some(Alignment::Center) => Some("center"),
                    Some(Alignment::Right) => Some("right"),
                    Some(Alignment::None) | None => None,
                };
                self.sides.1 += 1;
                Node { side, ..Node::new("cell") }
            }
            Tag::Emphasis => Node::new("emphasis"),
            Tag::Strong => Node::new("strong"),
            Tag::Strikethrough => Node::new("struck"),
            Tag::Link { link_type, dest_url, .. } => link(link_type, &dest_url),
            Tag::Image { .. } => Node::new("picture"),
            // Raw HTML reads as a paragraph of its own signs; the rest is never enabled.
            _ => Node::new("paragraph"),
        }
    }

    fn end(&mut self, _: TagEnd) {
        let Some(node) = self.open.pop() else { return };
        match node {
            // A link that leads nowhere leaves its words.
            Node { kind: "link", href: None, inside, .. } => {
                for node in inside {
                    self.put(node);
                }
            }
            node => self.put(node),
        }
    }

    fn put(&mut self, node: Node) {
        self.open.last_mut().map_or(&mut self.top, |open| &mut open.inside).push(node);
    }

    /// Words, joined to those before them.
    fn words(&mut self, words: &str) {
        if let Some(Node { kind: "code-block", text, .. }) = self.open.last_mut() {
            text.get_or_insert_default().push_str(words);
            return;
        }
        let beside = self.open.last_mut().map_or(&mut self.top, |open| &mut open.inside);
        match beside.last_mut() {
            Some(Node { kind: "text", text: Some(text), .. }) => text.push_str(words),
            _ => beside.push(Node::words(words)),
        }
    }

    fn note(&mut self, label: &str) -> u64 {
        let place = self.notes.iter().position(|known| known == label).unwrap_or_else(|| {
            self.notes.push(label.to_owned());
            self.notes.len() - 1
        });
        place as u64 + 1
    }
}

fn link(link_type: LinkType, address: &str) -> Node {
    let address = if link_type == LinkType::Email { format!("mailto:{address}") } else { address.to_owned() };
    let href = (reach(&address) != Reach::Forbidden).then(|| percent_encoded(&address));
    Node { href, ..Node::new("link") }
}

#[cfg(test)]
mod tests {
    use super::*;
    use expect_test::{Expect, expect};
    use std::fmt::Write as _;

    /// The tree as one line for each piece.
    fn lines(nodes: &[Node], depth: usize, out: &mut String) {
        for node in nodes {
            let _ = write!(out, "{:1$}{2}", "", depth * 2, node.kind);
            for (name, value) in [("", &node.text), ("-> ", &node.href)] {
                let _ = value.as_ref().map(|value| write!(out, " {name}{value:?}"));
            }
            let _ = node.number.map(|number| write!(out, " {number}"));
            let _ = node.side.map(|side| write!(out, " {side}"));
            out.push('\n');
            lines(&node.inside, depth + 1, out);
        }
    }

    fn check(nodes: &[Node], expected: &Expect) {
        let mut out = String::new();
        lines(nodes, 0, &mut out);
        expected.assert_eq(&out);
    }

    #[test]
    fn blocks_keep_their_kind() {
        check(
            &tree("# A *b*\n\none\ntwo[^x]\n\n2. x\n3. y\n\n[^x]: note\n"),
            &expect![[r#"
            heading 1
              text "A "
              emphasis
                text "b"
            paragraph
              text "one two"
              mark 1
            list 2
              item
                text "x"
              item
                text "y"
            note 1
              paragraph
                text "note"
        "#]],
        );
        check(
            &tree("| a | b |\n|---|--:|\n| 1 | ~~2~~ |\n"),
            &expect![[r#"
            table
              row
                cell
                  text "a"
                cell right
                  text "b"
              row
                cell
                  text "1"
                cell right
                  struck
                    text "2"
        "#]],
        );
        check(
            &tree("- [x] done\n- [ ] open\n\n```\nlet a;\n```\n"),
            &expect![[r#"
            list
              item
                task "done"
                text "done"
              item
                task "open"
                text "open"
            code-block "let a;\n"
        "#]],
        );
    }

    #[test]
    fn raw_html_is_text_and_links_that_could_do_harm_are_words() {
        check(
            &tree("<b>x</b>"),
            &expect![[r#"
            paragraph
              text "<b>x</b>"
        "#]],
        );
        check(
            &line_tree("<b> [a](javascript:x) [c](https://a.b) `x`"),
            &expect![[r#"
            text "<b> "
            text "a "
            link -> "https://a.b"
              text "c"
            text " "
            code "x"
        "#]],
        );
    }

    fn words(nodes: &[Node], out: &mut String) {
        for node in nodes {
            out.push_str(node.text.as_deref().unwrap_or_default());
            words(&node.inside, out);
        }
    }

    #[test]
    fn a_tree_says_what_the_page_says() {
        let text =
            "# A\n\n**No** `#panic()` <i>x</i> $x$ \\ \"q\"\n\n- a\n- b\n\n| x | y |\n|---|---|\n| 1 | 2 |\n";
        let mut told = String::new();
        words(&tree(text), &mut told);
        let page: String = super::super::plain_text(text);
        let bare = |text: &str| text.split_whitespace().collect::<String>();
        assert_eq!(bare(&told), bare(&page));
    }
}
