//! Prints how long a past is looked back on: every commit of a project computed as it was, in a repository made for it.
//!
//! `cargo run --release --example history_speed -- --commits 500 --tasks 40`. The repository is made with `git` in a
//! scratch folder; without it there is nothing to print.

#![allow(
    clippy::print_stdout,
    clippy::disallowed_methods,
    reason = "a program of its own, outside the house"
)]

use std::fmt::Write as _;
use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Instant;

use milepost::history::Past;
use milepost::pipeline::{Options, replay};

fn main() {
    let asked = |name: &str, usual: usize| {
        let mut arguments = std::env::args().skip_while(|argument| argument != name).skip(1);
        arguments.next().and_then(|number| number.parse().ok()).unwrap_or(usual)
    };
    let (n_commits, n_tasks) = (asked("--commits", 500), asked("--tasks", 40));
    let scratch = std::env::temp_dir().join(format!("milepost-history-{}", std::process::id()));
    let made = make(&scratch, n_commits, n_tasks);
    if made.is_some() {
        measure(&scratch);
    } else {
        println!("there is no `git` here to make a repository with");
    }
    let _ = std::fs::remove_dir_all(&scratch);
}

fn measure(folder: &Path) {
    let begun = Instant::now();
    let Ok(past) = Past::of(folder) else { return println!("the repository cannot be read") };
    let stops: Vec<_> = past.stops().collect();
    let walked = begun.elapsed();
    let states = replay(&past, &stops, &Options::default(), false);
    let replayed = begun.elapsed();
    let finishes: std::collections::BTreeSet<_> =
        states.iter().flatten().map(|state| (state.finish, state.estimate)).collect();
    println!("commits walked            {:>8}  {:>8.0} ms", stops.len(), walked.as_secs_f64() * 1_000.0);
    println!("states computed           {:>8}  {:>8.0} ms", states.len(), replayed.as_secs_f64() * 1_000.0);
    println!("different finish or cost  {:>8}", finishes.len());
}

/// Makes a repository in which each commit re-estimates a task and reports another one, and every tenth adds a risk.
fn make(folder: &Path, n_commits: usize, n_tasks: usize) -> Option<()> {
    std::fs::create_dir_all(folder).ok()?;
    let ran = Command::new("git").args(["init", "-q", "-b", "main"]).current_dir(folder).status().ok()?;
    let mut import = Command::new("git")
        .args(["fast-import", "--quiet"])
        .current_dir(folder)
        .stdin(Stdio::piped())
        .spawn()
        .ok()
        .filter(|_| ran.success())?;
    let mut stream = String::new();
    let mut days = vec![5_usize; n_tasks];
    let mut progress = String::from(
        "status_date,task,actual_start,actual_finish,percent_complete,units_done,remaining,note\n",
    );
    let mut risks = String::new();
    for number in 0..n_commits {
        if let Some(task) = days.get_mut(number % n_tasks.max(1)) {
            *task = 3 + (number * 7 + 1) % 9;
        }
        if number % 10 == 0 {
            let _ = writeln!(
                risks,
                "R{number}:\n  risk: Something may happen\n  probability: 20%\n  impact: {{cost: 1_000 EUR, time: 2d}}"
            );
            let _ = writeln!(
                progress,
                "2026-08-{:02},t0,2026-08-03,,{}%,,,",
                3 + number % 25,
                (number / 10) % 90
            );
        }
        let second = 1_785_700_000 + number * 3_600;
        let _ = writeln!(
            stream,
            "commit refs/heads/main\ncommitter A Nobody <a@example.org> {second} +0000\ndata 1\nx"
        );
        if number == 0 {
            file(&mut stream, "project.yaml", "project: Demo\nstart: 2026-08-03\ncurrency: EUR\n");
            file(&mut stream, "resources.yaml", "roles:\n  builder: {rate: 500 EUR, heads: 4}\n");
        }
        file(&mut stream, "plan.yaml", &plan(&days));
        file(&mut stream, "progress.csv", &progress);
        file(&mut stream, "risks.yaml", &risks);
    }
    import.stdin.take()?.write_all(stream.as_bytes()).ok()?;
    import.wait().ok().filter(std::process::ExitStatus::success)?;
    Some(())
}

fn file(stream: &mut String, path: &str, text: &str) {
    let _ = writeln!(stream, "M 100644 inline {path}\ndata {}\n{text}", text.len());
}

/// Four chains of tasks that meet in a gate.
fn plan(days: &[usize]) -> String {
    let mut text = String::from("execution:\n");
    for (number, days) in days.iter().enumerate() {
        let after = number.checked_sub(4).map_or_else(String::new, |before| format!(", after: t{before}"));
        let _ = writeln!(
            text,
            "  t{number}: {{name: Task {number}, duration: {days}d, assign: builder{after}, cost: 500 EUR other}}"
        );
    }
    let last: Vec<String> =
        (days.len().saturating_sub(4)..days.len()).map(|number| format!("t{number}")).collect();
    let _ = writeln!(text, "  G3: {{gate: Ready, after: [{}]}}", last.join(", "));
    text
}
