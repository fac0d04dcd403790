//! The texts of a portfolio laid out in one way, so that a difference between two revisions is a difference in what they say.
//!
//! Comes in: the text of a YAML file, a table or a page. Goes out: the same fields, values and comments in the same order, with the
//! same line ends, indentation and spaces everywhere. Not here: which files there are, and writing them.
//!
//! What is laid out is read again before it is given away; were anything of it read otherwise than before, the text stays as it is.

mod alignment;
mod layout;
mod rows;

use crate::diagnostic::{Diagnostics, FileId, Severity};
use crate::source::node::{Node, NodeKind, Style};
use crate::source::tidy::layout::{layout, line_starts, lines_of};
use crate::source::tidy::rows::{cells, rows_laid_out};
use crate::source::{markdown, yaml};

/// Why a text is left as it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Left {
    /// It cannot be read without an error.
    Faulty,
    /// Something in it is written in a way that is right and has no layout, such as `|+`.
    Unusual,
}

/// How often a text is laid out until it stays as it is; more than two turns are rare.
const MOST_TURNS: usize = 16;

/// Lays a YAML file out, where that can be done and changes nothing of what it says.
///
/// `a:   {b: 1 ,c: 2}` becomes `a: {b: 1, c: 2}`; a level is two spaces, items of a list stand two spaces below their key, at most
/// one empty line stands between two others, comments keep to what they stand above. Spaces by which values of the same list of fields
/// stand below each other stay, and those by which numbers end below each other.
///
/// # Errors
///
/// It is left as it is.
pub fn yaml(text: &str) -> Result<String, Left> {
    let said = tree(text).ok_or(Left::Faulty)?;
    let mut tidy = clean(text).and_then(|text| layout(&text)).ok_or(Left::Unusual)?;
    // Where a line has moved, what stood below each other may do so no longer.
    for _ in 0..MOST_TURNS {
        let again = layout(&tidy).ok_or(Left::Unusual)?;
        if again == tidy {
            break;
        }
        tidy = again;
    }
    if tree(&tidy) == Some(said) { Ok(tidy) } else { Err(Left::Unusual) }
}

/// Lays a table out: no spaces around cells, quotes only where a cell needs them, no empty lines.
///
/// # Errors
///
/// It is left as it is.
pub fn csv(text: &str) -> Result<String, Left> {
    let said = cells(text).ok_or(Left::Faulty)?;
    let tidy = rows_laid_out(text).ok_or(Left::Unusual)?;
    if cells(&tidy) == Some(said) { Ok(tidy) } else { Err(Left::Unusual) }
}

/// Lays a page out: its fields as those of a YAML file; its text keeps everything but the kind of its line ends.
///
/// # Errors
///
/// It is left as it is.
pub fn page(text: &str) -> Result<String, Left> {
    let text = lines_ended(text);
    let mut found = Diagnostics::default();
    let read = markdown::parse(FileId(0), &text, &mut found);
    if found.count_at_least(Severity::Error) > 0 {
        return Err(Left::Faulty);
    }
    let body = text[read.body.span.start as usize..].trim_end();
    let end = if body.is_empty() { "" } else { "\n" };
    if read.front.is_none() {
        return Ok(format!("{body}{end}"));
    }
    let opening = text.find('\n').ok_or(Left::Unusual)? + 1;
    let closing = text[..read.body.span.start as usize].trim_end().rfind("---").ok_or(Left::Unusual)?;
    let head = yaml(&text[opening..closing])?;
    let gap = if body.is_empty() || body.starts_with('\n') { "" } else { "\n" };
    Ok(format!("---\n{head}---\n{gap}{body}{end}"))
}

/// What a YAML text says; none where it holds a mistake.
fn tree(text: &str) -> Option<Said> {
    let mut found = Diagnostics::default();
    let node = yaml::parse(FileId(0), text, &mut found)?;
    (found.count_at_least(Severity::Error) == 0).then(|| Said::of(&node))
}

/// A tree without its places.
#[derive(Debug, PartialEq, Eq)]
enum Said {
    Nothing,
    Text(String, bool),
    List(Vec<Said>),
    Map(Vec<(String, Said)>),
}

impl Said {
    fn of(node: &Node) -> Self {
        match &node.kind {
            NodeKind::Empty => Self::Nothing,
            NodeKind::Scalar { text, style } => Self::Text(text.clone(), *style == Style::Plain),
            NodeKind::List(items) => Self::List(items.iter().map(Self::of).collect()),
            NodeKind::Map(entries) => Self::Map(
                entries.iter().map(|each| (each.key.value.clone(), Self::of(&each.value))).collect(),
            ),
        }
    }
}

