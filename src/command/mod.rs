//! The verbs of the command line: the only place that knows arguments, terminal, environment and exit codes.

mod baseline;
mod build;
mod check;
mod diff;
mod diff_markdown;
mod diff_text;
mod explain;
mod frozen;
mod gate;
mod import;
mod in_folder;
mod layout;
mod new;
mod paper;
mod rebuild;
mod report;
mod schema;
mod serve;
mod shell;
mod site;
mod streams;
mod theme;
mod what_if;
mod why;

use std::fmt;
use std::path::Path;
use std::process::ExitCode;

use jiff::civil::Date;

use crate::check::{is_kept, judged_checks};
use crate::cli::{
    self, Arguments, BaselineVerb, FailOn, FindingForm, Findings, Input, Readers, ReportVerb, Verb,
};
use crate::diagnostic::ci;
use crate::diagnostic::render::{Colour, json, summary, terminal};
use crate::diagnostic::short::in_short;
use crate::diagnostic::spelling::for_shell as quoted;
use crate::diagnostic::{Diagnostic, Diagnostics, Places, Severity};
use crate::history::{NoHistory, Past};
use crate::output::OutputError;
use crate::pipeline::{self, Options};
use crate::quantity::Audience;
use crate::record::what_if::Wish;
use crate::report::{ProjectReport, Report};
use crate::source::disk::{Folder, ReadError};

use streams::{print, print_lines, say};

/// Why a run could not be carried out; ends it with exit code 2.
#[derive(Debug)]
pub struct CannotRun {
    what: String,
    hint: String,
}

impl CannotRun {
    /// Says what could not be done, and what to do instead.
    pub fn new(what: impl fmt::Display, hint: impl fmt::Display) -> Self {
        Self { what: what.to_string(), hint: hint.to_string() }
    }

    /// Says which folder could not be read, and what to do about it.
    fn unread(fault: &ReadError) -> Self {
        Self::new(fault, fault.advice())
    }

    /// Says what could not be written, what to do about it, and how things are left: `nothing was written`.
    fn unwritten(fault: &OutputError, left: &str) -> Self {
        let parts = [fault.advice(), left];
        let hint: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
        Self::new(fault, hint.join("; "))
    }
}

/// Runs the verb that the arguments name; the exit code is 0, 1 (something found) or 2 (could not run, or could not print all of it).
#[must_use]
pub fn run(arguments: &Arguments) -> ExitCode {
    let outcome = match &arguments.verb {
        Verb::Build { input, readers, out, theme, pdf, paper, findings } => {
            build::run((input, readers), out, (theme.as_deref(), pdf.then_some(*paper)), findings)
        }
        Verb::Serve { input, readers, port, theme, interface } => {
            serve::run((input, readers), theme.as_deref(), (*interface, *port))
        }
        Verb::Check { input, findings } => check::run(input, findings),
        Verb::Why { what, input, format } => why::run(what, input, *format),
        Verb::Diff { since, folder, as_of, level, format } => diff::run(
            &diff::Asked { since: since.as_deref(), folder: folder.as_deref() },
            as_of.as_deref(),
            *level,
            *format,
        ),
        Verb::Gate(verb) => gate::run(verb),
        Verb::Baseline(BaselineVerb::Freeze { name, input, authorised_by }) => {
            baseline::freeze(name, authorised_by.as_deref(), input)
        }
        Verb::Report(ReportVerb::Close { input }) => report::close(input),
        Verb::Report(ReportVerb::Rebuild { input }) => rebuild::run(input),
        Verb::Theme(verb) => theme::run(verb),
        Verb::New { folder } => new::run(folder),
        Verb::Import { file, out, format, columns, dates, as_of } => {
            let said = import::Said { format: *format, columns, dates: *dates, as_of: as_of.as_deref() };
            import::run(file, out, &said)
        }
        Verb::Fmt { folder, check } => layout::run(folder, *check),
        Verb::Schema { kind, out, comments } => {
            schema::run(kind.as_deref(), out.as_deref(), comments.as_deref())
        }
        Verb::Completions { shell } => Ok(shell::completions(*shell)),
        Verb::Man { verb } => shell::manual(verb.as_deref()),
        Verb::Explain { rule } => explain::run(rule.as_deref()),
    };
    ended(outcome)
}

/// Answers arguments that are no verb to run: asked for help or the version, or not understood.
#[must_use]
pub fn answer(answer: &clap::Error) -> ExitCode {
    let printed = answer.print();
    if answer.use_stderr() {
        return ExitCode::from(2);
    }
    streams::note(printed);
    ended(Ok(ExitCode::SUCCESS))
}

/// The exit code of a run, once everything that it printed has gone out.
fn ended(outcome: Result<ExitCode, CannotRun>) -> ExitCode {
    let tell = |fault: &CannotRun| {
        say(&format!("milepost: {}", fault.what));
        if !fault.hint.is_empty() {
            say(&format!("  help: {}", fault.hint));
        }
        ExitCode::from(2)
    };
    let code = outcome.unwrap_or_else(|fault| tell(&fault));
    match streams::is_whole() {
        Ok(()) => code,
        Err(fault) => tell(&fault),
    }
}

