//! A site that stands in memory: its outline is drawn up, and each file is made when somebody asks for it.
//!
//! What is made is what [`super::render_into`] writes, byte by byte. Where one project changes, its part of the outline alone
//! is drawn up anew, and what is said of all projects together the next time somebody asks for it.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};

use rayon::prelude::*;

use super::job::Job;
use super::outline::Outline;
use super::{SiteError, found, led_to_by, linked, made, put_cut_share};
use crate::export;
use crate::output::Gathered;
use crate::output::Sink as _;
use crate::page::downloads::DownloadKind;
use crate::page::{Address, SiteMap};
use crate::report::{Exchange, ProjectReport, Report};
use crate::theme::Theme;

/// A site whose files are made when they are asked for.
#[derive(Debug)]
pub struct LiveSite {
    report: Report,
    theme: Theme,
    outline: Outline,
    /// The maps of the projects that were looked at last, by their folders.
    maps: Mutex<BTreeMap<String, Arc<Maps>>>,
    /// The files that the search reads, by their paths.
    scripts: OnceLock<BTreeMap<String, String>>,
    /// What lags behind of what can be taken away.
    behind: Behind,
}

/// The maps of the site as the pages of a project need them.
#[derive(Debug)]
struct Maps {
    /// With all that the figures of the project say.
    whole: SiteMap,
    /// The same with those of days gone by cut down to what its pages lead to.
    cut: OnceLock<SiteMap>,
}

/// Of so many projects the maps are kept; then all are forgotten.
const KEPT_MAPS: usize = 4;

/// What lags behind of what can be taken away: what is said of it is brought up to date when somebody asks.
#[derive(Debug, Default)]
struct Behind {
    /// Whether files about the whole portfolio do.
    portfolio: bool,
    /// The folders of projects of which files do, because they name what has changed for all.
    projects: BTreeSet<String>,
}

impl LiveSite {
    /// Draws up the outline, and makes one page of each kind, so that a broken theme is told before anybody asks for a page.
    ///
    /// # Errors
    /// A template of the theme that cannot be rendered; names that some file systems refuse or cannot tell apart.
    pub fn new(report: Report, theme: Theme) -> Result<Self, SiteError> {
        let outline = Outline::of(&report, false, &|_| Ok(()))?;
        let site = Self {
            report,
            theme,
            outline,
            maps: Mutex::default(),
            scripts: OnceLock::new(),
            behind: Behind::default(),
        };
        check_names(site.outline.jobs(&site.report).into_iter())?;
        site.try_each_kind()?;
        Ok(site)
    }

    /// The report that it shows.
    #[must_use]
    pub fn report(&self) -> &Report {
        &self.report
    }

    /// Shows projects as they have become, in the place of what they were.
    ///
    /// # Errors
    /// Names that some file systems refuse or cannot tell apart; the site stays what it was.
    pub fn follow(&mut self, mut change: Exchange) -> Result<(), SiteError> {
        let folders: Vec<String> = change.projects.iter().map(|one| one.project.folder.clone()).collect();
        let named = |report: &Report| (report.revision.clone(), report.status_date, report.title.clone());
        let before = named(&self.report);
        self.report.exchange(&mut change);
        if let Err(fault) = self.draw_up(&folders) {
            self.report.exchange(&mut change);
            self.draw_up(&folders)?;
            return Err(fault);
        }
        if named(&self.report) != before {
            self.behind.projects.extend(self.report.projects.iter().map(|one| one.project.folder.clone()));
        }
        for folder in &folders {
            self.behind.projects.remove(folder);
        }
        Ok(())
    }

    fn draw_up(&mut self, folders: &[String]) -> Result<(), SiteError> {
        self.maps = Mutex::default();
        self.scripts = OnceLock::new();
        self.behind.portfolio = true;
        for project in folders.iter().filter_map(|folder| self.report.project(folder)) {
            self.outline.draw_up(&self.report, project)?;
            check_names(self.outline.jobs_of(project))?;
        }
        Ok(())
    }

