//! The house keeps its own rules: registries complete, rules documented and tested, references fresh.

use std::collections::BTreeSet;
use std::path::Path;

use milepost::diagnostic::Places as _;

#[test]
fn every_rule_has_one_code_one_name_and_a_page() {
    let mut codes = BTreeSet::new();
    let mut names = BTreeSet::new();
    for rule in milepost::rules::all() {
        assert!(codes.insert(&rule.code[1..]), "{} stands twice", rule.code);
        assert!(names.insert(rule.name), "{} stands twice", rule.name);
        let letter = match rule.severity {
            milepost::diagnostic::Severity::Error => 'E',
            milepost::diagnostic::Severity::Warning => 'W',
            milepost::diagnostic::Severity::Info => 'I',
        };
        assert!(rule.code.starts_with(letter), "{}: the letter is not its severity", rule.code);
        let version =
            |text: &str| text.split('.').map(|part| part.parse::<u32>().unwrap()).collect::<Vec<_>>();
        assert!(
            version(rule.since) <= version(env!("CARGO_PKG_VERSION")),
            "{}: a version that is not out",
            rule.code
        );
        assert!(rule.doc.len() > 80, "{} {}: its page says too little", rule.code, rule.name);
    }
}

/// The catalogue of findings that a plan must be able to give, by family; letters are severities.
const CATALOGUE: &str = "\
    E101 E102 E103 E104 E105 W106 W107 W108 W109 \
    W201 W202 W203 W204 W205 W206 W207 W208 W209 W210 W211 W212 W213 \
    W301 E302 W303 W304 W305 W306 I307 W308 \
    E401 E402 E403 W404 W405 W406 W407 W408 W409 W410 W411 W412 \
    W501 W502 W503 W504 W505 W506 W507 W508 E509 W510 W511 \
    W601 W602 W603 W604 W605 E606 W607 W608 W609 \
    E701 W702";

#[test]
fn the_catalogue_is_whole() {
    let known: BTreeSet<&str> = milepost::rules::all().into_iter().map(|rule| rule.code).collect();
    let missing: Vec<&str> = CATALOGUE.split_whitespace().filter(|code| !known.contains(code)).collect();
    assert!(missing.is_empty(), "no rule has the code {missing:?}");
}

/// A rule of the room `check` has a corpus file of its name, with a case in which it fires and one in which it is silent.
#[test]
fn every_check_has_a_firing_and_a_silent_case() {
    let files = crate::corpus::files();
    let mut missing = Vec::new();
    let checks = milepost::check::CHECKS.iter().chain(milepost::check::CHECKS_OF_DECIDED_GATES);
    let looked_for = checks.map(|check| check.rule);
    for rule in looked_for.chain(milepost::check::RULES.iter().copied()) {
        let Some((_, text)) = files.iter().find(|(stem, _)| stem == rule.name) else {
            missing.push(format!("tests/suite/check/{}.md", rule.name));
            continue;
        };
        let cases: Vec<&str> = text.split("\n# ").collect();
        let is_firing = |case: &&&str| {
            case.contains(&format!("[{}]", rule.name)) || case.contains(&format!(" {}\n", rule.name))
        };
        if !cases.iter().any(|case| is_firing(&case)) {
            missing.push(format!("{}: no firing case", rule.name));
        }
        if cases.iter().all(|case| is_firing(&case)) {
            missing.push(format!("{}: no silent case", rule.name));
        }
    }
    assert!(missing.is_empty(), "{}", missing.join("\n"));
}

/// Every rule that a file can break is shown by at least one case of the corpus; what Markdown cannot carry, by one of
/// `bytes.rs`.
#[test]
fn every_rule_of_the_file_format_has_a_case() {
    let mut all: String = crate::corpus::files().into_iter().map(|(_, text)| text).collect();
    all += include_str!("bytes.rs");
    let rooms = [
        milepost::source::RULES,
        milepost::record::RULES,
        milepost::resolve::RULES,
        milepost::exchange::RULES,
    ];
    let missing: Vec<String> = rooms
        .into_iter()
        .flatten()
        .filter(|rule| !all.contains(rule.name) && !all.contains(rule.code))
        .map(|rule| format!("{} {}", rule.code, rule.name))
        .collect();
    assert!(missing.is_empty(), "no case in tests/suite for:\n{}", missing.join("\n"));
}

