//! The arguments of the command line. Data only: what each verb does stands in `command`.

use std::path::PathBuf;

use clap::{Parser, Subcommand, ValueEnum};

/// Turns a folder of YAML, Markdown and CSV that describes IT projects into a static status site and printable
/// phase-gate documents.
#[derive(Debug, Parser)]
#[command(name = "milepost", version, about, max_term_width = 100, after_help = AFTER_HELP)]
pub struct Arguments {
    /// What to do.
    #[command(subcommand)]
    pub verb: Verb,
}

const AFTER_HELP: &str = "\
Exit codes: 0 nothing found at or above the --fail-on level, 1 something found, 2 could not run.

Begin with `milepost new my-portfolio`, then `milepost build my-portfolio`.";

/// The verbs.
#[derive(Debug, Subcommand)]
pub enum Verb {
    /// Builds the site of a portfolio folder.
    ///
    /// The site is written beside the output folder and swapped in only when it is whole, so a failed build leaves the
    /// last good site as it was. An output folder that milepost did not make is refused.
    Build {
        /// What to read and as of when.
        #[command(flatten)]
        input: Input,
        /// Where the site goes.
        #[arg(long, value_name = "DIR", default_value = "site")]
        out: PathBuf,
        /// How findings are judged and shown.
        #[command(flatten)]
        findings: Findings,
    },
    /// Checks all files of a portfolio folder and tells every fault at once; writes nothing.
    Check {
        /// What to read and as of when.
        #[command(flatten)]
        input: Input,
        /// How findings are judged and shown.
        #[command(flatten)]
        findings: Findings,
    },
    /// Writes a small portfolio to begin with; it builds cleanly.
    New {
        /// The folder to make; it must not exist or be empty.
        folder: PathBuf,
    },
    /// Turns a plan of MS Project, saved as XML, into a project folder that builds to the same dates.
    ///
    /// Calendars, tasks, links, constraints, people, assignments, baselines, progress and costs become files that are edited
    /// by hand. What cannot be carried over is listed here and in IMPORT.md in the new folder, with what to do.
    Import {
        /// The plan, saved in MS Project with File, Save As, XML Format (*.xml).
        file: PathBuf,
        /// The folder to make; it must not exist or be empty.
        #[arg(long, value_name = "FOLDER")]
        out: PathBuf,
    },
    /// Explains a rule: what it finds, why it matters, what to do.
    Explain {
        /// Code or name of the rule, such as E103 or dependency-cycle; none lists all rules.
        rule: Option<String>,
    },
}

/// What to read.
#[derive(Debug, clap::Args)]
pub struct Input {
    /// The portfolio folder, or the folder of a single project.
    #[arg(default_value = ".")]
    pub folder: PathBuf,
    /// The status date: only what was recorded up to this day counts [default: each project's newest report].
    #[arg(long, value_name = "YYYY-MM-DD")]
    pub as_of: Option<String>,
}

/// How findings are judged and shown.
#[derive(Debug, clap::Args)]
pub struct Findings {
    /// Exit with 1 when something at or above this level is found.
    #[arg(long, value_enum, default_value_t = FailOn::Error, value_name = "LEVEL")]
    pub fail_on: FailOn,
    /// The form of the findings.
    #[arg(long, value_enum, default_value_t = Form::Text)]
    pub format: Form,
}

/// From which severity on a run counts as failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum FailOn {
    /// Errors only.
    Error,
    /// Errors and warnings.
    Warning,
    /// Anything found.
    Info,
    /// Nothing: always 0 when the run itself worked.
    Never,
}

/// How findings are printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Form {
    /// For people: source lines with carets.
    Text,
    /// For programs: one JSON document.
    Json,
}
