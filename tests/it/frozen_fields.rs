//! A frozen record may be older than the program that shows it, and than the files of today: its page is made all the same.

use std::collections::BTreeMap;

use milepost::document::decided::shown;
use milepost::model::{FrozenGate, Wording};
use milepost::site;
use milepost::theme::Theme;
use serde_json::Value;

use crate::sample::report;

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

/// The words without a part, wherever it stands.
fn without(words: &Wording, name: &str) -> Wording {
    match words {
        Wording::Words(_) | Wording::Is(_) => words.clone(),
        Wording::List(items) => Wording::List(items.iter().map(|item| without(item, name)).collect()),
        Wording::Parts(parts) => {
            let kept = parts.iter().filter(|(key, _)| key != name);
            Wording::Parts(kept.map(|(key, part)| (key.clone(), without(part, name))).collect())
        }
    }
}

#[test]
fn a_frozen_document_is_shown_without_readiness_and_without_its_like_in_the_files() {
    let theme = Theme::load(&BTreeMap::new()).unwrap();
    let documents = site::documents(report(), |_| true);
    let mut n_shown = 0;
    for (address, printed) in documents {
        let is_of = |folder: &str, frozen: &FrozenGate| {
            address.path() == format!("{folder}/gates/{}.html", frozen.gate)
        };
        let frozen = report().projects.iter().find_map(|project| {
            let folder = &project.project.folder;
            project.project.frozen_gates.iter().find(|frozen| is_of(folder, frozen))
        });
        let Some(frozen) = frozen else { continue };
        let older = FrozenGate { content: without(&frozen.content, "readiness"), ..frozen.clone() };
        assert_ne!(older.content, frozen.content, "{address}");
        for record in [frozen, &older] {
            for today in [printed.frame["view"].clone(), hollow(&printed.frame["view"])] {
                let mut frame = printed.frame.clone();
                frame["view"] = shown(today, record);
                theme.render(&printed.template, &frame).unwrap_or_else(|error| panic!("{address}: {error}"));
                n_shown += 1;
            }
        }
    }
    assert!(n_shown >= 16, "{n_shown}");
}
