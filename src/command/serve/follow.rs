//! The site that is shown follows the files: what has changed is drawn anew, the whole only where it must be.

use std::collections::BTreeSet;

use super::super::{CannotRun, Computed, audience_of, computed, read_folder, site};
use super::live::Live;
use super::watch::{Heard, REPOSITORY};
use crate::cli::{Input, Readers};
use crate::diagnostic::render::{Colour, summary, terminal};
use crate::diagnostic::{Diagnostic, Diagnostics, FileId, Places, Severity};
use crate::history::{NoHistory, Past};
use crate::pipeline::{self, Anew, LiveSite, Options};
use crate::quantity::Audience;
use crate::source::disk::Folder;

/// What was asked for on the command line.
#[derive(Clone, Copy)]
pub(super) struct Asked<'a> {
    pub input: &'a Input,
    pub readers: &'a Readers,
    pub theme: Option<&'static str>,
}

/// What came of drawing.
pub(super) enum Drawn {
    /// A site, and what could not be understood while it was made.
    Site { site: Box<LiveSite>, trouble: Option<String> },
    /// No site, and why.
    Nothing(String),
}

/// What became of a change.
pub(super) enum Followed {
    /// No file that counts has changed.
    Unchanged,
    /// The site is shown as it has become.
    Shown,
    /// What is shown is left as it was, for this reason.
    Left(String),
}

/// The files as they were last read, and how far what is shown lags behind.
pub(super) struct Follower<'a> {
    asked: Asked<'a>,
    folder: Folder,
    options: Options,
    past: Result<Past, NoHistory>,
    /// Texts that have changed since what is shown was drawn.
    behind: BTreeSet<FileId>,
    /// Whether what is shown was drawn of the folder with these files, so that it can follow text by text.
    is_followed: bool,
}

impl<'a> Follower<'a> {
    /// Reads the folder and draws a first site.
    ///
    /// # Errors
    /// A folder that cannot be read.
    pub fn begin(asked: Asked<'a>) -> Result<(Self, Drawn), CannotRun> {
        Self::draw(asked, read_folder(asked.input)?)
    }

    fn draw(asked: Asked<'a>, read: (Folder, Diagnostics)) -> Result<(Self, Drawn), CannotRun> {
        let computed = computed(asked.input, audience_of(asked.readers), read)?;
        let (folder, options) = (computed.folder.clone(), computed.options.clone());
        let (past, drawn) = drawn(computed, asked);
        let is_followed = matches!(drawn, Drawn::Site { trouble: None, .. });
        Ok((Self { asked, folder, options, past, behind: BTreeSet::new(), is_followed }, drawn))
    }

    /// Shows what the files have become.
    ///
    /// # Errors
    /// A folder that cannot be read.
    pub fn follow(&mut self, heard: &Heard, live: &Live) -> Result<Followed, CannotRun> {
        match heard {
            Heard::Files(paths) => {
                let in_repository = paths.iter().any(|path| path.starts_with(REPOSITORY));
                if in_repository && self.has_another_past() {
                    return self.draw_whole(live, None);
                }
                match self.folder.read_again(&self.asked.input.folder, paths) {
                    Some(changed) if changed.is_empty() => Ok(Followed::Unchanged),
                    Some(changed) => {
                        self.behind.extend(changed);
                        let followed = if self.is_followed { self.follow_texts(live) } else { None };
                        followed.map_or_else(|| self.draw_whole(live, None), Ok)
                    }
                    None => self.draw_if_changed(live),
                }
            }
            Heard::Anything => self.draw_if_changed(live),
        }
    }

    /// Whether somebody has committed since what is shown was drawn: then all projects have another past.
    fn has_another_past(&self) -> bool {
        let newest = |past: &Past| past.head().map(|stop| stop.commit.name);
        let now = Past::of(&self.asked.input.folder);
        now.as_ref().ok().and_then(newest) != self.past.as_ref().ok().and_then(newest)
    }

