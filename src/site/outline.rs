//! What the site will be made of: its pages, its files to be taken away, and what may be asked of them while pages are made.
//!
//! It is drawn up project by project, and holds nothing of the report: where one project changes, its part alone is drawn up anew.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use rayon::prelude::*;

use super::SiteError;
use super::job::Job;
use super::linked;
use crate::document::DOCUMENTS;
use crate::export::{self, Export};
use crate::page::downloads::Download;
use crate::page::explain::{self, FigurePages};
use crate::page::site_map::{Given, Share};
use crate::page::{Address, Entry, Group, PROJECT_PAGES, ProjectPage, SITE_PAGES, SiteMap, sources};
use crate::report::{ProjectReport, Report};

static FIGURE_PAGES: &dyn ProjectPage = &FigurePages;

/// Takes files to be taken away as they are made.
pub(super) type Take<'a> = &'a (dyn Fn(&Export) -> Result<(), SiteError> + Sync);

/// What is said of files that were made, each with its digest.
type Made = Vec<(String, Download)>;

/// What the site will be made of.
#[derive(Debug)]
pub(super) struct Outline {
    /// The part of each project, by its folder.
    pub plans: BTreeMap<String, ProjectPlan>,
    pub map: SiteMap,
    /// The digests of files that belong to no project.
    of_portfolio: Made,
    is_printed: bool,
}

/// The pages of a project.
pub(super) struct ProjectPlan {
    /// All of them, those of figures included.
    pub pages: Vec<(&'static dyn ProjectPage, Entry)>,
    /// Those that stand beside every page.
    pub nav: Vec<(Group, Entry)>,
    /// Those on which figures of days gone by open.
    pub gone_by: BTreeSet<Address>,
    /// The digests of what can be taken away of it.
    made: Made,
}

impl std::fmt::Debug for ProjectPlan {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("ProjectPlan").field("pages", &self.pages.len()).finish_non_exhaustive()
    }
}

impl Outline {
    /// Draws it up, with documents on paper where they are wanted; what is to be taken away is handed on as it is made.
    pub fn of(report: &Report, is_printed: bool, take: Take<'_>) -> Result<Self, SiteError> {
        let of_site = SITE_PAGES.iter().flat_map(|page| page.entries(report));
        let map = SiteMap::new(of_site.map(|entry| entry.address));
        let map = map.with(BTreeMap::new(), sources::shown(report)).with_files(report);
        let mut outline = Self { plans: BTreeMap::new(), map, of_portfolio: Vec::new(), is_printed };
        let drawn = report.projects.par_iter().map(|project| {
            let (plan, share) = drawn(report, project, is_printed);
            (project.project.folder.clone(), plan, Arc::new(share))
        });
        for (folder, plan, share) in drawn.collect::<Vec<_>>() {
            outline.map.put(&folder, share);
            outline.plans.insert(folder, plan);
        }
        let made = report.projects.par_iter().map(|project| {
            let made = handed_on(export::of_project(report, &outline.map, project), take)?;
            Ok((project.project.folder.clone(), made))
        });
        for (folder, made) in made.collect::<Result<Vec<_>, SiteError>>()? {
            outline.give(&folder, made);
        }
        outline.draw_up_portfolio(report, take)?;
        Ok(outline)
    }

    /// Draws up anew what a project has of the site.
    pub fn draw_up(&mut self, report: &Report, project: &ProjectReport) -> Result<(), SiteError> {
        let folder = &project.project.folder;
        let (plan, share) = drawn(report, project, self.is_printed);
        self.map.put(folder, Arc::new(share));
        self.plans.insert(folder.clone(), plan);
        self.draw_up_given(report, project)
    }

    /// Draws up anew what can be taken away of a project.
    pub fn draw_up_given(&mut self, report: &Report, project: &ProjectReport) -> Result<(), SiteError> {
        let made = handed_on(export::of_project(report, &self.map, project), &|_| Ok(()))?;
        self.give(&project.project.folder, made);
        Ok(())
    }

    /// Draws up anew what can be taken away of the whole portfolio.
    pub fn draw_up_portfolio(&mut self, report: &Report, take: Take<'_>) -> Result<(), SiteError> {
        let listed = handed_on(export::of_portfolio(report, &self.map), take)?;
        let n_listed = listed.len();
        self.of_portfolio = listed;
        self.of_portfolio.extend(handed_on(export::of_other_folders(report, &self.map), take)?);
        let checksums = self.checksums();
        take(&checksums)?;
        let mut listed: Vec<Download> =
            self.of_portfolio[..n_listed].iter().map(|(_, download)| download.clone()).collect();
        listed.sort_by(|one, other| one.address.cmp(&other.address));
        listed.push(checksums.download);
        let others = self.of_portfolio[n_listed..].iter().map(|(_, download)| download.address.clone());
        self.map.give(Given::new(listed).with(others));
        Ok(())
    }

