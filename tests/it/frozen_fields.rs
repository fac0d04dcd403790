//! A frozen record may be older than the program that shows it: its page is made all the same.

use std::collections::{BTreeMap, BTreeSet};

use milepost::document::decided::shown;
use milepost::model::frozen_shape::{CONTENT, TERMS, misfit};
use milepost::model::{FrozenGate, Wording};
use milepost::site;
use milepost::theme::Theme;

use crate::frozen_records::{branch_network, read, write};
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
        let older = FrozenGate { terms: without(&frozen.terms, "readiness"), ..frozen.clone() };
        assert_ne!(older.terms, frozen.terms, "{address}");
        for record in [frozen, &older] {
            let mut frame = printed.frame.clone();
            frame["view"] = shown(printed.frame["view"].clone(), record);
            theme.render(&printed.template, &frame).unwrap_or_else(|error| panic!("{address}: {error}"));
            n_shown += 1;
        }
    }
    assert!(n_shown >= 8, "{n_shown}");
}

/// A change to a tree at a place, and what it was.
type Broken = (String, Wording);

/// What a place is replaced by: nothing at all, and something of every kind.
fn replacements() -> Vec<(&'static str, Option<Wording>)> {
    let words = || Wording::Words("x".to_owned());
    vec![
        ("left out", None),
        ("words", Some(words())),
        ("yes", Some(Wording::Is(true))),
        ("empty", Some(Wording::List(Vec::new()))),
        ("a list", Some(Wording::List(vec![words()]))),
        ("fields", Some(Wording::Parts(vec![("x".to_owned(), words())]))),
    ]
}

/// The tree with each place left out and replaced in turn; of places that are alike (all rows, all sections) only the first in all.
fn broken(tree: &Wording, known: &mut BTreeSet<String>) -> Vec<Broken> {
    fn places(
        tree: &Wording,
        at: &str,
        way: &[usize],
        known: &mut BTreeSet<String>,
        found: &mut Vec<(String, Vec<usize>)>,
    ) {
        let inside: Vec<(String, &Wording)> = match tree {
            Wording::Words(_) | Wording::Is(_) => Vec::new(),
            Wording::List(items) => items.iter().map(|item| (format!("{at}[]"), item)).collect(),
            Wording::Parts(parts) if at == "parts" => {
                parts.iter().map(|(_, part)| (format!("{at}.*"), part)).collect()
            }
            Wording::Parts(parts) => parts
                .iter()
                .map(|(name, part)| (format!("{at}.{name}").trim_start_matches('.').to_owned(), part))
                .collect(),
        };
        for (place, (name, part)) in inside.into_iter().enumerate() {
            let way = [way, &[place]].concat();
            if known.insert(name.clone()) {
                found.push((name.clone(), way.clone()));
            }
            places(part, &name, &way, known, found);
        }
    }
    fn with(tree: &Wording, way: &[usize], by: Option<&Wording>) -> Wording {
        let (place, rest) = way.split_first().unwrap();
        let inside = |part: &Wording| if rest.is_empty() { by.cloned() } else { Some(with(part, rest, by)) };
        match tree {
            Wording::List(items) => Wording::List(
                items
                    .iter()
                    .enumerate()
                    .filter_map(|(at, item)| if at == *place { inside(item) } else { Some(item.clone()) })
                    .collect(),
            ),
            Wording::Parts(parts) => Wording::Parts(
                parts
                    .iter()
                    .enumerate()
                    .filter_map(|(at, (name, part))| {
                        Some((name.clone(), if at == *place { inside(part)? } else { part.clone() }))
                    })
                    .collect(),
            ),
            other => other.clone(),
        }
    }
    let mut found = Vec::new();
    places(tree, "", &[], known, &mut found);
    found
        .iter()
        .flat_map(|(name, way)| {
            replacements()
                .into_iter()
                .map(move |(what, by)| (format!("{name} {what}"), with(tree, way, by.as_ref())))
        })
        .collect()
}

