//! Trees, places and messages of YAML texts.

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

#[test]
fn tabs() {
    check(
        "a:\n\tb: 1\n\tc:\n\t\td: 2\ne: f: g\n",
        &expect![[r#"
            map <- a:\n\tb: 1\n\tc:\n\t\td: 2\ne: f: g
              "a" <- a
                map <- b: 1\n\tc:\n\t\td: 2
                  "b" <- b
                    Plain "1" <- 1
                  "c" <- c
                    map <- d: 2
                      "d" <- d
                        Plain "2" <- 2
              "e" <- e
                Plain "f: g" <- f: g
            error[E118 tab-indentation]: 3 lines are indented with tabs
             --> plan.yaml:2:1
              |
            2 |     b: 1
              | ^^^^
            3 |     c:
              | ----
            4 |         d: 2
              | --------
              |
              = help: indent with spaces, two for each level

            error[E117 yaml-syntax]: a colon followed by a space inside text begins a second value
             --> plan.yaml:5:5
              |
            5 | e: f: g
              |     ^ here
              |
              = help: put the text in quotes: "f: g"
        "#]],
    );
    check(
        "a:\n  b: 1\n\tc: 2\n",
        &expect![[r#"
        no tree
        error[E118 tab-indentation]: this line is indented with a tab
         --> plan.yaml:3:1
          |
        3 |     c: 2
          | ^^^^
          |
          = help: indent with spaces, two for each level
    "#]],
    );
    check(
        "a:\tb\nc: d\te\n",
        &expect![[r#"
        map <- a:\tb\nc: d\te
          "a" <- a
            Plain "b" <- b
          "c" <- c
            Plain "d\te" <- d\te
    "#]],
    );
}

#[test]
fn colons_in_text() {
    check(
        "goal: Finish: now # soon\n- x\n",
        &expect![[r#"
            map <- goal: Finish: now
              "goal" <- goal
                Plain "Finish: now" <- Finish: now
            error[E117 yaml-syntax]: a colon followed by a space inside text begins a second value
             --> plan.yaml:1:13
              |
            1 | goal: Finish: now # soon
              |             ^ here
              |
              = help: put the text in quotes: "Finish: now"

            error[E117 yaml-syntax]: a list item stands where a key is expected
             --> plan.yaml:2:1
              |
            2 | - x
              | ^^^
              |
              = help: indent it like the other items, or remove it
        "#]],
    );
    check(
        "a: é: \"c\": d\nb: 1\n",
        &expect![[r#"
            map <- a: é: \"c\": d\nb: 1
              "a" <- a
                Plain "é: \"c\": d" <- é: \"c\": d
              "b" <- b
                Plain "1" <- 1
            error[E117 yaml-syntax]: a colon followed by a space inside text begins a second value
             --> plan.yaml:1:5
              |
            1 | a: é: "c": d
              |     ^ here
              |
              = help: put the text in quotes: 'é: "c": d'
        "#]],
    );
    check(
        "a: {b: c: d, e: f}\nb: [x: y: z]\n",
        &expect![[r#"
        map <- a: {b: c: d, e: f}\nb: [x: y: z]
          "a" <- a
            map <- {b: c: d, e: f}
              "b" <- b
                Plain "c: d" <- c: d
              "e" <- e
                Plain "f" <- f
          "b" <- b
            list <- [x: y: z]
              map <- x: y: z
                "x" <- x
                  Plain "y: z" <- y: z
        error[E117 yaml-syntax]: a colon followed by a space inside text begins a second value
         --> plan.yaml:1:9
          |
        1 | a: {b: c: d, e: f}
          |         ^ here
          |
          = help: put the text in quotes: "c: d"

        error[E117 yaml-syntax]: a colon followed by a space inside text begins a second value
         --> plan.yaml:2:9
          |
        2 | b: [x: y: z]
          |         ^ here
          |
          = help: put the text in quotes: "y: z"
    "#]],
    );
}

#[test]
fn colons_without_a_space_and_keys_below_a_value() {
    check(
        "name:Design\nduration: 8d\n",
        &expect![[r#"
        map <- duration: 8d
          "duration" <- duration
            Plain "8d" <- 8d
        error[E117 yaml-syntax]: a colon needs a space after it: `name:`
         --> plan.yaml:1:1
          |
        1 | name:Design
          | ^^^^^
          |
          = help: put a space after the colon, or the whole text in quotes
    "#]],
    );
    check(
        "a: 1\n b: 2\nc: 3\n",
        &expect![[r#"
        map <- a: 1\n b: 2\nc: 3
          "a" <- a
            Plain "1 b: 2" <- 1\n b: 2
          "c" <- c
            Plain "3" <- 3
        error[E117 yaml-syntax]: `b:` looks like a key but stands inside the text `1` above
         --> plan.yaml:2:2
          |
        1 | a: 1
          |    - the text begins here
        2 |  b: 2
          |  ^^ taken as part of the text
          |
          = help: align `b` with the key above if it is one
          = help: put the text above in quotes if this belongs to it
    "#]],
    );
    check(
        "link: https://example.org\n",
        &expect![[r#"
        map <- link: https://example.org
          "link" <- link
            Plain "https://example.org" <- https://example.org
    "#]],
    );
}

#[test]
fn quotes() {
    check(
        "a: \"Big bang\" migration: now\nb: 'it's'\nc: 1\n",
        &expect![[r#"
            map <- a: \"Big bang\" migration: now\nb: \'it\'s\'\nc: 1
              "a" <- a
                Plain "\"Big bang\" migration: now" <- \"Big bang\" migration: now
              "b" <- b
                Plain "'it's'" <- \'it\'s\'
              "c" <- c
                Plain "1" <- 1
            error[E117 yaml-syntax]: text stands after the closing quote
             --> plan.yaml:1:15
              |
            1 | a: "Big bang" migration: now
              |               ^^^^^^^^^^ belongs to no value
              |
              = help: put single quotes around all of it: '"Big bang" migration: now'

            error[E117 yaml-syntax]: text stands after the closing quote
             --> plan.yaml:2:8
              |
            2 | b: 'it's'
              |        ^^ belongs to no value
              |
              = help: write `''` for an apostrophe inside single quotes, or use double quotes
        "#]],
    );
    check(
        "a: \"open\nb: 1\n",
        &expect![[r#"
        map <- a: \"open\nb: 1
          "a" <- a
            Plain "\"open" <- \"open
          "b" <- b
            Plain "1" <- 1
        error[E117 yaml-syntax]: the quote opened here is not closed
         --> plan.yaml:1:4
          |
        1 | a: "open
          |    ^
          |
          = help: close it with `"`
    "#]],
    );
    check(
        "a: \"open\nb: \"x\"\n",
        &expect![[r#"
        map <- a: \"open\nb: \"x\"
          "a" <- a
            Plain "\"open" <- \"open
          "b" <- b
            Quoted "x" <- \"x\"
        error[E117 yaml-syntax]: the quote opened here is not closed
         --> plan.yaml:1:4
          |
        1 | a: "open
          |    ^
          |
          = help: close it with `"`
    "#]],
    );
    check(
        "a: \"C:\\new\\questions\"\nb: 1\n",
        &expect![[r#"
        map <- a: \"C:\\new\\questions\"\nb: 1
          "a" <- a
            Plain "\"C:\\new\\questions\"" <- \"C:\\new\\questions\"
          "b" <- b
            Plain "1" <- 1
        error[E117 yaml-syntax]: `\q` has no meaning inside double quotes
         --> plan.yaml:1:11
          |
        1 | a: "C:\new\questions"
          |           ^^
          |
          = help: use single quotes, in which a backslash is a backslash, or write `\\`
    "#]],
    );
}

#[test]
fn brackets() {
    check(
        "a: [1, 2\nb: 3\n",
        &expect![[r#"
        map <- a: [1, 2\nb: 3
          "a" <- a
            empty at 2
          "b" <- b
            Plain "3" <- 3
        error[E117 yaml-syntax]: `[` is opened here but not closed
         --> plan.yaml:1:4
          |
        1 | a: [1, 2
          |    ^
          |
          = help: close it with `]`
    "#]],
    );
    check(
        "a: {b: 1, c: 2\nd: 3\n",
        &expect![[r#"
        map <- a: {b: 1, c: 2\nd: 3
          "a" <- a
            empty at 2
          "d" <- d
            Plain "3" <- 3
        error[E117 yaml-syntax]: `{` is opened here but not closed
         --> plan.yaml:1:4
          |
        1 | a: {b: 1, c: 2
          |    ^
          |
          = help: close it with `}`
    "#]],
    );
    check(
        "a: [x #3, y]\nb: 1\n",
        &expect![[r#"
        map <- a: [x #3, y]\nb: 1
          "a" <- a
            empty at 2
          "b" <- b
            Plain "1" <- 1
        error[E117 yaml-syntax]: `[` is opened here but not closed
         --> plan.yaml:1:4
          |
        1 | a: [x #3, y]
          |    ^
          |
          = help: close it with `]`
          = help: put text that holds ` #` in quotes: what follows the sign is a comment
    "#]],
    );
    check(
        "a: [1,\n  2\n",
        &expect![[r#"
        no tree
        error[E117 yaml-syntax]: `[` is opened here but not closed
         --> plan.yaml:1:4
          |
        1 | a: [1,
          |    ^
          |
          = help: close it with `]`
    "#]],
    );
    check(
        "a: ]\nb: [1}\n",
        &expect![[r#"
            no tree
            error[E117 yaml-syntax]: `]` closes something that was not opened
             --> plan.yaml:1:4
              |
            1 | a: ]
              |    ^
              |
              = help: put the text in quotes if it is meant as text

            error[E117 yaml-syntax]: `}` does not close `[`
             --> plan.yaml:2:6
              |
            2 | b: [1}
              |    - ^
              |    |
              |    opened here
              |
              = help: close lists with `]` and mappings with `}`, the inner one first
        "#]],
    );
}

#[test]
fn signs_at_the_beginning() {
    check(
        "a: @x\nb: `x` y\nc: %5\nd: - x\ne: > text\nf: 1\n",
        &expect![[r#"
            map <- a: @x\nb: `x` y\nc: %5\nd: - x\ne: > text\nf: 1
              "a" <- a
                Plain "@x" <- @x
              "b" <- b
                Plain "`x` y" <- `x` y
              "c" <- c
                Plain "%5" <- %5
              "d" <- d
                Plain "- x" <- - x
              "e" <- e
                Plain "> text" <- > text
              "f" <- f
                Plain "1" <- 1
            error[E117 yaml-syntax]: text cannot begin with `@`
             --> plan.yaml:1:4
              |
            1 | a: @x
              |    ^
              |
              = help: put the text in quotes: "@x"

            error[E117 yaml-syntax]: text cannot begin with a backtick
             --> plan.yaml:2:4
              |
            2 | b: `x` y
              |    ^
              |
              = help: put the text in quotes: "`x` y"

            error[E117 yaml-syntax]: text cannot begin with `%`
             --> plan.yaml:3:4
              |
            3 | c: %5
              |    ^
              |
              = help: put the text in quotes: "%5"

            error[E117 yaml-syntax]: a list cannot begin on the line of its key
             --> plan.yaml:4:4
              |
            4 | d: - x
              |    ^^^
              |
              = help: write each `- item` on a line of its own below the key, or all of them as `[item, item]`

            error[E117 yaml-syntax]: after `>` the text begins on the next line
             --> plan.yaml:5:4
              |
            5 | e: > text
              |    ^^^^^^
              |
              = help: move the text to the next line and indent it, or put it in quotes
        "#]],
    );
}

#[test]
fn anchors_aliases_and_tags() {
    check(
        "a: **No** risk\nb: !important thing\nc: & more\nd: * x\ne: !! y\n",
        &expect![[r#"
        map <- a: **No** risk\nb: !important thing\nc: & more\nd: * x\ne: !! y
          "a" <- a
            Plain "**No** risk" <- **No** risk
          "b" <- b
            Plain "!important thing" <- !important thing
          "c" <- c
            Plain "& more" <- & more
          "d" <- d
            Plain "* x" <- * x
          "e" <- e
            Plain "!! y" <- !! y
        error[E112 alias]: `*` at the beginning of a value refers to an anchor that does not exist
         --> plan.yaml:1:4
          |
        1 | a: **No** risk
          |    ^
          |
          = help: put the text in quotes: "**No** risk"

        error[E112 alias]: `!` at the beginning of a value marks a type, which this format does not have
         --> plan.yaml:2:4
          |
        2 | b: !important thing
          |    ^
          |
          = help: put the text in quotes: "!important thing"

        error[E112 alias]: `&` at the beginning of a value begins an anchor or alias without a name
         --> plan.yaml:3:4
          |
        3 | c: & more
          |    ^
          |
          = help: put the text in quotes: "& more"

        error[E112 alias]: `*` at the beginning of a value begins an anchor or alias without a name
         --> plan.yaml:4:4
          |
        4 | d: * x
          |    ^
          |
          = help: put the text in quotes: "* x"

        error[E112 alias]: `!` at the beginning of a value marks a type, which this format does not have
         --> plan.yaml:5:4
          |
        5 | e: !! y
          |    ^
          |
          = help: put the text in quotes: "!! y"
    "#]],
    );
}

#[test]
fn true_anchors_and_directives() {
    check(
        "a: &x 10d\nb: *x\nc: &l [1]\n",
        &expect![[r#"
        map <- a: &x 10d\nb: *x\nc: &l [1]
          "a" <- a
            Plain "10d" <- 10d
          "b" <- b
            empty at 13
          "c" <- c
            list <- [1]
              Plain "1" <- 1
        error[E112 alias]: the anchor `&x` is not part of this format
         --> plan.yaml:1:4
          |
        1 | a: &x 10d
          |    ^^
          |
          = help: write the value out in each place
          = help: put the text in quotes if it is meant as text

        error[E112 alias]: the alias `*x` is not part of this format
         --> plan.yaml:2:4
          |
        2 | b: *x
          |    ^^
          |
          = help: write the value out in each place
          = help: put the text in quotes if it is meant as text

        error[E112 alias]: the anchor `&l` is not part of this format
         --> plan.yaml:3:4
          |
        3 | c: &l [1]
          |    ^^
          |
          = help: write the value out in each place
          = help: put the text in quotes if it is meant as text
    "#]],
    );
    check(
        "%YAML 1.2\n---\na: 1\n",
        &expect![[r#"
        map <- a: 1
          "a" <- a
            Plain "1" <- 1
        error[E117 yaml-syntax]: a line that begins with `%` is a directive, which this format does not have
         --> plan.yaml:1:1
          |
        1 | %YAML 1.2
          | ^^^^^^^^^
          |
          = help: remove the line
    "#]],
    );
}

#[test]
fn lines_that_do_not_fit() {
    check(
        "a: 1\nfoo\nb: 2\n",
        &expect![[r#"
        map <- a: 1\nfoo\nb: 2
          "a" <- a
            Plain "1" <- 1
          "b" <- b
            Plain "2" <- 2
        error[E117 yaml-syntax]: this line is neither `key: value` nor a list item
         --> plan.yaml:2:1
          |
        2 | foo
          | ^^^
          |
          = help: put a colon and a space after it if it is a key
          = help: indent it deeper than the key above if it continues a text
    "#]],
    );
    check(
        "- a\n-b\n- c\n",
        &expect![[r#"
        list <- - a\n-b\n- c
          Plain "a" <- a
          Plain "c" <- c
        error[E117 yaml-syntax]: this line is neither `key: value` nor a list item
         --> plan.yaml:2:1
          |
        2 | -b
          | ^^
          |
          = help: put a space after the dash: `- b`
    "#]],
    );
    check(
        "a:\n  b: 1\n c: 2\nd: 3\n",
        &expect![[r#"
        map <- a:\n  b: 1\n c: 2\nd: 3
          "a" <- a
            map <- b: 1
              "b" <- b
                Plain "1" <- 1
          "d" <- d
            Plain "3" <- 3
        error[E117 yaml-syntax]: this line is not indented like the lines it belongs to
         --> plan.yaml:3:2
          |
        3 |  c: 2
          |  ^^^^
          |
          = help: begin it in the same column as the line it follows
    "#]],
    );
    check(
        "a:\n  b: 1\n c:\n   d: 2\n",
        &expect![[r#"
        no tree
        error[E117 yaml-syntax]: this line is not indented like the lines it belongs to
         --> plan.yaml:3:2
          |
        3 |  c:
          |  ^^
          |
          = help: begin it in the same column as the line it follows
    "#]],
    );
}

#[test]
fn lines_that_mix_lists_and_keys() {
    check(
        "- a\nb: 1\n",
        &expect![[r#"
        list <- - a
          Plain "a" <- a
        error[E117 yaml-syntax]: this line is not indented like the lines it belongs to
         --> plan.yaml:2:1
          |
        2 | b: 1
          | ^^^^
          |
          = help: begin it in the same column as the line it follows
    "#]],
    );
    check(
        "a: text\n# comment\n  more\n",
        &expect![[r#"
        map <- a: text
          "a" <- a
            Plain "text" <- text
        error[E117 yaml-syntax]: this line is not indented like the lines it belongs to
         --> plan.yaml:3:3
          |
        3 |   more
          |   ^^^^
          |
          = help: begin it in the same column as the line it follows
          = help: move the comment away if the text above goes on here: a comment ends a text
    "#]],
    );
    check(
        ": x\n? [a, b]\n: y\nc: 1\n",
        &expect![[r#"
        map <- : x\n? [a, b]\n: y\nc: 1
          "c" <- c
            Plain "1" <- 1
        error[E117 yaml-syntax]: there is no key before this colon
         --> plan.yaml:1:1
          |
        1 | : x
          | ^
          |
          = help: write a key before it, or put the text in quotes

        error[E117 yaml-syntax]: a key must be text, not a list
         --> plan.yaml:2:3
          |
        2 | ? [a, b]
          |   ^^^^^^
          |
          = help: put the key in quotes if it is meant as text
    "#]],
    );
}

#[test]
fn whole_files_that_are_wrong() {
    check(
        "a: 1\n---\nb: 2\n",
        &expect![[r#"
        map <- a: 1
          "a" <- a
            Plain "1" <- 1
        error[E117 yaml-syntax]: a second document begins here and is not read
         --> plan.yaml:2:1
          |
        2 | ---
          | ^^^
          |
          = help: remove the `---` line, or move what follows to a file of its own
    "#]],
    );
    check(
        "a: 1\n<<<<<<< HEAD\nb: 1\n=======\nb: 2\n>>>>>>> other\n",
        &expect![[r#"
        no tree
        error[E117 yaml-syntax]: two versions of this file have not been merged
         --> plan.yaml:2:1
          |
        2 | <<<<<<< HEAD
          | ^^^^^^^^^^^^ the conflict begins here
          |
          = help: decide between the versions and remove the lines with `<<<<<<<`, `=======` and `>>>>>>>`
    "#]],
    );
    check(
        "a: x\u{1}y\nb: 1\n",
        &expect![[r#"
        map <- a: x\u{1}y\nb: 1
          "a" <- a
            Plain "x\u{1}y" <- x\u{1}y
          "b" <- b
            Plain "1" <- 1
        error[E117 yaml-syntax]: the control character U+0001 cannot stand in a text file
         --> plan.yaml:1:5
          |
        1 | a: x␁y
          |     ^
          |
          = help: delete it and type the text again
    "#]],
    );
}

#[test]
fn depth_is_bounded() {
    assert!(show(&format!("{}{}", "[".repeat(64), "]".repeat(64))).starts_with("list"));
    check(
        &format!("{}{}", "[".repeat(65), "]".repeat(65)),
        &expect![[r#"
        no tree
        error[E117 yaml-syntax]: mappings and lists stand more than 64 levels deep in each other
         --> plan.yaml:1:65
          |
        1 | [[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]...
          |                                                                 ^
    "#]],
    );
    let block: Vec<String> = (0..100).map(|depth| format!("{}a:\n", " ".repeat(depth))).collect();
    let block = block.concat();
    assert!(show(&block).contains("more than 64 levels"));
    let aliases = "a: &a [x, x]\nb: &b [*a, *a]\nc: &c [*b, *b]\nd: [*c, *c]\n";
    assert!(show(aliases).contains("the alias `*c` is not part of this format"));
}

#[test]
fn mending_is_bounded() {
    let text = "a: @x\n".repeat(100);
    let mut found = Diagnostics::default();
    assert_eq!(parse(FileId(0), &text, &mut found), None);
    assert_eq!(found.iter().filter(|diagnostic| diagnostic.rule == &YAML_SYNTAX).count(), MAX_MENDS + 1);
}

#[test]
fn a_part_counts_from_the_beginning_of_the_file() {
    let text = "---\né: 1\n---\n";
    let mut found = Diagnostics::default();
    let tree = parse_part(Part { file: FileId(0), text, range: 4..10 }, &mut found).unwrap();
    assert_eq!(&text[tree.entries().unwrap()[0].value.span.range()], "1");
}

proptest::proptest! {
    /// Whatever is typed, reading ends, and every place lies inside the text.
    #[test]
    fn any_text_is_survived(text in "([a-c]|[-:#\\[\\]{},'\"\\\\*&!%@`|>?~ \t\n\r]|é|😀|  |- |: |\n  ){0,40}") {
        let shown = show(&text);
        proptest::prop_assert!(!shown.is_empty());
    }
}
