//! Files that nothing reads, and what their names may be a slip of.

use crate::diagnostic::spelling::did_you_mean;
use crate::diagnostic::{Diagnostic, FileId, Span};
use crate::record::project_folder::PROJECT_FOLDERS;
use crate::record::rule::UNKNOWN_FILE;

/// What stands behind the last dot of a name; nothing where there is none.
pub(super) fn ending_of(name: &str) -> &str {
    name.rsplit_once('.').map_or("", |(_, ending)| ending)
}

/// The file that one which nothing reads is most likely meant to be.
pub(super) fn meant_file<'a>(path: &str, known: &[&'a str]) -> Option<&'a str> {
    let name = path.rsplit('/').next().unwrap_or(path);
    // `risks.yml` and `risks.csv` are slips of the ending, which a distance between words does not see.
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    let same_stem =
        known.iter().copied().find(|known| known.rsplit_once('.').is_some_and(|(known, _)| known == stem));
    same_stem.or_else(|| did_you_mean(name, known.iter().copied()))
}

/// Reports a file that nothing reads, with what its name may be a slip of.
pub(super) fn unknown_file(id: FileId, path: &str, known: &[&str]) -> Diagnostic {
    let name = path.rsplit('/').next().unwrap_or(path);
    if let Some(file_in_it) = what_a_folder_holds(path) {
        let message = format!("`{path}` is a file, where milepost looks for a folder");
        return Diagnostic::new(&UNKNOWN_FILE, Span::new(id, 0, 0), message)
            .hint(format!("make it a folder `{path}/` that holds {file_in_it}"));
    }
    let diagnostic = Diagnostic::new(
        &UNKNOWN_FILE,
        Span::new(id, 0, 0),
        format!("`{path}` is not a file that milepost reads"),
    );
    let folders = PROJECT_FOLDERS.iter().map(|(folder, ending)| (*folder, *ending));
    let right_ending = folders
        .filter(|(folder, _)| path.split('/').next() == Some(folder))
        .map(|(folder, ending)| format!("name the files in `{folder}/` with the ending `.{ending}`"))
        .next();
    // A calendar may have any name, so only its ending can be a slip.
    let of_calendar = (path.starts_with("calendars/") && matches!(ending_of(name), "yml" | "YAML" | "YML"))
        .then(|| format!("rename it to `{}.yaml`", name.rsplit_once('.').map_or(name, |(stem, _)| stem)));
    let of_folder = path.split_once('/').and_then(|(folder, rest)| {
        let near = did_you_mean(folder, PROJECT_FOLDERS.iter().map(|(folder, _)| *folder))?;
        (near != folder).then(|| format!("move it to `{near}/{rest}`: the folder is called `{near}`"))
    });
    match right_ending.or(of_calendar).or(of_folder).or_else(|| {
        let near = meant_file(path, known)?;
        Some(if near == name {
            format!("move it up: `{near}` lies in the project's own folder")
        } else {
            format!("rename it to `{near}`")
        })
    }) {
        Some(hint) => diagnostic.hint(hint),
        None => diagnostic.hint("put it into `attachments/`, or remove it"),
    }
}

/// What lies in a folder of this name that milepost reads; none for other names.
fn what_a_folder_holds(path: &str) -> Option<String> {
    match path {
        "projects" => return Some("a folder for each project".to_owned()),
        "calendars" => return Some("files with the ending `.yaml`".to_owned()),
        _ => {}
    }
    let (_, ending) = PROJECT_FOLDERS.iter().find(|(folder, _)| *folder == path)?;
    Some(format!("files with the ending `.{ending}`"))
}
