//! All pages of the site, with what can be asked of them by every page: which there are, what opens where, what can be taken away.
//!
//! What belongs to a project is kept by project, so that one of them can be drawn up anew without the others, and a copy of the map is cheap.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, OnceLock};

use crate::page::address::Address;
use crate::page::downloads::Download;
use crate::page::explain::{Book, BookKey, Books, key_of};
use crate::page::findings_by_task::FindingsByTask;
use crate::page::things::Things;
use crate::page::{Entry, Group};
use crate::report::{ProjectReport, Report};

/// All pages of the site.
#[derive(Clone, Debug, Default)]
pub struct SiteMap {
    /// Those that belong to no project's share.
    addresses: Arc<BTreeSet<Address>>,
    /// The page of each file that may be shown, by its path.
    sources: Arc<BTreeMap<String, Address>>,
    /// Which file stands on a page, by its place among the files.
    files: Arc<BTreeMap<Address, usize>>,
    /// What can be taken away of the whole portfolio.
    given: Arc<Given>,
    /// What each project has of the site, by its folder.
    shares: BTreeMap<String, Arc<Share>>,
    /// Everything that has a place in the site, once somebody asked.
    things: Arc<OnceLock<Things>>,
}

/// What a project has of the site.
#[derive(Clone, Debug, Default)]
pub struct Share {
    /// Its pages, and its documents on paper.
    pub addresses: BTreeSet<Address>,
    /// Its figures by day and gate.
    pub books: BTreeMap<BookKey, Arc<Book>>,
    /// Its pages as lists show them, headings in order.
    pub list: Vec<(Group, Entry)>,
    /// What can be taken away of it.
    pub given: Given,
    /// The findings about each of its tasks, where they were noted.
    pub findings: Option<Arc<FindingsByTask>>,
    /// Whether of its figures no more is known than where they stand.
    pub is_lean: bool,
}

/// What can be taken away.
#[derive(Clone, Debug, Default)]
pub struct Given {
    /// In the order of the addresses.
    downloads: Vec<Download>,
    /// Where all of it lives.
    addresses: BTreeSet<Address>,
}

impl Given {
    /// Takes in what can be taken away, in the order of the addresses.
    #[must_use]
    pub fn new(downloads: Vec<Download>) -> Self {
        let addresses = downloads.iter().map(|download| download.address.clone()).collect();
        Self { downloads, addresses }
    }

    /// Takes in what is given away, too, without being listed.
    #[must_use]
    pub fn with(mut self, others: impl IntoIterator<Item = Address>) -> Self {
        self.addresses.extend(others);
        self
    }
}

impl Share {
    /// The same without what figures say: where each of them stands is all that is known.
    #[must_use]
    pub fn with_addresses_alone(self) -> Self {
        let lean = |book: Arc<Book>| Arc::new(Arc::unwrap_or_clone(book).addresses_alone());
        let books = self.books.into_iter().map(|(key, book)| (key, lean(book))).collect();
        Self { books, is_lean: true, ..self }
    }

    /// The same with fewer figures, and without the pages on which no figure is explained any more.
    #[must_use]
    pub fn with_books(&self, books: BTreeMap<BookKey, Arc<Book>>) -> Self {
        let pages = |books: &BTreeMap<BookKey, Arc<Book>>| -> BTreeSet<Address> {
            books.values().flat_map(|book| book.addresses().iter().cloned()).collect()
        };
        let (before, after) = (pages(&self.books), pages(&books));
        let kept = self.addresses.iter().filter(|page| !before.contains(page) || after.contains(page));
        Self { addresses: kept.cloned().collect(), books, ..self.clone() }
    }
}

impl SiteMap {
    /// Takes in addresses that belong to no project's share.
    #[must_use]
    pub fn new(addresses: impl IntoIterator<Item = Address>) -> Self {
        Self { addresses: Arc::new(addresses.into_iter().collect()), ..Self::default() }
    }

    /// Takes in where figures are explained and which files are shown.
    #[must_use]
    pub fn with(mut self, books: Books, sources: BTreeMap<String, Address>) -> Self {
        for ((folder, key), book) in books {
            let share = Arc::make_mut(self.shares.entry(folder).or_default());
            share.books.insert(key, book);
        }
        Self { sources: Arc::new(sources), ..self }
    }

