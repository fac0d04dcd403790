//! `milepost gate figures`: what criteria can name, and what it is now.

use std::process::ExitCode;

use crate::check::value_words;
use crate::cli::InputOfOne;
use crate::command::why::{project, unread};
use crate::command::{CannotRun, print, read, say_findings};
use crate::page::statement::keys;
use crate::page::{Address, Here, SiteMap};
use crate::statement::FigureName;

/// Prints the figures; of a project with their values and the keys under which `milepost why` explains them.
pub(super) fn run(name: Option<&str>, input: &InputOfOne) -> Result<ExitCode, CannotRun> {
    let Some(name) = name else {
        for figure in FigureName::ALL {
            print(&format!("{:<26}{:<14}{}", figure.name(), figure.kind().words(), figure.meaning().trim()));
        }
        return Ok(ExitCode::SUCCESS);
    };
    let report = read(&input.of(Some(name)))?.report;
    let project = project(&report, name, &input.folder)?;
    let errors = unread(&report, Some(&project.project.folder));
    say_findings(&errors, &report);
    let (map, address) = (SiteMap::default(), Address::portfolio());
    let desk = Here { report: &report, map: &map, address: &address }.desk(project);
    let book = crate::page::explain::book(&desk, None);
    for figure in FigureName::ALL {
        let value = match project.reading(*figure) {
            Some(value) => value_words(project, figure.kind(), value).replace(['\u{a0}', '\u{202f}'], " "),
            None => format!("— {}", why_unknown(project, *figure)),
        };
        let key = keys(&desk, *figure).into_iter().find(|key| book.get(key).is_some());
        let key = key.map_or_else(String::new, |key| format!("[{}/{key}]", project.project.folder));
        print(format!("{:<26}{value:<19} {key}", figure.name()).trim_end());
    }
    Ok(ExitCode::from(u8::from(errors.iter().next().is_some())))
}

/// Why a figure has no value: of several possible reasons the one that holds.
fn why_unknown(project: &crate::report::ProjectReport, figure: FigureName) -> String {
    let told = project.why_no_value(figure);
    let words = match (figure, &project.control.spending.release) {
        _ if told != figure.unknown() => return told,
        (FigureName::AuthorityLeft, None) => "no gate passed has released money",
        (FigureName::AuthorityLeft, Some(release)) if release.ran_out.is_some() => "the release has run out",
        (FigureName::AuthorityLeft, Some(_)) => "no cost is recorded",
        _ => return told,
    };
    words.to_owned()
}
