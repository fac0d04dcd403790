//! The files that the site was made from, line by line, so that the place of a typed fact is a link.
//!
//! Prices of persons are masked: they are in the files for computing, not for readers. A project that is classified as
//! public shows no files, and neither does one that could not be read, because its prices are not known then.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use crate::diagnostic::{FileId, Places as _, Span};
use crate::format;
use crate::page::address::Address;
use crate::page::desk::{Here, SiteMap};
use crate::page::view::{Cell, Link, Row, Table};
use crate::page::{Entry, Made, SitePage};
use crate::report::{ProjectReport, Report, is_shared};

/// The list of files.
pub struct SourcesPage;

/// The pages of files.
pub struct SourcePages;

/// What stands in place of the price of a person.
const MASK: &str = "••••";

/// Endings of the files that people write for milepost.
const ENDINGS: [&str; 4] = ["yaml", "yml", "md", "csv"];

/// The list of files.
#[derive(Debug, Serialize)]
struct SourcesView {
    /// The files of all projects, then those of each project.
    groups: Vec<FilesOf>,
}

/// The files of a project, or of all.
#[derive(Debug, Serialize)]
struct FilesOf {
    /// The anchor.
    id: String,
    /// The name of the project.
    label: String,
    /// Each file with its length.
    files: Table,
}

/// A file.
#[derive(Debug, Serialize)]
struct SourceView {
    /// The project whose file it is; none for files of all projects.
    project: Option<Link>,
    /// What is masked, in words; none where nothing is.
    masked: Option<String>,
    /// Its lines.
    lines: Vec<String>,
    /// Where all files are listed.
    all: Option<String>,
    /// The file itself, to be taken away.
    raw: Option<String>,
}

/// The page of each file that is shown, by its path.
#[must_use]
pub fn shown(report: &Report) -> BTreeMap<String, Address> {
    let files = report.sources.iter().zip(0_u32..);
    shown_among(report, files.map(|((path, _), number)| (FileId(number), path)))
}

/// The same of the files of a project, and of those that are about all projects.
#[must_use]
pub fn shown_to(report: &Report, project: &ProjectReport) -> BTreeMap<String, Address> {
    let own = report.sources.below(report.home(project)).map(|(file, path, _)| (file, path));
    let shared = report.sources.shared().map(|(file, path, _)| (file, path));
    shown_among(report, own.chain(shared))
}

fn shown_among<'a>(
    report: &Report,
    files: impl Iterator<Item = (FileId, &'a str)>,
) -> BTreeMap<String, Address> {
    let hidden = hidden(report);
    let mut pages = BTreeMap::new();
    let mut taken = BTreeSet::new();
    for (file, path) in files {
        let is_unread = report.unread.contains(&file);
        let ending = path.rsplit_once('.').map_or("", |(_, ending)| ending);
        let is_ours = ENDINGS.contains(&ending) && !path.starts_with("theme/") && !path.starts_with("--");
        let page = Address::source(path);
        // Two names that some file system cannot tell apart: the first is shown.
        if is_ours && !is_unread && !hidden.covers(path) && taken.insert(page.path().to_lowercase()) {
            pages.insert(path.to_owned(), page);
        }
    }
    pages
}

/// A file to be taken away.
#[derive(Clone, Debug)]
pub struct RawFile {
    /// Where it lives in the site: beside its page.
    pub address: Address,
    /// Its path in the portfolio.
    pub path: String,
    /// The folder of the project it belongs to; none for files of the whole portfolio.
    pub folder: Option<String>,
    /// Its text as it may be read.
    pub text: String,
    /// Whether prices of persons are masked in it.
    pub is_masked: bool,
}

/// Every file of a project's folder below `projects/` that has a page, as text with what is masked on the page masked here
/// too, in the order of their paths; for no folder all files that lie in none.
///
/// A file whose name another one needs for a folder has its page alone.
#[must_use]
pub fn raw_files(report: &Report, map: &SiteMap, folder: Option<&str>) -> Vec<RawFile> {
    let of_folder = folder.and_then(|folder| report.project(folder));
    let prices = of_folder.map_or_else(|| Prices::of(report), |project| Prices::among(&[project]));
    let home = folder.map(|folder| format!("projects/{folder}/")).unwrap_or_default();
    let shown: Vec<(FileId, &str, &str, &Address)> = report
        .sources
        .below(&home)
        .filter(|(_, path, _)| folder.is_some() || of_project(path).is_none())
        .filter_map(|(file, path, text)| Some((file, path, text, map.page_of_file(path)?)))
        .collect();
    let folders: BTreeSet<String> = shown
        .iter()
        .flat_map(|(_, _, _, page)| {
            page.path().match_indices('/').map(|(at, _)| page.path()[..at].to_lowercase())
        })
        .collect();
    let mut files = Vec::new();
    for (file, path, text, page) in shown {
        let address = page.without_html();
        if folders.contains(&address.path().to_lowercase()) {
            continue;
        }
        let masked = prices.mask(file, path, text);
        files.push(RawFile {
            address,
            path: path.to_owned(),
            folder: folder.map(str::to_owned),
            is_masked: masked != text,
            text: masked,
        });
    }
    files
}

