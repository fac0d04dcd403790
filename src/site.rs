//! The whole site: every page of the report, dressed by the theme, every file to be taken away, and documents on paper.
//!
//! Comes in: a report and a theme. Goes out: files, each handed to a [`Sink`] as soon as it is made, or a [`Bundle`] of all of
//! them in memory. Pages are made side by side; what is in a file depends on no other file that is made beside it, so the order
//! in which they finish does not show.

use std::collections::BTreeSet;
use std::fmt;
use std::sync::Arc;

use rayon::prelude::*;

use crate::output::{Bundle, BundleError, Gathered, OutputError, Sink, SinkError};
use crate::page::{Address, Here, SiteMap};
use crate::paper::{self, PaperError, Printed, Sheet};
use crate::quantity::GateId;
use crate::report::{ProjectReport, Report};
use crate::theme::{Theme, ThemeError};

/// The site could not be put together.
#[derive(Debug)]
pub enum SiteError {
    /// A template of the portfolio's own theme cannot be rendered.
    Theme(ThemeError),
    /// The name of a project's folder, or of a file of the theme, cannot stand in a site.
    Name(BundleError),
    /// A document cannot be printed: its address, and why.
    Paper(Address, PaperError),
    /// A file cannot be written.
    Output(OutputError),
}

impl fmt::Display for SiteError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Theme(error) => error.fmt(formatter),
            Self::Name(error) => error.fmt(formatter),
            Self::Output(error) => error.fmt(formatter),
            Self::Paper(_, PaperError::NotBuiltIn) => PaperError::NotBuiltIn.fmt(formatter),
            Self::Paper(address, error) => {
                write!(formatter, "`{}` cannot be printed: {error}", address.printed())
            }
        }
    }
}

impl std::error::Error for SiteError {}

impl From<ThemeError> for SiteError {
    fn from(error: ThemeError) -> Self {
        Self::Theme(error)
    }
}

impl From<SinkError> for SiteError {
    fn from(error: SinkError) -> Self {
        match error {
            SinkError::Name(error) => Self::Name(error),
            SinkError::Output(error) => Self::Output(error),
        }
    }
}

impl From<OutputError> for SiteError {
    fn from(error: OutputError) -> Self {
        Self::Output(error)
    }
}

mod found;
mod job;
mod linked;
mod live;
mod on_paper;
mod outline;

use job::Job;
use linked::Linked;
pub use live::LiveSite;

use outline::Outline;

/// So many pages at most one thread takes on at once, so that none still has many before it when the others are done.
const PAGES_IN_A_ROW: usize = 4;

/// Renders every page of a report and adds what the theme brings along; documents also on paper where a sheet is given.
///
/// # Errors
/// A template of the theme that cannot be rendered; names that some file systems refuse or cannot tell apart; a document that
/// cannot be printed.
pub fn render(report: &Report, theme: &Theme, sheet: Option<Sheet>) -> Result<Bundle, SiteError> {
    let gathered = Gathered::default();
    render_into(&gathered, report, theme, sheet)?;
    Ok(gathered.into_bundle())
}

/// The same, each file handed on as soon as it is made: of all pages none is kept in memory.
///
/// # Errors
/// Those of [`render`], and what keeps a file from being taken.
pub fn render_into(
    sink: &dyn Sink,
    report: &Report,
    theme: &Theme,
    sheet: Option<Sheet>,
) -> Result<(), SiteError> {
    let outline = Outline::of(report, sheet.is_some(), &|export| {
        Ok(sink.add(export.download.address.path(), &export.bytes)?)
    })?;
    let (pages, searched) = rayon::join(
        || write_pages(sink, (report, &outline), theme),
        || {
            let scripts = crate::search::scripts(&found::findable(report, &outline.map));
            scripts.iter().try_for_each(|(path, script)| sink.add(path, script.as_bytes()))
        },
    );
    let pages = pages?;
    searched?;
    if let Some(sheet) = sheet {
        on_paper::write_documents(sink, (report, &outline), theme, sheet)?;
    }
    for (path, text) in found::sitemap(report, pages) {
        sink.add(&path, text.as_bytes())?;
    }
    for (path, bytes) in theme.assets() {
        sink.add(path, bytes)?;
    }
    Ok(())
}

