//! How much room the words of a table ask for, counted in letters, so that a template need not go through every word itself.
//!
//! Comes in: a view. Goes out: the same, each table of it with `measures`: of each column `wanted`, the letters of its longest line,
//! `needed`, those of its longest word, and `usual`, the length of line that most of its letters stand in (Σ length² ÷ Σ length,
//! so that a column that is long in one row alone asks for less than one that always is); `long`, all letters together; and of each
//! of its `rows` the `span`, how many columns its first cell runs over, and of each cell the letters of its line (`first`) and of
//! that with its note (`all`). A table is whatever has a `head` and `rows`.

use serde_json::{Map, Value, json};

/// Puts `measures` into every table of a view.
pub(super) fn with_measures(value: Value) -> Value {
    match value {
        Value::Array(list) => list.into_iter().map(with_measures).collect(),
        Value::Object(map) => {
            let mut made: Map<String, Value> =
                map.into_iter().map(|(key, value)| (key, with_measures(value))).collect();
            let (head, rows) = (made.get("head"), made.get("rows"));
            if let (Some(Value::Array(head)), Some(Value::Array(rows))) = (head, rows) {
                let numeric = made.get("numeric").and_then(Value::as_array);
                let measures = measures(head, rows, numeric.map_or(&[], Vec::as_slice));
                made.insert("measures".to_owned(), measures);
            }
            Value::Object(made)
        }
        plain => plain,
    }
}

/// A heading is set in bold: so much wider are its letters.
const BOLD: f64 = 1.08;

/// A word in bold, with a little room beside it.
const BOLD_WORD: f64 = 1.1;

/// Words longer than this are broken.
const LONGEST_WORD: usize = 36;

/// A small line of a cell is as wide as so many letters.
const SMALL_LINE: usize = 12;

/// The shape of a state of the past is, with the room before it, as wide as so many halves of a letter.
const SHAPE: usize = 5;

/// The sign before the word of a state is as wide as so many letters.
const SIGN: usize = 4;

fn measures(head: &[Value], rows: &[Value], numeric: &[Value]) -> Value {
    let titles: Vec<&str> = head.iter().map(|title| title.as_str().unwrap_or_default()).collect();
    let mut wanted: Vec<f64> = titles.iter().map(|title| letters(title) as f64 * BOLD).collect();
    let longest = |title: &&str| title.split(' ').map(letters).max().unwrap_or_default() as f64 * BOLD_WORD;
    let mut needed: Vec<f64> = titles.iter().map(|title| longest(title).max(1.0)).collect();
    let (mut sums, mut squares) = (vec![0; head.len()], vec![0; head.len()]);
    let mut long = 0;
    let mut told = Vec::with_capacity(rows.len());
    for row in rows {
        let cells = cells_of(row);
        let span = span(row, cells);
        let sizes: Vec<Size> = cells.iter().map(Size::of).collect();
        long += sizes.iter().map(|size| size.first + size.note).sum::<usize>();
        let is_group = text(row, "class") == Some("group");
        for (place, size) in sizes.iter().enumerate().take(head.len()) {
            if is_group || (span > 1 && place < span) {
                continue;
            }
            for (line, word) in [(size.first, size.first_word), (size.note, size.note_word)] {
                sums[place] += line;
                squares[place] += line * line;
                wanted[place] = wanted[place].max(line as f64);
                // A short line among figures is read at a glance: `on time`, `14.20 EUR`.
                let is_figure = line <= SMALL_LINE && numeric.get(place) == Some(&Value::Bool(true));
                let word = if size.stays_whole || is_figure { line } else { word };
                if word as f64 > needed[place] {
                    needed[place] = word.min(LONGEST_WORD) as f64;
                }
            }
        }
        told.push(json!({
            "span": span,
            "cells": sizes.iter().map(|size| json!({"first": size.first, "all": size.first + size.note})).collect::<Vec<_>>(),
        }));
    }
    let usual: Vec<f64> = sums
        .iter()
        .zip(&squares)
        .map(|(sum, square)| if *sum == 0 { 0.0 } else { *square as f64 / *sum as f64 })
        .collect();
    json!({"wanted": wanted, "needed": needed, "usual": usual, "long": long, "rows": told})
}

/// The cells of a row, which is their list where it was frozen.
fn cells_of(row: &Value) -> &[Value] {
    let cells = row.get("cells").unwrap_or(row);
    cells.as_array().map_or(&[], Vec::as_slice)
}

/// How many columns the first cell of a row takes: a part of the row above it and a sum run on over the empty cells beside them.
fn span(row: &Value, cells: &[Value]) -> usize {
    let is_part =
        cells.first().and_then(|cell| text(cell, "class")).is_some_and(|class| class.starts_with("indent-"));
    if !is_part && text(row, "class") != Some("total") {
        return 1;
    }
    1 + cells.iter().skip(1).take_while(|cell| is_blank(cell)).count()
}

/// Whether a cell shows nothing at all.
fn is_blank(cell: &Value) -> bool {
    let is_there = |key: &str| cell.get(key).is_some_and(|value| !value.is_null());
    match cell {
        Value::Null => true,
        Value::Object(_) => {
            !["status", "text", "prose", "note"].into_iter().any(is_there) && !has_drawing(cell)
        }
        _ => false,
    }
}

fn has_drawing(cell: &Value) -> bool {
    cell.get("drawings").and_then(Value::as_array).is_some_and(|drawings| !drawings.is_empty())
}

