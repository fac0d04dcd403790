//! Folders as they are read from disk.

use std::fs;

use expect_test::expect;

use super::*;
use crate::diagnostic::render::{Colour, terminal};

fn scratch(files: &[(&str, &[u8])]) -> tempfile::TempDir {
    let scratch = tempfile::tempdir().unwrap();
    for (path, bytes) in files {
        let path = scratch.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }
    scratch
}

fn read(scratch: &tempfile::TempDir) -> (Folder, Diagnostics) {
    let mut found = Diagnostics::default();
    let folder = Folder::read(scratch.path(), &mut found).unwrap();
    (folder, found)
}

#[test]
fn takes_texts_and_keeps_attachments() {
    let scratch = scratch(&[
        ("projects/b/plan.yaml", b"b: 1"),
        ("projects/a/plan.yml", b"\xEF\xBB\xBFa: 1\r\n"),
        ("projects/a/costs.CSV", b"date\n"),
        ("projects/a/attachments/scan.pdf", b"\xFF\xD8"),
        ("projects/theme/plan.yaml", b"c: 1"),
        ("theme/assets/site.css", b"body {}"),
        ("README.txt", b"no"),
        (".git/config.yaml", b"no"),
        ("node_modules/x.md", b"no"),
        ("site/.milepost", b""),
        ("site/index.md", b"no"),
    ]);
    let (folder, found) = read(&scratch);
    assert!(found.is_empty(), "{found:?}");
    let paths: Vec<_> = folder.files().iter().map(|file| (file.path.as_str(), file.reading)).collect();
    expect![[r#"
        [
            (
                "projects/a/attachments/scan.pdf",
                Bytes,
            ),
            (
                "projects/a/costs.CSV",
                Text,
            ),
            (
                "projects/a/plan.yml",
                Text,
            ),
            (
                "projects/b/plan.yaml",
                Text,
            ),
            (
                "projects/theme/plan.yaml",
                Text,
            ),
            (
                "theme/assets/site.css",
                Bytes,
            ),
        ]
    "#]]
    .assert_debug_eq(&paths);
    assert_eq!(folder.text_at("projects/a/plan.yml").unwrap().1.text, "a: 1\r\n");
    assert_eq!(folder.find("projects/b/plan.yaml").unwrap().0, FileId(3));
    assert_eq!(folder.kept().count(), 2);
}

#[test]
fn other_encodings_are_reported_with_their_place() {
    let scratch = scratch(&[
        ("a.yaml", b"name: Z\xC3\xBCrich\r\nperson: J\xFCrg\r\n"),
        ("b.csv", b"\xFF\xFEd\0a\0t\0e\0"),
        ("c.md", b"plain"),
    ]);
    let (folder, found) = read(&scratch);
    expect![[r#"
        error[E125 not-utf8]: the byte 0xFC is not UTF-8
         --> a.yaml:2:10
          |
        2 | person: J�rg
          |          ^ probably `ü`
          |
          = help: save the file again with the encoding UTF-8; it looks like Windows-1252

        error[E125 not-utf8]: this file is written in UTF-16, not UTF-8
        --> b.csv
         = help: save it again with the encoding UTF-8 (in a spreadsheet: “CSV UTF-8”)
    "#]]
    .assert_eq(&terminal(&found, &folder, Colour::Never));
    assert_eq!(folder.texts().map(|(_, file)| file.path.as_str()).collect::<Vec<_>>(), ["c.md"]);
}

#[cfg(unix)]
#[test]
fn links_are_reported_and_large_files_left_out() {
    let scratch = scratch(&[("a.yaml", b"a: 1")]);
    std::os::unix::fs::symlink(scratch.path(), scratch.path().join("round")).unwrap();
    let large = vec![b'#'; usize::try_from(MAX_BYTES).unwrap() + 1];
    fs::write(scratch.path().join("large.yaml"), large).unwrap();
    let (folder, found) = read(&scratch);
    expect![[r#"
        error[E116 too-large]: this file has 17 MiB; the most that is read is 16 MiB
        --> large.yaml
         = help: move it out of the portfolio folder, or split it

        warning[W115 symbolic-link]: `round` is a symbolic link and is not followed
         |
         = help: put the file itself there
    "#]]
    .assert_eq(&terminal(&found, &folder, Colour::Never));
}

#[cfg(unix)]
#[test]
fn what_is_no_ordinary_file_is_not_read() {
    let scratch = scratch(&[("a.yaml", b"a: 1")]);
    let _socket = std::os::unix::net::UnixListener::bind(scratch.path().join("risks.yaml")).unwrap();
    let (folder, found) = read(&scratch);
    expect![[r#"
        error[E100 unreadable-file]: this is no ordinary file but a pipe, a socket or a device
        --> risks.yaml
         = help: put a file with the text itself there
    "#]]
    .assert_eq(&terminal(&found, &folder, Colour::Never));
    assert_eq!(folder.texts().count(), 1);
}

#[test]
fn a_folder_that_has_the_name_of_a_file_is_told() {
    let scratch = scratch(&[
        ("a.yaml", b"a: 1"),
        ("gates", b"gate: G1"),
        ("attachments/old.csv/x.txt", b""),
        ("projects/plan.md/project.yaml", b""),
    ]);
    fs::create_dir(scratch.path().join("progress.csv")).unwrap();
    fs::create_dir_all(scratch.path().join("updates/2026-03-20.md")).unwrap();
    let (folder, found) = read(&scratch);
    expect![[r#"
        error[E100 unreadable-file]: this is a folder, where a file is looked for
        --> progress.csv
         = help: rename or move the folder, and put a file with the text itself there

        error[E100 unreadable-file]: this is a folder, where a file is looked for
        --> updates/2026-03-20.md
         = help: rename or move the folder, and put a file with the text itself there
    "#]]
    .assert_eq(&terminal(&found, &folder, Colour::Never));
    let texts: Vec<_> = folder.texts().map(|(_, file)| file.path.as_str()).collect();
    assert_eq!(texts, ["a.yaml", "gates", "projects/plan.md/project.yaml"]);
}

#[test]
fn a_project_that_is_read_without_its_portfolio_is_told() {
    let scratch = scratch(&[
        ("people.yaml", b""),
        ("calendars/sites.yaml", b""),
        ("projects/a/project.yaml", b""),
        ("alone/project.yaml", b""),
    ]);
    let said = |path: &str| {
        let mut found = Diagnostics::default();
        let folder = Folder::read(&scratch.path().join(path), &mut found).unwrap();
        terminal(&found, &folder, Colour::Never)
    };
    expect![[r#"
        warning[W176 portfolio-not-read]: this is a project of a portfolio, read by itself: `people.yaml`, `calendars` of the portfolio are not read
         |
         = help: name the folder of the portfolio, two folders up
    "#]]
    .assert_eq(&said("projects/a"));
    assert_eq!(said("alone"), "");
    assert_eq!(said("."), "");
}

#[test]
fn a_folder_that_is_not_there_is_an_error() {
    let scratch = scratch(&[("a.yaml", b"a: 1")]);
    let kind =
        |path: &str| Folder::read(&scratch.path().join(path), &mut Diagnostics::default()).unwrap_err().kind;
    assert_eq!(kind("nowhere"), ReadErrorKind::NotFound);
    assert_eq!(kind("a.yaml"), ReadErrorKind::NotAFolder);
}

#[test]
fn a_folder_in_memory_is_sorted_and_without_marks() {
    let folder = Folder::from_memory(vec![("b.yaml", "\u{feff}é: x\n y"), ("a.yaml", "")]);
    let (file, source) = folder.text_at("b.yaml").unwrap();
    assert_eq!((file, source.text.as_str()), (FileId(1), "é: x\n y"));
    assert_eq!(Places::position(&folder, Span::new(file, 7, 7)), Position { line: 2, column: 2 });
}

#[test]
fn a_file_that_vanishes_after_the_listing_is_no_fault_of_its_own() {
    let scratch = scratch(&[("a.yaml", b"a: 1"), ("b.yaml", b"b: 1"), ("c.txt", b"c")]);
    let listing = Listing::of(scratch.path()).unwrap();
    // What nobody reads may come and go.
    fs::remove_file(scratch.path().join("c.txt")).unwrap();
    assert_eq!(listing.read(scratch.path()).unwrap().0.files().len(), 2);
    let listing = Listing::of(scratch.path()).unwrap();
    fs::remove_file(scratch.path().join("b.yaml")).unwrap();
    assert_eq!(listing.read(scratch.path()).unwrap_err(), Vanished("b.yaml".to_owned()));
    let (folder, found) = read(&scratch);
    assert_eq!((folder.files().len(), found.is_empty()), (1, true));
}