/// Makes all pages and hands them on; their addresses come back.
fn write_pages(
    sink: &dyn Sink,
    (report, outline): (&Report, &Outline),
    theme: &Theme,
) -> Result<BTreeSet<Address>, SiteError> {
    let of_site = Outline::jobs_of_site(report);
    let map = &outline.map;
    of_site
        .par_iter()
        .with_max_len(PAGES_IN_A_ROW)
        .try_for_each(|job| write(sink, theme, job, (report, map)).map(|_| ()))?;
    let mut pages: BTreeSet<Address> = of_site.iter().map(|job| job.address().clone()).collect();
    // As many projects at a time as there are threads: memory holds what the figures of these say, and no more.
    for some in report.projects.chunks(rayon::current_num_threads().max(1)) {
        let made = some.par_iter().map(|project| write_project(sink, (report, outline), theme, project));
        pages.extend(made.collect::<Result<Vec<_>, SiteError>>()?.into_iter().flatten());
    }
    Ok(pages)
}

/// Makes the pages of a project and hands them on; their addresses come back.
fn write_project(
    sink: &dyn Sink,
    (report, outline): (&Report, &Outline),
    theme: &Theme,
    project: &ProjectReport,
) -> Result<Vec<Address>, SiteError> {
    let jobs: Vec<Job<'_>> = outline.jobs_of(project).collect();
    let (gone, now): (Vec<&Job<'_>>, Vec<&Job<'_>>) = jobs.iter().partition(|job| job.is_gone_by());
    let mut map = outline.map_for(report, project);
    // Figures of days gone by are written out only where a page leads to them.
    let led_to = now
        .par_iter()
        .with_max_len(PAGES_IN_A_ROW)
        .map(|job| Ok::<_, SiteError>(led_to_by(job, &write(sink, theme, job, (report, &map))?)))
        .try_reduce(Linked::new, |one, other| Ok(linked::together(one, other)))?;
    put_cut_share(&mut map, &project.project.folder, &led_to);
    let gone: Vec<&Job<'_>> = gone.into_iter().filter(|job| map.has(job.address())).collect();
    gone.par_iter()
        .with_max_len(PAGES_IN_A_ROW)
        .try_for_each(|job| write(sink, theme, job, (report, &map)).map(|_| ()))?;
    Ok(now.into_iter().chain(gone).map(|job| job.address().clone()).collect())
}

/// The figures of days gone by that a page leads to.
fn led_to_by(job: &Job<'_>, html: &str) -> Linked {
    job.plan().map_or_else(Linked::new, |plan| linked::of_page(&plan.gone_by, job.address(), html))
}

/// Cuts the figures of a project's days gone by down to what is led to.
fn put_cut_share(map: &mut SiteMap, folder: &str, led_to: &Linked) {
    if let Some(share) = map.share(folder) {
        let books = linked::cut_down(&share.books, led_to);
        let share = share.with_books(books);
        map.put(folder, Arc::new(share));
    }
}

/// Prints the document of a gate of a project, by its folder; none where the project has no such gate.
///
/// # Errors
/// A document that cannot be printed.
pub fn print_gate(
    report: &Report,
    theme: &Theme,
    (folder, gate): (&str, GateId),
    sheet: Sheet,
) -> Result<Option<Vec<u8>>, SiteError> {
    let address = Address::gate(folder, gate);
    let wanted = documents(report, |page| *page == address).pop();
    let print = |(_, printed): (Address, Printed)| print(theme, &printed, (&address, sheet));
    wanted.map(print).transpose()
}

/// The documents of the site as they are handed to paper, each with the address of its page, as far as they are wanted.
#[must_use]
pub fn documents(report: &Report, is_wanted: impl Fn(&Address) -> bool) -> Vec<(Address, Printed)> {
    let Ok(outline) = Outline::of(report, true, &|_| Ok(())) else { return Vec::new() };
    let jobs = outline.jobs(report);
    let wanted = jobs.iter().filter(|job| job.is_printed() && is_wanted(job.address()));
    let map_of = |job: &Job<'_>| match job {
        Job::Project { project, .. } => outline.map_for(report, project),
        Job::Site { .. } => outline.map.clone(),
    };
    wanted.map(|job| (job.address().clone(), job.printed(report, &map_of(job)))).collect()
}

fn print(
    theme: &Theme,
    printed: &Printed,
    (address, sheet): (&Address, Sheet),
) -> Result<Vec<u8>, SiteError> {
    paper::print(theme, printed, sheet).map_err(|error| SiteError::Paper(address.clone(), error))
}

/// Makes a page and hands it on; the page comes back to be looked at.
fn write(
    sink: &dyn Sink,
    theme: &Theme,
    job: &Job<'_>,
    (report, map): (&Report, &SiteMap),
) -> Result<String, SiteError> {
    let html = made(theme, job, (report, map))?;
    sink.add(job.address().path(), html.as_bytes())?;
    Ok(html)
}

/// Makes a page.
fn made(theme: &Theme, job: &Job<'_>, (report, map): (&Report, &SiteMap)) -> Result<String, SiteError> {
    let (template, frame) = job.make(&Here { report, map, address: job.address() });
    Ok(theme.render(&template, &frame)?)
}
