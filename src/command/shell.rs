//! `milepost completions` and `milepost man`: what shells and `man` are to know of the program.

use std::process::ExitCode;

use clap::CommandFactory as _;

use super::{CannotRun, print_lines};
use crate::cli::Arguments;
use crate::diagnostic::spelling::did_you_mean;

/// Prints the completions of a shell.
pub(super) fn completions(shell: clap_complete::Shell) -> ExitCode {
    let mut text = Vec::new();
    clap_complete::generate(shell, &mut Arguments::command(), "milepost", &mut text);
    print_lines(&String::from_utf8_lossy(&text));
    ExitCode::SUCCESS
}

/// Prints the manual page of the program, or of a command by its name: `build`, `gate-check`.
pub(super) fn manual(verb: Option<&str>) -> Result<ExitCode, CannotRun> {
    let mut program = without_help(Arguments::command());
    program.build();
    let mut pages = vec![("milepost".to_owned(), program.clone())];
    collect("", &program, &mut pages);
    let wanted = verb.unwrap_or("milepost");
    let Some((name, command)) = pages.iter().find(|(name, _)| name == wanted) else {
        let hint = did_you_mean(wanted, pages.iter().map(|(name, _)| name.as_str())).map_or_else(
            || "`milepost help` lists the commands".to_owned(),
            |near| format!("did you mean `{near}`?"),
        );
        return Err(CannotRun::new(format!("there is no command `{wanted}`"), hint));
    };
    let title = if name == "milepost" { name.clone() } else { format!("milepost-{name}") };
    let source = format!("milepost {}", env!("CARGO_PKG_VERSION"));
    let page = clap_mangen::Man::new(command.clone().display_name(title.clone())).title(title).source(source);
    let mut text = Vec::new();
    page.render(&mut text).map_err(|error| CannotRun::new(error, ""))?;
    print_lines(&String::from_utf8_lossy(&text));
    Ok(ExitCode::SUCCESS)
}

/// A command whose page names no page that there is not: `help` has none.
fn without_help(command: clap::Command) -> clap::Command {
    command.disable_help_subcommand(true).mut_subcommands(without_help)
}

/// All commands below a command, those of a group with its name before theirs.
fn collect(before: &str, command: &clap::Command, pages: &mut Vec<(String, clap::Command)>) {
    for verb in command.get_subcommands() {
        let name = format!("{before}{}", verb.get_name());
        collect(&format!("{name}-"), verb, pages);
        pages.push((name, verb.clone()));
    }
}
