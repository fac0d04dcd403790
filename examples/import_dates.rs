//! Imports every MS Project XML file of a folder in memory, schedules it, and holds the dates against the stored ones.
//!
//! ```text
//! cargo run --release --example import_dates -- DIR [--all]
//! ```
//!
//! Without a folder it takes `mspdi/xml` and `generated` below `MILEPOST_DATA` (`../shared/data` when not set). Prints for each
//! file its tasks, equal starts, equal finishes, errors of `milepost build` and leftovers; `--all` names every task that differs.

#![allow(
    clippy::disallowed_methods,
    reason = "an example stands outside the house: it reads a folder of its user"
)]
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "it prints a table")]

use std::path::{Path, PathBuf};

use milepost::diagnostic::{Diagnostics, Severity};
use milepost::exchange::mspdi;
use milepost::pipeline::{self, Options};
use milepost::source::disk::Folder;

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let names_all = arguments.iter().any(|argument| argument == "--all");
    let mut folders: Vec<PathBuf> =
        arguments.iter().filter(|argument| !argument.starts_with("--")).map(PathBuf::from).collect();
    if folders.is_empty() {
        let data = std::env::var("MILEPOST_DATA").unwrap_or_else(|_| "../shared/data".to_owned());
        folders = vec![Path::new(&data).join("mspdi/xml"), Path::new(&data).join("generated")];
    }
    let mut total = [0; 3];
    let (mut n_files, mut n_whole) = (0, 0);
    println!("{:28} {:>6} {:>6} {:>6}  errors leftovers", "file", "tasks", "start", "finish");
    for file in folders.iter().flat_map(|folder| plans(folder)) {
        let bytes = std::fs::read(&file).expect("the file was listed a moment ago");
        let name = file.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        let outcome = mspdi::import(&bytes, &name);
        n_files += 1;
        let Some(imported) = outcome.imported else {
            println!("{name:28} not imported");
            continue;
        };
        let files = imported.files.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
        let report =
            pipeline::compute(&Folder::from_memory(files), Diagnostics::default(), &Options::default());
        let errors: Vec<String> = report
            .findings
            .iter()
            .filter(|found| found.severity == Severity::Error)
            .map(|found| format!("{} {}", found.rule.code, found.message))
            .collect();
        let n_faults = errors.len();
        let Some(comparison) = imported.comparison else {
            println!("{name:28} cannot be scheduled, {n_faults} faults");
            if names_all {
                for error in &errors {
                    println!("    {error}");
                }
            }
            continue;
        };
        let counts = [comparison.n_tasks, comparison.n_starts, comparison.n_finishes];
        for (sum, count) in total.iter_mut().zip(counts) {
            *sum += count;
        }
        n_whole += usize::from(comparison.differences.is_empty() && n_faults == 0);
        println!(
            "{name:28} {:6} {:6} {:6}  {n_faults:6} {:9}",
            counts[0],
            counts[1],
            counts[2],
            imported.leftovers.len()
        );
        if names_all {
            for error in &errors {
                println!("    {error}");
            }
            for difference in &comparison.differences {
                println!(
                    "    {:32} stored {} .. {}  computed {} .. {}",
                    difference.id,
                    difference.stored.0,
                    difference.stored.1,
                    difference.computed.0,
                    difference.computed.1
                );
            }
        }
    }
    println!("{:28} {:6} {:6} {:6}", "together", total[0], total[1], total[2]);
    println!("{n_whole} of {n_files} files build without an error to the stored dates of every task");
}

/// The XML files of a folder, in order.
fn plans(folder: &Path) -> Vec<PathBuf> {
    let Ok(entries) = std::fs::read_dir(folder) else {
        eprintln!("skipped: there is no folder {}", folder.display());
        return Vec::new();
    };
    let mut files: Vec<PathBuf> = entries
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|path| path.extension().is_some_and(|ending| ending == "xml"))
        .collect();
    files.sort();
    files
}
