#![allow(
    clippy::disallowed_methods,
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a benchmark reads files and the clock, and prints"
)]
//! Holds the scheduling core against PSPLIB, the library of test problems of resource-constrained scheduling.
//!
//! `cargo run --release --example psplib -- DIR --schedules N [--set j30|j60|j120] [--seed S] [--threads T] [--compare]`
//!
//! DIR holds `j30/`, `j60/`, `j120/` and `best_known.csv`. Every plan is held against its problem by a checker that shares
//! no code with the generators; a plan that breaks anything, is shorter than what is proven, or a critical path that is not
//! the file's own, ends the run with exit code 1. Deviations: J30 above the best known length, the others above the
//! critical path, in percent, averaged over the instances.

mod reader;

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use milepost::plan::levelling::textbook::{Serial, breaches};
use milepost::plan::levelling::{
    Budget, Found, Rule, justify, pass_by_rule, pass_in_step, plan_by_rule, sample, search,
};
use reader::{Instance, Known, read_known, read_set};

const SETS: [&str; 3] = ["j30", "j60", "j120"];

struct Options {
    folder: PathBuf,
    sets: Vec<&'static str>,
    budget: Budget,
    n_threads: usize,
    compare: bool,
}

/// A way to make a plan.
#[derive(Clone, Copy)]
enum Method {
    /// Serial generation, one pass.
    Pass(Rule),
    /// The same, justified.
    JustifiedPass(Rule),
    /// Parallel generation, one pass.
    Step(Rule),
    /// The same, justified: the default.
    JustifiedStep(Rule),
    /// Random samples, each justified once.
    Sample,
    /// The search.
    Search,
}

/// What became of one instance.
struct Outcome {
    found: Found,
    time: Duration,
    faults: Vec<String>,
}

/// What became of a set.
struct Summary {
    deviation: f64,
    n_best: usize,
    n_schedules: u64,
    time_in_threads: Duration,
    n_faults: usize,
}

fn main() -> ExitCode {
    match options(std::env::args().skip(1)).and_then(|options| run(&options)) {
        Ok(0) => ExitCode::SUCCESS,
        Ok(n_faults) => {
            eprintln!("{n_faults} faults");
            ExitCode::FAILURE
        }
        Err(fault) => {
            eprintln!("{fault}");
            ExitCode::from(2)
        }
    }
}

fn options(mut words: impl Iterator<Item = String>) -> Result<Options, String> {
    let mut options = Options {
        folder: PathBuf::new(),
        sets: SETS.to_vec(),
        budget: Budget { schedules: 1000, seed: 1 },
        n_threads: 1,
        compare: false,
    };
    while let Some(word) = words.next() {
        let mut number = || -> Result<u64, String> {
            words.next().and_then(|text| text.parse().ok()).ok_or_else(|| format!("{word} needs a number"))
        };
        match word.as_str() {
            "--schedules" => options.budget.schedules = number()?,
            "--seed" => options.budget.seed = number()?,
            "--threads" => {
                options.n_threads = usize::try_from(number()?).map_err(|error| error.to_string())?.max(1);
            }
            "--compare" => options.compare = true,
            "--set" => {
                let name = words.next().unwrap_or_default();
                let known = SETS.iter().find(|set| **set == name);
                options.sets = vec![known.ok_or("--set needs one of j30, j60, j120")?];
            }
            folder if !folder.starts_with('-') => options.folder = PathBuf::from(folder),
            _ => return Err(format!("unknown option {word}")),
        }
    }
    if options.folder.as_os_str().is_empty() {
        return Err(
            "usage: psplib DIR --schedules N [--set SET] [--seed S] [--threads T] [--compare]".to_owned()
        );
    }
    Ok(options)
}

fn run(options: &Options) -> Result<usize, String> {
    let known = read_known(&options.folder.join("best_known.csv"))?;
    let mut n_faults = 0;
    for &set in &options.sets {
        let instances = read_set(&options.folder.join(set))?;
        n_faults += check_critical_paths(set, &instances, &known);
        let best = mean(&instances, |instance| {
            let line = &known[&instance.name];
            deviation(set, line, line.upper)
        });
        println!("{set}: best known deviation {best:.3} %");
        let methods = if options.compare { all_methods() } else { vec![Method::Search] };
        for method in methods {
            let begin = Instant::now();
            let summary = run_set(options, method, &instances, |instance| (set, &known[&instance.name]));
            let total = begin.elapsed();
            n_faults += summary.n_faults;
            println!(
                "{set}: {:<44} {:>3} instances, deviation {:>7.3} %, {:>3} equal best known, {:>9} schedules, \
                 {:>7.0} a second on a core, {:>6.1} s",
                name(method, options.budget.schedules),
                instances.len(),
                summary.deviation,
                summary.n_best,
                summary.n_schedules,
                summary.n_schedules as f64 / summary.time_in_threads.as_secs_f64(),
                total.as_secs_f64(),
            );
        }
    }
    Ok(n_faults)
}