    /// Shows projects as they have become whose texts have changed; none where the whole is to be drawn.
    fn follow_texts(&mut self, live: &Live) -> Option<Followed> {
        if self.has_another_past() {
            return None;
        }
        if let Ok(past) = &self.past {
            self.options.revision = Some(past.revision_after(&self.folder, &self.behind));
        }
        let anew = {
            let shown = live.site();
            let past = self.past.as_ref().ok();
            pipeline::anew(shown.report(), &self.folder, &self.behind, &self.options, past)
        };
        match anew {
            Anew::Whole => None,
            Anew::Unreadable(report) => {
                let found = trouble((&report.findings, &report.sources), report.audience);
                Some(Followed::Left(found.unwrap_or_default()))
            }
            Anew::Changed(change) => {
                let audience = live.site().report().audience;
                let found = {
                    let shown = live.site();
                    let stays = |found: &&Diagnostic| !change.replaces(found, &self.folder);
                    faults_of_reading(shown.report().findings.iter().filter(stays).chain(&change.findings))
                };
                if let Some(trouble) = trouble((&found, &self.folder), audience) {
                    return Some(Followed::Left(trouble));
                }
                Some(match live.change(|site| site.follow(*change)) {
                    Ok(()) => {
                        self.behind.clear();
                        Followed::Shown
                    }
                    Err(fault) => Followed::Left(fault.to_string()),
                })
            }
        }
    }

    /// Draws only where the files that count have changed: many programs touch files without changing them, and a site may lie
    /// inside the folder.
    fn draw_if_changed(&mut self, live: &Live) -> Result<Followed, CannotRun> {
        let read = read_folder(self.asked.input)?;
        if read.0 == self.folder && !self.has_another_past() {
            return Ok(Followed::Unchanged);
        }
        self.draw_whole(live, Some(read))
    }

    fn draw_whole(
        &mut self,
        live: &Live,
        read: Option<(Folder, Diagnostics)>,
    ) -> Result<Followed, CannotRun> {
        let read = read.map_or_else(|| read_folder(self.asked.input), Ok)?;
        let (drawn_of, drawn) = Self::draw(self.asked, read)?;
        *self = drawn_of;
        Ok(match drawn {
            Drawn::Site { site, trouble: None } => {
                live.show(*site);
                Followed::Shown
            }
            Drawn::Site { trouble: Some(trouble), .. } | Drawn::Nothing(trouble) => Followed::Left(trouble),
        })
    }
}

fn drawn(computed: Computed, asked: Asked<'_>) -> (Result<Past, NoHistory>, Drawn) {
    let (past, live) = site::live(computed, asked.input, asked.theme);
    let drawn = match live {
        Ok((found, site)) => {
            let trouble = trouble((&found.findings, &found.sources), found.audience);
            Drawn::Site { site: Box::new(site), trouble }
        }
        Err(failed) => {
            let (report, fault) = *failed;
            let found = trouble((&report.findings, &report.sources), report.audience);
            let found = found.map_or_else(String::new, |text| format!("{text}\n\n"));
            Drawn::Nothing(format!("{found}{}", words(&fault)))
        }
    };
    (past, drawn)
}

/// The findings because of which something of the files is missing from the site.
fn faults_of_reading<'a>(found: impl Iterator<Item = &'a Diagnostic>) -> Diagnostics {
    let mut faults = Diagnostics::default();
    let concerns = found.filter(|found| {
        found.severity == Severity::Error
            && found.waiver.is_none()
            && crate::rules::is_about_reading(found.rule)
    });
    for fault in concerns {
        faults.push(fault.clone());
    }
    faults.sort();
    faults
}

/// The findings because of which something of the files is missing from the site, in words; none where there are none.
fn trouble((found, places): (&Diagnostics, &dyn Places), audience: Audience) -> Option<String> {
    let faults = faults_of_reading(found.iter());
    if faults.is_empty() {
        return None;
    }
    // The page may be seen by those who may not read the lines; `milepost check` shows them.
    if audience < Audience::Restricted {
        let lines = faults.iter().map(|fault| {
            let place = |span: crate::diagnostic::Span| {
                format!("{}:{}: ", places.path(span.file), places.position(span).line)
            };
            let place = fault.span.map_or_else(String::new, place);
            format!("{place}{} {}, {}\n", fault.rule.code, fault.rule.name, fault.rule.title)
        });
        return Some(format!("{}\n{}", lines.collect::<String>(), summary(&faults)));
    }
    Some(format!("{}\n{}", terminal(&faults, places, Colour::Never), summary(&faults)))
}

/// A fault as the terminal says it.
pub(super) fn words(fault: &CannotRun) -> String {
    if fault.hint.is_empty() { fault.what.clone() } else { format!("{}\n  help: {}", fault.what, fault.hint) }
}
