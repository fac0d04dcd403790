//! The `milepost` program: reads arguments, runs the verb, ends with its exit code.

use clap::Parser as _;

fn main() -> std::process::ExitCode {
    milepost::command::run(&milepost::cli::Arguments::parse())
}
