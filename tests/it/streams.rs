//! What happens to a run whose output nobody can take: readers that leave, and full disks.

use std::path::Path;
use std::process::{Command, Output, Stdio};

/// A project with so many findings that no pipe holds them all.
fn faulty() -> tempfile::TempDir {
    let scratch = tempfile::tempdir().unwrap();
    std::fs::write(scratch.path().join("project.yaml"), "project: Net\nstart: 2026-08-03\ncurrency: EUR\n")
        .unwrap();
    let task = |number: usize| format!("  work-{number}: {{duration: 5d, after: nothing-{number}}}\n");
    let plan: String = (0..800).map(task).collect();
    std::fs::write(scratch.path().join("plan.yaml"), format!("execution:\n{plan}")).unwrap();
    scratch
}

fn shell(script: &str, folder: &Path) -> Output {
    let program = Path::new(env!("CARGO_BIN_EXE_milepost")).parent().unwrap().to_owned();
    let path = std::env::var_os("PATH").unwrap_or_default();
    let path = std::env::join_paths(std::iter::once(program).chain(std::env::split_paths(&path))).unwrap();
    Command::new("bash").args(["-c", script]).current_dir(folder).env("PATH", path).output().unwrap()
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

#[cfg(unix)]
#[test]
fn a_reader_of_either_stream_that_leaves_changes_nothing_of_the_exit_code() {
    let scratch = faulty();
    for command in
        ["check .", "check . --format json", "build . --out site", "check . --format github", "report close"]
    {
        let expected = if command == "report close" { "2" } else { "1" };
        let script = format!("milepost {command} 2>&1 | true; echo ${{PIPESTATUS[0]}}");
        assert_eq!(text(&shell(&script, scratch.path()).stdout).trim(), expected, "{command}");
    }
    let script = "milepost explain E104 | true; echo ${PIPESTATUS[0]}";
    assert_eq!(text(&shell(script, scratch.path()).stdout).trim(), "0");
    let closed = shell("milepost check . 2>&-; echo $?", scratch.path());
    assert_eq!(text(&closed.stdout).trim(), "1", "{}", text(&closed.stderr));
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_behind_standard_output_is_told_and_ends_with_two() {
    let scratch = faulty();
    for command in [
        "check . --format gitlab",
        "check . --format sarif",
        "check . --format junit",
        "check . --format json",
        "schema plan",
        "man",
        "completions bash",
        "explain",
        "--help",
        "--version",
    ] {
        let full = std::fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
        let output = Command::new(env!("CARGO_BIN_EXE_milepost"))
            .args(command.split(' '))
            .current_dir(scratch.path())
            .stdout(Stdio::from(full))
            .output()
            .unwrap();
        assert_eq!(output.status.code(), Some(2), "{command}");
        let said = text(&output.stderr);
        assert!(said.contains("cannot write standard output: the disk is full"), "{command}: {said}");
    }
    let full = std::fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
    let status = Command::new(env!("CARGO_BIN_EXE_milepost"))
        .args(["check", "."])
        .current_dir(scratch.path())
        .stderr(Stdio::from(full))
        .status()
        .unwrap();
    assert_eq!(status.code(), Some(1));
}
