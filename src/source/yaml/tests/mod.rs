//! Trees, places and messages of YAML texts.

mod slips;
mod structure;

use std::fmt::Write as _;

use expect_test::{Expect, expect};

use super::*;
use crate::diagnostic::render::{Colour, terminal};
use crate::source::disk::Folder;
use crate::source::node::NodeKind;

/// Writes a tree with what stands in the file under each span, then the findings.
fn show(text: &str) -> String {
    let folder = Folder::from_memory(vec![("plan.yaml", text)]);
    let text = folder.files()[0].text.as_str();
    let mut found = Diagnostics::default();
    let tree = parse(FileId(0), text, &mut found);
    found.sort();
    let mut shown = String::new();
    match tree {
        Some(tree) => show_node(&tree, text, 0, &mut shown),
        None => shown.push_str("no tree\n"),
    }
    shown.push_str(&terminal(&found, &folder, Colour::Never));
    shown
}

fn show_node(node: &Node, text: &str, depth: usize, shown: &mut String) {
    let indentation = "  ".repeat(depth);
    let written = text[node.span.range()].escape_debug();
    match &node.kind {
        NodeKind::Empty => writeln!(shown, "{indentation}empty at {}", node.span.start).unwrap(),
        NodeKind::Scalar { text, style } => {
            writeln!(shown, "{indentation}{style:?} {text:?} <- {written}").unwrap();
        }
        NodeKind::List(items) => {
            writeln!(shown, "{indentation}list <- {written}").unwrap();
            for item in items {
                show_node(item, text, depth + 1, shown);
            }
        }
        NodeKind::Map(entries) => {
            writeln!(shown, "{indentation}map <- {written}").unwrap();
            for entry in entries {
                let key_written = text[entry.key.span.range()].escape_debug();
                writeln!(shown, "{indentation}  {:?} <- {key_written}", entry.key.value).unwrap();
                show_node(&entry.value, text, depth + 2, shown);
            }
        }
    }
}

fn check(text: &str, expected: &Expect) {
    expected.assert_eq(&show(text));
}

/// The texts of a mapping's values, for cases where only these matter.
fn values(text: &str) -> Vec<String> {
    let mut found = Diagnostics::default();
    let tree = parse(FileId(0), text, &mut found).unwrap();
    assert!(found.is_empty(), "{found:?}");
    tree.entries().unwrap().iter().map(|entry| entry.value.text().unwrap_or_default().to_owned()).collect()
}

#[test]
fn no_type_is_guessed() {
    let text = "a: NO\nb: 1.10\nc: 010\nd: 0x1F\ne: 1_000\nf: 12:30\ng: yes\nh: 2026-11-20\ni: .5\nj: +1\nk: 1e3\nl: Null\nyes: on\n";
    let expected =
        ["NO", "1.10", "010", "0x1F", "1_000", "12:30", "yes", "2026-11-20", ".5", "+1", "1e3", "Null", "on"];
    assert_eq!(values(text), expected);
}

