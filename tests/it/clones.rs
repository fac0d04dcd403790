//! What can be told of the past in clones that do not hold all of it, and where folders were moved: nothing rather than something wrong.

use std::path::Path;
use std::process::Command;

use crate::repository::Repository;

const PLAN: &str = "execution:\n  wall: {duration: 5d}\n  roof: {duration: DAYS, after: wall}\n";

/// A portfolio in `portfolio/` with a report on 7 and on 14 August, each committed on its day, and a plan that was changed on 15 August.
fn portfolio() -> Option<Repository> {
    let repository = Repository::new()?;
    let home = "portfolio/projects/house/";
    let report = |day: &str| {
        repository.write(
            &format!("{home}updates/{day}.md"),
            &format!("---\nstatus_date: {day}\n---\nAs planned.\n"),
        );
        repository.commit("Ada Lovelace", day, "Report");
    };
    repository.write("portfolio/portfolio.yaml", "title: Houses\n");
    repository.write(&format!("{home}project.yaml"), "project: Demo\nstart: 2026-08-03\ncurrency: EUR\n");
    repository.write(&format!("{home}plan.yaml"), &PLAN.replace("DAYS", "3d"));
    repository.commit("Ada Lovelace", "2026-08-03", "Plan of the house");
    report("2026-08-07");
    report("2026-08-14");
    repository.write(&format!("{home}plan.yaml"), &PLAN.replace("DAYS", "30d"));
    repository.commit("Charles Babbage", "2026-08-15", "Roofs take longer");
    Some(repository)
}

/// The exit code of a run and what it said on both streams.
fn ran(arguments: &[&str], folder: &Path) -> (Option<i32>, String) {
    let output =
        Command::new(env!("CARGO_BIN_EXE_milepost")).args(arguments).current_dir(folder).output().unwrap();
    let text = String::from_utf8([output.stdout, output.stderr].concat()).unwrap();
    (output.status.code(), text.replace('\u{a0}', " "))
}

#[track_caller]
fn check(arguments: &[&str], folder: &Path, code: i32, expected: &[&str]) {
    let (ended, text) = ran(arguments, folder);
    assert_eq!(ended, Some(code), "{text}");
    for words in expected {
        assert!(text.contains(words), "`{words}` in\n{text}");
    }
}

fn clone(repository: &Repository, options: &[&str], name: &str) -> std::path::PathBuf {
    let from = format!("file://{}", repository.path().display());
    repository.git(&[&["clone", "-q"], options, &[from.as_str(), name]].concat());
    repository.path().join(name)
}

#[test]
fn no_report_is_rebuilt_from_the_commit_with_which_a_shallow_clone_ends() {
    let Some(repository) = portfolio() else { return };
    let shallow = clone(&repository, &["--depth", "1"], "shallow");
    check(
        &["report", "rebuild", "portfolio"],
        &shallow,
        1,
        &[
            "Report of 7 Aug 2026 of Demo is not rebuilt.",
            "Report of 14 Aug 2026 of Demo is not rebuilt.",
            "`git fetch --unshallow`",
            "0 reports rebuilt, 2 left.",
        ],
    );
    assert!(!shallow.join("portfolio/projects/house/snapshots").exists());
    let whole = clone(&repository, &[], "whole");
    check(&["report", "rebuild", "portfolio"], &whole, 0, &["2 reports rebuilt."]);
    let path = whole.join("portfolio/projects/house/snapshots/2026-08-14.yaml");
    // Nothing has begun by Friday the 14th: five days of walls from Monday the 17th and three of roof, not thirty.
    assert!(std::fs::read_to_string(path).unwrap().contains("forecast: 2026-08-26"));
}

#[test]
fn a_folder_that_came_whole_with_a_later_commit_does_not_tell_what_its_last_report_said() {
    let Some(repository) = Repository::new() else { return };
    repository.write("project.yaml", "project: Demo\nstart: 2026-08-03\ncurrency: EUR\n");
    repository.write("plan.yaml", &PLAN.replace("DAYS", "30d"));
    repository.write("updates/2026-08-07.md", "---\nstatus_date: 2026-08-07\n---\nAs planned.\n");
    repository.commit("Ada Lovelace", "2026-10-01", "From the old place");
    check(
        &["report", "rebuild"],
        repository.path(),
        1,
        &["they are kept from 1 Oct 2026 on", "0 reports rebuilt, 1 left."],
    );
}

