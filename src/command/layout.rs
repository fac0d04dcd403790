//! `milepost fmt`: the files of a portfolio laid out in one way.

use std::path::Path;
use std::process::ExitCode;

use super::{CannotRun, print, say, say_found_in, shown};
use crate::diagnostic::spelling::count;
use crate::diagnostic::{Diagnostics, FileId};
use crate::output::write_whole;
use crate::record::{home_of, homes_among, is_frozen, is_table, schema_for};
use crate::source::disk::{Folder, Reading, SourceFile};
use crate::source::tidy::{self, Left};
use crate::source::{markdown, table, yaml};

/// Lays out every file that the format knows and that people edit; names those that are changed or, with `check`, would be. A file with a
/// mistake is told and ends the run with exit code 1; one that is right and has no layout is told alone.
pub(super) fn run(folder: &Path, check: bool) -> Result<ExitCode, CannotRun> {
    let mut found = Diagnostics::default();
    let read = Folder::read(folder, &mut found).map_err(|fault| CannotRun::unread(&fault))?;
    let homes = homes_among(read.files().iter().map(|file| file.path.as_str()));
    let mut n_changed = 0;
    let (mut unread, mut unusual) = (Vec::new(), Vec::new());
    for file in read.files() {
        let Some(lay_out) = way_of(inside(&homes, &file.path)) else { continue };
        let text = if file.reading == Reading::Text { Ok(&file.text) } else { Err(Left::Faulty) };
        let tidy = match text.and_then(|text| lay_out(text)) {
            Ok(tidy) => tidy,
            Err(Left::Faulty) => {
                if file.reading == Reading::Text {
                    tell_faults(read.find(&file.path).map(|(file, _)| file), file, &mut found);
                }
                unread.push(&*file.path);
                continue;
            }
            Err(Left::Unusual) => {
                unusual.push(&*file.path);
                continue;
            }
        };
        if file.as_read().is_some_and(|bytes| bytes == tidy.as_bytes()) {
            continue;
        }
        n_changed += 1;
        print(&file.path);
        if !check {
            write_whole(&folder.join(&file.path), tidy.as_bytes())
                .map_err(|fault| CannotRun::unwritten(&fault, "the file is left as it was"))?;
        }
    }
    say_found_in(&found, &read);
    for path in &unread {
        say(&format!("{path}: left as it is, it cannot be read without a mistake"));
    }
    for path in &unusual {
        say(&format!(
            "{path}: left as it is, something in it is written in a way that has no layout, such as `|+`, `|2`, `? key` or a text that \
             begins with an empty line"
        ));
    }
    let files = count(n_changed, "file");
    match (n_changed, check) {
        (0, _) if unread.len() == 1 => say("1 file left as it is"),
        (0, _) if !unread.is_empty() => say(&format!("{} left as they are", count(unread.len(), "file"))),
        (0, _) => say(&format!("{}: nothing to lay out", shown(folder))),
        (_, true) => say(&format!("{files} would be laid out anew")),
        (_, false) => say(&format!("{files} laid out anew")),
    }
    let is_left = !unread.is_empty() || (check && n_changed > 0);
    Ok(ExitCode::from(u8::from(is_left)))
}

/// Tells what keeps a file from being read.
fn tell_faults(id: Option<FileId>, file: &SourceFile, found: &mut Diagnostics) {
    let Some(id) = id else { return };
    let mut faults = Diagnostics::default();
    match file.path.rsplit('.').next() {
        Some("csv") => drop(table::parse(id, &file.text, &mut faults)),
        Some("md") => drop(markdown::parse(id, &file.text, &mut faults)),
        _ => drop(yaml::parse(id, &file.text, &mut faults)),
    }
    found.extend(faults);
}

/// The path of a file from the folder of its project, by which the format knows it; that from the portfolio for what all share.
pub(super) fn inside<'a>(homes: &[String], path: &'a str) -> &'a str {
    home_of(homes, path).map_or(path, |home| &path[home.len()..])
}

type LayOut = fn(&str) -> Result<String, Left>;

/// How a file is laid out, by its path from its project; none for files that the format does not know, and for frozen ones.
fn way_of(inside: &str) -> Option<LayOut> {
    if is_frozen(inside) {
        return None;
    }
    let (folder, name) = inside.rsplit_once('/').unwrap_or(("", inside));
    let end = Path::new(name).extension()?.to_str()?;
    match end {
        "yaml" if schema_for(inside).is_some() => Some(tidy::yaml),
        "csv" if folder.is_empty() && is_table(name) => Some(tidy::csv),
        "md" if matches!(folder, "stages" | "gates" | "updates" | "exceptions") => Some(tidy::page),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_new_portfolio_is_laid_out_already() {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/command/template");
        let folder = Folder::read(&root, &mut Diagnostics::default()).unwrap();
        let homes = homes_among(folder.files().iter().map(|file| file.path.as_str()));
        let mut n_laid_out = 0;
        for file in folder.files() {
            if let Some(lay_out) = way_of(inside(&homes, &file.path)) {
                assert_eq!(lay_out(&file.text).as_deref(), Ok(file.text.as_str()), "{}", file.path);
                n_laid_out += 1;
            }
        }
        assert!(n_laid_out > 3);
    }

    #[test]
    fn files_of_people_are_laid_out_and_others_left_alone() {
        let homes = [String::new(), "demo/".to_owned(), "projects/net/".to_owned()];
        for path in [
            "portfolio.yaml",
            "plan.yaml",
            "projects/net/plan.yaml",
            "projects/net/costs.csv",
            "gates/G2.md",
            "demo/plan.yaml",
        ] {
            assert!(way_of(inside(&homes, path)).is_some(), "{path}");
        }
        for path in [
            "projects/net/baselines/B1.yaml",
            "projects/net/snapshots/2026-08-28.yaml",
            "gates/frozen/G2-2026-09-21.yaml",
            "projects/net/notes.md",
            "demo/baselines/B1.yaml",
            "attachments/prices.csv",
            "README.md",
        ] {
            assert!(way_of(inside(&homes, path)).is_none(), "{path}");
        }
    }
}