    /// The digests of all files that can be taken away.
    pub fn checksums(&self) -> Export {
        let of_projects = self.plans.values().flat_map(|plan| &plan.made);
        export::checksums::checksums(of_projects.chain(&self.of_portfolio))
    }

    /// Takes in what can be taken away of a project.
    fn give(&mut self, folder: &str, made: Made) {
        let mut downloads: Vec<Download> = made.iter().map(|(_, download)| download.clone()).collect();
        downloads.sort_by(|one, other| one.address.cmp(&other.address));
        if let Some(share) = self.map.share(folder) {
            let share = Share { given: Given::new(downloads), ..Share::clone(share) };
            self.map.put(folder, Arc::new(share));
        }
        if let Some(plan) = self.plans.get_mut(folder) {
            plan.made = made;
        }
    }

    /// All pages that are to be made.
    pub fn jobs<'a>(&'a self, report: &'a Report) -> Vec<Job<'a>> {
        let site = SITE_PAGES.iter().flat_map(|page| {
            page.entries(report).into_iter().map(|entry| Job::Site { page: *page, address: entry.address })
        });
        site.chain(report.projects.iter().flat_map(|project| self.jobs_of(project))).collect()
    }

    /// The pages of a project that are to be made.
    pub fn jobs_of<'a>(&'a self, project: &'a ProjectReport) -> impl Iterator<Item = Job<'a>> {
        let plan = self.plans.get(&project.project.folder).into_iter();
        plan.flat_map(move |plan| {
            plan.pages.iter().map(move |(page, entry)| Job::Project {
                page: *page,
                address: entry.address.clone(),
                plan,
                project,
            })
        })
    }

    /// The page that lives at an address; none where the site has none there.
    pub fn job_at<'a>(&'a self, report: &'a Report, address: &Address) -> Option<Job<'a>> {
        let project = address.folder().and_then(|folder| report.project(folder));
        let own = project.and_then(|project| self.jobs_of(project).find(|job| job.address() == address));
        own.or_else(|| {
            let has = |page: &dyn crate::page::SitePage| {
                page.entries(report).into_iter().any(|entry| entry.address == *address)
            };
            let page = self.map.has(address).then(|| SITE_PAGES.iter().find(|page| has(**page)))??;
            Some(Job::Site { page: *page, address: address.clone() })
        })
    }
}

/// The pages of a project, and what the map of the site is to know of them.
fn drawn(report: &Report, project: &ProjectReport, is_printed: bool) -> (ProjectPlan, Share) {
    let mut pages: Vec<(&'static dyn ProjectPage, Entry)> = PROJECT_PAGES
        .iter()
        .chain(DOCUMENTS)
        .flat_map(|page| page.entries(project).into_iter().map(|entry| (*page, entry)))
        .collect();
    // A stable sort keeps the order of the registry inside each group.
    pages.sort_by_key(|(page, _)| page.group());
    let list: Vec<(Group, Entry)> = pages.iter().map(|(page, entry)| (page.group(), entry.clone())).collect();
    let beside = pages.iter().filter(|(page, _)| page.is_beside());
    let nav = beside.map(|(page, entry)| (page.group(), entry.clone())).collect();
    // The pages on which figures open are led to by the figures, not by the list.
    let books = explain::books_of(report, project);
    for book in books.values() {
        pages.extend(explain::sheets(book).into_iter().map(|entry| (FIGURE_PAGES, entry)));
    }
    let printed = pages.iter().filter(|(page, _)| is_printed && page.is_printed());
    let printed = printed.map(|(_, entry)| entry.address.printed());
    let addresses = pages.iter().map(|(_, entry)| entry.address.clone()).chain(printed).collect();
    let plan = ProjectPlan { nav, gone_by: linked::of_days_gone_by(books.values()), pages, made: Vec::new() };
    (plan, Share { addresses, books, list, given: Given::default() })
}

/// Hands files on, and keeps what is said of them.
fn handed_on(files: Vec<Export>, take: Take<'_>) -> Result<Made, SiteError> {
    let one = |file: Export| {
        take(&file)?;
        Ok((export::checksums::sha256(&file.bytes), file.download))
    };
    files.into_iter().map(one).collect()
}