#[test]
fn every_field_of_a_record_may_be_missing_or_of_another_kind() {
    let theme = Theme::load(&BTreeMap::new()).unwrap();
    let mut known = [BTreeSet::new(), BTreeSet::new()];
    let (mut n_shown, mut n_told) = (0, 0);
    for (address, printed) in site::documents(report(), |_| true) {
        let frozen = report().projects.iter().find_map(|project| {
            let folder = &project.project.folder;
            let mut all = project.project.frozen_gates.iter();
            all.find(|frozen| address.path() == format!("{folder}/gates/{}.html", frozen.gate))
        });
        let Some(frozen) = frozen else { continue };
        for (form, is_terms) in [(&CONTENT, false), (&TERMS, true)] {
            let tree = if is_terms { &frozen.terms } else { &frozen.content };
            assert_eq!(misfit(tree, form), None, "{address}");
            let known = &mut known[usize::from(is_terms)];
            for (what, tree) in broken(tree, known) {
                // What does not fit is told and not shown.
                if misfit(&tree, form).is_some() {
                    n_told += 1;
                    continue;
                }
                let record = if is_terms {
                    FrozenGate { terms: tree, ..frozen.clone() }
                } else {
                    FrozenGate { content: tree, ..frozen.clone() }
                };
                let mut frame = printed.frame.clone();
                frame["view"] = shown(printed.frame["view"].clone(), &record);
                let page = theme
                    .render(&printed.template, &frame)
                    .unwrap_or_else(|error| panic!("{address}, {what}: {error}"));
                assert!(!page.contains("[object]"), "{address}, {what}");
                n_shown += 1;
            }
        }
    }
    assert!(n_shown > 200 && n_told > 200, "{n_shown} shown, {n_told} told");
}

#[test]
fn a_record_without_a_field_is_told_with_its_line_and_the_site_is_made() {
    const FROZEN: &str = "gates/frozen/G2-2026-09-21.yaml";
    let theme = Theme::load(&BTreeMap::new()).unwrap();
    let original = std::fs::read_to_string(branch_network().path().join(FROZEN)).unwrap();
    let heads: Vec<&str> = original
        .lines()
        .filter(|line| line.starts_with(|first: char| first.is_ascii_lowercase()))
        .filter_map(|line| line.split(':').next())
        .collect();
    assert!(heads.len() >= 9, "{heads:?}");
    for head in heads {
        for value in [None, Some(" [x]"), Some(" {x: y}")] {
            let scratch = branch_network();
            write(scratch.path(), FROZEN, &with_field(&original, head, value));
            let report = read(scratch.path());
            for (address, printed) in site::documents(&report, |address| address.path().contains("/gates/G2"))
            {
                theme
                    .render(&printed.template, &printed.frame)
                    .unwrap_or_else(|error| panic!("{address}, {head} {value:?}: {error}"));
            }
        }
    }
    let scratch = branch_network();
    let row = original.lines().position(|line| line.contains("criterion: A baseline is frozen")).unwrap();
    let lines: Vec<String> = original
        .lines()
        .enumerate()
        .map(|(at, line)| if at == row { line.replace("answer: \"yes\", ", "") } else { line.to_owned() })
        .collect();
    assert_ne!(lines.join("\n"), original.trim_end());
    write(scratch.path(), FROZEN, &lines.join("\n"));
    let report = read(scratch.path());
    let found: Vec<_> = report.findings.iter().filter(|found| found.rule.code == "E697").collect();
    assert_eq!(found.len(), 1);
    assert!(
        found[0].message.contains("answer` of a frozen gate document is missing"),
        "{}",
        found[0].message
    );
    let (path, line) = milepost::report::path_and_line(&report.sources, found[0].span.unwrap());
    assert!(path.ends_with(FROZEN) && line == row + 1, "{path}:{line}, not {}", row + 1);
}

/// A record in which a field at its top has another value; none leaves the field out.
fn with_field(record: &str, head: &str, value: Option<&str>) -> String {
    let mut text = String::new();
    let mut is_inside = false;
    for line in record.lines() {
        let is_top = line.starts_with(|first: char| !first.is_whitespace() && first != '#');
        if is_top {
            is_inside = line.split(':').next() == Some(head);
            if let (true, Some(value)) = (is_inside, value) {
                text.push_str(&format!("{head}:{value}\n"));
            }
        }
        if !is_inside {
            text.push_str(line);
            text.push('\n');
        }
    }
    text
}
