//! All pages of the site, with what can be asked of them by every page: which there are, what opens where, what can be taken away.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use crate::page::address::Address;
use crate::page::downloads::Download;
use crate::page::explain::{Book, Books};
use crate::page::findings_by_task::FindingsByTask;
use crate::page::{Entry, Group};
use crate::report::{ProjectReport, Report};

/// All pages of the site.
#[derive(Clone, Debug, Default)]
pub struct SiteMap {
    addresses: BTreeSet<Address>,
    /// The page of each file that may be shown, by its path.
    sources: BTreeMap<String, Address>,
    /// Which file stands on a page, by its place among the files.
    files: BTreeMap<Address, usize>,
    /// Every figure by project and day.
    books: Books,
    /// What can be taken away of each project, none standing for the whole portfolio, in the order of the addresses.
    downloads: BTreeMap<Option<String>, Vec<Download>>,
    /// The findings about each task, by the folder of its project.
    findings: BTreeMap<String, FindingsByTask>,
    /// Where all of it lives.
    taken_away: BTreeSet<Address>,
    /// The pages of each project as lists show them, by its folder.
    lists: BTreeMap<String, Vec<(Group, Entry)>>,
}

impl SiteMap {
    /// Takes all addresses in.
    #[must_use]
    pub fn new(addresses: impl IntoIterator<Item = Address>) -> Self {
        Self { addresses: addresses.into_iter().collect(), ..Self::default() }
    }

    /// Takes in where figures are explained and which files are shown.
    #[must_use]
    pub fn with(self, books: Books, sources: BTreeMap<String, Address>) -> Self {
        Self { sources, books, ..self }
    }

    /// Takes in which file stands on which page, and which findings are about which task.
    #[must_use]
    pub fn with_files(self, report: &Report) -> Self {
        let paths = report.sources.iter().enumerate();
        let pages = paths.filter_map(|(place, (path, _))| Some((self.sources.get(path)?.clone(), place)));
        let mut files = BTreeMap::new();
        for (page, place) in pages {
            files.entry(page).or_insert(place);
        }
        let by_task =
            |project: &ProjectReport| (project.project.folder.clone(), FindingsByTask::of(report, project));
        Self { files, findings: report.projects.iter().map(by_task).collect(), ..self }
    }

    /// The findings about each task of a project as of the status date, where they were noted.
    #[must_use]
    pub fn findings_by_task(&self, project: &ProjectReport) -> Option<&FindingsByTask> {
        self.findings.get(&project.project.folder)
    }

    /// The file that stands on a page, by its place among the files; none for other pages.
    #[must_use]
    pub fn file_on(&self, page: &Address) -> Option<usize> {
        self.files.get(page).copied()
    }

    /// Takes in the pages of each project as lists show them, by its folder.
    #[must_use]
    pub fn with_lists(self, lists: BTreeMap<String, Vec<(Group, Entry)>>) -> Self {
        Self { lists, ..self }
    }

    /// The pages of a project as lists show them, headings in order; none for a folder that is no project.
    #[must_use]
    pub fn pages_of(&self, folder: &str) -> &[(Group, Entry)] {
        self.lists.get(folder).map_or(&[], Vec::as_slice)
    }

    /// Cuts the figures down, and with them the pages on which they are explained.
    #[must_use]
    pub fn cut_down(self, cut: impl FnOnce(Books) -> Books) -> Self {
        let pages = |books: &Books| -> BTreeSet<Address> {
            let pages =
                books.values().flat_map(|book| book.sheets().iter().map(|sheet| book.address(*sheet)));
            pages.collect()
        };
        let before = pages(&self.books);
        let books = cut(self.books);
        let after = pages(&books);
        let addresses = self
            .addresses
            .into_iter()
            .filter(|address| !before.contains(address) || after.contains(address))
            .collect();
        Self { addresses, books, ..self }
    }

    /// Takes in what can be taken away.
    #[must_use]
    pub fn with_downloads(self, all: Vec<Download>) -> Self {
        let taken_away = all.iter().map(|download| download.address.clone()).collect();
        let mut downloads = BTreeMap::<Option<String>, Vec<Download>>::new();
        for download in all {
            downloads.entry(download.folder.clone()).or_default().push(download);
        }
        Self { downloads, taken_away, ..self }
    }

    /// What can be taken away of a project, or of the whole portfolio.
    pub fn downloads(&self, folder: Option<&str>) -> impl Iterator<Item = &Download> + use<'_> {
        self.downloads.get(&folder.map(str::to_owned)).into_iter().flatten()
    }

    /// The figures of a project as of a day.
    #[must_use]
    pub fn book(&self, folder: &str, day: Date) -> Option<&Book> {
        self.books.get(&(folder.to_owned(), day))
    }

    /// Says whether the site has such a page.
    #[must_use]
    pub fn has(&self, address: &Address) -> bool {
        self.addresses.contains(address)
    }

    /// Says whether a file can be taken away.
    #[must_use]
    pub fn gives_away(&self, file: &Address) -> bool {
        self.taken_away.contains(file)
    }

    /// The page that shows a file, by its path; none where it is not shown.
    #[must_use]
    pub fn page_of_file(&self, path: &str) -> Option<&Address> {
        self.sources.get(path)
    }
}
