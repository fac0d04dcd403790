//! The whole site: every page of the report, dressed by the theme.
//!
//! Comes in: a report and a theme. Goes out: a [`Bundle`] of files in memory. Pages are made side by side;
//! the bundle is sorted, so the order in which they finish does not show.

use std::collections::BTreeSet;
use std::fmt;

use jiff::civil::Date;
use rayon::prelude::*;

use crate::document::DOCUMENTS;
use crate::output::{Bundle, BundleError};
use crate::page::explain::{self, Books, FigurePages};
use crate::page::{
    Address, Entry, Frame, Group, Here, PROJECT_PAGES, ProjectPage, SITE_PAGES, SiteMap, SitePage, sources,
};
use crate::report::{ProjectReport, Report};
use crate::theme::{Theme, ThemeError};

/// The site could not be put together.
#[derive(Debug)]
pub enum SiteError {
    /// A template of the portfolio's own theme cannot be rendered.
    Theme(ThemeError),
    /// The name of a project's folder, or of a file of the theme, cannot stand in a site.
    Name(BundleError),
}

impl fmt::Display for SiteError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Theme(error) => error.fmt(formatter),
            Self::Name(error) => error.fmt(formatter),
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
    nav: Vec<(Group, Entry)>,
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
        let listed = pages.iter().filter(|(page, _)| page.is_listed());
        let nav = listed.map(|(page, entry)| (page.group(), entry.clone())).collect();
        // The pages on which figures open are led to by the figures, not by the list.
        let days = project.at_gates.values().map(|then| then.status_date).chain([project.status_date]);
        let days: BTreeSet<Date> = days.collect();
        for book in days.into_iter().filter_map(|day| books.get(&(project.project.folder.clone(), day))) {
            pages.extend(explain::sheets(book).into_iter().map(|entry| (FIGURE_PAGES, entry)));
        }
        Self { project, pages, nav }
    }
}

/// Renders every page of a report and adds what the theme brings along.
///
/// # Errors
/// A template of the theme that cannot be rendered; names that some file systems refuse or cannot tell apart.
pub fn render(report: &Report, theme: &Theme) -> Result<Bundle, SiteError> {
    let books = explain::books(report);
    let plans: Vec<ProjectPlan<'_>> =
        report.projects.iter().map(|project| ProjectPlan::new(project, &books)).collect();
    let gone_by = linked::of_days_gone_by(&books);
    let (gone, now): (Vec<Job<'_>>, Vec<Job<'_>>) =
        jobs(report, &plans).into_iter().partition(|job| gone_by.contains(job.address()));
    let addresses = now.iter().chain(&gone).map(|job| job.address().clone());
    let map = SiteMap::new(addresses).with(books, sources::shown(report));
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
    for (path, bytes) in theme.assets() {
        bundle.add(path.as_str(), bytes.clone())?;
    }
    Ok(bundle)
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
