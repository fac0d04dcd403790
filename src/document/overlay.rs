//! How frozen words are shown again: today's view with what was frozen in the place of what says something else now.
//!
//! Where both say the same, the view of today stands with its links and drawings; elsewhere the frozen words stand alone.

use serde_json::{Map, Value, json};

use crate::document::wording::{PROSE, aligned, harmless, text_of_html, value_of, words_of};
use crate::model::frozen_shape::{Form, Place};
use crate::prose::Node;

/// Parts of a view that were not frozen because they say nothing to a reader; they are taken from today's view.
const KEPT: &[&str] = &["id", "name", "anchor", "numeric", "changed"];

/// The remark in a section that a document did not have when it was frozen.
const NOT_THERE: &str = "This section was not part of the document that was decided.";

/// A view that says what was frozen, in the shape of the view of today.
#[must_use]
pub fn overlay(frozen: &Value, now: &Value) -> Value {
    if words_of(frozen) == words_of(now) {
        return now.clone();
    }
    match (frozen, now) {
        (Value::Object(frozen), Value::Object(now)) => Value::Object(map(frozen, now)),
        (Value::Array(frozen), Value::Array(now)) => Value::Array(list(frozen, now)),
        // A row of cells alone was frozen as the list of its cells.
        (Value::Array(cells), Value::Object(row)) => match row.get("cells") {
            Some(Value::Array(today)) => {
                let mut shown = row.clone();
                shown.insert("cells".to_owned(), Value::Array(list_in_place(cells, today)));
                Value::Object(shown)
            }
            _ => completed(&Value::Array(cells.clone()), None),
        },
        // An author's prose was frozen as its HTML.
        (Value::String(html), Value::Object(now)) if now.contains_key("html") => {
            json!({"html": harmless(html)})
        }
        _ => frozen.clone(),
    }
}

fn map(frozen: &Map<String, Value>, now: &Map<String, Value>) -> Map<String, Value> {
    let mut shown = Map::new();
    for (key, today) in now {
        let value = match frozen.get(key) {
            Some(then) => overlay(then, today),
            None if KEPT.contains(&key.as_str()) => today.clone(),
            None => emptied(today),
        };
        shown.insert(key.clone(), value);
    }
    for (key, then) in frozen {
        if !now.contains_key(key) {
            shown.insert(key.clone(), then.clone());
        }
    }
    shown
}

/// Gives authors' words that were frozen as HTML their tree again, for what is not HTML: the words without their form.
pub fn with_trees(view: &mut Value) {
    match view {
        Value::Object(map) => {
            let is_bare = map.get("tree").is_none_or(|tree| tree.as_array().is_none_or(Vec::is_empty));
            if is_bare && let Some(html) = map.get("html").and_then(Value::as_str) {
                let words = text_of_html(html);
                // What was a block stays one: on paper it stands apart.
                let node = if html.starts_with('<') && html.contains("</p>") {
                    Node::paragraph(&words)
                } else {
                    Node::words(words)
                };
                map.insert("tree".to_owned(), value_of(&vec![node]));
            }
            // A chart without its like today has neither a drawing nor an anchor.
            if map.contains_key("sentence") && map.contains_key("table") {
                map.entry("name").or_insert_with(|| json!(""));
                map.entry("svg").or_insert(Value::Null);
            }
            for (key, value) in map.iter_mut() {
                if PROSE.contains(&key.as_str()) {
                    as_prose(value);
                }
                with_trees(value);
            }
        }
        Value::Array(items) => items.iter_mut().for_each(with_trees),
        _ => {}
    }
}

/// Fills in what a frozen part leaves out and today's view has nothing like: an empty list where a list stands, else nothing. A
/// template asks for every field.
pub fn complete(view: &mut Value, form: &Form) {
    match (form, view) {
        (Form::Link, view @ Value::String(_)) => *view = json!({"text": view.take(), "href": null}),
        (Form::Link, Value::Object(map)) => {
            map.entry("href").or_insert(Value::Null);
        }
        (Form::List(of), Value::Array(items)) => items.iter_mut().for_each(|item| complete(item, of)),
        (Form::Each(of), Value::Object(map)) => map.iter_mut().for_each(|(_, part)| complete(part, of)),
        (Form::Parts(places), Value::Object(map)) => {
            for place in *places {
                let part = map.entry(place.name).or_insert(Value::Null);
                if part.is_null() {
                    *part = nothing_in(place);
                }
                complete(part, &place.form);
            }
        }
        (Form::Either(forms), view) => {
            let is_of = |form: &&Form| match form {
                Form::List(_) => view.is_array(),
                Form::Parts(_) | Form::Each(_) => view.is_object(),
                Form::Words | Form::Link | Form::Flag | Form::Either(_) => false,
            };
            if let Some(form) = forms.iter().find(is_of) {
                complete(view, form);
            }
        }
        _ => {}
    }
}

/// What stands where nothing was said.
fn nothing_in(place: &Place) -> Value {
    match place.form {
        Form::List(_) => Value::Array(Vec::new()),
        Form::Words if place.is_required => Value::String(String::new()),
        Form::Parts(_) | Form::Each(_) if place.is_required => Value::Object(Map::new()),
        _ => Value::Null,
    }
}

