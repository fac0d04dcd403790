//! Prints how long a served site takes to follow one changed line of one project, among few projects and many.
//!
//! `cargo run --release --example follow_speed -- [--portfolios 1,10,100,1000] [--edits 20] [--sample sample-project]` writes
//! portfolios as the example `bench` does, draws each up once, and then changes a line of one project again and again: what
//! is read, computed and drawn up anew, and the page of the project's first view is made. The median and the slowest are printed,
//! and beside them the time of the whole. The largest portfolio needs some 6 GB of memory.
#![allow(
    clippy::disallowed_methods,
    reason = "an example is an end of its own: it reads arguments, writes files and looks at the clock"
)]
#![allow(clippy::print_stdout, reason = "printing is what it is for")]
#![allow(clippy::unwrap_used, reason = "what cannot go on stops the run, which says so best")]

#[path = "bench/portfolio.rs"]
mod portfolio;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use milepost::diagnostic::Diagnostics;
use milepost::pipeline::{self, Anew, Options};
use milepost::source::disk::Folder;

/// The allocator of the program itself.
#[cfg(feature = "mimalloc")]
#[global_allocator]
static MEMORY: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() {
    let given: Vec<String> = std::env::args().skip(1).collect();
    let asked = |name: &str| given.iter().skip_while(|word| *word != name).nth(1).cloned();
    let sizes = asked("--portfolios").unwrap_or_else(|| "1,10,100".to_owned());
    let n_edits: usize = asked("--edits").and_then(|n| n.parse().ok()).unwrap_or(20);
    let sample = PathBuf::from(asked("--sample").unwrap_or_else(|| "sample-project".to_owned()));
    let work = std::env::temp_dir().join(format!("follow-{}", std::process::id()));
    println!(
        "{:>9} | {:>12} | {:>14} {:>12} {:>12}",
        "projects", "whole ms", "one line: read", "compute", "first page"
    );
    for size in sizes.split(',').filter_map(|size| size.trim().parse().ok()) {
        let root = work.join(format!("portfolio-{size}"));
        portfolio::write(&sample, &root, size);
        follow(&root, size, n_edits);
        std::fs::remove_dir_all(&root).unwrap();
    }
    let _ = std::fs::remove_dir_all(&work);
}

fn follow(root: &Path, n_projects: usize, n_edits: usize) {
    let begun = Instant::now();
    let mut found = Diagnostics::default();
    let mut folder = Folder::read(root, &mut found).unwrap();
    let options = Options::default();
    let report = pipeline::compute(&folder, found, &options);
    let project = report.projects[n_projects / 2].project.folder.clone();
    let mut site = pipeline::live(report, &pipeline::theme_files(&folder)).unwrap();
    let whole = begun.elapsed();
    let inside = PathBuf::from(format!("projects/{project}/risks.yaml"));
    let text = std::fs::read_to_string(root.join(&inside)).unwrap();
    let mut times: [Vec<Duration>; 3] = Default::default();
    for number in 0..n_edits {
        std::fs::write(root.join(&inside), format!("{text}# edit {number}\n")).unwrap();
        let begun = Instant::now();
        let changed = folder.read_again(root, &BTreeSet::from([inside.clone()])).unwrap();
        let changed: BTreeSet<_> = changed.into_iter().collect();
        times[0].push(begun.elapsed());
        let begun = Instant::now();
        match pipeline::anew(site.report(), &folder, &changed, &options, None) {
            Anew::Changed(change) => site.follow(*change).unwrap(),
            Anew::Unreadable(_) | Anew::Whole => panic!("the change of a remark is followed"),
        }
        times[1].push(begun.elapsed());
        let begun = Instant::now();
        site.file(&format!("{project}/index.html")).unwrap().unwrap();
        times[2].push(begun.elapsed());
    }
    let words = times.map(|mut times| {
        times.sort_unstable();
        let ms = |time: &Duration| time.as_secs_f64() * 1_000.0;
        format!("{:.1} ({:.0})", ms(&times[times.len() / 2]), ms(times.last().unwrap()))
    });
    println!(
        "{n_projects:>9} | {:>12.0} | {:>14} {:>12} {:>12}",
        whole.as_secs_f64() * 1_000.0,
        words[0],
        words[1],
        words[2]
    );
}
