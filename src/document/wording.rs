//! What a document says, without how it looks and where it leads: the words and figures of its view.
//!
//! Comes in: a view as a value. Goes out: the same with presentation left out, in the shape in which it is frozen, digested
//! and compared. Not here: what differs, and how frozen words are shown again.

use serde::Serialize;
use serde_json::{Map, Value};

use crate::model::Wording;
use crate::page::view::PLACE;

/// Keys of a view that say how and where, not what. What git tells (`changed`) grows with the history and is not signed.
const NOT_CONTENT: &[&str] = &[
    "href",
    "class",
    "state_class",
    "id",
    "anchor",
    "svg",
    "name",
    "numeric",
    "place",
    "place_href",
    "rule_href",
    "explained",
    "sort",
    "spark",
    "changed",
    "tree",
];

fn is_place(map: &Map<String, Value>) -> bool {
    map.get("class").and_then(Value::as_str) == Some(PLACE)
}

/// Keys under which an author's prose stands; it is frozen as its HTML.
pub(super) const PROSE: &[&str] = &["prose", "lines", "recommendation"];

/// Says whether harmless HTML stands under a key.
fn holds_html(key: &str) -> bool {
    key == "html" || PROSE.contains(&key)
}

/// The order in which parts are read; those that are not named come after them, by name.
const READ_FIRST: &[&str] = &[
    "title",
    "project",
    "caption",
    "question",
    "label",
    "role",
    "criterion",
    "condition",
    "status",
    "word",
    "letter",
    "text",
    "html",
    "ask",
    "waits",
    "forecast",
    "recommendation",
    "lead",
    "opening",
    "since",
    "parts",
    "checklist",
    "prose",
    "facts",
    "lists",
    "head",
    "rows",
    "cells",
    "tables",
    "sentence",
    "table",
    "charts",
    "notes",
    "missing",
    "answer",
    "evidence",
];

/// The keys of a map in the order in which they are read, whatever order the map keeps them in.
#[must_use]
pub fn keys_of(map: &Map<String, Value>) -> Vec<&String> {
    let rank = |key: &str| READ_FIRST.iter().position(|first| *first == key).unwrap_or(READ_FIRST.len());
    let mut keys: Vec<&String> = map.keys().collect();
    keys.sort_by_cached_key(|key| (rank(key), key.as_str()));
    keys
}

/// Says whether what stands under a key is said to a reader.
#[must_use]
pub fn is_content(key: &str) -> bool {
    !NOT_CONTENT.contains(&key)
}

/// A view as a value.
///
/// # Panics
/// Never for a view of plain fields; a map with keys that are not text would be our bug.
#[must_use]
pub fn value_of<View: Serialize>(view: &View) -> Value {
    serde_json::to_value(view).expect("a view is plain data with text keys")
}

/// The content of a view: only what is said, nothing empty; a cell of words alone is its words, an
/// author's prose its HTML, a row of cells alone the list
/// of its cells. The state of a thing keeps its class, which is its colour in words. Content of content is the same again.
#[must_use]
pub fn content_of(view: &Value) -> Value {
    content_under("", view)
}

/// A view in which an author's prose is one text, its HTML, as it is frozen; everything else stays, links too.
#[must_use]
pub fn with_prose_as_text(view: &Value) -> Value {
    match view {
        Value::Object(map) => match (map.get("html"), map.get("tree")) {
            (Some(html), Some(_)) => html.clone(),
            _ => Value::Object(
                map.iter().map(|(key, value)| (key.clone(), with_prose_as_text(value))).collect(),
            ),
        },
        Value::Array(items) => Value::Array(items.iter().map(with_prose_as_text).collect()),
        other => other.clone(),
    }
}

fn content_under(key: &str, value: &Value) -> Value {
    match value {
        Value::String(text) if holds_html(key) => Value::String(harmless(text.trim())),
        Value::Number(number) => Value::String(number.to_string()),
        Value::Array(items) => Value::Array(items.iter().map(|item| content_under(key, item)).collect()),
        Value::Object(map) if is_place(map) => Value::String(String::new()),
        Value::Object(map) => {
            let is_state = map.contains_key("word");
            let mut kept = Map::new();
            for (key, value) in map {
                if is_content(key) || (is_state && key == "class") {
                    let value = content_under(key, value);
                    if !is_empty(&value) {
                        kept.insert(key.clone(), value);
                    }
                }
            }
            compact(kept)
        }
        other => other.clone(),
    }
}