/// HTML alone as a piece of prose.
fn as_prose(value: &mut Value) {
    match value {
        Value::String(html) => *value = json!({"html": html}),
        Value::Array(items) => items.iter_mut().for_each(as_prose),
        _ => {}
    }
}

/// Items by what they are known by, so that each finds its own links again.
fn list(frozen: &[Value], now: &[Value]) -> Vec<Value> {
    let pairs = aligned(frozen, now).into_iter();
    pairs
        .filter_map(|(then, today)| {
            let then = frozen.get(then?)?;
            Some(match today.and_then(|at| now.get(at)) {
                Some(today) => overlay(then, today),
                None => completed(then, now.first()),
            })
        })
        .collect()
}

/// The cells of a row, each in its column.
fn list_in_place(frozen: &[Value], now: &[Value]) -> Vec<Value> {
    let shown = frozen.iter().enumerate().map(|(place, then)| match now.get(place) {
        Some(today) => overlay(then, today),
        None => then.clone(),
    });
    shown.collect()
}

/// A frozen item that has no counterpart today, with what its like has and it does not left empty.
fn completed(frozen: &Value, like: Option<&Value>) -> Value {
    match (frozen, like) {
        (Value::Object(frozen), Some(Value::Object(like))) => {
            let mut shown = frozen.clone();
            for (key, value) in like {
                if !shown.contains_key(key) {
                    shown.insert(key.clone(), emptied(value));
                }
            }
            Value::Object(shown)
        }
        (Value::String(html), Some(Value::Object(like))) if like.contains_key("html") => {
            json!({"html": harmless(html)})
        }
        _ => frozen.clone(),
    }
}

/// Nothing, in the shape of something. A whole section that was not there says so.
fn emptied(value: &Value) -> Value {
    match value {
        Value::Array(_) => Value::Array(Vec::new()),
        Value::Bool(_) => Value::Bool(false),
        Value::Object(section) if section.contains_key("id") && section.contains_key("missing") => {
            let mut shown: Map<String, Value> =
                section.iter().map(|(key, value)| (key.clone(), emptied(value))).collect();
            for key in ["id", "title"] {
                shown.insert(key.to_owned(), section.get(key).cloned().unwrap_or_default());
            }
            shown.insert("notes".to_owned(), Value::Array(vec![Value::String(NOT_THERE.to_owned())]));
            Value::Object(shown)
        }
        Value::String(_) | Value::Number(_) | Value::Object(_) | Value::Null => Value::Null,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::wording::content_of;

    #[test]
    fn frozen_words_have_a_tree_for_paper() {
        let mut view = json!({"lead": {"html": "Not <b>yet</b>"}, "said": {"html": "x", "tree": [{"kind": "code", "text": "x"}]}});
        with_trees(&mut view);
        assert_eq!(view["lead"]["tree"], json!([{"kind": "text", "text": "Not yet"}]));
        assert_eq!(view["said"]["tree"], json!([{"kind": "code", "text": "x"}]));
        // What has nothing like it today was left as it was frozen: its HTML.
        let mut view = json!({"prose": ["<b>Gone</b>"], "cells": [{"prose": "Gone", "note": "then"}], "notes": ["Gone"]});
        with_trees(&mut view);
        assert_eq!(view["prose"][0]["html"], json!("<b>Gone</b>"));
        for prose in [&view["prose"][0], &view["cells"][0]["prose"]] {
            assert_eq!(prose["tree"], json!([{"kind": "text", "text": "Gone"}]));
        }
        assert_eq!(view["notes"], json!(["Gone"]));
    }

    #[test]
    fn what_is_the_same_keeps_its_links_and_what_is_not_says_what_was_frozen() {
        let row = |name: &str, day: &str| json!({"cells": [{"text": name, "href": "a.html"}, {"text": day, "explained": "b.html#c", "note": null}], "id": null});
        let then = json!({"title": "T", "id": "t", "chart": {"title": "C", "svg": "<svg>old", "name": "c"}, "rows": [row("x", "1"), row("gone", "9"), row("y", "2")]});
        let now = json!({"title": "T", "id": "t", "chart": {"title": "D", "svg": "<svg>new", "name": "c"}, "rows": [row("y", "3"), row("x", "1"), row("new", "4")]});
        let shown = overlay(&content_of(&then), &now);
        assert_eq!(words_of(&shown), words_of(&then));
        assert_eq!(shown["rows"][0], row("x", "1"));
        assert_eq!(shown["rows"][1], json!(["gone", "9"]));
        assert_eq!(shown["rows"][2]["cells"][0]["href"], json!("a.html"));
        assert_eq!(shown["rows"][2]["cells"][1], json!("2"));
        assert_eq!(shown["chart"], json!({"title": "C", "svg": null, "name": "c"}));
    }

    #[test]
    fn a_section_of_a_later_edition_says_that_it_was_not_there() {
        let part = |title: &str| json!({"id": "p", "title": title, "lead": "L", "notes": [], "missing": []});
        let then = content_of(&json!({"one": part("One")}));
        let shown = overlay(&then, &json!({"one": part("One"), "two": part("Two")}));
        assert_eq!(shown["one"], part("One"));
        assert_eq!(shown["two"]["notes"], json!([NOT_THERE]));
        assert_eq!(shown["two"]["lead"], Value::Null);
    }
}
