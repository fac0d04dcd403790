//! What becomes other in a report when files of some of its projects change and nothing else does.

use std::collections::BTreeMap;
use std::mem::swap;

use jiff::civil::Date;

use super::{History, ProjectHistory, ProjectReport, Report, is_shared};
use crate::diagnostic::{Diagnostic, Diagnostics, FileId, LineIndex, Places};

/// What becomes other in a report when files of some of its projects change and nothing else does.
#[derive(Clone, Debug)]
pub struct Exchange {
    /// The projects; each is in the report, too, under the same folder.
    pub projects: Vec<ProjectReport>,
    /// What their past tells, by their folders.
    pub history: Vec<(String, ProjectHistory)>,
    /// The texts that have changed.
    pub texts: Vec<(FileId, String)>,
    /// The beginnings of the paths of their files, by their folders.
    pub homes: BTreeMap<String, String>,
    /// What is found about them and in their files, in the place of what was; the findings about others stay.
    pub findings: Diagnostics,
    /// The title of the site.
    pub title: String,
    /// The newest status date of all projects.
    pub status_date: Date,
    /// The revision of the sources.
    pub revision: Option<String>,
}

impl Exchange {
    /// Whether a finding of a report is one of those in whose place come others.
    #[must_use]
    pub fn replaces(&self, found: &Diagnostic, places: &dyn Places) -> bool {
        self.homes.iter().any(|(name, home)| concerns(found, (name, home), places))
    }
}

/// Whether a finding is about a project or stands in one of its files, which begin with its home.
#[must_use]
pub fn concerns(found: &Diagnostic, (name, home): (&str, &str), places: &dyn Places) -> bool {
    let in_file = |file: FileId| {
        let path = places.path(file);
        path.starts_with(home) && !is_shared(path)
    };
    match &found.project {
        Some(project) => project == name,
        None => found.span.is_some_and(|span| in_file(span.file)),
    }
}

impl Report {
    /// Takes in what has become other, and gives back what it was before: done twice, nothing has happened.
    pub fn exchange(&mut self, other: &mut Exchange) {
        for project in &mut other.projects {
            if let Some(own) =
                self.projects.iter_mut().find(|own| own.project.folder == project.project.folder)
            {
                swap(own, project);
            }
        }
        if let History::Known(known) = &mut self.history {
            for (folder, history) in &mut other.history {
                swap(known.entry(folder.clone()).or_default(), history);
            }
        }
        for (file, text) in &mut other.texts {
            let place = file.0 as usize;
            if let (Some((_, own)), Some(lines)) =
                (self.sources.files.get_mut(place), self.sources.lines.get_mut(place))
            {
                swap(own, text);
                *lines = LineIndex::new(own);
            }
        }
        let before = self.findings.take_out(|found| other.replaces(found, &self.sources));
        self.findings.extend(std::mem::replace(&mut other.findings, before));
        self.findings.sort();
        swap(&mut self.title, &mut other.title);
        swap(&mut self.status_date, &mut other.status_date);
        swap(&mut self.revision, &mut other.revision);
    }
}