fn is_empty(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::String(text) => text.is_empty(),
        Value::Array(items) => items.is_empty(),
        Value::Object(map) => map.is_empty(),
        _ => false,
    }
}

fn compact(mut map: Map<String, Value>) -> Value {
    if map.len() == 1 {
        if matches!(map.get("text"), Some(Value::String(_))) {
            return map.remove("text").unwrap_or_default();
        }
        if matches!(map.get("html"), Some(Value::String(_))) {
            return map.remove("html").unwrap_or_default();
        }
        if matches!(map.get("cells"), Some(Value::Array(_))) {
            return map.remove("cells").unwrap_or_default();
        }
    }
    Value::Object(map)
}

/// The words of a value, one a line, in order, as they are digested.
#[must_use]
pub fn words_of(value: &Value) -> String {
    let mut words = Vec::new();
    collect("", value, &mut words);
    words.iter().fold(String::new(), |mut all, word| {
        all.push_str(word);
        all.push('\n');
        all
    })
}

/// What a reader sees of a value, on one line; empty where it says nothing.
#[must_use]
pub fn shown_words(value: &Value) -> String {
    fn visible(key: &str, value: &Value, words: &mut Vec<String>) {
        match value {
            Value::Object(map) if is_place(map) => {}
            Value::Object(map) => {
                for key in keys_of(map).into_iter().filter(|key| is_content(key) && *key != "letter") {
                    visible(key, &map[key], words);
                }
            }
            Value::Array(items) => items.iter().for_each(|item| visible(key, item, words)),
            _ => collect(key, value, words),
        }
    }
    let mut words = Vec::new();
    visible("", value, &mut words);
    words.retain(|word| !word.is_empty());
    words.join(" ")
}

/// Says whether a text is HTML: it stands where HTML stands, or has the end of a tag in it.
fn is_html(key: &str, text: &str) -> bool {
    holds_html(key) || text.contains("</")
}

fn collect(key: &str, value: &Value, words: &mut Vec<String>) {
    match value {
        Value::Null => {}
        Value::Bool(_) | Value::Number(_) => words.push(value.to_string()),
        Value::String(text) if is_html(key, text) => words.push(text_of_html(text)),
        // Nothing is said by words that are not there.
        Value::String(text) if text.is_empty() => {}
        Value::String(text) => words.push(text.clone()),
        Value::Array(list) => list.iter().for_each(|entry| collect(key, entry, words)),
        Value::Object(map) if is_place(map) => {}
        Value::Object(map) => {
            for key in keys_of(map).into_iter().filter(|key| is_content(key)) {
                collect(key, &map[key], words);
            }
        }
    }
}

/// The text of harmless HTML: tags left out, the end of a block one space, the usual entities as the letters they stand for.
#[must_use]
pub fn text_of_html(html: &str) -> String {
    let (mut text, mut rest) = (String::new(), html);
    while let Some((before, after)) = rest.split_once('<') {
        text.push_str(before);
        let (tag, behind) = after.split_once('>').unwrap_or((after, ""));
        let name = tag.trim_start_matches('/').split([' ', '/']).next().unwrap_or_default();
        if !matches!(name, "a" | "em" | "strong" | "code" | "span" | "del" | "sup" | "sub") {
            text.push(' ');
        }
        rest = behind;
    }
    text.push_str(rest);
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    text.replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&#39;", "'")
        .replace("&amp;", "&")
}

/// Tags that prose is made of; they are kept bare.
const TAGS: &[&str] = &[
    "p",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "ul",
    "ol",
    "li",
    "strong",
    "em",
    "del",
    "code",
    "pre",
    "blockquote",
    "table",
    "thead",
    "tbody",
    "tr",
    "th",
    "td",
    "hr",
    "br",
    "sup",
    "sub",
];

