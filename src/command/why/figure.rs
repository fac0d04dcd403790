//! How a figure was made: `milepost why PROJECT/eac`, the same that its page says.

use std::path::Path;
use std::process::ExitCode;

use serde::Serialize;

use super::{has_task, in_any_case, project, task_named, unread};
use crate::cli::Form;
use crate::command::{CannotRun, print, say_findings};
use crate::diagnostic::spelling::count;
use crate::page::explain::{Book, Told, ToldInput, book, told};
use crate::page::statement::keys as keys_of_figure;
use crate::page::{Address, Here, SiteMap};
use crate::report::{ProjectReport, Report};
use crate::statement::FigureName;

/// A figure of a project.
pub(super) struct Found<'a> {
    project: &'a ProjectReport,
    key: String,
}

/// What other programs read.
#[derive(Serialize)]
struct Answer {
    project: String,
    #[serde(flatten)]
    figure: Told,
}

/// Finds the figure that `PROJECT/KEY` means, also with other capital letters (`PROJECT/AC`); none where it means a task, or
/// nothing.
pub(super) fn find<'a>(report: &'a Report, folder: &Path, wanted: &str) -> Option<Found<'a>> {
    let (name, key) = wanted.split_once('/')?;
    let project = project(report, name, folder).ok()?;
    if has_task(project, key) {
        return None;
    }
    let keys = keys(report, project);
    let is_exact = keys.iter().any(|known| known == key);
    if !is_exact && task_named(project, key).is_some() {
        return None;
    }
    let named = || of_criteria(report, project, key).into_iter().find(|key| keys.contains(key));
    let key = in_any_case(key, keys.iter().map(|known| (known.as_str(), known))).cloned().or_else(named)?;
    Some(Found { project, key })
}

/// The keys that a figure may have which criteria call by this name, as `milepost gate figures` lists it: `estimate` is `eac`.
fn of_criteria(report: &Report, project: &ProjectReport, name: &str) -> Vec<String> {
    let Some(figure) = FigureName::from_name(name) else { return Vec::new() };
    let (map, address) = (SiteMap::default(), Address::portfolio());
    keys_of_figure(&Here { report, map: &map, address: &address }.desk(project), figure)
}

/// The keys of all figures of a project.
pub(super) fn keys(report: &Report, project: &ProjectReport) -> Vec<String> {
    with_book(report, project, |book| book.figures().iter().map(|figure| figure.key.clone()).collect())
}

fn with_book<Answer>(report: &Report, project: &ProjectReport, ask: impl FnOnce(&Book) -> Answer) -> Answer {
    let (map, address) = (SiteMap::default(), Address::portfolio());
    ask(&book(&Here { report, map: &map, address: &address }.desk(project), None))
}

/// Prints it, after what could not be read.
pub(super) fn run(report: &Report, found: Found<'_>, form: Form) -> Result<ExitCode, CannotRun> {
    let Found { project, key } = found;
    let folder = project.project.folder.clone();
    let (map, address) = (SiteMap::default(), Address::portfolio());
    let desk = Here { report, map: &map, address: &address }.desk(project);
    let book = book(&desk, None);
    let Some(figure) = book.get(&key).map(|figure| told(&desk, &book, figure).with_lines(&desk, &book))
    else {
        return Err(CannotRun::new(
            format!("there is no figure `{key}`"),
            "run `milepost why PROJECT`".to_owned(),
        ));
    };
    let unread = unread(report, Some(&folder));
    let n_unread = unread.iter().count();
    say_findings(&unread, report);
    match form {
        Form::Text => {
            if n_unread > 0 {
                print(&format!(
                    "Answers from what could be read: the files hold {}.\n",
                    count(n_unread, "error")
                ));
            }
            print(text(&folder, &figure).trim_end());
        }
        // A document of strings and numbers always serialises.
        Form::Json => {
            print(&serde_json::to_string_pretty(&Answer { project: folder, figure }).unwrap_or_default());
        }
    }
    Ok(ExitCode::from(u8::from(n_unread > 0)))
}

fn text(folder: &str, figure: &Told) -> String {
    let mut lines = vec![format!("{}: {}", figure.name, figure.value), String::new()];
    lines.push(format!("  {}", figure.formula));
    lines.extend(figure.values.iter().map(|values| format!("  {values}")));
    if !figure.inputs.is_empty() {
        lines.push(String::new());
        lines.push("What goes in".to_owned());
        lines.extend(figure.inputs.iter().map(|input| line(folder, input)));
    }
    if !figure.rests_on.is_empty() {
        let places: Vec<&str> = figure.rests_on.iter().map(|place| place.label.as_str()).collect();
        lines.extend([String::new(), format!("Rests on {}", places.join(", "))]);
    }
    lines.extend(figure.note.iter().flat_map(|note| [String::new(), note.clone()]));
    lines.join("\n")
}

fn line(folder: &str, input: &ToldInput) -> String {
    let name = input.name.as_ref().map(|name| format!(", {name}")).unwrap_or_default();
    let value = if input.value.is_empty() { String::new() } else { format!(": {}", input.value) };
    let places: Vec<&str> = input.places.iter().map(|place| place.label.as_str()).collect();
    let from = match (&input.figure, input.given) {
        (Some(key), _) => format!("  [{folder}/{key}]"),
        (None, Some(words)) => format!("  ({words})"),
        (None, None) if places.is_empty() => String::new(),
        (None, None) => format!("  [{}]", places.join(", ")),
    };
    format!("  - {}{name}{value}{from}", input.label)
}
