//! What the site will be made of: its pages, its files to be taken away, and what may be asked of them while pages are made.
//!
//! It is drawn up project by project, and holds nothing of the report: where one project changes, its part alone is drawn up anew.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, PoisonError};

use rayon::prelude::*;

use super::SiteError;
use super::job::Job;
use super::linked;
use crate::document::DOCUMENTS;
use crate::export::{self, Export};
use crate::page::downloads::Download;
use crate::page::explain::{self, FigurePages};
use crate::page::findings_by_task::FindingsByTask;
use crate::page::site_map::{Given, Share};
use crate::page::{Address, Entry, Group, PROJECT_PAGES, ProjectPage, SITE_PAGES, SiteMap, sources};
use crate::report::{ProjectReport, Report};

static FIGURE_PAGES: &dyn ProjectPage = &FigurePages;

/// Takes files to be taken away as they are made.
pub(super) type Take<'a> = &'a (dyn Fn(&Export) -> Result<(), SiteError> + Sync);

/// What is said of files that were made, each with its digest.
type Made = Vec<(String, Download)>;

/// Of so many projects all that their figures say is kept in memory from the drawing up to the making of pages; of more it is worked out
/// a second time, project by project, so that memory does not grow with it.
const KEEPS_BOOKS: usize = 12;

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
        let keeps_books = report.projects.len() <= KEEPS_BOOKS;
        let mut outline = Self { plans: BTreeMap::new(), map, of_portfolio: Vec::new(), is_printed };
        let drawn = report.projects.par_iter().map(|project| {
            let (folder, plan, share) = outline.drawn(report, project, take)?;
            Ok((folder, plan, if keeps_books { share } else { share.with_addresses_alone() }))
        });
        for (folder, plan, share) in drawn.collect::<Result<Vec<_>, SiteError>>()? {
            outline.map.put(&folder, Arc::new(share));
            outline.plans.insert(folder, plan);
        }
        outline.draw_up_portfolio(report, take)?;
        Ok(outline)
    }

    /// Draws up anew what a project has of the site. What its figures say is kept: its pages will be asked for first.
    pub fn draw_up(&mut self, report: &Report, project: &ProjectReport) -> Result<(), SiteError> {
        let (folder, plan, share) = self.drawn(report, project, &|_| Ok(()))?;
        self.map.put(&folder, Arc::new(share));
        self.plans.insert(folder, plan);
        Ok(())
    }

    /// The same of a project of which nothing has changed but what it says of all: of its figures no more is kept than before.
    pub fn draw_up_again(&mut self, report: &Report, project: &ProjectReport) -> Result<(), SiteError> {
        let folder = &project.project.folder;
        let was_lean = self.map.share(folder).is_some_and(|share| share.is_lean);
        self.draw_up(report, project)?;
        if was_lean && let Some(share) = self.map.take(folder) {
            self.map.put(folder, Arc::new(Arc::unwrap_or_clone(share).with_addresses_alone()));
        }
        Ok(())
    }

    /// The pages of a project, and what the map of the site is to know of them.
    fn drawn(
        &self,
        report: &Report,
        project: &ProjectReport,
        take: Take<'_>,
    ) -> Result<(String, ProjectPlan, Share), SiteError> {
        let folder = project.project.folder.clone();
        let (mut plan, share) = planned(report, project, self.is_printed);
        let mut map = self.map.clone();
        map.put(&folder, Arc::new(share));
        let made = Mutex::new(Made::new());
        export::of_project(report, &map, project, |file| {
            let one = handed_on(file, take)?;
            made.lock().unwrap_or_else(PoisonError::into_inner).push(one);
            Ok::<(), SiteError>(())
        })?;
        plan.made = made.into_inner().unwrap_or_else(PoisonError::into_inner);
        let mut downloads: Vec<Download> = plan.made.iter().map(|(_, download)| download.clone()).collect();
        downloads.sort_by(|one, other| one.address.cmp(&other.address));
        let share = map.take(&folder).map_or_else(Share::default, Arc::unwrap_or_clone);
        Ok((folder, plan, Share { given: Given::new(downloads), ..share }))
    }

    /// The map with all that the figures of a project say: what is not kept is worked out again.
    pub fn map_for(&self, report: &Report, project: &ProjectReport) -> SiteMap {
        let mut map = self.map.clone();
        let folder = &project.project.folder;
        if let Some(share) = self.map.share(folder).filter(|share| share.is_lean) {
            let books = explain::books_of(report, project);
            map.put(folder, Arc::new(Share { books, is_lean: false, ..Share::clone(share) }));
        }
        map
    }

    /// Draws up anew what can be taken away of the whole portfolio.
    pub fn draw_up_portfolio(&mut self, report: &Report, take: Take<'_>) -> Result<(), SiteError> {
        let all_handed_on = |files: Vec<Export>| -> Result<Made, SiteError> {
            files.into_iter().map(|file| handed_on(file, take)).collect()
        };
        self.of_portfolio = all_handed_on(export::of_portfolio(report, &self.map))?;
        let n_listed = self.of_portfolio.len();
        self.of_portfolio.extend(all_handed_on(export::of_other_folders(report, &self.map))?);
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

    /// All pages that are to be made.
    pub fn jobs<'a>(&'a self, report: &'a Report) -> Vec<Job<'a>> {
        let of_projects = report.projects.iter().flat_map(|project| self.jobs_of(project));
        Self::jobs_of_site(report).into_iter().chain(of_projects).collect()
    }

    /// The pages about the whole portfolio that are to be made.
    pub fn jobs_of_site(report: &Report) -> Vec<Job<'static>> {
        let site = SITE_PAGES.iter().flat_map(|page| {
            page.entries(report).into_iter().map(|entry| Job::Site { page: *page, address: entry.address })
        });
        site.collect()
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

/// Where the page of a stage or a gate stands on the road of a project, the stage before its gate; before both for other pages.
fn place_on_the_road(path: &str) -> (u32, bool) {
    let mut parts = path.rsplit('/');
    let (name, folder) = (parts.next().unwrap_or_default(), parts.next().unwrap_or_default());
    let number = name.trim_start_matches('G').chars().next().and_then(|digit| digit.to_digit(10));
    match (folder, number) {
        ("stages", Some(number)) => (number, false),
        ("gates", Some(number)) => (number, true),
        _ => (0, false),
    }
}

/// The pages of a project, and what the map of the site is to know of them, but for what can be taken away.
fn planned(report: &Report, project: &ProjectReport, is_printed: bool) -> (ProjectPlan, Share) {
    let mut pages: Vec<(&'static dyn ProjectPage, Entry)> = PROJECT_PAGES
        .iter()
        .chain(DOCUMENTS)
        .flat_map(|page| page.entries(project).into_iter().map(|entry| (*page, entry)))
        .collect();
    // A stable sort keeps the order of the registry inside each group, but for gates: each stands behind the stage that it ends.
    pages.sort_by_key(|(page, entry)| (page.group(), place_on_the_road(entry.address.path())));
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
    let findings = Some(Arc::new(FindingsByTask::of(report, project)));
    (plan, Share { addresses, books, list, given: Given::default(), findings, is_lean: false })
}

/// Hands a file on, and keeps what is said of it.
fn handed_on(file: Export, take: Take<'_>) -> Result<(String, Download), SiteError> {
    take(&file)?;
    Ok((export::checksums::sha256(&file.bytes), file.download))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Diagnostics;
    use crate::pipeline::{Options, compute};
    use crate::source::disk::Folder;

    #[test]
    fn a_gate_stands_behind_the_stage_that_it_ends() {
        let mut paths = [
            "net/gates.html",
            "net/gates/G1.html",
            "net/gates/G2.html",
            "net/stages/1-initiation.html",
            "net/stages/2-planning.html",
        ];
        paths.sort_by_key(|path| place_on_the_road(path));
        assert_eq!(
            paths,
            [
                "net/gates.html",
                "net/stages/1-initiation.html",
                "net/gates/G1.html",
                "net/stages/2-planning.html",
                "net/gates/G2.html"
            ]
        );
    }

    /// What is worked out a second time is what would have been kept, and where a figure opens is known in between.
    #[test]
    fn figures_that_are_not_kept_are_worked_out_again() {
        let folder = Folder::from_memory(vec![
            ("project.yaml", "project: Demo\nstart: 2026-08-03\ncurrency: EUR\n"),
            ("plan.yaml", "execution:\n  work: {name: Work, duration: 5d, cost: 100 EUR hardware}\n"),
            ("gates/G2.md", "---\ngate: G2\ndecision: approve\ndecided: 2026-08-04\n---\nYes.\n"),
            ("updates/2026-08-07.md", "---\nstatus_date: 2026-08-07\n---\nWe began.\n"),
        ]);
        let report = compute(&folder, Diagnostics::default(), &Options::default());
        let project = &report.projects[0];
        let kept = Outline::of(&report, false, &|_| Ok(())).unwrap();
        let mut lean = Outline::of(&report, false, &|_| Ok(())).unwrap();
        let share = lean.map.take(&project.project.folder).map(Arc::unwrap_or_clone).unwrap();
        lean.map.put(&project.project.folder, Arc::new(share.with_addresses_alone()));
        let name = &project.project.folder;
        let figures = |map: &SiteMap| {
            let books = map.share(name).unwrap().books.values();
            books.map(|book| format!("{:?}", book.figures())).collect::<Vec<_>>()
        };
        assert_eq!(figures(&lean.map), ["[]", "[]"]);
        assert_eq!(figures(&lean.map_for(&report, project)), figures(&kept.map));
        let opens = |map: &SiteMap| map.book(project).and_then(|book| book.address_of("bac").cloned());
        assert!(opens(&lean.map).is_some_and(|page| lean.map.has(&page)));
        assert_eq!(opens(&lean.map), opens(&kept.map));
        assert_eq!(lean.checksums().bytes, kept.checksums().bytes);
        lean.draw_up_again(&report, project).unwrap();
        assert_eq!(figures(&lean.map), ["[]", "[]"]);
        lean.draw_up(&report, project).unwrap();
        assert_eq!(figures(&lean.map), figures(&kept.map));
    }
}
