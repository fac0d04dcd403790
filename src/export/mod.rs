//! What the site gives away besides its pages: every table as CSV, each project as JSON with its schema, calendars, feeds,
//! the files themselves, and the digests of them all.
//!
//! Comes in: the report and the map of the site. Goes out: [`Export`], files in memory with what is said of each. What a page
//! hides is hidden here too: the lists come from where the pages take them. Not here: HTML of pages, words about the files.

pub mod atom;
pub mod checksums;
pub mod csv;
pub mod icalendar;
pub mod json;
pub mod ms_project;
mod raw_files;
pub mod tables;
pub mod value;
mod work_calendar;

use crate::page::downloads::{Download, DownloadKind};
use crate::page::{Address, Here, SiteMap, sources};
use crate::report::{ProjectReport, Report};

/// A file to be taken away, with what is said of it.
#[derive(Clone, Debug)]
pub struct Export {
    /// What the list of downloads says of it.
    pub download: Download,
    /// The file itself.
    pub bytes: Vec<u8>,
}

impl Export {
    fn new(kind: DownloadKind, address: Address, folder: Option<&str>, bytes: Vec<u8>) -> Self {
        let download = Download {
            address,
            kind,
            folder: folder.map(str::to_owned),
            rows: None,
            is_masked: false,
            size: bytes.len(),
        };
        Self { download, bytes }
    }

    /// Says how many rows or entries the file has.
    #[must_use]
    fn rows(mut self, rows: usize) -> Self {
        self.download.rows = Some(rows);
        self
    }
}

/// The name of a calendar or feed: one that answers a what-if says so.
fn named(report: &Report, name: &str) -> String {
    if report.what_if.is_some() { format!("What if: {name}") } else { name.to_owned() }
}

/// The files about the whole portfolio, and those that it was made from and that lie in no project's folder.
#[must_use]
pub fn of_portfolio(report: &Report, map: &SiteMap) -> Vec<Export> {
    let address = Address::portfolio();
    let here = Here { report, map, address: &address };
    let mut exports = tables::portfolio::Tables::of(&here).exports();
    exports.push(json::schema());
    exports.extend(icalendar::of_portfolio(report));
    exports.extend(atom::of_portfolio(&here));
    exports.extend(raw_files::raw_files(report, map, None));
    exports
}

/// The files of folders below `projects/` that are no projects: they are given away, and no list names them.
#[must_use]
pub fn of_other_folders(report: &Report, map: &SiteMap) -> Vec<Export> {
    let folders = sources::other_folders(report, map).into_iter();
    folders.flat_map(|folder| raw_files::raw_files(report, map, Some(&folder))).collect()
}

/// Gives the files about one project, and those that it was made from, each as soon as it is made: of a large plan each takes its
/// time and its memory. Tables are made beside all others, so the order is no promise. Whoever takes them may refuse one, and of its
/// half no more are made.
///
/// # Errors
/// What whoever takes them gives.
pub fn of_project<E: Send>(
    report: &Report,
    map: &SiteMap,
    project: &ProjectReport,
    take: impl Fn(Export) -> Result<(), E> + Sync,
) -> Result<(), E> {
    let address = Address::dashboard(&project.project.folder);
    let desk = Here { report, map, address: &address }.desk(project);
    let tables = || {
        let tables = tables::Tables::of(&desk);
        tables.exports(&desk).into_iter().try_for_each(&take)?;
        take(json::project(&desk, tables))
    };
    let others = || {
        icalendar::of_project(report, project).into_iter().try_for_each(&take)?;
        ms_project::of_project(&desk).into_iter().try_for_each(&take)?;
        work_calendar::of_people(&desk).into_iter().try_for_each(&take)?;
        atom::of_project(&desk).into_iter().try_for_each(&take)?;
        raw_files::raw_files(report, map, Some(&project.project.folder)).into_iter().try_for_each(&take)
    };
    let (tables, others) = rayon::join(tables, others);
    tables.and(others)
}
