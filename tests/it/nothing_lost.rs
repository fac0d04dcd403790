//! A disk that is full or can only be read, files that come and go while they are read, a place where something else stands: the run
//! says what is wrong and what to do, and what was there before is there byte by byte.
#![cfg(unix)]

use std::collections::BTreeMap;
use std::io::{BufRead as _, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};

use crate::frozen_records::{copy, milepost, sample};
use crate::publication::files;

const MILEPOST: &str = env!("CARGO_BIN_EXE_milepost");

fn write_project(folder: &Path, name: &str) {
    std::fs::create_dir_all(folder).unwrap();
    let project = format!("project: {name}\nstart: 2026-08-03\ncurrency: EUR\n");
    std::fs::write(folder.join("project.yaml"), project).unwrap();
    std::fs::write(folder.join("plan.yaml"), "execution:\n  work:   {duration: 5d}\n").unwrap();
}

/// Held against a run that could not be carried out.
#[track_caller]
fn says(output: &Output, words: &[&str]) {
    let told = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(2), "{told}");
    for word in words {
        assert!(told.contains(word), "`{word}` is not in: {told}");
    }
}

/// What programs leave beside a file that they write, wherever it stands below a folder.
fn left_over(folder: &Path) -> Vec<PathBuf> {
    files(folder).into_keys().filter(|path| path.to_string_lossy().contains(".milepost-")).collect()
}

/// A disk of its own, seen by the programs that are run on it and by nobody else, and gone with this value.
struct Disk {
    holder: Child,
    place: PathBuf,
    has_users: bool,
    _scratch: tempfile::TempDir,
}

impl Disk {
    /// None where the system lets nobody make one.
    #[allow(clippy::print_stdout, reason = "a test that is passed over says so")]
    fn of(n_kibibytes: u64) -> Option<Self> {
        for has_users in [false, true] {
            let scratch = tempfile::tempdir().unwrap();
            let place = scratch.path().to_owned();
            let script = format!(
                "mount -t tmpfs -o size={n_kibibytes}k tmpfs \"$0\" && echo made && read -r until_the_end"
            );
            let started = Command::new("unshare")
                .arg(if has_users { "-rm" } else { "-m" })
                .args(["sh", "-c", &script])
                .arg(&place)
                .stdin(Stdio::piped())
                .stdout(Stdio::piped())
                .stderr(Stdio::null())
                .spawn();
            let Ok(mut holder) = started else { continue };
            let mut said = String::new();
            BufReader::new(holder.stdout.take().unwrap()).read_line(&mut said).unwrap();
            let disk = Self { holder, place, has_users, _scratch: scratch };
            if said == "made\n" && disk.run("true", &[]).status.success() {
                return Some(disk);
            }
        }
        println!("passed over: this system lets nobody make a disk");
        None
    }

    /// Runs a program that sees the disk, in its top folder.
    fn run(&self, program: &str, arguments: &[&str]) -> Output {
        let mut command = Command::new("nsenter");
        command.args(["--target", &self.holder.id().to_string(), "--mount"]);
        if self.has_users {
            command.args(["--user", "--preserve-credentials"]);
        }
        command.arg(format!("--wd={}", self.seen().display()));
        command.arg("--").arg(program).args(arguments).output().unwrap()
    }

    /// Where this test sees the disk.
    fn seen(&self) -> PathBuf {
        let place = self.place.strip_prefix("/").unwrap();
        PathBuf::from(format!("/proc/{}/root", self.holder.id())).join(place)
    }

    /// Writes until nothing more goes onto the disk.
    fn fill(&self) {
        let filled = self.run("dd", &["if=/dev/zero", "of=filler", "bs=512"]);
        assert!(!filled.status.success(), "the disk has no end");
    }

    fn empty(&self) {
        std::fs::remove_file(self.seen().join("filler")).unwrap();
    }
}

impl Drop for Disk {
    fn drop(&mut self) {
        let _ = self.holder.kill();
        let _ = self.holder.wait();
    }
}

/// The space that a folder takes on a disk that gives it out by four kibibytes.
fn n_kibibytes(folder: &Path) -> u64 {
    files(folder).values().map(|bytes| (bytes.len() as u64).div_ceil(4096) * 4).sum()
}

