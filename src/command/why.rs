//! `milepost why`: why a task, or a whole project, ends when it does, and how any other figure was made.

mod figure;

use std::path::Path;
use std::process::ExitCode;

use serde::Serialize;

use super::{CannotRun, print, read, say_findings, shown};
use crate::cli::{Form, Input};
use crate::diagnostic::Diagnostics;
use crate::diagnostic::render::json;
use crate::diagnostic::spelling::{count, did_you_mean, one_of};
use crate::page::what_if::{WhatIfWords, words};
use crate::page::why::{Said, Teller, Why};
use crate::quantity::Id;
use crate::record::what_if::ProjectNames;
use crate::report::{ProjectReport, Report, is_of_the_files};

/// Reads and computes, then prints the explanation of a date. What could not be read is said first, because the answer
/// knows nothing of it; all other findings are left to `check`.
pub(super) fn run(wanted: &str, input: &Input, form: Form) -> Result<ExitCode, CannotRun> {
    let report = read(input)?.report;
    if let Some(figure) = figure::find(&report, &input.folder, wanted) {
        return figure::run(&report, figure, form);
    }
    let why = match explain(&report, &input.folder, wanted) {
        Ok(why) => why,
        Err(fault) => {
            say_findings(&unread(&report, None), &report);
            return Err(fault);
        }
    };
    let unread = unread(&report, Some(&why.project));
    let n_unread = unread.iter().count();
    let what_if = words(&report);
    say_findings(&unread, &report);
    match form {
        Form::Text => {
            if n_unread > 0 {
                print(&format!(
                    "Answers from what could be read: the files hold {}.\n",
                    count(n_unread, "error")
                ));
            }
            if let Some(what_if) = what_if {
                print(&format!("What if: {}\n", what_if.asked.join(" ")));
            }
            print(text(&why).trim_end());
        }
        // A document of strings and numbers always serialises.
        Form::Json => {
            let errors = serde_json::from_str(&json(&unread, &report.sources, None));
            let errors = errors.map_or_else(|_| Vec::new(), |known: Findings| known.findings);
            print(&serde_json::to_string_pretty(&Answer { why, what_if, errors }).unwrap_or_default());
        }
    }
    Ok(ExitCode::from(u8::from(n_unread > 0)))
}

/// The errors of the files: those of one project and of what all projects share, or all.
pub(super) fn unread(report: &Report, project: Option<&str>) -> Diagnostics {
    let mut errors = Diagnostics::default();
    for found in report.findings.iter().filter(|found| is_of_the_files(found)) {
        let concerns = |own: &str| found.project.as_deref().is_none_or(|of| of == own);
        if project.is_none_or(concerns) {
            errors.push(found.clone());
        }
    }
    errors
}

/// Findings as `check --format json` gives them.
#[derive(serde::Deserialize)]
struct Findings {
    findings: Vec<serde_json::Value>,
}

/// An explanation as other programs read it.
#[derive(Serialize)]
struct Answer {
    #[serde(flatten)]
    why: Why,
    #[serde(skip_serializing_if = "Option::is_none")]
    what_if: Option<WhatIfWords>,
    /// What could not be read; the answer knows nothing of it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    errors: Vec<serde_json::Value>,
}

/// Finds what `PROJECT`, `PROJECT/TASK` or, where there is one such task, `TASK` means.
fn explain(report: &Report, folder: &Path, wanted: &str) -> Result<Why, CannotRun> {
    if let Some((name, task)) = wanted.split_once('/') {
        return of_task(report, project(report, name, folder)?, task);
    }
    let is_task = report.projects.iter().any(|project| task_named(project, wanted).is_some());
    let by_other_name = || known_project(report, wanted, folder).filter(|_| !is_task);
    if let Some(project) = report.project(wanted).or_else(by_other_name) {
        return Ok(Teller::new(report, project).why_finish());
    }
    let holders: Vec<&ProjectReport> =
        report.projects.iter().filter(|project| task_named(project, wanted).is_some()).collect();
    match holders.as_slice() {
        [only] => of_task(report, only, wanted),
        [] => {
            let tasks = report.projects.iter().flat_map(task_ids);
            let names = report.projects.iter().map(|project| project.project.folder.as_str());
            let hint = match did_you_mean(wanted, names.chain(tasks)) {
                Some(near) => format!("did you mean `{near}`?"),
                None => known_projects(report, ", or one of its tasks as PROJECT/TASK"),
            };
            let what = format!("there is no project or task `{wanted}` in `{}`", shown(folder));
            Err(CannotRun::new(what, hint))
        }
        several => {
            let names: Vec<String> =
                several.iter().map(|project| format!("{}/{wanted}", project.project.folder)).collect();
            let hint = format!("write {}", one_of(&names));
            Err(CannotRun::new(format!("`{wanted}` is a task of several projects"), hint))
        }
    }
}

