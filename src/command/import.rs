//! `milepost import`: a plan of another program becomes a project folder.

use std::collections::BTreeMap;
use std::path::Path;
use std::process::ExitCode;

use super::{CannotRun, exit_code, print, read_date, say_found_in, shown};
use crate::cli::{Dates, FailOn, ForeignFormat};
use crate::diagnostic::spelling::one_of;
use crate::diagnostic::{Diagnostics, Severity};
use crate::exchange::folder::{all_equal, capital, grouped, tasks_and_workers};
use crate::exchange::plan::Program;
use crate::exchange::sheet::{COLUMNS, Column};
use crate::exchange::{self, DateOrder, Imported};
use crate::output::{OutputError, write_folder};
use crate::report::Sources;

/// What the command line says about the file.
pub(super) struct Said<'a> {
    pub(super) format: Option<ForeignFormat>,
    pub(super) columns: &'a [String],
    pub(super) dates: Option<Dates>,
    pub(super) as_of: Option<&'a str>,
}

impl Said<'_> {
    fn options(&self) -> Result<exchange::Options, CannotRun> {
        let columns = self.columns.iter().map(|text| column(text)).collect::<Result<_, _>>()?;
        Ok(exchange::Options {
            format: self.format.map(|format| match format {
                ForeignFormat::MsProject => Program::MsProject,
                ForeignFormat::Csv => Program::Table,
                ForeignFormat::Jira => Program::Jira,
                ForeignFormat::Github => Program::GitHub,
                ForeignFormat::Gitlab => Program::GitLab,
            }),
            columns,
            dates: self.dates.map(|dates| match dates {
                Dates::Dmy => DateOrder::DayFirst,
                Dates::Mdy => DateOrder::MonthFirst,
            }),
            as_of: self.as_of.map(read_date).transpose()?,
        })
    }
}

/// Reads `name=Titel`.
fn column(text: &str) -> Result<(Column, String), CannotRun> {
    let (word, name) = text.split_once('=').unwrap_or((text, ""));
    let known = Column::of_word(word.trim()).filter(|_| !name.trim().is_empty());
    known.map(|column| (column, name.trim().to_owned())).ok_or_else(|| {
        let words: Vec<&str> = COLUMNS.iter().map(|(_, word, _)| *word).collect();
        CannotRun::new(
            format!("`--column {text}` does not say which column means what"),
            format!("write `--column MEANING=NAME`, with one of {} as the meaning", one_of(&words)),
        )
    })
}

/// Larger files are no plans: a plan of ten thousand tasks has about fifty megabytes.
const LARGEST: u64 = 1_000_000_000;

/// The most leftovers that the terminal shows; `IMPORT.md` has all of them.
const MOST_SHOWN: usize = 20;

/// Reads the file, writes the folder whole or not at all, and tells what became of the plan.
pub(super) fn run(file: &Path, out: &Path, said: &Said<'_>) -> Result<ExitCode, CannotRun> {
    let options = said.options()?;
    refuse_occupied(out)?;
    let (bytes, name) = if file == Path::new("-") {
        (read_piped()?, "imported".to_owned())
    } else {
        let name = file.file_name().map_or_else(|| shown(file), |name| name.to_string_lossy().into_owned());
        (read(file)?, name)
    };
    let outcome = exchange::import(&bytes, &name, &options);
    let places = Sources::new(vec![(shown(file), outcome.text.clone())]);
    say_found_in(&outcome.findings, &places);
    let Some(imported) = outcome.imported else {
        return Err(CannotRun::new(format!("nothing was imported from `{}`", shown(file)), ""));
    };
    write(out, &imported.files)?;
    // The files were read back before the page about them was written.
    let read_back = imported.files.iter().filter(|(path, _)| *path != "IMPORT.md");
    let files = read_back.map(|(path, text)| (path.clone(), text.clone())).collect();
    let faults = only_errors(&imported.findings);
    say_found_in(&faults, &Sources::new(files));
    print(&told(&imported, out));
    Ok(exit_code(&faults, FailOn::Error))
}

fn refuse_occupied(out: &Path) -> Result<(), CannotRun> {
    #[allow(clippy::disallowed_methods, reason = "this verb makes a folder that its user names")]
    let is_empty = || std::fs::read_dir(out).is_ok_and(|mut entries| entries.next().is_none());
    if out.exists() && !is_empty() { Err(occupied(out)) } else { Ok(()) }
}

