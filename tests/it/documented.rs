//! What the documents and the help promise, held against what the program does.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

fn milepost(arguments: &[&str], folder: &Path) -> Output {
    Command::new(env!("CARGO_BIN_EXE_milepost")).args(arguments).current_dir(folder).output().unwrap()
}

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn said(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

fn project(folder: &Path, plan: &str) {
    std::fs::create_dir_all(folder).unwrap();
    std::fs::write(folder.join("project.yaml"), "project: Demo\nstart: 2026-08-03\ncurrency: EUR\n").unwrap();
    std::fs::write(folder.join("plan.yaml"), plan).unwrap();
}

/// The lines without blanks of more than one.
fn squeezed(text: &str) -> Vec<String> {
    text.lines().map(|line| line.split_whitespace().collect::<Vec<_>>().join(" ")).collect()
}

#[test]
fn the_read_me_shows_what_is_printed() {
    let readme = std::fs::read_to_string(root().join("README.md")).unwrap();
    let blocks: Vec<&str> =
        readme.split("```").filter(|block| block.starts_with("text\n$ milepost ")).collect();
    assert_eq!(blocks.len(), 2, "a command with what it prints");
    for block in blocks {
        let mut lines = block.lines().skip(1);
        let command = lines.next().unwrap().strip_prefix("$ milepost ").unwrap();
        let output = milepost(&command.split(' ').collect::<Vec<_>>(), &root());
        let printed = squeezed(&said(&output.stdout));
        let mut rest = printed.iter();
        let shown = squeezed(&lines.collect::<Vec<_>>().join("\n"));
        for line in shown.iter().filter(|line| !line.is_empty() && *line != "…") {
            assert!(rest.any(|real| real == line), "{command}: no line `{line}` in\n{}", printed.join("\n"));
        }
    }
}

#[test]
fn a_manual_page_names_no_page_that_there_is_not() {
    for page in ["milepost", "gate", "baseline", "report", "theme"] {
        let printed = said(&milepost(&["man", page], &root()).stdout);
        assert!(!printed.is_empty() && !printed.contains("help(1)"), "{page}: {printed}");
    }
    let printed = said(&milepost(&["man", "gate"], &root()).stdout);
    assert!(printed.contains("gate\\-check(1)"), "{printed}");
}

#[test]
fn a_check_looks_at_the_theme_as_a_build_does() {
    let scratch = tempfile::tempdir().unwrap();
    project(scratch.path(), "execution:\n  build: {duration: 5d}\n");
    let templates = scratch.path().join("theme/templates");
    std::fs::create_dir_all(&templates).unwrap();
    let layout = |head: &str| {
        format!("{{% extends \"plain/layout.html\" %}}{{% block head %}}{head}{{% endblock head %}}")
    };
    std::fs::write(templates.join("layout.html"), layout("{{ no.such.thing }}")).unwrap();
    let checked = milepost(&["check"], scratch.path());
    let words = said(&checked.stderr);
    assert_eq!(checked.status.code(), Some(2), "{words}");
    assert!(words.contains("theme/templates/layout.html:1"), "{words}");
    assert!(!words.contains("milepost: error:"), "{words}");
    let built = milepost(&["build", "--out", "site"], scratch.path());
    assert!(said(&built.stderr).contains("nothing is written"), "{}", said(&built.stderr));
    std::fs::write(templates.join("layout.html"), layout("<!-- ours -->")).unwrap();
    let checked = milepost(&["check"], scratch.path());
    assert_eq!(checked.status.code(), Some(0), "{}", said(&checked.stderr));
}

#[test]
fn a_project_with_errors_goes_by_the_name_of_its_folder() {
    let scratch = tempfile::tempdir().unwrap();
    project(&scratch.path().join("broken"), "execution:\n  build: {duration: five}\n");
    std::fs::write(scratch.path().join("broken/project.yaml"), "project: Demo\ncurrency: EUR\n").unwrap();
    for arguments in [["why", "broken/build", "broken"].as_slice(), &["gate", "figures", "broken", "broken"]]
    {
        let output = milepost(arguments, scratch.path());
        let words = said(&output.stderr);
        assert_eq!(output.status.code(), Some(2), "{words}");
        assert!(
            words.contains("`broken` could not be computed") && !words.contains("there is no"),
            "{words}"
        );
    }
}

#[test]
fn findings_of_an_import_are_not_waived_in_a_project() {
    for rule in ["E801", "W805", "W172"] {
        let page = said(&milepost(&["explain", rule], &root()).stdout);
        assert!(!page.contains("waive"), "{rule}: {page}");
    }
    assert!(said(&milepost(&["explain", "W305"], &root()).stdout).contains("waive: {W305"));
}

#[test]
fn authority_that_is_not_there_has_its_own_reason() {
    let scratch = tempfile::tempdir().unwrap();
    project(scratch.path(), "execution:\n  build: {duration: 5d}\n");
    let printed = said(&milepost(&["gate", "figures", "project"], scratch.path()).stdout);
    let line = printed.lines().find(|line| line.starts_with("authority_left")).unwrap();
    assert!(line.contains("— no gate passed has released money") && !line.contains("run out"), "{line}");
}
