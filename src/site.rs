//! The whole site: every page of the report, dressed by the theme, every file to be taken away, and documents on paper.
//!
//! Comes in: a report and a theme. Goes out: a [`Bundle`] of files in memory. Pages are made side by side;
//! the bundle is sorted, so the order in which they finish does not show.

use std::collections::BTreeSet;
use std::fmt;

use jiff::civil::Date;
use rayon::prelude::*;
use serde_json::Value;

use crate::document::DOCUMENTS;
use crate::export;
use crate::output::{Bundle, BundleError};
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
}

impl fmt::Display for SiteError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Theme(error) => error.fmt(formatter),
            Self::Name(error) => error.fmt(formatter),
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

impl From<BundleError> for SiteError {
    fn from(error: BundleError) -> Self {
        Self::Name(error)
    }
}

mod found;
mod linked;

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
    exports: Vec<export::Export>,
    /// The pages on which figures of days gone by open.
    gone_by: BTreeSet<Address>,
}

impl<'a> Outline<'a> {
    /// Draws it up; with documents on paper where they are wanted.
    fn of(report: &'a Report, is_printed: bool) -> Self {
        let books = explain::books(report);
        let plans: Vec<ProjectPlan<'_>> =
            report.projects.iter().map(|project| ProjectPlan::new(project, &books)).collect();
        let gone_by = linked::of_days_gone_by(&books);
        let jobs = jobs(report, &plans);
        let printed = jobs.iter().filter(|job| is_printed && job.is_printed());
        let printed: Vec<Address> = printed.map(|job| job.address().printed()).collect();
        let addresses = jobs.iter().map(|job| job.address().clone()).chain(printed);
        let lists =
            plans.iter().map(|plan| (plan.project.project.folder.clone(), plan.list.clone())).collect();
        let map = SiteMap::new(addresses).with(books, sources::shown(report)).with_lists(lists);
        let exports = export::exports(report, &map);
        let map = map.with_downloads(exports.iter().map(|export| export.download.clone()).collect());
        drop(jobs);
        Self { plans, map, exports, gone_by }
    }
}

/// Renders every page of a report and adds what the theme brings along; documents also on paper where a sheet is given.
///
/// # Errors
/// A template of the theme that cannot be rendered; names that some file systems refuse or cannot tell apart; a document that
/// cannot be printed.
pub fn render(report: &Report, theme: &Theme, sheet: Option<Sheet>) -> Result<Bundle, SiteError> {
    let Outline { plans, map, exports, gone_by } = Outline::of(report, sheet.is_some());
    let (gone, now): (Vec<Job<'_>>, Vec<Job<'_>>) =
        jobs(report, &plans).into_iter().partition(|job| gone_by.contains(job.address()));
    let pages = make(report, &map, theme, &now)?;
    // Figures of days gone by are written out only where a page leads to them.
    let mut led_to = linked::Linked::new();
    for (address, html) in &pages {
        linked::add(&mut led_to, &gone_by, address, html);
    }
    let map = map.cut_down(|books| linked::cut_down(books, &led_to));
    let gone: Vec<Job<'_>> = gone.into_iter().filter(|job| map.has(job.address())).collect();
    let mut bundle = Bundle::new();
    for (address, html) in pages.into_iter().chain(make(report, &map, theme, &gone)?) {
        bundle.add(address.path(), html.into_bytes())?;
    }
    if let Some(sheet) = sheet {
        let printed = now.par_iter().filter(|job| job.is_printed());
        let printed = printed.map(|job| {
            let pdf = print(theme, &job.printed(report, &map), (job.address(), sheet))?;
            Ok((job.address().printed(), pdf))
        });
        for (address, pdf) in printed.collect::<Result<Vec<_>, SiteError>>()? {
            bundle.add(address.path(), pdf)?;
        }
    }
    for export in exports {
        bundle.add(export.download.address.path(), export.bytes)?;
    }
    for (path, script) in crate::search::scripts(&found::findable(report, &map)) {
        bundle.add(path, script)?;
    }
    for (path, text) in found::sitemap(report, &bundle) {
        bundle.add(path, text)?;
    }
    for (path, bytes) in theme.assets() {
        bundle.add(path.as_str(), bytes.clone())?;
    }
    Ok(bundle)
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
    let outline = Outline::of(report, true);
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

/// Makes pages side by side.
fn make(
    report: &Report,
    map: &SiteMap,
    theme: &Theme,
    jobs: &[Job<'_>],
) -> Result<Vec<(Address, String)>, ThemeError> {
    let pages = jobs.par_iter().map(|job| {
        let here = Here { report, map, address: job.address() };
        let (template, frame) = job.make(&here);
        Ok((job.address().clone(), theme.render(&template, &frame)?))
    });
    pages.collect()
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