/// HTML as it is frozen and shown again: the tags of prose without attributes, links to the world outside, and nothing else.
/// Links to other pages of the site would lead to what is there today. Whoever edits a frozen record gets no other HTML into a page
/// than an author gets with Markdown.
pub(super) fn harmless(html: &str) -> String {
    let (mut kept, mut rest) = (String::new(), html);
    // Links do not stand inside one another.
    let mut is_linked = false;
    while let Some((before, from)) = rest.split_once('<') {
        kept.push_str(before);
        let Some((tag, behind)) = from.split_once('>') else {
            kept.push_str("&lt;");
            rest = from;
            continue;
        };
        let (slash, inside) = match tag.strip_prefix('/') {
            Some(inside) => ("/", inside),
            None => ("", tag),
        };
        let name = inside.split([' ', '/']).next().unwrap_or_default();
        let address = || inside.split_once(" href=\"")?.1.split('"').next().filter(|address| is_far(address));
        match (name, slash) {
            ("a", "/") if is_linked => {
                kept.push_str("</a>");
                is_linked = false;
            }
            ("a", "") if !is_linked => {
                if let Some(address) = address() {
                    kept.push_str(&format!("<a href=\"{}\">", address.replace('<', "&lt;")));
                    is_linked = true;
                }
            }
            _ if TAGS.contains(&name) => kept.push_str(&format!("<{slash}{name}>")),
            _ => {}
        }
        rest = behind;
    }
    kept.push_str(rest);
    kept
}

/// Says whether an address leads out of the site, to the web or to a mailbox.
fn is_far(address: &str) -> bool {
    ["http://", "https://", "mailto:"].iter().any(|far| address.starts_with(far))
}

/// A value as it is frozen.
#[must_use]
pub fn wording_of(value: &Value) -> Wording {
    match value {
        Value::Bool(is) => Wording::Is(*is),
        Value::String(text) => Wording::Words(text.clone()),
        Value::Null => Wording::Words(String::new()),
        Value::Number(number) => Wording::Words(number.to_string()),
        Value::Array(items) => Wording::List(items.iter().map(wording_of).collect()),
        Value::Object(map) => {
            Wording::Parts(keys_of(map).into_iter().map(|key| (key.clone(), wording_of(&map[key]))).collect())
        }
    }
}

/// Frozen words as a value.
#[must_use]
pub fn value_of_wording(wording: &Wording) -> Value {
    match wording {
        Wording::Words(text) => Value::String(text.clone()),
        Wording::Is(is) => Value::Bool(*is),
        Wording::List(items) => Value::Array(items.iter().map(value_of_wording).collect()),
        Wording::Parts(parts) => {
            Value::Object(parts.iter().map(|(key, part)| (key.clone(), value_of_wording(part))).collect())
        }
    }
}

/// By what an item of a list is known among the others: the first cell of a row, the label of a fact, the title of a table;
/// words alone by themselves.
#[must_use]
pub fn key_of(item: &Value) -> String {
    let part = match item {
        Value::Array(cells) => cells.first(),
        Value::Object(map) => {
            if let Some(Value::Array(cells)) = map.get("cells") {
                cells.first()
            } else {
                let named = ["label", "criterion", "condition", "role", "title"];
                let own = named.iter().find_map(|key| map.get(*key).filter(|value| !is_empty(value)));
                // A table without a title is known by its headings.
                own.or_else(|| map.get("table")?.get("head"))
            }
        }
        _ => None,
    };
    shown_words(part.unwrap_or(item))
}

