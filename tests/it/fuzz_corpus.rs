//! The small corpus of the fuzzer: what once went wrong, or nearly did, goes through every target again.

#[path = "../../fuzz/targets.rs"]
mod targets;

use std::time::{Duration, Instant};

use targets::TARGETS;

#[test]
fn every_target_comes_back_from_every_file_of_the_corpus() {
    let mut names: Vec<_> =
        std::fs::read_dir("tests/fuzz").unwrap().map(|entry| entry.unwrap().path()).collect();
    names.sort();
    assert!(names.len() > 5);
    for path in names {
        let bytes = std::fs::read(&path).unwrap();
        for (name, target) in TARGETS {
            let begin = Instant::now();
            target(&bytes);
            assert!(
                begin.elapsed() < Duration::from_secs(30),
                "{name} of {} took {:?}",
                path.display(),
                begin.elapsed()
            );
        }
    }
}
