//! The problems page: everything found in the files of all projects, apart for who leads a project and for who edits its files.

use serde::Serialize;

use crate::format;
use crate::page::address::Address;
use crate::page::desk::Here;
use crate::page::downloads::{FileLink, findings_link};
use crate::page::finding_groups::{FindingGroup, Reader, by_severity, counted, reader_of};
use crate::page::view::{Cell, Link, Row, Table};
use crate::page::{Entry, Made, SitePage};
use crate::report::Report;

/// The problems page.
pub struct ProblemsPage;

/// What the problems page shows.
#[derive(Debug, Serialize)]
struct ProblemsView {
    /// Projects that could not be computed, by folder.
    unreadable: Vec<String>,
    /// Each project with the number of its findings by severity, leading to them; empty with one project.
    counts: Table,
    /// Findings about the portfolio itself, then of each project.
    owners: Vec<Owner>,
}

/// The findings of one project, or of the portfolio.
#[derive(Debug, Serialize)]
struct Owner {
    /// The anchor.
    id: String,
    /// The project, leading to its page.
    name: Link,
    /// How many findings of each severity.
    summary: String,
    /// Findings for each of their readers; those let pass are left to the project's own page.
    parts: Vec<Part>,
    /// All of them as a table; none where the site has no such file.
    table: Option<FileLink>,
    /// How many are let pass.
    n_waived: usize,
}

/// The findings for one kind of reader.
#[derive(Debug, Serialize)]
struct Part {
    /// For whom they are.
    #[serde(skip)]
    reader: Reader,
    /// `For whoever edits the files`.
    title: &'static str,
    /// What is expected of that reader.
    lead: &'static str,
    /// The findings by severity.
    groups: Vec<FindingGroup>,
}

/// For whom findings are, with the heading and what is expected of that reader; who leads the project first.
const READERS: [(Reader, &str, &str); 2] = [
    (
        Reader::Manager,
        "For whoever leads the project",
        "The files may be right: what they tell of time, money or authority asks for a decision or for work.",
    ),
    (
        Reader::Editor,
        "For whoever edits the files",
        "Written wrongly, contradicting itself or missing: to be mended in the file that is named.",
    ),
];

impl SitePage for ProblemsPage {
    fn kind(&self) -> &'static str {
        "problems"
    }

    fn question(&self) -> &'static str {
        "What is wrong in the files, and how is it mended?"
    }

    fn entries(&self, _report: &Report) -> Vec<Entry> {
        vec![Entry::new(Address::problems(), "Problems found")]
    }

    fn make(&self, here: &Here<'_>) -> Made {
        let report = here.report;
        // Folders that could not be computed have findings too, so owners are read off the findings.
        let mut folders: Vec<Option<&str>> =
            report.findings.iter().map(|found| found.project.as_deref()).collect();
        folders.sort_unstable();
        folders.dedup();
        let owners: Vec<Owner> = folders.into_iter().map(|folder| owner(here, folder)).collect();
        let view = ProblemsView { unreadable: report.unreadable.clone(), counts: counts(&owners), owners };
        Made::new(self.kind(), "Problems found", &view)
    }
}

/// How much was found where; the projects with the gravest first.
fn counts(owners: &[Owner]) -> Table {
    let mut table = Table::new(&[
        "Project",
        "#Errors",
        "#Warnings",
        "#Remarks",
        "#To act on",
        "#To correct in the files",
        "#Let pass",
    ]);
    if owners.len() < 2 {
        return table;
    }
    let all = |owner: &Owner, is_counted: &dyn Fn(&Part, &FindingGroup) -> bool| {
        let groups = owner.parts.iter().flat_map(|part| part.groups.iter().map(move |group| (part, group)));
        groups.filter(|(part, group)| is_counted(part, group)).map(|(_, group)| group.number).sum::<usize>()
    };
    let of = |owner: &Owner, id: &str| all(owner, &|_, group| group.id == id);
    let of_reader = |owner: &Owner, reader: Reader| all(owner, &|part, _| part.reader == reader);
    let mut sorted: Vec<&Owner> = owners.iter().collect();
    sorted.sort_by_key(|owner| ["errors", "warnings", "remarks"].map(|id| std::cmp::Reverse(of(owner, id))));
    let number = |number: usize| match number {
        0 => Cell::nothing(),
        number => Cell::text(format::whole(i64::try_from(number).unwrap_or(i64::MAX))),
    };
    for owner in sorted {
        table.push(Row::new(vec![
            Cell::text(&*owner.name.label).href(Some(format!("#{}", owner.id))),
            number(of(owner, "errors")),
            number(of(owner, "warnings")),
            number(of(owner, "remarks")),
            number(of_reader(owner, Reader::Manager)),
            number(of_reader(owner, Reader::Editor)),
            number(owner.n_waived),
        ]));
    }
    table
}

fn owner(here: &Here<'_>, folder: Option<&str>) -> Owner {
    let report = here.report;
    let all: Vec<_> = match folder {
        Some(folder) => report.findings.of_project(folder).collect(),
        None => report.findings.iter().filter(|found| found.project.is_none()).collect(),
    };
    let n_waived = all.iter().filter(|found| found.waiver.is_some()).count();
    let open = || all.iter().copied().filter(|found| found.waiver.is_none());
    let parts = READERS.into_iter().map(|(reader, title, lead)| {
        let read = open().filter(|found| reader_of(found.rule.code) == reader);
        Part { reader, title, lead, groups: by_severity(read, |_| false, |found| here.finding(found)) }
    });
    let name = match folder {
        None => Link { label: "Portfolio".to_owned(), href: None },
        Some(folder) => Link {
            label: report
                .project(folder)
                .map_or_else(|| folder.to_owned(), |project| project.project.name.clone()),
            href: here.href(&Address::page(folder, "quality")),
        },
    };
    Owner {
        id: folder.map_or_else(|| "portfolio".to_owned(), |folder| format!("project-{folder}")),
        summary: counted(&by_severity(open(), |_| false, |found| here.finding(found))),
        name,
        parts: parts.filter(|part| !part.groups.is_empty()).collect(),
        table: folder.and_then(|folder| findings_link(here, folder)),
        n_waived,
    }
}
