//! Every known answer beside what milepost computes of it: the business case, earned value, earned schedule, burn charts,
//! milestone trends, risk and the fourteen points.
//!
//! `cargo run --example vectors` prints one line a figure and ends with a fault where one differs without a reason. Plain
//! functions are called as they are; the rest runs through the files of a small project.
#![allow(clippy::print_stdout, reason = "printing is what it is for")]
#![allow(clippy::unwrap_used, reason = "what cannot go on stops the run, which says so best")]

mod branch_network;
mod business_case;
mod earned_schedule;
mod earned_value;
mod folder;
mod pace;
mod plan_quality;
mod table;

use std::process::ExitCode;

use table::Table;

fn main() -> ExitCode {
    let mut table = Table::default();
    business_case::add(&mut table);
    earned_value::add(&mut table);
    earned_schedule::add(&mut table);
    pace::add(&mut table);
    plan_quality::add(&mut table);
    if table.print() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}