/// The folder below `projects/` in which a file lies.
fn of_project(path: &str) -> Option<&str> {
    path.strip_prefix("projects/").and_then(|rest| rest.split_once('/')).map(|(folder, _)| folder)
}

/// The folders below `projects/` that hold files which are shown, but are no projects of the report.
#[must_use]
pub fn other_folders(report: &Report, map: &SiteMap) -> BTreeSet<String> {
    let known: BTreeSet<&str> =
        report.projects.iter().map(|project| project.project.folder.as_str()).collect();
    let folders = map.shown().keys().filter_map(|path| of_project(path));
    folders.filter(|folder| !known.contains(folder)).map(str::to_owned).collect()
}

/// Which files are not shown.
struct Hidden {
    /// Folders of projects.
    folders: Vec<String>,
    /// Whether files of the whole portfolio are hidden too.
    is_shared: bool,
}

impl Hidden {
    fn covers(&self, path: &str) -> bool {
        match of_project(path) {
            Some(folder) => self.folders.iter().any(|hidden| hidden == folder),
            None => self.is_shared,
        }
    }
}

fn hidden(report: &Report) -> Hidden {
    let public = report.projects.iter().filter(|project| project.project.is_public());
    let mut folders: Vec<String> = public.map(|project| project.project.folder.clone()).collect();
    folders.extend(report.unreadable.iter().cloned());
    Hidden { is_shared: !folders.is_empty(), folders }
}

impl SitePage for SourcesPage {
    fn kind(&self) -> &'static str {
        "sources"
    }

    fn question(&self) -> &'static str {
        "What was typed, and where?"
    }

    fn entries(&self, report: &Report) -> Vec<Entry> {
        if shown(report).is_empty() {
            return Vec::new();
        }
        vec![Entry::new(Address::sources(), "Files behind this site")]
    }

    fn make(&self, here: &Here<'_>) -> Made {
        let pages = shown(here.report);
        let mut groups: BTreeMap<Option<&str>, Table> = BTreeMap::new();
        for (path, text) in here.report.sources.iter() {
            let Some(page) = pages.get(path) else { continue };
            let lines = i64::try_from(text.lines().count()).unwrap_or(i64::MAX);
            let files = groups.entry(of_project(path)).or_insert_with(|| Table::new(&["File", "#Lines"]));
            files.push(Row::new(vec![
                Cell::text(path).href(here.href(page)).class("mono"),
                Cell::text(format::whole(lines)),
            ]));
        }
        let groups = groups.into_iter().map(|(folder, files)| FilesOf {
            id: folder.map_or_else(|| "portfolio".to_owned(), |folder| format!("project-{folder}")),
            label: folder.map_or_else(
                || "All projects".to_owned(),
                |folder| {
                    here.report
                        .project(folder)
                        .map_or_else(|| folder.to_owned(), |project| project.project.name.clone())
                },
            ),
            files,
        });
        let view = SourcesView { groups: groups.collect() };
        Made::new(self.kind(), "Files behind this site", &view).description(self.question())
    }
}

impl SitePage for SourcePages {
    fn kind(&self) -> &'static str {
        "source"
    }

    fn question(&self) -> &'static str {
        "What does this line say?"
    }

    fn entries(&self, report: &Report) -> Vec<Entry> {
        shown(report).into_iter().map(|(path, address)| Entry::new(address, path)).collect()
    }

    fn make(&self, here: &Here<'_>) -> Made {
        let file = here.map.file_on(here.address).and_then(|place| u32::try_from(place).ok()).map(FileId);
        let Some(file) = file else {
            return Made::new(
                self.kind(),
                "File",
                &SourceView { project: None, masked: None, lines: Vec::new(), all: None, raw: None },
            );
        };
        let (path, text) = (here.report.sources.path(file), here.report.sources.text(file));
        let masked = Prices::in_file(here.report, file).mask(file, path, text);
        let project = of_project(path).and_then(|folder| here.report.project(folder));
        let view = SourceView {
            project: project.map(|project| Link {
                label: project.project.name.clone(),
                href: here.href(&Address::dashboard(&project.project.folder)),
            }),
            masked: (masked != text).then(|| "Prices of persons are masked.".to_owned()),
            lines: masked.lines().map(str::to_owned).collect(),
            all: here.href(&Address::sources()),
            raw: here.href_download(&here.address.without_html()),
        };
        Made::new(self.kind(), path, &view)
    }
}