fn occupied(out: &Path) -> CannotRun {
    let what = if out.is_dir() { "is not empty" } else { "is a file, not a folder" };
    CannotRun::new(format!("`{}` {what}", shown(out)), "name a folder that does not exist yet with `--out`")
}

#[allow(clippy::disallowed_methods, reason = "this verb reads one file that its user names, not a folder")]
fn read(file: &Path) -> Result<Vec<u8>, CannotRun> {
    let cannot = |fault: std::io::Error| {
        CannotRun::new(
            format!("cannot read `{}`: {fault}", shown(file)),
            "name a plan that another program saved: XML, CSV or JSON",
        )
    };
    let facts = std::fs::metadata(file).map_err(cannot)?;
    if !facts.is_file() || facts.len() > LARGEST {
        let what = if facts.is_file() { "is too large to be a plan" } else { "is no file" };
        return Err(CannotRun::new(
            format!("`{}` {what}", shown(file)),
            "name a plan that another program saved: XML, CSV or JSON",
        ));
    }
    std::fs::read(file).map_err(cannot)
}

/// What another program hands over on standard input: `gh issue list … | milepost import - --out FOLDER`.
fn read_piped() -> Result<Vec<u8>, CannotRun> {
    use std::io::Read as _;
    let mut bytes = Vec::new();
    let read = std::io::stdin().lock().take(LARGEST + 1).read_to_end(&mut bytes);
    let hint = "write it into a file, and name that";
    match read {
        Ok(_) if u64::try_from(bytes.len()).is_ok_and(|length| length <= LARGEST) => Ok(bytes),
        Ok(_) => Err(CannotRun::new("standard input is too large to be a plan", hint)),
        Err(fault) => Err(CannotRun::new(format!("cannot read standard input: {fault}"), hint)),
    }
}

/// Writes the folder, whole or not at all.
fn write(out: &Path, files: &BTreeMap<String, String>) -> Result<(), CannotRun> {
    let files = files.iter().map(|(path, text)| (path.as_str(), text.as_bytes()));
    write_folder(out, files).map_err(|fault| match fault {
        OutputError::Exists { .. } => occupied(out),
        OutputError::NoName { .. } => CannotRun::new(
            format!("`{}` is no name for a new folder", shown(out)),
            "name a folder that does not exist yet with `--out`",
        ),
        fault => CannotRun::unwritten(&fault, "nothing was written"),
    })
}

fn only_errors(found: &Diagnostics) -> Diagnostics {
    let mut errors = Diagnostics::default();
    for finding in found.iter().filter(|finding| finding.severity == Severity::Error) {
        errors.push(finding.clone());
    }
    errors
}

/// What became of the plan, for the terminal.
fn told(imported: &Imported, out: &Path) -> String {
    let mut text = format!(
        "A project with {} stands in {}.\n",
        tasks_and_workers(imported.n_tasks, imported.n_people, imported.n_roles),
        shown(out)
    );
    let program = imported.program.name();
    match &imported.comparison {
        Some(comparison) if comparison.n_tasks == 0 => {
            text +=
                &format!("{} stores no dates of tasks: all dates are computed.\n", capital(program, true));
        }
        Some(comparison) if comparison.differences.is_empty() => {
            text += &format!("{}\n", all_equal(comparison, program));
        }
        Some(comparison) => {
            text += &format!(
                "Of {} tasks, {} start and {} finish as {program} stored it.\n",
                comparison.n_tasks, comparison.n_starts, comparison.n_finishes
            );
        }
        None => text += "It cannot be scheduled yet; the errors above say why.\n",
    }
    let groups = grouped(&imported.leftovers);
    if !groups.is_empty() {
        text += "\nNot carried over, or in another form:\n";
    }
    for (ids, what, advice) in groups.iter().take(MOST_SHOWN) {
        let ids = if ids.is_empty() { String::new() } else { format!("{ids}: ") };
        text += &format!("  - {ids}{what}\n      {advice}\n");
    }
    if groups.len() > MOST_SHOWN {
        text += &format!("  … and {} more\n", groups.len() - MOST_SHOWN);
    }
    text += &format!(
        "\n{} tells all of it. Build the site:\n\n  milepost build {}\n",
        shown(&out.join("IMPORT.md")),
        super::quoted(&shown(out))
    );
    text
}
