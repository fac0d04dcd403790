//! `milepost schema`: JSON Schemas of the files, and the comments by which editors find them.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use super::layout::inside;
use super::{CannotRun, print, print_lines, say, say_found_in, shown};
use crate::diagnostic::Diagnostics;
use crate::diagnostic::spelling::{count, did_you_mean};
use crate::output::write_whole;
use crate::record::{FileSchema, homes_among, is_frozen, schema_for, schemas};
use crate::source::disk::Folder;

/// What a language server for YAML reads at the beginning of a file.
const COMMENT: &str = "# yaml-language-server: $schema=";

/// Prints one schema or the list of all; or writes all, and names them in the files of a portfolio.
pub(super) fn run(
    kind: Option<&str>,
    out: Option<&Path>,
    comments: Option<&Path>,
) -> Result<ExitCode, CannotRun> {
    let all = schemas();
    let Some(out) = out else {
        return printed(kind, &all);
    };
    for schema in &all {
        let path = out.join(file_name(&schema.name));
        write_whole(&path, schema.text.as_bytes()).map_err(|fault| CannotRun::unwritten(&fault, ""))?;
    }
    say(&format!("{} in {}", count(all.len(), "schema"), shown(out)));
    if let Some(portfolio) = comments {
        say(&format!("line written into {}", count(comment(portfolio, out)?, "file")));
    }
    Ok(ExitCode::SUCCESS)
}

fn printed(kind: Option<&str>, all: &[FileSchema]) -> Result<ExitCode, CannotRun> {
    let Some(kind) = kind else {
        for schema in all {
            print(&format!("{:<22}{}", schema.name, schema.path));
        }
        return Ok(ExitCode::SUCCESS);
    };
    let Some(schema) = all.iter().find(|schema| schema.name == kind || schema.path == kind) else {
        let hint = did_you_mean(kind, all.iter().map(|schema| schema.name.as_str())).map_or_else(
            || "run `milepost schema` for the list of all kinds".to_owned(),
            |near| format!("did you mean `{near}`?"),
        );
        return Err(CannotRun::new(format!("there is no kind of file `{kind}`"), hint));
    };
    print_lines(&schema.text);
    Ok(ExitCode::SUCCESS)
}

fn file_name(name: &str) -> String {
    format!("{name}.schema.json")
}

/// Puts the line that names its schema before every YAML file of a portfolio that has none, mends it where it names the schema at
/// another place, and gives the number of files that were changed. A line that names another schema is its author's.
fn comment(portfolio: &Path, schemas: &Path) -> Result<usize, CannotRun> {
    let mut found = Diagnostics::default();
    let folder = Folder::read(portfolio, &mut found).map_err(|fault| CannotRun::unread(&fault))?;
    say_found_in(&found, &folder);
    let away = way_from(portfolio, schemas)?;
    let homes = homes_among(folder.files().iter().map(|file| file.path.as_str()));
    let mut n_files = 0;
    for file in folder.files() {
        let inside = inside(&homes, &file.path);
        let Some(name) = schema_for(inside).filter(|_| !is_frozen(inside)) else { continue };
        let up = "../".repeat(file.path.matches('/').count());
        let wanted = format!("{COMMENT}{up}{away}{}", file_name(&name));
        let text = match file.text.lines().find(|line| line.starts_with(COMMENT)) {
            None => format!("{wanted}\n{}", file.text),
            Some(line) => {
                let named = line.trim_end().rsplit(['/', '=']).next().unwrap_or_default();
                if line.trim_end() == wanted || named != file_name(&name) {
                    continue;
                }
                file.text.replacen(line.trim_end(), &wanted, 1)
            }
        };
        write_whole(&portfolio.join(&file.path), text.as_bytes())
            .map_err(|fault| CannotRun::unwritten(&fault, "the file is left as it was"))?;
        n_files += 1;
    }
    Ok(n_files)
}

/// The way from one folder to another with `/`, empty or with a `/` at its end: `../schemas/`.
fn way_from(from: &Path, to: &Path) -> Result<String, CannotRun> {
    let whole = |path: &Path| -> Result<PathBuf, CannotRun> {
        path.canonicalize().map_err(|error| CannotRun::new(format!("{}: {error}", shown(path)), ""))
    };
    let (from, to) = (whole(from)?, whole(to)?);
    let shared = from.iter().zip(to.iter()).take_while(|(one, other)| one == other).count();
    let mut way = "../".repeat(from.iter().count() - shared);
    for part in to.iter().skip(shared) {
        way.push_str(&part.to_string_lossy());
        way.push('/');
    }
    Ok(way)
}
