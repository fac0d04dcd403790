//! Slips of the pen inside a line: tabs, colons, quotes, brackets, signs.

use super::*;

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
              = help: write above it the key that it belongs to, or indent it like the other items
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
