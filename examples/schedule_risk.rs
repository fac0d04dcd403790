//! Measures the risk of a made-up schedule and holds small ones against known answers.
//!
//! `cargo run --release --example schedule_risk -- --tasks 1000 --runs 10000 [--threads N] [--correlation 30] [DIR]`
//!
//! The plan: tasks in a network, each after one to three of the forty before it, on three calendars, with links of all four
//! kinds, lags, milestones and three-point estimates. DIR is the folder that holds `reference/montecarlo.json`.

#![allow(clippy::disallowed_methods, reason = "an example measures time and reads its arguments")]
#![allow(clippy::print_stdout, reason = "an example prints")]

use std::time::Instant as Clock;

use milepost::diagnostic::Diagnostics;
use milepost::model::Project;
use milepost::plan::risk::{Promise, RiskOptions, RiskQuestion, RunCosts, ScheduleRisk};
use milepost::plan::{Engine, Facts};
use milepost::quantity::{Amount, Instant, Percent};
use milepost::record::what_if::Changes;
use milepost::source::disk::Folder;

#[path = "../tests/it/risk_reference.rs"]
mod risk_reference;

struct Arguments {
    tasks: u64,
    runs: u32,
    threads: usize,
    correlation: i64,
    folder: Option<String>,
}

fn arguments() -> Arguments {
    let mut read = Arguments { tasks: 1_000, runs: 10_000, threads: 0, correlation: 0, folder: None };
    let mut words = std::env::args().skip(1);
    while let Some(word) = words.next() {
        let mut number =
            || words.next().and_then(|next| next.parse::<u32>().ok()).expect("a number after the flag");
        match word.as_str() {
            "--tasks" => read.tasks = u64::from(number()),
            "--runs" => read.runs = number(),
            "--threads" => read.threads = number() as usize,
            "--correlation" => read.correlation = i64::from(number()),
            _ => read.folder = Some(word),
        }
    }
    read
}

/// Numbers that are the same everywhere.
struct Draws(u64);

impl Draws {
    fn below(&mut self, end: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % end
    }
}

