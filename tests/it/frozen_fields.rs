//! A frozen record may be older than the program that shows it: its page is made all the same.

use std::collections::BTreeMap;

use milepost::document::decided::shown;
use milepost::model::{FrozenGate, Wording};
use milepost::site;
use milepost::theme::Theme;

use crate::sample::report;

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
fn a_frozen_document_of_an_earlier_program_without_readiness_is_shown() {
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
            let mut frame = printed.frame.clone();
            frame["view"] = shown(printed.frame["view"].clone(), record);
            theme.render(&printed.template, &frame).unwrap_or_else(|error| panic!("{address}: {error}"));
            n_shown += 1;
        }
    }
    assert!(n_shown >= 8, "{n_shown}");
}
