//! `milepost report rebuild`: reports that nobody closed, frozen from the files of their day as git keeps them.

use std::path::Path;
use std::process::ExitCode;

use super::frozen::put;
use super::{CannotRun, print, shown};
use crate::cli::RebuildInput;
use crate::control::{Measured, Said};
use crate::diagnostic::Diagnostics;
use crate::diagnostic::spelling::count;
use crate::format;
use crate::freeze::{self, Occasion};
use crate::history::Past;
use crate::page::what_changed::not_compared_words;
use crate::pipeline::{Base, Memory, Options};
use crate::report::{ProjectReport, Report, is_of_the_files};
use crate::source::disk::Folder;

/// What became of the reports that have no frozen record.
#[derive(Default)]
struct Tally {
    n_written: usize,
    n_left: usize,
}

/// Writes a snapshot for each report without one; those that are there stay as they are. Ends with exit code 1 where one is left.
pub(super) fn run(input: &RebuildInput) -> Result<ExitCode, CannotRun> {
    let mut found = Diagnostics::default();
    let read = Folder::read(&input.folder, &mut found).map_err(|fault| CannotRun::unread(&fault))?;
    let past = Past::of(&input.folder).map_err(|why| CannotRun::new(why, "nothing is rebuilt"))?;
    let options = Options::default();
    let memory = Memory::new(&past, &read, &options);
    let now = memory.now();
    let asked: Vec<&ProjectReport> = match &input.project {
        Some(name) => vec![super::why::project(&now, name, &input.folder)?],
        None => now.projects.iter().collect(),
    };
    if asked.is_empty() {
        return Err(CannotRun::new(
            format!("no project in `{}` could be computed", shown(&input.folder)),
            "mend the errors in its files first; `milepost check` tells them all",
        ));
    }
    let mut tally = Tally::default();
    for project in asked {
        let way = way_to(input, &now, project);
        for update in &project.project.updates {
            let day = update.status_date;
            if project.project.snapshots.iter().any(|snapshot| snapshot.status_date == day) {
                continue;
            }
            let about = format!("Report of {} of {}", format::date(day), project.project.name);
            let base = match memory.surely_report_of(&now, project, day) {
                Ok(base) => base,
                Err(why) => {
                    tally.n_left += 1;
                    let close = format!(
                        "`milepost report close{way} --as-of {day}` freezes it from the files as they are"
                    );
                    print(&format!("{about} is not rebuilt. {} {close}.", not_compared_words(&why)));
                    continue;
                }
            };
            match text(&memory, project, &base) {
                Ok(text) => {
                    let inside = super::frozen::home_of(&now, project, &input.folder);
                    let path = inside.join("snapshots").join(format!("{day}.yaml"));
                    put(&path, text, "it stays as it is")?;
                    tally.n_written += 1;
                    let commit = &base.stop.commit;
                    let from = format!("{} of {}", commit.name.short(), format::date(commit.day));
                    print(&format!("{about} is rebuilt from {from}: {}", shown(&path)));
                }
                Err(why) => {
                    tally.n_left += 1;
                    print(&format!("{about} is not rebuilt: {why}"));
                }
            }
        }
    }
    print(&tally.words());
    Ok(ExitCode::from(u8::from(tally.n_left > 0)))
}

/// The folder and the project, as far as a command on a report of it has to name them.
fn way_to(input: &RebuildInput, now: &Report, project: &ProjectReport) -> String {
    let mut way = String::new();
    if input.folder != Path::new(".") {
        way += &format!(" {}", super::quoted(&input.folder.to_string_lossy()));
    }
    if now.projects.len() + now.unreadable.len() > 1 {
        way += &format!(" --project {}", super::quoted(&project.project.folder));
    }
    way
}

impl Tally {
    fn words(&self) -> String {
        match (self.n_written, self.n_left) {
            (0, 0) => "Every report is closed already.".to_owned(),
            (written, 0) => format!("{} rebuilt.", count(written, "report")),
            (written, left) => format!("{} rebuilt, {left} left.", count(written, "report")),
        }
    }
}

/// The text of the frozen record as the files of then give it; in words, why there is none.
fn text(memory: &Memory<'_>, project: &ProjectReport, base: &Base) -> Result<Option<String>, String> {
    let revision = base.stop.commit.name.short();
    let (report, folder) = memory.whole(project, base).ok_or_else(|| {
        format!("the files of {revision} do not hold the project, or not so that it can be computed")
    })?;
    let report: &Report = &report;
    let then = report.project(&folder).ok_or_else(|| "it was not there".to_owned())?;
    let n_errors =
        report.findings_of(then).filter(|found| is_of_the_files(found) && found.waiver.is_none()).count();
    if n_errors > 0 {
        return Err(format!("the files of {revision} hold {}", count(n_errors, "error")));
    }
    let measured = Measured {
        project: &then.project,
        forecast: &then.forecast,
        control: &then.control,
        risk: then.risk.as_deref(),
    };
    let said = Said::of(&measured, Some(report.findings_of(then).count()));
    Ok(freeze::snapshot(&said, then.project.currency, Some(&revision), Occasion::Rebuilt))
}
