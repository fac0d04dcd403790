//! What rules of priority and the search give on a network as a problem of textbooks.
//!
//! Comes in: a network. Goes out: printed lines. Every plan is verified.

use std::time::Instant;

use milepost::plan::levelling::textbook::{Serial, breaches};
use milepost::plan::levelling::{
    Budget, Found, Rule, Settings, justify, pass_by_rule, pass_in_step, search_with,
};

use crate::network::Synthetic;

/// Prints the lengths of all rules, list by list and moment by moment, and of searches.
pub fn print(network: &Synthetic) {
    let problem = network.problem();
    let mut generator = Serial::new(&problem);
    println!(
        "{} tasks: bound {}, with heads and tails {}, critical path {}",
        network.tasks.len(),
        network.lower_bound(),
        problem.lower_bound(),
        problem.critical_path_length()
    );
    let verified = |found: &Found| {
        assert_eq!(breaches(&problem, &found.plan), [], "a plan breaks what it promised");
        found.length
    };
    for rule in Rule::ALL {
        let mut line = format!("  {rule:<14}", rule = format!("{rule:?}"));
        for name in ["one by one", "in step"] {
            let begun = Instant::now();
            let first = match name {
                "in step" => pass_in_step(&mut generator, rule),
                _ => pass_by_rule(&mut generator, rule),
            };
            let length = verified(&first);
            let justified = justify(&mut generator, first);
            let seconds = begun.elapsed().as_secs_f64();
            line += &format!("  {name} {length:>4}, justified {:>4} in {seconds:.4} s", verified(&justified));
        }
        println!("{line}");
    }
    for samples in [0, 10, 150] {
        let mut line = format!("  search, {samples:>3} samples:");
        for schedules in [100, 300, 1_000, 3_000] {
            let begun = Instant::now();
            let settings = Settings { samples, ..Settings::default() };
            let found = search_with(&mut generator, Budget { schedules, seed: 1 }, settings);
            let seconds = begun.elapsed().as_secs_f64();
            line += &format!("  {schedules}: {} in {seconds:.3} s", verified(&found));
        }
        println!("{line}");
    }
}
