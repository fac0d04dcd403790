//! `milepost diff`: what changed since a report, a gate or a revision.

use std::path::Path;
use std::process::ExitCode;

use serde::Serialize;

use super::{CannotRun, diff_markdown, diff_text, print, read_date, shown};
use crate::cli::DiffForm;
use crate::diagnostic::Diagnostics;
use crate::diagnostic::spelling::count;
use crate::history::{NotParted, Past, UnknownRevision};
use crate::page::what_changed::{SinceWords, lack_words, limit_words, not_compared_words, since_words};
use crate::pipeline::{Base, Memory, Newer, Options};
use crate::quantity::GateId;
use crate::report::{Moment, NotCompared, ProjectReport, is_of_the_files};
use crate::source::disk::Folder;

/// What is to be compared, as typed.
pub(super) struct Asked<'a> {
    /// The older state, or two states joined by `..`.
    pub since: Option<&'a str>,
    /// The folder.
    pub folder: Option<&'a Path>,
}

/// The answer.
#[derive(Debug, Default, Serialize)]
pub(super) struct DiffWords {
    /// Projects that could be compared.
    pub projects: Vec<SinceWords>,
    /// Projects that could not, each with the reason.
    pub not_compared: Vec<NotComparedWords>,
    /// Projects that are there no longer, by their names.
    pub gone: Vec<String>,
    /// What limits the whole answer, a sentence each.
    pub limits: Vec<String>,
}

/// A project that could not be compared.
#[derive(Debug, Serialize)]
pub(super) struct NotComparedWords {
    /// Its name.
    pub name: String,
    /// Why, in a sentence.
    pub why: String,
}

/// A state as it is asked for.
enum State {
    LastReport,
    Gate(GateId),
    Revision(Base),
    Folder,
}

/// Reads both states, compares, prints.
pub(super) fn run(
    asked: &Asked<'_>,
    as_of: Option<&str>,
    level: bool,
    form: DiffForm,
) -> Result<ExitCode, CannotRun> {
    let as_of = as_of.map(read_date).transpose()?;
    let (since, folder) = which_is_which(asked);
    let mut found = Diagnostics::default();
    let read = Folder::read(folder, &mut found).map_err(|fault| CannotRun::unread(&fault))?;
    let past = Past::of(folder).map_err(|why| CannotRun::new(why, ""))?;
    let options = Options { as_of, level, ..Options::default() };
    let memory = Memory::new(&past, &read, &options).with_runs();
    let (from, to) = states(&past, since)?;
    let (words, is_answer) = compare(&memory, from.as_ref(), &to, &past);
    if words.projects.is_empty() && words.not_compared.is_empty() && words.gone.is_empty() {
        return Err(CannotRun::new(
            format!("no project in `{}`", shown(folder)),
            "name a folder that holds `project.yaml` and `plan.yaml`, or `projects/<name>/` folders that do",
        ));
    }
    say(&words, form);
    if is_answer {
        return Ok(ExitCode::SUCCESS);
    }
    let why = words.not_compared.iter().map(|one| format!("{}: {}", one.name, one.why));
    let what = if words.projects.is_empty() {
        "nothing was compared"
    } else {
        "not every project could be compared"
    };
    Err(CannotRun::new(what, why.collect::<Vec<_>>().join(" ")))
}

/// One word alone may be the folder.
fn which_is_which<'a>(asked: &Asked<'a>) -> (Option<&'a str>, &'a Path) {
    match (asked.since, asked.folder) {
        (Some(since), None) if is_folder(since) => (None, Path::new(since)),
        (since, folder) => (since, folder.unwrap_or(Path::new("."))),
    }
}

/// A word that is the path of a folder and not one of ours.
fn is_folder(word: &str) -> bool {
    Path::new(word).is_dir() && word != LAST_REPORT && word.parse::<GateId>().is_err()
}

/// The word for the newest closed report.
const LAST_REPORT: &str = "last-report";

/// The older and the newer state.
fn states(past: &Past, since: Option<&str>) -> Result<(Option<State>, State), CannotRun> {
    if let Some((one, other)) = since.and_then(|since| since.split_once("...")) {
        return parted(past, one, other);
    }
    match since.and_then(|since| since.split_once("..")) {
        Some((from, to)) => Ok((Some(state(past, from)?), state(past, to)?)),
        None => Ok((since.map(|since| state(past, since)).transpose()?, State::Folder)),
    }
}

/// `A...B`: what B changed since it left A, as a merge request asks.
fn parted(past: &Past, one: &str, other: &str) -> Result<(Option<State>, State), CannotRun> {
    let named = |word: &str| if word.is_empty() { "HEAD".to_owned() } else { word.to_owned() };
    let revision = |word: &str| past.resolve(&named(word)).map_err(|unknown| unknown_revision(&unknown));
    let (first, second) = (revision(one)?, revision(other)?);
    let words = format!("the branch point with {}", named(one));
    let stop = past.parted(&first, &second).map_err(|why| match why {
        NotParted::NoCommon { is_shallow } => CannotRun::new(
            format!("no common commit of `{}` and `{}` is known", named(one), named(other)),
            if is_shallow {
                "this clone is shallow, `git fetch --unshallow` brings the commits it leaves out"
            } else {
                "name two states with `..` between them to compare them as they are"
            },
        ),
        NotParted::Elsewhere => CannotRun::new(
            format!("{words} does not hold this folder"),
            "name a commit in which the folder was there, under this or another name",
        ),
    })?;
    let from = Base { moment: Moment::Revision(words), stop, as_of: None };
    Ok((Some(State::Revision(from)), state(past, if other.is_empty() { "HEAD" } else { other })?))
}

