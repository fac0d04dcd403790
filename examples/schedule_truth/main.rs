//! Holds the schedule engine against plans with stored dates.
//!
//! `cargo run --release --example schedule_truth -- DIR [--all] [--only TEXT]` reads every plan below a folder (JSON with
//! a `truth` on each task, and `.sm` instances of PSPLIB) and prints, per file and in sum, how many dates and
//! slacks are the stored ones, and each difference by name. Dates are compared modulo equivalent instants: Friday 17:00
//! and Monday 08:00 are one moment of working time. For `.sm` files the length of the critical path is compared with
//! `MPM-Time` of the header.
//!
//! Ends with 1 where a plan cannot be read, otherwise with 0: judging the differences is the reader's part.
#![allow(
    clippy::disallowed_methods,
    reason = "an example is an end of its own: it reads arguments and files"
)]
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "printing is what it is for")]
#![allow(clippy::unwrap_used, reason = "a malformed data file stops the run, which says so best")]

mod instance;
mod judge;
mod plan;

use std::collections::BTreeMap;
use std::path::PathBuf;

use judge::{FIGURES, Reason, Verdict};

/// Differences printed per file unless `--all` is given.
const SHOWN: usize = 6;

fn main() {
    let mut folder = None;
    let mut shows_all = false;
    let mut only = None;
    let mut arguments = std::env::args().skip(1);
    while let Some(argument) = arguments.next() {
        match argument.as_str() {
            "--all" => shows_all = true,
            "--only" => only = arguments.next(),
            other => folder = Some(PathBuf::from(other)),
        }
    }
    let Some(folder) = folder else {
        eprintln!("usage: schedule_truth DIR [--all] [--only TEXT]");
        std::process::exit(2);
    };
    let mut files: Vec<PathBuf> = walkdir::WalkDir::new(&folder)
        .sort_by_file_name()
        .into_iter()
        .filter_map(Result::ok)
        .map(walkdir::DirEntry::into_path)
        .filter(|path| path.extension().is_some_and(|ending| ending == "json" || ending == "sm"))
        .collect();
    files.retain(|path| only.as_ref().is_none_or(|only| path.to_string_lossy().contains(only)));

    let mut groups: BTreeMap<String, Verdict> = BTreeMap::new();
    let mut instances: BTreeMap<String, (usize, usize)> = BTreeMap::new();
    for path in &files {
        let name = path.strip_prefix(&folder).unwrap_or(path).display().to_string();
        let text = std::fs::read_to_string(path).unwrap();
        if path.extension().is_some_and(|ending| ending == "sm") {
            let count = instances.entry(group_of(&name)).or_default();
            count.0 += 1;
            match instance::check(&text) {
                Ok(()) => count.1 += 1,
                Err(said) => println!("{name}: {said}"),
            }
            continue;
        }
        if !text.contains("\"truth\"") {
            continue;
        }
        let plan: plan::Plan = match serde_json::from_str(&text) {
            Ok(plan) => plan,
            Err(error) => {
                eprintln!("{name}: {error}");
                std::process::exit(1);
            }
        };
        let verdict = judge::judge(&plan);
        print_file(&name, &verdict, shows_all);
        let group = groups.entry(group_of(&name)).or_default();
        group.add(verdict);
    }
    println!();
    for (group, verdict) in &groups {
        println!("{group}: {}", verdict.summary());
    }
    let mut reasons: BTreeMap<Reason, usize> = BTreeMap::new();
    for difference in groups.values().flat_map(|verdict| &verdict.differences) {
        if let Some(reason) = difference.reason {
            *reasons.entry(reason).or_default() += 1;
        }
    }
    for (reason, n_figures) in &reasons {
        println!("[{reason:?}] {n_figures} figures: {}", reason.sentence());
    }
    for (group, (n_files, n_equal)) in &instances {
        println!("{group}: critical path = MPM-Time in {n_equal} of {n_files} files");
    }
}

/// Files of one kind are summed up together: those of a folder, and in `generated` those of a family.
fn group_of(name: &str) -> String {
    let name = name.replace('\\', "/");
    let (folder, file) = name.rsplit_once('/').unwrap_or(("", &name));
    let family = file.strip_prefix("fuzz_").and_then(|rest| rest.split('_').next());
    match family {
        Some(family) => format!("{folder}/{family}"),
        None => folder.to_owned(),
    }
}

fn print_file(name: &str, verdict: &Verdict, shows_all: bool) {
    if verdict.differences.is_empty() && !shows_all {
        println!("{name}: {} tasks, all equal", verdict.n_tasks);
        return;
    }
    println!("{name}: {}", verdict.summary());
    let shown = if shows_all { usize::MAX } else { SHOWN };
    for difference in verdict.differences.iter().take(shown) {
        println!(
            "    {:<18} {:<12} stored {:<18} computed {:<18} {:+} min{}",
            difference.task,
            difference.figure,
            difference.stored,
            difference.computed,
            difference.minutes,
            difference.reason.map_or(String::new(), |reason| format!("  [{reason:?}]"))
        );
    }
    if verdict.differences.len() > shown {
        println!("    … {} more (--all)", verdict.differences.len() - shown);
    }
}

impl Verdict {
    fn add(&mut self, other: Verdict) {
        self.n_tasks += other.n_tasks;
        self.n_equal += other.n_equal;
        self.n_explained += other.n_explained;
        for (figure, (compared, equal)) in other.figures {
            let count = self.figures.entry(figure).or_default();
            count.0 += compared;
            count.1 += equal;
        }
        self.differences.extend(other.differences);
    }

    fn summary(&self) -> String {
        let figures: Vec<String> = FIGURES
            .iter()
            .filter_map(|figure| {
                let (compared, equal) = self.figures.get(figure)?;
                Some(format!("{figure} {equal}/{compared}"))
            })
            .collect();
        let share = 100.0 * self.n_equal as f64 / self.n_tasks.max(1) as f64;
        format!(
            "{} of {} tasks equal in everything ({share:.2} %): {}",
            self.n_equal,
            self.n_tasks,
            figures.join(", ")
        )
    }
}
