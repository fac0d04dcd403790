//! The whole site: every page of the report, dressed by the theme, every file to be taken away, and documents on paper.
//!
//! Comes in: a report and a theme. Goes out: files, each handed to a [`Sink`] as soon as it is made, or a [`Bundle`] of all of
//! them in memory. Pages are made side by side; what is in a file depends on no other file that is made beside it, so the order
//! in which they finish does not show.

use std::collections::BTreeSet;
use std::fmt;

use jiff::civil::Date;
use rayon::prelude::*;
use serde_json::Value;

use crate::document::DOCUMENTS;
use crate::export;
use crate::output::{Bundle, BundleError, Gathered, OutputError, Sink, SinkError};
use crate::page::explain::{self, Books, FigurePages};
use crate::page::{
    Address, Entry, Frame, Group, Here, PROJECT_PAGES, ProjectPage, SITE_PAGES, SiteMap, SitePage, sources,
};
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
mod linked;

use linked::{GoneBy, Linked};

static FIGURE_PAGES: &dyn ProjectPage = &FigurePages;

/// A page that is to be made, and by whom.
enum Job<'a> {
    /// A page about the whole portfolio.
    Site { page: &'static dyn SitePage, address: Address },
    /// A page about one project.
    Project { page: &'static dyn ProjectPage, address: Address, plan: &'a ProjectPlan<'a> },
}

/// A project with the list of its pages.
struct ProjectPlan<'a> {
    project: &'a ProjectReport,
    pages: Vec<(&'static dyn ProjectPage, Entry)>,
    /// Those that stand beside every page.
    nav: Vec<(Group, Entry)>,
    /// All but those on which figures open.
    list: Vec<(Group, Entry)>,
}

impl<'a> ProjectPlan<'a> {
    fn new(project: &'a ProjectReport, books: &Books) -> Self {
        let mut pages: Vec<(&'static dyn ProjectPage, Entry)> = PROJECT_PAGES
            .iter()
            .chain(DOCUMENTS)
            .flat_map(|page| page.entries(project).into_iter().map(|entry| (*page, entry)))
            .collect();
        // A stable sort keeps the order of the registry inside each group.
        pages.sort_by_key(|(page, _)| page.group());
        let list: Vec<(Group, Entry)> =
            pages.iter().map(|(page, entry)| (page.group(), entry.clone())).collect();
        let beside = pages.iter().filter(|(page, _)| page.is_beside());
        let nav = beside.map(|(page, entry)| (page.group(), entry.clone())).collect();
        // The pages on which figures open are led to by the figures, not by the list.
        let days = project.at_gates.values().map(|then| then.status_date).chain([project.status_date]);
        let days: BTreeSet<Date> = days.collect();
        for book in days.into_iter().filter_map(|day| books.get(&(project.project.folder.clone(), day))) {
            pages.extend(explain::sheets(book).into_iter().map(|entry| (FIGURE_PAGES, entry)));
        }
        Self { project, pages, nav, list }
    }
}

/// What the site will be made of.
struct Outline<'a> {
    plans: Vec<ProjectPlan<'a>>,
    map: SiteMap,
    /// The pages on which figures of days gone by open.
    gone_by: GoneBy,
}

impl<'a> Outline<'a> {
    /// Draws it up, with documents on paper where they are wanted; what is to be taken away is handed on as it is made.
    fn of(
        report: &'a Report,
        is_printed: bool,
        taken: &(dyn Fn(&export::Export) -> Result<(), SiteError> + Sync),
    ) -> Result<Self, SiteError> {
        let books = explain::books(report);
        let plans: Vec<ProjectPlan<'_>> =
            report.projects.par_iter().map(|project| ProjectPlan::new(project, &books)).collect();
        let gone_by = linked::of_days_gone_by(&books);
        let jobs = jobs(report, &plans);
        let printed = jobs.iter().filter(|job| is_printed && job.is_printed());
        let printed: Vec<Address> = printed.map(|job| job.address().printed()).collect();
        let addresses = jobs.iter().map(|job| job.address().clone()).chain(printed);
        let lists =
            plans.iter().map(|plan| (plan.project.project.folder.clone(), plan.list.clone())).collect();
        let map = SiteMap::new(addresses).with(books, sources::shown(report)).with_files(report);
        let map = map.with_lists(lists);
        let downloads = export::exports(report, &map, taken)?;
        let map = map.with_downloads(downloads);
        drop(jobs);
        Ok(Self { plans, map, gone_by })
    }
}

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
    let Outline { plans, map, gone_by } = outline;
    let jobs = jobs(report, &plans);
    let (gone, now): (Vec<Job<'_>>, Vec<Job<'_>>) = jobs
        .into_iter()
        .partition(|job| job.gone_by(&gone_by).is_some_and(|pages| pages.contains(job.address())));
    // Figures of days gone by are written out only where a page leads to them.
    let led_to = make(report, &map, theme, &now, |job, html| {
        sink.add(job.address().path(), html.as_bytes())?;
        let pages = job.gone_by(&gone_by);
        Ok(pages.map_or_else(Linked::new, |pages| linked::of_page(pages, job.address(), html)))
    })?;
    let map = map.cut_down(|books| linked::cut_down(books, &led_to));
    let gone: Vec<Job<'_>> = gone.into_iter().filter(|job| map.has(job.address())).collect();
    make(report, &map, theme, &gone, |job, html| {
        sink.add(job.address().path(), html.as_bytes())?;
        Ok(Linked::new())
    })?;
    if let Some(sheet) = sheet {
        let printed = now.par_iter().filter(|job| job.is_printed());
        printed.try_for_each(|job| {
            let pdf = print(theme, &job.printed(report, &map), (job.address(), sheet))?;
            Ok::<(), SiteError>(sink.add(job.address().printed().path(), &pdf)?)
        })?;
    }
    for (path, script) in crate::search::scripts(&found::findable(report, &map)) {
        sink.add(&path, script.as_bytes())?;
    }
    let pages = now.iter().chain(&gone).map(|job| job.address().clone()).collect();
    for (path, text) in found::sitemap(report, pages) {
        sink.add(&path, text.as_bytes())?;
    }
    for (path, bytes) in theme.assets() {
        sink.add(path, bytes)?;
    }
    Ok(())
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
    let jobs = jobs(report, &outline.plans);
    let wanted = jobs.iter().filter(|job| job.is_printed() && is_wanted(job.address()));
    wanted.map(|job| (job.address().clone(), job.printed(report, &outline.map))).collect()
}