#[test]
fn on_a_disk_that_fills_up_in_the_middle_the_old_site_stays() {
    let scratch = tempfile::tempdir().unwrap();
    let place = |name: &str| scratch.path().join(name);
    for name in ["first", "second"] {
        write_project(&place(name), name);
        let built = milepost(&["build", name, "--out", &format!("{name}-site")], scratch.path());
        assert!(built.status.success());
    }
    let (old, new) = (files(&place("first-site")), files(&place("second-site")));
    let needed = n_kibibytes(&place("first-site"));
    // Room for one site and half of the next.
    let Some(disk) = Disk::of(needed + needed / 2) else { return };
    let build =
        |name: &str| disk.run(MILEPOST, &["build", &place(name).display().to_string(), "--out", "site"]);
    let first = build("first");
    assert!(first.status.success(), "{}", String::from_utf8_lossy(&first.stderr));
    let site = disk.seen().join("site");
    assert!(files(&site) == old);
    let full = [
        "cannot write `",
        "the disk is full",
        "help: free some space",
        "the published site is left as it was",
    ];
    says(&build("second"), &full);
    assert!(files(&site) == old, "the site was touched");
    assert_eq!(std::fs::read_dir(disk.seen()).unwrap().count(), 1, "something stays beside the site");
    // Where there is no room for a single file more.
    disk.fill();
    says(&build("second"), &["the disk is full", "help: free some space"]);
    assert!(files(&site) == old, "the site was touched");
    assert_eq!(left_over(&disk.seen()), Vec::<PathBuf>::new());

    // A disk that can only be read.
    disk.empty();
    let remounted = disk.run("mount", &["-o", "remount,ro", &disk.place.display().to_string()]);
    assert!(remounted.status.success(), "{}", String::from_utf8_lossy(&remounted.stderr));
    says(&build("second"), &["that disk can only be read", "help: ask for the right to write there"]);
    assert!(files(&site) == old, "the site was touched");
    let again = disk.run("mount", &["-o", "remount,rw,size=100m", &disk.place.display().to_string()]);
    assert!(again.status.success());
    assert!(build("second").status.success());
    assert!(files(&site) == new, "the next build is whole");
}

#[test]
fn on_a_full_disk_no_command_harms_the_files_of_people() {
    let Some(disk) = Disk::of(8 * 1024) else { return };
    let seen = disk.seen();
    let project = seen.join("portfolio/projects/rfid-loans");
    copy(&sample().join("projects/rfid-loans"), &project);
    for shared in ["people.yaml", "portfolio.yaml"] {
        std::fs::copy(sample().join(shared), seen.join("portfolio").join(shared)).unwrap();
    }
    write_project(&seen.join("alone"), "Alone");
    // Something to lay out, and a plan to import.
    let plan = std::fs::read_to_string(project.join("plan.yaml")).unwrap();
    std::fs::write(project.join("plan.yaml"), format!("{plan}\n\n\n# the end   \n\n\n")).unwrap();
    std::fs::copy("tests/fixtures/import/umzug.csv", seen.join("plan.csv")).unwrap();
    std::fs::create_dir(seen.join("empty")).unwrap();
    disk.fill();
    let before = files(&seen);
    for arguments in [
        ["fmt", "portfolio"].as_slice(),
        &["baseline", "freeze", "B9", "alone"],
        &["gate", "bundle", "rfid-loans/G1", "portfolio", "--out", "G1.zip"],
        &["schema", "--out", "schemas"],
        &["schema", "--out", ".", "--comments", "portfolio"],
        &["new", "another"],
        &["new", "empty"],
        &["import", "plan.csv", "--out", "imported"],
        &["import", "plan.csv", "--out", "empty"],
    ] {
        let output = disk.run(MILEPOST, arguments);
        let told = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(told.contains("the disk is full"), "{arguments:?}: {told}");
        says(&output, &["help: free some space"]);
        let after: BTreeMap<PathBuf, Vec<u8>> = files(&seen);
        let touched: Vec<&PathBuf> =
            before.keys().chain(after.keys()).filter(|path| before.get(*path) != after.get(*path)).collect();
        assert!(touched.is_empty(), "{arguments:?} touched {touched:?}");
        assert!(!seen.join("another").exists() && !seen.join("imported").exists(), "{arguments:?}");
    }
    // With room again each goes through.
    disk.empty();
    assert!(disk.run(MILEPOST, &["new", "empty"]).status.success());
    assert!(disk.run(MILEPOST, &["fmt", "portfolio"]).status.success());
    assert!(files(&seen) != before);
}