/// A folder that was read, and what was computed of it.
struct Computed {
    folder: Folder,
    report: Report,
    /// What the repository of the folder keeps; why there is nothing, where there is not.
    past: Result<Past, NoHistory>,
    options: Options,
}

/// Reads the folder and computes its report, with all that it holds: whoever runs the program may read the folder.
fn read(input: &Input) -> Result<Computed, CannotRun> {
    let (folder, found) = read_folder(input)?;
    computed(input, Some(Audience::Restricted), (folder, found))
}

/// The same for the readers of pages, where the arguments or the portfolio name them.
fn read_for(input: &Input, readers: &Readers) -> Result<Computed, CannotRun> {
    computed(input, audience_of(readers), read_folder(input)?)
}

/// Reads the files of the folder, with what was found in doing so.
fn read_folder(input: &Input) -> Result<(Folder, Diagnostics), CannotRun> {
    let mut found = Diagnostics::default();
    let folder = Folder::read(&input.folder, &mut found).map_err(|fault| CannotRun::unread(&fault))?;
    Ok((folder, found))
}

/// Computes the report of a folder that was read.
fn computed(
    input: &Input,
    audience: Option<Audience>,
    (folder, found): (Folder, Diagnostics),
) -> Result<Computed, CannotRun> {
    let as_of = match &input.as_of {
        None => None,
        Some(text) => Some(read_date(text)?),
    };
    let past = Past::of(&input.folder);
    let revision = past.as_ref().ok().map(|past| past.revision(&folder));
    let set = input.what_if.set.iter().map(|text| Wish::set(text));
    let what_if: Vec<Wish> =
        set.chain(input.what_if.without.iter().map(|text| Wish::without(text))).collect();
    let as_of_project = input.as_of_project.clone();
    let options = Options { as_of, as_of_project, revision, level: input.level, what_if, audience };
    let report = pipeline::compute(&folder, found, &options);
    match &report.what_if {
        Some(what_if) if !what_if.faults.is_empty() => Err(not_understood(&report)),
        _ => Ok(Computed { folder, report, past, options }),
    }
}

/// The level that the arguments name.
fn audience_of(readers: &Readers) -> Option<Audience> {
    readers.audience.map(|audience| match audience {
        cli::Audience::Public => Audience::Public,
        cli::Audience::Internal => Audience::Internal,
        cli::Audience::Restricted => Audience::Restricted,
    })
}

/// The wish that could not be understood or whose value is faulty, as a finding is shown.
fn not_understood(report: &Report) -> CannotRun {
    let mut faults = Diagnostics::default();
    for fault in report.what_if.iter().flat_map(|what_if| &what_if.faults) {
        faults.push(fault.clone());
    }
    say_findings(&faults, report);
    CannotRun::new("the what-if cannot be answered", "")
}

/// Shows findings to the person who runs the program.
fn say_findings(found: &Diagnostics, report: &Report) {
    say_found_in(found, &report.sources);
}

/// Shows findings beside the texts that they point into.
fn say_found_in(found: &Diagnostics, places: &dyn Places) {
    if found.is_empty() {
        return;
    }
    say(terminal(found, places, colour()).trim_end());
    say("");
}

fn read_date(text: &str) -> Result<Date, CannotRun> {
    crate::quantity::parse_date(text).map_err(|fault| {
        let hint = if fault.hint.is_empty() { format!("write {}", fault.expected) } else { fault.hint };
        CannotRun::new(format!("`{text}` is not a day"), hint)
    })
}

/// How much a person reads of findings.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Reading {
    /// Each with its lines, marks and what to do.
    Whole,
    /// What fails the run and errors so, at the end; all else in a line each.
    Short,
}

/// Says findings in a line each, then those whole that are errors or fail the run.
fn say_in_short(found: &Diagnostics, report: &Report, input: &Input, failing: Option<Severity>) {
    let is_whole = |one: &Diagnostic| {
        one.waiver.is_none()
            && (one.severity == Severity::Error || failing.is_some_and(|level| one.severity >= level))
    };
    let (mut whole, mut short) = (Diagnostics::default(), Diagnostics::default());
    for one in found {
        if is_whole(one) { whole.push(one.clone()) } else { short.push(one.clone()) }
    }
    let lines = in_short(&short, &report.sources, colour());
    if !lines.is_empty() {
        say(lines.trim_end());
        say(&format!("Each with its lines and what to do: {}", check_again(input)));
        say("");
    }
    say_findings(&whole, report);
}

/// The command that checks the same, to be pasted into a shell.
fn check_again(input: &Input) -> String {
    let mut words = vec!["milepost check".to_owned(), quoted(&input.folder.to_string_lossy())];
    words.extend(input.as_of.iter().map(|day| format!("--as-of {}", quoted(day))));
    words.extend(input.level.then(|| "--level".to_owned()));
    words.extend(input.what_if.set.iter().map(|wish| format!("--set {}", quoted(wish))));
    words.extend(input.what_if.without.iter().map(|wish| format!("--without {}", quoted(wish))));
    words.join(" ")
}

