//! `docs/figures.md`: what statements can name, written from the code.

use std::fmt::Write as _;

use crate::statement::{FieldKind, FigureName, Kind, Thing};

/// What stands before the tables.
const HEAD: &str = "# Figures and statements

A statement says something of a project that holds or does not. A gate can ask for it beside what it asks for anyway:

```yaml
# gates/G2.md, or for every project portfolio.yaml, under `criteria: {G2: …}`
criteria:
  the finish keeps its promise:     finish_slip <= 10d
  cost is under control:            cpi >= 0.9 or actual_cost == 0 EUR
  nothing bad is open:              open_defects.severity1 == 0 and no defect where severity == 2 has no workaround
  every large risk is answered:     every open risk where exposure > 5_000 EUR has response and owner
```

## How a statement is written

| what | how |
| --- | --- |
| a figure and its limit | `finish_slip <= 10d`; signs are `<=` `>=` `<` `>` `==` `!=` |
| two figures | `contingency_left >= exposure`, where both are counted alike |
| all things of a kind | `every deliverable has approver and criteria`, `every request is not overdue` |
| no thing of a kind | `no overdue action`, `no defect where severity == 1 and open` |
| at least one | `some lesson has recommendation` |
| only some of them | flags before the name (`every open risk …`), or a test behind it (`every risk where exposure > 5_000 EUR …`) |
| a field is filled in, or not | `has owner`, `has no owner` |
| a flag is set, or not | `is accepted`, `is not overdue` |
| together | `and`, `or`, `not` and brackets; `and` binds closer than `or` |

Behind `where`, `and` and `or` belong to the test. Brackets end it: `(no defect where open) and cpi >= 0.9`.

| counted in | typed | remark |
| --- | --- | --- |
| working days | `10d`, `2w`, `4h` | of the project's calendar; `10ed` is refused, because nothing here counts nights and weekends |
| money | `5_000 EUR` | in the project's currency, or one that it has a rate for |
| an index | `0.9` or `90%` | around 1 |
| a share | `90%` or `0.9` | of the whole |
| a count | `3` | whole |
| a day | `2026-12-18` | |

## What the answer is

* **Yes** or **no**, with the values put in: “finish slip 12 working days, at most 10 working days”.
* **Partly**, where `every` holds of some and not of all; inside `not` and `or`, partly counts as no.
* **Not applicable**, where nothing is there that `every` or `no` speaks of. Where there must be something, say so:
  `some deliverable and every deliverable has approver`.
* **Open**, with “cannot be answered” and why, where a figure has no value, such as `cpi` before anything was spent, or rests on
  something that cannot be read, with its file and line. It counts as not met;
  it never passes in silence. `or` can hold all the same, where its other side does.

Nobody types the answer of a statement, nor that of a criterion that the program answers by itself: under `checklist:` the same words may be given
`evidence`, `owner` and `comment`. `milepost gate check PROJECT/G2` prints all answers.

";

/// Writes the page.
#[must_use]
pub fn reference() -> String {
    let mut text = HEAD.to_owned();
    text.push_str(
        "## Figures\n\n| figure | counted in | what it is | has no value when |\n| --- | --- | --- | --- |\n",
    );
    for figure in FigureName::ALL {
        let _ = writeln!(
            text,
            "| `{}` | {} | {} | {} |",
            figure.name(),
            figure.kind().words(),
            figure.meaning().trim(),
            figure.unknown()
        );
    }
    text.push_str(
        "\n`milepost gate figures PROJECT` prints them with their values now.\n\n## Things and their fields\n",
    );
    for thing in Thing::ALL {
        let _ = write!(
            text,
            "\n### `{}`\n\n{}.\n\n| field | used as | what it is |\n| --- | --- | --- |\n",
            thing.word(),
            capital(thing.meaning())
        );
        for facts in thing.fields() {
            let _ = writeln!(
                text,
                "| `{}` | {} | {} |",
                facts.field.word(),
                used_as(facts.field.word(), facts.kind),
                facts.meaning
            );
        }
    }
    text
}

fn used_as(word: &str, kind: FieldKind) -> String {
    match kind {
        FieldKind::Flag => format!("flag: `is {word}`"),
        FieldKind::Filled => format!("`has {word}`"),
        FieldKind::Value(kind) => {
            format!("{}: `{word} {} {}`, `has {word}`", kind.words(), usual_sign(kind), kind.example())
        }
    }
}

fn usual_sign(kind: Kind) -> &'static str {
    match kind {
        Kind::Index | Kind::Share => ">=",
        _ => "<=",
    }
}

fn capital(phrase: &str) -> String {
    let mut letters = phrase.chars();
    letters
        .next()
        .map_or_else(String::new, |first| first.to_uppercase().collect::<String>() + letters.as_str())
}