fn print(
    theme: &Theme,
    printed: &Printed,
    (address, sheet): (&Address, Sheet),
) -> Result<Vec<u8>, SiteError> {
    paper::print(theme, printed, sheet).map_err(|error| SiteError::Paper(address.clone(), error))
}

/// Makes pages side by side, and gathers what is made of each.
fn make(
    report: &Report,
    map: &SiteMap,
    theme: &Theme,
    jobs: &[Job<'_>],
    take: impl Fn(&Job<'_>, &str) -> Result<Linked, SiteError> + Sync,
) -> Result<Linked, SiteError> {
    let pages = jobs.par_iter().map(|job| {
        let here = Here { report, map, address: job.address() };
        let (template, frame) = job.make(&here);
        take(job, &theme.render(&template, &frame)?)
    });
    pages.try_reduce(Linked::new, |one, other| Ok(linked::together(one, other)))
}

fn jobs<'a>(report: &Report, plans: &'a [ProjectPlan<'a>]) -> Vec<Job<'a>> {
    let site = SITE_PAGES.iter().flat_map(|page| {
        page.entries(report).into_iter().map(|entry| Job::Site { page: *page, address: entry.address })
    });
    let projects = plans.iter().flat_map(|plan| {
        plan.pages.iter().map(move |(page, entry)| Job::Project {
            page: *page,
            address: entry.address.clone(),
            plan,
        })
    });
    site.chain(projects).collect()
}

impl Job<'_> {
    fn address(&self) -> &Address {
        match self {
            Self::Site { address, .. } | Self::Project { address, .. } => address,
        }
    }

    /// The pages of figures of days gone by that this page may lead to: those of its own project.
    fn gone_by<'b>(&self, gone_by: &'b GoneBy) -> Option<&'b BTreeSet<Address>> {
        match self {
            Self::Site { .. } => None,
            Self::Project { plan, .. } => gone_by.get(&plan.project.project.folder),
        }
    }

    fn is_printed(&self) -> bool {
        match self {
            Self::Site { .. } => false,
            Self::Project { page, .. } => page.is_printed(),
        }
    }

    /// What is printed: the same as the page shows.
    fn printed(&self, report: &Report, map: &SiteMap) -> Printed {
        let here = Here { report, map, address: self.address() };
        let (template, frame) = self.make(&here);
        let day = frame.document.as_ref().and_then(|band| band.day.parse().ok());
        let frame = serde_json::to_value(&frame).unwrap_or_default();
        let digest = frame.pointer("/view/digest").and_then(Value::as_str).unwrap_or_default();
        Printed {
            template,
            day: day.unwrap_or(report.status_date),
            ident: format!("{} {digest}", self.address()),
            frame,
        }
    }

    fn make(&self, here: &Here<'_>) -> (String, Frame) {
        match self {
            Self::Site { page, .. } => {
                let made = page.make(here);
                (made.template.clone(), Frame::of_site(here, made))
            }
            Self::Project { page, plan, .. } => {
                let made = page.make(&here.desk(plan.project));
                (made.template.clone(), Frame::of_project(here, plan.project, &plan.nav, made))
            }
        }
    }
}