    /// Whether something lags behind that stands in a file, so that [`LiveSite::complete_for`] has to come first.
    #[must_use]
    pub fn lags_behind_in(&self, path: &str) -> bool {
        let folder = path.split_once('/').map(|(folder, _)| folder);
        match folder.filter(|folder| self.report.project(folder).is_some()) {
            Some(folder) => {
                // A project without a feed of its own leads to that of the portfolio.
                let has = |kind: &DownloadKind| {
                    self.outline.map.downloads(Some(folder)).any(|download| download.kind == *kind)
                };
                let stands_alone = has(&DownloadKind::Feed) && has(&DownloadKind::Calendar);
                self.behind.projects.contains(folder) || (self.behind.portfolio && !stands_alone)
            }
            None => self.behind.portfolio || (tells_sizes(path) && !self.behind.projects.is_empty()),
        }
    }

    /// Brings up to date what stands in a file, or in all of them.
    ///
    /// # Errors
    /// Those of drawing up the outline.
    pub fn complete_for(&mut self, path: Option<&str>) -> Result<(), SiteError> {
        let folder = path.and_then(|path| path.split_once('/')).map(|(folder, _)| folder);
        let is_wanted = |behind: &String| folder == Some(behind) || path.is_none_or(tells_sizes);
        let wanted: Vec<String> = self.behind.projects.iter().filter(|one| is_wanted(one)).cloned().collect();
        // Maps that were made before know of what was to be taken away then.
        self.maps = Mutex::default();
        for folder in wanted {
            if let Some(project) = self.report.project(&folder) {
                self.outline.draw_up_again(&self.report, project)?;
            }
            self.behind.projects.remove(&folder);
        }
        if self.behind.portfolio || path.is_none_or(tells_sizes) {
            self.outline.draw_up_portfolio(&self.report, &|_| Ok(()))?;
            self.behind.portfolio = false;
        }
        Ok(())
    }