/// The project that a name means, by the rule of [`ProjectNames::folder_of`]; none where no computed one has it.
fn known_project<'a>(report: &'a Report, name: &str, folder: &Path) -> Option<&'a ProjectReport> {
    report.project(names(report, folder).folder_of(name)?)
}

/// What all projects can be called, also those that could not be computed.
fn names(report: &Report, folder: &Path) -> ProjectNames {
    let coded = report
        .projects
        .iter()
        .map(|project| (project.project.folder.clone(), project.project.code.as_deref().map(str::to_owned)));
    let unreadable = report.unreadable.iter().map(|folder| (folder.clone(), None));
    ProjectNames::new(coded.chain(unreadable).collect(), crate::source::disk::name_of(folder))
}

/// Finds a project by its folder, its code, or the name of the only folder.
pub(super) fn project<'a>(
    report: &'a Report,
    name: &str,
    folder: &Path,
) -> Result<&'a ProjectReport, CannotRun> {
    known_project(report, name, folder).ok_or_else(|| {
        let is_unreadable = |meant: &str| report.unreadable.iter().any(|folder| folder == meant);
        if names(report, folder).folder_of(name).is_some_and(is_unreadable) {
            let hint = "mend the errors in its files first; `milepost check` tells them all";
            return CannotRun::new(format!("`{name}` could not be computed"), hint);
        }
        let computed = report.projects.iter().map(|project| project.project.folder.as_str());
        let hint = match did_you_mean(name, computed) {
            Some(near) => format!("did you mean `{near}`?"),
            None => known_projects(report, ""),
        };
        CannotRun::new(format!("there is no project `{name}` in `{}`", shown(folder)), hint)
    })
}

fn of_task(report: &Report, project: &ProjectReport, task: &str) -> Result<Why, CannotRun> {
    let number = task_named(project, task).and_then(|id| project.project.task_by_id(id));
    let Some(number) = number else {
        let folder = &project.project.folder;
        let keys = figure::keys(report, project);
        let names = task_ids(project).chain(keys.iter().map(String::as_str));
        let hint = match did_you_mean(task, names) {
            Some(near) => format!("did you mean `{folder}/{near}`?"),
            None => format!(
                "name a task of `{folder}` as in its plan.yaml, a figure such as `{folder}/eac`, or `{folder}` for its \
                 finish"
            ),
        };
        return Err(CannotRun::new(format!("the project `{folder}` has no task or figure `{task}`"), hint));
    };
    Ok(Teller::new(report, project).why(number))
}

fn has_task(project: &ProjectReport, task: &str) -> bool {
    task_ids(project).any(|id| id == task)
}

/// The task of a name: as it is written, or else the only one that differs in capital letters alone.
fn task_named<'a>(project: &'a ProjectReport, name: &str) -> Option<&'a Id> {
    in_any_case(name, project.project.tasks.iter().map(|task| (task.id.as_str(), &task.id)))
}

/// What a name means among others: the same, or else the only one that differs in capital letters alone.
fn in_any_case<'a, Meaning>(name: &str, known: impl Iterator<Item = (&'a str, Meaning)>) -> Option<Meaning> {
    let alike: Vec<(&str, Meaning)> = known.filter(|(known, _)| known.eq_ignore_ascii_case(name)).collect();
    let is_alone = alike.len() == 1;
    alike.into_iter().find(|(known, _)| is_alone || *known == name).map(|(_, meaning)| meaning)
}

fn task_ids(project: &ProjectReport) -> impl Iterator<Item = &str> {
    project.project.tasks.iter().map(|task| task.id.as_str())
}

/// What can be named: the projects, and what else may be.
fn known_projects(report: &Report, or_else: &str) -> String {
    let names: Vec<String> = report.projects.iter().map(|project| project.project.folder.clone()).collect();
    match names.as_slice() {
        [] => "name a folder that holds a project; `milepost check` says what is wrong with it".to_owned(),
        names => format!("name {}{or_else}", one_of(names)),
    }
}

/// The explanation as lines for a terminal.
fn text(why: &Why) -> String {
    let mut lines = vec![why.headline.clone(), String::new()];
    for (place, step) in why.steps.iter().enumerate() {
        // The first step of a task's own explanation is what the heading says already.
        if place == 0 && why.task.is_some() {
            lines.push("Why".to_owned());
        } else {
            lines.push(format!("{} · {}", step.name, step.dates));
        }
        lines.extend(step.reasons.iter().chain(&step.gaps).map(line));
    }
    for (title, said) in [("Room", &why.room), ("What would move it", &why.moves)] {
        if !said.is_empty() {
            lines.push(String::new());
            lines.push(title.to_owned());
            lines.extend(said.iter().map(line));
        }
    }
    lines.join("\n")
}

fn line(said: &Said) -> String {
    match &said.place {
        Some(place) => format!("  - {}  [{place}]", said.text),
        None => format!("  - {}", said.text),
    }
}
