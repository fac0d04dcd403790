//! Faults of structure: anchors, lines that do not fit, whole files, bounds.

use super::*;

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