/// Each file of a registry's folder is in the registry: a forgotten line would be a silent loss.
#[test]
fn registries_are_complete() {
    for (folder, words) in [("check", "Check {"), ("chart", "&"), ("page", "&"), ("document", "&")] {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src").join(folder);
        let registry = std::fs::read_to_string(folder.join("mod.rs")).unwrap();
        for entry in std::fs::read_dir(&folder).unwrap() {
            let name = entry.unwrap().file_name().into_string().unwrap();
            let Some(stem) = name.strip_suffix(".rs").filter(|stem| *stem != "mod") else { continue };
            assert!(
                registry.contains(&format!("mod {stem};")),
                "{}: `mod {stem};` is missing",
                folder.display()
            );
            let text = std::fs::read_to_string(folder.join(&name)).unwrap();
            let is_entry = text.contains("pub(super) fn look(")
                || text.contains("impl Chart for")
                || text.contains("impl Page for")
                || text.contains("impl SitePage for")
                || text.contains("impl Document for");
            if is_entry {
                assert!(
                    registry.contains(&format!("{stem}::")),
                    "{}: `{stem}` is not registered ({words}{stem}::…)",
                    folder.display()
                );
            }
        }
    }
}

/// What `theme:` takes is what is built in.
#[test]
fn every_theme_can_be_named_in_the_portfolio() {
    let built_in: Vec<&str> = milepost::theme::EMBEDDED_THEMES.iter().map(|theme| theme.name).collect();
    assert_eq!(milepost::record::portfolio::ThemeName::WORDS, built_in);
}

/// `docs/rules.md` is written from the rules themselves.
#[test]
fn the_reference_of_rules_is_fresh() {
    let mut text = String::from(
        "# Rules\n\nEvery message that milepost can give, in the order of the codes' numbers. The letter is the severity: E error, \
         W warning, I\ninformation. `milepost explain CODE` prints the same text. A project lets a rule pass with a waiver in \
         `project.yaml`:\n\n```yaml\nwaive:\n  W205: {reason: Agreed with the supplier, by: helena, until: 2026-12-31}\n```\n\n\
         Faults of the files themselves (`E1…`, `E4…`) cannot be waived.\n",
    );
    for rule in milepost::rules::all() {
        text += &format!("\n## {} `{}`\n\n*{}.*\n\n{}\n", rule.code, rule.name, rule.title, rule.page());
    }
    hold_fresh("docs/rules.md", &text);
}

/// The examples of `docs/format.md` are together a project in which nothing is wrong.
#[test]
fn the_examples_of_the_format_are_sound() {
    let text = milepost::record::reference();
    let mut files: Vec<(String, String)> = Vec::new();
    for section in text.split("\n## `").skip(1) {
        let path = section.split('`').next().unwrap();
        let example = section.split("\n```").nth(1).unwrap().split_once('\n').unwrap().1;
        let home = match path {
            "portfolio.yaml" | "people.yaml" | "calendars/group.yaml" => "",
            _ => "projects/network/",
        };
        files.push((format!("{home}{path}"), format!("{example}\n")));
    }
    assert!(files.len() > 25, "the examples were not found");
    let folder = milepost::source::disk::Folder::from_memory(
        files.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect(),
    );
    let report = milepost::pipeline::compute(
        &folder,
        milepost::diagnostic::Diagnostics::default(),
        &milepost::pipeline::Options::default(),
    );
    let of_files = [milepost::source::RULES, milepost::record::RULES, milepost::resolve::RULES].concat();
    let is_fault = |found: &&milepost::diagnostic::Diagnostic| {
        found.severity == milepost::diagnostic::Severity::Error
            || of_files.iter().any(|rule| rule.code == found.rule.code)
    };
    let faults: Vec<String> = report
        .findings
        .iter()
        .filter(is_fault)
        .map(|found| {
            let place = found.span.map(|span| report.sources.path(span.file));
            format!("{}: {} {}", place.unwrap_or_default(), found.rule.code, found.message)
        })
        .collect();
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

/// `docs/format.md` is written from the doc comments of the records.
#[test]
fn the_reference_of_the_format_is_fresh() {
    hold_fresh("docs/format.md", &milepost::record::reference());
}

pub(crate) fn hold_fresh(path: &str, text: &str) {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
    if std::env::var("UPDATE").is_ok_and(|value| value == "1") {
        std::fs::create_dir_all(file.parent().unwrap()).unwrap();
        std::fs::write(&file, text).unwrap();
    } else {
        let committed = std::fs::read_to_string(&file).unwrap_or_default();
        assert!(committed == text, "{path} is stale: UPDATE=1 cargo test house");
    }
}
