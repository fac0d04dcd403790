//! Data and downloads: give me the data. Each file with what it contains, how many rows it has and how large it is.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::format;
use crate::model::Person;
use crate::page::address::Address;
use crate::page::desk::{Desk, Here};
use crate::page::view::{Cell, Link, Row, Table};
use crate::page::{Entry, Group, Made, ProjectPage, SitePage};
use crate::quantity::Audience;
use crate::report::{ProjectReport, Report};

/// The page of what can be taken away of a project.
pub struct ProjectDownloads;

/// The page of what can be taken away of the whole portfolio.
pub struct PortfolioDownloads;

/// A file that can be taken away.
#[derive(Clone, Debug)]
pub struct Download {
    /// Where it lives.
    pub address: Address,
    /// What it is.
    pub kind: DownloadKind,
    /// The folder of the project it is about; none for the whole portfolio.
    pub folder: Option<String>,
    /// How many rows, entries or lines it has, without headings; none where that says nothing.
    pub rows: Option<usize>,
    /// Whether prices of persons are masked in it.
    pub is_masked: bool,
    /// Its length in bytes.
    pub size: usize,
}

/// What a file to be taken away is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DownloadKind {
    /// A table as CSV, by its name in [`TABLES`] or [`PORTFOLIO_TABLES`].
    Table(&'static str),
    /// Everything about a project as JSON.
    Project,
    /// The description of [`DownloadKind::Project`].
    Schema,
    /// Dates as iCalendar.
    Calendar,
    /// The plan as MS Project XML.
    MsProject,
    /// What one person has to do, as iCalendar, by the person's name.
    Work(String),
    /// Reports as an Atom feed.
    Feed,
    /// A file that the site was made from, by its path in the portfolio.
    Source(String),
    /// The digests of all other files.
    Checksums,
}

/// A table: its name in templates and files, its title, what it contains.
pub type TableWords = (&'static str, &'static str, &'static str);

/// The tables of a project.
pub const TABLES: &[TableWords] = &[
    ("tasks", "Tasks", "every line of the plan with dates, float, progress, money and effort"),
    ("links", "Links", "what waits for what, with kind and lag, and whether it drives"),
    ("milestones", "Milestones and gates", "promised and forecast day, slip, deadline"),
    ("progress", "Progress", "what was reported of each task, report by report"),
    ("load", "Load by week", "effort asked for and capacity of each person and role"),
    (
        "earned_value",
        "Earned value by report",
        "value, indices, estimates and finish as each report said them",
    ),
    ("budget", "Budget by category", "budget, spent, ordered and estimate at completion"),
    ("ledger", "Ledger", "every booking with the balances after it"),
    ("months", "Months", "hours, labour, invoices, receipts and orders by month"),
    ("risks", "Risks", "probability, impact, rating, expected cost before and after response"),
    ("issues", "Issues", "what hurts, since when, until when, who sees to it"),
    ("decisions", "Decisions", "those wanted with their options, and those made"),
    ("changes", "Changes", "requests with cost, time and what was decided"),
    ("actions", "Actions", "who promised what by when"),
    ("assumptions", "Assumptions", "what is taken as true, and when it is tested"),
    ("outside_requests", "Outside requests", "needed by, promised, margin, and what a week more does"),
    ("lessons", "Lessons", "what was learned, and what to do next time"),
    ("deliverables", "Deliverables", "who makes and who accepts them, and how far that has come"),
    ("acceptance_criteria", "Acceptance criteria", "what each deliverable must satisfy, and how far it does"),
    ("tests", "Tests", "cases planned, run, passed, failed and blocked by the newest count"),
    ("defects", "Defects", "severity, found, closed, came back"),
    ("handover", "Handover", "what changes hands, from whom to whom, when it expires"),
    ("service_criteria", "Service criteria", "what must hold before operations takes over"),
    ("benefit_readings", "Benefit readings", "what was measured, with the value before and the target"),
    ("findings", "Findings", "what the checks found in the files, waived ones included"),
];

/// The tables of the whole portfolio.
pub const PORTFOLIO_TABLES: &[TableWords] = &[
    ("projects", "Projects", "stage, colour, finish, money and open entries of each project"),
    ("decisions", "Decisions wanted", "what boards are asked, by when, and what silence does"),
    ("gates", "Gates", "the gates of all projects with promised and forecast day and decision"),
];

/// A file that a page points at.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct FileLink {
    /// Where it is.
    pub href: String,
    /// What it is, in a word: `CSV`.
    pub label: &'static str,
    /// Its name for readers, beginning with the label.
    pub words: String,
    /// Its media type.
    pub kind: &'static str,
}

