//! What becomes other in a report when files of some of its projects change and nothing else does.

use std::mem::swap;

use jiff::civil::Date;

use super::{History, ProjectHistory, ProjectReport, Report};
use crate::diagnostic::{Diagnostics, FileId, LineIndex};

/// What becomes other in a report when files of some of its projects change and nothing else does.
#[derive(Clone, Debug)]
pub struct Exchange {
    /// The projects; each is in the report, too, under the same folder.
    pub projects: Vec<ProjectReport>,
    /// What their past tells, by their folders.
    pub history: Vec<(String, ProjectHistory)>,
    /// The texts that have changed.
    pub texts: Vec<(FileId, String)>,
    /// Everything found, about all projects.
    pub findings: Diagnostics,
    /// The title of the site.
    pub title: String,
    /// The newest status date of all projects.
    pub status_date: Date,
    /// The revision of the sources.
    pub revision: Option<String>,
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
        swap(&mut self.findings, &mut other.findings);
        swap(&mut self.title, &mut other.title);
        swap(&mut self.status_date, &mut other.status_date);
        swap(&mut self.revision, &mut other.revision);
    }
}
