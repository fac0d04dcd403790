//! Pages of authors: Markdown with fields before it.
//!
//! Comes in: the text of a file. Goes out: a [`Page`] of fields and text, both with their places. Not here: what the text
//! looks like on a page of the site.

use crate::diagnostic::{Diagnostic, Diagnostics, FileId, Span, Spanned};
use crate::source::encoding::check_characters;
use crate::source::node::Node;
use crate::source::yaml::{self, Part};

crate::declare_rule! {
    /// A page begins with a line `---`, which opens its fields, but no second line `---` closes them. All of the page would
    /// count as fields, so it is taken as text without fields.
    ///
    /// Wrong:
    ///
    /// ```markdown
    /// ---
    /// gate: G2
    /// decision: approve
    ///
    /// ## Basis of the plan
    /// ```
    ///
    /// Right:
    ///
    /// ```markdown
    /// ---
    /// gate: G2
    /// decision: approve
    /// ---
    ///
    /// ## Basis of the plan
    /// ```
    pub static FRONT_MATTER: Rule =
        ("E114", "front-matter", Error, "0.1.0", "the fields at the beginning of a page are not closed");
}

/// A Markdown file: fields and text.
#[derive(Clone, Debug, PartialEq)]
pub struct Page {
    /// The fields between the two lines `---`; none when the page has no such lines or they could not be read.
    pub front: Option<Node>,
    /// The text behind them.
    pub body: Spanned<String>,
}

/// Splits a page into fields and text, and reads the fields.
pub fn parse(file: FileId, text: &str, found: &mut Diagnostics) -> Page {
    let mut lines = text.split_inclusive('\n');
    let opening = lines.next().unwrap_or_default();
    if opening.trim_end() != "---" {
        check_characters(file, (text, 0), found);
        return Page { front: None, body: body(file, text, 0) };
    }
    let mut at = opening.len();
    for line in lines {
        if line.trim_end() == "---" {
            let front = yaml::parse_part(Part { file, text, range: opening.len()..at }, found);
            check_characters(file, (text, at + line.len()), found);
            return Page { front, body: body(file, text, at + line.len()) };
        }
        at += line.len();
    }
    found.push(
        Diagnostic::new(&FRONT_MATTER, Span::new(file, 0, 3), "the fields opened here are not closed")
            .label("opened here")
            .hint("add a line `---` after the last field"),
    );
    Page { front: None, body: body(file, text, 0) }
}

fn body(file: FileId, text: &str, start: usize) -> Spanned<String> {
    Spanned::new(text[start..].to_owned(), Span::new(file, start, text.len()))
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};

    use super::*;
    use crate::diagnostic::render::{Colour, terminal};
    use crate::source::disk::Folder;

    fn check_page(text: &str, expected: &Expect) {
        let folder = Folder::from_memory(vec![("gates/G2.md", text)]);
        let mut found = Diagnostics::default();
        let page = parse(FileId(0), &folder.files()[0].text, &mut found);
        let front = page.front.map(|node| (node.describe(), node.span));
        let shown = terminal(&found, &folder, Colour::Never);
        expected.assert_eq(&format!("{front:?}\n{:?} {:?}\n{shown}", page.body.value, page.body.span));
    }

    #[test]
    fn a_control_character_in_the_text_is_found() {
        check_page(
            "---\ngate: G2\n---\nA \u{0}line\u{1}\n",
            &expect![[r#"
            Some(("a mapping", 0:4..12))
            "A \0line\u{1}\n" 0:17..26
            error[E125 not-utf8]: the control character U+0000 cannot stand in a text file
             --> gates/G2.md:4:3
              |
            4 | A ␀line␁
              |   ^ and 1 more behind it
              |
              = help: delete it and type the text again
        "#]],
        );
    }

    #[test]
    fn pages_are_split_with_places_of_the_file() {
        check_page(
            "---\ngate: G2\n---\n\nText\n",
            &expect![[r#"
            Some(("a mapping", 0:4..12))
            "\nText\n" 0:17..23
        "#]],
        );
        check_page(
            "\u{feff}---\r\nü: a: b\r\n---\r\nText",
            &expect![[r#"
            Some(("a mapping", 0:5..13))
            "Text" 0:20..24
            error[E117 yaml-syntax]: a colon followed by a space inside text begins a second value
             --> gates/G2.md:2:5
              |
            2 | ü: a: b
              |     ^ here
              |
              = help: put the text in quotes: "a: b"
        "#]],
        );
        check_page(
            "Text\n---\n",
            &expect![[r#"
            None
            "Text\n---\n" 0:0..9
        "#]],
        );
        check_page(
            "---\n---\n",
            &expect![[r#"
            Some(("nothing", 0:4..4))
            "" 0:8..8
        "#]],
        );
        check_page(
            "",
            &expect![[r#"
            None
            "" 0:0..0
        "#]],
        );
        check_page(
            "---\ngate: G2\n\nText\n",
            &expect![[r#"
            None
            "---\ngate: G2\n\nText\n" 0:0..19
            error[E114 front-matter]: the fields opened here are not closed
             --> gates/G2.md:1:1
              |
            1 | ---
              | ^^^ opened here
              |
              = help: add a line `---` after the last field
        "#]],
        );
    }
}
