//! Levelling beside `TaskJuggler`: the same synthetic networks, scheduled by both.
//!
//! `cargo run --release --example beside_taskjuggler -- [--sizes 100,500,1000,2000,5000] [--seed 1] [--write DIR]
//! [--tj3 /usr/bin/tj3] [--limit 120] [--rules]` makes networks of so many tasks in phases of twenty (see `network`),
//! plans them, has `tj3` plan the same where it is installed, and prints lengths in working days beside the lower bound
//! (the greater of the critical path and the busiest person) and times. `--write` keeps the files of both. `--rules`
//! prints what each priority rule gives instead.
#![allow(
    clippy::disallowed_methods,
    reason = "an example is an end of its own: it reads arguments, writes files and looks at the clock"
)]
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "printing is what it is for")]
#![allow(clippy::unwrap_used, reason = "what cannot go on stops the run, which says so best")]

mod clock;
mod folder;
mod judge;
mod network;
mod taskjuggler;

use std::path::PathBuf;
use std::time::Instant;

use milepost::plan::levelling::{
    Budget, Rule, Serial, Settings, breaches, justify, pass_by_rule, pass_in_step, search_with,
};

use clock::median;
use network::Synthetic;

fn main() {
    let mut sizes = vec![100, 500, 1_000, 2_000, 5_000];
    let mut seed = 1;
    let mut shows_rules = false;
    let mut arguments = std::env::args().skip(1);
    let mut write: Option<PathBuf> = None;
    while let Some(argument) = arguments.next() {
        let mut value = || arguments.next().unwrap_or_default();
        match argument.as_str() {
            "--sizes" => sizes = value().split(',').map(|size| size.parse().unwrap()).collect(),
            "--seed" => seed = value().parse().unwrap(),
            "--write" => write = Some(value().into()),
            "--rules" => shows_rules = true,
            other => panic!("unknown argument {other}"),
        }
    }
    for n in sizes {
        let network = Synthetic::new(n, seed);
        if let Some(write) = &write {
            let own = write.join(n.to_string());
            std::fs::create_dir_all(&own).unwrap();
            std::fs::write(own.join(taskjuggler::FILE), taskjuggler::text(&network)).unwrap();
            let place = own.join("projects/synthetic");
            std::fs::create_dir_all(&place).unwrap();
            for (name, text) in folder::files(&network, "true") {
                std::fs::write(place.join(name), text).unwrap();
            }
        }
        if shows_rules { rules(&network); }
    }
    let _ = median(vec![0.0]);
}

fn rules(network: &Synthetic) {
    let problem = network.problem();
    let mut generator = Serial::new(&problem);
    println!("N {} lb {} energy bound {} critical {}", network.tasks.len(), network.lower_bound(), problem.lower_bound(), problem.critical_path_length());
    for rule in Rule::ALL {
        let t = Instant::now();
        let one = pass_by_rule(&mut generator, rule);
        let pass = t.elapsed().as_secs_f64();
        let length = one.length;
        let t = Instant::now();
        let found = justify(&mut generator, one);
        let more = t.elapsed().as_secs_f64();
        let t = Instant::now();
        let two = pass_in_step(&mut generator, rule);
        let pass2 = t.elapsed().as_secs_f64();
        let length2 = two.length;
        let found2 = justify(&mut generator, two);
        println!("  {rule:?} one pass {length} ({pass:.4} s) justified {} ({} schedules, {more:.4} s) in step {length2} ({pass2:.4}) justified {} ok {} {}", found.length, found.schedules, found2.length, breaches(&problem, &found.plan).is_empty(), breaches(&problem, &found2.plan).is_empty());
    }
    for samples in [0, 10, 30, 150] {
        let mut line = format!("samples {samples}: ");
    for schedules in [30, 100, 300, 1000, 3000] {
        let t = Instant::now();
        let found = search_with(&mut generator, Budget { schedules, seed: 1 }, Settings { samples, ..Settings::default() });
        line += &format!("  {schedules}: {} ({}) {:.3} s", found.length, found.schedules, t.elapsed().as_secs_f64());
    }
    println!("{line}");
    }
}
