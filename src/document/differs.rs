//! What differs between frozen words and the view of today, figure by figure and sentence by sentence.

use serde_json::{Map, Value};

use crate::document::wording::{
    aligned, content_of, is_content, key_of, keys_of, shown_words, text_of_html, with_prose_as_text, words_of,
};

/// A place at which a document says something else today.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Differs {
    /// Where in the document.
    pub place: String,
    /// What was frozen; none where it was not there.
    pub then: Option<String>,
    /// What is said today; none where nothing is.
    pub now: Option<String>,
    /// Where today's figure is explained or was typed, as its view links there.
    pub explained: Option<String>,
}

/// All differences between frozen content and a view of today, in the order of the document.
#[must_use]
pub fn differs(frozen: &Value, now: &Value) -> Vec<Differs> {
    let mut walk = Walk { found: Vec::new() };
    walk.compare(&[], "", (Some(frozen), Some(&with_prose_as_text(now))));
    walk.found
}

/// What readers call a part of a view; none for parts that have no name of their own.
fn name_of(key: &str) -> Option<&'static str> {
    Some(match key {
        "title" => "Title",
        "project" => "Name of the project",
        "as_of" => "Day of the figures",
        "question" => "Question",
        "ask" => "Ask",
        "waits" => "Not yet",
        "recommendation" => "Recommendation",
        "confidence" => "Delivery confidence",
        "forecast" => "Forecast",
        "scorecard" => "On one page",
        "rules" => "Rules behind the colours",
        "since" => "Since the gate before",
        "checklist" => "Checklist",
        "summary" => "Summary",
        "answer" => "answer",
        "evidence" => "evidence",
        "comment" => "remark",
        "owner" => "owner",
        "due" => "due",
        "urgency" => "urgency",
        "conditions" => "Conditions",
        "signatures" => "Signatures",
        "decision" => "decision",
        "date" => "date",
        "name" => "name",
        _ => return None,
    })
}

type Sides<'a> = (Option<&'a Value>, Option<&'a Value>);

struct Walk {
    found: Vec<Differs>,
}

impl Walk {
    fn compare(&mut self, at: &[String], key: &str, (then, now): Sides<'_>) {
        let words = |side: Option<&Value>| side.map(words_of).unwrap_or_default();
        if words(then) == words(now) {
            return;
        }
        match (then, now) {
            (Some(Value::Object(then)), Some(Value::Object(now))) if is_table(then) && is_table(now) => {
                self.tables(at, then, now);
            }
            (Some(Value::Object(then)), Some(Value::Object(now))) if !is_leaf(now) && !is_leaf(then) => {
                self.maps(at, then, now);
            }
            (Some(Value::Array(then)), Some(Value::Array(now))) => self.lists(at, key, then, now),
            _ if key == "prose" => self.sentences(at, then, now),
            _ => self.say(at, (then, now)),
        }
    }

    fn maps(&mut self, at: &[String], then: &Map<String, Value>, now: &Map<String, Value>) {
        // A section or a chart is called by its title, which then is not a difference of its own unless it changed.
        let title = now.get("title").or(then.get("title")).map(shown_words).filter(|words| !words.is_empty());
        let is_top = now.contains_key("checklist");
        let own: Vec<String> = match title.filter(|_| !is_top) {
            Some(title) if at.last() != Some(&title) => [at, &[title]].concat(),
            _ => at.to_vec(),
        };
        let all: Map<String, Value> =
            now.iter().chain(then).map(|(key, _)| (key.clone(), Value::Null)).collect();
        for key in keys_of(&all).into_iter().filter(|key| is_content(key)) {
            let inside = match name_of(key).filter(|_| key != "title" || is_top) {
                Some(name) => [own.as_slice(), &[name.to_owned()]].concat(),
                None => own.clone(),
            };
            self.compare(&inside, key, (then.get(key), now.get(key)));
        }
    }

