//! The program as its users run it: verbs, exit codes, what is written and what is left alone.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

fn milepost(arguments: &[&str], folder: &Path) -> Output {
    Command::new(env!("CARGO_BIN_EXE_milepost")).args(arguments).current_dir(folder).output().unwrap()
}

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn error_text(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

fn project(folder: &Path, plan: &str) {
    std::fs::write(folder.join("project.yaml"), "project: Demo\nstart: 2026-08-03\ncurrency: EUR\n").unwrap();
    std::fs::write(folder.join("plan.yaml"), plan).unwrap();
}

/// Every file under a folder with its bytes, in order.
fn files(folder: &Path) -> Vec<(PathBuf, Vec<u8>)> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(files(&path));
        } else {
            found.push((path.clone(), std::fs::read(&path).unwrap()));
        }
    }
    found.sort();
    found
}

#[test]
fn a_new_portfolio_builds_cleanly() {
    let scratch = tempfile::tempdir().unwrap();
    assert_eq!(milepost(&["new", "mine"], scratch.path()).status.code(), Some(0));
    let checked = milepost(&["check", "mine", "--fail-on", "info"], scratch.path());
    assert_eq!(checked.status.code(), Some(0), "{}", error_text(&checked));
    let built = milepost(&["build", "mine", "--out", "site"], scratch.path());
    assert_eq!(built.status.code(), Some(0), "{}", error_text(&built));
    assert!(scratch.path().join("site/index.html").exists());
    let again = milepost(&["new", "mine"], scratch.path());
    assert_eq!(again.status.code(), Some(2));
    assert!(error_text(&again).contains("is not empty"));
}

#[test]
fn exit_codes_tell_clean_from_found_from_could_not_run() {
    let scratch = tempfile::tempdir().unwrap();
    project(scratch.path(), "execution:\n  work: {duration: 5d, after: nothing}\n");
    let code = |arguments: &[&str]| milepost(arguments, scratch.path()).status.code();
    assert_eq!(code(&["check"]), Some(1));
    assert_eq!(code(&["check", "--fail-on", "never"]), Some(0));
    assert_eq!(code(&["check", "no-such-folder"]), Some(2));
    assert_eq!(code(&["check", "--as-of", "20.11.2026"]), Some(2));
    assert_eq!(code(&["check", "--no-such-flag"]), Some(2));
    assert_eq!(code(&["explain", "E103"]), Some(0));
    assert_eq!(code(&["explain", "E9999"]), Some(2));
    project(scratch.path(), "execution:\n  work: {duration: 5d}\n");
    assert_eq!(code(&["check"]), Some(0));
}

#[test]
fn findings_as_json_are_one_document_with_places() {
    let scratch = tempfile::tempdir().unwrap();
    project(scratch.path(), "execution:\n  work: {duration: 5d, after: nothing}\n");
    let output = milepost(&["check", "--format", "json"], scratch.path());
    let json: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    let text = json.to_string();
    assert!(text.contains("\"E102\"") && text.contains("plan.yaml"), "{text}");
}

#[test]
fn a_foreign_folder_is_refused_and_left_alone() {
    let scratch = tempfile::tempdir().unwrap();
    project(scratch.path(), "execution:\n  work: {duration: 5d}\n");
    std::fs::create_dir(scratch.path().join("precious")).unwrap();
    std::fs::write(scratch.path().join("precious/thesis.txt"), "years of work").unwrap();
    let output = milepost(&["build", ".", "--out", "precious"], scratch.path());
    assert_eq!(output.status.code(), Some(2));
    assert_eq!(std::fs::read_to_string(scratch.path().join("precious/thesis.txt")).unwrap(), "years of work");
    assert_eq!(std::fs::read_dir(scratch.path().join("precious")).unwrap().count(), 1);
}

#[test]
fn a_broken_theme_leaves_the_published_site_untouched() {
    let scratch = tempfile::tempdir().unwrap();
    project(scratch.path(), "execution:\n  work: {duration: 5d}\n");
    assert_eq!(milepost(&["build"], scratch.path()).status.code(), Some(0));
    let before = files(&scratch.path().join("site"));
    std::fs::create_dir_all(scratch.path().join("theme/templates")).unwrap();
    std::fs::write(scratch.path().join("theme/templates/layout.html"), "<p>{{ no.such.thing }}").unwrap();
    let output = milepost(&["build"], scratch.path());
    assert_eq!(output.status.code(), Some(2), "{}", error_text(&output));
    assert!(error_text(&output).contains("layout.html"), "{}", error_text(&output));
    assert_eq!(files(&scratch.path().join("site")), before);
}

