//! A frozen record is older than the program that shows it: whatever it does not know yet, the page and the paper are made.

use std::collections::{BTreeMap, BTreeSet};

use milepost::document::decided::shown;
use milepost::model::{FrozenGate, Wording};
use milepost::site;
use milepost::theme::Theme;
use serde_json::Value;

use crate::sample::report;

/// The way to a part of frozen words: names of parts, and `*` for every item of a list.
type Way = Vec<String>;

/// The ways to all parts by name, each once.
fn ways(words: &Wording, at: &Way, all: &mut BTreeSet<Way>) {
    match words {
        Wording::Words(_) | Wording::Is(_) => {}
        Wording::List(items) => {
            items.iter().for_each(|item| ways(item, &[at.as_slice(), &["*".to_owned()]].concat(), all));
        }
        Wording::Parts(parts) => {
            for (name, part) in parts {
                let here = [at.as_slice(), std::slice::from_ref(name)].concat();
                ways(part, &here, all);
                all.insert(here);
            }
        }
    }
}

/// The same words without what lies at the end of a way.
fn without(words: &Wording, way: &[String]) -> Wording {
    let Some((first, rest)) = way.split_first() else { return words.clone() };
    match words {
        Wording::Words(_) | Wording::Is(_) => words.clone(),
        Wording::List(items) if first == "*" => {
            Wording::List(items.iter().map(|item| without(item, rest)).collect())
        }
        Wording::List(_) => words.clone(),
        Wording::Parts(parts) => {
            let kept = parts.iter().filter(|(name, _)| !(rest.is_empty() && name == first));
            let kept = kept.map(|(name, part)| {
                (name.clone(), if name == first { without(part, rest) } else { part.clone() })
            });
            Wording::Parts(kept.collect())
        }
    }
}

/// Whether a way is another one's double: all sections have the same parts, so what lies deep in one is looked for in the first
/// that has it.
fn is_first_of_its_kind(way: &Way, known: &mut BTreeSet<Way>) -> bool {
    let mut kind = way.clone();
    if kind.len() > 2 && kind[0] == "parts" {
        "section".clone_into(&mut kind[1]);
    }
    known.insert(kind)
}

/// Every record that lacks one part of a frozen one, with the name of what it lacks.
fn records_that_lack_one(frozen: &FrozenGate, known: &mut BTreeSet<Way>) -> Vec<(String, FrozenGate)> {
    let mut lacking = Vec::new();
    let (mut of_content, mut of_terms) = (BTreeSet::new(), BTreeSet::new());
    ways(&frozen.content, &Way::new(), &mut of_content);
    ways(&frozen.terms, &Way::new(), &mut of_terms);
    for way in of_content.into_iter().filter(|way| is_first_of_its_kind(way, known)) {
        let content = without(&frozen.content, &way);
        assert_ne!(content, frozen.content, "{way:?}");
        lacking.push((format!("content.{}", way.join(".")), FrozenGate { content, ..frozen.clone() }));
    }
    let mut way_of_terms = |way: &Way| known.insert([&["terms".to_owned()], way.as_slice()].concat());
    for way in of_terms.into_iter().filter(|way| way_of_terms(way)) {
        let terms = without(&frozen.terms, &way);
        lacking.push((format!("terms.{}", way.join(".")), FrozenGate { terms, ..frozen.clone() }));
    }
    lacking
}

/// A view of files that have nothing like what was frozen: every list is empty.
fn hollow(view: &Value) -> Value {
    match view {
        Value::Array(_) => Value::Array(Vec::new()),
        Value::Object(map) => {
            Value::Object(map.iter().map(|(key, value)| (key.clone(), hollow(value))).collect())
        }
        plain => plain.clone(),
    }
}

/// What the page of a frozen document is given, where its record lacks a part: over the view of today, and over one that has
/// nothing like it.
fn frames(frozen: &FrozenGate, frame: &Value, known: &mut BTreeSet<Way>) -> Vec<(String, Value)> {
    let mut all = Vec::new();
    for (name, record) in records_that_lack_one(frozen, known) {
        for (today, view) in [("", frame["view"].clone()), (", files emptied", hollow(&frame["view"]))] {
            let mut frame = frame.clone();
            frame["view"] = shown(view, &record);
            all.push((format!("{name}{today}"), frame));
        }
    }
    all
}

/// The frozen documents of the sample, each with its template and what its page is given; of each gate the first.
fn frozen_documents() -> Vec<(&'static FrozenGate, String, milepost::paper::Printed)> {
    let documents: BTreeMap<String, milepost::paper::Printed> = site::documents(report(), |_| true)
        .into_iter()
        .map(|(address, printed)| (address.path().to_owned(), printed))
        .collect();
    let mut known = BTreeSet::new();
    let mut all = Vec::new();
    for project in &report().projects {
        for frozen in &project.project.frozen_gates {
            let path = format!("{}/gates/{}.html", project.project.folder, frozen.gate);
            if let Some(printed) = documents.get(&path).filter(|_| known.insert(frozen.gate)) {
                all.push((frozen, path, printed.clone()));
            }
        }
    }
    assert!(all.len() >= 4, "the sample has frozen documents of several gates");
    all
}

#[test]
fn a_record_that_lacks_a_part_is_shown_all_the_same() {
    let theme = Theme::load(&BTreeMap::new()).unwrap();
    let mut broken = BTreeMap::new();
    let mut known = BTreeSet::new();
    for (frozen, path, printed) in frozen_documents() {
        for (name, frame) in frames(frozen, &printed.frame, &mut known) {
            if let Err(error) = theme.render(&printed.template, &frame) {
                broken.entry(format!("{} without {name}", frozen.gate)).or_insert(format!("{path}: {error}"));
            }
        }
    }
    assert!(broken.is_empty(), "{broken:#?}");
}

#[cfg(feature = "pdf")]
#[test]
fn a_record_that_lacks_a_part_is_printed_all_the_same() {
    use milepost::paper::{Printed, Sheet, said};

    let theme = Theme::load(&BTreeMap::new()).unwrap();
    let mut broken = BTreeMap::new();
    // What lies in lists of sections is of the same kinds in every gate: the shortest document has them, too.
    let shortest =
        frozen_documents().into_iter().min_by_key(|(_, _, printed)| printed.frame.to_string().len());
    let (frozen, path, printed) = shortest.unwrap();
    for (name, frame) in frames(frozen, &printed.frame, &mut BTreeSet::new()) {
        let lacking = Printed { frame, ..printed.clone() };
        if let Err(error) = said(&theme, &lacking, Sheet::A4) {
            broken.insert(name, format!("{path}: {error}"));
        }
    }
    assert!(broken.is_empty(), "{broken:#?}");
}