/// Which item of one list answers to which of another, in the order of the first, then what only the second has. Items of one
/// key answer to each other in order; what is left on both sides is taken for the same thing under another name, in order.
#[must_use]
pub fn aligned(one: &[Value], other: &[Value]) -> Vec<(Option<usize>, Option<usize>)> {
    let keys: Vec<String> = other.iter().map(key_of).collect();
    let mut is_taken = vec![false; other.len()];
    let mut pairs: Vec<(Option<usize>, Option<usize>)> = Vec::with_capacity(one.len());
    for (place, item) in one.iter().enumerate() {
        let key = key_of(item);
        let found = keys.iter().enumerate().position(|(at, known)| *known == key && !is_taken[at]);
        if let Some(found) = found {
            is_taken[found] = true;
        }
        pairs.push((Some(place), found));
    }
    let mut left = (0..other.len()).filter(|at| !is_taken[*at]).collect::<Vec<_>>().into_iter();
    let is_all_words = one.iter().chain(other).all(Value::is_string);
    for pair in pairs.iter_mut().filter(|(_, found)| found.is_none() && is_all_words) {
        pair.1 = left.next();
    }
    pairs.extend(left.map(|at| (None, Some(at))));
    pairs
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn content_is_what_is_said_and_its_content_is_the_same() {
        let view = json!({
            "title": "Time", "id": "time", "notes": [], "lead": null,
            "prose": ["<p>See <a href=\"raid.html#R1\">R1</a> and <a href=\"https://example.org\">more</a>.</p>\n"],
            "table": {"head": ["Gate", "Day"], "numeric": [false, true], "rows": [
                {"cells": [{"text": "G1", "href": "x.html"}, {"text": "12 Aug", "status": {"class": "green", "letter": "G", "word": "Met"}},
                    {"text": "plan.yaml:12", "class": "place"}, {"text": "ba7816bf8f01", "class": "mono"}], "class": "muted"}
            ]},
        });
        let content = content_of(&view);
        let expected = json!({
            "title": "Time",
            "prose": ["<p>See R1 and <a href=\"https://example.org\">more</a>.</p>"],
            "table": {"head": ["Gate", "Day"], "rows": [
                ["G1", {"text": "12 Aug", "status": {"class": "green", "letter": "G", "word": "Met"}}, "", "ba7816bf8f01"]
            ]},
        });
        assert_eq!(content, expected);
        assert_eq!(content_of(&content), content);
        assert_eq!(words_of(&content), words_of(&view));
        assert_eq!(value_of_wording(&wording_of(&content)), content);
    }

    #[test]
    fn nothing_but_prose_comes_out_of_a_frozen_record() {
        let planted = [
            ("<img src=x onerror=alert(1)>A", "A"),
            ("<p onclick=\"alert(1)\" class='x'>A</p>", "<p>A</p>"),
            ("<script>alert(1)</script><svg/onload=alert(1)>", "alert(1)"),
            (
                "<a href=\"javascript:alert(1)\">A</a> <a title=x href=\"https://a.org/?b=1&amp;c\" onclick=x>B</a>",
                "A <a href=\"https://a.org/?b=1&amp;c\">B</a>",
            ),
            (
                "<a href=\"https://a.org\"><a href=\"https://b.org\">A</a></a>",
                "<a href=\"https://a.org\">A</a>",
            ),
            ("A < B <img", "A &lt; B &lt;img"),
            ("<P>A<br/></P>", "A<br>"),
        ];
        for (html, kept) in planted {
            assert_eq!(content_of(&json!({"prose": [html]})), json!({"prose": [kept]}), "{html}");
            assert_eq!(content_of(&json!({"prose": [kept]})), json!({"prose": [kept]}), "{kept} again");
        }
        let planted = json!({"title": "A", "svg": "<svg onload=alert(1)>", "href": "javascript:alert(1)", "explained": "x"});
        assert_eq!(content_of(&planted), json!({"title": "A"}));
    }

    #[test]
    fn html_is_read_as_its_text() {
        assert_eq!(text_of_html("<p>A &amp; <em>b</em></p>\n<p>c &lt; d</p>"), "A & b c < d");
        assert_eq!(
            shown_words(&json!({"status": {"class": "red", "letter": "R", "word": "Late"}, "text": "3 d"})),
            "Late 3 d"
        );
    }

    #[test]
    fn rows_answer_to_each_other_by_their_first_cell() {
        let (then, now) = (json!([["a", "1"], ["b", "2"]]), json!([["b", "3"], ["c", "4"]]));
        let pairs = aligned(then.as_array().unwrap(), now.as_array().unwrap());
        assert_eq!(pairs, [(Some(0), None), (Some(1), Some(0)), (None, Some(1))]);
        let (then, now) = (json!(["Old.", "Same."]), json!(["New.", "Same."]));
        let pairs = aligned(then.as_array().unwrap(), now.as_array().unwrap());
        assert_eq!(pairs, [(Some(0), Some(0)), (Some(1), Some(1))]);
    }
}