fn text<'a>(value: &'a Value, key: &str) -> Option<&'a str> {
    value.get(key)?.as_str()
}

fn letters(text: &str) -> usize {
    text.chars().count()
}

/// How much a cell says, in letters.
#[derive(Default)]
struct Size {
    /// Of its line, and of the longest word there.
    first: usize,
    first_word: usize,
    /// Of the note below it.
    note: usize,
    note_word: usize,
    /// Whether its line is never broken.
    stays_whole: bool,
}

impl Size {
    fn of(cell: &Value) -> Self {
        if let Some(text) = cell.as_str() {
            return Self { first: letters(text), first_word: longest_word(text), ..Self::default() };
        }
        let mut line = String::new();
        if let Some(word) = cell.get("status").and_then(|state| text(state, "word")) {
            line.push_str(word);
            line.push(' ');
        }
        let sign = if line.is_empty() { 0 } else { SIGN };
        // The sign stays with the first word of a state.
        let signed =
            line.split(' ').next().filter(|word| !word.is_empty()).map_or(0, |word| letters(word) + sign);
        line.push_str(text(cell, "text").unwrap_or_default());
        if let Some(tree) = cell.get("prose").and_then(|prose| prose.get("tree")) {
            add_words(tree, &mut line);
        }
        let n_past = cell.get("past").and_then(Value::as_array).map_or(0, Vec::len);
        let drawn = if has_drawing(cell) { SMALL_LINE } else { (n_past * SHAPE).div_ceil(2) };
        let note = text(cell, "note").unwrap_or_default();
        Self {
            first: letters(&line) + sign + drawn,
            first_word: longest_word(&line).max(if sign > 0 { signed } else { 0 }),
            note: letters(note),
            note_word: longest_word(note),
            stays_whole: n_past > 0 || matches!(text(cell, "class"), Some("nowrap" | "date")),
        }
    }
}

/// The letters of the longest word; one may be broken behind a stroke.
fn longest_word(text: &str) -> usize {
    text.split([' ', '/']).map(letters).max().unwrap_or_default()
}

/// Adds the words of the pieces of a line of prose.
fn add_words(tree: &Value, line: &mut String) {
    for node in tree.as_array().into_iter().flatten() {
        line.push_str(text(node, "text").unwrap_or_default());
        if let Some(inside) = node.get("inside") {
            add_words(inside, line);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn measured(table: &Value) -> Value {
        with_measures(json!({"parts": [{"table": table}]}))["parts"][0]["table"]["measures"].clone()
    }

    #[test]
    fn a_column_wants_its_longest_line_and_needs_its_longest_word() {
        let told = measured(&json!({
            "head": ["Task", "Days"],
            "rows": [
                {"cells": [{"text": "Twelve branches get switches", "note": "two of them late"}, "3"]},
                ["Wi-Fi", {"status": {"word": "Late"}, "text": null}],
            ],
        }));
        assert_eq!((&told["wanted"][0], &told["needed"][0]), (&json!(28.0), &json!(8.0)));
        // The sign of a state, as wide as four letters, stays with its first word.
        assert_eq!((&told["wanted"][1], &told["needed"][1]), (&json!(9.0), &json!(8.0)));
        // Lines of 28, 16 and 5 letters: (784 + 256 + 25) ÷ 49.
        assert_eq!(told["usual"][0], json!(1065.0 / 49.0));
        assert_eq!(told["rows"][0]["cells"][0], json!({"first": 28, "all": 44}));
        assert_eq!(told["long"], json!(44 + 1 + 5 + 9));
    }

    #[test]
    fn a_short_line_among_figures_is_not_broken() {
        let told = measured(&json!({
            "head": ["Task", "Slip"], "numeric": [false, true],
            "rows": [["on time", "on time"], ["on time", "twelve working days later"]],
        }));
        assert_eq!(told["needed"], json!([4.4, 7.0]));
    }

    #[test]
    fn a_sum_runs_on_over_empty_cells_and_asks_for_nothing() {
        let told = measured(&json!({
            "head": ["A", "B", "C"],
            "rows": [
                {"class": "total", "cells": ["All of the work together", null, {"text": "3"}]},
                {"class": "group", "cells": ["A heading over many columns"]},
                {"cells": [{"text": "x", "class": "indent-1"}, {"text": null, "drawings": []}, "1"]},
            ],
        }));
        assert_eq!((&told["rows"][0]["span"], &told["rows"][2]["span"]), (&json!(2), &json!(2)));
        assert_eq!(told["wanted"], json!([1.08, 1.08, 1.08]));
    }

    #[test]
    fn a_strip_of_states_stays_in_one_line() {
        let past: Vec<Value> = (0..7).map(|_| json!({"class": "green", "word": "Green"})).collect();
        let told = measured(&json!({
            "head": ["A"], "rows": [{"cells": [{"status": {"word": "Amber"}, "past": past}]}],
        }));
        // `Amber ` is 6 letters, its sign 4, the shapes 18.
        assert_eq!((&told["wanted"][0], &told["needed"][0]), (&json!(28.0), &json!(28.0)));
    }

    #[test]
    fn what_must_not_be_broken_needs_its_whole_line_and_a_long_word_is_broken() {
        let told = measured(&json!({
            "head": ["A", "B"],
            "rows": [{"cells": [{"text": "20 Nov 2026", "class": "date"}, "x".repeat(50)]}],
        }));
        assert_eq!((&told["needed"][0], &told["needed"][1]), (&json!(11.0), &json!(36.0)));
    }
}