/// The CSV of every table by its name; none of a table without a row.
#[must_use]
pub fn table_links(here: &Here<'_>, folder: Option<&str>) -> BTreeMap<&'static str, Option<FileLink>> {
    let mut links: BTreeMap<_, _> =
        TABLES.iter().chain(PORTFOLIO_TABLES).map(|(name, _, _)| (*name, None)).collect();
    for download in here.map.downloads(folder) {
        if let DownloadKind::Table(name) = download.kind {
            let (title, _) = words(download);
            let href = here.address.href_to(&download.address);
            let words = format!("CSV: {title}");
            links.insert(name, Some(FileLink { href, label: "CSV", words, kind: "text/csv" }));
        }
    }
    links
}

/// All findings of a project as a table; none where the site has no such file.
#[must_use]
pub fn findings_link(here: &Here<'_>, folder: &str) -> Option<FileLink> {
    table_links(here, Some(folder)).remove("findings").flatten()
}

/// The document of this page as PDF; none where the site does not have it.
#[must_use]
pub fn paper_link(here: &Here<'_>, title: &str) -> Option<FileLink> {
    let href = here.href(&here.address.printed())?;
    Some(FileLink { href, label: "PDF", words: format!("PDF: {title}"), kind: "application/pdf" })
}

/// The feed of a project, or of all projects where it has none.
#[must_use]
pub fn feed_link(here: &Here<'_>, folder: Option<&str>) -> Option<FileLink> {
    link(here, folder, &DownloadKind::Feed, ("Feed", "Feed: reports of", "application/atom+xml"))
}

/// The calendar of a project, or of all projects where it has none.
#[must_use]
pub fn calendar_link(here: &Here<'_>, folder: Option<&str>) -> Option<FileLink> {
    link(here, folder, &DownloadKind::Calendar, ("Calendar", "Calendar: dates of", "text/calendar"))
}

/// The calendar of what one person has to do in a project; none where nothing of it has a day.
#[must_use]
pub fn work_calendar_link(desk: &Desk<'_>, person: &Person) -> Option<FileLink> {
    let href = desk.href_download(&Address::work_calendar(desk.folder(), &person.id))?;
    let words = format!("Calendar: work of {} in {}", person.name, desk.project.project.name);
    Some(FileLink { href, label: "Calendar", words, kind: "text/calendar" })
}

fn link(
    here: &Here<'_>,
    folder: Option<&str>,
    wanted: &DownloadKind,
    (label, words, kind): (&'static str, &str, &'static str),
) -> Option<FileLink> {
    let is_wanted = |download: &&Download| download.kind == *wanted;
    let own = here.map.downloads(folder).find(is_wanted);
    let found = own.or_else(|| here.map.downloads(None).find(is_wanted))?;
    let of = found.folder.as_deref().and_then(|folder| here.report.project(folder));
    let name = of.map_or(&here.report.title, |project| &project.project.name);
    let href = here.address.href_to(&found.address);
    Some(FileLink { href, label, words: format!("{words} {name}"), kind })
}

/// What a file is called and what it contains.
fn words(download: &Download) -> (String, String) {
    let is_portfolio = download.folder.is_none();
    let (title, about) = match &download.kind {
        DownloadKind::Table(name) => {
            let tables = if is_portfolio { PORTFOLIO_TABLES } else { TABLES };
            let found = tables.iter().find(|(known, _, _)| known == name);
            found.map_or((*name, ""), |(_, title, about)| (*title, *about))
        }
        DownloadKind::Project => (
            "Project",
            "all tables in one file, with every figure under the key that explains it on these pages",
        ),
        DownloadKind::Schema => (
            "Schema of project.json",
            "what each field means, by JSON Schema 2020-12; columns of CSV are fields",
        ),
        DownloadKind::Calendar if is_portfolio => {
            ("Calendar of all projects", "milestones, gates and decisions wanted, for a calendar program")
        }
        DownloadKind::Calendar => {
            ("Calendar", "milestones, gates and decisions wanted, for a calendar program")
        }
        DownloadKind::MsProject => (
            "Plan for MS Project",
            "the forecast as XML: calendars, tasks, links, dates, people and roles, progress, baseline; what MS Project cannot \
             hold (gates, deliverables, registers, three-point estimates, hammocks as such) is told at its head",
        ),
        DownloadKind::Work(person) => {
            let about = "open tasks, actions and decisions to make, for a calendar program";
            return (format!("Calendar of {person}"), about.to_owned());
        }
        DownloadKind::Feed if is_portfolio => {
            ("Feed of all projects", "the reports of all projects, newest first, for a feed reader")
        }
        DownloadKind::Feed => ("Feed", "reports, newest first, for a feed reader"),
        DownloadKind::Source(path) => return (path.clone(), String::new()),
        DownloadKind::Checksums => (
            "Checksums",
            "SHA-256 of every file that can be taken away; `sha256sum -c SHA256SUMS` at the top of the site checks them",
        ),
    };
    (title.to_owned(), about.to_owned())
}

/// How many rows and how large, in words: `14 rows, 2.1 kB`.
fn size_words(download: &Download) -> String {
    let noun = match download.kind {
        DownloadKind::Table(_) => "row",
        DownloadKind::Source(_) => "line",
        DownloadKind::Calendar | DownloadKind::Work(_) => "date",
        DownloadKind::Feed => "report",
        DownloadKind::MsProject => "task",
        DownloadKind::Checksums => "file",
        DownloadKind::Project | DownloadKind::Schema => "field",
    };
    let size = format::bytes(download.size);
    download.rows.map_or(size.clone(), |rows| format!("{}, {size}", format::count(rows, noun)))
}

/// What the page shows.
#[derive(Debug, Serialize)]
struct DownloadsView {
    /// Tables as CSV.
    tables: Table,
    /// JSON, calendars, feeds, checksums.
    files: Table,
    /// The files that people wrote.
    sources: Table,
    /// What is masked or not shown, in words; none where everything is there.
    hidden: Option<String>,
    /// The pages of the projects; empty on the page of a project.
    projects: Vec<Link>,
    /// Where the files of the whole portfolio are; none on their own page.
    all: Option<String>,
    /// How the tables are written, text in backticks being code.
    notes: String,
    /// Where the columns are described; none on the page of the whole portfolio, whose columns say what they are.
    schema: Option<String>,
}

impl ProjectPage for ProjectDownloads {
    fn kind(&self) -> &'static str {
        "downloads"
    }

    fn group(&self) -> Group {
        Group::Behind
    }

    fn question(&self) -> &'static str {
        "Give me the data."
    }

    fn entries(&self, project: &ProjectReport) -> Vec<Entry> {
        vec![Entry::new(Address::page(&project.project.folder, "downloads"), "Data and downloads")]
    }

    fn make(&self, desk: &Desk<'_>) -> Made {
        let folder = desk.folder().to_owned();
        let view = DownloadsView {
            all: desk.href(&Address::downloads()),
            schema: desk.href_download(&Address::schema()),
            hidden: hidden(desk, Some(desk.project)),
            ..view(desk, Some(&folder))
        };
        Made::new(self.kind(), "Data and downloads", &view)
            .description("Everything on these pages to compute with, to subscribe to, and to check.")
    }
}