/// Prints the findings in the form that is asked for, and turns them into an exit code.
fn conclude(report: &Report, input: &Input, findings: &Findings, reading: Reading) -> ExitCode {
    let failing = failing(findings.fail_on);
    let (folder, within) = way_to(&input.folder);
    let homes = report.projects.iter();
    let homes = homes.map(|one| (one.project.folder.clone(), report.home(one).to_owned())).collect();
    let ci = ci::Findings {
        found: &report.findings,
        places: &report.sources,
        folder: &folder,
        within: &within,
        homes: &homes,
        failing,
    };
    match findings.format {
        FindingForm::Text => {
            let found = in_folder::in_folder(&report.findings, &input.folder);
            match reading {
                Reading::Whole => say_findings(&found, report),
                Reading::Short => say_in_short(&found, report, input, failing),
            }
            say(&summary(&report.findings));
            if let Some(difference) = what_if::text(report) {
                say("");
                print(&format!("{difference}\n"));
            }
        }
        FindingForm::Json => {
            let what_if = crate::page::what_if::words(report);
            let what_if = what_if.and_then(|words| serde_json::to_value(words).ok());
            print_lines(&json(&report.findings, &report.sources, what_if));
        }
        FindingForm::Github => {
            print_lines(&ci::github(&ci));
            say(&summary(&report.findings));
        }
        FindingForm::Gitlab => print_lines(&ci::gitlab(&ci)),
        FindingForm::Sarif => print_lines(&ci::sarif(&ci, env!("CARGO_PKG_VERSION"))),
        FindingForm::Junit => print_lines(&ci::junit(&ci, &folders(report), &kept_checks(report))),
    }
    exit_code(&report.findings, findings.fail_on)
}

/// The folders of all projects, those that could not be read included.
fn folders(report: &Report) -> Vec<String> {
    let read = report.projects.iter().map(|project| project.project.folder.clone());
    read.chain(report.unreadable.iter().cloned()).collect()
}

/// The checks that a portfolio or project makes of its figures and that hold.
fn kept_checks(report: &Report) -> Vec<ci::KeptCheck> {
    let of_project = |project: &'_ ProjectReport| {
        let kept = judged_checks(project).filter(|(_, judged)| is_kept(judged.truth));
        let project = project.project.folder.clone();
        kept.map(|(check, _)| ci::KeptCheck {
            project: project.clone(),
            words: check.criterion.words.clone(),
        })
        .collect::<Vec<_>>()
    };
    report.projects.iter().flat_map(of_project).collect()
}

/// The way from the folder in which the program runs to the portfolio, with `/`, since a service runs it at the root of the
/// repository; and the way from the portfolio to that folder, where it lies below. Empty where they are the same, and where nothing
/// but the disk holds both.
#[allow(clippy::disallowed_methods, reason = "this room is where the working folder is known")]
fn way_to(folder: &Path) -> (String, String) {
    let both = || {
        let here = std::env::current_dir().ok()?.canonicalize().ok()?;
        Some((here, folder.canonicalize().ok()?))
    };
    let Some((here, there)) = both() else { return (String::new(), String::new()) };
    let parts = |path: &Path| -> Vec<String> {
        path.iter().map(|part| part.to_string_lossy().into_owned()).collect()
    };
    if let Ok(within) = here.strip_prefix(&there) {
        return (String::new(), parts(within).join("/"));
    }
    let (here, there) = (parts(&here), parts(&there));
    let n_shared = here.iter().zip(&there).take_while(|(one, other)| one == other).count();
    if n_shared <= 1 {
        return (String::new(), String::new());
    }
    let up = vec!["..".to_owned(); here.len() - n_shared];
    (up.iter().chain(&there[n_shared..]).cloned().collect::<Vec<_>>().join("/"), String::new())
}

fn failing(fail_on: FailOn) -> Option<Severity> {
    match fail_on {
        FailOn::Error => Some(Severity::Error),
        FailOn::Warning => Some(Severity::Warning),
        FailOn::Info => Some(Severity::Info),
        FailOn::Never => None,
    }
}

fn exit_code(found: &Diagnostics, fail_on: FailOn) -> ExitCode {
    let n_failing = failing(fail_on).map_or(0, |level| found.count_at_least(level));
    ExitCode::from(u8::from(n_failing > 0))
}

/// Colour only where a person looks and has not asked for none.
#[allow(clippy::disallowed_methods, reason = "this room is where the environment is read")]
fn colour() -> Colour {
    use std::io::IsTerminal as _;
    let unwanted = std::env::var("NO_COLOR").is_ok_and(|value| !value.is_empty());
    if std::io::stderr().is_terminal() && !unwanted { Colour::Always } else { Colour::Never }
}

/// The path as people see it: never empty.
fn shown(path: &Path) -> String {
    if path.as_os_str().is_empty() { ".".to_owned() } else { path.display().to_string() }
}
