//! What freezing a baseline and closing a report have in common: which project, which file, and when it is refused.

use std::path::{Path, PathBuf};

use super::{CannotRun, read, say_findings, shown};
use crate::cli::{FrozenInput, Input, WhatIf};
use crate::diagnostic::spelling::{count, one_of};
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::output::{OutputError, write_once};
use crate::report::{ProjectReport, Report};

/// A computed folder, and what was asked of it.
pub(super) struct Asked<'a> {
    pub report: Report,
    input: &'a FrozenInput,
}

/// Reads and computes the folder as of the day asked for, or of each project's newest report.
pub(super) fn compute(input: &FrozenInput) -> Result<Asked<'_>, CannotRun> {
    let what_if = WhatIf { set: Vec::new(), without: Vec::new() };
    let folder = input.folder.clone();
    let (as_of, as_of_project) = (input.status_date.clone(), input.project.clone());
    let report = read(&Input { folder, as_of, as_of_project, level: false, what_if })?.report;
    Ok(Asked { report, input })
}

impl Asked<'_> {
    /// The project asked for, or the only one.
    pub fn project(&self) -> Result<&ProjectReport, CannotRun> {
        project_of(&self.report, (self.input.project.as_deref(), &self.input.folder), "with `--project`")
    }

    /// Refuses while findings of a kind are open, and shows them. Waived ones are somebody's word.
    pub fn refuse_while(
        &self,
        project: &ProjectReport,
        is_in_the_way: impl Fn(&Diagnostic) -> bool,
    ) -> Result<(), CannotRun> {
        let mut faults = Diagnostics::default();
        let concerns = |found: &Diagnostic| {
            found.project.as_deref().is_none_or(|of| of == project.project.folder) && found.waiver.is_none()
        };
        for found in self.report.findings.iter().filter(|found| concerns(found) && is_in_the_way(found)) {
            faults.push(found.clone());
        }
        if faults.is_empty() {
            return Ok(());
        }
        say_findings(&faults, &self.report);
        Err(CannotRun::new(
            format!("the files hold {}; nothing is frozen", count(faults.iter().count(), "error")),
            "mend them first: what is frozen is not changed any more",
        ))
    }

    /// The folder of the project on the disk.
    pub fn home(&self, project: &ProjectReport) -> PathBuf {
        home_of(&self.report, project, &self.input.folder)
    }

    /// Where a frozen record of the project lies.
    pub fn path(&self, project: &ProjectReport, folder: &str, name: &str) -> PathBuf {
        self.home(project).join(folder).join(format!("{name}.yaml"))
    }
}

/// The project asked for, or the only one; `way` says how one of several is named.
pub(super) fn project_of<'a>(
    report: &'a Report,
    (name, folder): (Option<&str>, &Path),
    way: &str,
) -> Result<&'a ProjectReport, CannotRun> {
    if let Some(name) = name {
        return super::why::project(report, name, folder);
    }
    match report.projects.as_slice() {
        [only] if report.unreadable.is_empty() => Ok(only),
        [] => {
            say_findings(&report.findings, report);
            Err(CannotRun::new(
                format!("no project in `{}` could be computed", shown(folder)),
                "mend the errors in its files first; `milepost check` tells them all",
            ))
        }
        several => {
            let names: Vec<String> = several.iter().map(|project| project.project.folder.clone()).collect();
            Err(CannotRun::new(
                format!("`{}` holds several projects", shown(folder)),
                format!("name {} {way}", one_of(&names)),
            ))
        }
    }
}

/// The folder of a project on the disk, in the folder that was read.
pub(super) fn home_of(report: &Report, project: &ProjectReport, folder: &Path) -> PathBuf {
    folder.join(report.home(project))
}

/// Writes a frozen record, or says why it is not written.
pub(super) fn put(path: &Path, text: Option<String>, instead: &str) -> Result<(), CannotRun> {
    let text = text.ok_or_else(|| {
        CannotRun::new(
            format!("what was to be written into `{}` cannot be read back", shown(path)),
            "this is a fault of milepost: report it with the name of every task and milestone",
        )
    })?;
    write_once(path, text.as_bytes()).map_err(|fault| match fault {
        OutputError::Exists { .. } => {
            CannotRun::new(format!("`{}` is frozen already and is not overwritten", shown(path)), instead)
        }
        fault => CannotRun::unwritten(&fault, "nothing was frozen"),
    })
}

/// Refuses before anything else is asked for where the file is there.
pub(super) fn refuse_existing(path: &Path, instead: &str) -> Result<(), CannotRun> {
    if path.symlink_metadata().is_ok() {
        return Err(CannotRun::new(
            format!("`{}` is frozen already and is not overwritten", shown(path)),
            instead,
        ));
    }
    Ok(())
}
