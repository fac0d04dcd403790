//! `milepost report close`: what the site says on the day of a report, written once.

use std::process::ExitCode;

use super::frozen::{compute, put, refuse_existing};
use super::{CannotRun, print, say, shown};
use crate::cli::FrozenInput;
use crate::freeze;
use crate::report::is_of_the_files;

/// Computes the project as of the report and freezes what is said of it.
pub(super) fn close(input: &FrozenInput) -> Result<ExitCode, CannotRun> {
    let asked = compute(input)?;
    let project = asked.project()?;
    // A broken deadline is what a report has to tell of; only files that cannot be relied on keep it open.
    asked.refuse_while(project, is_of_the_files)?;
    let day = project.status_date;
    if !project.project.updates.iter().any(|update| update.status_date == day) {
        let wanted = asked.home(project).join(format!("updates/{day}.md"));
        return Err(CannotRun::new(
            format!("there is no report of {day} to close: `{}` is missing", shown(&wanted)),
            format!(
                "write it first, beginning with the lines `---`, `status_date: {day}`, `---`; or name the day of another \
                 report with `--as-of`"
            ),
        ));
    }
    let path = asked.path(project, "snapshots", &day.to_string());
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
    Ok(ExitCode::SUCCESS)
}
