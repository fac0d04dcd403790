//! Files that nothing reads, and what their names may be a slip of.

use crate::diagnostic::spelling::did_you_mean;
use crate::diagnostic::{Diagnostic, FileId, Span};
use crate::record::project_folder::PROJECT_FOLDERS;
use crate::record::rule::UNKNOWN_FILE;

/// What stands behind the last dot of a name; nothing where there is none.
pub(super) fn ending_of(name: &str) -> &str {
    name.rsplit_once('.').map_or("", |(_, ending)| ending)
}

/// Reports a file that nothing reads, with what its name may be a slip of.
pub(super) fn unknown_file(id: FileId, path: &str, known: &[&str]) -> Diagnostic {
    let name = path.rsplit('/').next().unwrap_or(path);
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
    // `risks.yml` and `risks.csv` are slips of the ending, which a distance between words does not see.
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    let same_stem =
        known.iter().copied().find(|known| known.rsplit_once('.').is_some_and(|(known, _)| known == stem));
    match right_ending.or_else(|| {
        let near = same_stem.or_else(|| did_you_mean(name, known.iter().copied()))?;
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