fn state(past: &Past, word: &str) -> Result<State, CannotRun> {
    if word.is_empty() {
        return Ok(State::Folder);
    }
    if word == LAST_REPORT {
        return Ok(State::LastReport);
    }
    if let Ok(gate) = word.parse::<GateId>() {
        return Ok(State::Gate(gate));
    }
    let stop = past.resolve(word).map_err(|unknown| unknown_revision(&unknown))?;
    Ok(State::Revision(Base { moment: Moment::Revision(word.to_owned()), stop, as_of: None }))
}

fn unknown_revision(unknown: &UnknownRevision) -> CannotRun {
    let word = &unknown.revision;
    if let Some(lack) = unknown.lack {
        return CannotRun::new(
            format!("what the commit `{word}` holds is not in this clone"),
            lack_words(lack),
        );
    }
    if unknown.is_elsewhere {
        return CannotRun::new(
            format!("the commit `{word}` does not hold this folder"),
            "name a commit in which the folder was there, under this or another name",
        );
    }
    let mut hints = Vec::new();
    hints.extend(unknown.meant.as_ref().map(|meant| format!("did you mean `{meant}`?")));
    if unknown.meant.is_none() && !unknown.names.is_empty() {
        let names: Vec<String> = unknown.names.iter().map(|name| format!("`{name}`")).collect();
        hints.push(format!("branches and tags are {}", names.join(", ")));
    }
    hints.push("`last-report` and `G1` to `G5` are understood, too".to_owned());
    if unknown.is_shallow {
        hints.push(
            "this clone is shallow, `git fetch --unshallow` brings the commits it leaves out".to_owned(),
        );
    }
    let clone = if unknown.is_shallow { "shallow clone" } else { "repository" };
    CannotRun::new(format!("no revision `{word}` in this {clone}"), hints.join("; "))
}

/// What is said of the two states, and whether it answers what was asked: that a project is new or gone does, that none could be
/// looked at does not, nor that something is missing from the clone.
fn compare(memory: &Memory<'_>, from: Option<&State>, to: &State, past: &Past) -> (DiffWords, bool) {
    let mut words = DiffWords::default();
    let (mut is_lacking, mut is_known) = (false, false);
    // A gate or a report is one of each project; the names of projects are those of the folder as it is.
    let listed = match to {
        State::Revision(base) => memory.newer(&Newer::At(base.clone())),
        _ => memory.now(),
    };
    let mut bases: Vec<(Base, Newer)> = Vec::new();
    for project in &listed.projects {
        let both = base(memory, &listed, project, from).and_then(|older| {
            let newer = match to {
                State::Folder => Newer::Folder,
                other => Newer::At(base(memory, &listed, project, Some(other))?),
            };
            Ok((older, newer))
        });
        let compared = both.and_then(|(older, newer)| {
            let mut since = memory.since(&project.project.folder, &older, &newer)?;
            since.commits = memory.moves(&since, &older, &newer);
            bases.push((older, newer));
            Ok(since)
        });
        match compared {
            Ok(since) => words.projects.push(since_words(&since)),
            Err(why) => {
                is_lacking |= matches!(why, NotCompared::Lacking { .. });
                is_known |= matches!(why, NotCompared::NotThere | NotCompared::Gone);
                let name = project.project.name.clone();
                words.not_compared.push(NotComparedWords { name, why: not_compared_words(&why) });
            }
        }
    }
    for folder in &listed.unreadable {
        let why = not_compared_words(&NotCompared::UnreadableNow);
        words.not_compared.push(NotComparedWords { name: folder.clone(), why });
    }
    if let (Some(State::Revision(older)), Some((_, newer))) = (from, bases.first()) {
        words.gone = memory.gone(older, newer);
    }
    words.limits = past.limits().iter().map(limit_words).collect();
    let n_errors = listed.findings.iter().filter(|found| is_of_the_files(found)).count();
    if n_errors > 0 {
        let errors = count(n_errors, "error");
        words.limits.push(format!(
            "The files of the newer state hold {errors}; what could not be read is not compared."
        ));
    }
    let is_answer = is_known || !words.projects.is_empty() || !words.gone.is_empty();
    (words, is_answer && !is_lacking)
}

fn base(
    memory: &Memory<'_>,
    listed: &crate::report::Report,
    project: &ProjectReport,
    asked: Option<&State>,
) -> Result<Base, NotCompared> {
    let snapshots = project.project.snapshots.iter().filter(|one| one.status_date <= project.status_date);
    let newest = snapshots.map(|one| one.status_date).max();
    match (asked, newest) {
        (Some(State::Revision(base)), _) => Ok(base.clone()),
        (Some(State::Gate(gate)), _) => memory.gate_of(project, *gate),
        (Some(State::LastReport) | None, Some(day)) => memory.report_of(listed, project, day),
        (Some(State::LastReport), None) => Err(NotCompared::NoReport),
        (Some(State::Folder) | None, _) => memory.head().ok_or(NotCompared::NotThere),
    }
}

fn say(words: &DiffWords, form: DiffForm) {
    match form {
        DiffForm::Text => print(&diff_text::text(words)),
        DiffForm::Markdown => print(&diff_markdown::markdown(words)),
        DiffForm::Json => {
            print(&serde_json::to_string_pretty(words).expect("words are plain data with text keys"));
        }
    }
}