/// Where prices stand in files.
struct Prices {
    /// Those of roles, which may be read.
    of_roles: BTreeSet<(FileId, u32)>,
    /// Those of persons.
    of_persons: BTreeMap<FileId, Vec<Span>>,
}

impl Prices {
    /// Those of all files.
    fn of(report: &Report) -> Self {
        Self::among(&report.projects.iter().collect::<Vec<_>>())
    }

    /// Those of one file. Prices of people whom several projects share stand in every one that gives them work.
    fn in_file(report: &Report, file: FileId) -> Self {
        let path = report.sources.path(file);
        let holds =
            |project: &&ProjectReport| is_shared(path) || project.project.files.iter().any(|own| own == path);
        // Of a thousand projects the one whose folder the path names is asked first: its files are nobody else's.
        let named = path.strip_prefix("projects/").unwrap_or(path).split('/').next();
        let named = named.and_then(|name| report.project(name));
        match named.filter(|_| !is_shared(path)).filter(holds) {
            Some(own) => Self::among(&[own]),
            None => Self::among(&report.projects.iter().filter(holds).collect::<Vec<_>>()),
        }
    }

    fn among(projects: &[&ProjectReport]) -> Self {
        let teams = projects.iter().map(|project| &project.project.team);
        let roles = teams.clone().flat_map(|team| team.roles.iter().filter_map(|role| role.rate_origin));
        let persons = teams.flat_map(|team| team.people.iter().filter_map(|person| person.rate_origin));
        let mut of_persons = BTreeMap::<FileId, Vec<Span>>::new();
        for span in persons {
            of_persons.entry(span.file).or_default().push(span);
        }
        Self { of_roles: roles.map(|span| (span.file, span.start)).collect(), of_persons }
    }

    /// The text of a file without prices of persons: those that were read, and in lists of people whatever else is called
    /// `rate`.
    fn mask(&self, file: FileId, path: &str, text: &str) -> String {
        let of_persons = self.of_persons.get(&file).into_iter().flatten();
        let mut ranges: Vec<std::ops::Range<usize>> = of_persons.map(|span| span.range()).collect();
        let name = path.rsplit('/').next().unwrap_or(path);
        if matches!(name, "resources.yaml" | "resources.yml" | "people.yaml" | "people.yml") {
            ranges.extend(rates(text).into_iter().filter(|range| {
                !u32::try_from(range.start).is_ok_and(|start| self.of_roles.contains(&(file, start)))
            }));
        }
        ranges.sort_by_key(|range| (range.start, range.end));
        let (mut masked, mut at) = (String::with_capacity(text.len()), 0);
        for range in ranges {
            let start = range.start.max(at);
            if range.end <= start {
                continue;
            }
            masked.push_str(text.get(at..start).unwrap_or_default());
            masked.push_str(MASK);
            at = range.end;
        }
        masked.push_str(text.get(at..).unwrap_or_default());
        masked
    }
}

/// The values behind every `rate:` of a text.
fn rates(text: &str) -> Vec<std::ops::Range<usize>> {
    text.match_indices("rate")
        .filter_map(|(at, word)| {
            let rest = text.get(at + word.len()..)?;
            let after = rest.strip_prefix(['"', '\'']).unwrap_or(rest).trim_start_matches([' ', '\t']);
            let value = after.strip_prefix(':')?.trim_start_matches([' ', '\t']);
            let start = text.len() - value.len();
            let length = value.find(['\n', ',', '}', '#', '\r']).unwrap_or(value.len());
            let value = value.get(..length)?.trim_end();
            (!value.is_empty()).then_some(start..start + value.len())
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prices_of_persons_are_masked_and_those_of_roles_stay() {
        let text = "roles:\n  engineer: {rate: 600 EUR/d}\npeople:\n  anna: {role: engineer, rate: 812 EUR/d}\n  ben:\n    rate: 1 EUR # x\n";
        let role = u32::try_from(text.find("600").unwrap()).unwrap();
        let file = FileId(0);
        let prices = Prices { of_roles: BTreeSet::from([(file, role)]), of_persons: BTreeMap::new() };
        let masked = prices.mask(file, "projects/net/resources.yaml", text);
        assert_eq!(masked.matches(MASK).count(), 2);
        assert!(
            masked.contains("600 EUR/d}") && !masked.contains("812") && masked.contains("rate: •••• # x")
        );
        assert_eq!(prices.mask(file, "projects/net/business-case.yaml", "rate: 6 %\n"), "rate: 6 %\n");
    }
}
