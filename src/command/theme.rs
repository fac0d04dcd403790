//! `milepost theme`: which themes there are, their files for editing, and what their templates see.

use std::collections::BTreeMap;
use std::fs::OpenOptions;
use std::io::Write as _;
use std::path::Path;
use std::process::ExitCode;

use super::{CannotRun, print, shown};
use crate::cli::ThemeVerb;
use crate::diagnostic::Diagnostics;
use crate::diagnostic::spelling::did_you_mean;
use crate::record::what_if::Changes;
use crate::source::disk::{Folder, SITE_MARKER};
use crate::theme::{EMBEDDED_THEMES, EmbeddedTheme, PLAIN, first_sentence, reference};

/// Does what was asked.
pub(super) fn run(verb: &ThemeVerb) -> Result<ExitCode, CannotRun> {
    match verb {
        ThemeVerb::List => list(),
        ThemeVerb::Copy { files, folder, theme } => copy(files, folder, theme.as_deref())?,
        ThemeVerb::Variables { template } => variables(template.as_deref())?,
    }
    Ok(ExitCode::SUCCESS)
}

/// The theme of a name that somebody typed; none for the one that the portfolio names.
pub(super) fn chosen(name: Option<&str>) -> Result<Option<&'static str>, CannotRun> {
    name.map(|name| find(name).map(|theme| theme.name)).transpose()
}

fn find(name: &str) -> Result<&'static EmbeddedTheme, CannotRun> {
    EmbeddedTheme::find(name).ok_or_else(|| {
        let names = EMBEDDED_THEMES.iter().map(|theme| theme.name);
        let hint = did_you_mean(name, names).map_or_else(
            || "run `milepost theme list` for all of them".to_owned(),
            |near| format!("did you mean `{near}`?"),
        );
        CannotRun::new(format!("there is no theme `{name}`"), hint)
    })
}

/// Each theme, and each file with the sentence that its own text begins with.
fn list() {
    let mut text =
        String::from("Themes, chosen with `theme: NAME` in `portfolio.yaml` or with --theme NAME:\n\n");
    for theme in EMBEDDED_THEMES {
        text += &format!("  {:8} {}\n", theme.name, theme.about);
    }
    text += "\nFiles that `milepost theme copy FILE` brings into a portfolio's `theme/`:\n";
    for theme in EMBEDDED_THEMES {
        let rest = if theme.name == PLAIN { "" } else { "; all else is as in `plain`" };
        text += &format!("\n  {}{rest}\n", theme.name);
        for (path, bytes) in theme.files() {
            let about = first_sentence(bytes);
            text += format!("    {path:36} {about}").trim_end();
            text.push('\n');
        }
    }
    print(text.trim_end());
}

/// Copies files of the theme into the portfolio, all or none.
fn copy(files: &[String], folder: &Path, theme: Option<&str>) -> Result<(), CannotRun> {
    let theme = find(chosen(theme)?.map_or_else(|| named_by(folder), Ok)?)?;
    let known = theme.layers();
    let home = folder.join("theme");
    let mut wanted = BTreeMap::new();
    for file in files {
        let Some((from, bytes)) = known.get(file) else {
            return Err(unknown_file(file, known.keys()));
        };
        wanted.insert(file.as_str(), (from.name, *bytes, home.join(file)));
    }
    if let Some((_, _, path)) = wanted.values().find(|(_, _, path)| exists(path)) {
        return Err(CannotRun::new(
            format!("`{}` exists already; nothing was copied", shown(path)),
            "edit it, or move it away to begin anew",
        ));
    }
    for (from, bytes, path) in wanted.values() {
        write_new(path, bytes)
            .map_err(|fault| CannotRun::new(format!("cannot write `{}`: {fault}", shown(path)), ""))?;
        print(&format!("Copied `{}` from the theme `{from}`.", shown(path)));
    }
    print(
        "The site uses the copies from the next `milepost build` on; delete one to have the embedded file back.",
    );
    Ok(())
}

/// The theme that the portfolio names; its other files may be as faulty as they like.
fn named_by(folder: &Path) -> Result<&'static str, CannotRun> {
    let read =
        Folder::read(folder, &mut Diagnostics::default()).map_err(|fault| CannotRun::unread(&fault))?;
    let record = crate::record::read(&read, &Changes::default(), &mut Diagnostics::default());
    let is_site = folder.join(SITE_MARKER).exists();
    if is_site || (record.portfolio.is_none() && record.projects.is_empty()) {
        return Err(CannotRun::new(
            format!("`{}` is no portfolio", shown(folder)),
            "name the folder that holds the projects with `--folder PORTFOLIO`",
        ));
    }
    Ok(record.portfolio.and_then(|portfolio| portfolio.theme).map_or(PLAIN, |theme| theme.value.as_str()))
}

fn unknown_file<'a>(file: &str, known: impl Iterator<Item = &'a String> + Clone) -> CannotRun {
    let ends_so = known.clone().find(|path| path.ends_with(&format!("/{}", file.trim_start_matches("./"))));
    let near = ends_so.map(String::as_str).or_else(|| did_you_mean(file, known.map(String::as_str)));
    let hint = near.map_or_else(
        || "run `milepost theme list` for all files".to_owned(),
        |near| format!("did you mean `{near}`?"),
    );
    CannotRun::new(format!("no theme has a file `{file}`"), hint)
}

#[allow(clippy::disallowed_methods, reason = "this verb writes into a folder that its user names")]
fn exists(path: &Path) -> bool {
    path.symlink_metadata().is_ok()
}

/// Writes a file that must not exist.
#[allow(clippy::disallowed_methods, reason = "this verb writes into a folder that its user names")]
fn write_new(path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder)?;
    }
    OpenOptions::new().write(true).create_new(true).open(path)?.write_all(bytes)
}

/// The section of the reference on a template, or on what every template sees.
fn variables(template: Option<&str>) -> Result<(), CannotRun> {
    let Some(template) = template else {
        print(&reference::every_page());
        return Ok(());
    };
    let template = template.trim_start_matches("templates/");
    let names = reference::templates();
    // `schedule` and `G2` say enough.
    let short =
        |name: &str| name.split_once('/').map_or(name, |(_, file)| file).trim_end_matches(".html").to_owned();
    let meant = names.iter().find(|name| **name == template || short(name) == template);
    if let Some(text) = meant.and_then(|name| reference::of_template(name)) {
        print(&text);
        return Ok(());
    }
    let is_frame = find(PLAIN)?.files().keys().any(|path| path.trim_start_matches("templates/") == template);
    if is_frame {
        print(&reference::every_page());
        return Ok(());
    }
    let shorts: Vec<String> = names.iter().map(|name| short(name)).collect();
    let near = did_you_mean(&short(template), shorts.iter().map(String::as_str));
    let hint = near
        .map_or_else(|| format!("there are {}", names.join(", ")), |near| format!("did you mean `{near}`?"));
    Err(CannotRun::new(format!("no page is made with a template `{template}`"), hint))
}