#[test]
fn a_portfolio_and_its_project_that_are_renamed_at_once_are_followed() {
    let Some(repository) = portfolio() else { return };
    repository.git(&["mv", "portfolio", "status"]);
    repository.git(&["mv", "status/projects/house", "status/projects/home"]);
    repository.commit("Grace Hopper", "2026-08-16", "Other names");
    check(
        &["diff", "HEAD~2", "status"],
        repository.path(),
        0,
        &["then in the folder `house`", "duration 3d → 30d", "Charles Babbage"],
    );
    check(
        &["report", "rebuild", "status"],
        repository.path(),
        0,
        &["2 reports rebuilt.", " of 14 Aug 2026: "],
    );
}

#[test]
fn a_portfolio_that_moves_to_the_root_of_its_repository_is_followed() {
    let Some(repository) = portfolio() else { return };
    repository.git(&["mv", "portfolio/portfolio.yaml", "portfolio/projects", "."]);
    repository.commit("Grace Hopper", "2026-08-16", "One folder less");
    check(
        &["diff", "HEAD~2", "."],
        repository.path(),
        0,
        &["duration 3d → 30d", "Charles Babbage", "the folder was `portfolio`"],
    );
    check(&["report", "rebuild"], repository.path(), 0, &["2 reports rebuilt.", " of 14 Aug 2026: "]);
}

#[test]
fn two_branches_without_a_common_commit_in_the_clone_are_not_compared() {
    let Some(repository) = portfolio() else { return };
    repository.git(&["checkout", "-q", "-b", "request", "HEAD~1"]);
    repository.write("portfolio/projects/house/plan.yaml", &PLAN.replace("DAYS", "2d"));
    repository.commit("Grace Hopper", "2026-08-16", "Quicker");
    let shallow = clone(&repository, &["--depth", "1", "--no-single-branch"], "shallow");
    let asked = ["diff", "origin/main...origin/request", "portfolio"];
    check(
        &asked,
        &shallow,
        2,
        &["no common commit of `origin/main` and `origin/request` is known", "`git fetch --unshallow`"],
    );
    // Deep enough, though still shallow.
    let deeper = clone(&repository, &["--depth", "2", "--no-single-branch"], "deeper");
    check(
        &asked,
        &deeper,
        0,
        &["since the branch point with origin/main (", " of 14 Aug 2026)", "duration 3d → 2d"],
    );
}

#[test]
fn a_clone_that_lacks_files_says_so_instead_of_comparing() {
    let Some(repository) = portfolio() else { return };
    repository.git(&["config", "uploadpack.allowFilter", "true"]);
    let blobless = clone(&repository, &["--filter=blob:none"], "blobless");
    check(
        &["diff", "HEAD~1", "portfolio"],
        &blobless,
        2,
        &["This clone lacks files of ", "partial clone", "clone without `--filter`"],
    );
    let treeless = clone(&repository, &["--filter=tree:0"], "treeless");
    check(
        &["diff", "HEAD~1", "portfolio"],
        &treeless,
        2,
        &["what the commit `HEAD~1` holds is not in this clone", "partial clone"],
    );
    // A clone that lacks files has all commits: that nothing is older than the first is no fault of the clone.
    let gates = blobless.join("portfolio/projects/house/gates");
    std::fs::create_dir_all(&gates).unwrap();
    std::fs::write(gates.join("G1.md"), "---\ngate: G1\ndecision: approve\ndecided: 2026-07-20\n---\nYes.\n")
        .unwrap();
    let told = ran(&["diff", "G1", "portfolio"], &blobless).1;
    assert!(told.contains("they are kept from 3 Aug 2026 on"), "{told}");
    // A page of a build says it, and the build goes on.
    assert_ne!(ran(&["build", "portfolio", "--out", "site", "--fail-on", "never"], &blobless).0, Some(2));
}

#[test]
fn a_repository_that_cannot_be_read_is_told_by_its_cause() {
    let Some(repository) = portfolio() else { return };
    let head = repository.path().join(".git/refs/heads/main");
    let name = std::fs::read_to_string(&head).unwrap();
    let name = name.trim();
    let object = repository.path().join(".git/objects").join(&name[..2]).join(&name[2..]);
    std::fs::remove_file(object).unwrap();
    check(
        &["diff", "HEAD", "portfolio"],
        repository.path(),
        2,
        &["the git repository cannot be read", "`git fsck`"],
    );
    let other = tempfile::tempdir().unwrap();
    let git =
        |arguments: &[&str]| Command::new("git").args(arguments).current_dir(other.path()).output().unwrap();
    if git(&["init", "-q", "--object-format=sha256"]).status.success() {
        std::fs::write(
            other.path().join("project.yaml"),
            "project: Demo\nstart: 2026-08-03\ncurrency: EUR\n",
        )
        .unwrap();
        std::fs::write(other.path().join("plan.yaml"), PLAN.replace("DAYS", "3d")).unwrap();
        check(&["diff"], other.path(), 2, &["SHA-256"]);
    }
}
