//! `milepost report close`: what the site says on the day of a report, written once.

use std::path::PathBuf;
use std::process::ExitCode;

use super::frozen::{Asked, compute, put, refuse_existing};
use super::{CannotRun, print, say, shown};
use crate::cli::FrozenInput;
use crate::format;
use crate::freeze;
use crate::report::{ProjectReport, is_of_the_files};

/// Computes the projects as of their reports and freezes what is said of them: of the project asked for, the only one, or of all.
pub(super) fn close(input: &FrozenInput) -> Result<ExitCode, CannotRun> {
    let asked = compute(input)?;
    let n_projects = asked.report.projects.len() + asked.report.unreadable.len();
    if input.project.is_none() && n_projects > 1 && !asked.report.projects.is_empty() {
        return Ok(close_all(&asked));
    }
    let project = asked.project()?;
    close_one(&asked, project)?;
    Ok(ExitCode::SUCCESS)
}

/// Closes the report of each project that has one of its day, and leaves alone what is closed already. Ends with exit code 1 where one is
/// left that cannot be closed.
fn close_all(asked: &Asked<'_>) -> ExitCode {
    let (mut n_closed, mut n_without, mut n_left) = (0, 0, asked.report.unreadable.len());
    for project in &asked.report.projects {
        let name = &project.project.name;
        if is_closed(asked, project) {
            continue;
        }
        if !has_report(project) {
            n_without += 1;
            let day = format::date(project.status_date);
            print(&format!("{name}: no report of {day} to close"));
            continue;
        }
        match close_one(asked, project) {
            Ok(()) => n_closed += 1,
            Err(fault) => {
                n_left += 1;
                say(&format!("{name} is not closed: {}", fault.what));
                say(&format!("  help: {}", fault.hint));
            }
        }
    }
    for folder in &asked.report.unreadable {
        say(&format!("{folder} is not closed: it cannot be computed; `milepost check` tells what is wrong"));
    }
    if n_closed + n_left + n_without == 0 {
        print("Every report is closed already.");
    }
    if n_left == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

fn is_closed(asked: &Asked<'_>, project: &ProjectReport) -> bool {
    path(asked, project).symlink_metadata().is_ok()
}

fn has_report(project: &ProjectReport) -> bool {
    project.project.updates.iter().any(|update| update.status_date == project.status_date)
}

fn path(asked: &Asked<'_>, project: &ProjectReport) -> PathBuf {
    asked.path(project, "snapshots", &project.status_date.to_string())
}

fn close_one(asked: &Asked<'_>, project: &ProjectReport) -> Result<(), CannotRun> {
    // A broken deadline is what a report has to tell of; only files that cannot be relied on keep it open.
    asked.refuse_while(project, is_of_the_files)?;
    let day = project.status_date;
    if !has_report(project) {
        let wanted = asked.home(project).join(format!("updates/{day}.md"));
        return Err(CannotRun::new(
            format!("there is no report of {day} to close: `{}` is missing", shown(&wanted)),
            format!(
                "write it first, beginning with the lines `---`, `status_date: {day}`, `---`; or name the day of another \
                 report with `--as-of`"
            ),
        ));
    }
    let path = path(asked, project);
    let instead = "say in the next report what was wrong in this one; close another with `--as-of`";
    refuse_existing(&path, instead)?;
    let mut said = project.said();
    said.figures.counts.findings = i64::try_from(asked.report.findings_of(project).count()).ok();
    let revision = asked.report.revision.as_deref();
    let text = freeze::snapshot(&said, project.project.currency, revision, freeze::Occasion::Closed);
    put(&path, text, instead)?;
    print(&format!("Report of {day} of {} is closed: {}", project.project.name, shown(&path)));
    if day < project.project.newest_report() {
        say(
            "  note: what was recorded for later days was left out; entries without a day are as the files say today",
        );
    }
    Ok(())
}
