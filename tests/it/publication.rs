//! How a site comes onto the disk: the same bytes however many threads make it, and whole at any moment.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use milepost::diagnostic::Diagnostics;
use milepost::output::{self, Bundle};
use milepost::pipeline::{self, Options};

use crate::sample;

/// The site of the branch network, computed and drawn by so many threads.
fn by_threads(n_threads: usize) -> Bundle {
    let pool = rayon::ThreadPoolBuilder::new().num_threads(n_threads).build().unwrap();
    pool.install(|| {
        let folder = sample::branch_network();
        let report = pipeline::compute(&folder, Diagnostics::default(), &Options::default());
        pipeline::render(&report, &pipeline::theme_files(&folder)).unwrap()
    })
}

/// Every file under a folder, by its path inside.
pub fn files(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    fn gather(top: &Path, folder: &Path, found: &mut BTreeMap<PathBuf, Vec<u8>>) {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                gather(top, &path, found);
            } else {
                found.insert(path.strip_prefix(top).unwrap().to_owned(), std::fs::read(&path).unwrap());
            }
        }
    }
    let mut found = BTreeMap::new();
    gather(folder, folder, &mut found);
    found
}

#[test]
fn one_thread_and_four_make_the_same_bytes() {
    let site = sample::branch_network_site();
    assert!(by_threads(1) == *site, "one thread makes another site");
    assert!(by_threads(4) == *site, "four threads make another site");
}

#[test]
fn what_is_written_page_by_page_is_what_is_gathered_in_memory() {
    let scratch = tempfile::tempdir().unwrap();
    let (gathered, written) = (scratch.path().join("gathered"), scratch.path().join("written"));
    let site = sample::branch_network_site();
    let one = output::publish(site, &gathered).unwrap();
    let folder = sample::branch_network();
    let report = pipeline::compute(&folder, Diagnostics::default(), &Options::default());
    let make =
        |site: &dyn output::Sink| pipeline::render_into(site, &report, &pipeline::theme_files(&folder), None);
    let other = output::publish_as_made(&written, make).unwrap();
    assert_eq!((one.files, one.bytes), (other.files, other.bytes));
    assert!(files(&gathered) == files(&written), "the two folders differ");
}

fn building(source: &Path, out: &Path) -> Child {
    let mut command = Command::new(env!("CARGO_BIN_EXE_milepost"));
    command.arg("build").arg(source).arg("--out").arg(out);
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap()
}

/// `KILLS=1000 cargo test --test it killed -- --nocapture` kills as many and prints what was found.
#[test]
#[allow(clippy::print_stdout, reason = "the count is what many kills are made for")]
fn a_build_killed_at_any_moment_leaves_the_old_site_or_the_new_one() {
    let n_kills: u32 = std::env::var("KILLS").ok().and_then(|text| text.parse().ok()).unwrap_or(12);
    let scratch = tempfile::tempdir().unwrap();
    let place = |name: &str| scratch.path().join(name);
    let states = ["first", "second"].map(|name| {
        let source = place(name);
        std::fs::create_dir(&source).unwrap();
        let project = format!("project: The {name}\nstart: 2026-08-03\ncurrency: EUR\n");
        std::fs::write(source.join("project.yaml"), project).unwrap();
        std::fs::write(source.join("plan.yaml"), "execution:\n  work: {duration: 5d}\n").unwrap();
        let out = place(&format!("{name}-site"));
        let begun = Instant::now();
        assert!(building(&source, &out).wait().unwrap().success());
        (source, files(&out), begun.elapsed())
    });
    let out = place("site");
    assert!(building(&states[0].0, &out).wait().unwrap().success());
    let (mut shown, mut n_old, mut n_new) = (0, 0, 0);
    for number in 1..=n_kills {
        let other = 1 - shown;
        let mut child = building(&states[other].0, &out);
        // From the very beginning to a little after the usual end, so that the exchange is met as well.
        let whole = states[other].2 + Duration::from_millis(5);
        std::thread::sleep(whole * number / n_kills);
        child.kill().unwrap();
        child.wait().unwrap();
        if cfg!(not(target_os = "linux")) && !out.exists() {
            // Where no system call exchanges two folders there is a moment between two renames; the next build repairs it.
            assert!(building(&states[other].0, &out).wait().unwrap().success());
        }
        let found = files(&out);
        if found == states[other].1 {
            shown = other;
            n_new += 1;
        } else {
            assert!(found == states[shown].1, "neither the old site nor the new one after kill {number}");
            n_old += 1;
        }
    }
    println!("{n_kills} builds killed: {n_old} times the old site, {n_new} times the new one, never another");
    assert_eq!(n_old + n_new, n_kills);
    // What killed builds left is gone after the next whole one.
    assert!(building(&states[0].0, &out).wait().unwrap().success());
    let beside = std::fs::read_dir(scratch.path()).unwrap().map(|entry| entry.unwrap().file_name());
    let left: Vec<_> = beside.filter(|name| name.to_string_lossy().contains("milepost-")).collect();
    assert_eq!(left, Vec::<std::ffi::OsString>::new());
}

#[test]
fn two_programs_at_once_write_one_whole_site_and_one_says_that_it_is_busy() {
    let scratch = tempfile::tempdir().unwrap();
    let (alone, out) = (scratch.path().join("alone"), scratch.path().join("site"));
    building(sample::branch_network_path(), &alone).wait().unwrap();
    let mut children: Vec<Child> = (0..4).map(|_| building(sample::branch_network_path(), &out)).collect();
    let codes: Vec<Option<i32>> = children.iter_mut().map(|child| child.wait().unwrap().code()).collect();
    let n_busy = codes.iter().filter(|code| **code == Some(2)).count();
    assert!(n_busy < codes.len(), "none was written: {codes:?}");
    assert!(files(&out) == files(&alone), "the site is not that of one build");
}