/// The critical path as computed, against the file's header and the table.
fn check_critical_paths(set: &str, instances: &[Instance], known: &BTreeMap<String, Known>) -> usize {
    let right = |instance: &&Instance| {
        let length = instance.problem.critical_path_length();
        length == instance.mpm_time
            && known.get(&instance.name).is_some_and(|line| line.critical_path == length)
    };
    let n_right = instances.iter().filter(right).count();
    println!("{set}: MPM-Time {n_right} of {}", instances.len());
    instances.len() - n_right
}

fn run_set<'a>(
    options: &Options,
    method: Method,
    instances: &'a [Instance],
    known: impl Fn(&Instance) -> (&'static str, &'a Known) + Sync,
) -> Summary {
    let next = AtomicUsize::new(0);
    let outcomes = Mutex::new(BTreeMap::new());
    std::thread::scope(|scope| {
        for _ in 0..options.n_threads {
            scope.spawn(|| {
                loop {
                    let at = next.fetch_add(1, Ordering::Relaxed);
                    let Some(instance) = instances.get(at) else { break };
                    let outcome = solve(method, instance, known(instance).1, options.budget);
                    outcomes.lock().expect("no thread panics with the lock").insert(at, outcome);
                }
            });
        }
    });
    let outcomes = outcomes.into_inner().expect("no thread panics with the lock");
    for (&at, outcome) in &outcomes {
        for fault in &outcome.faults {
            println!("{}: {fault}", instances[at].name);
        }
    }
    let deviations: f64 = (outcomes.iter())
        .map(|(&at, outcome)| {
            let (set, line) = known(&instances[at]);
            deviation(set, line, outcome.found.length)
        })
        .sum();
    let equal_best =
        |(at, outcome): &(&usize, &Outcome)| outcome.found.length <= known(&instances[**at]).1.upper;
    Summary {
        deviation: deviations / outcomes.len().max(1) as f64,
        n_best: outcomes.iter().filter(equal_best).count(),
        n_schedules: outcomes.values().map(|outcome| outcome.found.schedules).sum(),
        time_in_threads: outcomes.values().map(|outcome| outcome.time).sum(),
        n_faults: outcomes.values().map(|outcome| outcome.faults.len()).sum(),
    }
}

fn solve(method: Method, instance: &Instance, known: &Known, budget: Budget) -> Outcome {
    let begin = Instant::now();
    let mut generator = Serial::new(&instance.problem);
    let found = match method {
        Method::Pass(rule) => pass_by_rule(&mut generator, rule),
        Method::JustifiedPass(rule) => {
            let first = pass_by_rule(&mut generator, rule);
            justify(&mut generator, first)
        }
        Method::Step(rule) => pass_in_step(&mut generator, rule),
        Method::JustifiedStep(rule) => plan_by_rule(&mut generator, rule),
        Method::Sample => sample(&mut generator, Rule::LatestFinish, budget),
        Method::Search => search(&mut generator, budget),
    };
    let time = begin.elapsed();
    let mut faults: Vec<String> =
        breaches(&instance.problem, &found.plan).iter().map(|breach| format!("broken: {breach:?}")).collect();
    if found.plan.finish() != found.length {
        faults.push(format!("said {} of a plan of {}", found.length, found.plan.finish()));
    }
    let proven = known.lower.max(instance.problem.lower_bound());
    if found.length < proven {
        faults.push(format!("length {} is below the proven {proven}", found.length));
    }
    Outcome { found, time, faults }
}

/// Percent above what the set is measured by.
fn deviation(set: &str, known: &Known, length: i64) -> f64 {
    let base = if set == "j30" { known.upper } else { known.critical_path };
    (length - base) as f64 / base as f64 * 100.0
}

fn mean(instances: &[Instance], of: impl Fn(&Instance) -> f64) -> f64 {
    instances.iter().map(of).sum::<f64>() / instances.len().max(1) as f64
}

fn all_methods() -> Vec<Method> {
    let each = |make: fn(Rule) -> Method| Rule::ALL.into_iter().map(make);
    each(Method::Pass)
        .chain(each(Method::JustifiedPass))
        .chain(each(Method::Step))
        .chain(each(Method::JustifiedStep))
        .chain([Method::Sample, Method::Search])
        .collect()
}

fn name(method: Method, schedules: u64) -> String {
    match method {
        Method::Pass(rule) => format!("{rule:?}, serial"),
        Method::JustifiedPass(rule) => format!("{rule:?}, serial, justified"),
        Method::Step(rule) => format!("{rule:?}, parallel"),
        Method::JustifiedStep(rule) => format!("{rule:?}, parallel, justified"),
        Method::Sample => format!("samples, {schedules} schedules"),
        Method::Search => format!("search, {schedules} schedules"),
    }
}