    /// Takes in which file stands on which page.
    #[must_use]
    pub fn with_files(self, report: &Report) -> Self {
        let paths = report.sources.iter().enumerate();
        let pages = paths.filter_map(|(place, (path, _))| Some((self.sources.get(path)?.clone(), place)));
        let mut files = BTreeMap::new();
        for (page, place) in pages {
            files.entry(page).or_insert(place);
        }
        Self { files: Arc::new(files), ..self }
    }

    /// The findings about each task of a project as of the status date, where they were noted.
    #[must_use]
    pub fn findings_by_task(&self, project: &ProjectReport) -> Option<&FindingsByTask> {
        self.shares.get(&project.project.folder)?.findings.as_deref()
    }

    /// The file that stands on a page, by its place among the files; none for other pages.
    #[must_use]
    pub fn file_on(&self, page: &Address) -> Option<usize> {
        self.files.get(page).copied()
    }

    /// Takes in what a project has of the site, in the place of what it had.
    pub fn put(&mut self, folder: &str, share: Arc<Share>) {
        self.shares.insert(folder.to_owned(), share);
        self.things = Arc::default();
    }

    /// Takes out what a project has of the site.
    pub fn take(&mut self, folder: &str) -> Option<Arc<Share>> {
        self.things = Arc::default();
        self.shares.remove(folder)
    }

    /// Everything that has a place in the site, gathered once from the report that the map was drawn up for.
    #[must_use]
    pub fn things(&self, report: &Report) -> &Things {
        self.things.get_or_init(|| Things::of(report, self))
    }

    /// What a project has of the site; none for a folder that is no project.
    #[must_use]
    pub fn share(&self, folder: &str) -> Option<&Arc<Share>> {
        self.shares.get(folder)
    }

    /// The pages of a project as lists show them, headings in order; none for a folder that is no project.
    #[must_use]
    pub fn pages_of(&self, folder: &str) -> &[(Group, Entry)] {
        self.shares.get(folder).map_or(&[], |share| share.list.as_slice())
    }

    /// Takes in what can be taken away of the whole portfolio.
    pub fn give(&mut self, given: Given) {
        self.given = Arc::new(given);
    }

    /// What can be taken away of a project, or of the whole portfolio.
    pub fn downloads(&self, folder: Option<&str>) -> impl Iterator<Item = &Download> + use<'_> {
        let given = match folder {
            Some(folder) => self.shares.get(folder).map(|share| &share.given),
            None => Some(&*self.given),
        };
        given.into_iter().flat_map(|given| &given.downloads)
    }

    /// The addresses of what can be taken away of a project, or of the whole portfolio, whether it is listed or not.
    pub fn given(&self, folder: Option<&str>) -> impl Iterator<Item = &Address> + use<'_> {
        let given = match folder {
            Some(folder) => self.shares.get(folder).map(|share| &share.given),
            None => Some(&*self.given),
        };
        given.into_iter().flat_map(|given| &given.addresses)
    }

    /// The figures of a project as it was measured: as of the status date, or before the board of a gate.
    #[must_use]
    pub fn book(&self, project: &ProjectReport) -> Option<&Book> {
        self.shares.get(&project.project.folder)?.books.get(&key_of(project)).map(|book| &**book)
    }

    /// Says whether the site has such a page.
    #[must_use]
    pub fn has(&self, address: &Address) -> bool {
        let in_share =
            |folder: &str| self.shares.get(folder).is_some_and(|share| share.addresses.contains(address));
        address.folder().is_some_and(in_share) || self.addresses.contains(address)
    }

    /// Says whether a file can be taken away.
    #[must_use]
    pub fn gives_away(&self, file: &Address) -> bool {
        let in_share =
            |folder: &str| self.shares.get(folder).is_some_and(|share| share.given.addresses.contains(file));
        file.folder().is_some_and(in_share) || self.given.addresses.contains(file)
    }

    /// The page that shows a file, by its path; none where it is not shown.
    #[must_use]
    pub fn page_of_file(&self, path: &str) -> Option<&Address> {
        self.sources.get(path)
    }

    /// The page of each file that may be shown, by its path.
    #[must_use]
    pub fn shown(&self) -> &BTreeMap<String, Address> {
        &self.sources
    }
}