#[test]
fn the_site_folder_inside_the_portfolio_is_not_read_again() {
    let scratch = tempfile::tempdir().unwrap();
    project(scratch.path(), "execution:\n  work: {duration: 5d}\n");
    assert_eq!(milepost(&["build"], scratch.path()).status.code(), Some(0));
    let before = files(&scratch.path().join("site"));
    let output = milepost(&["build", "--fail-on", "info"], scratch.path());
    assert_ne!(output.status.code(), Some(2), "{}", error_text(&output));
    assert_eq!(files(&scratch.path().join("site")), before);
}

#[test]
fn one_faulty_project_does_not_take_the_others_down() {
    let scratch = tempfile::tempdir().unwrap();
    for name in ["broken", "sound"] {
        let folder = scratch.path().join("projects").join(name);
        std::fs::create_dir_all(&folder).unwrap();
        project(&folder, "execution:\n  work: {duration: 5d}\n");
    }
    std::fs::write(scratch.path().join("projects/broken/plan.yaml"), "execution: [\n").unwrap();
    let output = milepost(&["build"], scratch.path());
    assert_eq!(output.status.code(), Some(1), "{}", error_text(&output));
    assert!(scratch.path().join("site/sound/index.html").exists());
    assert!(std::fs::read_to_string(scratch.path().join("site/index.html")).unwrap().contains("broken"));
}

#[test]
fn an_imported_plan_builds_and_nothing_is_overwritten() {
    let scratch = tempfile::tempdir().unwrap();
    let plan = "<Project>\n<StartDate>2026-08-03T08:00:00</StartDate><CurrencyCode>EUR</CurrencyCode>\n<Tasks>\n\
                <Task><UID>1</UID><ID>1</ID><Name>Build</Name><Duration>PT40H0M0S</Duration>\
                <Start>2026-08-03T08:00:00</Start><Finish>2026-08-07T17:00:00</Finish></Task>\n\
                <Task><UID>2</UID><ID>2</ID><Name>Old</Name><Active>0</Active></Task>\n</Tasks>\n</Project>\n";
    std::fs::write(scratch.path().join("plan.xml"), plan).unwrap();
    let import = || milepost(&["import", "plan.xml", "--out", "mine"], scratch.path());
    let output = import();
    assert_eq!(output.status.code(), Some(0), "{}", error_text(&output));
    let told = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(told.contains("Every task starts and finishes as MS Project stored it (1 compared)."), "{told}");
    assert!(told.contains("\"Old\" (row 2) is inactive"), "{told}");
    let page = std::fs::read_to_string(scratch.path().join("mine/IMPORT.md")).unwrap();
    assert!(page.contains("inactive in MS Project"), "{page}");
    let built = milepost(&["build", "mine"], scratch.path());
    assert_eq!(built.status.code(), Some(0), "{}", error_text(&built));
    let before = files(&scratch.path().join("mine"));
    let again = import();
    assert_eq!(again.status.code(), Some(2));
    assert!(error_text(&again).contains("`mine` is not empty"), "{}", error_text(&again));
    assert_eq!(files(&scratch.path().join("mine")), before);
}

#[test]
fn a_broken_plan_is_told_with_its_line_and_leaves_no_folder() {
    let scratch = tempfile::tempdir().unwrap();
    std::fs::write(
        scratch.path().join("plan.xml"),
        "<Project>\n<Tasks>\n<Task></Tusk>\n</Tasks>\n</Project>\n",
    )
    .unwrap();
    let output = milepost(&["import", "plan.xml", "--out", "mine"], scratch.path());
    assert_eq!(output.status.code(), Some(2));
    let told = error_text(&output);
    assert!(told.contains("E170 broken-xml") && told.contains("plan.xml:3:7"), "{told}");
    let left: Vec<_> =
        std::fs::read_dir(scratch.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert_eq!(left, ["plan.xml"]);
    let output = milepost(&["import", "no.xml", "--out", "mine"], scratch.path());
    assert_eq!(output.status.code(), Some(2));
    assert!(error_text(&output).contains("cannot read `no.xml`"));
    assert!(!scratch.path().join("mine").exists());
}

#[test]
fn the_commands_of_the_readme_run() {
    let readme = std::fs::read_to_string(root().join("README.md")).unwrap();
    assert!(readme.contains("cargo run --release -- build sample-project"));
    assert!(readme.contains("cargo test"));
    let scratch = tempfile::tempdir().unwrap();
    let sample = root().join("sample-project");
    let out = scratch.path().join("site");
    let output =
        milepost(&["build", sample.to_str().unwrap(), "--out", out.to_str().unwrap()], scratch.path());
    assert_eq!(output.status.code(), Some(0), "{}", error_text(&output));
}
