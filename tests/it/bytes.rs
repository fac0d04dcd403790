//! What the Markdown of the corpus cannot carry: encodings, ends of lines, links, sizes and rights of files.

use std::path::Path;

use milepost::diagnostic::{Diagnostics, Places as _};
use milepost::pipeline::{self, Options};
use milepost::source::disk::Folder;

const PROJECT: &[u8] = b"project: Demo\nstart: 2026-08-03\ncurrency: EUR\n";
const PLAN: &[u8] = b"execution:\n  work: {duration: 5d}\n";

/// Reads a folder with a sound project and the given files, and compares what is found: `path:line rule: message`, checks
/// of the plan left out.
#[track_caller]
fn check(files: &[(&str, &[u8])], expected: &[&str]) {
    check_folder(files, |_| {}, expected);
}

#[track_caller]
fn check_folder(files: &[(&str, &[u8])], prepare: impl Fn(&Path), expected: &[&str]) {
    let scratch = tempfile::tempdir().unwrap();
    for (path, bytes) in [("project.yaml", PROJECT), ("plan.yaml", PLAN)].iter().chain(files) {
        std::fs::write(scratch.path().join(path), bytes).unwrap();
    }
    prepare(scratch.path());
    let mut found = Diagnostics::default();
    let folder = Folder::read(scratch.path(), &mut found).unwrap();
    let report = pipeline::compute(&folder, found, &Options::default());
    let of_files = [milepost::source::RULES, milepost::record::RULES, milepost::resolve::RULES].concat();
    let said: Vec<String> = report
        .findings
        .iter()
        .filter(|found| of_files.iter().any(|rule| rule.code == found.rule.code))
        .map(|found| {
            let place = found.span.map_or_else(String::new, |span| {
                let position = report.sources.position(span);
                format!("{}:{} ", report.sources.path(span.file), position.line)
            });
            format!("{place}{}: {}", found.rule.name, found.message)
        })
        .collect();
    assert_eq!(said, expected);
}

#[test]
fn a_byte_order_mark_and_windows_ends_of_lines_are_no_fault() {
    check(
        &[
            ("project.yaml", b"\xEF\xBB\xBFproject: Demo\r\nstart: 2026-08-03\r\ncurrency: EUR\r\n"),
            ("plan.yaml", b"execution:\r\n  work:\r\n    duration: 5d\r\n    name: Work\r\n"),
            ("progress.csv", b"\xEF\xBB\xBFstatus_date,task,actual_start\r\n2026-08-07,work,2026-08-03\r\n"),
        ],
        &[],
    );
}

#[test]
fn a_finding_in_a_file_with_windows_ends_of_lines_names_its_line() {
    check(
        &[("plan.yaml", b"execution:\r\n  work:\r\n    duration: 5\r\n")],
        &["plan.yaml:3 bad-value: `5` is not a duration such as 30m, 12h, 5d, 2w or, through weekends, 10ed"],
    );
}

#[test]
fn a_table_in_the_letters_of_windows_is_not_utf8() {
    check(
        &[("lessons.yaml", b"L1: {lesson: Grundst\xFCck}\n")],
        &["lessons.yaml:1 not-utf8: the byte 0xFC is not UTF-8"],
    );
}

#[test]
fn a_table_saved_as_unicode_is_not_utf8() {
    let utf16: Vec<u8> = "week,person\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
    let marked = [&[0xFF, 0xFE], utf16.as_slice()].concat();
    check(
        &[("timesheets.csv", &marked)],
        &["timesheets.csv:1 not-utf8: this file is written in UTF-16, not UTF-8"],
    );
}

#[test]
fn a_picture_that_is_named_as_a_table_is_no_text() {
    check(
        &[("costs.csv", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\x01\0")],
        &["costs.csv:1 not-utf8: this file is no text, whatever its name says"],
    );
}

#[test]
fn a_file_that_is_too_large_is_left_out() {
    let large = vec![b'#'; 17 * 1024 * 1024];
    check(
        &[("lessons.yaml", &large)],
        &["lessons.yaml:1 too-large: this file has 17 MiB; the most that is read is 16 MiB"],
    );
}

#[cfg(unix)]
#[test]
fn a_symbolic_link_is_not_followed() {
    check_folder(
        &[],
        |folder| std::os::unix::fs::symlink("plan.yaml", folder.join("risks.yaml")).unwrap(),
        &["symbolic-link: `risks.yaml` is a symbolic link and is not followed"],
    );
}

#[cfg(unix)]
#[test]
fn a_file_that_nobody_may_read_is_named() {
    use std::os::unix::fs::PermissionsExt as _;

    let forbid = |folder: &Path| {
        std::fs::set_permissions(folder.join("risks.yaml"), std::fs::Permissions::from_mode(0o000)).unwrap();
    };
    let scratch = tempfile::tempdir().unwrap();
    std::fs::write(scratch.path().join("risks.yaml"), "").unwrap();
    forbid(scratch.path());
    if std::fs::read(scratch.path().join("risks.yaml")).is_ok() {
        // The administrator may read everything, so there is nothing to see.
        return;
    }
    check_folder(
        &[("risks.yaml", b"")],
        forbid,
        &["risks.yaml:1 unreadable-file: this file could not be read: you are not allowed to read it"],
    );
}

// E177 broken-theme needs a site to be made: `ci.rs` shows it.

#[cfg(unix)]
#[test]
fn a_portfolio_that_is_named_by_a_link_is_read_without_a_word() {
    let scratch = tempfile::tempdir().unwrap();
    let release = scratch.path().join("release-1");
    std::fs::create_dir_all(&release).unwrap();
    std::fs::write(release.join("project.yaml"), PROJECT).unwrap();
    let current = scratch.path().join("current");
    std::os::unix::fs::symlink(&release, &current).unwrap();
    let mut found = Diagnostics::default();
    let folder = Folder::read(&current, &mut found).unwrap();
    assert!(found.is_empty(), "{found:?}");
    assert_eq!(folder.files().len(), 1);
    std::os::unix::fs::symlink(&release, release.join("inside")).unwrap();
    Folder::read(&current, &mut found).unwrap();
    let said: Vec<&str> = found.iter().map(|found| found.message.as_str()).collect();
    assert_eq!(said, ["`inside` is a symbolic link and is not followed"]);
}

#[test]
fn a_project_of_a_portfolio_that_is_read_by_itself_says_so() {
    let scratch = tempfile::tempdir().unwrap();
    let project = scratch.path().join("projects/net");
    std::fs::create_dir_all(&project).unwrap();
    for (path, bytes) in [("project.yaml", PROJECT), ("plan.yaml", PLAN)] {
        std::fs::write(project.join(path), bytes).unwrap();
    }
    let rules = || -> Vec<&str> {
        let mut found = Diagnostics::default();
        Folder::read(&project, &mut found).unwrap();
        found.iter().map(|found| found.rule.name).collect()
    };
    assert!(rules().is_empty());
    std::fs::write(scratch.path().join("people.yaml"), "people: {}\n").unwrap();
    assert_eq!(rules(), ["portfolio-not-read"]);
}
