//! An author's words as views carry them: harmless HTML for a page, and the same as a tree for paper.

use serde::Serialize;

use crate::page::view::{Link, escaped};
use crate::prose::{self, MarkdownOptions, Node};

/// An author's words, made from Markdown by the program.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Prose {
    /// As harmless HTML.
    pub html: String,
    /// The same for what is not HTML.
    pub tree: Vec<Node>,
}

impl Prose {
    /// One line of Markdown.
    #[must_use]
    pub fn line(markdown: &str) -> Self {
        Self { html: prose::inline_html(markdown), tree: prose::line_tree(markdown) }
    }

    /// A text of Markdown; none where it is blank.
    #[must_use]
    pub fn text(markdown: &str, options: &MarkdownOptions) -> Option<Self> {
        let is_blank = markdown.trim().is_empty();
        (!is_blank)
            .then(|| Self { html: prose::to_html(markdown, options), tree: prose::tree(markdown) })
            .filter(|prose| !prose.html.is_empty())
    }

    /// Several in a line, with words between them; none where there is none.
    #[must_use]
    pub fn joined(all: impl IntoIterator<Item = Self>, between: &str) -> Option<Self> {
        Self::with_between(all, &Self::words(between))
    }

    /// Several, each on a line of its own; none where there is none.
    #[must_use]
    pub fn lines(all: impl IntoIterator<Item = Self>) -> Option<Self> {
        Self::with_between(all, &Self { html: "<br>".to_owned(), tree: vec![Node::line_break()] })
    }

    fn with_between(all: impl IntoIterator<Item = Self>, between: &Self) -> Option<Self> {
        all.into_iter().reduce(|mut before, one| {
            before.push(between.clone());
            before.push(one);
            before
        })
    }

    /// Words as they stand.
    #[must_use]
    pub fn words(words: &str) -> Self {
        Self { html: escaped(words), tree: vec![Node::words(words)] }
    }

    /// Words that lead somewhere, where there is somewhere to go.
    #[must_use]
    pub fn link(words: &str, href: Option<&str>) -> Self {
        let html = match href {
            Some(href) => format!("<a href=\"{href}\">{}</a>", escaped(words)),
            None => escaped(words),
        };
        Self { html, tree: vec![Node::link(words, href)] }
    }

    /// Sets other words behind these.
    pub fn push(&mut self, more: Self) {
        self.html.push_str(&more.html);
        self.tree.extend(more.tree);
    }

    /// Ids with links in a line; none where there is no id.
    ///
    /// Ids are letters, digits and hyphens, and links are escaped when they are made, so both may stand as they are.
    #[must_use]
    pub fn links(links: &[Link]) -> Option<Self> {
        if links.is_empty() {
            return None;
        }
        let mut all = Self::default();
        for link in links {
            if !all.html.is_empty() {
                all.html.push_str(", ");
                all.tree.push(Node::words(", "));
            }
            match &link.href {
                Some(href) => all.html.push_str(&format!("<a href=\"{href}\">{}</a>", link.label)),
                None => all.html.push_str(&link.label),
            }
            all.tree.push(Node::link(&link.label, link.href.as_deref()));
        }
        Some(all)
    }

    /// Sets other words in round brackets behind these, softer.
    pub fn add_in_brackets(&mut self, more: Self) {
        self.html.push_str(&format!(" <span class=\"soft\">({})</span>", more.html));
        let inside = [Node::words("(")].into_iter().chain(more.tree).chain([Node::words(")")]).collect();
        self.tree.extend([Node::words(" "), Node::beside(inside)]);
    }

    /// Sets other words behind these, as the second line of a cell.
    pub fn add_note(&mut self, more: Self) {
        self.html.push_str(&format!(" <span class=\"cell-note\">{}</span>", more.html));
        self.tree.extend([Node::words(" "), Node::beside(more.tree)]);
    }

    /// Sets an id before these words, softer. Ids are letters, digits and hyphens.
    pub fn add_id_before(&mut self, id: &str) {
        self.html = format!("<span class=\"soft\">{id}</span> {}", self.html);
        self.tree.splice(0..0, [Node::beside(vec![Node::words(id)]), Node::words(" ")]);
    }
}