impl SitePage for PortfolioDownloads {
    fn kind(&self) -> &'static str {
        "downloads"
    }

    fn question(&self) -> &'static str {
        "Give me the data of all projects."
    }

    fn entries(&self, _report: &Report) -> Vec<Entry> {
        vec![Entry::new(Address::downloads(), "Data of all projects")]
    }

    fn make(&self, here: &Here<'_>) -> Made {
        let projects = here.report.projects.iter();
        let view = DownloadsView {
            projects: projects
                .map(|project| Link {
                    label: project.project.name.clone(),
                    href: here.href(&Address::page(&project.project.folder, "downloads")),
                })
                .collect(),
            hidden: hidden(here, None),
            ..view(here, None)
        };
        Made::new(self.kind(), "Data of all projects", &view).description(
            "Everything that is said of all projects together, and where the data of each one are.",
        )
    }
}

fn view(here: &Here<'_>, folder: Option<&str>) -> DownloadsView {
    let mut tables = Table::new(&["Table", "What it contains"]);
    let mut files = Table::new(&["File", "What it contains"]);
    let mut sources = Table::new(&["File", "Size"]);
    // Tables come in the order of their list, everything else in the order of the addresses.
    let listed = if folder.is_some() { TABLES } else { PORTFOLIO_TABLES };
    let order = |download: &&Download| match download.kind {
        DownloadKind::Table(name) => listed.iter().position(|(known, _, _)| *known == name),
        _ => None,
    };
    let mut all: Vec<&Download> = here.map.downloads(folder).collect();
    all.sort_by_key(order);
    for download in all {
        let (title, about) = words(download);
        let href = Some(here.address.href_to(&download.address));
        let name = download.address.path().rsplit('/').next().unwrap_or_default().to_owned();
        let size = size_words(download);
        let about = format::sentence_start(&about);
        let described = |title: String| {
            vec![Cell::text(title).note(format!("{name}, {size}")).href(href.clone()), Cell::text(&*about)]
        };
        match &download.kind {
            DownloadKind::Table(_) => tables.push(Row::new(described(title))),
            DownloadKind::Source(_) => {
                let masked = download.is_masked.then(|| "prices of persons masked".to_owned());
                sources.push(Row::new(vec![
                    Cell::text(title).href(href.clone()).class("mono").note_if(masked),
                    Cell::text(&*size),
                ]));
            }
            _ => files.push(Row::new(described(title))),
        }
    }
    DownloadsView {
        tables,
        files,
        sources,
        hidden: None,
        projects: Vec::new(),
        all: None,
        notes: notes(here, folder),
        schema: None,
    }
}

