//! Our side: the network as a milepost project folder.
//!
//! Comes in: a network. Goes out: the text of its files. Phases are summaries, everybody is named, people are levelled.

use std::fmt::Write as _;

use crate::judge::FIRST_DAY;
use crate::network::{PHASE, Synthetic};

/// Files by path below the portfolio's folder; `level` is what the project says of levelling.
pub fn files(network: &Synthetic, level: &str) -> Vec<(&'static str, String)> {
    let project = format!(
        "project: Synthetic\nstart: {FIRST_DAY}\ncurrency: EUR\nproject_manager: r0\nschedule:\n  level: {level}\n"
    );
    let mut people = String::from("people:\n");
    for person in 0..network.n_people {
        writeln!(people, "  r{person}: {{name: Person {person}}}").unwrap();
    }
    let mut plan = String::from("execution:\n");
    for (phase, tasks) in network.tasks.chunks(PHASE).enumerate() {
        writeln!(plan, "  p{phase}:\n    name: Phase {phase}\n    tasks:").unwrap();
        for (place, task) in tasks.iter().enumerate() {
            let number = phase * PHASE + place;
            writeln!(plan, "      t{number}:\n        name: Task {number}").unwrap();
            writeln!(plan, "        effort: {}d\n        assign: r{}", task.days, task.person).unwrap();
            if !task.after.is_empty() {
                let after: Vec<String> = task.after.iter().map(|other| format!("t{other}")).collect();
                writeln!(plan, "        after: [{}]", after.join(", ")).unwrap();
            }
        }
    }
    vec![
        ("projects/synthetic/project.yaml", project),
        ("projects/synthetic/plan.yaml", plan),
        ("projects/synthetic/resources.yaml", people),
    ]
}
