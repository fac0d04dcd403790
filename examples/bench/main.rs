//! How fast a site is built, how much memory that takes, and how big it is.
//!
//! `cargo run --release --example bench -- [--portfolios 10,100,1000] [--plans 1000,5000,20000] [--sample sample-project]
//! [--work DIR] [--hugo PATH] [--zola PATH] [--tj3 PATH] [--limit SECONDS]` writes portfolios of so many projects (see
//! `portfolio`) and plans of so many tasks (see `plan`), builds each in a process of its own, and prints a line for each:
//! seconds by stage, processor time, files and bytes, pages for each second of processor time, the highest memory use, and how
//! many times longer all of it took than writing the same bytes to the same disk.
//!
//! Who names only `--portfolios` or only `--plans` gets no others.
//!
//! With `--hugo`, `--zola` and `--tj3` the line is followed by what that program needs for as many pages of the same bytes,
//! or for the same plan with one page (see `peers`). `--work` keeps the folders; by default they are removed.
#![allow(
    clippy::disallowed_methods,
    reason = "an example is an end of its own: it reads arguments, writes files and looks at the clock"
)]
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "printing is what it is for")]
#![allow(clippy::unwrap_used, reason = "what cannot go on stops the run, which says so best")]

mod build;
#[path = "../beside_taskjuggler/clock.rs"]
#[allow(dead_code, reason = "what another example measures is not all wanted here")]
mod clock;
#[path = "../beside_taskjuggler/folder.rs"]
mod folder;
#[path = "../beside_taskjuggler/judge.rs"]
#[allow(dead_code, reason = "of the other example's judge only the first day is wanted here")]
mod judge;
#[path = "../beside_taskjuggler/network.rs"]
#[allow(dead_code, reason = "of the other example's network only the plan is wanted here")]
mod network;
mod peers;
mod plan;
mod portfolio;
#[path = "../beside_taskjuggler/taskjuggler.rs"]
#[allow(dead_code, reason = "the one report is another here")]
mod taskjuggler;

use std::path::{Path, PathBuf};

use build::Built;

struct Arguments {
    portfolios: Vec<usize>,
    plans: Vec<usize>,
    sample: PathBuf,
    work: Option<PathBuf>,
    hugo: Option<PathBuf>,
    zola: Option<PathBuf>,
    tj3: Option<PathBuf>,
    limit: u64,
}

/// The allocator of the program itself.
#[cfg(feature = "mimalloc")]
#[global_allocator]
static MEMORY: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() {
    let given: Vec<String> = std::env::args().skip(1).collect();
    if let [word, source, out] = given.as_slice()
        && word == "--build"
    {
        println!("{}", build::build(Path::new(source), Path::new(out)).line());
        return;
    }
    let arguments = arguments(&given);
    let work = arguments.work.clone();
    let work = work.unwrap_or_else(|| std::env::temp_dir().join(format!("bench-{}", std::process::id())));
    println!("{}", Built::head());
    for size in &arguments.portfolios {
        let source = work.join(format!("portfolio-{size}"));
        portfolio::write(&arguments.sample, &source, *size);
        let Some(built) = built(&format!("{size} projects"), &source) else { continue };
        for (name, program) in [("hugo", &arguments.hugo), ("zola", &arguments.zola)] {
            if let Some(program) = program {
                let folder = work.join(format!("{name}-{size}"));
                println!("{}", peers::pages(name, program, &folder, &built, arguments.limit));
                clear(&folder, arguments.work.is_some());
            }
        }
        clear(&source, arguments.work.is_some());
    }
    for size in &arguments.plans {
        let source = work.join(format!("plan-{size}"));
        plan::write(&source, *size);
        if built(&format!("{size} tasks"), &source).is_none() {
            continue;
        }
        if let Some(program) = &arguments.tj3 {
            let folder = work.join(format!("tj3-{size}"));
            println!("{}", peers::plan(program, &folder, *size, arguments.limit));
            clear(&folder, arguments.work.is_some());
        }
        clear(&source, arguments.work.is_some());
    }
    clear(&work, arguments.work.is_some());
}

/// Builds a folder in a process of its own, so that its memory is its own too, and prints the line.
fn built(name: &str, source: &Path) -> Option<Built> {
    let out = source.with_extension("site");
    let program = std::env::current_exe().unwrap();
    let run = std::process::Command::new(program).arg("--build").args([source, &out]).output().unwrap();
    let built = Built::read(&String::from_utf8_lossy(&run.stdout));
    match &built {
        Some(built) => println!("{}", built.row(name, &out)),
        None => eprintln!("{name}: {}", String::from_utf8_lossy(&run.stderr)),
    }
    clear(&out, false);
    built
}

fn clear(folder: &Path, is_kept: bool) {
    if !is_kept {
        std::fs::remove_dir_all(folder).ok();
    }
}

fn arguments(given: &[String]) -> Arguments {
    let is_given = |name: &str| given.iter().any(|argument| argument == name);
    let is_all = !is_given("--portfolios") && !is_given("--plans");
    let mut found = Arguments {
        portfolios: if is_all { vec![10, 100, 1_000] } else { Vec::new() },
        plans: if is_all { vec![1_000, 5_000, 20_000] } else { Vec::new() },
        sample: "sample-project".into(),
        work: None,
        hugo: None,
        zola: None,
        tj3: None,
        limit: 600,
    };
    let mut given = given.iter();
    while let Some(argument) = given.next() {
        let value = given.next().map(String::as_str).unwrap_or_default();
        let sizes = || value.split(',').filter_map(|size| size.parse().ok()).collect();
        match argument.as_str() {
            "--portfolios" => found.portfolios = sizes(),
            "--plans" => found.plans = sizes(),
            "--sample" => found.sample = value.into(),
            "--work" => found.work = Some(value.into()),
            "--hugo" => found.hugo = Some(value.into()),
            "--zola" => found.zola = Some(value.into()),
            "--tj3" => found.tj3 = Some(value.into()),
            "--limit" => found.limit = value.parse().unwrap(),
            other => {
                eprintln!("unknown argument {other}; the head of the example tells which there are");
                std::process::exit(2);
            }
        }
    }
    found
}