/// How days, numbers, money and text stand in the tables.
fn notes(here: &Here<'_>, folder: Option<&str>) -> String {
    let of_project = folder.and_then(|folder| here.report.project(folder));
    let money = match of_project {
        Some(project) => {
            let currency = project.project.currency;
            format!("`_{}` {currency}", currency.code().to_lowercase())
        }
        None => "and money is in the currency that stands in its row".to_owned(),
    };
    format!(
        "Days are written {}, numbers with a point and without groups. The name of a column ends with its unit: `_days` are \
         working days, `_percent` is percent, {money}. Text that a spreadsheet would run as a formula, because it begins with `=`, \
         `+`, `-` or `@`, has an apostrophe in front.",
        format::iso(here.report.status_date)
    )
}

/// Why files are not among the downloads or not as they were typed; none where all are.
fn hidden(here: &Here<'_>, project: Option<&ProjectReport>) -> Option<String> {
    let folder = project.map(|project| project.project.folder.as_str());
    let mut sources =
        here.map.downloads(folder).filter(|download| matches!(download.kind, DownloadKind::Source(_)));
    if project.is_some_and(|project| project.project.is_public()) {
        return Some("The project is classified as public: its files are not shown.".to_owned());
    }
    match here.report.audience {
        Audience::Public => return Some("This site is for the public: files are not shown.".to_owned()),
        Audience::Internal => {
            return Some(
                "This site is for the whole organisation: files that hold more than its pages are not shown."
                    .to_owned(),
            );
        }
        Audience::Restricted => {}
    }
    sources.any(|download| download.is_masked).then(|| {
        "Prices of persons are masked: what is computed from these files without them differs from these pages."
            .to_owned()
    })
}