fn lines_ended(text: &str) -> String {
    text.strip_prefix('\u{feff}').unwrap_or(text).replace("\r\n", "\n").replace('\r', "\n")
}

/// The text with plain line ends and without spaces at the ends of lines outside of `|` and `>` texts.
fn clean(text: &str) -> Option<String> {
    let text = lines_ended(text);
    let node = yaml::parse(FileId(0), &text, &mut Diagnostics::default())?;
    let starts = line_starts(&text);
    let mut blocks = Vec::new();
    each_scalar(&node, &mut |node, style| {
        if style == Style::Block {
            let (first, last) = lines_of(node, &starts);
            blocks.push(first..=last);
        }
    });
    let lines = text.split('\n').enumerate().map(|(number, line)| {
        let is_kept = blocks.iter().any(|block| block.contains(&number)) && !line.trim().is_empty();
        // Other spaces, such as those that keep words on one line, are text.
        if is_kept { line } else { line.trim_end_matches([' ', '\t']) }
    });
    Some(lines.collect::<Vec<_>>().join("\n"))
}

fn each_scalar<'a>(node: &'a Node, see: &mut impl FnMut(&'a Node, Style)) {
    match &node.kind {
        NodeKind::Empty => {}
        NodeKind::Scalar { style, .. } => see(node, *style),
        NodeKind::List(items) => items.iter().for_each(|item| each_scalar(item, see)),
        NodeKind::Map(entries) => entries.iter().for_each(|entry| each_scalar(&entry.value, see)),
    }
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use super::*;

    #[test]
    fn levels_spaces_and_empty_lines_are_alike_everywhere() {
        let text = "\u{feff}# the plan\r\nexecution:\r\n    work:   { duration: 5d ,after:   [ a,b ] }  # why\r\n\r\n\r\n    # next\r\n    more:\r\n        name:  \"x:  y\"\r\n        steps:\r\n        - a\r\n        -   b: 1\r\n            c: 2\r\n";
        expect![[r#"
            # the plan
            execution:
              work: {duration: 5d, after: [a, b]}  # why

              # next
              more:
                name: "x:  y"
                steps:
                  - a
                  - b: 1
                    c: 2
        "#]]
        .assert_eq(&yaml(text).unwrap_or_default());
    }

    /// A comment that is a task in waiting stays one: among the tasks of its stage, wherever the one before it ends.
    #[test]
    fn comments_stay_on_their_level() {
        let text = "execution:\n  c:\n    after:\n      - a\n      - b\n  # d: {duration: 2d, after: c}\nclosing:\n  e:\n    steps:\n      - x\n  # f: {duration: 1d}\n";
        assert_eq!(yaml(text).unwrap(), text, "as it is laid out");
        let wide = text.replace("  ", "    ");
        assert_eq!(yaml(&wide).unwrap(), text);
    }

    #[test]
    fn what_stands_below_each_other_stays_so() {
        for text in [
            "a:\n  tom:   {name: T}\n  ada-b: {name: A}\n  x:     {name: X}\n",
            "a:\n  - {role: sponsor,          person: ann}\n  - {role: operations_owner, person: bo}\n",
            "Größe:  1\nlaenge: 2\n",
        ] {
            assert_eq!(yaml(text).as_deref(), Ok(text));
        }
        // Longer fields between them change nothing, nor do numbers whose ends stand below each other.
        for text in [
            "a:\n  short:   {b: 1}\n  very long one: {b: 1}\n  longer:  {b: 1}\n",
            "contingency:        75_000 EUR\nmanagement_reserve: 25_000 EUR\nmanager_limit:       8_000 EUR\n",
            "a:\n  lost:     [1, 2]\n  hours not spent:\n    years: [1]\n  avoided:  [3]\n  gone too: [3]\n",
        ] {
            assert_eq!(yaml(text).as_deref(), Ok(text));
        }
        // What stands in another list of fields is no neighbour.
        assert_eq!(yaml("a:\n  b:   1\nc:\n  de:  1\n").as_deref(), Ok("a:\n  b: 1\nc:\n  de: 1\n"));
        // Two spaces too many on each line bring nothing below anything, nor does a single line.
        assert_eq!(yaml("ab:  1\ncd:  2\n").as_deref(), Ok("ab: 1\ncd: 2\n"));
        assert_eq!(yaml("a:   1\nbc: {x:  1,   y: 2}\n").as_deref(), Ok("a: 1\nbc: {x: 1, y: 2}\n"));
        // A level that moves takes all along.
        assert_eq!(yaml("a:\n    b:  1\n    cd: 2\n").as_deref(), Ok("a:\n  b:  1\n  cd: 2\n"));
    }

    #[test]
    fn texts_over_several_lines_move_as_a_whole() {
        let text = "a:\n    b: |\n        first\n\n          further\n    c: >-\n        one\n        two\n    d: plain words\n        that go on\n";
        let tidy = yaml(text).unwrap();
        expect![[r#"
            a:
              b: |
                first

                  further
              c: >-
                one
                two
              d: plain words
                that go on
        "#]]
        .assert_eq(&tidy);
        assert_eq!(tree(&tidy), tree(text));
    }

    #[test]
    fn what_is_laid_out_stays_as_it_is() {
        for text in ["a: 1\n", "a:\n  - b: 1\n    c: 2\n  - d\n", "# only a remark\n", ""] {
            assert_eq!(yaml(text).as_deref(), Ok(text));
        }
    }

    #[test]
    fn what_cannot_be_read_is_not_touched() {
        assert_eq!(yaml("a: [1, 2\n"), Err(Left::Faulty));
        assert_eq!(yaml("a: 1\na: 2\n"), Err(Left::Faulty));
        assert_eq!(csv("a,b\n1,2,3\n"), Err(Left::Faulty));
        assert_eq!(page("---\na: [1\n---\n"), Err(Left::Faulty));
    }

    #[test]
    fn what_is_right_and_has_no_layout_is_not_called_a_mistake() {
        for text in
            ["a:\n- |+\n    keep\n\n\n- b\n", "a:\n- |2-\n      two\n     one\n- b\n", "b: 1\n? code\n: X1\n"]
        {
            assert_eq!(yaml(text), Err(Left::Unusual), "{text}");
        }
        assert_eq!(page("---\n? code\n: X1\n---\n"), Err(Left::Unusual));
    }

    #[test]
    fn a_dash_alone_and_spaces_that_are_text_are_laid_out() {
        let text = "a:\n-\n   b: y\n   # inside\n   c: 2\n-\n  plain\n";
        let tidy = "a:\n  -\n    b: y\n    # inside\n    c: 2\n  -\n    plain\n";
        assert_eq!(yaml(text).as_deref(), Ok(tidy));
        assert_eq!(yaml(tidy).as_deref(), Ok(tidy));
        let text = "goal: \u{a0}a\u{a0}\n";
        assert_eq!(yaml(text).as_deref(), Ok(text));
    }

    #[test]
    fn a_comma_behind_the_last_item_goes_once_and_for_all() {
        let tidy = "a: {duration: 1d, name: \"A\"}\nb: {duration: 2d, after: [a]}\nc: [[a], [b, \"x, \"]]\n";
        let text = "a: {duration: 1d, name: \"A\", }\nb: {duration: 2d, after: [a,]}\nc: [[a , ], [b, \"x, \" ,] , ]\n";
        assert_eq!(yaml(text).as_deref(), Ok(tidy));
        assert_eq!(yaml(tidy).as_deref(), Ok(tidy));
    }

    #[test]
    fn tables_lose_spaces_and_needless_quotes() {
        assert_eq!(
            csv("date, note\r\n2026-11-02,\"plain\"\r\n\r\n2026-11-03 ,\"a, b\"\r\n").as_deref(),
            Ok("date,note\n2026-11-02,plain\n2026-11-03,\"a, b\"\n")
        );
    }

    #[test]
    fn what_stands_between_quotes_keeps_its_spaces_and_doubtful_quotes_leave_a_table_alone() {
        for text in [
            "a,b\n\"  - indented, title \",1\n",
            "a,b\n\"  plain\",1\n",
            "a,b\n\"8h\n\",1\n",
            "a\n\"say \"\"no\"\"\"\n",
        ] {
            assert_eq!(csv(text).as_deref(), Ok(text));
        }
        assert_eq!(csv("a,b\n1, \"8h\"\n"), Err(Left::Unusual));
        assert_eq!(csv("a,b\n1,\"8\"h\n"), Err(Left::Unusual));
        assert_eq!(csv("a,b\n\"x\" ,1\n").as_deref(), Ok("a,b\nx,1\n"));
        assert_eq!(csv("a,b\nsay \"no\",1\n").as_deref(), Ok("a,b\n\"say \"\"no\"\"\",1\n"));
    }

    #[test]
    fn pages_keep_their_text() {
        let text = "---\r\ngate:   G2\r\n---\r\nA line  \r\nof text\r\n\r\n\r\nand more\r\n\r\n";
        assert_eq!(page(text).as_deref(), Ok("---\ngate: G2\n---\n\nA line  \nof text\n\n\nand more\n"));
        assert_eq!(page("plain\n").as_deref(), Ok("plain\n"));
    }
}