const CALENDARS: &str = "\
standard:
  week: mon tue wed thu fri
  hours_per_day: 8h
  holidays: {2026-12-25: Christmas Day, 2027-01-01: New Year's Day}
change-window:
  based_on: standard
  closed: {2026-12-14 .. 2027-01-08: Year-end change freeze}
six-days:
  week: mon tue wed thu fri sat
  hours_per_day: 8h
";

fn plan(n_tasks: u64) -> String {
    let mut draws = Draws(7);
    let mut plan = "execution:\n".to_owned();
    for task in 1..=n_tasks {
        let mut after = Vec::new();
        for _ in 0..=draws.below(3) {
            let Some(predecessor) = task.checked_sub(1 + draws.below(40)).filter(|task| *task > 0) else {
                continue;
            };
            let kind =
                ["", "", "", "", "", "", "", "SS", "FF", "SF"][usize::try_from(draws.below(10)).unwrap_or(0)];
            let lag = if draws.below(8) == 0 { format!(" +{}d", 1 + draws.below(3)) } else { String::new() };
            after.push(format!("t{predecessor} {kind}{lag}").trim().to_owned());
        }
        after.sort();
        after.dedup_by(|left, right| left.split(' ').next() == right.split(' ').next());
        let after = if after.is_empty() { String::new() } else { format!(", after: [{}]", after.join(", ")) };
        let calendar = match draws.below(10) {
            0 => ", calendar: change-window",
            1 | 2 => ", calendar: six-days",
            _ => "",
        };
        if draws.below(20) == 0 {
            plan += &format!("  t{task}: {{milestone: End{after}}}\n");
        } else {
            let low = 1 + draws.below(10);
            let likely = low + draws.below(6);
            let high = likely + 1 + draws.below(12);
            plan += &format!("  t{task}: {{duration: {low}d / {likely}d / {high}d{calendar}{after}}}\n");
        }
    }
    plan
}

fn project(plan: &str) -> Project {
    let mandate = "project: Made up\nstart: 2026-08-03\ncurrency: EUR\n";
    let files = vec![("project.yaml", mandate), ("calendar.yaml", CALENDARS), ("plan.yaml", plan)];
    let mut found = Diagnostics::default();
    let records = milepost::record::read(&Folder::from_memory(files), &Changes::default(), &mut found);
    milepost::resolve::resolve(&records, &mut found)
        .projects
        .into_iter()
        .next()
        .expect("a plan that can be read")
}

fn main() {
    let arguments = arguments();
    let pool = rayon::ThreadPoolBuilder::new().num_threads(arguments.threads).build().expect("threads");
    pool.install(|| measure(&arguments));
    if let Some(folder) = &arguments.folder {
        let path = std::path::Path::new(folder).join("reference/montecarlo.json");
        let answers = std::fs::read_to_string(&path).expect("the file of answers");
        compare(&answers);
    }
}

fn measure(arguments: &Arguments) {
    let project = project(&plan(arguments.tasks));
    let engine = Engine::new(&project);
    let facts = Facts::none(&project);
    let n_links: usize = project.tasks.iter().map(|task| task.links.len()).sum();
    let options = RiskOptions {
        runs: arguments.runs,
        correlation: Percent::from_hundredths(arguments.correlation * 100),
        ..RiskOptions::default()
    };
    let points = project.task_numbers().filter(|task| project.task(*task).is_point());
    let watch: Vec<_> =
        points.map(|task| Promise::of_reference(task, engine.run(&facts).slot(task).finish)).collect();
    let left = project.task_numbers().map(|_| Amount(50_000)).collect();
    let costs = RunCosts { likely: Amount(50_000 * i64::try_from(arguments.tasks).unwrap_or(0)), left };
    let question = RiskQuestion { options, costs, watch };
    println!(
        "{} tasks, {n_links} links, {} milestones watched, {} runs, {} threads",
        project.tasks.len(),
        question.watch.len(),
        arguments.runs,
        rayon::current_num_threads()
    );
    let mut best = f64::MAX;
    let mut outcome = None;
    for _ in 0..5 {
        let clock = Clock::now();
        outcome = engine.risk(&facts, &question);
        best = best.min(clock.elapsed().as_secs_f64());
    }
    let outcome = outcome.expect("estimates have ranges");
    let task_runs = project.tasks.len() as f64 * f64::from(arguments.runs);
    println!("time {:.3} s (best of five), {:.1} ns per task and run", best, best / task_runs * 1e9);
    println!("most likely    finish {}  cost {}", outcome.likely_finish, outcome.likely_cost.0 / 100);
    for percent in [10, 50, 80, 95] {
        let finish = outcome.finish.percentile(percent).unwrap_or(Instant(0));
        let cost = outcome.cost.percentile(percent).unwrap_or(Amount::ZERO);
        println!("P{percent:<13} finish {finish}  cost {}", cost.0 / 100);
    }
    let on_time = outcome.finish.chance_of(outcome.likely_finish).as_f64();
    let both = outcome.chance_of_both(outcome.likely_finish, outcome.likely_cost).as_f64();
    println!(
        "chance of the most likely finish {:.1} %, of it at the most likely cost {:.1} %",
        100.0 * on_time,
        100.0 * both
    );
    println!("fingerprint of all finishes and costs {:016x}", fingerprint(&outcome));
    let mut tasks = outcome.tasks.clone();
    tasks.sort_by(|left, right| right.sensitivity.share.total_cmp(&left.sensitivity.share));
    for task in tasks.iter().take(5) {
        println!(
            "{:<6} critical in {:.1} %, correlation {:.3}, {:.1} % of the spread of the finish",
            project.task(task.task).id.to_string(),
            100.0 * task.criticality.as_f64(),
            task.sensitivity.correlation,
            100.0 * task.sensitivity.share
        );
    }
}

/// A number that differs as soon as one run does (FNV-1a).
fn fingerprint(outcome: &ScheduleRisk) -> u64 {
    let finishes = outcome.finish.outcomes().map(|at| at.0);
    let costs = outcome.cost.outcomes().map(|cost| cost.0);
    let bytes = finishes.chain(costs).flat_map(i64::to_le_bytes);
    bytes.fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}

fn compare(answers: &str) {
    println!("\nagainst known answers, 100 000 runs, bound four standard errors");
    println!("{:<62} {:>12} {:>12} {:>10}", "figure", "runs", "known", "bound");
    let compared = risk_reference::compare(answers, 100_000);
    for one in &compared {
        let verdict = if one.holds() { "" } else { "  <- outside" };
        println!("{:<62} {:>12.5} {:>12.5} {:>10.5}{verdict}", one.name, one.got, one.known, one.bound);
    }
    let n_held = compared.iter().filter(|one| one.holds()).count();
    println!("{n_held} of {} within the bound", compared.len());
}
