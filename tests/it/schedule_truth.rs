//! Holds the schedule engine against plans whose dates another program computed and stored.
//!
//! The plans lie outside of the source, below the folder in `MILEPOST_DATA` or `../shared/data`; without them the test is
//! skipped with a message. `cargo run --release --example schedule_truth -- DIR` prints the same comparison in full.

use std::path::{Path, PathBuf};

#[path = "../../examples/schedule_truth/instance.rs"]
mod instance;
#[allow(dead_code, reason = "the example prints more of it")]
#[path = "../../examples/schedule_truth/judge.rs"]
mod judge;
#[path = "../../examples/schedule_truth/plan.rs"]
mod plan;

/// The files of a folder of the data with an ending, in order; none where there is no such folder.
#[allow(clippy::print_stdout, reason = "a skipped comparison says so")]
fn files(folder: &str, ending: &str) -> Vec<PathBuf> {
    let data = std::env::var("MILEPOST_DATA").unwrap_or_else(|_| "../shared/data".to_owned());
    let Ok(entries) = std::fs::read_dir(Path::new(&data).join(folder)) else {
        println!("skipped: no folder {folder} below {data}; set MILEPOST_DATA");
        return Vec::new();
    };
    let mut files: Vec<PathBuf> = entries
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|path| path.extension().is_some_and(|found| found == ending))
        .collect();
    files.sort();
    files
}

fn judged(path: &Path) -> judge::Verdict {
    let text = std::fs::read_to_string(path).unwrap();
    judge::judge(&serde_json::from_str(&text).unwrap())
}

#[test]
fn plans_of_microsoft_project_keep_their_dates_and_slack() {
    for path in files("mspdi/json", "json") {
        let verdict = judged(&path);
        // One plan stores late dates that contradict the slack beside them; everything else is as stored.
        let differing: Vec<_> = verdict
            .differences
            .iter()
            .filter(|difference| difference.reason != Some(judge::Reason::Contradiction))
            .collect();
        assert!(differing.is_empty(), "{}: {differing:?}", path.display());
        assert!(verdict.n_tasks > 0, "{}", path.display());
    }
}

#[test]
fn networks_with_constraints_and_calendars_agree_in_everything() {
    for path in files("generated", "json") {
        let verdict = judged(&path);
        let differing: Vec<_> =
            verdict.differences.iter().filter(|difference| difference.reason.is_none()).collect();
        assert!(differing.is_empty(), "{}: {differing:?}", path.display());
        if !path.to_string_lossy().contains("links") {
            assert_eq!(verdict.n_equal, verdict.n_tasks, "{}", path.display());
        }
    }
}

#[test]
fn critical_paths_of_the_benchmark_are_as_long_as_their_headers_say() {
    for set in ["psplib/j30", "psplib/j60", "psplib/j120"] {
        // Every tenth is enough here; the example looks at all of them.
        for path in files(set, "sm").iter().step_by(10) {
            let text = std::fs::read_to_string(path).unwrap();
            assert_eq!(instance::check(&text), Ok(()), "{}", path.display());
        }
    }
}