    fn tables(&mut self, at: &[String], then: &Map<String, Value>, now: &Map<String, Value>) {
        let caption = now.get("caption").map(shown_words).filter(|words| !words.is_empty());
        let at: Vec<String> = match caption.filter(|caption| at.last() != Some(caption)) {
            Some(caption) => [at, &[caption]].concat(),
            None => at.to_vec(),
        };
        let titles = |side: &Map<String, Value>| -> Vec<String> {
            let head = side.get("head").and_then(Value::as_array);
            head.map(|head| head.iter().map(shown_words).collect()).unwrap_or_default()
        };
        let head = titles(now);
        let rows = |side: &Map<String, Value>| {
            side.get("rows").and_then(Value::as_array).cloned().unwrap_or_default()
        };
        let (before, after) = (rows(then), rows(now));
        let was_head = titles(then);
        let has_other_columns = was_head != head;
        if has_other_columns {
            self.say(&at, (then.get("head"), now.get("head")));
        }
        for (was, is) in aligned(&before, &after) {
            let (was, is) = (was.and_then(|place| before.get(place)), is.and_then(|place| after.get(place)));
            let row: Vec<String> = [at.as_slice(), &[is.or(was).map(key_of).unwrap_or_default()]].concat();
            let (Some(was), Some(is)) = (was.and_then(cells_of), is.and_then(cells_of)) else {
                self.say(&at, (was, is));
                continue;
            };
            if has_other_columns {
                // What stands under a title that both tables have is compared, and nothing else.
                for (place, title) in head.iter().enumerate() {
                    let Some(before) = was_head.iter().position(|known| known == title && !known.is_empty())
                    else {
                        continue;
                    };
                    let inside = if place > 0 {
                        [row.as_slice(), std::slice::from_ref(title)].concat()
                    } else {
                        row.clone()
                    };
                    self.compare(&inside, "", (was.get(before), is.get(place)));
                }
                continue;
            }
            for place in 0..was.len().max(is.len()) {
                // An empty heading continues the one before it.
                let column = head.iter().take(place + 1).rev().find(|title| !title.is_empty());
                let inside = match column.filter(|_| place > 0) {
                    Some(column) => [row.as_slice(), std::slice::from_ref(column)].concat(),
                    None => row.clone(),
                };
                self.compare(&inside, "", (was.get(place), is.get(place)));
            }
        }
    }

    fn lists(&mut self, at: &[String], key: &str, then: &[Value], now: &[Value]) {
        for (was, is) in aligned(then, now) {
            let (was, is) = (was.and_then(|place| then.get(place)), is.and_then(|place| now.get(place)));
            let named = is.or(was).filter(|item| item.is_object()).map(key_of);
            let inside: Vec<String> = match named.filter(|name| at.last() != Some(name)) {
                Some(name) => [at, &[name]].concat(),
                None => at.to_vec(),
            };
            self.compare(&inside, key, (was, is));
        }
    }

    /// Of an author's text only the sentences that differ.
    fn sentences(&mut self, at: &[String], then: Option<&Value>, now: Option<&Value>) {
        let of = |side: Option<&Value>| -> Vec<Value> {
            let html = side.and_then(Value::as_str).unwrap_or_default();
            sentences(html).into_iter().map(Value::String).collect()
        };
        let (before, after) = (of(then), of(now));
        let is_in = |sentence: &Value, all: &[Value]| all.contains(sentence);
        let gone: Vec<&Value> = before.iter().filter(|sentence| !is_in(sentence, &after)).collect();
        let come: Vec<&Value> = after.iter().filter(|sentence| !is_in(sentence, &before)).collect();
        if gone.is_empty() && come.is_empty() {
            self.say(at, (then, now));
            return;
        }
        for place in 0..gone.len().max(come.len()) {
            self.say(at, (gone.get(place).copied(), come.get(place).copied()));
        }
    }

    fn say(&mut self, at: &[String], (then, now): Sides<'_>) {
        let words = |side: Option<&Value>| {
            let text = match side? {
                // A fact is called by its label already.
                Value::Object(map) if map.contains_key("label") => {
                    let rest = map.iter().filter(|(key, _)| *key != "label");
                    shown_words(&content_of(&rest.map(|(key, value)| (key.clone(), value.clone())).collect()))
                }
                value => shown_words(&content_of(value)),
            };
            Some(text).filter(|text| !text.is_empty())
        };
        let explained = now.and_then(|now| now.get("explained")).and_then(Value::as_str).map(str::to_owned);
        self.found.push(Differs { place: at.join(" › "), then: words(then), now: words(now), explained });
    }
}

fn is_table(map: &Map<String, Value>) -> bool {
    map.contains_key("head") && map.contains_key("rows")
}

/// Says whether a value is one thing to a reader: a cell, a fact, a state.
fn is_leaf(map: &Map<String, Value>) -> bool {
    ["text", "html", "status", "word", "note", "label"].iter().any(|key| map.contains_key(*key))
}

fn cells_of(row: &Value) -> Option<Vec<Value>> {
    match row {
        Value::Array(cells) => Some(cells.clone()),
        Value::Object(map) => map.get("cells").and_then(Value::as_array).cloned(),
        _ => None,
    }
}