#[test]
fn files_that_may_not_grow_leave_the_old_site() {
    let scratch = tempfile::tempdir().unwrap();
    for name in ["first", "second"] {
        write_project(&scratch.path().join(name), name);
    }
    assert!(milepost(&["build", "first", "--out", "site"], scratch.path()).status.success());
    let before = files(&scratch.path().join("site"));
    // The limit holds for each file; without the trap the system ends the program, which is one more way to be killed.
    for (trap, code) in [("trap '' XFSZ;", Some(2)), ("", None)] {
        let script = format!("{trap} ulimit -c 0; ulimit -f 2; exec \"$0\" build second --out site");
        let mut limited = Command::new("sh");
        limited.args(["-c", &script, MILEPOST]).current_dir(scratch.path());
        let output = limited.output().unwrap();
        if code.is_some() {
            says(
                &output,
                &["cannot write `", "help: raise the limit", "the published site is left as it was"],
            );
        }
        assert_eq!(output.status.code(), code, "{}", String::from_utf8_lossy(&output.stderr));
        assert!(files(&scratch.path().join("site")) == before, "the site was touched");
    }
    assert!(milepost(&["build", "first", "--out", "site"], scratch.path()).status.success());
    assert!(files(&scratch.path().join("site")) == before);
    assert_eq!(left_over(scratch.path()), Vec::<PathBuf>::new());
}

#[test]
fn where_something_else_stands_nothing_is_written() {
    let scratch = tempfile::tempdir().unwrap();
    write_project(&scratch.path().join("source"), "source");
    std::fs::write(scratch.path().join("letter"), "Dear all").unwrap();
    let before = files(scratch.path());
    let build = |out: &str| milepost(&["build", "source", "--out", out], scratch.path());
    says(&build("letter"), &["`letter` is a file", "name a folder for the site", "left as it was"]);
    says(&build("letter/site"), &["cannot make the folder", "help: name a place below folders"]);
    says(&build("source"), &["holds files that milepost did not make", "name another folder"]);
    says(&milepost(&["new", "letter"], scratch.path()), &["is a file", "name a folder that does not exist"]);
    assert!(files(scratch.path()) == before, "something was touched");
}

#[test]
fn a_file_that_comes_and_goes_while_the_folder_is_read_makes_one_site_or_the_other() {
    let scratch = tempfile::tempdir().unwrap();
    let (source, out) = (scratch.path().join("source"), scratch.path().join("site"));
    write_project(&source, "Demo");
    let page = source.join("updates/2026-08-07.md");
    std::fs::create_dir(source.join("updates")).unwrap();
    let build = || milepost(&["build", "source", "--out", "site"], scratch.path());
    assert!(build().status.success());
    let without = files(&out);
    let put = || std::fs::write(&page, "---\nstatus_date: 2026-08-07\n---\n\nAll is well.\n").unwrap();
    put();
    assert!(build().status.success());
    let with = files(&out);
    assert!(with != without);
    let is_over = AtomicBool::new(false);
    std::thread::scope(|scope| {
        scope.spawn(|| {
            while !is_over.load(Ordering::Relaxed) {
                // Moved as editors do, so that nobody ever reads half of it.
                std::fs::rename(&page, scratch.path().join("aside")).unwrap();
                std::fs::rename(scratch.path().join("aside"), &page).unwrap();
            }
        });
        let mut shown = &with;
        for _ in 0..12 {
            let output = build();
            let found = files(&out);
            match output.status.code() {
                Some(0) => shown = if found == with { &with } else { &without },
                _ => says(&output, &["changes while it is read", "help: try again"]),
            }
            if found != *shown {
                is_over.store(true, Ordering::Relaxed);
                panic!("neither site: {}", String::from_utf8_lossy(&output.stderr));
            }
        }
        is_over.store(true, Ordering::Relaxed);
    });
}

#[test]
fn a_project_that_has_vanished_leaves_the_old_site() {
    let scratch = tempfile::tempdir().unwrap();
    let source = scratch.path().join("source");
    write_project(&source, "Demo");
    let build = || milepost(&["build", "source", "--out", "site"], scratch.path());
    assert!(build().status.success());
    let before = files(&scratch.path().join("site"));
    std::fs::remove_file(source.join("project.yaml")).unwrap();
    says(&build(), &["no project in `source`", "help: name a folder"]);
    std::fs::remove_dir_all(&source).unwrap();
    says(&build(), &["there is no folder `source`", "help: name the folder that holds the portfolio"]);
    assert!(files(&scratch.path().join("site")) == before, "the site was touched");
}