    /// Makes a file; none where the site has none at the path.
    ///
    /// # Errors
    /// A template of the theme that cannot be rendered.
    pub fn file(&self, path: &str) -> Result<Option<Cow<'_, [u8]>>, SiteError> {
        if let Some(bytes) = self.theme.assets().get(path) {
            return Ok(Some(Cow::Borrowed(bytes)));
        }
        if path.starts_with("search/")
            && let Some(script) = self.scripts().get(path)
        {
            return Ok(Some(Cow::Borrowed(script.as_bytes())));
        }
        let address = Address::at(path);
        if let Some(page) = self.outline.job_at(&self.report, &address) {
            return Ok(self.page(&page)?.map(|page| Cow::Owned(page.into_bytes())));
        }
        if let Some(bytes) = self.taken_away(&address) {
            return Ok(Some(Cow::Owned(bytes)));
        }
        // The lists for search engines lie at the top of the site.
        let is_list = path.strip_prefix("sitemap").is_some_and(|rest| rest.strip_suffix(".xml").is_some());
        let list = if is_list { found::sitemap(&self.report, self.pages()?).remove(path) } else { None };
        Ok(list.map(|list| Cow::Owned(list.into_bytes())))
    }

    /// The paths of all files of the site, in order.
    ///
    /// # Errors
    /// Those of making pages.
    pub fn paths(&self) -> Result<BTreeSet<String>, SiteError> {
        let pages = self.pages()?;
        let lists: Vec<String> = found::sitemap(&self.report, pages.clone()).into_keys().collect();
        let folders = self.report.projects.iter().map(|project| Some(project.project.folder.as_str()));
        let given = folders.chain([None]).flat_map(|folder| self.outline.map.given(folder)).cloned();
        let paths = pages.into_iter().chain(given).map(|address| address.path().to_owned());
        let assets = self.theme.assets().keys().chain(self.scripts().keys()).cloned();
        Ok(paths.chain(assets).chain(lists).collect())
    }

    /// The addresses of all pages.
    fn pages(&self) -> Result<BTreeSet<Address>, SiteError> {
        let of_site = Outline::jobs_of_site(&self.report).into_iter();
        let mut pages: BTreeSet<Address> = of_site.map(|job| job.address().clone()).collect();
        for project in &self.report.projects {
            let maps = self.maps_of(project);
            let map = self.cut_map(project, &maps)?;
            let there = self.outline.jobs_of(project).map(|job| job.address().clone());
            pages.extend(there.filter(|page| map.has(page)));
        }
        Ok(pages)
    }

    /// Makes a page; none where it is one of figures of a day gone by to which no page leads.
    fn page(&self, job: &Job<'_>) -> Result<Option<String>, SiteError> {
        let Job::Project { project, .. } = job else { return self.made(job, &self.outline.map).map(Some) };
        let maps = self.maps_of(project);
        if !job.is_gone_by() {
            return self.made(job, &maps.whole).map(Some);
        }
        let map = self.cut_map(project, &maps)?;
        if map.has(job.address()) { self.made(job, map).map(Some) } else { Ok(None) }
    }

    fn made(&self, job: &Job<'_>, map: &SiteMap) -> Result<String, SiteError> {
        made(&self.theme, job, (&self.report, map))
    }

    /// The maps of a project.
    fn maps_of(&self, project: &ProjectReport) -> Arc<Maps> {
        let folder = &project.project.folder;
        if let Some(known) = locked(&self.maps).get(folder) {
            return Arc::clone(known);
        }
        let whole = self.outline.map_for(&self.report, project);
        let maps = Arc::new(Maps { whole, cut: OnceLock::new() });
        let mut kept = locked(&self.maps);
        if kept.len() >= KEPT_MAPS {
            kept.clear();
        }
        kept.insert(folder.clone(), Arc::clone(&maps));
        maps
    }

    /// The map in which the figures of a project's days gone by are cut down to what its pages lead to. All of them are made to know
    /// that.
    fn cut_map<'a>(&self, project: &ProjectReport, maps: &'a Maps) -> Result<&'a SiteMap, SiteError> {
        if let Some(known) = maps.cut.get() {
            return Ok(known);
        }
        let jobs: Vec<Job<'_>> = self.outline.jobs_of(project).filter(|job| !job.is_gone_by()).collect();
        let led_to = jobs
            .par_iter()
            .map(|job| Ok::<_, SiteError>(led_to_by(job, &self.made(job, &maps.whole)?)))
            .try_reduce(BTreeMap::new, |one, other| Ok(linked::together(one, other)))?;
        let mut map = maps.whole.clone();
        put_cut_share(&mut map, &project.project.folder, &led_to);
        Ok(maps.cut.get_or_init(|| map))
    }

    /// Makes a file that is given away.
    fn taken_away(&self, address: &Address) -> Option<Vec<u8>> {
        let (report, map) = (&self.report, &self.outline.map);
        if *address == Address::checksums() {
            return Some(self.outline.checksums().bytes);
        }
        if !map.gives_away(address) {
            return None;
        }
        let is_it = |file: &export::Export| file.download.address == *address;
        let project = address.folder().and_then(|folder| report.project(folder));
        let own = OnceLock::new();
        if let Some(project) = project {
            let look = |file| {
                if is_it(&file) {
                    let _ = own.set(file);
                }
                if own.get().is_some() { Err(()) } else { Ok(()) }
            };
            // The rest is not made any more: that is no fault.
            let _ = export::of_project(report, map, project, look);
        }
        let found = own.into_inner().or_else(|| {
            let others = export::of_portfolio(report, map).into_iter();
            others.chain(export::of_other_folders(report, map)).find(is_it)
        });
        found.map(|file| file.bytes)
    }

    fn scripts(&self) -> &BTreeMap<String, String> {
        self.scripts.get_or_init(|| crate::search::scripts(&found::findable(&self.report, &self.outline.map)))
    }

    /// Makes one page of each kind.
    fn try_each_kind(&self) -> Result<(), SiteError> {
        let mut kinds = BTreeSet::new();
        let jobs = self.outline.jobs(&self.report);
        let first: Vec<&Job<'_>> =
            jobs.iter().filter(|job| !job.is_gone_by() && kinds.insert(job.kind())).collect();
        first.par_iter().try_for_each(|job| self.page(job).map(|_| ()))
    }
}

/// Whether a file says how long the files are that can be taken away, or what they hold.
fn tells_sizes(path: &str) -> bool {
    [Address::downloads(), Address::checksums()].iter().any(|page| page.path() == path)
}

/// Says whether all pages can stand side by side on every file system.
fn check_names<'a>(jobs: impl Iterator<Item = Job<'a>>) -> Result<(), SiteError> {
    let names = Gathered::default();
    for job in jobs {
        names.add(job.address().path(), &[])?;
    }
    Ok(())
}

/// A map that was cut and entered is sound, whoever died afterwards.
fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