/// The sentences of harmless HTML, block by block.
fn sentences(html: &str) -> Vec<String> {
    let blocks = html.split_inclusive("</p>").flat_map(|part| part.split_inclusive("</li>"));
    let blocks = blocks.flat_map(|part| part.split_inclusive("</h3>"));
    let mut sentences = Vec::new();
    for text in blocks.map(text_of_html) {
        let mut rest = text.as_str();
        while let Some(end) = [". ", "? ", "! "].iter().filter_map(|mark| rest.find(mark)).min() {
            let (sentence, behind) = rest.split_at(end + 1);
            sentences.push(sentence.trim().to_owned());
            rest = behind;
        }
        sentences.push(rest.trim().to_owned());
    }
    sentences.retain(|sentence| !sentence.is_empty());
    sentences
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[track_caller]
    fn check(then: &Value, now: &Value, expected: &[(&str, Option<&str>, Option<&str>)]) {
        let found = differs(&content_of(then), now);
        let said: Vec<_> =
            found.iter().map(|one| (one.place.as_str(), one.then.as_deref(), one.now.as_deref())).collect();
        assert_eq!(said, expected);
    }

    #[test]
    fn a_figure_of_a_table_is_named_by_section_row_and_column() {
        let view = |day: &str, n: &str| {
            json!({"parts": {"schedule": {"id": "s", "title": "Schedule", "lead": null, "tables": [{"title": "Milestones", "table":
                {"head": ["Milestone", "Baseline", "Forecast"], "numeric": [false, false, true], "rows": [
                    {"cells": [{"text": "Go-live"}, {"text": "1 Nov"}, {"text": day, "explained": "x#y"}]},
                    {"cells": [{"text": n}, {"text": "2 Nov"}, {"text": "2 Nov"}]}]}}]}}})
        };
        check(
            &view("3 Nov", "End"),
            &view("5 Nov", "Close"),
            &[
                ("Schedule › Milestones › Go-live › Forecast", Some("3 Nov"), Some("5 Nov")),
                ("Schedule › Milestones", Some("End 2 Nov 2 Nov"), None),
                ("Schedule › Milestones", None, Some("Close 2 Nov 2 Nov")),
            ],
        );
        let found = differs(&content_of(&view("3 Nov", "End")), &view("5 Nov", "End"));
        assert_eq!(found[0].explained.as_deref(), Some("x#y"));
    }

    #[test]
    fn of_tables_with_other_columns_those_that_both_have_are_compared() {
        let view = |head: [&str; 3], cells: [&str; 3]| {
            json!({"parts": {"load": {"id": "l", "title": "Load", "tables": [{"title": "By month", "table":
                {"head": head, "rows": [{"cells": cells.map(|text| json!({"text": text}))}]}}]}}})
        };
        check(
            &view(["Person", "Weeks", "Nov"], ["Tom", "4", "80 %"]),
            &view(["Person", "Nov", "Dec"], ["Tom", "90 %", "10 %"]),
            &[
                ("Load › By month", Some("Person Weeks Nov"), Some("Person Nov Dec")),
                ("Load › By month › Tom › Nov", Some("80 %"), Some("90 %")),
            ],
        );
    }

    #[test]
    fn of_a_text_only_the_sentence_that_differs_is_named() {
        let view = |words: &str| json!({"parts": {"n": {"id": "n", "title": "In the project's words", "prose": [format!("<h3>Why</h3>\n<p>It ends in 2027. {words} So be it.</p>")]}}});
        check(
            &view("Nothing, else."),
            &view("Nothing else."),
            &[("In the project's words", Some("Nothing, else."), Some("Nothing else."))],
        );
    }

    #[test]
    fn facts_answers_and_the_ask_are_named_as_readers_call_them() {
        let view = |ask: &str, sum: &str, answer: &str| {
            json!({"opening": {"ask": ask}, "parts": {"b": {"id": "b", "title": "Budget", "facts": [{"label": "Budget at completion", "text": sum}]}},
                   "checklist": {"rows": [{"criterion": "Funding confirmed", "answer": answer, "computed": false}]}})
        };
        check(
            &view("Approve.", "10 EUR", "yes"),
            &view("Hold.", "11 EUR", "no"),
            &[
                ("Ask", Some("Approve."), Some("Hold.")),
                ("Budget › Budget at completion", Some("10 EUR"), Some("11 EUR")),
                ("Checklist › Funding confirmed › answer", Some("yes"), Some("no")),
            ],
        );
    }
}