#[test]
fn nothing_is_empty() {
    check(
        "",
        &expect![[r#"
        empty at 0
    "#]],
    );
    check(
        "# only a comment\n\n",
        &expect![[r#"
        empty at 0
    "#]],
    );
    check(
        "---\n",
        &expect![[r#"
        empty at 3
    "#]],
    );
    check(
        "a:\nb: ~\nc: null\nd: \"\"\ne: 'null'\nf:   # none\n",
        &expect![[r#"
        map <- a:\nb: ~\nc: null\nd: \"\"\ne: \'null\'\nf:
          "a" <- a
            empty at 2
          "b" <- b
            empty at 6
          "c" <- c
            empty at 11
          "d" <- d
            Quoted "" <- \"\"
          "e" <- e
            Quoted "null" <- \'null\'
          "f" <- f
            empty at 34
    "#]],
    );
    check(
        "- \n-\n- a\n",
        &expect![[r#"
        list <- - \n-\n- a
          empty at 2
          empty at 4
          Plain "a" <- a
    "#]],
    );
    check(
        "a: {}\nb: []\nc: {d}\n",
        &expect![[r#"
        map <- a: {}\nb: []\nc: {d}
          "a" <- a
            map <- {}
          "b" <- b
            list <- []
          "c" <- c
            map <- {d}
              "d" <- d
                empty at 17
    "#]],
    );
}

#[test]
fn places_are_bytes_of_the_file() {
    check(
        "\u{feff}é: 😀 x\r\nb: [1,\r\n 2]\r\nc: >\r\n  fold\r\n  ed\r\n\r\nd: 'it''s'\r\n",
        &expect![[r#"
        map <- é: 😀 x\r\nb: [1,\r\n 2]\r\nc: >\r\n  fold\r\n  ed\r\n\r\nd: \'it\'\'s\'
          "é" <- é
            Plain "😀 x" <- 😀 x
          "b" <- b
            list <- [1,\r\n 2]
              Plain "1" <- 1
              Plain "2" <- 2
          "c" <- c
            Block "fold ed\n" <- fold\r\n  ed
          "d" <- d
            Quoted "it's" <- \'it\'\'s\'
    "#]],
    );
    check(
        "a:\n  - b: 1\n    c: {d: e, f: g}\n  - h\n\n\ni: |\n  one\n\n  two\n# end\n",
        &expect![[r#"
        map <- a:\n  - b: 1\n    c: {d: e, f: g}\n  - h\n\n\ni: |\n  one\n\n  two
          "a" <- a
            list <- - b: 1\n    c: {d: e, f: g}\n  - h
              map <- b: 1\n    c: {d: e, f: g}
                "b" <- b
                  Plain "1" <- 1
                "c" <- c
                  map <- {d: e, f: g}
                    "d" <- d
                      Plain "e" <- e
                    "f" <- f
                      Plain "g" <- g
              Plain "h" <- h
          "i" <- i
            Block "one\n\ntwo\n" <- one\n\n  two
    "#]],
    );
}

#[test]
fn keys_may_hold_spaces_and_ranges() {
    check(
        "2026-12-14 .. 2027-01-08: Year-end freeze\n\"a: b\": 1\nevery deliverable has an approver: yes\n",
        &expect![[r#"
        map <- 2026-12-14 .. 2027-01-08: Year-end freeze\n\"a: b\": 1\nevery deliverable has an approver: yes
          "2026-12-14 .. 2027-01-08" <- 2026-12-14 .. 2027-01-08
            Plain "Year-end freeze" <- Year-end freeze
          "a: b" <- \"a: b\"
            Plain "1" <- 1
          "every deliverable has an approver" <- every deliverable has an approver
            Plain "yes" <- yes
    "#]],
    );
}

#[test]
fn long_texts() {
    check(
        "a: one\n  two\n\n  three\nb: \"one\n  two\\n\"\nc: >-\n  fold\n  ed\n",
        &expect![[r#"
        map <- a: one\n  two\n\n  three\nb: \"one\n  two\\n\"\nc: >-\n  fold\n  ed
          "a" <- a
            Plain "one two\nthree" <- one\n  two\n\n  three
          "b" <- b
            Quoted "one two\n" <- \"one\n  two\\n\"
          "c" <- c
            Block "fold ed" <- fold\n  ed
    "#]],
    );
}

#[test]
fn duplicate_keys_are_reported_at_both_places() {
    check(
        "a:\n  b: 1\n  c: 2\n  b: {x: 1, y: 2, x: 3}\na: 4\nd: 5\n",
        &expect![[r#"
        map <- a:\n  b: 1\n  c: 2\n  b: {x: 1, y: 2, x: 3}\na: 4\nd: 5
          "a" <- a
            map <- b: 1\n  c: 2\n  b: {x: 1, y: 2, x: 3}
              "b" <- b
                Plain "1" <- 1
              "c" <- c
                Plain "2" <- 2
          "d" <- d
            Plain "5" <- 5
        error[E110 duplicate-key]: `b` stands twice in this mapping
         --> plan.yaml:4:3
          |
        2 |   b: 1
          |   - first written here
        3 |   c: 2
        4 |   b: {x: 1, y: 2, x: 3}
          |   ^ this one is not read
          |
          = help: rename one of the two, or join them

        error[E110 duplicate-key]: `x` stands twice in this mapping
         --> plan.yaml:4:19
          |
        4 |   b: {x: 1, y: 2, x: 3}
          |       -           ^ this one is not read
          |       |
          |       first written here
          |
          = help: rename one of the two, or join them

        error[E110 duplicate-key]: `a` stands twice in this mapping
         --> plan.yaml:5:1
          |
        1 | a:
          | - first written here
        ...
        5 | a: 4
          | ^ this one is not read
          |
          = help: rename one of the two, or join them
    "#]],
    );
}

#[test]
fn comments_glued_to_a_word() {
    check(
        "a: see #3 of them\nb: #4\nc: [x, y] #z\nd: 8d # fine\ne: \"x #5\"\nf: C#7\n",
        &expect![[r#"
            map <- a: see #3 of them\nb: #4\nc: [x, y] #z\nd: 8d # fine\ne: \"x #5\"\nf: C#7
              "a" <- a
                Plain "see" <- see
              "b" <- b
                empty at 20
              "c" <- c
                list <- [x, y]
                  Plain "x" <- x
                  Plain "y" <- y
              "d" <- d
                Plain "8d" <- 8d
              "e" <- e
                Quoted "x #5" <- \"x #5\"
              "f" <- f
                Plain "C#7" <- C#7
            warning[W111 hidden-comment]: text after ` #` is a comment and is not read
             --> plan.yaml:1:8
              |
            1 | a: see #3 of them
              |        ^^^^^^^^^^ lost
              |
              = help: put the whole text in quotes if this belongs to it
              = help: put a space after `#` if it is meant as a comment

            warning[W111 hidden-comment]: text after ` #` is a comment and is not read
             --> plan.yaml:2:4
              |
            2 | b: #4
              |    ^^ lost
              |
              = help: put the whole text in quotes if this belongs to it
              = help: put a space after `#` if it is meant as a comment
        "#]],
    );
    check(
        "- #3\n- b #c\n",
        &expect![[r#"
        list <- - #3\n- b
          empty at 1
          Plain "b" <- b
        warning[W111 hidden-comment]: text after ` #` is a comment and is not read
         --> plan.yaml:1:3
          |
        1 | - #3
          |   ^^ lost
          |
          = help: put the whole text in quotes if this belongs to it
          = help: put a space after `#` if it is meant as a comment

        warning[W111 hidden-comment]: text after ` #` is a comment and is not read
         --> plan.yaml:2:5
          |
        2 | - b #c
          |     ^^ lost
          |
          = help: put the whole text in quotes if this belongs to it
          = help: put a space after `#` if it is meant as a comment
    "#]],
    );
}
