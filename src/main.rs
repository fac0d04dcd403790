//! The `milepost` program: reads arguments, runs the verb, ends with its exit code.

use clap::Parser as _;

#[cfg(feature = "mimalloc")]
#[global_allocator]
static MEMORY: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> std::process::ExitCode {
    match milepost::cli::Arguments::try_parse() {
        Ok(arguments) => milepost::command::run(&arguments),
        Err(answer) => milepost::command::answer(&answer),
    }
}
